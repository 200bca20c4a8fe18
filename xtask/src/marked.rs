//! Texts with marked names (Worldwide) and reported speech (PolNeAR), cut into words as the model cuts them.

use anyhow::Result;
use counterclaim_evaluation::{Count, attribution, names};
use counterclaim_syntax::{Model, train::Marked};
use counterclaim_text::{Name, NameClass, Span, SpeechMark, SpeechPart, Syntax};
use std::collections::BTreeSet;
use std::path::Path;

/// The marked paragraphs to train from; of the names every tenth article is left out, to measure on.
///
/// # Errors
/// If a set cannot be read.
pub fn load(gold: &Path, model: &Model) -> Result<Vec<Marked>> {
    let mut out = Vec::new();
    let articles = names::load(&gold.join("names/worldwide"))?;
    for (_, doc) in articles.iter().enumerate().filter(|(i, _)| !names::held_back(*i)) {
        let spans: Vec<(NameClass, Span)> = doc.names.iter().filter_map(|n| Some((class_of(&n.1)?, n.0))).collect();
        // The set has one sentence a line; newspapers have paragraphs of one to three.
        let text = paragraphs_of_lines(&doc.text);
        for (words, range) in paragraphs(&text, &model.parse(&text)) {
            let marks = stretches(&words, &spans);
            let names = marks.map(|(class, start, end)| Name { class, start, end }).collect();
            out.push(Marked { sentences: range, names: Some(names), speech: None });
        }
    }
    for doc in attribution::load(&gold.join("attribution/polnear-train.jsonl"))? {
        let mut spans: Vec<(SpeechPart, Span)> = Vec::new();
        for a in &doc.attributions {
            let parts = [(SpeechPart::Content, &a.content), (SpeechPart::Source, &a.source), (SpeechPart::Cue, &a.cue)];
            spans.extend(parts.iter().flat_map(|(part, list)| list.iter().map(|s| (*part, *s))));
        }
        for (words, range) in paragraphs(&doc.text, &model.parse(&doc.text)) {
            let marks = stretches(&words, &spans);
            let speech = marks.map(|(part, start, end)| SpeechMark { part, start, end }).collect();
            out.push(Marked { sentences: range, names: None, speech: Some(speech) });
        }
    }
    Ok(out)
}

/// What the marks are scored on: articles with names that were left out of training, and articles with speech.
pub struct Held {
    names: Vec<names::NameDoc>,
    speech: Vec<attribution::AttributionDoc>,
}

impl Held {
    /// Reads both sets.
    ///
    /// # Errors
    /// If a set cannot be read.
    pub fn load(gold: &Path) -> Result<Held> {
        let articles = names::load(&gold.join("names/worldwide"))?.into_iter().enumerate();
        let mut names: Vec<_> = articles.filter(|(i, _)| names::held_back(*i)).map(|(_, d)| d).collect();
        for d in &mut names {
            d.names = d.names.iter().filter_map(|n| Some((n.0, names::folded(&n.1)?.to_owned()))).collect();
        }
        Ok(Held { names, speech: attribution::load(&gold.join("attribution/polnear-dev.jsonl"))? })
    }

    /// F1 of names, and of single stretches of source, cue and content, on raw text.
    pub fn scores(&self, model: &Model) -> String {
        let found: Vec<Vec<names::Name>> = self.names.iter().map(|d| named(&model.parse(&d.text))).collect();
        let mut out = String::from("marks:");
        if let Ok(s) = names::score(&self.names, &found) {
            out += &format!(" names {:.2}", 100.0 * s.main().f1());
        }
        for part in SpeechPart::ALL {
            let mut count = Count::default();
            for d in &self.speech {
                let element = |a: &attribution::Attribution| match part {
                    SpeechPart::Source => a.source.clone(),
                    SpeechPart::Cue => a.cue.clone(),
                    SpeechPart::Content => a.content.clone(),
                };
                let gold: BTreeSet<Span> = d.attributions.iter().flat_map(element).collect();
                let syntax = model.parse(&d.text);
                let marks = syntax.speech.iter().filter(|m| m.part == *part);
                let found: BTreeSet<Span> = marks.map(|m| words_span(&syntax, m.start, m.end)).collect();
                let hit = gold.intersection(&found).count();
                count += Count::of(hit, gold.len(), found.len());
            }
            out += &format!(" {part:?} {:.2}", 100.0 * count.f1());
        }
        out
    }
}

