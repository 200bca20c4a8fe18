//! The negative binomial distribution by mean and size, for counts that vary more than a Poisson count does.

use crate::special::{beta_cdf, ln_gamma};
use statrs::function::factorial::ln_factorial;

/// Terms of a table of probabilities at most; what lies beyond is cut off.
const TERMS: usize = 1 << 22;

/// A negative binomial count with mean m and size k: Var = m + m²/k. An infinite k is a Poisson count.
///
/// # Example
///
/// ```
/// use counterclaim_dynamics::NegBin;
/// let count = NegBin::new(6.0, 2.0);
/// assert_eq!(count.variance(), 24.0);
/// // P(Y = 0) = (k/(k+m))^k
/// assert!((count.pmf(0) - 0.0625).abs() < 1e-12);
/// ```
///
/// # Source
///
/// The NB2 parametrisation of Cameron & Trivedi, *Regression Analysis of Count Data* (2013), §3.3.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NegBin {
    mean: f64,
    size: f64,
}

impl NegBin {
    /// Mean and size; what is negative or not a number is taken as 0 (mean) or as the smallest size, 0.001.
    pub fn new(mean: f64, size: f64) -> NegBin {
        let mean = if mean.is_finite() { mean.max(0.0) } else { 0.0 };
        NegBin { mean, size: if size.is_nan() { 1e-3 } else { size.max(1e-3) } }
    }

    /// From the number of successes n and the probability p of success; mean n(1−p)/p.
    ///
    /// # Source
    ///
    /// Johnson, Kemp & Kotz (2005), *Univariate Discrete Distributions*.
    pub fn from_trials(n: f64, p: f64) -> NegBin {
        NegBin::new(n * (1.0 - p) / p, n)
    }

    /// Expected count.
    pub fn mean(&self) -> f64 {
        self.mean
    }

    /// m + m²/k.
    pub fn variance(&self) -> f64 {
        self.mean + self.mean * self.mean / self.size
    }

    /// Natural logarithm of P(Y = y).
    ///
    /// # Source
    ///
    /// Cameron & Trivedi (2013), §3.3; for large k Stirling's series, Abramowitz & Stegun (1964), 6.1.41.
    pub fn ln_pmf(&self, y: u64) -> f64 {
        let (m, k, n) = (self.mean, self.size, y as f64);
        if m == 0.0 {
            return if y == 0 { 0.0 } else { f64::NEG_INFINITY };
        }
        if k > 1e4 {
            // Stirling's series for Γ(n+k)/Γ(k): the difference of two large logarithms would lose digits.
            let ratio = if k.is_finite() { (k + n - 0.5) * (n / k).ln_1p() - (k + n) * (m / k).ln_1p() } else { n - m };
            return ratio - n + (1.0 / (k + n) - 1.0 / k) / 12.0 + n * m.ln() - ln_factorial(y);
        }
        ln_gamma(n + k) - ln_gamma(k) - ln_factorial(y) - k * (m / k).ln_1p() - n * (k / m).ln_1p()
    }

    /// P(Y = y).
    pub fn pmf(&self, y: u64) -> f64 {
        self.ln_pmf(y).exp()
    }

    /// P(Y ≤ y) = I_p(k, y+1) with p = k/(k+m).
    ///
    /// # Source
    ///
    /// Johnson, Kemp & Kotz (2005); Abramowitz & Stegun (1964), 26.5.26.
    pub fn cdf(&self, y: u64) -> f64 {
        if self.mean == 0.0 {
            return 1.0;
        }
        // A Poisson count is met by a size so large that the variances agree to ten digits.
        let k = self.size.min(1e10 * self.mean.max(1.0));
        beta_cdf(k, y as f64 + 1.0, k / (k + self.mean))
    }

