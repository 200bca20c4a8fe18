//! The numbers of the embedding rows that describe a word: itself if known, the lists it stands in, its shape, its ends
//! and its trigrams.

use crate::bytes::{Reader, Writer};
use crate::chars::{fold_into, mix, shape};

/// Rows kept for word shapes.
pub const SHAPES: u32 = 1024;

/// Rows shared by all prefixes, suffixes and trigrams.
pub const HASHED: u32 = 1 << 15;

const INDEX_BITS: u32 = 13;

/// Rows for the lists that a word stands in, one for each combination of eight.
pub const LISTS: u32 = 256;

/// The known words, as sorted hashes; row 0 stands for every other word. Beside them the words of lists of names, with
/// one bit for each list.
#[derive(Clone)]
pub struct Vocabulary {
    hashes: Sorted,
    listed: Sorted,
    lists: Vec<u8>,
}

/// Sorted hashes with an index of their first bits.
#[derive(Clone)]
struct Sorted {
    hashes: Vec<u32>,
    index: Vec<u32>,
}

impl Sorted {
    fn new(hashes: Vec<u32>) -> Sorted {
        let mut index = vec![0; (1 << INDEX_BITS) + 1];
        for h in &hashes {
            index[(h >> (32 - INDEX_BITS)) as usize + 1] += 1;
        }
        for i in 1..index.len() {
            index[i] += index[i - 1];
        }
        Sorted { hashes, index }
    }

    fn find(&self, hash: u32) -> Option<usize> {
        let slot = (hash >> (32 - INDEX_BITS)) as usize;
        let (a, b) = (self.index[slot] as usize, self.index[slot + 1] as usize);
        self.hashes[a..b].iter().position(|&h| h == hash).map(|i| a + i)
    }
}

/// The hash of a folded word among the known words. Digits count as one character.
pub fn word_hash(folded: &[char]) -> u32 {
    let digit = |c: char| if c.is_ascii_digit() { '0' } else { c };
    folded.iter().take(48).fold(5, |h, &c| mix(h, digit(c) as u64)) as u32
}

impl Vocabulary {
    /// From the hashes of the known words and from those of listed words with the bits of their lists, both sorted and
    /// without repetition.
    pub fn new(hashes: Vec<u32>, listed: Vec<(u32, u8)>) -> Self {
        let (listed, lists): (Vec<u32>, Vec<u8>) = listed.into_iter().unzip();
        Vocabulary { hashes: Sorted::new(hashes), listed: Sorted::new(listed), lists }
    }

    /// Number of rows an embedding table must have.
    pub fn rows(&self) -> usize {
        self.hashes.hashes.len() + 1 + (SHAPES + HASHED + LISTS) as usize
    }

    /// Row of a known word, or 0.
    pub fn row(&self, hash: u32) -> u32 {
        self.hashes.find(hash).map_or(0, |i| i as u32 + 1)
    }

    /// Appends the rows that describe `word` to `out`; the row of the word itself comes first.
    pub fn describe(&self, word: &str, caps: bool, buffer: &mut Vec<char>, out: &mut Vec<u32>) {
        fold_into(word, buffer);
        buffer.truncate(48);
        let hash = word_hash(buffer);
        out.push(self.row(hash));
        let words = self.hashes.hashes.len() as u32 + 1;
        if let Some(lists) = self.listed.find(hash).and_then(|i| self.lists.get(i)) {
            out.push(words + SHAPES + HASHED + *lists as u32);
        }
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
        w.u32s(&self.hashes.hashes);
        w.u32s(&self.listed.hashes);
        w.u8s(&self.lists);
    }

    /// Reads the vocabulary from a model file.
    pub fn read(r: &mut Reader) -> Option<Self> {
        let (hashes, listed, lists) = (r.u32s()?, r.u32s()?, r.u8s()?);
        let sound = hashes.is_sorted() && listed.is_sorted() && listed.len() == lists.len();
        sound.then(|| Vocabulary::new(hashes, listed.into_iter().zip(lists.iter().copied()).collect()))
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
        let v = Vocabulary::new(hashes, vec![(hash("quay"), 3)]);
        let first = |w: &str| {
            let mut out = Vec::new();
            v.describe(w, false, &mut Vec::new(), &mut out);
            out[0]
        };
        assert_ne!(first("Ferry"), 0);
        assert_eq!(first("lantern"), 0);
        assert_ne!(first("ferry"), first("pier"));
        let rows = |w: &str| {
            let mut out = Vec::new();
            v.describe(w, false, &mut Vec::new(), &mut out);
            out
        };
        assert!(rows("quay").contains(&(3 + SHAPES + HASHED + 3)));
        assert!(rows("ferry").iter().all(|r| *r < 3 + SHAPES + HASHED));
    }
}
