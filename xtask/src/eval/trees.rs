//! Treebanks: sentences, words, tags and trees from raw text and from gold words, and the speed of it.

use super::{Outcome, Tools};
use anyhow::{Context, Result};
use counterclaim_evaluation::conll::{self, TreeScores, Treebank};
use counterclaim_syntax::Model;
use rayon::prelude::*;
use std::path::Path;
use std::time::Instant;

/// How the text is given.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Case {
    /// As it was written.
    AsIs,
    /// In capitals.
    Upper,
}

/// Raw text, document by document.
pub fn raw(tools: &Tools, path: &Path, case: Case) -> Result<Outcome> {
    let banks = banks(path, case)?;
    let all = banks.par_iter().map(|b| conll::score_raw(b, &tools.model.parse(&b.text))).collect();
    Ok(Outcome::of(sum(all).figures()))
}

/// Tags and trees of gold words in gold sentences.
pub fn given_words(tools: &Tools, path: &Path) -> Result<Outcome> {
    let banks = banks(path, Case::AsIs)?;
    let one = |bank: &Treebank| {
        let words = |s: &counterclaim_text::Sentence| bank.words[s.tokens()].iter().map(|w| w.form.as_str()).collect();
        let sentences: Vec<Vec<&str>> = bank.sentences.iter().map(words).collect();
        conll::score_gold_words(bank, &tools.model.parse_tokens(&sentences))
    };
    let all = banks.par_iter().map(one).collect::<Result<Vec<_>>>()?;
    // Words and sentences are given, so their figures say nothing.
    let mut figures = sum(all).figures();
    figures.retain(|f| f.name != "words F1" && f.name != "sentences F1");
    Ok(Outcome::of(figures))
}

/// Adds the speed of raw text to trees on the same texts.
pub fn timed(tools: &Tools, path: &Path, mut outcome: Outcome) -> Outcome {
    if let Ok(banks) = banks(path, Case::AsIs) {
        let texts: Vec<&str> = banks.iter().map(|b| b.text.as_str()).collect();
        outcome.speed = Some(speed(tools.model, &texts));
    }
    outcome
}

/// Words per second from raw text to trees on one core: the best of five passes, as other work disturbs.
fn speed(model: &Model, texts: &[&str]) -> f64 {
    let pass = || {
        let start = Instant::now();
        let words: usize = texts.iter().map(|t| model.parse(t).tokens.len()).sum();
        words as f64 / start.elapsed().as_secs_f64()
    };
    (0..5).map(|_| pass()).fold(0.0, f64::max)
}

fn banks(path: &Path, case: Case) -> Result<Vec<Treebank>> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let parse = |doc: &&str| match case {
        Case::AsIs => Treebank::parse(doc),
        Case::Upper => Treebank::parse_upper(doc),
    };
    conll::documents(&text).par_iter().map(parse).collect()
}

fn sum(all: Vec<TreeScores>) -> TreeScores {
    let mut total = TreeScores::default();
    all.into_iter().for_each(|s| total.add(s));
    total
}
