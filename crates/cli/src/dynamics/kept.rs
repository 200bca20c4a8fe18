//! `counterclaim kept`: were commitments kept, what do the contested ones leave open, and would luck have done?

use super::args::KeptArgs;
use super::input;
use super::print::{self, name, number};
use anyhow::{Result, bail};
use counterclaim_dynamics::{
    Calendar, Channel, Directions, Filter, LEAST_RESOLVED, Level, Outcome, Period, Problem, Record, SLOW, kept_by_luck,
    kept_rate, plus,
};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::process::ExitCode;

/// One row of the table.
struct Commitment {
    by: String,
    to: String,
    what: String,
    made: Option<Date>,
    due: Option<Date>,
    outcome: Outcome,
}

/// Computes and prints.
pub fn run(args: &KeptArgs) -> Result<ExitCode> {
    let file = args.commitments.to_string_lossy();
    let all = match read(&file, &input::text(&args.commitments)?) {
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
    let mut by: BTreeMap<&str, Vec<&Commitment>> = BTreeMap::new();
    for c in &all {
        by.entry(&c.by).or_default().push(c);
    }
    let mut out = String::new();
    // Writing into a string cannot fail, so results of `writeln!` are dropped.
    let _ = writeln!(out, "Commitments and what became of them; sides stand in alphabetical order");
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
        for c in list {
            let day = |d: Option<Date>| d.map_or("–".to_owned(), |d| d.to_string());
            let luck = luck(c, &record).map_or("–".to_owned(), |p| number(p, 3));
            rows.push(vec![name(&c.what), name(&c.to), day(c.made), day(c.due), word(c.outcome).to_owned(), luck]);
        }
        out.push_str(&print::table(&rows));
    }
    out.push_str(
        "\nKept by luck: the chance that no hostile-material incident would have come between the day it was made and the day it\n\
         was due, at the level of the weeks before, though nothing had changed. It means something for truces only.\n",
    );
    print::write(args.output.as_deref(), &out)
}

/// P₀ at the level before the commitment was made. None if events, dates or a past are lacking.
fn luck(c: &Commitment, record: &Record) -> Option<f64> {
    let (made, due) = (c.made?, c.due?);
    let (first, last) = record.span()?;
    if due <= made || made > last {
        return None;
    }
    let calendar = Calendar::new(Period::Week, first, plus(made, -1)?, &[]);
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
    if both.len() < SLOW as usize {
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

fn read(file: &str, text: &str) -> Result<Vec<Commitment>, Vec<Problem>> {
    let mut problems = vec![];
    let mut all = vec![];
    let mut lines = text.lines();
    let header: Vec<String> = cells(lines.next().unwrap_or_default()).iter().map(|c| c.to_lowercase()).collect();
    let mut problem =
        |line: usize, message: String| problems.push(Problem { file: file.to_owned(), line: line as u64, message });
    for needed in ["by", "to", "outcome"] {
        if !header.iter().any(|h| h == needed) {
            problem(1, format!("the header lacks {needed}; columns are by, to, what, made, due, outcome"));
        }
    }
    for (n, line) in lines.enumerate().filter(|(_, l)| !l.trim().is_empty()) {
        let row = cells(line);
        let cell =
            |name: &str| header.iter().position(|h| h == name).and_then(|c| row.get(c)).cloned().unwrap_or_default();
        let outcome = match cell("outcome").to_lowercase().as_str() {
            "kept" => Outcome::Kept,
            "broken" => Outcome::Broken,
            "contested" => Outcome::Contested,
            "open" | "" => Outcome::Open,
            other => {
                problem(n + 2, format!("\"{other}\" is no outcome; write kept, broken, contested or open"));
                continue;
            }
        };
        let mut day = |name: &str| {
            let given = cell(name);
            let day: Option<Date> = given.parse().ok();
            if day.is_none() && !given.is_empty() {
                problem(n + 2, format!("{name} \"{given}\" is no date; write YYYY-MM-DD, or nothing"));
            }
            day
        };
        let (made, due) = (day("made"), day("due"));
        all.push(Commitment { by: cell("by"), to: cell("to"), what: cell("what"), made, due, outcome });
    }
    if problems.is_empty() { Ok(all) } else { Err(problems) }
}

/// The cells of one line of CSV: commas part, double quotes hold together, two of them are one.
fn cells(line: &str) -> Vec<String> {
    let (mut out, mut cell, mut quoted) = (vec![], String::new(), false);
    let mut chars = line.trim_start_matches('\u{feff}').trim_end_matches('\r').chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                cell.push('"');
                chars.next();
            }
            '"' => quoted = !quoted,
            ',' if !quoted => out.push(std::mem::take(&mut cell).trim().to_owned()),
            c => cell.push(c),
        }
    }
    out.push(cell.trim().to_owned());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_and_faults() {
        let all = read("c.csv", "by,to,what,outcome,made\nNorth,South,\"return, all\",kept,2024-01-02\n").unwrap();
        assert_eq!((all[0].what.as_str(), all[0].outcome), ("return, all", Outcome::Kept));
        let problems = read("c.csv", "by,to,outcome,made\nA,B,maybe,\nA,B,kept,soon\n").err().unwrap();
        assert_eq!(problems.iter().map(|p| p.line).collect::<Vec<_>>(), [2, 3]);
    }
}
