//! One place of the gazetteer.

use counterclaim_text::Level;

/// One place.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceEntry {
    /// Common English name.
    pub name: String,
    /// How large it is.
    pub level: Level,
    /// Finer sort ("crossing", "river", "district").
    pub feature: String,
    /// ISO 3166-1 alpha-2.
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
    /// How many towns a division of the large list holds, a sign of its size; 0 if unknown.
    pub towns: u32,
    /// True for a row of `data/places`, false for a town of the large list or of a pack.
    pub curated: bool,
    /// Identifier in the data that the row comes from ("gn:1179400"); empty if it has none.
    pub code: String,
}

impl PlaceEntry {
    /// Identifier: the row's own, or where the entry comes from and its key.
    pub fn id(&self) -> String {
        if !self.code.is_empty() {
            return self.code.clone();
        }
        let from = if self.curated { "cc" } else { "gn" };
        format!("{from}:{}:{}:{}:{}", self.country, self.level.as_str(), self.admin1, self.name).replace(' ', "_")
    }

    /// True if `other` is the same place from another list: one country and level, and almost one point.
    pub fn is_twin_of(&self, other: &PlaceEntry) -> bool {
        let reach = match self.level {
            Level::Town => 0.3,
            Level::Admin2 => 0.8,
            _ => 4.0,
        };
        self.level == other.level
            && self.country == other.country
            && (self.lat - other.lat).abs() < reach
            && (self.lon - other.lon).abs() < reach
    }
}
