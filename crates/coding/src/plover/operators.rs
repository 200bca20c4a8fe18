//! Words that govern an act: what a promise, a threat, a demand, a refusal or a stop makes of it.

use super::reading::{Found, Reader};
use crate::frame::{Frame, frame};
use counterclaim_lexicon::{EventRule, Operator, Slot};
use counterclaim_text::{Rel, Upos};

impl Reader<'_> {
    /// The act that a governing word (`data/events/plover/operators.tsv`) makes of what stands below it.
    pub(super) fn operate(&self, op: Operator, f: &Frame, direct: Option<&EventRule>, depth: usize) -> Option<Found> {
        let t = self.tree;
        let lemma = t.lemma(f.trigger);
        let (clauses, nouns) = self.below(f);
        let clause = clauses.first().copied();
        let act = clauses.iter().find_map(|c| self.read(*c, depth + 1));
        let noun_act = || nouns.iter().find_map(|n| self.read(*n, depth + 1));
        let rule = format!("plover/operators/{lemma}");
        let made = |kind: &str, inner: Option<&Found>| Found {
            kind: kind.into(),
            rule: rule.clone(),
            trigger: f.trigger,
            // "is committed", "is prepared": the parser's passive subject is who is willing.
            source: if f.subj.is_empty() { f.obj.clone() } else { f.subj.clone() },
            target: inner.map(|i| i.target.clone()).unwrap_or_default(),
            inner: inner.map(|i| i.kind.clone()).unwrap_or_default(),
            cameo: String::new(),
            mode: String::new(),
            mutual: false,
        };
        // Firm words promise whatever stands below them; loose ones ("plan", "hope") only what is known as an act.
        let firm = matches!(
            lemma,
            "agree"
                | "promise"
                | "pledge"
                | "offer"
                | "volunteer"
                | "commit"
                | "committed"
                | "willing"
                | "ready"
                | "prepared"
                | "consent"
                | "vow"
                | "swear"
        );
        match op {
            Operator::Intent | Operator::Threat if lemma != "threaten" && lemma != "warn" => {
                let act = act.or_else(|| if clause.is_none() { noun_act() } else { None });
                match act {
                    Some(a) if matches!(a.kind.as_str(), "REJECT" | "THREATEN" | "REQUEST" | "ACCUSE") => {
                        Some(Found { source: f.subj.clone(), ..a })
                    }
                    Some(a) if self.cooperative(&a.kind) => {
                        let mut m = made("AGREE", Some(&a));
                        m.mutual = a.mutual || lemma == "agree" && f.subj.len() > 1;
                        Some(m)
                    }
                    Some(a) if op == Operator::Intent && matches!(lemma, "agree" | "consent") => {
                        Some(made("AGREE", Some(&a)))
                    }
                    Some(a) if lemma == "prepare" => {
                        Some(Found { mode: "troops".into(), ..made("MOBILIZE", Some(&a)) })
                    }
                    Some(a) => Some(made("THREATEN", Some(&a))),
                    None if firm && clause.is_some() => {
                        let mut m = made("AGREE", None);
                        m.mutual = lemma == "agree" && f.subj.len() > 1;
                        m.target = self.phrases(f, &["with", "to", "iobj", "obj"]);
                        if m.target.is_empty() {
                            m.target.extend(clause);
                        }
                        Some(m)
                    }
                    None => None,
                }
            }
            Operator::Threat => {
                let threat = lemma == "threaten" || act.as_ref().is_some_and(|a| a.kind == "THREATEN");
                clause.filter(|_| threat)?;
                let mut m = made("THREATEN", act.as_ref());
                if m.target.is_empty() {
                    m.target = self.phrases(f, &["obj", "against", "with", "to"]);
                    m.target.extend(clause.filter(|_| m.target.is_empty()));
                }
                Some(m)
            }
            Operator::Request => {
                let asked = clause.is_some() || f.preps.iter().any(|(p, _)| p == "for" || p == "on" || p == "upon");
                if !asked && direct.is_none() {
                    return None;
                }
                if matches!(lemma, "call") && !f.preps.iter().any(|(p, _)| p == "for" || p == "on" || p == "upon") {
                    return None;
                }
                // "wants to meet", "seeks to reopen": the doer of the inner act is the one who wishes it.
                let own = matches!(lemma, "want" | "seek")
                    && f.obj.is_empty()
                    && clause.is_some_and(|c| self.bare_infinitive(c));
                if own {
                    let a = act?;
                    return self.cooperative(&a.kind).then(|| made("AGREE", Some(&a)));
                }
                // To rally others behind somebody is support (CAMEO 053), against somebody disapproval (113).
                if let Some(a) = act.as_ref().filter(|a| a.rule.ends_with("/praises") && !a.target.is_empty()) {
                    return Some(Found { cameo: "053".into(), ..made("SUPPORT", Some(a)) });
                }
                if let Some(c) = clause.filter(|c| {
                    matches!(t.lemma(*c), "unite" | "mobilize" | "mobilise" | "rally" | "act" | "rise" | "stand")
                }) {
                    let against = frame(t, c).fill(&Slot::Prep("against".into()));
                    let more = t
                        .kids(c)
                        .filter(|k| t.rel(*k) == Rel::Conj)
                        .flat_map(|k| frame(t, k).fill(&Slot::Prep("against".into())));
                    let target: Vec<usize> = against.into_iter().chain(more).collect();
                    if !target.is_empty() {
                        return Some(Found {
                            cameo: "113".into(),
                            mode: "disapprove".into(),
                            target,
                            ..made("ACCUSE", None)
                        });
                    }
                }
                let mut m = made("REQUEST", act.as_ref().or(noun_act().as_ref()));
                m.target = self.phrases(f, &["on", "upon", "obj", "iobj", "to", "from"]);
                m.target.retain(|h| self.parties.named(*h));
                if m.target.is_empty()
                    && let Some(c) = clause
                {
                    m.target = frame(t, c).subj;
                }
                if m.target.is_empty() {
                    m.target = act.map(|a| a.target).unwrap_or_default();
                }
                Some(m)
            }
            Operator::Refuse => {
                let a = act.or_else(|| if clause.is_none() { noun_act() } else { None });
                if clause.is_none() && a.is_none() {
                    return None;
                }
                // "failed to stop the attack" refuses nothing; "failed to agree" does.
                if matches!(lemma, "fail" | "hesitate") {
                    let a = a.as_ref()?;
                    return matches!(a.kind.as_str(), "AGREE" | "SUPPORT" | "CONCEDE" | "RETREAT")
                        .then(|| made("REJECT", Some(a)));
                }
                let mut m = made("REJECT", a.as_ref());
                if m.target.is_empty() {
                    m.target = clauses;
                }
                Some(m)
            }
            Operator::Through => {
                let Some(a) = act.or_else(noun_act) else {
                    // "ordered the former minister to appear": no act of its own, but a demand.
                    clause.filter(|_| lemma == "order" && !f.obj.is_empty() && direct.is_none())?;
                    return Some(Found { target: f.obj.clone(), ..made("REQUEST", None) });
                };
                let source = if f.subj.is_empty() { a.source.clone() } else { f.subj.clone() };
                Some(Found { source, ..a })
            }
            Operator::Stop => {
                let a = act.or_else(noun_act)?;
                match a.kind.as_str() {
                    "COERCE" | "ASSAULT" | "PROTEST" | "MOBILIZE" | "THREATEN" => Some(made("RETREAT", Some(&a))),
                    "SANCTION" => Some(made("RETREAT", Some(&a))),
                    "AID" | "COOPERATE" | "CONSULT" | "SUPPORT" | "AGREE" => Some(made("SANCTION", Some(&a))),
                    _ => None,
                }
            }
            Operator::Allow => {
                clause?;
                let mut m = made("CONCEDE", act.as_ref());
                m.target = self.phrases(f, &["obj", "iobj", "for"]);
                if m.target.is_empty()
                    && let Some(c) = clause
                {
                    m.target = frame(t, c).subj;
                }
                Some(m)
            }
            Operator::Intent => None,
        }
    }

    /// Complements of a word: clauses first, then phrases that may name an act.
    fn below(&self, f: &Frame) -> (Vec<usize>, Vec<usize>) {
        let t = self.tree;
        let mut clauses = f.comp.clone();
        let purpose = |k: &usize| {
            matches!(t.rel(*k), Rel::Advcl | Rel::Acl)
                && t.kids(*k).any(|m| t.rel(m) == Rel::Mark && matches!(t.lemma(m), "to" | "that" | "of" | "from"))
        };
        clauses.extend(t.kids(f.trigger).filter(purpose));
        // "a pledge to", "an offer of": what the object promises.
        for o in &f.obj {
            clauses.extend(t.kids(*o).filter(purpose));
        }
        let mut nouns: Vec<usize> = f.obj.clone();
        for (p, h) in &f.preps {
            if matches!(p.as_str(), "to" | "on" | "for" | "upon" | "in" | "with" | "out" | "of") {
                nouns.push(*h);
            }
        }
        nouns.retain(|n| matches!(t.upos(*n), Upos::Noun));
        (clauses, nouns)
    }

    /// True for "to meet" without a subject of its own.
    fn bare_infinitive(&self, c: usize) -> bool {
        self.tree.kid(c, &[Rel::Nsubj, Rel::NsubjPass]).is_none()
    }

    fn phrases(&self, f: &Frame, slots: &[&str]) -> Vec<usize> {
        let fill = |s: &&str| if *s == "obj" { f.obj.clone() } else { f.fill(&Slot::Prep((*s).into())) };
        let lists: Vec<Vec<usize>> = slots.iter().map(fill).filter(|l| !l.is_empty()).collect();
        lists.iter().find(|l| l.iter().any(|h| self.parties.named(*h))).or(lists.first()).cloned().unwrap_or_default()
    }
}
