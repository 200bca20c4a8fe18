//! Every format by example. All events are invented.

#![allow(clippy::unwrap_used)]

mod common;

use common::{lost, read, read_as, write};
use counterclaim_exchange::{Coded, CodedClaim, Format};
use counterclaim_lexicon::Lexicon;
use counterclaim_text::{Aspect, Level, Place, Precision, Stance, Status, When};
use jiff::civil::date;

const ACLED: &str = "\
event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,inter1,actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,admin3,location,latitude,longitude,geo_precision,source,source_scale,notes,fatalities,tags,timestamp
KEN1,2024-03-18,2024,1,Political violence,Battles,Armed clash,Military Forces of Kenya (2022-),,State forces,Al Shabaab,,Rebel group,State forces-Rebel group,,404,Eastern Africa,Kenya,Mandera,Mandera East,,Mandera,3.9366,41.867,1,Hill Post (synthetic); Coast Wire (synthetic),National,\"On 18 March, two patrols met, and fired.\",4,,1711000000
KEN2,20 March 2024,2024,2,Political violence,Violence against civilians,Attack,Unidentified Armed Group (Kenya),,Political militia,Civilians (Kenya),Teachers (Kenya),Civilians,Political militia-Civilians,Civilian targeting,404,Eastern Africa,Kenya,Garissa,Dadaab,,Dadaab,0.05,40.3,2,Coast Wire (synthetic),National,Synthetic.,0,,1711000001
KEN3,2024-03-10,2024,3,Strategic developments,Strategic developments,Change to group/activity,Al Shabaab,,Rebel group,,,,Rebel group only,,404,Eastern Africa,Kenya,Lamu,,,Lamu,-2.2717,40.902,3,Coast Wire (synthetic),National,Synthetic.,0,,1711000002
";

const GED: &str = "\
dyad_name,id,side_a,side_b,type_of_violence,date_start,date_end,date_prec,best,high,low,deaths_a,deaths_b,deaths_civilians,deaths_unknown,where_prec,where_coordinates,adm_1,adm_2,country,latitude,longitude,relid,source_office,source_headline
Government of Kenya - Al-Shabaab,5001,Government of Kenya,Al-Shabaab,1,2012-03-18 00:00:00.000,2012-03-18 00:00:00.000,1,5,7,3,2,3,0,0,2,Mandera town,Mandera county,Mandera East,Kenya,3.9366,41.867,KEN-2012-1-1,Reuters News;BBC Monitoring,PATROLS MEET
Al-Shabaab - Civilians,5002,Al-Shabaab,Civilians,3,2012-03-01 00:00:00.000,2012-03-31 00:00:00.000,4,2,2,2,0,0,2,0,4,Lamu county,Lamu county,,Kenya,-2.0,40.9,KEN-2012-3-1,Reuters News,TWO DEAD
";

#[test]
fn acled_in_and_out_again() {
    let got = read(Format::Acled, ACLED.as_bytes());
    assert_eq!((got.rows.len(), got.faults.len()), (3, 0), "{:?}", got.faults);
    let [clash, attack, change] = &got.rows[..] else { panic!() };
    assert_eq!((clash.kind.as_str(), clash.undirected, clash.killed), ("armed-clash", true, Some((4, 4))));
    assert_eq!(clash.sources, ["Hill Post (synthetic)", "Coast Wire (synthetic)"]);
    let place = &clash.places[0];
    assert_eq!((place.country.as_str(), place.level, place.lat_lon), ("KE", Level::Town, Some((3.9366, 41.867))));
    assert_eq!(clash.codes["acled.inter1"], "State forces");
    assert!(!clash.codes.contains_key("acled.year") && !clash.codes.contains_key("acled.country"), "{:?}", clash.codes);
    // The week around 20 March 2024, a Wednesday.
    let week = When { start: date(2024, 3, 18), end: date(2024, 3, 24), precision: Precision::Week };
    assert_eq!(attack.when, Some(week));
    assert_eq!(attack.targets, ["Civilians (Kenya)", "Teachers (Kenya)"]);
    assert_eq!((change.kind.as_str(), change.when.unwrap().precision), ("", Precision::Month));
    let (text, losses) = write(Format::Acled, &got.rows);
    assert!(losses.is_empty(), "{losses}");
    assert_eq!(text, ACLED);
}

