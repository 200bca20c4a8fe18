//! PLOVER: the manual's examples and the labelled sentences, with events from the coding layers.

use super::plover_events::told;
use super::tools::bare;
use super::{Outcome, Tools};
use crate::train_events::{Sample, fit, samples};
use anyhow::Result;
use counterclaim_evaluation::plover::{self, PloverEvent};
use rayon::prelude::*;
use std::path::Path;

/// The manual's examples, with events read from appeals or without them.
pub fn manual(tools: &Tools, path: &Path, appeals: bool) -> Result<Outcome> {
    let records = plover::load(path)?;
    let one = |r: &plover::PloverRecord| -> Vec<PloverEvent> { told(tools, &bare(&r.id, &r.text)) };
    let pred: Vec<Vec<PloverEvent>> = records.par_iter().map(one).collect();
    let both = plover::score(&records, &pred)?;
    let scores = if appeals { both.with_appeals } else { both.without_appeals };
    let side = |countries: &[String]| countries.join("+");
    let mut lines = Vec::new();
    for (record, events) in records.iter().zip(&pred) {
        let show = |e: &PloverEvent| format!("{} {}>{}", e.root, side(&e.source_countries), side(&e.target_countries));
        let gold = |l: &[plover::PloverActor]| side(&l.iter().map(|a| a.country.clone()).collect::<Vec<_>>());
        let one = plover::score(std::slice::from_ref(record), std::slice::from_ref(events))?;
        let scores = if appeals { one.with_appeals } else { one.without_appeals };
        if scores.full.right == 0 {
            let miss = if scores.root.right == 0 { "ROOT" } else { "SIDES" };
            let read: Vec<String> = events.iter().map(show).collect();
            let want = format!("{} {}>{}", record.root, gold(&record.sources), gold(&record.targets));
            lines.push(format!("{miss} {} {want} read [{}] \"{}\"", record.id, read.join(", "), record.text));
        }
    }
    Ok(Outcome { figures: scores.figures(), lines, ..Outcome::default() })
}

/// The labelled sentences, source and target given: the linear scorer, by five folds.
///
/// Every fifth sentence is read with weights fitted on the other four fifths (`cargo xtask train-events` fits on all).
pub fn sentences(tools: &Tools, path: &Path) -> Result<Outcome> {
    let rows = plover::load_plv(path)?;
    let samples = samples(tools, &rows);
    let mut pred: Vec<Option<String>> = vec![None; rows.len()];
    for fold in 0..5 {
        let train: Vec<&Sample> = samples.iter().enumerate().filter(|(i, _)| i % 5 != fold).map(|s| s.1).collect();
        let scorer = fit(&train);
        for (i, (features, _)) in samples.iter().enumerate().filter(|(i, _)| i % 5 == fold) {
            pred[i] = scorer.best(features).map(|b| b.0.to_owned());
        }
    }
    let scores = plover::score_plv(&rows, &pred)?;
    let by_root = scores.by_root.iter().map(|(root, c)| {
        format!("{root}: precision {:.3} recall {:.3} F1 {:.3} n {}", c.precision(), c.recall(), c.f1(), c.gold())
    });
    let mut lines: Vec<String> = by_root.collect();
    for (row, pred) in rows.iter().zip(&pred).filter(|(r, p)| p.as_ref() != Some(&r.gold_root)) {
        lines.push(format!("{} read {} \"{}\"", row.gold_root, pred.as_deref().unwrap_or("-"), row.sentence));
    }
    Ok(Outcome { figures: scores.figures(), lines, ..Outcome::default() })
}
