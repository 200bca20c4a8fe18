//! The cases of the desk set: a few short reports and the reading that careful analysts agree on.

use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;

/// One report of a case, as a reader is given it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaseReport {
    /// Identifier within the case.
    pub id: String,
    /// Who published it.
    pub source: String,
    /// ISO date of publication.
    pub published: String,
    /// Headline.
    pub title: String,
    /// Body; evidence offsets point into it.
    pub text: String,
}

/// One case: a few reports and the reading that careful analysts agree on.
#[derive(Clone, Debug)]
pub struct Case {
    /// The name, also the file stem of readings made earlier.
    pub name: String,
    /// The reports.
    pub reports: Vec<CaseReport>,
    gold: Value,
}

impl Case {
    /// Reads one case from its JSON text.
    ///
    /// # Errors
    /// If the text is not JSON, or has no case name or reports.
    pub fn parse(text: &str) -> Result<Case> {
        let gold: Value = serde_json::from_str(text)?;
        let name = gold["case"].as_str().context("the case has no name")?.to_owned();
        let reports = gold["reports"].as_array().context("the case has no reports")?;
        let field = |r: &Value, k: &str| r[k].as_str().unwrap_or_default().to_owned();
        let reports = reports
            .iter()
            .map(|r| CaseReport {
                id: field(r, "id"),
                source: field(r, "source"),
                published: field(r, "published"),
                title: field(r, "title"),
                text: field(r, "text"),
            })
            .collect();
        Ok(Case { name, reports, gold })
    }

    /// The case as it stands in the file: reports, and the reading that is right.
    pub fn gold(&self) -> &Value {
        &self.gold
    }
}

/// Reads every `*.json` case of a folder, by name; a path to a file is that one case.
///
/// # Errors
/// If the folder or a case cannot be read.
pub fn load_cases(path: &Path) -> Result<Vec<Case>> {
    let mut files = Vec::new();
    if path.is_dir() {
        for entry in std::fs::read_dir(path)? {
            let file = entry?.path();
            if file.extension().is_some_and(|e| e == "json") {
                files.push(file);
            }
        }
        files.sort();
    } else {
        files.push(path.to_owned());
    }
    files
        .iter()
        .map(|f| {
            let text = std::fs::read_to_string(f).with_context(|| format!("cannot read the case {}", f.display()))?;
            Case::parse(&text).with_context(|| format!("{} is not a case", f.display()))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_case_needs_a_name_and_reports() {
        let case = Case::parse(r#"{"case": "c", "reports": [{"id": "r1", "text": "…"}]}"#).unwrap();
        assert_eq!((case.name.as_str(), case.reports[0].text.as_str()), ("c", "…"));
        assert_eq!(case.gold()["case"], "c");
        assert!(Case::parse(r#"{"case": "c"}"#).is_err());
        assert!(load_cases(Path::new("/nonexistent/case.json")).is_err());
    }
}
