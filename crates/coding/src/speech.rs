//! Speech: who says what, with which stance, and which words are what is said.

use crate::tree::Tree;
use crate::who::{Part, Resolver, Who};
use counterclaim_lexicon::Lexicon;
use counterclaim_text::{ActorKind, Rel, Span, Stance, Upos, Xpos};
use serde::{Deserialize, Serialize};

/// One statement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Speech {
    /// Who speaks.
    pub speaker: Who,
    /// How the speaker stands to the content.
    pub stance: Stance,
    /// The cue token; for an issuer's whole text the first token.
    pub cue: usize,
    /// Head of the content, if it is one phrase or clause.
    pub content: Option<usize>,
    /// First and last token of what is said.
    pub tokens: (usize, usize),
    /// True if the cue itself is negated ("did not say").
    pub negated: bool,
    /// Who is accused, for accusations.
    pub accused: Option<Who>,
    /// The rule that found it.
    pub rule: String,
}

impl Speech {
    /// The words from the content's first to its last token.
    pub fn span(&self, tree: &Tree) -> Span {
        tree.span_of(self.tokens.0, self.tokens.1)
    }
}

/// All statements of a text, and for each token the outermost one that holds it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Speeches {
    /// Statements in text order of their cues.
    pub all: Vec<Speech>,
    /// Statement of each token.
    #[serde(skip)]
    pub of: Vec<Option<u32>>,
}

/// Finds the statements of a text.
pub fn find(tree: &Tree, who: &Resolver, lexicon: &Lexicon) -> Speeches {
    let mut found: Vec<Speech> = Vec::new();
    // Nameless speakers introduced before: "security sources said …", then "the sources said …".
    let mut nameless: Vec<(String, Who)> = Vec::new();
    for i in 0..tree.len() {
        match tree.upos(i) {
            _ if matches!(tree.lemma(i), "accord" | "according") => found.extend(according_to(tree, who, i)),
            Upos::Verb => {
                if let Some(mut s) = verb_speech(tree, who, lexicon, i, &found) {
                    if let Some(lemma) = subject(tree, i).map(|x| tree.lemma(x).to_string()) {
                        let vague = matches!(s.speaker.actor.as_str(), "sources" | "analysts" | "officials");
                        match nameless.iter().rev().find(|(l, _)| *l == lemma) {
                            Some((_, w)) if vague => s.speaker = w.clone(),
                            _ if !vague => nameless.push((lemma, s.speaker.clone())),
                            _ => {}
                        }
                    }
                    found.push(s);
                }
            }
            Upos::Noun => {
                found.extend(noun_speech(tree, who, lexicon, i));
                found.extend(aside(tree, who, i));
            }
            _ => {}
        }
    }
    crate::marked::refine(tree, &mut found);
    found.extend(crate::marked::find(tree, who, lexicon, &found));
    found.extend(crate::labels::find(tree, who, &found));
    quotes(tree, &mut found);
    // People who are hit are civilians; people who speak are residents.
    for s in found.iter_mut().filter(|s| s.speaker.actor == "civilians") {
        s.speaker.actor = "residents".into();
    }
    // The outer speaker's claim counts: longer statements take their tokens first.
    // "The strike, which Y says killed nine, …, X said": an aside is its own speaker's, not X's.
    let aside = |s: &Speech| tree.rel(s.cue) == Rel::AclRelcl && s.rule.ends_with("/that");
    let mut order: Vec<usize> = (0..found.len()).collect();
    order.sort_by_key(|i| (!aside(&found[*i]), std::cmp::Reverse(found[*i].tokens.1 - found[*i].tokens.0), *i));
    let mut of: Vec<Option<u32>> = vec![None; tree.len()];
    // In the content, or in a second clause of it that the tree hung beside it.
    let said = |t: usize, cue: usize, c: usize| {
        tree.within(t, c)
            || tree.rel(c) == Rel::Ccomp
                && tree.kids(cue).any(|k| tree.rel(k) == Rel::Ccomp && k > c && tree.within(t, k))
    };
    for i in order {
        let s = &found[i];
        for (t, slot) in of.iter_mut().enumerate().take(s.tokens.1 + 1).skip(s.tokens.0) {
            // The attribution inside its own sentence ("…, officials said, …") is not what is said.
            let attribution = tree.within(t, s.cue)
                && s.content.is_some_and(|c| {
                    c != s.cue && (!said(t, s.cue, c) || tree.within(s.cue, c) && tree.within(t, s.cue))
                });
            if slot.is_none() && !attribution {
                *slot = Some(i as u32);
            }
        }
    }
    if let Some(issuer) = &who.entities.context.issuer
        && !tree.is_empty()
    {
        let id = found.len() as u32;
        found.push(Speech {
            speaker: Who { actor: issuer.actor.clone(), kind: ActorKind::State, via: issuer.via.clone() },
            stance: Stance::Asserts,
            cue: 0,
            content: None,
            tokens: (0, tree.len() - 1),
            negated: false,
            accused: None,
            rule: "claims/issuer".into(),
        });
        for slot in &mut of {
            slot.get_or_insert(id);
        }
    }
    Speeches { all: found, of }
}

