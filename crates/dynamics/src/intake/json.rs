//! JSON in every shape that holds events: a reading, its JSON Lines, incidents one a line as a register gives them out, dated
//! events with the columns of the table, and GED's fields. Objects are told apart one by one.

use super::incident::{self, Known};
use super::{Directions, Problem, Record, date, ged, table};
use serde_json::{Deserializer, Value};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// The format of readings that is understood.
const SCHEMA: &str = "counterclaim.reading/v1";
/// What an object may be.
const SHAPES: &str = "give incidents (when, perpetrators, targets, plover), events (date, from, to), reports (source, published), \
                      GED's fields (date_start, side_a, side_b, best), or what `counterclaim read --format json` prints";

/// Takes in one object, a list of them, or one a line.
pub(crate) fn take(file: &str, text: &str, directions: Directions) -> Result<Record, Vec<Problem>> {
    let mut heap = Heap { directions, ..Heap::default() };
    let mut problems = vec![];
    each(text, &mut |line, value| {
        let added = value.and_then(|value| heap.add(&value));
        problems.extend(added.err().map(|message| Problem { file: file.to_owned(), line: line.max(1), message }));
    });
    if problems.is_empty() { Ok(heap.settled(file)) } else { Err(problems) }
}

/// Every object with its line. A first line that is whole by itself means one value a line; else one value follows another.
pub(crate) fn each(text: &str, found: &mut dyn FnMut(u64, Result<Value, String>)) {
    let first = text.lines().find(|l| !l.trim().is_empty()).unwrap_or_default();
    if serde_json::from_str::<Value>(first).is_ok() {
        for (n, line) in text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
            let value = serde_json::from_str(line).map_err(|e| format!("not JSON: {e}; give one object a line"));
            flat(n as u64 + 1, value, found);
        }
        return;
    }
    let (mut line, mut at) = (1, 0);
    let mut stream = Deserializer::from_str(text).into_iter::<Value>();
    while let Some(value) = stream.next() {
        let end = stream.byte_offset();
        match value {
            Ok(value) => {
                let blank = text[at..].len() - text[at..].trim_start().len();
                let begins = line + lines(&text[at..at + blank]);
                line += lines(&text[at..end]);
                at = end;
                flat(begins, Ok(value), found);
            }
            Err(e) => {
                return found(e.line() as u64, Err(format!("not JSON: {e}; the file may be cut off or not be JSON")));
            }
        }
    }
}

fn lines(text: &str) -> u64 {
    text.bytes().filter(|b| *b == b'\n').count() as u64
}

/// A list stands for what is in it.
fn flat(line: u64, value: Result<Value, String>, found: &mut dyn FnMut(u64, Result<Value, String>)) {
    match value {
        Ok(Value::Array(all)) => all.into_iter().for_each(|v| found(line, Ok(v))),
        other => found(line, other),
    }
}

/// What one file holds, as far as it has been read.
#[derive(Default)]
struct Heap {
    directions: Directions,
    record: Record,
    /// Reports by id, with publisher and day.
    reports: Vec<(String, String, jiff::civil::Date)>,
    /// Ids of the reports that tell of an incident.
    telling: BTreeSet<String>,
    /// Incidents left out, by reason.
    lacking: BTreeMap<&'static str, usize>,
    /// Objects of types that are not known.
    strange: BTreeMap<String, usize>,
}

impl Heap {
    fn add(&mut self, value: &Value) -> Result<(), String> {
        let has = |name: &str| value.get(name).is_some_and(|v| !v.is_null());
        let kind = value["type"].as_str();
        if !value.is_object() {
            return Err(format!("this is no object; {SHAPES}"));
        }
        if kind == Some("reading") || has("incidents") || (kind.is_none() && has("schema")) {
            return self.reading(value);
        }
        match kind {
            Some("incident") => self.incident(value),
            Some("report") => self.report(value),
            Some("claim" | "commitment") => {}
            _ if has("date_start") => self.record.events.push(ged::event(&|name| cell(value, name), self.directions)?),
            _ if has("when") || has("perpetrators") => self.incident(value),
            _ if has("date") => table::row(&|name| cell(value, name), &mut self.record)?,
            _ if has("source") && has("published") => self.report(value),
            _ if has("stance") || has("by") => {}
            Some(other) => *self.strange.entry(other.to_owned()).or_default() += 1,
            None => return Err(format!("no event is in this object; {SHAPES}")),
        }
        Ok(())
    }

    fn reading(&mut self, value: &Value) -> Result<(), String> {
        let schema = value["schema"].as_str().unwrap_or_default();
        if schema != SCHEMA {
            return Err(format!("the schema is \"{schema}\"; {SCHEMA} is read"));
        }
        list(&value["reports"]).for_each(|r| self.report(r));
        list(&value["incidents"]).for_each(|i| self.incident(i));
        Ok(())
    }

    fn report(&mut self, value: &Value) {
        if let Some(day) = value["published"].as_str().and_then(date) {
            self.reports.push((text(&value["id"]), text(&value["source"]), day));
        }
    }

    fn incident(&mut self, value: &Value) {
        self.telling.extend(incident::told_by(value).map(str::to_owned));
        match incident::event(value) {
            Known::Event(event) => self.record.events.push(*event),
            Known::Lacks(what) => *self.lacking.entry(what).or_default() += 1,
        }
    }

