//! Training from treebanks: the same files and the same seeds give the same weights.

mod adam;
mod fit;
mod gemm;
mod irregular;
mod lemmas;
mod linear;
mod marks;
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
use crate::net::marks::{NAMES, SPEECH, Scheme};
use counterclaim_text::{Name, Rel, SpeechMark, Upos, Xpos};
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
    /// How often a word must occur in the marked texts to have a row of its own.
    pub known_marked: usize,
    /// Share of the marked texts that is shown in each pass.
    pub share: f32,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            sizes: Sizes { embedding: 128, hidden: 128, layers: 3, arc: 128, label: 128, rels: 0, tags: 0, story: 64 },
            plan: Plan {
                epochs: 30,
                batch: 800,
                rate: 2e-3,
                dropout: Dropout { word: 0.2, input: 0.3, choose: 0.3 },
                seed: 17,
            },
            capitals: 0.25,
            known: 2,
            known_marked: 5,
            share: 0.6,
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

/// Consecutive sentences of one paragraph whose names or reported speech are known.
#[derive(Clone, Debug, Default)]
pub struct Marked {
    /// The words of each sentence.
    pub sentences: Vec<Vec<String>>,
    /// Names, as ranges over the words of all sentences; `None` where they are not known.
    pub names: Option<Vec<Name>>,
    /// Parts of speech, as ranges over the words of all sentences; `None` where they are not known.
    pub speech: Option<Vec<SpeechMark>>,
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

/// Adds a network to a model that knows words and sentences, trained on treebanks and marked texts. `lists` are words
/// of lists of names with one bit for each list. `after` is called
/// after each pass with the model as it stands.
pub fn train(
    mut model: Model,
    documents: &[Document],
    marked: &[Marked],
    lists: &[(String, u8)],
    settings: Settings,
    mut after: impl FnMut(Progress, &Model),
) -> Model {
    let upper: Vec<Document> = documents.iter().map(in_upper_case).collect();
    let words = vocabulary(documents, marked, lists, settings);
    let tags = tag_pairs(documents);
    let mut sizes = settings.sizes;
    sizes.rels = Rel::ALL.len().next_multiple_of(16);
    sizes.tags = tags.len().next_multiple_of(16);
    let layout = Layout::new(sizes);
    let examples = |documents: &[Document]| -> Vec<Example> {
        documents.iter().flat_map(|d| d.sentences()).map(|s| example(s, &words, &tags)).collect()
    };
    let (plain, upper) = (examples(documents), examples(&upper));
    let texts = |up: bool| -> Vec<Example> { marked.iter().map(|m| marked_example(m, &words, up)).collect() };
    let (marked_plain, marked_upper) = (texts(false), texts(true));
    let mut weights = fit::Weights::start(&layout, words.rows(), settings.plan.seed);
    fit::fit(
        &layout,
        &mut weights,
        settings.plan,
        |rng| {
            let pick = |(a, b)| if rng.unit() < settings.capitals { b } else { a };
            let mut all: Vec<&Example> = plain.iter().zip(&upper).map(pick).collect();
            for pair in marked_plain.iter().zip(&marked_upper) {
                if rng.unit() < settings.share {
                    all.push(if rng.unit() < settings.capitals { pair.1 } else { pair.0 });
                }
            }
            all
        },
        |epoch, loss, w| {
            let words = words.clone();
            model.network = Some(Network::quantised(words, tags.clone(), &layout, &w.dense, &w.table));
            after(Progress::Fitted(epoch, loss), &model);
        },
    );
    model
}

/// The words that occur often enough and the listed ones, by their hashes.
fn vocabulary(documents: &[Document], marked: &[Marked], lists: &[(String, u8)], settings: Settings) -> Vocabulary {
    let mut counts: BTreeMap<u32, (usize, usize)> = BTreeMap::new();
    let mut folded = Vec::new();
    let mut key = |form: &str| {
        fold_into(form, &mut folded);
        word_hash(&folded)
    };
    for w in documents.iter().flat_map(|d| d.sentences()).flatten() {
        counts.entry(key(&w.form)).or_default().0 += 1;
    }
    for w in marked.iter().flat_map(|m| &m.sentences).flatten() {
        counts.entry(key(w)).or_default().1 += 1;
    }
    let often = |c: &(u32, (usize, usize))| c.1.0 >= settings.known || c.1.1 >= settings.known_marked;
    let mut listed: BTreeMap<u32, u8> = BTreeMap::new();
    for (word, bits) in lists {
        *listed.entry(key(word)).or_default() |= bits;
    }
    Vocabulary::new(counts.into_iter().filter(often).map(|c| c.0).collect(), listed.into_iter().collect())
}

/// All pairs of tags that occur.
fn tag_pairs(documents: &[Document]) -> Vec<(Upos, Xpos)> {
    let pairs: BTreeSet<_> = documents.iter().flat_map(|d| d.sentences()).flatten().map(|w| (w.upos, w.xpos)).collect();
    pairs.into_iter().take(256).collect()
}

/// A sentence as numbers.
fn example(words: &Words, vocabulary: &Vocabulary, tags: &[(Upos, Xpos)]) -> Example {
    let caps = in_capitals(words.iter().map(|w| w.form.as_str()));
    let mut e = Example { sentences: vec![words.len() as u32], ..Example::default() };
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

/// A marked paragraph as numbers; `up` shows it in capitals.
fn marked_example(m: &Marked, vocabulary: &Vocabulary, up: bool) -> Example {
    let mut e = Example::default();
    let mut buffer = Vec::new();
    for words in &m.sentences {
        let words: Vec<String> = words.iter().map(|w| if up { tokens::capitals(w) } else { w.clone() }).collect();
        let caps = in_capitals(words.iter().map(String::as_str));
        for w in &words {
            vocabulary.describe(w, caps, &mut buffer, &mut e.rows);
            e.ends.push(e.rows.len() as u32);
        }
        e.sentences.push(e.ends.len() as u32);
    }
    let labels = |scheme: Scheme, list: &mut dyn Iterator<Item = (usize, u32, u32)>| {
        let mut out = vec![0; e.ends.len()];
        for (class, start, end) in list {
            for i in start..end {
                out[i as usize] = scheme.label(class, i == start);
            }
        }
        out
    };
    if let Some(names) = &m.names {
        e.names = labels(NAMES, &mut names.iter().map(|n| (n.class as usize, n.start, n.end)));
    }
    if let Some(speech) = &m.speech {
        e.speech = labels(SPEECH, &mut speech.iter().map(|s| (s.part as usize, s.start, s.end)));
    }
    e
}
