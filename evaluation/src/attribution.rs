//! Scores who said what on PolNeAR, news articles with their attributions marked.
//!
//! Measures usual for the corpus (Newell, Margolin and Ruths 2018, "An attribution relations corpus for political
//! news"): F1 of exactly found sources, cues and contents, and F1 of the words inside contents. A discontinuous element
//! is right if all its parts are. An element shared by several attributions counts once.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Result, ensure};
use counterclaim_text::Span;
use serde::Deserialize;

use crate::figures::{Count, Figure};
use crate::gold::{CharMap, json_lines};

/// One attribution, gold or predicted; an element without spans is absent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attribution {
    /// Who spoke.
    pub source: Vec<Span>,
    /// The words that attribute, such as "said".
    pub cue: Vec<Span>,
    /// What was said.
    pub content: Vec<Span>,
}

/// One gold article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AttributionDoc {
    /// Identifier in the set.
    pub id: String,
    /// The text that spans point into.
    pub text: String,
    /// Its attributions.
    pub attributions: Vec<Attribution>,
}

#[derive(Deserialize)]
struct Row {
    #[serde(default)]
    id: String,
    text: String,
    attributions: Vec<RowAttribution>,
}

#[derive(Deserialize)]
struct RowAttribution {
    #[serde(default)]
    source: Vec<(usize, usize)>,
    #[serde(default)]
    cue: Vec<(usize, usize)>,
    #[serde(default)]
    content: Vec<(usize, usize)>,
}

/// Reads one file, such as `attribution/polnear-dev.jsonl`; its character offsets become bytes.
///
/// # Errors
/// If the file cannot be read or a line is malformed.
pub fn load(path: &Path) -> Result<Vec<AttributionDoc>> {
    Ok(json_lines::<Row>(path)?.into_iter().map(doc).collect())
}

fn doc(row: Row) -> AttributionDoc {
    let map = CharMap::new(&row.text);
    let spans = |list: &[(usize, usize)]| list.iter().map(|&(s, e)| map.span(s, e)).collect();
    let attributions = row.attributions.iter().map(|a| Attribution {
        source: spans(&a.source),
        cue: spans(&a.cue),
        content: spans(&a.content),
    });
    let attributions = attributions.collect();
    AttributionDoc { id: row.id, text: row.text, attributions }
}

/// The figures of the corpus paper.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AttributionScores {
    /// Exact sources.
    pub source: Count,
    /// Exact cues.
    pub cue: Count,
    /// Exact contents.
    pub content: Count,
    /// Words inside contents.
    pub content_tokens: Count,
    /// Attributions whose source and content both overlap those of one predicted attribution.
    pub linked: Count,
}

impl AttributionScores {
    /// The figures for the table.
    pub fn figures(&self) -> Vec<Figure> {
        let rows = [
            ("source exact F1", self.source),
            ("cue exact F1", self.cue),
            ("content exact F1", self.content),
            ("content tokens F1", self.content_tokens),
            ("source and content linked F1", self.linked),
        ];
        rows.iter().map(|(name, c)| Figure::new(name, c.f1(), c.gold())).collect()
    }
}

/// Scores one list of predicted attributions per document.
///
/// # Errors
/// If there is not one list per document.
pub fn score(docs: &[AttributionDoc], pred: &[Vec<Attribution>]) -> Result<AttributionScores> {
    ensure!(docs.len() == pred.len(), "{} predictions for {} documents", pred.len(), docs.len());
    let mut s = AttributionScores::default();
    for (doc, pred) in docs.iter().zip(pred) {
        let gold = &doc.attributions;
        s.source += exact(gold, pred, |a| &a.source);
        s.cue += exact(gold, pred, |a| &a.cue);
        s.content += exact(gold, pred, |a| &a.content);
        let inside = |list: &[Attribution]| {
            let spans: Vec<Span> = list.iter().flat_map(|a| a.content.iter().copied()).collect();
            let words = words(&doc.text);
            words.into_iter().filter(|w| spans.iter().any(|s| s.contains(*w))).collect()
        };
        s.content_tokens += shared(&inside(gold), &inside(pred));
        s.linked += linked(gold, pred);
    }
    Ok(s)
}

fn exact(gold: &[Attribution], pred: &[Attribution], element: impl Fn(&Attribution) -> &Vec<Span>) -> Count {
    let set = |list: &[Attribution]| {
        let mut out = BTreeSet::new();
        for a in list.iter().filter(|a| !element(a).is_empty()) {
            let mut spans = element(a).clone();
            spans.sort_unstable();
            out.insert(spans);
        }
        out
    };
    shared(&set(gold), &set(pred))
}

fn shared<T: Ord>(gold: &BTreeSet<T>, pred: &BTreeSet<T>) -> Count {
    Count::of(gold.intersection(pred).count(), gold.len(), pred.len())
}

fn linked(gold: &[Attribution], pred: &[Attribution]) -> Count {
    let whole = |a: &&Attribution| !a.source.is_empty() && !a.content.is_empty();
    let gold: Vec<_> = gold.iter().filter(whole).collect();
    let pred: Vec<_> = pred.iter().filter(whole).collect();
    let over = |a: &[Span], b: &[Span]| a.iter().any(|x| b.iter().any(|y| x.overlaps(*y)));
    let mut used = vec![false; pred.len()];
    let mut hit = 0;
    for g in &gold {
        let fits = |p: &Attribution| over(&g.source, &p.source) && over(&g.content, &p.content);
        if let Some(j) = (0..pred.len()).find(|&j| !used[j] && fits(pred[j])) {
            used[j] = true;
            hit += 1;
        }
    }
    Count::of(hit, gold.len(), pred.len())
}

/// Runs of letters and digits, and single other characters that are not white space.
fn words(text: &str) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    let mut in_word = false;
    for (i, c) in text.char_indices() {
        let end = i + c.len_utf8();
        match out.last_mut() {
            Some(last) if in_word && c.is_alphanumeric() => last.end = end as u32,
            _ if c.is_whitespace() => {}
            _ => out.push(Span::new(i, end)),
        }
        in_word = c.is_alphanumeric();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn article() -> AttributionDoc {
        let row = json!({"id": "a", "text": "Né Ost said rain, he thought, would come.", "attributions": [
            {"source": [[0, 6]], "cue": [[7, 11]], "content": [[12, 16], [30, 40]]},
            {"cue": [[21, 28]]}]});
        doc(serde_json::from_value(row).unwrap())
    }

    #[test]
    fn words_and_spans() {
        let d = article();
        assert_eq!(d.attributions[0].source[0].of(&d.text), "Né Ost");
        let w: Vec<_> = words("it's 5 km.").iter().map(|s| s.of("it's 5 km.")).collect();
        assert_eq!(w, ["it", "'", "s", "5", "km", "."]);
    }

    #[test]
    fn exact_and_token_scores() {
        let d = article();
        let mut p = d.attributions[0].clone();
        p.content.pop();
        let s = score(&[d], &[vec![p]]).unwrap();
        assert_eq!(s.source, Count::of(1, 1, 1));
        assert_eq!(s.cue, Count::of(1, 2, 1));
        assert_eq!(s.content, Count::of(0, 1, 1));
        assert_eq!(s.content_tokens, Count::of(1, 3, 1));
        assert_eq!(s.linked, Count::of(1, 1, 1));
    }
}
