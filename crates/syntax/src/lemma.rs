//! Dictionary forms: an edit script per word and tag, from learnt exceptions and learnt suffix rules.

use crate::bytes::{Reader, Writer};
use crate::chars::{fold, fold_into, mix};
use counterclaim_text::{Upos, Xpos};

/// Longest suffix a rule looks at, in characters.
pub const SUFFIX: usize = 6;

/// How to get from a word to its lemma.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Script {
    /// True to start from the word as written, false from its lower-cased form.
    pub keep_case: bool,
    /// Characters to drop at the end.
    pub drop: u8,
    /// What to add then.
    pub add: String,
}

impl Script {
    /// The script that leads from `form` to `lemma`.
    pub fn between(form: &str, lemma: &str) -> Script {
        let keep_case = lemma.chars().any(char::is_uppercase);
        let base: Vec<char> = if keep_case { form.chars().collect() } else { form.chars().map(fold).collect() };
        let target: Vec<char> = lemma.chars().collect();
        let same = base.iter().zip(&target).take_while(|(a, b)| a == b).count();
        let drop = (base.len() - same).min(255) as u8;
        Script { keep_case, drop, add: target[same..].iter().collect() }
    }

    /// Appends the lemma of `form` to `out`.
    pub fn apply(&self, form: &str, out: &mut String) {
        if form.is_ascii() {
            let kept = form.len().saturating_sub(self.drop as usize);
            let from = out.len();
            out.push_str(&form[..kept]);
            if !self.keep_case {
                out[from..].make_ascii_lowercase();
            }
        } else {
            let kept = form.chars().count().saturating_sub(self.drop as usize);
            out.extend(form.chars().take(kept).map(|c| if self.keep_case { c } else { fold(c) }));
        }
        out.push_str(&self.add);
    }
}

/// Tag part of a key.
fn tag(upos: Upos, xpos: Xpos) -> u64 {
    upos as u64 * 64 + xpos as u64
}

/// Keys of a folded word from the most to the least specific: the whole word, then shorter and shorter suffixes.
pub fn keys(folded: &[char], upos: Upos, xpos: Xpos) -> impl Iterator<Item = u32> + '_ {
    let tag = tag(upos, xpos);
    let n = folded.len();
    // Seeds are mixed before the first letter: small seeds would let "led" share a key with the suffix "-hed".
    let seed = |k: u64| mix(0x9e37_79b9, k << 32 | 0x5bd1);
    let whole = folded.iter().take(64).fold(seed(99), |h, &c| mix(h, c as u64));
    let suffixes = (0..=SUFFIX.min(n)).rev().map(move |k| {
        let h = folded[n - k..].iter().fold(seed(k as u64), |h, &c| mix(h, c as u64));
        mix(h, tag) as u32
    });
    std::iter::once(mix(whole, tag) as u32).chain(suffixes)
}

/// The trained lemmatizer.
pub struct Lemmatizer {
    scripts: Vec<Script>,
    /// Sorted keys and the script of each.
    keys: Vec<u32>,
    choice: Vec<u16>,
    /// For the upper bits of a key, where its keys begin.
    index: Vec<u32>,
}

const INDEX_BITS: u32 = 14;

impl Lemmatizer {
    /// From scripts and pairs of key and script number, sorted by key without repetition.
    pub fn new(scripts: Vec<Script>, rules: Vec<(u32, u16)>) -> Self {
        let (keys, choice): (Vec<u32>, Vec<u16>) = rules.into_iter().unzip();
        let index = (0..=1u64 << INDEX_BITS)
            .map(|i| keys.partition_point(|&k| (k as u64) < i << (32 - INDEX_BITS)) as u32)
            .collect();
        Lemmatizer { scripts, keys, choice, index }
    }

    fn find(&self, key: u32) -> Option<&Script> {
        let slot = (key >> (32 - INDEX_BITS)) as usize;
        let (a, b) = (self.index[slot] as usize, self.index[slot + 1] as usize);
        let at = self.keys[a..b].iter().position(|&k| k == key)?;
        self.scripts.get(self.choice[a + at] as usize)
    }

    /// Appends the lemma of a word with these tags to `out`.
    pub fn run(&self, form: &str, upos: Upos, xpos: Xpos, buffer: &mut Vec<char>, out: &mut String) {
        fold_into(form, buffer);
        match keys(buffer, upos, xpos).find_map(|k| self.find(k)) {
            Some(script) => script.apply(form, out),
            None if upos == Upos::Propn => out.push_str(form),
            None => out.extend(buffer.iter()),
        }
    }

    /// Appends the lemmatizer to a model file.
    pub fn write(&self, w: &mut Writer) {
        w.u32(self.scripts.len() as u32);
        for s in &self.scripts {
            w.u8s(&[u8::from(s.keep_case), s.drop]);
            w.u8s(s.add.as_bytes());
        }
        w.u32s(&self.keys);
        w.i16s(&self.choice.iter().map(|&c| c as i16).collect::<Vec<_>>());
    }

    /// Reads the lemmatizer from a model file.
    pub fn read(r: &mut Reader) -> Option<Self> {
        let n = r.u32()? as usize;
        let mut scripts = Vec::new();
        for _ in 0..n {
            let &[keep, drop] = r.u8s()?.first_chunk()?;
            let add = std::str::from_utf8(r.u8s()?).ok()?.to_string();
            scripts.push(Script { keep_case: keep == 1, drop, add });
        }
        let keys = r.u32s()?;
        let choice = r.i16s()?;
        if keys.len() != choice.len() {
            return None;
        }
        Some(Lemmatizer::new(scripts, keys.into_iter().zip(choice.into_iter().map(|c| c as u16)).collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_lead_back_to_the_lemma() {
        for (form, lemma) in
            [("Cities", "city"), ("went", "go"), ("Marlow", "Marlow"), ("’s", "be"), ("ÉTUDES", "étude")]
        {
            let mut out = String::new();
            Script::between(form, lemma).apply(form, &mut out);
            assert_eq!(out, lemma);
        }
    }

    #[test]
    fn keys_of_short_words_do_not_meet() {
        let mut seen = std::collections::BTreeSet::new();
        for a in 'a'..='z' {
            for b in 'a'..='z' {
                seen.extend(keys(&[a, b], Upos::Pron, Xpos::Prp));
            }
        }
        // Whole words, suffixes of two letters, of one, and the empty one.
        assert_eq!(seen.len(), 26 * 26 * 2 + 26 + 1);
    }

    #[test]
    fn without_rules_only_names_keep_their_case() {
        let l = Lemmatizer::new(Vec::new(), Vec::new());
        let (mut b, mut out) = (Vec::new(), String::new());
        l.run("Ferry", Upos::Noun, Xpos::Nn, &mut b, &mut out);
        l.run("Marlow", Upos::Propn, Xpos::Nnp, &mut b, &mut out);
        assert_eq!(out, "ferryMarlow");
    }
}
