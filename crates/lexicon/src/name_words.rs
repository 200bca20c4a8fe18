//! Words within names that tell what sort of body a name stands for (`data/actors/name-words.tsv`).

use crate::DataError;
use crate::actors::kind_of;
use crate::phrases::FixedMap;
use crate::tsv::Table;
use counterclaim_text::ActorKind;

/// The kind of body that each word suggests.
#[derive(Clone, Debug, Default)]
pub struct NameWords {
    kinds: FixedMap<String, ActorKind>,
}

impl NameWords {
    pub(crate) fn load(file: &str, text: &str, errors: &mut Vec<DataError>) -> NameWords {
        let mut out = NameWords::default();
        for row in Table::parse(file, text, &["kind", "words", "source"], errors).rows() {
            let Some(kind) = kind_of(row.get("kind")) else {
                errors.push(row.error(
                    "kind",
                    format!("unknown kind \"{}\"", row.get("kind")),
                    "use the kinds of actors/armed-groups.tsv and its neighbours, such as \"armed-group\"",
                ));
                continue;
            };
            for word in row.list("words") {
                if out.kinds.insert(word.into(), kind).is_some() {
                    errors.push(row.error("words", format!("\"{word}\" stands twice"), "keep it in one row"));
                }
            }
        }
        out
    }

    /// What a name made of these folded words most likely is: the last telling word counts ("Liberation News Agency").
    pub fn guess<'w>(&self, words: impl DoubleEndedIterator<Item = &'w str>) -> Option<ActorKind> {
        words.rev().find_map(|w| self.kinds.get(w)).copied()
    }
}
