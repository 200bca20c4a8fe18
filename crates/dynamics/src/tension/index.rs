//! The index: is the level of the last weeks above that of the last half year by more than chance?

use crate::special::{normal_cdf, quantile};
use crate::{Dice, NegBin, Sampler};

/// Half-life in weeks of the fast mean.
pub const FAST: f64 = 4.0;
/// Half-life in weeks of the slow mean.
pub const SLOW: f64 = 26.0;
/// Below this many events a week nothing is said.
pub const LEAST_RATE: f64 = 1.0;
/// Weeks looked back at: five slow half-lives.
const MEMORY: usize = 130;
/// Series drawn for a threshold.
const DRAWS: usize = 4000;

/// What the index says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trend {
    /// More than chance explains, at the stated probability of a false alarm.
    Rising,
    /// No more than chance explains.
    NotRising,
    /// Fewer than about one event a week, or too short a record.
    CannotTell,
}

/// The index of one series of weekly counts at its last week.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tension {
    /// T = 100 Φ((ln m_fast − ln m_slow)/se), from 0 to 100; 50 is no change.
    pub index: f64,
    /// (m_fast − m_slow)/√[(m_slow + m_slow²/k) Σ(w_fast − w_slow)²].
    pub z: f64,
    /// Discounted mean with the fast half-life, events a week.
    pub fast: f64,
    /// The same with the slow half-life.
    pub slow: f64,
    /// Above this z the level is rising; calibrated by simulation.
    pub threshold: f64,
    /// The verdict.
    pub trend: Trend,
}

/// The index at the end of `weeks`; None is a week without collection. `exposure` has the source panel's output
/// of each week relative to its mean. `false_alarm` is the chance of "rising" at one look at a level that does not move.
///
/// # Example
///
/// ```
/// use counterclaim_dynamics::{Trend, tension};
/// let mut weeks = vec![Some(5.0); 60];
/// assert_eq!(tension(&weeks, None, 4.0, 0.05, 1).trend, Trend::NotRising);
/// weeks.extend([Some(30.0); 4]);
/// assert_eq!(tension(&weeks, None, 4.0, 0.05, 1).trend, Trend::Rising);
/// assert_eq!(tension(&[Some(0.0); 60], None, 4.0, 0.05, 1).trend, Trend::CannotTell);
/// ```
///
/// # Source
///
/// Difference of two exponentially weighted means (a control chart: Roberts 1959, *Technometrics* 1; Lucas & Saccucci
/// 1990), with the variance of the negative binomial. ln by the delta method.
pub fn tension(weeks: &[Option<f64>], exposure: Option<&[f64]>, size: f64, false_alarm: f64, seed: u64) -> Tension {
    let plain = at_end(weeks, exposure, size);
    let too_little = weeks.iter().rev().take(MEMORY).flatten().count() < 12 || plain.slow < LEAST_RATE;
    if too_little {
        return Tension { threshold: f64::NAN, trend: Trend::CannotTell, ..plain };
    }
    let threshold = threshold(plain.slow, size, seen(weeks), false_alarm, seed);
    Tension { threshold, trend: if plain.z > threshold { Trend::Rising } else { Trend::NotRising }, ..plain }
}

/// The index week by week, without verdicts: entry t uses weeks up to and with t. Not a number in weeks without collection.
///
/// # Source
///
/// As [`tension`].
pub fn tension_line(weeks: &[Option<f64>], exposure: Option<&[f64]>, size: f64) -> Vec<f64> {
    let at = |t: usize| match weeks[t] {
        Some(_) => at_end(&weeks[..=t], exposure.map(|e| &e[..(t + 1).min(e.len())]), size).index,
        None => f64::NAN,
    };
    (0..weeks.len()).map(at).collect()
}

/// z that a level without change exceeds with this probability: `DRAWS` series of the given weeks, mean and size.
///
/// A normal quantile would be off: the counts are skew, and the slow mean is itself estimated.
///
/// # Source
///
/// Parametric bootstrap: Efron & Tibshirani (1993), *An Introduction to the Bootstrap*.
pub fn threshold(mean: f64, size: f64, weeks: usize, false_alarm: f64, seed: u64) -> f64 {
    let sampler = Sampler::new(&NegBin::new(mean, size));
    let weeks = weeks.clamp(12, MEMORY);
    let mut z: Vec<f64> = (0..DRAWS)
        .map(|draw| {
            let mut dice = Dice::new(seed, draw as u64);
            let drawn: Vec<Option<f64>> = (0..weeks).map(|_| Some(sampler.at(dice.uniform()) as f64)).collect();
            at_end(&drawn, None, size).z
        })
        .collect();
    z.sort_by(f64::total_cmp);
    quantile(&z, 1.0 - false_alarm.clamp(0.0, 1.0))
}

