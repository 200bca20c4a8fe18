//! Likelihood and fit of the Hawkes model: one concave problem for each target, solved by projected Newton steps.

use super::Hawkes;
use super::traces::{Traces, check, traces};
use crate::Fault;
use crate::profile::{self, Effect};
use crate::rate::{Optimum, Rows};

/// A fitted model.
#[derive(Clone, Debug)]
pub struct HawkesFit {
    /// The parameters of the highest likelihood.
    pub model: Hawkes,
    /// Natural logarithm of the likelihood at them.
    pub log_likelihood: f64,
    /// Standard errors of α from the inverse of the observed information; 0 where α is 0. Near 0 they mislead: use
    /// [`effects`].
    pub errors: Vec<Vec<f64>>,
    /// Newton steps of the slowest target.
    pub steps: usize,
    /// Whether all targets arrived.
    pub converged: bool,
}

/// Natural logarithm of the likelihood ℓ(μ, α, β) = Σᵢ [Σₖ ln λᵢ(tₖ) − ∫₀ᵀ λᵢ], in O(nD) by Ogata's recursion.
///
/// `times` has the sorted event times in days of each series, from 0 to `end`. Ties excite only later times.
///
/// # Errors
///
/// If times are unsorted or outside, or the model has another number of series.
///
/// # Example
///
/// ```
/// use counterclaim_dynamics::{Hawkes, log_likelihood};
/// let model = Hawkes { baseline: vec![0.5], branching: vec![vec![0.4]], decay: 1.0 };
/// let value = log_likelihood(&[vec![1.0, 2.0, 4.0]], 5.0, &model).unwrap();
/// assert!((value + 5.208969372077).abs() < 1e-12);
/// ```
///
/// # Source
///
/// Ozaki (1979), *Ann. Inst. Statist. Math.* 31, eq. 5–7; Daley & Vere-Jones (2003), §7.2.
pub fn log_likelihood(times: &[Vec<f64>], end: f64, model: &Hawkes) -> Result<f64, Fault> {
    check(times, end)?;
    check_model(times, model)?;
    let traces = traces(times, end, model.decay);
    let of = |i| with_rows(times, end, &traces, i, |rows| rows.value(&model.baseline[i..=i], &model.branching[i]));
    Ok((0..times.len()).map(of).sum())
}

/// ∂ℓ/∂μᵢ, and ∂ℓ/∂αᵢⱼ for every j: one row for each target.
///
/// # Errors
///
/// As [`log_likelihood`].
///
/// # Source
///
/// Ozaki (1979), *Ann. Inst. Statist. Math.* 31.
pub fn gradient(times: &[Vec<f64>], end: f64, model: &Hawkes) -> Result<Vec<(f64, Vec<f64>)>, Fault> {
    check(times, end)?;
    check_model(times, model)?;
    let traces = traces(times, end, model.decay);
    let of = |i| {
        let (b, a) =
            with_rows(times, end, &traces, i, |rows| rows.gradient(&model.baseline[i..=i], &model.branching[i]));
        (b[0], a)
    };
    Ok((0..times.len()).map(of).collect())
}

/// The parameters of the highest likelihood for a fixed decay β in 1/day. The likelihood is concave in (μ, α), so there is
/// no other summit.
///
/// # Errors
///
/// If times are unsorted or outside, or the decay is not above 0.
///
/// # Source
///
/// Projected Newton: Bertsekas (1982). Targets separate: Ogata (1978), *Ann. Inst. Statist. Math.* 30.
pub fn fit(times: &[Vec<f64>], end: f64, decay: f64) -> Result<HawkesFit, Fault> {
    check(times, end)?;
    check_decay(decay)?;
    let traces = traces(times, end, decay);
    let optima: Vec<Optimum> =
        (0..times.len()).map(|i| with_rows(times, end, &traces, i, |rows| rows.maximise(None))).collect();
    let d = times.len();
    let errors = optima.iter().map(|o| (0..d).map(|j| o.covariance[j * d + j].max(0.0).sqrt()).collect()).collect();
    Ok(HawkesFit {
        log_likelihood: optima.iter().map(|o| o.value).sum(),
        errors,
        steps: optima.iter().map(|o| o.steps).max().unwrap_or(0),
        converged: optima.iter().all(|o| o.converged),
        model: Hawkes {
            baseline: optima.iter().map(|o| o.baseline[0]).collect(),
            branching: optima.into_iter().map(|o| o.slopes).collect(),
            decay,
        },
    })
}

/// The best fit over a grid of half-lives in days (β = ln 2 / half-life), all series sharing one. Returns it with the
/// log-likelihood at each half-life, which is the profile of β.
///
/// # Errors
///
/// As [`fit`]; and if the grid is empty.
///
/// # Source
///
/// Profile likelihood: Barndorff-Nielsen & Cox (1994), *Inference and Asymptotics*.
pub fn fit_half_lives(times: &[Vec<f64>], end: f64, grid: &[f64]) -> Result<(HawkesFit, Vec<f64>), Fault> {
    let fits: Result<Vec<HawkesFit>, Fault> =
        grid.iter().map(|h| fit(times, end, std::f64::consts::LN_2 / h)).collect();
    let fits = fits?;
    let profile = fits.iter().map(|f| f.log_likelihood).collect();
    let best = fits.into_iter().reduce(|a, b| if b.log_likelihood > a.log_likelihood { b } else { a });
    best.map(|b| (b, profile)).ok_or_else(|| Fault::input("the grid of half-lives is empty"))
}

