//! Mentions of one event in one sentence joined, and bare deaths given to the stronger event that they belong to.

use super::{EventDraft, family, rank};
use crate::coded::Fired;
use crate::setting;
use crate::tree::Tree;
use counterclaim_text::{Modality, Polarity, Rel};

/// Relation path between two triggers of a sentence: true if one is an argument or adjunct clause of the other.
fn linked(tree: &Tree, a: usize, b: usize) -> Option<Rel> {
    for (low, high) in [(a, b), (b, a)] {
        let mut at = low;
        for _ in 0..4 {
            let rel = tree.rel(at);
            let Some(h) = tree.head(at) else { break };
            if h == high {
                return Some(rel);
            }
            if !matches!(
                rel,
                Rel::Compound
                    | Rel::Nmod
                    | Rel::Conj
                    | Rel::Obj
                    | Rel::Obl
                    | Rel::Xcomp
                    | Rel::Acl
                    | Rel::AclRelcl
                    | Rel::Advcl
                    | Rel::Nsubj
                    | Rel::NsubjPass
                    | Rel::Amod
            ) {
                break;
            }
            at = h;
        }
    }
    None
}

/// Joins mentions of one event in one sentence.
pub(super) fn join_in_sentence(tree: &Tree, events: &mut Vec<EventDraft>, fired: &mut [Fired]) {
    let mut i = 0;
    while i < events.len() {
        let mut j = i + 1;
        while j < events.len() {
            if events[j].sentence != events[i].sentence {
                break;
            }
            let (a, b) = (events[i].trigger as usize, events[j].trigger as usize);
            let harm = |t: usize| {
                matches!(
                    tree.lemma(t),
                    "kill"
                        | "wound"
                        | "injure"
                        | "martyr"
                        | "die"
                        | "destroy"
                        | "damage"
                        | "burn"
                        | "target"
                        | "fire"
                        | "conduct"
                        | "explode"
                        | "hit"
                        | "shoot"
                )
            };
            let (va, vb) = (events[i].verb as usize, events[j].verb as usize);
            let rel = linked(tree, a, b)
                .or_else(|| linked(tree, va, b))
                .or_else(|| linked(tree, a, vb))
                .or_else(|| linked(tree, va, vb));
            let conflict = events[i].own_date && events[j].own_date && events[i].when != events[j].when
                || events[i].own_place
                    && events[j].own_place
                    && !events[i].places.iter().any(|p| {
                        events[j]
                            .places
                            .iter()
                            .any(|q| p.name == q.name || setting::holds(p, q) || setting::holds(q, p))
                    });
            let argument = matches!(
                rel,
                Some(
                    Rel::Nsubj
                        | Rel::Obj
                        | Rel::NsubjPass
                        | Rel::Obl
                        | Rel::OblAgent
                        | Rel::Nmod
                        | Rel::Compound
                        | Rel::Amod
                        | Rel::Xcomp
                )
            );
            let clause = matches!(rel, Some(Rel::Advcl | Rel::AclRelcl | Rel::Acl | Rel::Conj | Rel::Parataxis));
            let same_kind = events[i].kind == events[j].kind;
            let family = family(&events[i].kind) == family(&events[j].kind);
            let temporal = rel == Some(Rel::Advcl) && {
                let low = if tree.within(a, b) { a } else { b };
                tree.kids(low).any(|k| matches!(tree.lemma(k), "after" | "before" | "since" | "following"))
            };
            let response = rel == Some(Rel::Obl) && {
                let low = if tree.within(a, b) { a } else { b };
                tree.kids(low).any(|k| {
                    matches!(
                        tree.lemma(k),
                        "after"
                            | "before"
                            | "since"
                            | "following"
                            | "follow"
                            | "response"
                            | "retaliation"
                            | "revenge"
                            | "for"
                    )
                })
            };
            let weak = events[i].weak || events[j].weak;
            let join = rel.is_some()
                && !temporal
                && !response
                && !conflict
                && (argument && (family || weak || harm(a) || harm(b))
                    || clause && (weak || same_kind || family && (harm(a) || harm(b))));
            if join {
                let other = events.remove(j);
                fired.iter_mut().filter(|f| f.trigger == other.trigger).for_each(|f| {
                    f.dropped =
                        f.dropped.take().or_else(|| Some("joined with another mention of the same event".into()))
                });
                let first = events[i].clone();
                let better = (rank(&other.kind), u8::from(!other.weak)) > (rank(&first.kind), u8::from(!first.weak))
                    && !other.weak
                    || first.weak && !other.weak;
                // The governing clause decides what is real.
                let governs = tree.within(first.trigger as usize, other.trigger as usize);
                let (mut lead, rest) =
                    if better { (other.clone(), first.clone()) } else { (first.clone(), other.clone()) };
                if governs && !argument {
                    lead.polarity = other.polarity;
                    lead.modality = other.modality;
                } else if argument {
                    let unreal = |e: &EventDraft| e.polarity == Polarity::Negated || e.modality != Modality::Actual;
                    let top = if governs { &other } else { &first };
                    if unreal(top) {
                        lead.polarity = top.polarity;
                        lead.modality = top.modality;
                    }
                }
                for p in rest.perpetrators {
                    if !lead.perpetrators.contains(&p) && (lead.perpetrators.is_empty() || lead.mutual) {
                        lead.perpetrators.push(p);
                    }
                }
                for t in rest.targets {
                    if !lead.targets.contains(&t) && !lead.perpetrators.contains(&t) {
                        lead.targets.push(t);
                    }
                }
                if !lead.own_place {
                    lead.places = rest.places;
                    lead.own_place = rest.own_place;
                }
                if !lead.own_date {
                    lead.when = rest.when;
                    lead.own_date = rest.own_date;
                }
                lead.definite &= rest.definite;
                lead.modifier &= rest.modifier;
                lead.span = if lead.span.join(rest.span).len() < 320 { lead.span.join(rest.span) } else { lead.span };
                events[i] = lead;
            } else {
                j += 1;
            }
        }
        i += 1;
    }
}

