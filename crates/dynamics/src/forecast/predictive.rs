//! A forecast as a discrete distribution, and the simple forecasts that others must beat.

use crate::NegBin;
use crate::scores::{crps_weighted, ign, ign_bin, interval_score};
use crate::special::mean;

/// Draws that a forecast stands for in the binned log score, as in the VIEWS competition.
pub const DRAWS: f64 = 1000.0;

/// Values with weights that sum to 1, sorted by value.
#[derive(Clone, Debug, PartialEq)]
pub struct Predictive(Vec<(f64, f64)>);

/// The scores of one forecast, or their means.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Scores {
    /// Continuous ranked probability score.
    pub crps: f64,
    /// Binned log score in bits.
    pub ign: f64,
    /// Interval score of the central 90 % interval.
    pub mis: f64,
}

impl Predictive {
    /// From values and weights in any order; weights are brought to a sum of 1. None if there is no weight.
    pub fn new(mut atoms: Vec<(f64, f64)>) -> Option<Predictive> {
        atoms.retain(|(v, w)| v.is_finite() && w.is_finite() && *w > 0.0);
        let total: f64 = atoms.iter().map(|(_, w)| w).sum();
        if total.is_nan() || total <= 0.0 {
            return None;
        }
        atoms.sort_by(|a, b| a.0.total_cmp(&b.0));
        atoms.iter_mut().for_each(|(_, w)| *w /= total);
        Some(Predictive(atoms))
    }

    /// Values with equal weights.
    pub fn of_values(values: &[f64]) -> Option<Predictive> {
        Predictive::new(values.iter().map(|v| (*v, 1.0)).collect())
    }

    /// Half of each: the linear pool (Stone 1961), whose scores are seldom worse than the better half's.
    ///
    /// # Source
    ///
    /// Stone (1961), *Ann. Math. Statist.* 32.
    pub fn pool(&self, other: &Predictive) -> Predictive {
        let mut atoms = Vec::with_capacity(self.0.len() + other.0.len());
        let (mut a, mut b) = (self.0.iter().peekable(), other.0.iter().peekable());
        while let Some(next) = match (a.peek(), b.peek()) {
            (Some(x), Some(y)) => {
                if x.0 <= y.0 {
                    a.next()
                } else {
                    b.next()
                }
            }
            (Some(_), None) => a.next(),
            _ => b.next(),
        } {
            atoms.push((next.0, 0.5 * next.1));
        }
        Predictive(atoms)
    }

    /// Values and weights.
    pub fn atoms(&self) -> &[(f64, f64)] {
        &self.0
    }

    /// The mean.
    pub fn mean(&self) -> f64 {
        self.0.iter().map(|(v, w)| v * w).sum()
    }

    /// The least value with at least this share of the weight up to it.
    ///
    /// # Source
    ///
    /// Type 1 of Hyndman & Fan (1996), *Am. Stat.* 50.
    pub fn quantile(&self, p: f64) -> f64 {
        let mut sum = 0.0;
        let reached = |(_, w): &&(f64, f64)| {
            sum += w;
            sum >= p - 1e-12
        };
        self.0.iter().find(reached).or(self.0.last()).map_or(f64::NAN, |(v, _)| *v)
    }

    /// The probability of `least` or more.
    pub fn at_least(&self, least: f64) -> f64 {
        self.0.iter().filter(|(v, _)| *v >= least).map(|(_, w)| w).sum()
    }

    /// All scores against what came; the binned log score as if of so many draws ([`DRAWS`] in the competition).
    ///
    /// # Source
    ///
    /// [`crps_weighted`], [`ign`], [`interval_score`]; the three scores of the VIEWS competition, Hegre et al. (2025).
    pub fn scores(&self, y: f64, draws: f64) -> Scores {
        let mut shares = [0.0; 11];
        self.0.iter().for_each(|(v, w)| shares[ign_bin(*v)] += w);
        Scores {
            crps: crps_weighted(&self.0, y),
            ign: ign(&shares, draws, y),
            mis: interval_score(self.quantile(0.05), self.quantile(0.95), y, 0.1),
        }
    }
}

