//! MUC-4's templates from the reader's layers: linear models over phrases, stretches of words, entities and whole reports.
//!
//! They are fitted on the development reports (`cargo xtask train-events` writes `data/models/muc4.bin`) and serve the
//! measuring only: the program itself has no use for MUC-4's templates. What a model says of a report that it is
//! fitted on flatters it; so the later models are fitted on what the earlier ones, fitted on other reports, say.

pub mod bags;
mod fill;
mod fillers;
pub mod learn;
mod linear;
mod phrases;
mod sheet;
mod words;

use crate::eval::Tools;
use bags::{Rows, level};
use counterclaim_evaluation::muc4::{MucDoc, Template};
use fill::TWICE;
use fillers::{Guess, TYPES};
use linear::Linear;
use rayon::prelude::*;
use sheet::{Answer, SLOTS, Sheet};
use std::ops::Range;

/// Parts of the reports, each read with models of the others.
const FOLDS: usize = 5;

/// All models.
pub struct Models {
    /// Which role a phrase has.
    roles: Linear,
    /// Which types of incident a report tells of, at first sight.
    types: Linear,
    /// Which stretch of words names a phrase.
    cuts: Linear,
    /// Which entities fill a role.
    entities: Linear,
    /// Which type of incident an entity belongs to.
    topics: Linear,
    /// Which types of incident a report tells of, with all this at hand, and which twice.
    kinds: Linear,
}

impl Models {
    /// Fits all models; also the templates of every report, read with models of other reports.
    pub fn fit(tools: &Tools, docs: &[MucDoc]) -> (Models, Vec<Vec<Template>>) {
        let sheets: Vec<Sheet> = docs.par_iter().map(|d| Sheet::read(tools, d)).collect();
        let answers: Vec<Answer> = docs.iter().map(Answer::of).collect();
        let all: Vec<usize> = (0..docs.len()).collect();
        let fold = |f: usize, inside: bool| -> Vec<usize> {
            all.iter().copied().filter(|i| (i % FOLDS == f) == inside).collect()
        };
        let mut guesses: Vec<Guess> = vec![Guess::default(); docs.len()];
        for f in 0..FOLDS {
            let (roles, types, cuts) = first(&sheets, &answers, &fold(f, false));
            for i in fold(f, true) {
                guesses[i] = fillers::guess(&sheets[i], &roles, &types, &cuts);
            }
        }
        let mut weighed = guesses.clone();
        for f in 0..FOLDS {
            let (entities, topics) = second(&sheets, &answers, &guesses, &fold(f, false));
            for i in fold(f, true) {
                weigh(&sheets[i], &mut weighed[i], &entities, &topics);
            }
        }
        let mut told = vec![Vec::new(); docs.len()];
        for f in 0..FOLDS {
            let kinds = third(&sheets, &answers, &weighed, &fold(f, false));
            for i in fold(f, true) {
                told[i] = fill::templates(&sheets[i], &weighed[i], &kinds);
            }
        }
        let (roles, types, cuts) = first(&sheets, &answers, &all);
        let (entities, topics) = second(&sheets, &answers, &guesses, &all);
        let kinds = third(&sheets, &answers, &weighed, &all);
        (Models { roles, types, cuts, entities, topics, kinds }, told)
    }

    /// The templates of a report.
    pub fn templates(&self, tools: &Tools, doc: &MucDoc) -> Vec<Template> {
        let sheet = Sheet::read(tools, doc);
        let mut guess = fillers::guess(&sheet, &self.roles, &self.types, &self.cuts);
        weigh(&sheet, &mut guess, &self.entities, &self.topics);
        fill::templates(&sheet, &guess, &self.kinds)
    }

    /// The bytes of the weights file.
    pub fn write(&self) -> Vec<u8> {
        linear::write(&[&self.roles, &self.types, &self.cuts, &self.entities, &self.topics, &self.kinds])
    }

