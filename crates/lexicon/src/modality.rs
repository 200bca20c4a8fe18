//! Words that make what they govern unreal (`data/events/modality.tsv`): wanted, feared, prevented, merely counted.

use crate::DataError;
use crate::phrases::FixedMap;
use crate::tsv::Table;

/// What a governing word does to the event below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Planned, promised, expected.
    Future,
    /// Recommended, demanded.
    Normative,
    /// Feared, likely, imagined.
    Possible,
    /// Prevented, cancelled, refused.
    Negated,
    /// Counted without an occasion; holds for plural subjects only.
    Generic,
}

/// Effects by lemma.
#[derive(Clone, Debug, Default)]
pub struct ModalityTable {
    effects: FixedMap<String, Vec<Effect>>,
}

impl ModalityTable {
    pub(crate) fn load(file: &str, text: &str, errors: &mut Vec<DataError>) -> ModalityTable {
        let mut out = ModalityTable::default();
        for row in Table::parse(file, text, &["lemma", "effect", "source"], errors).rows() {
            let effect = match row.get("effect") {
                "future" => Effect::Future,
                "normative" => Effect::Normative,
                "possible" => Effect::Possible,
                "negated" => Effect::Negated,
                "generic" => Effect::Generic,
                other => {
                    errors.push(row.error(
                        "effect",
                        format!("unknown effect \"{other}\""),
                        "use future, normative, possible, negated or generic",
                    ));
                    continue;
                }
            };
            out.effects.entry(row.get("lemma").to_string()).or_insert_with(Vec::new).push(effect);
        }
        out
    }

    /// True if the lemma has this effect on what it governs.
    pub fn has(&self, lemma: &str, effect: Effect) -> bool {
        self.effects.get(lemma).is_some_and(|e| e.contains(&effect))
    }

    /// The effect of a lemma on a clause below it, leaving `Generic` aside.
    pub fn governs(&self, lemma: &str) -> Option<Effect> {
        self.effects.get(lemma)?.iter().copied().find(|e| *e != Effect::Generic)
    }
}
