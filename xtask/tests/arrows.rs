//! The arrow test: crates may depend on each other only as ARCHITECTURE.md says.

#![allow(clippy::unwrap_used)]

mod common;

use serde_json::Value;
use std::collections::BTreeMap;
use std::process::Command;

/// Every crate with the crates it may use, from the bottom up. A crate may use only crates that stand above it in this
/// list, so that arrows point down.
const ARROWS: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("lexicon", &["text"]),
    ("syntax", &["lexicon", "text"]),
    ("entities", &["syntax", "lexicon", "text"]),
    ("coding", &["entities", "lexicon", "text"]),
    ("incidents", &["coding", "lexicon", "text"]),
    ("reader", &["incidents", "coding", "entities", "syntax", "lexicon", "text"]),
    ("exchange", &["lexicon", "text"]),
    ("copies", &[]),
    ("register", &["exchange", "copies", "incidents", "coding", "lexicon", "text"]),
    ("dynamics", &[]),
    ("server", &["register", "exchange", "reader", "lexicon", "text"]),
    ("cli", &["server", "register", "exchange", "reader", "dynamics"]),
    ("evaluation", &["text"]),
];

/// Chores and benches may use everything; nothing may use them.
const TOPS: &[&str] = &["benches", "xtask"];

struct Crate {
    name: String,
    folder: String,
    /// Crates of the workspace that it uses, with the sort of dependency.
    uses: Vec<(String, String)>,
}

fn short(name: &str) -> &str {
    name.strip_prefix("counterclaim-").unwrap_or(name)
}

fn crates() -> Vec<Crate> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--format-version", "1", "--locked"])
        .current_dir(common::root())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let own: Vec<&str> = packages.iter().map(|p| p["name"].as_str().unwrap()).collect();
    packages
        .iter()
        .map(|p| {
            let manifest = std::path::Path::new(p["manifest_path"].as_str().unwrap());
            let dependencies = p["dependencies"].as_array().unwrap().iter();
            Crate {
                name: short(p["name"].as_str().unwrap()).into(),
                folder: manifest.parent().unwrap().file_name().unwrap().to_string_lossy().into(),
                uses: dependencies
                    .filter(|d| own.contains(&d["name"].as_str().unwrap()))
                    .map(|d| (short(d["name"].as_str().unwrap()).into(), d["kind"].as_str().unwrap_or("normal").into()))
                    .collect(),
            }
        })
        .collect()
}

/// What is wrong with the arrows of these crates, one line each.
fn faults(crates: &[Crate]) -> Vec<String> {
    let allowed: BTreeMap<&str, &[&str]> = ARROWS.iter().copied().collect();
    let rank = |name: &str| ARROWS.iter().position(|(n, _)| *n == name);
    let mut out = Vec::new();
    for c in crates {
        if c.folder != c.name {
            out.push(format!("the crate {} lies in the folder {}: give both one name", c.name, c.folder));
        }
        if TOPS.contains(&c.name.as_str()) {
            continue;
        }
        let Some(may) = allowed.get(c.name.as_str()) else {
            out.push(format!("the crate {} has no place in the house: add it to ARROWS in xtask/tests/arrows.rs and to ARCHITECTURE.md", c.name));
            continue;
        };
        for (used, kind) in &c.uses {
            // Tests may reach further than the code, but never up.
            let down = rank(used).is_some_and(|u| rank(&c.name).is_some_and(|own| u < own));
            if !(may.contains(&used.as_str()) || kind == "dev" && down) {
                out.push(format!(
                    "{} -> {used} ({kind}) is not allowed: {} may use {}",
                    c.name,
                    c.name,
                    if may.is_empty() { "no crate of the house".into() } else { may.join(", ") }
                ));
            }
        }
    }
    out
}

#[test]
fn crates_depend_only_along_the_arrows() {
    let found = faults(&crates());
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn every_arrow_of_the_list_points_down() {
    for (at, (name, uses)) in ARROWS.iter().enumerate() {
        for used in *uses {
            let below = ARROWS.iter().position(|(n, _)| n == used);
            assert!(below.is_some_and(|b| b < at), "{name} -> {used} points up");
        }
    }
}

#[test]
fn a_wrong_arrow_is_named() {
    let one = |name: &str, uses: &[(&str, &str)]| Crate {
        name: name.into(),
        folder: name.into(),
        uses: uses.iter().map(|(n, k)| ((*n).into(), (*k).into())).collect(),
    };
    assert_eq!(
        faults(&[one("text", &[("reader", "normal")])]),
        ["text -> reader (normal) is not allowed: text may use no crate of the house"]
    );
    assert_eq!(faults(&[one("coding", &[("syntax", "normal")])]).len(), 1);
    assert_eq!(faults(&[one("coding", &[("syntax", "dev")])]), Vec::<String>::new());
    assert_eq!(faults(&[one("entities", &[("reader", "dev")])]).len(), 1);
    assert_eq!(faults(&[one("reader", &[("xtask", "dev")])]).len(), 1);
    assert_eq!(faults(&[one("news", &[])]).len(), 1);
}

/// ARCHITECTURE.md shows the same arrows: lines of the form "coding -> entities, lexicon, text".
#[test]
fn the_architecture_shows_these_arrows() {
    let text = common::read("ARCHITECTURE.md");
    for (name, uses) in ARROWS.iter().filter(|(_, uses)| !uses.is_empty()) {
        let line = format!("{name} -> {}", uses.join(", "));
        assert!(text.lines().any(|l| l.trim() == line), "ARCHITECTURE.md lacks the line \"{line}\"");
    }
}
