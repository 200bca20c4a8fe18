//! Alerts: a sum of evidence that the level has doubled, with a threshold for a stated chance of a false alarm.

use crate::special::{ln_gamma, mean, quantile};
use crate::{Dice, NegBin, Sampler};
use std::collections::BTreeMap;

/// Periods that make the baseline.
pub const BASELINE: usize = 36;
/// Periods between the baseline and those watched, which are left out, so that a slow rise does not hide itself.
pub const GUARD: usize = 3;
/// Periods that a baseline must have at least.
const LEAST: usize = 24;
/// The rise that is looked for: twice the level.
pub const RATIO: f64 = 2.0;
/// Golden sections in the search for k: enough for any data, and what a drawn baseline needs (3 % of k, a tenth of its error).
const FINE: usize = 18;
const ROUGH: usize = 12;
/// Baselines drawn for a threshold, and runs for each.
const OUTER: usize = 4000;
const INNER: usize = 6;

/// Mean and size k of the baseline by maximum likelihood: the mean is that of the counts, at least 0.1; the size lies between
/// 0.25 and 1000.
///
/// # Source
///
/// The likelihood of k given the mean: Cameron & Trivedi (2013), §3.3, with Γ(y+k)/Γ(k) as a product.
pub fn baseline(counts: &[f64]) -> (f64, f64) {
    searched(counts, FINE)
}

fn searched(counts: &[f64], sections: usize) -> (f64, f64) {
    let n = counts.len() as f64;
    let m = mean(counts).max(0.1);
    // above[j]: how many counts are more than j; then Σ ln Γ(y+k)/Γ(k) = Σⱼ above[j] ln(k+j), where that is the shorter way.
    let most = counts.iter().copied().fold(0.0, f64::max);
    let small = most < 40.0;
    let mut above = vec![0.0; if small { most as usize } else { 0 }];
    for y in counts {
        above.iter_mut().take(*y as usize).for_each(|a| *a += 1.0);
    }
    let value = |ln_k: f64| {
        let k = ln_k.exp();
        let sum: f64 = if small {
            above.iter().enumerate().map(|(j, a)| a * (k + j as f64).ln()).sum()
        } else {
            counts.iter().map(|y| ln_gamma(y + k)).sum::<f64>() - n * ln_gamma(k)
        };
        sum + n * (k * (k / (k + m)).ln() - m * (k + m).ln())
    };
    // Golden section over ln k; one summit, or a rise to the end where the counts vary no more than Poisson counts.
    let (mut low, mut high) = (0.25_f64.ln(), 1000.0_f64.ln());
    let golden = 0.618_033_988_749_894_9;
    let (mut a, mut b) = (high - golden * (high - low), low + golden * (high - low));
    let (mut at_a, mut at_b) = (value(a), value(b));
    for _ in 0..sections {
        if at_a > at_b {
            (high, b, at_b) = (b, a, at_a);
            a = high - golden * (high - low);
            at_a = value(a);
        } else {
            (low, a, at_a) = (a, b, at_b);
            b = low + golden * (high - low);
            at_b = value(b);
        }
    }
    (m, (0.5 * (low + high)).exp())
}

/// The evidence of each period, ln NB(y; ratio·m, k) − ln NB(y; m, k), summed up and never below 0:
/// Cₜ = max(0, C₍ₜ₋₁₎ + evidence). None is a period without collection, which changes nothing.
///
/// # Example
///
/// ```
/// use counterclaim_dynamics::{NegBin, cusum};
/// let line = cusum(&[Some(5.0), Some(12.0), Some(14.0)], 5.0, 4.0, 2.0);
/// assert_eq!(line[0], 0.0);
/// assert!(line[2] > 2.0);
/// ```
///
/// # Source
///
/// Page (1954), *Biometrika* 41; for negative binomial counts Höhle & Paul (2008), *Comput. Stat. Data Anal.* 52.
pub fn cusum(counts: &[Option<f64>], mean: f64, size: f64, ratio: f64) -> Vec<f64> {
    let (m, k) = (mean.max(1e-9), size);
    let slope = (ratio * (k + m) / (k + ratio * m)).ln();
    let fall = k * ((ratio - 1.0) * m / (k + m)).ln_1p();
    let mut sum = 0.0;
    let step = |y: &Option<f64>| {
        if let Some(y) = y {
            sum = f64::max(0.0, sum + y * slope - fall);
        }
        sum
    };
    counts.iter().map(step).collect()
}

