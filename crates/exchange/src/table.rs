//! Tables with named columns, as CSV: rows streamed in, rows streamed out, and what a row says beyond the record.
//!
//! A format says how cells become fields and fields become cells. A column that the fields would write differently is kept
//! as a code of the record, so that a row that nobody has changed comes out as it came in.

use crate::fault::Faults;
use crate::{Coded, Losses, Row, Source, escape_formula, shown, unescape_formula};
use counterclaim_lexicon::Lexicon;
use csv::{ByteRecord, ReaderBuilder, WriterBuilder};
use std::borrow::Borrow;
use std::cell::Cell;
use std::collections::BTreeMap;
use std::io::{self, BufRead, Read, Write};
use std::rc::Rc;

/// Longest row in bytes. A quotation mark that is never closed would otherwise take in the whole file.
pub(crate) const LONGEST_ROW: u64 = 64 << 20;

/// How a format lays a record out in columns.
pub(crate) trait Layout {
    /// Name of the format for people.
    const NAME: &'static str;
    /// Name of the format in codes.
    const PREFIX: &'static str;
    /// Whose coding it is when nobody says.
    const DATA_SET: &'static str;
    /// The columns that an export writes, in order.
    const COLUMNS: &'static [&'static str];
    /// Columns without which no row can be read.
    const NEEDED: &'static [&'static str];

    /// The fields that the cells give. Data set and codes are added later.
    fn fields(lexicon: &Lexicon, cells: &Cells, faults: &mut Faults) -> Coded;

    /// The cells that the fields give, in the order of the columns.
    fn cells(lexicon: &Lexicon, coded: &Coded) -> Vec<String>;

    /// False if the format has no row for what these cells say.
    fn has_row(cells: &Cells) -> bool;

    /// Why a field cannot be said.
    fn why(field: &str) -> &'static str;
}

/// The cells of one row by column.
pub(crate) struct Cells<'a> {
    columns: &'a [String],
    values: Vec<String>,
}

impl Cells<'_> {
    /// The cell of a column; empty if there is no such column.
    pub fn get(&self, column: &str) -> &str {
        self.columns.iter().position(|c| c == column).and_then(|i| self.values.get(i)).map_or("", String::as_str)
    }

    fn set(&mut self, column: &str, value: &str) {
        if let Some(cell) = self.columns.iter().position(|c| c == column).and_then(|i| self.values.get_mut(i)) {
            value.clone_into(cell);
        }
    }
}

/// Reads a table. Rows that cannot be used are skipped and reported.
pub(crate) fn import<L: Layout>(source: &Source, mut input: impl BufRead, sink: &mut dyn FnMut(Row)) {
    let delimiter = delimiter(&mut input);
    let (limited, left) = Limited::new(input);
    let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(limited);
    let mut record = ByteRecord::new();
    let mut header: Option<Vec<String>> = None;
    loop {
        left.set(LONGEST_ROW);
        let outcome = reader.read_byte_record(&mut record);
        let line = record.position().map_or(1, csv::Position::line);
        let mut faults = Faults::new(source.file, line);
        match outcome {
            Ok(true) => {}
            Ok(false) => break,
            Err(e) => {
                faults.fatal("row", broken(&e), "close quotation marks; the rest of the file was not read");
                sink(faults.row(None));
                break;
            }
        }
        let values: Vec<String> = record.iter().map(|c| String::from_utf8_lossy(c).into_owned()).collect();
        let Some(columns) = &header else {
            let columns: Vec<String> =
                values.iter().map(|c| c.trim_start_matches('\u{FEFF}').trim().to_lowercase()).collect();
            let missing: Vec<&str> = L::NEEDED.iter().copied().filter(|n| !columns.iter().any(|c| c == n)).collect();
            if !missing.is_empty() {
                let message = format!("the header lacks {}", missing.join(", "));
                faults.fatal("header", message, "give the table with the column names of its publisher");
                sink(faults.row(None));
                return;
            }
            header = Some(columns);
            continue;
        };
        if values.len() != columns.len() {
            let message = format!("{} cells where the header has {}", values.len(), columns.len());
            faults.fatal("row", message, "quote cells that hold separators or quotation marks");
            sink(faults.row(None));
            continue;
        }
        if record.iter().any(|c| std::str::from_utf8(c).is_err()) {
            faults.doubt("row", "not UTF-8; what does not fit is read as \u{FFFD}".into(), "save the table as UTF-8");
        }
        let values = values.iter().map(|v| unescape_formula(v).to_owned()).collect();
        let mut coded = read::<L>(source.lexicon, &Cells { columns, values }, &mut faults);
        if !source.data_set.is_empty() {
            source.data_set.clone_into(&mut coded.data_set);
        }
        sink(faults.row(Some(coded)));
    }
}

/// A row as a record: its fields, and as codes the cells that the fields would write differently.
fn read<L: Layout>(lexicon: &Lexicon, cells: &Cells, faults: &mut Faults) -> Coded {
    let mut coded = L::fields(lexicon, cells, faults);
    let own = L::cells(lexicon, &coded);
    for (column, value) in cells.columns.iter().zip(&cells.values) {
        let derived = L::COLUMNS.iter().position(|c| c == column).map_or("", |i| own[i].as_str());
        if value != derived {
            coded.codes.insert(format!("{}.{column}", L::PREFIX), value.clone());
        }
    }
    L::DATA_SET.clone_into(&mut coded.data_set);
    coded
}

