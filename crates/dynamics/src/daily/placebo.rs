//! The placebo: how strong an effect looks when the source's days are moved round the calendar by chance.

use super::{Block, Daily, DailyFit, check_grid, trace};
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
    let all: Vec<Vec<Block>> = half_lives
        .iter()
        .map(|h| {
            let traces = daily.traces(*h);
            (0..d).map(|i| daily.block(i, &traces, fit.window)).collect()
        })
        .collect();
    let mut stronger = vec![vec![0_usize; d]; d];
    let least = ((days as f64 * LEAST) as usize).max(1);
    for round in 0..rounds {
        for j in 0..d {
            let mut dice = Dice::new(seed, (round * d + j) as u64);
            let shift = least + dice.below(days - 2 * least + 1);
            let mut moved = daily.counts(j).to_vec();
            moved.rotate_right(shift % days);
            let mut best: Vec<(f64, f64)> = vec![(f64::NEG_INFINITY, 0.0); d];
            for (h, blocks) in half_lives.iter().zip(&all) {
                let trace = trace(&moved, *h);
                let cost = daily.integral(&trace);
                for i in (0..d).filter(|i| *i != j) {
                    let found = refit(&blocks[i], &fit.optima[i], j, &trace, cost);
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

/// Value and slope with one source's trace exchanged, from near the fit of the true data.
fn refit(block: &Block, near: &crate::rate::Optimum, j: usize, trace: &[f64], cost: f64) -> (f64, f64) {
    let n = block.days.len();
    let mut columns = block.columns.clone();
    columns[j * n..(j + 1) * n].iter_mut().zip(&block.days).for_each(|(x, t)| *x = trace[*t]);
    let mut costs = block.cost.clone();
    costs[j] = cost;
    let rows = crate::rate::Rows { columns: &columns, cost: &costs, ..block.rows() };
    let mut slopes: Vec<f64> = near.slopes.iter().map(|a| a.max(1e-3)).collect();
    slopes[j] = 0.02;
    let lift = |(b, e): (&f64, &f64)| b.max(1e-2 / e.max(1.0));
    let found = rows.climb(near.baseline.iter().zip(&block.exposure).map(lift).collect(), slopes, None);
    (found.value, found.slopes[j])
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
