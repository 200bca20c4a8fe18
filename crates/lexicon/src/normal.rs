//! Look-up keys: lower case, without diacritics, words parted at white space, hyphens and apostrophes.
//! Only keys are normalised, never the text of a report.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Lower case without diacritics; curly apostrophes become straight ones.
///
/// # Example
/// ```
/// assert_eq!(counterclaim_lexicon::fold("Cúcuta’s"), "cucuta's");
/// ```
pub fn fold(s: &str) -> String {
    if s.is_ascii() {
        return s.to_ascii_lowercase();
    }
    let mut out = String::with_capacity(s.len());
    for c in s.nfd().filter(|c| !is_combining_mark(*c)) {
        match c {
            '\u{2018}' | '\u{2019}' | '\u{02bc}' | '`' => out.push('\''),
            'ı' => out.push('i'),
            'ø' | 'Ø' => out.push('o'),
            'ł' | 'Ł' => out.push('l'),
            'đ' | 'Đ' => out.push('d'),
            'ß' => out.push_str("ss"),
            c => out.extend(c.to_lowercase()),
        }
    }
    out
}

/// The key words of a name: folded, parted at anything but letters and digits; dots inside abbreviations vanish.
///
/// # Example
/// ```
/// assert_eq!(counterclaim_lexicon::words_of("Tehrik-i-Taliban Pakistan"), ["tehrik", "i", "taliban", "pakistan"]);
/// assert_eq!(counterclaim_lexicon::words_of("U.S."), ["us"]);
/// ```
pub fn words_of(s: &str) -> Vec<String> {
    let folded = fold(s);
    let mut out = Vec::new();
    let mut word = String::new();
    for c in folded.chars() {
        if c.is_alphanumeric() {
            word.push(c);
        } else if c != '.' && !word.is_empty() {
            out.push(std::mem::take(&mut word));
        }
    }
    if !word.is_empty() {
        out.push(word);
    }
    out
}
