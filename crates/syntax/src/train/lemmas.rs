//! Learns the lemmatizer: suffix rules that agree with most words, and exceptions where they do not.

use crate::chars::fold_into;
use crate::conllu::Word;
use crate::lemma::{Lemmatizer, Script, keys};
use std::collections::BTreeMap;

/// Counts of scripts by number.
type Counts = BTreeMap<u16, u32>;

/// A folded word with its two tags.
type Type = (Vec<char>, u8, u8);

fn top(counts: &Counts) -> Option<(u16, u32, u32)> {
    let (&script, &n) = counts.iter().max_by_key(|c| (c.1, std::cmp::Reverse(c.0)))?;
    Some((script, n, counts.values().sum()))
}

/// Learns from tagged words with their lemmas.
pub fn lemmatizer<'w>(words: impl Iterator<Item = &'w Word>) -> Lemmatizer {
    let mut scripts: BTreeMap<Script, u16> = BTreeMap::new();
    // By folded word and tags, so that a frequent word counts only by its logarithm in the suffix rules.
    let mut types: BTreeMap<Type, (Counts, Vec<u32>)> = BTreeMap::new();
    let mut folded = Vec::new();
    for w in words {
        if w.lemma == "_" && w.form != "_" {
            continue;
        }
        let n = scripts.len() as u16;
        let script = *scripts.entry(Script::between(&w.form, &w.lemma)).or_insert(n);
        fold_into(&w.form, &mut folded);
        let entry = types.entry((folded.clone(), w.upos as u8, w.xpos as u8)).or_default();
        *entry.0.entry(script).or_default() += 1;
        if entry.1.is_empty() {
            entry.1 = keys(&folded, w.upos, w.xpos).collect();
        }
    }
    let mut rules: BTreeMap<u32, Counts> = BTreeMap::new();
    for (counts, keys) in types.values() {
        let Some((script, n, _)) = top(counts) else { continue };
        for &k in &keys[1..] {
            *rules.entry(k).or_default().entry(script).or_default() += 1 + n.ilog2().min(3);
        }
    }
    // Longest suffixes first in use: keep a rule only if it differs from the next shorter one.
    let mut kept: BTreeMap<u32, u16> = BTreeMap::new();
    let winner = |k: u32| rules.get(&k).and_then(top);
    for (_, keys) in types.values() {
        let mut shorter = None;
        for &k in keys[1..].iter().rev() {
            let Some((script, n, total)) = winner(k) else { continue };
            if shorter.is_none() || (Some(script) != shorter && n >= 3 && n * 10 >= total * 6) {
                kept.insert(k, script);
                shorter = Some(script);
            } else if kept.contains_key(&k) {
                shorter = kept.get(&k).copied();
            }
        }
    }
    for (counts, keys) in types.values() {
        let Some((script, _, _)) = top(counts) else { continue };
        let ruled = keys[1..].iter().find_map(|k| kept.get(k));
        if ruled != Some(&script) {
            kept.insert(keys[0], script);
        }
    }
    let mut list: Vec<(u16, Script)> = scripts.into_iter().map(|(s, n)| (n, s)).collect();
    list.sort();
    Lemmatizer::new(list.into_iter().map(|s| s.1).collect(), kept.into_iter().collect())
}
