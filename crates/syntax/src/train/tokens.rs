//! Fits the word splitter and the sentence splitter to the running text of a treebank.

use super::linear::{Examples, fit};
use super::rng::Rng;
use crate::chars::{fold_into, in_capitals};
use crate::conllu::Document;
use crate::linear::Linear;
use crate::sentences::{self, Look, State};
use crate::tokenize::{Tokenizer, around, contraction_key, is_candidate, look, place_features};
use std::collections::BTreeMap;

/// The word in capitals, character by character, so that lengths in characters stay.
pub fn capitals(word: &str) -> String {
    word.chars()
        .map(|c| {
            let mut up = c.to_uppercase();
            match (up.next(), up.next()) {
                (Some(u), None) => u,
                _ => c,
            }
        })
        .collect()
}

/// A copy of the document in capitals.
pub fn in_upper_case(d: &Document) -> Document {
    let mut d = d.clone();
    for w in d.paragraphs.iter_mut().flatten().flatten() {
        w.form = capitals(&w.form);
    }
    d
}

/// Copies of some documents in which now and then the space after a full stop is missing, as happens in news
/// taken from the web.
pub fn run_on(documents: &[Document]) -> Vec<Document> {
    let mut rng = Rng(23);
    let mut out = Vec::new();
    for d in documents {
        if rng.unit() > 0.3 {
            continue;
        }
        let mut d = d.clone();
        for p in &mut d.paragraphs {
            for i in 1..p.len() {
                let small = |w: &str| w.len() > 2 && w.chars().all(char::is_lowercase);
                let capital = |w: &str| w.starts_with(char::is_uppercase) && w[1..].chars().all(char::is_lowercase);
                let fits = match p[i - 1].as_slice() {
                    [.., word, stop] => small(&word.form) && stop.form == "." && !word.space_after,
                    _ => false,
                };
                if fits
                    && p[i].first().is_some_and(|w| w.form.is_ascii() && capital(&w.form))
                    && rng.unit() < 0.4
                    && let Some(stop) = p[i - 1].last_mut()
                {
                    stop.space_after = false;
                }
            }
        }
        out.push(d);
    }
    out
}

/// Fits the word splitter.
pub fn tokenizer<'d>(documents: impl Iterator<Item = &'d Document>) -> Tokenizer {
    let mut examples = Examples::default();
    // Runs of letters: how often whole, and how often cut where.
    let mut runs: BTreeMap<Vec<char>, BTreeMap<usize, usize>> = BTreeMap::new();
    let (mut chunk, mut features, mut folded) = (Vec::new(), Vec::new(), Vec::new());
    for d in documents {
        let (text, spans) = d.text();
        let ends: std::collections::BTreeSet<usize> = spans.iter().flatten().map(|s| s.1).collect();
        let mut from = 0;
        for part in text.split_whitespace() {
            let start = from + text[from..].find(part).unwrap_or(0);
            let end = start + part.len();
            from = end;
            look(&text, start, end, &mut chunk);
            let around = around(&text, end, &chunk);
            let offsets: Vec<usize> = text[start..end].char_indices().map(|(i, _)| start + i).chain([end]).collect();
            let mut last = 0;
            // Cuts made by the classifier bound the runs looked up among contractions.
            let mut bounds = vec![0];
            for (i, offset) in offsets.iter().enumerate().take(chunk.len()).skip(1) {
                let cut = ends.contains(offset);
                if is_candidate(&chunk, i) {
                    place_features(&chunk, i, last, around, &mut features);
                    examples.push(&features, cut);
                    if cut {
                        last = i;
                        bounds.push(i);
                    }
                }
            }
            bounds.push(chunk.len());
            for b in bounds.windows(2) {
                let run = &text[offsets[b[0]]..offsets[b[1]]];
                if run.chars().all(char::is_alphabetic) && (3..10).contains(&run.len()) {
                    fold_into(run, &mut folded);
                    let cuts: Vec<usize> = (b[0] + 1..b[1]).filter(|&i| ends.contains(&offsets[i])).collect();
                    let at = if cuts.len() == 1 { cuts[0] - b[0] } else { 0 };
                    *runs.entry(folded.clone()).or_default().entry(at).or_default() += 1;
                }
            }
        }
    }
    let mut contractions = BTreeMap::new();
    for (run, counts) in runs {
        let total: usize = counts.values().sum();
        if let Some((&at, &n)) = counts.iter().max_by_key(|c| c.1)
            && at > 0
            && n * 2 > total
        {
            contractions.insert(contraction_key(&run), at as u32);
        }
    }
    let places = fit(&examples, 6, 0.25, 0.0, 11);
    Tokenizer { places, contractions: contractions.into_iter().collect() }
}

/// Fits the sentence splitter.
pub fn sentences<'d>(documents: impl Iterator<Item = &'d Document>) -> Linear {
    let mut examples = Examples::default();
    let mut features = Vec::new();
    for d in documents {
        for p in &d.paragraphs {
            let words: Vec<(&str, bool, bool)> = p
                .iter()
                .flat_map(|s| {
                    s.iter().enumerate().map(move |(i, w)| (w.form.as_str(), w.space_after, i + 1 == s.len()))
                })
                .collect();
            let caps = in_capitals(words.iter().map(|w| w.0));
            let looks: Vec<Look> =
                words.iter().enumerate().map(|(i, w)| sentences::look(w.0, i > 0 && !words[i - 1].1, caps)).collect();
            let at = |i: usize, d: isize| looks.get((i as isize + d) as usize).copied().unwrap_or_default();
            let mut state = State::default();
            for (i, word) in words.iter().enumerate().take(words.len() - 1) {
                state.step(word.0);
                let window = [at(i, -2), at(i, -1), at(i, 0), at(i, 1), at(i, 2), at(i, 3)];
                if sentences::is_candidate(window[2], window[3]) {
                    sentences::features(&window, state, caps, &mut features);
                    examples.push(&features, word.2);
                }
                if word.2 {
                    state = State::default();
                }
            }
        }
    }
    fit(&examples, 8, 0.2, 0.0, 13)
}
