//! LGL and GeoWebNews: places found in raw text, and the place that a given mention means.

use super::tools::day;
use super::{Outcome, Tools};
use anyhow::Result;
use counterclaim_evaluation::Figure;
use counterclaim_evaluation::places::{self, LatLon, PlaceDoc, Placed, near};
use counterclaim_lexicon::words_of;
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
    let pred = find(tools, &docs);
    let by_id: BTreeMap<&str, &Vec<Placed>> = docs.iter().map(|d| d.id.as_str()).zip(&pred).collect();
    let share = places::score_given(&docs, |doc, span| {
        let found = by_id.get(doc.id.as_str())?;
        let same = found.iter().find(|p| p.0 == span);
        let near = || found.iter().find(|p| p.0.overlaps(span) && p.1.is_some());
        same.or_else(near).and_then(|p| p.1).or_else(|| by_name(tools, span.of(&doc.text)))
    });
    Ok(Outcome::of(vec![Figure::new("accuracy@161 km", share.value(), share.of)]))
}

/// A mention that the reader passes over is looked up by its name alone: the most people, else the first row.
fn by_name(tools: &Tools, name: &str) -> Option<LatLon> {
    let entries = tools.lexicon.places.lookup(&words_of(name).join(" "));
    let best = entries.iter().enumerate().max_by_key(|(i, e)| (e.population, usize::MAX - i));
    best.map(|(_, e)| (e.lat, e.lon))
}

fn find(tools: &Tools, docs: &[PlaceDoc]) -> Vec<Vec<Placed>> {
    let one = |doc: &PlaceDoc| {
        let report = Report {
            id: doc.id.clone(),
            title: doc.title.clone(),
            published: doc.date.as_deref().and_then(day),
            text: doc.text.clone(),
            ..Report::default()
        };
        let (_, entities) = tools.entities(&report);
        entities.places.into_iter().filter(|p| !p.demonym).map(|p| (p.span, p.place.lat_lon)).collect()
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