#[test]
fn ged_in_any_order_and_out_again() {
    let got = read(Format::Ged, GED.as_bytes());
    assert_eq!((got.rows.len(), got.faults.len()), (2, 0), "{:?}", got.faults);
    let [fight, violence] = &got.rows[..] else { panic!() };
    assert_eq!((fight.killed, fight.undirected, fight.kind.as_str()), (Some((3, 7)), true, "armed-clash"));
    assert_eq!(fight.codes["ged.best"], "5");
    assert_eq!((fight.places[0].name.as_str(), fight.places[0].level), ("Mandera town", Level::Area));
    assert_eq!(violence.when.unwrap().precision, Precision::Month);
    assert_eq!((violence.undirected, violence.places[0].level), (false, Level::Admin1));
    let (text, losses) = write(Format::Ged, &got.rows);
    assert!(losses.is_empty(), "{losses}");
    assert_eq!(read(Format::Ged, text.as_bytes()).rows, got.rows);
    assert!(text.lines().nth(1).unwrap().starts_with("5001,KEN-2012-1-1,2012,"), "{text}");
}

#[test]
fn figures_the_wrong_way_round_are_kept_and_reported() {
    let text = "id,type_of_violence,side_a,side_b,date_start,low,high\n7,2,A,B,2012-03-18,11,10\n";
    let got = read(Format::Ged, text.as_bytes());
    assert_eq!((got.rows[0].killed, got.skipped, got.faults.len()), (Some((10, 11)), 0, 1));
    let (out, losses) = write(Format::Ged, &got.rows);
    assert!(losses.is_empty() && out.contains(",10,11,"), "{losses}{out}");
    assert_eq!(read(Format::Ged, out.as_bytes()).rows, got.rows);
}

#[test]
fn gdelt_in() {
    let mut cells = vec![""; 61];
    for (at, value) in [
        (0, "1200001"),
        (1, "20240318"),
        (5, "KENMIL"),
        (6, "KENYA"),
        (7, "KEN"),
        (15, "REB"),
        (26, "190"),
        (30, "-10"),
        (51, "4"),
        (52, "Mandera, Mandera, Kenya"),
        (53, "KE"),
        (56, "3.93"),
        (57, "41.86"),
        (59, "20240318120000"),
        (60, "https://example.org/a"),
    ] {
        cells[at] = value;
    }
    let row = cells.join("\t");
    let mut talk = cells.clone();
    (talk[0], talk[26]) = ("1200002", "010");
    let text = format!("{row}\n{}\none\ttwo\n{}\n", talk.join("\t"), row.replace("20240318\t", "2024\t"));
    let got = read(Format::Gdelt, text.as_bytes());
    assert_eq!((got.rows.len(), got.skipped), (2, 2));
    let [attack, talk] = &got.rows[..] else { panic!() };
    assert_eq!((attack.kind.as_str(), talk.kind.as_str()), ("armed-attack", ""));
    assert_eq!((attack.perpetrators[0].as_str(), attack.targets[0].as_str()), ("KENYA", "REB"));
    assert_eq!((attack.places[0].country.as_str(), attack.places[0].admin1.as_str()), ("KE", "Mandera"));
    assert_eq!(attack.codes["gdelt.GoldsteinScale"], "-10");
    assert!(
        got.faults[0].to_string().starts_with("input:3: row: 2 cells where GDELT 2.0 has 61;"),
        "{}",
        got.faults[0]
    );
}

#[test]
fn plover_of_both_ages() {
    let old = r#"{"id":"a","date":"2020-01-02","source":[{"actorText":"Kenyan","code":"KEN","sector":"GOV"}],"target":"Uganda","event":"DISAPPROVE","context":"diplomatic"}"#;
    let new = r#"{"id":"b","date":"2020-01-03","actor":[{"code":"KEN","sector":"MIL","name":"Kenya"}],"recipient":[{"name":"Al-Shabaab"}],"event":"ASSAULT","mode":"aerial","event_loc":[{"name":"Lamu","country":"KE","lat":-2.27,"lon":40.9}]}"#;
    let got = read(Format::Plover, format!("{old}\n\n{new}\nnot json\n").as_bytes());
    assert_eq!((got.rows.len(), got.skipped), (2, 1));
    assert_eq!((got.rows[0].kind.as_str(), &got.rows[0].perpetrators[0]), ("summons", &"Kenya".to_owned()));
    assert_eq!((got.rows[0].targets[0].as_str(), got.rows[1].kind.as_str()), ("Uganda", "air-strike"));
    assert!(got.faults[0].to_string().starts_with("input:4: 2: not a JSON object"), "{}", got.faults[0]);
    let (text, losses) = write(Format::Plover, &got.rows);
    assert!(losses.is_empty(), "{losses}{text}");
    assert_eq!(read(Format::Plover, text.as_bytes()).rows, got.rows);
}

