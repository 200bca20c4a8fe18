//! One thing, one name: no name stands twice where look-ups expect it once, and our own words take no side.

#![allow(clippy::unwrap_used)]

mod common;

use common::{files, read};
use counterclaim_lexicon::Lexicon;
use std::collections::BTreeMap;

/// Values that occur more than once, each with where; empty ones do not count.
fn doubles(values: impl IntoIterator<Item = (String, String)>) -> Vec<String> {
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (value, place) in values.into_iter().filter(|(v, _)| !v.is_empty()) {
        places.entry(value).or_default().push(place);
    }
    let twice = places.into_iter().filter(|(_, p)| p.len() > 1);
    twice.map(|(value, p)| format!("\"{value}\": {}", p.join(", "))).collect()
}

/// The cells of some columns, joined, of every row of a table, with file and line.
fn cells(file: &str, columns: &[&str]) -> Vec<(String, String)> {
    let text = read(file);
    let mut lines = text.lines().enumerate().filter(|(_, l)| !l.starts_with('#') && !l.trim().is_empty());
    let header: Vec<&str> = lines.next().unwrap().1.split('\t').collect();
    let at: Vec<usize> = columns
        .iter()
        .map(|c| header.iter().position(|h| h == c).unwrap_or_else(|| panic!("{file} has no column {c}")))
        .collect();
    lines
        .map(|(n, line)| {
            let row: Vec<&str> = line.split('\t').collect();
            let value: Vec<&str> = at.iter().map(|i| *row.get(*i).unwrap_or(&"")).collect();
            (value.join(" · "), format!("{file}:{}", n + 1))
        })
        .collect()
}

#[test]
fn no_name_stands_twice() {
    let mut faults = Vec::new();
    let actors = ["states", "organs", "bodies", "armed-groups", "parties", "communities"];
    faults.extend(doubles(actors.iter().flat_map(|f| cells(&format!("data/actors/{f}.tsv"), &["name"]))));
    faults.extend(doubles(cells("data/actors/organ-terms.tsv", &["term"])));
    faults.extend(doubles(cells("data/actors/states.tsv", &["iso3"])));
    faults.extend(doubles(cells("data/forms.tsv", &["form"])));
    faults.extend(doubles(cells("data/kinds.tsv", &["name"])));
    faults.extend(doubles(cells("data/kinds.tsv", &["title"])));
    faults.extend(doubles(cells("data/claims/cues.tsv", &["lemma", "tag"])));
    faults.extend(doubles(cells("data/claims/standing.tsv", &["slug"])));
    faults.extend(doubles(cells("data/commitments/cues.tsv", &["lemma", "tag"])));
    faults.extend(doubles(cells("data/events/modality.tsv", &["lemma", "effect"])));
    let lexicon = Lexicon::embedded();
    faults.extend(doubles(lexicon.rules.iter().map(|r| (r.id.clone(), "a rule".into()))));
    assert!(faults.is_empty(), "these stand twice; keep one of each:\n{}", faults.join("\n"));
}

#[test]
fn no_place_stands_twice() {
    let columns = ["name", "level", "country", "admin1", "admin2", "lat", "lon"];
    let tables =
        files("data/places", ".tsv").into_iter().filter(|f| read(f).lines().any(|l| l.starts_with("name\tlevel\t")));
    let faults = doubles(tables.flat_map(|f| cells(&f, &columns)));
    assert!(faults.is_empty(), "these places stand twice; keep one of each:\n{}", faults.join("\n"));
}

#[test]
fn no_word_of_the_glossary_stands_twice() {
    let text = read("docs/glossary.md");
    let words = text
        .lines()
        .enumerate()
        .filter_map(|(n, l)| Some((l.strip_prefix("**")?.split_once("**")?.0.to_lowercase(), n + 1)));
    let faults = doubles(words.map(|(w, n)| (w, format!("line {n}"))));
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Words that judge. They may stand in what others say: aliases, lemmas and examples of rules, quotations, code.
const LOADED: &[&str] = &[
    "terrorist",
    "terrorists",
    "terrorism",
    "martyr",
    "martyred",
    "martyrdom",
    "miscreant",
    "miscreants",
    "regime",
    "heinous",
    "barbaric",
    "cowardly",
    "brutal",
    "thug",
    "thugs",
    "infidel",
    "so-called",
    "evil",
    "savage",
    "extremist",
    "extremists",
    "liberated",
    "freedom fighter",
    "cleansed",
    "neutralised",
    "neutralized",
    "eliminated",
    "collateral damage",
    "rogue",
];

fn loaded(text: &str) -> Option<&'static str> {
    let lower = text.to_lowercase();
    let padded: String = lower.chars().map(|c| if c.is_alphanumeric() || c == '-' { c } else { ' ' }).collect();
    let padded = format!(" {} ", padded.split_whitespace().collect::<Vec<_>>().join(" "));
    LOADED.iter().find(|w| padded.contains(&format!(" {w} "))).copied()
}

#[test]
fn documents_and_titles_take_no_side() {
    let mut faults = Vec::new();
    let documents = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "data/README.md"];
    for file in documents.into_iter().map(str::to_owned).chain(files("docs", ".md")) {
        let text = read(&file);
        let mut fenced = false;
        for (n, line) in text.lines().enumerate() {
            fenced ^= line.starts_with("```");
            // What stands in quotation marks or backticks is said by somebody else.
            let own: String = line.split(['`', '"', '“', '”']).step_by(2).collect::<Vec<_>>().join(" ");
            if let Some(word) = loaded(&own).filter(|_| !fenced) {
                faults.push(format!("{file}:{}: \"{word}\"", n + 1));
            }
        }
    }
    for (title, place) in
        cells("data/kinds.tsv", &["title"]).into_iter().chain(cells("data/claims/standing.tsv", &["slug"]))
    {
        if let Some(word) = loaded(&title) {
            faults.push(format!("{place}: \"{word}\""));
        }
    }
    assert!(faults.is_empty(), "these words judge; say it in words that either side could use:\n{}", faults.join("\n"));
}

#[test]
fn loaded_words_are_found_whole() {
    assert_eq!(loaded("The regime fell."), Some("regime"));
    assert_eq!(loaded("a so-called republic"), Some("so-called"));
    assert_eq!(loaded("a regimented day"), None);
}
