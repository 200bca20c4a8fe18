//! Reads gold treebanks in CoNLL-U as one raw text with words, spans and sentences.

use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use counterclaim_text::{Sentence, Span};

/// One gold word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoldWord {
    /// Its form.
    pub form: String,
    /// Where it stands in the text. A word of a multiword token has its part if the parts spell the token,
    /// else the whole token.
    pub span: Span,
    /// The whole multiword token it belongs to, if any.
    pub token: Option<Span>,
    /// Universal tag.
    pub upos: String,
    /// Penn tag.
    pub xpos: String,
    /// Lemma.
    pub lemma: String,
    /// Index of the head among all words; `None` for a root.
    pub head: Option<usize>,
    /// Relation to the head, with its subtype.
    pub rel: String,
}

/// A gold treebank as one raw text with its words and sentences.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Treebank {
    /// The text: sentences of a paragraph are joined by a space unless `SpaceAfter=No`, and a blank line
    /// stands before each `# newpar` and `# newdoc`.
    pub text: String,
    /// All words.
    pub words: Vec<GoldWord>,
    /// Ranges of `words`.
    pub sentences: Vec<Sentence>,
}

impl Treebank {
    /// Reads a CoNLL-U file.
    ///
    /// # Errors
    /// If the file cannot be read or a line is malformed.
    pub fn load(path: &Path) -> Result<Treebank> {
        let text =
            std::fs::read_to_string(path).with_context(|| format!("cannot read the treebank {}", path.display()))?;
        Treebank::parse(&text).with_context(|| format!("in {}", path.display()))
    }

    /// Reads CoNLL-U text.
    ///
    /// # Errors
    /// If a line is malformed; the message has its number.
    pub fn parse(conllu: &str) -> Result<Treebank> {
        build(conllu, |form| form.to_owned())
    }

    /// Reads CoNLL-U text with every form in upper case, for text without case (headlines, MUC-4).
    ///
    /// # Errors
    /// As `parse`.
    pub fn parse_upper(conllu: &str) -> Result<Treebank> {
        build(conllu, str::to_uppercase)
    }

    /// The span of text from a sentence's first to its last word.
    pub fn sentence_span(&self, s: Sentence) -> Span {
        let words = &self.words[s.tokens()];
        match (words.first(), words.last()) {
            (Some(a), Some(b)) => a.token.unwrap_or(a.span).join(b.token.unwrap_or(b.span)),
            _ => Span::default(),
        }
    }
}

/// Cuts CoNLL-U text into its documents, at each `# newdoc`.
pub fn documents(conllu: &str) -> Vec<&str> {
    let mut starts = vec![0];
    let newdoc = conllu.match_indices("# newdoc").map(|(i, _)| i);
    starts.extend(newdoc.filter(|&i| i > 0 && conllu.as_bytes()[i - 1] == b'\n'));
    starts.push(conllu.len());
    let parts = starts.windows(2).map(|w| &conllu[w[0]..w[1]]);
    parts.filter(|d| !d.trim().is_empty()).collect()
}

/// A multiword token while its words are read: last word number, span, and how far its words reach.
struct Open {
    last: usize,
    span: Span,
    first: usize,
}