fn subject(tree: &Tree, v: usize) -> Option<usize> {
    // "quoted the spokesman as saying", "was quoted as saying": who is quoted.
    if let Some(q) = tree.head(v).filter(|q| matches!(tree.lemma(*q), "quote" | "cite"))
        && tree.syntax.tokens[v].xpos == Xpos::Vbg
        && tree.kid(v, &[Rel::Nsubj]).is_none()
    {
        return tree.kid(q, &[Rel::NsubjPass, Rel::Obj]).or_else(|| subject(tree, q).filter(|_| passive(tree, q)));
    }
    // "and Kabul says": the name right before the word of speech, if the tree gave it to something else.
    let own = tree.kid(v, &[Rel::Nsubj, Rel::NsubjOuter, Rel::OblAgent]);
    let start = tree.syntax.sentences[tree.sentence(v)].tokens().start;
    let orphan = |s: &usize| {
        *s >= start && tree.upos(*s) == Upos::Propn && matches!(tree.rel(*s), Rel::Conj | Rel::Appos | Rel::Parataxis)
    };
    if own.is_none()
        && matches!(tree.syntax.tokens[v].xpos, Xpos::Vbz | Xpos::Vbd)
        && let Some(s) = v.checked_sub(1).filter(orphan)
    {
        return Some(s);
    }
    // "In a note the front said": the noun right before the word of speech, taken for a part of the phrase before it.
    let joined = |s: &usize| {
        *s > start
            && matches!(tree.upos(*s), Upos::Noun | Upos::Propn)
            && matches!(tree.rel(*s), Rel::Nmod | Rel::NmodUnmarked | Rel::Appos)
            && tree.preposition(*s).is_none()
            && tree.kids(*s).any(|k| tree.rel(k) == Rel::Det)
    };
    if own.is_none()
        && matches!(tree.syntax.tokens[v].xpos, Xpos::Vbz | Xpos::Vbd)
        && let Some(s) = v.checked_sub(1).filter(joined)
    {
        return Some(s);
    }
    // "the mayor said so; the front, in a note, said": what follows a semicolon has a subject of its own.
    let part = (start..v).rev().find(|t| tree.word(*t) == ";");
    if let Some(p) = part.filter(|p| own.is_none_or(|s| s < *p)) {
        let loose = |t: &usize| {
            matches!(tree.upos(*t), Upos::Noun | Upos::Propn | Upos::Pron)
                && matches!(tree.rel(*t), Rel::Nsubj | Rel::Conj | Rel::Appos | Rel::Parataxis | Rel::List | Rel::Obj)
        };
        if let Some(s) = (p + 1..v).find(loose) {
            return Some(s);
        }
    }
    let mut at = v;
    for _ in 0..6 {
        // Of several subjects the nearest: the first may be a heading.
        let subjects = tree.kids(at).filter(|k| matches!(tree.rel(*k), Rel::Nsubj | Rel::NsubjOuter));
        if let Some(s) = subjects.min_by_key(|s| s.abs_diff(at)).map(|s| outside(tree, s, v)) {
            if matches!(tree.syntax.tokens[s].xpos, Xpos::Wp | Xpos::Wdt) {
                return tree.head(at);
            }
            return Some(s);
        }
        if let Some(s) = tree.kid(at, &[Rel::OblAgent]) {
            return Some(s);
        }
        match tree.rel(at) {
            Rel::Conj | Rel::Xcomp | Rel::Advcl | Rel::Parataxis => at = tree.head(at)?,
            Rel::Acl => return tree.head(at),
            _ => return None,
        }
    }
    None
}

