//! The numbers of the embedding rows that describe a word: itself if known, its shape, its ends and its trigrams.

use crate::bytes::{Reader, Writer};
use crate::chars::{fold_into, mix, shape};

/// Rows kept for word shapes.
pub const SHAPES: u32 = 1024;

/// Rows shared by all prefixes, suffixes and trigrams.
pub const HASHED: u32 = 1 << 15;

const INDEX_BITS: u32 = 13;

/// The known words, as sorted hashes; row 0 stands for every other word.
#[derive(Clone)]
pub struct Vocabulary {
    hashes: Vec<u32>,
    index: Vec<u32>,
}

/// The hash of a folded word among the known words. Digits count as one character.
pub fn word_hash(folded: &[char]) -> u32 {
    let digit = |c: char| if c.is_ascii_digit() { '0' } else { c };
    folded.iter().take(48).fold(5, |h, &c| mix(h, digit(c) as u64)) as u32
}

impl Vocabulary {
    /// From the hashes of the known words, sorted and without repetition.
    pub fn new(hashes: Vec<u32>) -> Self {
        let index = (0..=1u64 << INDEX_BITS)
            .map(|i| hashes.partition_point(|&k| (k as u64) < i << (32 - INDEX_BITS)) as u32)
            .collect();
        Vocabulary { hashes, index }
    }

    /// Number of rows an embedding table must have.
    pub fn rows(&self) -> usize {
        self.hashes.len() + 1 + (SHAPES + HASHED) as usize
    }

    /// Row of a known word, or 0.
    pub fn row(&self, hash: u32) -> u32 {
        let slot = (hash >> (32 - INDEX_BITS)) as usize;
        let (a, b) = (self.index[slot] as usize, self.index[slot + 1] as usize);
        self.hashes[a..b].iter().position(|&h| h == hash).map_or(0, |i| (a + i) as u32 + 1)
    }

    /// Appends the rows that describe `word` to `out`; the row of the word itself comes first.
    pub fn describe(&self, word: &str, caps: bool, buffer: &mut Vec<char>, out: &mut Vec<u32>) {
        fold_into(word, buffer);
        buffer.truncate(48);
        out.push(self.row(word_hash(buffer)));
        let words = self.hashes.len() as u32 + 1;
        out.push(words + (mix(3, shape(word, caps) as u64) >> 20) as u32 % SHAPES);
        let mut hashed = |t: u64, h: u64| {
            out.push(words + SHAPES + (mix(h, t) >> 24) as u32 % HASHED);
        };
        for c in buffer.iter_mut() {
            if c.is_ascii_digit() {
                *c = '0';
            }
        }
        let n = buffer.len();
        let ends = |r: std::ops::Range<usize>| buffer[r].iter().fold(9, |h, &c| mix(h, c as u64));
        for k in 1..=4.min(n) {
            hashed(k as u64, ends(n - k..n));
        }
        for k in 1..=3.min(n) {
            hashed(10 + k as u64, ends(0..k));
        }
        for i in (0..n.saturating_sub(2)).take(10) {
            hashed(20, ends(i..i + 3));
        }
    }

    /// Appends the vocabulary to a model file.
    pub fn write(&self, w: &mut Writer) {
        w.u32s(&self.hashes);
    }

    /// Reads the vocabulary from a model file.
    pub fn read(r: &mut Reader) -> Option<Self> {
        Some(Vocabulary::new(r.u32s()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chars::fold;

    #[test]
    fn known_words_have_their_row_and_others_share_one() {
        let hash = |w: &str| word_hash(&w.chars().map(fold).collect::<Vec<_>>());
        let mut hashes = vec![hash("ferry"), hash("pier")];
        hashes.sort_unstable();
        let v = Vocabulary::new(hashes);
        let first = |w: &str| {
            let mut out = Vec::new();
            v.describe(w, false, &mut Vec::new(), &mut out);
            out[0]
        };
        assert_ne!(first("Ferry"), 0);
        assert_eq!(first("lantern"), 0);
        assert_ne!(first("ferry"), first("pier"));
    }
}
