//! Who a phrase means: states through their organs, groups through their fighters, people through their offices,
//! pronouns through what was said before.

use crate::tree::Tree;
use counterclaim_entities::Entities;
use counterclaim_lexicon::{Lexicon, fold};
use counterclaim_text::{ActorKind, ActorMention, Rel, Upos};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// An actor as a phrase names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Who {
    /// Canonical actor.
    pub actor: String,
    /// What sort of actor.
    pub kind: ActorKind,
    /// Office or person as named in the text; empty for the actor itself.
    pub via: String,
}

/// What the phrase does in its clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Says something.
    Speaker,
    /// Does something.
    Doer,
    /// Has something done to it.
    Victim,
}

/// Everything needed to resolve phrases of one text.
pub struct Resolver<'a> {
    /// The trees.
    pub tree: &'a Tree<'a>,
    /// The entities.
    pub entities: &'a Entities,
    /// The tables.
    pub lexicon: &'a Lexicon,
    /// People introduced with an office, by last name.
    people: BTreeMap<String, Who>,
    /// "A" against "B" in reports that name exactly two states: "his counterpart", "both sides".
    pub states: Vec<String>,
}

const OWNERS: &[Rel] = &[
    Rel::Amod,
    Rel::Compound,
    Rel::NmodPoss,
    Rel::NmodDesc,
    Rel::Flat,
    Rel::Appos,
    Rel::Nmod,
    Rel::NmodUnmarked,
    Rel::Acl,
    Rel::List,
];

