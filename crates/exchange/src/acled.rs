//! ACLED's table: 31 columns, one event a row.
//!
//! Source: ACLED codebook 2023. In battles, actor 1 and actor 2 are two sides and neither is the attacker.

use crate::actors::{all_civilians, country_code, country_name};
use crate::days::{around, day};
use crate::fault::Faults;
use crate::table::{Cells, Layout, lat_lon, number, split_list};
use crate::{Coded, shown};
use counterclaim_lexicon::Lexicon;
use counterclaim_text::{Level, Place, Precision};

/// The layout of ACLED's table.
pub(crate) struct Acled;

const BATTLES: &str = "Battles";

impl Layout for Acled {
    const NAME: &'static str = "ACLED CSV";
    const PREFIX: &'static str = "acled";
    const DATA_SET: &'static str = "ACLED";
    const COLUMNS: &'static [&'static str] = &[
        "event_id_cnty",
        "event_date",
        "year",
        "time_precision",
        "disorder_type",
        "event_type",
        "sub_event_type",
        "actor1",
        "assoc_actor_1",
        "inter1",
        "actor2",
        "assoc_actor_2",
        "inter2",
        "interaction",
        "civilian_targeting",
        "iso",
        "region",
        "country",
        "admin1",
        "admin2",
        "admin3",
        "location",
        "latitude",
        "longitude",
        "geo_precision",
        "source",
        "source_scale",
        "notes",
        "fatalities",
        "tags",
        "timestamp",
    ];
    const NEEDED: &'static [&'static str] = &["event_id_cnty", "event_date", "sub_event_type", "actor1"];

    fn fields(lexicon: &Lexicon, cells: &Cells, faults: &mut Faults) -> Coded {
        let id = cells.get("event_id_cnty");
        if id.is_empty() {
            faults.fatal("event_id_cnty", "it is empty".into(), "give every row its identifier");
        }
        let sub_event = cells.get("sub_event_type");
        let kind = lexicon.kinds.acled_type(sub_event);
        if kind.is_none() && !sub_event.is_empty() {
            let message = format!("ACLED's codebook has no \"{}\"", shown(sub_event));
            faults.doubt("sub_event_type", message, "use one of data/events/acled.tsv; the row is kept without a kind");
        }
        let side = |actor: &str, others: &str| -> Vec<String> {
            let first = Some(cells.get(actor)).filter(|a| !a.is_empty()).map(str::to_owned);
            first.into_iter().chain(split_list(cells.get(others))).collect()
        };
        let dead = number(cells, "fatalities", faults);
        Coded {
            id: id.to_owned(),
            kind: kind.map(|k| k.kind.clone()).unwrap_or_default(),
            when: when(cells, faults),
            places: place(lexicon, cells, faults).into_iter().collect(),
            perpetrators: side("actor1", "assoc_actor_1"),
            targets: side("actor2", "assoc_actor_2"),
            undirected: lexicon.kinds.acled_event(sub_event) == BATTLES,
            killed: dead.map(|n| (n, n)),
            sources: split_list(cells.get("source")),
            notes: cells.get("notes").to_owned(),
            ..Coded::default()
        }
    }

    fn cells(lexicon: &Lexicon, coded: &Coded) -> Vec<String> {
        let sub_event = sub_event(lexicon, coded);
        let kind = lexicon.kinds.acled_type(sub_event);
        let (event, disorder) = kind.map_or(("", ""), |k| (k.event.as_str(), k.disorder.as_str()));
        let place = coded.places.first();
        let text = |f: &dyn Fn(&Place) -> String| place.map(f).unwrap_or_default();
        let degrees = |f: fn((f64, f64)) -> f64| text(&|p| p.lat_lon.map(|l| f(l).to_string()).unwrap_or_default());
        let (first, others) = side(&coded.perpetrators);
        let (second, other_seconds) = side(&coded.targets);
        let civilians = event != "Strategic developments" && all_civilians(lexicon, &coded.targets);
        vec![
            coded.id.clone(),
            coded.when.map(|w| w.start.to_string()).unwrap_or_default(),
            coded.when.map(|w| w.start.year().to_string()).unwrap_or_default(),
            coded.when.map(|w| time_precision(w.precision).to_owned()).unwrap_or_default(),
            disorder.to_owned(),
            event.to_owned(),
            sub_event.to_owned(),
            first,
            others,
            String::new(),
            second,
            other_seconds,
            String::new(),
            String::new(),
            if civilians { "Civilian targeting".to_owned() } else { String::new() },
            String::new(),
            String::new(),
            text(&|p| country_name(lexicon, &p.country).to_owned()),
            text(&|p| p.admin1.clone()),
            text(&|p| p.admin2.clone()),
            String::new(),
            text(&|p| p.name.clone()),
            degrees(|l| l.0),
            degrees(|l| l.1),
            text(&|p| p.acled_precision().to_string()),
            coded.sources.join("; "),
            String::new(),
            coded.notes.clone(),
            coded.killed.map(|k| k.0.to_string()).unwrap_or_default(),
            String::new(),
            String::new(),
        ]
    }

    fn has_row(cells: &Cells) -> bool {
        !cells.get("sub_event_type").is_empty() && !cells.get("event_date").is_empty()
    }

    fn why(field: &str) -> &'static str {
        match field {
            "incident" => "ACLED has no type for the kind, or needs a day that nobody gives; no row is written",
            "data_set" => "a row does not say whose coding it is; name the data set on import",
            "title" => "there is no column for it",
            "kind" => "several kinds share a sub-event type",
            "when" => "only a day, a week or a month can be said; the first day is kept",
            "places" => "a row has one place, by name and precision code; the first is kept",
            "perpetrators" | "targets" => {
                "names are parted by semicolons; a side without a first actor, or a name with one, changes"
            }
            "direction" => "battles do not say who attacked",
            "killed" => "a row has one figure; the lowest is kept",
            "injured" => "there is no column for it",
            "sources" => "names are parted by semicolons",
            "status" | "disputed" => "a row states and does not weigh; see the accounts",
            "accounts" => "a row has one voice, that of the data set",
            "codes" => "codes of other formats have no column",
            _ => "the format changes it",
        }
    }
}

