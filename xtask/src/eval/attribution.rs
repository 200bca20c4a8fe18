//! PolNeAR: statements as sources, cues and contents.

use super::{Outcome, Tools};
use anyhow::Result;
use counterclaim_evaluation::attribution::{self, Attribution, AttributionDoc};
use counterclaim_text::Span;
use rayon::prelude::*;
use std::path::Path;

/// Finds the statements of every article.
pub fn measure(tools: &Tools, path: &Path) -> Result<Outcome> {
    let docs = attribution::load(path)?;
    let pred: Vec<Vec<Attribution>> = docs.par_iter().map(|d| statements(tools, d)).collect();
    let figures = attribution::score(&docs, &pred)?.figures();
    let lines = docs.iter().zip(&pred).flat_map(|(d, p)| differences(d, p)).collect();
    Ok(Outcome { figures, lines, ..Outcome::default() })
}

fn statements(tools: &Tools, doc: &AttributionDoc) -> Vec<Attribution> {
    let syntax = tools.model.parse(&doc.text);
    let tree = tools.tree(&doc.text, &syntax);
    let span = |r: &(usize, usize)| tree.span_of(r.0, r.1 - 1);
    counterclaim_coding::attribution::find(&tree)
        .iter()
        .map(|a| Attribution {
            source: a.source.iter().map(span).collect(),
            cue: a.cue.iter().map(span).collect(),
            content: a.content.iter().map(span).collect(),
        })
        .collect()
}

/// What gold has and the reader not, element by element, and the reverse.
fn differences(doc: &AttributionDoc, pred: &[Attribution]) -> Vec<String> {
    let words = |spans: &[Span]| {
        let list: Vec<String> = spans.iter().map(|s| s.of(&doc.text).replace('\n', " ")).collect();
        list.join(" … ")
    };
    let line = |what: &str, a: &Attribution| {
        format!("{} {what} {} | {} | {}", doc.id, words(&a.source), words(&a.cue), words(&a.content))
    };
    let same = |a: &Attribution, b: &Attribution| a.cue.iter().any(|x| b.cue.iter().any(|y| x.overlaps(*y)));
    let mut out = Vec::new();
    for g in &doc.attributions {
        let Some(p) = pred.iter().find(|p| same(g, p)) else {
            out.push(line("MISSED", g));
            continue;
        };
        for (what, a, b) in
            [("SOURCE", &g.source, &p.source), ("CUE", &g.cue, &p.cue), ("CONTENT", &g.content, &p.content)]
        {
            if a != b {
                out.push(format!("{} {what} \"{}\" read \"{}\"", doc.id, words(a), words(b)));
            }
        }
    }
    out.extend(pred.iter().filter(|p| !doc.attributions.iter().any(|g| same(g, p))).map(|p| line("FALSE", p)));
    out
}
