//! Scores the finding and locating of places on LGL and GeoWebNews.
//!
//! Measures of the toponym literature (Lieberman et al. 2010, Local-Global Lexicon; Gritta et al. 2020, "A pragmatic
//! guide to geoparsing evaluation", GeoWebNews): accuracy at 161 km (100 miles) on given mentions; and end to end, the
//! share of located gold toponyms that were found and placed within 161 km, with the F1 of finding them by overlapping
//! spans.
//!
//! Gold offsets are characters in the files and bytes here. GeoWebNews marks things that are not places of their own
//! (expressions such as "the city", demonyms, names of organisations): they carry no coordinates, are not gold,
//! and a prediction on one is neither right nor wrong. LGL toponyms without coordinates count for finding only.

use std::path::Path;

use anyhow::{Result, ensure};
use counterclaim_text::Span;
use serde::Deserialize;

use crate::figures::{Figure, Share};
use crate::gold::{CharMap, json_lines};

/// The usual limit for a toponym that is placed rightly: 100 miles.
pub const LIMIT_KM: f64 = 161.0;

/// Latitude and longitude in degrees.
pub type LatLon = (f64, f64);

/// One gold toponym.
#[derive(Clone, Debug, PartialEq)]
pub struct Toponym {
    /// Where it stands, in bytes.
    pub span: Span,
    /// Where it is; `None` if gold does not say.
    pub at: Option<LatLon>,
    /// True if finding it counts; false for annotations that are neither right nor wrong.
    pub counts: bool,
}

/// One gold document.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceDoc {
    /// Identifier in the set.
    pub id: String,
    /// Headline.
    pub title: String,
    /// Date of publication, where the set has one.
    pub date: Option<String>,
    /// The text that spans point into.
    pub text: String,
    /// Its toponyms, in the order of the file.
    pub toponyms: Vec<Toponym>,
}

#[derive(Deserialize)]
struct Row {
    docid: String,
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    date: Option<String>,
    text: String,
    toponyms: Vec<RowToponym>,
}

#[derive(Deserialize)]
struct RowToponym {
    start: usize,
    end: usize,
    #[serde(default)]
    lat: Option<f64>,
    #[serde(default)]
    lon: Option<f64>,
    #[serde(default, rename = "type")]
    kind: Option<String>,
}

/// Reads one file, `places/lgl-dev.jsonl` or `places/gwn-dev.jsonl`.
///
/// # Errors
/// If the file cannot be read or a line is malformed.
pub fn load(path: &Path) -> Result<Vec<PlaceDoc>> {
    Ok(json_lines::<Row>(path)?.into_iter().map(doc).collect())
}

fn doc(row: Row) -> PlaceDoc {
    let map = CharMap::new(&row.text);
    let toponyms = row.toponyms.iter().map(|t| Toponym {
        span: map.span(t.start, t.end),
        at: t.lat.zip(t.lon),
        // Typed annotations are those of GeoWebNews, where only toponyms proper have coordinates.
        counts: t.kind.is_none() || t.lat.is_some(),
    });
    let toponyms = toponyms.collect();
    PlaceDoc { id: row.docid, title: row.title.unwrap_or_default(), date: row.date, text: row.text, toponyms }
}

/// A predicted place: where it stands and where it was put.
pub type Placed = (Span, Option<LatLon>);

/// Figures for places found in raw text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PlaceScores {
    /// Gold toponyms that some prediction overlaps.
    pub found: Share,
    /// Predictions that overlap a gold toponym.
    pub right: Share,
    /// Located gold toponyms that some overlapping prediction puts within 161 km.
    pub placed: Share,
}

impl PlaceScores {
    /// F1 of finding toponyms.
    pub fn f1(&self) -> f64 {
        let (p, r) = (self.right.value(), self.found.value());
        if p + r == 0.0 { 0.0 } else { 2.0 * p * r / (p + r) }
    }

    /// The figures for the table.
    pub fn figures(&self) -> Vec<Figure> {
        vec![
            Figure::new("found and placed within 161 km", self.placed.value(), self.placed.of),
            Figure::new("toponyms F1", self.f1(), self.found.of),
            Figure::new("toponyms precision", self.right.value(), self.right.of),
            Figure::new("toponyms recall", self.found.value(), self.found.of),
        ]
    }
}

