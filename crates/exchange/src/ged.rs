//! UCDP GED's table, by the names of its columns, in any order.
//!
//! Source: UCDP GED codebook, versions 17 to 25. GED codes who fought and who died, not who began; only one-sided violence
//! has a direction.

use crate::actors::{all_civilians, country_code, country_name, is_state, known};
use crate::days::day;
use crate::fault::Faults;
use crate::table::{Cells, Layout, lat_lon, number, split_list};
use crate::{Coded, shown};
use counterclaim_lexicon::Lexicon;
use counterclaim_text::{Level, Place, Precision, When};

/// The layout of GED's table.
pub(crate) struct Ged;

impl Layout for Ged {
    const NAME: &'static str = "UCDP GED CSV";
    const PREFIX: &'static str = "ged";
    const DATA_SET: &'static str = "UCDP GED";
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "relid",
        "year",
        "active_year",
        "code_status",
        "type_of_violence",
        "conflict_dset_id",
        "conflict_new_id",
        "conflict_name",
        "dyad_dset_id",
        "dyad_new_id",
        "dyad_name",
        "side_a_dset_id",
        "side_a_new_id",
        "side_a",
        "side_b_dset_id",
        "side_b_new_id",
        "side_b",
        "number_of_sources",
        "source_article",
        "source_office",
        "source_date",
        "source_headline",
        "source_original",
        "where_prec",
        "where_coordinates",
        "where_description",
        "adm_1",
        "adm_2",
        "latitude",
        "longitude",
        "geom_wkt",
        "priogrid_gid",
        "country",
        "country_id",
        "region",
        "event_clarity",
        "date_prec",
        "date_start",
        "date_end",
        "deaths_a",
        "deaths_b",
        "deaths_civilians",
        "deaths_unknown",
        "best",
        "high",
        "low",
        "gwnoa",
        "gwnob",
    ];
    const NEEDED: &'static [&'static str] = &["id", "type_of_violence", "side_a", "side_b", "date_start"];

    fn fields(lexicon: &Lexicon, cells: &Cells, faults: &mut Faults) -> Coded {
        let id = cells.get("id");
        if id.is_empty() {
            faults.fatal("id", "it is empty".into(), "give every row its identifier");
        }
        let one_sided = match cells.get("type_of_violence").trim() {
            "1" | "2" => false,
            "3" => true,
            other => {
                let message = format!("\"{}\" is no type of violence", shown(other));
                faults.fatal("type_of_violence", message, "write 1 state-based, 2 non-state or 3 one-sided");
                false
            }
        };
        let side = |column: &str| -> Vec<String> {
            Some(cells.get(column)).filter(|s| !s.is_empty()).map(str::to_owned).into_iter().collect()
        };
        Coded {
            id: id.to_owned(),
            kind: if one_sided { "violence-against-civilians" } else { "armed-clash" }.to_owned(),
            when: when(cells, faults),
            places: place(lexicon, cells, faults).into_iter().collect(),
            perpetrators: side("side_a"),
            targets: side("side_b"),
            undirected: !one_sided,
            killed: killed(cells, faults),
            sources: split_list(cells.get("source_office")),
            notes: cells.get("source_headline").to_owned(),
            ..Coded::default()
        }
    }

    fn cells(lexicon: &Lexicon, coded: &Coded) -> Vec<String> {
        let place = coded.places.first();
        let text = |f: &dyn Fn(&Place) -> String| place.map(f).unwrap_or_default();
        let degrees = |f: fn((f64, f64)) -> f64| text(&|p| p.lat_lon.map(|l| f(l).to_string()).unwrap_or_default());
        let when = |f: &dyn Fn(When) -> String| coded.when.map(f).unwrap_or_default();
        let (a, b) = (coded.perpetrators.join(", "), coded.targets.join(", "));
        let (low, high) = coded.killed.map_or_else(Default::default, |k| (k.0.to_string(), k.1.to_string()));
        let none = if low.is_empty() { "" } else { "0" };
        let mut out = Vec::with_capacity(Self::COLUMNS.len());
        for column in Self::COLUMNS {
            out.push(match *column {
                "id" => coded.id.clone(),
                "year" => when(&|w| w.start.year().to_string()),
                "type_of_violence" => kind_of_violence(lexicon, coded).to_owned(),
                "dyad_name" if !a.is_empty() || !b.is_empty() => format!("{a} - {b}"),
                "side_a" => a.clone(),
                "side_b" => b.clone(),
                "number_of_sources" if !coded.sources.is_empty() => coded.sources.len().to_string(),
                "source_office" => coded.sources.join(";"),
                "source_headline" => coded.notes.clone(),
                "where_prec" => text(&|p| p.ucdp_precision().to_string()),
                "where_coordinates" => text(&|p| p.name.clone()),
                "adm_1" => text(&|p| p.admin1.clone()),
                "adm_2" => text(&|p| p.admin2.clone()),
                "latitude" => degrees(|l| l.0),
                "longitude" => degrees(|l| l.1),
                "country" => text(&|p| country_name(lexicon, &p.country).to_owned()),
                "date_prec" => when(&|w| date_prec(w.precision).to_owned()),
                "date_start" => when(&|w| format!("{} 00:00:00.000", w.start)),
                "date_end" => when(&|w| format!("{} 00:00:00.000", w.end)),
                "deaths_a" | "deaths_b" | "deaths_civilians" => none.to_owned(),
                "deaths_unknown" | "best" | "low" => low.clone(),
                "high" => high.clone(),
                _ => String::new(),
            });
        }
        out
    }

    fn has_row(cells: &Cells) -> bool {
        ["type_of_violence", "date_start", "high"].iter().all(|c| !cells.get(c).is_empty())
    }

    fn why(field: &str) -> &'static str {
        match field {
            "incident" => {
                "GED has only deadly violence between organised parties or against civilians, with a day; no row is written"
            }
            "data_set" => "a row does not say whose coding it is; name the data set on import",
            "title" | "injured" => "there is no column for it",
            "kind" => "GED knows state-based, non-state and one-sided violence",
            "places" => "a row has one place, by name and precision code; the first is kept",
            "perpetrators" | "targets" => "a row has one side a and one side b; several names become one",
            "direction" => "GED does not say who attacked, only that one-sided violence has a doer",
            "sources" => "names are parted by semicolons",
            "killed" => "GED needs both a lowest and a highest figure",
            "status" | "disputed" => "a row states and does not weigh; see the accounts",
            "accounts" => "a row has one voice, that of the data set",
            "codes" => "codes of other formats have no column",
            _ => "the format changes it",
        }
    }
}