/// ACLED's sub-event type: that of the kind, and Attack where a battle type hits civilians alone.
fn sub_event<'l>(lexicon: &'l Lexicon, coded: &Coded) -> &'l str {
    let usual = lexicon.kinds.get(&coded.kind).map_or("", |k| k.acled.as_str());
    let one_sided = !coded.undirected && lexicon.kinds.acled_event(usual) == BATTLES;
    if one_sided && all_civilians(lexicon, &coded.targets) { "Attack" } else { usual }
}

/// The first name of a side, and the others.
fn side(names: &[String]) -> (String, String) {
    match names {
        [] => Default::default(),
        [first, others @ ..] => (first.clone(), others.join("; ")),
    }
}

fn when(cells: &Cells, faults: &mut Faults) -> Option<counterclaim_text::When> {
    let given = cells.get("event_date");
    if given.trim().is_empty() {
        return None;
    }
    let Some(date) = day(given) else {
        let message = format!("\"{}\" is no day", shown(given));
        faults.fatal("event_date", message, "write YYYY-MM-DD or 18 March 2024");
        return None;
    };
    let precision = match cells.get("time_precision").trim() {
        "1" | "" => Precision::Day,
        "2" => Precision::Week,
        "3" => Precision::Month,
        other => {
            let message = format!("\"{}\" is no precision", shown(other));
            faults.fatal("time_precision", message, "write 1, 2 or 3");
            return None;
        }
    };
    Some(around(date, precision))
}

fn time_precision(precision: Precision) -> &'static str {
    match precision {
        Precision::Day => "1",
        Precision::Range | Precision::Week => "2",
        Precision::Month | Precision::Year => "3",
    }
}

fn place(lexicon: &Lexicon, cells: &Cells, faults: &mut Faults) -> Option<Place> {
    let lat_lon = lat_lon(cells, ["latitude", "longitude"], faults);
    let (name, country) = (cells.get("location"), cells.get("country"));
    let (admin1, admin2) = (cells.get("admin1"), cells.get("admin2"));
    if lat_lon.is_none() && [name, country, admin1, admin2] == [""; 4] {
        return None;
    }
    let code = country_code(lexicon, country);
    let level = match cells.get("geo_precision").trim() {
        "1" => Level::Town,
        "2" if name == admin2 => Level::Admin2,
        "2" => Level::Area,
        "3" if name == country => Level::Country,
        "3" => Level::Admin1,
        "" => Level::Area,
        other => {
            let message = format!("\"{}\" is no precision", shown(other));
            faults.fatal("geo_precision", message, "write 1, 2 or 3");
            Level::Area
        }
    };
    Some(Place {
        name: name.to_owned(),
        country: code,
        admin1: admin1.to_owned(),
        admin2: admin2.to_owned(),
        level,
        lat_lon,
        gazetteer_id: String::new(),
        rivals: 0,
        away_km: None,
    })
}