/// The threshold h that Cₜ exceeds within `periods` with probability `false_alarm` though nothing has changed, by double
/// bootstrap: baselines are drawn and estimated anew, and each is then run against periods drawn from the same law; so the
/// error of estimating mean and size is paid for. `estimated` is the number of baseline periods; 0 for
/// parameters that are known.
///
/// # Source
///
/// Bootstrap thresholds with estimated parameters: Gandy & Kvaløy (2013), *Scand. J. Statist.* 40.
pub fn cusum_threshold(law: (f64, f64), estimated: usize, periods: usize, false_alarm: f64, seed: u64) -> f64 {
    let (m, k) = law;
    let sampler = Sampler::new(&NegBin::new(m, k));
    let mut peaks = Vec::with_capacity(OUTER * INNER);
    for outer in 0..OUTER {
        let mut dice = Dice::new(seed, outer as u64);
        let mut draw = |n: usize| (0..n).map(|_| sampler.at(dice.uniform()) as f64).collect::<Vec<f64>>();
        let (m, k) = if estimated == 0 { law } else { searched(&draw(estimated), ROUGH) };
        for _ in 0..INNER {
            let run: Vec<Option<f64>> = draw(periods).into_iter().map(Some).collect();
            peaks.push(cusum(&run, m, k, RATIO).into_iter().fold(0.0, f64::max));
        }
    }
    peaks.sort_by(f64::total_cmp);
    quantile(&peaks, 1.0 - false_alarm.clamp(0.0, 1.0))
}

/// One series on watch.
#[derive(Clone, Debug, PartialEq)]
pub struct Watch {
    /// Expected events a period in the baseline.
    pub mean: f64,
    /// Its size k.
    pub size: f64,
    /// The sum of evidence in each period watched.
    pub sums: Vec<f64>,
    /// The threshold.
    pub threshold: f64,
    /// Index of the first period, among those given, in which the sum was above the threshold.
    pub alarm: Option<usize>,
}

/// Watches the last `periods` of every series against the [`BASELINE`] periods that end [`GUARD`] before them. None for a series
/// with fewer than 24 collected periods in its baseline. Each series alarms by chance with probability `false_alarm`, so a
/// screen of n series has `false_alarm`·n false alarms to expect.
///
/// # Example
///
/// ```
/// use counterclaim_dynamics::screen;
/// let mut rose: Vec<Option<f64>> = (0..39).map(|t| Some(f64::from(t % 5))).collect();
/// rose.extend([Some(9.0); 6]);
/// let found = screen(&[rose, vec![Some(2.0); 45]], 6, 0.1, 1);
/// assert!(found[0].as_ref().unwrap().alarm.is_some() && found[1].as_ref().unwrap().alarm.is_none());
/// ```
///
/// # Source
///
/// As [`cusum`] and [`cusum_threshold`]; a guard band before the periods watched: Farrington et al. (1996), *JRSS A* 159.
pub fn screen(series: &[Vec<Option<f64>>], periods: usize, false_alarm: f64, seed: u64) -> Vec<Option<Watch>> {
    // Thresholds are slow to draw and serve every series of like mean and size.
    let mut drawn: BTreeMap<(i64, i64, usize), f64> = BTreeMap::new();
    let mut watch = |counts: &Vec<Option<f64>>| {
        let start = counts.len().checked_sub(periods)?;
        let end = start.checked_sub(GUARD)?;
        let base: Vec<f64> = counts[end.saturating_sub(BASELINE)..end].iter().flatten().copied().collect();
        if base.len() < LEAST || periods == 0 {
            return None;
        }
        let (mean, size) = baseline(&base);
        let ((m, k), n) = ((step(mean.min(scaled(size))), step(size)), base.len());
        let law = (value(m), value(k));
        let threshold = *drawn.entry((m, k, n)).or_insert_with(|| cusum_threshold(law, n, periods, false_alarm, seed));
        let sums = cusum(&counts[start..], mean, size, RATIO);
        let alarm = sums.iter().position(|c| *c > threshold).map(|t| start + t);
        Some(Watch { mean, size, sums, threshold, alarm })
    };
    series.iter().map(&mut watch).collect()
}

/// Steps of 10 %, so that series of one kind share a threshold; it moves no more over a step than by its own error.
fn step(x: f64) -> i64 {
    (x.ln() / 0.1).round() as i64
}

