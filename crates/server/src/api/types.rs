//! The objects of the API. Field names are those of `docs/wire.md` where it has them; unknown values are left out.

use counterclaim_register as register;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A closed range of days.
#[derive(Serialize, ToSchema)]
pub(crate) struct Days {
    /// First day.
    pub start: String,
    /// Last day.
    pub end: String,
}

/// Lowest and highest number over all accounts.
#[derive(Serialize, ToSchema)]
pub(crate) struct Range {
    pub low: u64,
    pub high: u64,
}

fn days(first: &str, last: &str) -> Option<Days> {
    (!first.is_empty()).then(|| Days { start: first.to_owned(), end: last.to_owned() })
}

fn range(r: Option<(u64, u64)>) -> Option<Range> {
    r.map(|(low, high)| Range { low, high })
}

/// An incident as a line of a list.
#[derive(Serialize, ToSchema)]
pub(crate) struct Incident {
    pub id: String,
    /// Neutral, generated.
    pub title: String,
    pub kind: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<Days>,
    /// Names of places.
    #[serde(rename = "where")]
    pub places: Vec<String>,
    /// Who is said by any account to have done it.
    pub perpetrators: Vec<String>,
    pub targets: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub killed: Option<Range>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub injured: Option<Range>,
    /// How well known it is who did it: admitted, claimed, attributed, disputed or unknown.
    pub status: String,
    /// Aspects on which speakers contradict each other.
    pub disputed: Vec<String>,
    /// Reports that tell of it.
    pub reports: usize,
    /// How many independent texts these are.
    pub origins: usize,
    /// draft, confirmed or rejected.
    pub state: String,
    /// Fields that a person changed.
    pub edited: Vec<String>,
}

impl From<register::IncidentRow> for Incident {
    fn from(r: register::IncidentRow) -> Incident {
        Incident {
            when: days(&r.first, &r.last),
            killed: range(r.killed),
            injured: range(r.injured),
            state: r.state.as_str().to_owned(),
            id: r.id,
            title: r.title,
            kind: r.kind,
            places: r.places,
            perpetrators: r.perpetrators,
            targets: r.targets,
            status: r.status,
            disputed: r.disputed,
            reports: r.reports,
            origins: r.origins,
            edited: r.edited,
        }
    }
}

/// Who says what, with where the words stand.
#[derive(Serialize, ToSchema)]
pub(crate) struct Claim {
    pub id: String,
    /// Day of the report.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub day: String,
    pub speaker: String,
    /// Office or person that spoke.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub via: String,
    pub stance: String,
    /// Incident, or slug of a standing question.
    pub about: String,
    pub aspect: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub value: String,
    pub report: String,
    pub source: String,
    /// First byte of the words in the report's UTF-8 text.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    pub quote: String,
    /// Admiralty grade, 1 to 6.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grade: Option<String>,
    /// The person who recorded it; left out if the machine found it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub recorded_by: String,
    pub state: String,
    pub edited: Vec<String>,
}

impl From<register::ClaimRow> for Claim {
    fn from(c: register::ClaimRow) -> Claim {
        Claim {
            state: c.state.as_str().to_owned(),
            id: c.id,
            day: c.day,
            speaker: c.speaker,
            via: c.via,
            stance: c.stance,
            about: c.about,
            aspect: c.aspect,
            value: c.value,
            report: c.report,
            source: c.source,
            start: c.start,
            end: c.end,
            quote: c.quote,
            grade: c.grade,
            recorded_by: c.recorded_by,
            edited: c.edited,
        }
    }
}

/// A promise.
#[derive(Serialize, ToSchema)]
pub(crate) struct Commitment {
    pub id: String,
    pub by: String,
    pub to: Vec<String>,
    pub what: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub made: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<String>,
    /// kept, broken, contested or pending, if a person said so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub progress: Option<String>,
    pub report: String,
    pub source: String,
    pub start: u32,
    pub end: u32,
    pub quote: String,
    pub state: String,
    pub edited: Vec<String>,
}

