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
        }
    }
}

/// What training has come to.
#[derive(Clone, Copy, Debug)]
pub enum Progress {
    /// Words, sentences and lemmas are learnt; trees are not.
    Simple,
    /// A pass over the treebanks, with the mean loss per word.
    Fitted(usize, f32),
}

/// Learns words, sentences and lemmas, which takes seconds; the model has no network yet.
pub fn simple(documents: &[Document]) -> Model {
    let upper: Vec<Document> = documents.iter().map(in_upper_case).collect();
    let run_on = tokens::run_on(documents);
    let every = || documents.iter().chain(&upper).chain(&run_on);
    let seen = || documents.iter().flat_map(|d| d.sentences()).flatten();
    let more = [irregular::words(), irregular::forms_of(seen())].concat();
    let words = seen().chain(&more);
    Model {
        tokenizer: tokens::tokenizer(every()),
        sentences: tokens::sentences(every()),
        lemmas: lemmas::lemmatizer(words),
        network: None,
    }
}

/// The same, with the network of another model.
pub fn simple_with(documents: &[Document], other: Model) -> Model {
    Model { network: other.network, ..simple(documents) }
}

/// Trains a model on treebanks. `after` is called along the way with the model as it stands.
pub fn train(documents: &[Document], settings: Settings, mut after: impl FnMut(Progress, &Model)) -> Model {
    let mut model = simple(documents);
    after(Progress::Simple, &model);
    let upper: Vec<Document> = documents.iter().map(in_upper_case).collect();
    let words = vocabulary(documents, settings.known);
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

/// The words that occur often enough, by their hashes.
fn vocabulary(documents: &[Document], known: usize) -> Vocabulary {
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    let mut folded = Vec::new();
    for w in documents.iter().flat_map(|d| d.sentences()).flatten() {
        fold_into(&w.form, &mut folded);
        *counts.entry(word_hash(&folded)).or_default() += 1;
    }
    Vocabulary::new(counts.into_iter().filter(|c| c.1 >= known).map(|c| c.0).collect())
}

/// All pairs of tags that occur.
fn tag_pairs(documents: &[Document]) -> Vec<(Upos, Xpos)> {
    let pairs: BTreeSet<_> = documents.iter().flat_map(|d| d.sentences()).flatten().map(|w| (w.upos, w.xpos)).collect();
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
