//! What countries a report talks about, and the one that it most likely writes from.

use super::candidates::Candidate;
use super::dateline::is_dateline;
use super::groups::Groups;
use crate::Context;
use crate::actors::{Name, What};
use counterclaim_lexicon::{Lexicon, PlaceEntry};
use counterclaim_text::{ActorKind, Level, Syntax};

/// Counts the countries that a report names and fills the context with them.
pub(super) fn fill(
    context: &mut Context,
    text: &str,
    syntax: &Syntax,
    lexicon: &Lexicon,
    names: &[Name],
    candidates: &[Candidate],
    groups: &Groups,
) {
    let mut counts: Vec<(String, u32)> = Vec::new();
    for name in names {
        let What::Actor { actor, capital, demonym } = &name.what else { continue };
        // "Georgia" and "Athens, Ga.": a name that others share says less.
        let shared = || {
            candidates.iter().find(|c| c.first == name.first).and_then(|c| c.group).is_some_and(|g| {
                groups.entries(g).iter().any(|e| e.country != actor.country && e.curated && e.level != Level::Area)
            })
        };
        let by = match actor.kind {
            ActorKind::State if *demonym => 2,
            ActorKind::State if shared() => u32::from(!capital),
            ActorKind::State if *capital => 2,
            ActorKind::State => 3,
            ActorKind::ArmedGroup | ActorKind::Organ | ActorKind::Party if actor.country.len() == 2 => 1,
            _ => 0,
        };
        count(&mut counts, &actor.country, by);
    }
    // Names that can only lie in one country tell what the report is about.
    for c in candidates {
        if let Some(e) = only_country(c, groups) {
            count(&mut counts, &e.country, 1);
        }
    }
    // A paper may write about other countries: its own home counts only if the text names it.
    let names_state = |cc: &str| {
        names.iter().any(|n| matches!(&n.what, What::Actor { actor, .. } if matches!(actor.kind, ActorKind::State | ActorKind::Organ) && (actor.country == cc || lexicon.actors.get(&actor.parent).is_some_and(|p| p.country == cc))))
    };
    let told = |cc: &str| {
        names_state(cc) || candidates.iter().any(|c| first_curated(c, groups).is_some_and(|e| e.country == cc))
    };
    if context.home.is_empty() || context.issuer.is_none() && !told(&context.home) {
        let home = home_of(text, syntax, names, candidates, groups);
        if !home.is_empty() {
            context.home = home;
        }
    }
    let home = context.home.clone();
    count(&mut counts, &home, 2);
    counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    context.countries = counts;
}

fn count(counts: &mut Vec<(String, u32)>, country: &str, by: u32) {
    match counts.iter_mut().find(|(c, _)| c == country) {
        Some((_, k)) => *k += by,
        None if country.len() == 2 && by > 0 => counts.push((country.to_owned(), by)),
        None => {}
    }
}

fn first_curated<'a>(c: &Candidate, groups: &'a Groups) -> Option<&'a PlaceEntry> {
    groups.entries(c.group?).first().filter(|e| e.curated)
}

/// The first place of a curated name that lies in one country only.
fn only_country<'a>(c: &Candidate, groups: &'a Groups) -> Option<&'a PlaceEntry> {
    let first = first_curated(c, groups)?;
    groups.entries(c.group?).iter().all(|e| e.country == first.country).then_some(first)
}

/// The country that a report most likely writes from: it names its own districts and towns, and the state by its
/// name; adjectives mark the others.
fn home_of(text: &str, syntax: &Syntax, names: &[Name], candidates: &[Candidate], groups: &Groups) -> String {
    let mut counts: Vec<(String, u32)> = Vec::new();
    for name in names {
        if let What::Actor { actor, capital, demonym } = &name.what
            && actor.kind == ActorKind::State
            && !demonym
        {
            count(&mut counts, &actor.country, if *capital { 1 } else { 2 });
        }
    }
    // A dateline says where the report was filed.
    if let Some(e) = candidates.iter().find(|c| is_dateline(text, syntax, c)).and_then(|c| first_curated(c, groups)) {
        count(&mut counts, &e.country, 6);
    }
    for e in candidates.iter().filter_map(|c| only_country(c, groups)).filter(|e| e.level != Level::Country) {
        count(&mut counts, &e.country, 2);
    }
    counts.into_iter().rev().max_by_key(|c| c.1).map(|c| c.0).unwrap_or_default()
}
