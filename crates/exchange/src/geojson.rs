//! GeoJSON (RFC 7946): one feature an incident, its places as points, everything else as properties.
//!
//! An incident without a located place has `"geometry": null`. How exact a place is stands in `geo_precision`, the level of
//! the first located place, and in `where`: a point in the middle of a province is no place where something happened.

use crate::fault::Faults;
use crate::json::{Object, object, record, text};
use crate::{Coded, Losses, Row, Source, shown};
use counterclaim_text::{Level, Place};
use serde::Deserializer;
use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Value, json};
use std::borrow::Borrow;
use std::cell::Cell;
use std::fmt;
use std::io::{self, BufRead, Read, Write};
use std::rc::Rc;

const NAME: &str = "GeoJSON";
/// Whose coding it is when a file does not say.
const DATA_SET: &str = "GeoJSON";
const PREFIX: &str = "geojson";
/// The code that keeps a geometry which is not that of the places.
const GEOMETRY: &str = "geojson:geometry";

/// Writes a feature collection.
pub(crate) fn export<C: Borrow<Coded>>(coded: impl Iterator<Item = C>, out: &mut dyn Write) -> io::Result<Losses> {
    let mut losses = Losses::new(NAME);
    out.write_all(b"{\"type\":\"FeatureCollection\",\"features\":[")?;
    for given in coded {
        let given = given.borrow();
        let feature = feature(given);
        let mut faults = Faults::new("", 0);
        let back = read(feature.clone(), &mut faults).filter(|_| !faults.fatal);
        if back.is_some() {
            out.write_all(if losses.written == 0 { b"\n" } else { b",\n" })?;
            serde_json::to_writer(&mut *out, &feature)?;
        }
        losses.compare(given, back.as_ref(), &|field| match field {
            "places" => "degrees have seven decimals, and points off the earth are left out",
            "data_set" => "a file without a data set counts as its own",
            "incident" => "a feature needs an identifier",
            _ => "the format changes it",
        });
    }
    out.write_all(b"\n]}\n")?;
    Ok(losses)
}

fn feature(coded: &Coded) -> Value {
    let located = || coded.places.iter().filter(|p| p.lat_lon.is_some_and(|l| l.0.is_finite() && l.1.is_finite()));
    let points: Vec<Value> =
        located().map(crate::json::place).filter_map(|p| Some(json!([p.get("lon")?, p.get("lat")?]))).collect();
    let own = coded.codes.get(GEOMETRY).and_then(|g| serde_json::from_str(g).ok());
    let geometry = own.unwrap_or_else(|| match points.len() {
        0 => Value::Null,
        1 => json!({"type": "Point", "coordinates": points[0]}),
        _ => json!({"type": "MultiPoint", "coordinates": points}),
    });
    let mut properties = object(coded);
    if let Some(first) = located().next() {
        properties.insert("geo_precision".into(), json!(first.level.as_str()));
    }
    if let Some(Value::Object(codes)) = properties.get_mut("codes") {
        codes.remove(GEOMETRY);
        let own: Vec<String> = codes.keys().filter(|k| k.starts_with("geojson.")).cloned().collect();
        let own: Vec<(String, Value)> = own.into_iter().filter_map(|k| Some((k.clone(), codes.remove(&k)?))).collect();
        if codes.is_empty() {
            properties.remove("codes");
        }
        // Properties that others have given keep their place and their type.
        for (key, value) in &own {
            let value = value.as_str().map_or(Value::Null, |v| serde_json::from_str(v).unwrap_or(json!(v)));
            properties.entry(key["geojson.".len()..].to_owned()).or_insert(value);
        }
    }
    json!({"type": "Feature", "id": coded.id, "geometry": geometry, "properties": properties})
}

