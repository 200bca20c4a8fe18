//! Scores event coding on the examples of the PLOVER manual and on sentences labelled with a PLOVER type.
//!
//! The manual's examples ("gold standard records", Open Event Data Alliance) have one event each: a record is *root
//! right* if any predicted event has its type, *full* if one predicted event has the type and both countries, and
//! *with sector* if the sectors agree too. All figures come twice, with and without events read from appeals
//! (CAMEO 02). The labelled sentences (PLV; Hu et al. 2024, "Leveraging codebook knowledge with NLI and ChatGPT for
//! zero-shot political relation classification") are scored by macro F1.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Result, ensure};
use serde::Deserialize;
use serde_json::Value;

use crate::figures::{Count, Figure, Share, ratio};
use crate::gold::json_lines;

/// One predicted event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PloverEvent {
    /// PLOVER type, such as `ASSAULT`; old names are understood.
    pub root: String,
    /// Countries of the acting side (ISO 3166-1 alpha-3, or IGO and the like).
    pub source_countries: Vec<String>,
    /// Sectors of the acting side, such as `GOV`.
    pub source_sectors: Vec<String>,
    /// Countries of the other side; empty for a reciprocal event, which lists all as sources.
    pub target_countries: Vec<String>,
    /// Sectors of the other side.
    pub target_sectors: Vec<String>,
    /// True if the event was read from an appeal (CAMEO 02), which the codebook dropped.
    pub appeal: bool,
}

/// A gold actor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PloverActor {
    /// Country or kind of organisation.
    pub country: String,
    /// Sector, where gold gives one.
    pub sector: Option<String>,
}

/// One gold record of the manual.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PloverRecord {
    /// Identifier.
    pub id: String,
    /// The raw sentence.
    pub text: String,
    /// Type, by its present name.
    pub root: String,
    /// Who acts.
    pub sources: Vec<PloverActor>,
    /// Towards whom.
    pub targets: Vec<PloverActor>,
}

impl PloverRecord {
    /// Two sources and no target: each side acts on the other.
    pub fn reciprocal(&self) -> bool {
        self.sources.len() == 2 && self.targets.is_empty()
    }
}

/// The present name of a type, by PLOVER's change of names.
pub fn present_root(root: &str) -> &str {
    match root {
        "DEMAND" => "REQUEST",
        "DISAPPROVE" | "INVESTIGATE" => "ACCUSE",
        "FIGHT" => "ASSAULT",
        other => other,
    }
}

fn present_country(code: &str) -> &str {
    match code {
        "JAP" => "JPN",
        "ITL" => "ITA",
        "VTN" => "VNM",
        other => other,
    }
}

/// A sector by its first three letters (`REBkur` is REB); codes of no sector (`***`, religions) are waived.
fn sector(code: &str) -> Option<String> {
    let code = match code.get(..3)? {
        "CIV" => "CVL",
        "***" | "MOS" | "CHR" => return None,
        other => other,
    };
    Some(code.to_owned())
}

/// Reads `events/plover-gsr-dev.jsonl`.
///
/// # Errors
/// If the file cannot be read or a line is malformed.
pub fn load(path: &Path) -> Result<Vec<PloverRecord>> {
    Ok(json_lines::<Value>(path)?.iter().map(record).collect())
}

fn record(row: &Value) -> PloverRecord {
    let text = |k: &str| row[k].as_str().unwrap_or_default().to_owned();
    // A side is a list of actors; a missing or textual one is left out by gold.
    let actor = |a: &Value| {
        Some(PloverActor {
            country: present_country(a["code"].as_str()?).to_owned(),
            sector: a["sector"].as_str().and_then(sector),
        })
    };
    let side = |k: &str| row[k].as_array().map(|l| l.iter().filter_map(actor).collect());
    PloverRecord {
        id: text("id"),
        text: text("text"),
        root: present_root(&text("event")).to_owned(),
        sources: side("source").unwrap_or_default(),
        targets: side("target").unwrap_or_default(),
    }
}

/// The figures for one way of treating appeals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PloverScores {
    /// Records with an event of the right type.
    pub root: Share,
    /// Records with an event that has type, source and target right.
    pub full: Share,
    /// As `full`, with the sectors.
    pub sector: Share,
    /// Predicted events that have the right type.
    pub events_root: Share,
    /// Predicted events that match in full; agreement, not precision, as gold has one event a record.
    pub events_full: Share,
}

