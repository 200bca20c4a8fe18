//! Intervals and tests for slopes that cannot be negative: profiles of the likelihood, sound at and near 0.

use crate::rate::{Optimum, Rows};
use crate::special::{chi_square_1_tail, normal_quantile};

/// The effect of one source on one target.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Effect {
    /// Expected direct events of the target for one event of the source, under the model.
    pub estimate: f64,
    /// Where the profile of the likelihood falls below the level; 0 if it does not before 0.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// p-value of no effect against one above 0, with ½χ²₀ + ½χ²₁ as the law of twice the log-likelihood ratio.
    pub p: f64,
}

/// Estimate, interval at `level` (such as 0.95) and test of slope j.
///
/// # Source
///
/// Profile intervals: Venzon & Moolgavkar (1988), *Appl. Statist.* 37. The mixture at the boundary: Self & Liang (1987),
/// *JASA* 82, case 5.
pub(crate) fn effect(rows: &Rows<'_>, best: &Optimum, j: usize, level: f64) -> Effect {
    let estimate = best.slopes[j];
    let z = normal_quantile(0.5 + 0.5 * level.clamp(0.0, 0.999_999));
    let drop = 0.5 * z * z;
    let at = |value: f64| {
        let mut slopes = best.slopes.clone();
        slopes[j] = value;
        // At a held value near 0 a baseline at 0 could make an event impossible; a little above, none is.
        let baseline = best.baseline.iter().zip(rows.exposure).map(|(b, e)| b.max(1e-3 / e.max(1e-9))).collect();
        rows.climb(baseline, slopes, Some((j, value))).value
    };
    let zero = at(0.0);
    let ratio = 2.0 * (best.value - zero);
    let p = if estimate > 0.0 && ratio > 0.0 { 0.5 * chi_square_1_tail(ratio) } else { 1.0 };
    let inside = |value: f64| best.value - at(value) < drop;
    let low = if estimate <= 0.0 || best.value - zero < drop { 0.0 } else { edge(&inside, estimate, 0.0) };
    let d = rows.cost.len();
    let error = best.covariance[j * d + j].max(0.0).sqrt();
    let mut far = estimate + if error > 0.0 { z * error } else { 0.05 };
    let mut tries = 0;
    while inside(far) && tries < 40 {
        far = estimate + 2.0 * (far - estimate);
        tries += 1;
    }
    let high = if tries == 40 { f64::INFINITY } else { edge(&inside, estimate, far) };
    Effect { estimate, low, high, p }
}

/// Where `inside` ends between a point inside and one outside.
fn edge(inside: &dyn Fn(f64) -> bool, mut within: f64, mut without: f64) -> f64 {
    for _ in 0..24 {
        let middle = 0.5 * (within + without);
        if inside(middle) {
            within = middle;
        } else {
            without = middle;
        }
    }
    0.5 * (within + without)
}
