//! Long texts are read in windows of whole sentences, so that the work grows with the length of the text and not faster.

use counterclaim_text::{Name, Sentence, Span, SpeechMark, Syntax, Token};
use std::ops::Range;

/// Most sentences in one window; a newspaper page has about a hundred.
const SENTENCES: usize = 600;

/// The sentence ranges of the windows of a text; one range for anything shorter than a long book chapter.
pub(crate) fn windows(text: &str, syntax: &Syntax) -> Vec<Range<usize>> {
    let n = syntax.sentences.len();
    let mut out = Vec::new();
    let mut start = 0;
    while start < n {
        let mut end = (start + SENTENCES).min(n);
        if end < n {
            // Better to cut between paragraphs, if one ends in the last third.
            let breaks = |s: usize| {
                let before = syntax.sentence_span(syntax.sentences[s - 1]).end as usize;
                let after = syntax.sentence_span(syntax.sentences[s]).start as usize;
                text.get(before..after).is_some_and(|gap| gap.contains('\n'))
            };
            end = (end - SENTENCES / 3..=end).rev().find(|s| breaks(*s)).unwrap_or(end);
        }
        out.push(start..end);
        start = end;
    }
    out
}

/// The part of a layer that holds these sentences; spans stay those of the whole text.
pub(crate) fn cut(syntax: &Syntax, range: &Range<usize>) -> Syntax {
    let first = syntax.sentences[range.start].start;
    let last = syntax.sentences[range.end - 1].end;
    let mut lemmas = String::new();
    let tokens: Vec<Token> = syntax.tokens[first as usize..last as usize]
        .iter()
        .map(|t| {
            let start = lemmas.len();
            lemmas.push_str(t.lemma.of(&syntax.lemmas));
            Token { head: t.head - first, lemma: Span::new(start, lemmas.len()), ..*t }
        })
        .collect();
    let sentences = syntax.sentences[range.clone()]
        .iter()
        .map(|s| Sentence { start: s.start - first, end: s.end - first })
        .collect();
    let inside = |start: u32, end: u32| (start.max(first), end.min(last));
    let names = syntax.names.iter().filter(|n| n.start < last && n.end > first);
    let speech = syntax.speech.iter().filter(|s| s.start < last && s.end > first);
    Syntax {
        tokens,
        sentences,
        lemmas,
        names: names
            .map(|n| (inside(n.start, n.end), n.class))
            .map(|((start, end), class)| Name { class, start: start - first, end: end - first })
            .collect(),
        speech: speech
            .map(|s| (inside(s.start, s.end), s.part))
            .map(|((start, end), part)| SpeechMark { part, start: start - first, end: end - first })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_cover_every_sentence_once() {
        let text = "Rain fell on the pass. ".repeat(1500);
        let syntax = counterclaim_syntax::Model::embedded().parse(&text);
        let list = windows(&text, &syntax);
        assert!(list.len() > 1);
        assert_eq!(list.iter().map(|r| r.len()).sum::<usize>(), syntax.sentences.len());
        let parts: usize = list.iter().map(|r| cut(&syntax, r).tokens.len()).sum();
        assert_eq!(parts, syntax.tokens.len());
    }
}
