//! What a sentence's main clauses tell: the rule that holds, and what the words above it make of it.
//!
//! "will send aid" is AGREE, "refused to send aid" REJECT, "demanded that aid be sent" REQUEST, "suspended aid"
//! SANCTION: the act below is read first, then each governing word is applied (`data/events/plover/operators.tsv`).

use super::parties::Parties;
use crate::frame::{Frame, buried, frame};
use crate::matching::{Bits, first_rule};
use crate::tree::Tree;
use crate::who::Resolver;
use counterclaim_lexicon::{EventRule, Lexicon, Slot};
use counterclaim_text::{Rel, Upos, Xpos};

/// An act as read, with the heads of its parties.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// PLOVER type.
    pub kind: String,
    /// Mode that the rule settles.
    pub mode: String,
    /// CAMEO code that the rule settles.
    pub cameo: String,
    /// The rule.
    pub rule: String,
    /// Its word.
    pub trigger: usize,
    /// Heads of who acts.
    pub source: Vec<usize>,
    /// Heads of towards whom.
    pub target: Vec<usize>,
    /// Both sides act.
    pub mutual: bool,
    /// The type of the act that is promised, demanded, refused or threatened.
    pub inner: String,
}

/// How a clause tells its act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mood {
    Fact,
    Future,
    Must,
    Unreal,
}

/// Reads the acts of one text.
pub struct Reader<'a> {
    /// The trees.
    pub tree: &'a Tree<'a>,
    /// Resolves phrases.
    pub who: &'a Resolver<'a>,
    /// Word classes of tokens.
    pub bits: &'a Bits,
    /// The tables.
    pub lexicon: &'a Lexicon,
    /// Parties.
    pub parties: &'a Parties<'a>,
}

