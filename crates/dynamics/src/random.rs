//! Seeded random numbers: every draw follows from the seed and the stream's number alone.

use rand_pcg::Pcg64;
use rand_pcg::rand_core::RngCore;

/// A stream of numbers from PCG XSL RR 128/64.
///
/// # Source
///
/// O'Neill (2014), *PCG: A family of simple fast space-efficient statistically good algorithms*.
#[derive(Clone, Debug)]
pub struct Dice(Pcg64);

impl Dice {
    /// The stream of this number under this seed. Streams are told apart by state as well, for short runs of each.
    pub fn new(seed: u64, stream: u64) -> Dice {
        let state = (u128::from(seed) << 64) | u128::from(stream.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let mut dice = Dice(Pcg64::new(state, u128::from(stream)));
        dice.0.next_u64();
        dice
    }

    /// Uniform in [0, 1), with 53 bits.
    pub fn uniform(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Exponential with mean 1.
    ///
    /// # Source
    ///
    /// Inversion: Devroye (1986).
    pub fn exponential(&mut self) -> f64 {
        -(1.0 - self.uniform()).ln()
    }

    /// A whole number under n; 0 if n is 0.
    pub fn below(&mut self, n: usize) -> usize {
        ((self.uniform() * n as f64) as usize).min(n.saturating_sub(1))
    }

    /// A Poisson count, by the product of uniform numbers (Knuth 1969, §3.4.1); large means in parts.
    pub fn poisson(&mut self, mean: f64) -> u64 {
        let (mut left, mut count) = (if mean.is_finite() { mean.max(0.0) } else { 0.0 }, 0);
        while left > 0.0 {
            let part = left.min(30.0);
            left -= part;
            let limit = (-part).exp();
            let mut product = self.uniform();
            while product > limit {
                count += 1;
                product *= self.uniform();
            }
        }
        count
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_are_their_own_and_repeat() {
        let draw = |seed, stream| Dice::new(seed, stream).uniform();
        assert_eq!(draw(1, 2), draw(1, 2));
        assert_ne!(draw(1, 2), draw(1, 3));
        assert_ne!(draw(1, 2), draw(2, 2));
    }

    #[test]
    fn means_are_right() {
        let mut dice = Dice::new(7, 0);
        let n = 20_000;
        let uniform: f64 = (0..n).map(|_| dice.uniform()).sum::<f64>() / f64::from(n);
        let poisson: f64 = (0..n).map(|_| dice.poisson(70.0) as f64).sum::<f64>() / f64::from(n);
        assert!((uniform - 0.5).abs() < 0.01, "{uniform}");
        assert!((poisson - 70.0).abs() < 0.3, "{poisson}");
        assert_eq!((dice.below(0), dice.poisson(f64::NAN)), (0, 0));
    }
}
