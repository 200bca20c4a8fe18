//! A list of places as sorted text that is searched where it lies: only the first key of every kilobyte is kept.

use super::PlaceEntry;
use counterclaim_text::Level;
use memchr::memchr;

/// Lines `key TAB name TAB level TAB country TAB admin1 TAB admin2 TAB lat TAB lon TAB towns`, sorted by key in bytes.
#[derive(Clone, Debug, Default)]
pub struct SortedList {
    text: &'static str,
    /// The head of the first key of each block and where its line starts.
    blocks: Vec<(u128, u32)>,
}

/// Bytes between two lines that the index keeps. 11,000 blocks are indexed in less than a millisecond.
const BLOCK: usize = 1024;

impl SortedList {
    /// A list over text that `cargo xtask gazetteer` wrote.
    pub fn new(text: &'static str) -> SortedList {
        let bytes = text.as_bytes();
        let mut blocks = Vec::with_capacity(bytes.len() / BLOCK + 1);
        let mut start = 0;
        while start < bytes.len() {
            blocks.push((head(key_of(&bytes[start..])), start as u32));
            let from = (start + BLOCK).min(bytes.len());
            start = memchr(b'\n', &bytes[from..]).map_or(bytes.len(), |i| from + i + 1);
        }
        SortedList { text, blocks }
    }

    /// True if some line has this key.
    pub fn contains(&self, key: &str) -> bool {
        self.lines(key).next().is_some()
    }

    /// The places with this key, in the order of the list.
    pub fn places(&self, key: &str) -> impl Iterator<Item = PlaceEntry> + use<'_> {
        self.lines(key).filter_map(place)
    }

    fn lines(&self, key: &str) -> impl Iterator<Item = &'static str> + use<> {
        let start = self.first_not_before(key.as_bytes());
        let len = key.len();
        let mut rest = self.text.get(start..).unwrap_or("");
        let found = key_of(rest.as_bytes()) == key.as_bytes();
        if !found {
            rest = "";
        }
        let first = key_of(rest.as_bytes());
        rest.lines().take_while(move |l| l.len() > len && key_of(l.as_bytes()) == first)
    }

    /// Where the first line starts whose key is not before `key`.
    fn first_not_before(&self, key: &[u8]) -> usize {
        let bytes = self.text.as_bytes();
        let at = self.blocks.partition_point(|b| b.0 < head(key)).saturating_sub(1);
        let mut start = self.blocks.get(at).map_or(0, |b| b.1 as usize);
        while start < bytes.len() && key_of(&bytes[start..]) < key {
            start = memchr(b'\n', &bytes[start..]).map_or(bytes.len(), |i| start + i + 1);
        }
        start
    }
}

/// The key at the start of a line.
fn key_of(line: &[u8]) -> &[u8] {
    &line[..memchr(b'\t', line).unwrap_or(line.len())]
}

/// The first sixteen bytes of a key as a number that sorts as the bytes do.
fn head(key: &[u8]) -> u128 {
    let mut out = [0; 16];
    let n = key.len().min(16);
    out[..n].copy_from_slice(&key[..n]);
    u128::from_be_bytes(out)
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

    #[test]
    fn every_line_of_many_blocks_is_found() {
        let line = |i: usize| format!("town of the long name {i:05}\tTown {i}\ttown\tUS\t\t\t1.0\t2.0\t1\n");
        let text: String = (0..500).map(line).collect();
        let list = SortedList::new(text.leak());
        assert!(list.blocks.len() > 10);
        for i in 0..500 {
            let found: Vec<PlaceEntry> = list.places(&format!("town of the long name {i:05}")).collect();
            assert_eq!(found.len(), 1, "{i}");
            assert_eq!(found[0].name, format!("Town {i}"));
        }
        assert!(!list.contains("town of the long name 00500"));
    }
}
