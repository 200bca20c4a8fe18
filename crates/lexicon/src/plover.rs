//! The PLOVER ontology (`data/events/plover`): types, modes, contexts, sectors, the table of CAMEO codes, words that
//! tell of an act still to come, people of public life, and the rules that find acts.
//!
//! Source: PLOVER codebook 2021 (Open Event Data Alliance, CC BY-SA 4.0); CAMEO 1.1b3.

use crate::normal::words_of;
use crate::phrases::{FixedMap, PhraseMap};
use crate::tsv::Table;
use crate::{Classes, DataError, RuleSet, embedded};

/// One of the 16 types.
#[derive(Clone, Debug, PartialEq)]
pub struct PloverType {
    /// Name such as `ASSAULT`.
    pub name: String,
    /// 1 verbal and 2 material cooperation, 3 verbal and 4 material conflict.
    pub quad: u8,
    /// Whether an event needs a recipient: `yes`, `no` or `optional`.
    pub recipient: String,
    /// Intensity from −10 (conflict) to 10 (cooperation).
    pub score: f32,
    /// CAMEO code where nothing more exact is known.
    pub cameo: String,
    /// True for the types that build relations; a promise of one is AGREE, a promise of another THREATEN.
    pub cooperative: bool,
}

/// A mode of a type.
#[derive(Clone, Debug, PartialEq)]
pub struct PloverMode {
    /// The type that it belongs to.
    pub kind: String,
    /// Name such as `heavy-weapons`.
    pub name: String,
    /// Intensity, if it differs from the type's.
    pub score: Option<f32>,
    /// CAMEO code.
    pub cameo: String,
}

/// A CAMEO code and what PLOVER makes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CameoCode {
    /// Two to four digits.
    pub code: String,
    /// PLOVER type; empty for statements, which PLOVER does not code.
    pub kind: String,
    /// PLOVER mode, may be empty.
    pub mode: String,
}

/// What a governing word makes of the act below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// "agree to", "will": an act still to come.
    Intent,
    /// "threaten to".
    Threat,
    /// "demand that".
    Request,
    /// "refuse to".
    Refuse,
    /// "begin to": the act itself.
    Through,
    /// "stop".
    Stop,
    /// "allow to".
    Allow,
}

/// A person of public life, for reports that name no office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Common English name.
    pub name: String,
    /// ISO 3166-1 alpha-3, or IGO, IMG.
    pub country: String,
    /// PLOVER sector.
    pub sector: String,
}

/// Everything in `data/events/plover`.
#[derive(Clone, Debug, Default)]
pub struct Plover {
    /// Types in table order.
    pub types: Vec<PloverType>,
    /// Modes in table order.
    pub modes: Vec<PloverMode>,
    /// CAMEO codes in table order.
    pub cameo: Vec<CameoCode>,
    /// Rules, with the type as kind.
    pub rules: RuleSet,
    contexts: Vec<String>,
    context_words: FixedMap<String, Vec<u16>>,
    operators: FixedMap<String, Operator>,
    sectors: FixedMap<String, String>,
    people: PhraseMap<u32>,
    persons: Vec<Person>,
}

impl Plover {
    pub(crate) fn load(classes: &Classes, errors: &mut Vec<DataError>) -> Plover {
        let mut out = Plover::default();
        out.load_types(errors);
        out.load_words(errors);
        let kinds: Vec<&str> = out.types.iter().map(|t| t.name.as_str()).collect();
        let mut rules = RuleSet::default();
        for (file, text) in embedded::PLOVER_RULES {
            rules.load(file, text, classes, &kinds, errors);
        }
        rules.finish();
        for r in rules.iter().filter(|r| !r.mode.is_empty() && out.mode(&r.kind, &r.mode).is_none()) {
            errors.push(DataError {
                file: format!("{}.toml", r.id.rsplit_once('/').map_or("", |p| p.0)),
                line: 0,
                column: r.id.clone(),
                message: format!("{} has no mode \"{}\"", r.kind, r.mode),
                remedy: "name a mode of data/events/plover/modes.tsv".into(),
            });
        }
        out.rules = rules;
        out
    }

    fn load_types(&mut self, errors: &mut Vec<DataError>) {
        let columns = ["type", "quad", "recipient", "score", "cameo", "cooperative", "source"];
        for row in Table::parse("events/plover/types.tsv", embedded::PLOVER_TYPES, &columns, errors).rows() {
            match (row.get("quad").parse(), row.get("score").parse()) {
                (Ok(quad), Ok(score)) => self.types.push(PloverType {
                    name: row.get("type").into(),
                    quad,
                    recipient: row.get("recipient").into(),
                    score,
                    cameo: row.get("cameo").into(),
                    cooperative: row.get("cooperative") == "yes",
                }),
                _ => errors.push(row.error("score", "quad or score is no number", "write numbers")),
            }
        }
        let columns = ["type", "mode", "score", "cameo", "source"];
        for row in Table::parse("events/plover/modes.tsv", embedded::PLOVER_MODES, &columns, errors).rows() {
            if self.kind(row.get("type")).is_none() {
                errors.push(row.error("type", format!("unknown type \"{}\"", row.get("type")), "use one of types.tsv"));
            }
            self.modes.push(PloverMode {
                kind: row.get("type").into(),
                name: row.get("mode").into(),
                score: row.get("score").parse().ok(),
                cameo: row.get("cameo").into(),
            });
        }
        let columns = ["code", "type", "mode", "name", "source"];
        for row in Table::parse("events/plover/cameo.tsv", embedded::PLOVER_CAMEO, &columns, errors).rows() {
            let (kind, mode) = (row.get("type"), row.get("mode"));
            if !kind.is_empty() && (self.kind(kind).is_none() || !mode.is_empty() && self.mode(kind, mode).is_none()) {
                errors.push(row.error(
                    "mode",
                    format!("no type {kind} with mode \"{mode}\""),
                    "use those of modes.tsv",
                ));
            }
            self.cameo.push(CameoCode { code: row.get("code").into(), kind: kind.into(), mode: mode.into() });
        }
    }

