//! Scores readings of desk cases made earlier: `desk-score --readings DIR --aliases FILE [--verbose] CASES`.
//!
//! The twin of `score.py --readings DIR --json CASES`; `compare-desk.sh` holds the two against each other.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use counterclaim_evaluation::{Aliases, load_cases, score_desk};
use serde_json::Value;

fn main() -> Result<()> {
    let (mut readings, mut aliases, mut cases, mut verbose) = (None, None, None, false);
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--readings" => readings = args.next().map(PathBuf::from),
            "--aliases" => aliases = args.next().map(PathBuf::from),
            "--verbose" => verbose = true,
            _ if arg.starts_with('-') => bail!("unknown option {arg}"),
            _ => cases = Some(PathBuf::from(arg)),
        }
    }
    let readings = readings.context("--readings DIR is needed")?;
    let cases = load_cases(&cases.context("a folder of cases is needed")?)?;
    let aliases = aliases.map(|p| Aliases::load(&p)).transpose()?.unwrap_or_default();
    let scores = score_desk(&cases, &aliases, |case| {
        let file = readings.join(format!("{}.json", case.name));
        std::fs::read_to_string(file).ok().and_then(|t| serde_json::from_str(&t).ok()).unwrap_or(Value::Null)
    });
    if verbose {
        for line in &scores.lines {
            println!("{line}");
        }
    }
    println!("{}", serde_json::to_string_pretty(&scores.to_json())?);
    Ok(())
}
