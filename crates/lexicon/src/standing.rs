//! Standing questions (`data/claims/standing.tsv`): groups of lemmas that together ask one question.

use crate::DataError;
use crate::tsv::Table;

/// A question that outlives single incidents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StandingQuestion {
    /// Slug; `{country}` stands for the country concerned.
    pub slug: String,
    /// One lemma of each group must be present.
    pub groups: Vec<Vec<String>>,
}

pub(crate) fn load(file: &str, text: &str, errors: &mut Vec<DataError>) -> Vec<StandingQuestion> {
    Table::parse(file, text, &["slug", "all", "source"], errors)
        .rows()
        .map(|row| StandingQuestion {
            slug: row.get("slug").into(),
            groups: row.get("all").split(';').map(|g| g.split('|').map(str::to_string).collect()).collect(),
        })
        .collect()
}