/// The record of a feature; `None` with a fault if it is none.
fn read(feature: Value, faults: &mut Faults) -> Option<Coded> {
    let Value::Object(mut feature) = feature else {
        faults.fatal("features", "an entry is no object".into(), "write a Feature");
        return None;
    };
    if feature.get("type").and_then(Value::as_str) != Some("Feature") {
        faults.fatal("type", "an entry of features is no Feature".into(), "write \"type\": \"Feature\"");
        return None;
    }
    let mut properties = match feature.remove("properties") {
        Some(Value::Object(p)) => p,
        _ => Object::new(),
    };
    properties.remove("geo_precision");
    let id = match text(&mut feature, "id", faults) {
        id if id.is_empty() => text(&mut properties, "id", faults),
        id => id,
    };
    if id.is_empty() {
        faults.fatal(
            "id",
            "a feature has none".into(),
            "give every feature an id, so that it can be brought up to date",
        );
    }
    let mut coded = Coded { id, ..record(&mut properties, faults) };
    let geometry = feature.remove("geometry").unwrap_or(Value::Null);
    if coded.places.is_empty() {
        coded.places = points(&geometry).unwrap_or_default();
    }
    let drawn = self::feature(&Coded { codes: Default::default(), ..coded.clone() });
    if drawn.get("geometry") != Some(&geometry) {
        coded.codes.insert(GEOMETRY.to_owned(), geometry.to_string());
    }
    for (key, value) in properties {
        // A text that would read as something else keeps its quotation marks.
        let plain = value.as_str().filter(|s| serde_json::from_str::<Value>(s).is_err()).map(str::to_owned);
        coded.codes.insert(format!("{PREFIX}.{key}"), plain.unwrap_or_else(|| value.to_string()));
    }
    if coded.data_set.is_empty() {
        DATA_SET.clone_into(&mut coded.data_set);
    }
    Some(coded)
}

/// The points of a geometry as places without a name.
fn points(geometry: &Value) -> Option<Vec<Place>> {
    let coordinates = geometry.get("coordinates")?.as_array()?;
    let all = match geometry.get("type")?.as_str()? {
        "Point" => vec![coordinates],
        "MultiPoint" => coordinates.iter().filter_map(Value::as_array).collect(),
        _ => return None,
    };
    let place = |at: &Vec<Value>| {
        let (lon, lat) = (at.first()?.as_f64()?, at.get(1)?.as_f64()?);
        let known = lat.abs() <= 90.0 && lon.abs() <= 180.0;
        known.then(|| Place {
            name: String::new(),
            country: String::new(),
            admin1: String::new(),
            admin2: String::new(),
            level: Level::Area,
            lat_lon: Some((lat, lon)),
            gazetteer_id: String::new(),
            rivals: 0,
            away_km: None,
        })
    };
    Some(all.into_iter().filter_map(place).collect())
}

/// Reads a feature collection, one feature at a time.
pub(crate) fn import(source: &Source, input: impl BufRead, sink: &mut dyn FnMut(Row)) {
    let line = Rc::new(Cell::new(1));
    let counted = Counted { inner: input, line: Rc::clone(&line) };
    let mut deserializer = serde_json::Deserializer::from_reader(counted);
    let mut reader = Reader { source, line: &line, sink, found: false };
    let outcome = deserializer.deserialize_map(&mut reader).and_then(|()| deserializer.end());
    let found = reader.found;
    let mut faults = Faults::new(source.file, line.get());
    match outcome {
        Err(e) => {
            let message = format!("not GeoJSON: {}", shown(&e.to_string()));
            faults.fatal(&e.column().to_string(), message, "correct the file; what follows was not read");
            sink(faults.row(None));
        }
        Ok(()) if !found => {
            let remedy = "give an object with \"type\": \"FeatureCollection\" and a list \"features\"";
            faults.fatal("features", "the file has none".into(), remedy);
            sink(faults.row(None));
        }
        Ok(()) => {}
    }
}

/// A reader that counts lines. The parser takes one byte at a time.
struct Counted<R> {
    inner: R,
    line: Rc<Cell<u64>>,
}

impl<R: BufRead> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        let breaks = buffer[..n].iter().filter(|b| **b == b'\n').count() as u64;
        self.line.set(self.line.get() + breaks);
        Ok(n)
    }
}

struct Reader<'r, 's> {
    source: &'r Source<'s>,
    line: &'r Cell<u64>,
    sink: &'r mut dyn FnMut(Row),
    found: bool,
}

impl<'de> Visitor<'de> for &mut Reader<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a feature collection")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            if key == "features" {
                self.found = true;
                map.next_value_seed(Features(self))?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}

struct Features<'f, 'r, 's>(&'f mut Reader<'r, 's>);

impl<'de> DeserializeSeed<'de> for Features<'_, '_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Features<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a list of features")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while let Some(feature) = list.next_element::<Value>()? {
            // The line where the feature ends: the parser tells no other.
            let mut faults = Faults::new(self.0.source.file, self.0.line.get());
            let mut coded = read(feature, &mut faults);
            if let Some(coded) = coded.as_mut().filter(|_| !self.0.source.data_set.is_empty()) {
                self.0.source.data_set.clone_into(&mut coded.data_set);
            }
            (self.0.sink)(faults.row(coded));
        }
        Ok(())
    }
}
