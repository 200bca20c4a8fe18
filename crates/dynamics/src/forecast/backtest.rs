//! The backtest: every model forecasts from every origin with what was known then, and is scored on what came.

use super::features::{FEATURES, features};
use super::hurdle::Hurdle;
use super::predictive::{Predictive, Scores, negative_binomial, own_year, persistence};
use crate::Fault;

/// Months between two fits of the regression.
const REFIT: usize = 12;

/// The models, in the order of the table.
pub const MODELS: [&str; 4] = ["persistence", "own last 12 months", "negative binomial, 6 months", "pool"];

/// Mean scores of every model at one horizon.
#[derive(Clone, Debug, PartialEq)]
pub struct Horizon {
    /// Months ahead.
    pub ahead: usize,
    /// Forecasts scored of each model.
    pub forecasts: usize,
    /// Scores in the order of [`MODELS`].
    pub scores: [Scores; 4],
}

/// One unit's forecast.
#[derive(Clone, Debug, PartialEq)]
pub struct Forecast {
    /// Months ahead.
    pub ahead: usize,
    /// The distribution.
    pub predictive: Predictive,
    /// Whether the regression is part of it, or the unit's own year stands alone.
    pub pooled: bool,
}

/// Scores every model at every horizon, from origin month `first` (an index) on; the last origin is the one whose farthest
/// horizon is still known. The regression is fitted anew every twelve months, to what had come by then.
///
/// `series[u][t]` is the count of unit u in month t; all have the same length. `draws` is the number of draws that the binned
/// log score takes a forecast for: 1,000 in the VIEWS competition.
///
/// # Errors
///
/// If series differ in length, or there is no origin.
///
/// # Source
///
/// Rolling origins: Tashman (2000), *Int. J. Forecasting* 16.
pub fn backtest(series: &[Vec<f64>], first: usize, horizons: &[usize], draws: f64) -> Result<Vec<Horizon>, Fault> {
    let months = check(series)?;
    let farthest = horizons.iter().copied().max().unwrap_or(0);
    if farthest == 0 || first + farthest >= months || first == 0 {
        return Err(Fault::TooFew {
            what: "the number of months after the first origin".into(),
            found: months.saturating_sub(first + 1),
            needed: farthest.max(1),
        });
    }
    let known: Vec<Vec<[f64; FEATURES]>> = series.iter().map(|y| features(y)).collect();
    let origins = first..months - farthest;
    let mut out = vec![];
    for h in horizons {
        let mut sums = [Scores::default(); 4];
        let mut n = 0;
        let mut rows: Vec<([f64; FEATURES], f64)> = vec![];
        let mut filled = 0;
        let mut hurdle: Option<Hurdle> = None;
        for origin in origins.clone() {
            if (origin - first).is_multiple_of(REFIT) {
                extend(&mut rows, series, &known, *h, filled, origin);
                filled = origin;
                hurdle = Hurdle::fit(&rows, hurdle.as_ref());
            }
            for (y, x) in series.iter().zip(&known) {
                let (past, came) = (&y[..=origin], y[origin + h]);
                let simple = [persistence(past), own_year(past), negative_binomial(past)];
                let [Some(a), Some(b), Some(c)] = simple else { continue };
                if !came.is_finite() {
                    continue;
                }
                let regressed = hurdle.as_ref().and_then(|m| m.predict(&x[origin]));
                let pool = regressed.map_or_else(|| b.clone(), |r| r.pool(&b));
                for (sum, forecast) in sums.iter_mut().zip([a, b, c, pool]) {
                    let s = forecast.scores(came, draws);
                    sum.crps += s.crps;
                    sum.ign += s.ign;
                    sum.mis += s.mis;
                }
                n += 1;
            }
        }
        let count = f64::max(n as f64, 1.0);
        let mean = |s: Scores| Scores { crps: s.crps / count, ign: s.ign / count, mis: s.mis / count };
        out.push(Horizon { ahead: *h, forecasts: n, scores: sums.map(mean) });
    }
    Ok(out)
}

