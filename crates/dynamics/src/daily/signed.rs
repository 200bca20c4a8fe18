//! Effects that may dampen: a negative binomial count whose logarithm rises or falls with what happened before.

use super::{Daily, check_grid, stretches};
use crate::profile::Effect;
use crate::special::{chi_square_1_tail, normal_quantile};
use crate::{Dice, Fault, Ks, NegBin, kolmogorov_smirnov};

/// Rounds of Newton steps and of estimating k.
const ROUNDS: usize = 3;
const STEPS: usize = 30;

/// A fitted signed model of one target.
#[derive(Clone, Debug)]
pub struct SignedFit {
    /// One effect θ for each series of the data, the target's own included: one fresh event of the source, where there was none,
    /// multiplies the target's rate by 2^θ. With Wald intervals, and p on both sides.
    pub effects: Vec<Effect>,
    /// Half-life of the traces in days.
    pub half_life: f64,
    /// Size k of the negative binomial.
    pub size: f64,
    /// Log-likelihood without the terms that do not depend on the parameters of the mean.
    pub log_likelihood: f64,
    /// The time-rescaling test of the model, as [`Daily::rescaled_ks`], over the stretches in which the target acts.
    pub rescaled: Ks,
}

/// Fits ln mᵢ(t) = b_{g(t)} + Σⱼ θⱼ ln(1 + Sⱼ(t)) to the counts of series i, Sⱼ(t) = yⱼ(t−1) + ρ Sⱼ(t−1), by Newton's method; k by
/// likelihood, the half-life over the grid. `level` is that of the intervals. Series may be anything that is counted by
/// day: attacks, talks, deliveries of aid.
///
/// # Errors
///
/// If there is no such series, the grid is unsound, or the target has no event.
///
/// # Source
///
/// Log-linear count autoregression: Fokianos & Tjøstheim (2011), *J. Multivariate Anal.* 102; negative binomial: Christou &
/// Fokianos (2014), *J. Time Ser. Anal.* 35.
pub fn signed_fit(
    daily: &Daily,
    i: usize,
    half_lives: &[f64],
    window: Option<usize>,
    level: f64,
) -> Result<SignedFit, Fault> {
    check_grid(half_lives, window)?;
    if i >= daily.series() || daily.total(i) == 0.0 {
        return Err(Fault::input("the target must be one of the series and have an event"));
    }
    let mut best: Option<(f64, Fit)> = None;
    for h in half_lives {
        let columns: Vec<Vec<f64>> = (0..daily.series()).map(|j| fresh(daily.counts(j), *h)).collect();
        let found = Target::new(daily, i, columns, window).fit(None);
        if best.as_ref().is_none_or(|(_, b)| found.value > b.value) {
            best = Some((*h, found));
        }
    }
    let Some((half_life, fit)) = best else { return Err(Fault::input("the grid of half-lives is empty")) };
    let z = normal_quantile(0.5 + 0.5 * level.clamp(0.0, 0.999_999));
    let p = |t: f64, e: f64| if e > 0.0 { chi_square_1_tail((t / e).powi(2)) } else { 1.0 };
    let effect = |(t, e): (&f64, &f64)| Effect { estimate: *t, low: t - z * e, high: t + z * e, p: p(*t, *e) };
    let columns = (0..daily.series()).map(|j| fresh(daily.counts(j), half_life)).collect();
    Ok(SignedFit {
        rescaled: Target::new(daily, i, columns, window).rescaled(&fit, i),
        effects: fit.slopes.iter().zip(&fit.errors).map(effect).collect(),
        half_life,
        size: fit.size,
        log_likelihood: fit.value,
    })
}

/// The lead test of [`lead_test`](crate::lead_test) for the signed model: θ of source j's past and of its future, both let in, at
/// the fitted half-life.
///
/// # Errors
///
/// As [`signed_fit`].
///
/// # Source
///
/// Sims (1972), *Am. Econ. Rev.* 62.
pub fn signed_lead(
    daily: &Daily,
    fit: &SignedFit,
    (i, j): (usize, usize),
    window: Option<usize>,
) -> Result<(f64, f64), Fault> {
    check_grid(&[fit.half_life], window)?;
    if i >= daily.series() || j >= daily.series() {
        return Err(Fault::input("both must be among the series"));
    }
    let mut columns: Vec<Vec<f64>> = (0..daily.series()).map(|j| fresh(daily.counts(j), fit.half_life)).collect();
    let backwards: Vec<f64> = daily.counts(j).iter().rev().copied().collect();
    let mut future = fresh(&backwards, fit.half_life);
    future.reverse();
    columns.push(future);
    let found = Target::new(daily, i, columns, window).fit(None);
    Ok((found.slopes[j], found.slopes[daily.series()]))
}

