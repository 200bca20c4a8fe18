//! Event rules (`data/events/*.toml`): a trigger word, what its arguments must be, and which argument plays which role.
//!
//! A rule file names one kind and holds rules of this form:
//! ```toml
//! kind = "air-strike"
//! [[rule]]
//! id = "aircraft-strikes"
//! trigger = "strike|bomb|hit"   # lemmas
//! tag = "verb"                  # verb or noun
//! needs = ["subj @aircraft"]    # slot, then lemmas or @classes; all must hold
//! not = ["obj @metaphor"]       # none may hold
//! perpetrator = "subj"          # slots, first filled wins
//! target = "obj|on|against"
//! yes = ["Warplanes struck two villages on Tuesday."]
//! no = ["Warplanes may strike two villages."]
//! ```
//! Slots are `subj` and `obj` (logical subject and object: passives, relative clauses and shared subjects are undone),
//! `comp` (complement clause), `mod` (adjectives), `noun` (compound parts), `self` (the trigger), `clause` (any word of the clause) and any preposition.

use crate::phrases::FixedMap;
use crate::{Classes, DataError};
use serde::Deserialize;

/// An argument position.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Slot {
    /// Logical subject: who acts.
    Subj,
    /// Logical object: who is acted on.
    Obj,
    /// Complement clause.
    Comp,
    /// Adjectives.
    Mod,
    /// Compound parts and genitives.
    Noun,
    /// The trigger itself.
    Own,
    /// Any word of the clause.
    Clause,
    /// A preposition.
    Prep(String),
}

impl Slot {
    fn parse(s: &str) -> Slot {
        match s {
            "subj" => Slot::Subj,
            "obj" => Slot::Obj,
            "comp" => Slot::Comp,
            "mod" => Slot::Mod,
            "noun" => Slot::Noun,
            "self" => Slot::Own,
            "clause" => Slot::Clause,
            p => Slot::Prep(p.into()),
        }
    }
}

/// One alternative for a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Word {
    /// This lemma.
    Lemma(String),
    /// A lemma of this class.
    Class(u8),
    /// Anything.
    Any,
}

/// "One of these slots holds one of these words."
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Constraint {
    /// Slots, any of which may hold it.
    pub slots: Vec<Slot>,
    /// Words, any of which will do.
    pub words: Vec<Word>,
}

/// An example sentence of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// The sentence; synthetic.
    pub text: String,
    /// Whether the rule's kind must be found in it.
    pub positive: bool,
}

/// One event rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventRule {
    /// "events/air-strike/aircraft-strikes".
    pub id: String,
    /// Incident kind, or empty for a rule that stops others.
    pub kind: String,
    /// True if the trigger is a verb, false if it is a noun.
    pub verb: bool,
    /// All must hold.
    pub needs: Vec<Constraint>,
    /// None may hold.
    pub not: Vec<Constraint>,
    /// Slots of the doer, first filled wins.
    pub perpetrator: Vec<Slot>,
    /// Slots of who was hit, first filled wins.
    pub target: Vec<Slot>,
    /// Both subject and object are doers and targets ("clashed with").
    pub mutual: bool,
    /// Higher wins among rules with the same trigger.
    pub priority: i32,
    /// A bare death: an incident only where nothing stronger tells of it.
    pub weak: bool,
    /// PLOVER mode that the rule settles, may be empty.
    pub mode: String,
    /// CAMEO code that the rule settles, may be empty.
    pub cameo: String,
    /// Examples that the rule must pass.
    pub examples: Vec<Example>,
}

