//! The verdict on each pair: a reaction is reported only if no baseline, no placebo and no look ahead can explain it away.

use super::placebo::{lead_test, placebo};
use super::{Daily, DailyFit, HALF_LIVES};
use crate::profile::Effect;
use crate::{Fault, Ks, benjamini_hochberg, spectral_radius};

/// Events of the source without which no estimate is given.
pub const LEAST_CAUSES: f64 = 50.0;
/// Events of the target without which no estimate is given.
pub const LEAST_TARGETS: f64 = 200.0;
/// A model that fails the time-rescaling test at this level is not admissible.
const REJECT: f64 = 0.01;
/// A source's future may say this share of what its past says. With a common cause the two are about equal; half leaves room
/// for chance. True answers in both directions may fail too, and are then called not distinguishable.
const LEAD: f64 = 0.5;

/// How the study is done.
#[derive(Clone, Debug, PartialEq)]
pub struct StudyOptions {
    /// Half-lives in days of the grid.
    pub half_lives: Vec<f64>,
    /// Stretches of the baseline in days, none for one baseline; the sweep.
    pub windows: Vec<Option<usize>>,
    /// Rounds of the placebo; raised where many pairs are tested, so that one alone could pass.
    pub rounds: usize,
    /// Level of the intervals.
    pub level: f64,
    /// False discovery rate over the pairs.
    pub false_discovery: f64,
    /// Seed of placebo and transforms.
    pub seed: u64,
}

impl Default for StudyOptions {
    fn default() -> StudyOptions {
        StudyOptions {
            half_lives: HALF_LIVES.to_vec(),
            windows: vec![None, Some(365), Some(91), Some(30)],
            rounds: 199,
            level: 0.95,
            false_discovery: 0.05,
            seed: 1,
        }
    }
}

/// What can be said of a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Sign and interval hold across the admissible baselines, two at least, the placebo and the lead test do not explain it, and it
    /// stands among all pairs tested.
    Detected,
    /// Something else may explain what is seen.
    NotDistinguishable,
    /// Under 50 causes or 200 targets: no estimate.
    TooFew,
}

/// One pair under one baseline.
#[derive(Clone, Debug, PartialEq)]
pub struct Swept {
    /// Days of a stretch, none for one baseline.
    pub window: Option<usize>,
    /// The effect with its interval.
    pub effect: Effect,
    /// Placebo p-value.
    pub placebo: f64,
    /// Estimates for the source's past and its future, both let in.
    pub lead: (f64, f64),
    /// Why this baseline does not count; none if it does.
    pub inadmissible: Option<&'static str>,
}

/// One pair.
#[derive(Clone, Debug, PartialEq)]
pub struct Reaction {
    /// Who acted before.
    pub source: usize,
    /// Who acted after.
    pub target: usize,
    /// The verdict.
    pub verdict: Verdict,
    /// Why it is not "detected"; empty if it is.
    pub reasons: Vec<&'static str>,
    /// One entry for each baseline; empty if there is too little.
    pub sweep: Vec<Swept>,
}

/// Everything that was looked at.
#[derive(Clone, Debug)]
pub struct Study {
    /// The fit under each baseline.
    pub fits: Vec<DailyFit>,
    /// Spectral radius under each baseline: how much of all events the model takes for answers to others.
    pub radii: Vec<f64>,
    /// The time-rescaling test of each series under each baseline.
    pub rescaled: Vec<Vec<Ks>>,
    /// Every ordered pair.
    pub reactions: Vec<Reaction>,
    /// Rounds of the placebo.
    pub rounds: usize,
}

