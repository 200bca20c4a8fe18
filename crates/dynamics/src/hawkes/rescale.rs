//! Does the model fit? Under a true model, events are evenly spread in the model's own time; Kolmogorov and Smirnov ask.

use super::Hawkes;
use super::traces::{check, merged};
use crate::Fault;
use crate::ks::{Ks, kolmogorov_smirnov};

/// For each series, the test that its gaps in rescaled time Λᵢ(tₖ) − Λᵢ(tₖ₋₁) are exponential with mean 1. A small p says
/// that the model misses something; parameters fitted to the same events make p too large rather than too small.
///
/// # Errors
///
/// If times are unsorted or outside, or the model has another number of series.
///
/// # Source
///
/// Brown, Barbieri, Ventura, Kass & Frank (2002), *Neural Computation* 14; Ogata (1988), *JASA* 83.
pub fn rescaled_ks(times: &[Vec<f64>], end: f64, model: &Hawkes) -> Result<Vec<Ks>, Fault> {
    check(times, end)?;
    let d = times.len();
    if model.baseline.len() != d || model.branching.len() != d || model.branching.iter().any(|r| r.len() != d) {
        return Err(Fault::input(format!("the model must have {d} series, as the data")));
    }
    // Λᵢ(t) = μᵢ t + Σⱼ αᵢⱼ (Nⱼ(t) − Rⱼ(t)).
    let (mut count, mut state) = (vec![0.0; d], vec![0.0; d]);
    let mut last = vec![0.0; d];
    let mut shares: Vec<Vec<f64>> = times.iter().map(|t| Vec::with_capacity(t.len())).collect();
    let all = merged(times);
    let (mut now, mut next) = (0.0, 0);
    while next < all.len() {
        let time = all[next].0;
        let fade = (-model.decay * (time - now)).exp();
        state.iter_mut().for_each(|r| *r *= fade);
        now = time;
        let first = next;
        while next < all.len() && all[next].0 == time {
            let i = all[next].1 as usize;
            let past: f64 = (0..d).map(|j| model.branching[i][j] * (count[j] - state[j])).sum();
            let integral = model.baseline[i] * time + past;
            shares[i].push(1.0 - (-(integral - last[i])).exp());
            last[i] = integral;
            next += 1;
        }
        for (_, i) in &all[first..next] {
            count[*i as usize] += 1.0;
            state[*i as usize] += 1.0;
        }
    }
    Ok(shares.into_iter().map(kolmogorov_smirnov).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{fit, simulate};

    #[test]
    fn a_true_model_passes_and_a_wrong_one_fails() {
        let model = Hawkes { baseline: vec![0.5, 0.5], branching: vec![vec![0.3, 0.2], vec![0.1, 0.4]], decay: 1.5 };
        let times = simulate(&model, 3000.0, 11).unwrap();
        let found = fit(&times, 3000.0, 1.5).unwrap().model;
        for test in rescaled_ks(&times, 3000.0, &found).unwrap() {
            assert!(test.p > 0.01, "{test:?}");
        }
        let flat = Hawkes { baseline: vec![1.0, 1.0], branching: vec![vec![0.0; 2]; 2], decay: 1.5 };
        for test in rescaled_ks(&times, 3000.0, &flat).unwrap() {
            assert!(test.p < 1e-4, "{test:?}");
        }
    }
}
