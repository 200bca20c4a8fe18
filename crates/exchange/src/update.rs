//! Bringing records up to date: a row with an identifier that is known already replaces the older one.

use crate::Coded;
use std::collections::BTreeMap;

/// What names a record across imports: the data set and the identifier within it.
pub type Key = (String, String);

/// What an import changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Records that were not known.
    pub new: Vec<Key>,
    /// Records that now say something else.
    pub changed: Vec<Key>,
    /// Records that say what they said.
    pub same: u64,
}

/// Takes rows into what is known. The same rows again change nothing; of several rows with one identifier the last counts.
/// Records that are missing from `rows` stay: whether they were withdrawn is for people to say.
pub fn update(known: &mut BTreeMap<Key, Coded>, rows: impl IntoIterator<Item = Coded>) -> Changes {
    let mut changes = Changes::default();
    for row in rows {
        let key = (row.data_set.clone(), row.id.clone());
        match known.get_mut(&key) {
            None => {
                known.insert(key.clone(), row);
                changes.new.push(key);
            }
            Some(old) if *old == row => changes.same += 1,
            Some(old) => {
                *old = row;
                changes.changed.push(key);
            }
        }
    }
    changes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_rows_again_change_nothing() {
        let row = |id: &str, notes: &str| Coded { id: id.into(), notes: notes.into(), ..Coded::default() };
        let key = |id: &str| (String::new(), id.to_owned());
        let mut known = BTreeMap::new();
        let first = update(&mut known, [row("a", "1"), row("b", "1")]);
        assert_eq!(first.new, [key("a"), key("b")]);
        let again = update(&mut known, [row("a", "1"), row("b", "1")]);
        assert_eq!(again, Changes { same: 2, ..Changes::default() });
        let later = update(&mut known, [row("b", "2")]);
        assert_eq!((later.changed, known.len()), (vec![key("b")], 2));
    }
}