/// Writes records as a table, and counts what it cannot say by reading back what it writes.
pub(crate) fn export<L: Layout, C: Borrow<Coded>>(
    lexicon: &Lexicon,
    coded: impl Iterator<Item = C>,
    out: &mut dyn Write,
) -> io::Result<Losses> {
    let mut losses = Losses::new(L::NAME);
    let columns: Vec<String> = L::COLUMNS.iter().map(|c| (*c).to_owned()).collect();
    let mut writer = WriterBuilder::new().from_writer(out);
    writer.write_record(&columns)?;
    for given in coded {
        let given = given.borrow();
        let cells = row::<L>(lexicon, &columns, given);
        let mut faults = Faults::new("", 0);
        let back = L::has_row(&cells).then(|| read::<L>(lexicon, &cells, &mut faults)).filter(|_| !faults.fatal);
        losses.compare(given, back.as_ref(), &L::why);
        if back.is_some() {
            writer.write_record(cells.values.iter().map(|v| escape_formula(v)))?;
        }
    }
    writer.flush()?;
    Ok(losses)
}

/// The cells of a record: what its fields give, and what it was read with, so far as that says the same.
fn row<'a, L: Layout>(lexicon: &Lexicon, columns: &'a [String], coded: &Coded) -> Cells<'a> {
    let own = || Cells { columns, values: L::cells(lexicon, coded) };
    let kept: BTreeMap<&str, &str> =
        columns.iter().filter_map(|c| Some((c.as_str(), coded.code(L::PREFIX, c)?))).collect();
    if kept.is_empty() {
        return own();
    }
    let fields = |cells: &Cells| L::fields(lexicon, cells, &mut Faults::new("", 0));
    let with = |some: &[(&str, &str)]| {
        let mut cells = own();
        some.iter().for_each(|(column, value)| cells.set(column, value));
        cells
    };
    let all: Vec<(&str, &str)> = kept.into_iter().collect();
    let whole = with(&all);
    let bare = Coded { codes: BTreeMap::new(), data_set: String::new(), ..coded.clone() };
    if fields(&whole) == bare {
        return whole;
    }
    // The record was changed since, or comes from elsewhere too: only columns that no field depends on are kept.
    let plain = fields(&own());
    let free: Vec<(&str, &str)> = all.into_iter().filter(|one| fields(&with(&[*one])) == plain).collect();
    let some = with(&free);
    if fields(&some) == plain { some } else { own() }
}

/// The separator that the first line uses most: a comma, a semicolon or a tab.
fn delimiter(input: &mut impl BufRead) -> u8 {
    let head = input.fill_buf().unwrap_or_default();
    let line = head.split(|b| *b == b'\n').next().unwrap_or_default();
    let count = |d: u8| line.iter().filter(|b| **b == d).count();
    let mut best = b',';
    for d in [b';', b'\t'] {
        if count(d) > count(best) {
            best = d;
        }
    }
    best
}

fn broken(e: &csv::Error) -> String {
    match e.kind() {
        csv::ErrorKind::Io(e) => format!("the table cannot be read on: {}", shown(&e.to_string())),
        _ => "the table cannot be read on".to_owned(),
    }
}

/// A reader that gives up when one row grows too long.
pub(crate) struct Limited<R> {
    inner: R,
    left: Rc<Cell<u64>>,
}

impl<R> Limited<R> {
    /// The reader, and how many bytes it may still read; to be set anew for every row.
    pub fn new(inner: R) -> (Self, Rc<Cell<u64>>) {
        let left = Rc::new(Cell::new(LONGEST_ROW));
        (Limited { inner, left: Rc::clone(&left) }, left)
    }
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left.get() == 0 {
            return Err(io::Error::other(format!("one row is longer than {LONGEST_ROW} bytes")));
        }
        let read = self.inner.read(buffer)?;
        self.left.set(self.left.get().saturating_sub(read as u64));
        Ok(read)
    }
}

/// The names of a cell that holds several.
pub(crate) fn split_list(cell: &str) -> Vec<String> {
    cell.split(';').map(str::trim).filter(|n| !n.is_empty()).map(str::to_owned).collect()
}

/// A number, or a fault that keeps the row from being used. An empty cell is none.
pub(crate) fn number(cells: &Cells, column: &str, faults: &mut Faults) -> Option<u64> {
    let given = cells.get(column).trim();
    if given.is_empty() {
        return None;
    }
    // Programs for statistics write whole numbers as 3.0.
    let whole =
        given.split_once('.').map_or(given, |(w, rest)| if rest.bytes().all(|b| b == b'0') { w } else { given });
    let number = whole.parse().ok().filter(|_| whole.bytes().all(|b| b.is_ascii_digit()));
    if number.is_none() {
        let message = format!("\"{}\" is no whole number", shown(given));
        faults.fatal(column, message, "write digits, or leave it empty");
    }
    number
}

/// Degrees north and east, or a fault that keeps the row from being used. Two empty cells are none.
pub(crate) fn lat_lon(cells: &Cells, columns: [&str; 2], faults: &mut Faults) -> Option<(f64, f64)> {
    let given = columns.map(|c| cells.get(c).trim());
    if given == ["", ""] {
        return None;
    }
    let mut out = [0.0; 2];
    for ((value, column), (place, most)) in given.iter().zip(columns).zip(out.iter_mut().zip([90.0, 180.0])) {
        match value.parse::<f64>().ok().filter(|d| d.abs() <= most) {
            Some(degrees) => *place = degrees,
            None => {
                let message = format!("\"{}\" is no number from −{most} to {most}", shown(value));
                faults.fatal(column, message, "write degrees with a point, or leave latitude and longitude empty");
            }
        }
    }
    Some(out.into())
}
