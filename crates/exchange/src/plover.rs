//! PLOVER as JSON Lines: one event a line, with the fields of the codebook of 2021 and those of its forerunner.
//!
//! `counterclaim code` writes such lines from the acts of single reports; these are of whole incidents. What was settled
//! about the codebook stands in `docs/plover.md`.

use crate::actors::{country_name, known, plover_codes};
use crate::days::{around, day};
use crate::fault::Faults;
use crate::json::{Object, as_text, list, strings, text};
use crate::table::{LONGEST_ROW, Limited};
use crate::{Coded, Losses, Row, Source, shown};
use counterclaim_lexicon::Lexicon;
use counterclaim_text::{ActorKind, Level, Place, Precision};
use serde_json::{Value, json};
use std::borrow::Borrow;
use std::io::{self, BufRead, BufReader, Write};

const NAME: &str = "PLOVER JSON Lines";
const PREFIX: &str = "plover";
/// Whose coding it is when nobody says.
const DATA_SET: &str = "PLOVER";

/// Types of the forerunner, and what they are now.
const OLD_TYPES: [(&str, &str, &str); 4] = [
    ("DEMAND", "REQUEST", ""),
    ("DISAPPROVE", "ACCUSE", "disapprove"),
    ("INVESTIGATE", "ACCUSE", "investigate"),
    ("FIGHT", "ASSAULT", ""),
];

/// Writes one event a line.
pub(crate) fn export<C: Borrow<Coded>>(
    lexicon: &Lexicon,
    coded: impl Iterator<Item = C>,
    out: &mut dyn Write,
) -> io::Result<Losses> {
    let mut losses = Losses::new(NAME);
    for given in coded {
        let given = given.borrow();
        let mut event = event(lexicon, given);
        for (key, value) in &given.codes {
            if let Some(key) = key.strip_prefix("plover.") {
                let mut with = event.clone();
                with.insert(key.to_owned(), serde_json::from_str(value).unwrap_or_else(|_| json!(value)));
                let fields = |e: &Object| fields(lexicon, &mut e.clone(), &mut Faults::new("", 0));
                // The record may have been changed since: only what says the same is kept.
                if fields(&with) == fields(&event) || !event.contains_key("event") {
                    event = with;
                }
            }
        }
        let mut faults = Faults::new("", 0);
        let back = event.contains_key("event").then(|| read(lexicon, event.clone(), &mut faults));
        let back = back.filter(|_| !faults.fatal);
        losses.compare(given, back.as_ref(), &why);
        if back.is_some() {
            serde_json::to_writer(&mut *out, &event)?;
            out.write_all(b"\n")?;
        }
    }
    Ok(losses)
}

fn why(field: &str) -> &'static str {
    match field {
        "incident" => "PLOVER has no type for the kind; no line is written",
        "data_set" => "a line does not say whose coding it is; name the data set on import",
        "title" | "killed" | "injured" => "there is no field for it",
        "kind" => "several kinds share a type and mode",
        "when" => "an event has one day; the first is kept",
        "places" => "a place has a name, a country and coordinates only",
        "status" | "disputed" => "an event states and does not weigh; see the accounts",
        "accounts" => "an event has one voice, that of the data set",
        "codes" => "codes of other formats have no field",
        _ => "the format changes it",
    }
}

/// The event of a record; without `event` if PLOVER has no type for it.
fn event(lexicon: &Lexicon, coded: &Coded) -> Object {
    let mut out = Object::new();
    out.insert("id".into(), json!(coded.id));
    out.insert("date".into(), json!(coded.when.map(|w| w.start.to_string())));
    let side = |names: &[String]| -> Value { names.iter().map(|n| party(lexicon, n)).collect() };
    out.insert("actor".into(), side(&coded.perpetrators));
    let kind = lexicon.kinds.get(&coded.kind);
    if let Some(kind) = kind.filter(|k| !k.plover.is_empty()) {
        out.insert("event".into(), json!(kind.plover));
        if !kind.mode.is_empty() {
            out.insert("mode".into(), json!(kind.mode));
        }
        out.insert("quad_code".into(), json!(lexicon.plover.kind(&kind.plover).map(|t| t.quad)));
        out.insert("event_scale".into(), json!(lexicon.plover.score(&kind.plover, &kind.mode)));
    }
    if !coded.targets.is_empty() {
        out.insert("recipient".into(), side(&coded.targets));
    }
    if !coded.places.is_empty() {
        let place = |p: &Place| {
            json!({
                "name": p.name,
                "country": p.country,
                "lat": p.lat_lon.map(|l| l.0),
                "lon": p.lat_lon.map(|l| l.1),
            })
        };
        out.insert("event_loc".into(), coded.places.iter().map(place).collect());
    }
    let mut info = Object::new();
    if !coded.sources.is_empty() {
        info.insert("sources".into(), json!(coded.sources));
    }
    if !coded.notes.is_empty() {
        info.insert("notes".into(), json!(coded.notes));
    }
    if !info.is_empty() {
        out.insert("text_info".into(), Value::Object(info));
    }
    if let Some(kind) = kind {
        out.insert(
            "counterclaim".into(),
            json!({"cameo": kind.cameo, "incident": kind.name, "undirected": coded.undirected}),
        );
    }
    out
}

