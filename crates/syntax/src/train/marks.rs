//! Loss and gradients of the marks (names, parts of speech): a recurrent layer over paragraphs, then labels.

use super::network::{Example, affine, affine_back, cross_entropy, plus};
use super::recurrent;
use crate::net::layout::Layout;
use crate::net::marks::{NAMES, OUTPUTS, SPEECH, Scheme};
use std::ops::Range;

/// What a wrong label weighs, next to a wrong head at 1.
const WEIGHT: f32 = 0.6;

/// Loss of the marks of a group, whose top vectors are `x`, and the gradient of these.
pub fn step(layout: &Layout, p: &[f32], g: &mut [f32], x: &[f32], group: &[&Example]) -> (f32, Vec<f32>) {
    let layer = layout.story;
    let mut paragraphs: Vec<Range<usize>> = Vec::new();
    for e in group {
        let start = paragraphs.last().map_or(0, |r| r.end);
        paragraphs.push(start..start + e.ends.len());
    }
    let n = paragraphs.last().map_or(0, |r| r.end);
    let u = affine(p, x, layer.weights, layer.bias, n);
    let peep = &p[layer.peep.range()];
    let (y, trace) = recurrent::forward(&u, peep, &paragraphs, layout.sizes.story);
    let mut scores = affine(p, &y, layout.mark, layout.mark_bias, n);
    let mut loss = 0.0;
    for (e, r) in group.iter().zip(&paragraphs) {
        let rows = &mut scores[r.start * OUTPUTS..r.end * OUTPUTS];
        for (i, row) in rows.chunks_exact_mut(OUTPUTS).enumerate() {
            loss += label(row, NAMES, e.names.get(i)) + label(row, SPEECH, e.speech.get(i));
            row[SPEECH.outputs().end..].fill(0.0);
        }
    }
    let dy = affine_back(p, g, &y, &scores, layout.mark, layout.mark_bias, n);
    let mut dpeep = vec![0.0; layer.peep.cols];
    let du = recurrent::backward(&u, peep, &trace, &dy, &paragraphs, layout.sizes.story, &mut dpeep);
    plus(&mut g[layer.peep.range()], &dpeep);
    (loss, affine_back(p, g, x, &du, layer.weights, layer.bias, n))
}

/// Loss and gradient of one label; none where it is not known.
fn label(row: &mut [f32], scheme: Scheme, right: Option<&u8>) -> f32 {
    let row = &mut row[scheme.outputs()];
    match right {
        Some(&right) => cross_entropy(row, right as usize, WEIGHT),
        None => {
            row.fill(0.0);
            0.0
        }
    }
}
