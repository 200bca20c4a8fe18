//! The phrases around an event's word that fill MUC-4's roles: doers, what was hit, names of victims, weapons.

use counterclaim_coding::{EventDraft, Tree};
use counterclaim_entities::Entities;
use counterclaim_lexicon::Lexicon;
use counterclaim_text::{ActorKind, Rel, Upos};

/// The five roles, in the order of the key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// People who did it.
    PerpInd,
    /// Organisations that did it.
    PerpOrg,
    /// Things that were hit.
    Target,
    /// People who were hit, by name.
    Victim,
    /// What it was done with.
    Weapon,
}

/// What is needed to read phrases of one report.
pub struct Phrases<'a> {
    /// The trees.
    pub tree: &'a Tree<'a>,
    /// The entities.
    pub entities: &'a Entities,
    /// The word classes.
    pub lexicon: &'a Lexicon,
}

impl Phrases<'_> {
    /// The fillers that an event's sentence gives.
    pub fn of(&self, e: &EventDraft) -> Vec<(Role, String)> {
        let (trigger, verb) = (e.trigger as usize, e.verb as usize);
        let mut out = Vec::new();
        let (doers, objects) = self.roles(trigger, verb);
        for d in doers {
            self.doer(d, &mut out);
        }
        for o in objects {
            self.object(o, &mut out);
        }
        let sentence = self.tree.syntax.sentences[e.sentence as usize];
        for i in sentence.tokens().filter(|i| *i != trigger && self.weapon(*i)) {
            out.push((Role::Weapon, self.compound(i)));
        }
        out
    }

    /// Heads of the phrases that do it and that undergo it.
    fn roles(&self, trigger: usize, verb: usize) -> (Vec<usize>, Vec<usize>) {
        let t = self.tree;
        let (mut doers, mut objects) = (Vec::new(), Vec::new());
        let mut words = vec![trigger];
        if verb != trigger {
            words.push(verb);
        }
        for w in words {
            let passive = t.passive(w);
            for k in t.kids(w).filter(|k| *k != trigger) {
                let list = match (t.rel(k), t.preposition(k)) {
                    (Rel::OblAgent, _) | (Rel::Nmod | Rel::Obl, Some("by")) => &mut doers,
                    (Rel::Nsubj, _) if !passive && t.upos(w) == Upos::Verb => &mut doers,
                    (Rel::NsubjPass | Rel::Obj, _) => &mut objects,
                    (Rel::Nmod | Rel::Obl, Some("against" | "on" | "of" | "at")) => &mut objects,
                    _ => continue,
                };
                list.push(k);
                list.extend(t.kids(k).filter(|c| t.rel(*c) == Rel::Conj));
            }
        }
        (doers, objects)
    }

    fn doer(&self, head: usize, out: &mut Vec<(Role, String)>) {
        if self.weapon(head) {
            out.push((Role::Weapon, self.compound(head)));
            return;
        }
        let organisation = |i: usize| {
            let m = self.entities.actor(i)?;
            let body = matches!(m.kind, ActorKind::ArmedGroup | ActorKind::Party | ActorKind::Organ);
            (body && self.tree.upos(m.head as usize) == Upos::Propn).then_some(m)
        };
        if let Some(m) = organisation(head) {
            out.push((Role::PerpOrg, m.span.of(self.tree.text).to_owned()));
            return;
        }
        // "FMLN guerrillas", "members of the Shining Path".
        if let Some(m) = self.tree.kids(head).find_map(organisation) {
            out.push((Role::PerpOrg, m.span.of(self.tree.text).to_owned()));
        }
        if matches!(self.tree.upos(head), Upos::Noun | Upos::Propn) && self.entities.place(head).is_none() {
            out.push((Role::PerpInd, self.phrase(head)));
        }
    }

    fn object(&self, head: usize, out: &mut Vec<(Role, String)>) {
        let lemma = self.tree.lemma(head);
        let is = |class: &str| self.lexicon.classes.has(lemma, class);
        if let Some(name) = self.name(head) {
            out.push((Role::Victim, name));
        } else if self.entities.place(head).is_none()
            && !["person", "civilian", "force", "militant"].iter().any(|c| is(c))
            && ["building", "civilobject", "place-object", "infrastructure"].iter().any(|c| is(c))
        {
            out.push((Role::Target, self.phrase(head)));
        }
    }

    /// The personal name in a phrase: its last run of proper nouns that is no place and no registry actor.
    fn name(&self, head: usize) -> Option<String> {
        let (a, b) = self.tree.hull(head);
        let part = |i: usize| {
            self.tree.upos(i) == Upos::Propn
                && self.entities.place(i).is_none()
                && self.entities.actor(i).is_none()
                && self.entities.date(i).is_none()
                && matches!(
                    self.tree.rel(i),
                    Rel::Flat
                        | Rel::Appos
                        | Rel::Nsubj
                        | Rel::NsubjPass
                        | Rel::Obj
                        | Rel::Nmod
                        | Rel::Obl
                        | Rel::Compound
                        | Rel::Conj
                        | Rel::NmodDesc
                )
        };
        let start = (head..=b.min(head + 8)).chain(a..head).find(|i| part(*i) && *i < b && part(*i + 1))?;
        let end = (start..=b).take_while(|i| part(*i)).last()?;
        Some(self.tree.span_of(start, end).of(self.tree.text).to_owned())
    }

    fn weapon(&self, i: usize) -> bool {
        let lemma = self.tree.lemma(i);
        let is = |class: &str| self.lexicon.classes.has(lemma, class);
        self.tree.upos(i) == Upos::Noun
            && (is("explosive") || is("artillery"))
            && (!is("blast") || lemma == "bomb")
            && !matches!(self.tree.rel(i), Rel::Compound | Rel::Amod)
    }

    /// A noun with the nouns before it: "car bomb".
    fn compound(&self, i: usize) -> String {
        let first = self.tree.kids(i).filter(|k| *k < i && self.tree.rel(*k) == Rel::Compound).min().unwrap_or(i);
        self.tree.span_of(first, i).of(self.tree.text).to_owned()
    }

    /// A noun with its modifiers before it and the rest of its name, without what follows.
    fn phrase(&self, head: usize) -> String {
        let near = |k: &usize| {
            matches!(self.tree.rel(*k), Rel::Compound | Rel::Amod | Rel::Flat | Rel::Nummod | Rel::NmodDesc)
        };
        let (mut a, mut b) = (head, head);
        for k in self.tree.kids(head).filter(near) {
            let (first, last) = self.tree.hull(k);
            if k < head {
                a = a.min(first);
            } else if last == b + 1 || self.tree.rel(k) == Rel::Flat {
                b = b.max(last);
            }
        }
        self.tree.span_of(a, b).of(self.tree.text).to_owned()
    }
}
