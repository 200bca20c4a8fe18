//! Cuts a stretch of text into words: at white space, and inside a chunk where a learnt classifier says so.

use crate::bytes::{Reader, Writer};
use crate::chars::{Class, class, fold, hash_chars, hash_word, mix};
use crate::linear::{Linear, address};

/// Longest run without white space that is looked at as a whole, in characters.
const LONGEST: usize = 200;

/// What stands before a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gap {
    /// Nothing: the word touches the one before.
    None,
    /// White space.
    Space,
    /// A line break that ends a sentence.
    Break,
}

/// A word as a byte range of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// What stands before it.
    pub gap: Gap,
}

/// A character of a chunk, as the classifier sees it.
#[derive(Clone, Copy)]
pub struct Seen {
    key: char,
    class: Class,
    offset: u32,
}

impl Seen {
    fn is_letter(self) -> bool {
        matches!(self.class, Class::Lower | Class::Upper)
    }
}

/// Buffers that are used again from chunk to chunk.
#[derive(Default)]
pub struct Scratch {
    /// Characters of the chunk at hand.
    pub chunk: Vec<Seen>,
    /// Features of the place at hand.
    pub features: Vec<u32>,
}

/// The trained word splitter.
pub struct Tokenizer {
    /// Decides on places next to something that is not a letter.
    pub places: Linear,
    /// Letter runs that are two words ("cannot"): hash of the folded run and the length of the first word in
    /// characters, sorted by hash.
    pub contractions: Vec<(u32, u32)>,
}

/// Puts the characters of `text[start..end]` into `chunk`.
pub fn look(text: &str, start: usize, end: usize, chunk: &mut Vec<Seen>) {
    chunk.clear();
    for (i, c) in text[start..end].char_indices() {
        chunk.push(Seen { key: fold(c), class: class(c), offset: (start + i) as u32 });
    }
}

/// True if the place before character `i` of the chunk has to be decided: a non-letter is near.
pub fn is_candidate(chunk: &[Seen], i: usize) -> bool {
    chunk[i.saturating_sub(2)..(i + 2).min(chunk.len())].iter().any(|s| !s.is_letter())
}

/// What is known about a chunk as a whole: 1 for an address or link, 2 for a handle or tag, 0 otherwise; and the
/// class of the first character of the next chunk.
#[derive(Clone, Copy)]
pub struct Around {
    kind: u64,
    next: u64,
    whole: u64,
}

/// Looks at the chunk as a whole and past its end.
pub fn around(text: &str, end: usize, chunk: &[Seen]) -> Around {
    let at = |i: usize| chunk.get(i).map_or('\0', |s| s.key);
    let mut kind = 0;
    for i in 0..chunk.len() {
        let link = at(i) == ':' && at(i + 1) == '/' && at(i + 2) == '/';
        let www = at(i) == 'w' && at(i + 1) == 'w' && at(i + 2) == 'w' && at(i + 3) == '.';
        let mail = at(i) == '@' && i > 0 && i + 1 < chunk.len();
        if link || www || mail {
            kind = 1;
        }
    }
    if kind == 0 && matches!(at(0), '@' | '#') {
        kind = 2;
    }
    let rest = &text[end..];
    let mut next = 5;
    for (n, c) in rest.chars().enumerate() {
        match class(c) {
            Class::Space if n < 4 => continue,
            k => next = k as u64,
        }
        break;
    }
    let whole = chunk.iter().take(24).fold(7, |h, s| mix(h, s.key as u64));
    Around { kind, next, whole }
}

