//! Inflected forms that treebanks hold rarely (`data/forms.tsv`): their lemma, and whether they are always verbs.

use crate::DataError;
use crate::phrases::FixedMap;
use crate::tsv::Table;

/// Lemmas of forms.
#[derive(Clone, Debug, Default)]
pub struct Forms {
    forms: FixedMap<String, (String, bool)>,
}

impl Forms {
    pub(crate) fn load(file: &str, text: &str, errors: &mut Vec<DataError>) -> Forms {
        let mut out = Forms::default();
        for row in Table::parse(file, text, &["form", "lemma", "verb", "source"], errors).rows() {
            out.forms.insert(row.get("form").into(), (row.get("lemma").into(), row.get("verb") == "yes"));
        }
        out
    }

    /// The lemma of a lower-case form, and true if the form is always a verb.
    pub fn get(&self, form: &str) -> Option<(&str, bool)> {
        self.forms.get(form).map(|(l, v)| (l.as_str(), *v))
    }
}
