//! One training step of the network on a group of sentences: loss and gradients of heads, relations and tags.

use super::gemm::{multiply, transpose};
use super::recurrent;
use super::rng::Rng;
use crate::net::layout::{Layout, Part};
use std::ops::Range;

/// A sentence, or the sentences of a paragraph, ready for training.
#[derive(Default)]
pub struct Example {
    /// Embedding rows, word after word; the first of each word is its own row.
    pub rows: Vec<u32>,
    /// Where the rows of each word end.
    pub ends: Vec<u32>,
    /// Where each sentence ends, in words.
    pub sentences: Vec<u32>,
    /// Head of each word, counted from one; zero for the root. Empty where trees are not known; an example with trees
    /// is one sentence.
    pub heads: Vec<u16>,
    /// Relation of each word; empty like the heads.
    pub rels: Vec<u8>,
    /// Pair of tags of each word; empty like the heads.
    pub tags: Vec<u8>,
    /// Label of each word in the scheme of names; empty where not known.
    pub names: Vec<u8>,
    /// Label of each word in the scheme of speech; empty where not known.
    pub speech: Vec<u8>,
}

/// How much is left out at random while training.
#[derive(Clone, Copy)]
pub struct Dropout {
    /// Share of known words shown as unknown.
    pub word: f32,
    /// Share of the embedding and of layer inputs set to zero.
    pub input: f32,
    /// Share of the choosing vectors set to zero.
    pub choose: f32,
}

/// Result of one step.
pub struct Step {
    /// Gradient of the long array.
    pub dense: Vec<f32>,
    /// Embedding rows used, one per use, and for each the word whose gradient it receives.
    pub uses: Vec<(u32, u32)>,
    /// Gradient of each word's embedding.
    pub words: Vec<f32>,
    /// Sum of the losses of all words.
    pub loss: f32,
}

fn mask(n: usize, share: f32, rng: &mut Rng) -> Vec<f32> {
    let keep = 1.0 / (1.0 - share);
    (0..n).map(|_| if rng.unit() < share { 0.0 } else { keep }).collect()
}

fn times(a: &mut [f32], b: &[f32]) {
    a.iter_mut().zip(b).for_each(|(a, b)| *a *= b);
}

pub(super) fn plus(a: &mut [f32], b: &[f32]) {
    a.iter_mut().zip(b).for_each(|(a, b)| *a += b);
}

/// `x · part + bias`, for n rows.
pub(super) fn affine(p: &[f32], x: &[f32], part: Part, bias: Part, n: usize) -> Vec<f32> {
    let mut y: Vec<f32> = Vec::with_capacity(n * part.cols);
    for _ in 0..n {
        y.extend_from_slice(&p[bias.range()]);
    }
    multiply(x, &p[part.range()], &mut y, n, part.rows, part.cols);
    y
}

/// Adds the gradients of an affine map and returns that of its input.
pub(super) fn affine_back(
    p: &[f32],
    g: &mut [f32],
    x: &[f32],
    dy: &[f32],
    part: Part,
    bias: Part,
    n: usize,
) -> Vec<f32> {
    multiply(&transpose(x, n, part.rows), dy, &mut g[part.range()], part.rows, n, part.cols);
    for row in dy.chunks_exact(part.cols) {
        plus(&mut g[bias.range()], row);
    }
    let mut dx = vec![0.0; n * part.rows];
    multiply(dy, &transpose(&p[part.range()], part.rows, part.cols), &mut dx, n, part.cols, part.rows);
    dx
}

/// Turns scores into the gradient of the cross entropy with the right answer, in place; returns the loss.
pub(super) fn cross_entropy(scores: &mut [f32], right: usize, weight: f32) -> f32 {
    let top = scores.iter().copied().fold(f32::MIN, f32::max);
    let mut sum = 0.0;
    for s in scores.iter_mut() {
        *s = (*s - top).exp();
        sum += *s;
    }
    let loss = -(scores[right] / sum).max(1e-30).ln();
    scores.iter_mut().for_each(|s| *s *= weight / sum);
    scores[right] -= weight;
    loss * weight
}

