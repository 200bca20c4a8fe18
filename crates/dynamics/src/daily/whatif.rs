//! What if: two made-up futures that differ in one respect and share their luck.

use super::{Daily, DailyFit};
use crate::special::{mean, quantile};
use crate::{Dice, Fault, spectral_radius};

/// How one series differs between the two futures, in events over the whole horizon.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Difference {
    /// Mean without the added events.
    pub without: f64,
    /// Mean difference, the added events themselves not counted.
    pub mean: f64,
    /// 5 % point of the differences.
    pub low: f64,
    /// 95 % point.
    pub high: f64,
}

/// Plays the days after the last one twice, without and with `added` further events of series `source` on the last day, and
/// compares. Both futures see the same random numbers, so what differs comes from the added events **under the fitted
/// association**; whether these would bring it about is not known.
///
/// # Errors
///
/// If there is no such series, nothing is to be played, or the model explodes (spectral radius 1 or more).
///
/// # Source
///
/// Common random numbers: Glasserman & Yao (1992), *Management Science* 38. Inversion keeps the two futures ordered.
pub fn what_if(
    daily: &Daily,
    fit: &DailyFit,
    (source, added): (usize, f64),
    days: usize,
    runs: usize,
    seed: u64,
) -> Result<Vec<Difference>, Fault> {
    let d = daily.series();
    if source >= d || days == 0 || runs == 0 || !(added.is_finite() && added >= 0.0) || fit.branching.len() != d {
        return Err(Fault::input("name one of the series, a number of events, and at least one day and one run"));
    }
    let radius = spectral_radius(&fit.branching);
    if radius.is_nan() || radius >= 1.0 {
        return Err(Fault::input(
            "the fitted model explodes (spectral radius 1 or more); nothing can be played with it",
        ));
    }
    let keep = (-1.0 / fit.half_life).exp2();
    let base: Vec<f64> = fit.baseline.iter().map(|b| b.last().copied().unwrap_or(0.0)).collect();
    let end = |i: usize| daily.counts(i).iter().fold(0.0, |g, y| keep * g + (1.0 - keep) * y);
    let start: Vec<f64> = (0..d).map(end).collect();
    let (mut without, mut differ) = (vec![vec![]; d], vec![vec![]; d]);
    for run in 0..runs {
        let mut dice = Dice::new(seed, 0x3F_0000 + run as u64);
        let mut plain = start.clone();
        let mut more = start.clone();
        more[source] += (1.0 - keep) * added;
        let (mut a, mut b) = (vec![0.0; d], vec![0.0; d]);
        for _ in 0..days {
            let luck: Vec<f64> = (0..d).map(|_| dice.uniform()).collect();
            for (trace, sum) in [(&mut plain, &mut a), (&mut more, &mut b)] {
                let y: Vec<f64> = (0..d)
                    .map(|i| {
                        let pull: f64 = fit.branching[i].iter().zip(trace.iter()).map(|(a, g)| a * g).sum();
                        poisson_at(base[i] + pull, luck[i])
                    })
                    .collect();
                for i in 0..d {
                    trace[i] = keep * trace[i] + (1.0 - keep) * y[i];
                    sum[i] += y[i];
                }
            }
        }
        for i in 0..d {
            without[i].push(a[i]);
            differ[i].push(b[i] - a[i]);
        }
    }
    differ.iter_mut().for_each(|x| x.sort_by(f64::total_cmp));
    let summary = |(a, x): (&Vec<f64>, &Vec<f64>)| Difference {
        without: mean(a),
        mean: mean(x),
        low: quantile(x, 0.05),
        high: quantile(x, 0.95),
    };
    Ok(without.iter().zip(&differ).map(summary).collect())
}

/// The Poisson count at the uniform number u, by inversion.
fn poisson_at(mean: f64, u: f64) -> f64 {
    let mut p = (-mean).exp();
    if p == 0.0 {
        // Means beyond 745 do not come from daily counts of incidents; the normal law serves.
        return (mean + mean.sqrt() * crate::special::normal_quantile(u.clamp(1e-12, 1.0 - 1e-12))).round().max(0.0);
    }
    let (mut y, mut sum) = (0.0, p);
    while sum <= u && y < 5000.0 {
        y += 1.0;
        p *= mean / y;
        sum += p;
    }
    y
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{HALF_LIVES, cascade};

    #[test]
    fn the_mean_difference_is_the_cascade() {
        let alpha = [vec![0.3, 0.2], vec![0.0, 0.4]];
        let counts = crate::daily::tests::drawn(&[0.5, 0.5], &alpha, 2.0, 3000, 6);
        let daily = Daily::new(counts, None).unwrap();
        let fit = daily.fit(&HALF_LIVES, None).unwrap();
        let played = what_if(&daily, &fit, (1, 3.0), 60, 4000, 1).unwrap();
        // Over a long time all cascades have run out: K = α(I−α)⁻¹, whatever the steps of time.
        let k = cascade(&fit.branching, 1.0, 1e6).unwrap();
        for i in 0..2 {
            let wanted = 3.0 * k[i][1];
            assert!((played[i].mean - wanted).abs() < 0.15, "{played:?} {k:?}");
            assert!(played[i].low >= 0.0 && played[i].low <= played[i].high);
        }
        let none = what_if(&daily, &fit, (1, 0.0), 30, 50, 1).unwrap();
        assert!(none.iter().all(|x| x.mean == 0.0 && x.high == 0.0));
    }

    #[test]
    fn odd_input_is_a_fault() {
        let daily = Daily::new(vec![vec![1.0; 50]], None).unwrap();
        let mut fit = daily.fit(&[2.0], None).unwrap();
        assert!(what_if(&daily, &fit, (1, 1.0), 5, 5, 1).is_err());
        assert!(what_if(&daily, &fit, (0, f64::NAN), 5, 5, 1).is_err());
        fit.branching[0][0] = 1.0;
        assert!(what_if(&daily, &fit, (0, 1.0), 5, 5, 1).is_err());
    }
}