fn party(lexicon: &Lexicon, name: &str) -> Value {
    let (code, sector) = plover_codes(lexicon, name);
    json!({"code": code, "sector": sector, "name": name})
}

/// The record of an event: its fields, and as codes what the fields would write differently.
fn read(lexicon: &Lexicon, given: Object, faults: &mut Faults) -> Coded {
    let mut coded = fields(lexicon, &mut given.clone(), faults);
    let own = event(lexicon, &coded);
    for (key, value) in given {
        if own.get(&key) != Some(&value) {
            // A text that would read as something else keeps its quotation marks.
            let plain = value.as_str().filter(|s| serde_json::from_str::<Value>(s).is_err()).map(str::to_owned);
            coded.codes.insert(format!("{PREFIX}.{key}"), plain.unwrap_or_else(|| value.to_string()));
        }
    }
    DATA_SET.clone_into(&mut coded.data_set);
    coded
}

fn fields(lexicon: &Lexicon, given: &mut Object, faults: &mut Faults) -> Coded {
    let id = text(given, "id", faults);
    if id.is_empty() {
        faults.fatal("id", "it is missing".into(), "give every event its identifier");
    }
    let date = text(given, "date", faults);
    let when = day(&date).map(|d| around(d, Precision::Day));
    if when.is_none() && !date.is_empty() {
        faults.fatal("date", format!("\"{}\" is no day", shown(&date)), "write YYYY-MM-DD, or null");
    }
    // A record of the forerunner has a source and a target.
    let key = |new, old| if given.contains_key(new) { new } else { old };
    let (doers, hit) = (key("actor", "source"), key("recipient", "target"));
    let perpetrators = parties(lexicon, given, doers, faults);
    let targets = parties(lexicon, given, hit, faults);
    let mut info = match given.remove("text_info") {
        Some(Value::Object(info)) => info,
        _ => Object::new(),
    };
    let extra = given.remove("counterclaim").unwrap_or(Value::Null);
    Coded {
        id,
        kind: kind(lexicon, given, &extra, faults),
        when,
        places: list(given, "event_loc", faults, &|v, _| place(lexicon, v)),
        perpetrators,
        targets,
        undirected: extra.get("undirected") == Some(&Value::Bool(true)),
        sources: strings(&mut info, "sources", faults),
        notes: text(&mut info, "notes", faults),
        ..Coded::default()
    }
}

/// The kind: what we wrote ourselves if it fits the type, else that of type and mode. Talk has none.
fn kind(lexicon: &Lexicon, given: &mut Object, extra: &Value, faults: &mut Faults) -> String {
    let named = text(given, "event", faults).to_uppercase();
    if named.is_empty() {
        faults.fatal("event", "it is missing".into(), "give the type of the event, such as ASSAULT");
    }
    let old = OLD_TYPES.iter().find(|o| o.0 == named);
    let root = old.map_or(named.as_str(), |o| o.1);
    if lexicon.plover.kind(root).is_none() && !named.is_empty() {
        let message = format!("PLOVER has no type \"{}\"", shown(&named));
        faults.doubt("event", message, "use a type of data/events/plover/types.tsv; the row is kept without a kind");
    }
    let mode = match text(given, "mode", faults) {
        mode if mode.is_empty() => old.map_or(String::new(), |o| o.2.to_owned()),
        mode => mode,
    };
    let own = extra.get("incident").and_then(Value::as_str).and_then(|k| lexicon.kinds.get(k));
    let of_type = || lexicon.kinds.of_plover(root, &mode);
    own.filter(|k| k.plover == root).or_else(of_type).map(|k| k.name.clone()).unwrap_or_default()
}

