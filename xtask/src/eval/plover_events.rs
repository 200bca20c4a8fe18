//! PLOVER events of a text in the scorer's vocabulary: type, countries and sectors of both sides.

use super::Tools;
use counterclaim_coding::{Act, Party};
use counterclaim_evaluation::plover::PloverEvent;
use counterclaim_text::Report;

/// Everything that a report tells, as PLOVER events, each with its rule and the lemma that set it off.
pub fn told_by(tools: &Tools, report: &Report) -> Vec<(PloverEvent, String, String)> {
    let syntax = tools.model.parse(&report.text);
    let lemma = |a: &Act| syntax.lemma(a.trigger as usize).to_lowercase();
    tools.reader.acts(report).iter().map(|a| (event(a), a.rule.clone(), lemma(a))).collect()
}

/// One act as the scorer sees it.
fn event(act: &Act) -> PloverEvent {
    let targets: &[Party] = if act.reciprocal { &[] } else { &act.recipients };
    PloverEvent {
        root: act.kind.clone(),
        source_countries: countries(&act.actors),
        source_sectors: sectors(&act.actors),
        target_countries: countries(targets),
        target_sectors: sectors(targets),
        appeal: act.cameo.starts_with("02"),
    }
}

/// The manual's examples know one code for bodies of states, the codebook also UNO and EUR.
fn countries(side: &[Party]) -> Vec<String> {
    let plain = |p: &Party| match p.country.as_str() {
        "UNO" | "EUR" => "IGO".to_owned(),
        other => other.to_owned(),
    };
    side.iter().map(plain).filter(|c| !c.is_empty()).collect()
}

fn sectors(side: &[Party]) -> Vec<String> {
    side.iter().flat_map(|p| p.sectors.clone()).collect()
}