/// The features of the place before character `i`; `last` is where the word at hand began.
pub fn place_features(chunk: &[Seen], i: usize, last: usize, around: Around, out: &mut Vec<u32>) {
    out.clear();
    let c = |d: isize| chunk.get((i as isize + d) as usize).map_or(0, |s| s.key as u64);
    let k = |d: isize| chunk.get((i as isize + d) as usize).map_or(6, |s| s.class as u64);
    let same = |a: Seen, b: Seen| {
        (a.is_letter() && b.is_letter())
            || (a.class == b.class && a.class != Class::Other)
            || (a.class == Class::Other && a.key == b.key)
    };
    let mut left = i - 1;
    while left > 0 && i - left < 14 && same(chunk[left - 1], chunk[left]) {
        left -= 1;
    }
    let mut right = i + 1;
    while right < chunk.len() && right - i < 14 && same(chunk[right - 1], chunk[right]) {
        right += 1;
    }
    let run = |a: usize, b: usize| chunk[a..b].iter().fold(3, |h, s| mix(h, s.key as u64));
    let (l, r) = (run(left, i), run(i, right));
    let before = run(last.max(i.saturating_sub(14)), i);
    let classes = |a: isize, b: isize| (a..b).fold(1, |h, d| h * 7 + k(d));
    let from_end = (chunk.len() - i).min(4) as u64;
    let from_start = i.min(4) as u64;
    let fresh = (i - last).min(4) as u64;
    let pair = mix(c(-1), c(0));
    let mut add = |t: u64, v: u64| out.push(address(t, v));
    add(1, c(-1));
    add(2, c(0));
    add(3, mix(c(-2), c(-1)));
    add(4, pair);
    add(5, mix(c(0), c(1)));
    add(6, mix(c(-2), pair));
    add(7, mix(pair, c(1)));
    add(8, mix(mix(c(-2), pair), c(1)));
    add(9, mix(mix(mix(c(-3), c(-2)), pair), c(1)));
    add(10, mix(mix(mix(c(-2), pair), c(1)), c(2)));
    add(11, classes(-2, 2));
    add(12, classes(-4, 4));
    add(13, mix(classes(-3, 3), pair));
    add(14, l);
    add(15, r);
    add(16, mix(l, c(0)));
    add(17, mix(c(-1), r));
    add(18, mix(l, r));
    add(19, mix(pair, from_end * 5 + from_start));
    add(20, mix(pair, around.kind * 8 + around.next));
    add(21, mix(l, mix(c(0), from_end * 8 + around.next)));
    add(22, mix(around.whole, i as u64));
    add(23, mix(pair, fresh));
    add(24, mix(before, c(0)));
    add(25, mix(before, r));
    add(26, mix(classes(-2, 2), around.kind * 8 + from_end));
    add(27, mix(classes(-(left.abs_diff(i) as isize).min(6) - 1, 1), from_end));
    add(28, mix(mix(l, around.next), from_end));
}

impl Tokenizer {
    /// Cuts the stretch `start..end` of `text`, without line structure, into words.
    pub fn run(&self, text: &str, start: usize, end: usize, scratch: &mut Scratch, out: &mut Vec<Piece>) {
        let bytes = text.as_bytes();
        let mut i = start;
        let mut gap = Gap::Break;
        while i < end {
            let b = bytes[i];
            if b.is_ascii_alphabetic() {
                // The usual case: a chunk that is nothing but plain letters, perhaps with one mark at its end.
                let mut j = i + 1;
                while j < end && j - i < LONGEST && bytes[j].is_ascii_alphabetic() {
                    j += 1;
                }
                if j == end || bytes[j] == b' ' || bytes[j] == b'\n' || j - i >= LONGEST {
                    self.letters(text, i, j, gap, out);
                    gap = Gap::None;
                    i = j;
                    continue;
                }
            }
            let mut j = i;
            let mut n = 0;
            let mut width = 0;
            for c in text[i..end].chars() {
                if n == LONGEST || class(c) == Class::Space {
                    if n == 0 {
                        width = c.len_utf8();
                    }
                    break;
                }
                j += c.len_utf8();
                n += 1;
            }
            if n == 0 {
                i += width;
                if gap == Gap::None {
                    gap = Gap::Space;
                }
                continue;
            }
            self.chunk(text, i, j, gap, scratch, out);
            gap = Gap::None;
            i = j;
        }
    }

