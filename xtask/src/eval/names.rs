//! Worldwide newswire: names of people, organisations, places and nationalities, in the classes of the set.

use super::tools::bare;
use super::{Outcome, Tools};
use anyhow::Result;
use counterclaim_evaluation::names::{self, Name, NameDoc};
use counterclaim_text::{ActorKind, ActorMention, Syntax, Upos};
use rayon::prelude::*;
use std::path::Path;

/// Finds the names of every article.
pub fn measure(tools: &Tools, path: &Path) -> Result<Outcome> {
    let docs = names::load(path)?;
    let pred: Vec<Vec<Name>> = docs.par_iter().map(|d| find(tools, d)).collect();
    Ok(Outcome::of(names::score(&docs, &pred)?.figures()))
}

/// Registry actors and gazetteer places; what is left of the proper nouns with two words or more is a person.
fn find(tools: &Tools, doc: &NameDoc) -> Vec<Name> {
    let (syntax, entities) = tools.entities(&bare(&doc.id, &doc.text));
    let mut out: Vec<Name> = Vec::new();
    let mut taken = vec![false; syntax.tokens.len()];
    let mut take = |tokens: (u32, u32), class: &str, taken: &mut Vec<bool>| {
        let range = tokens.0 as usize..=tokens.1 as usize;
        if taken[range.clone()].iter().all(|t| !t) {
            let span = syntax.tokens[tokens.0 as usize].span.join(syntax.tokens[tokens.1 as usize].span);
            taken[range].fill(true);
            out.push((span, class.to_owned()));
        }
    };
    for a in &entities.actors {
        if let Some(class) = class(a, &doc.text) {
            take(a.tokens, class, &mut taken);
        }
    }
    for p in &entities.places {
        take(p.tokens, if p.demonym { "NORP" } else { "Location" }, &mut taken);
    }
    for (first, last) in proper_runs(&syntax, &taken) {
        if last > first {
            take((first as u32, last as u32), "Person", &mut taken);
        }
    }
    out.sort_by_key(|n| n.0);
    out
}

/// The set's class of an actor that is named, not described.
fn class(a: &ActorMention, text: &str) -> Option<&'static str> {
    let named = a.span.of(text).chars().next().is_some_and(char::is_uppercase);
    match a.kind {
        _ if !named => None,
        _ if a.rule.ends_with("(demonym)") => Some("NORP"),
        ActorKind::State => Some("Location"),
        ActorKind::Community => Some("NORP"),
        ActorKind::Person => Some("Person"),
        ActorKind::Role => None,
        _ => Some("Organization"),
    }
}

/// Runs of proper nouns that nothing else has taken, within sentences.
fn proper_runs(syntax: &Syntax, taken: &[bool]) -> Vec<(usize, usize)> {
    let mut out: Vec<(usize, usize)> = Vec::new();
    for s in &syntax.sentences {
        let mut open = false;
        for i in s.tokens() {
            let token = &syntax.tokens[i];
            let name = token.upos == Upos::Propn && !taken[i];
            match out.last_mut() {
                Some(last) if open && name => last.1 = i,
                _ if name => out.push((i, i)),
                _ => {}
            }
            open = name;
        }
    }
    out
}