/// True for a capital within a sentence: "Said Alam" is a name.
pub(crate) fn name(tree: &Tree, v: usize) -> bool {
    let start = tree.syntax.sentences[tree.sentence(v)].tokens().start;
    let plain = v == start || tree.upos(v - 1) == Upos::Punct;
    let word = tree.word(v);
    let lower = |i: usize| tree.word(i).chars().next().is_some_and(char::is_lowercase);
    // In a headline every word has a capital.
    !plain && word.starts_with(char::is_uppercase) && word.contains(char::is_lowercase) && lower(v - 1)
}

/// True for a verb in the passive; the "'s" of a name is no auxiliary.
fn passive(tree: &Tree, v: usize) -> bool {
    tree.kids(v).any(|k| {
        tree.rel(k) == Rel::AuxPass && tree.syntax.tokens[k].xpos != Xpos::Pos || tree.rel(k) == Rel::NsubjPass
    })
}

/// "Radio X [Town, in Y, 0600 gmt] said": the word before the brackets, not one inside them.
fn outside(tree: &Tree, s: usize, v: usize) -> usize {
    if s >= v || tree.sentence(s) != tree.sentence(v) {
        return s;
    }
    let close =
        (s..v).find(|t| matches!(tree.word(*t), "]" | "[" | ")" | "(")).filter(|t| matches!(tree.word(*t), "]" | ")"));
    let first = tree.syntax.sentences[tree.sentence(s)].tokens().start;
    let open = close.and_then(|_| (first..s).rev().find(|t| matches!(tree.word(*t), "[" | "(")));
    match open {
        Some(o) if o > first => {
            let mut at = o - 1;
            // The head of the phrase that ends there.
            while let Some(h) = tree.head(at).filter(|h| *h >= first && *h < o) {
                at = h;
            }
            at
        }
        _ => s,
    }
}

pub(crate) fn negated(tree: &Tree, v: usize) -> bool {
    tree.kids(v).any(|k| matches!(tree.lemma(k), "not" | "n't" | "never"))
}

pub(crate) fn hypothetical(tree: &Tree, v: usize) -> bool {
    tree.kids(v).any(|k| {
        tree.rel(k) == Rel::Aux
            && matches!(
                tree.lemma(k),
                "may" | "might" | "could" | "should" | "must" | "would" | "will" | "shall" | "can"
            )
    })
}

/// Nouns for a count of people.
pub(crate) const FIGURES: &[&str] = &["number", "toll", "figure", "count", "tally", "estimate", "total"];

