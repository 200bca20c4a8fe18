//! Incident kinds and their codes in PLOVER, CAMEO, ACLED and UCDP (`data/kinds.tsv`).

use crate::DataError;
use crate::tsv::Table;

/// One incident kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kind {
    /// Name on the wire ("air-strike").
    pub name: String,
    /// Neutral noun phrase for titles ("air strike").
    pub title: String,
    /// PLOVER type.
    pub plover: String,
    /// PLOVER mode, may be empty.
    pub mode: String,
    /// CAMEO code.
    pub cameo: String,
    /// ACLED sub-event type, empty if ACLED has none.
    pub acled: String,
    /// UCDP type of violence as a word, empty for non-violent kinds.
    pub ucdp: String,
    /// True for kinds of violence.
    pub violent: bool,
    /// Kinds of one family may be two views of one occurrence.
    pub family: String,
}

/// All kinds.
#[derive(Clone, Debug, Default)]
pub struct KindTable {
    kinds: Vec<Kind>,
}

impl KindTable {
    pub(crate) fn load(file: &str, text: &str, errors: &mut Vec<DataError>) -> KindTable {
        let table = Table::parse(
            file,
            text,
            &["name", "title", "plover", "mode", "cameo", "acled", "ucdp", "violent", "family", "source"],
            errors,
        );
        let mut kinds: Vec<Kind> = Vec::new();
        for row in table.rows() {
            let name = row.get("name").to_string();
            if kinds.iter().any(|k| k.name == name) {
                errors.push(row.error("name", format!("the kind \"{name}\" is there twice"), "remove one of the rows"));
            }
            kinds.push(Kind {
                name,
                title: row.get("title").into(),
                plover: row.get("plover").into(),
                mode: row.get("mode").into(),
                cameo: row.get("cameo").into(),
                acled: row.get("acled").into(),
                ucdp: row.get("ucdp").into(),
                violent: row.get("violent") == "yes",
                family: row.get("family").into(),
            });
        }
        KindTable { kinds }
    }

    /// The kind with this name.
    pub fn get(&self, name: &str) -> Option<&Kind> {
        self.kinds.iter().find(|k| k.name == name)
    }

    /// All kinds in table order.
    pub fn iter(&self) -> impl Iterator<Item = &Kind> {
        self.kinds.iter()
    }
}