/// Embeddings of all words: the sum of their rows. Also notes which rows were used for which word.
fn embed(table: &[f32], group: &[&Example], width: usize, drop: f32, rng: &mut Rng) -> (Vec<f32>, Vec<(u32, u32)>) {
    let n: usize = group.iter().map(|e| e.ends.len()).sum();
    let mut x = vec![0.0; n * width];
    let mut uses = Vec::with_capacity(n * 16);
    let mut word = 0;
    for e in group {
        let mut from = 0;
        for &end in &e.ends {
            // Names are learnt better from what stands around them: there, words are hidden more often.
            let drop = if e.heads.is_empty() { 1.75 * drop } else { drop };
            for (k, &row) in e.rows[from..end as usize].iter().enumerate() {
                let row = if k == 0 && rng.unit() < drop { 0 } else { row };
                let at = row as usize * width;
                plus(&mut x[word * width..(word + 1) * width], &table[at..at + width]);
                uses.push((row, word as u32));
            }
            from = end as usize;
            word += 1;
        }
    }
    (x, uses)
}

/// The recurrent layers run forwards, with what their backward pass needs.
struct Trunk {
    sentences: Vec<Range<usize>>,
    words: usize,
    uses: Vec<(u32, u32)>,
    inputs: Vec<Vec<f32>>,
    masks: Vec<Vec<f32>>,
    projected: Vec<Vec<f32>>,
    traces: Vec<recurrent::Trace>,
    outputs: Vec<Vec<f32>>,
}

impl Trunk {
    fn run(
        layout: &Layout,
        p: &[f32],
        (mut x, uses): (Vec<f32>, Vec<(u32, u32)>),
        group: &[&Example],
        drop: f32,
        rng: &mut Rng,
    ) -> Trunk {
        let mut sentences: Vec<Range<usize>> = Vec::new();
        let mut first = 0;
        for e in group {
            let mut start = first;
            for &end in &e.sentences {
                sentences.push(start..first + end as usize);
                start = first + end as usize;
            }
            first += e.ends.len();
        }
        let n = sentences.last().map_or(0, |r| r.end);
        let (mut inputs, mut masks, mut projected, mut traces, mut outputs) = (vec![], vec![], vec![], vec![], vec![]);
        for (l, layer) in layout.layers.iter().enumerate() {
            let m = mask(x.len(), drop, rng);
            let before = if l > 0 { x.clone() } else { Vec::new() };
            times(&mut x, &m);
            let u = affine(p, &x, layer.weights, layer.bias, n);
            let (mut y, trace) = recurrent::forward(&u, &p[layer.peep.range()], &sentences, layout.sizes.hidden);
            plus(&mut y, &before);
            inputs.push(x);
            masks.push(m);
            projected.push(u);
            traces.push(trace);
            outputs.push(y.clone());
            x = y;
        }
        Trunk { sentences, words: n, uses, inputs, masks, projected, traces, outputs }
    }

    /// The gradient of the embeddings, from that of the top and that of the layer the tags are read from.
    fn back(&self, layout: &Layout, p: &[f32], g: &mut [f32], mut dy: Vec<f32>, dtag: &[f32]) -> Vec<f32> {
        for (l, layer) in layout.layers.iter().enumerate().rev() {
            if l == layout.tag_layer() {
                plus(&mut dy, dtag);
            }
            let mut dpeep = vec![0.0; layer.peep.cols];
            let peep = &p[layer.peep.range()];
            let du = recurrent::backward(
                &self.projected[l],
                peep,
                &self.traces[l],
                &dy,
                &self.sentences,
                layout.sizes.hidden,
                &mut dpeep,
            );
            plus(&mut g[layer.peep.range()], &dpeep);
            let mut dx = affine_back(p, g, &self.inputs[l], &du, layer.weights, layer.bias, self.words);
            times(&mut dx, &self.masks[l]);
            if l > 0 {
                plus(&mut dx, &dy);
            }
            dy = dx;
        }
        dy
    }
}

