//! How events are told: polarity, modality and tolls.

use crate::Span;

/// Whether the clause affirms or negates the event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Polarity {
    /// It is said to have happened.
    Affirmed,
    /// It is said not to have happened.
    Negated,
}

/// How the clause presents the event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Modality {
    /// Told as a fact or as said by a speaker.
    Actual,
    /// "will", "is to", "plans to".
    Future,
    /// "may", "could", "might".
    Possible,
    /// "if", "were they to", "would".
    Conditional,
    /// "should", "must", "ought to", demands and recommendations.
    Normative,
    /// A question.
    Interrogative,
    /// "Attacks have risen": no occasion.
    Generic,
}

impl Modality {
    /// The name shown to people.
    pub fn as_str(self) -> &'static str {
        match self {
            Modality::Actual => "actual",
            Modality::Future => "future",
            Modality::Possible => "possible",
            Modality::Conditional => "conditional",
            Modality::Normative => "normative",
            Modality::Interrogative => "interrogative",
            Modality::Generic => "generic",
        }
    }
}

/// What a toll counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TollKind {
    /// Dead.
    Killed,
    /// Wounded.
    Injured,
}

impl TollKind {
    /// The name on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            TollKind::Killed => "killed",
            TollKind::Injured => "injured",
        }
    }
}

/// A count of people hurt, as one clause gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Toll {
    /// Dead or wounded.
    pub what: TollKind,
    /// Lowest value meant.
    pub low: u64,
    /// Highest value meant.
    pub high: u64,
    /// Canonical name of who was hurt; empty if not said.
    pub who: String,
    /// The words that give the count.
    pub span: Span,
    /// The speaker who gives it; empty for the report's own voice.
    pub speaker: String,
    /// A count of part of the dead (one family): a claim, but no total.
    pub partial: bool,
}
