//! `counterclaim forecast`: what the months to come may bring, unit by unit, as a distribution.

use super::args::ForecastArgs;
use super::print::{self, name, number};
use super::units;
use anyhow::Result;
use counterclaim_dynamics::{forecast, sparkline};
use serde_json::json;
use std::fmt::Write;
use std::process::ExitCode;

/// Months of the past shown.
const SHOWN: usize = 36;

/// Quantiles in the JSON.
const QUANTILES: [f64; 5] = [0.05, 0.25, 0.5, 0.75, 0.95];

/// Computes and prints.
pub fn run(args: &ForecastArgs) -> Result<ExitCode> {
    let units = units::take(&args.data, &args.units)?;
    let ahead: Vec<usize> = args.ahead.iter().map(|h| usize::from(*h)).collect();
    let all = forecast(&units.plain(), &ahead)?;
    let last = units.months[units.months.len() - 1];
    let mut out = String::new();
    // Writing into a string cannot fail, so results of `writeln!` are dropped.
    let _ = writeln!(out, "Forecasts of {} a month, made after {}", units.what, print::month(last));
    let pooled = all.iter().flatten().all(|f| f.pooled);
    out.push_str(if pooled {
        "Half of each forecast is the unit's own last twelve months, half a hurdle regression over all units.\n"
    } else {
        "There is too little for a regression over all units: a forecast is the unit's own last twelve months.\n"
    });
    out.push_str("`counterclaim backtest` says how good such forecasts were.\n");
    let shown = units.names.iter().zip(&units.series).zip(&all).take(args.most);
    for ((unit, series), forecasts) in shown {
        let past: Vec<f64> = series.iter().rev().take(SHOWN).rev().map(|y| y.unwrap_or(f64::NAN)).collect();
        let top = past.iter().copied().filter(|v| v.is_finite()).fold(0.0, f64::max);
        let _ = writeln!(
            out,
            "\n{}\n  {} 0 to {top:.0}, last {} months",
            name(unit),
            sparkline(&past, SHOWN, top),
            past.len()
        );
        let mut rows = vec![["ahead", "any", "median", "mean", "50 %", "90 %"].map(str::to_owned).to_vec()];
        for f in forecasts {
            let q = |p: f64| number(f.predictive.quantile(p), 0);
            rows.push(vec![
                print::months(f.ahead),
                format!("{} %", number(100.0 * f.predictive.at_least(0.5), 0)),
                q(0.5),
                number(f.predictive.mean(), 1),
                format!("{} to {}", q(0.25), q(0.75)),
                format!("{} to {}", q(0.05), q(0.95)),
            ]);
        }
        if forecasts.is_empty() {
            out.push_str("  cannot tell: nothing was collected in its last twelve months\n");
        } else {
            out.push_str(&print::table(&rows));
        }
    }
    if units.names.len() > args.most {
        let _ = writeln!(out, "\n{} further units are not shown; --most shows them", units.names.len() - args.most);
    }
    print::notes(&mut out, &units.notes);
    let document = json!({
        "schema": "counterclaim.forecast/v1",
        "counts": units.what,
        "notes": units.notes,
        "made_after": last.to_string(),
        "units": units.names.iter().zip(&all).map(|(unit, forecasts)| json!({
            "name": unit,
            "forecasts": forecasts.iter().map(|f| json!({
                "ahead": f.ahead,
                "pooled": f.pooled,
                "any": print::json(f.predictive.at_least(0.5)),
                "mean": print::json(f.predictive.mean()),
                "quantiles": QUANTILES.map(|p| print::json(f.predictive.quantile(p))),
            })).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
    });
    print::finish(&args.data, &out, &document)
}
