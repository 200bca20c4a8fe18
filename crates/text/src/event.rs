//! How events are told: polarity, modality and tolls.

use crate::Span;
use serde::{Deserialize, Serialize};

/// Whether the clause affirms or negates the event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Polarity {
    /// It is said to have happened.
    Affirmed,
    /// It is said not to have happened.
    Negated,
}

/// How the clause presents the event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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

/// What a toll counts (the desk guide, tolls).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum TollKind {
    /// Dead.
    Killed,
    /// Wounded.
    Injured,
    /// Not found.
    Missing,
    /// Taken prisoner or hostage.
    Captured,
    /// Driven from home.
    Displaced,
}

impl TollKind {
    /// The name on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            TollKind::Killed => "killed",
            TollKind::Injured => "injured",
            TollKind::Missing => "missing",
            TollKind::Captured => "captured",
            TollKind::Displaced => "displaced",
        }
    }

    /// The kind with this name.
    ///
    /// # Example
    /// ```
    /// use counterclaim_text::TollKind;
    /// assert_eq!(TollKind::parse("missing"), Some(TollKind::Missing));
    /// assert_eq!(TollKind::parse("tired"), None);
    /// ```
    pub fn parse(name: &str) -> Option<TollKind> {
        use TollKind::{Captured, Displaced, Injured, Killed, Missing};
        [Killed, Injured, Missing, Captured, Displaced].into_iter().find(|k| k.as_str() == name)
    }
}

/// How a count stands to the other counts of the same account.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Scope {
    /// Everybody of whatever sort: "14 people", "eight dead".
    #[default]
    Whole,
    /// One sort of people: "five soldiers". Counts of several sorts add up.
    Group,
    /// People on top of those counted before: "three others", "another two".
    Added,
    /// Wounded who died: they move from the injured to the killed.
    Moved,
    /// Part of people counted elsewhere: one family.
    Part,
    /// A total that replaces an earlier one: "the toll rose to 19".
    Revised,
}

/// A count of people hurt, as one clause gives it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Toll {
    /// Dead, wounded, missing, captured or displaced.
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
    /// How it stands to the other counts of the same account.
    pub scope: Scope,
}

impl Toll {
    /// True for a count of part of the people (one family): a claim, but no total.
    pub fn partial(&self) -> bool {
        self.scope == Scope::Part
    }
}