fn verb_speech(tree: &Tree, who: &Resolver, lexicon: &Lexicon, v: usize, before: &[Speech]) -> Option<Speech> {
    let lemma = tree.lemma(v);
    let cue = lexicon.cues.speech(lemma, true)?;
    // "Said Alam": a name.
    if name(tree, v) {
        return None;
    }
    // "asked them to deny …": an infinitive says nothing itself.
    let infinitive = |x: usize| tree.kids(x).any(|k| tree.rel(k) == Rel::Mark && tree.lemma(k) == "to");
    let shared =
        tree.rel(v) == Rel::Conj && tree.syntax.tokens[v].xpos == Xpos::Vb && tree.head(v).is_some_and(infinitive);
    if hypothetical(tree, v) || infinitive(v) || shared {
        return None;
    }
    let passive = passive(tree, v);
    let agent = tree.kid(v, &[Rel::OblAgent]);
    // "India is called upon to …", in India's neighbour's own release: the issuer demands it.
    if passive && agent.is_none() {
        let issuer = who.entities.context.issuer.as_ref().filter(|_| cue.stance == Stance::Demands)?;
        let bound = tree.kids(v).any(|k| matches!(tree.rel(k), Rel::Xcomp | Rel::Ccomp | Rel::Advcl));
        return bound.then(|| Speech {
            speaker: Who { actor: issuer.actor.clone(), kind: ActorKind::State, via: issuer.via.clone() },
            stance: cue.stance,
            cue: v,
            content: Some(v),
            tokens: own_hull(tree, lexicon, v),
            negated: negated(tree, v),
            accused: None,
            rule: format!("claims/{lemma}/issuer"),
        });
    }
    let subj = agent.filter(|_| passive).or_else(|| subject(tree, v)).filter(|s| *s != v);
    // "The note: (a) protests against …; (b) demands …": the issuer.
    let issued = || {
        let i = who.entities.context.issuer.as_ref()?;
        let listed =
            tree.syntax.tokens[v].xpos == Xpos::Vbz && v > 0 && matches!(tree.word(v - 1), ")" | ";" | ":" | "•");
        listed.then(|| Who { actor: i.actor.clone(), kind: ActorKind::State, via: i.via.clone() })
    };
    let listed = issued();
    let subj = subj.or(listed.as_ref().map(|_| v))?;
    let speaker =
        listed.or_else(|| who.resolve(subj, Part::Speaker)).or_else(|| document(tree, lexicon, subj, before))?;
    if speaker.kind == ActorKind::Media {
        return None;
    }
    // "said that militants were operating there and urged Kabul to act": whoever said the first also urged.
    let joined = tree.rel(v) == Rel::Conj && tree.kid(v, &[Rel::Nsubj]).is_none();
    let outer =
        before.iter().rev().find(|s| s.content.is_some() && s.content == tree.head(v) && s.rule.ends_with("/that"));
    let shared = outer.filter(|_| joined && tree.syntax.tokens[v].xpos == Xpos::Vbd);
    let speaker = shared.map_or(speaker, |s| s.speaker.clone());
    let make = |stance: Stance, content: Option<usize>, tokens: (usize, usize), accused: Option<Who>, rule: &str| {
        Some(Speech {
            speaker: speaker.clone(),
            stance,
            cue: v,
            content,
            tokens,
            negated: negated(tree, v),
            accused,
            rule: format!("claims/{lemma}/{rule}"),
        })
    };
    // What is said follows a name that the tree gave to something else.
    let after = tree
        .kids(v)
        .find(|k| tree.rel(*k) == Rel::Ccomp && *k > v)
        .filter(|_| subj + 1 == v && tree.head(subj) != Some(v));
    let clause = after.or_else(|| tree.kid(v, &[Rel::Ccomp]));
    // "called the report a fairy tale", "described as baseless a claim that …", "rejected this as disinformation".
    if matches!(lemma, "describe" | "call" | "dismiss" | "term" | "label" | "brand" | "reject" | "deny" | "slam") {
        let (a, b) = own_hull(tree, lexicon, v);
        let untrue = |t: usize| {
            let has = |w: &str| lexicon.classes.has(w, "falsehood");
            has(tree.lemma(t)) || has(&tree.word(t).to_lowercase())
        };
        if (a..=b).any(untrue) {
            return make(Stance::Denies, Some(v), (v, b), None, "false");
        }
        if matches!(lemma, "call") && !tree.kids(v).any(|k| matches!(tree.preposition(k), Some("for" | "on" | "upon")))
        {
            return None;
        }
    }
    match cue.frame.as_str() {
        // "held the front responsible".
        "responsible" => {
            let said = |k: usize| matches!(tree.lemma(k), "responsible" | "accountable" | "liable");
            let o = tree.kid(v, &[Rel::Obj])?;
            let held = tree.kids(v).chain(tree.kids(o)).any(said);
            let accused = who.resolve(o, Part::Doer).filter(|_| held)?;
            make(cue.stance, Some(o), tree.hull(v), Some(accused), "of")
        }
        // "pointed to the front", "pointed the finger at the army".
        "at" => {
            let finger = tree.kid(v, &[Rel::Obj]).is_none_or(|o| tree.lemma(o) == "finger");
            let at = tree.kids(v).find(|k| matches!(tree.preposition(*k), Some("to" | "at" | "towards")))?;
            let accused = who
                .resolve(at, Part::Doer)
                .filter(|w| finger && matches!(w.kind, ActorKind::ArmedGroup | ActorKind::State | ActorKind::Organ))?;
            make(cue.stance, Some(at), tree.hull(v), Some(accused), "of")
        }
        "accused" => {
            let named =
                |k: &usize| tree.rel(*k) == Rel::Obj || tree.rel(*k) == Rel::Xcomp && tree.upos(*k) == Upos::Propn;
            let accused = tree.kids(v).filter(named).find_map(|o| who.resolve(o, Part::Doer));
            let content = tree
                .kids(v)
                .find(|k| {
                    matches!(tree.rel(*k), Rel::Advcl | Rel::Obl | Rel::Ccomp | Rel::Xcomp)
                        && tree.kids(*k).any(|c| {
                            matches!(tree.rel(c), Rel::Mark | Rel::Case) && matches!(tree.lemma(c), "of" | "for")
                        })
                })
                .or_else(|| tree.kid(v, &[Rel::Obj]))
                // "Kabul blamed Islamabad": the accused is all that is said.
                .or_else(|| tree.kids(v).find(named));
            let c = content?;
            make(cue.stance, content, tree.hull(c), accused, "of")
        }
        "to" => {
            let o = tree.kid(v, &[Rel::Obj])?;
            let to = tree
                .kids(v)
                .chain(tree.kids(o))
                .find(|k| matches!(tree.rel(*k), Rel::Obl | Rel::Nmod) && tree.preposition(*k) == Some("to"))?;
            let accused = who.resolve(to, Part::Doer);
            make(cue.stance, Some(o), tree.hull(v), accused, "to")
        }
        "for" => {
            let content = tree.kids(v).find(|k| {
                matches!(tree.rel(*k), Rel::Obl | Rel::Nmod)
                    && matches!(tree.preposition(*k), Some("for" | "on" | "upon"))
            })?;
            if lexicon.classes.has(tree.lemma(content), "askedthing") {
                return None;
            }
            make(cue.stance, Some(content), tree.hull(v), None, "for")
        }
        // "spoke of nine dead", "distanced itself from the attack".
        "of" | "from" => {
            let content = tree.kids(v).find(|k| {
                matches!(tree.rel(*k), Rel::Obl | Rel::Nmod | Rel::Advcl)
                    && tree.preposition(*k) == Some(cue.frame.as_str())
            })?;
            make(cue.stance, Some(content), tree.hull(content), None, cue.frame.as_str())
        }
        "object" => {
            // "asked whether", "asked about": a question, not a demand.
            let about = |k: usize| {
                tree.preposition(k) == Some("about") || tree.kids(k).any(|m| matches!(tree.lemma(m), "whether" | "if"))
            };
            if lemma == "ask" && tree.kids(v).any(about) {
                return None;
            }
            // "put the number of dead at nine".
            if lemma == "put" && down(tree, v) {
                let what =
                    tree.kid(v, &[Rel::Obj]).or_else(|| tree.head(v).filter(|_| tree.rel(v) == Rel::AclRelcl))?;
                return make(Stance::Accuses, Some(what), tree.hull(v), None, "to");
            }
            if matches!(lemma, "put" | "give") {
                let counted = |o: &usize| {
                    FIGURES.contains(&tree.lemma(*o))
                        || matches!(tree.lemma(*o), "dead" | "death" | "wounded" | "injured")
                };
                let figure = tree.kid(v, &[Rel::Obj]).filter(counted)?;
                if lemma == "give" {
                    // "gave the toll as eight dead", up to whatever somebody else says.
                    let said = |k: &usize| *k > v && matches!(tree.rel(*k), Rel::Obj | Rel::Obl | Rel::Xcomp);
                    let last = tree.kids(v).filter(said).map(|k| tree.hull(k).1).max().unwrap_or(figure);
                    return make(cue.stance, Some(v), (tree.hull(figure).0, last), None, "object");
                }
                return make(cue.stance, Some(figure), tree.hull(v), None, "object");
            }
            let patient = tree.kid(v, &[Rel::NsubjPass]).filter(|_| passive);
            let described = tree
                .head(v)
                .filter(|_| tree.kid(v, &[Rel::Obj, Rel::Xcomp]).is_none() && tree.rel(v) == Rel::Acl && passive);
            // "asked for more soldiers".
            let sought = tree.kids(v).find(|k| {
                matches!(lemma, "ask" | "request") && tree.rel(*k) == Rel::Obl && tree.preposition(*k) == Some("for")
            });
            // "asked for identity cards", "appealed for blood": things, which nobody need do anything about.
            if sought.is_some_and(|k| lexicon.classes.has(tree.lemma(k), "askedthing")) {
                return None;
            }
            let content = patient
                .or(described)
                .or(clause)
                .or(sought)
                .or_else(|| tree.kid(v, &[Rel::Xcomp, Rel::Obj, Rel::Advcl]))?;
            let (a, b) = own_hull(tree, lexicon, content);
            let rest = parted(tree, v, b);
            let content = if rest > b { v } else { content };
            make(cue.stance, Some(content), (a, rest), None, "object")
        }
        _ => {
            if let Some(c) = clause {
                let (a, b) = own_hull(tree, lexicon, c);
                // "reported the deaths of five in a raid carried out …": the object too.
                let object = tree.kid(v, &[Rel::Obj]).filter(|o| *o > v && *o < c && tree.upos(*o) == Upos::Noun);
                let bare = !tree.kids(c).any(|k| tree.rel(k) == Rel::Mark);
                let a = object.filter(|_| bare && lemma == "report").map_or(a, |o| tree.hull(o).0);
                let content = if object.is_some() && bare && lemma == "report" { v } else { c };
                return make(cue.stance, Some(content), (a, b), None, "that");
            }
            // "…, said the governor": all before it, whatever the parser made of the verb.
            let start = tree.syntax.sentences[tree.sentence(v)].tokens().start;
            let closed = v >= start + 3 && matches!(tree.word(v - 1), "," | "”" | "\"" | "''");
            if tree.rel(v) == Rel::Conj && subj > v && closed {
                let tokens = (start, v - 2);
                return make(cue.stance, tree.head(v), tokens, None, "parataxis");
            }
            if tree.rel(v) == Rel::Parataxis || tree.rel(v) == Rel::Conj && subject_is_own(tree, v) {
                let h = tree.head(v)?;
                if tree.rel(v) == Rel::Parataxis {
                    let (a, b) = tree.hull(h);
                    // "X happened, officials said": the rest of the sentence.
                    let (va, vb) = tree.hull(v);
                    let tokens = if vb >= b {
                        (a, va.saturating_sub(1).max(a))
                    } else if va <= a {
                        (vb + 1, b)
                    } else {
                        (a, b)
                    };
                    return make(cue.stance, Some(h), tokens, None, "parataxis");
                }
            }
            if let Some(o) = tree.kid(v, &[Rel::Obj, Rel::Xcomp])
                && (matches!(cue.stance, Stance::Confirms | Stance::Admits)
                    || matches!(
                        lemma,
                        "claim"
                            | "report"
                            | "announce"
                            | "insist"
                            | "emphasise"
                            | "emphasize"
                            | "highlight"
                            | "underline"
                            | "raise"
                            | "stress"
                            | "note"
                            | "allege"
                    )
                    || lemma == "bring"
                        && tree.kids(v).any(|k| tree.rel(k) == Rel::CompoundPrt && tree.lemma(k) == "up"))
            {
                let responsibility = lemma == "claim" && matches!(tree.lemma(o), "responsibility" | "credit");
                let stance = if responsibility { Stance::ClaimsResponsibility } else { cue.stance };
                let (a, b) = tree.hull(o);
                let rest = parted(tree, v, b);
                return make(
                    stance,
                    Some(if rest > b { v } else { o }),
                    (a, rest),
                    None,
                    if responsibility { "responsibility" } else { "object" },
                );
            }
            None
        }
    }
}

