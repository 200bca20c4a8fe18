//! Doers that a statement implies: a side that tells of its enemies' losses without naming a doer means itself
//! ("Twelve militants were killed in the operation area, the army said").

use crate::events::EventDraft;
use crate::speech::{Speech, Speeches};
use crate::tree::Tree;
use counterclaim_lexicon::Lexicon;
use counterclaim_text::{ActorKind, Stance};

/// Kinds of which nobody speaks like that without having done them; bombs and abductions may be anybody's.
const OWN: &[&str] =
    &["air-strike", "shelling", "armed-attack", "security-operation", "targeted-killing", "armed-clash", "arrest"];

/// What a speaker denies having done is no figure of that speaker.
pub(crate) fn denied_tolls(tree: &Tree, speeches: &Speeches, events: &mut [EventDraft]) {
    for t in events.iter_mut().flat_map(|e| e.tolls.iter_mut()).filter(|t| t.low > 0) {
        let denies = |s: &&Speech| {
            s.stance == Stance::Denies && !s.negated && s.speaker.actor == t.speaker && s.span(tree).overlaps(t.span)
        };
        if speeches.all.iter().find(denies).is_some() {
            t.speaker.clear();
        }
    }
}

/// Fills in the doer of events without one.
pub(crate) fn doers(tree: &Tree, lexicon: &Lexicon, speeches: &Speeches, events: &mut [EventDraft]) {
    // "blamed X for the blast": X.
    for e in events.iter_mut().filter(|e| e.real() && e.perpetrators.is_empty()) {
        let accused = e.speech.and_then(|s| speeches.all[s as usize].accused.as_ref());
        let violent = lexicon.kinds.get(&e.kind).is_some_and(|k| k.violent);
        if let Some(w) = accused.filter(|w| violent && !e.targets.contains(&w.actor)) {
            e.perpetrators.push(w.actor.clone());
            e.rule.push_str("+accused");
        }
    }
    let kind = |actor: &str| match actor {
        a if a.starts_with("unidentified") => Some(ActorKind::ArmedGroup),
        a => lexicon.actors.get(a).map(|a| a.kind),
    };
    // The Afghan Taliban are an armed group in the table and act as a state.
    let state = |actor: &str| actor == "Afghan Taliban" || kind(actor) == Some(ActorKind::State);
    // The truce of an agreement is between those who agreed; a unilateral one is its speaker's.
    let pacts: Vec<(u32, Vec<String>)> = events
        .iter()
        .filter(|e| e.real() && matches!(e.kind.as_str(), "agreement" | "ceasefire") && e.perpetrators.len() > 1)
        .map(|e| (e.sentence, e.perpetrators.clone()))
        .collect();
    for e in events.iter_mut().filter(|e| e.real() && e.kind == "ceasefire" && e.perpetrators.is_empty()) {
        let near = pacts.iter().filter(|(s, _)| *s <= e.sentence && e.sentence - s <= 4).max_by_key(|(s, _)| *s);
        let alone = tree.kids(e.trigger as usize).any(|k| matches!(tree.lemma(k), "unilateral" | "own"));
        let speaker = e.speech.map(|s| speeches.all[s as usize].speaker.actor.clone()).filter(|_| alone);
        if let Some(by) = speaker.map(|s| vec![s]).or_else(|| near.map(|(_, by)| by.clone())) {
            e.perpetrators = by;
            e.rule.push_str("+implied-parties");
        }
    }
    // "guerrillas had fired on a post, the group's media office said": the group's own.
    for e in events.iter_mut().filter(|e| e.real() && e.perpetrators == ["unidentified militants"]) {
        let Some(speaker) = e.speech.map(|s| &speeches.all[s as usize].speaker.actor) else { continue };
        let group =
            kind(speaker) == Some(ActorKind::ArmedGroup) && !state(speaker) && !speaker.starts_with("unidentified");
        if group && e.targets.iter().all(|t| state(t)) && OWN.contains(&e.kind.as_str()) {
            e.perpetrators = vec![speaker.clone()];
            e.rule.push_str("+implied-doer");
        }
    }
    for e in events.iter_mut().filter(|e| e.real() && e.perpetrators.is_empty() && OWN.contains(&e.kind.as_str())) {
        let Some(speech) = e.speech.map(|s| &speeches.all[s as usize]) else { continue };
        let speaker = speech.speaker.actor.as_str();
        let armed = ["defence", "defense", "army", "military", "armed forces", "general staff", "air force", "navy"];
        let via = speech.speaker.via.to_lowercase();
        let forces = armed.iter().any(|w| via.contains(w));
        let enemy = |t: &String| {
            if state(speaker) {
                kind(t) == Some(ActorKind::ArmedGroup) && !state(t) || forces && state(t) && t != speaker
            } else {
                kind(speaker) == Some(ActorKind::ArmedGroup) && state(t)
            }
        };
        if !e.targets.is_empty() && e.targets.iter().all(enemy) {
            // A state that counts dead fighters and tells of nothing else speaks of an operation.
            if e.rule.starts_with("tolls/") && state(speaker) {
                e.kind = "security-operation".into();
            }
            e.perpetrators.push(speaker.to_string());
            e.rule.push_str("+implied-doer");
        }
    }
}
