//! Proper scores of forecasts, written once: CRPS, interval score, and the binned log score of the VIEWS competition.

/// CRPS of equally likely members: (1/n)∑|xᵢ−y| − (1/2n²)∑∑|xᵢ−xⱼ|. In the unit of y; lower is better. Not a number
/// without members.
///
/// # Example
///
/// ```
/// let score = counterclaim_dynamics::crps_ensemble(&[0.0, 1.0, 2.0, 2.0, 5.0, 9.0], 3.0);
/// assert!((score - 0.9166667).abs() < 1e-7);
/// ```
///
/// # Source
///
/// Gneiting & Raftery (2007), eq. 21; the double sum by sorting as in Jordan, Krüger & Lerch (2019), *JSS* 90(12).
pub fn crps_ensemble(members: &[f64], y: f64) -> f64 {
    let mut sorted = members.to_vec();
    sorted.sort_by(f64::total_cmp);
    let atoms: Vec<(f64, f64)> = sorted.into_iter().map(|x| (x, 1.0)).collect();
    crps_weighted(&atoms, y)
}

/// CRPS of a discrete forecast given as (value, weight), sorted by value; weights need not sum to 1.
///
/// One pass: with F the weight up to a value, the score is ∫(F(x) − 1{x ≥ y})² dx.
///
/// # Source
///
/// Gneiting & Raftery (2007), *JASA* 102, eq. 20.
pub fn crps_weighted(sorted: &[(f64, f64)], y: f64) -> f64 {
    let total: f64 = sorted.iter().map(|(_, w)| w).sum();
    let (Some(first), true) = (sorted.first(), total > 0.0) else { return f64::NAN };
    let mut score = (first.0 - y).max(0.0);
    let mut below = 0.0;
    for (at, (value, weight)) in sorted.iter().enumerate() {
        below += weight / total;
        let Some((next, _)) = sorted.get(at + 1) else { break };
        let left = (y.clamp(*value, *next) - value) * below * below;
        let right = (next - y.clamp(*value, *next)) * (1.0 - below) * (1.0 - below);
        score += left + right;
    }
    score + (y - sorted[sorted.len() - 1].0).max(0.0)
}

/// Interval score of the central interval [low, high] that leaves out a share `alpha`: its width, and 2/α times the
/// distance by which y misses it. In the unit of y; lower is better.
///
/// # Example
///
/// ```
/// assert_eq!(counterclaim_dynamics::interval_score(2.0, 9.0, 12.0, 0.1), 67.0);
/// ```
///
/// # Source
///
/// Gneiting & Raftery (2007), eq. 43; its mean is the MIS of Hegre et al. (2025), *The VIEWS prediction competition*.
pub fn interval_score(low: f64, high: f64, y: f64, alpha: f64) -> f64 {
    (high - low) + 2.0 / alpha * ((low - y).max(0.0) + (y - high).max(0.0))
}

/// Upper edges of the bins of [`ign`]; a last bin takes the rest.
pub const IGN_EDGES: [f64; 12] = [0.0, 0.5, 2.5, 5.5, 10.5, 25.5, 50.5, 100.5, 250.5, 500.5, 1000.5, f64::INFINITY];

/// The bin of a count: 0 for [0, 0.5), 1 for [0.5, 2.5), and so on to 10 for 1000.5 and more.
///
/// # Source
///
/// Hegre et al. (2025), *The 2023/24 VIEWS prediction challenge*.
pub fn ign_bin(y: f64) -> usize {
    IGN_EDGES[1..].iter().position(|edge| y < *edge).unwrap_or(IGN_EDGES.len() - 2)
}

/// Binned log score (IGN) in bits: −log₂ of the share of the bin of y, with one added to the count of each bin.
///
/// `shares` has the forecast's probability of each bin of [`ign_bin`], `draws` the number of draws that they stand for.
///
/// # Source
///
/// Hegre et al. (2025), *The 2023/24 VIEWS prediction challenge*: bins at 0, .5, 2.5, 5.5, 10.5, 25.5, 50.5, 100.5,
/// 250.5, 500.5, 1000.5.
pub fn ign(shares: &[f64; 11], draws: f64, y: f64) -> f64 {
    let count = draws * shares[ign_bin(y)] + 1.0;
    -(count / (draws + shares.len() as f64)).log2()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn by_definition(members: &[f64], y: f64) -> f64 {
        let n = members.len() as f64;
        let near: f64 = members.iter().map(|x| (x - y).abs()).sum();
        let apart: f64 = members.iter().flat_map(|a| members.iter().map(move |b| (a - b).abs())).sum();
        near / n - apart / (2.0 * n * n)
    }

    #[test]
    fn crps_agrees_with_its_definition() {
        let members = [0.0, 1.0, 2.0, 2.0, 5.0, 9.0];
        for y in [-3.0, 0.0, 1.5, 3.0, 9.0, 20.0] {
            assert!((crps_ensemble(&members, y) - by_definition(&members, y)).abs() < 1e-12, "{y}");
        }
        assert!((crps_ensemble(&members, 3.0) - 0.916_666_666_666_7).abs() < 1e-12);
        assert_eq!(crps_ensemble(&[4.0], 7.0), 3.0);
        assert!(crps_ensemble(&[], 1.0).is_nan());
    }

    #[test]
    fn intervals_are_punished_on_both_sides() {
        assert_eq!(interval_score(2.0, 9.0, 12.0, 0.1), 67.0);
        assert_eq!(interval_score(2.0, 9.0, 5.0, 0.1), 7.0);
        assert_eq!(interval_score(2.0, 9.0, 1.0, 0.1), 27.0);
    }

    #[test]
    fn bins_are_those_of_the_competition() {
        let bins: Vec<usize> =
            [0.0, 1.0, 2.0, 3.0, 10.0, 11.0, 26.0, 51.0, 101.0, 251.0, 501.0, 1001.0].map(ign_bin).into();
        assert_eq!(bins, [0, 1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
        let mut shares = [0.0; 11];
        shares[0] = 1.0;
        assert!((ign(&shares, 1000.0, 0.0) - (1011.0_f64 / 1001.0).log2()).abs() < 1e-12);
        assert!((ign(&shares, 1000.0, 5.0) - 1011.0_f64.log2()).abs() < 1e-12);
    }
}
