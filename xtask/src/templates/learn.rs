//! Fits linear models: logistic regression with several answers at once, and the choice of one row of a group.
//!
//! Both minimise a smooth function with L-BFGS (Nocedal 1980). Sums are taken in a fixed order, whatever the number of
//! cores: the same rows give the same weights.

use super::bags::Rows;
use super::linear::Linear;
use rayon::prelude::*;
use std::ops::Range;

/// Parts in which rows are summed; fixed, so that the sums do not depend on the machine.
const PARTS: usize = 8;
/// Steps that L-BFGS remembers.
const MEMORY: usize = 6;

/// Logistic regression: `answers` holds one 0 or 1 for every row and output, row by row.
///
/// `shrink` is the weight of the squared weights against the summed loss of the rows; the last weights, the
/// biases, are free.
pub fn logistic(rows: &Rows, answers: &[f32], outputs: usize, shrink: f64, steps: usize) -> Linear {
    let size = (1usize << rows.bits()) * outputs;
    let part = rows.len().div_ceil(PARTS).max(1);
    let of = |w: &[f64]| -> (f64, Vec<f64>) {
        let small: Vec<f32> = w.iter().map(|x| *x as f32).collect();
        let sums: Vec<(f64, Vec<f32>)> = (0..PARTS)
            .into_par_iter()
            .map(|p| {
                let (mut loss, mut slope) = (0.0f64, vec![0f32; size + outputs]);
                let mut error = vec![0f32; outputs];
                for i in p * part..((p + 1) * part).min(rows.len()) {
                    error.copy_from_slice(&small[size..]);
                    for (b, v) in rows.row(i) {
                        let at = *b as usize * outputs;
                        for (e, w) in error.iter_mut().zip(&small[at..at + outputs]) {
                            *e += w * v;
                        }
                    }
                    for (e, y) in error.iter_mut().zip(&answers[i * outputs..]) {
                        let s = f64::from(*e);
                        loss += s.max(0.0) + (-s.abs()).exp().ln_1p() - f64::from(*y) * s;
                        *e = (1.0 / (1.0 + (-s).exp())) as f32 - y;
                    }
                    for (b, v) in rows.row(i) {
                        let at = *b as usize * outputs;
                        for (g, e) in slope[at..at + outputs].iter_mut().zip(&error) {
                            *g += e * v;
                        }
                    }
                    for (g, e) in slope[size..].iter_mut().zip(&error) {
                        *g += e;
                    }
                }
                (loss, slope)
            })
            .collect();
        add_up(&sums, w, size, shrink)
    };
    let w = minimise(vec![0.0; size + outputs], of, steps);
    Linear::round(rows.bits(), outputs, &w)
}

/// The sum of all parts, with the price of large weights.
fn add_up(sums: &[(f64, Vec<f32>)], w: &[f64], free: usize, shrink: f64) -> (f64, Vec<f64>) {
    let mut loss = 0.0;
    let mut slope = vec![0.0f64; w.len()];
    for (l, s) in sums {
        loss += l;
        for (a, b) in slope.iter_mut().zip(s) {
            *a += f64::from(*b);
        }
    }
    for (s, w) in slope[..free].iter_mut().zip(w) {
        *s += shrink * w;
        loss += 0.5 * shrink * w * w;
    }
    (loss, slope)
}

/// A model that chooses one row of each group: one of the right ones should win.
pub fn choice(rows: &Rows, groups: &[Range<usize>], right: &[bool], shrink: f64, steps: usize) -> Linear {
    let size = 1usize << rows.bits();
    let part = groups.len().div_ceil(PARTS).max(1);
    let of = |w: &[f64]| -> (f64, Vec<f64>) {
        let sums: Vec<(f64, Vec<f32>)> = (0..PARTS)
            .into_par_iter()
            .map(|p| {
                let (mut loss, mut slope) = (0.0f64, vec![0f32; size + 1]);
                for g in groups.iter().skip(p * part).take(part) {
                    let score = |i: usize| rows.row(i).iter().map(|(b, v)| w[*b as usize] * f64::from(*v)).sum::<f64>();
                    let mut scores: Vec<f64> = g.clone().map(score).collect();
                    let most = scores.iter().copied().fold(f64::MIN, f64::max);
                    scores.iter_mut().for_each(|s| *s = (*s - most).exp());
                    let all: f64 = scores.iter().sum();
                    let good: f64 = g.clone().zip(&scores).filter(|(i, _)| right[*i]).map(|(_, s)| s).sum();
                    if good <= 0.0 {
                        continue;
                    }
                    loss -= (good / all).ln();
                    for (i, s) in g.clone().zip(&scores) {
                        let error = s / all - if right[i] { s / good } else { 0.0 };
                        for (b, v) in rows.row(i) {
                            slope[*b as usize] += error as f32 * v;
                        }
                    }
                }
                (loss, slope)
            })
            .collect();
        add_up(&sums, w, size, shrink)
    };
    let w = minimise(vec![0.0; size + 1], of, steps);
    Linear::round(rows.bits(), 1, &w)
}