/// The span of a range of words.
fn words_span(syntax: &Syntax, start: u32, end: u32) -> Span {
    syntax.tokens[start as usize].span.join(syntax.tokens[end as usize - 1].span)
}

/// The names that the model finds, in the folded classes of the set.
pub fn named(syntax: &Syntax) -> Vec<names::Name> {
    let class = |c: NameClass| match c {
        NameClass::Person => "Person",
        NameClass::Organisation => "Organization",
        NameClass::Place => "Location",
        NameClass::People | NameClass::Other => "Other",
    };
    syntax.names.iter().map(|n| (words_span(syntax, n.start, n.end), class(n.class).to_owned())).collect()
}

/// The class of the layer for a class of the set; dates and sums of money are no names.
pub fn class_of(class: &str) -> Option<NameClass> {
    Some(match class {
        "Person" => NameClass::Person,
        "Organization" => NameClass::Organisation,
        "Location" | "Facility" => NameClass::Place,
        "NORP" => NameClass::People,
        "Misc" | "Product" => NameClass::Other,
        _ => return None,
    })
}

/// The text with most line breaks turned into spaces: paragraphs of one, two and three lines in turn.
fn paragraphs_of_lines(text: &str) -> String {
    let mut line = 0;
    text.chars()
        .map(|c| match c {
            '\n' => {
                line += 1;
                if matches!(line % 6, 1 | 3 | 0) { '\n' } else { ' ' }
            }
            c => c,
        })
        .collect()
}

/// Spans of the words of each paragraph, and the words sentence by sentence.
fn paragraphs(text: &str, syntax: &Syntax) -> Vec<(Vec<Span>, Vec<Vec<String>>)> {
    let mut out: Vec<(Vec<Span>, Vec<Vec<String>>)> = Vec::new();
    let mut last = 0;
    for s in &syntax.sentences {
        let span = syntax.sentence_span(*s);
        let gap = text.get(last..span.start as usize).unwrap_or("");
        if out.is_empty() || gap.contains('\n') || out.last().is_some_and(|p| p.0.len() > 320) {
            out.push((Vec::new(), Vec::new()));
        }
        last = span.end as usize;
        let Some(paragraph) = out.last_mut() else { continue };
        let tokens = &syntax.tokens[s.tokens()];
        paragraph.0.extend(tokens.iter().map(|t| t.span));
        paragraph.1.push(tokens.iter().map(|t| t.span.of(text).to_owned()).collect());
    }
    out
}

/// The words that each span covers; where spans overlap, the later one in the list wins.
fn stretches<'a, T: Copy + PartialEq + 'a>(
    words: &'a [Span],
    spans: &'a [(T, Span)],
) -> impl Iterator<Item = (T, u32, u32)> + 'a {
    let mut owner: Vec<Option<usize>> = vec![None; words.len()];
    for (k, (_, span)) in spans.iter().enumerate() {
        let first = words.partition_point(|w| w.end <= span.start);
        let after = words.partition_point(|w| w.start < span.end);
        owner[first..after.max(first)].fill(Some(k));
    }
    let mut out = Vec::new();
    let mut i = 0;
    while i < owner.len() {
        let start = i;
        while i < owner.len() && owner[i] == owner[start] {
            i += 1;
        }
        if let Some(k) = owner[start] {
            out.push((spans[k].0, start as u32, i as u32));
        }
    }
    out.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_become_words() {
        let words = [Span::new(0, 4), Span::new(5, 9), Span::new(9, 10), Span::new(11, 15)];
        let spans = [('c', Span::new(5, 15)), ('q', Span::new(11, 15))];
        assert_eq!(stretches(&words, &spans).collect::<Vec<_>>(), [('c', 1, 3), ('q', 3, 4)]);
    }

    #[test]
    fn lines_are_joined_in_turn() {
        assert_eq!(paragraphs_of_lines("a\nb\nc\nd\ne\nf\ng"), "a\nb c\nd e f\ng");
    }
}