fn seen(weeks: &[Option<f64>]) -> usize {
    weeks.iter().rev().take(MEMORY).flatten().count()
}

fn at_end(weeks: &[Option<f64>], exposure: Option<&[f64]>, size: f64) -> Tension {
    let e = |t: usize| exposure.and_then(|e| e.get(t)).copied().filter(|e| *e > 0.0).unwrap_or(1.0);
    // (rate, exposure, fast weight, slow weight), latest first.
    let (f, s) = ((-1.0 / FAST).exp2(), (-1.0 / SLOW).exp2());
    let (mut wf, mut ws, mut sum_f, mut sum_s, mut fast, mut slow) = (1.0, 1.0, 0.0, 0.0, 0.0, 0.0);
    let mut used = Vec::with_capacity(MEMORY.min(weeks.len()));
    for (t, y) in weeks.iter().enumerate().rev().take(MEMORY) {
        // Weeks without collection age what lies before them, and count for nothing.
        if let Some(y) = y {
            let rate = y / e(t);
            fast += wf * rate;
            slow += ws * rate;
            sum_f += wf;
            sum_s += ws;
            used.push((e(t), wf, ws));
        }
        wf *= f;
        ws *= s;
    }
    if used.is_empty() {
        let nan = f64::NAN;
        return Tension { index: nan, z: nan, fast: nan, slow: nan, threshold: nan, trend: Trend::CannotTell };
    }
    (fast, slow) = (fast / sum_f, slow / sum_s);
    let variance: f64 = used
        .iter()
        .map(|(e, wf, ws)| (wf / sum_f - ws / sum_s).powi(2) * (slow / e + slow * slow / size.max(1e-3)))
        .sum();
    let deviation = variance.sqrt();
    let (z, index) = if deviation > 0.0 {
        // se of ln m_fast − ln m_slow under no change.
        let se = deviation / slow;
        ((fast - slow) / deviation, 100.0 * normal_cdf((fast / slow).ln() / se))
    } else {
        (0.0, 50.0)
    };
    Tension { index, z, fast, slow, threshold: f64::NAN, trend: Trend::CannotTell }
}

/// Severity of an incident with this many deaths: log₂(1 + deaths), so that each step is a doubling. Carried beside the
/// count, never mixed with it.
///
/// # Source
///
/// The logarithmic scale of conflict size: Richardson (1948), *J. Am. Stat. Assoc.* 43.
pub fn severity(deaths: f64) -> f64 {
    deaths.max(0.0).ln_1p() / std::f64::consts::LN_2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn false_alarms_come_as_often_as_stated() {
        for (m, k) in [(2.0, 4.0), (10.0, 1.0)] {
            let h = threshold(m, k, 104, 0.05, 1);
            let sampler = Sampler::new(&NegBin::new(m, k));
            let runs = 2000;
            let alarms = (0..runs)
                .filter(|run| {
                    let mut dice = Dice::new(77, *run);
                    let weeks: Vec<Option<f64>> = (0..104).map(|_| Some(sampler.at(dice.uniform()) as f64)).collect();
                    at_end(&weeks, None, k).z > h
                })
                .count();
            let share = alarms as f64 / runs as f64;
            assert!((share - 0.05).abs() < 0.015, "{m} {k}: {share}");
        }
    }

    #[test]
    fn no_change_is_fifty_and_gaps_are_not_zeros() {
        let mut weeks = vec![Some(6.0); 100];
        let still = |weeks: &[Option<f64>]| (at_end(weeks, None, 4.0).index - 50.0).abs() < 1e-6;
        assert!(still(&weeks));
        weeks.extend([None; 6]);
        assert!(still(&weeks));
        weeks.extend([Some(0.0); 3]);
        assert!(at_end(&weeks, None, 4.0).index < 20.0);
        assert!(tension_line(&weeks, None, 4.0)[102].is_nan());
        assert!(tension(&[], None, 4.0, 0.05, 1).index.is_nan());
    }

    #[test]
    fn severity_counts_doublings() {
        assert_eq!((severity(0.0), severity(1.0), severity(7.0)), (0.0, 1.0, 3.0));
    }
}
