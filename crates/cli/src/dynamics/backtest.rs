//! `counterclaim backtest`: how good the forecasts would have been, beside persistence and climate.

use super::args::BacktestArgs;
use super::print::{self, number};
use super::units;
use anyhow::{Result, anyhow, bail};
use counterclaim_dynamics::{MODELS, backtest};
use serde_json::json;
use std::fmt::Write;
use std::process::ExitCode;

/// Computes and prints.
pub fn run(args: &BacktestArgs) -> Result<ExitCode> {
    let units = units::take(&args.data, &args.units)?;
    let ahead: Vec<usize> = args.ahead.iter().map(|h| usize::from(*h)).collect();
    let months = units.months.len();
    let label = |t: usize| print::month(units.months[t]);
    let first = match &args.first {
        None => months / 2,
        Some(given) => (0..months)
            .find(|t| label(*t) == *given)
            .ok_or_else(|| anyhow!("--first {given} is none of the months {} to {}", label(0), label(months - 1)))?,
    };
    let farthest = ahead.iter().copied().max().unwrap_or(1);
    if first == 0 || first + farthest >= months {
        bail!(
            "from {} on there are not {farthest} months to compare with; choose an earlier --first or less --ahead",
            label(first)
        );
    }
    let table = backtest(&units.plain(), first, &ahead, f64::from(args.draws))?;
    let origins = months - farthest - first;
    let mut out = String::new();
    // Writing into a string cannot fail, so results of `writeln!` are dropped.
    let _ = writeln!(
        out,
        "Backtest: {} units, {origins} origins from {} to {}, each forecast made with what was known then.\n\
         Mean scores, lower is better: CRPS (in {}), IGN (bits, as of {} draws), MIS (90 % interval)",
        units.names.len(),
        label(first),
        label(months - farthest - 1),
        units.what,
        args.draws
    );
    for row in &table {
        let _ = writeln!(out, "\n{} ahead, {} forecasts", print::months(row.ahead), row.forecasts);
        let mut rows = vec![["model", "CRPS", "IGN", "MIS"].map(str::to_owned).to_vec()];
        for (model, s) in MODELS.iter().zip(&row.scores) {
            rows.push(vec![(*model).to_owned(), number(s.crps, 2), number(s.ign, 2), number(s.mis, 1)]);
        }
        out.push_str(&print::table(&rows));
    }
    print::notes(&mut out, &units.notes);
    let document = json!({
        "schema": "counterclaim.backtest/v1",
        "counts": units.what,
        "notes": units.notes,
        "units": units.names.len(),
        "origins": origins,
        "first": label(first),
        "draws": args.draws,
        "horizons": table.iter().map(|row| json!({
            "ahead": row.ahead,
            "forecasts": row.forecasts,
            "models": MODELS.iter().zip(&row.scores).map(|(model, s)| json!({
                "model": model, "crps": print::json(s.crps), "ign": print::json(s.ign), "mis": print::json(s.mis) })).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
    });
    print::finish(&args.data, &out, &document)
}
