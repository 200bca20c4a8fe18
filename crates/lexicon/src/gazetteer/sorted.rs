//! A list of places as sorted text: nothing is built at start, a name is found by binary search over the bytes.

use super::PlaceEntry;
use counterclaim_text::Level;

/// Lines `key TAB name TAB level TAB country TAB admin1 TAB admin2 TAB lat TAB lon TAB towns`, sorted by key in bytes.
#[derive(Clone, Copy, Debug)]
pub struct SortedList(&'static str);

impl SortedList {
    /// A list over text that `cargo xtask gazetteer` wrote.
    pub fn new(text: &'static str) -> SortedList {
        SortedList(text)
    }

    /// True if some line has this key.
    pub fn contains(self, key: &str) -> bool {
        self.lines(key).next().is_some()
    }

    /// The places with this key, in the order of the list.
    pub fn places(self, key: &str) -> impl Iterator<Item = PlaceEntry> + use<'_> {
        self.lines(key).filter_map(place)
    }

    fn lines<'a>(self, key: &'a str) -> impl Iterator<Item = &'static str> + use<'a> {
        let start = self.first_not_before(key.as_bytes());
        let starts = move |l: &&str| l.strip_prefix(key).is_some_and(|rest| rest.starts_with('\t'));
        self.0.get(start..).unwrap_or("").lines().take_while(starts)
    }

    /// Where the first line starts whose key is not before `key`.
    fn first_not_before(self, key: &[u8]) -> usize {
        let bytes = self.0.as_bytes();
        let line_start = |at: usize| bytes[..at].iter().rposition(|b| *b == b'\n').map_or(0, |i| i + 1);
        let end_of =
            |start: usize, mark: u8| bytes[start..].iter().position(|b| *b == mark).map_or(bytes.len(), |i| start + i);
        let (mut low, mut high) = (0, bytes.len());
        while low < high {
            let start = line_start((low + high) / 2);
            if &bytes[start..end_of(start, b'\t')] < key {
                low = (end_of(start, b'\n') + 1).min(bytes.len());
            } else {
                high = start;
            }
        }
        low
    }
}

fn place(line: &str) -> Option<PlaceEntry> {
    let mut cells = line.split('\t').skip(1);
    let mut next = || cells.next().unwrap_or("");
    let (name, level, country, admin1, admin2) = (next(), next(), next(), next(), next());
    let level = Level::parse(level)?;
    Some(PlaceEntry {
        name: name.into(),
        level,
        feature: if level == Level::Town { "town".into() } else { "division".into() },
        country: country.into(),
        admin1: admin1.into(),
        admin2: admin2.into(),
        lat: next().parse().ok()?,
        lon: next().parse().ok()?,
        population: 0,
        towns: if level == Level::Town { 0 } else { next().parse().unwrap_or(0) },
        curated: false,
        code: String::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_that_begin_alike_are_told_apart() {
        let text = "alpha\tAlpha\ttown\tUS\tOhio\tA County\t1.0\t2.0\t1\n\
                    alpha\tAlpha\tadmin2\tUS\tIowa\tAlpha\t3.0\t4.0\t9\n\
                    alpha beach\tAlpha Beach\ttown\tUS\tOhio\t\t5.0\t6.0\t1\n";
        let list = SortedList::new(text);
        let found: Vec<PlaceEntry> = list.places("alpha").collect();
        assert_eq!(
            found.iter().map(|p| (p.level, p.towns)).collect::<Vec<_>>(),
            [(Level::Town, 0), (Level::Admin2, 9)]
        );
        assert!(list.contains("alpha beach"));
        for absent in ["", "a", "alph", "alpha b", "alphaz", "zeta"] {
            assert!(!list.contains(absent), "{absent}");
        }
        assert!(!SortedList::new("").contains("alpha"));
    }
}
