//! Reports as JSON: one a line, or a document with a list of them. Every bad line is reported with its place.

use super::{Intake, IntakeError, encoding, published_date};
use crate::wire::ReportIn;
use counterclaim_text::Report;
use serde_json::Value;

const REMEDY: &str =
    r#"A line is one report: {"id":"r1","source":"…","published":"2024-03-19","title":"…","text":"…"}"#;

/// One report a line; blank lines are skipped.
pub(super) fn lines(intake: &mut Intake, file: &str, bytes: Vec<u8>) -> Result<(), IntakeError> {
    let bytes = eight_bit(file, bytes)?;
    for (at, line) in bytes.split(|b| *b == b'\n').enumerate() {
        if line.trim_ascii().is_empty() {
            continue;
        }
        let place = Place { file, line: at + 1 };
        match serde_json::from_slice::<ReportIn>(line) {
            Ok(report) => keep(intake, place, report),
            Err(e) => intake.problems.push(place.problem(e.column(), what(&e), REMEDY)),
        }
    }
    Ok(())
}

/// A list of reports, an object that holds one as `reports`, or a single report; else it is read as lines.
pub(super) fn document(intake: &mut Intake, file: &str, bytes: Vec<u8>) -> Result<(), IntakeError> {
    let bytes = eight_bit(file, bytes)?;
    let Ok(whole) = serde_json::from_slice::<Value>(&bytes) else { return lines(intake, file, bytes) };
    let entries = match whole {
        Value::Array(entries) => entries,
        Value::Object(mut object) => match object.remove("reports") {
            Some(Value::Array(entries)) => entries,
            _ => vec![Value::Object(object)],
        },
        _ => return lines(intake, file, bytes),
    };
    for (at, entry) in entries.into_iter().enumerate() {
        let place = Place { file, line: 1 };
        match serde_json::from_value::<ReportIn>(entry) {
            Ok(report) => keep(intake, place, report),
            Err(e) => {
                let problem = format!("report {} of the list: {}", at + 1, what(&e));
                intake.problems.push(place.problem(1, problem, REMEDY));
            }
        }
    }
    Ok(())
}

/// JSON is UTF-8 by definition; editors on Windows still write marks and UTF-16.
fn eight_bit(file: &str, mut bytes: Vec<u8>) -> Result<Vec<u8>, IntakeError> {
    if bytes.starts_with(b"\xEF\xBB\xBF") {
        bytes.drain(..3);
    }
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        return encoding::decode(file, bytes, None).map(|d| d.text.into_bytes());
    }
    Ok(bytes)
}

#[derive(Clone, Copy)]
struct Place<'f> {
    file: &'f str,
    line: usize,
}

impl Place<'_> {
    fn problem(self, column: usize, problem: String, remedy: &str) -> IntakeError {
        IntakeError::Line {
            file: self.file.to_owned(),
            line: self.line,
            column: column.max(1),
            problem,
            remedy: remedy.to_owned(),
        }
    }
}

fn keep(intake: &mut Intake, place: Place<'_>, given: ReportIn) {
    let blank = |s: &String| !s.trim().is_empty();
    let published = match given.published.filter(blank).map(|d| published_date(&d)) {
        None => None,
        Some(Ok(day)) => Some(day),
        Some(Err(e)) => {
            let remedy = "Correct \"published\" or leave it out.";
            intake.problems.push(place.problem(1, format!("published: {e}"), remedy));
            return;
        }
    };
    intake.reports.push(Report {
        id: given.id.unwrap_or_default(),
        source: given.source.unwrap_or_default(),
        published,
        title: given.title.unwrap_or_default(),
        text: given.text,
        url: given.url.filter(blank),
        language: given.language.filter(blank),
    });
}

/// The message of the JSON reader without its own line and column.
fn what(e: &serde_json::Error) -> String {
    let message = e.to_string();
    match message.rfind(" at line ") {
        Some(at) => message[..at].to_owned(),
        None => message,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(name: &str, text: &str) -> Intake {
        let mut intake = Intake::default();
        super::super::take_in(&mut intake, name, text.as_bytes().to_vec(), &Default::default());
        intake
    }

    #[test]
    fn unknown_fields_and_nulls_are_fine() {
        let intake = taken("x.jsonl", r#"{"id":"r1","published":null,"text":"t","kind":"news","stars":[1,2]}"#);
        assert_eq!((intake.problems.len(), intake.reports[0].id.as_str()), (0, "r1"));
    }

    #[test]
    fn a_document_may_hold_a_list() {
        let case = r#"{"case":"x","reports":[{"id":"r1","text":"a"},{"id":"r2","text":"b"},{"id":"r3"}]}"#;
        let intake = taken("case.json", case);
        assert_eq!(intake.reports.len(), 2);
        assert!(intake.problems[0].to_string().contains("report 3 of the list: missing field `text`"));
    }

    #[test]
    fn far_years_say_where_and_what_to_write() {
        let intake = taken("x.jsonl", "{\"text\":\"t\"}\n{\"text\":\"t\",\"published\":\"99999-01-01\"}");
        let message = intake.problems[0].to_string();
        assert!(message.starts_with("x.jsonl:2:1: published: the year in \"99999-01-01\" is outside"), "{message}");
    }

    #[test]
    fn invalid_utf8_is_a_bad_line_and_deep_nesting_overflows_nothing() {
        let mut intake = Intake::default();
        lines(&mut intake, "x.jsonl", b"{\"text\":\"\xFF\"}\n".to_vec()).unwrap();
        assert!(intake.problems[0].to_string().contains("x.jsonl:1:"));
        let deep = format!("{{\"a\":{}1{},\"text\":\"t\"}}", "[".repeat(100_000), "]".repeat(100_000));
        assert_eq!((taken("x.jsonl", &deep).reports.len(), taken("x.json", &deep).reports.len()), (1, 1));
    }
}
