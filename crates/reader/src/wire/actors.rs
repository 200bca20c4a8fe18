//! The actors that a reading names, with their codes: from the registry, or of a guessed kind and marked so.

use counterclaim_lexicon::Lexicon;
use counterclaim_text::{ActorKind, Brief};
use serde::Serialize;
use std::collections::BTreeSet;

/// One actor that incidents, claims or commitments name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ActorOut<'a> {
    /// The name used throughout.
    pub name: &'a str,
    /// What sort of actor.
    pub kind: &'static str,
    /// True if no table knows it, so that its kind is only guessed from the words.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub guessed: bool,
    /// ISO 3166-1 alpha-2 of the country where it is at home.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub country: &'static str,
    /// The actor that it belongs to.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub parent: &'static str,
    /// PLOVER sector.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub plover: &'static str,
    /// CAMEO code.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub cameo: &'static str,
    /// UCDP's name for it.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub ucdp_name: &'static str,
    /// UCDP's actor identifier.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub ucdp_id: &'static str,
}

/// All of them by name.
pub(super) fn actors(brief: &Brief) -> Vec<ActorOut<'_>> {
    let mut names: BTreeSet<&str> = BTreeSet::new();
    for i in &brief.incidents {
        names.extend(i.perpetrators.iter().chain(&i.targets).map(String::as_str));
    }
    names.extend(brief.claims.iter().map(|c| c.speaker.as_str()));
    for c in &brief.commitments {
        names.insert(&c.by);
        names.extend(c.to.iter().map(String::as_str));
    }
    names.into_iter().filter(|n| !n.is_empty()).map(|n| actor(brief, n)).collect()
}

fn actor<'a>(brief: &Brief, name: &'a str) -> ActorOut<'a> {
    let blank = ActorOut {
        name,
        kind: ActorKind::Person.as_str(),
        guessed: true,
        country: "",
        parent: "",
        plover: "",
        cameo: "",
        ucdp_name: "",
        ucdp_id: "",
    };
    if let Some(a) = Lexicon::embedded().actors.get(name) {
        return ActorOut {
            kind: a.kind.as_str(),
            guessed: false,
            country: &a.country,
            parent: &a.parent,
            plover: &a.sector,
            cameo: &a.cameo,
            ucdp_name: &a.ucdp_name,
            ucdp_id: &a.ucdp_id,
            ..blank
        };
    }
    let unlisted = brief.readings.iter().flat_map(|r| &r.unlisted).find(|(n, _)| n == name);
    let kind = match unlisted {
        Some((_, kind)) => *kind,
        // "unidentified militants", "rebels", "Mangal tribe": people named by what they are.
        None if name.starts_with("unidentified") || name == "rebels" => ActorKind::ArmedGroup,
        None if name.ends_with(" tribe") || name.ends_with(" clan") => ActorKind::Community,
        None if name.chars().next().is_some_and(char::is_lowercase) => ActorKind::Role,
        None => ActorKind::Person,
    };
    ActorOut { kind: kind.as_str(), ..blank }
}
