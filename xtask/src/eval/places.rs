//! LGL and GeoWebNews: places found in raw text, and the place that a given mention means.

use super::tools::day;
use super::{Outcome, Tools};
use anyhow::Result;
use counterclaim_entities as entities;
use counterclaim_evaluation::Figure;
use counterclaim_evaluation::places::{self, PlaceDoc, Placed, near};
use counterclaim_text::{Report, Span};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::Path;

/// Places found and placed in raw text.
pub fn raw(tools: &Tools, path: &Path) -> Result<Outcome> {
    let docs = places::load(path)?;
    let pred = find(tools, &docs);
    let figures = places::score(&docs, &pred)?.figures();
    let lines = docs.iter().zip(&pred).flat_map(|(d, p)| differences(d, p)).collect();
    Ok(Outcome { figures, lines, ..Outcome::default() })
}

/// Where given mentions lie.
pub fn given(tools: &Tools, path: &Path) -> Result<Outcome> {
    let docs = places::load(path)?;
    let one = |doc: &PlaceDoc| {
        let report = report(doc);
        let spans: Vec<Span> = doc.toponyms.iter().filter(|t| t.counts).map(|t| t.span).collect();
        let places = entities::locate(&report, &tools.model.parse(&report.text), tools.lexicon, &spans);
        let placed: Vec<Placed> = spans.into_iter().zip(places).map(|(s, p)| (s, p.and_then(|p| p.lat_lon))).collect();
        (doc.id.clone(), placed)
    };
    let found: BTreeMap<String, Vec<Placed>> = docs.par_iter().map(one).collect();
    let share = places::score_given(&docs, |doc, span| found.get(&doc.id)?.iter().find(|p| p.0 == span)?.1);
    Ok(Outcome::of(vec![Figure::new("accuracy@161 km", share.value(), share.of)]))
}

fn report(doc: &PlaceDoc) -> Report {
    Report {
        id: doc.id.clone(),
        title: doc.title.clone(),
        published: doc.date.as_deref().and_then(day),
        text: doc.text.clone(),
        ..Report::default()
    }
}

/// Both sets take adjectives ("Russian troops") and datelines for toponyms; the reader keeps them apart from places,
/// because nothing need have happened there, but it finds and resolves them just so.
fn find(tools: &Tools, docs: &[PlaceDoc]) -> Vec<Vec<Placed>> {
    let one = |doc: &PlaceDoc| {
        let (_, entities) = tools.entities(&report(doc));
        let all = entities.places.into_iter().chain(entities.datelines);
        let mut placed: Vec<Placed> = all.map(|p| (p.span, p.place.lat_lon)).collect();
        placed.sort_by_key(|p| p.0);
        placed
    };
    docs.par_iter().map(one).collect()
}

/// What is wrong in one document.
fn differences(doc: &PlaceDoc, pred: &[Placed]) -> Vec<String> {
    let words = |s: Span| s.of(&doc.text).replace('\n', " ");
    let mut out = Vec::new();
    for t in doc.toponyms.iter().filter(|t| t.counts) {
        let over: Vec<&Placed> = pred.iter().filter(|p| p.0.overlaps(t.span)).collect();
        if over.is_empty() {
            out.push(format!("{} MISSED \"{}\"", doc.id, words(t.span)));
        } else if let Some(at) = t.at
            && !over.iter().any(|p| p.1.is_some_and(|q| near(at, q)))
        {
            out.push(format!("{} PLACED {:?} not {at:?} \"{}\"", doc.id, over[0].1, words(t.span)));
        }
    }
    for p in pred.iter().filter(|p| !doc.toponyms.iter().any(|t| t.span.overlaps(p.0))) {
        out.push(format!("{} FALSE \"{}\"", doc.id, words(p.0)));
    }
    out
}
