//! Bayesian change points: how long the present level has held, with every answer weighted.

use crate::special::ln_gamma;

/// What the run lengths say.
#[derive(Clone, Debug, PartialEq)]
pub struct RunLengths {
    /// Natural logarithm of the probability of the whole series.
    pub log_evidence: f64,
    /// For each period, the probability that a new level began in the last `recent` periods with it.
    pub fresh: Vec<f64>,
    /// The most probable number of periods that the last level has held.
    pub last: usize,
}

/// Poisson counts whose level is drawn anew from Gamma(a₀, b₀) with probability `hazard` in each period.
///
/// `recent` says how many periods count as new. Shapes: one count a period; b₀ is a rate, so the prior mean is a₀/b₀.
///
/// # Example
///
/// ```
/// use counterclaim_dynamics::run_lengths;
/// let mut counts = vec![2.0; 20];
/// counts.extend([15.0; 5]);
/// let found = run_lengths(&counts, 1.0 / 24.0, 1.0, 0.2, 3);
/// assert_eq!(found.last, 5);
/// assert!(found.fresh[20] > 0.99);
/// ```
///
/// # Source
///
/// Adams & MacKay (2007), *Bayesian online changepoint detection*; Fearnhead & Liu (2007), *JRSS B* 69.
pub fn run_lengths(counts: &[f64], hazard: f64, a0: f64, b0: f64, recent: usize) -> RunLengths {
    // ln P(run length, data so far), and the Gamma posterior of each run.
    let mut runs: Vec<(f64, f64, f64)> = vec![(0.0, a0, b0)];
    let mut log_evidence = 0.0;
    let mut fresh = vec![];
    for y in counts {
        let predicted: Vec<f64> = runs.iter().map(|(w, a, b)| w + predictive(*y, *a, *b)).collect();
        let total = log_sum(&predicted);
        log_evidence += total;
        let after: Vec<f64> = predicted.iter().map(|p| p - total).collect();
        // Before the change is drawn, run r has held for r + 1 periods with this one.
        fresh.push(after.iter().take(recent.max(1)).map(|p| p.exp()).sum::<f64>().min(1.0));
        let grown = runs.iter().zip(&after).map(|((_, a, b), p)| (p + (1.0 - hazard).ln(), a + y, b + 1.0));
        let mut next = vec![(hazard.ln(), a0, b0)];
        next.extend(grown);
        // Runs that weigh nothing are dropped; what is lost is under 1e-13 of the weight.
        next.retain(|(w, _, _)| *w > -60.0 || runs.len() < 2);
        runs = next;
    }
    let held = runs.iter().skip(1).enumerate().max_by(|a, b| a.1.0.total_cmp(&b.1.0));
    let last = held.map_or(0, |(_, (_, _, b))| (b - b0).round() as usize);
    RunLengths { log_evidence, fresh, last }
}

/// ln of the negative binomial that mixes Poisson(λ) over λ ~ Gamma(a, b).
fn predictive(y: f64, a: f64, b: f64) -> f64 {
    ln_gamma(a + y) - ln_gamma(a) - ln_gamma(y + 1.0) + a * (b / (b + 1.0)).ln() - y * b.ln_1p()
}

fn log_sum(values: &[f64]) -> f64 {
    let top = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if top == f64::NEG_INFINITY { top } else { top + values.iter().map(|v| (v - top).exp()).sum::<f64>().ln() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three periods by hand: every division into runs, weighted.
    #[test]
    fn the_evidence_is_the_sum_over_all_divisions() {
        let (y, h, a0, b0) = ([3.0, 0.0, 7.0], 0.2_f64, 1.0, 0.5);
        let marginal = |part: &[f64]| {
            let (mut a, mut b, mut sum) = (a0, b0, 0.0);
            for y in part {
                sum += predictive(*y, a, b);
                a += y;
                b += 1.0;
            }
            sum
        };
        let mut terms = vec![];
        for mask in 0..4_u32 {
            let mut weight = 0.0;
            let (mut start, mut total) = (0, 0.0);
            for t in 1..3 {
                if mask & (1 << (t - 1)) != 0 {
                    weight += h.ln();
                    total += marginal(&y[start..t]);
                    start = t;
                } else {
                    weight += (1.0 - h).ln();
                }
            }
            terms.push(weight + total + marginal(&y[start..]));
        }
        let found = run_lengths(&y, h, a0, b0, 1);
        assert!((found.log_evidence - log_sum(&terms)).abs() < 1e-12, "{found:?}");
        assert_eq!(run_lengths(&[], h, a0, b0, 1).log_evidence, 0.0);
    }
}
