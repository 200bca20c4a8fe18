//! Builds a pack from the tables of others: GeoNames dumps, and tables with a header such as those of UCDP and ACLED.
//!
//! GeoNames: <https://download.geonames.org/export/dump/readme.txt>, nineteen columns parted by tabs and no header,
//! CC BY 4.0. Tables of codes with four columns (`admin1CodesASCII.txt`, `admin2Codes.txt`) name divisions that the
//! dump itself lacks. What a file is, its first line tells. Rows that cannot be used are named, skipped and counted.

mod geonames;
mod row;
mod table;

pub use row::Row;

use super::pack::{Sorter, write_pack};
use super::{Gazetteer, division_names};
use crate::normal::words_of;
use counterclaim_text::Level;
use geonames::Divisions;
use std::io::{self, BufRead, Write};
use std::path::Path;

/// One file to import: its name for messages, and how to read it from its start, which happens twice.
pub struct Source<'a> {
    /// What messages call it.
    pub name: String,
    /// Opens it anew.
    pub open: Box<dyn Fn() -> io::Result<Box<dyn BufRead>> + 'a>,
}

/// Choices of an import.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Bytes of names that are sorted in memory; the rest goes through temporary files.
    pub memory: usize,
    /// Also buildings, roads and other spots, which reports seldom name and which share their names with towns.
    pub every_feature: bool,
}

impl Default for Options {
    fn default() -> Options {
        Options { memory: 256 << 20, every_feature: false }
    }
}

/// What an import did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// Rows that became places.
    pub places: u64,
    /// Names of the pack: a place counts once for each of its names.
    pub names: u64,
    /// Rows of features that were not wanted.
    pub left_out: u64,
    /// Rows that could not be used.
    pub bad: u64,
    /// The first of them: file, line from 1, and why.
    pub faults: Vec<String>,
}

/// Faults that are told one by one.
const TOLD: usize = 20;
/// Longest line that is read; a longer one is a fault.
const LONGEST_LINE: usize = 1 << 20;

/// Reads all sources and writes the pack. `progress` is told the bytes read so far, over both passes.
///
/// The same rows give the same bytes, in whatever order the sources are named.
///
/// # Errors
/// If a source cannot be read at all, or `out` or a temporary file in `folder` cannot be written.
pub fn import(
    sources: &[Source],
    known: &Gazetteer,
    folder: &Path,
    options: Options,
    out: impl Write,
    progress: &mut dyn FnMut(u64),
) -> io::Result<Imported> {
    let mut done = Imported::default();
    let mut read = 0;
    let mut divisions = Divisions::default();
    for source in sources {
        each_line(source, &mut |_, line, n| {
            read += n as u64;
            progress(read);
            if let Ok(line) = line {
                divisions.learn(line);
            }
            Ok(())
        })?;
    }
    let mut sorter = Sorter::new(folder, options.memory);
    for source in sources {
        let mut shape: Option<Shape> = None;
        each_line(source, &mut |number, line, n| {
            read += n as u64;
            progress(read);
            let mut fault = |why: String| {
                done.bad += 1;
                if done.faults.len() < TOLD {
                    done.faults.push(format!("{}:{number}: {why}", source.name));
                }
            };
            let line = match line {
                Ok(line) if line.trim().is_empty() => return Ok(()),
                Ok(line) => line,
                Err(why) => {
                    fault(why);
                    return Ok(());
                }
            };
            let shape = match &shape {
                Some(s) => s,
                None => {
                    let first = Shape::of(line);
                    let header = matches!(first, Shape::Table(_));
                    shape = Some(first);
                    if header {
                        return Ok(());
                    }
                    shape.as_ref().unwrap_or(&Shape::Codes)
                }
            };
            let row = match shape {
                Shape::Codes => return Ok(()),
                Shape::GeoNames => geonames::row(line, &divisions, options.every_feature),
                Shape::Table(columns) => columns.row(line, known).map(Some),
            };
            match row {
                Ok(Some(row)) => {
                    done.places += 1;
                    push(&mut sorter, &row)?;
                }
                Ok(None) => done.left_out += 1,
                Err(why) => fault(why),
            }
            Ok(())
        })?;
    }
    done.names = write_pack(sorter, out)?;
    Ok(done)
}

/// What sort of table a file holds.
enum Shape {
    GeoNames,
    Codes,
    Table(table::Columns),
}

impl Shape {
    fn of(first: &str) -> Shape {
        match first.split('\t').count() {
            19 if geonames::looks_like(first) => Shape::GeoNames,
            4 if geonames::is_code(first) => Shape::Codes,
            _ => Shape::Table(table::Columns::of(first)),
        }
    }
}

/// One line for each key of a place.
fn push(sorter: &mut Sorter, row: &Row) -> io::Result<()> {
    let clean = |s: &str| s.replace(['\t', '\n', '\r'], " ");
    let rest = format!(
        "{}\t{}\t{}\t{}\t{}\t{}\t{:.5}\t{:.5}\t{}\t{}",
        clean(&row.name),
        row.level.as_str(),
        clean(&row.feature),
        clean(&row.country),
        clean(&row.admin1),
        clean(&row.admin2),
        row.lat,
        row.lon,
        row.population,
        clean(&row.id)
    );
    let divided = matches!(row.level, Level::Admin1 | Level::Admin2);
    let mut keys: Vec<String> = Vec::new();
    for name in std::iter::once(&row.name).chain(&row.aliases) {
        let names = if divided { division_names(name) } else { vec![name.clone()] };
        keys.extend(names.iter().map(|n| words_of(n).join(" ")));
    }
    // A name of one letter or of digits would be met in every text.
    keys.retain(|k| k.chars().count() > 1 && !k.chars().all(|c| c.is_ascii_digit() || c == ' '));
    keys.sort();
    keys.dedup();
    keys.iter().try_for_each(|key| sorter.push(&format!("{key}\t{rest}")))
}

/// Calls `f` with the number, the text and the bytes of every line; lines that are no text come as a fault.
#[allow(clippy::type_complexity)] // One callback: line number, line or fault, bytes read.
fn each_line(source: &Source, f: &mut dyn FnMut(u64, Result<&str, String>, usize) -> io::Result<()>) -> io::Result<()> {
    let mut reader = (source.open)()?;
    let (mut bytes, mut number) = (Vec::new(), 0);
    loop {
        bytes.clear();
        let n = io::Read::take(&mut reader, LONGEST_LINE as u64).read_until(b'\n', &mut bytes)?;
        if n == 0 {
            return Ok(());
        }
        number += 1;
        if n == LONGEST_LINE && bytes.last() != Some(&b'\n') {
            let more = skip_line(&mut reader)?;
            f(number, Err("the line is longer than a megabyte".into()), n + more)?;
            continue;
        }
        let bytes = bytes.strip_suffix(b"\n").unwrap_or(&bytes);
        let bytes = bytes.strip_suffix(b"\r").unwrap_or(bytes);
        let bytes = if number == 1 { bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes) } else { bytes };
        f(number, std::str::from_utf8(bytes).map_err(|_| "the line is not UTF-8".into()), n)?;
    }
}

fn skip_line(reader: &mut dyn BufRead) -> io::Result<usize> {
    let mut skipped = 0;
    loop {
        let (n, ended) = {
            let buffer = reader.fill_buf()?;
            match buffer.iter().position(|b| *b == b'\n') {
                Some(i) => (i + 1, true),
                None => (buffer.len(), buffer.is_empty()),
            }
        };
        reader.consume(n);
        skipped += n;
        if ended {
            return Ok(skipped);
        }
    }
}