/// A bare death tells of a stronger event nearby, if there is one; its tolls move there.
pub(super) fn drop_weak(events: &mut Vec<EventDraft>, fired: &mut [Fired]) {
    let mut i = 0;
    while i < events.len() {
        if !events[i].weak || !events[i].real() {
            i += 1;
            continue;
        }
        let e = events[i].clone();
        let differs = |o: &EventDraft| {
            e.own_place
                && o.own_place
                && !e
                    .places
                    .iter()
                    .any(|p| o.places.iter().any(|q| p.name == q.name || setting::holds(p, q) || setting::holds(q, p)))
                || e.own_date && o.own_date && e.when != o.when
        };
        let host = events
            .iter()
            .enumerate()
            .filter(|(k, o)| *k != i && o.real() && family(&o.kind) <= 2 && !o.weak && o.kind != "arrest")
            .filter(|(_, o)| {
                o.sentence.abs_diff(e.sentence) <= 2 && (o.paragraph == e.paragraph || o.paragraph + 1 == e.paragraph)
            })
            .filter(|(_, o)| !differs(o))
            .min_by_key(|(_, o)| (o.sentence > e.sentence, o.sentence.abs_diff(e.sentence)))
            .map(|(k, _)| k);
        let bare = !e.own_place && !e.own_date && e.perpetrators.is_empty();
        match host {
            Some(h) => {
                for t in e.tolls {
                    if !events[h].tolls.contains(&t) {
                        if !t.who.is_empty()
                            && !events[h].targets.contains(&t.who)
                            && !events[h].perpetrators.contains(&t.who)
                            && t.low > 0
                        {
                            events[h].targets.push(t.who.clone());
                        }
                        events[h].tolls.push(t);
                    }
                }
                // It stays as a mention of the host, so that what a speaker says in it finds its incident.
                let host = events[h].trigger;
                let e = &mut events[i];
                e.tolls = Vec::new();
                e.same_as = Some(host);
                i += 1;
            }
            None if bare || e.tolls.is_empty() => {
                fired
                    .iter_mut()
                    .filter(|f| f.trigger == e.trigger)
                    .for_each(|f| f.dropped = Some("a death without place, date or doer".into()));
                events.remove(i);
            }
            None => i += 1,
        }
    }
}
