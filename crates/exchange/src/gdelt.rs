//! GDELT 2.0 events: 61 columns parted by tabs, without a header and without quotation marks. Only import.
//!
//! Source: GDELT Event Database codebook 2.0 (2015). Most rows are talk; those get no kind and keep their code.

use crate::actors::country_code;
use crate::days::{around, compact};
use crate::fault::Faults;
use crate::table::{LONGEST_ROW, Limited};
use crate::{Coded, Row, Source, shown};
use counterclaim_lexicon::Lexicon;
use counterclaim_text::{Level, Place, Precision};
use csv::{ByteRecord, ReaderBuilder};
use std::io::BufRead;

/// Whose coding it is when nobody says.
pub(crate) const DATA_SET: &str = "GDELT";

/// The columns in order, by the names of the codebook.
pub(crate) const COLUMNS: [&str; 61] = [
    "GlobalEventID",
    "Day",
    "MonthYear",
    "Year",
    "FractionDate",
    "Actor1Code",
    "Actor1Name",
    "Actor1CountryCode",
    "Actor1KnownGroupCode",
    "Actor1EthnicCode",
    "Actor1Religion1Code",
    "Actor1Religion2Code",
    "Actor1Type1Code",
    "Actor1Type2Code",
    "Actor1Type3Code",
    "Actor2Code",
    "Actor2Name",
    "Actor2CountryCode",
    "Actor2KnownGroupCode",
    "Actor2EthnicCode",
    "Actor2Religion1Code",
    "Actor2Religion2Code",
    "Actor2Type1Code",
    "Actor2Type2Code",
    "Actor2Type3Code",
    "IsRootEvent",
    "EventCode",
    "EventBaseCode",
    "EventRootCode",
    "QuadClass",
    "GoldsteinScale",
    "NumMentions",
    "NumSources",
    "NumArticles",
    "AvgTone",
    "Actor1Geo_Type",
    "Actor1Geo_Fullname",
    "Actor1Geo_CountryCode",
    "Actor1Geo_ADM1Code",
    "Actor1Geo_ADM2Code",
    "Actor1Geo_Lat",
    "Actor1Geo_Long",
    "Actor1Geo_FeatureID",
    "Actor2Geo_Type",
    "Actor2Geo_Fullname",
    "Actor2Geo_CountryCode",
    "Actor2Geo_ADM1Code",
    "Actor2Geo_ADM2Code",
    "Actor2Geo_Lat",
    "Actor2Geo_Long",
    "Actor2Geo_FeatureID",
    "ActionGeo_Type",
    "ActionGeo_Fullname",
    "ActionGeo_CountryCode",
    "ActionGeo_ADM1Code",
    "ActionGeo_ADM2Code",
    "ActionGeo_Lat",
    "ActionGeo_Long",
    "ActionGeo_FeatureID",
    "DATEADDED",
    "SOURCEURL",
];

/// Columns that the fields hold in full; all others are kept as codes if they are not empty.
const HELD: [&str; 9] = [
    "GlobalEventID",
    "Day",
    "MonthYear",
    "Year",
    "FractionDate",
    "ActionGeo_Fullname",
    "ActionGeo_Lat",
    "ActionGeo_Long",
    "SOURCEURL",
];

/// Reads GDELT's events. Rows that cannot be used are skipped and reported.
pub(crate) fn import(source: &Source, input: impl BufRead, sink: &mut dyn FnMut(Row)) {
    let (limited, left) = Limited::new(input);
    let mut reader =
        ReaderBuilder::new().has_headers(false).flexible(true).delimiter(b'\t').quoting(false).from_reader(limited);
    let mut record = ByteRecord::new();
    loop {
        left.set(LONGEST_ROW);
        let read = reader.read_byte_record(&mut record);
        let line = record.position().map_or(1, csv::Position::line);
        let mut faults = Faults::new(source.file, line);
        match read {
            Ok(true) => {}
            Ok(false) => break,
            Err(_) => {
                faults.fatal("row", "the file cannot be read on".into(), "download it anew; the rest was not read");
                sink(faults.row(None));
                break;
            }
        }
        if record.len() != COLUMNS.len() {
            let message = format!("{} cells where GDELT 2.0 has {}", record.len(), COLUMNS.len());
            faults.fatal("row", message, "give the events of GDELT 2.0, not mentions, GKG or version 1");
            sink(faults.row(None));
            continue;
        }
        let values: Vec<String> = record.iter().map(|c| String::from_utf8_lossy(c).into_owned()).collect();
        let mut coded = row(source.lexicon, &values, &mut faults);
        let data_set = if source.data_set.is_empty() { DATA_SET } else { source.data_set };
        data_set.clone_into(&mut coded.data_set);
        sink(faults.row(Some(coded)));
    }
}

