//! Nouns that stand for an actor named before, such as "the group" (`data/actors/descriptions.tsv`).

use crate::DataError;
use crate::actors::kind_of;
use crate::phrases::FixedMap;
use crate::tsv::Table;
use counterclaim_text::ActorKind;

/// The kinds of actor that each noun may stand for.
#[derive(Clone, Debug, Default)]
pub struct Descriptions {
    kinds: FixedMap<String, Vec<ActorKind>>,
}

impl Descriptions {
    pub(crate) fn load(file: &str, text: &str, errors: &mut Vec<DataError>) -> Descriptions {
        let mut out = Descriptions::default();
        for row in Table::parse(file, text, &["noun", "kinds", "source"], errors).rows() {
            let mut kinds = Vec::new();
            for name in row.list("kinds") {
                match kind_of(name) {
                    Some(k) => kinds.push(k),
                    None => errors.push(row.error(
                        "kinds",
                        format!("unknown kind \"{name}\""),
                        "use the kinds of actors/armed-groups.tsv and its neighbours, such as \"armed-group\"",
                    )),
                }
            }
            if out.kinds.insert(row.get("noun").into(), kinds).is_some() {
                errors.push(row.error("noun", "the noun stands twice", "keep one of the rows"));
            }
        }
        out
    }

    /// The kinds of actor that a lower-case noun may stand for; none if it is no such noun.
    pub fn kinds(&self, noun: &str) -> &[ActorKind] {
        self.kinds.get(noun).map_or(&[], Vec::as_slice)
    }
}
