//! Checks the tables and rules: every data error, and every rule example that is not read as its rule promises.

use crate::{Reader, text::Report};
use counterclaim_lexicon::Lexicon;
use jiff::civil::date;

/// Everything that is wrong with `data/`, one line each, with file, line and remedy; empty if all is well.
///
/// # Example
/// ```
/// let faults = counterclaim_reader::check_data();
/// assert!(faults.is_empty(), "{}", faults.join("\n"));
/// ```
pub fn check_data() -> Vec<String> {
    let (lexicon, errors) = Lexicon::load();
    let mut out: Vec<String> = errors.iter().map(ToString::to_string).collect();
    let reader = Reader::new();
    for rule in lexicon.rules.iter() {
        for (n, example) in rule.examples.iter().enumerate() {
            let report = Report {
                id: format!("{n}"),
                source: "Example (synthetic)".into(),
                published: Some(date(2024, 3, 20)),
                text: example.text.clone(),
                ..Report::default()
            };
            let brief = reader.read(&[report]);
            // A stop rule must leave nothing of its trigger; its negative example must still be read.
            let found = if rule.kind.is_empty() {
                brief.incidents.is_empty()
            } else {
                brief.incidents.iter().any(|i| i.kind == rule.kind)
            };
            if found != example.positive {
                let kinds: Vec<&str> = brief.incidents.iter().map(|i| i.kind.as_str()).collect();
                let what = if example.positive {
                    "is not found in its positive example"
                } else {
                    "is found in its negative example"
                };
                out.push(format!(
                    "data/{}.toml: {}: {} {what} \"{}\" (read: {}); `counterclaim explain` shows why; change the rule or the example",
                    rule.id.rsplit_once('/').map_or("", |p| p.0),
                    rule.id,
                    if rule.kind.is_empty() { "silence" } else { rule.kind.as_str() },
                    example.text,
                    if kinds.is_empty() { "nothing".to_string() } else { kinds.join(", ") },
                ));
            }
        }
    }
    for rule in lexicon.plover.rules.iter() {
        for example in &rule.examples {
            let report = Report {
                id: "example".into(),
                published: Some(date(2024, 3, 20)),
                text: example.text.clone(),
                ..Report::default()
            };
            let acts = reader.acts(&report);
            if acts.iter().any(|a| a.kind == rule.kind) != example.positive {
                let kinds: Vec<&str> = acts.iter().map(|a| a.kind.as_str()).collect();
                out.push(format!(
                    "data/{}.toml: {}: {} is {} \"{}\" (read: {}); change the rule or the example",
                    rule.id.rsplit_once('/').map_or("", |p| p.0),
                    rule.id,
                    rule.kind,
                    if example.positive {
                        "not found in its positive example"
                    } else {
                        "found in its negative example"
                    },
                    example.text,
                    if kinds.is_empty() { "nothing".to_string() } else { kinds.join(", ") },
                ));
            }
        }
    }
    out
}
