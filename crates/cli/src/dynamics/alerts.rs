//! `counterclaim alerts`: which units have doubled of late, how many false alarms to expect, and when levels changed before.

use super::args::AlertsArgs;
use super::print::{self, name, number};
use super::units;
use anyhow::Result;
use counterclaim_dynamics::{
    BASELINE, GUARD, RunLengths, Watch, change_points, mean, penalty, run_lengths, screen, sparkline, sparkline_top,
};
use serde_json::json;
use std::fmt::Write;
use std::process::ExitCode;

/// Shortest stretch of one level, in months.
const LEAST: usize = 3;
/// Months that a level holds on average, for the run lengths.
const HOLDS: f64 = 24.0;

/// When the levels of a unit changed.
struct History {
    name: String,
    months: Vec<String>,
    counts: Vec<f64>,
    penalty: f64,
    /// First month and mean of each stretch.
    stretches: Vec<(String, f64)>,
    lengths: RunLengths,
}

/// Computes and prints.
pub fn run(args: &AlertsArgs) -> Result<ExitCode> {
    let units = units::take(&args.data, &args.units)?;
    let periods = usize::from(args.periods);
    let watches: Vec<Option<Watch>> = screen(&units.series, periods, args.false_alarm, args.data.seed);
    let watched = watches.iter().flatten().count();
    let month = |t: usize| print::month(units.months[t]);
    let histories: Vec<History> = units
        .names
        .iter()
        .zip(&units.series)
        .take(args.history)
        .map(|(name, series)| history(name, series, args.penalty, &month))
        .collect();
    let mut out = String::new();
    // Writing into a string cannot fail, so results of `writeln!` are dropped.
    let _ = writeln!(
        out,
        "Alerts on {} a month, the last {periods} months to {} against {BASELINE} months that end {GUARD} before these",
        units.what,
        month(units.months.len() - 1)
    );
    let _ = writeln!(
        out,
        "Watched: {watched} of {} units{}. At {:.0} % each, {:.1} false alarms are expected even if nothing\n\
         has changed anywhere.",
        units.names.len(),
        if watched < units.names.len() { ", for the others have too short a record" } else { "" },
        100.0 * args.false_alarm,
        args.false_alarm * watched as f64
    );
    let mut rows = vec![["unit", "since", "evidence", "threshold", "was", "is"].map(str::to_owned).to_vec()];
    for ((unit, series), found) in units.names.iter().zip(&units.series).zip(&watches) {
        let Some((w, t)) = found.as_ref().and_then(|w| w.alarm.map(|t| (w, t))) else { continue };
        let now: Vec<f64> = series[series.len() - periods..].iter().flatten().copied().collect();
        let most = w.sums.iter().copied().fold(0.0, f64::max);
        rows.push(vec![
            name(unit),
            month(t),
            number(most, 2),
            number(w.threshold, 2),
            number(w.mean, 1),
            number(mean(&now), 1),
        ]);
    }
    if rows.len() == 1 {
        out.push_str("\nNo alarm.\n");
    } else {
        let _ = writeln!(out, "\nAlarms: {}", rows.len() - 1);
        out.push_str(&print::table(&rows));
        out.push_str("  An alarm says that a doubled level explains the months better than the old one; it says nothing of why.\n");
    }
    for h in &histories {
        let top = sparkline_top(&h.counts, 72);
        let _ = writeln!(out, "\n{}: when its level changed (penalty {})", name(&h.name), number(h.penalty, 1));
        let _ = writeln!(out, "  {} 0 to {top:.1}", sparkline(&h.counts, 72, top));
        let stretches: Vec<String> = h.stretches.iter().map(|(m, x)| format!("{m} on: {}", number(*x, 1))).collect();
        let _ = writeln!(out, "  {}", stretches.join("; "));
        let _ = writeln!(
            out,
            "  run lengths (hazard 1/24): the last level has most probably held {} months; log evidence {}",
            h.lengths.last,
            number(h.lengths.log_evidence, 6)
        );
    }
    print::notes(&mut out, &units.notes);
    let document = json!({
        "schema": "counterclaim.alerts/v1",
        "counts": units.what,
        "notes": units.notes,
        "watched": watched,
        "false_alarm": args.false_alarm,
        "expected_false_alarms": print::json(args.false_alarm * watched as f64),
        "units": units.names.iter().zip(&watches).map(|(unit, w)| json!({
            "name": unit,
            "watched": w.is_some(),
            "alarm": w.as_ref().and_then(|w| w.alarm).map(month),
            "mean": w.as_ref().map(|w| print::json(w.mean)),
            "size": w.as_ref().map(|w| print::json(w.size)),
            "threshold": w.as_ref().map(|w| print::json(w.threshold)),
            "sums": w.as_ref().map(|w| w.sums.iter().map(|s| print::json(*s)).collect::<Vec<_>>()),
        })).collect::<Vec<_>>(),
        "history": histories.iter().map(|h| json!({
            "name": h.name,
            "penalty": print::json(h.penalty),
            "stretches": h.stretches.iter().map(|(m, x)| json!({ "first": m, "mean": print::json(*x) })).collect::<Vec<_>>(),
            "log_evidence": print::json(h.lengths.log_evidence),
            "held": h.lengths.last,
            "months": h.months,
            "fresh": h.lengths.fresh.iter().map(|f| print::json(*f)).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
    });
    print::finish(&args.data, &out, &document)
}

/// Months without collection are left out: the rest is joined, and each stretch is named by its own first month.
fn history(name: &str, series: &[Option<f64>], given: Option<f64>, month: &dyn Fn(usize) -> String) -> History {
    let seen: Vec<(usize, f64)> = series.iter().enumerate().filter_map(|(t, y)| y.map(|y| (t, y))).collect();
    let counts: Vec<f64> = seen.iter().map(|(_, y)| *y).collect();
    let penalty = given.unwrap_or_else(|| penalty(&counts));
    let starts = change_points(&counts, penalty, LEAST);
    let ends = starts.iter().skip(1).copied().chain([counts.len()]);
    let stretches = starts.iter().zip(ends).filter(|(s, e)| **s < *e);
    let level = mean(&counts);
    History {
        name: name.to_owned(),
        months: seen.iter().map(|(t, _)| month(*t)).collect(),
        penalty,
        stretches: stretches.map(|(s, e)| (month(seen[*s].0), mean(&counts[*s..e]))).collect(),
        lengths: run_lengths(&counts, 1.0 / HOLDS, 1.0, if level > 0.0 { 1.0 / level } else { 1.0 }, 3),
        counts,
    }
}
