//! Records as JSON objects, and reading fields of objects that others have written.

use crate::coded::status;
use crate::days::{day, precision};
use crate::fault::Faults;
use crate::{Coded, CodedClaim, shown};
use counterclaim_text::{Aspect, Level, Place, Precision, Stance, When};
use serde_json::{Map, Value, json};

/// An object of JSON.
pub(crate) type Object = Map<String, Value>;

/// The record as one object. Unknown values are left out.
pub(crate) fn object(coded: &Coded) -> Object {
    let mut out = Object::new();
    let mut put = |key: &str, value: Value| {
        let empty = match &value {
            Value::Null | Value::Bool(false) => true,
            Value::String(s) => s.is_empty(),
            Value::Array(a) => a.is_empty(),
            Value::Object(o) => o.is_empty(),
            _ => false,
        };
        if !empty {
            out.insert(key.into(), value);
        }
    };
    let range = |r: Option<(u64, u64)>| r.map_or(Value::Null, |(low, high)| json!({"low": low, "high": high}));
    put("data_set", json!(coded.data_set));
    put("title", json!(coded.title));
    put("kind", json!(coded.kind));
    if let Some(w) = coded.when {
        put("date_start", json!(w.start.to_string()));
        put("date_end", json!(w.end.to_string()));
        put("date_precision", json!(w.precision.as_str()));
    }
    put("where", coded.places.iter().map(place).collect());
    put("perpetrators", json!(coded.perpetrators));
    put("targets", json!(coded.targets));
    put("undirected", json!(coded.undirected));
    put("killed", range(coded.killed));
    put("injured", range(coded.injured));
    put("sources", json!(coded.sources));
    put("notes", json!(coded.notes));
    put("status", json!(coded.status.map(|s| s.as_str())));
    put("disputed", coded.disputed.iter().map(|a| json!(a.as_str())).collect());
    put("claims", coded.claims.iter().map(claim).collect());
    put("codes", json!(coded.codes));
    out
}

/// Degrees are written with seven decimals, a centimetre: no data set has more, and they come back as they were.
fn degrees(d: f64) -> f64 {
    (d * 1e7).round() / 1e7
}

/// A place as an object.
pub(crate) fn place(p: &Place) -> Value {
    let mut out = Object::new();
    out.insert("name".into(), json!(p.name));
    for (key, value) in
        [("country", &p.country), ("admin1", &p.admin1), ("admin2", &p.admin2), ("gazetteer_id", &p.gazetteer_id)]
    {
        if !value.is_empty() {
            out.insert(key.into(), json!(value));
        }
    }
    out.insert("level".into(), json!(p.level.as_str()));
    if let Some((lat, lon)) = p.lat_lon.filter(|l| l.0.is_finite() && l.1.is_finite()) {
        out.insert("lat".into(), json!(degrees(lat)));
        out.insert("lon".into(), json!(degrees(lon)));
    }
    if p.rivals > 0 {
        out.insert("rivals".into(), json!(p.rivals));
    }
    Value::Object(out)
}

fn claim(c: &CodedClaim) -> Value {
    let mut out = Object::new();
    out.insert("speaker".into(), json!(c.speaker));
    if !c.via.is_empty() {
        out.insert("via".into(), json!(c.via));
    }
    out.insert("stance".into(), json!(c.stance.as_str()));
    out.insert("aspect".into(), json!(c.aspect.as_str()));
    for (key, value) in [("value", &c.value), ("quote", &c.quote)] {
        if !value.is_empty() {
            out.insert(key.into(), json!(value));
        }
    }
    Value::Object(out)
}

/// The record that an object holds; fields that are no such field are left in `given`.
pub(crate) fn record(given: &mut Object, faults: &mut Faults) -> Coded {
    Coded {
        id: String::new(),
        data_set: text(given, "data_set", faults),
        title: text(given, "title", faults),
        kind: text(given, "kind", faults),
        when: when(given, faults),
        places: list(given, "where", faults, &|v, f| read_place(v, f)),
        perpetrators: strings(given, "perpetrators", faults),
        targets: strings(given, "targets", faults),
        undirected: given.remove("undirected").is_some_and(|v| v == Value::Bool(true)),
        killed: range(given, "killed", faults),
        injured: range(given, "injured", faults),
        sources: strings(given, "sources", faults),
        notes: text(given, "notes", faults),
        status: word(given, "status", faults, &status),
        disputed: list(given, "disputed", faults, &|v, f| known(v, "disputed", f, &Aspect::parse)),
        claims: list(given, "claims", faults, &|v, f| read_claim(v, f)),
        codes: match given.remove("codes") {
            Some(Value::Object(codes)) => codes.into_iter().map(|(k, v)| (k, as_text(v))).collect(),
            Some(other) if other != Value::Null => {
                wrong(faults, "codes", "an object");
                Default::default()
            }
            _ => Default::default(),
        },
    }
}

/// Text as it is, anything else as compact JSON.
pub(crate) fn as_text(value: Value) -> String {
    match value {
        Value::String(s) => s,
        other => other.to_string(),
    }
}

fn wrong(faults: &mut Faults, key: &str, wanted: &str) {
    faults.doubt(key, format!("it is not {wanted}"), "the field is left out; correct it");
}