impl<'a> Resolver<'a> {
    /// Prepares a resolver: lists the people whom the text introduces.
    pub fn new(tree: &'a Tree<'a>, entities: &'a Entities, lexicon: &'a Lexicon) -> Resolver<'a> {
        let mut out = Resolver { tree, entities, lexicon, people: BTreeMap::new(), states: Vec::new() };
        for m in &entities.actors {
            if matches!(m.kind, ActorKind::State | ActorKind::Organ)
                && !m.actor.is_empty()
                && !out.states.contains(&m.actor)
            {
                out.states.push(m.actor.clone());
            }
        }
        let mut people = BTreeMap::new();
        for i in 0..tree.len() {
            if !out.person_head(i) {
                continue;
            }
            if let Some(mut who) = out.office_of(i) {
                let name = out.name(i);
                if let Some(last) = name.split(' ').next_back() {
                    if !who.via.contains(&name) {
                        who.via = if who.via.is_empty() { name.clone() } else { format!("{name}, {}", who.via) };
                    }
                    people.entry(fold(last)).or_insert(who);
                }
            }
        }
        out.people = people;
        out
    }

    /// True for the head of a personal name: proper, no known place or actor.
    pub(crate) fn person_head(&self, i: usize) -> bool {
        let t = self.tree;
        t.upos(i) == Upos::Propn
            && self.entities.place(i).is_none()
            && self.entities.actor(i).is_none()
            && self.entities.date(i).is_none()
            && !matches!(t.rel(i), Rel::Flat | Rel::Compound)
            && t.word(i).chars().next().is_some_and(char::is_uppercase)
            && t.word(i).chars().any(char::is_lowercase)
    }

    /// The words of a personal name around its head.
    pub(crate) fn name(&self, i: usize) -> String {
        let t = self.tree;
        let mut parts: Vec<usize> = t
            .kids(i)
            .filter(|k| {
                matches!(t.rel(*k), Rel::Flat | Rel::Compound)
                    && t.upos(*k) == Upos::Propn
                    && self.entities.actor(*k).is_none()
            })
            .collect();
        parts.push(i);
        parts.sort_unstable();
        parts.iter().map(|p| t.word(*p)).collect::<Vec<_>>().join(" ")
    }

    /// The office of a named person: beside the name or in apposition.
    pub(crate) fn office_of(&self, i: usize) -> Option<Who> {
        let t = self.tree;
        // "Safi, head of information,": an apposition that the parser took for a list has no "and".
        let apposed = |k: usize| {
            let joined = t.kids(k).any(|c| t.rel(c) == Rel::Cc);
            t.rel(k) == Rel::Conj && !joined && t.upos(k) == Upos::Noun && k > i
        };
        let mut near: Vec<usize> = t
            .kids(i)
            .filter(|k| {
                apposed(*k)
                    || matches!(
                        t.rel(*k),
                        Rel::NmodDesc
                            | Rel::Appos
                            | Rel::Compound
                            | Rel::Amod
                            | Rel::NmodPoss
                            | Rel::Nmod
                            | Rel::Flat
                            | Rel::NmodUnmarked
                    )
            })
            .collect();
        if matches!(t.rel(i), Rel::Appos | Rel::Flat | Rel::NmodDesc | Rel::NmodUnmarked | Rel::List)
            && let Some(h) = t.head(i)
        {
            near.push(h);
        }
        for k in near {
            if let Some(m) = self.entities.actor(k)
                && !m.actor.is_empty()
                && !matches!(m.kind, ActorKind::Media)
            {
                // "Zarwali, a shopkeeper": one of the people who live there.
                if m.kind == ActorKind::Community && !self.proper(m) {
                    return Some(Who { actor: "residents".into(), kind: ActorKind::Role, via: String::new() });
                }
                return Some(self.of_mention(m, k));
            }
            if let Some(w) = self.owner(k, 0) {
                return Some(Who { via: t.word(k).to_string(), ..w });
            }
            let classes = &self.lexicon.classes;
            // "head of information of Kunar": an office that is named by its province.
            if classes.has(t.lemma(k), "official") || matches!(t.lemma(k), "head" | "chief" | "director" | "mayor") {
                let (a, b) = t.hull(k);
                let place = (k..=b.max(a)).find_map(|p| self.entities.place(p).filter(|p| !p.demonym));
                if let Some(s) = place.and_then(|p| self.lexicon.actors.state_of_country(&p.place.country)) {
                    let actor = self.lexicon.actors.authority(&s.name, &self.entities.context.day).to_string();
                    return Some(Who { actor, kind: ActorKind::State, via: t.word(k).to_string() });
                }
            }
            if classes.has(t.lemma(k), "civilian") && !classes.has(t.lemma(k), "official") {
                return Some(Who { actor: "residents".into(), kind: ActorKind::Role, via: String::new() });
            }
        }
        None
    }

    pub(crate) fn of_mention(&self, m: &ActorMention, at: usize) -> Who {
        let mut via = m.via.clone();
        // The person beside the office is the better `via`.
        if !via.is_empty() {
            let head = m.head as usize;
            let person = self
                .tree
                .kids(head)
                .chain(self.tree.head(head))
                .find(|k| self.person_head(*k) && self.tree.sentence(*k) == self.tree.sentence(at));
            if let Some(p) = person
                && matches!(
                    self.tree.rel(p),
                    Rel::Appos | Rel::Flat | Rel::NmodUnmarked | Rel::Nsubj | Rel::Obl | Rel::NmodDesc
                )
            {
                via = format!("{}, {via}", self.name(p));
            }
        }
        Who { actor: m.actor.clone(), kind: m.kind, via }
    }

    /// True if a community is named by a proper name ("Mangal tribe") and not by an occupation or an age.
    fn proper(&self, m: &ActorMention) -> bool {
        m.actor.chars().next().is_some_and(char::is_uppercase)
            || self
                .tree
                .kids(m.head as usize)
                .any(|k| self.tree.upos(k) == Upos::Propn && matches!(self.tree.rel(k), Rel::Compound | Rel::Amod))
    }

    /// The actor that owns a phrase through its modifiers ("Turkish warplanes", "planes of the army", "TTP fighters").
    pub(crate) fn owner(&self, i: usize, depth: usize) -> Option<Who> {
        let t = self.tree;
        if depth > 3 {
            return None;
        }
        let mut best: Option<(u8, Who)> = None;
        for k in t.kids(i) {
            if !OWNERS.contains(&t.rel(k)) {
                continue;
            }
            let rank = match t.rel(k) {
                Rel::NmodPoss if t.upos(k) == Upos::Pron => 2,
                // "a commander of a faction of the Taliban, Jamaat-ul-Ahrar,": the name says which.
                Rel::Appos if self.entities.actor(k).is_some_and(|m| m.kind == ActorKind::ArmedGroup) => 0,
                Rel::Compound | Rel::Amod | Rel::NmodPoss | Rel::NmodDesc => 0,
                Rel::Nmod => match t.preposition(k) {
                    Some("of" | "from" | "by") => 1,
                    Some("in" | "at" | "for") if depth == 0 => 3,
                    _ => continue,
                },
                Rel::Acl => {
                    // "fighters belonging to X", "forces loyal to X", "missiles fired by X".
                    if matches!(t.lemma(k), "belong" | "link" | "affiliate" | "loyal" | "fire" | "launch")
                        && let Some(o) = t.kids(k).find(|o| matches!(t.rel(*o), Rel::Obl | Rel::OblAgent))
                        && let Some(m) = self.entities.actor(o)
                        && !m.actor.is_empty()
                    {
                        let who = self.of_mention(m, o);
                        if best.as_ref().is_none_or(|(r, _)| 1 < *r) {
                            best = Some((1, who));
                        }
                    }
                    continue;
                }
                _ => 2,
            };
            let who = match self.entities.actor(k) {
                Some(m)
                    if !m.actor.is_empty()
                        && !matches!(m.kind, ActorKind::Media | ActorKind::Role | ActorKind::Community) =>
                {
                    Some(self.of_mention(m, k))
                }
                Some(_) => None,
                None if t.rel(k) == Rel::NmodPoss && t.upos(k) == Upos::Pron => self.pronoun(k, Part::Doer),
                None => match self.entities.place(k).filter(|p| !p.demonym && rank >= 3) {
                    Some(p) => self.lexicon.actors.state_of_country(&p.place.country).map(|s| Who {
                        actor: self.lexicon.actors.authority(&s.name, &self.entities.context.day).to_string(),
                        kind: ActorKind::State,
                        via: String::new(),
                    }),
                    None => self.owner(k, depth + 1),
                },
            };
            if let Some(w) = who
                && best.as_ref().is_none_or(|(r, _)| rank < *r)
            {
                best = Some((rank, w));
            }
        }
        best.map(|(_, w)| w)
    }

    /// Who the phrase with this head means, in this part of its clause.
    pub fn resolve(&self, head: usize, part: Part) -> Option<Who> {
        let t = self.tree;
        if t.upos(head) == Upos::Pron {
            return self.pronoun(head, part);
        }
        if let Some(w) = self.description(head) {
            return Some(w);
        }
        let lemma = t.lemma(head);
        let classes = &self.lexicon.classes;
        let victim = |w: &str| Some(Who { actor: w.into(), kind: ActorKind::Community, via: String::new() });
        // "our forces", "its fighters", "their commander": the owner is named by a pronoun.
        let own = t.kids(head).find(|k| t.rel(*k) == Rel::NmodPoss && t.upos(*k) == Upos::Pron);
        // "its doctor" speaks for the hospital, not for its owner.
        let role = self.entities.actor(head).is_some_and(|m| m.kind == ActorKind::Role);
        if let Some(k) = own.filter(|_| !role)
            && ["force", "militant", "official", "aircraft", "notable"].iter().any(|c| classes.has(lemma, c))
            && let Some(w) = self.pronoun(k, Part::Doer)
        {
            let via = if part == Part::Speaker { t.word(head).to_string() } else { String::new() };
            return Some(Who { via, ..w });
        }
        let mention = self.entities.actor(head);
        // "the ELN's Eastern War Front": a part of a body that the tables know acts for it.
        if let Some(m) = mention.filter(|m| m.rule.starts_with("actors/unlisted"))
            && let Some(w) = self.owner(m.head as usize, 0)
        {
            let name = m.span.of(t.text).to_string();
            return Some(Who { via: if part == Part::Speaker { name } else { String::new() }, ..w });
        }
        if let Some(m) = mention {
            match m.kind {
                ActorKind::ArmedGroup if m.actor.starts_with("unidentified") => {
                    if let Some(o) = self.owner(head, 0).filter(|o| {
                        !matches!(o.kind, ActorKind::State | ActorKind::Organ)
                            || part == Part::Doer && classes.has(lemma, "force")
                    }) {
                        return Some(Who { via: String::new(), ..o });
                    }
                    // "attackers", "fighters": generic militants for a victim or doer alike.
                    return Some(self.of_mention(m, head));
                }
                ActorKind::Community if part != Part::Speaker && !self.proper(m) && classes.has(lemma, "force") => {
                    return self.owner(head, 0).or_else(|| self.force_state(head));
                }
                // "dissidents of the 33rd Front" are the Front's.
                ActorKind::Community | ActorKind::Role
                    if !self.proper(m)
                        && self.owner(head, 0).is_some_and(|o| {
                            o.kind == ActorKind::ArmedGroup && !o.actor.starts_with("unidentified")
                        }) =>
                {
                    return self.owner(head, 0);
                }
                ActorKind::Community if part == Part::Speaker && !self.proper(m) => {
                    return Some(Who {
                        actor: "residents".into(),
                        kind: ActorKind::Role,
                        via: t.word(head).to_string(),
                    });
                }
                ActorKind::Role
                    if part == Part::Victim && matches!(m.actor.as_str(), "residents" | "tribal elders" | "medics") =>
                {
                    return victim("civilians");
                }
                // Lower-case groups of people ("worshippers", "passengers") are civilians; peoples and tribes keep their names.
                ActorKind::Community | ActorKind::Role if part == Part::Victim && !self.proper(m) => {
                    return match m.actor.as_str() {
                        "peacekeepers" => {
                            Some(Who { actor: "United Nations".into(), kind: ActorKind::Igo, via: String::new() })
                        }
                        "prisoners of war" => None,
                        _ => victim("civilians"),
                    };
                }
                ActorKind::Media if part != Part::Speaker => {}
                // Weapons without an owner are nobody's; forces without one belong to the state where they act.
                ActorKind::Organ
                    if m.rule.ends_with("(home)")
                        && (classes.has(lemma, "aircraft") || classes.has(lemma, "artillery")) =>
                {
                    return None;
                }
                ActorKind::Organ
                    if m.rule.ends_with("(home)")
                        && part != Part::Speaker
                        && classes.has(lemma, "force")
                        && !classes.has(lemma, "official") =>
                {
                    return self.force_state(head).map(|w| Who { via: m.via.clone(), ..w });
                }
                _ if !m.actor.is_empty() => return Some(self.of_mention(m, head)),
                _ => {}
            }
        }
        if part != Part::Victim && self.person_head(head) {
            if let Some(w) = self.people.get(&fold(t.word(head))).or_else(|| {
                t.kids(head).filter(|k| t.rel(*k) == Rel::Flat).last().and_then(|k| self.people.get(&fold(t.word(k))))
            }) {
                return Some(w.clone());
            }
            if let Some(w) = self.office_of(head) {
                return Some(w);
            }
            return (part == Part::Speaker).then(|| Who {
                actor: self.name(head),
                kind: ActorKind::Person,
                via: String::new(),
            });
        }
        if part == Part::Victim && classes.has(lemma, "civilian") && !classes.has(lemma, "force") {
            return victim("civilians");
        }
        let owner = self.owner(head, 0);
        if classes.has(lemma, "militant") && !classes.has(lemma, "force") {
            return match owner {
                Some(o) if !matches!(o.kind, ActorKind::State | ActorKind::Organ) => {
                    Some(Who { via: String::new(), ..o })
                }
                _ => Some(Who {
                    actor: "unidentified militants".into(),
                    kind: ActorKind::ArmedGroup,
                    via: String::new(),
                }),
            };
        }
        if let Some(o) = owner
            && (part != Part::Victim
                || classes.has(lemma, "force")
                || classes.has(lemma, "aircraft")
                || !classes.has(lemma, "civilobject"))
        {
            return Some(if part == Part::Speaker && o.via.is_empty() {
                Who { via: t.word(head).to_string(), ..o }
            } else {
                o
            });
        }
        if part == Part::Victim && (classes.has(lemma, "civilobject") || classes.has(lemma, "civilian")) {
            if classes.has(lemma, "force") && self.force_state(head).is_some() && !classes.has(lemma, "civilobject") {
                return self.force_state(head);
            }
            return victim("civilians");
        }
        if part == Part::Victim && classes.has(lemma, "force") {
            return self.force_state(head);
        }
        if part == Part::Speaker && classes.has(lemma, "civilian") {
            return Some(Who { actor: "residents".into(), kind: ActorKind::Role, via: t.word(head).to_string() });
        }
        None
    }

    /// The state whose forces a bare "soldiers" most likely means: the issuer's, else that of the place in the sentence
    /// or shortly before, else the home state.
    fn force_state(&self, head: usize) -> Option<Who> {
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

    /// "the two directors general", "both sides", "the ministers of the two countries": the two states that the report
    /// speaks of most, if it is clear which.
    pub fn both(&self, head: usize) -> Vec<String> {
        let t = self.tree;
        let two = |i: usize| t.kids(i).any(|k| matches!(t.lemma(k), "two" | "both")) || t.lemma(i) == "both";
        let phrase = two(head) || t.kids(head).any(|k| t.rel(k) == Rel::Nmod && two(k));
        if !phrase {
            return Vec::new();
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

    /// "the Mangal and Turi tribes": each by its name.
    fn tribes(&self, head: usize) -> Vec<Who> {
        let t = self.tree;
        if !matches!(t.lemma(head), "tribe" | "clan") {
            return Vec::new();
        }
        let first = t.kids(head).filter(|k| matches!(t.rel(*k), Rel::Compound | Rel::Amod));
        let names = first.flat_map(|k| std::iter::once(k).chain(t.kids(k).filter(|c| t.rel(*c) == Rel::Conj)));
        names
            .filter(|k| t.upos(*k) == Upos::Propn)
            .map(|k| Who {
                actor: format!("{} {}", t.word(k), t.lemma(head)),
                kind: ActorKind::Community,
                via: String::new(),
            })
            .collect()
    }

    /// All actors of a phrase and its conjuncts, without repetition.
    pub fn all(&self, heads: &[usize], part: Part) -> Vec<Who> {
        let mut out: Vec<Who> = Vec::new();
        for h in heads {
            let tribes = self.tribes(*h);
            if !tribes.is_empty() {
                out.extend(tribes);
                continue;
            }
            if let Some(w) = self.resolve(*h, part)
                && !out.iter().any(|o| o.actor == w.actor)
            {
                out.push(w);
            }
        }
        out
    }
}
