//! What sort of party a name stands for, and its codes, as far as the tables know.

use counterclaim_lexicon::{Actor, Lexicon};
use counterclaim_text::ActorKind;

/// The actor that a name of a data set or of ours means.
pub(crate) fn known<'l>(lexicon: &'l Lexicon, name: &str) -> Option<&'l Actor> {
    let find = |canonical: &str| lexicon.actors.get(canonical);
    find(name).or_else(|| find(&lexicon.coded_names.actor(&lexicon.actors, name)?))
}

/// True for those who take no part in fighting.
pub(crate) fn is_civilian(lexicon: &Lexicon, name: &str) -> bool {
    use ActorKind::{Community, Media, Ngo, Person, Role};
    known(lexicon, name).is_some_and(|a| matches!(a.kind, Community | Media | Ngo | Person | Role))
}

/// True if there are names and all are civilians.
pub(crate) fn all_civilians(lexicon: &Lexicon, names: &[String]) -> bool {
    !names.is_empty() && names.iter().all(|n| is_civilian(lexicon, n))
}

/// True for states and their organs.
pub(crate) fn is_state(lexicon: &Lexicon, name: &str) -> bool {
    known(lexicon, name).is_some_and(|a| matches!(a.kind, ActorKind::State | ActorKind::Organ))
}

/// ISO 3166-1 alpha-2 of the state or country with this name; empty if unknown.
pub(crate) fn country_code(lexicon: &Lexicon, name: &str) -> String {
    if name.is_empty() {
        return String::new();
    }
    let state = known(lexicon, name).filter(|a| a.kind == ActorKind::State);
    state.map(|a| a.country.clone()).unwrap_or_default()
}

/// The name of the country with this code; the code itself if it is unknown.
pub(crate) fn country_name<'l>(lexicon: &'l Lexicon, code: &'l str) -> &'l str {
    let state = lexicon.actors.state_of_country(code).map(|a| a.name.as_str());
    state.or_else(|| lexicon.places.country(code).map(|c| c.name.as_str())).unwrap_or(code)
}

/// PLOVER's country (ISO 3166-1 alpha-3) and sector of an actor; empty where unknown.
pub(crate) fn plover_codes(lexicon: &Lexicon, name: &str) -> (String, String) {
    let Some(actor) = known(lexicon, name) else { return Default::default() };
    let code = lexicon.actors.states().iter().find(|s| !s.iso2.is_empty() && s.iso2 == actor.country);
    (code.map(|s| s.iso3.clone()).unwrap_or_default(), actor.sector.clone())
}
