//! The wire format `counterclaim.reading/v1` (docs/wire.md): the only place where the nouns become JSON.
//!
//! Structs here borrow from the brief and hold no thought of their own; the order of fields is the order in the JSON.
//! Unknown values are left out, so every optional field is skipped when empty.

mod actors;

pub use actors::ActorOut;

use counterclaim_text::{Brief, Claim, Commitment, Evidence, Incident, PlaceRef, Pointer, Report, Span, Toll};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// The name and version of the format.
pub const SCHEMA: &str = "counterclaim.reading/v1";

/// A whole reading.
#[derive(Clone, Debug, Serialize)]
pub struct Reading<'a> {
    /// Always [`SCHEMA`].
    pub schema: &'static str,
    /// "counterclaim 0.1.0".
    pub generator: String,
    /// What was read, in the order given.
    pub reports: Vec<ReportOut<'a>>,
    /// Occurrences in order of time.
    pub incidents: Vec<IncidentOut<'a>>,
    /// All claims.
    pub claims: Vec<ClaimOut<'a>>,
    /// All commitments.
    pub commitments: Vec<CommitmentOut<'a>>,
    /// The actors named in them, by name.
    pub actors: Vec<ActorOut<'a>>,
}

/// One report that was read.
#[derive(Clone, Debug, Serialize)]
pub struct ReportOut<'a> {
    /// Identifier.
    pub id: &'a str,
    /// Who published it.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub source: &'a str,
    /// ISO date of publication.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// Headline.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub title: &'a str,
    /// BCP 47 language.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub language: &'a str,
    /// Where it was found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<&'a str>,
    /// SHA-256 of the text's UTF-8 bytes, in hexadecimal: offsets hold for exactly this text.
    pub sha256: String,
    /// What was doubtful.
    pub notes: Vec<NoteOut<'a>>,
}

/// Something that the reader was unsure about.
#[derive(Clone, Debug, Serialize)]
pub struct NoteOut<'a> {
    /// First byte concerned.
    pub start: u32,
    /// One past the last byte concerned.
    pub end: u32,
    /// One sentence for a person.
    pub message: &'a str,
}

/// One occurrence.
#[derive(Clone, Debug, Serialize)]
pub struct IncidentOut<'a> {
    /// Stable identifier.
    pub id: &'a str,
    /// Neutral generated title.
    pub title: &'a str,
    /// Kind from `data/kinds.tsv`.
    pub kind: &'a str,
    /// The kind in other code books.
    #[serde(flatten)]
    pub codes: KindCodes,
    /// When.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<WhenOut<'a>>,
    /// Where.
    #[serde(rename = "where")]
    pub places: Vec<PlaceOut<'a>>,
    /// Who is said by any account to have done it.
    pub perpetrators: &'a [String],
    /// Who was hit or aimed at, by any account.
    pub targets: &'a [String],
    /// Dead over all accounts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub killed: Option<RangeOut>,
    /// Wounded over all accounts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub injured: Option<RangeOut>,
    /// Every toll with its speaker.
    pub tolls: Vec<TollOut<'a>>,
    /// Claims by speaker.
    pub accounts: Vec<AccountOut<'a>>,
    /// Aspects on which speakers contradict each other.
    pub disputed: Vec<&'static str>,
    /// Who did it, how well known.
    pub status: &'static str,
    /// The words it rests on.
    pub evidence: Vec<EvidenceOut<'a>>,
    /// Calibrated share of such incidents that are right.
    pub confidence: f64,
}

/// One incident kind in other code books. Empty codes are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct KindCodes {
    /// PLOVER event type.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub plover: String,
    /// PLOVER mode.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub plover_mode: String,
    /// CAMEO code.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub cameo: String,
    /// ACLED sub-event type.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub acled: String,
}

/// A closed range of days.
#[derive(Clone, Debug, Serialize)]
pub struct WhenOut<'a> {
    /// First day.
    pub start: String,
    /// Last day.
    pub end: String,
    /// day, range, week, month or year.
    pub precision: &'static str,
    /// The words that say so; none if it was taken over from the day of publication.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub at: Vec<WordsOut<'a>>,
}

/// A place.
#[derive(Clone, Debug, Serialize)]
pub struct PlaceOut<'a> {
    /// Common English name.
    pub name: &'a str,
    /// ISO 3166-1 alpha-2.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub country: &'a str,
    /// First-level division.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub admin1: &'a str,
    /// District.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub admin2: &'a str,
    /// town, admin2, admin1, country or area.
    pub level: &'static str,
    /// Degrees north.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lat: Option<f64>,
    /// Degrees east.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lon: Option<f64>,
    /// Identifier in the gazetteer.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub gazetteer_id: &'a str,
    /// How many other places of that name the gazetteer has.
    pub rivals: u32,
    /// Kilometres from the place, if it is told to have happened near it; 0 for a bare "near".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub distance_km: Option<u32>,
    /// How exact the place is, in ACLED's codes: 1 a town, 2 a part of a region, 3 a larger region.
    pub acled_geo_precision: u8,
    /// How exact the place is, in UCDP GED's codes, 1 (the place itself) to 7 (none).
    pub ucdp_where_prec: u8,
    /// The words that name it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub at: Vec<WordsOut<'a>>,
}

