//! Made-up events from a Hawkes model, by its family tree: immigrants, their children, and theirs.

use super::{Hawkes, spectral_radius};
use crate::{Dice, Fault};

/// Events at most; a model close to 1 could go on for ever.
const MOST: usize = 50_000_000;

/// Sorted event times in days from 0 to `end` of each series, from an empty past.
///
/// # Errors
///
/// If the spectral radius is not under 1, or a parameter is negative or not finite.
///
/// # Source
///
/// Hawkes & Oakes (1974), *J. Appl. Probab.* 11: immigrants at rate μᵢ; each event of j has Poisson(αᵢⱼ) children in i
/// after exponential delays of rate β.
pub fn simulate(model: &Hawkes, end: f64, seed: u64) -> Result<Vec<Vec<f64>>, Fault> {
    let d = model.baseline.len();
    let positive = |x: &f64| x.is_finite() && *x >= 0.0;
    if !model.baseline.iter().all(positive) || !model.branching.iter().flatten().all(positive) {
        return Err(Fault::input("baselines and branching must be finite and not negative"));
    }
    let (radius, decays) = (spectral_radius(&model.branching), model.decay > 0.0);
    if model.branching.len() != d || radius.is_nan() || radius >= 1.0 || !decays {
        return Err(Fault::input("the spectral radius must be under 1 and the decay above 0"));
    }
    if !(end > 0.0 && end.is_finite()) {
        return Err(Fault::input("the window must last longer than 0 days"));
    }
    let mut dice = Dice::new(seed, 0);
    let mut times: Vec<Vec<f64>> = vec![vec![]; d];
    let mut open: Vec<(usize, f64)> = vec![];
    let mut count = 0;
    for (i, rate) in model.baseline.iter().enumerate().filter(|(_, r)| **r > 0.0) {
        let mut time = dice.exponential() / rate;
        while time <= end && count < MOST {
            times[i].push(time);
            open.push((i, time));
            count += 1;
            while let Some((j, parent)) = open.pop() {
                for (k, row) in model.branching.iter().enumerate() {
                    for _ in 0..dice.poisson(row[j]) {
                        let child = parent + dice.exponential() / model.decay;
                        if child <= end && count < MOST {
                            times[k].push(child);
                            open.push((k, child));
                            count += 1;
                        }
                    }
                }
            }
            time += dice.exponential() / rate;
        }
    }
    times.iter_mut().for_each(|t| t.sort_by(f64::total_cmp));
    Ok(times)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fit;

    fn model() -> Hawkes {
        Hawkes { baseline: vec![0.5, 0.5], branching: vec![vec![0.3, 0.2], vec![0.1, 0.4]], decay: 1.5 }
    }

    #[test]
    fn the_mean_rate_is_that_of_theory() {
        // (I − α)⁻¹ μ = (8/7·…): solved by hand, (0.6·0.5 + 0.2·0.5)/0.4 = 1 and (0.1·0.5 + 0.7·0.5)/0.4 = 1.
        let times = simulate(&model(), 20_000.0, 5).unwrap();
        for series in &times {
            assert!((series.len() as f64 / 20_000.0 - 1.0).abs() < 0.04, "{}", series.len());
        }
        assert_eq!(simulate(&model(), 100.0, 5).unwrap(), simulate(&model(), 100.0, 5).unwrap());
    }

    /// 40 runs here; `cargo xtask dynamics` runs the 120 of the reference. Four standard errors of a mean of 40.
    #[test]
    fn what_was_put_in_comes_out() {
        let truth = model();
        let runs = 40;
        let (mut means, mut covered) = ([[0.0; 2]; 2], [[0; 2]; 2]);
        for run in 0..runs {
            let times = simulate(&truth, 5000.0, run).unwrap();
            let found = fit(&times, 5000.0, truth.decay).unwrap();
            assert!(found.converged);
            for i in 0..2 {
                for j in 0..2 {
                    let (a, e) = (found.model.branching[i][j], found.errors[i][j]);
                    means[i][j] += a / runs as f64;
                    covered[i][j] += usize::from((a - truth.branching[i][j]).abs() <= 1.96 * e);
                }
            }
        }
        for i in 0..2 {
            for j in 0..2 {
                assert!((means[i][j] - truth.branching[i][j]).abs() < 0.01, "{means:?}");
                assert!(covered[i][j] >= 33, "{covered:?}");
            }
        }
    }

    #[test]
    fn explosive_models_are_refused() {
        let mut wild = model();
        wild.branching[0][0] = 1.2;
        assert!(simulate(&wild, 10.0, 1).is_err());
        assert!(simulate(&model(), f64::INFINITY, 1).is_err());
    }
}
