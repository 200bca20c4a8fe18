//! One report as the models see it: its phrases and the whole, in hashed features.

use super::bags::{Bag, Valued, bag, hash};
use super::phrases::Finder;
use super::words::Look;
use crate::eval::Tools;
use counterclaim_evaluation::muc4::{MucDoc, ROLES};
use counterclaim_text::Report;
use std::collections::{BTreeMap, BTreeSet};

/// A stretch of words that could name a phrase.
#[derive(Clone, Debug)]
pub struct Cut {
    /// The words as MUC-4 compares them.
    pub text: String,
    /// How many tokens it has beyond the first.
    pub longer: usize,
    /// The first word, and an article before it, else "-".
    pub opens: (String, String),
    /// How it is cut.
    pub bag: Bag,
}

/// A noun that may head a filler.
#[derive(Clone, Debug)]
pub struct Phrase {
    /// Its sentence.
    pub sentence: usize,
    /// Lemma and tag of the noun.
    pub lemma: (String, &'static str),
    /// Classes of the noun.
    pub classes: Vec<String>,
    /// The stretches that could name it.
    pub cuts: Vec<Cut>,
    /// What stands around it.
    pub around: Bag,
    /// What its sentences are about.
    pub topic: Bag,
}

/// One report.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    /// Its phrases in text order.
    pub phrases: Vec<Phrase>,
    /// Words of the whole.
    pub whole: Bag,
    /// What the rules found in the whole, and what sort of report it is.
    pub marks: Vec<Valued>,
}

impl Sheet {
    /// Reads a report.
    pub fn read(tools: &Tools, doc: &MucDoc) -> Sheet {
        let report = Report { id: doc.id.clone(), text: doc.text.clone(), ..Report::default() };
        let layers = tools.reader.layers(&report);
        let tree = tools.tree(&doc.text, &layers.syntax);
        let finder = Finder::new(&tree, &layers.entities);
        let look = Look::new(&finder, &layers, tools.lexicon);
        let found = finder.all();
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        found.iter().flat_map(|(_, s)| s).for_each(|s| *seen.entry(s.text.as_str()).or_default() += 1);
        let cut = |h: usize, s: &super::phrases::Stretch| {
            let article = s.first.checked_sub(1).map_or("-", |i| look.word(i));
            let article = if matches!(article, "a" | "an" | "the") { article } else { "-" };
            Cut {
                text: s.text.clone(),
                longer: s.last - s.first,
                opens: (look.word(s.first).to_owned(), article.to_owned()),
                bag: bag(&look.cut(h, s, seen[s.text.as_str()])),
            }
        };
        let phrases = found.iter().map(|(h, stretches)| Phrase {
            sentence: tree.sentence(*h),
            lemma: (tree.lemma(*h).to_owned(), tree.upos(*h).as_str()),
            classes: look.classes(*h),
            cuts: stretches.iter().map(|s| cut(*h, s)).collect(),
            around: bag(&look.around(*h)),
            topic: bag(&look.topic(*h)),
        });
        Sheet {
            phrases: phrases.collect(),
            whole: bag(&look.whole()),
            marks: look.marks().into_iter().map(|(f, v)| (hash(&f), v)).collect(),
        }
    }
}

/// What the templates of a report say, in the form that models are fitted to.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// Every mention of a filler, by role.
    pub fillers: [BTreeSet<String>; 5],
    /// Types of incident with their fillers by role.
    templates: Vec<(String, [BTreeSet<String>; 5])>,
}

impl Answer {
    /// The answer of a report.
    pub fn of(doc: &MucDoc) -> Answer {
        let mentions = |t: &counterclaim_evaluation::muc4::Template, r: usize| -> BTreeSet<String> {
            t.roles[r].iter().flatten().cloned().collect()
        };
        let each = |t: &counterclaim_evaluation::muc4::Template| -> [BTreeSet<String>; 5] {
            std::array::from_fn(|r| mentions(t, r))
        };
        let templates: Vec<_> = doc.templates.iter().map(|t| (t.incident_type.clone(), each(t))).collect();
        let fillers =
            std::array::from_fn(|r| templates.iter().flat_map(|(_, f): &(String, [_; 5])| f[r].clone()).collect());
        Answer { fillers, templates }
    }

    /// How many templates are of a type.
    pub fn count(&self, kind: &str) -> usize {
        self.templates.iter().filter(|t| t.0.contains(kind)).count()
    }

    /// True if a phrase fills a role.
    pub fn fills(&self, phrase: &Phrase, role: usize) -> bool {
        phrase.cuts.iter().any(|c| self.fillers[role].contains(&c.text))
    }

    /// True if a template of this type has this filler.
    pub fn holds(&self, kind: &str, role: usize, text: &str) -> bool {
        self.templates.iter().any(|t| t.0.contains(kind) && t.1[role].contains(text))
    }
}

/// Number of roles.
pub const SLOTS: usize = ROLES.len();
