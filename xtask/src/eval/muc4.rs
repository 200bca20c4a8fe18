//! MUC-4: events of a report as filled templates, one per type of incident.
//!
//! The reader's layers (trees, entities, events) are what two linear scorers look at, which say what types of incident a
//! report tells of and which phrases fill the roles (`muc4_roles.rs`). They are fitted on the development reports; only the
//! test reports are scored.

use super::muc4_roles::Fillers;
use super::{Outcome, Tools};
use anyhow::{Context, Result};
use counterclaim_coding::Scorer;
use counterclaim_evaluation::muc4::{self, Entity, MucDoc, ROLES, Template};
use rayon::prelude::*;
use std::path::Path;

/// The least share of belief for a type, and for a role.
const LEAST: (f32, f32) = (0.3, 0.3);

/// Fills the templates of every test report.
pub fn measure(tools: &Tools, path: &Path) -> Result<Outcome> {
    let mut docs = Vec::new();
    for part in ["tst1", "tst2", "tst3", "tst4"] {
        let file = path.join(format!("{part}.jsonl"));
        if file.exists() {
            docs.extend(muc4::load(&file)?);
        }
    }
    let fillers = fillers()?;
    let pred: Vec<Vec<Template>> = docs.par_iter().map(|d| fillers.templates(tools, d, least())).collect();
    let figures = muc4::score(&docs, &pred)?.figures();
    let lines = docs.iter().zip(&pred).flat_map(|(d, p)| differences(d, p)).collect();
    Ok(Outcome { figures, lines, ..Outcome::default() })
}

fn least() -> (f32, f32) {
    let get = |n: &str| std::env::var(n).ok().and_then(|v| v.parse::<f32>().ok());
    (get("MT").unwrap_or(LEAST.0), get("MR").unwrap_or(LEAST.1))
}

/// The fitted scorers.
fn fillers() -> Result<Fillers> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../data/models");
    let read = |name: &str| -> Result<Scorer> {
        let bytes = std::fs::read(folder.join(name)).with_context(|| format!("cannot read data/models/{name}"))?;
        Scorer::read(&bytes)
            .with_context(|| format!("data/models/{name} is no weights file; run `cargo xtask train-events`"))
    };
    Ok(Fillers { roles: read("muc4-roles.bin")?, types: read("muc4-types.bin")? })
}

/// Types and fillers of both sides, for people.
fn differences(doc: &MucDoc, pred: &[Template]) -> Vec<String> {
    let show = |t: &Template| {
        let role = |r: &Vec<Entity>| {
            r.iter().map(|e| e.iter().next().map_or("", String::as_str)).collect::<Vec<_>>().join("; ")
        };
        let filled = ROLES.iter().enumerate().map(|(n, (name, _))| format!("{name}: {}", role(&t.roles[n])));
        format!("{} [{}]", t.incident_type, filled.collect::<Vec<_>>().join(" | "))
    };
    let gold = doc.templates.iter().map(|t| format!("{} GOLD {}", doc.id, show(t)));
    gold.chain(pred.iter().map(|t| format!("{} READ {}", doc.id, show(t)))).collect()
}