/// The parties of a side: by name, else by the country that the code names, else by code and sector.
fn parties(lexicon: &Lexicon, given: &mut Object, key: &str, faults: &mut Faults) -> Vec<String> {
    if let Some(Value::Object(one)) = given.get(key).cloned() {
        given.insert(key.to_owned(), json!([one]));
    }
    // The forerunner writes an empty text for nobody, and some write a name alone.
    if let Some(Value::String(name)) = given.get(key).cloned() {
        given.insert(key.to_owned(), if name.is_empty() { Value::Null } else { json!([name]) });
    }
    list(given, key, faults, &|value, faults| {
        let mut party = match value {
            Value::Object(party) => party,
            Value::String(name) => return Some(name),
            _ => {
                faults.doubt(key, "a party is no object".into(), "write {\"code\", \"sector\", \"name\"}");
                return None;
            }
        };
        let code = text(&mut party, "code", faults);
        let sector = text(&mut party, "sector", faults);
        let state = lexicon.actors.states().iter().find(|s| s.iso3 == code && !code.is_empty()).map(|s| s.name.clone());
        let name = ["name", "actorText", "text"].into_iter().map(|k| text(&mut party, k, faults));
        let name = name.filter(|n| !n.is_empty()).take(1).next();
        // "Hungarian" with the code HUN and the government's sector is Hungary.
        let acts_for_state = matches!(sector.as_str(), "GOV" | "MIL" | "COP" | "SPY" | "");
        let adjective = name.as_deref().is_some_and(|n| known(lexicon, n).is_none());
        let state = state.filter(|_| acts_for_state && (adjective || name.is_none()));
        state.or(name).or_else(|| Some(format!("{code}{sector}")).filter(|c| !c.is_empty()))
    })
}

fn place(lexicon: &Lexicon, value: Value) -> Option<Place> {
    let given = match value {
        Value::Object(given) => given,
        Value::String(name) => Object::from_iter([("name".to_owned(), json!(name))]),
        _ => return None,
    };
    let text = |key: &str| given.get(key).cloned().filter(|v| !v.is_null()).map(as_text).unwrap_or_default();
    let degrees = |key: &str| given.get(key).and_then(Value::as_f64);
    let lat_lon = degrees("lat").zip(degrees("lon")).filter(|l| l.0.abs() <= 90.0 && l.1.abs() <= 180.0);
    let (name, country) = (text("name"), text("country"));
    // PLOVER does not say how large a place is; a country is known by its name.
    let whole = !country.is_empty() && country_name(lexicon, &country) == name
        || known(lexicon, &name).is_some_and(|a| a.kind == ActorKind::State);
    Some(Place {
        name,
        country,
        admin1: String::new(),
        admin2: String::new(),
        level: if whole { Level::Country } else { Level::Area },
        lat_lon,
        gazetteer_id: String::new(),
        rivals: 0,
        away_km: None,
    })
}

/// Reads one event a line.
pub(crate) fn import(source: &Source, input: impl BufRead, sink: &mut dyn FnMut(Row)) {
    let (limited, left) = Limited::new(input);
    let mut input = BufReader::new(limited);
    let mut line = Vec::new();
    for n in 1.. {
        left.set(LONGEST_ROW);
        line.clear();
        let mut faults = Faults::new(source.file, n);
        match input.read_until(b'\n', &mut line) {
            Ok(0) => break,
            Ok(_) => {}
            Err(e) => {
                faults.fatal("line", shown(&e.to_string()), "the rest of the file was not read; correct the line");
                sink(faults.row(None));
                break;
            }
        }
        let bytes = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&line).trim_ascii();
        if bytes.is_empty() {
            continue;
        }
        match serde_json::from_slice::<Object>(bytes) {
            Ok(object) => {
                let mut coded = read(source.lexicon, object, &mut faults);
                if !source.data_set.is_empty() {
                    source.data_set.clone_into(&mut coded.data_set);
                }
                sink(faults.row(Some(coded)));
            }
            Err(e) => {
                let message = format!("not a JSON object: {}", shown(&e.to_string()));
                faults.fatal(&e.column().to_string(), message, "write one event a line");
                sink(faults.row(None));
            }
        }
    }
}
