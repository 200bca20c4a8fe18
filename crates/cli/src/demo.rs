//! `counterclaim demo`: the bundled dispatches, read before the visitor's eyes.

use crate::args::{DemoArgs, Format};
use crate::{format, output, read};
use anyhow::Result;
use counterclaim_reader::intake::{Defaults, Intake, settle_ids, take_in};
use std::process::ExitCode;

/// Written for this project; the events are invented.
const DISPATCHES: &str = include_str!("../demo/dispatches.jsonl");

const NEXT: &str = "
These dispatches are synthetic: the events are invented. What to try next:

  counterclaim demo --dispatches > dispatches.jsonl     the reports themselves
  counterclaim explain dispatches.jsonl | less          each sentence: its tree, the rules that fired
  counterclaim read --format json dispatches.jsonl      the same for programs
  counterclaim read --published 2024-03-19 --source \"The Patriot\" editorial.txt
                                                        a report of your own
  counterclaim serve --demo                             the desk in a browser, with these dispatches
  counterclaim read --help                              all options
";

/// Reads the dispatches and prints the brief.
pub fn run(args: &DemoArgs) -> Result<ExitCode> {
    let printed = if args.dispatches {
        DISPATCHES.to_owned()
    } else {
        let brief = read::brief_of(&dispatches());
        let mut printed = format::print(&brief, args.format, output::look(None, args.width))?;
        if args.format == Format::Brief {
            printed.push_str(NEXT);
        }
        printed
    };
    output::write(None, printed.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}

/// The dispatches, taken in.
pub fn dispatches() -> Intake {
    let mut intake = Intake::default();
    take_in(&mut intake, "dispatches.jsonl", DISPATCHES.as_bytes().to_vec(), &Defaults::default());
    settle_ids(&mut intake);
    intake
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_dispatch_is_sound_and_marked_as_synthetic() {
        let intake = dispatches();
        assert_eq!((&intake.problems[..], &intake.notes[..]), (&[][..], &[][..]));
        assert!((6..=8).contains(&intake.reports.len()));
        for report in &intake.reports {
            assert!(report.source.ends_with("(synthetic)") && report.published.is_some(), "{}", report.id);
        }
    }
}
