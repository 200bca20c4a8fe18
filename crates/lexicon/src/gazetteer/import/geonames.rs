//! Rows of GeoNames dumps: <https://download.geonames.org/export/dump/readme.txt>.

use super::row::{Row, degrees, shortened};
use crate::phrases::FixedMap;
use counterclaim_text::Level;

/// Names of first and second divisions by code: "PK.03" and "PK.03.1234".
#[derive(Default)]
pub(super) struct Divisions {
    by_code: FixedMap<String, String>,
}

impl Divisions {
    /// Takes the name of a division from a row of a dump or of a table of codes; other lines teach nothing.
    pub fn learn(&mut self, line: &str) {
        let cells: Vec<&str> = line.split('\t').collect();
        match cells.as_slice() {
            [code, name, ..] if cells.len() == 4 && is_code(line) => {
                self.by_code.insert((*code).to_owned(), (*name).to_owned());
            }
            [_, name, _, _, _, _, "A", "ADM1", cc, _, a1, ..] if cells.len() == 19 && !a1.is_empty() => {
                self.by_code.insert(format!("{cc}.{a1}"), (*name).to_owned());
            }
            [_, name, _, _, _, _, "A", "ADM2", cc, _, a1, a2, ..] if cells.len() == 19 && !a2.is_empty() => {
                self.by_code.insert(format!("{cc}.{a1}.{a2}"), (*name).to_owned());
            }
            _ => {}
        }
    }

    fn name(&self, code: &str) -> String {
        self.by_code.get(code).cloned().unwrap_or_default()
    }
}

/// True for a line of `admin1CodesASCII.txt` or `admin2Codes.txt`.
pub(super) fn is_code(line: &str) -> bool {
    let code = line.split('\t').next().unwrap_or("").as_bytes();
    code.len() > 3 && code[..2].iter().all(u8::is_ascii_uppercase) && code[2] == b'.'
}

/// True if nineteen cells look like a row of a dump and not like the header of another table.
pub(super) fn looks_like(line: &str) -> bool {
    line.split('\t').next().is_some_and(|id| !id.is_empty() && id.bytes().all(|b| b.is_ascii_digit()))
        || line.split('\t').nth(4).is_some_and(|lat| lat.parse::<f64>().is_ok())
}

/// Reads a row; `None` if its feature is not wanted.
///
/// # Errors
/// Says what is wrong with the row.
pub(super) fn row(line: &str, divisions: &Divisions, every_feature: bool) -> Result<Option<Row>, String> {
    let cells: Vec<&str> = line.split('\t').collect();
    let [id, name, ascii, others, lat, lon, class, code, cc, _, a1, a2, _, _, population, ..] = cells.as_slice() else {
        return Err(format!("{} cells where a GeoNames dump has 19", cells.len()));
    };
    if cells.len() != 19 {
        return Err(format!("{} cells where a GeoNames dump has 19", cells.len()));
    }
    if id.is_empty() || !id.bytes().all(|b| b.is_ascii_digit()) {
        return Err(format!("the identifier {:?} is no number", shortened(id)));
    }
    if name.trim().is_empty() {
        return Err("the name is empty".into());
    }
    let (lat, lon) = (degrees("latitude", lat, 90.0)?, degrees("longitude", lon, 180.0)?);
    let Some(level) = level(class, code, every_feature) else { return Ok(None) };
    let (admin1, admin2) = match level {
        Level::Country => (String::new(), String::new()),
        Level::Admin1 => (String::new(), String::new()),
        _ => (divisions.name(&format!("{cc}.{a1}")), divisions.name(&format!("{cc}.{a1}.{a2}"))),
    };
    let aliases = std::iter::once(*ascii).chain(others.split(','));
    Ok(Some(Row {
        name: (*name).to_owned(),
        aliases: aliases.map(str::trim).filter(|a| !a.is_empty()).map(str::to_owned).collect(),
        level,
        feature: if *code == "PPLC" { "capital".into() } else { (*code).to_owned() },
        country: (*cc).to_owned(),
        admin1,
        admin2,
        lat,
        lon,
        population: population.parse().unwrap_or(0),
        id: format!("gn:{id}"),
    }))
}

/// The level of a feature; `None` for what no report speaks of as a place.
/// Codes: <https://www.geonames.org/export/codes.html>.
fn level(class: &str, code: &str, every_feature: bool) -> Option<Level> {
    Some(match class {
        "A" => match code {
            "ADM1" | "ADM1H" => Level::Admin1,
            "ADM2" | "ADM2H" => Level::Admin2,
            // The desk's vocabulary: tehsils and communes stand with towns.
            "ADM3" | "ADM4" | "ADM5" | "ADM3H" | "ADM4H" => Level::Town,
            c if c.starts_with("PCL") => Level::Country,
            _ => Level::Area,
        },
        "P" => Level::Town,
        "H" | "L" | "T" | "U" | "V" => Level::Area,
        // Spots that reports of conflict name: camps, crossings, bases, airports, dams, mines, prisons.
        "S" => match code {
            "CMP" | "CMPRF" | "PSTB" | "PSTP" | "CTRM" | "INSM" | "FT" | "AIRB" | "AIRF" | "AIRP" | "DAM" | "MNQ"
            | "OILR" | "PRN" | "BDG" | "PS" | "CSTM" => Level::Town,
            _ if every_feature => Level::Town,
            _ => return None,
        },
        _ if every_feature => Level::Area,
        _ => return None,
    })
}