impl From<register::CommitmentRow> for Commitment {
    fn from(c: register::CommitmentRow) -> Commitment {
        Commitment {
            state: c.state.as_str().to_owned(),
            id: c.id,
            by: c.by,
            to: c.to,
            what: c.what,
            made: c.made,
            due: c.due,
            progress: c.progress,
            report: c.report,
            source: c.source,
            start: c.start,
            end: c.end,
            quote: c.quote,
            edited: c.edited,
        }
    }
}

/// A report as a line of a list.
#[derive(Serialize, ToSchema)]
pub(crate) struct Report {
    pub id: String,
    pub source: String,
    /// Grade of the source, A to F.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grade: Option<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub published: String,
    pub title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// When it arrived.
    pub arrived: String,
    /// SHA-256 of the bytes that came in.
    pub sha256: String,
    /// The report that it is mostly a copy of; itself if it stands by itself. Only among the reports of one incident.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub origin: String,
}

impl From<register::ReportLine> for Report {
    fn from(r: register::ReportLine) -> Report {
        Report {
            id: r.id,
            source: r.source,
            grade: r.grade,
            published: r.published,
            title: r.title,
            url: r.url,
            arrived: r.arrived,
            sha256: r.sha256,
            origin: r.origin,
        }
    }
}

/// An actor with what it takes part in.
#[derive(Serialize, ToSchema)]
pub(crate) struct Actor {
    pub name: String,
    /// Incidents that some account says it did.
    pub perpetrator: usize,
    /// Incidents in which it was hit or aimed at.
    pub target: usize,
    /// Incidents about which it speaks.
    pub speaker: usize,
    /// Commitments that it made.
    pub promises: usize,
}

impl From<register::ActorRow> for Actor {
    fn from(a: register::ActorRow) -> Actor {
        Actor { name: a.name, perpetrator: a.perpetrator, target: a.target, speaker: a.speaker, promises: a.promises }
    }
}

/// A source with what it published.
#[derive(Serialize, ToSchema)]
pub(crate) struct Source {
    pub name: String,
    pub reports: usize,
    pub first: String,
    pub last: String,
    /// A to F, if a person gave one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grade: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub graded_by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub graded_at: Option<String>,
}

impl From<&register::SourceRow> for Source {
    fn from(s: &register::SourceRow) -> Source {
        Source {
            name: s.name.clone(),
            reports: s.reports,
            first: s.first.clone(),
            last: s.last.clone(),
            grade: s.grade.clone(),
            graded_by: s.graded.as_ref().map(|g| g.0.clone()),
            graded_at: s.graded.as_ref().map(|g| g.1.clone()),
        }
    }
}