/// How many sentences back a statement that "the statement" means may stand.
const DOCUMENT: usize = 3;

/// "The statement added": whoever spoke last for a side.
fn document(tree: &Tree, lexicon: &Lexicon, subj: usize, before: &[Speech]) -> Option<Who> {
    let the = tree.kids(subj).any(|k| tree.rel(k) == Rel::Det && matches!(tree.lemma(k), "the" | "this"));
    if !the || !lexicon.classes.has(tree.lemma(subj), "document") {
        return None;
    }
    let side = |w: &Who| {
        matches!(
            w.kind,
            ActorKind::State | ActorKind::Organ | ActorKind::ArmedGroup | ActorKind::Igo | ActorKind::Party
        )
    };
    let near = |s: &&Speech| tree.sentence(subj) - tree.sentence(s.cue).min(tree.sentence(subj)) <= DOCUMENT;
    before.iter().rev().find(|s| s.cue < subj && side(&s.speaker)).filter(near).map(|s| s.speaker.clone())
}

/// The last token of an object that ends at `b`: in "counted 19 dead" the tree may part the number from what it counts.
fn parted(tree: &Tree, v: usize, b: usize) -> usize {
    tree.kid(v, &[Rel::Xcomp]).filter(|x| *x == b + 1).map_or(b, |x| tree.hull(x).1)
}