/// The pooled forecast of every unit at every horizon from the last month on: half the unit's own last twelve months, half a
/// hurdle regression fitted to all units. With too little for a regression, the unit's own year alone.
///
/// # Errors
///
/// If series differ in length or are empty.
///
/// # Source
///
/// Linear pool: Stone (1961), *Ann. Math. Statist.* 32; hurdle: Cragg (1971), *Econometrica* 39.
pub fn forecast(series: &[Vec<f64>], horizons: &[usize]) -> Result<Vec<Vec<Forecast>>, Fault> {
    let months = check(series)?;
    let known: Vec<Vec<[f64; FEATURES]>> = series.iter().map(|y| features(y)).collect();
    let mut out: Vec<Vec<Forecast>> = vec![vec![]; series.len()];
    for h in horizons {
        let mut rows = vec![];
        extend(&mut rows, series, &known, *h, 0, months - 1);
        let hurdle = Hurdle::fit(&rows, None);
        for ((y, x), out) in series.iter().zip(&known).zip(&mut out) {
            let Some(own) = own_year(y) else { continue };
            let regressed = hurdle.as_ref().and_then(|m| m.predict(&x[months - 1]));
            let pooled = regressed.is_some();
            out.push(Forecast {
                ahead: *h,
                predictive: regressed.map_or_else(|| own.clone(), |r| r.pool(&own)),
                pooled,
            });
        }
    }
    Ok(out)
}

/// Adds the rows whose outcomes came after month `from` and by month `upto`.
fn extend(
    rows: &mut Vec<([f64; FEATURES], f64)>,
    series: &[Vec<f64>],
    known: &[Vec<[f64; FEATURES]>],
    h: usize,
    from: usize,
    upto: usize,
) {
    for t in (from + 1).max(h)..=upto {
        rows.extend(series.iter().zip(known).filter(|(y, _)| y[t].is_finite()).map(|(y, x)| (x[t - h], y[t])));
    }
}

fn check(series: &[Vec<f64>]) -> Result<usize, Fault> {
    let months = series.first().map_or(0, Vec::len);
    if months == 0 || series.iter().any(|y| y.len() != months) {
        return Err(Fault::input("all units must have the same months, at least one"));
    }
    if series.iter().flatten().any(|y| *y < 0.0 || y.is_infinite()) {
        return Err(Fault::input("counts must be finite and not negative"));
    }
    Ok(months)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{DRAWS, Dice, NegBin, Sampler};

    fn drawn(units: usize, months: usize) -> Vec<Vec<f64>> {
        let unit = |u: usize| {
            let mut dice = Dice::new(4, u as u64);
            let sampler = Sampler::new(&NegBin::new(0.3 * (1 + u % 9) as f64, 0.7));
            (0..months).map(|_| sampler.at(dice.uniform()) as f64).collect()
        };
        (0..units).map(unit).collect()
    }

    #[test]
    fn the_pool_beats_persistence_where_nothing_persists() {
        let table = backtest(&drawn(20, 150), 100, &[1, 6], DRAWS).unwrap();
        assert_eq!(table.len(), 2);
        for row in table {
            assert_eq!(row.forecasts, 20 * 44);
            let [persistence, own, _, pool] = row.scores;
            assert!(pool.crps < persistence.crps && pool.ign < persistence.ign, "{persistence:?} {pool:?}");
            assert!(pool.crps < own.crps * 1.02, "{own:?} {pool:?}");
        }
    }

    /// What comes after an origin must not be able to change the forecast from it.
    #[test]
    fn nothing_is_known_in_advance() {
        let series = drawn(10, 120);
        let early: Vec<Vec<f64>> = series.iter().map(|y| y[..108].to_vec()).collect();
        let mut changed = series.clone();
        changed.iter_mut().for_each(|y| y[108..].fill(500.0));
        let short = backtest(&early, 96, &[1], DRAWS).unwrap();
        let both = [backtest(&series, 96, &[1], DRAWS).unwrap(), backtest(&changed, 96, &[1], DRAWS).unwrap()];
        // The first eleven origins score the same whatever the last year was.
        assert_eq!(short[0].forecasts, 110);
        let part = |all: &[Vec<f64>]| {
            let cut: Vec<Vec<f64>> = all.iter().map(|y| y[..108].to_vec()).collect();
            backtest(&cut, 96, &[1], DRAWS).unwrap()
        };
        assert_eq!(part(&series), part(&changed));
        assert_ne!(both[0], both[1]);
    }

    #[test]
    fn odd_input_is_a_fault() {
        assert!(backtest(&[], 1, &[1], DRAWS).is_err());
        assert!(backtest(&[vec![1.0; 5]], 5, &[1], DRAWS).is_err());
        assert!(backtest(&[vec![1.0; 5]], 2, &[], DRAWS).is_err());
        assert!(backtest(&[vec![-1.0; 5]], 2, &[1], DRAWS).is_err());
        assert!(forecast(&[vec![1.0], vec![]], &[1]).is_err());
        let alone = forecast(&[vec![0.0; 20]], &[1, 3]).unwrap();
        assert!(!alone[0][0].pooled && alone[0][1].predictive.mean() == 0.0);
    }
}
