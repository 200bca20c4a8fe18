//! Places: names in the gazetteer and names that only the wording shows to be places; rivals settled by what the
//! report talks about, by containment, by level words ("district"), by size and by the other places that it names.

mod about;
mod accept;
mod candidates;
mod dateline;
mod given;
mod grid;
mod groups;
mod people;
mod roads;
#[cfg(test)]
mod tests;
mod unknown;
mod weigh;
mod wording;

pub use given::locate;

use crate::actors::{Name, What, is_capitalised};
use crate::{Context, Words};
use candidates::{Candidate, Scene, candidates};
use counterclaim_lexicon::{Lexicon, PlaceEntry};
use counterclaim_text::{ActorKind, Level, PlaceMention, PlaceRef, Report, Syntax};
use groups::Groups;
use people::People;

/// The places of a text.
#[derive(Default)]
pub(crate) struct Found {
    /// Places that the text speaks of, in text order.
    pub places: Vec<PlaceMention>,
    /// Places that only say where the report was filed.
    pub datelines: Vec<PlaceMention>,
}

/// Finds and resolves places; fills the context's list of countries.
pub(crate) fn find(
    report: &Report,
    syntax: &Syntax,
    words: &Words,
    lexicon: &Lexicon,
    names: &[Name],
    date_at: &[u32],
    context: &mut Context,
) -> Found {
    let text = report.text.as_str();
    let (taken, demonyms) = names_of_actors(syntax, lexicon, names);
    let people = People::of(text, syntax, words);
    let scene = Scene { text, syntax, words, taken: &taken, date_at, people: &people, lexicon };
    let mut groups = Groups::new(lexicon);
    let candidates = candidates(&scene, &mut groups);
    about::fill(context, text, syntax, lexicon, names, &candidates, &groups);
    let choices = weigh::choose(&candidates, &groups, syntax, context);
    let mut out = Found::default();
    for (c, choice) in candidates.iter().zip(choices) {
        let span = syntax.tokens[c.first].span.join(syntax.tokens[c.last].span);
        let place = match (c.group, choice) {
            (Some(g), Some(choice)) => {
                let entries = groups.entries(g);
                known(&entries[choice.entry], span.of(text), entries.len() as u32 - 1)
            }
            _ => unplaced(c, span.of(text)),
        };
        let mention = PlaceMention {
            span,
            tokens: (c.first as u32, c.last as u32),
            place,
            why: choice.map_or("", |c| c.why),
            demonym: false,
        };
        if dateline::is_dateline(text, syntax, c) {
            out.datelines.push(mention);
        } else {
            out.places.push(mention);
        }
    }
    unknown::contain(&mut out.places, context);
    roads::join(text, syntax, &mut out.places);
    let covered = |i: usize| taken[i] || candidates.iter().any(|c| c.first <= i && i <= c.last);
    out.places.extend(adjectives(&scene, covered));
    out.places.extend(demonyms);
    out.places.sort_by_key(|p| p.span);
    out
}

/// The tokens of actors' names that are no places, and the adjectives and peoples of states among them.
fn names_of_actors(syntax: &Syntax, lexicon: &Lexicon, names: &[Name]) -> (Vec<bool>, Vec<PlaceMention>) {
    let mut taken = vec![false; syntax.tokens.len()];
    let mut demonyms = Vec::new();
    for name in names {
        let What::Actor { actor, demonym, .. } = &name.what else { continue };
        match actor.kind {
            ActorKind::State if *demonym => {
                let country = lexicon.places.country(&actor.country);
                demonyms.push(PlaceMention {
                    span: syntax.tokens[name.first].span.join(syntax.tokens[name.last].span),
                    tokens: (name.first as u32, name.last as u32),
                    demonym: true,
                    why: "",
                    place: PlaceRef {
                        name: actor.name.clone(),
                        country: actor.country.clone(),
                        admin1: String::new(),
                        admin2: String::new(),
                        level: Level::Country,
                        lat_lon: country.map(|c| (c.lat, c.lon)),
                        gazetteer_id: String::new(),
                        rivals: 0,
                        away_km: None,
                    },
                });
            }
            ActorKind::State => continue,
            // A group's name is no place, even if it holds one ("Balochistan Liberation Army").
            _ if name.last == name.first && matches!(actor.kind, ActorKind::Community | ActorKind::Role) => continue,
            _ => {}
        }
        for flag in &mut taken[name.first..=name.last] {
            *flag = true;
        }
    }
    (taken, demonyms)
}

/// Adjectives and peoples of regions ("European", "Texans"): they say where, but are no location by themselves.
fn adjectives(scene: &Scene, covered: impl Fn(usize) -> bool) -> Vec<PlaceMention> {
    let tokens = &scene.syntax.tokens;
    let mut out = Vec::new();
    let mut i = 0;
    while i < tokens.len() {
        let start = i;
        i += 1;
        if !is_capitalised(scene.surface(start)) || scene.words.is_empty(start) || covered(start) {
            continue;
        }
        // "Latin American" before "American".
        let found =
            [start + 1, start].into_iter().filter(|last| *last < tokens.len() && !covered(*last)).find_map(|last| {
                Some((last, scene.lexicon.places.of_adjective(&scene.words.key(start, last)).first().copied()?))
            });
        if let Some((last, e)) = found {
            let span = tokens[start].span.join(tokens[last].span);
            let place = known(e, "", 0);
            out.push(PlaceMention { span, tokens: (start as u32, last as u32), place, why: "", demonym: true });
            i = last + 1;
        }
    }
    out
}

fn known(e: &PlaceEntry, surface: &str, rivals: u32) -> PlaceRef {
    PlaceRef {
        name: shown(e, surface),
        country: e.country.clone(),
        admin1: if e.level == Level::Admin1 { e.name.clone() } else { e.admin1.clone() },
        admin2: if e.level == Level::Admin2 { e.name.clone() } else { e.admin2.clone() },
        level: e.level,
        lat_lon: Some((e.lat, e.lon)),
        gazetteer_id: e.id(),
        rivals,
        away_km: None,
    }
}

/// A named place without coordinates.
fn unplaced(c: &Candidate, surface: &str) -> PlaceRef {
    PlaceRef {
        name: surface.to_string(),
        country: String::new(),
        admin1: String::new(),
        admin2: String::new(),
        level: c.wanted.unwrap_or(Level::Town),
        lat_lon: None,
        gazetteer_id: String::new(),
        rivals: 0,
        away_km: None,
    }
}

/// Small places keep the report's own spelling; provinces, countries and names in capitals take the gazetteer's.
fn shown(e: &PlaceEntry, surface: &str) -> String {
    let written = surface.chars().any(char::is_lowercase) && surface.chars().count() > 3 && is_capitalised(surface);
    let small = matches!(e.level, Level::Town | Level::Admin2 | Level::Area);
    // The dot of a sentence that the tokenizer left with its last word.
    let surface = if e.name.ends_with('.') { surface } else { surface.trim_end_matches('.') };
    if small && written { surface.split_whitespace().collect::<Vec<_>>().join(" ") } else { e.name.clone() }
}
