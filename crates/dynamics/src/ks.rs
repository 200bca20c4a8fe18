//! The Kolmogorov–Smirnov test that numbers are uniform, and the Benjamini–Hochberg rule for many tests.

/// Outcome of a Kolmogorov–Smirnov test.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ks {
    /// The largest distance between the shares and the straight line.
    pub distance: f64,
    /// The probability of such a distance, or a larger one, if they are uniform; not a number without values.
    pub p: f64,
    /// How many values there are.
    pub n: usize,
}

/// Tests that values in [0, 1] are uniform.
///
/// # Source
///
/// The asymptotic series with the correction for small n of Stephens (1970), *JRSS B* 32.
pub fn kolmogorov_smirnov(mut values: Vec<f64>) -> Ks {
    values.sort_by(f64::total_cmp);
    let n = values.len();
    let size = n as f64;
    let gaps = values.iter().enumerate().map(|(i, v)| (v - i as f64 / size).max((i + 1) as f64 / size - v));
    let distance = gaps.fold(0.0, f64::max);
    if n == 0 {
        return Ks { distance, p: f64::NAN, n };
    }
    let x = distance * (size.sqrt() + 0.12 + 0.11 / size.sqrt());
    // Under 0.3 the series alternates for ever, and p is 1 to five digits.
    let p = if x < 0.3 {
        1.0
    } else {
        let term = |k: f64| (if k % 2.0 == 1.0 { 2.0 } else { -2.0 }) * (-2.0 * k * k * x * x).exp();
        (1..=100).map(|k| term(f64::from(k))).sum::<f64>().clamp(0.0, 1.0)
    };
    Ks { distance, p, n }
}

/// Which of many tests stay below the false discovery rate `q`: one flag for each p-value; not a number never does.
///
/// # Example
///
/// ```
/// let kept = counterclaim_dynamics::benjamini_hochberg(&[0.01, 0.04, 0.03, 0.9], 0.06);
/// assert_eq!(kept, [true, true, true, false]);
/// ```
///
/// # Source
///
/// Benjamini & Hochberg (1995), *JRSS B* 57.
pub fn benjamini_hochberg(p: &[f64], q: f64) -> Vec<bool> {
    let mut order: Vec<usize> = (0..p.len()).filter(|i| !p[*i].is_nan()).collect();
    order.sort_by(|a, b| p[*a].total_cmp(&p[*b]));
    let n = order.len() as f64;
    let kept = order.iter().enumerate().rposition(|(rank, i)| p[*i] <= q * (rank + 1) as f64 / n).map_or(0, |r| r + 1);
    let mut out = vec![false; p.len()];
    order[..kept].iter().for_each(|i| out[*i] = true);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn even_values_pass_and_heaped_ones_fail() {
        let even: Vec<f64> = (0..200).map(|i| (f64::from(i) + 0.5) / 200.0).collect();
        assert!(kolmogorov_smirnov(even.clone()).p > 0.99);
        let heaped: Vec<f64> = even.iter().map(|v| v * v).collect();
        assert!(kolmogorov_smirnov(heaped).p < 1e-6);
        assert!(kolmogorov_smirnov(vec![]).p.is_nan());
        // D = 0.134, n = 100: the usual table has 5 %.
        let x: f64 = 1.3403 / (10.0 + 0.12 + 0.011);
        let shifted: Vec<f64> = (0..100).map(|i| (f64::from(i) / 100.0 + x).min(1.0)).collect();
        let test = kolmogorov_smirnov(shifted);
        assert!((test.distance - x).abs() < 1e-9 && (test.p - 0.055).abs() < 0.006, "{test:?}");
    }

    #[test]
    fn discoveries_need_no_order_and_leave_out_what_is_no_number() {
        assert_eq!(benjamini_hochberg(&[0.9, 0.001, f64::NAN], 0.05), [false, true, false]);
        assert_eq!(benjamini_hochberg(&[], 0.05), Vec::<bool>::new());
        assert_eq!(benjamini_hochberg(&[0.2, 0.3], 0.05), [false, false]);
    }
}
