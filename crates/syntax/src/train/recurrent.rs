//! One recurrent layer (a simple recurrent unit with peepholes) forwards and backwards over a batch, in floats.

use crate::net::cell::{sigmoid, tanh};
use crate::net::wide::wide;
use std::ops::Range;

/// What the forward pass keeps for the backward pass: gates and states, `[f r c]` per word and direction.
pub struct Trace {
    kept: Vec<f32>,
}

/// Runs the layer. `u` holds the projected inputs (n × 6h), `sentences` the rows of each sentence; the result is
/// n × 2h.
pub fn forward(u: &[f32], peep: &[f32], sentences: &[Range<usize>], h: usize) -> (Vec<f32>, Trace) {
    let n = u.len() / (6 * h);
    let mut y = vec![0.0; n * 2 * h];
    let mut kept = vec![0.0; n * 6 * h];
    run_wide(u, peep, sentences, h, &mut y, &mut kept);
    (y, Trace { kept })
}

#[inline(always)]
fn run(u: &[f32], peep: &[f32], sentences: &[Range<usize>], h: usize, y: &mut [f32], kept: &mut [f32]) {
    let mut c = vec![0.0f32; h];
    for s in sentences {
        for d in 0..2 {
            c.fill(0.0);
            let (vf, vr) = peep[2 * d * h..(2 * d + 2) * h].split_at(h);
            for i in 0..s.len() {
                let t = if d == 0 { s.start + i } else { s.end - 1 - i };
                let row = &u[(t * 6 + 3 * d) * h..(t * 6 + 3 * d + 3) * h];
                let (z, row) = row.split_at(h);
                let (uf, ur) = row.split_at(h);
                let keep = &mut kept[(t * 6 + 3 * d) * h..(t * 6 + 3 * d + 3) * h];
                let (kf, keep) = keep.split_at_mut(h);
                let (kr, kc) = keep.split_at_mut(h);
                let out = &mut y[(t * 2 + d) * h..(t * 2 + d + 1) * h];
                for q in 0..h {
                    let f = sigmoid(uf[q] + vf[q] * c[q]);
                    let r = sigmoid(ur[q] + vr[q] * c[q]);
                    let s = f * c[q] + (1.0 - f) * z[q];
                    kf[q] = f;
                    kr[q] = r;
                    kc[q] = s;
                    c[q] = s;
                    out[q] = r * tanh(s);
                }
            }
        }
    }
}

/// The gradient of the projected inputs (n × 6h) from the gradient of the result; adds to that of the peepholes.
pub fn backward(
    u: &[f32],
    peep: &[f32],
    trace: &Trace,
    dy: &[f32],
    sentences: &[Range<usize>],
    h: usize,
    dpeep: &mut [f32],
) -> Vec<f32> {
    let mut du = vec![0.0; u.len()];
    back_wide(u, peep, &trace.kept, dy, sentences, h, dpeep, &mut du);
    du
}

#[inline(always)]
#[allow(clippy::too_many_arguments)]
fn back(
    u: &[f32],
    peep: &[f32],
    kept: &[f32],
    dy: &[f32],
    sentences: &[Range<usize>],
    h: usize,
    dpeep: &mut [f32],
    du: &mut [f32],
) {
    let zero = vec![0.0f32; h];
    let mut dc = vec![0.0f32; h];
    for s in sentences {
        for d in 0..2 {
            dc.fill(0.0);
            let (vf, vr) = peep[2 * d * h..(2 * d + 2) * h].split_at(h);
            let (gf, gr) = dpeep[2 * d * h..(2 * d + 2) * h].split_at_mut(h);
            for i in (0..s.len()).rev() {
                let t = if d == 0 { s.start + i } else { s.end - 1 - i };
                let at = (t * 6 + 3 * d) * h;
                let last: &[f32] = if i == 0 {
                    &zero
                } else {
                    let before = if d == 0 { t - 1 } else { t + 1 };
                    &kept[(before * 6 + 3 * d + 2) * h..(before * 6 + 3 * d + 3) * h]
                };
                let z = &u[at..at + h];
                let (kf, kr, kc) = (&kept[at..at + h], &kept[at + h..at + 2 * h], &kept[at + 2 * h..at + 3 * h]);
                let (dz, rest) = du[at..at + 3 * h].split_at_mut(h);
                let (duf, dur) = rest.split_at_mut(h);
                let dy = &dy[(t * 2 + d) * h..(t * 2 + d + 1) * h];
                for q in 0..h {
                    let (f, r) = (kf[q], kr[q]);
                    let th = tanh(kc[q]);
                    let g = dc[q] + dy[q] * r * (1.0 - th * th);
                    let ar = dy[q] * th * r * (1.0 - r);
                    let af = g * (last[q] - z[q]) * f * (1.0 - f);
                    dz[q] = g * (1.0 - f);
                    duf[q] = af;
                    dur[q] = ar;
                    gf[q] += af * last[q];
                    gr[q] += ar * last[q];
                    dc[q] = g * f + af * vf[q] + ar * vr[q];
                }
            }
        }
    }
}

wide!(fn run_wide = run(
    u: &'a [f32],
    peep: &'a [f32],
    sentences: &'a [Range<usize>],
    h: usize,
    y: &'a mut [f32],
    kept: &'a mut [f32],
));
wide!(fn back_wide = back(
    u: &'a [f32],
    peep: &'a [f32],
    kept: &'a [f32],
    dy: &'a [f32],
    sentences: &'a [Range<usize>],
    h: usize,
    dpeep: &'a mut [f32],
    du: &'a mut [f32],
));

#[cfg(test)]
mod tests {
    use super::*;
    use crate::train::rng::Rng;

    #[test]
    fn gradients_agree_with_differences() {
        let (n, h) = (5, 16);
        let mut rng = Rng(3);
        let mut draw = |n: usize| (0..n).map(|_| rng.unit() * 2.0 - 1.0).collect::<Vec<f32>>();
        let (mut u, mut peep, dy) = (draw(n * 6 * h), draw(4 * h), draw(n * 2 * h));
        let sentences = [0..3, 3..5];
        let loss = |u: &[f32], peep: &[f32]| -> f32 {
            forward(u, peep, &sentences, h).0.iter().zip(&dy).map(|(a, b)| a * b).sum()
        };
        let trace = forward(&u, &peep, &sentences, h).1;
        let mut dpeep = vec![0.0; 4 * h];
        let du = backward(&u, &peep, &trace, &dy, &sentences, h, &mut dpeep);
        for i in [0, 20, 40, 100, 200, 300, 400] {
            let was = u[i];
            u[i] = was + 1e-2;
            let up = loss(&u, &peep);
            u[i] = was - 1e-2;
            let down = loss(&u, &peep);
            u[i] = was;
            assert!(((up - down) / 2e-2 - du[i]).abs() < 5e-3, "{i}");
        }
        for i in [0, 17, 33, 50] {
            let was = peep[i];
            peep[i] = was + 1e-2;
            let up = loss(&u, &peep);
            peep[i] = was - 1e-2;
            let down = loss(&u, &peep);
            peep[i] = was;
            assert!(((up - down) / 2e-2 - dpeep[i]).abs() < 5e-3, "{i}");
        }
    }
}
