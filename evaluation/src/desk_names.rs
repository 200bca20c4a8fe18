//! Which two names the desk set counts as the same actor or place: `norm`, `key` and `same` of `score.py`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

/// Words that carry no identity; they are dropped unless nothing else remains.
const EMPTY_WORDS: &[&str] = &[
    "islamic",
    "republic",
    "republica",
    "the",
    "of",
    "government",
    "army",
    "forces",
    "military",
    "armed",
    "security",
    "troops",
    "group",
    "movement",
    "region",
    "province",
    "district",
    "city",
    "town",
    "area",
];

/// The table of names that count as one (`aliases.tsv`: one group a line, the first name canonical).
#[derive(Clone, Debug, Default)]
pub struct Aliases {
    canonical: BTreeMap<String, String>,
}

impl Aliases {
    /// Reads `aliases.tsv`; a file that does not exist is an empty table.
    ///
    /// # Errors
    /// If the file exists but cannot be read.
    pub fn load(path: &Path) -> Result<Aliases> {
        if !path.exists() {
            return Ok(Aliases::default());
        }
        let text =
            std::fs::read_to_string(path).with_context(|| format!("cannot read the aliases in {}", path.display()))?;
        Ok(Aliases::parse(&text))
    }

    /// Reads the table from text; lines that start with `#` are comments.
    pub fn parse(text: &str) -> Aliases {
        let mut canonical = BTreeMap::new();
        for line in text.lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
            let names: Vec<String> = line.split('\t').map(normalise).collect();
            for name in &names {
                canonical.insert(name.clone(), names[0].clone());
            }
        }
        Aliases { canonical }
    }

    /// The normalised canonical form of a name.
    pub fn key(&self, name: &str) -> String {
        let n = normalise(name);
        self.canonical.get(&n).cloned().unwrap_or(n)
    }

    /// True if two names mean the same: equal keys, both unidentified, or one name's words within the
    /// other's and at least half of all words shared.
    pub fn same(&self, a: &str, b: &str) -> bool {
        let (a, b) = (self.key(a), self.key(b));
        if a == b || (a.starts_with("unidentified") && b.starts_with("unidentified")) {
            return true;
        }
        let x: BTreeSet<&str> = a.split_whitespace().collect();
        let y: BTreeSet<&str> = b.split_whitespace().collect();
        if x.is_empty() || y.is_empty() {
            return false;
        }
        let shared = x.intersection(&y).count();
        let all = x.union(&y).count();
        (shared == x.len() || shared == y.len()) && 2 * shared >= all
    }

    /// `same` over JSON values, where an absent name is the empty name.
    pub(crate) fn same_values(&self, a: &Value, b: &Value) -> bool {
        self.same(&loose_text(a), &loose_text(b))
    }
}

/// A name without accents, case, punctuation and empty words, as ASCII.
pub(crate) fn normalise(name: &str) -> String {
    let plain: String = name
        .nfkd()
        .filter(char::is_ascii)
        .map(|c| c.to_ascii_lowercase())
        .map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' })
        .collect();
    let mut words: Vec<&str> = plain.split_whitespace().filter(|w| !EMPTY_WORDS.contains(w)).collect();
    if words.is_empty() {
        words = plain.split_whitespace().collect();
    }
    words.join(" ")
}

/// Python's `str(value or "")`.
fn loose_text(value: &Value) -> String {
    if truthy(value) { python_str(value) } else { String::new() }
}

/// Python's truth of a JSON value.
pub(crate) fn truthy(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(b) => *b,
        Value::Number(n) => n.as_f64() != Some(0.0),
        Value::String(s) => !s.is_empty(),
        Value::Array(a) => !a.is_empty(),
        Value::Object(o) => !o.is_empty(),
    }
}

/// Python's `str(value)`: strings bare, everything else as `repr`.
pub(crate) fn python_str(value: &Value) -> String {
    match value {
        Value::String(s) => s.clone(),
        other => python_repr(other),
    }
}

/// Python's `repr(value)` of decoded JSON, so that the lines of the verbose mode can be compared.
pub(crate) fn python_repr(value: &Value) -> String {
    match value {
        Value::Null => "None".into(),
        Value::Bool(true) => "True".into(),
        Value::Bool(false) => "False".into(),
        Value::Number(n) => n.to_string(),
        Value::String(s) => {
            let quote = if s.contains('\'') && !s.contains('"') { '"' } else { '\'' };
            let mut out = String::from(quote);
            for c in s.chars() {
                match c {
                    '\\' => out.push_str("\\\\"),
                    '\n' => out.push_str("\\n"),
                    '\r' => out.push_str("\\r"),
                    '\t' => out.push_str("\\t"),
                    c if c == quote => out.extend(['\\', c]),
                    c => out.push(c),
                }
            }
            out.push(quote);
            out
        }
        Value::Array(a) => {
            format!("[{}]", a.iter().map(python_repr).collect::<Vec<_>>().join(", "))
        }
        Value::Object(o) => {
            let key = |k: &String| python_repr(&Value::String(k.clone()));
            let parts = o.iter().map(|(k, v)| format!("{}: {}", key(k), python_repr(v)));
            format!("{{{}}}", parts.collect::<Vec<_>>().join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn names_are_stripped_to_their_core() {
        assert_eq!(normalise("The Éast-Märk Region Forces"), "east mark");
        assert_eq!(normalise("Army of the Republic"), "army of the republic");
        assert_eq!(normalise("  O’Neill\tGroup "), "oneill");
        assert_eq!(normalise(""), "");
    }

    #[test]
    fn aliases_and_containment() {
        let a = Aliases::parse("# note\nNorthern Band\tNB\tBand of the North\n");
        assert!(a.same("NB", "northern band"));
        assert!(a.same("Band North", "NB"));
        assert!(a.same("unidentified men", "Unidentified riders"));
        assert!(a.same("Green Valley", "Green Valley Town"));
        assert!(a.same("Green Valley Upper", "Green Valley"));
        assert!(!a.same("Green", "Green Upper Valley"));
        assert!(!a.same("", "Green"));
        assert!(a.same("", ""));
    }

    #[test]
    fn python_text_forms() {
        assert_eq!(python_repr(&json!({"a": [1, null, "it's"]})), "{'a': [1, None, \"it's\"]}");
        assert_eq!(python_str(&json!("x")), "x");
        assert!(!truthy(&json!({})) && truthy(&json!([0])));
    }
}
