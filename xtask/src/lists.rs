//! Words of the tables in `data/` that tell the network what a name may be: countries, regions, towns, peoples, bodies.
//!
//! Each list has one bit; a word may stand in several. The words go into the model file, so that a later change of the
//! tables changes no answer before the next training.

use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::path::Path;

const COUNTRY: u8 = 1;
const REGION: u8 = 2;
const TOWN: u8 = 4;
const SMALL_TOWN: u8 = 8;
const PLACE_PART: u8 = 16;
const PEOPLE: u8 = 32;
const BODY_PART: u8 = 64;
const GIVEN_NAME: u8 = 128;

/// Words that are parts of names and say nothing of them.
const LITTLE: &[&str] =
    &["of", "the", "and", "de", "la", "el", "al", "for", "in", "i", "du", "des", "del", "y", "to", "on", "a"];

/// The listed words with their bits, sorted.
///
/// # Errors
/// If a table cannot be read.
pub fn load(root: &Path) -> Result<Vec<(String, u8)>> {
    let mut out: BTreeMap<String, u8> = BTreeMap::new();
    let mut add = |word: &str, bit: u8| {
        if word.chars().count() > 1 && word.chars().all(|c| c.is_alphabetic() || c == '-' || c == '.') {
            *out.entry(word.to_lowercase()).or_default() |= bit;
        }
    };
    let data = root.join("data");
    for (file, columns) in [("states", &["name", "aliases"][..]), ("states", &["demonyms"])] {
        let bit = if columns[0] == "name" { COUNTRY } else { PEOPLE };
        table(&data.join(format!("actors/{file}.tsv")), columns, |name, _| whole(name, bit, bit, &mut add))?;
    }
    for file in ["countries", "admin1", "afghanistan", "pakistan", "crossings", "areas", "cities"] {
        table(&data.join(format!("places/{file}.tsv")), &["name", "aliases"], |name, level| {
            let bit = match level {
                "country" => COUNTRY,
                "town" => TOWN,
                _ => REGION,
            };
            whole(name, bit, PLACE_PART, &mut add);
        })?;
    }
    let towns = data.join("places/geonames-towns.tsv");
    let text = std::fs::read_to_string(&towns).with_context(|| format!("cannot read {}", towns.display()))?;
    for line in text.lines() {
        let mut cells = line.split('\t');
        let (key, name) = (cells.next().unwrap_or(""), cells.next().unwrap_or(""));
        add(key, SMALL_TOWN);
        add(name, SMALL_TOWN);
    }
    for file in ["organs", "bodies", "armed-groups", "parties"] {
        table(&data.join(format!("actors/{file}.tsv")), &["name", "aliases"], |name, _| {
            whole(name, BODY_PART, BODY_PART, &mut add)
        })?;
    }
    table(&data.join("models/given-names.tsv"), &["names"], |name, _| add(name, GIVEN_NAME))?;
    Ok(out.into_iter().collect())
}

/// Adds a name of one word with one bit and the words of a longer name with another.
fn whole(name: &str, one: u8, part: u8, add: &mut dyn FnMut(&str, u8)) {
    let words: Vec<&str> = name.split([' ', '\'', '’', ',']).filter(|w| !w.is_empty()).collect();
    for w in &words {
        if !LITTLE.contains(&w.to_lowercase().as_str()) && w.chars().next().is_some_and(char::is_uppercase) {
            add(w, if words.len() == 1 { one } else { part });
        }
    }
}

/// Calls `found` with each name in these columns of a table, and the row's `level` if the table has one.
fn table(path: &Path, columns: &[&str], mut found: impl FnMut(&str, &str)) -> Result<()> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut lines = text.lines().filter(|l| !l.starts_with('#'));
    let header: Vec<&str> = lines.next().unwrap_or("").split('\t').collect();
    let at = |c: &str| header.iter().position(|h| *h == c);
    for line in lines {
        let cells: Vec<&str> = line.split('\t').collect();
        let level = at("level").and_then(|i| cells.get(i)).copied().unwrap_or("");
        for column in columns {
            let cell = at(column).and_then(|i| cells.get(i)).copied().unwrap_or("");
            cell.split('|').map(str::trim).filter(|n| !n.is_empty()).for_each(|n| found(n, level));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_know_their_lists() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let lists = load(&root).unwrap();
        let bits = |w: &str| lists.iter().find(|l| l.0 == w).map_or(0, |l| l.1);
        assert_eq!(bits("kenya") & COUNTRY, COUNTRY);
        assert_eq!(bits("kenyan") & PEOPLE, PEOPLE);
        assert_eq!(bits("khost") & REGION, REGION);
        assert_eq!(bits("fernando") & GIVEN_NAME, GIVEN_NAME);
        assert_eq!(bits("of"), 0);
    }
}