/// Placebo p-value, on both sides, of the effect of j on i at the fitted half-life: the share of circular shifts of j whose
/// |θ/se| is at least as large, one added on both sides of the fraction.
///
/// # Errors
///
/// As [`signed_fit`]; and if there are fewer than 40 days.
///
/// # Source
///
/// As [`placebo`](crate::placebo): Lotwick & Silverman (1982); Phipson & Smyth (2010).
pub fn signed_placebo(
    daily: &Daily,
    fit: &SignedFit,
    (i, j): (usize, usize),
    window: Option<usize>,
    rounds: usize,
    seed: u64,
) -> Result<f64, Fault> {
    check_grid(&[fit.half_life], window)?;
    let days = daily.days();
    if days < 40 {
        return Err(Fault::TooFew { what: "the number of days".into(), found: days, needed: 40 });
    }
    if i >= daily.series() || j >= daily.series() {
        return Err(Fault::input("both must be among the series"));
    }
    let columns: Vec<Vec<f64>> = (0..daily.series()).map(|j| fresh(daily.counts(j), fit.half_life)).collect();
    let mut target = Target::new(daily, i, columns, window);
    let true_fit = target.fit(None);
    let strength = |f: &Fit| if f.errors[j] > 0.0 { (f.slopes[j] / f.errors[j]).abs() } else { 0.0 };
    let wanted = strength(&true_fit);
    let least = (days / 20).max(1);
    let mut stronger = 0;
    for round in 0..rounds {
        let mut dice = Dice::new(seed, (0x51_0000 + round * daily.series() + j) as u64);
        let mut moved = daily.counts(j).to_vec();
        moved.rotate_right((least + dice.below(days - 2 * least + 1)) % days);
        target.columns[j] = fresh(&moved, fit.half_life);
        stronger += usize::from(strength(&target.fit(Some(&true_fit))) >= wanted);
    }
    Ok((1 + stronger) as f64 / (1 + rounds) as f64)
}

/// ln(1 + S), S(t) = y(t−1) + ρ S(t−1).
fn fresh(y: &[f64], half_life: f64) -> Vec<f64> {
    let keep = (-1.0 / half_life).exp2();
    let mut s: f64 = 0.0;
    let step = |y: &f64| {
        let now = s.ln_1p();
        s = keep * s + y;
        now
    };
    y.iter().map(step).collect()
}

#[derive(Clone, Debug)]
struct Fit {
    base: Vec<f64>,
    slopes: Vec<f64>,
    errors: Vec<f64>,
    size: f64,
    value: f64,
}

struct Target<'a> {
    y: &'a [f64],
    columns: Vec<Vec<f64>>,
    /// Days of each stretch; stretches without an event of the target say nothing and are left out.
    stretches: Vec<Vec<usize>>,
}

