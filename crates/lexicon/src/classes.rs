//! Word classes (`data/classes.tsv`): lemmas that rules name together, such as `@aircraft`.

use crate::DataError;
use crate::phrases::FixedMap;
use crate::tsv::Table;

/// Class names by lemma.
#[derive(Clone, Debug, Default)]
pub struct Classes {
    names: Vec<String>,
    /// Bit set of classes per lemma.
    bits: FixedMap<String, u128>,
}

impl Classes {
    pub(crate) fn load(file: &str, text: &str, errors: &mut Vec<DataError>) -> Classes {
        let table = Table::parse(file, text, &["class", "lemmas", "source"], errors);
        let mut out = Classes::default();
        for row in table.rows() {
            let class = row.get("class");
            let id = match out.names.iter().position(|n| n == class) {
                Some(i) => i,
                None if out.names.len() < 128 => {
                    out.names.push(class.into());
                    out.names.len() - 1
                }
                None => {
                    errors.push(row.error("class", "more than 128 classes", "join classes that rules use alike"));
                    continue;
                }
            };
            for lemma in row.list("lemmas") {
                *out.bits.entry(lemma.to_string()).or_insert(0) |= 1 << id;
            }
        }
        out
    }

    /// The number of a class, for rules.
    pub fn id(&self, class: &str) -> Option<u8> {
        self.names.iter().position(|n| n == class).map(|i| i as u8)
    }

    /// The set of classes of a lower-case lemma.
    pub fn of(&self, lemma: &str) -> u128 {
        self.bits.get(lemma).copied().unwrap_or(0)
    }

    /// True if the lemma is in the class.
    pub fn has(&self, lemma: &str, class: &str) -> bool {
        self.id(class).is_some_and(|id| self.of(lemma) >> id & 1 == 1)
    }
}