/// Words of a report.
#[derive(Clone, Debug, Serialize)]
pub struct WordsOut<'a> {
    /// Id of the report.
    pub report: &'a str,
    /// First byte of the words.
    pub start: u32,
    /// One past the last byte of the words.
    pub end: u32,
}

/// Lowest and highest number.
#[derive(Clone, Debug, Serialize)]
pub struct RangeOut {
    /// Lowest.
    pub low: u64,
    /// Highest.
    pub high: u64,
}

/// A count of people hurt, as one speaker gives it.
#[derive(Clone, Debug, Serialize)]
pub struct TollOut<'a> {
    /// Who gives it; left out for the report's own voice.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub speaker: &'a str,
    /// killed or injured.
    pub what: &'static str,
    /// Lowest value meant.
    pub low: u64,
    /// Highest value meant.
    pub high: u64,
    /// Who was hurt.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub who: &'a str,
    /// Id of the report.
    pub report: &'a str,
    /// First byte of the words.
    pub start: u32,
    /// One past their last byte.
    pub end: u32,
}

/// One speaker's claims about an incident.
#[derive(Clone, Debug, Serialize)]
pub struct AccountOut<'a> {
    /// Canonical actor.
    pub speaker: &'a str,
    /// Ids of its claims.
    pub claims: &'a [String],
}

/// Words that an incident rests on.
#[derive(Clone, Debug, Serialize)]
pub struct EvidenceOut<'a> {
    /// Id of the report.
    pub report: &'a str,
    /// First byte of the words.
    pub start: u32,
    /// One past their last byte.
    pub end: u32,
    /// The words.
    pub quote: &'a str,
    /// The rule that found them.
    pub rule: &'a str,
}

/// One claim.
#[derive(Clone, Debug, Serialize)]
pub struct ClaimOut<'a> {
    /// Stable identifier.
    pub id: &'a str,
    /// Canonical actor that speaks.
    pub speaker: &'a str,
    /// Office or person that spoke.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub via: &'a str,
    /// How the speaker stands to it.
    pub stance: &'static str,
    /// Incident id, or the slug of a standing question.
    pub about: &'a str,
    /// What part it is about.
    pub aspect: &'static str,
    /// What is said of that part.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub value: &'a str,
    /// Id of the report.
    pub report: &'a str,
    /// First byte of the words.
    pub start: u32,
    /// One past their last byte.
    pub end: u32,
    /// The words.
    pub quote: &'a str,
    /// The rule that found it.
    pub rule: &'a str,
    /// Calibrated share of such claims that are right.
    pub confidence: f64,
}

/// One promise.
#[derive(Clone, Debug, Serialize)]
pub struct CommitmentOut<'a> {
    /// Stable identifier.
    pub id: &'a str,
    /// Canonical actor that promises.
    pub by: &'a str,
    /// To whom.
    pub to: &'a [String],
    /// What is promised.
    pub what: &'a str,
    /// When it was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub made: Option<String>,
    /// By when it is to be kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<String>,
    /// Id of the report.
    pub report: &'a str,
    /// First byte of the words.
    pub start: u32,
    /// One past their last byte.
    pub end: u32,
    /// The words.
    pub quote: &'a str,
    /// The rule that found it.
    pub rule: &'a str,
}

/// One report as it comes in: a line of JSON Lines. Unknown fields are ignored.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct ReportIn {
    pub id: Option<String>,
    pub source: Option<String>,
    pub published: Option<String>,
    pub title: Option<String>,
    pub text: String,
    pub url: Option<String>,
    pub language: Option<String>,
}

/// The brief in the wire format. `codes` gives a kind's codes in other code books.
pub fn reading<'a>(brief: &'a Brief, codes: &dyn Fn(&str) -> KindCodes) -> Reading<'a> {
    let texts: BTreeMap<&str, &str> =
        brief.readings.iter().map(|r| (r.report.id.as_str(), r.report.text.as_str())).collect();
    let quote = |report: &str, span: Span| texts.get(report).map_or("", |text| span.of(text));
    Reading {
        schema: SCHEMA,
        generator: format!("counterclaim {}", env!("CARGO_PKG_VERSION")),
        reports: brief.readings.iter().map(report_out).collect(),
        incidents: brief.incidents.iter().map(|i| incident_out(i, codes, &quote)).collect(),
        claims: brief.claims.iter().map(|c| claim_out(c, &quote)).collect(),
        commitments: brief.commitments.iter().map(|c| commitment_out(c, &quote)).collect(),
        actors: actors::actors(brief),
    }
}

