//! Lists of places with a figure each, and plural attacks on several places: one event a place.

use super::people::People;
use crate::events::{EventDraft, family};
use crate::tree::Tree;
use crate::who::Resolver;
use counterclaim_text::{Level, PlaceRef, Scope, Span, Toll, TollKind, Upos, Xpos};

/// The items of a list "eight in Baga, four in Monguno": place, figure, words.
pub(super) fn items(tree: &Tree, who: &Resolver, sentence: usize) -> Vec<(PlaceRef, u64, Span)> {
    let mut out = Vec::new();
    for t in tree.syntax.sentences[sentence].tokens() {
        let Some(p) = who.entities.place(t).filter(|p| !p.demonym && p.tokens.0 as usize == t) else { continue };
        let inside = t > 0 && matches!(tree.lemma(t - 1), "in" | "at" | "near");
        let figure = t.checked_sub(2).and_then(|k| who.entities.quantity(k));
        if let Some(q) = figure.filter(|q| inside && !q.vague && q.low < 1000) {
            out.push((p.place.clone(), q.low, q.span.join(p.span)));
        }
    }
    out
}

/// Figures whose word of harm is not said again: "two were killed in Goma and three in Sake", "the army lost six men and
/// the rebels 20".
pub(super) fn gapped(tree: &Tree, who: &Resolver, i: usize, harmful: &[bool]) -> Vec<People> {
    let s = tree.syntax.sentences[tree.sentence(i)].tokens();
    let mut out = Vec::new();
    let closes = |t: usize| {
        t >= s.end || matches!(tree.upos(t), Upos::Punct | Upos::Sconj | Upos::Adp | Upos::Adv | Upos::Cconj)
    };
    for and in i + 1..s.end.min(i + 24) {
        if harmful[and] || tree.upos(and) == Upos::Verb {
            break;
        }
        if !(matches!(tree.word(and), "," | ";") || matches!(tree.lemma(and), "and" | "while")) {
            continue;
        }
        let figure = |t: usize| who.entities.quantity(t).filter(|q| q.tokens.0 as usize == t && !q.vague && q.low > 0);
        // After a place comes the figure of the next one.
        let placed = (i + 1..and).any(|t| who.entities.place(t).is_some());
        if let Some(q) = figure(and + 1).filter(|_| placed) {
            let (first, last) = (and + 1, q.tokens.1 as usize);
            let place = who.entities.place(last + 2).filter(|p| !p.demonym);
            let spatial = last + 1 < s.end && matches!(tree.lemma(last + 1), "in" | "at" | "near");
            if let Some(p) = place.filter(|p| spatial && closes(p.tokens.1 as usize + 1)) {
                let tokens = (first, p.tokens.1 as usize);
                out.push(People { low: q.low, high: q.high, head: last, tokens, scope: Scope::Added });
            }
            continue;
        }
        if tree.lemma(i) == "lose" {
            let other = (and + 1..s.end.min(and + 5)).find(|t| who.entities.actor(*t).is_some());
            let end = other.and_then(|t| who.entities.actor(t)).map(|m| m.tokens.1 as usize);
            if let Some((m, q)) = end.and_then(|e| Some((e, figure(e + 1)?)))
                && closes(q.tokens.1 as usize + 1)
            {
                let tokens = (m + 1, q.tokens.1 as usize);
                out.push(People { low: q.low, high: q.high, head: m, tokens, scope: Scope::Group });
            }
        }
    }
    out
}

/// "Seven in Baga, two in Monguno": a list without a word of harm, as an answer to how many died. The first number
/// stands for the whole list; the parting into places takes the others.
pub(super) fn bare(tree: &Tree, who: &Resolver, i: usize, harmful: &[bool]) -> Option<(TollKind, People)> {
    let q = who.entities.quantity(i).filter(|q| q.tokens.0 as usize == i && !q.vague)?;
    let sentence = tree.sentence(i);
    let s = tree.syntax.sentences[sentence].tokens();
    let first = s.clone().find(|t| who.entities.quantity(*t).is_some()) == Some(i);
    let verb = s.clone().any(|t| matches!(tree.upos(t), Upos::Verb | Upos::Aux));
    if !first || verb || items(tree, who, sentence).len() < 2 {
        return None;
    }
    let start = tree.syntax.sentences[sentence.saturating_sub(4)].start as usize;
    let asked = (start..i).rev().any(|t| harmful[t] && matches!(tree.lemma(t), "dead" | "kill" | "die" | "killed"));
    asked.then_some((
        TollKind::Killed,
        People { low: q.low, high: q.high, head: i, tokens: (i, i), scope: Scope::Whole },
    ))
}

/// "eight in Baga, four in Monguno": one event a place, each with its own figure; and plural attacks over several days
/// or by nobody in particular: one event a place.
pub(crate) fn split(tree: &Tree, who: &Resolver, events: &mut Vec<EventDraft>) {
    let mut out: Vec<EventDraft> = Vec::new();
    for e in events.drain(..) {
        if !e.real() || family(&e.kind) > 2 {
            out.push(e);
            continue;
        }
        let items = items(tree, who, e.sentence as usize);
        if items.len() >= 2 {
            let what = e.tolls.first().map_or(TollKind::Killed, |t| t.what);
            for (place, n, span) in items {
                let toll = Toll {
                    what,
                    low: n,
                    high: n,
                    who: e.tolls.first().map(|t| t.who.clone()).unwrap_or_default(),
                    span,
                    speaker: e.tolls.first().map(|t| t.speaker.clone()).unwrap_or_default(),
                    scope: Scope::Whole,
                };
                out.push(EventDraft {
                    places: vec![place],
                    own_place: true,
                    tolls: vec![toll],
                    span,
                    definite: false,
                    ..e.clone()
                });
            }
            continue;
        }
        let generic = e.perpetrators.iter().all(|p| p.starts_with("unidentified"))
            && (!e.perpetrators.is_empty() || e.speech.is_none());
        let many_days = e.when.is_some_and(|w| w.start != w.end);
        let plural = matches!(tree.syntax.tokens[e.trigger as usize].xpos, Xpos::Nns);
        let small = e.places.iter().all(|p| matches!(p.level, Level::Town | Level::Admin2));
        if e.places.len() >= 2 && generic && small && (many_days || plural) && !e.mutual {
            for p in &e.places {
                out.push(EventDraft { places: vec![p.clone()], ..e.clone() });
            }
            continue;
        }
        out.push(e);
    }
    *events = out;
}