impl<'a> Target<'a> {
    fn new(daily: &'a Daily, i: usize, columns: Vec<Vec<f64>>, window: Option<usize>) -> Target<'a> {
        let y = daily.counts(i);
        let seen = |s: std::ops::Range<usize>| s.filter(|t| daily.observed()[*t]).collect::<Vec<usize>>();
        let busy = |s: &Vec<usize>| s.iter().any(|t| y[*t] > 0.0);
        let stretches = stretches(daily.days(), window).into_iter().map(seen).filter(busy).collect();
        Target { y, columns, stretches }
    }

    fn fit(&self, near: Option<&Fit>) -> Fit {
        let d = self.columns.len();
        let level = |s: &Vec<usize>| (s.iter().map(|t| self.y[*t]).sum::<f64>() / s.len() as f64).ln();
        let mut fit = near.cloned().unwrap_or_else(|| Fit {
            base: self.stretches.iter().map(level).collect(),
            slopes: vec![0.0; d],
            errors: vec![0.0; d],
            size: 4.0,
            value: f64::NEG_INFINITY,
        });
        // Beside a known fit, k is known well enough.
        for _ in 0..if near.is_some() { 1 } else { ROUNDS } {
            self.climb(&mut fit);
            if near.is_none() {
                fit.size = self.size(&fit);
            }
        }
        fit.value = self.value(&fit.base, &fit.slopes, fit.size);
        fit
    }

    fn rescaled(&self, fit: &Fit, i: usize) -> Ks {
        let mut dice = Dice::new(0x4b53, i as u64);
        let value = |(_, t, m): (usize, usize, f64)| {
            let law = NegBin::new(m, fit.size);
            let y = self.y[t] as u64;
            let below = if y == 0 { 0.0 } else { law.cdf(y - 1) };
            below + dice.uniform() * law.pmf(y)
        };
        kolmogorov_smirnov(self.means(&fit.base, &fit.slopes).map(value).collect())
    }

    fn means<'b>(&'b self, base: &'b [f64], slopes: &'b [f64]) -> impl Iterator<Item = (usize, usize, f64)> + 'b {
        self.stretches.iter().enumerate().flat_map(move |(g, days)| {
            days.iter().map(move |t| {
                let x: f64 = self.columns.iter().zip(slopes).map(|(c, s)| s * c[*t]).sum();
                (g, *t, (base[g] + x).clamp(-30.0, 15.0).exp())
            })
        })
    }

    fn value(&self, base: &[f64], slopes: &[f64], k: f64) -> f64 {
        self.means(base, slopes).map(|(_, t, m)| self.y[t] * (m / (k + m)).ln() - k * (m / k).ln_1p()).sum::<f64>()
            - 0.5 * slopes.iter().map(|s| s * s * RIDGE).sum::<f64>()
    }

    /// Fisher scoring with the arrow-shaped information: stretches are eliminated, slopes solved.
    fn climb(&self, fit: &mut Fit) {
        let (d, groups, k) = (self.columns.len(), self.stretches.len(), fit.size);
        let mut value = self.value(&fit.base, &fit.slopes, k);
        for _ in 0..STEPS {
            let (mut gb, mut bb) = (vec![0.0; groups], vec![1e-9; groups]);
            let (mut ga, mut ba) = (vec![0.0; d], vec![0.0; groups * d]);
            let mut aa = nalgebra::DMatrix::<f64>::identity(d, d) * RIDGE;
            ga.iter_mut().zip(&fit.slopes).for_each(|(g, s)| *g -= s * RIDGE);
            for (g, t, m) in self.means(&fit.base, &fit.slopes) {
                let spread = 1.0 + m / k;
                let (w, r) = (m / spread, (self.y[t] - m) / spread);
                gb[g] += r;
                bb[g] += w;
                for j in 0..d {
                    let x = self.columns[j][t];
                    if x == 0.0 {
                        continue;
                    }
                    ga[j] += r * x;
                    ba[g * d + j] += w * x;
                    for l in 0..=j {
                        aa[(j, l)] += w * x * self.columns[l][t];
                    }
                }
            }
            for g in 0..groups {
                for j in 0..d {
                    let x = ba[g * d + j] / bb[g];
                    ga[j] -= x * gb[g];
                    for l in 0..=j {
                        aa[(j, l)] -= x * ba[g * d + l];
                    }
                }
            }
            aa.fill_upper_triangle_with_lower_triangle();
            let Some(factor) = aa.cholesky() else { return };
            let da = factor.solve(&nalgebra::DVector::from_vec(ga.clone()));
            let inverse = factor.inverse();
            fit.errors = (0..d).map(|j| inverse[(j, j)].max(0.0).sqrt()).collect();
            let db: Vec<f64> =
                (0..groups).map(|g| (gb[g] - (0..d).map(|j| ba[g * d + j] * da[j]).sum::<f64>()) / bb[g]).collect();
            let mut step = 1.0;
            let gain = loop {
                let slopes: Vec<f64> = fit.slopes.iter().zip(da.iter()).map(|(s, d)| s + step * d).collect();
                let base: Vec<f64> = fit.base.iter().zip(&db).map(|(b, d)| b + (step * d).clamp(-3.0, 3.0)).collect();
                let next = self.value(&base, &slopes, k);
                if next >= value {
                    let gain = next - value;
                    (fit.slopes, fit.base, value) = (slopes, base, next);
                    break gain;
                }
                step *= 0.5;
                if step < 1e-6 {
                    break 0.0;
                }
            };
            if gain < 1e-7 {
                break;
            }
        }
    }

    /// k of the highest likelihood at these means, by golden section over ln k.
    fn size(&self, fit: &Fit) -> f64 {
        let means: Vec<(f64, f64)> = self.means(&fit.base, &fit.slopes).map(|(_, t, m)| (self.y[t], m)).collect();
        let value = |ln_k: f64| -> f64 {
            let k = ln_k.exp();
            let gamma = |y: f64| (0..y as usize).map(|j| (k + j as f64).ln()).sum::<f64>();
            means.iter().map(|(y, m)| gamma(*y) - y * (k + m).ln() - k * (m / k).ln_1p()).sum()
        };
        let (mut low, mut high) = (0.1_f64.ln(), 1000.0_f64.ln());
        for _ in 0..24 {
            let third = (high - low) * 0.381_966;
            if value(low + third) > value(high - third) { high -= third } else { low += third }
        }
        (0.5 * (low + high)).exp()
    }
}

