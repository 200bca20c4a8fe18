//! Where two speakers put one occurrence on two sides of a border: a claim of place for each.
//!
//! Places are named all the time and mostly agree; only where they exclude each other do they become claims, and only where
//! one report tells both: what two reports put in two places is more likely two things.

use crate::assemble::{Part, kind_of};
use crate::link::{Group, Mention};
use counterclaim_coding::{ClaimDraft, place_holds};
use counterclaim_text::{Aspect, PlaceRef, Stance};

/// Claims of place that contradict each other, each with the position of its report.
pub fn contested(group: &Group, parts: &[&Part]) -> Vec<(usize, ClaimDraft)> {
    if kind_of(group) == "armed-clash" {
        return Vec::new();
    }
    let told: Vec<&Mention> = group.members.iter().filter(|m| m.event.own_place && !m.event.mutual).collect();
    let mut out: Vec<(usize, ClaimDraft)> = Vec::new();
    // What is told of both sides, as a clash across a line is, contests nothing.
    let both = told.iter().any(|m| m.event.places.iter().any(|p| m.event.places.iter().any(|q| apart(p, q))));
    if both {
        return out;
    }
    let contests = |a: &Mention, b: &Mention| {
        let (x, y) = (speaker(a, parts), speaker(b, parts));
        a.report == b.report && x.is_some() && y.is_some() && x != y && exclude(&a.event.places, &b.event.places)
    };
    for m in &told {
        if told.iter().any(|o| contests(m, o))
            && let Some(draft) = claim(m, parts)
            && !out.iter().any(|(_, c)| c.speaker == draft.speaker)
        {
            out.push((m.report, draft));
        }
    }
    out
}

fn speaker<'a>(m: &Mention, parts: &[&'a Part]) -> Option<&'a str> {
    let speech = m.event.speech?;
    Some(parts[m.report].coded.speeches.all[speech as usize].speaker.actor.as_str())
}

fn apart(p: &PlaceRef, q: &PlaceRef) -> bool {
    !p.country.is_empty() && !q.country.is_empty() && p.country != q.country
}

/// True if no place of one can be a place of the other.
fn exclude(a: &[PlaceRef], b: &[PlaceRef]) -> bool {
    let holds = |p: &PlaceRef, q: &PlaceRef| place_holds(p, q) || place_holds(q, p);
    !a.is_empty() && !b.is_empty() && a.iter().all(|p| b.iter().all(|q| apart(p, q) && !holds(p, q)))
}

fn claim(m: &Mention, parts: &[&Part]) -> Option<ClaimDraft> {
    let speech = &parts[m.report].coded.speeches.all[m.event.speech? as usize];
    Some(ClaimDraft {
        speaker: speech.speaker.actor.clone(),
        via: speech.speaker.via.clone(),
        stance: Stance::Asserts,
        aspect: Aspect::Place,
        value: m.event.places.first()?.name.clone(),
        span: m.event.span,
        event: Some(m.index),
        slug: None,
        sentence: m.event.sentence,
        rule: format!("{}/place", speech.rule),
    })
}
