//! The placebo: how strong an effect looks when the source's days are moved round the calendar by chance.

use super::{Block, Daily, DailyFit, check_grid, trace};
use crate::rate::{Optimum, Rows};
use crate::{Dice, Fault};

/// Share of all days by which a source is moved at least, so that no true answer remains in reach.
const LEAST: f64 = 0.05;

/// Placebo p-values of one fit: `p[i][j]` for the effect of j on i; not a number on the diagonal.
///
/// In each of `rounds` rounds, each source in turn is turned round the calendar (its events keep their own rhythm), all other
/// series stay, and every target is fitted anew, half-life included. p = (1 + rounds in which the moved source
/// looked at least as strong) / (1 + rounds).
///
/// # Errors
///
/// If the grid is unsound, or there are fewer than 40 days.
///
/// # Source
///
/// Circular shifts as a test of independence: Lotwick & Silverman (1982), *JRSS B* 44; the added one: Phipson & Smyth
/// (2010).
pub fn placebo(
    daily: &Daily,
    fit: &DailyFit,
    half_lives: &[f64],
    rounds: usize,
    seed: u64,
) -> Result<Vec<Vec<f64>>, Fault> {
    check_grid(half_lives, fit.window)?;
    let (d, days) = (daily.series(), daily.days());
    if days < 40 {
        return Err(Fault::TooFew { what: "the number of days".into(), found: days, needed: 40 });
    }
    let mut all: Vec<Vec<Target>> = vec![];
    for h in half_lives {
        let traces = daily.traces(*h);
        all.push((0..d).map(|i| Target::new(daily.block(i, &traces, fit.window), i)).collect());
    }
    let mut stronger = vec![vec![0_usize; d]; d];
    let least = ((days as f64 * LEAST) as usize).max(1);
    for round in 0..rounds {
        for j in 0..d {
            let mut dice = Dice::new(seed, (round * d + j) as u64);
            let shift = least + dice.below(days - 2 * least + 1);
            let mut moved = daily.counts(j).to_vec();
            moved.rotate_right(shift % days);
            let mut best: Vec<(f64, f64)> = vec![(f64::NEG_INFINITY, 0.0); d];
            for (h, targets) in half_lives.iter().zip(&all) {
                let trace = trace(&moved, *h);
                let cost = daily.integral(&trace);
                for i in (0..d).filter(|i| *i != j) {
                    let found = targets[i].with(j, &trace, cost);
                    if found.0 > best[i].0 {
                        best[i] = found;
                    }
                }
            }
            for i in (0..d).filter(|i| *i != j) {
                stronger[i][j] += usize::from(best[i].1 >= fit.branching[i][j]);
            }
        }
    }
    let p = |i: usize, j: usize| {
        if i == j { f64::NAN } else { (1 + stronger[i][j]) as f64 / (1 + rounds) as f64 }
    };
    Ok((0..d).map(|i| (0..d).map(|j| p(i, j)).collect()).collect())
}

/// A target at one half-life, and its fits without each source: where every refit begins.
struct Target {
    block: Block,
    /// None for the target itself, which is never moved.
    without: Vec<Option<Without>>,
}

/// The fit in which one source does nothing.
struct Without {
    optimum: Optimum,
    /// Weight over rate of each row: what a trace is multiplied with in the gradient.
    pull: Vec<f64>,
}

impl Target {
    fn new(block: Block, i: usize) -> Target {
        let rows = block.rows();
        let without = |j: usize| {
            let optimum = rows.maximise(Some((j, 0.0)));
            let pull = rows.pull(&optimum.baseline, &optimum.slopes);
            Without { optimum, pull }
        };
        let without = (0..block.cost.len()).map(|j| (j != i).then(|| without(j))).collect();
        Target { block, without }
    }

    /// Value and slope with the trace of source j exchanged.
    ///
    /// The likelihood is concave: if its slope towards the exchanged trace is not upwards where that trace does nothing, the
    /// fit without it is already the summit. Otherwise the climb begins there.
    fn with(&self, j: usize, trace: &[f64], cost: f64) -> (f64, f64) {
        let Some(Some(Without { optimum, pull })) = self.without.get(j) else { return (f64::NEG_INFINITY, 0.0) };
        let days = &self.block.days;
        let gradient = days.iter().zip(pull).map(|(t, p)| trace[*t] * p).sum::<f64>() - cost;
        if gradient <= 0.0 {
            return (optimum.value, 0.0);
        }
        let n = days.len();
        let mut columns = self.block.columns.clone();
        columns[j * n..(j + 1) * n].iter_mut().zip(days).for_each(|(x, t)| *x = trace[*t]);
        let mut costs = self.block.cost.clone();
        costs[j] = cost;
        let rows = Rows { columns: &columns, cost: &costs, ..self.block.rows() };
        let found = rows.climb(optimum.baseline.clone(), optimum.slopes.clone(), None);
        (found.value, found.slopes[j])
    }
}

