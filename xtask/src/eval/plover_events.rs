//! Events, statements and commitments of a text as PLOVER events: type, countries and sectors of both sides.

use super::Tools;
use counterclaim_coding::{Speech, Tree};
use counterclaim_entities::Entities;
use counterclaim_evaluation::plover::PloverEvent;
use counterclaim_lexicon::Lexicon;
use counterclaim_reader::Layers;
use counterclaim_text::{ActorKind, Modality, Polarity, Report, Stance};

/// An event with the place of its word in the trees.
pub struct Told {
    /// The event.
    pub event: PloverEvent,
    /// Steps from its word to the root of the sentence.
    pub depth: usize,
    /// Its word.
    pub token: usize,
}

/// Everything that a report tells, as PLOVER events.
pub fn told(tools: &Tools, report: &Report) -> Vec<Told> {
    let layers = tools.reader.layers(report);
    let tree = tools.tree(&report.text, &layers.syntax);
    let sides = Sides { lexicon: tools.lexicon, entities: &layers.entities };
    let mut out = Vec::new();
    events(&layers, &sides, tools.lexicon, &mut out);
    for s in layers.coded.speeches.all.iter().filter(|s| !s.negated) {
        out.extend(statement(&tree, &sides, s));
    }
    for c in &layers.coded.commitments {
        let token = layers.syntax.tokens.partition_point(|t| t.span.end <= c.span.start);
        out.push(sides.event("AGREE", std::slice::from_ref(&c.by), &c.to, token));
    }
    for t in &mut out {
        t.depth = depth(&tree, t.token);
    }
    out.sort_by_key(|t| t.token);
    out.dedup_by(|a, b| a.event == b.event);
    out
}

/// What is told as a fact.
fn events(layers: &Layers, sides: &Sides, lexicon: &Lexicon, out: &mut Vec<Told>) {
    let real =
        |e: &&counterclaim_coding::EventDraft| e.polarity == Polarity::Affirmed && e.modality == Modality::Actual;
    for e in layers.coded.events.iter().filter(real) {
        let Some(kind) = lexicon.kinds.get(&e.kind).filter(|k| !k.plover.is_empty()) else { continue };
        // A reciprocal event lists everybody as an actor.
        let targets = if e.mutual { &[] } else { e.targets.as_slice() };
        let mut told = sides.event(&kind.plover, &e.perpetrators, targets, e.verb as usize);
        // Nameless doers and victims ("residents", "militants") belong to the country where it happened.
        let here = e.places.iter().find_map(|p| sides.iso3(&p.country));
        for (names, countries) in
            [(&e.perpetrators[..], &mut told.event.source_countries), (targets, &mut told.event.target_countries)]
        {
            if countries.is_empty() && !names.is_empty() {
                countries.extend(here.clone());
            }
        }
        out.push(told);
    }
}

/// A statement whose stance is an act of its own.
fn statement(tree: &Tree, sides: &Sides, s: &Speech) -> Option<Told> {
    let root = match s.stance {
        Stance::Accuses | Stance::Condemns => "ACCUSE",
        Stance::Demands => "REQUEST",
        Stance::Warns => "THREATEN",
        Stance::Denies => "REJECT",
        _ => return None,
    };
    let target = s.accused.as_ref().map(|w| w.actor.clone()).or_else(|| addressee(tree, sides.entities, s));
    let target: Vec<String> = target.into_iter().collect();
    let mut told = sides.event(root, std::slice::from_ref(&s.speaker.actor), &target, s.cue);
    // CAMEO 02 is an appeal, 10 a demand.
    told.event.appeal = root == "REQUEST" && !matches!(tree.lemma(s.cue), "demand" | "insist" | "order");
    Some(told)
}

/// Whom a statement is directed at: the first other party in its clause.
fn addressee(tree: &Tree, entities: &Entities, s: &Speech) -> Option<String> {
    let (a, b) = tree.hull(s.cue);
    let other = |t: usize| {
        let m = entities.actor(t)?;
        (!m.actor.is_empty() && m.actor != s.speaker.actor && m.kind != ActorKind::Media).then(|| m.actor.clone())
    };
    (s.cue + 1..=b).chain(a..s.cue).find_map(other)
}

fn depth(tree: &Tree, token: usize) -> usize {
    let mut at = token.min(tree.len().saturating_sub(1));
    let mut steps = 0;
    while let Some(head) = tree.head(at).filter(|_| steps < 200) {
        at = head;
        steps += 1;
    }
    steps
}

/// Turns actors into codes.
struct Sides<'a> {
    lexicon: &'a Lexicon,
    entities: &'a Entities,
}

impl Sides<'_> {
    fn event(&self, root: &str, sources: &[String], targets: &[String], token: usize) -> Told {
        let countries = |names: &[String]| names.iter().filter_map(|n| self.country(n)).collect();
        let sectors = |names: &[String]| names.iter().flat_map(|n| self.sectors(n)).collect();
        let event = PloverEvent {
            root: root.to_owned(),
            source_countries: countries(sources),
            source_sectors: sectors(sources),
            target_countries: countries(targets),
            target_sectors: sectors(targets),
            appeal: false,
        };
        Told { event, depth: 0, token }
    }

    /// ISO 3166-1 alpha-3 of a state, or of the country of an organ or group; PLOVER's code for bodies of no country.
    fn country(&self, name: &str) -> Option<String> {
        let actor = self.lexicon.actors.get(name)?;
        let code = match actor.kind {
            ActorKind::Igo if name.starts_with("United Nations") || name.starts_with("UN ") => "UNO",
            ActorKind::Igo if name.starts_with("European") => "EUR",
            ActorKind::Igo => "IGO",
            ActorKind::Ngo => "NGO",
            ActorKind::State => {
                let state = self.lexicon.actors.states().iter().find(|s| s.name == name)?;
                return Some(state.iso3.clone());
            }
            _ => return self.iso3(&actor.country),
        };
        Some(code.to_owned())
    }

    fn iso3(&self, iso2: &str) -> Option<String> {
        let state = self.lexicon.actors.states().iter().find(|s| !iso2.is_empty() && s.iso2 == iso2)?;
        Some(state.iso3.clone())
    }

    /// The sectors that the text's mentions of an actor have, with that of the registry.
    fn sectors(&self, name: &str) -> Vec<String> {
        let mentions = self.entities.actors.iter().filter(|m| m.actor == name).map(|m| m.sector.clone());
        let mut out: Vec<String> = mentions.collect();
        out.extend(self.lexicon.actors.get(name).map(|a| a.sector.clone()));
        out.retain(|s| !s.is_empty());
        out.sort();
        out.dedup();
        out
    }
}
