//! Which states a phrase implies: whose forces bare "soldiers" are, who owns "Norlandish and Southlandish forces", who
//! "both sides" are.

use crate::who::{Resolver, Who};
use counterclaim_text::{ActorKind, ActorMention, Level, Rel};

impl Resolver<'_> {
    /// The state whose forces a bare "soldiers" most likely means: the issuer's, else that of the place in the sentence
    /// or shortly before, else the home state.
    pub(crate) fn force_state(&self, head: usize) -> Option<Who> {
        let c = &self.entities.context;
        let state = |country: &str| {
            self.lexicon.actors.state_of_country(country).map(|s| Who {
                actor: self.lexicon.actors.authority(&s.name, &c.day).to_string(),
                kind: ActorKind::State,
                via: String::new(),
            })
        };
        if let Some(i) = c.issuer.as_ref().filter(|i| {
            self.lexicon.actors.get(&i.actor).is_some_and(|a| a.kind == ActorKind::State) || i.actor == "Afghan Taliban"
        }) {
            return Some(Who { actor: i.actor.clone(), kind: ActorKind::State, via: String::new() });
        }
        let sentence = self.tree.syntax.sentences[self.tree.sentence(head)];
        let near = sentence
            .tokens()
            .filter_map(|t| {
                self.entities
                    .place(t)
                    .filter(|p| {
                        !p.demonym && p.place.level != counterclaim_text::Level::Country && !p.place.country.is_empty()
                    })
                    .map(|p| (t.abs_diff(head), p))
            })
            .min_by_key(|(d, _)| *d)
            .map(|(_, p)| p.place.country.as_str());
        // Else the place named last before, as long as it is near.
        let before = || {
            (head.saturating_sub(150)..head).rev().find_map(|t| {
                self.entities
                    .place(t)
                    .filter(|p| {
                        !p.demonym && p.place.level != counterclaim_text::Level::Country && p.place.country.len() == 2
                    })
                    .map(|p| p.place.country.as_str())
            })
        };
        near.or_else(before).and_then(state).or_else(|| state(&c.home))
    }

    /// Every state or group that owns a phrase ("Pakistani and Afghan forces", "the ministers of X and Y").
    pub fn owners(&self, head: usize) -> Vec<String> {
        let t = self.tree;
        let mut out: Vec<String> = Vec::new();
        let direct = t.kids(head).filter(|k| {
            matches!(t.rel(*k), Rel::Amod | Rel::Compound | Rel::NmodPoss)
                || t.rel(*k) == Rel::Nmod && t.preposition(*k) == Some("of")
        });
        for k in direct.flat_map(|k| std::iter::once(k).chain(t.kids(k).filter(|c| t.rel(*c) == Rel::Conj))) {
            if let Some(m) = self.entities.actor(k)
                && matches!(m.kind, ActorKind::State | ActorKind::ArmedGroup)
                && !m.actor.starts_with("unidentified")
                && !out.contains(&m.actor)
            {
                out.push(m.actor.clone());
            }
        }
        out
    }

    /// True for a capital that only says where something was ("agreed in Nairobi").
    pub(crate) fn only_where(&self, m: &ActorMention) -> bool {
        let head = m.head as usize;
        self.entities.place(head).is_some_and(|p| !p.demonym && p.place.level != Level::Country)
            && matches!(self.tree.preposition(head), Some("in" | "at" | "near" | "outside" | "around" | "to" | "from"))
    }

    /// "both sides": the two parties, states or armed groups, that are named before; nobody if more or fewer are.
    pub fn sides(&self, before: usize) -> Vec<String> {
        let end = self.entities.actors.partition_point(|m| (m.head as usize) < before);
        let mut out: Vec<String> = Vec::new();
        for m in &self.entities.actors[..end] {
            let party = matches!(m.kind, ActorKind::State | ActorKind::Organ | ActorKind::ArmedGroup);
            if party && !m.actor.starts_with(char::is_lowercase) && !self.only_where(m) && !out.contains(&m.actor) {
                out.push(m.actor.clone());
            }
        }
        out.retain(|a| !a.is_empty());
        if out.len() == 2 { out } else { Vec::new() }
    }

    /// "the two directors general", "both sides", "the ministers of the two countries": the two states that the report
    /// speaks of most, if it is clear which.
    pub fn both(&self, head: usize) -> Vec<String> {
        let t = self.tree;
        let two = |i: usize| t.kids(i).any(|k| matches!(t.lemma(k), "two" | "both")) || t.lemma(i) == "both";
        let phrase = two(head) || t.kids(head).any(|k| t.rel(k) == Rel::Nmod && two(k));
        if !phrase {
            return Vec::new();
        }
        let sides = self.sides(head);
        if matches!(t.lemma(head), "side" | "party" | "both") && !sides.is_empty() {
            return sides;
        }
        let c = &self.entities.context;
        let states: Vec<String> = c
            .countries
            .iter()
            .filter_map(|(cc, _)| self.lexicon.actors.state_of_country(cc))
            .map(|s| self.lexicon.actors.authority(&s.name, &c.day).to_string())
            .take(2)
            .collect();
        if states.len() == 2 { states } else { Vec::new() }
    }
}
