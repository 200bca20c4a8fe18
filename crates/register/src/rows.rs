//! What lists and pages show: incidents, claims and commitments with what people decided about them.

use counterclaim_text::{Claim, Commitment, Incident};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Where an object stands with people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// The machine's proposal: nobody has looked at it yet.
    #[default]
    Draft,
    /// A person confirmed it.
    Confirmed,
    /// A person rejected it.
    Rejected,
}

impl State {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            State::Draft => "draft",
            State::Confirmed => "confirmed",
            State::Rejected => "rejected",
        }
    }
}

/// What people changed: field, then what it says now. What the machine had stands beside it.
pub type Edits = BTreeMap<String, String>;

/// An incident as a line of a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct IncidentRow {
    /// Its id.
    pub id: String,
    /// Neutral title.
    pub title: String,
    /// Kind.
    pub kind: String,
    /// First day, empty if unknown.
    pub first: String,
    /// Last day.
    pub last: String,
    /// Places, most specific names.
    pub places: Vec<String>,
    /// Who is said by any account to have done it.
    pub perpetrators: Vec<String>,
    /// Who was hit or aimed at.
    pub targets: Vec<String>,
    /// Lowest and highest number of dead over all accounts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub killed: Option<(u64, u64)>,
    /// Lowest and highest number of wounded over all accounts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub injured: Option<(u64, u64)>,
    /// How well known it is who did it.
    pub status: String,
    /// Aspects on which speakers contradict each other.
    pub disputed: Vec<String>,
    /// How many reports tell of it.
    pub reports: usize,
    /// How many independent texts these are: a copy of agency text is no second origin.
    pub origins: usize,
    /// Where it stands with people.
    pub state: State,
    /// Fields that a person changed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub edited: Vec<String>,
}

/// A claim as a line of a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClaimRow {
    /// Its id.
    pub id: String,
    /// Day of its report, empty if unknown.
    pub day: String,
    /// Who speaks.
    pub speaker: String,
    /// Office or person.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub via: String,
    /// How the speaker stands to it.
    pub stance: String,
    /// Incident, or slug of a standing question.
    pub about: String,
    /// What part it is about.
    pub aspect: String,
    /// What is said.
    pub value: String,
    /// The words.
    pub quote: String,
    /// The report, and who published it.
    pub report: String,
    /// Source of the report.
    pub source: String,
    /// First byte of the words.
    pub start: u32,
    /// One past their last byte.
    pub end: u32,
    /// Admiralty grade of the claim, 1 to 6, if a person gave one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grade: Option<String>,
    /// Who recorded it, if a person did; empty if the machine found it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub recorded_by: String,
    /// Where it stands with people. What a person recorded is no draft.
    pub state: State,
    /// Fields that a person changed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub edited: Vec<String>,
}

/// A commitment as a line of a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CommitmentRow {
    /// Its id.
    pub id: String,
    /// Who promises.
    pub by: String,
    /// To whom.
    pub to: Vec<String>,
    /// What.
    pub what: String,
    /// When it was made, or the day of the report.
    pub made: String,
    /// By when it is to be kept, if the text says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<String>,
    /// What has become of it, if a person said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub progress: Option<String>,
    /// The words.
    pub quote: String,
    /// The report.
    pub report: String,
    /// Source of the report.
    pub source: String,
    /// First byte of the words.
    pub start: u32,
    /// One past their last byte.
    pub end: u32,
    /// Where it stands with people.
    pub state: State,
    /// Fields that a person changed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub edited: Vec<String>,
}

/// What is stored of an incident: what the machine made of it, and what it made it of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct StoredIncident {
    /// As the machine has it.
    pub machine: Incident,
    /// As it reads with the claims that people recorded; `None` if they recorded none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub with_recorded: Option<Incident>,
    /// Sightings in their fixed order; the first gives the id.
    pub sightings: Vec<String>,
    /// How many independent texts tell of it.
    pub origins: usize,
}

impl StoredIncident {
    /// The incident to which edits are made.
    pub(crate) fn told(&self) -> &Incident {
        self.with_recorded.as_ref().unwrap_or(&self.machine)
    }
}

/// What is stored of a claim.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct StoredClaim {
    /// As the machine has it, or as a person recorded it.
    pub machine: Claim,
}

/// What is stored of a commitment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct StoredCommitment {
    /// As the machine has it.
    pub machine: Commitment,
}