/// A slight pull of slopes to 0, so that a source that never acts is no fault.
const RIDGE: f64 = 1e-4;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Sampler;

    /// Talks that dampen, attacks that raise: counts drawn from the model itself.
    fn drawn(theta: f64, days: usize, seed: u64) -> Daily {
        let keep = (-1.0_f64 / 7.0).exp2();
        let mut dice = Dice::new(seed, 0);
        let (mut talks, mut hits) = (vec![], vec![]);
        let mut s: f64 = 0.0;
        for _ in 0..days {
            let m = (0.9 + theta * s.ln_1p()).exp();
            hits.push(Sampler::new(&NegBin::new(m, 3.0)).at(dice.uniform()) as f64);
            let talk = if dice.uniform() < 0.06 { 1.0 } else { 0.0 };
            s = keep * s + talk;
            talks.push(talk);
        }
        Daily::new(vec![hits, talks], None).unwrap()
    }

    #[test]
    fn dampening_is_found_with_its_sign_and_size() {
        let daily = drawn(-0.8, 4000, 1);
        for window in [None, Some(365)] {
            let fit = signed_fit(&daily, 0, &[4.0, 7.0, 14.0], window, 0.95).unwrap();
            let e = fit.effects[1];
            assert!((e.estimate + 0.8).abs() < 0.2 && e.high < 0.0, "{fit:?}");
            assert!((fit.size / 3.0).ln().abs() < 0.4, "{}", fit.size);
            assert!(signed_placebo(&daily, &fit, (0, 1), window, 39, 1).unwrap() <= 0.05);
            let (past, future) = signed_lead(&daily, &fit, (0, 1), window).unwrap();
            assert!(past < -0.5 && future.abs() < 0.3, "{past} {future}");
            assert!(fit.rescaled.p > 0.01 && e.p < 1e-6, "{:?}", fit.rescaled);
        }
    }

    #[test]
    fn nothing_is_found_where_nothing_is() {
        let mut found = 0;
        for seed in 0..20 {
            let daily = drawn(0.0, 1200, seed);
            let fit = signed_fit(&daily, 0, &[7.0], Some(91), 0.95).unwrap();
            found += usize::from(fit.effects[1].low > 0.0 || fit.effects[1].high < 0.0);
        }
        assert!(found <= 4, "{found}");
    }

    #[test]
    fn odd_input_is_a_fault() {
        let daily = Daily::new(vec![vec![0.0; 50], vec![1.0; 50]], None).unwrap();
        assert!(signed_fit(&daily, 0, &[7.0], None, 0.95).is_err());
        assert!(signed_fit(&daily, 5, &[7.0], None, 0.95).is_err());
        let fit = signed_fit(&daily, 1, &[7.0], None, 0.95).unwrap();
        assert!(signed_lead(&daily, &fit, (1, 9), None).is_err());
        assert!(signed_fit(&daily, 1, &[7.0], None, 0.95).is_ok());
    }
}
