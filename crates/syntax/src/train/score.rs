//! Scores of a model on a treebank: tags and trees on given words, and everything on raw text.

use crate::conllu::{Document, Words};
use crate::model::Model;
use counterclaim_text::{Rel, Syntax};
use std::collections::BTreeMap;

/// Percentages; those of raw text are F1 over words (or sentences) aligned by their characters.
#[derive(Clone, Copy, Debug, Default)]
pub struct Scores {
    /// Universal tags on given words.
    pub upos: f64,
    /// Penn tags on given words.
    pub xpos: f64,
    /// Heads on given words.
    pub uas: f64,
    /// Heads and relations (without subtypes) on given words.
    pub las: f64,
    /// Words on raw text.
    pub raw_words: f64,
    /// Sentences on raw text.
    pub raw_sentences: f64,
    /// Universal tags on raw text.
    pub raw_upos: f64,
    /// Lemmas on raw text.
    pub raw_lemmas: f64,
    /// Heads and relations (without subtypes) on raw text.
    pub raw_las: f64,
}

impl std::fmt::Display for Scores {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        write!(
            f,
            "given words: UPOS {:.2} XPOS {:.2} UAS {:.2} LAS {:.2} | raw text: words {:.2} sentences {:.2} UPOS {:.2} lemmas {:.2} LAS {:.2}",
            self.upos,
            self.xpos,
            self.uas,
            self.las,
            self.raw_words,
            self.raw_sentences,
            self.raw_upos,
            self.raw_lemmas,
            self.raw_las
        )
    }
}

/// Tags and trees on given words.
pub fn given<'d>(model: &Model, sentences: impl Iterator<Item = &'d Words>) -> Scores {
    let gold: Vec<&Words> = sentences.collect();
    let forms: Vec<Vec<&str>> = gold.iter().map(|s| s.iter().map(|w| w.form.as_str()).collect()).collect();
    let got = model.parse_tokens(&forms);
    let (mut n, mut upos, mut xpos, mut uas, mut las) = (0, 0, 0, 0, 0);
    for (s, words) in got.sentences.iter().zip(&gold) {
        for (i, w) in s.tokens().zip(words.iter()) {
            let t = got.tokens[i];
            let head = got.head(i).map_or(0, |h| h + 1 - s.start as usize);
            n += 1;
            upos += usize::from(t.upos == w.upos);
            xpos += usize::from(t.xpos == w.xpos);
            uas += usize::from(head == w.head);
            las += usize::from(head == w.head && t.rel.base() == w.rel.base());
        }
    }
    let share = |x: usize| 100.0 * x as f64 / n.max(1) as f64;
    Scores { upos: share(upos), xpos: share(xpos), uas: share(uas), las: share(las), ..Scores::default() }
}

/// A word by the positions of its characters among all characters that are not white space.
type Key = (usize, usize);

/// Everything on raw text, added to `scores`.
pub fn raw(model: &Model, documents: &[Document], scores: &mut Scores) {
    let mut sums = [[0usize; 3]; 5];
    for d in documents {
        let (text, spans) = d.text();
        let got = model.parse(&text);
        let dense = dense_positions(&text);
        let key = |a: usize, b: usize| -> Key { (dense[a], dense[b]) };
        let gold: Vec<(Key, usize, &crate::conllu::Word, Option<Key>)> = d
            .sentences()
            .zip(&spans)
            .enumerate()
            .flat_map(|(n, (s, p))| {
                s.iter()
                    .zip(p)
                    .map(move |(w, &(a, b))| (key(a, b), n, w, w.head.checked_sub(1).map(|h| key(p[h].0, p[h].1))))
            })
            .collect();
        let own: BTreeMap<Key, usize> =
            got.tokens.iter().enumerate().map(|(i, t)| (key(t.span.start as usize, t.span.end as usize), i)).collect();
        let mut add = |k: usize, gold: usize, own: usize, right: usize| {
            sums[k][0] += gold;
            sums[k][1] += own;
            sums[k][2] += right;
        };
        let (ng, no) = (gold.len(), got.tokens.len());
        let (mut words, mut upos, mut lemmas, mut las) = (0, 0, 0, 0);
        for (k, _, w, head) in &gold {
            let Some(&i) = own.get(k) else { continue };
            let t = got.tokens[i];
            words += 1;
            upos += usize::from(t.upos == w.upos);
            lemmas += usize::from(w.lemma == "_" || got.lemma(i) == w.lemma);
            let own_head = got.head(i).map(|h| key(got.tokens[h].span.start as usize, got.tokens[h].span.end as usize));
            las += usize::from(own_head == *head && same(t.rel, w.rel));
        }
        add(0, ng, no, words);
        add(1, ng, no, upos);
        add(2, ng, no, lemmas);
        add(3, ng, no, las);
        let gold_sentences: Vec<Key> = spans.iter().map(|p| key(p[0].0, p[p.len() - 1].1)).collect();
        let own_sentences = sentence_keys(&got, key);
        let right = gold_sentences.iter().filter(|k| own_sentences.contains(k)).count();
        add(4, gold_sentences.len(), own_sentences.len(), right);
    }
    let f1 = |s: [usize; 3]| 200.0 * s[2] as f64 / (s[0] + s[1]).max(1) as f64;
    scores.raw_words = f1(sums[0]);
    scores.raw_upos = f1(sums[1]);
    scores.raw_lemmas = f1(sums[2]);
    scores.raw_las = f1(sums[3]);
    scores.raw_sentences = f1(sums[4]);
}

fn same(a: Rel, b: Rel) -> bool {
    a.base() == b.base()
}

fn sentence_keys(got: &Syntax, key: impl Fn(usize, usize) -> Key) -> std::collections::BTreeSet<Key> {
    got.sentences.iter().map(|&s| got.sentence_span(s)).map(|s| key(s.start as usize, s.end as usize)).collect()
}

/// For every byte offset, how many bytes other than white space come before.
fn dense_positions(text: &str) -> Vec<usize> {
    let mut out = Vec::with_capacity(text.len() + 1);
    let mut n = 0;
    for c in text.chars() {
        for _ in 0..c.len_utf8() {
            out.push(n);
            n += usize::from(!c.is_whitespace());
        }
    }
    out.push(n);
    out
}
