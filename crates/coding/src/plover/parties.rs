//! Parties of an act: countries and sectors of the phrases on both sides.
//!
//! A phrase belongs to the country that its head or its modifiers name ("Turkish warplanes", "the army of Chad",
//! "students in Jakarta"), a person to the country that the person stands for, a pronoun to whoever speaks. The sector
//! is that of the head noun, unless a modifier says more ("rebel leader").

use super::reading::Found;
use crate::frame::frame;
use crate::tree::Tree;
use crate::who::{Part, Resolver};
use counterclaim_entities::Entities;
use counterclaim_lexicon::{Lexicon, Person, words_of};
use counterclaim_text::{ActorKind, Rel, Span, Upos};

/// One party of an act.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Party {
    /// ISO 3166-1 alpha-3, or PLOVER's code for a body of no country (UNO, EUR, IGO, NGO, IMG); empty if unknown.
    pub country: String,
    /// Sectors, the most exact first; empty if unknown.
    pub sectors: Vec<String>,
    /// The registry's name, if it is known there.
    pub name: String,
    /// The words.
    pub span: Span,
}

/// Resolves phrases of one text to parties.
pub struct Parties<'a> {
    tree: &'a Tree<'a>,
    who: &'a Resolver<'a>,
    entities: &'a Entities,
    lexicon: &'a Lexicon,
    /// Person of public life whose name covers a token.
    person: Vec<Option<&'a Person>>,
}

/// Sectors that say more than that of the noun which they modify.
const EXACT: &[&str] =
    &["REB", "OPP", "MIL", "COP", "JUD", "LEG", "SPY", "REF", "UAF", "LAB", "EDU", "PTY", "JRN", "CRM"];

