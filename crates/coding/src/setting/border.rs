//! Borders that a report names by their countries or by none: "the Afghan border", "its border with Iran", "the border".
//!
//! Which two countries are meant is settled by what stands beside the word, else by the neighbours that the report speaks
//! of most. Each side of a border is a place of its own, as in the tables.

use crate::frame::Frame;
use crate::tree::Tree;
use crate::who::Resolver;
use counterclaim_text::{ActorKind, Level, PlaceRef, Rel, Upos};

/// What an event says of its own.
pub(crate) struct Event<'a> {
    /// The frame of its trigger.
    pub frame: &'a Frame,
    /// Its kind.
    pub kind: &'a str,
    /// True if both sides act.
    pub mutual: bool,
    /// Who did it, in canonical names.
    pub doers: &'a [String],
    /// Who was hit.
    pub hit: &'a [String],
}

/// The sides of the border at which an event happened, if its clause names one without a place.
pub(crate) fn border(tree: &Tree, who: &Resolver, e: &Event) -> Vec<PlaceRef> {
    let s = tree.syntax.sentences[tree.sentence(e.frame.trigger)].tokens();
    let closure = matches!(e.kind, "border-closure" | "border-reopening");
    let at = |t: &usize| {
        matches!(tree.lemma(*t), "border" | "frontier")
            && matches!(tree.upos(*t), Upos::Noun | Upos::Propn)
            && !matches!(tree.rel(*t), Rel::Compound | Rel::Amod)
            && who.entities.place(*t).is_none_or(|p| p.place.gazetteer_id.is_empty())
            && who.entities.actor(*t).is_none()
            && (closure && (e.frame.obj.contains(t) || e.frame.subj.contains(t)) || hangs(tree, e.frame, *t))
    };
    let Some(word) = s.clone().find(at) else { return Vec::new() };
    let named = named(tree, who, word);
    let Some((a, b)) = pair(who, &named) else { return Vec::new() };
    let country = |actor: &String| {
        let table = &who.lexicon.actors;
        let state = table.get(actor).filter(|x| x.kind == ActorKind::State || x.name == "Afghan Taliban");
        state.map(|x| x.country.split('|').next().unwrap_or("").to_string()).filter(|c| *c == a || *c == b)
    };
    let doers: Vec<String> = e.doers.iter().filter_map(country).collect();
    let sides: Vec<&str> = if e.mutual && doers.iter().any(|d| *d != doers[0]) {
        vec![&a, &b]
    } else {
        let one = match &named[..] {
            // "at the border with Belarus", told in Ukraine: the near side.
            [one] => {
                if *one == a {
                    Some(b.clone())
                } else {
                    Some(a.clone())
                }
            }
            _ => None,
        };
        let acted = if closure {
            doers.first().cloned()
        } else {
            e.hit.iter().filter_map(country).next().or(doers.first().cloned())
        };
        let home = Some(who.entities.context.home.clone()).filter(|h| *h == a || *h == b);
        let side = if closure { acted.or(home).or(one) } else { one.or(acted).or(home) };
        vec![if side.as_deref() == Some(b.as_str()) { &b } else { &a }]
    };
    sides.into_iter().map(|side| place(who, &a, &b, side)).collect()
}

/// True for a phrase of place that hangs on the event or on a phrase of its clause.
fn hangs(tree: &Tree, f: &Frame, t: usize) -> bool {
    let spatial = |p: &str| matches!(p, "at" | "on" | "along" | "across" | "near" | "over" | "by");
    if !tree.preposition(t).is_some_and(spatial) {
        return false;
    }
    let mut at = t;
    for _ in 0..8 {
        if at == f.trigger || Some(at) == f.verb {
            return true;
        }
        if at != t && tree.upos(at) == Upos::Verb {
            break;
        }
        match tree.head(at) {
            Some(up) => at = up,
            None => break,
        }
    }
    // "forces exchanged fire along the border", "clashes broke out on the border": the noun carries the event, the verb
    // the place.
    let clause = tree.clause(t);
    f.verb.unwrap_or(f.trigger) == clause || tree.head(f.trigger) == Some(clause)
}

/// Countries that stand beside the word: "Afghan", "Kenya's", "with Iran", "between Chad and Sudan".
fn named(tree: &Tree, who: &Resolver, word: usize) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut add = |t: usize| {
        let place = who.entities.place(t).filter(|p| p.place.level == Level::Country).map(|p| p.place.country.clone());
        let actor = || {
            let m = who.entities.actor(t).filter(|m| m.kind == ActorKind::State)?;
            who.lexicon.actors.get(&m.actor).map(|a| a.country.clone())
        };
        // "Tajik" may name the people elsewhere; of a border it tells the state.
        let adjective = || who.lexicon.actors.state_of_word(tree.word(t)).map(|a| a.country.clone());
        if let Some(c) = place.or_else(actor).or_else(adjective).filter(|c| c.len() == 2)
            && !out.contains(&c)
        {
            out.push(c);
        }
    };
    for k in tree.kids(word) {
        let beside = match tree.rel(k) {
            Rel::Amod | Rel::Compound | Rel::NmodPoss => true,
            Rel::Nmod => matches!(tree.preposition(k), Some("with" | "between" | "of")),
            _ => false,
        };
        if beside {
            add(k);
            tree.kids(k).filter(|c| matches!(tree.rel(*c), Rel::Conj | Rel::Compound | Rel::Amod)).for_each(&mut add);
        }
    }
    out
}

/// The two countries of a border, in alphabetical order of their names.
fn pair(who: &Resolver, named: &[String]) -> Option<(String, String)> {
    let c = &who.entities.context;
    let gazetteer = &who.lexicon.places;
    let mut told: Vec<&String> = c.countries.iter().map(|(k, _)| k).collect();
    if !c.home.is_empty() && !told.contains(&&c.home) {
        told.insert(told.len().min(1), &c.home);
    }
    let neighbour =
        |of: &String| told.iter().find(|k| **k != of && gazetteer.share_border(of, k)).map(|k| (*k).clone());
    let (a, b) = match named {
        [a, b, ..] if gazetteer.share_border(a, b) => (a.clone(), b.clone()),
        [a] => (a.clone(), neighbour(a)?),
        [] => {
            let first = told.iter().find(|k| neighbour(k).is_some())?;
            ((*first).clone(), neighbour(first)?)
        }
        _ => return None,
    };
    let name = |code: &str| gazetteer.country(code).map(|p| p.name.clone());
    if name(&a)? <= name(&b)? { Some((a, b)) } else { Some((b, a)) }
}

/// One side of a border: the row of the tables, or a name without coordinates.
fn place(who: &Resolver, a: &str, b: &str, side: &str) -> PlaceRef {
    let gazetteer = &who.lexicon.places;
    let name = |code: &str| gazetteer.country(code).map_or("", |p| p.name.as_str());
    let full = format!("{}-{} border", name(a), name(b));
    let key = counterclaim_lexicon::words_of(&full).join(" ");
    let rows = gazetteer.lookup(&key);
    let row = rows.iter().find(|r| r.country == side && r.level == Level::Area);
    PlaceRef {
        name: full,
        country: side.to_string(),
        admin1: row.map(|r| r.admin1.clone()).unwrap_or_default(),
        admin2: String::new(),
        level: Level::Area,
        lat_lon: row.map(|r| (r.lat, r.lon)),
        gazetteer_id: row.map(|r| r.id()).unwrap_or_default(),
        rivals: 0,
        away_km: None,
    }
}