    /// Reads the bytes of a weights file; `None` if they are none.
    pub fn read(bytes: &[u8]) -> Option<Models> {
        let [roles, types, cuts, entities, topics, kinds] = linear::read(bytes)?.try_into().ok()?;
        Some(Models { roles, types, cuts, entities, topics, kinds })
    }
}

fn yes(b: bool) -> f32 {
    f32::from(u8::from(b))
}

/// Models of phrases, whole reports and stretches of words.
fn first(sheets: &[Sheet], answers: &[Answer], part: &[usize]) -> (Linear, Linear, Linear) {
    let (mut roles, mut is) = (Rows::new(17), Vec::new());
    let (mut whole, mut tells) = (Rows::new(16), Vec::new());
    let (mut cuts, mut groups, mut right): (Rows, Vec<Range<usize>>, Vec<bool>) =
        (Rows::new(16), Vec::new(), Vec::new());
    for i in part.iter().copied() {
        for p in &sheets[i].phrases {
            roles.push(&level(&p.around));
            for role in 0..SLOTS {
                let fills = answers[i].fills(p, role);
                is.push(yes(fills));
                if fills {
                    let start = cuts.len();
                    for c in &p.cuts {
                        cuts.push(&fillers::cut_features(&c.bag, role));
                        right.push(answers[i].fillers[role].contains(&c.text));
                    }
                    groups.push(start..cuts.len());
                }
            }
        }
        whole.push(&level(&sheets[i].whole));
        let counts = TYPES.map(|t| answers[i].count(t));
        tells.extend(counts.iter().map(|n| yes(*n > 0)));
        tells.push(yes(counts.iter().any(|n| *n > 0)));
    }
    (
        learn::logistic(&roles, &is, SLOTS, 0.5, 80),
        learn::logistic(&whole, &tells, TYPES.len() + 1, 0.25, 80),
        learn::choice(&cuts, &groups, &right, 1.0, 80),
    )
}

/// Models of entities: their roles, and their types of incident.
fn second(sheets: &[Sheet], answers: &[Answer], guesses: &[Guess], part: &[usize]) -> (Linear, Linear) {
    let (mut entities, mut fills) = (Rows::new(16), Vec::new());
    let (mut topics, mut belongs) = (Rows::new(15), Vec::new());
    for i in part.iter().copied() {
        for (role, list) in guesses[i].fillers.iter().enumerate() {
            for filler in list {
                let text = filler.text(&sheets[i]);
                let right = answers[i].fillers[role].contains(text);
                entities.push(&filler.features);
                fills.push(yes(right));
                if right {
                    topics.push(&fillers::topic(&sheets[i], role, filler));
                    belongs.extend(TYPES.map(|t| yes(answers[i].holds(t, role, text))));
                }
            }
        }
    }
    (learn::logistic(&entities, &fills, 1, 3.0, 200), learn::logistic(&topics, &belongs, TYPES.len(), 0.9, 60))
}

/// Fills in what the second models say.
fn weigh(sheet: &Sheet, guess: &mut Guess, entities: &Linear, topics: &Linear) {
    for (role, list) in guess.fillers.iter_mut().enumerate() {
        for filler in list {
            filler.belief = entities.shares(&filler.features)[0];
            filler.types = topics.shares(&fillers::topic(sheet, role, filler));
        }
    }
}

/// The model of a report's types of incident.
fn third(sheets: &[Sheet], answers: &[Answer], weighed: &[Guess], part: &[usize]) -> Linear {
    let (mut rows, mut tells) = (Rows::new(14), Vec::new());
    for i in part.iter().copied() {
        for kind in 0..TYPES.len() + TWICE {
            rows.push(&fill::type_features(&sheets[i], &weighed[i], kind));
            let count = answers[i].count(TYPES[kind % TYPES.len()]);
            tells.push(yes(count > kind / TYPES.len()));
        }
    }
    learn::logistic(&rows, &tells, 1, 5.0, 200)
}