/// Gives the words of a report (by its id) at a span.
pub type Quote<'q, 'a> = &'q dyn Fn(&str, Span) -> &'a str;

fn report_out(reading: &counterclaim_text::Reading) -> ReportOut<'_> {
    let Report { id, source, published, title, text, url, language } = &reading.report;
    let language = if reading.language.is_empty() { language.as_deref().unwrap_or("") } else { &reading.language };
    let notes = reading.notes.iter();
    ReportOut {
        id,
        source,
        published: published.map(|d| d.to_string()),
        title,
        language,
        url: url.as_deref(),
        sha256: sha256(text),
        notes: notes.map(|n| NoteOut { start: n.span.start, end: n.span.end, message: &n.message }).collect(),
    }
}

/// One incident in the wire format. `quote` gives the words of a report at a span.
pub fn incident_out<'a>(
    incident: &'a Incident,
    codes: &dyn Fn(&str) -> KindCodes,
    quote: Quote<'_, 'a>,
) -> IncidentOut<'a> {
    let range = |r: Option<(u64, u64)>| r.map(|(low, high)| RangeOut { low, high });
    IncidentOut {
        id: &incident.id,
        title: &incident.title,
        kind: &incident.kind,
        codes: codes(&incident.kind),
        when: incident.when.map(|w| WhenOut {
            start: w.start.to_string(),
            end: w.end.to_string(),
            precision: w.precision.as_str(),
            at: words_at(incident, |p| p.when.is_some_and(|v| v.start <= w.end && w.start <= v.end)),
        }),
        places: (incident.places.iter())
            .map(|p| place_out(p, words_at(incident, |o| o.place.as_ref() == Some(&p.name))))
            .collect(),
        perpetrators: &incident.perpetrators,
        targets: &incident.targets,
        killed: range(incident.killed),
        injured: range(incident.injured),
        tolls: incident.tolls.iter().map(|(report, toll)| toll_out(report, toll)).collect(),
        accounts: incident.accounts.iter().map(|a| AccountOut { speaker: &a.speaker, claims: &a.claims }).collect(),
        disputed: incident.disputed.iter().map(|a| a.as_str()).collect(),
        status: incident.status.as_str(),
        evidence: incident.evidence.iter().map(|e| evidence_out(e, quote)).collect(),
        confidence: share(incident.confidence),
    }
}

/// The words that say so: what people have set differently since is not what they say.
fn words_at(incident: &Incident, says: impl Fn(&Pointer) -> bool) -> Vec<WordsOut<'_>> {
    let own = incident.pointers.iter().filter(|p| says(p));
    own.map(|p| WordsOut { report: &p.report, start: p.span.start, end: p.span.end }).collect()
}

fn place_out<'a>(place: &'a PlaceRef, at: Vec<WordsOut<'a>>) -> PlaceOut<'a> {
    PlaceOut {
        name: &place.name,
        country: &place.country,
        admin1: &place.admin1,
        admin2: &place.admin2,
        level: place.level.as_str(),
        lat: place.lat_lon.map(|p| p.0),
        lon: place.lat_lon.map(|p| p.1),
        gazetteer_id: &place.gazetteer_id,
        rivals: place.rivals,
        distance_km: place.away_km,
        acled_geo_precision: place.acled_precision(),
        ucdp_where_prec: place.ucdp_precision(),
        at,
    }
}

fn toll_out<'a>(report: &'a str, toll: &'a Toll) -> TollOut<'a> {
    TollOut {
        speaker: &toll.speaker,
        what: toll.what.as_str(),
        low: toll.low,
        high: toll.high,
        who: &toll.who,
        report,
        start: toll.span.start,
        end: toll.span.end,
    }
}

fn evidence_out<'a>(e: &'a Evidence, quote: Quote<'_, 'a>) -> EvidenceOut<'a> {
    let Span { start, end } = e.span;
    EvidenceOut { report: &e.report, start, end, quote: quote(&e.report, e.span), rule: &e.rule }
}

fn claim_out<'a>(c: &'a Claim, quote: Quote<'_, 'a>) -> ClaimOut<'a> {
    ClaimOut {
        id: &c.id,
        speaker: &c.speaker,
        via: &c.via,
        stance: c.stance.as_str(),
        about: &c.about,
        aspect: c.aspect.as_str(),
        value: &c.value,
        report: &c.report,
        start: c.span.start,
        end: c.span.end,
        quote: quote(&c.report, c.span),
        rule: &c.rule,
        confidence: share(c.confidence),
    }
}