impl PloverScores {
    /// Predicted events per record.
    pub fn events_per_record(&self) -> f64 {
        ratio(self.events_full.of, self.root.of)
    }

    /// The figures for the table.
    pub fn figures(&self) -> Vec<Figure> {
        vec![
            Figure::new("root right", self.root.value(), self.root.of),
            Figure::new("full", self.full.value(), self.full.of),
            Figure::new("full with sector", self.sector.value(), self.sector.of),
            Figure::new("events per record", self.events_per_record(), self.root.of),
            Figure::new("events with right root", self.events_root.value(), self.events_root.of),
            Figure::new("events that match", self.events_full.value(), self.events_full.of),
        ]
    }
}

/// Both ways of treating appeals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PloverBoth {
    /// Appeals coded as REQUEST.
    pub with_appeals: PloverScores,
    /// Events read from appeals left out.
    pub without_appeals: PloverScores,
}

/// Scores one list of predicted events per record.
///
/// # Errors
/// If there is not one list per record.
pub fn score(records: &[PloverRecord], pred: &[Vec<PloverEvent>]) -> Result<PloverBoth> {
    ensure!(records.len() == pred.len(), "{} predictions for {} records", pred.len(), records.len());
    let run = |appeals: bool| {
        let mut s = PloverScores::default();
        for (record, events) in records.iter().zip(pred) {
            let events = events.iter().filter(|e| appeals || !e.appeal);
            let fits: Vec<Fit> = events.map(|e| fit(record, e)).collect();
            s.root.add(fits.iter().any(|f| f.root));
            s.full.add(fits.iter().any(|f| f.full));
            s.sector.add(fits.iter().any(|f| f.sector));
            for f in fits {
                s.events_root.add(f.root);
                s.events_full.add(f.full);
            }
        }
        s
    };
    Ok(PloverBoth { with_appeals: run(true), without_appeals: run(false) })
}

struct Fit {
    root: bool,
    full: bool,
    sector: bool,
}

/// How far one event agrees with a record. Of several gold actors on a side, one must agree.
fn fit(record: &PloverRecord, event: &PloverEvent) -> Fit {
    let root = present_root(&event.root) == record.root;
    let source = (&event.source_countries, &event.source_sectors);
    let target = (&event.target_countries, &event.target_sectors);
    let actor = |a: &PloverActor, side: (&Vec<String>, &Vec<String>), sectors: bool| {
        let sector = a.sector.as_ref().is_none_or(|s| side.1.iter().any(|x| x.starts_with(s)));
        side.0.iter().any(|c| present_country(c) == a.country) && (!sectors || sector)
    };
    let any = |gold: &[PloverActor], side, sectors| gold.is_empty() || gold.iter().any(|a| actor(a, side, sectors));
    let sides = |sectors: bool| {
        if !record.reciprocal() {
            return any(&record.sources, source, sectors) && any(&record.targets, target, sectors);
        }
        let (a, b) = (&record.sources[0], &record.sources[1]);
        let across = |x, y| actor(x, source, sectors) && actor(y, target, sectors);
        let listed = event.target_countries.is_empty() && actor(a, source, sectors) && actor(b, source, sectors);
        across(a, b) || across(b, a) || listed
    };
    Fit { root, full: root && sides(false), sector: root && sides(true) }
}

/// One labelled sentence of `events/plv-train.jsonl`, with its source and target marked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct PlvSentence {
    /// The sentence.
    pub sentence: String,
    /// The same with `<s>` and `<t>` around source and target.
    pub marked_sentence: String,
    /// The words of the source.
    pub source: String,
    /// The words of the target.
    pub target: String,
    /// The type; `YIELD` joins what the codebook has as CONCEDE and RETREAT.
    pub gold_root: String,
}

/// Reads `events/plv-train.jsonl`.
///
/// # Errors
/// If the file cannot be read or a line is malformed.
pub fn load_plv(path: &Path) -> Result<Vec<PlvSentence>> {
    json_lines(path)
}

/// Figures of type classification.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlvScores {
    /// A tally for each gold type.
    pub by_root: BTreeMap<String, Count>,
    /// Sentences with the right type.
    pub right: Share,
}

impl PlvScores {
    /// The mean F1 of the gold types.
    pub fn macro_f1(&self) -> f64 {
        let sum: f64 = self.by_root.values().map(Count::f1).sum();
        sum / self.by_root.len().max(1) as f64
    }

