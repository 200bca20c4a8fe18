//! The volume guard: is it the world that changed, or how much is written about it?

use super::index::{FAST, SLOW, Trend, tension};
use crate::special::{beta_quantile, mean};

/// Exposure of each week: (1 + o)/(1 + ō), where o is on how many (source, day) pairs the panel published, and ō its mean. The
/// added one keeps a panel of few days from moving much by chance.
///
/// `days[s][t]` says on how many days of week t source s published anything that tells of no incident
/// ([`Calendar::background`](crate::Calendar::background)). The panel are the sources that did so in at least half of the collected
/// weeks before the last `recent`; so a newcomer that repeats others is no member, a member that writes more on the days it
/// writes anyway changes nothing, and reports on incidents never do. None if there is no panel.
///
/// # Example
///
/// ```
/// use counterclaim_dynamics::panel_exposure;
/// let steady = vec![5.0; 20];
/// let mut newcomer = vec![0.0; 20];
/// newcomer[17..].fill(7.0);
/// assert_eq!(panel_exposure(&[steady, newcomer], 8).unwrap(), [1.0; 20]);
/// ```
///
/// # Source
///
/// Detection efforts as offset: Weidmann (2016), *AJPS* 60; matched panels of sources: Woolley (2000), *AJPS* 44. The added one
/// is the mean of a Gamma posterior (shape 1, mean 1) of the effort.
pub fn panel_exposure(days: &[Vec<f64>], recent: usize) -> Option<Vec<f64>> {
    let weeks = days.iter().map(Vec::len).max()?;
    let collected = |t: usize| days.iter().any(|s| s.get(t).is_some_and(|d| *d > 0.0));
    let before = if weeks > 2 * recent { weeks - recent } else { weeks };
    let base: Vec<usize> = (0..before).filter(|t| collected(*t)).collect();
    let steady = |s: &&Vec<f64>| {
        let active = base.iter().filter(|t| s.get(**t).is_some_and(|d| *d > 0.0)).count();
        active > 0 && 2 * active >= base.len()
    };
    let panel: Vec<&Vec<f64>> = days.iter().filter(steady).collect();
    if panel.is_empty() {
        return None;
    }
    let output = |t: usize| panel.iter().map(|s| s.get(t).copied().unwrap_or(0.0)).sum::<f64>();
    let all: Vec<f64> = (0..weeks).map(output).collect();
    let some: Vec<f64> = all.iter().copied().filter(|o| *o > 0.0).collect();
    let level = mean(&some);
    Some(all.iter().map(|o| (1.0 + o) / (1.0 + level)).collect())
}

/// The hostile share of all incidents: mean and 90 % interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    /// Posterior mean.
    pub mean: f64,
    /// 5 % point.
    pub low: f64,
    /// 95 % point.
    pub high: f64,
}

/// Hostile share at the last week with discounted counts: Beta(½ + H/φ, ½ + (N−H)/φ), where φ ≥ 1 widens the posterior by the
/// variation of the weekly shares beyond the binomial one (Beta-Binomial).
///
/// `hostile[t]` of `all[t]` incidents; the half-life is in weeks.
///
/// # Source
///
/// Beta-Binomial: Skellam (1948), *JRSS B* 10; Jeffreys' prior; φ as Pearson's χ² over its degrees of freedom (Williams 1982).
pub fn hostile_share(hostile: &[f64], all: &[f64], half_life: f64) -> Share {
    let keep = (-1.0 / half_life.max(1e-3)).exp2();
    let (mut h, mut n) = (0.0, 0.0);
    for (x, y) in hostile.iter().zip(all) {
        h = keep * h + x;
        n = keep * n + y;
    }
    let total: f64 = all.iter().sum();
    let p = (hostile.iter().sum::<f64>() / total.max(1.0)).clamp(1e-3, 1.0 - 1e-3);
    let busy: Vec<(f64, f64)> = hostile.iter().zip(all).filter(|(_, n)| **n > 0.0).map(|(h, n)| (*h, *n)).collect();
    let chi: f64 = busy.iter().map(|(h, n)| (h - n * p).powi(2) / (n * p * (1.0 - p))).sum();
    let phi = (chi / (busy.len() as f64 - 1.0).max(1.0)).max(1.0);
    let (a, b) = (0.5 + h / phi, 0.5 + (n - h).max(0.0) / phi);
    Share { mean: a / (a + b), low: beta_quantile(a, b, 0.05), high: beta_quantile(a, b, 0.95) }
}

/// What the guard found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Guard {
    /// Reports rose while incidents did not, or incidents rose no more than the panel's output.
    pub volume_driven: bool,
    /// Fast over slow mean of reports per week.
    pub reports_ratio: f64,
    /// Fast over slow mean of incidents per week.
    pub incidents_ratio: f64,
}

