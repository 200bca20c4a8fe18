//! PLOVER events of one report: acts of speech, cooperation and conflict, with parties on both sides, beside the
//! incidents that the desk wants.
//!
//! Incidents are one channel (`events.rs`); promises, threats, demands, refusals and the like are another, which only
//! this module reads. It works sentence by sentence: `reading.rs` finds what the main clauses tell, `parties.rs` says
//! whose acts they are, `dress.rs` adds modes, contexts and codes. Source: PLOVER codebook 2021.

mod dress;
mod features;
mod operators;
mod parties;
mod reading;
mod scorer;

pub use features::{BUCKETS, Features};
pub use parties::Party;
pub use scorer::{Scorer, softmax};

use crate::coded::Coded;
use crate::events::EventDraft;
use crate::frame::frame;
use crate::matching::Bits;
use crate::tree::Tree;
use crate::who::Resolver;
use counterclaim_entities::Entities;
use counterclaim_lexicon::Lexicon;
use counterclaim_text::{DateValue, PlaceRef, Report, Span, Syntax};
use features::{Looker, Sides};
use parties::Parties;
use reading::{Found, Reader};

/// One PLOVER event.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Act {
    /// Type such as `ASSAULT`.
    pub kind: String,
    /// Mode, may be empty.
    pub mode: String,
    /// CAMEO code.
    pub cameo: String,
    /// Contexts that the sentence speaks of.
    pub contexts: Vec<String>,
    /// The rule that found it.
    pub rule: String,
    /// Trigger token.
    pub trigger: u32,
    /// Sentence number.
    pub sentence: u32,
    /// The sentence's words.
    pub span: Span,
    /// Who acts; for a reciprocal event everybody.
    pub actors: Vec<Party>,
    /// Towards whom; empty for a reciprocal event.
    pub recipients: Vec<Party>,
    /// True if all parties act on each other.
    pub reciprocal: bool,
    /// When, if the text says so.
    pub when: Option<DateValue>,
    /// Where, if the text says so.
    pub places: Vec<PlaceRef>,
    /// Incident kind of the desk, if the act is one.
    pub incident: String,
    /// Share of belief of the linear scorer in the type, 0 to 1; 0 if there is no scorer.
    pub confidence: f32,
}

/// The PLOVER events of a report, in text order.
///
/// `coded` is the coding of the same report: its incidents become events too.
pub fn acts(report: &Report, syntax: &Syntax, entities: &Entities, coded: &Coded, lexicon: &Lexicon) -> Vec<Act> {
    let tree = Tree::new(&report.text, syntax, &lexicon.forms);
    let who = Resolver::new(&tree, entities, lexicon);
    let bits = Bits::new(&tree, &who, lexicon);
    let parties = Parties::new(&tree, &who, entities, lexicon);
    let reader = Reader { tree: &tree, who: &who, bits: &bits, lexicon, parties: &parties };
    let mut out: Vec<Act> = Vec::new();
    for s in 0..syntax.sentences.len() {
        for found in reader.sentence(s) {
            let act = act(&tree, &parties, lexicon, &found);
            add(&mut out, act);
        }
    }
    let told = |e: &&EventDraft| {
        e.real() && e.same_as.is_none() && !e.weak && !e.modifier && !denied(&tree, e.trigger as usize)
    };
    for e in coded.events.iter().filter(told) {
        if let Some(act) = incident(&tree, &parties, lexicon, e) {
            add(&mut out, act);
        }
    }
    out.sort_by_key(|a| (a.sentence, a.trigger));
    let looker = Looker { tree: &tree, entities, reader: &reader };
    for act in &mut out {
        act.confidence = confidence(&looker, act);
    }
    out
}

/// The scorer's share of belief in an act's type. It learnt CONCEDE and RETREAT as one.
fn confidence(looker: &Looker, act: &Act) -> f32 {
    let scorer = Scorer::embedded();
    let tokens = |p: Option<&Party>| tokens(looker.tree.syntax, p.filter(|p| p.span.end > p.span.start)?.span);
    let other = if act.reciprocal { act.actors.get(1) } else { act.recipients.first() };
    let sides = Sides { source: tokens(act.actors.first()), target: tokens(other) };
    let features = looker.features(act.sentence as usize, &sides);
    let name = match act.kind.as_str() {
        "CONCEDE" | "RETREAT" => "YIELD",
        other => other,
    };
    let at = scorer.kinds.iter().position(|k| k == name);
    at.and_then(|k| scorer.shares(&features).get(k).copied()).unwrap_or(0.0)
}

/// First and last token that a span covers.
fn tokens(syntax: &Syntax, span: Span) -> Option<(usize, usize)> {
    let inside = |i: &usize| syntax.tokens[*i].span.start < span.end && syntax.tokens[*i].span.end > span.start;
    let from = syntax.tokens.partition_point(|t| t.span.end <= span.start);
    let last = (from..syntax.tokens.len()).take_while(inside).last()?;
    Some((from, last))
}

