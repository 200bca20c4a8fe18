//! `counterclaim kept`: were commitments kept, what do the contested ones leave open, and would luck have done?

use super::args::KeptArgs;
use super::input;
use super::print::{self, name, number};
use anyhow::{Result, bail};
use counterclaim_dynamics::{
    Calendar, Channel, Directions, Filter, LEAST_RESOLVED, Level, Outcome, Period, Promise, Record, SLOW, kept_by_luck,
    kept_rate, plus, uncovered,
};
use jiff::civil::Date;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::process::ExitCode;

/// Computes and prints.
pub fn run(args: &KeptArgs) -> Result<ExitCode> {
    let file = args.commitments.to_string_lossy();
    let all = match Promise::read(&file, &input::text(&args.commitments)?) {
        Ok(all) => all,
        Err(problems) => {
            input::refuse(&problems)?;
            bail!("nothing was computed");
        }
    };
    if all.is_empty() {
        bail!("{file} has no commitments; give one a row, with the columns by, to, what, made, due, outcome");
    }
    let record = input::record(args.files.iter().map(std::path::PathBuf::as_path), Directions::Stated)?;
    let mut by: BTreeMap<&str, Vec<&Promise>> = BTreeMap::new();
    for c in &all {
        by.entry(&c.by).or_default().push(c);
    }
    let mut out = String::new();
    // Writing into a string cannot fail, so results of `writeln!` are dropped.
    let _ = writeln!(out, "Commitments and what became of them; sides stand in alphabetical order");
    let mut sides = vec![];
    for (who, list) in by {
        let outcomes: Vec<Outcome> = list.iter().map(|c| c.outcome).collect();
        let resolved = outcomes.iter().filter(|o| matches!(o, Outcome::Kept | Outcome::Broken)).count();
        let _ = writeln!(out, "\n{}", name(who));
        match kept_rate(&outcomes) {
            None => {
                let _ = writeln!(out, "  {resolved} resolved; under {LEAST_RESOLVED} there is a list and no rate");
            }
            Some(r) => {
                let _ = writeln!(
                    out,
                    "  kept {} of {} that are resolved: {:.2} (95 % {:.2} to {:.2})",
                    r.kept,
                    r.kept + r.broken,
                    r.rate,
                    r.interval.0,
                    r.interval.1
                );
                let _ = writeln!(
                    out,
                    "  with {} contested: {:.2} if all of them were broken, {:.2} if all were kept (95 % {:.2} to {:.2})",
                    r.contested, r.bounds.0, r.bounds.1, r.widest.0, r.widest.1
                );
            }
        }
        let mut rows =
            vec![["commitment", "towards", "made", "due", "outcome", "kept by luck"].map(str::to_owned).to_vec()];
        for c in &list {
            let day = |d: Option<Date>| d.map_or("–".to_owned(), |d| d.to_string());
            let luck = luck(c, &record).map_or("–".to_owned(), |p| number(p, 3));
            rows.push(vec![name(&c.what), name(&c.to), day(c.made), day(c.due), word(c.outcome).to_owned(), luck]);
        }
        out.push_str(&print::table(&rows));
        sides.push(document(who, &list, &record));
    }
    out.push_str(
        "\nKept by luck: the chance that no hostile-material incident would have come between the day it was made and the day it\n\
         was due, at the level of the weeks before, though nothing had changed. It means something for truces only.\n",
    );
    let json = json!({ "schema": "counterclaim.kept/v1", "sides": sides });
    print::write(args.output.as_deref(), &print::formed(args.format, &out, &json)?)
}

/// One side as JSON; no rate under [`LEAST_RESOLVED`] resolved ones.
fn document(who: &str, list: &[&Promise], record: &Record) -> Value {
    let outcomes: Vec<Outcome> = list.iter().map(|c| c.outcome).collect();
    let pair = |(low, high): (f64, f64)| json!([print::json(low), print::json(high)]);
    let rate = kept_rate(&outcomes).map(|r| {
        json!({ "kept": r.kept, "broken": r.broken, "contested": r.contested, "rate": print::json(r.rate),
                "interval_95": pair(r.interval), "bounds": pair(r.bounds), "widest_95": pair(r.widest) })
    });
    let one = |c: &&Promise| {
        json!({ "what": c.what, "to": c.to, "made": c.made.map(|d| d.to_string()), "due": c.due.map(|d| d.to_string()),
                "outcome": word(c.outcome), "kept_by_luck": luck(c, record).map(print::json) })
    };
    json!({ "by": who, "rate": rate, "commitments": list.iter().map(one).collect::<Vec<_>>() })
}

/// P₀ at the level before the commitment was made. None if events, dates or a past are lacking.
fn luck(c: &Promise, record: &Record) -> Option<f64> {
    let (made, due) = (c.made?, c.due?);
    let (first, last) = record.span()?;
    if due <= made || made > last {
        return None;
    }
    let before = plus(made, -1)?;
    let calendar = Calendar::new(Period::Week, first, before, &uncovered(record, first, before));
    let side = |from: &str, to: &str| Filter {
        from: Some(from.to_owned()),
        to: Some(to.to_owned()),
        channel: Some(Channel::HostileMaterial),
        undirected: true,
        precision: 6,
        ..Filter::default()
    };
    let (forth, back) = (side(&c.by, &c.to), side(&c.to, &c.by));
    let weeks = calendar.sums(record, &forth, |_| 1.0);
    let other = calendar.sums(record, &back, |e| if forth.admits(e) { 0.0 } else { 1.0 });
    let both: Vec<Option<f64>> = weeks.iter().zip(other).map(|(a, b)| Some((*a)? + b?)).collect();
    // Under half a year of the past, no level is known.
    if both.iter().flatten().count() < SLOW as usize {
        return None;
    }
    let level = Level { half_life: SLOW, size: 4.0 };
    let m = level.means(&both, None).last().copied()?;
    Some(kept_by_luck(m, level.size, f64::from((due - made).get_days()) / 7.0))
}

fn word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Kept => "kept",
        Outcome::Broken => "broken",
        Outcome::Contested => "contested",
        Outcome::Open => "open",
    }
}
