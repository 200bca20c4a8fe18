//! The formats behind two functions: bytes to rows, and records to bytes.

use crate::acled::Acled;
use crate::ged::Ged;
use crate::{Coded, Fault, Losses, Reading, Row, gdelt, geojson, plover, table};
use counterclaim_lexicon::Lexicon;
use std::borrow::Borrow;
use std::io::{self, BufRead, Write};

/// A format of coded incidents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// ACLED's CSV of 31 columns.
    Acled,
    /// UCDP GED's CSV, by column name.
    Ged,
    /// GDELT 2.0 events: import only.
    Gdelt,
    /// PLOVER JSON Lines.
    Plover,
    /// GeoJSON, RFC 7946.
    GeoJson,
    /// Our own JSON, `counterclaim.reading/v1`.
    Reading,
}

impl Format {
    /// Every format.
    pub const ALL: [Format; 6] =
        [Format::Acled, Format::Ged, Format::Gdelt, Format::Plover, Format::GeoJson, Format::Reading];

    /// The name on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Format::Acled => "acled",
            Format::Ged => "ged",
            Format::Gdelt => "gdelt",
            Format::Plover => "plover",
            Format::GeoJson => "geojson",
            Format::Reading => "reading",
        }
    }

    /// The format with this name.
    pub fn parse(name: &str) -> Option<Format> {
        Format::ALL.into_iter().find(|f| f.as_str() == name)
    }

    /// The format that the beginning of a file looks like; a few kilobytes are enough.
    ///
    /// # Example
    /// ```
    /// use counterclaim_exchange::Format;
    /// assert_eq!(Format::guess(b"id,relid,year,side_a,type_of_violence\n"), Some(Format::Ged));
    /// assert_eq!(Format::guess(b"Dear editor,"), None);
    /// ```
    pub fn guess(head: &[u8]) -> Option<Format> {
        let text = String::from_utf8_lossy(&head[..head.len().min(8192)]);
        let text = text.trim_start_matches('\u{FEFF}').trim_start();
        let line = text.lines().next().unwrap_or_default();
        let has = |word: &str| text.contains(word);
        if text.starts_with('{') {
            return match () {
                () if has("\"FeatureCollection\"") => Some(Format::GeoJson),
                () if has("\"counterclaim.reading/") => Some(Format::Reading),
                () if has("\"event\"") => Some(Format::Plover),
                () => None,
            };
        }
        match () {
            () if line.contains("event_id_cnty") => Some(Format::Acled),
            () if line.contains("type_of_violence") => Some(Format::Ged),
            () if line.split('\t').count() == gdelt::COLUMNS.len() => Some(Format::Gdelt),
            () => None,
        }
    }
}

/// What an import has to know beside the bytes.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// The tables.
    pub lexicon: &'a Lexicon,
    /// Name of the input, for messages.
    pub file: &'a str,
    /// Whose coding it is; empty for what the file or the format says.
    pub data_set: &'a str,
}

/// Reads rows and hands each to `sink` as soon as it is read, so that memory does not grow with the input. Bad rows are
/// skipped and reported; reading itself cannot fail. A reading in our own JSON is one document and is read whole.
pub fn import(format: Format, source: &Source, input: impl BufRead, sink: &mut dyn FnMut(Row)) {
    match format {
        Format::Acled => table::import::<Acled>(source, input, sink),
        Format::Ged => table::import::<Ged>(source, input, sink),
        Format::Gdelt => gdelt::import(source, input, sink),
        Format::Plover => plover::import(source, input, sink),
        Format::GeoJson => geojson::import(source, input, sink),
        Format::Reading => Reading::import(source, input, sink),
    }
}

/// Everything that an import gives.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Imported {
    /// The records, in order.
    pub rows: Vec<Coded>,
    /// Every fault, in order.
    pub faults: Vec<Fault>,
    /// Rows that were skipped.
    pub skipped: u64,
}

/// Reads a whole input of moderate size.
///
/// # Example
/// ```
/// use counterclaim_exchange::{Format, Source, import_all};
/// let source = Source { lexicon: counterclaim_lexicon::Lexicon::embedded(), file: "events.csv", data_set: "" };
/// let csv = "event_id_cnty,event_date,sub_event_type,actor1\nX1,2024-03-18,Peaceful protest,Protesters (Kenya)\nX2,soon,,\n";
/// let got = import_all(Format::Acled, &source, csv.as_bytes());
/// assert_eq!((got.rows[0].kind.as_str(), got.skipped), ("protest", 1));
/// assert!(got.faults[0].to_string().starts_with("events.csv:3: event_date: \"soon\" is no day;"));
/// ```
pub fn import_all(format: Format, source: &Source, input: impl BufRead) -> Imported {
    let mut out = Imported::default();
    import(format, source, input, &mut |row| {
        out.skipped += u64::from(row.coded.is_none());
        out.rows.extend(row.coded);
        out.faults.extend(row.faults);
    });
    out
}

/// Writes records, one after the other, and tells what the format could not say. No record is kept; only our own JSON, which
/// has three lists, goes through the records again for each.
///
/// # Errors
/// If `out` cannot be written to, or the format is only for import.
pub fn export<C: Borrow<Coded>>(
    format: Format,
    lexicon: &Lexicon,
    coded: impl Iterator<Item = C> + Clone,
    out: &mut dyn Write,
) -> io::Result<Losses> {
    match format {
        Format::Acled => table::export::<Acled, C>(lexicon, coded, out),
        Format::Ged => table::export::<Ged, C>(lexicon, coded, out),
        Format::Plover => plover::export(lexicon, coded, out),
        Format::GeoJson => geojson::export(coded, out),
        Format::Reading => Reading::export(lexicon, coded, out),
        Format::Gdelt => Err(io::Error::new(
            io::ErrorKind::Unsupported,
            "GDELT can only be read; choose acled, ged, plover, geojson or reading",
        )),
    }
}
