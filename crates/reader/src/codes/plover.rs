//! PLOVER events as JSON Lines.

use super::day;
use counterclaim_coding::{Act, Party};
use counterclaim_lexicon::Lexicon;
use counterclaim_text::Report;
use serde_json::{Map, Value, json};

/// Days after which an event counts as history rather than news.
const HISTORY: i64 = 90;

/// One JSON object a line, with the fields of the PLOVER codebook 2021.
///
/// `id`, `date`, `actor` and `event` are always there, `date` as an ISO day or null, `actor` as an empty list if nobody is named.
/// `actor` and `recipient` are lists of `{code, sector, name, text}`; a reciprocal event lists everybody as `actor`. `event_scale` runs from −10 to 10,
/// `text_info` gives bytes of the report. `counterclaim` holds what the codebook does not know: the CAMEO code, the rule, the
/// desk's kind of incident and the scorer's share of belief in the type.
///
/// # Example
/// ```
/// use counterclaim_reader::{Reader, codes, text::Report};
/// let reader = Reader::new();
/// let report = Report { id: "r1".into(), text: "Kenya condemned Uganda on Monday.".into(), ..Report::default() };
/// let line = codes::plover(reader.lexicon(), &report, &reader.acts(&report));
/// assert!(line.contains(r#""event":"ACCUSE""#), "{line}");
/// ```
pub fn plover(lexicon: &Lexicon, report: &Report, acts: &[Act]) -> String {
    let mut out = String::new();
    for (n, act) in acts.iter().enumerate() {
        out.push_str(&event(lexicon, report, act, n).to_string());
        out.push('\n');
    }
    out
}

fn event(lexicon: &Lexicon, report: &Report, act: &Act, n: usize) -> Value {
    let side = |list: &[Party]| -> Value { list.iter().map(|p| party(report, p)).collect() };
    let when = day(report, act);
    let mut out = Map::new();
    out.insert("id".into(), json!(format!("{}-{}-{}", report.id, act.sentence + 1, n + 1)));
    out.insert("date".into(), json!(when.map(|d| d.to_string())));
    out.insert("actor".into(), side(&act.actors));
    out.insert("event".into(), json!(act.kind));
    if !act.recipients.is_empty() {
        out.insert("recipient".into(), side(&act.recipients));
    }
    if !act.mode.is_empty() {
        out.insert("mode".into(), json!(act.mode));
    }
    if !act.contexts.is_empty() {
        out.insert("context".into(), json!(act.contexts));
    }
    if let Some(kind) = lexicon.plover.kind(&act.kind) {
        out.insert("quad_code".into(), json!(kind.quad));
    }
    out.insert("event_scale".into(), json!(lexicon.plover.score(&act.kind, &act.mode)));
    if !act.places.is_empty() {
        let place = |p: &counterclaim_text::PlaceRef| json!({"name": p.name, "country": p.country, "lat": p.lat_lon.map(|l| l.0), "lon": p.lat_lon.map(|l| l.1)});
        out.insert("event_loc".into(), act.places.iter().map(place).collect());
    }
    let old = matches!((when, report.published), (Some(w), Some(p)) if (p - w).get_days() as i64 > HISTORY);
    if old {
        out.insert("historical".into(), json!(true));
    }
    out.insert("text_info".into(), json!({"report": report.id, "start": act.span.start, "end": act.span.end}));
    let confidence = (f64::from(act.confidence) * 1000.0).round() / 1000.0;
    out.insert(
        "counterclaim".into(),
        json!({"cameo": act.cameo, "rule": act.rule, "incident": act.incident, "reciprocal": act.reciprocal, "confidence": confidence}),
    );
    Value::Object(out)
}

fn party(report: &Report, p: &Party) -> Value {
    let words = report.text.get(p.span.start as usize..p.span.end as usize).unwrap_or("");
    json!({"code": p.country, "sector": p.sectors.first().map_or("", String::as_str), "name": p.name, "text": words})
}
