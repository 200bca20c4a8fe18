//! The whole model: from text to sentences, words, lemmas, tags and trees.

use crate::bytes::{Reader, Writer};
use crate::chars::in_capitals;
use crate::dateline;
use crate::lemma::Lemmatizer;
use crate::linear::Linear;
use crate::lines::stretches;
use crate::net::infer::{Buffers, Network, Parsed};
use crate::sentences;
use crate::tokenize::{Gap, Piece, Scratch, Tokenizer};
use counterclaim_text::{Name, Rel, Sentence, Span, SpeechMark, Syntax, Token, Upos, Xpos};
use std::cell::Cell;
use std::ops::Range;
use std::sync::OnceLock;

/// First bytes of a model file; the last one counts formats.
const MAGIC: u32 = u32::from_le_bytes(*b"CCS\x03");

/// Words that are put through the network together, more or less: groups end where paragraphs end.
const GROUP: usize = 192;

/// A longer paragraph is cut between sentences.
const LONGEST: usize = 320;

/// A trained model. Cheap to share between threads; every call works on buffers of its own.
pub struct Model {
    pub(crate) tokenizer: Tokenizer,
    pub(crate) sentences: Linear,
    pub(crate) lemmas: Lemmatizer,
    pub(crate) network: Option<Network>,
}

impl Model {
    /// The model that comes with the program, decoded on first use.
    ///
    /// # Example
    /// ```
    /// let syntax = counterclaim_syntax::Model::embedded().parse("The boats left. Nobody was hurt.");
    /// assert_eq!(syntax.sentences.len(), 2);
    /// assert_eq!(syntax.lemma(2), "leave");
    /// ```
    pub fn embedded() -> &'static Model {
        static MODEL: OnceLock<Model> = OnceLock::new();
        MODEL.get_or_init(|| {
            const BYTES: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/models/syntax.bin"));
            Model::read(BYTES).unwrap_or_else(Model::blank)
        })
    }

    /// A model that knows nothing: white space cuts words, the first word of a line is the head of the rest.
    fn blank() -> Model {
        let no = || Linear::quantise(&vec![-1.0; 1 << crate::linear::BITS]);
        Model {
            tokenizer: Tokenizer { places: no(), contractions: Vec::new() },
            sentences: no(),
            lemmas: Lemmatizer::new(Vec::new(), Vec::new()),
            network: None,
        }
    }

    /// Reads a model file; `None` if it is damaged or of another format.
    pub fn read(bytes: &[u8]) -> Option<Model> {
        let mut r = Reader::new(bytes);
        if r.u32()? != MAGIC {
            return None;
        }
        let tokenizer = Tokenizer::read(&mut r)?;
        let sentences = Linear::read(&mut r)?;
        let lemmas = Lemmatizer::read(&mut r)?;
        let network = if r.u32()? == 1 { Some(Network::read(&mut r)?) } else { None };
        Some(Model { tokenizer, sentences, lemmas, network })
    }

    /// This model with the network of another.
    pub fn with_network_of(self, other: Model) -> Model {
        Model { network: other.network, ..self }
    }

    /// The bytes of the model file.
    pub fn write(&self) -> Vec<u8> {
        let mut w = Writer::default();
        w.u32(MAGIC);
        self.tokenizer.write(&mut w);
        self.sentences.write(&mut w);
        self.lemmas.write(&mut w);
        w.u32(u32::from(self.network.is_some()));
        if let Some(n) = &self.network {
            n.write(&mut w);
        }
        w.bytes
    }

    /// Sentences, words, lemmas, tags, trees, names and reported speech of a text. Spans are byte ranges of `text`. Any text will do; the
    /// time taken grows with its length, and only the first 4 GiB are read.
    pub fn parse(&self, text: &str) -> Syntax {
        let text = first_bytes(text, u32::MAX as usize);
        let mut work = Work::new(self, text);
        let mut scratch = Scratch::default();
        let mut pieces = Vec::new();
        stretches(text, |r| {
            pieces.clear();
            self.tokenizer.run(text, r.start, r.end, &mut scratch, &mut pieces);
            let caps = in_capitals(std::iter::once(&text[r]));
            let head = if caps { 0 } else { dateline::length(text, &pieces) };
            let (dateline, pieces) = pieces.split_at(head);
            if !dateline.is_empty() {
                work.add(dateline);
            }
            sentences::run(&self.sentences, text, pieces, caps, &mut scratch.features, |s| work.add(&pieces[s]));
            work.end_paragraph();
        });
        let mut syntax = work.finish();
        crate::names::agree(text, &mut syntax);
        syntax
    }

    /// Lemmas, tags, trees and marks of sentences that are already cut into words, each a paragraph of its own. Spans
    /// are those of a text in which every word is followed by one space.
    pub fn parse_tokens(&self, sentences: &[Vec<&str>]) -> Syntax {
        let mut text = String::new();
        let mut pieces: Vec<Vec<Piece>> = Vec::new();
        for s in sentences.iter().filter(|s| !s.is_empty()) {
            let mut list = Vec::with_capacity(s.len());
            for w in s {
                let start = text.len();
                text.push_str(w);
                list.push(Piece { start, end: text.len(), gap: Gap::Space });
                text.push(' ');
            }
            pieces.push(list);
        }
        let mut work = Work::new(self, &text);
        for p in &pieces {
            work.add(p);
            work.end_paragraph();
        }
        work.finish()
    }
}