/// Runs the network forwards and backwards. In the group, examples with trees come first.
pub fn step(layout: &Layout, p: &[f32], table: &[f32], group: &[&Example], drop: Dropout, rng: &mut Rng) -> Step {
    let s = layout.sizes;
    let width = 2 * s.hidden;
    let mut g = vec![0.0; layout.len];
    let embedded = embed(table, group, s.embedding, drop.word, rng);
    let trunk = Trunk::run(layout, p, embedded, group, drop.input, rng);
    let n = trunk.words;
    let mut loss = 0.0;
    let (treed, marked) = group.split_at(group.partition_point(|e| !e.heads.is_empty()));
    let trees: usize = treed.iter().map(|e| e.ends.len()).sum();

    // Tags.
    let tag_mask = mask(trees * width, drop.input, rng);
    let mut tag_in = trunk.outputs[layout.tag_layer()][..trees * width].to_vec();
    times(&mut tag_in, &tag_mask);
    let mut tags = affine(p, &tag_in, layout.tag, layout.tag_bias, trees);
    let gold = treed.iter().flat_map(|e| &e.tags);
    for (scores, &right) in tags.chunks_exact_mut(s.tags).zip(gold) {
        loss += cross_entropy(scores, right as usize, 0.7);
    }
    let mut dtag = affine_back(p, &mut g, &tag_in, &tags, layout.tag, layout.tag_bias, trees);
    times(&mut dtag, &tag_mask);
    dtag.resize(n * width, 0.0);

    // Heads and relations.
    let top_mask = mask(n * width, drop.input, rng);
    let mut all = trunk.outputs[s.layers - 1].clone();
    times(&mut all, &top_mask);
    let (x, rest) = all.split_at(trees * width);
    let c = layout.choose.cols;
    let mut chosen = affine(p, x, layout.choose, layout.choose_bias, trees);
    let mut dchosen = vec![0.0; chosen.len()];
    let choose_mask = mask(chosen.len(), drop.choose, rng);
    for (row, m) in chosen.chunks_exact_mut(c).zip(choose_mask.chunks_exact(c)) {
        // Label vectors are summed in pairs before the rectifier; see `relations`.
        let arcs = &mut row[..2 * s.arc];
        arcs.iter_mut().for_each(|v| *v = v.max(0.0));
        times(arcs, m);
    }
    for (e, r) in treed.iter().zip(&trunk.sentences) {
        loss += heads(layout, p, &mut g, &chosen, &mut dchosen, e, r.clone());
        loss += relations(layout, p, &mut g, &chosen, &mut dchosen, e, r.clone(), drop.choose, rng);
    }
    for ((row, d), m) in chosen.chunks_exact(c).zip(dchosen.chunks_exact_mut(c)).zip(choose_mask.chunks_exact(c)) {
        for q in 0..2 * s.arc {
            d[q] = if row[q] > 0.0 { d[q] * m[q] } else { 0.0 };
        }
    }
    let mut dy = affine_back(p, &mut g, x, &dchosen, layout.choose, layout.choose_bias, trees);
    let (marks, drest) = super::marks::step(layout, p, &mut g, rest, marked);
    loss += marks;
    dy.extend(drest);
    times(&mut dy, &top_mask);
    let words = trunk.back(layout, p, &mut g, dy, &dtag);
    Step { dense: g, uses: trunk.uses, words, loss }
}

