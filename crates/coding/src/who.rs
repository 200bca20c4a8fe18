//! Who a phrase means: states through their organs, groups through their fighters, people through their offices,
//! pronouns through what was said before.

use crate::tree::Tree;
use counterclaim_entities::Entities;
use counterclaim_lexicon::{Lexicon, fold};
use counterclaim_text::{ActorKind, ActorMention, Rel, Upos};
use serde::{Deserialize, Serialize};
use std::cell::RefCell;
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
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
    /// Whom pronouns were found to mean. One that is being looked up means nobody yet: pronouns inside each other's
    /// phrases would otherwise ask each other without end.
    pub(crate) pronouns: RefCell<BTreeMap<(usize, Part), Option<Who>>>,
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
        let mut out = Resolver {
            tree,
            entities,
            lexicon,
            people: BTreeMap::new(),
            states: Vec::new(),
            pronouns: RefCell::default(),
        };
        for m in &entities.actors {
            let side = matches!(m.kind, ActorKind::State | ActorKind::Organ) && !out.only_where(m);
            if side && !m.actor.is_empty() && !out.states.contains(&m.actor) {
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
        // What was asked before the people were known may have another answer now.
        out.pronouns.take();
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
        // "its spokesman Haris X": the body that the pronoun means.
        for k in near.iter().copied().chain(std::iter::once(i)) {
            let own = t.kids(k).find(|p| t.rel(*p) == Rel::NmodPoss && t.upos(*p) == Upos::Pron);
            if let Some(w) = own
                .filter(|_| k == i || self.lexicon.classes.has(t.lemma(k), "official"))
                .and_then(|p| self.pronoun(p, Part::Doer))
            {
                let via = if k == i { String::new() } else { t.word(k).to_string() };
                return Some(Who { via, ..w });
            }
        }
        for k in near {
            if let Some(m) = self.entities.actor(k)
                && !m.actor.is_empty()
                && !matches!(m.kind, ActorKind::Media)
            {
                // "President Volodymyr X", "a local official, Y": their own state, not the one that the report speaks of.
                if !m.rule.ends_with("(own)") && m.rule.starts_with("actors/organ-terms") {
                    let own = self.statesman(i).or_else(|| self.local(k).filter(|_| self.sits_there(k)));
                    if let Some(w) = own {
                        return Some(Who { via: m.span.of(t.text).to_string(), ..w });
                    }
                }
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
        // "Pablo X, who leads the delegation of the front".
        let leads = |k: &usize| {
            t.rel(*k) == Rel::AclRelcl && matches!(t.lemma(*k), "lead" | "head" | "command" | "chair" | "represent")
        };
        let led = t.kids(i).filter(leads).find_map(|k| t.kid(k, &[Rel::Obj]))?;
        let body = self.entities.actor(led).filter(|m| !m.actor.is_empty()).map(|m| self.of_mention(m, led));
        body.or_else(|| self.owner(led, 0)).map(|w| Who { via: String::new(), ..w })
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
        // "a commander of a faction of the Taliban, Jamaat-ul-Ahrar": the faction's own name.
        if m.rule.ends_with("(own)") {
            let (a, b) = self.tree.hull(m.head as usize);
            let part = (a..=b).filter_map(|t| self.entities.actor(t)).find(|o| {
                o.kind == ActorKind::ArmedGroup
                    && self.tree.rel(o.head as usize) == Rel::Appos
                    && self.lexicon.actors.get(&o.actor).is_some_and(|a| a.parent == m.actor)
            });
            if let Some(o) = part {
                return Who { actor: o.actor.clone(), kind: o.kind, via };
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

    /// True for a noun that stands for people or a body, which may belong to the state where it sits.
    fn body(&self, i: usize) -> bool {
        let classes = &self.lexicon.classes;
        let lemma = self.tree.lemma(i);
        self.entities.actor(i).is_some() && !classes.has(lemma, "aircraft")
            || self.person_head(i)
            || ["force", "official", "notable", "person"].iter().any(|c| classes.has(lemma, c))
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
                    // "police in Quetta", but not "a blast in Quetta".
                    Some("in" | "at" | "for") if depth == 0 && self.body(i) => 3,
                    _ => continue,
                },
                Rel::Acl => {
                    // "fighters belonging to X", "forces loyal to X", "missiles fired by X".
                    if matches!(
                        t.lemma(k),
                        "belong"
                            | "link"
                            | "affiliate"
                            | "loyal"
                            | "fire"
                            | "launch"
                            | "attribute"
                            | "ascribe"
                            | "sign"
                    ) && let Some(o) = t.kids(k).find(|o| matches!(t.rel(*o), Rel::Obl | Rel::OblAgent))
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
            // "a faction of the Taliban, Jamaat-ul-Ahrar": the faction's own name.
            let splinter = matches!(t.lemma(i), "faction" | "splinter" | "wing" | "branch" | "offshoot" | "ally");
            let k = t
                .kids(k)
                .find(|a| {
                    splinter
                        && t.rel(*a) == Rel::Appos
                        && self.entities.actor(*a).is_some_and(|m| m.kind == ActorKind::ArmedGroup)
                })
                .unwrap_or(k);
            let who = match self.entities.actor(k) {
                Some(m)
                    if !m.actor.is_empty()
                        && !matches!(m.kind, ActorKind::Media | ActorKind::Role | ActorKind::Community) =>
                {
                    Some(self.of_mention(m, k))
                }
                // "Tajik soldiers": a people by name, its state by its soldiers.
                Some(m) if m.kind == ActorKind::Community && self.lexicon.classes.has(t.lemma(i), "force") => {
                    self.lexicon.actors.state_of_word(t.word(k)).map(|s| Who {
                        actor: self.lexicon.actors.authority(&s.name, &self.entities.context.day).to_string(),
                        kind: ActorKind::State,
                        via: String::new(),
                    })
                }
                Some(_) => None,
                None if t.rel(k) == Rel::NmodPoss && t.upos(k) == Upos::Pron => self.pronoun(k, Part::Doer),
                None if t.rel(k) == Rel::NmodPoss && self.description(k).is_some() => self.description(k),
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
        if part == Part::Speaker {
            return self.speaker(head);
        }
        self.named(head, part)
    }

    /// Who the phrase names, by tables, owners and offices.
    pub(crate) fn named(&self, head: usize, part: Part) -> Option<Who> {
        let t = self.tree;
        let lemma = t.lemma(head);
        let classes = &self.lexicon.classes;
        let victim = |w: &str| Some(Who { actor: w.into(), kind: ActorKind::Community, via: String::new() });
        // "our forces", "its fighters", "their commander": the owner is named by a pronoun.
        let own = t.kids(head).find(|k| t.rel(*k) == Rel::NmodPoss && t.upos(*k) == Upos::Pron);
        // "its doctor" speaks for the hospital, not for its owner.
        let role = self.entities.actor(head).is_some_and(|m| m.kind == ActorKind::Role);
        // "his Lebanese counterpart" is named by the adjective.
        let told = t.kids(head).any(|k| {
            matches!(t.rel(k), Rel::Amod | Rel::Compound)
                && self.entities.actor(k).is_some_and(|m| matches!(m.kind, ActorKind::State | ActorKind::ArmedGroup))
        });
        if let Some(k) = own.filter(|_| !role && !told)
            && ["force", "militant", "official", "aircraft", "notable"].iter().any(|c| classes.has(lemma, c))
            && let Some(w) = self.pronoun(k, Part::Doer)
        {
            let via = if part == Part::Speaker { t.word(head).to_string() } else { String::new() };
            return Some(Who { via, ..w });
        }
        let mention = self.entities.actor(head);
        // "rebels of the ELN": whoever they belong to.
        let nameless =
            mention.is_some_and(|m| m.kind == ActorKind::ArmedGroup && m.actor.starts_with(char::is_lowercase));
        if nameless && let Some(w) = self.owner(head, 0).filter(|o| o.kind == ActorKind::ArmedGroup) {
            return Some(Who { via: String::new(), ..w });
        }
        // "Pakistani guards" are no private ones.
        if mention.is_some_and(|m| m.kind == ActorKind::Role)
            && classes.has(lemma, "force")
            && !classes.has(lemma, "official")
        {
            let state = self.owner(head, 0).filter(|o| matches!(o.kind, ActorKind::State | ActorKind::Organ));
            if let Some(w) = state {
                return Some(Who { via: String::new(), ..w });
            }
        }
        // "agreed with Yaounde": a capital as the other party.
        if mention.is_none()
            && part != Part::Victim
            && matches!(t.preposition(head), Some("with" | "by" | "between"))
            && let Some(p) = self.entities.place(head).filter(|p| !p.demonym)
            && let Some(f) = self
                .lexicon
                .actors
                .find(std::iter::once(fold(t.word(head)).as_str()), t.word(head))
                .filter(|f| f.capital && f.actor.country == p.place.country)
        {
            let actor = self.lexicon.actors.authority(&f.actor.name, &self.entities.context.day).to_string();
            return Some(Who { actor, kind: ActorKind::State, via: String::new() });
        }
        // Who summons or expels an envoy does it to the state that sent him.
        if part == Part::Victim
            && classes.has(lemma, "envoy")
            && let Some(w) = self.owner(head, 0).filter(|o| matches!(o.kind, ActorKind::State | ActorKind::Organ))
        {
            return Some(Who { via: String::new(), ..w });
        }
        // "the ELN's Eastern War Front": a part of a body that the tables know acts for it.
        if let Some(m) = mention.filter(|m| m.rule.starts_with("actors/unlisted"))
            && let Some(w) = self.owner(m.head as usize, 0)
        {
            let name = m.span.of(t.text).to_string();
            return Some(Who { via: if part == Part::Speaker { name } else { String::new() }, ..w });
        }
        // "the ELN's Eastern War Front": the whole that the text names, by its part.
        if let Some(m) = mention.filter(|m| m.kind == ActorKind::ArmedGroup)
            && let Some(parent) = self.lexicon.actors.get(&m.actor).map(|a| a.parent.as_str()).filter(|p| !p.is_empty())
            && let Some(w) = self.owner(m.head as usize, 0).filter(|w| w.actor == parent)
        {
            let name = m.span.of(t.text).to_string();
            return Some(Who { via: if part == Part::Speaker { name } else { String::new() }, ..w });
        }
        if let Some(m) = mention {
            match m.kind {
                ActorKind::ArmedGroup if m.actor.starts_with("unidentified") => {
                    if let Some(o) = self.owner(head, 0).filter(|o| {
                        !matches!(o.kind, ActorKind::State | ActorKind::Organ)
                            || part == Part::Doer
                                && (classes.has(lemma, "force") || matches!(lemma, "sniper" | "marksman" | "gunner"))
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
        let owner = self.owner(head, 0);
        // "a gathering of TTP fighters" is no gathering of civilians.
        let group = owner.as_ref().filter(|o| o.kind == ActorKind::ArmedGroup);
        // "vehicles of the front" are no civilians' either.
        if let Some(o) = group.filter(|_| part == Part::Victim && classes.has(lemma, "heldthing")) {
            return Some(Who { via: String::new(), ..o.clone() });
        }
        let group = group.filter(|_| !classes.has(lemma, "civilobject"));
        if let Some(o) = group
            .filter(|_| part == Part::Victim && matches!(lemma, "gathering" | "meeting" | "group" | "member" | "man"))
        {
            return Some(Who { via: String::new(), ..o.clone() });
        }
        // "a gathering of khwarij", "a camp of rebels": whoever gathers there.
        let of = || t.kids(head).find(|k| t.rel(*k) == Rel::Nmod && t.preposition(*k) == Some("of"));
        if part == Part::Victim
            && matches!(lemma, "gathering" | "group" | "concentration" | "cell" | "camp" | "base" | "hideout" | "point")
            && let Some(k) = of().filter(|k| classes.has(t.lemma(*k), "militant") && !classes.has(t.lemma(*k), "force"))
        {
            return self.resolve(k, part);
        }
        if part == Part::Victim && classes.has(lemma, "civilian") && !classes.has(lemma, "force") {
            return victim("civilians");
        }
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
