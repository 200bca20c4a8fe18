//! TimeBank and AQUAINT: date expressions with their TimeML values.

use super::tools::day;
use super::{Outcome, Tools};
use anyhow::Result;
use counterclaim_entities::dates as found;
use counterclaim_evaluation::dates::{self, DateDoc, Timex};
use rayon::prelude::*;
use std::path::Path;

/// Finds the dates of every document, given the day it was written on.
pub fn measure(tools: &Tools, path: &Path) -> Result<Outcome> {
    let docs = dates::load(path)?;
    let one = |doc: &DateDoc| {
        let syntax = tools.model.parse(&doc.text);
        let list = found::find(&doc.text, &syntax, day(&doc.created));
        list.into_iter().map(|d| Timex { span: d.span, kind: d.kind.to_owned(), value: d.timex }).collect()
    };
    let pred: Vec<Vec<Timex>> = docs.par_iter().map(one).collect();
    let figures = dates::score(&docs, &pred)?.figures();
    let lines = docs.iter().zip(&pred).flat_map(|(d, p)| differences(d, p)).collect();
    Ok(Outcome { figures, lines, ..Outcome::default() })
}

/// What is wrong in one document.
fn differences(doc: &DateDoc, pred: &[Timex]) -> Vec<String> {
    let words = |t: &Timex| t.span.of(&doc.text).replace('\n', " ");
    let mut out = Vec::new();
    for g in &doc.timexes {
        match pred.iter().find(|p| p.span.overlaps(g.span)) {
            None => out.push(format!("{} MISSED {} \"{}\"", doc.id, g.value, words(g))),
            Some(p) if p.value != g.value => {
                out.push(format!("{} VALUE {} not {} \"{}\"", doc.id, g.value, p.value, words(g)));
            }
            Some(_) => {}
        }
    }
    for p in pred.iter().filter(|p| !doc.timexes.iter().any(|g| g.span.overlaps(p.span))) {
        out.push(format!("{} FALSE {} \"{}\"", doc.id, p.value, words(p)));
    }
    out
}
