//! What the tests of this crate share: short calls, and records to try.

#![allow(dead_code, clippy::unwrap_used)]

use counterclaim_exchange::{Coded, Format, Imported, Losses, Source, export, import_all};
use counterclaim_lexicon::Lexicon;

pub fn read(format: Format, text: &[u8]) -> Imported {
    import_all(format, &Source { lexicon: Lexicon::embedded(), file: "input", data_set: "" }, text)
}

/// Reads with the data set named, as for a file whose format does not say.
pub fn read_as(format: Format, text: &[u8], data_set: &str) -> Imported {
    import_all(format, &Source { lexicon: Lexicon::embedded(), file: "input", data_set }, text)
}

pub fn write(format: Format, rows: &[Coded]) -> (String, Losses) {
    let mut out = Vec::new();
    let losses = export(format, Lexicon::embedded(), rows.iter(), &mut out).unwrap();
    (String::from_utf8(out).unwrap(), losses)
}

pub fn lost(losses: &Losses) -> Vec<&'static str> {
    losses.iter().map(|l| l.field).collect()
}