/// All event rules, by trigger lemma.
#[derive(Clone, Debug, Default)]
pub struct RuleSet {
    rules: Vec<EventRule>,
    verbs: FixedMap<String, Vec<u32>>,
    nouns: FixedMap<String, Vec<u32>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleFile {
    kind: String,
    #[serde(default)]
    rule: Vec<RawRule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRule {
    id: String,
    trigger: String,
    tag: String,
    #[serde(default)]
    needs: Vec<String>,
    #[serde(default)]
    not: Vec<String>,
    perpetrator: Option<String>,
    target: Option<String>,
    #[serde(default)]
    mutual: bool,
    #[serde(default)]
    priority: i32,
    #[serde(default)]
    weak: bool,
    #[serde(default)]
    mode: String,
    #[serde(default)]
    cameo: String,
    #[serde(default)]
    yes: Vec<String>,
    #[serde(default)]
    no: Vec<String>,
}

fn slots(s: &str) -> Vec<Slot> {
    s.split('|').map(str::trim).filter(|s| !s.is_empty()).map(Slot::parse).collect()
}

impl RuleSet {
    pub(crate) fn load(
        &mut self,
        file: &str,
        text: &str,
        classes: &Classes,
        kinds: &[&str],
        errors: &mut Vec<DataError>,
    ) {
        let raw: RuleFile = match toml::from_str(text) {
            Ok(r) => r,
            Err(e) => {
                let line = e.span().map_or(0, |s| text[..s.start.min(text.len())].matches('\n').count() + 1);
                errors.push(DataError {
                    file: file.into(),
                    line,
                    column: "toml".into(),
                    message: e.message().into(),
                    remedy: "see the form of a rule file in CONTRIBUTING.md".into(),
                });
                return;
            }
        };
        let error = |rule: &str, message: String, remedy: &str| DataError {
            file: file.into(),
            line: text.find(&format!("id = \"{rule}\"")).map_or(0, |at| text[..at].matches('\n').count() + 1),
            column: rule.into(),
            message,
            remedy: remedy.into(),
        };
        if raw.kind != "none" && !kinds.contains(&raw.kind.as_str()) {
            errors.push(error(
                "",
                format!("unknown kind \"{}\"", raw.kind),
                "name a kind of data/kinds.tsv, or \"none\"",
            ));
        }
        for r in raw.rule {
            if r.yes.is_empty() || r.no.is_empty() {
                errors.push(error(
                    &r.id,
                    "a rule needs a positive and a negative example".into(),
                    "add yes = [\"…\"] and no = [\"…\"]",
                ));
                continue;
            }
            let mut constraint = |s: &String| -> Constraint {
                let (slot_part, word_part) = s.split_once(' ').unwrap_or((s.as_str(), "any"));
                let words = word_part
                    .split('|')
                    .map(str::trim)
                    .filter_map(|w| match w.strip_prefix('@') {
                        None if w == "any" => Some(Word::Any),
                        None => Some(Word::Lemma(w.into())),
                        Some(c) => match classes.id(c) {
                            Some(id) => Some(Word::Class(id)),
                            None => {
                                errors.push(error(
                                    &r.id,
                                    format!("unknown word class \"@{c}\""),
                                    "add it to data/classes.tsv",
                                ));
                                None
                            }
                        },
                    })
                    .collect();
                Constraint { slots: slots(slot_part), words }
            };
            let needs: Vec<Constraint> = r.needs.iter().map(&mut constraint).collect();
            let not: Vec<Constraint> = r.not.iter().map(&mut constraint).collect();
            let verb = match r.tag.as_str() {
                "verb" => true,
                "noun" => false,
                other => {
                    errors.push(error(&r.id, format!("unknown tag \"{other}\""), "use \"verb\" or \"noun\""));
                    continue;
                }
            };
            let index = self.rules.len() as u32;
            let stem = file.trim_end_matches(".toml");
            for lemma in r.trigger.split('|').map(str::trim) {
                let map = if verb { &mut self.verbs } else { &mut self.nouns };
                map.entry(lemma.to_string()).or_insert_with(Vec::new).push(index);
            }
            let default_perpetrator = if verb { "subj" } else { "subj|by|of|from|noun" };
            let default_target = if verb { "obj|on|against|at|upon" } else { "on|against|at|upon|obj" };
            let mut examples: Vec<Example> = Vec::new();
            examples.extend(r.yes.into_iter().map(|text| Example { text, positive: true }));
            examples.extend(r.no.into_iter().map(|text| Example { text, positive: false }));
            self.rules.push(EventRule {
                id: format!("{stem}/{}", r.id),
                kind: if raw.kind == "none" { String::new() } else { raw.kind.clone() },
                verb,
                needs,
                not,
                perpetrator: slots(r.perpetrator.as_deref().unwrap_or(default_perpetrator)),
                target: slots(r.target.as_deref().unwrap_or(default_target)),
                mutual: r.mutual,
                priority: r.priority,
                weak: r.weak,
                mode: r.mode,
                cameo: r.cameo,
                examples,
            });
        }
    }

    /// The rules whose trigger is this lower-case lemma, best first: priority, then number of constraints, then file order.
    pub fn triggered(&self, lemma: &str, verb: bool) -> impl Iterator<Item = &EventRule> {
        let map = if verb { &self.verbs } else { &self.nouns };
        map.get(lemma).into_iter().flatten().map(|i| &self.rules[*i as usize])
    }

    /// The rule with this identifier.
    pub fn get(&self, id: &str) -> Option<&EventRule> {
        self.rules.iter().find(|r| r.id == id)
    }

    /// All rules.
    pub fn iter(&self) -> impl Iterator<Item = &EventRule> {
        self.rules.iter()
    }

    /// Sorts the candidates of each trigger, best first; called once after loading.
    pub(crate) fn finish(&mut self) {
        let rank = |i: &u32| {
            let r = &self.rules[*i as usize];
            (std::cmp::Reverse(r.priority), std::cmp::Reverse(r.needs.len()), *i)
        };
        for list in self.verbs.values_mut().chain(self.nouns.values_mut()) {
            list.sort_by_key(rank);
        }
    }
}