/// A text field; numbers count as text.
pub(crate) fn text(given: &mut Object, key: &str, faults: &mut Faults) -> String {
    match given.remove(key) {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(s)) => s,
        Some(Value::Number(n)) => n.to_string(),
        Some(_) => {
            wrong(faults, key, "text");
            String::new()
        }
    }
}

/// A list of texts; a text alone is a list of one.
pub(crate) fn strings(given: &mut Object, key: &str, faults: &mut Faults) -> Vec<String> {
    if let Some(Value::String(one)) = given.get(key) {
        let one = vec![one.clone()];
        given.remove(key);
        return one;
    }
    list(given, key, faults, &|v, f| match v {
        Value::String(s) => Some(s),
        _ => {
            wrong(f, key, "a list of texts");
            None
        }
    })
}

/// A list; entries that cannot be read are left out and reported.
pub(crate) fn list<T>(
    given: &mut Object,
    key: &str,
    faults: &mut Faults,
    read: &dyn Fn(Value, &mut Faults) -> Option<T>,
) -> Vec<T> {
    match given.remove(key) {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::Array(entries)) => entries.into_iter().filter_map(|v| read(v, faults)).collect(),
        Some(_) => {
            wrong(faults, key, "a list");
            Vec::new()
        }
    }
}

fn known<T>(value: Value, key: &str, faults: &mut Faults, parse: &dyn Fn(&str) -> Option<T>) -> Option<T> {
    let found = value.as_str().and_then(parse);
    if found.is_none() {
        let message = format!("\"{}\" is no such word", shown(&as_text(value)));
        faults.doubt(key, message, "use a word of docs/wire.md; it is left out");
    }
    found
}

fn word<T>(given: &mut Object, key: &str, faults: &mut Faults, parse: &dyn Fn(&str) -> Option<T>) -> Option<T> {
    given.remove(key).filter(|v| *v != Value::Null).and_then(|v| known(v, key, faults, parse))
}

fn when(given: &mut Object, faults: &mut Faults) -> Option<When> {
    let precision = word(given, "date_precision", faults, &precision);
    let mut read = |key: &str| {
        let given = text(given, key, faults);
        let found = day(&given);
        if found.is_none() && !given.is_empty() {
            faults.fatal(key, format!("\"{}\" is no day", shown(&given)), "write YYYY-MM-DD");
        }
        found
    };
    let (start, end) = (read("date_start"), read("date_end"));
    let start = start.or(end)?;
    let end = end.unwrap_or(start);
    if end < start {
        faults.fatal("date_end", "it lies before date_start".into(), "correct one of the two");
    }
    Some(When {
        start,
        end,
        precision: precision.unwrap_or(if start == end { Precision::Day } else { Precision::Range }),
    })
}

fn range(given: &mut Object, key: &str, faults: &mut Faults) -> Option<(u64, u64)> {
    let value = given.remove(key).filter(|v| *v != Value::Null)?;
    let pair = match &value {
        Value::Number(n) => n.as_u64().map(|n| (n, n)),
        Value::Object(o) => o.get("low").and_then(Value::as_u64).zip(o.get("high").and_then(Value::as_u64)),
        _ => None,
    };
    let pair = pair.filter(|(low, high)| low <= high);
    if pair.is_none() {
        wrong(faults, key, "a whole number, or an object with low and high");
    }
    pair
}

fn read_place(value: Value, faults: &mut Faults) -> Option<Place> {
    let Value::Object(mut p) = value else {
        wrong(faults, "where", "a list of places");
        return None;
    };
    let degrees = |key: &str| p.get(key).and_then(Value::as_f64);
    let lat_lon = degrees("lat").zip(degrees("lon"));
    let on_earth = lat_lon.filter(|(lat, lon)| lat.abs() <= 90.0 && lon.abs() <= 180.0);
    if lat_lon.is_some() && on_earth.is_none() {
        wrong(faults, "lat", "a point on the earth");
    }
    Some(Place {
        name: text(&mut p, "name", faults),
        country: text(&mut p, "country", faults),
        admin1: text(&mut p, "admin1", faults),
        admin2: text(&mut p, "admin2", faults),
        level: word(&mut p, "level", faults, &Level::parse).unwrap_or(Level::Area),
        lat_lon: on_earth,
        gazetteer_id: text(&mut p, "gazetteer_id", faults),
        rivals: p.get("rivals").and_then(Value::as_u64).and_then(|n| n.try_into().ok()).unwrap_or(0),
        away_km: p.get("distance_km").and_then(Value::as_u64).and_then(|n| n.try_into().ok()),
    })
}

fn read_claim(value: Value, faults: &mut Faults) -> Option<CodedClaim> {
    let Value::Object(mut c) = value else {
        wrong(faults, "claims", "a list of claims");
        return None;
    };
    Some(CodedClaim {
        speaker: text(&mut c, "speaker", faults),
        via: text(&mut c, "via", faults),
        stance: word(&mut c, "stance", faults, &Stance::parse)?,
        aspect: word(&mut c, "aspect", faults, &Aspect::parse)?,
        value: text(&mut c, "value", faults),
        quote: text(&mut c, "quote", faults),
    })
    // The report's own voice is no speaker.
    .filter(|c| {
        if c.speaker.is_empty() {
            wrong(faults, "claims", "a claim with a speaker");
        }
        !c.speaker.is_empty()
    })
}
