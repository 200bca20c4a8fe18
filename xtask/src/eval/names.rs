//! Worldwide newswire: names of people, organisations, places and other things, on the articles kept out of training.

use super::tools::bare;
use super::{Outcome, Tools};
use crate::marked::named;
use anyhow::Result;
use counterclaim_evaluation::names::{self, Name, NameDoc};
use rayon::prelude::*;
use std::path::Path;

/// Finds the names of every article that was held back.
pub fn measure(tools: &Tools, path: &Path) -> Result<Outcome> {
    let all = names::load(path)?;
    let mut docs: Vec<NameDoc> = all.into_iter().enumerate().filter(|d| names::held_back(d.0)).map(|d| d.1).collect();
    for d in &mut docs {
        d.names = d.names.iter().filter_map(|n| Some((n.0, names::folded(&n.1)?.to_owned()))).collect();
    }
    let pred: Vec<Vec<Name>> = docs.par_iter().map(|d| find(tools, d)).collect();
    let lines = docs.iter().zip(&pred).flat_map(|(d, p)| differences(d, p)).collect();
    Ok(Outcome { figures: names::score(&docs, &pred)?.figures(), lines, ..Outcome::default() })
}

/// What gold has and the reader not, and the reverse.
fn differences(doc: &NameDoc, pred: &[Name]) -> Vec<String> {
    let line = |sign: &str, n: &Name| format!("{} {sign} {} {}", doc.id, n.1, n.0.of(&doc.text));
    let missed = doc.names.iter().filter(|n| !pred.contains(n)).map(|n| line("-", n));
    missed.chain(pred.iter().filter(|n| !doc.names.contains(n)).map(|n| line("+", n))).collect()
}

/// The names of the entity layer.
fn find(tools: &Tools, doc: &NameDoc) -> Vec<Name> {
    let (mut syntax, entities) = tools.entities(&bare(&doc.id, &doc.text));
    syntax.names = entities.names;
    named(&syntax)
}
