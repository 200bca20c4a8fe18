//! What every fuzz target checks: a reading never panics, and everything in it points into its text.

use counterclaim_reader::intake::{Defaults, Intake, attach_notes, settle_ids, take_in};
use counterclaim_reader::wire::{KindCodes, reading};
use counterclaim_reader::{Reader, brief};
use counterclaim_text::{Brief, Report, Span, Syntax};
use std::sync::OnceLock;

/// Takes one input in, reads it and prints it in every format, as `counterclaim read --keep-going` does.
pub fn read(name: &str, bytes: &[u8]) {
    static READER: OnceLock<Reader> = OnceLock::new();
    let reader = READER.get_or_init(Reader::new);
    let defaults = Defaults {
        published: Some(jiff::civil::date(2024, 3, 19)),
        source: "Fuzz (synthetic)".into(),
        title: String::new(),
    };
    let mut intake = Intake::default();
    take_in(&mut intake, name, bytes.to_vec(), &defaults);
    settle_ids(&mut intake);
    for problem in &intake.problems {
        assert!(!problem.to_string().is_empty());
    }
    let mut out = reader.read(&intake.reports);
    attach_notes(&mut out, &intake.notes);
    points_into_its_texts(&out);
    assert!(!brief::text(&out, 80, true).is_empty());
    assert!(!brief::markdown(&out).is_empty());
    let json = serde_json::to_string(&reading(&out, &|_| KindCodes::default())).expect("a reading is JSON");
    assert!(!json.is_empty());
    if let Some(report) = intake.reports.first() {
        let explanation = reader.explain(report);
        trees_are_sound(&report.text, &explanation.syntax);
        for trace in &explanation.traces {
            assert!((trace.trigger as usize) < explanation.syntax.tokens.len());
            trace.bound.iter().for_each(|(_, span, _)| fits(&report.text, *span));
        }
    }
}

/// Takes one input in without reading it: reports with identifiers of their own, or messages.
pub fn take(name: &str, bytes: &[u8]) {
    let mut intake = Intake::default();
    take_in(&mut intake, name, bytes.to_vec(), &Defaults::default());
    settle_ids(&mut intake);
    for problem in &intake.problems {
        assert!(!problem.to_string().is_empty());
    }
    let ids: std::collections::BTreeSet<&str> = intake.reports.iter().map(|r| r.id.as_str()).collect();
    assert_eq!(ids.len(), intake.reports.len());
    assert!(intake.notes.iter().all(|(at, _)| *at < intake.reports.len()));
    let size: usize = intake.reports.iter().map(|r| r.text.len()).sum();
    assert!(size <= 64 + 8 * bytes.len(), "{size} bytes of text from {}", bytes.len());
}

/// A span lies in the text and cuts no character.
pub fn fits(text: &str, span: Span) {
    assert!(text.get(span.start as usize..span.end as usize).is_some(), "{span:?} in {} bytes", text.len());
}

fn points_into_its_texts(brief: &Brief) {
    let report = |id: &str| -> &Report {
        &brief.readings.iter().find(|r| r.report.id == id).expect("the report of a span is in the brief").report
    };
    for r in &brief.readings {
        r.notes.iter().for_each(|n| fits(&r.report.text, n.span));
    }
    for i in &brief.incidents {
        assert!(!i.evidence.is_empty(), "an incident without evidence");
        assert!((0.0..=1.0).contains(&i.confidence));
        assert!(i.when.is_none_or(|w| w.start <= w.end));
        assert!(i.killed.is_none_or(|(low, high)| low <= high) && i.injured.is_none_or(|(low, high)| low <= high));
        i.evidence.iter().for_each(|e| fits(&report(&e.report).text, e.span));
        i.tolls.iter().for_each(|(id, t)| fits(&report(id).text, t.span));
        for account in &i.accounts {
            assert!(
                account.claims.iter().all(|id| brief.claims.iter().any(|c| c.id == *id)),
                "an account names a claim that is not there"
            );
        }
    }
    for c in &brief.claims {
        assert!(!c.speaker.is_empty(), "a claim without a speaker");
        fits(&report(&c.report).text, c.span);
    }
    brief.commitments.iter().for_each(|p| fits(&report(&p.report).text, p.span));
}

/// Tokens stand in order, sentences cover them, and every head leads to the root of its sentence.
pub fn trees_are_sound(text: &str, syntax: &Syntax) {
    let mut end = 0;
    for t in &syntax.tokens {
        fits(text, t.span);
        assert!(t.span.start >= end, "tokens overlap");
        end = t.span.end;
    }
    let mut next = 0;
    for s in &syntax.sentences {
        assert!(s.start == next && s.end > s.start, "sentences do not follow each other");
        next = s.end;
        for i in s.tokens() {
            let (mut at, mut steps) = (i, 0);
            while let Some(head) = syntax.head(at) {
                assert!(s.tokens().contains(&head), "a head outside its sentence");
                (at, steps) = (head, steps + 1);
                assert!(steps <= s.tokens().len(), "a cycle in a tree");
            }
        }
    }
    assert_eq!(next as usize, syntax.tokens.len());
}
