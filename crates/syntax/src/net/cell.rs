//! The arithmetic of a recurrent layer: smooth functions made of plain sums, products and one quotient, so that
//! every machine gives the same bits.

/// Hyperbolic tangent, to about 1e-4, as a quotient of polynomials.
#[inline(always)]
pub fn tanh(x: f32) -> f32 {
    let (p, q) = tanh_parts(x);
    p / q
}

/// The two polynomials of [`tanh`]: divisions are slow, and quotients that are multiplied need one division only.
#[inline(always)]
pub fn tanh_parts(x: f32) -> (f32, f32) {
    let x = x.clamp(-4.9, 4.9);
    let s = x * x;
    let p = x * (135135.0 + s * (17325.0 + s * (378.0 + s)));
    let q = 135135.0 + s * (62370.0 + s * (3150.0 + s * 28.0));
    (p, q)
}

/// Logistic function.
#[inline(always)]
pub fn sigmoid(x: f32) -> f32 {
    let (p, q) = half_tanh(x);
    0.5 + 0.5 * (p / q)
}

/// The two polynomials `p` and `q` of the logistic function, which is `(q + p) / 2q`.
#[inline(always)]
pub fn half_tanh(x: f32) -> (f32, f32) {
    tanh_parts(0.5 * x)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn close_to_the_exact_functions() {
        for i in -100..=100 {
            let x = i as f32 / 10.0;
            assert!((tanh(x) - x.tanh()).abs() < 3e-4, "{x}");
            assert!((sigmoid(x) - 1.0 / (1.0 + (-x).exp())).abs() < 2e-4 + 1e-4 * x.abs());
        }
    }
}
