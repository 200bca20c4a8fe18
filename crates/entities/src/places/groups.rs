//! The distinct names of one report with all places that bear them: looked up once, however often a name stands.

use counterclaim_lexicon::{Lexicon, PlaceEntry};
use std::collections::BTreeMap;

/// One name and the places that bear it.
pub(super) struct Group {
    /// Never empty; curated ones first.
    pub entries: Vec<PlaceEntry>,
}

/// All names that were looked up.
pub(super) struct Groups<'a> {
    lexicon: &'a Lexicon,
    list: Vec<Group>,
    by_key: BTreeMap<String, Option<usize>>,
}

/// Places of one name that are weighed; the rest of a very common name are counted as rivals only.
const MOST: usize = 80;

impl<'a> Groups<'a> {
    pub fn new(lexicon: &'a Lexicon) -> Groups<'a> {
        Groups { lexicon, list: Vec::new(), by_key: BTreeMap::new() }
    }

    /// The group of a key, if any place has that name.
    pub fn find(&mut self, key: &str) -> Option<usize> {
        if let Some(known) = self.by_key.get(key) {
            return *known;
        }
        let mut entries = self.lexicon.places.lookup(key);
        entries.truncate(MOST);
        let id = (!entries.is_empty()).then_some(self.list.len());
        if id.is_some() {
            self.list.push(Group { entries });
        }
        self.by_key.insert(key.to_owned(), id);
        id
    }

    /// All groups in the order in which they were first looked up.
    pub fn list(&self) -> &[Group] {
        &self.list
    }

    /// The places of a group.
    pub fn entries(&self, id: usize) -> &[PlaceEntry] {
        &self.list[id].entries
    }
}
