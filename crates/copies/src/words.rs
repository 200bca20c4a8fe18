//! Texts as sets of runs of words.

/// Words in a run. Longer runs are rarer by chance and break more easily.
pub const RUN: usize = 4;

/// Longest quotation in bytes; an opening mark that is never closed takes nothing away.
const LONGEST_QUOTATION: usize = 2000;
/// If less than this share of the words stands outside quotation marks, quotations count too.
const LEAST_OWN: f64 = 0.3;

/// The runs of a text, hashed, each once, in order of their hashes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Runs {
    pub(crate) hashes: Vec<u64>,
}

impl Runs {
    /// How many different runs there are.
    pub fn len(&self) -> usize {
        self.hashes.len()
    }

    /// True for a text without words.
    pub fn is_empty(&self) -> bool {
        self.hashes.is_empty()
    }
}

/// The runs of a text. Case and punctuation do not count, nor does what stands in quotation marks, unless that is most of
/// the text. A text shorter than a run is one run.
///
/// # Example
/// ```
/// use counterclaim_copies::runs;
/// assert_eq!(runs("Two people, aged 7 and 9, were hurt."), runs("two people aged 7 and 9 were HURT"));
/// assert_eq!(runs("One two three four five.").len(), 2);
/// assert!(runs("…").is_empty());
/// ```
pub fn runs(text: &str) -> Runs {
    let (mut all, mut own) = (Vec::new(), Vec::new());
    for (quoted, part) in parts(text) {
        let before = all.len();
        words(part, &mut all);
        if !quoted {
            // A run never reaches over a quotation: what stands on its two sides is not one stretch of text.
            own.push(all[before..].to_vec());
        }
    }
    let count: usize = own.iter().map(Vec::len).sum();
    let mut hashes = Vec::with_capacity(all.len());
    if (count as f64) < LEAST_OWN * all.len() as f64 {
        hash_runs(&all, &mut hashes);
    } else {
        own.iter().for_each(|stretch| hash_runs(stretch, &mut hashes));
        if hashes.is_empty() {
            hash_runs(&own.concat(), &mut hashes);
        }
    }
    if hashes.is_empty() && !all.is_empty() {
        hashes.push(run(&all));
    }
    hashes.sort_unstable();
    hashes.dedup();
    Runs { hashes }
}

/// The share of the runs of `part` that `whole` has too; 0 for a text without words.
///
/// # Example
/// ```
/// use counterclaim_copies::{containment, runs};
/// let (short, long) = (runs("the bridge was closed"), runs("On Monday the bridge was closed for a day."));
/// assert_eq!(containment(&short, &long), 1.0);
/// assert!(containment(&long, &short) < 0.5);
/// ```
pub fn containment(part: &Runs, whole: &Runs) -> f64 {
    if part.is_empty() { 0.0 } else { shared(&part.hashes, &whole.hashes) as f64 / part.len() as f64 }
}

/// How many values two sorted lists share.
pub(crate) fn shared<T: Ord>(a: &[T], b: &[T]) -> usize {
    let (mut i, mut j, mut n) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => (i, j, n) = (i + 1, j + 1, n + 1),
        }
    }
    n
}

/// The text cut at quotation marks: what stands inside, and what outside.
fn parts(text: &str) -> Vec<(bool, &str)> {
    let mut out = Vec::new();
    let (mut start, mut at) = (0, 0);
    while let Some((open, mark)) = find_open(text, at) {
        let inside = open + mark.len_utf8();
        match find_close(text, inside, mark) {
            Some(close) => {
                out.push((false, &text[start..open]));
                out.push((true, &text[inside..close]));
                start = close;
                at = close + text[close..].chars().next().map_or(1, char::len_utf8);
            }
            None => at = inside,
        }
    }
    out.push((false, &text[start..]));
    out
}

fn find_open(text: &str, at: usize) -> Option<(usize, char)> {
    text[at..]
        .find(['"', '\u{201C}', '\u{00AB}', '\u{201E}'])
        .map(|i| (at + i, text[at + i..].chars().next().unwrap_or('"')))
}

/// The end of a quotation within the same paragraph.
fn find_close(text: &str, at: usize, mark: char) -> Option<usize> {
    let mut end = (at + LONGEST_QUOTATION).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let closing: &[char] = match mark {
        '\u{201C}' => &['\u{201D}'],
        '\u{00AB}' => &['\u{00BB}'],
        '\u{201E}' => &['\u{201C}', '\u{201D}'],
        _ => &['"'],
    };
    let inside = &text[at..end];
    let close = inside.find(closing)?;
    (!inside[..close].contains("\n\n")).then_some(at + close)
}

/// Hashes of the words, in order: letters and digits in lower case.
fn words(text: &str, out: &mut Vec<u64>) {
    // FNV-1a, 64 bits.
    const START: u64 = 0xCBF2_9CE4_8422_2325;
    const PRIME: u64 = 0x0000_0100_0000_01B3;
    let mut hash = START;
    let mut inside = false;
    for c in text.chars() {
        if c.is_alphanumeric() {
            inside = true;
            if c.is_ascii() {
                hash = (hash ^ u64::from(c.to_ascii_lowercase() as u32)).wrapping_mul(PRIME);
            } else {
                c.to_lowercase().for_each(|l| hash = (hash ^ u64::from(l as u32)).wrapping_mul(PRIME));
            }
        } else if inside && !matches!(c, '\'' | '\u{2019}') {
            out.push(hash);
            (hash, inside) = (START, false);
        }
    }
    if inside {
        out.push(hash);
    }
}

fn hash_runs(words: &[u64], out: &mut Vec<u64>) {
    out.extend(words.windows(RUN).map(run));
}

fn run(words: &[u64]) -> u64 {
    words.iter().fold(0, |hash, word| mix(hash ^ word))
}

/// The finaliser of SplitMix64: every bit of the input changes about half of the output.
pub(crate) fn mix(x: u64) -> u64 {
    let x = x.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    x ^ (x >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotations_do_not_count() {
        let a = "The mayor spoke at noon today. “We will rebuild the bridge before the winter comes.” Then she left for the coast.";
        let b = a.replace(
            "We will rebuild the bridge before the winter comes.",
            "Nothing can be said about this at all now.",
        );
        assert_eq!(runs(a), runs(&b));
        let only = "\"We will rebuild the bridge before the winter comes,\" she said.";
        assert!(runs(only).len() > 3);
        let open = "The mayor said: “We will rebuild the bridge.";
        assert!(runs(open).len() > 3);
    }

    #[test]
    fn odd_texts_give_runs_or_none() {
        for text in ["", "\"", "““””", "\"\"\"", "a", "«»«", "é\u{201C}ß", "\0"] {
            let _ = runs(text);
        }
        assert_eq!(runs("Brücke gesperrt").len(), 1);
        // Many opening marks cost no more than their own look ahead.
        let _ = runs(&"“".repeat(20_000));
    }
}