/// Loss and gradients of the choice of heads in one sentence.
fn heads(
    layout: &Layout,
    p: &[f32],
    g: &mut [f32],
    chosen: &[f32],
    dchosen: &mut [f32],
    e: &Example,
    r: Range<usize>,
) -> f32 {
    let a = layout.sizes.arc;
    let c = layout.choose.cols;
    let n = r.len();
    let wide = (n + 1).next_multiple_of(16);
    let mut deps = Vec::with_capacity(n * a);
    let mut heads = vec![0.0; wide * a];
    heads[..a].copy_from_slice(&p[layout.root_arc.range()]);
    for (i, t) in r.clone().enumerate() {
        deps.extend_from_slice(&chosen[t * c..t * c + a]);
        heads[(i + 1) * a..(i + 2) * a].copy_from_slice(&chosen[t * c + a..t * c + 2 * a]);
    }
    let q = affine(p, &deps, layout.form, layout.form_bias, n);
    let mut scores = vec![0.0; n * wide];
    multiply(&q, &transpose(&heads, wide, a), &mut scores, n, a, wide);
    let mut loss = 0.0;
    for (i, row) in scores.chunks_exact_mut(wide).enumerate() {
        row[i + 1] = -1e4;
        loss += cross_entropy(&mut row[..n + 1], e.heads[i] as usize, 1.0);
        row[n + 1..].fill(0.0);
    }
    let mut dq = vec![0.0; n * a];
    multiply(&scores, &heads, &mut dq, n, wide, a);
    let mut dheads = vec![0.0; wide * a];
    multiply(&transpose(&scores, n, wide), &q, &mut dheads, wide, n, a);
    let ddeps = affine_back(p, g, &deps, &dq, layout.form, layout.form_bias, n);
    plus(&mut g[layout.root_arc.range()], &dheads[..a]);
    for (i, t) in r.enumerate() {
        plus(&mut dchosen[t * c..t * c + a], &ddeps[i * a..(i + 1) * a]);
        plus(&mut dchosen[t * c + a..t * c + 2 * a], &dheads[(i + 1) * a..(i + 2) * a]);
    }
    loss
}

/// Loss and gradients of the relations to the right heads in one sentence.
#[allow(clippy::too_many_arguments)]
fn relations(
    layout: &Layout,
    p: &[f32],
    g: &mut [f32],
    chosen: &[f32],
    dchosen: &mut [f32],
    e: &Example,
    r: Range<usize>,
    drop: f32,
    rng: &mut Rng,
) -> f32 {
    let b = layout.sizes.label;
    let c = layout.choose.cols;
    let from = 2 * layout.sizes.arc;
    let n = r.len();
    let mut sum = Vec::with_capacity(n * b);
    for (i, t) in r.clone().enumerate() {
        let dep = &chosen[t * c + from..t * c + from + b];
        let head = match e.heads[i] as usize {
            0 => &p[layout.root_label.range()],
            k => {
                let t = r.start + k - 1;
                &chosen[t * c + from + b..t * c + from + 2 * b]
            }
        };
        sum.extend(dep.iter().zip(head).map(|(x, y)| (x + y).max(0.0)));
    }
    let m = mask(sum.len(), drop, rng);
    times(&mut sum, &m);
    let mut scores = affine(p, &sum, layout.rel, layout.rel_bias, n);
    let mut loss = 0.0;
    for (row, &right) in scores.chunks_exact_mut(layout.sizes.rels).zip(&e.rels) {
        loss += cross_entropy(row, right as usize, 1.0);
    }
    let mut dsum = affine_back(p, g, &sum, &scores, layout.rel, layout.rel_bias, n);
    for ((d, s), m) in dsum.iter_mut().zip(&sum).zip(&m) {
        *d = if *s > 0.0 { *d * m } else { 0.0 };
    }
    for (i, t) in r.clone().enumerate() {
        let d = &dsum[i * b..(i + 1) * b];
        plus(&mut dchosen[t * c + from..t * c + from + b], d);
        match e.heads[i] as usize {
            0 => plus(&mut g[layout.root_label.range()], d),
            k => {
                let t = r.start + k - 1;
                plus(&mut dchosen[t * c + from + b..t * c + from + 2 * b], d);
            }
        }
    }
    loss
}