/// The lead test: beside the past of source j, its future (the trace run backwards) is let in. Returns the estimates for
/// the past and for the future. A future that says as much about the target as the past speaks for a common
/// cause, not for an answer.
///
/// # Source
///
/// Granger (1969) read backwards; Sims (1972), *Am. Econ. Rev.* 62.
pub fn lead_test(daily: &Daily, fit: &DailyFit, i: usize, j: usize) -> Option<(f64, f64)> {
    if i >= daily.series() || j >= daily.series() {
        return None;
    }
    let mut traces = daily.traces(fit.half_life);
    let mut backwards = daily.counts(j).to_vec();
    backwards.reverse();
    let mut future = trace(&backwards, fit.half_life);
    future.reverse();
    traces.push(future);
    let found = daily.block(i, &traces, fit.window).rows().maximise(None);
    Some((found.slopes[j], found.slopes[daily.series()]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::daily::tests::drawn;

    /// The short cut of [`Target::with`] against a fit from scratch.
    #[test]
    fn a_refit_from_the_fit_without_the_source_is_the_summit() {
        let daily = Daily::new(drawn(&[0.5, 0.5], &[vec![0.2, 0.3], vec![0.1, 0.2]], 2.0, 600, 3), None).unwrap();
        let (mut at_zero, mut above) = (0, 0);
        for window in [None, Some(91), Some(30)] {
            let target = Target::new(daily.block(0, &daily.traces(2.0), window), 0);
            for shift in [40, 90, 170, 260, 333, 410, 500] {
                let mut counts = [daily.counts(0).to_vec(), daily.counts(1).to_vec()];
                counts[1].rotate_right(shift);
                let moved = trace(&counts[1], 2.0);
                let (value, slope) = target.with(1, &moved, daily.integral(&moved));
                let whole = Daily::new(counts.to_vec(), None).unwrap();
                let plain = whole.fit(&[2.0], window).unwrap();
                assert!((value - plain.optima[0].value).abs() < 1e-6, "{window:?} {shift}");
                assert!((slope - plain.branching[0][1]).abs() < 1e-4, "{slope} {}", plain.branching[0][1]);
                if slope > 0.0 { above += 1 } else { at_zero += 1 }
            }
        }
        assert!(at_zero > 0 && above > 0);
    }

    #[test]
    fn a_true_effect_stands_out_and_chance_does_not() {
        let daily = Daily::new(drawn(&[0.5, 0.5], &[vec![0.2, 0.5], vec![0.0, 0.2]], 2.0, 1500, 8), None).unwrap();
        let grid = [1.0, 2.0, 4.0];
        let fit = daily.fit(&grid, Some(365)).unwrap();
        let p = placebo(&daily, &fit, &grid, 99, 1).unwrap();
        assert!(p[0][1] <= 0.02 && p[1][0] > 0.05 && p[0][0].is_nan(), "{p:?}");
        assert_eq!(format!("{p:?}"), format!("{:?}", placebo(&daily, &fit, &grid, 99, 1).unwrap()));
        let (past, future) = lead_test(&daily, &fit, 0, 1).unwrap();
        assert!(past > 0.3 && future < 0.2, "{past} {future}");
    }

    /// Two series that only share weather: the future of one says as much about the other as its past.
    #[test]
    fn a_common_cause_is_seen_by_the_lead_test() {
        let mut dice = Dice::new(2, 0);
        let rate = |t: usize| 1.5 + 1.4 * (t as f64 / 9.0).sin();
        let mut draw = || (0..3000).map(|t| dice.poisson(rate(t)) as f64).collect::<Vec<_>>();
        let daily = Daily::new(vec![draw(), draw()], None).unwrap();
        let fit = daily.fit(&[2.0, 4.0], None).unwrap();
        let (past, future) = lead_test(&daily, &fit, 0, 1).unwrap();
        assert!(future >= 0.7 * past && future > 0.1, "{past} {future}");
    }
}