impl<'a> Parties<'a> {
    /// Finds the people of public life whom the text names.
    pub fn new(tree: &'a Tree<'a>, who: &'a Resolver<'a>, entities: &'a Entities, lexicon: &'a Lexicon) -> Parties<'a> {
        let n = tree.len();
        let words: Vec<Vec<String>> = (0..n).map(|i| words_of(tree.word(i))).collect();
        let mut person: Vec<Option<&Person>> = vec![None; n];
        let mut i = 0;
        while i < n {
            let capital = tree.word(i).chars().next().is_some_and(char::is_uppercase) || tree.word(i).contains("al-");
            let known = entities.actor(i).is_some_and(|m| m.head as usize == i && m.kind != ActorKind::Role);
            if !capital || entities.date(i).is_some() || known && tree.upos(i) != Upos::Propn {
                i += 1;
                continue;
            }
            let flat = (i..n.min(i + 8)).flat_map(|k| words[k].iter().map(String::as_str));
            let Some((count, p)) = lexicon.plover.person(flat) else {
                i += 1;
                continue;
            };
            let mut end = i;
            let mut left = count;
            while end < n && left > 0 {
                left = left.saturating_sub(words[end].len().max(1));
                end += 1;
            }
            // A last name after another first name is somebody else.
            let before = i.checked_sub(1).filter(|b| {
                tree.upos(*b) == Upos::Propn
                    && tree.sentence(*b) == tree.sentence(i)
                    && person[*b].is_none()
                    && entities.place(*b).is_none()
                    && entities.actor(*b).is_none()
                    && lexicon.plover.sector(tree.lemma(*b)).is_none()
                    && !matches!(tree.lemma(*b), "mr" | "mr." | "mrs" | "mrs." | "ms" | "sheikh" | "king" | "sultan")
            });
            if count > 1 || before.is_none() {
                for slot in person.iter_mut().take(end).skip(i) {
                    *slot = Some(p);
                }
            }
            i = end.max(i + 1);
        }
        Parties { tree, who, entities, lexicon, person }
    }

    fn iso3(&self, iso2: &str) -> String {
        let state = self.lexicon.actors.states().iter().find(|s| !iso2.is_empty() && s.iso2 == iso2);
        state.map(|s| s.iso3.clone()).unwrap_or_default()
    }

    /// The party that an actor of the registry is.
    pub fn registered(&self, name: &str) -> Option<Party> {
        let actor = self.lexicon.actors.get(name)?;
        let country = match actor.kind {
            ActorKind::Igo if name.starts_with("United Nations") || name.starts_with("UN ") => "UNO".to_owned(),
            ActorKind::Igo if actor.parent == "United Nations" => "UNO".to_owned(),
            ActorKind::Igo if name.starts_with("European") || actor.parent == "European Union" => "EUR".to_owned(),
            ActorKind::Igo => "IGO".to_owned(),
            ActorKind::Ngo => "NGO".to_owned(),
            ActorKind::State => {
                let state = self.lexicon.actors.states().iter().find(|s| s.name == name);
                state.map(|s| s.iso3.clone()).unwrap_or_default()
            }
            ActorKind::ArmedGroup if actor.cameo.starts_with("IMG") => "IMG".to_owned(),
            ActorKind::ArmedGroup if name.starts_with(char::is_lowercase) => String::new(),
            ActorKind::ArmedGroup if actor.country.is_empty() => "IMG".to_owned(),
            _ => self.iso3(&actor.country),
        };
        let sectors = if actor.sector.is_empty() { Vec::new() } else { vec![actor.sector.clone()] };
        Some(Party { country, sectors, name: name.to_owned(), span: Span::default() })
    }

    /// The country that one token names by itself.
    fn country_at(&self, i: usize) -> Option<(String, String)> {
        if let Some(p) = self.person[i] {
            return Some((p.country.clone(), p.name.clone()));
        }
        let place = || self.entities.place(i).map(|p| self.iso3(&p.place.country)).filter(|c| !c.is_empty());
        if let Some(m) = self.entities.actor(i).filter(|m| !m.actor.is_empty() && !m.rule.ends_with("(home)")) {
            // "Iraqi Kurds" as one name of a people: the adjective says where.
            if m.kind == ActorKind::Community
                && let Some(c) = place()
            {
                return Some((c, String::new()));
            }
            let party = self.registered(&m.actor)?;
            if !party.country.is_empty() && m.kind != ActorKind::Media {
                return Some((party.country, m.actor.clone()));
            }
        }
        place().map(|c| (c, String::new()))
    }

    /// True if a phrase names a country, a body or a group of people.
    pub fn named(&self, h: usize) -> bool {
        self.tree.upos(h) == Upos::Pron && !self.party(h).iter().all(|p| p.country.is_empty())
            || self.party(h).iter().any(|p| !p.country.is_empty())
            || self.lexicon.plover.sector(self.tree.lemma(h)).is_some() && self.tree.upos(h) != Upos::Verb
    }

    /// The parties of a phrase; several if its modifiers name several ("U.S. and Russian negotiators").
    pub fn party(&self, h: usize) -> Vec<Party> {
        let t = self.tree;
        if t.upos(h) == Upos::Pron {
            return self.pronoun(h);
        }
        let mut found: Vec<(u8, usize, String, String)> = Vec::new();
        self.gather(h, 0, 0, &mut found);
        let sectors = self.sectors(h);
        let span = t.span(h);
        let Some(best) = found.iter().map(|f| f.0).min() else {
            let known = !sectors.is_empty();
            let party = Party { sectors, span, ..Party::default() };
            return if known { vec![party] } else { Vec::new() };
        };
        let mut out: Vec<Party> = Vec::new();
        for (_, _, country, name) in found.into_iter().filter(|f| f.0 == best) {
            if out.iter().any(|p| p.country == country) {
                continue;
            }
            let mut own = sectors.clone();
            if own.is_empty()
                && let Some(p) = self.registered(&name)
            {
                own = p.sectors;
            }
            out.push(Party { country, sectors: own, name, span });
        }
        out
    }

    /// Countries that the phrase names, with how closely: itself, its modifiers, what it is of, where it is.
    fn gather(&self, h: usize, base: u8, depth: u8, out: &mut Vec<(u8, usize, String, String)>) {
        let t = self.tree;
        if let Some((country, name)) = self.country_at(h) {
            // "Iraqi Kurds": a people lives where its modifier says.
            let people =
                self.entities.actor(h).is_some_and(|m| matches!(m.kind, ActorKind::Community | ActorKind::Role));
            out.push((if people { base + 2 } else { base }, h, country, name));
        }
        if depth > 3 {
            return;
        }
        for k in t.kids(h) {
            let step = match t.rel(k) {
                Rel::Compound | Rel::Amod | Rel::NmodPoss | Rel::NmodDesc => 1,
                Rel::Flat | Rel::Appos | Rel::NmodUnmarked => 2,
                // "U.S. and Russian negotiators", "the governments of Chad and Niger"; conjoined heads are read apart.
                Rel::Conj if depth > 0 => 0,
                Rel::Nmod => match t.preposition(k) {
                    Some("of" | "by") => 3,
                    Some("from") => 3,
                    Some("in" | "on" | "at" | "within" | "across" | "throughout" | "outside" | "near" | "inside") => 4,
                    Some("to" | "for" | "between" | "with" | "against" | "over" | "into") => 6,
                    _ => continue,
                },
                Rel::Acl => {
                    if matches!(
                        t.lemma(k),
                        "base" | "loyal" | "back" | "affiliate" | "belong" | "link" | "live" | "operate" | "train"
                    ) {
                        5
                    } else {
                        continue;
                    }
                }
                Rel::Obl if t.rel(h) == Rel::Acl => 0,
                _ => continue,
            };
            if t.upos(k) == Upos::Pron && t.rel(k) == Rel::NmodPoss {
                for p in self.pronoun(k) {
                    if !p.country.is_empty() {
                        out.push((base + 1, k, p.country, p.name));
                    }
                }
                continue;
            }
            self.gather(k, base + step, depth + 1, out);
        }
    }

    fn sectors(&self, h: usize) -> Vec<String> {
        let t = self.tree;
        let of = |i: usize| -> Option<String> {
            if let Some(p) = self.person[i] {
                return Some(p.sector.clone());
            }
            if let Some(s) = self.lexicon.plover.sector(t.lemma(i)) {
                return Some(s.to_owned());
            }
            let m = self.entities.actor(i)?;
            if !m.sector.is_empty() {
                return Some(m.sector.clone());
            }
            self.registered(&m.actor)?.sectors.first().cloned()
        };
        let mut out: Vec<String> = Vec::new();
        for k in t.kids(h) {
            if matches!(t.rel(k), Rel::Compound | Rel::Amod | Rel::NmodPoss | Rel::NmodDesc | Rel::Flat | Rel::Appos)
                && let Some(s) = of(k)
                && (EXACT.contains(&s.as_str()) || t.rel(k) == Rel::Appos)
                && !self.entities.actor(k).is_some_and(|m| m.kind == ActorKind::State)
            {
                out.push(s);
            }
        }
        out.extend(of(h));
        if out.is_empty() {
            for k in
                t.kids(h).filter(|k| matches!(t.rel(*k), Rel::NmodDesc | Rel::Compound | Rel::Flat | Rel::NmodUnmarked))
            {
                out.extend(of(k));
            }
        }
        if out.is_empty() {
            // "thousands of refugees", "a group of deputies".
            for k in t.kids(h).filter(|k| t.rel(*k) == Rel::Nmod && t.preposition(*k) == Some("of")) {
                out.extend(of(k));
            }
        }
        if self.person[h].is_none() && out.is_empty() && self.entities.place(h).is_some_and(|p| !p.demonym) {
            out.push("GOV".into());
        }
        let mut seen: Vec<String> = Vec::new();
        out.retain(|s| {
            let new = !seen.contains(s) && !s.is_empty();
            seen.push(s.clone());
            new
        });
        out
    }

    /// Pronouns in what is said mean the speaker; others the subject told of before.
    fn pronoun(&self, i: usize) -> Vec<Party> {
        let t = self.tree;
        if matches!(t.lemma(i), "who" | "which" | "that" | "whom" | "whose") {
            return Vec::new();
        }
        if let Some(s) = self.speaker_of(i).filter(|s| *s != i && t.upos(*s) != Upos::Pron) {
            return self.party(s);
        }
        let mut at = i;
        for _ in 0..8 {
            let Some(h) = t.head(at) else { break };
            at = h;
            let subject = t.kids(at).find(|k| {
                matches!(t.rel(*k), Rel::Nsubj | Rel::NsubjPass) && t.upos(*k) != Upos::Pron && !t.within(i, *k)
            });
            if let Some(s) = subject {
                return self.party(s);
            }
        }
        let known = self.who.resolve(i, Part::Doer).and_then(|w| self.registered(&w.actor));
        known.filter(|p| !p.country.is_empty()).into_iter().collect()
    }

    /// The head of who says the clause that holds a token.
    pub fn speaker_of(&self, i: usize) -> Option<usize> {
        let t = self.tree;
        let mut at = i;
        for _ in 0..14 {
            // "X must go, Y said": the attribution hangs below the clause.
            let aside = t
                .kids(at)
                .find(|k| t.rel(*k) == Rel::Parataxis && self.lexicon.cues.speech(t.lemma(*k), true).is_some());
            if let Some(s) = aside.and_then(|v| frame(t, v).subj.first().copied()).filter(|s| !t.within(i, *s)) {
                return Some(s);
            }
            let h = t.head(at)?;
            if matches!(t.rel(at), Rel::Ccomp | Rel::Xcomp | Rel::Acl)
                && let Some(s) = frame(t, h).subj.first().copied()
                && t.rel(at) == Rel::Ccomp
            {
                return Some(s);
            }
            at = h;
        }
        None
    }

    /// Both sides of an act, with what the sentence adds where a phrase names no country.
    pub fn sides(&self, found: &Found) -> (Vec<Party>, Vec<Party>) {
        let mut actors = self.all(&found.source);
        let mut recipients = self.all(&found.target);
        let t = self.tree;
        let known = |l: &[Party]| l.iter().any(|p| !p.country.is_empty());
        if !known(&actors) && !found.source.is_empty() {
            // "Rebels in the north attacked": the country is that of the place or of the other side.
            let near = self.around(found.trigger, &[]).into_iter().find(|p| p.place).map(|p| p.party.country);
            let country = near.or_else(|| recipients.iter().map(|p| p.country.clone()).find(|c| !c.is_empty()));
            if let Some(c) = country {
                for a in &mut actors {
                    a.country.clone_from(&c);
                }
                if actors.is_empty() && found.source.iter().any(|s| matches!(t.upos(*s), Upos::Propn)) {
                    actors.push(Party { country: c, span: t.span(found.source[0]), ..Party::default() });
                }
            }
        }
        if found.source.is_empty()
            && matches!(found.kind.as_str(), "COERCE" | "SANCTION" | "RETREAT" | "CONCEDE" | "ACCUSE")
        {
            let near = self.around(found.trigger, &found.target).into_iter().find(|p| p.place);
            actors.extend(near.map(|p| Party { sectors: vec!["GOV".into()], ..p.party }));
        }
        if !known(&actors) {
            // One country in the whole sentence: it is an affair of that country.
            let mut all: Vec<Party> = self.around(found.trigger, &[]).into_iter().map(|p| p.party).collect();
            all.dedup_by(|a, b| a.country == b.country);
            if let [only] = &all[..] {
                for a in &mut actors {
                    a.country.clone_from(&only.country);
                }
                if actors.is_empty() && !found.source.is_empty() {
                    let sectors = self.sectors(found.source[0]);
                    actors.push(Party {
                        country: only.country.clone(),
                        sectors,
                        span: t.span(found.source[0]),
                        ..Party::default()
                    });
                }
            }
        }
        let mine: Vec<String> = actors.iter().map(|p| p.country.clone()).collect();
        if !known(&recipients) {
            let around = self.around(found.trigger, &found.source);
            let other = around.iter().find(|p| !mine.contains(&p.party.country));
            let place = around.iter().find(|p| p.place);
            match (recipients.is_empty(), other, place) {
                // A group of people without a country lives where it happens, else with the other side.
                (false, _, _) => {
                    let c = place.or(other).map(|p| p.party.country.clone()).or_else(|| mine.first().cloned());
                    for r in &mut recipients {
                        r.country = c.clone().unwrap_or_default();
                    }
                    if let Some(o) = other.filter(|o| place.is_some_and(|p| p.party.country != o.party.country)) {
                        recipients.push(o.party.clone());
                    }
                }
                (true, Some(o), _) => recipients.push(o.party.clone()),
                (true, None, _) => {
                    let group = self.domestic(found);
                    let country = mine.first().cloned().unwrap_or_default();
                    // What a state allows, forbids or is asked by its own people stays at home.
                    let home = matches!(found.kind.as_str(), "CONCEDE" | "COERCE" | "PROTEST") && !country.is_empty();
                    let group = group.or_else(|| home.then(Party::default));
                    recipients.extend(group.map(|g| Party { country, ..g }));
                }
            }
        } else if recipients.iter().all(|p| mine.contains(&p.country)) && !found.mutual {
            // "troops along its border with Chad": what is one's own is no recipient if another is named in the phrase.
            let inside = found.target.iter().flat_map(|h| self.inside(*h)).find(|p| !mine.contains(&p.country));
            recipients.extend(inside);
        }
        (actors, recipients)
    }

    fn all(&self, heads: &[usize]) -> Vec<Party> {
        let mut out: Vec<Party> = Vec::new();
        for p in heads.iter().flat_map(|h| self.party(*h)) {
            if !out.iter().any(|o| o.country == p.country && o.sectors == p.sectors) {
                out.push(p);
            }
        }
        out
    }

    /// Every party that a phrase names anywhere.
    fn inside(&self, h: usize) -> Vec<Party> {
        let (a, b) = self.tree.hull(h);
        (a..=b).filter_map(|i| self.alone(i)).collect()
    }

    fn alone(&self, i: usize) -> Option<Party> {
        let (country, name) = self.country_at(i)?;
        let h = self.phrase_head(i);
        Some(Party { country, name, sectors: self.sectors(h), span: self.tree.span(i) })
    }

    fn phrase_head(&self, i: usize) -> usize {
        let t = self.tree;
        let mut at = i;
        while matches!(t.rel(at), Rel::Compound | Rel::Amod | Rel::Flat | Rel::NmodPoss | Rel::NmodDesc) {
            match t.head(at) {
                Some(h) => at = h,
                None => break,
            }
        }
        at
    }

    /// Parties named after a word in its clause, nearest first, then those named before it; not those in `except` nor
    /// those who merely say it.
    fn around(&self, v: usize, except: &[usize]) -> Vec<Near> {
        let t = self.tree;
        let s = t.syntax.sentences[t.sentence(v)];
        let attribution = |i: usize| {
            let mut at = i;
            for _ in 0..14 {
                if t.rel(at) == Rel::Parataxis && self.lexicon.cues.speech(t.lemma(at), true).is_some() {
                    return true;
                }
                match t.head(at) {
                    // The subject of a word of speech above the act speaks of it, no more.
                    Some(h)
                        if t.rel(at) == Rel::Nsubj
                            && h != v
                            && t.within(v, h)
                            && self.lexicon.cues.speech(t.lemma(h), true).is_some() =>
                    {
                        return true;
                    }
                    Some(h) => at = h,
                    None => return false,
                }
            }
            false
        };
        let near = |i: usize| {
            if except.iter().any(|e| t.within(i, *e) && !t.within(v, *e))
                || attribution(i)
                || self.entities.date(i).is_some()
            {
                return None;
            }
            let party = self.alone(i)?;
            let place = self.entities.place(i).is_some_and(|p| !p.demonym)
                && matches!(t.preposition(i), Some("in" | "at" | "near" | "on" | "into" | "inside"));
            Some(Near { party, place })
        };
        let mut out: Vec<Near> = s.tokens().filter(|i| *i > v).filter_map(near).collect();
        out.extend(s.tokens().filter(|i| *i < v).filter_map(near));
        out
    }

    /// A group of people after the word, for an act within one country.
    fn domestic(&self, found: &Found) -> Option<Party> {
        let t = self.tree;
        let (_, b) = t.hull(found.trigger);
        (found.trigger + 1..=b)
            .filter(|i| {
                t.upos(*i) == Upos::Noun
                    && !found.source.iter().any(|s| t.within(*i, *s) && !t.within(found.trigger, *s))
            })
            .find_map(|i| {
                let sector = self.lexicon.plover.sector(t.lemma(i))?;
                Some(Party { sectors: vec![sector.to_owned()], span: t.span(i), ..Party::default() })
            })
    }
}

/// A party named near an act.
struct Near {
    party: Party,
    /// It is where something is.
    place: bool,
}
