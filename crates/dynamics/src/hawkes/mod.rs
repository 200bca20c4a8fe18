//! Mutually exciting events in continuous time: the model, and what follows from its branching matrix.

pub(crate) mod fit;
pub(crate) mod rescale;
pub(crate) mod simulate;
mod traces;

use nalgebra::DMatrix;

/// A multivariate Hawkes process with exponential kernels that share one decay:
/// λᵢ(t) = μᵢ + Σⱼ αᵢⱼ β Rⱼ(t), Rⱼ(t) = Σ exp(−β(t − t′)) over events t′ < t of j.
///
/// αᵢⱼ is the expected number of events of i that one event of j excites directly under the model. Time is in days,
/// μ in events a day, β in 1/day; a half-life h in days is β = ln 2 / h.
///
/// # Source
///
/// Hawkes (1971), *Biometrika* 58; the recursion for R: Ogata (1981), *IEEE Trans. Inf. Theory* 27.
#[derive(Clone, Debug, PartialEq)]
pub struct Hawkes {
    /// μ, one for each series.
    pub baseline: Vec<f64>,
    /// α: `branching[i][j]` is the effect on i of j.
    pub branching: Vec<Vec<f64>>,
    /// β.
    pub decay: f64,
}

/// The largest absolute eigenvalue of a branching matrix: under 1, excitement dies out. Not a number unless square.
///
/// # Example
///
/// ```
/// let radius = counterclaim_dynamics::spectral_radius(&[vec![0.3, 0.2], vec![0.1, 0.4]]);
/// assert!((radius - 0.5).abs() < 1e-12);
/// ```
///
/// # Source
///
/// The condition of stationarity: Hawkes & Oakes (1974), *J. Appl. Probab.* 11; eigenvalues from the Schur form: Golub &
/// Van Loan (2013), *Matrix Computations*, §7.5.
pub fn spectral_radius(branching: &[Vec<f64>]) -> f64 {
    let Some(matrix) = matrix(branching) else { return f64::NAN };
    // The largest absolute value of a matrix without negative entries is an eigenvalue (Perron), so the complex
    // eigenvalues of the Schur form lose nothing.
    match nalgebra::linalg::Schur::try_new(matrix, 1e-14, 10_000) {
        Some(schur) => schur.complex_eigenvalues().iter().map(|v| v.norm()).fold(0.0, f64::max),
        None => f64::NAN,
    }
}

/// K(H) = α(I−α)⁻¹(I − exp(−β(I−α)H)): expected events of i within H days after one event of j, whole cascades
/// counted, under the fitted association. None if the matrix is not square, not finite, or 1 is an eigenvalue.
///
/// # Example
///
/// ```
/// let k = counterclaim_dynamics::cascade(&[vec![0.3, 0.2], vec![0.5, 0.1]], 0.1, 30.0).unwrap();
/// assert!((k[1][0] - 0.730497).abs() < 1e-6);
/// ```
///
/// # Source
///
/// The derivative of the mean obeys m′ = −β(I−α)m (Dassios & Zhao 2011); integrated from 0 to H with m(0) = βα.
pub fn cascade(branching: &[Vec<f64>], decay: f64, days: f64) -> Option<Vec<Vec<f64>>> {
    let alpha = matrix(branching)?;
    let n = alpha.nrows();
    let rest = DMatrix::identity(n, n) - &alpha;
    let exponent = (&rest * (-decay * days)).exp();
    let k = &alpha * rest.try_inverse()? * (DMatrix::identity(n, n) - exponent);
    k.iter().all(|x| x.is_finite()).then(|| (0..n).map(|i| k.row(i).iter().copied().collect()).collect())
}

fn matrix(rows: &[Vec<f64>]) -> Option<DMatrix<f64>> {
    let n = rows.len();
    let sound = n > 0 && rows.iter().all(|r| r.len() == n && r.iter().all(|x| x.is_finite()));
    sound.then(|| DMatrix::from_fn(n, n, |i, j| rows[i][j]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cascade_is_the_published_one() {
        let k = cascade(&[vec![0.3, 0.2], vec![0.5, 0.1]], 0.1, 30.0).unwrap();
        let wanted = [[0.518214, 0.292199], [0.730497, 0.226016]];
        for i in 0..2 {
            for j in 0..2 {
                assert!((k[i][j] - wanted[i][j]).abs() < 5e-7, "{k:?}");
            }
        }
    }

    #[test]
    fn odd_matrices_are_no_panic() {
        assert!(spectral_radius(&[]).is_nan());
        assert!(spectral_radius(&[vec![1.0, 2.0]]).is_nan());
        assert!(cascade(&[vec![f64::NAN]], 1.0, 1.0).is_none());
        assert!(cascade(&[vec![1.0]], 1.0, 1.0).is_none());
        assert!((spectral_radius(&[vec![0.0, 4.0], vec![1.0, 0.0]]) - 2.0).abs() < 1e-12);
    }
}