/// The features of the act between two stretches of words (bytes of the report's text), for the linear scorer.
///
/// The sentence is that of the source, else that of the target, else the first. Words that no token covers are left out.
pub fn features(
    report: &Report,
    syntax: &Syntax,
    entities: &Entities,
    lexicon: &Lexicon,
    source: Option<Span>,
    target: Option<Span>,
) -> Features {
    let tree = Tree::new(&report.text, syntax, &lexicon.forms);
    let who = Resolver::new(&tree, entities, lexicon);
    let bits = Bits::new(&tree, &who, lexicon);
    let parties = Parties::new(&tree, &who, entities, lexicon);
    let reader = Reader { tree: &tree, who: &who, bits: &bits, lexicon, parties: &parties };
    let looker = Looker { tree: &tree, entities, reader: &reader };
    let tokens = |s: Option<Span>| tokens(syntax, s?);
    let sides = Sides { source: tokens(source), target: tokens(target) };
    if syntax.sentences.is_empty() {
        return Features::new();
    }
    let at = sides.source.or(sides.target).map_or(0, |r| r.0);
    looker.features(tree.sentence(at), &sides)
}

/// True for what a sentence tells only to deny it: "denied that …", "rejected claims that …", "it is false that …".
fn denied(tree: &Tree, trigger: usize) -> bool {
    let mut at = trigger;
    for _ in 0..20 {
        let Some(h) = tree.head(at) else { return false };
        let word = tree.lemma(h);
        let claim = matches!(word, "claim" | "allegation" | "accusation" | "report" | "rumour" | "rumor" | "charge");
        let refuted = |i: usize| matches!(tree.lemma(i), "deny" | "reject" | "dismiss" | "refute" | "rebut");
        if matches!(word, "deny" | "disclaim" | "refute" | "false" | "untrue" | "denial")
            || claim && (tree.head(h).is_some_and(refuted) || tree.kids(h).any(refuted))
        {
            return true;
        }
        at = h;
    }
    false
}

/// Adds an act unless its sentence tells it already; what either knows more is kept.
fn add(out: &mut Vec<Act>, act: Act) {
    let same = out.iter_mut().rev().take(12).find(|o| o.sentence == act.sentence && o.kind == act.kind);
    match same {
        Some(o) => {
            if o.actors.iter().all(|p| p.country.is_empty()) {
                o.actors = act.actors;
            }
            if o.recipients.iter().all(|p| p.country.is_empty()) && !o.reciprocal {
                o.recipients = act.recipients;
            }
            o.when = o.when.or(act.when);
            if o.places.is_empty() {
                o.places = act.places;
            }
            if o.incident.is_empty() && !act.incident.is_empty() {
                o.incident = act.incident;
                o.mode = act.mode;
                o.cameo = act.cameo;
            }
        }
        None => out.push(act),
    }
}

fn act(tree: &Tree, parties: &Parties, lexicon: &Lexicon, found: &Found) -> Act {
    let (actors, recipients) = parties.sides(found);
    let sentence = tree.sentence(found.trigger);
    let mut act = Act {
        kind: found.kind.clone(),
        mode: found.mode.clone(),
        cameo: found.cameo.clone(),
        rule: found.rule.clone(),
        trigger: found.trigger as u32,
        sentence: sentence as u32,
        span: tree.syntax.sentence_span(tree.syntax.sentences[sentence]),
        actors,
        recipients,
        reciprocal: false,
        ..Act::default()
    };
    if found.mutual && act.actors.len() >= 2 {
        act.reciprocal = true;
        for p in std::mem::take(&mut act.recipients) {
            if !act.actors.iter().any(|a| a.country == p.country && a.sectors == p.sectors) {
                act.actors.push(p);
            }
        }
    }
    dress::dress(tree, lexicon, found, &mut act);
    act
}

/// An incident of the desk as a PLOVER event.
fn incident(tree: &Tree, parties: &Parties, lexicon: &Lexicon, e: &EventDraft) -> Option<Act> {
    let kind = lexicon.kinds.get(&e.kind).filter(|k| !k.plover.is_empty())?;
    let rule = lexicon.rules.get(&e.rule)?;
    let f = frame(tree, e.trigger as usize);
    let slots = |list: &[counterclaim_lexicon::Slot]| list.iter().map(|s| f.fill(s)).find(|l| !l.is_empty());
    let found = Found {
        kind: kind.plover.clone(),
        mode: if rule.mode.is_empty() { kind.mode.clone() } else { rule.mode.clone() },
        cameo: if rule.cameo.is_empty() { kind.cameo.clone() } else { rule.cameo.clone() },
        rule: e.rule.clone(),
        trigger: e.trigger as usize,
        source: slots(&rule.perpetrator).unwrap_or_default(),
        target: slots(&rule.target).unwrap_or_default(),
        mutual: rule.mutual,
        ..Found::default()
    };
    let mut out = act(tree, parties, lexicon, &found);
    for (names, side) in [(&e.perpetrators, &mut out.actors), (&e.targets, &mut out.recipients)] {
        if side.iter().all(|p| p.country.is_empty()) && !(e.mutual && names == &e.targets) {
            let known = names.iter().filter_map(|n| parties.registered(n));
            let known: Vec<Party> = known.filter(|p| !p.country.is_empty()).collect();
            if !known.is_empty() {
                *side = known;
            }
        }
    }
    out.when = e.when;
    out.places = e.places.clone();
    out.incident = e.kind.clone();
    Some(out)
}
