//! Whole readings, held against what the reader writes. All events are invented.

#![allow(clippy::unwrap_used)]

mod common;

use counterclaim_exchange::{Coded, Format, Reading};
use counterclaim_lexicon::Lexicon;
use counterclaim_reader::Reader;
use counterclaim_reader::wire::{KindCodes, reading};
use counterclaim_text::{Brief, Report};
use serde_json::Value;
use std::sync::OnceLock;

fn brief() -> &'static Brief {
    static BRIEF: OnceLock<Brief> = OnceLock::new();
    BRIEF.get_or_init(|| {
        let report = |id: &str, text: &str| Report {
            id: id.into(),
            source: "Coast Wire (synthetic)".into(),
            published: Some(jiff::civil::date(2024, 3, 19)),
            text: text.into(),
            ..Report::default()
        };
        Reader::new().read(&[
            report("r1", "Kenya’s air force bombed a camp near Lamu on Monday, killing 7 fighters, the defence ministry said."),
            report("r2", "Residents of Lamu said that the strike on Monday killed 3 civilians. Kenya promised to open an inquiry."),
        ])
    })
}

fn codes(kind: &str) -> KindCodes {
    let kinds = &Lexicon::embedded().kinds;
    kinds.get(kind).map_or_else(KindCodes::default, |k| KindCodes {
        plover: k.plover.clone(),
        plover_mode: k.mode.clone(),
        cameo: k.cameo.clone(),
        acled: k.acled.clone(),
    })
}

fn written(brief: &Brief) -> String {
    serde_json::to_string_pretty(&reading(brief, &codes)).unwrap() + "\n"
}

#[test]
fn a_reading_comes_out_as_it_went_in() {
    let text = written(brief());
    let parsed = Reading::parse("r.json", text.as_bytes()).unwrap();
    assert_eq!(parsed.to_json(), text);
    let odd = text.replacen("\"generator\"", "\"later\": {\"x\": [1]},\n  \"generator\"", 1);
    assert_eq!(Reading::parse("r.json", odd.as_bytes()).unwrap().to_json().matches("later").count(), 1);
}

#[test]
fn a_brief_comes_back_with_and_without_its_texts() {
    let text = written(brief());
    assert!(!brief().incidents.is_empty() && !brief().claims.is_empty());
    let parsed = Reading::parse("r.json", text.as_bytes()).unwrap();
    let texts = |id: &str, _: &str| brief().readings.iter().find(|r| r.report.id == id).map(|r| r.report.text.clone());
    let (back, faults) = parsed.brief("r.json", &texts);
    assert!(faults.is_empty(), "{faults:?}");
    assert_eq!(written(&back), text);
    // Without the texts the hash differs, and nothing else.
    let (blank, faults) = parsed.brief("r.json", &|_, _| None);
    assert!(faults.is_empty(), "{faults:?}");
    let json = |text: &str| -> Value {
        let mut v: Value = serde_json::from_str(text).unwrap();
        v["reports"].as_array_mut().unwrap().iter_mut().for_each(|r| r["sha256"] = Value::Null);
        v
    };
    assert_eq!(json(&written(&blank)), json(&text));
    let (_, faults) = parsed.brief("r.json", &|_, _| Some("another text".into()));
    assert!(faults[0].to_string().contains("is another"), "{faults:?}");
}

#[test]
fn incidents_of_a_reading_become_records_with_their_accounts() {
    let got = common::read(Format::Reading, written(brief()).as_bytes());
    assert_eq!((got.rows.len(), got.faults.len()), (brief().incidents.len(), 0));
    let report = |id: &str| brief().readings.iter().find(|r| r.report.id == id).map(|r| r.report.clone());
    for (row, incident) in got.rows.iter().zip(&brief().incidents) {
        let direct = Coded::of(incident, &brief().claims, &report, "Counterclaim");
        assert_eq!((row.claims.clone(), row.places.clone()), (direct.claims, direct.places));
        assert_eq!(row.sources, ["Coast Wire (synthetic)"]);
    }
}

/// What this crate writes as a reading is what the reader would write of the same incident.
#[test]
fn the_wire_format_is_that_of_the_reader() {
    let row = Coded {
        id: "1".into(),
        data_set: "Set (synthetic)".into(),
        kind: "air-strike".into(),
        perpetrators: vec!["Kenya".into()],
        killed: Some((1, 2)),
        ..common::read(Format::Reading, written(brief()).as_bytes()).rows[0].clone()
    };
    let told = row.told(Lexicon::embedded());
    let own = counterclaim_text::Reading {
        report: told.report,
        language: String::new(),
        notes: Vec::new(),
        unlisted: Vec::new(),
    };
    let wanted = Brief { readings: vec![own], incidents: vec![told.incident], claims: told.claims, ..Brief::default() };
    let mut got: Value = serde_json::from_str(&common::write(Format::Reading, &[row]).0).unwrap();
    assert!(got["incidents"][0].as_object_mut().unwrap().shift_remove("coded").is_some());
    let mut wanted: Value = serde_json::from_str(&written(&wanted)).unwrap();
    // The list of actors with their codes is the reader's: it follows from its tables.
    assert!(wanted.as_object_mut().unwrap().shift_remove("actors").is_some());
    assert_eq!(got, wanted);
}

#[test]
fn hostile_offsets_cost_nothing() {
    let text = r#"{"schema":"counterclaim.reading/v1","reports":[{"id":"r"}],"claims":[
        {"id":"c","speaker":"X","stance":"asserts","aspect":"time","about":"i","report":"r","start":4294967290,"end":4294967295,"quote":"hello"},
        {"id":"d","speaker":"","stance":"asserts","aspect":"time","about":"i","report":"q","start":9,"end":3,"quote":"hello"}]}"#;
    let (brief, faults) = Reading::parse("r.json", text.as_bytes()).unwrap().brief("r.json", &|_, _| None);
    assert_eq!((brief.claims.len(), brief.readings[0].report.text.len()), (1, 0));
    assert!(faults.len() >= 2, "{faults:?}");
}
