//! PolNeAR: statements as sources, cues and contents, in the set's conventions for what belongs to each.

use super::tools::bare;
use super::{Outcome, Tools};
use anyhow::Result;
use counterclaim_coding::{Speech, Tree};
use counterclaim_evaluation::attribution::{self, Attribution, AttributionDoc};
use counterclaim_text::{Rel, Span, Upos, Xpos};
use rayon::prelude::*;
use std::collections::BTreeMap;
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
    let layers = tools.reader.layers(&bare(&doc.id, &doc.text));
    let tree = tools.tree(&doc.text, &layers.syntax);
    // Statements with one cue are one attribution whose content has several parts.
    let mut by_cue: BTreeMap<usize, Attribution> = BTreeMap::new();
    for s in layers.coded.speeches.all.iter().filter(|s| s.rule != "claims/issuer") {
        let source = source(&tree, s);
        let (cue, taken) = cue(&tree, s);
        let a = by_cue.entry(s.cue).or_insert_with(|| Attribution {
            source: source.map(|(a, b)| tree.span_of(a, b)).into_iter().collect(),
            cue: vec![cue],
            content: Vec::new(),
        });
        let around = source.map_or(taken, |(a, b)| (taken.0.min(a), taken.1.max(b)));
        a.content.extend(content(&tree, s.tokens, around));
    }
    let mut out: Vec<Attribution> = by_cue.into_values().collect();
    for a in &mut out {
        a.content = joined(&doc.text, &a.content);
    }
    out
}

/// First and last token of the speaker's phrase.
fn source(tree: &Tree, s: &Speech) -> Option<(usize, usize)> {
    let head = if s.rule == "claims/according-to" {
        s.cue
    } else if tree.upos(s.cue) == Upos::Verb {
        subject(tree, s.cue)?
    } else {
        let owner = |k: &usize| matches!(tree.rel(*k), Rel::NmodPoss | Rel::Nmod | Rel::Amod);
        tree.kids(s.cue).find(owner)?
    };
    let (mut first, mut last) = tree.hull(head);
    for k in tree.kids(head) {
        let (a, b) = tree.hull(k);
        match tree.rel(k) {
            Rel::Case if k < head => first = first.max(b + 1),
            Rel::Parataxis if a > head => last = last.min(a - 1),
            _ => {}
        }
    }
    while last > head && tree.upos(last) == Upos::Punct && tree.word(last) != ")" {
        last -= 1;
    }
    let opened = (first..=last).any(|i| tree.word(i) == "(") && (first..=last).all(|i| tree.word(i) != ")");
    if opened && last + 1 < tree.len() && tree.word(last + 1) == ")" {
        last += 1;
    }
    Some((first.min(head), last))
}

/// The subject of a speech verb: its own (also "who"), that of the verb it is joined to, or the noun it qualifies.
fn subject(tree: &Tree, verb: usize) -> Option<usize> {
    let mut at = verb;
    for _ in 0..6 {
        if let Some(s) = tree.kid(at, &[Rel::Nsubj, Rel::NsubjOuter, Rel::OblAgent]) {
            return Some(s);
        }
        match tree.rel(at) {
            Rel::Conj | Rel::Xcomp | Rel::Advcl | Rel::Parataxis => at = tree.head(at)?,
            Rel::Acl => return tree.head(at),
            _ => return None,
        }
    }
    None
}

/// The cue's words, and its first and last token.
fn cue(tree: &Tree, s: &Speech) -> (Span, (usize, usize)) {
    let (mut first, mut last) = (s.cue, s.cue);
    if s.rule == "claims/according-to" {
        // "according to" is the case of the speaker's phrase, or stands above it.
        let case = tree.kids(s.cue).find(|k| tree.lemma(*k).starts_with("accord")).or_else(|| tree.head(s.cue));
        first = case.unwrap_or(s.cue);
        last = first;
        if last + 1 < tree.len() && tree.lemma(last + 1) == "to" {
            last += 1;
        }
    } else {
        if tree.kid(s.cue, &[Rel::CompoundPrt]) == Some(last + 1) {
            last += 1;
        }
        // "has said", "also said".
        let before = |i: usize| matches!(tree.rel(i), Rel::Aux | Rel::Advmod) && tree.head(i) == Some(s.cue);
        while first > 0 && before(first - 1) {
            first -= 1;
        }
    }
    (tree.span_of(first, last), (first, last))
}

/// The words of a stretch of tokens without the attribution inside it.
fn content(tree: &Tree, tokens: (usize, usize), inside: (usize, usize)) -> Vec<Span> {
    let (a, b) = tokens;
    let mut parts = Vec::new();
    if inside.0 > b || inside.1 < a {
        parts.push((a, b));
    } else {
        if inside.0 > a {
            parts.push((a, inside.0 - 1));
        }
        if inside.1 < b {
            parts.push((inside.1 + 1, b));
        }
    }
    parts.into_iter().filter_map(|(a, b)| trimmed(tree, a, b)).collect()
}

/// Without punctuation at the ends, but with the quotation marks that stand there.
fn trimmed(tree: &Tree, mut a: usize, mut b: usize) -> Option<Span> {
    let quote = |i: usize| matches!(tree.word(i), "\"" | "“" | "”" | "``" | "''");
    let loose = |i: usize| tree.upos(i) == Upos::Punct && !quote(i);
    while a < b && loose(a) {
        a += 1;
    }
    while b > a && loose(b) {
        b -= 1;
    }
    let tag = |i: usize| tree.syntax.tokens[i].xpos;
    if a > 0 && tag(a - 1) == Xpos::OpenQuote {
        a -= 1;
    }
    // A full stop or comma within the marks belongs to the quotation.
    let stop = |i: usize| matches!(tree.word(i), "." | "," | "!" | "?");
    let close = (b + 1..tree.len().min(b + 3)).find(|i| !stop(*i));
    if let Some(i) = close.filter(|i| tag(*i) == Xpos::CloseQuote) {
        b = i;
    }
    (!(a == b && tree.upos(a) == Upos::Punct)).then(|| tree.span_of(a, b))
}

/// Spans in order; those that overlap or have only white space and punctuation between them are one.
fn joined(text: &str, spans: &[Span]) -> Vec<Span> {
    let mut spans = spans.to_vec();
    spans.sort_unstable();
    let mut out: Vec<Span> = Vec::new();
    for s in spans {
        match out.last_mut() {
            Some(last) if s.start <= last.end || loose(text, *last, s) => *last = last.join(s),
            _ => out.push(s),
        }
    }
    out
}

fn loose(text: &str, a: Span, b: Span) -> bool {
    let between = Span { start: a.end, end: b.start }.of(text);
    !between.contains('\n') && between.chars().all(|c| c.is_whitespace() || c.is_ascii_punctuation())
}

/// Cues that only one side has, and sources and contents that differ under one cue.
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
