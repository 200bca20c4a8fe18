//! Tokens cut into atoms (letters, digits, single signs), so that rules need not know how words were split.

use super::words::{Class, words};
use counterclaim_text::{Span, Syntax};
use jiff::civil::Date;

/// What an atom is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Made {
    Letters,
    Digits,
    Sign,
}

/// The smallest piece that rules look at.
#[derive(Clone, Copy, Debug)]
pub(super) struct Atom {
    /// Where it stands in the text.
    pub span: Span,
    /// The token that it is part of.
    pub token: u32,
    /// What it is made of.
    pub made: Made,
    /// No white space before it.
    pub glued: bool,
    /// First atom of a line.
    pub line_start: bool,
    /// First atom of a paragraph (after an empty line); expressions do not reach across.
    pub paragraph_start: bool,
    /// Its first letter is a capital.
    pub capital: bool,
    lower: (u32, u32),
    number: u32,
    rows: (u32, u32),
}

/// A text as a row of atoms with the vocabulary looked up.
pub(super) struct Atoms<'a> {
    /// The text.
    pub text: &'a str,
    /// Its syntax.
    pub syntax: &'a Syntax,
    /// The day that a reader calls today, if known.
    pub today: Option<Date>,
    all: Vec<Atom>,
    lower: String,
}

impl<'a> Atoms<'a> {
    /// Cuts the tokens of `syntax`.
    pub fn new(text: &'a str, syntax: &'a Syntax, today: Option<Date>) -> Atoms<'a> {
        let mut atoms = Atoms { text, syntax, today, all: Vec::new(), lower: String::new() };
        let mut last = 0usize;
        for (token, t) in syntax.tokens.iter().enumerate() {
            // Words of one written form ("don't", "wanna") may share a span; each byte is read once.
            let from = (t.span.start as usize).max(last);
            let Some(body) = text.get(from..(t.span.end as usize).max(from)) else {
                continue;
            };
            let gap = text.get(last..from).unwrap_or("");
            let mut glued = gap.is_empty() && !atoms.all.is_empty();
            let lines = gap.bytes().filter(|b| *b == b'\n').count();
            let mut start = atoms.all.is_empty();
            let mut at = 0;
            while let Some(c) = body[at..].chars().next() {
                let made = kind(c);
                let mut end = at + c.len_utf8();
                if made != Made::Sign {
                    end = at + body[at..].find(|c| kind(c) != made).unwrap_or(body.len() - at);
                }
                if c.is_whitespace() {
                    glued = false;
                    at = end;
                    continue;
                }
                let span = Span::new(from + at, from + end);
                let first = at == 0;
                atoms.push(span, token as u32, made, glued, &body[at..end]);
                if let Some(a) = atoms.all.last_mut() {
                    a.line_start = start || (first && lines > 0);
                    a.paragraph_start = start || (first && lines > 1);
                }
                start = false;
                glued = true;
                at = end;
            }
            last = last.max(t.span.end as usize).min(text.len());
        }
        atoms
    }

    fn push(&mut self, span: Span, token: u32, made: Made, glued: bool, body: &str) {
        let from = self.lower.len();
        self.lower.extend(body.chars().flat_map(char::to_lowercase));
        let lower = &self.lower[from..];
        let rows = if made == Made::Letters { words().starting_with(lower) } else { (0, 0) };
        let number = if made == Made::Digits { lower.parse().unwrap_or(u32::MAX) } else { u32::MAX };
        self.all.push(Atom {
            span,
            token,
            made,
            glued,
            line_start: false,
            paragraph_start: false,
            capital: body.chars().next().is_some_and(char::is_uppercase),
            lower: (from as u32, self.lower.len() as u32),
            number,
            rows,
        });
    }

    /// How many atoms there are.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Atom `i`.
    pub fn get(&self, i: usize) -> Option<&Atom> {
        self.all.get(i)
    }

    /// The lower-cased letters of atom `i`, empty past the end.
    pub fn word(&self, i: usize) -> &str {
        self.all.get(i).map_or("", |a| &self.lower[a.lower.0 as usize..a.lower.1 as usize])
    }

    /// The word before atom `i`, empty at the start of a paragraph.
    pub fn before(&self, i: usize) -> &str {
        if i == 0 || self.paragraph_start(i) { "" } else { self.word(i - 1) }
    }

    /// True if atom `i` is one of these words.
    pub fn is(&self, i: usize, any: &[&str]) -> bool {
        i < self.all.len() && any.contains(&self.word(i))
    }

    /// True if atom `i` follows the one before it without space.
    pub fn glued(&self, i: usize) -> bool {
        self.all.get(i).is_some_and(|a| a.glued)
    }

    /// True if atom `i` opens a paragraph.
    pub fn paragraph_start(&self, i: usize) -> bool {
        self.all.get(i).is_none_or(|a| a.paragraph_start)
    }

    /// True if atom `i` begins with a capital letter.
    pub fn capital(&self, i: usize) -> bool {
        self.all.get(i).is_some_and(|a| a.capital)
    }

    /// True if atom `i` is made of letters.
    pub fn letters(&self, i: usize) -> bool {
        self.all.get(i).is_some_and(|a| a.made == Made::Letters)
    }

    /// The number written at atom `i` in digits, with the count of digits.
    pub fn digits(&self, i: usize) -> Option<(u32, usize)> {
        let a = self.all.get(i).filter(|a| a.made == Made::Digits)?;
        Some((a.number, a.span.len()))
    }

    /// The longest phrase of this class at atom `i`: its value and the atom after it.
    pub fn phrase(&self, i: usize, class: Class) -> Option<(i32, usize)> {
        let a = self.all.get(i)?;
        words().rows(a.rows).iter().filter(|r| r.class == class).find_map(|row| {
            let mut at = i + 1;
            for word in &row.words[1..] {
                // "Eid-ul-Fitr", "Sha'ban": marks inside a name do not count.
                while self.is(at, &["-", "'", "’"]) && self.glued(at) {
                    at += 1;
                }
                if self.word(at) != *word || self.paragraph_start(at) {
                    return None;
                }
                at += 1;
            }
            Some((row.value, at))
        })
    }

    /// False if no expression can begin at atom `i`: most words are none of the vocabulary, and reading stops there.
    pub fn may_open(&self, i: usize) -> bool {
        self.all.get(i).is_some_and(|a| match a.made {
            Made::Letters => a.rows.0 < a.rows.1,
            Made::Digits => true,
            Made::Sign => matches!(self.word(i), "'" | "’" | "\u{2018}" | "~"),
        })
    }

    /// The atom after "the", if atom `i` is that.
    pub fn the(&self, i: usize) -> usize {
        if self.is(i, &["the"]) && !self.paragraph_start(i + 1) { i + 1 } else { i }
    }

    /// Skips a dash that joins `i` to what stands before and after it ("18-Mar-2024").
    pub fn skip_glued_dash(&self, i: usize) -> usize {
        if self.is(i, &["-"]) && self.glued(i) && self.glued(i + 1) { i + 1 } else { i }
    }

    /// Skips atoms that are one of `any`, at most one.
    pub fn skip(&self, i: usize, any: &[&str]) -> usize {
        if self.is(i, any) && !self.paragraph_start(i) { i + 1 } else { i }
    }
}

fn kind(c: char) -> Made {
    if c.is_ascii_digit() {
        Made::Digits
    } else if c.is_alphabetic() {
        Made::Letters
    } else {
        Made::Sign
    }
}