/// 1 state-based, 2 non-state, 3 one-sided; empty for what is no organised violence.
fn kind_of_violence(lexicon: &Lexicon, coded: &Coded) -> &'static str {
    let usual = match lexicon.kinds.get(&coded.kind).map_or("", |k| k.ucdp.as_str()) {
        "state-based" => "1",
        "non-state" => "2",
        "one-sided" => "3",
        _ => return "",
    };
    if coded.undirected {
        // Two sides fought: state-based unless both are known and neither is a state.
        let mut sides = coded.perpetrators.iter().chain(&coded.targets);
        let no_state = sides.all(|n| known(lexicon, n).is_some() && !is_state(lexicon, n));
        return if no_state && !coded.perpetrators.is_empty() && !coded.targets.is_empty() { "2" } else { "1" };
    }
    if all_civilians(lexicon, &coded.targets) { "3" } else { usual }
}

fn when(cells: &Cells, faults: &mut Faults) -> Option<When> {
    let mut read = |column: &str| {
        let given = cells.get(column);
        let date = day(given);
        if date.is_none() && !given.trim().is_empty() {
            faults.fatal(column, format!("\"{}\" is no day", shown(given)), "write YYYY-MM-DD");
        }
        date
    };
    let (start, end) = (read("date_start"), read("date_end"));
    let start = start?;
    let end = end.unwrap_or(start);
    if end < start {
        faults.fatal("date_end", "it lies before date_start".into(), "correct one of the two");
    }
    let precision = match cells.get("date_prec").trim() {
        "1" | "" if start == end => Precision::Day,
        "1" | "2" | "" => Precision::Range,
        "3" => Precision::Week,
        "4" => Precision::Month,
        "5" => Precision::Year,
        other => {
            faults.fatal("date_prec", format!("\"{}\" is no precision", shown(other)), "write a number from 1 to 5");
            Precision::Range
        }
    };
    Some(When { start, end, precision })
}

fn date_prec(precision: Precision) -> &'static str {
    match precision {
        Precision::Day => "1",
        Precision::Range => "2",
        Precision::Week => "3",
        Precision::Month => "4",
        Precision::Year => "5",
    }
}

/// Lowest and highest figure; a table with the best figure alone gives that.
fn killed(cells: &Cells, faults: &mut Faults) -> Option<(u64, u64)> {
    let best = number(cells, "best", faults);
    let (low, high) = (number(cells, "low", faults), number(cells, "high", faults));
    let low = low.or(best).or(high)?;
    let high = high.or(best).unwrap_or(low);
    if high < low {
        // Published tables have such rows, one in forty for some countries. Both figures are kept as they are, as codes.
        let message = format!("{high} is less than low, {low}");
        faults.doubt("high", message, "the two are taken the other way round; ask the publisher");
    }
    Some((low.min(high), low.max(high)))
}

fn place(lexicon: &Lexicon, cells: &Cells, faults: &mut Faults) -> Option<Place> {
    let lat_lon = lat_lon(cells, ["latitude", "longitude"], faults);
    let country = cells.get("country");
    let (admin1, admin2, name) = (cells.get("adm_1"), cells.get("adm_2"), cells.get("where_coordinates"));
    if lat_lon.is_none() && [name, country, admin1, admin2] == [""; 4] {
        return None;
    }
    let level = match cells.get("where_prec").trim() {
        "1" => Level::Town,
        "3" => Level::Admin2,
        "4" => Level::Admin1,
        "6" => Level::Country,
        // 2 is near a place, 5 along a line, 7 at sea or in the air: nothing is made more exact than it is.
        "2" | "5" | "7" | "" => Level::Area,
        other => {
            let message = format!("\"{}\" is no precision", shown(other));
            faults.fatal("where_prec", message, "write a number from 1 to 7");
            Level::Area
        }
    };
    let broader = [admin2, admin1, country];
    let named = if name.is_empty() { broader.into_iter().find(|n| !n.is_empty()).unwrap_or_default() } else { name };
    Some(Place {
        name: named.to_owned(),
        country: country_code(lexicon, country),
        admin1: admin1.to_owned(),
        admin2: admin2.to_owned(),
        level,
        lat_lon,
        gazetteer_id: String::new(),
        rivals: 0,
        away_km: None,
    })
}
