//! Action and reaction by days: a Poisson count whose mean is a baseline plus multiples of fading traces of the past.

pub(crate) mod placebo;
pub(crate) mod signed;
pub(crate) mod signed_verdict;
pub(crate) mod verdict;
pub(crate) mod whatif;

use crate::profile::{self, Effect};
use crate::rate::{Optimum, Rows};
use crate::{Dice, Fault, Ks, NegBin, kolmogorov_smirnov};

/// Half-lives in days over which the fading of traces is profiled.
pub const HALF_LIVES: [f64; 6] = [1.0, 2.0, 4.0, 7.0, 14.0, 28.0];

/// Daily counts of several series over the same days, and the days on which anything was collected.
#[derive(Clone, Debug, PartialEq)]
pub struct Daily {
    /// `counts[i][t]`: events of series i on day t.
    counts: Vec<Vec<f64>>,
    observed: Vec<bool>,
}

/// A fitted daily model.
#[derive(Clone, Debug)]
pub struct DailyFit {
    /// `branching[i][j]`: expected direct events of i for one event of j.
    pub branching: Vec<Vec<f64>>,
    /// Half-life of the traces in days, one for all series.
    pub half_life: f64,
    /// Log-likelihood without the terms ln y!.
    pub log_likelihood: f64,
    /// Log-likelihood at each half-life of the grid.
    pub profile: Vec<f64>,
    /// For each series, the baseline of each stretch, in events a day.
    pub baseline: Vec<Vec<f64>>,
    /// Days of a stretch; none if one baseline holds throughout.
    pub window: Option<usize>,
    pub(crate) optima: Vec<Optimum>,
}

/// One target's rows, owned.
#[derive(Clone, Debug)]
pub(crate) struct Block {
    pub columns: Vec<f64>,
    pub roots: Vec<f64>,
    /// The days of the rows.
    pub days: Vec<usize>,
    pub ends: Vec<usize>,
    pub exposure: Vec<f64>,
    pub cost: Vec<f64>,
}

impl Block {
    pub fn rows(&self) -> Rows<'_> {
        Rows {
            columns: &self.columns,
            stride: self.days.len(),
            rows: self.days.len(),
            roots: Some(&self.roots),
            ends: &self.ends,
            exposure: &self.exposure,
            cost: &self.cost,
        }
    }
}

impl Daily {
    /// Counts of each series day by day; `observed` says on which days anything was collected (all, if none is given).
    ///
    /// # Errors
    ///
    /// If the series differ in length, are empty, or a count is negative or not finite.
    pub fn new(counts: Vec<Vec<f64>>, observed: Option<Vec<bool>>) -> Result<Daily, Fault> {
        let days = counts.first().map_or(0, Vec::len);
        let observed = observed.unwrap_or_else(|| vec![true; days]);
        if days == 0 || observed.len() != days || counts.iter().any(|c| c.len() != days) {
            return Err(Fault::input("all series must have the same number of days, at least one"));
        }
        if counts.iter().flatten().any(|y| !(y.is_finite() && *y >= 0.0)) {
            return Err(Fault::input("counts must be finite and not negative"));
        }
        Ok(Daily { counts, observed })
    }

    /// Number of series.
    pub fn series(&self) -> usize {
        self.counts.len()
    }

    /// Number of days.
    pub fn days(&self) -> usize {
        self.observed.len()
    }

    /// The counts of series i; empty if there is none.
    pub fn counts(&self, i: usize) -> &[f64] {
        self.counts.get(i).map_or(&[], Vec::as_slice)
    }

    /// Whether anything was collected, day by day.
    pub fn observed(&self) -> &[bool] {
        &self.observed
    }

    /// Events of series i.
    pub fn total(&self, i: usize) -> f64 {
        self.counts(i).iter().sum()
    }

