//! MUC-4: events of a report as filled templates, one per type of incident.
//!
//! A plain mapping: the reader's events give the type, and the phrases around their words fill the roles. Nothing is
//! kept apart within a type, as most reports with a template have one.

use super::muc4_phrases::{Phrases, Role};
use super::tools::bare;
use super::{Outcome, Tools};
use anyhow::Result;
use counterclaim_coding::EventDraft;
use counterclaim_evaluation::muc4::{self, Entity, MucDoc, Template};
use counterclaim_text::{Modality, Polarity};
use rayon::prelude::*;
use std::path::Path;

/// Fills the templates of every report.
pub fn measure(tools: &Tools, path: &Path) -> Result<Outcome> {
    let mut docs = Vec::new();
    for part in ["dev", "tst1", "tst2"] {
        let file = path.join(format!("{part}.jsonl"));
        if file.exists() {
            docs.extend(muc4::load(&file)?);
        }
    }
    let pred: Vec<Vec<Template>> = docs.par_iter().map(|d| templates(tools, d)).collect();
    let figures = muc4::score(&docs, &pred)?.figures();
    let lines = docs.iter().zip(&pred).flat_map(|(d, p)| differences(d, p)).collect();
    Ok(Outcome { figures, lines, ..Outcome::default() })
}

/// The type of incident that a kind, told with this word, is; clashes between forces are none by the task's definition.
fn incident_type(kind: &str, lemma: &str) -> Option<&'static str> {
    Some(match kind {
        "bombing" | "suicide-bombing" => "bombing",
        "abduction" => "kidnapping",
        "property-destruction" if matches!(lemma, "burn" | "torch" | "arson" | "ignite" | "set") => "arson",
        "armed-attack"
        | "targeted-killing"
        | "violence-against-civilians"
        | "shelling"
        | "air-strike"
        | "property-destruction" => "attack",
        _ => return None,
    })
}

fn templates(tools: &Tools, doc: &MucDoc) -> Vec<Template> {
    let layers = tools.reader.layers(&bare(&doc.id, &doc.text));
    let tree = tools.tree(&doc.text, &layers.syntax);
    let phrases = Phrases { tree: &tree, entities: &layers.entities, lexicon: tools.lexicon };
    let real = |e: &&EventDraft| e.polarity == Polarity::Affirmed && e.modality == Modality::Actual;
    let mut out: Vec<Template> = Vec::new();
    for e in layers.coded.events.iter().filter(real) {
        let Some(kind) = incident_type(&e.kind, tree.lemma(e.verb as usize)) else { continue };
        let at = out.iter().position(|t| t.incident_type == kind).unwrap_or_else(|| {
            out.push(Template { incident_type: kind.to_owned(), ..Template::default() });
            out.len() - 1
        });
        for (role, phrase) in phrases.of(e) {
            add(&mut out[at].roles[role as usize], &phrase);
        }
    }
    // A bare type beside a filled template is mostly another word for the same incident.
    let bare = |t: &Template| t.roles.iter().all(Vec::is_empty);
    if !out.iter().all(bare) {
        out.retain(|t| !bare(t));
    }
    out
}

/// Adds an entity unless the role has one of that name.
fn add(role: &mut Vec<Entity>, phrase: &str) {
    let name = muc4::normalise(phrase);
    if !name.is_empty() && !role.iter().any(|e| e.contains(&name)) {
        role.push(Entity::from([name]));
    }
}

/// Types and fillers that only one side has.
fn differences(doc: &MucDoc, pred: &[Template]) -> Vec<String> {
    let show = |t: &Template| {
        let role = |r: &Vec<Entity>| {
            r.iter().map(|e| e.iter().next().map_or("", String::as_str)).collect::<Vec<_>>().join("; ")
        };
        let names = [Role::PerpInd, Role::PerpOrg, Role::Target, Role::Victim, Role::Weapon];
        let filled = names.iter().map(|n| format!("{n:?}: {}", role(&t.roles[*n as usize])));
        format!("{} [{}]", t.incident_type, filled.collect::<Vec<_>>().join(" | "))
    };
    let gold = doc.templates.iter().map(|t| format!("{} GOLD {}", doc.id, show(t)));
    gold.chain(pred.iter().map(|t| format!("{} READ {}", doc.id, show(t)))).collect()
}
