//! PLOVER: the manual's examples and the labelled sentences, with events from the coding layers.

use super::plover_events::told_by;
use super::tools::bare;
use super::{Outcome, Tools};
use crate::train_events::{Sample, fit, samples};
use anyhow::Result;
use counterclaim_evaluation::Figure;
use counterclaim_evaluation::plover::{self, PloverEvent};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The manual's examples, with events read from appeals or without them.
pub fn manual(tools: &Tools, path: &Path, appeals: bool) -> Result<Outcome> {
    let records = plover::load(path)?;
    let traced: Vec<Vec<Traced>> = records.par_iter().map(|r| told_by(tools, &bare(&r.id, &r.text))).collect();
    let pred: Vec<Vec<PloverEvent>> = traced.iter().map(|l| l.iter().map(|t| t.0.clone()).collect()).collect();
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
    let mut figures = scores.figures();
    let labelled = path.with_file_name("plv-train.jsonl");
    if appeals && labelled.exists() {
        let others = Others::new(tools, &records, &traced, &plover::load_plv(&labelled)?);
        let names = [
            ("root right, rule at work elsewhere", "full, rule at work elsewhere", false),
            ("root right, rule and lemma at work elsewhere", "full, rule and lemma at work elsewhere", true),
        ];
        for (root, full, lemma) in names {
            let kept: Vec<Vec<PloverEvent>> = (0..records.len()).map(|i| others.keep(i, &traced[i], lemma)).collect();
            let s = plover::score(&records, &kept)?.with_appeals;
            figures.push(Figure::new(root, s.root.value(), s.root.of));
            figures.push(Figure::new(full, s.full.value(), s.full.of));
        }
    }
    Ok(Outcome { figures, lines, ..Outcome::default() })
}

/// An event with its rule and the lemma that set it off.
type Traced = (PloverEvent, String, String);

/// Which rules give right types, and where: records of the manual by their number, labelled sentences after them.
///
/// The rules were written with these records at hand. A rule that is right only in the one record that it may have been
/// written for says nothing of new records; so each record is also read without such rules.
struct Others {
    rules: BTreeMap<String, BTreeSet<usize>>,
    lemmas: BTreeMap<(String, String), BTreeSet<usize>>,
}

impl Others {
    fn new(
        tools: &Tools,
        records: &[plover::PloverRecord],
        traced: &[Vec<Traced>],
        sentences: &[plover::PlvSentence],
    ) -> Others {
        let mut out = Others { rules: BTreeMap::new(), lemmas: BTreeMap::new() };
        let more: Vec<Vec<Traced>> = sentences.par_iter().map(|s| told_by(tools, &bare("s", &s.sentence))).collect();
        let roots = records.iter().map(|r| &r.root).chain(sentences.iter().map(|s| &s.gold_root));
        for (i, (root, events)) in roots.zip(traced.iter().chain(&more)).enumerate() {
            let yields = |k: &str| root == "YIELD" && matches!(k, "CONCEDE" | "RETREAT");
            for (event, rule, lemma) in events {
                if event.root == plover::present_root(root) || yields(&event.root) {
                    out.rules.entry(rule.clone()).or_default().insert(i);
                    out.lemmas.entry((rule.clone(), lemma.clone())).or_default().insert(i);
                }
            }
        }
        out
    }

    /// The events of a record whose rule, or rule and lemma, is right in another one too.
    fn keep(&self, record: usize, events: &[Traced], lemma: bool) -> Vec<PloverEvent> {
        let elsewhere = |set: Option<&BTreeSet<usize>>| set.is_some_and(|s| s.iter().any(|i| *i != record));
        let kept = events.iter().filter(|(_, rule, word)| {
            if lemma {
                elsewhere(self.lemmas.get(&(rule.clone(), word.clone())))
            } else {
                elsewhere(self.rules.get(rule))
            }
        });
        kept.map(|t| t.0.clone()).collect()
    }
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