/// "put it down to": an explanation.
fn down(tree: &Tree, v: usize) -> bool {
    let to = |k: usize| tree.preposition(k) == Some("to") || tree.kids(k).any(|c| tree.lemma(c) == "to");
    tree.kids(v).any(|k| tree.lemma(k) == "down") && tree.kids(v).any(to)
}

fn subject_is_own(tree: &Tree, v: usize) -> bool {
    tree.kid(v, &[Rel::Nsubj]).is_some()
}

/// The hull of a content clause up to a second verb of speech that the parser joined to it ("denied that … and condemned …").
fn own_hull(tree: &Tree, lexicon: &Lexicon, content: usize) -> (usize, usize) {
    let (a, b) = tree.hull(content);
    let next = tree.kids(content).find(|k| {
        tree.rel(*k) == Rel::Conj
            && *k > content
            && tree.syntax.tokens[*k].xpos == Xpos::Vbd
            && lexicon.cues.speech(tree.lemma(*k), true).is_some()
    });
    match next {
        Some(k) => (a, tree.hull(k).0.max(content + 1) - 1),
        None => (a, b),
    }
}

/// "…, something Benin denies": too short for the tree, which takes the verb for a noun.
fn aside(tree: &Tree, who: &Resolver, i: usize) -> Option<Speech> {
    if !matches!(tree.word(i), "denies" | "denied" | "rejects" | "disputes") {
        return None;
    }
    let what = (i.saturating_sub(6)..i).rev().find(|w| matches!(tree.lemma(*w), "something" | "which" | "charge"))?;
    let name = tree.kids(i).find(|k| *k > what && tree.upos(*k) == Upos::Propn).filter(|_| i > what + 1);
    Some(Speech {
        speaker: who.resolve(name.unwrap_or(i - 1), Part::Speaker)?,
        stance: Stance::Denies,
        cue: i,
        content: Some(what),
        tokens: (what, what),
        negated: false,
        accused: None,
        rule: "claims/deny/aside".into(),
    })
}