/// L-BFGS with a backtracking line search.
fn minimise(mut at: Vec<f64>, of: impl Fn(&[f64]) -> (f64, Vec<f64>), steps: usize) -> Vec<f64> {
    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(x, y)| x * y).sum::<f64>();
    let (mut value, mut slope) = of(&at);
    let mut past: Vec<(Vec<f64>, Vec<f64>, f64)> = Vec::new();
    for step in 0..steps {
        // The direction: the slope, bent by what the last steps told of the curvature.
        let mut way: Vec<f64> = slope.iter().map(|g| -g).collect();
        let mut shares = Vec::new();
        for (s, y, rho) in past.iter().rev() {
            let a = rho * dot(s, &way);
            way.iter_mut().zip(y).for_each(|(w, y)| *w -= a * y);
            shares.push(a);
        }
        let scale = match past.last() {
            Some((_, y, rho)) => 1.0 / (rho * dot(y, y)),
            None => 1.0 / dot(&slope, &slope).sqrt().max(1e-12),
        };
        way.iter_mut().for_each(|w| *w *= scale);
        for ((s, y, rho), a) in past.iter().zip(shares.iter().rev()) {
            let b = rho * dot(y, &way);
            way.iter_mut().zip(s).for_each(|(w, s)| *w += (a - b) * s);
        }
        let down = dot(&way, &slope);
        if down > -1e-9 * value.abs().max(1.0) {
            break;
        }
        let mut length = 1.0;
        let found = (0..20).find_map(|_| {
            let next: Vec<f64> = at.iter().zip(&way).map(|(x, w)| x + length * w).collect();
            let (v, g) = of(&next);
            let good = v <= value + 1e-4 * length * down;
            length *= 0.5;
            good.then_some((next, v, g))
        });
        let Some((next, v, g)) = found else { break };
        let s: Vec<f64> = next.iter().zip(&at).map(|(a, b)| a - b).collect();
        let y: Vec<f64> = g.iter().zip(&slope).map(|(a, b)| a - b).collect();
        let sy = dot(&s, &y);
        if sy > 1e-12 {
            if past.len() == MEMORY {
                past.remove(0);
            }
            past.push((s, y, 1.0 / sy));
        }
        let gain = value - v;
        (at, value, slope) = (next, v, g);
        if step > 5 && gain < 1e-7 * value.abs() {
            break;
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(list: &[&[u32]]) -> Rows {
        let mut out = Rows::new(8);
        for r in list {
            out.push(&r.iter().map(|f| (*f, 1.0)).collect::<Vec<_>>());
        }
        out
    }

    #[test]
    fn answers_are_learnt() {
        let r = rows(&[&[1, 9], &[2, 9], &[1, 8], &[2, 8]]);
        let m = logistic(&r, &[1.0, 0.0, 0.0, 1.0, 1.0, 0.0, 0.0, 1.0], 2, 0.01, 50);
        let s = m.shares(&[(1, 1.0)]);
        assert!(s[0] > 0.9 && s[1] < 0.1, "{s:?}");
    }

    #[test]
    fn the_right_row_wins() {
        let r = rows(&[&[1, 9], &[2, 9], &[2, 8], &[1, 8]]);
        let m = choice(&r, &[0..2, 2..4], &[true, false, false, true], 0.1, 50);
        assert!(m.scores(&[(1, 1.0)])[0] > m.scores(&[(2, 1.0)])[0] + 1.0);
    }
}
