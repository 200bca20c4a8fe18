//! Loads the events of UCDP GED for Pakistan and compares their death tolls with what their headlines say.
//!
//! UCDP GED (Sundberg and Melander 2013) codes events from news; some rows keep the headlines. Its `best` is coded per
//! dyad and place, not per headline: a headline may tell of several events, or of one side's dead. So these figures are
//! only indicative: they can be compared between versions of a reader, not with 1.

use std::path::Path;

use anyhow::{Result, ensure};
use serde::Deserialize;

use crate::figures::{Figure, Share};
use crate::gold::json_lines;

/// One coded event.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GedEvent {
    /// Identifier.
    pub id: String,
    /// First and last day, ISO.
    pub days: (String, String),
    /// Precision of the date, 1 (day) to 5.
    pub date_prec: u8,
    /// The two sides.
    pub sides: (String, String),
    /// Provinces and districts, where known.
    pub admin: (String, String),
    /// Latitude and longitude.
    pub at: Option<(f64, f64)>,
    /// Best, low and high estimate of deaths.
    pub deaths: (u32, u32, u32),
    /// The headlines it was coded from.
    pub headlines: Vec<String>,
    /// Date of the first source, as given.
    pub source_date: String,
    /// Day of publication (ISO) and headline of each article that the row cites in full.
    pub articles: Vec<(String, String)>,
}

#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
struct Row {
    id: String,
    date_start: String,
    date_end: String,
    date_prec: String,
    side_a: String,
    side_b: String,
    adm_1: String,
    adm_2: String,
    latitude: String,
    longitude: String,
    best: String,
    low: String,
    high: String,
    source_headline: String,
    source_date: String,
    source_article: String,
}

/// Reads `incidents/ucdp-pakistan-to-2012.jsonl`.
///
/// # Errors
/// If the file cannot be read or a line is malformed.
pub fn load(path: &Path) -> Result<Vec<GedEvent>> {
    Ok(json_lines::<Row>(path)?.into_iter().map(event).collect())
}

fn event(row: Row) -> GedEvent {
    let day = |s: &str| s.get(..10).unwrap_or(s).to_owned();
    let number = |s: &str| s.parse().unwrap_or(0);
    let at = row.latitude.parse().ok().zip(row.longitude.parse().ok());
    let headlines = row.source_headline.split(';').map(str::trim).filter(|h| !h.is_empty());
    GedEvent {
        id: row.id,
        days: (day(&row.date_start), day(&row.date_end)),
        date_prec: row.date_prec.parse().unwrap_or(0),
        sides: (row.side_a, row.side_b),
        admin: (row.adm_1, row.adm_2),
        at,
        deaths: (number(&row.best), number(&row.low), number(&row.high)),
        headlines: headlines.map(str::to_owned).collect(),
        source_date: row.source_date,
        articles: articles(&row.source_article),
    }
}

/// Splits `"Outlet,2001-02-03,Headline";"Outlet,…"`; entries in another form are passed over.
fn articles(cell: &str) -> Vec<(String, String)> {
    let entry = |e: &str| {
        let mut parts = e.trim().trim_matches('"').splitn(3, ',');
        let (_, date, headline) = (parts.next()?, parts.next()?.trim(), parts.next()?.trim());
        (date.parse::<jiff::civil::Date>().is_ok() && !headline.is_empty()).then(|| (date.into(), headline.into()))
    };
    cell.split("\";\"").filter_map(entry).collect()
}

/// Figures of tolls read from headlines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TollScores {
    /// Headlines in which a toll was read.
    pub stated: Share,
    /// Of those, the toll that includes `best`.
    pub agrees: Share,
    /// Of those, the toll that shares a number with the range from `low` to `high`.
    pub within: Share,
}

impl TollScores {
    /// The figures for the table.
    pub fn figures(&self) -> Vec<Figure> {
        vec![
            Figure::new("headlines with a toll", self.stated.value(), self.stated.of),
            Figure::new("toll includes best", self.agrees.value(), self.agrees.of),
            Figure::new("toll meets low–high", self.within.value(), self.within.of),
        ]
    }
}

/// Compares tolls (low, high) read from headlines, one list per event and one answer per headline.
///
/// # Errors
/// If an event does not have one answer per headline.
pub fn score(events: &[GedEvent], pred: &[Vec<Option<(u32, u32)>>]) -> Result<TollScores> {
    ensure!(events.len() == pred.len(), "{} predictions for {} events", pred.len(), events.len());
    let mut s = TollScores::default();
    for (e, pred) in events.iter().zip(pred) {
        ensure!(e.headlines.len() == pred.len(), "event {}: one answer per headline", e.id);
        for toll in pred {
            s.stated.add(toll.is_some());
            if let Some((low, high)) = *toll {
                s.agrees.add(low <= e.deaths.0 && e.deaths.0 <= high);
                s.within.add(low <= e.deaths.2 && e.deaths.1 <= high);
            }
        }
    }
    Ok(s)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_keep_their_semicolons() {
        let cell = "\"A Wire,2001-02-03,Two die; one hurt\";\"B,2001-02-04,Shots, again\";\"R 4/10 1990\"";
        let pair = |d: &str, h: &str| (d.to_owned(), h.to_owned());
        assert_eq!(articles(cell), [pair("2001-02-03", "Two die; one hurt"), pair("2001-02-04", "Shots, again")]);
    }

    #[test]
    fn headlines_against_best() {
        let row = Row {
            date_start: "2001-02-03 00:00:00".into(),
            best: "4".into(),
            low: "3".into(),
            high: "6".into(),
            latitude: "1.5".into(),
            longitude: "2.5".into(),
            source_headline: "Four die; Six die;Shots heard".into(),
            ..Row::default()
        };
        let e = event(row);
        assert_eq!((e.headlines.len(), e.days.0.as_str(), e.at), (3, "2001-02-03", Some((1.5, 2.5))));
        let s = score(&[e], &[vec![Some((4, 4)), Some((6, 6)), None]]).unwrap();
        assert_eq!(s.stated, Share { right: 2, of: 3 });
        assert_eq!(s.agrees, Share { right: 1, of: 2 });
        assert_eq!(s.within, Share { right: 2, of: 2 });
        assert!(score(&[GedEvent::default()], &[]).is_err());
    }
}