    /// The figures for the table.
    pub fn figures(&self) -> Vec<Figure> {
        vec![
            Figure::new("root macro F1", self.macro_f1(), self.right.of),
            Figure::new("root accuracy", self.right.value(), self.right.of),
        ]
    }
}

/// Scores one predicted type per sentence, `None` for no event.
///
/// # Errors
/// If there is not one answer per sentence.
pub fn score_plv(sentences: &[PlvSentence], pred: &[Option<String>]) -> Result<PlvScores> {
    ensure!(sentences.len() == pred.len(), "{} predictions for {} sentences", pred.len(), sentences.len());
    let name = |root: &str| match present_root(root) {
        "CONCEDE" | "RETREAT" => "YIELD".to_owned(),
        other => other.to_owned(),
    };
    let pairs: Vec<(String, Option<String>)> =
        sentences.iter().zip(pred).map(|(s, p)| (name(&s.gold_root), p.as_deref().map(name))).collect();
    let roots: BTreeSet<String> = pairs.iter().map(|p| p.0.clone()).collect();
    let mut scores = PlvScores::default();
    for (gold, pred) in &pairs {
        scores.right.add(pred.as_ref() == Some(gold));
    }
    for root in roots {
        let is = |r: &String| *r == root;
        let hit = pairs.iter().filter(|(g, p)| is(g) && p.as_ref().is_some_and(is)).count();
        let gold = pairs.iter().filter(|(g, _)| is(g)).count();
        let predicted = pairs.iter().filter(|(_, p)| p.as_ref().is_some_and(is)).count();
        scores.by_root.insert(root, Count::of(hit, gold, predicted));
    }
    Ok(scores)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn event(root: &str, source: &[&str], target: &[&str]) -> PloverEvent {
        let list = |l: &[&str]| l.iter().map(|s| (*s).to_owned()).collect();
        PloverEvent {
            root: root.into(),
            source_countries: list(source),
            target_countries: list(target),
            ..PloverEvent::default()
        }
    }

    #[test]
    fn one_record_by_hand() {
        let r = record(&json!({"id": "x", "text": "…", "event": "DEMAND",
            "source": [{"code": "ITL", "sector": "GOV"}], "target": [{"code": "FRA", "sector": "REBabc"}]}));
        assert_eq!(r.root, "REQUEST");
        let mut right = event("REQUEST", &["ITA"], &["FRA", "DEU"]);
        let wrong = event("REQUEST", &["FRA"], &["ITA"]);
        let s = score(std::slice::from_ref(&r), &[vec![wrong, right.clone()]]).unwrap().with_appeals;
        assert_eq!((s.root.right, s.full.right, s.sector.right), (1, 1, 0));
        assert_eq!((s.events_root.right, s.events_full), (2, Share { right: 1, of: 2 }));
        assert_eq!(s.events_per_record(), 2.0);
        right.source_sectors = vec!["GOV".into()];
        right.target_sectors = vec!["REB".into()];
        right.appeal = true;
        let both = score(&[r], &[vec![right]]).unwrap();
        assert_eq!(both.with_appeals.sector.right, 1);
        assert_eq!(both.without_appeals.root.right, 0);
    }

    #[test]
    fn reciprocal_events_go_either_way() {
        let r = record(&json!({"event": "AGREE", "source": [{"code": "AAA"}, {"code": "BBB"}], "target": ""}));
        assert!(r.reciprocal());
        assert!(fit(&r, &event("AGREE", &["BBB"], &["AAA"])).full);
        assert!(fit(&r, &event("AGREE", &["AAA", "BBB"], &[])).full);
        assert!(!fit(&r, &event("AGREE", &["AAA"], &[])).full);
        let open = record(&json!({"event": "AID", "source": [{"code": "AAA"}]}));
        assert!(fit(&open, &event("AID", &["AAA"], &["ZZZ"])).full);
    }

    #[test]
    fn macro_f1_by_hand() {
        let row = |r: &str| PlvSentence { gold_root: r.into(), ..PlvSentence::default() };
        let gold = [row("AID"), row("AID"), row("YIELD")];
        let pred = [Some("AID".into()), None, Some("RETREAT".into())];
        let s = score_plv(&gold, &pred).unwrap();
        assert!((s.macro_f1() - (2.0 / 3.0 + 1.0) / 2.0).abs() < 1e-12);
        assert_eq!(s.right.right, 2);
    }
}