/// An incident of our own, with two accounts.
fn own() -> Coded {
    let claim = |speaker: &str, stance, aspect, value: &str| CodedClaim {
        speaker: speaker.into(),
        via: "spokesman".into(),
        stance,
        aspect,
        value: value.into(),
        quote: String::new(),
    };
    let place = |name: &str, lat_lon| Place {
        name: name.into(),
        country: "KE".into(),
        admin1: "Lamu".into(),
        admin2: String::new(),
        level: Level::Town,
        lat_lon,
        gazetteer_id: "x".into(),
        rivals: 1,
        away_km: None,
    };
    Coded {
        id: "i1".into(),
        data_set: "Desk (synthetic)".into(),
        title: "Air strike in Lamu".into(),
        kind: "air-strike".into(),
        when: Some(When { start: date(2024, 3, 18), end: date(2024, 3, 19), precision: Precision::Range }),
        places: vec![place("Lamu", Some((-2.27, 40.9))), place("Witu", None)],
        perpetrators: vec!["Kenya".into()],
        targets: vec!["Al-Shabaab".into(), "civilians".into()],
        killed: Some((3, 8)),
        injured: Some((1, 1)),
        sources: vec!["Coast Wire (synthetic)".into()],
        status: Some(Status::Admitted),
        disputed: vec![Aspect::Target],
        claims: vec![
            claim("Kenya", Stance::Asserts, Aspect::Target, "Al-Shabaab"),
            claim("residents", Stance::Denies, Aspect::Target, "Al-Shabaab"),
        ],
        ..Coded::default()
    }
}

#[test]
fn what_a_format_cannot_say_is_listed() {
    let (text, losses) = write(Format::Acled, &[own(), Coded { kind: "meeting".into(), id: "i2".into(), ..own() }]);
    assert_eq!(text.lines().count(), 2);
    let fields =
        ["incident", "data_set", "title", "when", "places", "killed", "injured", "status", "disputed", "accounts"];
    assert_eq!(lost(&losses), fields);
    let shown = losses.to_string();
    assert!(
        shown.contains("1 incident: incident cannot be said in ACLED CSV (first: i2): ACLED has no type"),
        "{shown}"
    );
    assert!(
        shown.contains("1 incident: accounts cannot be said in ACLED CSV (first: i1): a row has one voice"),
        "{shown}"
    );
    let (_, losses) = write(Format::Ged, &[own()]);
    let fields =
        ["data_set", "title", "kind", "places", "targets", "direction", "injured", "status", "disputed", "accounts"];
    assert_eq!(lost(&losses), fields);
    for format in [Format::GeoJson, Format::Reading] {
        let (text, losses) = write(format, &[own()]);
        assert!(losses.is_empty(), "{losses}");
        assert_eq!(read(format, text.as_bytes()).rows, [own()]);
    }
}

#[test]
fn a_changed_record_is_not_written_as_it_was_read() {
    let mut row = read(Format::Acled, ACLED.as_bytes()).rows.remove(1);
    row.when = Some(When { start: date(2024, 4, 2), end: date(2024, 4, 2), precision: Precision::Day });
    let (text, losses) = write(Format::Acled, &[row.clone()]);
    assert!(text.contains("KEN2,2024-04-02,2024,1,"), "{text}");
    // Only what was read of the old day is gone.
    assert_eq!(lost(&losses), ["codes"]);
    assert_eq!(read(Format::Acled, text.as_bytes()).rows[0].when, row.when);
}

#[test]
fn features_of_others() {
    let text = r#"{"type":"FeatureCollection","crs":null,"features":[
        {"type":"Feature","id":7,"geometry":{"type":"Point","coordinates":[40.9,-2.27]},"properties":{"stars":3,"date_start":"2024-03-18"}},
        {"type":"Feature","id":"p","geometry":{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]},"properties":null},
        {"type":"Feature","properties":{}}, 5]}"#;
    let got = read(Format::GeoJson, text.as_bytes());
    assert_eq!((got.rows.len(), got.skipped), (2, 2));
    assert_eq!((got.rows[0].id.as_str(), got.rows[0].places[0].lat_lon), ("7", Some((-2.27, 40.9))));
    assert_eq!(got.rows[0].codes["geojson.stars"], "3");
    let (out, losses) = write(Format::GeoJson, &got.rows);
    assert!(losses.is_empty() && out.contains("Polygon") && out.contains("\"stars\":3"), "{losses}{out}");
    assert_eq!(read(Format::GeoJson, out.as_bytes()).rows, got.rows);
    let none = Coded { id: "n".into(), data_set: "x".into(), ..Coded::default() };
    assert!(write(Format::GeoJson, &[none]).0.contains("\"geometry\":null"));
}

