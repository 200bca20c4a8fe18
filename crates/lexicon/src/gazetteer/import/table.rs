//! Rows of tables with a header, by the names of their columns: event tables of UCDP GED and ACLED, or one's own.
//!
//! Each event of such a table names the place where it was coded, with coordinates and divisions; equal rows become one.
//! UCDP GED Codebook: `where_coordinates`, `adm_1`, `adm_2`, `latitude`, `longitude`, `country`. ACLED Codebook:
//! `location`, `admin1`, `admin2`, `latitude`, `longitude`, `country`.

use super::row::{Row, degrees, shortened};
use crate::gazetteer::Gazetteer;
use crate::normal::words_of;
use counterclaim_text::Level;

/// Where the columns stand that a place needs.
pub(super) struct Columns {
    delimiter: u8,
    count: usize,
    at: [Option<usize>; 8],
}

/// What the columns may be called, in lower case.
const NAMES: [&[&str]; 8] = [
    &["where_coordinates", "location", "name", "place", "town"],
    &["latitude", "lat"],
    &["longitude", "lon", "lng"],
    &["country", "iso2", "country_code", "iso"],
    &["admin1", "adm_1", "province", "state"],
    &["admin2", "adm_2", "district"],
    &["level"],
    &["population"],
];

/// Words at the end of UCDP's names that say a level.
const LEVELS: &[(&str, Level)] = &[
    (" town", Level::Town),
    (" village", Level::Town),
    (" city", Level::Town),
    (" district", Level::Admin2),
    (" agency", Level::Admin2),
    (" county", Level::Admin2),
    (" province", Level::Admin1),
    (" state", Level::Admin1),
    (" governorate", Level::Admin1),
];

impl Columns {
    /// Reads a header.
    pub fn of(header: &str) -> Columns {
        let delimiter = match header {
            h if h.contains('\t') => b'\t',
            h if h.contains(';') && !h.contains(',') => b';',
            _ => b',',
        };
        let cells: Vec<String> = cells(header, delimiter).iter().map(|c| c.trim().to_lowercase()).collect();
        let at = NAMES.map(|names| names.iter().find_map(|n| cells.iter().position(|c| c == n)));
        Columns { delimiter, count: cells.len(), at }
    }

    /// Reads a row.
    ///
    /// # Errors
    /// Says what is wrong with the row, or that the header lacks a column.
    pub fn row(&self, line: &str, known: &Gazetteer) -> Result<Row, String> {
        for (names, at) in NAMES.iter().zip(&self.at).take(3) {
            if at.is_none() {
                return Err(format!("the table has no column \"{}\"", names.join("\" or \"")));
            }
        }
        let cells = cells(line, self.delimiter);
        if cells.len() != self.count {
            return Err(format!("{} cells where the header has {}", cells.len(), self.count));
        }
        let cell = |i: usize| self.at[i].and_then(|at| cells.get(at)).map_or("", |c| c.trim());
        if cell(0).is_empty() {
            return Err("the name is empty".into());
        }
        let (lat, lon) = (degrees("latitude", cell(1), 90.0)?, degrees("longitude", cell(2), 180.0)?);
        let (mut name, mut level) = (cell(0), Level::parse(cell(6)));
        for (word, says) in LEVELS {
            if let Some(rest) = name.strip_suffix(word).filter(|r| !r.is_empty() && level.is_none_or(|l| l == *says)) {
                (name, level) = (rest, Some(*says));
                break;
            }
        }
        // "Khyber Pakhtunkhwa province" is called Khyber Pakhtunkhwa here.
        let bare = |s: &str| LEVELS.iter().find_map(|(w, _)| s.strip_suffix(w)).unwrap_or(s).to_owned();
        Ok(Row {
            name: name.to_owned(),
            aliases: if name == cell(0) { Vec::new() } else { vec![cell(0).to_owned()] },
            level: level.unwrap_or(Level::Town),
            feature: "table".into(),
            country: country(cell(3), known)?,
            admin1: bare(cell(4)),
            admin2: bare(cell(5)),
            lat,
            lon,
            population: cell(7).parse().unwrap_or(0),
            id: String::new(),
        })
    }
}

/// A country's code from its code or name; empty if the table has none.
fn country(cell: &str, known: &Gazetteer) -> Result<String, String> {
    if cell.is_empty() || cell.len() == 2 && known.country(&cell.to_uppercase()).is_some() {
        return Ok(cell.to_uppercase());
    }
    // "Myanmar (Burma)", "DR Congo (Zaire)": the part before the bracket is the name in use.
    let part = cell.split('(').next().unwrap_or(cell);
    let found = known.lookup(&words_of(part).join(" "));
    let country = found.into_iter().find(|p| p.level == Level::Country);
    country.map(|p| p.country).ok_or_else(|| format!("no country is called {:?}", shortened(cell)))
}

/// The cells of a line; those of comma-separated tables may be quoted (RFC 4180), but not broken over lines.
fn cells(line: &str, delimiter: u8) -> Vec<String> {
    if delimiter == b'\t' {
        return line.split('\t').map(str::to_owned).collect();
    }
    let (mut out, mut cell, mut quoted) = (Vec::new(), String::new(), false);
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                cell.push('"');
                chars.next();
            }
            '"' => quoted = !quoted,
            c if c == char::from(delimiter) && !quoted => out.push(std::mem::take(&mut cell)),
            c => cell.push(c),
        }
    }
    out.push(cell);
    out
}
