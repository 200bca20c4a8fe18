//! Training from treebanks: the same files and the same seeds give the same weights.

mod adam;
mod fit;
mod gemm;
mod irregular;
mod lemmas;
mod linear;
mod network;
mod recurrent;
mod rng;
mod score;
mod tokens;

pub use fit::Plan;
pub use network::Dropout;
pub use score::{Scores, given, raw};
pub use tokens::in_upper_case;

use crate::chars::{fold_into, in_capitals};
use crate::conllu::{Document, Words};
use crate::features::{Vocabulary, word_hash};
use crate::model::Model;
use crate::net::infer::Network;
use crate::net::layout::{Layout, Sizes};
use counterclaim_text::{Rel, Upos, Xpos};
use network::Example;
use std::collections::{BTreeMap, BTreeSet};

/// Everything that shapes a training run.
#[derive(Clone, Copy)]
pub struct Settings {
    /// Sizes of the network; those of relations and tags are filled in.
    pub sizes: Sizes,
    /// How the network is fitted.
    pub plan: Plan,
    /// Share of sentences shown in capitals.
    pub capitals: f32,
    /// How often a word must occur in the treebanks to have a row of its own.
    pub known: usize,
    /// How often it must occur in the text without analyses for the same.
    pub known_in_text: usize,
    /// How the network is prepared on text without analyses.
    pub guess: Plan,
    /// How many different words are guessed there.
    pub guessed: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            sizes: Sizes { embedding: 128, hidden: 128, layers: 3, arc: 128, label: 128, rels: 0, tags: 0 },
            plan: Plan {
                epochs: 30,
                batch: 800,
                rate: 2e-3,
                dropout: Dropout { word: 0.2, input: 0.3, choose: 0.3 },
                seed: 17,
            },
            capitals: 0.25,
            known: 2,
            known_in_text: usize::MAX,
            guess: Plan {
                epochs: 0,
                batch: 1200,
                rate: 2e-3,
                dropout: Dropout { word: 0.1, input: 0.1, choose: 0.0 },
                seed: 19,
            },
            guessed: 4096,
        }
    }
}

/// What training has come to.
#[derive(Clone, Copy, Debug)]
pub enum Progress {
    /// Words, sentences and lemmas are learnt; trees are not.
    Simple,
    /// A pass over text without analyses, with the mean loss per guessed word.
    Guessed(usize, f32),
    /// A pass over the treebanks, with the mean loss per word.
    Fitted(usize, f32),
}

/// Trains a model on treebanks and on text without analyses. `after` is called along the way with the model as it
/// stands.
pub fn train(
    documents: &[Document],
    texts: &[String],
    settings: Settings,
    mut after: impl FnMut(Progress, &Model),
) -> Model {
    let upper: Vec<Document> = documents.iter().map(in_upper_case).collect();
    let run_on = tokens::run_on(documents);
    let every = || documents.iter().chain(&upper).chain(&run_on);
    let tokenizer = tokens::tokenizer(every());
    let sentences = tokens::sentences(every());
    let irregular = irregular::words();
    let lemmas = lemmas::lemmatizer(documents.iter().flat_map(|d| d.sentences()).flatten().chain(&irregular));
    let mut model = Model { tokenizer, sentences, lemmas, network: None };
    after(Progress::Simple, &model);

    let loose = if settings.guess.epochs > 0 { sentences_of(&model, texts) } else { Vec::new() };
    let (words, kinds) = vocabulary(documents, &loose, settings);
    let tags = tag_pairs(documents);
    let mut sizes = settings.sizes;
    sizes.rels = Rel::ALL.len().next_multiple_of(16);
    sizes.tags = tags.len().next_multiple_of(16);
    let layout = Layout::new(sizes);
    let examples = |documents: &[Document]| -> Vec<Example> {
        documents.iter().flat_map(|d| d.sentences()).map(|s| example(s, &words, &tags)).collect()
    };
    let (plain, upper) = (examples(documents), examples(&upper));
    let mut weights = fit::Weights::start(&layout, words.rows(), settings.plan.seed);
    let guess = settings.guess;
    fit::fit_guess(
        &layout,
        &mut weights,
        guess,
        &kinds,
        settings.guessed,
        |rng| {
            loose
                .iter()
                .map(|s| {
                    let caps = rng.unit() < settings.capitals;
                    bare(s, &words, caps)
                })
                .collect()
        },
        |epoch, loss| after(Progress::Guessed(epoch, loss), &model),
    );
    fit::fit(
        &layout,
        &mut weights,
        settings.plan,
        |rng| {
            let pick = |(a, b)| if rng.unit() < settings.capitals { b } else { a };
            plain.iter().zip(&upper).map(pick).collect()
        },
        |epoch, loss, w| {
            let words = words.clone();
            model.network = Some(Network::quantised(words, tags.clone(), &layout, &w.dense, &w.table));
            after(Progress::Fitted(epoch, loss), &model);
        },
    );
    model
}

