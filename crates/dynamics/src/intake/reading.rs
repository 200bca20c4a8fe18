//! The JSON that `counterclaim read --format json` prints: incidents become events, reports the panel's output.

use super::{Channel, Event, Problem, Record, date};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Takes in one reading, `counterclaim.reading/v1`.
pub(crate) fn take(file: &str, text: &str) -> Result<Record, Vec<Problem>> {
    let problem =
        |line: usize, message: String| vec![Problem { file: file.to_owned(), line: line.max(1) as u64, message }];
    let value: Value = serde_json::from_str(text).map_err(|e| {
        problem(
            e.line(),
            format!("not JSON: {e}; give what `counterclaim read --format json` prints, one file a reading"),
        )
    })?;
    let schema = value["schema"].as_str().unwrap_or_default();
    if schema != "counterclaim.reading/v1" {
        return Err(problem(1, format!("the schema is \"{schema}\"; counterclaim.reading/v1 is read")));
    }
    let mut record = Record::default();
    let mut reports: BTreeMap<&str, &str> = BTreeMap::new();
    for report in list(&value["reports"]) {
        let source = report["source"].as_str().unwrap_or_default();
        reports.insert(report["id"].as_str().unwrap_or_default(), source);
        if let Some(day) = report["published"].as_str().and_then(date) {
            record.output.push((source.to_owned(), day));
        }
    }
    let evidence = list(&value["incidents"]).flat_map(|i| list(&i["evidence"])).filter_map(|e| e["report"].as_str());
    let telling: BTreeSet<&str> = evidence.collect();
    record.independent = reports.keys().any(|id| !telling.contains(id));
    let (mut undated, mut sideless, mut channelless) = (0, 0, 0);
    for incident in list(&value["incidents"]) {
        let Some(day) = incident["when"]["start"].as_str().and_then(date) else {
            undated += 1;
            continue;
        };
        let (from, to) = (names(&incident["perpetrators"]), names(&incident["targets"]));
        if from.is_empty() || to.is_empty() {
            sideless += 1;
            continue;
        }
        let Some(channel) = incident["plover"].as_str().and_then(Channel::of_plover) else {
            channelless += 1;
            continue;
        };
        let told: BTreeSet<&str> = list(&incident["evidence"]).filter_map(|e| e["report"].as_str()).collect();
        let place = list(&incident["where"]).next();
        let area = place.and_then(|p| p["admin1"].as_str().or(p["country"].as_str())).unwrap_or_default();
        let killed = |end: &str| incident["killed"][end].as_f64().unwrap_or(0.0).max(0.0);
        let (low, high) = (killed("low"), killed("high").max(killed("low")));
        record.events.push(Event {
            id: incident["id"].as_str().unwrap_or_default().to_owned(),
            date: day,
            precision: match incident["when"]["precision"].as_str() {
                Some("day") | None => 1,
                Some("range") => 6,
                Some("week") => 7,
                Some("month") => 31,
                _ => 366,
            },
            from,
            to,
            directed: true,
            channel,
            area: area.to_owned(),
            // Between two accounts the middle is nobody's; the low one is what all that tell of it give.
            deaths: [low, low, high],
            reports: told.len().max(1) as f64,
        });
    }
    let mut note = |n: usize, what: &str| {
        if n > 0 {
            record.notes.push(format!("{file}: {n} incidents {what} are left out"));
        }
    };
    note(undated, "without a date");
    note(sideless, "without a known doer or target");
    note(channelless, "of a kind without a channel");
    Ok(record)
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn names(value: &Value) -> Vec<String> {
    list(value).filter_map(Value::as_str).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn incidents_become_events_and_reports_the_panel() {
        let text = r#"{"schema":"counterclaim.reading/v1","reports":[{"id":"r1","source":"Herald (synthetic)","published":"2024-05-02"}],
            "incidents":[
            {"id":"i1","plover":"ASSAULT","when":{"start":"2024-05-01","precision":"day"},"where":[{"country":"PK","admin1":"Balochistan"}],
             "perpetrators":["North"],"targets":["South","civilians"],"killed":{"low":2,"high":5},
             "evidence":[{"report":"r1"},{"report":"r1"},{"report":"r2"}]},
            {"id":"i2","plover":"ASSAULT","when":{},"perpetrators":["North"],"targets":["South"]},
            {"id":"i3","plover":"ASSAULT","when":{"start":"2024-05-01"},"perpetrators":[],"targets":["South"]}]}"#;
        let record = take("r.json", text).unwrap();
        assert_eq!(record.events.len(), 1);
        let event = &record.events[0];
        assert_eq!((event.reports, event.deaths, event.area.as_str()), (2.0, [2.0, 2.0, 5.0], "Balochistan"));
        assert_eq!((record.output.len(), record.notes.len(), record.independent), (1, 2, false));
    }

    #[test]
    fn other_schemas_and_torn_files_are_named() {
        let other = take("r.json", r#"{"schema":"counterclaim.reading/v9"}"#).unwrap_err();
        assert!(other[0].message.contains("v9"));
        assert_eq!(take("r.json", "{\n\n\"schema\":").unwrap_err()[0].line, 3);
    }
}