impl Reader<'_> {
    /// The acts that a sentence's main clauses tell, first those that stand highest.
    pub fn sentence(&self, s: usize) -> Vec<Found> {
        let t = self.tree;
        let sentence = t.syntax.sentences[s];
        let mut out: Vec<Found> = Vec::new();
        if sentence.tokens().rev().take(3).any(|i| t.word(i).contains('?')) {
            return out;
        }
        let mut heads: Vec<usize> = sentence.tokens().filter(|i| t.head(*i).is_none()).collect();
        let mut at = 0;
        while at < heads.len() && at < 12 {
            let h = heads[at];
            at += 1;
            let more = t.kids(h).filter(|k| {
                matches!(t.rel(*k), Rel::Conj | Rel::Parataxis | Rel::List)
                    && (t.upos(*k) == Upos::Verb || t.kid(*k, &[Rel::Nsubj, Rel::NsubjPass, Rel::Cop]).is_some())
            });
            heads.extend(more);
        }
        heads.extend(sentence.tokens().filter(|v| buried(t, *v).is_some()));
        for h in heads {
            if let Some(found) = self.clause(h, 0)
                && !out.iter().any(|o| o.kind == found.kind && o.trigger == found.trigger)
            {
                out.push(found);
            }
        }
        out
    }

    /// What a clause tells; if its own words tell nothing, what the clauses and phrases below it do.
    fn clause(&self, v: usize, depth: usize) -> Option<Found> {
        if depth > 4 {
            return None;
        }
        if self.denies(v) {
            return None;
        }
        if let Some(found) = self.read(v, depth) {
            return Some(found);
        }
        if self.mood(v) == Mood::Unreal || self.negated(v) {
            return None;
        }
        let t = self.tree;
        let order: [&[Rel]; 4] = [
            &[Rel::Ccomp, Rel::Xcomp],
            &[Rel::Obj, Rel::Nsubj, Rel::NsubjPass],
            &[Rel::Advcl, Rel::Obl, Rel::OblAgent],
            &[Rel::Acl, Rel::AclRelcl, Rel::Nmod],
        ];
        for rels in order {
            for k in t.kids(v).filter(|k| rels.contains(&t.rel(*k)) && !self.aside(*k)) {
                let nominal = matches!(t.upos(k), Upos::Noun | Upos::Propn);
                if nominal && matches!(t.rel(k), Rel::Obl | Rel::Nmod) && !matches!(t.preposition(k), Some("in" | "of"))
                {
                    continue;
                }
                if let Some(mut found) = self.clause(k, depth + 1) {
                    let silent = !found.source.iter().any(|s| self.parties.named(*s));
                    if silent && t.upos(v) == Upos::Verb && (!nominal || t.rel(k) == Rel::Obj) {
                        found.source = frame(t, v).subj;
                    }
                    return Some(found);
                }
            }
        }
        None
    }

    /// "denied that it attacked", "denied the attack", "denied any role": a statement about what was not done, so no event
    /// (CAMEO 016).
    fn denies(&self, v: usize) -> bool {
        let t = self.tree;
        let below = |k: usize| matches!(t.rel(k), Rel::Ccomp | Rel::Xcomp | Rel::Advcl) && t.upos(k) == Upos::Verb;
        let violent = |r: &EventRule| self.lexicon.kinds.get(&r.kind).is_some_and(|k| k.violent);
        let act = |k: usize| {
            t.rel(k) == Rel::Obj
                && (matches!(t.lemma(k), "responsibility" | "involvement" | "role" | "part" | "complicity")
                    || self.lexicon.rules.triggered(t.lemma(k), false).any(violent))
        };
        matches!(t.lemma(v), "deny" | "disclaim") && t.kids(v).any(|k| below(k) || act(k))
    }

    /// Conditions, times and purposes tell no act of the sentence.
    fn aside(&self, k: usize) -> bool {
        let t = self.tree;
        matches!(t.rel(k), Rel::Advcl | Rel::Acl)
            && t.kids(k).any(|m| {
                matches!(t.rel(m), Rel::Mark | Rel::Advmod | Rel::Case)
                    && matches!(
                        t.lemma(m),
                        "if" | "unless"
                            | "until"
                            | "whether"
                            | "before"
                            | "after"
                            | "since"
                            | "when"
                            | "while"
                            | "as"
                            | "because"
                            | "although"
                            | "though"
                            | "to"
                            | "following"
                    )
            })
    }

    /// The act of one word with its governors' and its own mood.
    pub(super) fn read(&self, v: usize, depth: usize) -> Option<Found> {
        if depth > 6 || self.denies(v) {
            return None;
        }
        let t = self.tree;
        let verb = matches!(t.upos(v), Upos::Verb | Upos::Aux);
        let nominal = matches!(t.upos(v), Upos::Noun | Upos::Propn);
        if nominal && self.who.entities.actor(v).is_some() {
            return None;
        }
        let f = frame(t, v);
        let direct = self.direct(&f);
        let found = match self.lexicon.plover.operator(t.lemma(v)).filter(|_| direct.is_none_or(|r| r.priority < 5)) {
            Some(op) => self.operate(op, &f, direct, depth).or_else(|| direct.map(|r| self.of_rule(r, &f))),
            None => direct.map(|r| self.of_rule(r, &f)),
        };
        let found =
            found.or_else(|| if verb { self.said(v, &f, depth).or_else(|| self.obliged(v, &f)) } else { None })?;
        if !verb && t.kid(v, &[Rel::Cop]).is_none() {
            return Some(found);
        }
        self.in_mood(v, &f, found)
    }

    /// Type and rule of one word by itself, whatever governs it.
    pub fn alone(&self, v: usize) -> Option<(&str, &str)> {
        if !matches!(self.tree.upos(v), Upos::Verb | Upos::Noun) || self.who.entities.actor(v).is_some() {
            return None;
        }
        let rule = self.direct(&frame(self.tree, v))?;
        Some((&rule.kind, &rule.id))
    }

    fn direct(&self, f: &Frame) -> Option<&EventRule> {
        first_rule(&self.lexicon.plover.rules, self.tree, self.bits, self.lexicon, f, "", self.who)
    }

    fn of_rule(&self, rule: &EventRule, f: &Frame) -> Found {
        let fill = |slots: &[Slot]| slots.iter().map(|s| f.fill(s)).find(|l| !l.is_empty()).unwrap_or_default();
        // The first slot whose phrase names a party; else the first filled.
        let named = |slots: &[Slot]| {
            slots
                .iter()
                .map(|s| f.fill(s))
                .find(|l| l.iter().any(|h| self.parties.named(*h)))
                .unwrap_or_else(|| fill(slots))
        };
        Found {
            kind: rule.kind.clone(),
            mode: rule.mode.clone(),
            cameo: rule.cameo.clone(),
            rule: rule.id.clone(),
            trigger: f.trigger,
            source: fill(&rule.perpetrator),
            target: named(&rule.target),
            mutual: rule.mutual,
            inner: String::new(),
        }
    }

    pub(super) fn cooperative(&self, kind: &str) -> bool {
        self.lexicon.plover.kind(kind).is_some_and(|k| k.cooperative)
    }

    /// Speech: what is said, as an act of the one who says it or of the one of whom it is said.
    fn said(&self, v: usize, f: &Frame, depth: usize) -> Option<Found> {
        let t = self.tree;
        if !speaks(t.lemma(v)) {
            return None;
        }
        let c = f.comp.iter().copied().find(|c| t.rel(*c) == Rel::Ccomp)?;
        self.clause(c, depth + 1)
    }

    /// "Y said that X must go": a demand, whatever it is that X must do.
    fn obliged(&self, v: usize, f: &Frame) -> Option<Found> {
        let party = f.subj.first().or(f.obj.first()).filter(|s| self.parties.named(**s))?;
        let speaker = self.parties.speaker_of(v).filter(|s| s != party && self.tree.upos(*party) != Upos::Pron)?;
        (self.mood(v) == Mood::Must).then(|| Found {
            kind: "REQUEST".into(),
            rule: "plover/operators/must".into(),
            trigger: v,
            source: vec![speaker],
            target: vec![*party],
            ..Found::default()
        })
    }

    fn in_mood(&self, v: usize, f: &Frame, found: Found) -> Option<Found> {
        let mood = self.mood(v);
        let negated = self.negated(v);
        let verbal = matches!(found.kind.as_str(), "REJECT" | "THREATEN" | "REQUEST" | "ACCUSE" | "AGREE");
        // What governs already says more than the mood of an act that only speech tells.
        if speaks(self.tree.lemma(v)) && found.trigger != v && mood == Mood::Fact && !negated {
            return Some(found);
        }
        let turned = |kind: &str| Found {
            kind: kind.into(),
            mode: String::new(),
            cameo: String::new(),
            inner: found.kind.clone(),
            mutual: found.mutual && kind == "AGREE",
            ..found.clone()
        };
        match (mood, negated) {
            (Mood::Unreal, _) => None,
            (Mood::Fact, false) => Some(found),
            (Mood::Fact, true) => {
                // "did not accept" turns something down; "did not attack" tells of nothing.
                let declined =
                    matches!(found.kind.as_str(), "AGREE" | "SUPPORT" | "CONCEDE" | "RETREAT" | "AID" | "COOPERATE");
                (declined && self.present(v)).then(|| turned("REJECT"))
            }
            (Mood::Future, true) if found.kind == "REJECT" || found.kind == "ACCUSE" => None,
            (Mood::Future, true) if found.kind == "THREATEN" => None,
            (Mood::Future, true) => Some(turned("REJECT")),
            (Mood::Future, false) if verbal => Some(found),
            (Mood::Future, false) if self.cooperative(&found.kind) => Some(turned("AGREE")),
            (Mood::Future, false) => Some(turned("THREATEN")),
            (Mood::Must, _) if found.rule.ends_with("/must") => Some(found),
            (Mood::Must, negated) => {
                // "must" asks somebody only if somebody else says it.
                let speaker = self.parties.speaker_of(v)?;
                let mut m = turned("REQUEST");
                m.target = if f.subj.is_empty() { f.obj.clone() } else { f.subj.clone() };
                m.source = vec![speaker];
                let _ = negated;
                Some(m)
            }
        }
    }

    /// True for "does not accept", "will not accept": a stand, not a report of what did not happen.
    fn present(&self, v: usize) -> bool {
        let t = self.tree;
        let aux = t.kids(v).find(|k| matches!(t.rel(*k), Rel::Aux | Rel::Cop) && t.lemma(*k) != "have");
        aux.is_none_or(|a| matches!(t.syntax.tokens[a].xpos, Xpos::Vbp | Xpos::Vbz | Xpos::Md))
            || matches!(t.lemma(v), "accept" | "agree" | "recognize" | "recognise" | "support" | "allow" | "approve")
    }

    fn negated(&self, v: usize) -> bool {
        let t = self.tree;
        t.kids(v).any(|k| {
            matches!(t.rel(k), Rel::Advmod | Rel::Det | Rel::Cc)
                && matches!(t.lemma(k), "not" | "never" | "n't" | "neither" | "nor")
                && !matches!(t.syntax.tokens.get(k + 1).map_or("", |x| x.span.of(t.text)), "only" | "just" | "least")
        }) || t.kids(v).any(|k| {
            matches!(t.rel(k), Rel::Nsubj | Rel::NsubjPass | Rel::Obj)
                && (matches!(t.lemma(k), "nobody" | "none" | "nothing")
                    || t.kids(k).any(|d| t.rel(d) == Rel::Det && matches!(t.lemma(d), "no" | "neither")))
        })
    }

    fn mood(&self, v: usize) -> Mood {
        let t = self.tree;
        let mut mood = Mood::Fact;
        for k in t.kids(v) {
            let lemma = t.lemma(k);
            let word = t.word(k).to_lowercase();
            match t.rel(k) {
                Rel::Aux | Rel::AuxPass | Rel::Cop => match (lemma, word.as_str()) {
                    (_, "would" | "'d") if self.parties.speaker_of(v).is_none() && lemma != "have" => {
                        mood = Mood::Unreal
                    }
                    (_, "should") | ("must" | "should" | "ought", _) => mood = Mood::Must,
                    ("will" | "shall" | "'ll" | "wo" | "would", _) => mood = Mood::Future,
                    ("may" | "might" | "could" | "can", w) if w != "can" => mood = Mood::Unreal,
                    ("can", _) => mood = if self.negated(v) { Mood::Future } else { Mood::Unreal },
                    _ => {}
                },
                Rel::Mark if matches!(lemma, "if" | "unless" | "whether" | "lest") => mood = Mood::Unreal,
                Rel::Advmod if matches!(lemma, "perhaps" | "maybe" | "possibly" | "probably" | "likely") => {
                    mood = Mood::Unreal
                }
                _ => {}
            }
        }
        // "is to meet", "is going to meet".
        let to = |i: usize| t.kids(i).any(|k| t.rel(k) == Rel::Mark && t.lemma(k) == "to");
        let be = t.kids(v).any(|k| {
            matches!(t.rel(k), Rel::Aux | Rel::Cop) && t.lemma(k) == "be" && t.syntax.tokens[k].xpos != Xpos::Vbg
        });
        let under = t.head(v).filter(|_| t.rel(v) == Rel::Xcomp).map(|h| (t.lemma(h), t.syntax.tokens[h].xpos));
        if to(v)
            && (be && t.syntax.tokens[v].xpos == Xpos::Vb || matches!(under, Some(("be", _)) | Some(("go", Xpos::Vbg))))
        {
            mood = Mood::Future;
        }
        mood
    }
}

/// Words that only introduce what is said.
fn speaks(lemma: &str) -> bool {
    matches!(
        lemma,
        "say"
            | "announce"
            | "declare"
            | "report"
            | "state"
            | "tell"
            | "add"
            | "insist"
            | "reveal"
            | "disclose"
            | "confirm"
            | "note"
            | "stress"
            | "believe"
            | "conclude"
            | "indicate"
            | "explain"
            | "claim"
            | "write"
            | "acknowledge"
            | "admit"
            | "signal"
            | "reiterate"
            | "emphasize"
            | "emphasise"
            | "repeat"
            | "maintain"
            | "assert"
            | "affirm"
            | "decide"
            | "tweet"
            | "show"
            | "vow"
            | "pledge"
            | "promise"
    )
}
