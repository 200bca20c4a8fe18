//! One incident of the wire format (`docs/wire.md`) as an event.

use super::json::list;
use super::{Channel, Event, MOST_DEATHS, MOST_NAMES, date};
use serde_json::Value;
use std::collections::BTreeSet;

/// What an incident is good for.
pub(crate) enum Known {
    /// Everything that is needed is there.
    Event(Box<Event>),
    /// What is missing, for "N incidents … are left out".
    Lacks(&'static str),
}

/// The ids of the reports that tell of it.
pub(crate) fn told_by(incident: &Value) -> impl Iterator<Item = &str> {
    let evidence = list(&incident["evidence"]).filter_map(|e| e["report"].as_str());
    evidence.chain(list(&incident["reports"]).filter_map(Value::as_str))
}

/// The event, from what any account says of the incident.
pub(crate) fn event(incident: &Value) -> Known {
    let Some(day) = incident["when"]["start"].as_str().and_then(date) else { return Known::Lacks("without a date") };
    let (mut from, mut to) = (names(&incident["perpetrators"]), names(&incident["targets"]));
    // Two that meet or clash act on each other: a reading names both as doers.
    let mutual = from.len() > 1 && (to.is_empty() || from.iter().all(|n| to.contains(n)) && from.len() == to.len());
    if mutual {
        to = from.clone();
    }
    if from.is_empty() || to.is_empty() {
        return Known::Lacks("without a known doer or target");
    }
    from.truncate(MOST_NAMES);
    to.truncate(MOST_NAMES);
    let named = |name: &str| incident[name].as_str();
    let channel = named("plover").and_then(Channel::of_plover).or(named("channel").and_then(Channel::named));
    let Some(channel) = channel else { return Known::Lacks("of a kind without a channel") };
    let told: BTreeSet<&str> = told_by(incident).collect();
    let counted = incident["reports"].as_f64().filter(|n| *n >= 1.0).unwrap_or(1.0);
    let place = list(&incident["where"]).next();
    let area = place.and_then(|p| p["admin1"].as_str().or(p["country"].as_str())).unwrap_or_default();
    let killed = |end: &str| incident["killed"][end].as_f64().unwrap_or(0.0).clamp(0.0, MOST_DEATHS);
    let (low, high) = (killed("low"), killed("high").max(killed("low")));
    Known::Event(Box::new(Event {
        id: named("id").unwrap_or_default().to_owned(),
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
        directed: !mutual,
        channel,
        area: area.to_owned(),
        // Between two accounts the middle is nobody's; the low one is what all that tell of it give.
        deaths: [low, low, high],
        reports: counted.max(told.len() as f64),
    }))
}

fn names(value: &Value) -> Vec<String> {
    let given = list(value).filter_map(Value::as_str).chain(value.as_str());
    given.map(str::trim).filter(|n| !n.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn of(perpetrators: &[&str], targets: &[&str]) -> Option<Event> {
        let incident = json!({ "plover": "CONSULT", "when": { "start": "2024-05-01" }, "perpetrators": perpetrators,
                               "targets": targets });
        match event(&incident) {
            Known::Event(event) => Some(*event),
            Known::Lacks(_) => None,
        }
    }

    #[test]
    fn talks_and_clashes_are_between_their_sides_and_attacks_have_a_direction() {
        let talks = of(&["North", "South"], &[]).unwrap();
        assert_eq!((talks.directed, talks.to.len(), talks.channel), (false, 2, Channel::Cooperative));
        assert!(!of(&["North", "South"], &["South", "North"]).unwrap().directed);
        assert!(of(&["North", "East"], &["South"]).unwrap().directed);
        assert!(of(&["North"], &[]).is_none() && of(&[], &["South"]).is_none());
    }

    #[test]
    fn reports_are_counted_by_evidence_or_as_stated() {
        let base = json!({ "channel": "hostile-verbal", "when": { "start": "2024-05-01" }, "perpetrators": "A", "targets": ["B"] });
        let reports = |extra: Value| {
            let mut incident = base.clone();
            incident["reports"] = extra;
            match event(&incident) {
                Known::Event(e) => e.reports,
                Known::Lacks(what) => panic!("{what}"),
            }
        };
        assert_eq!((reports(json!(5)), reports(json!(["r1", "r2"])), reports(Value::Null)), (5.0, 2.0, 1.0));
    }
}