fn noun_speech(tree: &Tree, who: &Resolver, lexicon: &Lexicon, n: usize) -> Option<Speech> {
    let lemma = tree.lemma(n);
    let cue = lexicon.cues.speech(lemma, false)?;
    let content = tree.kids(n).find(|k| {
        matches!(tree.rel(*k), Rel::Acl | Rel::Ccomp)
            && tree.kids(*k).any(|m| tree.rel(m) == Rel::Mark && tree.lemma(m) == "that")
    })?;
    let owner = tree.kids(n).find(|k| {
        tree.rel(*k) == Rel::NmodPoss
            || tree.rel(*k) == Rel::Amod
            || tree.rel(*k) == Rel::Nmod && matches!(tree.preposition(*k), Some("by" | "from" | "of"))
    })?;
    let speaker = who.resolve(owner, Part::Speaker)?;
    Some(Speech {
        speaker,
        stance: cue.stance,
        cue: n,
        content: Some(content),
        tokens: tree.hull(content),
        negated: false,
        accused: None,
        rule: format!("claims/{lemma}/noun"),
    })
}

fn according_to(tree: &Tree, who: &Resolver, i: usize) -> Option<Speech> {
    let head = tree.head(i)?;
    // "according" is the case of the speaker's phrase, or an oblique clause above it.
    let source = if tree.rel(i) == Rel::Case {
        head
    } else {
        tree.kids(i).find(|k| matches!(tree.rel(*k), Rel::Obl | Rel::Nmod | Rel::Obj))?
    };
    let speaker = who.resolve(source, Part::Speaker)?;
    if speaker.kind == ActorKind::Media {
        return None;
    }
    let top = if tree.rel(i) == Rel::Case { tree.head(source)? } else { head };
    let sentence = tree.syntax.sentences[tree.sentence(i)];
    let (sa, sb) = tree.hull(source);
    // ", according to X." at the end of a sentence speaks of all of it, wherever the parser hung it.
    let closing = i > sentence.start as usize
        && matches!(tree.word(i - 1), "," | ";" | "–" | "—" | "-")
        && sb + 2 >= sentence.end as usize;
    let (a, b) = if closing { (sentence.start as usize, sentence.end as usize - 1) } else { tree.hull(top) };
    let tokens = if sb >= b {
        (a, sa.min(i).saturating_sub(1).max(a))
    } else if sa.min(i) <= a {
        (sb + 1, b)
    } else {
        (a, b)
    };
    let content = if closing { None } else { Some(top) };
    Some(Speech {
        speaker,
        stance: Stance::Asserts,
        cue: source,
        content,
        tokens,
        negated: false,
        accused: None,
        rule: "claims/according-to".into(),
    })
}

