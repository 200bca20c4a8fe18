//! From the files on the command line to a record of events, every fault shown with its line.

use super::args::DataArgs;
use crate::complain;
use anyhow::{Context, Result, bail};
use counterclaim_dynamics::{Directions, Problem, Record, uncovered};
use jiff::civil::Date;
use std::io::Read;
use std::path::Path;

/// Years between the first and the last day at most; more are a slip of the pen.
const LONGEST: i32 = 200;
/// Problems shown; more are counted.
const SHOWN: usize = 20;

/// Events with the days that count.
pub struct Data {
    /// The events.
    pub record: Record,
    /// First day that counts.
    pub first: Date,
    /// Last day that counts.
    pub last: Date,
    /// Days without collection, within these.
    pub gaps: Vec<(Date, Date)>,
}

/// Takes in every file, or says what is wrong with each.
pub fn take(args: &DataArgs) -> Result<Data> {
    let directions = if args.guess_directions { Directions::Guessed } else { Directions::Stated };
    let record = record(args.files.iter().map(std::path::PathBuf::as_path), directions)?;
    let Some((first, last)) = record.span() else {
        bail!("there are no events in {}; see --help for what can be read", names(args));
    };
    let (first, last) = (args.since.unwrap_or(first), args.until.unwrap_or(last));
    if first > last {
        bail!("nothing lies between {first} and {last}; correct --since and --until");
    }
    if i32::from(last.year()) - i32::from(first.year()) > LONGEST {
        bail!("the dates run from {first} to {last}; if one of them is a slip, correct it, or set --since and --until");
    }
    let mut gaps = uncovered(&record, first, last);
    gaps.extend(args.gap.iter().copied());
    Ok(Data { gaps: joined(gaps), record, first, last })
}

/// One record of all files.
pub fn record<'a>(files: impl Iterator<Item = &'a Path>, directions: Directions) -> Result<Record> {
    let mut record = Record::default();
    let mut problems = vec![];
    for file in files {
        let text = text(file)?;
        if let Err(found) = record.take_in(&file.to_string_lossy(), &text, directions) {
            problems.extend(found);
        }
    }
    refuse(&problems)?;
    Ok(record)
}

/// The text of a file, or of standard input for `-`.
pub fn text(file: &Path) -> Result<String> {
    let mut bytes = vec![];
    if file.as_os_str() == "-" {
        std::io::stdin().lock().read_to_end(&mut bytes).context("cannot read standard input")?;
    } else {
        bytes = std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    }
    String::from_utf8(bytes).map_err(|e| {
        let line = e.as_bytes()[..e.utf8_error().valid_up_to()].iter().filter(|b| **b == b'\n').count() + 1;
        anyhow::anyhow!("{}, line {line}: not UTF-8; save the file in that encoding", file.display())
    })
}

/// Shows every problem and gives up, if there are any.
pub fn refuse(problems: &[Problem]) -> Result<()> {
    for problem in problems.iter().take(SHOWN) {
        complain(&problem.to_string());
    }
    if problems.len() > SHOWN {
        complain(&format!("and {} more of the kind", problems.len() - SHOWN));
    }
    if problems.is_empty() {
        return Ok(());
    }
    let n = problems.len();
    bail!("nothing was computed: {n} {} in the input", if n == 1 { "fault" } else { "faults" })
}

/// The name as the data have it, or an error that lists who there is.
pub fn actor(record: &Record, wanted: &str) -> Result<String> {
    let all = record.actors();
    if let Some((name, _)) = all.iter().find(|(n, _)| counterclaim_dynamics::same(n, wanted)) {
        return Ok(name.clone());
    }
    let shown: Vec<String> = all.iter().take(12).map(|(n, c)| format!("\"{n}\" ({c})")).collect();
    bail!("\"{wanted}\" is nobody in these data; name one of those who are: {}", shown.join(", "))
}

fn names(args: &DataArgs) -> String {
    args.files.iter().map(|f| f.display().to_string()).collect::<Vec<_>>().join(", ")
}

/// Overlapping gaps become one, so that no day is missed twice.
fn joined(mut gaps: Vec<(Date, Date)>) -> Vec<(Date, Date)> {
    gaps.sort();
    let mut out: Vec<(Date, Date)> = vec![];
    for (first, last) in gaps {
        match out.last_mut() {
            Some(open) if first <= open.1 => open.1 = open.1.max(last),
            _ => out.push((first, last)),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn overlapping_gaps_become_one() {
        let day = |d| date(2024, 5, d);
        let all = joined(vec![(day(9), day(12)), (day(1), day(4)), (day(3), day(6))]);
        assert_eq!(all, [(day(1), day(6)), (day(9), day(12))]);
    }
}