    /// Fits all targets with one half-life, chosen by likelihood, and a baseline that is constant within stretches of
    /// `window` days: mᵢ(t) = b_{i,g(t)} + Σⱼ αᵢⱼ gⱼ(t), gⱼ(t) = ρ gⱼ(t−1) + (1−ρ) yⱼ(t−1), ρ = 2^(−1/half-life).
    ///
    /// # Errors
    ///
    /// If the grid of half-lives is empty or has one that is not above 0, or the window is 0.
    ///
    /// # Example
    ///
    /// ```
    /// use counterclaim_dynamics::{Daily, HALF_LIVES};
    /// let counts = vec![vec![1.0, 0.0, 2.0, 1.0, 0.0, 3.0], vec![0.0, 1.0, 0.0, 1.0, 1.0, 0.0]];
    /// let fit = Daily::new(counts, None).unwrap().fit(&HALF_LIVES, None).unwrap();
    /// assert!(fit.branching.iter().flatten().all(|a| *a >= 0.0));
    /// ```
    ///
    /// # Source
    ///
    /// A discrete Hawkes process with geometric kernel: Porter & White (2012), *Ann. Appl. Stat.* 6; identity-link Poisson
    /// autoregression: Fokianos, Rahbek & Tjøstheim (2009), *JASA* 104.
    pub fn fit(&self, half_lives: &[f64], window: Option<usize>) -> Result<DailyFit, Fault> {
        check_grid(half_lives, window)?;
        let mut best: Option<(f64, Vec<Optimum>)> = None;
        let mut profile = vec![];
        for h in half_lives {
            let traces: Vec<Vec<f64>> = self.counts.iter().map(|y| trace(y, *h)).collect();
            let optima: Vec<Optimum> =
                (0..self.series()).map(|i| self.block(i, &traces, window).rows().maximise(None)).collect();
            let value = total(&optima);
            profile.push(value);
            if best.as_ref().is_none_or(|(_, b)| value > total(b)) {
                best = Some((*h, optima));
            }
        }
        let Some((half_life, optima)) = best else { return Err(Fault::input("the grid of half-lives is empty")) };
        Ok(DailyFit {
            branching: optima.iter().map(|o| o.slopes.clone()).collect(),
            half_life,
            log_likelihood: total(&optima),
            profile,
            baseline: optima.iter().map(|o| o.baseline.clone()).collect(),
            window,
            optima,
        })
    }

    /// The effect of every source on series i under a fit: estimate, profile interval at `level`, test against 0.
    ///
    /// # Source
    ///
    /// Profile intervals: Venzon & Moolgavkar (1988), *Appl. Statist.* 37; the test at the boundary, ½χ²₀ + ½χ²₁: Self & Liang
    /// (1987), *JASA* 82, case 5.
    pub fn effects(&self, fit: &DailyFit, i: usize, level: f64) -> Vec<Effect> {
        let Some(best) = fit.optima.get(i).filter(|_| i < self.series()) else { return vec![] };
        let block = self.block(i, &self.traces(fit.half_life), fit.window);
        (0..self.series()).map(|j| profile::effect(&block.rows(), best, j, level)).collect()
    }

    /// Expected count of series i on each day under a fit.
    ///
    /// # Source
    ///
    /// The mean of [`Daily::fit`]: Fokianos, Rahbek & Tjøstheim (2009), *JASA* 104, with a baseline that moves.
    pub fn fitted(&self, fit: &DailyFit, i: usize) -> Vec<f64> {
        let (Some(baseline), Some(row)) = (fit.baseline.get(i), fit.branching.get(i)) else { return vec![] };
        let traces = self.traces(fit.half_life);
        let last = baseline.len().saturating_sub(1);
        let base = |t: usize| baseline.get(fit.window.map_or(0, |w| (t / w).min(last))).copied().unwrap_or(0.0);
        (0..self.days()).map(|t| base(t) + row.iter().zip(&traces).map(|(a, g)| a * g[t]).sum::<f64>()).collect()
    }

