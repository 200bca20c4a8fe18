//! Incidents and readings: event mentions and claims grouped into occurrences, each side's account kept apart.

use crate::{ActorKind, Claim, Commitment, DateValue, Note, PlaceRef, Report, Span, Toll};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A place of an incident.
pub type Place = PlaceRef;

/// How exactly an incident is dated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Precision {
    /// One day.
    Day,
    /// A few days.
    Range,
    /// A Monday to Sunday week.
    Week,
    /// A calendar month.
    Month,
    /// A calendar year.
    Year,
}

impl Precision {
    /// The name on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Precision::Day => "day",
            Precision::Range => "range",
            Precision::Week => "week",
            Precision::Month => "month",
            Precision::Year => "year",
        }
    }
}

/// When an incident happened: a closed range of days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct When {
    /// First day.
    pub start: Date,
    /// Last day.
    pub end: Date,
    /// How exact that is.
    pub precision: Precision,
}

/// What is known of who did it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Status {
    /// The perpetrator says so.
    Admitted,
    /// An armed group claims responsibility.
    Claimed,
    /// Others say who; the accused is silent.
    Attributed,
    /// The accused denies, or two doers are named.
    Disputed,
    /// Nobody is named.
    Unknown,
}

impl Status {
    /// The name on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Status::Admitted => "admitted",
            Status::Claimed => "claimed",
            Status::Attributed => "attributed",
            Status::Disputed => "disputed",
            Status::Unknown => "unknown",
        }
    }
}

/// Words in a report that an incident rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// Id of the report.
    pub report: String,
    /// The words.
    pub span: Span,
    /// The rule that found them.
    pub rule: String,
}

/// The words that say when or where something was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pointer {
    /// The place that they name, if they say where.
    pub place: Option<String>,
    /// The days that they mean, if they say when.
    pub when: Option<DateValue>,
    /// Id of the report.
    pub report: String,
    /// The words.
    pub span: Span,
}

/// One speaker's claims about an incident.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Canonical actor.
    pub speaker: String,
    /// Ids of its claims.
    pub claims: Vec<String>,
}

/// One occurrence, as all reports tell it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Incident {
    /// Stable identifier: the same for the same evidence.
    pub id: String,
    /// Neutral generated title.
    pub title: String,
    /// Incident kind from `data/kinds.tsv`.
    pub kind: String,
    /// When, if any report dates it.
    pub when: Option<When>,
    /// Where.
    pub places: Vec<Place>,
    /// Who is said by any account to have done it.
    pub perpetrators: Vec<String>,
    /// Who was hit or aimed at, by any account.
    pub targets: Vec<String>,
    /// Lowest and highest number of dead over all accounts.
    pub killed: Option<(u64, u64)>,
    /// Lowest and highest number of wounded over all accounts.
    pub injured: Option<(u64, u64)>,
    /// Every toll with its speaker and the id of its report.
    pub tolls: Vec<(String, Toll)>,
    /// Claims by speaker.
    pub accounts: Vec<Account>,
    /// Aspects on which speakers contradict each other.
    pub disputed: Vec<crate::Aspect>,
    /// Who did it, how well known.
    pub status: Status,
    /// The words it rests on.
    pub evidence: Vec<Evidence>,
    /// The words that say when and where; what is taken over from the day of publication has none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pointers: Vec<Pointer>,
    /// Calibrated share of such incidents that are right, 0 to 1.
    pub confidence: f32,
    /// The signs that the confidence rests on.
    pub signs: Vec<String>,
}

/// Everything read in one report: what the layers add up to, before linking.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The report itself.
    pub report: Report,
    /// BCP 47 language that the text seems to be in.
    pub language: String,
    /// What was doubtful.
    pub notes: Vec<Note>,
    /// Bodies that no table knows, with the kind guessed from the words of their names.
    pub unlisted: Vec<(String, ActorKind)>,
}

/// The outcome of reading reports together: incidents with accounts, standing claims and commitments.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Brief {
    /// What was read, in order.
    pub readings: Vec<Reading>,
    /// Occurrences in order of time.
    pub incidents: Vec<Incident>,
    /// All claims.
    pub claims: Vec<Claim>,
    /// All commitments.
    pub commitments: Vec<Commitment>,
    /// Set when the reports' dates are used for ordering.
    pub as_of: Option<Date>,
}