fn build(conllu: &str, form_of: impl Fn(&str) -> String) -> Result<Treebank> {
    let mut bank = Treebank::default();
    let (mut first, mut open, mut space, mut paragraph) = (0, None::<Open>, false, false);
    for (number, line) in conllu.lines().chain([""]).enumerate() {
        let at = || format!("line {}", number + 1);
        if line.trim().is_empty() {
            close(&mut bank, open.take());
            if bank.words.len() > first {
                let (start, end) = (first as u32, bank.words.len() as u32);
                bank.sentences.push(Sentence { start, end });
                first = bank.words.len();
            }
            continue;
        }
        if line.starts_with('#') {
            let rest = line.trim_start_matches('#').trim_start();
            let word = rest.split_whitespace().next().unwrap_or("");
            paragraph |= matches!(word, "newpar" | "newdoc");
            continue;
        }
        let cols: Vec<&str> = line.split('\t').collect();
        ensure!(cols.len() == 10, "{}: {} columns instead of 10", at(), cols.len());
        if cols[0].contains('.') {
            continue; // an empty node of the enhanced graph
        }
        let inside = open.is_some();
        let span = if inside {
            Span::default() // set when the token closes
        } else {
            let form = form_of(cols[1]);
            if paragraph && !bank.text.is_empty() {
                bank.text.push_str("\n\n");
            } else if space {
                bank.text.push(' ');
            }
            paragraph = false;
            space = !cols[9].split('|').any(|f| f == "SpaceAfter=No");
            let start = bank.text.len();
            bank.text.push_str(&form);
            Span::new(start, bank.text.len())
        };
        if let Some((_, last)) = cols[0].split_once('-') {
            let last = last.parse().with_context(at)?;
            open = Some(Open { last, span, first: bank.words.len() });
            continue;
        }
        let id: usize = cols[0].parse().with_context(at)?;
        let head: usize = cols[6].parse().with_context(at)?;
        bank.words.push(GoldWord {
            form: form_of(cols[1]),
            span,
            token: open.as_ref().map(|o| o.span),
            upos: cols[3].to_owned(),
            xpos: cols[4].to_owned(),
            lemma: cols[2].to_owned(),
            head: head.checked_sub(1).map(|h| first + h),
            rel: cols[7].to_owned(),
        });
        if open.as_ref().is_some_and(|o| id >= o.last) {
            close(&mut bank, open.take());
        }
    }
    if let Some(w) = bank.words.iter().find(|w| w.head.is_some_and(|h| h >= bank.words.len())) {
        bail!("the word {:?} has a head beyond the end", w.form);
    }
    Ok(bank)
}

/// Gives the words of a multiword token their spans.
fn close(bank: &mut Treebank, open: Option<Open>) {
    let Some(open) = open else { return };
    let words = &mut bank.words[open.first..];
    let spelled: String = words.iter().map(|w| w.form.as_str()).collect();
    let parts = spelled == open.span.of(&bank.text);
    let mut at = open.span.start as usize;
    for w in words {
        w.span = if parts { Span::new(at, at + w.form.len()) } else { open.span };
        at += w.form.len();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BANK: &str = "# newdoc id = a\n# newpar\n\
        1\tWe\twe\tPRON\tPRP\t_\t3\tnsubj\t_\t_\n\
        2-3\tcan't\t_\t_\t_\t_\t_\t_\t_\t_\n\
        2\tca\tcan\tAUX\tMD\t_\t4\taux\t_\t_\n\
        3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_\n\
        4\tgo\tgo\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No\n\
        5\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_\n\
        \n\
        1\tWait\twait\tVERB\tVB\t_\t0\troot\t_\t_\n\
        \n\
        # newpar\n\
        1\tÉté\t_\tNOUN\tNN\t_\t0\troot\t_\t_\n\n";

    #[test]
    fn text_and_spans() {
        let b = Treebank::parse(BANK).unwrap();
        assert_eq!(b.text, "We can't go. Wait\n\nÉté");
        let forms: Vec<_> = b.words.iter().map(|w| w.span.of(&b.text)).collect();
        assert_eq!(forms, ["We", "ca", "n't", "go", ".", "Wait", "Été"]);
        assert_eq!(b.words[1].token, Some(Span::new(3, 8)));
        assert_eq!(b.sentences.len(), 3);
        assert_eq!(b.words[5].head, None);
        assert_eq!(b.words[4].head, Some(3));
        assert_eq!(Treebank::parse_upper(BANK).unwrap().text, "WE CAN'T GO. WAIT\n\nÉTÉ");
        assert_eq!(documents(&format!("{BANK}{BANK}")).len(), 2);
        assert!(Treebank::parse("1\tx\n").is_err());
    }
}
