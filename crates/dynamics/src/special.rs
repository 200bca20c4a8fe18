//! Functions of mathematics that several methods share: the normal and beta distributions, made safe for any input.

use statrs::function::{beta, erf, gamma};

/// ln Γ(x) for x > 0; positive infinity at and below 0. Large x by Stirling's series, to 1e-13 of its value and at a fraction of the
/// time (Abramowitz & Stegun 1964, 6.1.41).
pub fn ln_gamma(x: f64) -> f64 {
    if x > 20.0 {
        let r = 1.0 / x;
        let series = r * (1.0 / 12.0 - r * r * (1.0 / 360.0 - r * r * (1.0 / 1260.0 - r * r / 1680.0)));
        return (x - 0.5) * x.ln() - x + 0.5 * std::f64::consts::TAU.ln() + series;
    }
    if x > 0.0 { gamma::ln_gamma(x) } else { f64::INFINITY }
}

/// Φ(z), the standard normal distribution function. Not a number stays so.
///
/// ```
/// assert!((counterclaim_dynamics::normal_cdf(1.959964) - 0.975).abs() < 1e-6);
/// ```
///
/// # Source
///
/// Abramowitz & Stegun (1964), 26.2.29, by the error function of the crate `statrs`.
pub fn normal_cdf(z: f64) -> f64 {
    0.5 * erf::erfc(-z / std::f64::consts::SQRT_2)
}

/// The standard normal quantile of p in (0, 1); infinite at and beyond the ends.
///
/// ```
/// assert!((counterclaim_dynamics::normal_quantile(0.975) - 1.959964).abs() < 1e-6);
/// ```
///
/// # Source
///
/// The inverse of [`normal_cdf`], by the inverse error function of the crate `statrs`.
pub fn normal_quantile(p: f64) -> f64 {
    if p <= 0.0 {
        f64::NEG_INFINITY
    } else if p >= 1.0 {
        f64::INFINITY
    } else {
        -std::f64::consts::SQRT_2 * erf::erfc_inv(2.0 * p)
    }
}

/// I_x(a, b), the distribution function of Beta(a, b), with x held inside [0, 1]; not a number unless a, b > 0.
///
/// # Source
///
/// Abramowitz & Stegun (1964), 26.5.1, by the continued fraction of the crate `statrs`.
pub fn beta_cdf(a: f64, b: f64, x: f64) -> f64 {
    if !(a > 0.0 && b > 0.0 && x.is_finite()) {
        return f64::NAN;
    }
    match x {
        x if x <= 0.0 => 0.0,
        x if x >= 1.0 => 1.0,
        x => beta::checked_beta_reg(a, b, x).unwrap_or(f64::NAN),
    }
}

/// The quantile of Beta(a, b): 60 halvings of [0, 1], which no shape of the density can mislead.
///
/// # Source
///
/// Bisection: Press et al. (2007), *Numerical Recipes*, §9.1.
pub fn beta_quantile(a: f64, b: f64, p: f64) -> f64 {
    if !(a > 0.0 && b > 0.0) || p.is_nan() {
        return f64::NAN;
    }
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if beta_cdf(a, b, middle) < p {
            low = middle;
        } else {
            high = middle;
        }
    }
    0.5 * (low + high)
}

/// P(X > x) for X ~ χ² with one degree of freedom.
///
/// # Source
///
/// P(χ²₁ > x) = erfc(√(x/2)): Abramowitz & Stegun (1964), 26.4.
pub fn chi_square_1_tail(x: f64) -> f64 {
    if x <= 0.0 { 1.0 } else { erf::erfc((0.5 * x).sqrt()) }
}

/// The mean; 0 of nothing.
pub fn mean(values: &[f64]) -> f64 {
    if values.is_empty() { 0.0 } else { values.iter().sum::<f64>() / values.len() as f64 }
}

/// The quantile of sorted values by linear interpolation (type 7 of Hyndman & Fan 1996); not a number of nothing.
pub fn quantile(sorted: &[f64], p: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else { return f64::NAN };
    let at = p.clamp(0.0, 1.0) * last as f64;
    let low = at.floor() as usize;
    let high = (low + 1).min(last);
    sorted[low] + (at - low as f64) * (sorted[high] - sorted[low])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_undo_distribution_functions() {
        for p in [1e-6, 0.02, 0.5, 0.97, 1.0 - 1e-6] {
            assert!((normal_cdf(normal_quantile(p)) - p).abs() < 1e-9);
            assert!((beta_cdf(0.5, 7.5, beta_quantile(0.5, 7.5, p)) - p).abs() < 1e-9);
        }
        assert!((chi_square_1_tail(3.841458820694124) - 0.05).abs() < 1e-9);
    }

    #[test]
    fn the_series_of_stirling_joins_without_a_step() {
        for x in [20.000001, 25.0, 60.5, 1e3, 1e6] {
            assert!((ln_gamma(x) / gamma::ln_gamma(x) - 1.0).abs() < 1e-13, "{x}");
        }
    }

    #[test]
    fn odd_input_is_no_panic() {
        assert!(beta_cdf(0.0, 1.0, 0.5).is_nan() && beta_quantile(-1.0, 1.0, 0.5).is_nan());
        assert!(quantile(&[], 0.5).is_nan());
        assert_eq!(quantile(&[1.0, 2.0, 4.0], 0.75), 3.0);
        assert_eq!(normal_quantile(0.0), f64::NEG_INFINITY);
    }
}
