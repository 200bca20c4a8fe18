//! Words and tags of the search index: what is found by, in plain ASCII, so that both databases see the same tokens.

use crate::hash::sha256;
use counterclaim_lexicon::words_of;
use std::collections::BTreeSet;

/// Longest word kept whole; longer ones are cut.
const LONGEST: usize = 40;
/// Most tokens of one object: more are no help, and databases have limits.
const MOST: usize = 20_000;

/// What an object is found by.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tokens {
    all: BTreeSet<String>,
}

impl Tokens {
    /// Adds the words of a text.
    pub(crate) fn words(&mut self, text: &str) {
        for word in words_of(text) {
            if self.all.len() >= MOST {
                return;
            }
            self.all.insert(token(&word));
        }
    }

    /// Adds a tag.
    pub(crate) fn tag(&mut self, sort: &str, value: &str) {
        if !value.is_empty() {
            self.all.insert(tag(sort, value));
        }
    }

    /// All, parted by blanks.
    pub(crate) fn joined(&self) -> String {
        self.all.iter().map(String::as_str).collect::<Vec<_>>().join(" ")
    }
}

/// The tokens of a query: every word must be there.
pub(crate) fn query(text: &str) -> Vec<String> {
    let all: BTreeSet<String> = words_of(text).iter().map(|w| token(w)).collect();
    all.into_iter().collect()
}

/// The token of a tag: values are folded, so that "khost" finds "Khost".
pub(crate) fn tag(sort: &str, value: &str) -> String {
    format!("{sort}_{}", &sha256(words_of(value).join(" ").as_bytes())[..16])
}

/// A word as a token. Words beyond ASCII are written in hexadecimal: the databases' own ideas of letters never matter.
fn token(word: &str) -> String {
    let short: String = word.chars().take(LONGEST).collect();
    if short.is_ascii() {
        return short;
    }
    let hex: String = short.bytes().take(2 * LONGEST).map(|b| format!("{b:02x}")).collect();
    format!("u_{hex}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_plain_whatever_comes_in() {
        let mut tokens = Tokens::default();
        tokens.words("Khöst: \"attack'; DROP TABLE\" خوست \u{202E} NEAR(a) * ^");
        tokens.tag("kind", "air-strike");
        tokens.tag("place", "");
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == ' ';
        assert!(tokens.joined().chars().all(plain), "{}", tokens.joined());
        assert!(query("\" OR 1=1 --").iter().all(|t| t.chars().all(plain)));
    }

    #[test]
    fn case_and_marks_do_not_matter() {
        assert_eq!(query("KHOST"), query("khost"));
        assert_eq!(tag("actor", "Tehrik-i-Taliban Pakistan"), tag("actor", "tehrik i taliban pakistan"));
        assert_ne!(tag("actor", "a"), tag("place", "a"));
    }
}