fn row(lexicon: &Lexicon, values: &[String], faults: &mut Faults) -> Coded {
    let cell = |column: &str| COLUMNS.iter().position(|c| *c == column).map_or("", |i| values[i].as_str());
    let id = cell("GlobalEventID");
    if id.is_empty() {
        faults.fatal("GlobalEventID", "it is empty".into(), "download the file anew");
    }
    let date = compact(cell("Day"));
    if date.is_none() {
        faults.fatal("Day", format!("\"{}\" is no day", shown(cell("Day"))), "GDELT writes eight digits");
    }
    let side = |n: u8| -> Vec<String> {
        let name = [format!("Actor{n}Name"), format!("Actor{n}Code")].into_iter().find(|c| !cell(c).is_empty());
        name.map(|c| cell(&c).to_owned()).into_iter().collect()
    };
    let kept = COLUMNS.iter().zip(values).filter(|(c, v)| !v.is_empty() && !HELD.contains(c));
    Coded {
        id: id.to_owned(),
        kind: kind(lexicon, cell("EventCode")),
        when: date.map(|d| around(d, Precision::Day)),
        places: place(lexicon, &cell, faults).into_iter().collect(),
        perpetrators: side(1),
        targets: side(2),
        sources: Some(cell("SOURCEURL")).filter(|s| !s.is_empty()).map(str::to_owned).into_iter().collect(),
        codes: kept.map(|(c, v)| (format!("gdelt.{c}"), v.clone())).collect(),
        ..Coded::default()
    }
}

/// The kind of a CAMEO code: one with that code, else that of its PLOVER type and mode. Talk has none.
fn kind(lexicon: &Lexicon, code: &str) -> String {
    let exact = lexicon.kinds.iter().find(|k| k.cameo == code);
    let of_plover = || lexicon.plover.from_cameo(code).and_then(|c| lexicon.kinds.of_plover(&c.kind, &c.mode));
    exact.or_else(of_plover).map(|k| k.name.clone()).unwrap_or_default()
}

/// The place of the action. The country is the last part of its name: GDELT's country codes are FIPS 10-4, not ISO 3166.
fn place<'v>(lexicon: &Lexicon, cell: &dyn Fn(&str) -> &'v str, faults: &mut Faults) -> Option<Place> {
    let name = cell("ActionGeo_Fullname");
    let level = match cell("ActionGeo_Type") {
        "1" => Level::Country,
        "2" | "5" => Level::Admin1,
        "3" | "4" => Level::Town,
        _ => return None,
    };
    let parts: Vec<&str> = name.split(", ").collect();
    let admin1 = match parts[..] {
        [_, admin1, _] => admin1,
        [admin1, _] if level == Level::Admin1 => admin1,
        _ => "",
    };
    let degrees = |column: &str| cell(column).parse::<f64>().ok();
    let lat_lon = match (degrees("ActionGeo_Lat"), degrees("ActionGeo_Long")) {
        (Some(lat), Some(lon)) if lat.abs() <= 90.0 && lon.abs() <= 180.0 => Some((lat, lon)),
        (None, None) if cell("ActionGeo_Lat").is_empty() => None,
        _ => {
            faults.doubt("ActionGeo_Lat", "no such point on the earth".into(), "the row is kept without coordinates");
            None
        }
    };
    Some(Place {
        name: parts.first().copied().unwrap_or_default().to_owned(),
        country: country_code(lexicon, parts.last().copied().unwrap_or_default()),
        admin1: admin1.to_owned(),
        admin2: String::new(),
        level,
        lat_lon,
        gazetteer_id: String::new(),
        rivals: 0,
        away_km: None,
    })
}