/// A quotation of several sentences belongs to the speaker who opens or closes it.
fn quotes(tree: &Tree, found: &mut Vec<Speech>) {
    let t = &tree.syntax.tokens;
    let paragraphs = tree.paragraphs();
    let mut open: Option<usize> = None;
    let mut ranges: Vec<(usize, usize)> = Vec::new();
    for i in 0..t.len() {
        let w = t[i].span.of(tree.text);
        if open.is_some_and(|o| paragraphs[o] != paragraphs[i]) {
            open = None;
        }
        match (w, open) {
            ("“" | "``", _) => open = Some(i),
            ("”" | "''", Some(o)) => {
                ranges.push((o, i));
                open = None;
            }
            ("\"", Some(o)) => {
                ranges.push((o, i));
                open = None;
            }
            ("\"", None) => open = Some(i),
            _ => {}
        }
    }
    for (a, b) in ranges {
        if b - a < 4
            || tree.sentence(a + 1) == tree.sentence(b - 1)
                && found.iter().any(|s| s.tokens.0 <= a + 1 && b <= s.tokens.1 + 1)
        {
            continue;
        }
        // The statement whose content touches the quotation, or whose cue stands right before or after it.
        let near = found
            .iter()
            .filter(|s| {
                s.tokens.0 <= b && a <= s.tokens.1 || (s.cue > b && s.cue <= b + 8) || (s.cue < a && s.cue + 8 >= a)
            })
            .min_by_key(|s| s.cue.abs_diff(b).min(s.cue.abs_diff(a)));
        if let Some(s) = near.cloned() {
            found.push(Speech { tokens: (a, b), content: None, rule: "claims/quotation".into(), ..s });
        }
    }
}