/// Fits every baseline, runs every check, and gives a verdict on every ordered pair of series.
///
/// # Errors
///
/// If options or data are unsound, or there are fewer than 40 days.
///
/// # Source
///
/// Widening the baseline's freedom until short-term answers could hide in it follows Amarasingham & Harrison, *Conditional
/// modeling and the jitter method of spike resampling* (2012); the rest is cited with each check.
pub fn study(daily: &Daily, options: &StudyOptions) -> Result<Study, Fault> {
    let d = daily.series();
    let rounds = rounds(daily, options);
    let (mut fits, mut rescaled, mut placebos, mut effects) = (vec![], vec![], vec![], vec![]);
    for window in &options.windows {
        let fit = daily.fit(&options.half_lives, *window)?;
        rescaled.push((0..d).map(|i| daily.rescaled_ks(&fit, i, options.seed)).collect::<Vec<Ks>>());
        let p = if rounds > 0 { placebo(daily, &fit, &options.half_lives, rounds, options.seed)? } else { vec![] };
        placebos.push(p);
        let all: Vec<Vec<Effect>> =
            (0..d).map(|i| if rounds > 0 { daily.effects(&fit, i, options.level) } else { vec![] }).collect();
        effects.push(all);
        fits.push(fit);
    }
    let mut sweeps: Vec<(usize, usize, Vec<Swept>)> = vec![];
    for (i, j) in pairs(d) {
        let mut sweep = vec![];
        for (n, fit) in fits.iter().enumerate().filter(|_| enough(daily, i, j)) {
            sweep.push(Swept {
                window: fit.window,
                effect: effects[n][i][j],
                placebo: placebos[n][i][j],
                lead: lead_test(daily, fit, i, j).unwrap_or((0.0, 0.0)),
                inadmissible: inadmissible(fit.window, fit.half_life, &rescaled[n][i]),
            });
        }
        sweeps.push((i, j, sweep));
    }
    let reactions = judged(sweeps, options.false_discovery);
    let radii = fits.iter().map(|f| spectral_radius(&f.branching)).collect();
    Ok(Study { fits, radii, rescaled, reactions, rounds })
}

/// Every ordered pair of different series, target first.
pub(crate) fn pairs(d: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..d).flat_map(move |i| (0..d).map(move |j| (i, j))).filter(|(i, j)| i != j)
}

/// Whether there is enough of both for an estimate.
pub(crate) fn enough(daily: &Daily, target: usize, source: usize) -> bool {
    daily.total(source) >= LEAST_CAUSES && daily.total(target) >= LEAST_TARGETS
}

/// Rounds of the placebo, so many that one pair alone could stand among all that are tested.
pub(crate) fn rounds(daily: &Daily, options: &StudyOptions) -> usize {
    let tested = pairs(daily.series()).filter(|(i, j)| enough(daily, *i, *j)).count();
    let needed = (tested as f64 / options.false_discovery.max(1e-3)).ceil() as usize;
    if tested == 0 { 0 } else { options.rounds.max(needed) }
}

/// A verdict on every pair (target, source, sweep): first each by itself, then among all that are tested.
pub(crate) fn judged(sweeps: Vec<(usize, usize, Vec<Swept>)>, false_discovery: f64) -> Vec<Reaction> {
    let mut reactions: Vec<Reaction> = vec![];
    for (target, source, sweep) in sweeps {
        let (verdict, reasons) = if sweep.is_empty() {
            (Verdict::TooFew, vec!["fewer than 50 events of the one or 200 of the other: no estimate"])
        } else {
            let reasons = objections(&sweep);
            (if reasons.is_empty() { Verdict::Detected } else { Verdict::NotDistinguishable }, reasons)
        };
        reactions.push(Reaction { source, target, verdict, reasons, sweep });
    }
    // Many pairs: the worst placebo of each stands for it.
    let worst = |r: &Reaction| {
        let p = r.sweep.iter().filter(|s| s.inadmissible.is_none()).map(|s| s.placebo).fold(f64::NAN, f64::max);
        if p.is_nan() && !r.sweep.is_empty() { 1.0 } else { p }
    };
    let p: Vec<f64> = reactions.iter().map(worst).collect();
    for (reaction, kept) in reactions.iter_mut().zip(benjamini_hochberg(&p, false_discovery)) {
        if reaction.verdict == Verdict::Detected && !kept {
            reaction.verdict = Verdict::NotDistinguishable;
            reaction.reasons.push("among so many pairs, chance alone would give one like it");
        }
    }
    reactions
}

