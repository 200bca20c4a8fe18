//! A map from word sequences to values, for finding the longest known name at a place in a text.

use hashbrown::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// FNV-1a: fixed, so that nothing depends on a random seed. Used for look-up only, never for order.
#[derive(Clone, Copy)]
pub struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Fnv(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for b in bytes {
            self.0 = (self.0 ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

/// A look-up map with a fixed hasher.
pub type FixedMap<K, V> = HashMap<K, V, BuildHasherDefault<Fnv>>;

/// Word sequences to lists of values.
///
/// # Example
/// ```
/// use counterclaim_lexicon::PhraseMap;
/// let mut m = PhraseMap::default();
/// m.insert(&["north".into(), "waziristan".into()], 7u32);
/// assert_eq!(m.longest(["north", "waziristan", "on"].into_iter()), Some((2, &[7u32][..])));
/// ```
#[derive(Clone, Debug)]
pub struct PhraseMap<T> {
    words: FixedMap<String, u32>,
    edges: FixedMap<(u32, u32), u32>,
    values: Vec<Vec<T>>,
}

impl<T> Default for PhraseMap<T> {
    fn default() -> Self {
        PhraseMap { words: FixedMap::default(), edges: FixedMap::default(), values: vec![Vec::new()] }
    }
}

impl<T> PhraseMap<T> {
    /// Adds a value under a word sequence; an empty sequence is ignored.
    pub fn insert(&mut self, words: &[String], value: T) {
        if words.is_empty() {
            return;
        }
        let mut node = 0u32;
        for w in words {
            let next_word = self.words.len() as u32;
            let id = *self.words.entry(w.clone()).or_insert(next_word);
            let fresh = self.values.len() as u32;
            node = match self.edges.entry((node, id)) {
                hashbrown::hash_map::Entry::Occupied(e) => *e.get(),
                hashbrown::hash_map::Entry::Vacant(e) => {
                    self.values.push(Vec::new());
                    *e.insert(fresh)
                }
            };
        }
        self.values[node as usize].push(value);
    }

    /// The longest known sequence at the start of `words`: its length in words and its values.
    pub fn longest<'a>(&self, words: impl Iterator<Item = &'a str>) -> Option<(usize, &[T])> {
        let mut node = 0u32;
        let mut best = None;
        for (i, w) in words.enumerate() {
            let Some(id) = self.words.get(w) else { break };
            let Some(next) = self.edges.get(&(node, *id)) else { break };
            node = *next;
            let values = &self.values[node as usize];
            if !values.is_empty() {
                best = Some((i + 1, values.as_slice()));
            }
        }
        best
    }

    /// The values of exactly this sequence.
    pub fn get(&self, words: &[String]) -> &[T] {
        let mut node = 0u32;
        for w in words {
            let Some(next) = self.words.get(w).and_then(|id| self.edges.get(&(node, *id))) else { return &[] };
            node = *next;
        }
        if node == 0 { &[] } else { &self.values[node as usize] }
    }
}