/// The mean beyond which the threshold no longer depends on it: the count is then a multiple of a gamma variable, for all but 5 %
/// of its variance.
fn scaled(size: f64) -> f64 {
    f64::max(100.0, 20.0 * size)
}

fn value(step: i64) -> f64 {
    (step as f64 * 0.1).exp()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(series: &[Option<f64>]) -> Option<Watch> {
        screen(&[series.to_vec()], 12, 0.1, 1).remove(0)
    }

    /// The published thresholds are 3.48 and 2.69, themselves drawn.
    #[test]
    fn thresholds_are_near_the_published_ones_and_keep_what_they_promise() {
        for (k, wanted) in [(4.0, 3.48), (1.0, 2.69)] {
            let h = cusum_threshold((5.0, k), BASELINE, 12, 0.1, 1);
            assert!((h - wanted).abs() < 0.12, "{k}: {h}");
            let sampler = Sampler::new(&NegBin::new(5.0, k));
            let runs = 3000;
            let alarms = (0..runs).filter(|run| {
                let mut dice = Dice::new(99, *run);
                let base: Vec<f64> = (0..BASELINE).map(|_| sampler.at(dice.uniform()) as f64).collect();
                let (m, size) = baseline(&base);
                let run: Vec<Option<f64>> = (0..12).map(|_| Some(sampler.at(dice.uniform()) as f64)).collect();
                cusum(&run, m, size, RATIO).iter().any(|c| *c > h)
            });
            let share = alarms.count() as f64 / runs as f64;
            assert!((share - 0.1).abs() < 0.025, "{k}: {share}");
        }
        // Of large counts only the size matters.
        let far = cusum_threshold((3000.0, 2.0), BASELINE, 12, 0.1, 1);
        let near = cusum_threshold((scaled(2.0), 2.0), BASELINE, 12, 0.1, 1);
        assert!((far - near).abs() < 0.15, "{far} {near}");
        // Known parameters need less.
        assert!(cusum_threshold((5.0, 4.0), 0, 12, 0.1, 1) < 3.0);
    }

    #[test]
    fn the_baseline_is_a_summit() {
        let counts = [2.0, 9.0, 4.0, 0.0, 7.0, 5.0, 12.0, 1.0, 3.0, 8.0];
        let (m, k) = baseline(&counts);
        let value = |k: f64| counts.iter().map(|y| NegBin::new(m, k).ln_pmf(*y as u64)).sum::<f64>();
        assert!(value(k) >= value(k * 1.02) && value(k) >= value(k / 1.02), "{m} {k}");
        assert!(baseline(&[5.0; 40]).1 > 900.0);
        // Large counts take the other way to the same end.
        let large: Vec<f64> = counts.iter().map(|y| 60.0 * y).collect();
        let (m, k) = baseline(&large);
        let value = |k: f64| large.iter().map(|y| NegBin::new(m, k).ln_pmf(*y as u64)).sum::<f64>();
        assert!(value(k) >= value(k * 1.02) && value(k) >= value(k / 1.02), "{m} {k}");
    }

    #[test]
    fn a_doubling_is_found_and_quiet_is_quiet() {
        let sampler = |m| Sampler::new(&NegBin::new(m, 4.0));
        let (low, high) = (sampler(6.0), sampler(18.0));
        let (mut alarms, mut hits) = (0, 0);
        for run in 0..60 {
            let mut dice = Dice::new(5, run);
            let quiet: Vec<Option<f64>> = (0..51).map(|_| Some(low.at(dice.uniform()) as f64)).collect();
            let mut loud = quiet.clone();
            loud[42..].iter_mut().for_each(|y| *y = Some(high.at(dice.uniform()) as f64));
            alarms += usize::from(one(&quiet).unwrap().alarm.is_some());
            hits += usize::from(one(&loud).unwrap().alarm.is_some_and(|t| t >= 39));
        }
        assert!(alarms <= 14 && hits >= 54, "{alarms} {hits}");
    }

    #[test]
    fn short_series_are_not_watched_and_gaps_are_no_evidence() {
        assert_eq!(one(&[Some(1.0); 20]), None);
        assert_eq!(one(&[None; 60]), None);
        assert_eq!(cusum(&[Some(20.0), None], 5.0, 4.0, 2.0)[0], cusum(&[Some(20.0), None], 5.0, 4.0, 2.0)[1]);
    }
}