#[test]
fn faults_come_all_at_once_with_line_and_remedy() {
    let text = "event_id_cnty,event_date,sub_event_type,actor1,fatalities,latitude,longitude\n\
        A,2024-03-18,Armed clash,X,three,95,0\n\
        B,03/04/2024,Armed clash,X,1,,\n\
        C,2024-03-18,Armed dance,X,1,,\n\
        D,2024-03-18\n\
        \"E\nE\",2024-03-18,Attack,\"\",1,,\n";
    let got = read(Format::Acled, text.as_bytes());
    let shown: Vec<String> = got.faults.iter().map(ToString::to_string).collect();
    let starts = [
        "input:2: latitude:",
        "input:2: fatalities:",
        "input:3: event_date:",
        "input:4: sub_event_type:",
        "input:5: row:",
    ];
    for start in starts {
        assert!(shown.iter().any(|s| s.starts_with(start)), "{start} in {shown:#?}");
    }
    assert_eq!((shown.len(), got.rows.len(), got.skipped), (5, 2, 3));
    let header = read(Format::Ged, b"id,year\n1,2\n");
    assert!(header.faults[0].to_string().contains("the header lacks type_of_violence, side_a, side_b, date_start"));
    assert!(read(Format::GeoJson, b"{\"a\":1}").faults[0].message.contains("has none"));
    assert!(read(Format::Reading, b"{\"schema\":\"x\"}").faults[0].message.contains("the schema is"));
    assert!(read(Format::GeoJson, b"[1").faults[0].message.contains("not GeoJSON"));
}

#[test]
fn the_data_set_speaks_and_nobody_else() {
    let lexicon = Lexicon::embedded();
    for row in read(Format::Acled, ACLED.as_bytes()).rows.iter().chain(&read(Format::Ged, GED.as_bytes()).rows) {
        let told = row.told(lexicon);
        let speaker = &row.data_set;
        assert!(told.claims.iter().all(|c| c.speaker == *speaker && c.about == told.incident.id));
        assert!(told.incident.tolls.iter().all(|(_, t)| t.speaker == *speaker));
        assert!(told.claims.iter().any(|c| c.aspect == Aspect::Occurrence));
        for c in &told.claims {
            assert!(!c.span.of(&told.report.text).is_empty());
        }
        assert_eq!(told, row.told(lexicon));
    }
    let clash = read(Format::Acled, ACLED.as_bytes()).rows[0].told(lexicon);
    assert_eq!(clash.incident.perpetrators, clash.incident.targets);
    assert_eq!(clash.incident.perpetrators[0], "Kenya");
    assert_eq!(clash.incident.title, "Armed clash in Mandera, 18 March 2024");
    let killed = clash.claims.iter().find(|c| c.aspect == Aspect::Killed).unwrap();
    assert_eq!((killed.value.as_str(), killed.span.of(&clash.report.text)), ("4", "killed: 4"));
    // No dead are known of: that is no claim that nobody died.
    let attack = read(Format::Acled, ACLED.as_bytes()).rows[1].told(lexicon);
    assert!(attack.incident.killed.is_none() && attack.incident.tolls.is_empty());
    // Speakers of a record keep their claims beside the data set's.
    let told = own().told(lexicon);
    let speakers: Vec<&str> = told.incident.accounts.iter().map(|a| a.speaker.as_str()).collect();
    assert_eq!(speakers, ["Desk (synthetic)", "Kenya", "residents"]);
}

#[test]
fn an_exported_row_is_not_said_by_the_format_it_is_in() {
    let (text, _) = write(Format::Acled, &[own()]);
    assert_eq!(read_as(Format::Acled, text.as_bytes(), "Desk (synthetic)").rows[0].data_set, "Desk (synthetic)");
}

#[test]
fn formats_are_known_by_their_beginning() {
    assert_eq!(Format::guess(ACLED.as_bytes()), Some(Format::Acled));
    assert_eq!(Format::guess(GED.as_bytes()), Some(Format::Ged));
    for format in [Format::GeoJson, Format::Reading, Format::Plover] {
        assert_eq!(Format::guess(write(format, &[own()]).0.as_bytes()), Some(format));
    }
    assert!(Format::ALL.iter().all(|f| Format::parse(f.as_str()) == Some(*f)));
}