/// The sentences of texts as lists of words, as far as they look like sentences.
fn sentences_of(model: &Model, texts: &[String]) -> Vec<Vec<String>> {
    let mut out = Vec::new();
    for text in texts {
        let got = model.parse(text);
        for s in &got.sentences {
            let words: Vec<String> = s.tokens().map(|i| got.tokens[i].span.of(text).to_string()).collect();
            let letters = words.iter().filter(|w| w.chars().all(char::is_alphabetic)).count();
            if (4..=80).contains(&words.len()) && letters * 2 > words.len() {
                out.push(words);
            }
        }
    }
    out
}

/// The words that occur often enough, and for each row the number of its word among those that are guessed.
fn vocabulary(documents: &[Document], loose: &[Vec<String>], settings: Settings) -> (Vocabulary, Vec<u16>) {
    let mut counts: BTreeMap<u32, (usize, usize)> = BTreeMap::new();
    let mut folded = Vec::new();
    for w in documents.iter().flat_map(|d| d.sentences()).flatten() {
        fold_into(&w.form, &mut folded);
        counts.entry(word_hash(&folded)).or_default().0 += 1;
    }
    for w in loose.iter().flatten() {
        fold_into(w, &mut folded);
        counts.entry(word_hash(&folded)).or_default().1 += 1;
    }
    counts.retain(|_, c| c.0 >= settings.known || c.0 + c.1 >= settings.known_in_text);
    let words = Vocabulary::new(counts.keys().copied().collect());
    let mut frequent: Vec<(usize, u32)> = counts.iter().map(|(&h, c)| (c.0 + c.1, h)).collect();
    frequent.sort_by_key(|&(n, h)| (std::cmp::Reverse(n), h));
    let mut kinds = vec![u16::MAX; counts.len() + 1];
    for (k, &(_, h)) in frequent.iter().take(settings.guessed).enumerate() {
        kinds[words.row(h) as usize] = k as u16;
    }
    (words, kinds)
}

/// A sentence without analysis as numbers, in capitals if `caps`.
fn bare(words: &[String], vocabulary: &Vocabulary, caps: bool) -> Example {
    let upper: Vec<String> = if caps { words.iter().map(|w| tokens::capitals(w)).collect() } else { Vec::new() };
    let words = if caps { &upper } else { words };
    let caps = in_capitals(words.iter().map(|w| w.as_str()));
    let mut e = Example { rows: vec![], ends: vec![], heads: vec![], rels: vec![], tags: vec![] };
    let mut buffer = Vec::new();
    for w in words {
        vocabulary.describe(w, caps, &mut buffer, &mut e.rows);
        e.ends.push(e.rows.len() as u32);
    }
    e
}

/// All pairs of tags that occur.
fn tag_pairs(documents: &[Document]) -> Vec<(Upos, Xpos)> {
    let pairs: BTreeSet<_> =
        documents.iter().flat_map(|d| d.sentences()).flatten().map(|w| (w.upos, w.xpos)).collect();
    pairs.into_iter().take(256).collect()
}

/// A sentence as numbers.
fn example(words: &Words, vocabulary: &Vocabulary, tags: &[(Upos, Xpos)]) -> Example {
    let caps = in_capitals(words.iter().map(|w| w.form.as_str()));
    let mut e = Example { rows: vec![], ends: vec![], heads: vec![], rels: vec![], tags: vec![] };
    let mut buffer = Vec::new();
    for w in words {
        vocabulary.describe(&w.form, caps, &mut buffer, &mut e.rows);
        e.ends.push(e.rows.len() as u32);
        e.heads.push(w.head as u16);
        e.rels.push(w.rel as u8);
        e.tags.push(tags.binary_search(&(w.upos, w.xpos)).unwrap_or(0) as u8);
    }
    e
}
