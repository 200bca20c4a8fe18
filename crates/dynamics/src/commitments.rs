//! Were promises kept: the rate with its interval, what contested cases could make of it, and how often luck alone would do.

use crate::special::beta_quantile;

/// Below this many resolved commitments no rate is given, only the list.
pub const LEAST_RESOLVED: usize = 10;

/// What became of a commitment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Done, and nobody disputes it.
    Kept,
    /// Not done, and nobody disputes it.
    Broken,
    /// The sides give different accounts.
    Contested,
    /// Not yet due, or not known.
    Open,
}

/// How many were kept.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct KeptRate {
    /// Kept, without dispute.
    pub kept: usize,
    /// Broken, without dispute.
    pub broken: usize,
    /// Accounts differ.
    pub contested: usize,
    /// Share kept among those kept or broken.
    pub rate: f64,
    /// 95 % Jeffreys interval of it.
    pub interval: (f64, f64),
    /// The share if every contested one counts as broken, and if every one counts as kept.
    pub bounds: (f64, f64),
    /// The lower end of the interval in the first case, the upper end in the second: nothing that is said lies outside.
    pub widest: (f64, f64),
}

/// The kept-rate, or none under [`LEAST_RESOLVED`] resolved ones (kept or broken).
///
/// # Example
///
/// ```
/// use counterclaim_dynamics::{Outcome, kept_rate};
/// let mut outcomes = vec![Outcome::Kept; 8];
/// assert!(kept_rate(&outcomes).is_none());
/// outcomes.extend([Outcome::Broken, Outcome::Broken, Outcome::Contested, Outcome::Open]);
/// let rate = kept_rate(&outcomes).unwrap();
/// assert_eq!(rate.rate, 0.8);
/// assert!(rate.bounds.0 < 0.8 && 0.8 < rate.bounds.1);
/// ```
///
/// # Source
///
/// Jeffreys interval: quantiles of Beta(x + ½, n − x + ½), with 0 and 1 as ends at x = 0 and x = n (Brown, Cai & DasGupta
/// 2001, *Stat. Sci.* 16). Bounds for what is not known: Manski (1989).
pub fn kept_rate(outcomes: &[Outcome]) -> Option<KeptRate> {
    let count = |wanted: Outcome| outcomes.iter().filter(|o| **o == wanted).count();
    let (kept, broken, contested) = (count(Outcome::Kept), count(Outcome::Broken), count(Outcome::Contested));
    let resolved = kept + broken;
    if resolved < LEAST_RESOLVED {
        return None;
    }
    let all = (resolved + contested) as f64;
    Some(KeptRate {
        kept,
        broken,
        contested,
        rate: kept as f64 / resolved as f64,
        interval: jeffreys(kept, resolved, 0.95),
        bounds: (kept as f64 / all, (kept + contested) as f64 / all),
        widest: (
            jeffreys(kept, resolved + contested, 0.95).0,
            jeffreys(kept + contested, resolved + contested, 0.95).1,
        ),
    })
}

/// The Jeffreys interval of x in n.
///
/// ```
/// let (low, high) = counterclaim_dynamics::jeffreys(0, 10, 0.95);
/// assert_eq!(low, 0.0);
/// assert!((high - 0.2172).abs() < 1e-4);
/// ```
///
/// # Source
///
/// Brown, Cai & DasGupta (2001), *Stat. Sci.* 16: quantiles of Beta(x + ½, n − x + ½).
pub fn jeffreys(x: usize, n: usize, level: f64) -> (f64, f64) {
    let x = x.min(n);
    let (a, b) = (x as f64 + 0.5, (n - x) as f64 + 0.5);
    let tail = 0.5 * (1.0 - level.clamp(0.0, 1.0));
    let low = if x == 0 { 0.0 } else { beta_quantile(a, b, tail) };
    let high = if x == n { 1.0 } else { beta_quantile(a, b, 1.0 - tail) };
    (low, high)
}

/// P₀ = (k/(k + mW))ᵏ: the chance that a truce of W weeks sees no incident though nothing has changed, at a level of m incidents
/// a week and size k. Shown beside a kept ceasefire: "kept by luck".
///
/// # Example
///
/// ```
/// // Five incidents a week: two quiet weeks are rarely luck. One in two months: they often are.
/// assert!(counterclaim_dynamics::kept_by_luck(5.0, 4.0, 2.0) < 0.01);
/// assert!(counterclaim_dynamics::kept_by_luck(0.125, 4.0, 2.0) > 0.75);
/// ```
///
/// # Source
///
/// P(Y = 0) of the negative binomial with mean mW and size k.
pub fn kept_by_luck(per_week: f64, size: f64, weeks: f64) -> f64 {
    (-size * (per_week.max(0.0) * weeks.max(0.0) / size).ln_1p()).exp()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contested_cases_widen_what_is_said_and_never_move_the_rate() {
        let mut outcomes = vec![Outcome::Kept; 9];
        outcomes.extend([Outcome::Broken; 3]);
        let plain = kept_rate(&outcomes).unwrap();
        assert_eq!(plain.bounds, (0.75, 0.75));
        outcomes.extend([Outcome::Contested; 4]);
        let contested = kept_rate(&outcomes).unwrap();
        assert_eq!((contested.rate, contested.bounds), (0.75, (9.0 / 16.0, 13.0 / 16.0)));
        assert!(contested.widest.0 < plain.interval.0 && contested.widest.1 > 0.9);
    }

    #[test]
    fn open_and_contested_ones_do_not_make_ten() {
        let mut outcomes = vec![Outcome::Kept; 9];
        outcomes.extend([Outcome::Open; 50]);
        outcomes.extend([Outcome::Contested; 50]);
        assert_eq!(kept_rate(&outcomes), None);
    }

    #[test]
    fn luck_is_the_empty_count() {
        let count = crate::NegBin::new(3.0 * 2.0, 4.0);
        assert!((kept_by_luck(3.0, 4.0, 2.0) - count.pmf(0)).abs() < 1e-12);
        assert_eq!(jeffreys(7, 5, 0.95).1, 1.0);
    }
}