/// The last value, as if it were sure.
///
/// # Source
///
/// The no-change benchmark of the VIEWS competition, Hegre et al. (2025).
pub fn persistence(past: &[f64]) -> Option<Predictive> {
    Predictive::of_values(&past[past.len().saturating_sub(1)..])
}

/// The last twelve values, each as likely: the unit's own climate.
///
/// # Source
///
/// The "conflictology" benchmark of the VIEWS competition, Hegre et al. (2025).
pub fn own_year(past: &[f64]) -> Option<Predictive> {
    Predictive::of_values(&past[past.len().saturating_sub(12)..])
}

/// Mean from which a count is taken in steps of several.
const LARGE: f64 = 5000.0;
/// Quantiles that stand for a negative binomial.
const QUANTILES: u32 = 1000;

/// A negative binomial with mean and variance of the last six values, at so many quantiles as a forecast has draws.
///
/// # Source
///
/// Moments: Cameron & Trivedi (2013), §3.3; the benchmark is that of the VIEWS competition.
pub fn negative_binomial(past: &[f64]) -> Option<Predictive> {
    let last = &past[past.len().saturating_sub(6)..];
    if last.is_empty() || last.iter().any(|y| !y.is_finite()) {
        return None;
    }
    let m = mean(last);
    let v = last.iter().map(|y| (y - m) * (y - m)).sum::<f64>() / (last.len() as f64 - 1.0).max(1.0);
    // Large counts in steps of several: their table would be long, and one more or less is nothing to them.
    let step = (m / LARGE).floor().max(1.0);
    let law = NegBin::new(m / step, if v > m { m * m / (v - m) } else { 1e6 });
    let (start, table) = law.table();
    let (mut atoms, mut sum, mut next) = (vec![], 0.0, 0);
    for (y, p) in (start..).zip(&table) {
        sum += p;
        let mut weight = 0.0;
        while next < QUANTILES && sum >= (f64::from(next) + 0.5) / f64::from(QUANTILES) {
            weight += 1.0;
            next += 1;
        }
        if weight > 0.0 {
            atoms.push((step * y as f64, weight));
        }
    }
    Predictive::new(atoms)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pool_is_half_of_each_and_stays_sorted() {
        let (a, b) = (Predictive::of_values(&[5.0, 1.0]).unwrap(), Predictive::of_values(&[3.0]).unwrap());
        let pool = a.pool(&b);
        assert_eq!(pool.atoms(), [(1.0, 0.25), (3.0, 0.5), (5.0, 0.25)]);
        assert_eq!((pool.mean(), pool.quantile(0.5), pool.at_least(3.0)), (3.0, 3.0, 0.75));
    }

    #[test]
    fn scores_agree_with_the_ensemble() {
        let forecast = Predictive::of_values(&[0.0, 1.0, 2.0, 2.0, 5.0, 9.0]).unwrap();
        let scores = forecast.scores(3.0, DRAWS);
        assert!((scores.crps - 0.916_666_666_7).abs() < 1e-9);
        assert!((scores.ign + ((DRAWS / 6.0 + 1.0) / (DRAWS + 11.0)).log2()).abs() < 1e-9);
        assert_eq!(scores.mis, 9.0);
    }

    #[test]
    fn simple_forecasts_of_nothing_are_none() {
        assert!(persistence(&[]).is_none() && own_year(&[]).is_none() && negative_binomial(&[]).is_none());
        assert_eq!(persistence(&[1.0, 7.0]).unwrap().mean(), 7.0);
        assert_eq!(own_year(&[100.0; 1]).unwrap().mean(), 100.0);
        let nb = negative_binomial(&[4.0, 0.0, 9.0, 2.0, 7.0, 5.0]).unwrap();
        assert!((nb.mean() - 4.5).abs() < 0.3, "{}", nb.mean());
        let large = negative_binomial(&[4e8, 1e8, 9e8, 2e8, 7e8, 5e8]).unwrap();
        assert!((large.mean() / 4.67e8 - 1.0).abs() < 0.05 && large.quantile(0.95) > 8e8, "{}", large.mean());
        assert!(Predictive::new(vec![(f64::NAN, 1.0)]).is_none());
    }
}