/// Scores predictions made from the text alone, one list per document.
///
/// # Errors
/// If there is not one list per document.
pub fn score(docs: &[PlaceDoc], pred: &[Vec<Placed>]) -> Result<PlaceScores> {
    ensure!(docs.len() == pred.len(), "{} predictions for {} documents", pred.len(), docs.len());
    let mut s = PlaceScores::default();
    for (doc, pred) in docs.iter().zip(pred) {
        for t in doc.toponyms.iter().filter(|t| t.counts) {
            let over = || pred.iter().filter(|p| p.0.overlaps(t.span));
            s.found.add(over().next().is_some());
            if let Some(at) = t.at {
                s.placed.add(over().any(|p| p.1.is_some_and(|q| near(at, q))));
            }
        }
        for p in pred {
            let mut over = doc.toponyms.iter().filter(|t| t.span.overlaps(p.0)).peekable();
            let neutral = over.peek().is_some() && over.clone().all(|t| !t.counts);
            if !neutral {
                s.right.add(over.any(|t| t.counts));
            }
        }
    }
    Ok(s)
}

/// Accuracy at 161 km on given mentions: `locate` is asked for every gold toponym with coordinates.
pub fn score_given(docs: &[PlaceDoc], mut locate: impl FnMut(&PlaceDoc, Span) -> Option<LatLon>) -> Share {
    let mut s = Share::default();
    for doc in docs {
        for t in doc.toponyms.iter().filter(|t| t.counts) {
            if let Some(at) = t.at {
                s.add(locate(doc, t.span).is_some_and(|q| near(at, q)));
            }
        }
    }
    s
}

/// True if two points lie within 161 km.
pub fn near(a: LatLon, b: LatLon) -> bool {
    distance_km(a, b) <= LIMIT_KM
}

/// Great-circle distance on a sphere with the Earth's mean radius.
pub fn distance_km(a: LatLon, b: LatLon) -> f64 {
    let (lat1, lat2) = (a.0.to_radians(), b.0.to_radians());
    let (dlat, dlon) = (lat2 - lat1, (b.1 - a.1).to_radians());
    let h = (dlat / 2.0).sin().powi(2) + lat1.cos() * lat2.cos() * (dlon / 2.0).sin().powi(2);
    2.0 * 6371.0088 * h.sqrt().min(1.0).asin()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn docs() -> Vec<PlaceDoc> {
        let row = json!({"docid": "1", "text": "Émile left Aville for the city of Bstadt.", "toponyms": [
            {"start": 11, "end": 17, "phrase": "Aville", "lat": 10.0, "lon": 20.0, "type": "Literal"},
            {"start": 26, "end": 30, "phrase": "city", "lat": null, "lon": null, "type": "Literal_Expression"},
            {"start": 34, "end": 40, "phrase": "Bstadt"}]});
        vec![doc(serde_json::from_value(row).unwrap())]
    }

    #[test]
    fn distances() {
        assert!((distance_km((0.0, 0.0), (0.0, 1.0)) - 111.195).abs() < 0.01);
        assert!(near((0.0, 0.0), (1.0, 1.0)) && !near((0.0, 0.0), (1.0, 1.1)));
    }

    #[test]
    fn found_placed_and_neutral() {
        let d = docs();
        assert_eq!(d[0].toponyms[0].span.of(&d[0].text), "Aville");
        let at = |i: usize| d[0].toponyms[i].span;
        let pred = vec![vec![(at(0), Some((10.5, 20.0))), (at(1), Some((1.0, 1.0))), (Span::new(0, 6), None)]];
        let s = score(&d, &pred).unwrap();
        assert_eq!(s.found, Share { right: 1, of: 2 });
        assert_eq!(s.right, Share { right: 1, of: 2 });
        assert_eq!(s.placed, Share { right: 1, of: 1 });
        assert!((s.f1() - 0.5).abs() < 1e-12);
        assert!(score(&d, &[]).is_err());
    }

    #[test]
    fn given_mentions() {
        let d = docs();
        let s = score_given(&d, |doc, span| (span.of(&doc.text) == "Aville").then_some((40.0, 0.0)));
        assert_eq!(s, Share { right: 0, of: 1 });
    }
}