    /// The time-rescaling test for counts: with F the fitted Poisson law of a day, F(y−1) + V·P(y) is uniform for uniform
    /// V if the model is true. V comes from the seed.
    ///
    /// # Source
    ///
    /// Gerhard & Gerstner (2010), *Rescaling, thinning or complementing?*, for discrete time; the randomised transform:
    /// Dunn & Smyth (1996).
    pub fn rescaled_ks(&self, fit: &DailyFit, i: usize, seed: u64) -> Ks {
        let mut dice = Dice::new(seed, 0x4b53 + i as u64);
        let mut values = vec![];
        for ((y, m), seen) in self.counts(i).iter().zip(self.fitted(fit, i)).zip(&self.observed) {
            let v = dice.uniform();
            if *seen {
                let law = NegBin::new(m, f64::INFINITY);
                let y = *y as u64;
                let at = law.pmf(y);
                let below = if y == 0 { 0.0 } else { law.cdf(y - 1) };
                values.push(below + v * at);
            }
        }
        kolmogorov_smirnov(values)
    }

    pub(crate) fn traces(&self, half_life: f64) -> Vec<Vec<f64>> {
        self.counts.iter().map(|y| trace(y, half_life)).collect()
    }

    pub(crate) fn block(&self, i: usize, traces: &[Vec<f64>], window: Option<usize>) -> Block {
        let (y, days) = (&self.counts[i], self.days());
        let stretches = stretches(days, window);
        let mut block =
            Block { columns: vec![], roots: vec![], days: vec![], ends: vec![], exposure: vec![], cost: vec![] };
        for stretch in stretches {
            block.exposure.push(stretch.clone().filter(|t| self.observed[*t]).count() as f64);
            block.days.extend(stretch.filter(|t| self.observed[*t] && y[*t] > 0.0));
            block.ends.push(block.days.len());
        }
        block.roots = block.days.iter().map(|t| y[*t].sqrt()).collect();
        for g in traces {
            block.columns.extend(block.days.iter().map(|t| g[*t]));
            block.cost.push(self.integral(g));
        }
        block
    }

    /// The sum of a trace over the days on which anything was collected.
    pub(crate) fn integral(&self, trace: &[f64]) -> f64 {
        trace.iter().zip(&self.observed).filter(|(_, seen)| **seen).map(|(g, _)| g).sum()
    }
}

/// The fading trace of the days before: g(t) = ρ g(t−1) + (1−ρ) y(t−1). It sums to the number of events.
pub(crate) fn trace(y: &[f64], half_life: f64) -> Vec<f64> {
    let keep = (-1.0 / half_life).exp2();
    let mut g = 0.0;
    let step = |y: &f64| {
        let now = g;
        g = keep * g + (1.0 - keep) * y;
        now
    };
    y.iter().map(step).collect()
}

/// The stretches of the baseline. None is shorter than the window: what is left over at the end joins the last.
pub(crate) fn stretches(days: usize, window: Option<usize>) -> Vec<std::ops::Range<usize>> {
    let window = window.unwrap_or(days).clamp(1, days.max(1));
    let n = (days / window).max(1);
    (0..n).map(|g| g * window..if g + 1 == n { days } else { (g + 1) * window }).collect()
}

fn total(optima: &[Optimum]) -> f64 {
    optima.iter().map(|o| o.value).sum()
}

