//! Places by name: the tables in `data/places`, and 144,000 towns of GeoNames (CC BY 4.0) with their divisions.

mod divisions;
mod entry;
pub mod import;
mod neighbours;
mod pack;
mod sorted;

pub use divisions::division_names;
pub use entry::PlaceEntry;
use neighbours::Neighbours;
pub use pack::Pack;
use sorted::SortedList;

use crate::DataError;
use crate::normal::words_of;
use crate::phrases::FixedMap;
use crate::tsv::Table;
use counterclaim_text::Level;
use std::sync::Arc;

/// The gazetteer.
#[derive(Clone, Debug, Default)]
pub struct Gazetteer {
    places: Vec<PlaceEntry>,
    by_key: FixedMap<String, Vec<u32>>,
    /// The first country row of each code.
    countries: FixedMap<String, u32>,
    /// A pack that takes the place of the large lists.
    pack: Option<Arc<Pack>>,
    /// Town names that are ordinary words as well.
    common: FixedMap<String, ()>,
    /// What adjectives and names of peoples stand for: a key and the key of its place.
    adjectives: FixedMap<String, String>,
    /// Which countries share a land border.
    neighbours: Neighbours,
    /// Large lists that are searched where they lie.
    lists: Vec<SortedList>,
}

impl Gazetteer {
    /// The built-in gazetteer.
    pub fn embedded() -> &'static Gazetteer {
        &crate::Lexicon::embedded().places
    }

    pub(crate) fn add_list(&mut self, list: &'static str) {
        self.lists.push(SortedList::new(list));
    }

    /// True if a border crossing of `data/places` has this name.
    ///
    /// # Example
    /// ```
    /// let places = counterclaim_lexicon::Gazetteer::embedded();
    /// assert!(places.is_crossing("Torkham"));
    /// assert!(!places.is_crossing("Lahore"));
    /// ```
    pub fn is_crossing(&self, name: &str) -> bool {
        let found = self.by_key.get(&words_of(name).join(" "));
        found.is_some_and(|list| list.iter().any(|k| self.places[*k as usize].feature == "crossing"))
    }

    /// Uses a pack in place of the built-in lists of towns; the tables of `data/places` stay.
    pub fn use_pack(&mut self, pack: Pack) {
        self.pack = Some(Arc::new(pack));
    }

    pub(crate) fn load_common_words(&mut self, file: &str, text: &str, errors: &mut Vec<DataError>) {
        for row in Table::parse(file, text, &["word", "source"], errors).rows() {
            self.common.insert(words_of(row.get("word")).join(" "), ());
        }
    }

    /// Adjectives of regions; after all places, because each must name one.
    pub(crate) fn load_adjectives(&mut self, file: &str, text: &str, errors: &mut Vec<DataError>) {
        for row in Table::parse(file, text, &["adjective", "place", "source"], errors).rows() {
            let place = words_of(row.get("place")).join(" ");
            if !self.by_key.contains_key(&place) {
                errors.push(row.error(
                    "place",
                    format!("no table has a place \"{}\"", row.get("place")),
                    "use a name that stands in a table of data/places",
                ));
            }
            self.adjectives.insert(words_of(row.get("adjective")).join(" "), place);
        }
    }

    pub(crate) fn load_neighbours(&mut self, file: &str, text: &str, errors: &mut Vec<DataError>) {
        self.neighbours = Neighbours::load(file, text, errors);
    }

    /// True if two countries, given by ISO 3166-1 alpha-2, share a land border.
    ///
    /// # Example
    /// ```
    /// let gazetteer = &counterclaim_lexicon::Lexicon::embedded().places;
    /// assert!(gazetteer.share_border("KE", "UG") && !gazetteer.share_border("KE", "CL"));
    /// ```
    pub fn share_border(&self, a: &str, b: &str) -> bool {
        self.neighbours.share(a, b)
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
            if level == Level::Country {
                self.countries.entry(row.get("country").into()).or_insert(index);
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
                towns: 0,
                curated: true,
                code: String::new(),
            });
        }
    }

    /// All places whose name or alias has these key words (joined by single spaces), curated ones first.
    ///
    /// # Example
    /// ```
    /// let gazetteer = &counterclaim_lexicon::Lexicon::embedded().places;
    /// assert!(gazetteer.lookup("khost").iter().any(|p| p.country == "AF"));
    /// ```
    pub fn lookup(&self, key: &str) -> Vec<PlaceEntry> {
        let mut out: Vec<PlaceEntry> =
            self.by_key.get(key).into_iter().flatten().map(|i| self.places[*i as usize].clone()).collect();
        let known = out.len();
        let listed = match &self.pack {
            Some(pack) => pack.lookup(key),
            None => self.lists.iter().flat_map(|l| l.places(key)).collect(),
        };
        for place in listed {
            if !out[..known].iter().any(|p| place.is_twin_of(p)) {
                out.push(place);
            }
        }
        out
    }

    /// The curated places that an adjective or the name of a people stands for: Texas for "texan".
    ///
    /// # Example
    /// ```
    /// let gazetteer = &counterclaim_lexicon::Lexicon::embedded().places;
    /// assert_eq!(gazetteer.of_adjective("texan").first().map(|p| p.name.as_str()), Some("Texas"));
    /// assert!(gazetteer.of_adjective("texas").is_empty());
    /// ```
    pub fn of_adjective(&self, key: &str) -> Vec<&PlaceEntry> {
        let ids = self.adjectives.get(key).and_then(|place| self.by_key.get(place));
        ids.into_iter().flatten().map(|i| &self.places[*i as usize]).collect()
    }

    /// True for a key that is an ordinary word as well as the name of a town ("commerce").
    pub fn is_common_word(&self, key: &str) -> bool {
        self.common.contains_key(key)
    }

    /// True if any place has this key.
    pub fn contains(&self, key: &str) -> bool {
        self.by_key.contains_key(key)
            || match &self.pack {
                Some(pack) => pack.contains(key),
                None => self.lists.iter().any(|l| l.contains(key)),
            }
    }

    /// The row of a country, by its ISO 3166-1 alpha-2 code.
    ///
    /// # Example
    /// ```
    /// let gazetteer = &counterclaim_lexicon::Lexicon::embedded().places;
    /// assert_eq!(gazetteer.country("KE").map(|c| c.name.as_str()), Some("Kenya"));
    /// assert!(gazetteer.country("").is_none());
    /// ```
    pub fn country(&self, code: &str) -> Option<&PlaceEntry> {
        self.places.get(*self.countries.get(code)? as usize)
    }

    /// All curated places in table order.
    pub fn curated(&self) -> &[PlaceEntry] {
        &self.places
    }
}
