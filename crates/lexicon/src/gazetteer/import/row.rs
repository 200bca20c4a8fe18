//! One place of a table that is being imported.

use counterclaim_text::Level;

/// A place before it gets into a pack.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Common name.
    pub name: String,
    /// Other names, in any script.
    pub aliases: Vec<String>,
    /// How large it is.
    pub level: Level,
    /// Finer sort ("PPLC", "river"), as the table has it.
    pub feature: String,
    /// ISO 3166-1 alpha-2, empty if unknown.
    pub country: String,
    /// First-level division, may be empty.
    pub admin1: String,
    /// District, may be empty.
    pub admin2: String,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// Persons, 0 if unknown.
    pub population: u64,
    /// Identifier ("gn:1179400").
    pub id: String,
}

/// A number of degrees within its limit.
///
/// # Errors
/// Says what is wrong with the cell.
pub(super) fn degrees(what: &str, cell: &str, limit: f64) -> Result<f64, String> {
    match cell.trim().parse::<f64>() {
        Ok(v) if v.abs() <= limit => Ok(v),
        Ok(_) => Err(format!("the {what} {:?} lies beyond {limit} degrees", shortened(cell))),
        Err(_) => Err(format!("the {what} {:?} is no number", shortened(cell))),
    }
}

/// A cell for a message: never more than forty characters of a stranger's file.
pub(super) fn shortened(cell: &str) -> String {
    cell.chars().take(40).collect()
}
