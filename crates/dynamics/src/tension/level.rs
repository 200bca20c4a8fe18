//! The level of a weekly count: a discounted mean with negative binomial predictions, and its refit by log score.

use crate::NegBin;

/// Half-lives in weeks among which [`Level::refit`] chooses.
const HALF_LIVES: [f64; 6] = [2.0, 4.0, 8.0, 13.0, 26.0, 52.0];
/// Sizes k among which it chooses.
const SIZES: [f64; 8] = [0.5, 1.0, 2.0, 3.0, 4.0, 6.0, 10.0, 30.0];
/// Weeks before the first score that counts.
pub const BURN_IN: usize = 52;
/// Expected counts are never taken to be lower, or one event after a quiet time would be impossible.
const FLOOR: f64 = 0.01;

/// yₜ ~ NB(mₜ, k) with m₍ₜ₊₁₎ = r mₜ + (1−r) yₜ and r = 2^(−1/half-life).
///
/// # Example
///
/// ```
/// use counterclaim_dynamics::Level;
/// let level = Level::default();
/// let m = level.means(&[Some(4.0), Some(4.0), None, Some(12.0)], None);
/// assert_eq!((m.len(), m[3]), (5, 4.0));       // a gap moves nothing
/// assert!(m[4] > 4.0 && m[4] < 5.0);
/// ```
///
/// # Source
///
/// Exponential smoothing of counts with negative binomial predictions: Harvey & Fernandes (1989), *J. Bus. Econ. Stat.* 7.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Level {
    /// Weeks after which a week counts half.
    pub half_life: f64,
    /// k.
    pub size: f64,
}

impl Default for Level {
    fn default() -> Level {
        Level { half_life: 8.0, size: 4.0 }
    }
}

/// How well one-step predictions did.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Predictions {
    /// Mean natural logarithm of the probability given to what came.
    pub log_score: f64,
    /// Share of 90 % intervals that held, ends counted by the part of their probability that lies inside.
    pub cover_90: f64,
    /// Weeks scored.
    pub weeks: usize,
}

impl Level {
    /// Expected events per unit of exposure before each week, and one entry more for the week to come. None is a week
    /// without collection. The first week's own value starts the mean.
    ///
    /// # Source
    ///
    /// Simple exponential smoothing: Harvey & Fernandes (1989), *J. Bus. Econ. Stat.* 7; the exposure divides the counts.
    pub fn means(&self, weeks: &[Option<f64>], exposure: Option<&[f64]>) -> Vec<f64> {
        let keep = (-1.0 / self.half_life.max(1e-3)).exp2();
        let e = |t: usize| exposure.and_then(|e| e.get(t)).copied().filter(|e| *e > 0.0).unwrap_or(1.0);
        let first = weeks.iter().enumerate().find_map(|(t, y)| y.map(|y| y / e(t)));
        let mut m = first.unwrap_or(0.0);
        let mut out = vec![m];
        for (t, y) in weeks.iter().enumerate() {
            if let Some(y) = y {
                m = keep * m + (1.0 - keep) * y / e(t);
            }
            out.push(m);
        }
        out
    }

    /// The prediction for a week with this mean (per unit of exposure) and exposure.
    ///
    /// # Source
    ///
    /// The predictive law of Harvey & Fernandes (1989), with k held.
    pub fn law(&self, mean: f64, exposure: f64) -> NegBin {
        NegBin::new((mean * exposure).max(FLOOR), self.size)
    }

    /// Scores of the one-step predictions, from week 53 on or, in a shorter series, from its second half.
    ///
    /// # Source
    ///
    /// Log score: Good (1952), *JRSS B* 14; one-step (prequential): Dawid (1984), *JRSS A* 147; cover of counts without drawing:
    /// Czado, Gneiting & Held (2009), *Biometrics* 65, the nonrandomised transform.
    pub fn score(&self, weeks: &[Option<f64>], exposure: Option<&[f64]>) -> Predictions {
        let means = self.means(weeks, exposure);
        let from = BURN_IN.min(weeks.len() / 2);
        let (mut sum, mut covered, mut n) = (0.0, 0.0, 0);
        for (t, y) in weeks.iter().enumerate().skip(from) {
            let Some(y) = y else { continue };
            let law = self.law(means[t], exposure.and_then(|e| e.get(t)).copied().unwrap_or(1.0));
            let y = *y as u64;
            sum += law.ln_pmf(y);
            let upto = law.cdf(y);
            let below = if y == 0 { 0.0 } else { law.cdf(y - 1) };
            covered += (upto.min(0.95) - below.max(0.05)).max(0.0) / (upto - below).max(1e-300);
            n += 1;
        }
        let count = (n as f64).max(1.0);
        Predictions { log_score: sum / count, cover_90: covered / count, weeks: n }
    }

    /// The half-life and the size with the best log score on this series; the default where nothing is better, and for
    /// series of less than a year.
    ///
    /// # Source
    ///
    /// Choice by prequential log score: Dawid (1984), *JRSS A* 147.
    pub fn refit(weeks: &[Option<f64>], exposure: Option<&[f64]>) -> Level {
        let mut best = Level::default();
        if weeks.iter().flatten().count() < BURN_IN {
            return best;
        }
        let mut score = best.score(weeks, exposure).log_score;
        for half_life in HALF_LIVES {
            for size in SIZES {
                let level = Level { half_life, size };
                let found = level.score(weeks, exposure).log_score;
                if found > score {
                    (best, score) = (level, found);
                }
            }
        }
        best
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Dice, Sampler};

    fn drawn(m: f64, k: f64, n: usize, seed: u64) -> Vec<Option<f64>> {
        let (mut dice, sampler) = (Dice::new(seed, 0), Sampler::new(&NegBin::new(m, k)));
        (0..n).map(|_| Some(sampler.at(dice.uniform()) as f64)).collect()
    }

    #[test]
    fn predictions_of_a_steady_series_hold() {
        let score = Level { half_life: 26.0, size: 4.0 }.score(&drawn(6.0, 4.0, 3000, 1), None);
        assert!((score.cover_90 - 0.9).abs() < 0.02, "{score:?}");
        assert_eq!(score.weeks, 3000 - 52);
    }

    #[test]
    fn the_refit_finds_what_is_there() {
        let steady = drawn(6.0, 1.0, 800, 2);
        let level = Level::refit(&steady, None);
        assert!(level.half_life >= 26.0 && level.size <= 2.0, "{level:?}");
        assert!(level.score(&steady, None).log_score > Level::default().score(&steady, None).log_score);
        assert_eq!(Level::refit(&drawn(6.0, 4.0, 30, 1), None), Level::default());
    }

    #[test]
    fn exposure_is_divided_out() {
        let level = Level::default();
        let (weeks, exposure) = ([Some(4.0), Some(8.0), Some(4.0)], [1.0, 2.0, 1.0]);
        assert_eq!(level.means(&weeks, Some(&exposure)), [4.0; 4]);
        assert_eq!(level.means(&[], None), [0.0]);
        assert_eq!(level.score(&[None], None).weeks, 0);
    }
}
