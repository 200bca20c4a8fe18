//! Reads every sentence of `data/places/where.test.tsv` and compares the places of its first incident.

use counterclaim_reader::Reader;
use counterclaim_text::Report;

#[test]
fn incidents_are_where_the_table_says() {
    let table = include_str!("../../../data/places/where.test.tsv");
    let reader = Reader::new();
    let mut wrong = Vec::new();
    let rows: Vec<Vec<&str>> =
        table.lines().filter(|l| !l.starts_with('#')).skip(1).map(|l| l.split('\t').collect()).collect();
    for row in &rows {
        let [text, stated, ucdp] = row[..] else { panic!("not three cells: {row:?}") };
        let published = "2024-05-15".parse().ok();
        let report = Report { id: "r1".into(), published, text: text.into(), ..Report::default() };
        let brief = reader.read(&[report]);
        let places = brief.incidents.first().map_or(&[][..], |i| &i.places);
        let mut read: Vec<String> = places.iter().map(|p| format!("{}@{}", p.name, p.country)).collect();
        read.sort();
        let mut wanted: Vec<&str> = stated.split('|').filter(|s| !s.is_empty()).collect();
        wanted.sort_unstable();
        let exact = places.first().map_or(String::new(), |p| p.ucdp_precision().to_string());
        if read != wanted || !ucdp.is_empty() && exact != ucdp {
            wrong.push(format!("{text}\n  stated {stated:?} {ucdp:?}, read {read:?} {exact:?}"));
        }
    }
    assert!(rows.len() >= 15);
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), rows.len(), wrong.join("\n"));
}

#[test]
fn groups_that_no_table_has_are_named_and_said_to_be_guessed() {
    let text = "The Crescent Valley Brigade (CVB) attacked a police post in Hangu on Monday. The CVB said it had lost one man.";
    let report =
        Report { id: "r1".into(), published: "2024-05-15".parse().ok(), text: text.into(), ..Report::default() };
    let brief = Reader::new().read(&[report]);
    assert_eq!(brief.incidents[0].perpetrators, ["Crescent Valley Brigade"]);
    assert!(brief.claims.iter().any(|c| c.speaker == "Crescent Valley Brigade"), "{:?}", brief.claims);
    assert!(brief.readings[0].notes.iter().any(|n| n.message.contains("guessed")), "{:?}", brief.readings[0].notes);
    let units = "The 33rd Mechanised Brigade attacked a post in Hangu on Monday.";
    let report = Report { id: "r2".into(), text: units.into(), ..Report::default() };
    assert!(Reader::new().read(&[report]).readings[0].unlisted.is_empty());
}