/// A page of a list; `next` is the cursor of the next page.
#[derive(Serialize, ToSchema)]
pub(crate) struct Paged<T> {
    pub rows: Vec<T>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// A field that a person changed, beside what the machine had.
#[derive(Serialize, ToSchema)]
pub(crate) struct Change {
    pub field: String,
    pub machine: String,
    pub now: String,
    pub by: String,
    pub reason: String,
    pub decision: i64,
}

impl From<register::Changed> for Change {
    fn from(c: register::Changed) -> Change {
        Change { field: c.field, machine: c.machine, now: c.now, by: c.by, reason: c.reason, decision: c.decision }
    }
}

/// A decision of a person.
#[derive(Serialize, ToSchema)]
pub(crate) struct Decision {
    pub seq: i64,
    pub made: String,
    pub author: String,
    pub object: String,
    /// confirm, reject, merge, split, edit, grade-source, grade-claim, assess, claim, follow or undo.
    pub action: String,
    /// What was decided, in words.
    pub said: String,
    pub reason: String,
    /// What the machine had, for decisions that differ from it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub machine: Option<String>,
    /// True if a later decision undid it.
    pub undone: bool,
    /// SHA-256 of this row and the one before.
    pub hash: String,
}

impl From<register::Decision> for Decision {
    fn from(d: register::Decision) -> Decision {
        Decision {
            action: d.act.name().to_owned(),
            said: d.act.said(),
            seq: d.seq,
            made: d.made,
            author: d.author,
            object: d.object,
            reason: d.reason,
            machine: d.machine,
            undone: d.undone,
            hash: d.hash,
        }
    }
}

/// An incident's id that regrouping has changed.
#[derive(Serialize, ToSchema)]
pub(crate) struct Former {
    /// The id that was asked for.
    pub id: String,
    /// Incidents that hold its evidence now.
    pub incidents: Vec<Incident>,
    /// Decisions that were made on it.
    pub decisions: Vec<Decision>,
}

/// A decision to be kept. Which fields it takes depends on `action`.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewDecision {
    /// confirm, reject, merge, split, edit, grade-source, grade-claim, assess, claim, follow or undo.
    pub action: String,
    /// The object: of all but merge, grade-source and undo. Of claim: the incident that it is about.
    #[serde(default)]
    pub id: String,
    /// Of merge: the incidents. Of split: the reports that tell of another occurrence.
    #[serde(default)]
    pub ids: Vec<String>,
    /// Of edit.
    #[serde(default)]
    pub field: String,
    /// Of edit. Of claim: what is said; of counts 7 or 7..9.
    #[serde(default)]
    pub value: String,
    /// Of claim: the report that holds the words.
    #[serde(default)]
    pub report: String,
    /// Of claim: first byte of the words in the report's UTF-8 text. Without start and end, `quote` is looked for.
    #[serde(default)]
    pub start: Option<u32>,
    /// Of claim: one past the last byte.
    #[serde(default)]
    pub end: Option<u32>,
    /// Of claim: the words. They must stand at start and end, or in the report once.
    #[serde(default)]
    pub quote: String,
    /// Of claim: the actor that speaks.
    #[serde(default)]
    pub speaker: String,
    /// Of claim: office or person through whom it speaks.
    #[serde(default)]
    pub via: String,
    /// Of claim: asserts, denies, admits, claims-responsibility, accuses, condemns, confirms, cannot-confirm, demands or warns.
    #[serde(default)]
    pub stance: String,
    /// Of claim: occurrence, perpetrator, target, killed, injured, place, time, legality, responsibility or standing.
    #[serde(default)]
    pub aspect: String,
    /// Of grade-source.
    #[serde(default)]
    pub source: String,
    /// Of grade-source (A to F) and grade-claim (1 to 6).
    #[serde(default)]
    pub grade: String,
    /// Of assess.
    #[serde(default)]
    pub who: String,
    /// Of assess, in the words of ICD 203.
    #[serde(default)]
    pub likelihood: String,
    /// Of assess: low, moderate or high.
    #[serde(default)]
    pub confidence: String,
    /// Of assess: what it rests on.
    #[serde(default)]
    pub basis: String,
    /// Of follow: kept, broken, contested or pending.
    #[serde(default)]
    pub progress: String,
    /// Of undo: the number of the decision.
    #[serde(default)]
    pub seq: i64,
    /// Why.
    pub reason: String,
    /// The last decision on the object that was seen; 0 for none.
    #[serde(default)]
    pub seen: Option<i64>,
    /// Refuse (409) if there is a newer one.
    #[serde(default)]
    pub if_unchanged: bool,
}

/// What became of a decision that was sent.
#[derive(Serialize, ToSchema)]
pub(crate) struct Kept {
    /// Its number.
    pub seq: i64,
    /// The object, as it is called now.
    pub object: String,
    /// Decisions on the object that were not seen.
    pub newer: Vec<Decision>,
}

/// How much there is of what fits.
#[derive(Serialize, ToSchema)]
pub(crate) struct Counts {
    /// Incidents that fit the filter.
    pub total: usize,
    /// Of them, without coordinates.
    pub unlocated: usize,
    /// Of them, without a day.
    pub undated: usize,
    /// Of them, those on which accounts differ.
    pub disputed: usize,
    pub kinds: Vec<Count>,
    pub statuses: Vec<Count>,
    pub states: Vec<Count>,
    pub countries: Vec<Count>,
    /// Everything the register holds, whatever the filter.
    pub register: All,
}

/// How often a value stands.
#[derive(Serialize, ToSchema)]
pub(crate) struct Count {
    pub value: String,
    pub count: usize,
}

/// How much the register holds.
#[derive(Serialize, ToSchema)]
pub(crate) struct All {
    pub reports: usize,
    pub incidents: usize,
    pub claims: usize,
    pub commitments: usize,
    pub decisions: usize,
}