fn commitment_out<'a>(c: &'a Commitment, quote: Quote<'_, 'a>) -> CommitmentOut<'a> {
    CommitmentOut {
        id: &c.id,
        by: &c.by,
        to: &c.to,
        what: &c.what,
        made: c.made.map(|d| d.to_string()),
        due: c.due.map(|d| d.to_string()),
        report: &c.report,
        start: c.span.start,
        end: c.span.end,
        quote: quote(&c.report, c.span),
        rule: &c.rule,
    }
}

/// Three decimals: more would be noise, and could differ between machines.
fn share(confidence: f32) -> f64 {
    (f64::from(confidence) * 1000.0).round() / 1000.0
}

fn sha256(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|b| format!("{b:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::brief::fixture;
    use expect_test::expect;

    #[test]
    fn the_fixture_on_the_wire() {
        let brief = fixture::brief();
        let codes = |kind: &str| match kind {
            "air-strike" => KindCodes {
                plover: "ASSAULT".into(),
                plover_mode: "aerial".into(),
                cameo: "195".into(),
                acled: "Air/drone strike".into(),
            },
            _ => KindCodes::default(),
        };
        let json = serde_json::to_value(reading(&brief, &codes)).unwrap();
        let first = serde_json::to_string_pretty(&json["incidents"][1]).unwrap();
        expect![[r#"
            {
              "id": "i1",
              "title": "Pakistan: air strike in Khost, 18 March 2024",
              "kind": "air-strike",
              "plover": "ASSAULT",
              "plover_mode": "aerial",
              "cameo": "195",
              "acled": "Air/drone strike",
              "when": {
                "start": "2024-03-18",
                "end": "2024-03-18",
                "precision": "day"
              },
              "where": [
                {
                  "name": "Khost",
                  "country": "AF",
                  "admin1": "Khost",
                  "level": "admin1",
                  "lat": 33.3,
                  "lon": 69.9,
                  "gazetteer_id": "x1",
                  "rivals": 2,
                  "acled_geo_precision": 3,
                  "ucdp_where_prec": 4
                }
              ],
              "perpetrators": [
                "Pakistan"
              ],
              "targets": [
                "Hafiz Gul Bahadur Group",
                "civilians"
              ],
              "killed": {
                "low": 7,
                "high": 8
              },
              "tolls": [
                {
                  "what": "killed",
                  "low": 7,
                  "high": 7,
                  "report": "r1",
                  "start": 130,
                  "end": 142
                },
                {
                  "speaker": "Afghan Taliban",
                  "what": "killed",
                  "low": 8,
                  "high": 8,
                  "who": "civilians",
                  "report": "r2",
                  "start": 60,
                  "end": 75
                }
              ],
              "accounts": [
                {
                  "speaker": "Pakistan",
                  "claims": [
                    "c1",
                    "c4"
                  ]
                },
                {
                  "speaker": "Afghan Taliban",
                  "claims": [
                    "c2",
                    "c3"
                  ]
                }
              ],
              "disputed": [
                "target"
              ],
              "status": "admitted",
              "evidence": [
                {
                  "report": "r1",
                  "start": 0,
                  "end": 44,
                  "quote": "Pakistan launched strikes in Khost on Monday",
                  "rule": "events/air-strike/launch-strikes"
                },
                {
                  "report": "r2",
                  "start": 27,
                  "end": 50,
                  "quote": "civilian homes were hit",
                  "rule": "events/air-strike/hit"
                }
              ],
              "confidence": 0.87
            }"#]]
        .assert_eq(&first);
    }

    #[test]
    fn quotes_are_the_words_at_the_offsets_and_unknown_values_are_left_out() {
        let brief = fixture::brief();
        let json = serde_json::to_value(reading(&brief, &|_| KindCodes::default())).unwrap();
        let (claim, text) = (&json["claims"][0], &brief.readings[0].report.text);
        let at = |k: &str| claim[k].as_u64().unwrap() as usize;
        assert_eq!(claim["quote"], text[at("start")..at("end")]);
        assert!(json["commitments"][0].get("due").is_none());
        assert!(json["incidents"][1].get("plover").is_none());
        assert!(!serde_json::to_string(&json).unwrap().contains("null"));
    }

    #[test]
    fn an_empty_brief_has_every_list() {
        let brief = Brief::default();
        let json = serde_json::to_string(&reading(&brief, &|_| KindCodes::default())).unwrap();
        expect![[r#"{"schema":"counterclaim.reading/v1","generator":"counterclaim 0.1.0","reports":[],"incidents":[],"claims":[],"commitments":[],"actors":[]}"#]]
            .assert_eq(&json);
    }
}
