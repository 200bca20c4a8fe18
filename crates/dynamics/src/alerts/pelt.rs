//! Change points in retrospect: the division of a series into stretches of constant level at the least cost.

/// Where stretches begin, the first at 0. `penalty` is what one more stretch must save, on the scale of twice the
/// log-likelihood; no stretch is shorter than `least`. The cost of a stretch with sum S over n periods is −2·S·ln(S/n).
///
/// # Example
///
/// ```
/// use counterclaim_dynamics::change_points;
/// let counts = [2.0, 3.0, 2.0, 3.0, 20.0, 22.0, 19.0, 21.0];
/// assert_eq!(change_points(&counts, 20.0, 3), [0, 4]);
/// ```
///
/// # Source
///
/// PELT: Killick, Fearnhead & Eckley (2012), *JASA* 107. The search is exact: the pruning drops only starts that cannot win.
pub fn change_points(counts: &[f64], penalty: f64, least: usize) -> Vec<usize> {
    let (n, least) = (counts.len(), least.max(1));
    let mut sums = vec![0.0];
    for y in counts {
        sums.push(sums[sums.len() - 1] + y);
    }
    let cost = |from: usize, to: usize| {
        let s: f64 = sums[to] - sums[from];
        if s > 0.0 { -2.0 * s * (s / (to - from) as f64).ln() } else { 0.0 }
    };
    if n < 2 * least {
        return vec![0];
    }
    let mut best = vec![f64::INFINITY; n + 1];
    let mut from = vec![0; n + 1];
    best[0] = -penalty;
    let mut starts = vec![0];
    for to in least..=n {
        if to >= 2 * least {
            starts.push(to - least);
        }
        let costs: Vec<f64> = starts.iter().map(|s| best[*s] + cost(*s, to)).collect();
        let (mut at, mut low) = (0, f64::INFINITY);
        for (s, c) in starts.iter().zip(&costs) {
            if c + penalty < low {
                (at, low) = (*s, c + penalty);
            }
        }
        (from[to], best[to]) = (at, low);
        // A start whose cost so far is above the best by more than the penalty stays above it.
        let mut kept = costs.iter().map(|c| *c <= low);
        starts.retain(|_| kept.next().unwrap_or(true));
    }
    let mut out = vec![];
    let mut at = n;
    while at > 0 {
        at = from[at];
        out.push(at);
    }
    out.reverse();
    out
}

/// The penalty φ̂·3·ln n, where φ̂ is how much more the counts vary from one period to the next than Poisson counts do; at
/// least 1. Differences of neighbours see little of the changes of level that are looked for.
///
/// # Source
///
/// 3·ln n: Zhang & Siegmund (2007), *Biometrics* 63, for each change; φ̂ from differences of neighbours: von Neumann
/// (1941), *Ann. Math. Statist.* 12; its use as a scale: McCullagh & Nelder (1989), *Generalized Linear Models*.
pub fn penalty(counts: &[f64]) -> f64 {
    let pairs = counts.windows(2).filter(|w| w[0] + w[1] > 0.0);
    let ratios: Vec<f64> = pairs.map(|w| (w[1] - w[0]).powi(2) / (w[0] + w[1])).collect();
    crate::special::mean(&ratios).max(1.0) * 3.0 * (counts.len().max(2) as f64).ln()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Dice;

    /// By trying every division.
    fn by_force(counts: &[f64], penalty: f64, least: usize) -> Vec<usize> {
        let cost = |from: usize, to: usize| {
            let s: f64 = counts[from..to].iter().sum();
            if s > 0.0 { -2.0 * s * (s / (to - from) as f64).ln() } else { 0.0 }
        };
        let n = counts.len();
        let mut best: (f64, Vec<usize>) = (f64::INFINITY, vec![]);
        for mask in 0..1_u32 << (n - 1) {
            let mut starts = vec![0];
            starts.extend((1..n).filter(|t| mask & (1 << (t - 1)) != 0));
            let ends: Vec<usize> = starts[1..].iter().copied().chain([n]).collect();
            if starts.iter().zip(&ends).any(|(s, e)| e - s < least) {
                continue;
            }
            let value: f64 = starts.iter().zip(&ends).map(|(s, e)| cost(*s, *e) + penalty).sum();
            if value < best.0 {
                best = (value, starts);
            }
        }
        best.1
    }

    #[test]
    fn the_search_is_exact() {
        let mut dice = Dice::new(1, 0);
        for _ in 0..30 {
            let counts: Vec<f64> = (0..12).map(|t| dice.poisson(if t < 6 { 4.0 } else { 9.0 }) as f64).collect();
            for (penalty, least) in [(1.0, 1), (4.0, 2), (8.0, 3)] {
                assert_eq!(change_points(&counts, penalty, least), by_force(&counts, penalty, least), "{counts:?}");
            }
        }
    }

    #[test]
    fn short_and_empty_series_have_one_stretch() {
        assert_eq!(change_points(&[], 1.0, 3), [0]);
        assert_eq!(change_points(&[1.0, 90.0], 1.0, 3), [0]);
        assert_eq!(change_points(&[0.0; 9], 1.0, 3), [0]);
        assert!(penalty(&[]) > 0.0);
    }
}
