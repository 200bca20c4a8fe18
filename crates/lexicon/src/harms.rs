//! Words of harm (`data/tolls/harm.tsv`) and what counted nouns stand for (`data/tolls/counted.tsv`).

use crate::phrases::FixedMap;
use crate::tsv::Table;
use crate::{Classes, DataError};
use counterclaim_text::TollKind;

/// Where in the clause of a word of harm its victims stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Victims {
    /// Who dies or is hurt is the subject: "die", "lose their lives", "dead".
    Subject,
    /// Who is acted on: "kill", "wound".
    Object,
    /// The phrase with "of": "the killing of".
    Of,
    /// The word itself is counted: "four bodies".
    Counted,
    /// The possessor of the object: "broke his wrist".
    Owner,
}

/// One sense of a word of harm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Harm {
    /// What is counted.
    pub what: TollKind,
    /// Where the victims stand.
    pub victims: Victims,
    /// One of these must stand beside the word: lemmas, `@class`, or `#` for a bare number. Empty: nothing more.
    pub with: Vec<String>,
}

/// What a counted noun stands for, as far as it matters for a sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// Everybody hurt, of whatever sort: "people", "bodies".
    Whole,
    /// A singular that means many: "the patrol".
    Crowd,
    /// No people at all: "sheep", "tents".
    Thing,
    /// Part of a family.
    Kin,
    /// Marks the other side: "the occupying army".
    Enemy,
    /// Who may die by the own bomb.
    Bomber,
}

/// All words of harm.
#[derive(Clone, Debug, Default)]
pub struct Harms {
    words: FixedMap<(String, bool), Vec<Harm>>,
    sorts: FixedMap<String, Vec<Counted>>,
}

impl Harms {
    pub(crate) fn load(&mut self, file: &str, text: &str, classes: &Classes, errors: &mut Vec<DataError>) {
        let table = Table::parse(file, text, &["lemma", "tag", "with", "what", "victims", "source"], errors);
        for row in table.rows() {
            let Some(what) = TollKind::parse(row.get("what")) else {
                let known = "use killed, injured, missing, captured or displaced";
                errors.push(row.error("what", format!("unknown \"{}\"", row.get("what")), known));
                continue;
            };
            let victims = match row.get("victims") {
                "subject" => Victims::Subject,
                "object" => Victims::Object,
                "of" => Victims::Of,
                "self" => Victims::Counted,
                "owner" => Victims::Owner,
                other => {
                    let known = "use subject, object, of, self or owner";
                    errors.push(row.error("victims", format!("unknown \"{other}\""), known));
                    continue;
                }
            };
            let with: Vec<String> = row.list("with").map(str::to_string).collect();
            if let Some(class) = with.iter().find_map(|w| w.strip_prefix('@').filter(|c| classes.id(c).is_none())) {
                errors.push(row.error("with", format!("unknown class \"{class}\""), "use a class of classes.tsv"));
                continue;
            }
            let key = (row.get("lemma").to_string(), row.get("tag") == "verb");
            self.words.entry(key).or_default().push(Harm { what, victims, with });
        }
    }

    pub(crate) fn load_sorts(&mut self, file: &str, text: &str, errors: &mut Vec<DataError>) {
        for row in Table::parse(file, text, &["sort", "lemmas", "source"], errors).rows() {
            let sort = match row.get("sort") {
                "whole" => Counted::Whole,
                "crowd" => Counted::Crowd,
                "thing" => Counted::Thing,
                "kin" => Counted::Kin,
                "enemy" => Counted::Enemy,
                "bomber" => Counted::Bomber,
                other => {
                    let known = "use whole, crowd, thing, kin, enemy or bomber";
                    errors.push(row.error("sort", format!("unknown \"{other}\""), known));
                    continue;
                }
            };
            for lemma in row.list("lemmas") {
                self.sorts.entry(lemma.to_string()).or_default().push(sort);
            }
        }
    }

    /// The senses of a lower-case lemma, as a verb or as anything else, in the order of the table.
    pub fn of(&self, lemma: &str, verb: bool) -> &[Harm] {
        self.words.get(&(lemma.to_string(), verb)).map_or(&[], Vec::as_slice)
    }

    /// True if a counted noun with this lower-case lemma stands for that.
    pub fn counts_as(&self, lemma: &str, sort: Counted) -> bool {
        self.sorts.get(lemma).is_some_and(|s| s.contains(&sort))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Lexicon;

    #[test]
    fn the_table_tells_who_is_hurt() {
        let harms = &Lexicon::embedded().harms;
        assert_eq!(harms.of("kill", true)[0].victims, Victims::Object);
        assert_eq!(harms.of("die", true)[0].victims, Victims::Subject);
        assert!(harms.of("lose", true).iter().any(|h| h.what == TollKind::Injured && h.with.contains(&"foot".into())));
        assert!(harms.of("meet", true).is_empty());
        assert!(harms.counts_as("sheep", Counted::Thing) && !harms.counts_as("shepherd", Counted::Thing));
    }

    #[test]
    fn mistakes_in_the_table_are_told() {
        let mut errors = Vec::new();
        let text = "lemma\ttag\twith\twhat\tvictims\tsource\nkill\tverb\t\tslain\tobject\tx\nkill\tverb\t@nobody\tkilled\tobject\tx\n";
        Harms::default().load("harm.tsv", text, &Classes::default(), &mut errors);
        assert_eq!(errors.iter().map(|e| e.column.as_str()).collect::<Vec<_>>(), ["what", "with"]);
    }
}
