//! Reads every sentence of `data/tolls/tolls.test.tsv` and compares the dead, the wounded and the day.

use counterclaim_reader::Reader;
use counterclaim_text::{Incident, Report};

/// "3", "12-15" or empty.
fn range(figures: impl Iterator<Item = (u64, u64)>) -> String {
    match figures.reduce(|a, b| (a.0 + b.0, a.1 + b.1)) {
        None => String::new(),
        Some((low, high)) if low == high => low.to_string(),
        Some((low, high)) => format!("{low}-{high}"),
    }
}

fn day(incident: Option<&Incident>) -> String {
    match incident.and_then(|i| i.when) {
        None => String::new(),
        Some(w) if w.start == w.end => w.start.to_string(),
        Some(w) => format!("{}..{}", w.start, w.end),
    }
}

#[test]
fn sentences_give_the_tolls_and_days_of_the_table() {
    let table = include_str!("../../../data/tolls/tolls.test.tsv");
    let reader = Reader::new();
    let mut wrong = Vec::new();
    let rows: Vec<Vec<&str>> =
        table.lines().filter(|l| !l.starts_with('#')).skip(1).map(|l| l.split('\t').collect()).collect();
    for row in &rows {
        let [text, killed, injured, when] = row[..] else { panic!("not four cells: {row:?}") };
        let published = "2024-05-15".parse().ok();
        let report = Report { id: "r1".into(), published, text: text.into(), ..Report::default() };
        let incidents = reader.read(&[report]).incidents;
        let read = (
            range(incidents.iter().filter_map(|i| i.killed)),
            range(incidents.iter().filter_map(|i| i.injured)),
            day(incidents.first()),
        );
        if (read.0.as_str(), read.1.as_str()) != (killed, injured) || !when.is_empty() && read.2 != when {
            wrong.push(format!("{text}\n  stated {killed:?} {injured:?} {when:?}, read {read:?}"));
        }
    }
    assert!(rows.len() >= 20);
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), rows.len(), wrong.join("\n"));
}
