//! Incidents as rows in the manner of ACLED.

use super::ucdp;
use counterclaim_lexicon::Lexicon;
use counterclaim_text::{Brief, Incident, Level, Precision};

const HEADER: &str = "event_id,event_date,time_precision,event_type,sub_event_type,actor1,actor2,country,admin1,admin2,\
location,latitude,longitude,geo_precision,source,fatalities,ucdp_type\n";

/// CSV with one row for each incident that ACLED has a type for, and for each of its places.
///
/// `time_precision` is 1 for a day, 2 for days or a week, 3 for a month or more; `geo_precision` 1 for a town, 2 for a district,
/// 3 for a province or larger (ACLED codebook 2023). `fatalities` is the highest figure of any account, empty if none gives one:
/// ACLED takes the lowest, so both may be had from `counterclaim read`. Of several places the first bears the figure.
/// Violence by an armed party against civilians alone is an Attack, whatever the kind.
///
/// # Example
/// ```
/// use counterclaim_reader::{Reader, codes, text::Report};
/// let reader = Reader::new();
/// let report = Report {
///     id: "r1".into(),
///     published: Some(jiff::civil::date(2024, 3, 19)),
///     text: "Militants attacked a police post in Bannu on Monday, killing two guards.".into(),
///     ..Report::default()
/// };
/// let csv = codes::acled(reader.lexicon(), &reader.read(&[report]));
/// assert!(csv.lines().nth(1).is_some_and(|l| l.contains("2024-03-18,1,Battles,Armed clash")), "{csv}");
/// ```
pub fn acled(lexicon: &Lexicon, brief: &Brief) -> String {
    let mut out = HEADER.to_owned();
    for incident in &brief.incidents {
        let Some(kind) = lexicon.kinds.get(&incident.kind).filter(|k| !k.acled.is_empty()) else { continue };
        let ucdp = ucdp(lexicon, incident);
        let battle = lexicon.kinds.acled_event(&kind.acled) == "Battles";
        let sub_event = if battle && ucdp == Some(3) { "Attack" } else { kind.acled.as_str() };
        let mut sources: Vec<&str> = Vec::new();
        for e in &incident.evidence {
            let reading = brief.readings.iter().find(|r| r.report.id == e.report);
            if let Some(name) =
                reading.map(|r| r.report.source.as_str()).filter(|s| !s.is_empty() && !sources.contains(s))
            {
                sources.push(name);
            }
        }
        for (n, place) in places(incident).into_iter().enumerate() {
            let (date, precision) = match &incident.when {
                Some(w) => (w.start.to_string(), time_precision(w.precision)),
                None => (String::new(), ""),
            };
            let lat_lon = place.and_then(|p| p.lat_lon);
            let text = |f: &dyn Fn(&counterclaim_text::Place) -> String| place.map(f).unwrap_or_default();
            let row = [
                format!("{}-{}", incident.id, n + 1),
                date,
                precision.to_owned(),
                lexicon.kinds.acled_event(sub_event).to_owned(),
                sub_event.to_owned(),
                incident.perpetrators.join("; "),
                incident.targets.join("; "),
                text(&|p| country(lexicon, &p.country)),
                text(&|p| p.admin1.clone()),
                text(&|p| p.admin2.clone()),
                text(&|p| p.name.clone()),
                lat_lon.map(|l| format!("{:.4}", l.0)).unwrap_or_default(),
                lat_lon.map(|l| format!("{:.4}", l.1)).unwrap_or_default(),
                text(&|p| geo_precision(p.level).to_owned()),
                sources.join("; "),
                incident.killed.filter(|_| n == 0).map(|k| k.1.to_string()).unwrap_or_default(),
                ucdp.map(|u| u.to_string()).unwrap_or_default(),
            ];
            out.push_str(&row.map(|c| cell(&c)).join(","));
            out.push('\n');
        }
    }
    out
}

fn places(incident: &Incident) -> Vec<Option<&counterclaim_text::Place>> {
    if incident.places.is_empty() { vec![None] } else { incident.places.iter().map(Some).collect() }
}

fn country(lexicon: &Lexicon, iso2: &str) -> String {
    lexicon.actors.state_of_country(iso2).map_or_else(|| iso2.to_owned(), |a| a.name.clone())
}

fn time_precision(p: Precision) -> &'static str {
    match p {
        Precision::Day => "1",
        Precision::Range | Precision::Week => "2",
        Precision::Month | Precision::Year => "3",
    }
}

fn geo_precision(level: Level) -> &'static str {
    match level {
        Level::Town => "1",
        Level::Admin2 | Level::Area => "2",
        Level::Admin1 | Level::Country => "3",
    }
}

/// Quotes a cell that holds a comma, a quotation mark or a line break (RFC 4180). A leading sign that spreadsheets take for a
/// formula is kept from being one.
fn cell(text: &str) -> String {
    let formula = text.starts_with(['=', '@', '+']) || text.starts_with('-') && text.parse::<f64>().is_err();
    let text = if formula { format!("'{text}") } else { text.to_owned() };
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted() {
        assert_eq!(cell("a, \"b\""), "\"a, \"\"b\"\"\"");
        assert_eq!(cell("=1+1"), "'=1+1");
        assert_eq!(cell("-33.5"), "-33.5");
    }
}
