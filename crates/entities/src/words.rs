//! Look-up words of a token array: folded, parted at hyphens and apostrophes, with the way back to tokens.

use counterclaim_lexicon::fold;
use counterclaim_text::Syntax;

/// Folded words of all tokens, end to end.
pub struct Words {
    words: Vec<String>,
    /// Token of each word.
    token: Vec<u32>,
    /// First word of each token; one more entry than tokens.
    first: Vec<u32>,
}

impl Words {
    /// Parts the tokens of a text into look-up words.
    pub fn new(text: &str, syntax: &Syntax) -> Words {
        let mut out =
            Words { words: Vec::new(), token: Vec::new(), first: Vec::with_capacity(syntax.tokens.len() + 1) };
        for (i, t) in syntax.tokens.iter().enumerate() {
            out.first.push(out.words.len() as u32);
            let surface = t.span.of(text);
            if surface == "'s" || surface == "’s" {
                continue;
            }
            let folded = fold(surface);
            let mut word = String::new();
            for c in folded.chars() {
                if c.is_alphanumeric() {
                    word.push(c);
                } else if c != '.' && !word.is_empty() {
                    out.words.push(std::mem::take(&mut word));
                    out.token.push(i as u32);
                }
            }
            if !word.is_empty() {
                out.words.push(word);
                out.token.push(i as u32);
            }
        }
        out.first.push(out.words.len() as u32);
        out
    }

    /// The words from token `i` on, up to a limit.
    pub fn from(&self, i: usize, limit: usize) -> impl Iterator<Item = &str> + Clone {
        let start = self.first[i] as usize;
        self.words[start..self.words.len().min(start + limit)].iter().map(String::as_str)
    }

    /// True if token `i` has no word (punctuation, genitive).
    pub fn is_empty(&self, i: usize) -> bool {
        self.first[i] == self.first[i + 1]
    }

    /// The last token of the `n` words that start at token `i`, or `None` if they end inside a token.
    pub fn last_token(&self, i: usize, n: usize) -> Option<usize> {
        let end = self.first[i] as usize + n;
        let last = *self.token.get(end.checked_sub(1)?)? as usize;
        (self.first[last + 1] as usize == end).then_some(last)
    }

    /// The words of tokens `a..=b` joined by spaces.
    pub fn key(&self, a: usize, b: usize) -> String {
        self.words[self.first[a] as usize..self.first[b + 1] as usize].join(" ")
    }
}