/// Compares incidents with the reports that tell of them and with the panel's output. The flag goes up if the reports
/// rise and the incidents, offset by the panel's output, do not; "rise" has the test and the threshold of [`tension`].
///
/// # Source
///
/// As [`tension`] and [`panel_exposure`]. That coverage may swell without the events: Jenkins & Maher (2016), *Forum* 31.
pub fn volume_guard(
    incidents: &[Option<f64>],
    reports: &[Option<f64>],
    exposure: Option<&[f64]>,
    size: f64,
    false_alarm: f64,
    seed: u64,
) -> Guard {
    let offset = tension(incidents, exposure, size, false_alarm, seed);
    let raw = tension(incidents, None, size, false_alarm, seed);
    let told = tension(reports, None, dispersion(reports), false_alarm, seed);
    let rising = |t: Trend| t == Trend::Rising;
    let volume_driven = (rising(told.trend) || rising(raw.trend)) && !rising(offset.trend);
    Guard { volume_driven, reports_ratio: told.fast / told.slow, incidents_ratio: raw.fast / raw.slow }
}

/// The size k of a series by moments about the slow mean; between 0.3 and 30.
fn dispersion(weeks: &[Option<f64>]) -> f64 {
    let recent = (4.0 * FAST) as usize;
    let all: Vec<f64> = weeks.iter().flatten().copied().collect();
    let upto = if all.len() > recent + SLOW as usize { all.len() - recent } else { all.len() };
    let base = &all[..upto];
    let m = mean(base);
    let v = base.iter().map(|y| (y - m) * (y - m)).sum::<f64>() / (base.len() as f64 - 1.0).max(1.0);
    if v > m { (m * m / (v - m)).clamp(0.3, 30.0) } else { 30.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Dice, NegBin, Sampler};

    fn weeks(seed: u64) -> Vec<Option<f64>> {
        let (mut dice, sampler) = (Dice::new(seed, 0), Sampler::new(&NegBin::new(6.0, 4.0)));
        (0..104).map(|_| Some(sampler.at(dice.uniform()) as f64)).collect()
    }

    /// The last eight weeks' reports tripled, by the same sources and by newcomers: incidents are what they were.
    #[test]
    fn tripled_reports_of_unchanged_incidents_move_nothing_and_raise_the_flag() {
        let mut flags = 0;
        for seed in 0..10 {
            let incidents = weeks(seed);
            let reports: Vec<Option<f64>> = incidents.iter().map(|y| y.map(|y| 2.0 * y)).collect();
            let mut tripled = reports.clone();
            tripled[96..].iter_mut().flatten().for_each(|r| *r *= 3.0);
            let mut panel = vec![vec![6.0; 104], vec![3.0; 104]];
            let before = panel_exposure(&panel, 8).unwrap();
            // Newcomers print what others wrote.
            panel.push((0..104).map(|t| if t >= 96 { 7.0 } else { 0.0 }).collect());
            let after = panel_exposure(&panel, 8).unwrap();
            let old = tension(&incidents, Some(&before), 4.0, 0.05, 1);
            let new = tension(&incidents, Some(&after), 4.0, 0.05, 1);
            assert!((old.index - new.index).abs() < 2.0, "{} {}", old.index, new.index);
            let guard = volume_guard(&incidents, &tripled, Some(&after), 4.0, 0.05, 1);
            let quiet = volume_guard(&incidents, &reports, Some(&before), 4.0, 0.05, 1);
            if old.trend != Trend::Rising {
                assert!(guard.volume_driven && guard.reports_ratio > 1.3, "{seed}: {guard:?} {old:?}");
                flags += 1;
            }
            assert!(!quiet.volume_driven || old.trend == Trend::Rising, "{seed}: {quiet:?}");
        }
        assert!(flags >= 8);
    }

    #[test]
    fn a_rise_no_larger_than_the_panels_output_is_volume_driven() {
        let mut incidents = weeks(3);
        incidents[96..].iter_mut().flatten().for_each(|y| *y *= 3.0);
        let days: Vec<f64> = (0..104).map(|t| if t >= 96 { 6.0 } else { 2.0 }).collect();
        let exposure = panel_exposure(&[days.clone(), days.clone(), days], 8).unwrap();
        let guard = volume_guard(&incidents, &incidents, Some(&exposure), 4.0, 0.05, 1);
        assert!(guard.volume_driven, "{guard:?}");
        assert_eq!(tension(&incidents, None, 4.0, 0.05, 1).trend, Trend::Rising);
    }

    #[test]
    fn the_share_narrows_with_counts_and_widens_with_unsteadiness() {
        let few = hostile_share(&[1.0; 8], &[2.0; 8], 8.0);
        let many = hostile_share(&[10.0; 8], &[20.0; 8], 8.0);
        let unsteady = hostile_share(&[20.0, 0.0, 20.0, 0.0, 20.0, 0.0, 20.0, 0.0], &[20.0; 8], 8.0);
        let width = |s: Share| s.high - s.low;
        assert!(width(few) > width(many) && width(unsteady) > width(many));
        assert!((many.mean - 0.5).abs() < 1e-9);
        let none = hostile_share(&[], &[], 8.0);
        assert!(none.low < 0.02 && none.high > 0.98);
        assert!(panel_exposure(&[], 8).is_none());
    }
}