    fn load_words(&mut self, errors: &mut Vec<DataError>) {
        let columns = ["context", "lemmas", "source"];
        for row in Table::parse("events/plover/contexts.tsv", embedded::PLOVER_CONTEXTS, &columns, errors).rows() {
            let id = self.contexts.len() as u16;
            self.contexts.push(row.get("context").into());
            for lemma in row.list("lemmas") {
                self.context_words.entry(lemma.to_string()).or_insert_with(Vec::new).push(id);
            }
        }
        let columns = ["lemma", "effect", "source"];
        for row in Table::parse("events/plover/operators.tsv", embedded::PLOVER_OPERATORS, &columns, errors).rows() {
            let effect = match row.get("effect") {
                "intent" => Operator::Intent,
                "threat" => Operator::Threat,
                "request" => Operator::Request,
                "refuse" => Operator::Refuse,
                "through" => Operator::Through,
                "stop" => Operator::Stop,
                "allow" => Operator::Allow,
                other => {
                    let remedy = "use intent, threat, request, refuse, through, stop or allow";
                    errors.push(row.error("effect", format!("unknown effect \"{other}\""), remedy));
                    continue;
                }
            };
            self.operators.insert(row.get("lemma").to_string(), effect);
        }
        let columns = ["sector", "lemmas", "source"];
        for row in Table::parse("events/plover/sectors.tsv", embedded::PLOVER_SECTORS, &columns, errors).rows() {
            for lemma in row.list("lemmas") {
                self.sectors.entry(lemma.to_string()).or_insert_with(|| row.get("sector").to_string());
            }
        }
        let columns = ["name", "aliases", "country", "sector", "source"];
        for row in Table::parse("events/plover/people.tsv", embedded::PLOVER_PEOPLE, &columns, errors).rows() {
            let id = self.persons.len() as u32;
            let name = row.get("name");
            self.persons.push(Person {
                name: name.into(),
                country: row.get("country").into(),
                sector: row.get("sector").into(),
            });
            for alias in std::iter::once(name).chain(row.list("aliases")) {
                self.people.insert(&words_of(alias), id);
            }
        }
    }

    /// The type with this name.
    ///
    /// # Example
    /// ```
    /// let plover = &counterclaim_lexicon::Lexicon::embedded().plover;
    /// assert_eq!(plover.kind("ASSAULT").map(|t| t.quad), Some(4));
    /// ```
    pub fn kind(&self, name: &str) -> Option<&PloverType> {
        self.types.iter().find(|t| t.name == name)
    }

    /// A mode of a type.
    pub fn mode(&self, kind: &str, mode: &str) -> Option<&PloverMode> {
        self.modes.iter().find(|m| m.kind == kind && m.name == mode)
    }

    /// Intensity of an event: that of its mode, else that of its type; 0 for an unknown type.
    pub fn score(&self, kind: &str, mode: &str) -> f32 {
        let own = self.mode(kind, mode).and_then(|m| m.score);
        own.or_else(|| self.kind(kind).map(|t| t.score)).unwrap_or(0.0)
    }

    /// What PLOVER makes of a CAMEO code; of a longer code that the table lacks, what it makes of its beginning.
    pub fn from_cameo(&self, code: &str) -> Option<&CameoCode> {
        let known = |c: &str| self.cameo.iter().find(|k| k.code == c);
        (2..=code.len()).rev().filter_map(|n| code.get(..n)).find_map(known)
    }

    /// What a word makes of the act below it.
    pub fn operator(&self, lemma: &str) -> Option<Operator> {
        self.operators.get(lemma).copied()
    }

    /// The sector of a noun ("minister" is GOV).
    pub fn sector(&self, lemma: &str) -> Option<&str> {
        self.sectors.get(lemma).or_else(|| self.sectors.get(lemma.strip_suffix('s')?)).map(String::as_str)
    }

    /// The contexts that a word speaks for, as numbers of [`Plover::context_name`].
    pub fn contexts(&self, lemma: &str) -> &[u16] {
        self.context_words.get(lemma).map_or(&[], Vec::as_slice)
    }

    /// The name of a context; empty for a number out of range.
    pub fn context_name(&self, id: u16) -> &str {
        self.contexts.get(id as usize).map_or("", String::as_str)
    }

    /// The longest name of a person at the start of `words` (folded), with its length in words.
    pub fn person<'w>(&self, words: impl Iterator<Item = &'w str>) -> Option<(usize, &Person)> {
        let (n, ids) = self.people.longest(words)?;
        Some((n, self.persons.get(*ids.first()? as usize)?))
    }
}

#[cfg(test)]
mod tests {
    use crate::Lexicon;

    #[test]
    fn the_ontology_is_whole() {
        let p = &Lexicon::embedded().plover;
        assert_eq!(p.types.len(), 16);
        for t in &p.types {
            assert!(p.rules.iter().any(|r| r.kind == t.name), "{} has no rule", t.name);
            assert!(p.from_cameo(&t.cameo).is_some_and(|c| c.kind == t.name), "{}", t.name);
        }
        assert_eq!(p.score("ASSAULT", "beat"), -7.5);
        assert_eq!(p.score("PROTEST", "vandalize"), -5.0);
        assert_eq!(p.from_cameo("1833").map(|c| c.mode.as_str()), Some("explosives"));
        assert_eq!(p.from_cameo("0234").map(|c| c.kind.as_str()), Some("REQUEST"));
        assert!(p.from_cameo("99").is_none());
    }
}