    /// The least y with P(Y ≤ y) ≥ p.
    ///
    /// # Source
    ///
    /// Doubling, then halving: Devroye (1986), *Non-Uniform Random Variate Generation*.
    pub fn quantile(&self, p: f64) -> u64 {
        if p.is_nan() || p <= 0.0 || self.mean == 0.0 {
            return 0;
        }
        let reaches = |y: u64| self.cdf(y) >= p.min(1.0 - 1e-12);
        let mut high = 1_u64;
        while !reaches(high) && high < 1 << 52 {
            high *= 2;
        }
        let mut low = 0;
        while low < high {
            let middle = low + (high - low) / 2;
            if reaches(middle) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        low
    }

    /// The first count with a probability worth naming, and the probabilities from there on; relative to the largest,
    /// terms under 1e-18 are left out. Grown from the mode to both sides, so that nothing underflows.
    ///
    /// # Source
    ///
    /// The recursion P(y+1)/P(y) = (y+k)q/(y+1): Johnson, Kemp & Kotz (2005).
    pub fn table(&self) -> (u64, Vec<f64>) {
        if self.mean == 0.0 {
            return (0, vec![1.0]);
        }
        let (m, k) = (self.mean, self.size.min(1e12));
        let q = m / (k + m);
        let mode = if k > 1.0 { ((k - 1.0) * m / k).floor().max(0.0) as u64 } else { 0 };
        let top = self.pmf(mode);
        let least = top * 1e-18;
        let mut below = Vec::new();
        let (mut y, mut value) = (mode, top);
        while y > 0 && below.len() < TERMS {
            value *= y as f64 / ((y as f64 - 1.0 + k) * q);
            if value < least {
                break;
            }
            below.push(value);
            y -= 1;
        }
        let start = mode - below.len() as u64;
        below.reverse();
        let mut all = below;
        all.push(top);
        let (mut y, mut value) = (mode as f64, top);
        while all.len() < TERMS {
            value *= (y + k) * q / (y + 1.0);
            if value < least {
                break;
            }
            all.push(value);
            y += 1.0;
        }
        (start, all)
    }

    /// Continuous ranked probability score of the count y, ∑ᵢ (F(i) − 1{i ≥ y})²; lower is better.
    ///
    /// # Example
    ///
    /// ```
    /// let score = counterclaim_dynamics::NegBin::from_trials(2.0, 0.25).crps(5);
    /// assert!((score - 1.038520123451).abs() < 1e-11);
    /// ```
    ///
    /// # Source
    ///
    /// Gneiting & Raftery (2007), *Strictly proper scoring rules*, eq. 20; for counts Czado, Gneiting & Held (2009),
    /// *Biometrics* 65.
    pub fn crps(&self, y: u64) -> f64 {
        let (start, table) = self.table();
        let end = start + table.len() as u64;
        let (mut cumulated, mut sum) = (0.0, 0.0);
        for (i, p) in (start..).zip(&table) {
            cumulated += p;
            let miss: f64 = cumulated - if i >= y { 1.0 } else { 0.0 };
            sum += miss * miss;
        }
        // Outside the table F is 0 or 1: each step between it and y counts 1.
        let outside = start.saturating_sub(y) + y.saturating_sub(end);
        sum + outside as f64
    }
}

/// A table for drawing counts from uniform numbers: the inverse of the distribution function.
#[derive(Clone, Debug)]
pub struct Sampler {
    start: u64,
    cumulated: Vec<f64>,
}

impl Sampler {
    /// The table of a distribution.
    pub fn new(of: &NegBin) -> Sampler {
        let (start, table) = of.table();
        let mut sum = 0.0;
        let cumulated = table.iter().map(|p| {
            sum += p;
            sum
        });
        Sampler { start, cumulated: cumulated.collect() }
    }

    /// The count at the uniform number u in [0, 1).
    ///
    /// # Source
    ///
    /// Inversion: Devroye (1986).
    pub fn at(&self, u: f64) -> u64 {
        // Most counts are small: looking from the left is quicker than halving.
        let at = if self.cumulated.len() <= 32 {
            self.cumulated.iter().position(|c| u < *c).unwrap_or(self.cumulated.len())
        } else {
            self.cumulated.partition_point(|c| *c <= u)
        };
        self.start + at.min(self.cumulated.len().saturating_sub(1)) as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_agree_with_the_closed_forms() {
        for (m, k) in [(0.3, 0.2), (5.0, 4.0), (40.0, 1.5), (2000.0, 700.0), (3.0, 1e9)] {
            let count = NegBin::new(m, k);
            let (start, table) = count.table();
            let total: f64 = table.iter().sum();
            let mean: f64 = (start..).zip(&table).map(|(y, p)| y as f64 * p).sum();
            assert!((total - 1.0).abs() < 1e-7, "{m} {k}: {total}");
            assert!((mean / m - 1.0).abs() < 1e-6, "{m} {k}: {mean}");
            let y = count.quantile(0.9);
            assert!(count.cdf(y) >= 0.9 && (y == 0 || count.cdf(y - 1) < 0.9));
            let upto: f64 = (start..=y).zip(&table).map(|(_, p)| p).sum();
            assert!((count.cdf(y) - upto).abs() < 1e-6, "{m} {k}: {} {upto}", count.cdf(y));
        }
    }

    #[test]
    fn crps_is_the_published_figure() {
        let count = NegBin::from_trials(2.0, 0.25);
        assert!((count.crps(5) - 1.038_520_123_451).abs() < 1e-12);
        // Far outside, the score grows by one a step.
        assert!((count.crps(4000) - count.crps(3000) - 1000.0).abs() < 1e-9);
        assert_eq!(NegBin::new(0.0, 1.0).crps(7), 7.0);
    }

    #[test]
    fn a_sampler_inverts() {
        let sampler = Sampler::new(&NegBin::new(5.0, 4.0));
        let count = NegBin::new(5.0, 4.0);
        for u in [0.0, 0.01, 0.3, 0.77, 0.999] {
            let y = sampler.at(u);
            assert!(count.cdf(y) > u && (y == 0 || count.cdf(y - 1) <= u));
        }
        assert!(sampler.at(1.0) > 20);
    }
}
