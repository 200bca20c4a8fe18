//! The hurdle regression: whether there is violence at all, and if so how much.

use super::features::FEATURES;
use super::predictive::Predictive;
use nalgebra::{SMatrix, SVector};

type Square = SMatrix<f64, FEATURES, FEATURES>;
type Row = SVector<f64, FEATURES>;

/// Groups of fitted level at most, each with residuals of its own; a group has a hundred outcomes or more, if there are as many.
const GROUPS: usize = 20;
const GROUP: usize = 100;
/// Residual quantiles of each group.
const QUANTILES: usize = 100;
/// A little pull to 0, so that features without variation do no harm.
const RIDGE: f64 = 1e-3;

/// A fitted hurdle regression: a logistic regression for y > 0, and least squares for ln y given y > 0, with quantiles
/// of the residuals by fitted level.
///
/// # Source
///
/// Cragg (1971), *Econometrica* 39; residual quantiles instead of a law for the errors: Duan (1983), *JASA* 78.
#[derive(Clone, Debug)]
pub struct Hurdle {
    any: Row,
    size: Row,
    /// Upper ends of the groups of fitted level.
    edges: Vec<f64>,
    /// exp(residual quantiles) of each group.
    factors: Vec<Vec<f64>>,
}

impl Hurdle {
    /// Fits to rows of features and what came `h` months later. `start` is an earlier fit to begin from. None if nothing
    /// varies: all or none of the outcomes are 0, or fewer than fifty are above.
    ///
    /// # Source
    ///
    /// Cragg (1971); residual quantiles by level in place of Duan's (1983) single smearing factor.
    pub fn fit(rows: &[([f64; FEATURES], f64)], start: Option<&Hurdle>) -> Option<Hurdle> {
        let positive = rows.iter().filter(|(_, y)| *y > 0.0).count();
        if positive < 50 || positive == rows.len() {
            return None;
        }
        let any = logistic(rows, start.map(|s| s.any))?;
        let (mut xx, mut xy) = (Square::identity() * RIDGE, Row::zeros());
        for (x, y) in rows.iter().filter(|(_, y)| *y > 0.0) {
            rank_one(&mut xx, x, 1.0);
            xy += Row::from(*x) * y.ln();
        }
        mirror(&mut xx);
        let size = xx.cholesky()?.solve(&xy);
        let mut fitted: Vec<(f64, f64)> = rows
            .iter()
            .filter(|(_, y)| *y > 0.0)
            .map(|(x, y)| {
                let at = dot(&size, x);
                (at, y.ln() - at)
            })
            .collect();
        fitted.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut edges = vec![];
        let mut factors = vec![];
        let groups = (positive / GROUP).clamp(1, GROUPS);
        for g in 0..groups {
            let group = &fitted[g * positive / groups..(g + 1) * positive / groups];
            let mut residuals: Vec<f64> = group.iter().map(|(_, r)| *r).collect();
            residuals.sort_by(f64::total_cmp);
            let at = |q: usize| crate::special::quantile(&residuals, (q as f64 + 0.5) / QUANTILES as f64).exp();
            factors.push((0..QUANTILES).map(at).collect());
            edges.push(group.last().map_or(f64::INFINITY, |(f, _)| *f));
        }
        Some(Hurdle { any, size, edges, factors })
    }

    /// The probability that there is any violence.
    ///
    /// # Source
    ///
    /// The logistic law: Cox (1958), *JRSS B* 20.
    pub fn probability(&self, x: &[f64; FEATURES]) -> f64 {
        1.0 / (1.0 + (-dot(&self.any, x)).exp())
    }

    /// The whole forecast: 0, or the fitted level times each residual factor, in whole counts of 1 and more.
    ///
    /// # Source
    ///
    /// Duan (1983), *JASA* 78, with quantiles in place of the mean.
    pub fn predict(&self, x: &[f64; FEATURES]) -> Option<Predictive> {
        let p = self.probability(x);
        let at = dot(&self.size, x);
        let group = self.edges.iter().position(|e| at <= *e).unwrap_or(self.edges.len() - 1);
        let level = at.clamp(-20.0, 20.0).exp();
        let weight = p / QUANTILES as f64;
        let mut atoms = vec![(0.0, 1.0 - p)];
        atoms.extend(self.factors[group].iter().map(|f| ((f * level).round().max(1.0), weight)));
        Predictive::new(atoms)
    }
}

/// Newton's method on the penalised likelihood (Le Cessie & van Houwelingen 1992).
fn logistic(rows: &[([f64; FEATURES], f64)], start: Option<Row>) -> Option<Row> {
    let mut b = start.unwrap_or_else(Row::zeros);
    for _ in 0..25 {
        let (mut h, mut g) = (Square::identity() * RIDGE, -b * RIDGE);
        for (x, y) in rows {
            let p = 1.0 / (1.0 + (-dot(&b, x)).exp());
            let miss = f64::from(u8::from(*y > 0.0)) - p;
            for (g, x) in g.iter_mut().zip(x) {
                *g += x * miss;
            }
            rank_one(&mut h, x, p * (1.0 - p));
        }
        mirror(&mut h);
        let step = h.cholesky()?.solve(&g);
        // Long steps are cut: far out the likelihood is flat.
        let length = step.norm();
        b += if length > 5.0 { step * (5.0 / length) } else { step };
        if g.dot(&step) < 1e-6 {
            break;
        }
    }
    b.iter().all(|x| x.is_finite()).then_some(b)
}

/// Adds w·x xᵀ to the lower half.
fn rank_one(m: &mut Square, x: &[f64; FEATURES], w: f64) {
    for c in 0..FEATURES {
        let s = x[c] * w;
        for r in c..FEATURES {
            m[(r, c)] += s * x[r];
        }
    }
}

fn mirror(m: &mut Square) {
    m.fill_upper_triangle_with_lower_triangle();
}

fn dot(b: &Row, x: &[f64; FEATURES]) -> f64 {
    b.iter().zip(x).map(|(b, x)| b * x).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Dice;

    #[test]
    fn what_was_put_in_comes_out() {
        let mut dice = Dice::new(3, 0);
        let rows: Vec<([f64; FEATURES], f64)> = (0..4000)
            .map(|_| {
                let mut x = [0.0; FEATURES];
                x[0] = 1.0;
                x[1] = 4.0 * dice.uniform();
                let any = dice.uniform() < 1.0 / (1.0 + (2.0 - 1.5 * x[1]).exp());
                let y = if any { (1.0 + 0.8 * x[1] + (dice.uniform() - 0.5)).exp() } else { 0.0 };
                (x, y)
            })
            .collect();
        let hurdle = Hurdle::fit(&rows, None).unwrap();
        let mut x = [0.0; FEATURES];
        (x[0], x[1]) = (1.0, 2.0);
        assert!((hurdle.probability(&x) - 0.731).abs() < 0.04, "{}", hurdle.probability(&x));
        let forecast = hurdle.predict(&x).unwrap();
        let high = forecast.quantile(0.98);
        assert!((10.0..=23.0).contains(&high), "{high}");
        assert!((forecast.at_least(1.0) - hurdle.probability(&x)).abs() < 1e-12);
    }

    #[test]
    fn what_never_varies_is_not_fitted() {
        assert!(Hurdle::fit(&[([1.0; FEATURES], 0.0); 200], None).is_none());
        assert!(Hurdle::fit(&[([1.0; FEATURES], 2.0); 200], None).is_none());
        assert!(Hurdle::fit(&[], None).is_none());
    }
}
