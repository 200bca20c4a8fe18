//! The recipes of CONTRIBUTING.md: what they show is in the data, what they name exists, and what they promise is read.
//!
//! Blocks marked `tsv FILE`, `toml FILE` and `rust FILE` must stand in that file; blocks marked `sh` may only hold commands
//! that exist; blocks marked `reading` hold sentences, each followed by lines `=> what is found`.

#![allow(clippy::unwrap_used)]

mod common;

use common::{Block, blocks, code_spans, read, root};
use counterclaim_reader::{Reader, text::Brief, text::Report};

const RECIPES: &[&str] = &["Add an actor", "Add a verb", "Add a kind", "Add a place", "Add a standing question"];

fn contributing() -> Vec<Block> {
    blocks(&read("CONTRIBUTING.md"))
}

fn file_of(block: &Block) -> Option<&str> {
    block.info.split_once(' ').map(|(_, file)| file)
}

#[test]
fn every_recipe_shows_data_and_what_is_read() {
    let blocks = contributing();
    for recipe in RECIPES {
        let of = |kind: &str| blocks.iter().any(|b| b.section == *recipe && b.info.split(' ').next() == Some(kind));
        assert!(of("tsv") || of("toml"), "\"{recipe}\" shows no data");
        assert!(of("reading"), "\"{recipe}\" does not show what is read");
    }
}

#[test]
fn rows_and_rules_stand_in_their_files() {
    for block in contributing().iter().filter(|b| file_of(b).is_some()) {
        let file = file_of(block).unwrap();
        let text = read(file);
        let at = format!("CONTRIBUTING.md:{} and {file}", block.line);
        if !block.info.starts_with("tsv") {
            assert!(passages(block).iter().all(|p| text.contains(p)), "{at} differ");
            continue;
        }
        let header = text.lines().find(|l| !l.starts_with('#')).unwrap();
        assert_eq!(block.lines.first().map(String::as_str), Some(header), "{at}: the block begins with another header");
        assert!(block.lines.len() > 1, "{at}: no row");
        for row in &block.lines {
            assert!(text.lines().any(|l| l == row), "{at}: this row is not there: {row}");
            assert_eq!(row.split('\t').count(), header.split('\t').count(), "{at}: {row}");
        }
    }
}

/// The parts of a block between blank lines; each must stand in the file as it is.
fn passages(block: &Block) -> Vec<String> {
    let parts = block.lines.split(|l| l.is_empty());
    parts.filter(|p| !p.is_empty()).map(|p| p.join("\n")).collect()
}

/// A rule that a recipe shows is read as its examples promise.
#[test]
fn shown_rules_keep_their_promises() {
    let reader = Reader::new();
    let mut seen = 0;
    for block in contributing().iter().filter(|b| b.info.starts_with("toml")) {
        let stem = file_of(block).unwrap().rsplit('/').next().unwrap().trim_end_matches(".toml");
        for id in block.lines.iter().filter_map(|l| l.strip_prefix("id = \"")) {
            let id = format!("events/{stem}/{}", id.trim_end_matches('"'));
            let rule =
                reader.lexicon().rules.iter().find(|r| r.id == id).unwrap_or_else(|| panic!("{id} was not loaded"));
            for example in &rule.examples {
                let found = reads(&reader, &example.text).incidents.iter().any(|i| i.kind == rule.kind);
                assert_eq!(found, example.positive, "{id}: {}", example.text);
                seen += 1;
            }
        }
    }
    assert!(seen > 0);
}

#[test]
fn sentences_are_read_as_promised() {
    let reader = Reader::new();
    let mut faults = Vec::new();
    for block in contributing().iter().filter(|b| b.info == "reading") {
        let mut sentence = "";
        let mut promises = 0;
        for line in block.lines.iter().filter(|l| !l.is_empty()) {
            match line.strip_prefix("=> ") {
                None => sentence = line,
                Some(promise) => {
                    promises += 1;
                    if !kept(&reads(&reader, sentence), promise) {
                        faults.push(format!(
                            "CONTRIBUTING.md, block at line {}: \"{sentence}\" does not give \"{promise}\"",
                            block.line
                        ));
                    }
                }
            }
        }
        assert!(promises > 0, "the block at line {} promises nothing", block.line);
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn reads(reader: &Reader, sentence: &str) -> Brief {
    reader.read(&[Report {
        id: "r1".into(),
        source: "Example Wire (synthetic)".into(),
        published: Some(jiff::civil::date(2024, 3, 20)),
        text: sentence.into(),
        ..Report::default()
    }])
}

fn kept(brief: &Brief, promise: &str) -> bool {
    let (what, value) = promise.split_once(' ').unwrap_or((promise, ""));
    match what {
        "nothing" => brief.incidents.is_empty(),
        "kind" => brief.incidents.iter().any(|i| i.kind == value),
        "perpetrator" => brief.incidents.iter().any(|i| i.perpetrators.iter().any(|p| p == value)),
        "target" => brief.incidents.iter().any(|i| i.targets.iter().any(|p| p == value)),
        "place" => brief.incidents.iter().any(|i| i.places.iter().any(|p| p.name == value)),
        "commitment" => brief.commitments.iter().any(|c| c.by == value),
        "claim" => brief.claims.iter().any(|c| format!("{} {} {}", c.speaker, c.stance.as_str(), c.about) == value),
        _ => panic!(
            "a recipe promises \"{promise}\"; this test knows kind, perpetrator, target, place, commitment, claim and nothing"
        ),
    }
}

#[test]
fn commands_of_the_documents_exist() {
    let makefile = read("Makefile");
    let chores = read("xtask/src/main.rs").to_lowercase();
    let commands = read("crates/cli/src/args.rs").to_lowercase();
    for document in
        ["README.md", "CONTRIBUTING.md", "ARCHITECTURE.md", "docs/models.md", "docs/wire.md", "data/README.md"]
    {
        let text = read(document);
        let shell = blocks(&text).into_iter().filter(|b| b.info == "sh").flat_map(|b| b.lines);
        let prose = code_spans(&text).into_iter();
        for line in shell.chain(prose) {
            let words: Vec<&str> = line.split_whitespace().skip_while(|w| w.contains('=')).collect();
            let fits = match words[..] {
                ["make", target, ..] => makefile.lines().any(|l| l.starts_with(&format!("{target}:"))),
                ["cargo", "xtask", chore, ..] => chores.contains(&format!("\n    {}", chore.replace('-', ""))),
                ["counterclaim" | "target/release/counterclaim", command, ..] => {
                    commands.contains(&format!("\n    {command}"))
                }
                _ => true,
            };
            assert!(fits, "{document}: there is no command \"{line}\"");
        }
    }
}

#[test]
fn files_that_the_documents_name_exist() {
    const FOLDERS: &[&str] = &["data/", "docs/", "crates/", "xtask/", "evaluation/", "fuzz/", "benches/", ".ci/"];
    let mut faults = Vec::new();
    for document in [
        "README.md",
        "CONTRIBUTING.md",
        "ARCHITECTURE.md",
        "docs/glossary.md",
        "docs/models.md",
        "docs/wire.md",
        "data/README.md",
    ] {
        for span in code_spans(&read(document)) {
            let plain = !span.contains(['*', ' ', '{', '<']);
            if plain && FOLDERS.iter().any(|f| span.starts_with(f)) && !root().join(&span).exists() {
                faults.push(format!("{document} names {span}, which is not there"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