    fn settled(mut self, file: &str) -> Record {
        for (id, publisher, day) in self.reports {
            if !self.telling.contains(&id) {
                self.record.background.push((publisher.clone(), day));
            }
            self.record.output.push((publisher, day));
        }
        for (what, n) in self.lacking {
            self.record.notes.push(format!("{file}: {n} incidents {what} are left out"));
        }
        for (kind, n) in self.strange {
            self.record.notes.push(format!("{file}: {n} objects of the type \"{kind}\" are left out; it is not known"));
        }
        self.record
    }
}

/// A field as a table would hold it: names of a list parted by `|`.
pub(crate) fn cell<'a>(value: &'a Value, name: &str) -> Cow<'a, str> {
    match value.get(name) {
        Some(Value::String(s)) => s.trim().into(),
        Some(Value::Array(all)) => all.iter().map(text).collect::<Vec<_>>().join("|").into(),
        Some(Value::Null) | None => "".into(),
        Some(other) => other.to_string().into(),
    }
}

/// Strings as they are, numbers as they are written, nothing else.
fn text(value: &Value) -> String {
    match value {
        Value::String(s) => s.trim().to_owned(),
        Value::Number(n) => n.to_string(),
        _ => String::new(),
    }
}

/// The members of a list; none of anything else.
pub(crate) fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    const READING: &str = r#"{"schema":"counterclaim.reading/v1","reports":[{"id":"r1","source":"Herald (synthetic)","published":"2024-05-02"}],
            "incidents":[
            {"id":"i1","plover":"ASSAULT","when":{"start":"2024-05-01","precision":"day"},"where":[{"country":"PK","admin1":"Balochistan"}],
             "perpetrators":["North"],"targets":["South","civilians"],"killed":{"low":2,"high":5},
             "evidence":[{"report":"r1"},{"report":"r1"},{"report":"r2"}]},
            {"id":"i2","plover":"ASSAULT","when":{},"perpetrators":["North"],"targets":["South"]},
            {"id":"i3","plover":"ASSAULT","when":{"start":"2024-05-01"},"perpetrators":[],"targets":["South"]}]}"#;

    #[test]
    fn incidents_become_events_and_reports_the_panel() {
        let record = take("r.json", READING, Directions::Stated).unwrap();
        assert_eq!(record.events.len(), 1);
        let event = &record.events[0];
        assert_eq!((event.reports, event.deaths, event.area.as_str()), (2.0, [2.0, 2.0, 5.0], "Balochistan"));
        assert_eq!((record.output.len(), record.notes.len(), record.background.len()), (1, 2, 0));
    }

    /// One thing in four shapes: a reading, its JSON Lines, bare incidents, a list.
    #[test]
    fn every_shape_gives_the_same_events() {
        let whole: Value = serde_json::from_str(READING).unwrap();
        let mut typed = vec![r#"{"type":"reading","schema":"counterclaim.reading/v1"}"#.to_owned()];
        let mut bare = vec![];
        for (kind, all) in [("report", &whole["reports"]), ("incident", &whole["incidents"])] {
            for value in list(all) {
                let mut with = value.clone();
                with["type"] = kind.into();
                typed.push(with.to_string());
                bare.push(value.to_string());
            }
        }
        typed.push(r#"{"type":"claim","id":"c1"}"#.to_owned());
        let wanted = take("x", READING, Directions::Stated).unwrap();
        for text in [typed.join("\n"), bare.join("\n"), format!("[{}]", bare.join(",\n")), bare.join(" ")] {
            assert_eq!(take("x", &text, Directions::Stated).unwrap(), wanted, "{text}");
        }
    }

    #[test]
    fn dated_events_and_reports_stand_one_a_line() {
        let text = "{\"date\":\"2024-05-01\",\"from\":[\"North\",\"East\"],\"to\":\"South\",\"best\":3,\"id\":7}\n\
                    {\"date\":\"2024-05-02\",\"publisher\":\"Herald\"}\n{\"type\":\"weather\",\"sky\":\"blue\"}\n";
        let record = take("x", text, Directions::Stated).unwrap();
        assert_eq!(
            (record.events[0].from.len(), record.events[0].deaths, record.events[0].id.as_str()),
            (2, [3.0; 3], "7")
        );
        assert_eq!((record.background.len(), record.notes.len()), (1, 1));
    }

    #[test]
    fn faults_are_named_with_their_line() {
        let lines = |text: &str| -> Vec<u64> {
            take("x", text, Directions::Stated).unwrap_err().iter().map(|p| p.line).collect()
        };
        assert_eq!(
            lines("{\"date\":\"2024-05-01\",\"from\":\"A\",\"to\":\"B\",\"best\":-1}\n\n{\n[]\n7\n{}"),
            [1, 3, 5, 6]
        );
        assert_eq!(lines("{\n\n\"schema\":"), [3]);
        assert_eq!(lines("\n{\n\"schema\":\"counterclaim.reading/v9\"}\n\n{\n\"a\": 1}"), [2, 5]);
        let other = take("r.json", r#"{"schema":"counterclaim.reading/v9"}"#, Directions::Stated).unwrap_err();
        assert!(other[0].message.contains("v9"));
    }
}
