//! The reader and its stages, made once and shared by all sets.

use counterclaim_coding::Tree;
use counterclaim_entities::{self as entities, Entities};
use counterclaim_lexicon::Lexicon;
use counterclaim_reader::Reader;
use counterclaim_syntax::Model;
use counterclaim_text::{Report, Syntax};
use jiff::civil::Date;

/// What every set needs.
pub struct Tools {
    /// The whole reader.
    pub reader: Reader,
    /// The syntax model alone.
    pub model: &'static Model,
    /// The tables.
    pub lexicon: &'static Lexicon,
}

impl Tools {
    /// Decodes the embedded models and tables.
    pub fn new() -> Tools {
        let reader = Reader::new();
        let lexicon = reader.lexicon();
        Tools { reader, model: Model::embedded(), lexicon }
    }

    /// The first two layers of a report, without coding.
    pub fn entities(&self, report: &Report) -> (Syntax, Entities) {
        let syntax = self.model.parse(&report.text);
        let entities = entities::find(report, &syntax, self.lexicon);
        (syntax, entities)
    }

    /// The trees of a text, as the coding sees them.
    pub fn tree<'a>(&self, text: &'a str, syntax: &'a Syntax) -> Tree<'a> {
        Tree::new(text, syntax, &self.lexicon.forms)
    }
}

/// A report of nothing but a text.
pub fn bare(id: &str, text: &str) -> Report {
    Report { id: id.to_owned(), text: text.to_owned(), ..Report::default() }
}

/// The day at the start of an ISO date or date-time.
pub fn day(text: &str) -> Option<Date> {
    text.get(..10)?.parse().ok()
}
