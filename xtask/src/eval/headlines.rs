//! UCDP GED headlines with labels: the deaths that each states, read as a report of its own.

use super::tools::{bare, day};
use super::{Outcome, Tools};
use anyhow::Result;
use counterclaim_coding::code;
use counterclaim_evaluation::headlines::{self, Deaths, Headline};
use counterclaim_evaluation::incidents;
use counterclaim_incidents::{Counted, range, totals};
use counterclaim_text::{Report, TollKind};
use rayon::prelude::*;
use std::path::Path;

/// Reads the labelled headlines and compares.
pub fn measure(tools: &Tools, path: &Path) -> Result<Outcome> {
    let events = incidents::load(path)?;
    let gold = headlines::load(&events)?;
    let read: Vec<Deaths> = gold.par_iter().map(|h| stated(tools, h)).collect();
    let figures = headlines::score(&gold, &read);
    let wrong = gold.iter().zip(&read).filter(|(g, r)| g.deaths != **r);
    let lines = wrong.map(|(g, r)| format!("{} {} stated {:?} read {r:?} \"{}\"", g.key.0, g.key.1, g.deaths, g.text));
    Ok(Outcome { figures, lines: lines.collect(), ..Outcome::default() })
}

/// The deaths that a headline states in all: every toll in it that is told as a fact, added up as for an incident.
fn stated(tools: &Tools, headline: &Headline) -> Deaths {
    let report = Report { published: day(&headline.date), ..bare("headline", &headline.text) };
    let (syntax, entities) = tools.entities(&report);
    let coded = code(&report, &syntax, &entities, tools.lexicon);
    let tolls = coded.events.iter().filter(|e| e.real()).flat_map(|e| &e.tolls);
    let counted: Vec<Counted> = tolls.map(|toll| Counted { report: 0, day: None, toll }).collect();
    let (low, high) = range(&totals(&counted, TollKind::Killed), &[])?;
    Some((u32::try_from(low).ok()?, u32::try_from(high).ok()?))
}
