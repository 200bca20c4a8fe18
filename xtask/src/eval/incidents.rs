//! UCDP GED: the number killed, read from each headline as a report of its own.

use super::tools::{bare, day};
use super::{Outcome, Tools};
use anyhow::Result;
use counterclaim_evaluation::incidents::{self, GedEvent};
use counterclaim_text::Report;
use rayon::prelude::*;
use std::path::Path;

type Killed = Option<(u32, u32)>;

/// Reads the headlines and compares their tolls with the coded ones.
pub fn measure(tools: &Tools, path: &Path) -> Result<Outcome> {
    let events = incidents::load(path)?;
    let one = |e: &GedEvent| e.headlines.iter().map(|h| killed(tools, h, &e.source_date)).collect();
    let pred: Vec<Vec<Killed>> = events.par_iter().map(one).collect();
    let figures = incidents::score(&events, &pred)?.figures();
    let mut lines = Vec::new();
    for (e, tolls) in events.iter().zip(&pred) {
        for (headline, toll) in e.headlines.iter().zip(tolls) {
            if toll.is_none_or(|(low, high)| e.deaths.0 < low || high < e.deaths.0) {
                lines.push(format!("{} best {} read {toll:?} \"{headline}\"", e.id, e.deaths.0));
            }
        }
    }
    Ok(Outcome { figures, lines, ..Outcome::default() })
}

/// The dead over all incidents of a headline; `None` if none has a toll.
fn killed(tools: &Tools, headline: &str, date: &str) -> Killed {
    let report = Report { published: day(date), ..bare("headline", headline) };
    let brief = tools.reader.read(&[report]);
    let tolls = brief.incidents.iter().filter_map(|i| i.killed);
    let sum = tolls.reduce(|a, b| (a.0 + b.0, a.1 + b.1))?;
    Some((u32::try_from(sum.0).ok()?, u32::try_from(sum.1).ok()?))
}