    /// Cuts one chunk without white space.
    fn chunk(&self, text: &str, start: usize, end: usize, gap: Gap, scratch: &mut Scratch, out: &mut Vec<Piece>) {
        let Scratch { chunk, features } = scratch;
        look(text, start, end, chunk);
        let around = around(text, end, chunk);
        // "and wounded 40. Three later died": a number at the end of a sentence is no number of a list.
        if gap == Gap::Space
            && ends_sentence(text, start, end)
            && let Some(digits) = text[start..end].strip_suffix('.')
            && !digits.is_empty()
            && digits.bytes().all(|b| b.is_ascii_digit())
        {
            out.push(Piece { start, end: end - 1, gap });
            out.push(Piece { start: end - 1, end, gap: Gap::None });
            return;
        }
        let (mut last, mut gap) = (0, gap);
        for i in 1..=chunk.len() {
            let cut = i == chunk.len()
                || (is_candidate(chunk, i) && {
                    place_features(chunk, i, last, around, features);
                    self.places.score(features) > 0
                });
            if !cut {
                continue;
            }
            let s = chunk[last].offset as usize;
            let e = chunk.get(i).map_or(end, |c| c.offset as usize);
            if chunk[last..i].iter().all(|c| c.is_letter()) {
                self.letters(text, s, e, gap, out);
            } else {
                out.push(Piece { start: s, end: e, gap });
            }
            (last, gap) = (i, Gap::None);
        }
    }

    /// Adds a run of letters, as two words if it is a known contraction.
    fn letters(&self, text: &str, start: usize, end: usize, gap: Gap, out: &mut Vec<Piece>) {
        // A capitalised word is a name ("Wana") unless it is a contraction that opens a sentence ("Cannot").
        let word = &text[start..end];
        let name = word.starts_with(char::is_uppercase)
            && word.chars().any(char::is_lowercase)
            && !["Cannot", "Gonna", "Wanna", "Gotta", "Dont", "Didnt", "Cant", "Wont", "Isnt", "Lemme", "Gimme"]
                .contains(&word);
        if (3..10).contains(&(end - start)) && !name {
            let h = hash_word(&text[start..end]) as u32;
            if let Ok(at) = self.contractions.binary_search_by_key(&h, |c| c.0) {
                let n = self.contractions[at].1 as usize;
                if let Some((cut, _)) = text[start..end].char_indices().nth(n) {
                    out.push(Piece { start, end: start + cut, gap });
                    out.push(Piece { start: start + cut, end, gap: Gap::None });
                    return;
                }
            }
        }
        out.push(Piece { start, end, gap });
    }

    /// Appends the splitter to a model file.
    pub fn write(&self, w: &mut Writer) {
        self.places.write(w);
        w.u32s(&self.contractions.iter().flat_map(|c| [c.0, c.1]).collect::<Vec<_>>());
    }

    /// Reads the splitter from a model file.
    pub fn read(r: &mut Reader) -> Option<Self> {
        let places = Linear::read(r)?;
        let contractions = r.u32s()?.as_chunks().0.iter().map(|&[h, n]| (h, n)).collect();
        Some(Tokenizer { places, contractions })
    }
}

/// True if a word in small letters stands before `start` and a capital follows `end`.
fn ends_sentence(text: &str, start: usize, end: usize) -> bool {
    let before = text[..start].trim_end_matches(' ').rsplit(' ').next().unwrap_or("");
    let small = before.len() > 2 && before.bytes().all(|b| b.is_ascii_lowercase());
    small && text[end..].starts_with(' ') && text[end..].trim_start_matches(' ').starts_with(char::is_uppercase)
}

/// The hash under which a letter run is looked up among the contractions.
pub fn contraction_key(chars: &[char]) -> u32 {
    hash_chars(chars) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blank() -> Tokenizer {
        Tokenizer { places: Linear::quantise(&vec![-1.0; 1 << crate::linear::BITS]), contractions: Vec::new() }
    }

    #[test]
    fn white_space_always_cuts_and_long_runs_are_cut_too() {
        let text = format!("Boats\u{a0}left {}", "é".repeat(450));
        let mut out = Vec::new();
        blank().run(&text, 0, text.len(), &mut Scratch::default(), &mut out);
        assert_eq!(&text[out[1].start..out[1].end], "left");
        assert_eq!(out.len(), 5);
        assert_eq!(out[1].gap, Gap::Space);
        assert_eq!(out[3].gap, Gap::None);
    }
}
