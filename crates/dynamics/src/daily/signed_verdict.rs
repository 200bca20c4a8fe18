//! Verdicts of the signed model: the checks of [`study`](super::verdict::study), on effects that may dampen as well as raise.

use super::Daily;
use super::signed::{SignedFit, signed_fit, signed_lead, signed_placebo};
use super::verdict::{Reaction, StudyOptions, Swept, enough, inadmissible, judged, pairs, rounds};
use crate::Fault;

/// Fits the signed model of every target under every baseline, runs every check, and gives a verdict on every ordered pair.
/// Effects stand on the logarithmic scale: below 0 they dampen.
///
/// # Errors
///
/// If options or data are unsound, or there are fewer than 40 days.
///
/// # Source
///
/// The model: [`signed_fit`]. The checks: as cited with [`study`](crate::study).
pub fn signed_study(daily: &Daily, options: &StudyOptions) -> Result<Vec<Reaction>, Fault> {
    let (d, rounds) = (daily.series(), rounds(daily, options));
    let mut fits: Vec<Vec<SignedFit>> = vec![];
    for target in 0..d {
        let tested = (0..d).any(|source| source != target && enough(daily, target, source));
        let windows = options.windows.iter().filter(|_| tested);
        fits.push(
            windows
                .map(|w| signed_fit(daily, target, &options.half_lives, *w, options.level))
                .collect::<Result<_, Fault>>()?,
        );
    }
    let mut sweeps = vec![];
    for (i, j) in pairs(d) {
        let mut sweep = vec![];
        for (window, fit) in options.windows.iter().zip(&fits[i]).filter(|_| enough(daily, i, j)) {
            sweep.push(Swept {
                window: *window,
                effect: fit.effects[j],
                placebo: signed_placebo(daily, fit, (i, j), *window, rounds, options.seed)?,
                lead: signed_lead(daily, fit, (i, j), *window)?,
                inadmissible: inadmissible(*window, fit.half_life, &fit.rescaled),
            });
        }
        sweeps.push((i, j, sweep));
    }
    Ok(judged(sweeps, options.false_discovery))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Dice, NegBin, Sampler, Verdict};

    /// Raids that talks make rarer, or that only share their season with them.
    fn days(theta: f64, season: f64, seed: u64) -> Daily {
        let mut dice = Dice::new(seed, 3);
        let (mut raids, mut talks, mut fresh) = (vec![], vec![], 0.0_f64);
        for t in 0..2000 {
            let wave = season * (f64::from(t) / 8.0).sin();
            let m = (0.9 + wave + theta * fresh.ln_1p()).exp();
            raids.push(Sampler::new(&NegBin::new(m, 3.0)).at(dice.uniform()) as f64);
            let talk = f64::from(u8::from(dice.uniform() < 0.08 * wave.exp()));
            fresh = 0.8 * fresh + talk;
            talks.push(talk);
        }
        Daily::new(vec![raids, talks], None).unwrap()
    }

    fn after_talks(daily: &Daily) -> Reaction {
        let options = StudyOptions { half_lives: vec![2.0, 4.0], ..StudyOptions::default() };
        let found = signed_study(daily, &options).unwrap();
        found.into_iter().find(|r| r.source == 1).unwrap()
    }

    #[test]
    fn dampening_is_detected_and_a_common_season_is_not() {
        let found = after_talks(&days(-0.8, 0.0, 1));
        assert_eq!(found.verdict, Verdict::Detected, "{found:?}");
        assert!(found.sweep.iter().all(|s| s.effect.high < 0.0));
        for seed in 0..3 {
            let found = after_talks(&days(0.0, 1.0, seed));
            assert_eq!(found.verdict, Verdict::NotDistinguishable, "{found:?}");
        }
    }

    #[test]
    fn too_few_events_give_no_estimate() {
        let daily = Daily::new(vec![vec![0.1; 60], vec![1.0; 60]], None).unwrap();
        let found = signed_study(&daily, &StudyOptions::default()).unwrap();
        assert!(found.iter().all(|r| r.verdict == Verdict::TooFew && r.sweep.is_empty()));
    }
}
