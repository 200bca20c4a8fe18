//! The documents say what is so: the excerpt of the README is what the program prints, tables have the columns that
//! `data/README.md` lists, and every source file says what it is for.

#![allow(clippy::unwrap_used)]

mod common;

use common::{files, read, root};
use counterclaim_reader::intake::{Defaults, Intake, settle_ids, take_in};
use counterclaim_reader::wire::{KindCodes, reading};
use counterclaim_reader::{Reader, brief};

/// The excerpt in the README stands between these lines, fenced.
const BEGIN: &str = "<!-- excerpt of `counterclaim demo`, from the heading that contains: ";
const END: &str = "<!-- end of excerpt -->";

/// How to bring the documents up to date.
const ANEW: &str = "`UPDATE_EXPECT=1 cargo test -p xtask --test documents` writes it anew";

fn taken_in(name: &str, text: &str) -> Intake {
    let mut intake = Intake::default();
    take_in(&mut intake, name, text.as_bytes().to_vec(), &Defaults::default());
    settle_ids(&mut intake);
    intake
}

/// The brief of the bundled dispatches, as `counterclaim demo` prints it at 80 columns.
fn demo() -> String {
    let dispatches = read("crates/cli/demo/dispatches.jsonl");
    brief::text(&Reader::new().read(&taken_in("dispatches.jsonl", &dispatches).reports), 80, false)
}

/// The part of the brief about the first incident whose heading contains these words.
fn part(brief: &str, words: &str) -> String {
    let numbered =
        |l: &str| l.split_once(". ").is_some_and(|(n, _)| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
    let lines: Vec<&str> = brief.lines().collect();
    let start = lines
        .iter()
        .position(|l| numbered(l) && l.contains(words))
        .unwrap_or_else(|| panic!("no incident of the demo has \"{words}\" in its heading"));
    let ends = |l: &&str| numbered(l) || l.chars().next().is_some_and(char::is_alphabetic);
    let end = lines[start + 1..].iter().position(ends).map_or(lines.len(), |n| start + 1 + n);
    lines[start..end].join("\n").trim_end().to_owned()
}

/// With UPDATE_EXPECT=1, the excerpt is written anew.
#[test]
fn the_excerpt_is_what_the_program_prints() {
    let readme = read("README.md");
    let (before, rest) = readme.split_once(BEGIN).expect("README.md has no excerpt");
    let (words, rest) = rest.split_once(" -->\n").unwrap();
    let (shown, after) = rest.split_once(END).unwrap();
    let wanted = format!("\n```text\n{}\n```\n\n", part(&demo(), words));
    if shown != wanted && std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(root().join("README.md"), format!("{before}{BEGIN}{words} -->\n{wanted}{END}{after}")).unwrap();
        return;
    }
    assert!(shown == wanted, "README.md shows another brief than the program prints; {ANEW}. Now:\n{wanted}");
}

/// The example of docs/wire.md; with UPDATE_EXPECT=1, its output is written anew.
#[test]
fn the_example_of_the_wire_format_is_what_the_program_prints() {
    let document = read("docs/wire.md");
    let (head, rest) = document.split_once("```json input\n").unwrap();
    let (input, rest) = rest.split_once("```").unwrap();
    let (middle, rest) = rest.split_once("```json output\n").unwrap();
    let (shown, tail) = rest.split_once("```").unwrap();
    let reader = Reader::new();
    let codes = |kind: &str| {
        reader.lexicon().kinds.get(kind).map_or_else(KindCodes::default, |k| KindCodes {
            plover: k.plover.clone(),
            plover_mode: k.mode.clone(),
            cameo: k.cameo.clone(),
            acled: k.acled.clone(),
        })
    };
    let brief = reader.read(&taken_in("example.jsonl", input).reports);
    let wanted = serde_json::to_string_pretty(&reading(&brief, &codes)).unwrap() + "\n";
    if shown != wanted && std::env::var_os("UPDATE_EXPECT").is_some() {
        let text = format!("{head}```json input\n{input}```{middle}```json output\n{wanted}```{tail}");
        std::fs::write(root().join("docs/wire.md"), text).unwrap();
        return;
    }
    assert!(shown == wanted, "docs/wire.md shows another reading than the program prints; {ANEW}. Now:\n{wanted}");
}

#[test]
fn the_map_stays_short() {
    let lines = read("ARCHITECTURE.md").lines().count();
    assert!(lines < 200, "ARCHITECTURE.md has {lines} lines; 199 is the most");
}

/// `data/README.md` has a row `| `file` | `columns` | what |` for every table, and names every other file or its folder.
#[test]
fn every_table_is_described_with_its_columns() {
    let readme = read("data/README.md");
    let mut faults = Vec::new();
    for file in files("data", "").iter().filter(|f| *f != "data/README.md") {
        let name = file.strip_prefix("data/").unwrap();
        let row = readme.lines().find(|l| l.starts_with(&format!("| `{name}` |")));
        let folder = name.rsplit_once('/').map(|(f, _)| format!("`{f}/*.toml`"));
        if name.ends_with(".toml") && folder.is_some_and(|f| readme.contains(&f)) {
            continue;
        }
        let Some(row) = row else {
            faults.push(format!("{file} is not described"));
            continue;
        };
        // What is derived from GeoNames is sorted for searching and has no header.
        if name.ends_with(".tsv") && !name.starts_with("places/geonames-") {
            let text = read(file);
            let header = text.lines().find(|l| !l.starts_with('#')).unwrap().replace('\t', " ");
            if !row.contains(&format!("| `{header}` |")) {
                faults.push(format!("{file} has the columns `{header}`"));
            }
        }
    }
    assert!(faults.is_empty(), "data/README.md:\n{}", faults.join("\n"));
}

#[test]
fn every_source_file_says_what_it_is_for() {
    let folders = ["crates", "xtask", "evaluation", "benches", "fuzz/targets"];
    let silent: Vec<String> =
        folders.iter().flat_map(|f| files(f, ".rs")).filter(|f| !read(f).starts_with("//!")).collect();
    assert!(silent.is_empty(), "these files do not begin with //! and a sentence: {}", silent.join(", "));
}

#[test]
fn every_data_file_is_built_in() {
    let lists = read("crates/lexicon/src/embedded.rs")
        + &read("crates/entities/src/dates/words.rs")
        + &read("crates/entities/src/dates/tests.rs")
        + &read("crates/coding/src/coreference.rs")
        + &read("crates/incidents/src/confidence.rs")
        + &read("crates/reader/tests/tolls.rs")
        + &read("crates/reader/tests/claims.rs")
        + &read("crates/reader/tests/disputes.rs")
        + &read("crates/reader/tests/places.rs")
        + &read("xtask/src/lists.rs")
        + &read("xtask/src/gazetteer.rs");
    let missing: Vec<String> = files("data", "")
        .into_iter()
        .filter(|f| f.ends_with(".toml") || f.ends_with(".tsv"))
        .filter(|f| !lists.contains(f.strip_prefix("data/").unwrap()))
        .collect();
    assert!(missing.is_empty(), "the program does not know these files: {}", missing.join(", "));
}
