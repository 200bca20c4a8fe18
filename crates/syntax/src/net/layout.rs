//! Where every weight matrix of the network lies in one long array: training and inference agree on it here.

use super::marks::OUTPUTS;
use std::ops::Range;

/// The sizes of the network. All must be multiples of 16.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sizes {
    /// Width of a word's embedding.
    pub embedding: usize,
    /// Units per direction of a recurrent layer.
    pub hidden: usize,
    /// Number of recurrent layers.
    pub layers: usize,
    /// Width of the vectors that choose heads.
    pub arc: usize,
    /// Width of the vectors that choose relations.
    pub label: usize,
    /// Number of relations, rounded up.
    pub rels: usize,
    /// Number of pairs of tags, rounded up.
    pub tags: usize,
    /// Units per direction of the layer that marks are read from; it runs over whole paragraphs.
    pub story: usize,
}

/// A matrix in the long array: `rows` inputs × `cols` outputs, row by row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// First element.
    pub at: usize,
    /// Inputs.
    pub rows: usize,
    /// Outputs.
    pub cols: usize,
}

impl Part {
    /// The elements of the part.
    pub fn range(&self) -> Range<usize> {
        self.at..self.at + self.rows * self.cols
    }
}

/// One recurrent layer.
#[derive(Clone, Copy, Debug)]
pub struct Layer {
    /// Input weights: for each direction candidate, forget gate, output gate.
    pub weights: Part,
    /// Bias of the same columns.
    pub bias: Part,
    /// What the gates take from the last state: for each direction forget, output.
    pub peep: Part,
}

/// All parts.
#[derive(Clone, Debug)]
pub struct Layout {
    /// The sizes it was made from.
    pub sizes: Sizes,
    /// Recurrent layers.
    pub layers: Vec<Layer>,
    /// Projections for choosing: dependent (arc), head (arc), dependent (label), head (label).
    pub choose: Part,
    /// Bias of the same columns.
    pub choose_bias: Part,
    /// The head vector of the root for arcs.
    pub root_arc: Part,
    /// The head vector of the root for labels.
    pub root_label: Part,
    /// Bilinear form of dependents and heads.
    pub form: Part,
    /// Its bias, which rates heads alone.
    pub form_bias: Part,
    /// Relations from the label vectors.
    pub rel: Part,
    /// Bias of the relations.
    pub rel_bias: Part,
    /// Tags.
    pub tag: Part,
    /// Bias of the tags.
    pub tag_bias: Part,
    /// The recurrent layer over paragraphs that marks are read from.
    pub story: Layer,
    /// Labels of marks.
    pub mark: Part,
    /// Bias of the labels.
    pub mark_bias: Part,
    /// Length of the whole array.
    pub len: usize,
}

impl Layout {
    /// Lays out a network of these sizes.
    pub fn new(s: Sizes) -> Layout {
        let mut at = 0;
        let mut part = |rows: usize, cols: usize| {
            let p = Part { at, rows, cols };
            at += rows * cols;
            p
        };
        let mut layers = Vec::new();
        for l in 0..s.layers {
            let inputs = if l == 0 { s.embedding } else { 2 * s.hidden };
            layers.push(Layer {
                weights: part(inputs, 6 * s.hidden),
                bias: part(1, 6 * s.hidden),
                peep: part(1, 4 * s.hidden),
            });
        }
        let width = 2 * (s.arc + s.label);
        let mut layout = Layout {
            sizes: s,
            layers,
            choose: part(2 * s.hidden, width),
            choose_bias: part(1, width),
            root_arc: part(1, s.arc),
            root_label: part(1, s.label),
            form: part(s.arc, s.arc),
            form_bias: part(1, s.arc),
            rel: part(s.label, s.rels),
            rel_bias: part(1, s.rels),
            tag: part(2 * s.hidden, s.tags),
            tag_bias: part(1, s.tags),
            story: Layer {
                weights: part(2 * s.hidden, 6 * s.story),
                bias: part(1, 6 * s.story),
                peep: part(1, 4 * s.story),
            },
            mark: part(2 * s.story, OUTPUTS),
            mark_bias: part(1, OUTPUTS),
            len: 0,
        };
        layout.len = at;
        layout
    }

    /// The layer whose output the tags are read from.
    pub fn tag_layer(&self) -> usize {
        self.sizes.layers.saturating_sub(2)
    }
}
