//! Names and codes of languages (`data/languages.tsv`).

use crate::DataError;
use crate::tsv::Table;

/// One language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Language {
    /// ISO 639-3 code ("urd").
    pub iso3: String,
    /// BCP 47 code ("ur").
    pub code: String,
    /// English name.
    pub name: String,
}

/// All languages.
#[derive(Clone, Debug, Default)]
pub struct Languages {
    all: Vec<Language>,
}

impl Languages {
    pub(crate) fn load(file: &str, text: &str, errors: &mut Vec<DataError>) -> Languages {
        let mut all: Vec<Language> = Vec::new();
        for row in Table::parse(file, text, &["iso3", "code", "name", "source"], errors).rows() {
            let [iso3, code, name] = ["iso3", "code", "name"].map(|c| row.get(c).to_string());
            if iso3.is_empty() || code.is_empty() || name.is_empty() {
                errors.push(row.error("row", "a cell is empty", "give both codes and the English name"));
            } else if all.iter().any(|l| l.iso3 == iso3 || l.code == code) {
                errors.push(row.error("code", "the language stands twice", "keep one of the rows"));
            } else {
                all.push(Language { iso3, code, name });
            }
        }
        Languages { all }
    }

    /// The language with this ISO 639-3 or BCP 47 code; of "ur-PK" only the part before the dash counts.
    pub fn get(&self, code: &str) -> Option<&Language> {
        let code = code.split(['-', '_']).next().unwrap_or("").to_ascii_lowercase();
        self.all.iter().find(|l| l.code == code || l.iso3 == code)
    }
}
