//! A brief as bytes, in the format asked for.

use crate::args::Format;
use crate::output::Look;
use anyhow::Result;
use counterclaim_reader::text::Brief;
use counterclaim_reader::wire::{KindCodes, Reading, reading};
use counterclaim_reader::{Reader, brief};
use serde_json::{Map, Value};

/// The brief in the format.
pub fn print(brief: &Brief, format: Format, look: Look) -> Result<String> {
    Ok(match format {
        Format::Brief => brief::text(brief, look.width, look.styled),
        Format::Md => brief::markdown(brief),
        Format::Json => serde_json::to_string_pretty(&reading(brief, &codes))? + "\n",
        Format::Jsonl => lines(&reading(brief, &codes))?,
    })
}

/// A kind's codes in other code books, from `kinds.tsv`.
pub fn codes(kind: &str) -> KindCodes {
    let known = Reader::new().lexicon().kinds.get(kind);
    known.map_or_else(KindCodes::default, |k| KindCodes {
        plover: k.plover.clone(),
        plover_mode: k.mode.clone(),
        cameo: k.cameo.clone(),
        acled: k.acled.clone(),
    })
}

/// One object a line, each with its type first.
fn lines(reading: &Reading<'_>) -> Result<String> {
    let mut out = String::new();
    let mut line = |kind: &str, fields: Value| -> Result<()> {
        let mut object = Map::from_iter([("type".to_owned(), Value::from(kind))]);
        if let Value::Object(fields) = fields {
            object.extend(fields);
        }
        out.push_str(&serde_json::to_string(&object)?);
        out.push('\n');
        Ok(())
    };
    let head = [("schema", reading.schema), ("generator", &reading.generator)];
    line("reading", head.into_iter().map(|(k, v)| (k.to_owned(), Value::from(v))).collect::<Map<_, _>>().into())?;
    for report in &reading.reports {
        line("report", serde_json::to_value(report)?)?;
    }
    for incident in &reading.incidents {
        line("incident", serde_json::to_value(incident)?)?;
    }
    for claim in &reading.claims {
        line("claim", serde_json::to_value(claim)?)?;
    }
    for commitment in &reading.commitments {
        line("commitment", serde_json::to_value(commitment)?)?;
    }
    for actor in &reading.actors {
        line("actor", serde_json::to_value(actor)?)?;
    }
    Ok(out)
}
