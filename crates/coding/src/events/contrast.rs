//! Two accounts of one occurrence in one sentence: "three shepherds were killed, villagers said, while the army insists that it
//! shot seven fighters".

use super::{EventDraft, family};
use crate::speech::Speeches;
use crate::tree::Tree;
use counterclaim_text::{ActorKind, PlaceRef};

/// How far apart, in degrees, two accounts may put one occurrence.
const NEAR: f64 = 0.8;

/// Marks the second of two contrasted accounts as a mention of the event that the first tells of.
pub(super) fn join_accounts(tree: &Tree, speeches: &Speeches, events: &mut [EventDraft]) {
    for k in 1..events.len() {
        let first = (0..k).rev().find(|i| contrasted(tree, speeches, &events[*i], &events[k]));
        if let Some(i) = first {
            events[k].same_as = Some(events[i].same_as.unwrap_or(events[i].trigger));
        }
    }
}

fn contrasted(tree: &Tree, speeches: &Speeches, a: &EventDraft, b: &EventDraft) -> bool {
    let told = |e: &EventDraft| e.real() && !e.modifier && e.same_as.is_none() && family(&e.kind) == 1;
    let speaker = |e: &EventDraft| e.speech.map(|s| &speeches.all[s as usize].speaker);
    let (Some(x), Some(y)) = (speaker(a), speaker(b)) else { return false };
    let party =
        |k: ActorKind| matches!(k, ActorKind::State | ActorKind::Organ | ActorKind::ArmedGroup | ActorKind::Role);
    if a.sentence != b.sentence || !told(a) || !told(b) || x.actor == y.actor || !party(x.kind) || !party(y.kind) {
        return false;
    }
    let between = a.trigger.min(b.trigger) as usize..a.trigger.max(b.trigger) as usize;
    let but = between.into_iter().any(|t| matches!(tree.lemma(t), "while" | "whereas" | "but" | "though"));
    let days = !(a.own_date && b.own_date && a.when != b.when);
    // Each speaks of the same doer, or one names none: two acts of two sides are two.
    let doer = a.perpetrators.is_empty()
        || b.perpetrators.is_empty()
        || a.perpetrators.iter().any(|p| b.perpetrators.contains(p));
    but && days && doer && near(&a.places, &b.places)
}

fn near(a: &[PlaceRef], b: &[PlaceRef]) -> bool {
    let close = |p: &PlaceRef, q: &PlaceRef| {
        p.name == q.name
            || p.lat_lon.zip(q.lat_lon).is_some_and(|(x, y)| (x.0 - y.0).abs() < NEAR && (x.1 - y.1).abs() < NEAR)
    };
    a.is_empty() || b.is_empty() || a.iter().any(|p| b.iter().any(|q| close(p, q)))
}
