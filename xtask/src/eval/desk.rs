//! The desk set: whole readings, in the wire format, against what careful analysts agree on.

use super::{Outcome, Tools};
use anyhow::Result;
use counterclaim_evaluation::{Aliases, Case, load_cases, score_desk};
use counterclaim_reader::intake::{Defaults, read_inputs};
use counterclaim_reader::wire::{self, KindCodes};
use counterclaim_text::Report;
use rayon::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;

/// Reads every case and scores the readings.
pub fn measure(tools: &Tools, path: &Path) -> Result<Outcome> {
    let cases = load_cases(path)?;
    let aliases = path.parent().map(|p| p.join("aliases.tsv")).filter(|p| p.exists());
    let aliases = aliases.map(|p| Aliases::load(&p)).transpose()?.unwrap_or_default();
    let readings: BTreeMap<&str, Value> =
        cases.par_iter().map(|case| Ok((case.name.as_str(), read(tools, case)?))).collect::<Result<_>>()?;
    let scores = score_desk(&cases, &aliases, |case| readings[case.name.as_str()].clone());
    Ok(Outcome { figures: scores.figures(), desk: Some(scores.to_json()), lines: scores.lines, speed: None })
}

/// The reports of a case, gone through the intake as JSON Lines.
pub fn reports(case: &Case) -> Result<Vec<Report>> {
    let line = |r: &counterclaim_evaluation::CaseReport| {
        let report = json!({
            "id": r.id, "source": r.source, "published": r.published, "title": r.title, "text": r.text,
        });
        report.to_string() + "\n"
    };
    let lines: String = case.reports.iter().map(line).collect();
    Ok(read_inputs("reports.jsonl", lines.into_bytes(), &Defaults::default())?)
}

/// The reading as `counterclaim read --format json` prints it.
fn read(tools: &Tools, case: &Case) -> Result<Value> {
    let brief = tools.reader.read(&reports(case)?);
    let codes = |kind: &str| {
        let known = tools.lexicon.kinds.get(kind);
        known.map_or_else(KindCodes::default, |k| KindCodes {
            plover: k.plover.clone(),
            plover_mode: k.mode.clone(),
            cameo: k.cameo.clone(),
            acled: k.acled.clone(),
        })
    };
    Ok(serde_json::to_value(wire::reading(&brief, &codes))?)
}
