//! Signatures of bounded size, and the keys under which an index finds them.

use crate::Runs;
use crate::words::mix;

/// Number of permutations. The i-th is `x -> a·x + b` modulo 2⁶⁴ of which the upper 32 bits count, with `a = mix(2i) | 1` and
/// `b = mix(2i + 1)`, where `mix` is the finaliser of SplitMix64. They never change: keys in an index stay valid.
pub const HASHES: usize = 63;
/// Bands of the index; each is one key.
pub const BANDS: usize = 21;
/// Rows of a band: two texts share it if all of its minima agree.
pub const ROWS: usize = HASHES / BANDS;
/// Most runs that a signature keeps. A longer text keeps those whose hash lies below a limit, half of them at a time.
pub const MOST: usize = 1024;
/// Runs whose hash is divisible by this are keys too: they find a short text inside a long one, and long texts much changed.
const SAMPLE: u32 = 16;

/// What is kept of a text: minima of permuted hashes, and a sample of its runs (all of them up to [`MOST`]).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Signature {
    minima: Vec<u32>,
    /// Sorted hashes below the limit.
    pub(crate) sample: Vec<u32>,
    /// How often the range of hashes was halved.
    pub(crate) halvings: u8,
    runs: u32,
}

impl Signature {
    /// Number of different runs of the text.
    pub fn runs(&self) -> u32 {
        self.runs
    }

    /// The bytes to store; [`Signature::from_bytes`] reads them.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = vec![1, self.halvings];
        out.extend(self.runs.to_le_bytes());
        for value in self.minima.iter().chain(&self.sample) {
            out.extend(value.to_le_bytes());
        }
        out
    }

    /// The signature of stored bytes; `None` if they are none.
    ///
    /// # Example
    /// ```
    /// use counterclaim_copies::{Signature, runs, signature};
    /// let s = signature(&runs("The bridge was closed on Monday for repairs."));
    /// assert_eq!(Signature::from_bytes(&s.to_bytes()), Some(s));
    /// assert_eq!(Signature::from_bytes(b"x"), None);
    /// ```
    pub fn from_bytes(bytes: &[u8]) -> Option<Signature> {
        let [1, halvings, rest @ ..] = bytes else { return None };
        if rest.len() % 4 != 0 || *halvings > 32 {
            return None;
        }
        let mut values = rest.chunks_exact(4).map(|c| u32::from_le_bytes([c[0], c[1], c[2], c[3]]));
        let runs = values.next()?;
        let minima: Vec<u32> = values.by_ref().take(if runs == 0 { 0 } else { HASHES }).collect();
        let sample: Vec<u32> = values.collect();
        let sound = minima.len() == if runs == 0 { 0 } else { HASHES }
            && sample.len() <= MOST
            && sample.windows(2).all(|w| w[0] < w[1]);
        sound.then_some(Signature { minima, sample, halvings: *halvings, runs })
    }
}

/// The signature of a text's runs.
pub fn signature(runs: &Runs) -> Signature {
    let mut minima = if runs.is_empty() { Vec::new() } else { vec![u32::MAX; HASHES] };
    let factors: Vec<(u64, u64)> = (0..HASHES as u64).map(|i| (mix(2 * i) | 1, mix(2 * i + 1))).collect();
    for run in &runs.hashes {
        for (least, (a, b)) in minima.iter_mut().zip(&factors) {
            let permuted = (a.wrapping_mul(*run).wrapping_add(*b) >> 32) as u32;
            *least = (*least).min(permuted);
        }
    }
    // The upper half of a hash is as good as the whole, and half as long. The order stays.
    let mut sample: Vec<u32> = runs.hashes.iter().map(|h| (h >> 32) as u32).collect();
    sample.dedup();
    let mut halvings = 0;
    while sample.len() > MOST {
        halvings += 1;
        sample.truncate(sample.partition_point(|h| below(*h, halvings)));
    }
    Signature { minima, sample, halvings, runs: runs.len() as u32 }
}

/// True if a hash lies in the range that is left after so many halvings.
pub(crate) fn below(hash: u32, halvings: u8) -> bool {
    u64::from(hash) < 1 << (32 - u32::from(halvings.min(32)))
}

/// The share of minima on which two signatures agree: an estimate of the share of runs that both texts have among all that
/// one of them has. Its error is about 0.06; [`crate::likeness`] knows better.
pub fn estimated_jaccard(a: &Signature, b: &Signature) -> f64 {
    if a.minima.is_empty() || b.minima.is_empty() {
        return 0.0;
    }
    a.minima.iter().zip(&b.minima).filter(|(x, y)| x == y).count() as f64 / HASHES as f64
}

/// The keys of an index, sorted, each once. Texts that share no key are no copies, up to the recall that
/// `examples/measure.rs` prints. A text without words has none.
///
/// Keys of bands find texts that are mostly the same; keys of single runs, one in 16, find parts and much changed copies.
/// An index should skip a key that very many texts have, such as the closing line of an agency.
pub fn keys(signature: &Signature) -> Vec<u64> {
    let mut out: Vec<u64> = signature
        .minima
        .chunks_exact(ROWS)
        .enumerate()
        .map(|(band, rows)| rows.iter().fold(mix(band as u64), |hash, row| mix(hash ^ u64::from(*row))))
        .collect();
    let sampled = signature.sample.iter().filter(|h| *h % SAMPLE == 0);
    out.extend(sampled.map(|h| mix(u64::from(*h) << 8 | 0xFF)));
    out.sort_unstable();
    out.dedup();
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runs;

    #[test]
    fn the_permutations_never_change() {
        let s = signature(&runs("The bridge over the river was closed on Monday, officials said."));
        let k = keys(&s);
        assert_eq!((s.minima.len(), s.sample.len() as u32, k.len() >= BANDS), (HASHES, s.runs, true));
        // Printed once and kept: a change here makes every stored index useless.
        assert_eq!((s.minima[0], s.minima[62], k[0]), (PINNED.0, PINNED.1, PINNED.2));
    }

    const PINNED: (u32, u32, u64) = (697_094_702, 67_205_007, 356_978_739_585_276_227);

    #[test]
    fn long_texts_keep_a_sample() {
        let text: String = (0..20_000).map(|n| format!("w{n} ")).collect();
        let s = signature(&runs(&text));
        assert!(s.sample.len() <= MOST && s.sample.len() > MOST / 4, "{}", s.sample.len());
        assert_eq!(s.runs(), 19_997);
        assert_eq!(Signature::from_bytes(&s.to_bytes()), Some(s));
    }

    #[test]
    fn nothing_has_no_keys() {
        let s = signature(&runs(""));
        assert!(keys(&s).is_empty() && estimated_jaccard(&s, &s) == 0.0);
        assert_eq!(Signature::from_bytes(&s.to_bytes()), Some(s));
    }
}
