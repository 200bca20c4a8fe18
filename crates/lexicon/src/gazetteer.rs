//! Places by name: the tables in `data/places` and 144,000 towns of GeoNames (CC BY 4.0) as a sorted text file.

use crate::DataError;
use crate::normal::words_of;
use crate::phrases::FixedMap;
use crate::tsv::Table;
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
    /// True for a row of `data/places`, false for a town of the large list.
    pub curated: bool,
}

impl PlaceEntry {
    /// Identifier: where the entry comes from and its key.
    pub fn id(&self) -> String {
        let from = if self.curated { "cc" } else { "gn" };
        format!("{from}:{}:{}:{}:{}", self.country, self.level.as_str(), self.admin1, self.name).replace(' ', "_")
    }
}

/// The gazetteer.
#[derive(Clone, Debug, Default)]
pub struct Gazetteer {
    places: Vec<PlaceEntry>,
    by_key: FixedMap<String, Vec<u32>>,
    /// Lines `key TAB name TAB country TAB admin1 TAB lat TAB lon`, sorted by key in bytes.
    towns: &'static str,
}

impl Gazetteer {
    pub(crate) fn set_towns(&mut self, towns: &'static str) {
        self.towns = towns;
    }

    pub(crate) fn load(&mut self, file: &str, text: &str, errors: &mut Vec<DataError>) {
        let needs = [
            "name",
            "level",
            "feature",
            "country",
            "admin1",
            "admin2",
            "lat",
            "lon",
            "population",
            "aliases",
            "source",
        ];
        for row in Table::parse(file, text, &needs, errors).rows() {
            let Some(level) = Level::parse(row.get("level")) else {
                errors.push(row.error(
                    "level",
                    format!("unknown level \"{}\"", row.get("level")),
                    "use town, admin2, admin1, country or area",
                ));
                continue;
            };
            let mut number = |column: &str, limit: f64| match row.get(column).parse::<f64>() {
                Ok(v) if v.abs() <= limit => v,
                _ => {
                    errors.push(row.error(
                        column,
                        format!("\"{}\" is no coordinate", row.get(column)),
                        "give decimal degrees",
                    ));
                    0.0
                }
            };
            let (lat, lon) = (number("lat", 90.0), number("lon", 180.0));
            let index = self.places.len() as u32;
            let name = row.get("name");
            for alias in std::iter::once(name).chain(row.list("aliases")) {
                let key = words_of(alias).join(" ");
                let list = self.by_key.entry(key).or_default();
                if !list.contains(&index) {
                    list.push(index);
                }
            }
            self.places.push(PlaceEntry {
                name: name.into(),
                level,
                feature: row.get("feature").into(),
                country: row.get("country").into(),
                admin1: row.get("admin1").into(),
                admin2: row.get("admin2").into(),
                lat,
                lon,
                population: row.get("population").parse().unwrap_or(0),
                curated: true,
            });
        }
    }

    /// All places whose name or alias has these key words (joined by single spaces), curated ones first.
    pub fn lookup(&self, key: &str) -> Vec<PlaceEntry> {
        let mut out: Vec<PlaceEntry> =
            self.by_key.get(key).into_iter().flatten().map(|i| self.places[*i as usize].clone()).collect();
        for line in self.town_lines(key) {
            let mut cells = line.split('\t').skip(1);
            let mut next = || cells.next().unwrap_or("");
            let (name, country, admin1) = (next(), next(), next());
            let (lat, lon) = (next().parse().unwrap_or(0.0), next().parse().unwrap_or(0.0));
            let twin = |p: &PlaceEntry| {
                p.country == country
                    && p.level != Level::Country
                    && (p.lat - lat).abs() < 0.3
                    && (p.lon - lon).abs() < 0.3
            };
            if out.iter().any(|p| p.level == Level::Town && twin(p)) {
                continue;
            }
            out.push(PlaceEntry {
                name: name.into(),
                level: Level::Town,
                feature: "town".into(),
                country: country.into(),
                admin1: admin1.into(),
                admin2: String::new(),
                lat,
                lon,
                population: 0,
                curated: false,
            });
        }
        out
    }

    /// True if any place has this key.
    pub fn contains(&self, key: &str) -> bool {
        self.by_key.contains_key(key) || self.town_lines(key).next().is_some()
    }

    /// All curated places in table order.
    pub fn curated(&self) -> &[PlaceEntry] {
        &self.places
    }

    /// The lines of the town list with this key, by binary search over the bytes of the sorted file.
    fn town_lines<'a>(&self, key: &'a str) -> impl Iterator<Item = &'static str> + use<'a> {
        let text = self.towns;
        let bytes = text.as_bytes();
        let line_start = |at: usize| bytes[..at].iter().rposition(|b| *b == b'\n').map_or(0, |i| i + 1);
        let key_at = |start: usize| {
            let end = bytes[start..].iter().position(|b| *b == b'\t').map_or(bytes.len(), |i| start + i);
            &bytes[start..end]
        };
        let (mut low, mut high) = (0, bytes.len());
        while low < high {
            let start = line_start((low + high) / 2);
            if key_at(start) < key.as_bytes() {
                let next = bytes[start..].iter().position(|b| *b == b'\n').map_or(bytes.len(), |i| start + i + 1);
                low = next;
            } else {
                high = start;
            }
        }
        text.get(low..).unwrap_or("").lines().take_while(move |l| l.split('\t').next() == Some(key))
    }
}
