//! MUC-4: events of a report as filled templates.
//!
//! The reader's layers (trees, entities, events) are what linear models look at, which say what types of incident a
//! report tells of and which phrases fill the roles (`templates.rs`). They are fitted on the development reports; only
//! the test reports are scored.

use super::{Outcome, Tools};
use crate::templates::Models;
use anyhow::{Context, Result};
use counterclaim_evaluation::muc4::{self, Entity, MucDoc, ROLES, Template};
use rayon::prelude::*;
use std::path::Path;

/// Fills the templates of every test report.
pub fn measure(tools: &Tools, path: &Path) -> Result<Outcome> {
    let mut docs = Vec::new();
    for part in ["tst1", "tst2", "tst3", "tst4"] {
        let file = path.join(format!("{part}.jsonl"));
        if file.exists() {
            docs.extend(muc4::load(&file)?);
        }
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../data/models/muc4.bin");
    let bytes = std::fs::read(&file).context("cannot read data/models/muc4.bin")?;
    let models = Models::read(&bytes).context("muc4.bin is no weights file; run `cargo xtask train-events`")?;
    let pred: Vec<Vec<Template>> = docs.par_iter().map(|d| models.templates(tools, d)).collect();
    let figures = muc4::score(&docs, &pred)?.figures();
    let lines = docs.iter().zip(&pred).flat_map(|(d, p)| differences(d, p)).collect();
    Ok(Outcome { figures, lines, ..Outcome::default() })
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
