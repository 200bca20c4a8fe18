//! Set phrases that carry a stance without a verb of speech (`data/claims/phrases.tsv`): "will not leave unanswered".

use crate::DataError;
use crate::tsv::Table;
use counterclaim_text::{Aspect, Stance};

/// Lemma groups that together carry a stance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimPhrase {
    /// The stance.
    pub stance: Stance,
    /// The aspect.
    pub aspect: Aspect,
    /// One lemma of each group must stand in the sentence.
    pub groups: Vec<Vec<String>>,
}

pub(crate) fn load(file: &str, text: &str, errors: &mut Vec<DataError>) -> Vec<ClaimPhrase> {
    let mut out = Vec::new();
    for row in Table::parse(file, text, &["stance", "aspect", "all", "source"], errors).rows() {
        match (Stance::parse(row.get("stance")), Aspect::parse(row.get("aspect"))) {
            (Some(stance), Some(aspect)) => out.push(ClaimPhrase {
                stance,
                aspect,
                groups: row.get("all").split(';').map(|g| g.split('|').map(str::to_string).collect()).collect(),
            }),
            _ => errors.push(row.error("stance", "unknown stance or aspect", "use the words of docs/glossary.md")),
        }
    }
    out
}