pub(crate) fn check_grid(half_lives: &[f64], window: Option<usize>) -> Result<(), Fault> {
    if half_lives.is_empty() || half_lives.iter().any(|h| !(h.is_finite() && *h > 0.0)) || window == Some(0) {
        return Err(Fault::input("half-lives must be above 0 days, and a stretch must have a day"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spectral_radius;

    /// Counts from a known model, drawn day by day.
    pub(crate) fn drawn(base: &[f64], alpha: &[Vec<f64>], half_life: f64, days: usize, seed: u64) -> Vec<Vec<f64>> {
        let keep = (-1.0 / half_life).exp2();
        let mut dice = Dice::new(seed, 1);
        let mut g = vec![0.0; base.len()];
        let mut out = vec![vec![]; base.len()];
        for _ in 0..days {
            let y: Vec<f64> = (0..base.len())
                .map(|i| dice.poisson(base[i] + alpha[i].iter().zip(&g).map(|(a, g)| a * g).sum::<f64>()) as f64)
                .collect();
            for i in 0..base.len() {
                g[i] = keep * g[i] + (1.0 - keep) * y[i];
                out[i].push(y[i]);
            }
        }
        out
    }

    #[test]
    fn what_was_put_in_comes_out() {
        let alpha = vec![vec![0.4, 0.2], vec![0.0, 0.5]];
        let (mut within, mut sums) = (0, [[0.0; 2]; 2]);
        for seed in 0..20 {
            let daily = Daily::new(drawn(&[0.4, 0.5], &alpha, 4.0, 4000, seed), None).unwrap();
            let fit = daily.fit(&[4.0], None).unwrap();
            for i in 0..2 {
                for (j, e) in daily.effects(&fit, i, 0.95).iter().enumerate() {
                    within += usize::from(e.low <= alpha[i][j] && alpha[i][j] <= e.high);
                    sums[i][j] += e.estimate / 20.0;
                }
                assert!(daily.rescaled_ks(&fit, i, 1).p > 0.001);
            }
        }
        // 95 % of 80, and four standard deviations.
        assert!(within >= 68, "{within}");
        for i in 0..2 {
            for j in 0..2 {
                assert!((sums[i][j] - alpha[i][j]).abs() < 0.03, "{sums:?}");
            }
        }
    }

    #[test]
    fn half_lives_and_effects_are_told_apart() {
        let alpha = vec![vec![0.4, 0.2], vec![0.0, 0.5]];
        let daily = Daily::new(drawn(&[0.4, 0.5], &alpha, 4.0, 12_000, 3), None).unwrap();
        for window in [None, Some(365)] {
            let fit = daily.fit(&HALF_LIVES, window).unwrap();
            assert_eq!(fit.half_life, 4.0);
            assert!((spectral_radius(&fit.branching) - 0.5).abs() < 0.12);
            let effects = daily.effects(&fit, 1, 0.95);
            assert!(effects[1].p < 1e-6 && effects[0].p > 0.01, "{effects:?}");
        }
    }

    #[test]
    fn a_baseline_that_moves_is_not_taken_for_excitement() {
        let mut dice = Dice::new(9, 0);
        let rate = |t: usize| if (t / 200).is_multiple_of(2) { 0.5 } else { 4.0 };
        let counts: Vec<f64> = (0..2000).map(|t| dice.poisson(rate(t)) as f64).collect();
        let daily = Daily::new(vec![counts], None).unwrap();
        let whole = daily.fit(&HALF_LIVES, None).unwrap();
        let parts = daily.fit(&HALF_LIVES, Some(100)).unwrap();
        assert!(whole.branching[0][0] > 0.6 && parts.branching[0][0] < 0.15, "{whole:?} {parts:?}");
    }

    #[test]
    fn days_without_collection_count_as_nothing_at_all() {
        let mut counts = drawn(&[1.0], &[vec![0.3]], 2.0, 3000, 4);
        let seen = Daily::new(counts.clone(), None).unwrap().fit(&[2.0], None).unwrap().baseline[0][0];
        counts[0].extend(vec![0.0; 3000]);
        let mut observed = vec![true; 3000];
        observed.extend(vec![false; 3000]);
        let with_gap = Daily::new(counts.clone(), Some(observed)).unwrap().fit(&[2.0], None).unwrap().baseline[0][0];
        let as_zeros = Daily::new(counts, None).unwrap().fit(&[2.0], None).unwrap().baseline[0][0];
        assert!((seen - with_gap).abs() < 1e-6 && as_zeros < 0.8 * seen, "{seen} {with_gap} {as_zeros}");
    }

    #[test]
    fn odd_input_is_a_fault() {
        assert!(Daily::new(vec![], None).is_err());
        assert!(Daily::new(vec![vec![1.0], vec![]], None).is_err());
        assert!(Daily::new(vec![vec![f64::NAN]], None).is_err());
        let one = Daily::new(vec![vec![0.0]], None).unwrap();
        assert!(one.fit(&[], None).is_err() && one.fit(&[1.0], Some(0)).is_err());
        assert_eq!(one.fit(&[1.0], None).unwrap().branching, [[0.0]]);
    }
}
