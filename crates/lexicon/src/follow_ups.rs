//! What may keep or break a promise (`data/commitments/follow-ups.tsv`): words of what is promised, and kinds of incident.

use crate::tsv::Table;
use crate::{DataError, words_of};

/// One sort of promise.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FollowUpRule {
    /// Words, one of which stands in what is promised.
    pub words: Vec<String>,
    /// Kinds of incident that may keep it.
    pub kept: Vec<String>,
    /// Kinds of incident that may break it.
    pub broken: Vec<String>,
}

/// All sorts.
#[derive(Clone, Debug, Default)]
pub struct FollowUps {
    rules: Vec<FollowUpRule>,
}

impl FollowUps {
    pub(crate) fn load(file: &str, text: &str, kinds: &[&str], errors: &mut Vec<DataError>) -> FollowUps {
        let mut rules = Vec::new();
        for row in Table::parse(file, text, &["words", "kept", "broken", "example", "source"], errors).rows() {
            let list = |column: &str| row.list(column).map(str::to_owned).collect::<Vec<String>>();
            let rule = FollowUpRule { words: list("words"), kept: list("kept"), broken: list("broken") };
            if let Some(kind) = rule.kept.iter().chain(&rule.broken).find(|k| !kinds.contains(&k.as_str())) {
                errors.push(row.error("kept", format!("there is no kind \"{kind}\""), "name kinds of kinds.tsv"));
            } else if !rule.fits(row.get("example")) {
                errors.push(row.error("example", "the example holds none of the words", "write a promise that does"));
            } else {
                rules.push(rule);
            }
        }
        FollowUps { rules }
    }

    /// The sorts that a promise in these words is of.
    pub fn of<'a>(&'a self, what: &'a str) -> impl Iterator<Item = &'a FollowUpRule> {
        self.rules.iter().filter(move |r| r.fits(what))
    }
}

impl FollowUpRule {
    fn fits(&self, what: &str) -> bool {
        words_of(what).iter().any(|w| self.words.contains(w))
    }
}

#[cfg(test)]
mod tests {
    use crate::Lexicon;

    #[test]
    fn promises_find_what_may_keep_or_break_them() {
        let rules = &Lexicon::embedded().follow_ups;
        let kept: Vec<&str> = rules.of("Reopen the crossing").flat_map(|r| r.kept.iter().map(String::as_str)).collect();
        assert_eq!(kept, ["border-reopening"]);
        assert_eq!(rules.of("paint the gate").count(), 0);
    }
}