/// The longest start of `text` with at most `most` bytes that does not cut a character.
fn first_bytes(text: &str, most: usize) -> &str {
    let mut end = most.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

thread_local! {
    /// Buffers of the text before, for the next on the same thread: about 3 MB that the system need not find and clear again.
    static SPARE: Cell<Buffers> = Cell::default();
}

/// Collects sentences until a group is full, then analyses them.
struct Work<'m, 't> {
    model: &'m Model,
    text: &'t str,
    out: Syntax,
    group: Vec<Range<usize>>,
    paragraphs: Vec<Range<usize>>,
    buffers: Buffers,
    parsed: Parsed,
    chars: Vec<char>,
}

impl<'m, 't> Work<'m, 't> {
    fn new(model: &'m Model, text: &'t str) -> Self {
        let (group, paragraphs, chars) = (Vec::new(), Vec::new(), Vec::new());
        Work {
            model,
            text,
            out: Syntax::default(),
            group,
            paragraphs,
            buffers: SPARE.take(),
            parsed: Parsed::default(),
            chars,
        }
    }

    /// Takes in the words of one sentence.
    fn add(&mut self, pieces: &[Piece]) {
        let text = self.text;
        let word = |p: &Piece| &text[p.start..p.end];
        let start = self.out.tokens.len();
        if let Some(network) = &self.model.network {
            let caps = in_capitals(pieces.iter().map(word));
            pieces.iter().for_each(|p| network.embed(word(p), caps, &mut self.buffers));
        }
        for (i, p) in pieces.iter().enumerate() {
            self.out.tokens.push(Token {
                span: Span::new(p.start, p.end),
                upos: Upos::X,
                xpos: Xpos::Fw,
                head: start as u32,
                rel: if i == 0 { Rel::Root } else { Rel::Dep },
                lemma: Span::default(),
            });
        }
        self.out.sentences.push(Sentence { start: start as u32, end: self.out.tokens.len() as u32 });
        let from = self.group.last().map_or(0, |r| r.end);
        self.group.push(from..from + pieces.len());
        if from + pieces.len() >= LONGEST {
            self.end_paragraph();
            self.flush();
        }
    }

    /// Marks the end of a paragraph.
    fn end_paragraph(&mut self) {
        let start = self.paragraphs.last().map_or(0, |r| r.end);
        let end = self.group.last().map_or(0, |r| r.end);
        if end > start {
            self.paragraphs.push(start..end);
        }
        if end >= GROUP {
            self.flush();
        }
    }

    /// Analyses the sentences of the group.
    fn flush(&mut self) {
        let n = self.group.last().map_or(0, |r| r.end);
        let first = self.out.tokens.len() - n;
        if let Some(network) = &self.model.network {
            self.parsed.tags.clear();
            self.parsed.heads.clear();
            self.parsed.rels.clear();
            self.parsed.names.clear();
            self.parsed.speech.clear();
            network.run(&self.group, &self.paragraphs, &mut self.buffers, &mut self.parsed);
            let at = first as u32;
            let names = self.parsed.names.iter().map(|m| Name { start: at + m.start, end: at + m.end, ..*m });
            self.out.names.extend(names);
            let speech = self.parsed.speech.iter().map(|m| SpeechMark { start: at + m.start, end: at + m.end, ..*m });
            self.out.speech.extend(speech);
            for r in &self.group {
                for i in r.clone() {
                    let t = &mut self.out.tokens[first + i];
                    (t.upos, t.xpos) = self.parsed.tags[i];
                    t.rel = self.parsed.rels[i];
                    t.head = match self.parsed.heads[i] as usize {
                        0 => first + i,
                        h => first + r.start + h - 1,
                    } as u32;
                }
            }
        }
        for t in &mut self.out.tokens[first..] {
            let from = self.out.lemmas.len();
            let form = t.span.of(self.text);
            self.model.lemmas.run(form, t.upos, t.xpos, &mut self.chars, &mut self.out.lemmas);
            t.lemma = Span::new(from, self.out.lemmas.len());
        }
        self.group.clear();
        self.paragraphs.clear();
    }

    fn finish(mut self) -> Syntax {
        self.end_paragraph();
        self.flush();
        // Empty again after the last group.
        SPARE.set(self.buffers);
        self.out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_start_never_cuts_a_character() {
        assert_eq!(first_bytes("pé", 2), "p");
        assert_eq!(first_bytes("pé", 9), "pé");
    }

    #[test]
    fn a_model_without_weights_still_reads() {
        let got = Model::blank().parse("Boats left.\n\nThey sank");
        assert_eq!((got.sentences.len(), got.tokens.len()), (2, 4));
        assert_eq!(got.head(1), Some(0));
        assert!(Model::read(b"something else").is_none());
    }

    #[test]
    fn a_model_file_comes_back_as_written() {
        let bytes = Model::blank().write();
        assert_eq!(Model::read(&bytes).map(|m| m.write()), Some(bytes));
    }
}
