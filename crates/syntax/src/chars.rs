//! What the models look at in a character or a word: lower-cased keys, classes, shapes and hashes.

/// Coarse class of a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Class {
    /// White space.
    Space,
    /// Lower-case letter, or a letter without case.
    Lower,
    /// Upper-case letter.
    Upper,
    /// Digit.
    Digit,
    /// Punctuation, symbols and everything else.
    Other,
}

/// The class of a character.
pub fn class(c: char) -> Class {
    if c.is_ascii() {
        return match c {
            'a'..='z' => Class::Lower,
            'A'..='Z' => Class::Upper,
            '0'..='9' => Class::Digit,
            ' ' | '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' => Class::Space,
            _ => Class::Other,
        };
    }
    if c.is_whitespace() {
        Class::Space
    } else if c.is_uppercase() {
        Class::Upper
    } else if c.is_alphabetic() || is_mark(c) {
        Class::Lower
    } else if c.is_numeric() {
        Class::Digit
    } else {
        Class::Other
    }
}

/// True for combining marks, joiners and variation selectors, which stay with the letter before them.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}')
}

/// The character used in look-up keys: lower case, and straight for curly quotes. Texts are never changed.
pub fn fold(c: char) -> char {
    if c.is_ascii() {
        return c.to_ascii_lowercase();
    }
    match c {
        '‘' | '’' | '‛' | '′' | 'ʼ' => '\'',
        '“' | '”' | '„' | '‟' | '″' => '"',
        '\u{2010}' | '\u{2011}' => '-',
        '\u{2012}' | '\u{2013}' => '–',
        '\u{2015}' => '—',
        _ => c.to_lowercase().next().unwrap_or(c),
    }
}

/// Mixes one more number into a hash.
pub fn mix(h: u64, v: u64) -> u64 {
    let x = (h ^ v).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    x ^ (x >> 29)
}

/// Hash of a folded word.
pub fn hash_chars(chars: &[char]) -> u64 {
    chars.iter().fold(0x51_7c_c1, |h, &c| mix(h, c as u64))
}

/// Fills `out` with the folded characters of `word`.
pub fn fold_into(word: &str, out: &mut Vec<char>) {
    out.clear();
    if word.is_ascii() {
        out.extend(word.bytes().map(|b| b.to_ascii_lowercase() as char));
    } else {
        out.extend(word.chars().map(fold));
    }
}

/// Hash of the folded form of a word.
pub fn hash_word(word: &str) -> u64 {
    if word.is_ascii() {
        word.bytes().fold(0x51_7c_c1, |h, b| mix(h, b.to_ascii_lowercase() as u64))
    } else {
        word.chars().fold(0x51_7c_c1, |h, c| mix(h, fold(c) as u64))
    }
}

/// How a word looks, as a small number: classes of the first, second and last characters, what occurs, and length.
/// With `caps` (text all in capitals) the case of letters carries nothing and is left out.
pub fn shape(word: &str, caps: bool) -> u32 {
    let see = |c: char| match class(c) {
        Class::Upper if caps => Class::Lower as u32,
        k => k as u32,
    };
    let (mut first, mut second, mut last, mut seen, mut n) = (0, 0, 0, 0u32, 0u32);
    for c in word.chars().take(64) {
        let k = see(c);
        match n {
            0 => first = k,
            1 => second = k,
            _ => {}
        }
        if n > 0 {
            seen |= 1 << (k - u32::from(k > 0));
        }
        last = k;
        n += 1;
    }
    let length = match n {
        0..=3 => n,
        4..=5 => 4,
        6..=8 => 5,
        9..=12 => 6,
        _ => 7,
    };
    ((((first * 5 + second) * 5 + last) * 16 + (seen & 15)) * 8 + length) * 2 + u32::from(caps)
}

/// True if the words hold letters and (nearly) all of them are capitals.
pub fn in_capitals<'w>(words: impl Iterator<Item = &'w str>) -> bool {
    let (mut upper, mut lower) = (0usize, 0usize);
    for w in words {
        if w.is_ascii() {
            upper += w.bytes().filter(u8::is_ascii_uppercase).count();
            lower += w.bytes().filter(u8::is_ascii_lowercase).count();
        } else {
            upper += w.chars().filter(|c| c.is_uppercase()).count();
            lower += w.chars().filter(|c| c.is_lowercase()).count();
        }
    }
    upper >= 4 && lower * 12 < upper
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn curly_and_straight_quotes_have_one_key() {
        assert_eq!(hash_word("Don’t"), hash_word("don't"));
        let mut out = Vec::new();
        fold_into("Don’t", &mut out);
        assert_eq!(hash_chars(&out), hash_word("don't"));
    }

    #[test]
    fn shapes_tell_case_apart_only_in_mixed_text() {
        assert_ne!(shape("March", false), shape("march", false));
        assert_eq!(shape("MARCH", true), shape("march", true));
    }

    #[test]
    fn capitals_are_recognised() {
        assert!(in_capitals(["THE", "BRIDGE", "FELL"].into_iter()));
        assert!(!in_capitals(["The", "bridge", "fell"].into_iter()));
    }
}