/// The effect of every source on one target at a fixed decay: estimate, profile interval, and the test against 0.
///
/// # Errors
///
/// As [`fit`]; and if there is no such target.
///
/// # Source
///
/// Profile intervals: Venzon & Moolgavkar (1988), *Appl. Statist.* 37; the test at the boundary, ½χ²₀ + ½χ²₁: Self & Liang
/// (1987), *JASA* 82, case 5.
pub fn effects(times: &[Vec<f64>], end: f64, decay: f64, target: usize, level: f64) -> Result<Vec<Effect>, Fault> {
    check(times, end)?;
    check_decay(decay)?;
    if target >= times.len() {
        return Err(Fault::input(format!("there is no series {}", target + 1)));
    }
    let traces = traces(times, end, decay);
    Ok(with_rows(times, end, &traces, target, |rows| {
        let optimum = rows.maximise(None);
        (0..times.len()).map(|j| profile::effect(rows, &optimum, j, level)).collect()
    }))
}

fn with_rows<R>(times: &[Vec<f64>], end: f64, traces: &Traces, i: usize, f: impl FnOnce(&Rows<'_>) -> R) -> R {
    let n = times[i].len();
    f(&Rows {
        columns: &traces.at[i],
        stride: n,
        rows: n,
        roots: None,
        ends: &[n],
        exposure: &[end],
        cost: &traces.cost,
    })
}

fn check_decay(decay: f64) -> Result<(), Fault> {
    let sound = decay.is_finite() && decay > 0.0;
    if sound { Ok(()) } else { Err(Fault::input("the decay must be above 0 per day")) }
}

fn check_model(times: &[Vec<f64>], model: &Hawkes) -> Result<(), Fault> {
    check_decay(model.decay)?;
    let d = times.len();
    if model.baseline.len() != d || model.branching.len() != d || model.branching.iter().any(|r| r.len() != d) {
        return Err(Fault::input(format!("the model must have {d} series, as the data")));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn two() -> (Vec<Vec<f64>>, Hawkes) {
        let times = vec![vec![0.5, 1.7, 3.0, 3.2, 6.1], vec![0.9, 1.8, 3.1, 7.0]];
        let branching = vec![vec![0.3, 0.2], vec![0.5, 0.1]];
        (times, Hawkes { baseline: vec![0.3, 0.2], branching, decay: 1.2 })
    }

    #[test]
    fn one_series_has_the_published_likelihood_and_gradient() {
        let model = Hawkes { baseline: vec![0.5], branching: vec![vec![0.4]], decay: 1.0 };
        let times = [vec![1.0, 2.0, 4.0]];
        assert!((log_likelihood(&times, 5.0, &model).unwrap() + 5.208_969_372_077).abs() < 1e-12);
        let gradient = gradient(&times, 5.0, &model).unwrap();
        assert!((gradient[0].0 - 0.287_244_32).abs() < 1e-8, "{gradient:?}");
        assert!((gradient[0].1[0] + 1.673_073_25).abs() < 1e-8, "{gradient:?}");
    }

    #[test]
    fn two_series_have_the_published_likelihood() {
        let (times, model) = two();
        assert!((log_likelihood(&times, 8.0, &model).unwrap() + 14.541_385_712_101).abs() < 1e-11);
    }

    /// The likelihood by its definition, in O(n²).
    #[test]
    fn the_recursion_agrees_with_the_double_sum_and_ties_do_not_excite_each_other() {
        let times = vec![vec![0.5, 1.0, 1.0, 3.0], vec![1.0, 2.0, 3.0, 3.0]];
        let (_, model) = two();
        let (end, beta) = (4.0, model.decay);
        let mut wanted = 0.0;
        for i in 0..2 {
            for t in &times[i] {
                let mut rate = model.baseline[i];
                for j in 0..2 {
                    let past = times[j].iter().filter(|s| *s < t).map(|s| beta * (-beta * (t - s)).exp());
                    rate += model.branching[i][j] * past.sum::<f64>();
                }
                wanted += rate.ln();
            }
            wanted -= model.baseline[i] * end;
            for j in 0..2 {
                let all = times[j].iter().map(|s| 1.0 - (-beta * (end - s)).exp());
                wanted -= model.branching[i][j] * all.sum::<f64>();
            }
        }
        assert!((log_likelihood(&times, end, &model).unwrap() - wanted).abs() < 1e-12);
    }

    #[test]
    fn the_fit_is_a_summit() {
        let (times, _) = two();
        let found = fit(&times, 8.0, 1.2).unwrap();
        assert!(found.converged);
        for i in 0..2 {
            let g = &gradient(&times, 8.0, &found.model).unwrap()[i];
            let at = |x: f64, slope: f64| if x > 0.0 { slope.abs() < 1e-5 } else { slope <= 1e-9 };
            assert!(at(found.model.baseline[i], g.0), "{found:?} {g:?}");
            for j in 0..2 {
                assert!(at(found.model.branching[i][j], g.1[j]), "{found:?} {g:?}");
            }
        }
    }

    #[test]
    fn odd_input_is_a_fault() {
        assert!(fit(&[vec![2.0, 1.0]], 5.0, 1.0).is_err());
        assert!(fit(&[vec![2.0, 9.0]], 5.0, 1.0).is_err());
        assert!(fit(&[vec![f64::NAN]], 5.0, 1.0).is_err());
        assert!(fit(&[vec![1.0]], 5.0, 0.0).is_err());
        assert!(fit(&[], 5.0, 1.0).is_err());
        assert!(fit_half_lives(&[vec![1.0]], 5.0, &[]).is_err());
        // Nothing happened: nothing is excited, and that is no fault.
        let idle = fit(&[vec![], vec![]], 5.0, 1.0).unwrap();
        assert_eq!(idle.model.baseline, [0.0, 0.0]);
    }
}