/// Why a baseline does not count, if it does not.
pub(crate) fn inadmissible(window: Option<usize>, half_life: f64, ks: &Ks) -> Option<&'static str> {
    if window.is_some_and(|w| (w as f64) < 2.0 * half_life) {
        return Some("its stretches are shorter than two half-lives of the answer");
    }
    // Nothing to test is nothing against it.
    (ks.p < REJECT).then_some("the model does not fit the target (time-rescaling test)")
}

/// Everything that speaks against a reaction.
fn objections(sweep: &[Swept]) -> Vec<&'static str> {
    let admissible: Vec<&Swept> = sweep.iter().filter(|s| s.inadmissible.is_none()).collect();
    let mut out = vec![];
    match admissible.len() {
        0 => return vec!["no baseline is admissible"],
        // What holds under one baseline alone has not been swept.
        1 if sweep.len() > 1 => out.push("only one baseline is admissible"),
        _ => {}
    }
    let freest = sweep.iter().filter_map(|s| s.window).min();
    let fine = |w: &Swept| w.window.is_some_and(|w| w <= 91) || w.window == freest;
    if !admissible.iter().any(|s| fine(s)) {
        out.push("only slow baselines are admissible");
    }
    if admissible.iter().any(|s| s.effect.low <= 0.0 && s.effect.high >= 0.0) {
        out.push("the interval reaches 0 under at least one admissible baseline");
    }
    let any = |sign: f64| admissible.iter().any(|s| s.effect.estimate * sign > 0.0);
    if any(1.0) && any(-1.0) {
        out.push("the sign is not the same under all admissible baselines");
    }
    if admissible.iter().any(|s| s.placebo.is_nan() || s.placebo >= 0.05) {
        out.push("days moved round the calendar by chance look as strong (placebo)");
    }
    if admissible.iter().any(|s| s.lead.0 * s.lead.1 >= 0.0 && s.lead.1.abs() >= LEAD * s.lead.0.abs()) {
        out.push("the source's future says half as much as its past, or more (lead test)");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Dice;
    use crate::daily::tests::drawn;

    fn quick() -> StudyOptions {
        StudyOptions { half_lives: vec![1.0, 2.0, 4.0], ..StudyOptions::default() }
    }

    #[test]
    fn a_true_answer_is_detected_and_its_reverse_is_not() {
        let alpha = [vec![0.2, 0.6], vec![0.0, 0.2]];
        let daily = Daily::new(drawn(&[0.3, 0.5], &alpha, 1.0, 2500, 21), None).unwrap();
        let study = study(&daily, &quick()).unwrap();
        let verdict = |source| study.reactions.iter().find(|r| r.source == source).unwrap();
        assert_eq!(verdict(1).verdict, Verdict::Detected, "{:?}", verdict(1));
        assert_eq!(verdict(0).verdict, Verdict::NotDistinguishable, "{:?}", verdict(0));
        assert!(!verdict(0).reasons.is_empty());
    }

    /// Shared ups and downs, no answers: the trap that the checks are for. Several draws, none may be detected.
    #[test]
    fn common_ups_and_downs_are_not_taken_for_answers() {
        for seed in 0..4 {
            let mut dice = Dice::new(seed, 0);
            let rate =
                |t: usize| 1.2 + 1.0 * (t as f64 / 40.0).sin() + if (t / 300).is_multiple_of(2) { 1.0 } else { 0.0 };
            let mut draw = || (0..1500).map(|t| dice.poisson(rate(t)) as f64).collect::<Vec<_>>();
            let daily = Daily::new(vec![draw(), draw()], None).unwrap();
            let study = study(&daily, &quick()).unwrap();
            assert!(study.reactions.iter().all(|r| r.verdict == Verdict::NotDistinguishable), "{:?}", study.reactions);
            // Under one baseline it would look like one.
            assert!(study.reactions.iter().any(|r| r.sweep[0].effect.low > 0.0));
        }
    }

    #[test]
    fn too_few_events_give_no_estimate() {
        let daily = Daily::new(drawn(&[0.02, 0.5], &[vec![0.0; 2], vec![0.0; 2]], 1.0, 1000, 1), None).unwrap();
        let study = study(&daily, &quick()).unwrap();
        assert!(study.reactions.iter().all(|r| r.verdict == Verdict::TooFew && r.sweep.is_empty()));
    }
}
