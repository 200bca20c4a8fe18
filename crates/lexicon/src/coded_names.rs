//! Forms of names in coded data sets, such as "Military Forces of Kenya" (`data/actors/coded-names.tsv`).

use crate::tsv::Table;
use crate::{ActorTable, DataError, words_of};

/// What stands for any name of a state.
const STATE: &str = "{state}";

/// The forms, in table order.
#[derive(Clone, Debug, Default)]
pub struct CodedNames {
    /// What stands before and after a state's name, and whom the whole means; no state in forms without one.
    forms: Vec<(String, Option<String>, String)>,
}

impl CodedNames {
    pub(crate) fn load(file: &str, text: &str, errors: &mut Vec<DataError>) -> CodedNames {
        let mut out = CodedNames::default();
        for row in Table::parse(file, text, &["form", "actor", "source"], errors).rows() {
            let (form, actor) = (row.get("form"), row.get("actor"));
            if actor.contains(STATE) && !form.contains(STATE) {
                errors.push(row.error("actor", "the form names no state", "write {state} in the form too"));
                continue;
            }
            out.forms.push(match form.split_once(STATE) {
                Some((before, after)) => (before.into(), Some(after.into()), actor.into()),
                None => (form.into(), None, actor.into()),
            });
        }
        out
    }

    /// The canonical actor that a name in a coded data set means: a known name, a form of the table, or the name after an
    /// acronym ("TTP: Tehrik-i-Taliban Pakistan"). Years in brackets at the end do not count. `None` if nobody is known.
    ///
    /// # Example
    /// ```
    /// let lexicon = counterclaim_lexicon::Lexicon::embedded();
    /// let actor = |name| lexicon.coded_names.actor(&lexicon.actors, name);
    /// assert_eq!(actor("Military Forces of Kenya (2022-)").as_deref(), Some("Kenya"));
    /// assert_eq!(actor("Civilians (Kenya)").as_deref(), Some("civilians"));
    /// assert_eq!(actor("TTP: Tehreek-i-Taliban Pakistan").as_deref(), Some("Tehrik-i-Taliban Pakistan"));
    /// assert_eq!(actor("Lumbwa Clan Militia (Kenya)"), None);
    /// ```
    pub fn actor(&self, actors: &ActorTable, name: &str) -> Option<String> {
        let name = without_years(name.trim());
        if let Some(actor) = whole(actors, name) {
            return Some(actor);
        }
        for (before, after, actor) in &self.forms {
            match after {
                None if name == before => return Some(actor.clone()),
                Some(after) => {
                    let state = name.strip_prefix(before.as_str()).and_then(|n| n.strip_suffix(after.as_str()));
                    if let Some(state) = state.and_then(|s| whole(actors, s)) {
                        return Some(actor.replace(STATE, &state));
                    }
                }
                None => {}
            }
        }
        name.split_once(": ").and_then(|(acronym, full)| whole(actors, full).or_else(|| whole(actors, acronym)))
    }
}

/// "Military Forces of Kenya (2022-)" without the years.
fn without_years(name: &str) -> &str {
    let Some((before, inside)) = name.strip_suffix(')').and_then(|n| n.rsplit_once(" (")) else { return name };
    let years = inside.bytes().all(|b| b.is_ascii_digit() || b == b'-') && !inside.is_empty();
    if years { before } else { name }
}

/// The actor of whom this is a whole name.
fn whole(actors: &ActorTable, name: &str) -> Option<String> {
    if name.len() > 200 {
        return None;
    }
    let words = words_of(name);
    let found = actors.find(words.iter().map(String::as_str), name)?;
    (found.words == words.len() && !found.demonym && !found.capital).then(|| found.actor.name.clone())
}
