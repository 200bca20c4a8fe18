//! Rules against frames: which rule of a trigger holds.

use crate::frame::Frame;
use crate::tree::Tree;
use crate::who::{Part, Resolver};
use counterclaim_lexicon::{Constraint, EventRule, Lexicon, RuleSet, Slot, Word};
use counterclaim_text::{ActorKind, Rel, Upos};

/// The class bits of every token: the lexicon's classes of its lemma and what the entity layer adds.
pub struct Bits {
    own: Vec<u128>,
    /// Own bits joined with those of modifiers ("gun attack", "rounds of mortar").
    phrase: Vec<u128>,
}

impl Bits {
    /// Computes the class bits of a text.
    pub fn new(tree: &Tree, who: &Resolver, lexicon: &Lexicon) -> Bits {
        let classes = &lexicon.classes;
        let bit = |name: &str| classes.id(name).map_or(0u128, |id| 1 << id);
        let (state, group, actor, organ, place, gate, named) =
            (bit("state"), bit("group"), bit("actor"), bit("organ"), bit("place"), bit("gate"), bit("named"));
        let n = tree.len();
        let mut own = vec![0u128; n];
        for (i, bits) in own.iter_mut().enumerate() {
            let lemma = tree.lemma(i);
            *bits = classes.of(lemma);
            // Plurals that the lemmatizer leaves alone ("troops", "tents").
            if *bits == 0
                && let Some(one) = lemma.strip_suffix('s')
            {
                *bits = classes.of(one);
            }
            if *bits == 0 && !tree.word(i).is_ascii() {
                *bits = classes.of(&counterclaim_lexicon::fold(lemma));
            }
            if let Some(m) = who.entities.actor(i).filter(|m| m.head as usize == i) {
                *bits |= match m.kind {
                    ActorKind::State => state | actor,
                    ActorKind::Organ => state | organ | actor,
                    ActorKind::ArmedGroup => {
                        if m.actor.starts_with("unidentified") {
                            actor | bit("militant")
                        } else {
                            group | actor
                        }
                    }
                    ActorKind::Party | ActorKind::Igo | ActorKind::Ngo => actor,
                    _ => 0,
                };
            }
            if let Some(p) = who.entities.place(i).filter(|p| !p.demonym) {
                *bits |= place;
                if lexicon.places.is_crossing(&p.place.name) {
                    *bits |= gate;
                }
            }
            if tree.upos(i) == Upos::Propn && who.entities.place(i).is_none() && who.entities.actor(i).is_none() {
                *bits |= named;
            }
        }
        let mut phrase = own.clone();
        for i in 0..n {
            if let Some(h) = tree.head(i) {
                let of = tree.rel(i) == Rel::Nmod && tree.preposition(i) == Some("of");
                if matches!(tree.rel(i), Rel::Compound | Rel::Amod | Rel::Flat | Rel::NmodDesc)
                    || of && tree.upos(h) == Upos::Noun
                {
                    phrase[h] |= own[i] & if of { !0 } else { !(state | organ | place) };
                }
            }
        }
        // A phrase that a state or group owns counts as it ("Turkish warplanes", "ISWAP fighters").
        for i in 0..n {
            if matches!(tree.upos(i), Upos::Noun | Upos::Propn)
                && own[i] & (state | group) == 0
                && matches!(
                    tree.rel(i),
                    Rel::Nsubj | Rel::NsubjPass | Rel::Obj | Rel::Obl | Rel::OblAgent | Rel::Nmod | Rel::Conj
                )
                && let Some(w) = who.resolve(i, Part::Doer)
            {
                phrase[i] |= match w.kind {
                    ActorKind::State | ActorKind::Organ => state | actor,
                    ActorKind::ArmedGroup if !w.actor.starts_with("unidentified") => group | actor,
                    ActorKind::ArmedGroup => bit("militant") | actor,
                    _ => 0,
                };
            }
        }
        Bits { own, phrase }
    }

    /// Bits of the phrase headed by a token.
    pub fn phrase(&self, i: usize) -> u128 {
        self.phrase[i]
    }

    /// Bits of the token alone.
    pub fn own(&self, i: usize) -> u128 {
        self.own[i]
    }
}

/// The first rule of the trigger that holds for its frame.
pub fn first_rule<'r>(
    rules: &'r RuleSet,
    tree: &Tree,
    bits: &Bits,
    lexicon: &Lexicon,
    frame: &Frame,
    doer_country: &str,
    who: &Resolver,
) -> Option<&'r EventRule> {
    let i = frame.trigger;
    let verb = matches!(tree.upos(i), Upos::Verb);
    let foreign = lexicon.classes.id("foreign");
    // An unknown verb's lemma may be cut wrongly ("dynamit", "shel"): other bases of the written form are tried.
    let lemma = tree.lemma(i);
    let fits = |r: &&EventRule| {
        r.needs.iter().all(|c| holds(tree, bits, frame, c, foreign, doer_country, who))
            && !r.not.iter().any(|c| holds(tree, bits, frame, c, foreign, doer_country, who))
    };
    if rules.triggered(lemma, verb).next().is_some() {
        return rules.triggered(lemma, verb).find(fits);
    }
    if !verb {
        return None;
    }
    let word = tree.word(i).to_lowercase();
    let base = word.strip_suffix("ed").unwrap_or(&word);
    let tries = [format!("{lemma}e"), base.to_string(), format!("{base}e")];
    let key = tries.iter().find(|l| rules.triggered(l, verb).next().is_some())?;
    rules.triggered(key, verb).find(fits)
}

fn holds(
    tree: &Tree,
    bits: &Bits,
    frame: &Frame,
    c: &Constraint,
    foreign: Option<u8>,
    doer_country: &str,
    who: &Resolver,
) -> bool {
    c.slots.iter().any(|slot| {
        if *slot == Slot::Clause {
            let s = tree.syntax.sentences[tree.sentence(frame.trigger)];
            return s.tokens().any(|t| c.words.iter().any(|w| word_fits(tree, bits, t, w, false)));
        }
        frame.fill(slot).into_iter().any(|t| {
            c.words.iter().any(|w| match w {
                Word::Class(id) if Some(*id) == foreign => {
                    who.entities.place(t).is_some_and(|p| {
                        !p.place.country.is_empty() && !doer_country.is_empty() && p.place.country != doer_country
                    }) || {
                        // "in the provinces of Paktika and Khost": the place hangs below.
                        tree.kids(t).any(|k| {
                            who.entities.place(k).is_some_and(|p| {
                                !p.place.country.is_empty()
                                    && !doer_country.is_empty()
                                    && p.place.country != doer_country
                            })
                        })
                    }
                }
                w => word_fits(tree, bits, t, w, *slot != Slot::Own),
            })
        })
    })
}

fn word_fits(tree: &Tree, bits: &Bits, t: usize, w: &Word, phrase: bool) -> bool {
    match w {
        Word::Any => true,
        Word::Lemma(l) => {
            tree.lemma(t) == l
                || tree.lemma(t).strip_suffix('s') == Some(l.as_str())
                || phrase
                    && tree.kids(t).any(|k| {
                        matches!(tree.rel(k), Rel::Compound | Rel::Amod | Rel::Flat | Rel::NmodDesc)
                            && tree.lemma(k) == l
                    })
                || phrase
                    && tree
                        .kids(t)
                        .any(|k| tree.rel(k) == Rel::Nmod && tree.preposition(k) == Some("of") && tree.lemma(k) == l)
        }
        Word::Class(id) => (if phrase { bits.phrase(t) } else { bits.own(t) }) >> id & 1 == 1,
    }
}