/// GeoJSON (RFC 7946), with how many incidents have no location.
#[derive(Serialize, ToSchema)]
pub(crate) struct FeatureCollection {
    /// `FeatureCollection`.
    #[serde(rename = "type")]
    pub sort: &'static str,
    /// Incidents that fit, with and without a location.
    pub total: usize,
    /// Of them, without a location: they have no feature.
    pub unlocated: usize,
    pub features: Vec<Feature>,
}

/// An incident on a map.
#[derive(Serialize, ToSchema)]
pub(crate) struct Feature {
    /// `Feature`.
    #[serde(rename = "type")]
    pub sort: &'static str,
    pub id: String,
    pub geometry: Point,
    pub properties: Properties,
}

/// A point.
#[derive(Serialize, ToSchema)]
pub(crate) struct Point {
    /// `Point`.
    #[serde(rename = "type")]
    pub sort: &'static str,
    /// Degrees east and north.
    pub coordinates: [f64; 2],
}

/// What a map says of an incident.
#[derive(Serialize, ToSchema)]
pub(crate) struct Properties {
    pub id: String,
    pub title: String,
    pub kind: String,
    /// First day; left out if unknown.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub from: String,
    /// Last day.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub to: String,
    /// day, range, week, month or year.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub day_precision: String,
    pub place: String,
    /// ACLED's code: 1 a town, 2 a part of a region, 3 a larger region.
    pub place_precision: u8,
    /// The code in words: exact, area, region.
    pub place_precision_words: &'static str,
    /// How far from the point it may have been; a rough figure that follows from the sort of place.
    pub radius_km: u32,
    pub status: String,
    /// True if accounts differ.
    pub disputed: bool,
    /// draft or confirmed.
    pub state: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub killed: Option<Range>,
}

/// Incidents on a map, in columns: what stands at one index of each belongs together.
#[derive(Default, Serialize, ToSchema)]
pub(crate) struct Marks {
    /// Incidents that fit, with and without a location.
    pub total: usize,
    /// Of them, without a location: they have no row.
    pub unlocated: usize,
    /// Degrees east.
    pub lon: Vec<f64>,
    /// Degrees north.
    pub lat: Vec<f64>,
    /// ACLED's code: 1 a town, 2 a part of a region, 3 a larger region.
    pub place_precision: Vec<u8>,
    /// How far from the point it may have been; a rough figure that follows from the sort of place.
    pub radius_km: Vec<u32>,
    pub id: Vec<String>,
    pub title: Vec<String>,
    /// First day; empty if unknown.
    pub from: Vec<String>,
}

/// Incidents that are known to the day, by day. Days without any are left out.
#[derive(Serialize, ToSchema)]
pub(crate) struct Daily {
    /// Incidents that fit, all of them.
    pub total: usize,
    /// Those that are not known to the day, and so in no series.
    pub inexact: usize,
    pub days: Vec<String>,
    pub series: Vec<Series>,
}

/// One count for each day.
#[derive(Serialize, ToSchema)]
pub(crate) struct Series {
    pub name: String,
    pub values: Vec<usize>,
}

/// Lanes of a timeline.
#[derive(Serialize, ToSchema)]
pub(crate) struct Timeline {
    /// Incidents that fit, all of them.
    pub total: usize,
    /// How many of the newest stand in lanes.
    pub shown: usize,
    pub lanes: Vec<Lane>,
}

/// One actor's lane; lanes stand in alphabetical order.
#[derive(Serialize, ToSchema)]
pub(crate) struct Lane {
    pub actor: String,
    pub items: Vec<Item>,
}

/// An incident in a lane.
#[derive(Serialize, ToSchema)]
pub(crate) struct Item {
    pub id: String,
    pub title: String,
    pub kind: String,
    pub from: String,
    pub to: String,
    /// day, range, week, month or year.
    pub precision: String,
    pub url: String,
}

/// What went wrong (RFC 9457).
#[derive(Serialize, ToSchema)]
#[allow(dead_code)]
pub(crate) struct Problem {
    #[serde(rename = "type")]
    pub sort: String,
    pub title: String,
    pub status: u16,
    pub detail: String,
}
