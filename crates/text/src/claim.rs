//! Claims and commitments: who says what, and who promised what to whom.

use crate::Span;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$vdoc])* $variant),* }

        impl $name {
            /// Every value.
            pub const ALL: &'static [$name] = &[$($name::$variant),*];

            /// The name on the wire.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text),* }
            }

            /// The value with this wire name.
            pub fn parse(s: &str) -> Option<$name> {
                match s { $($text => Some($name::$variant),)* _ => None }
            }
        }
    };
}

vocabulary! {
    /// How the speaker stands to what is said.
    Stance {
        /// Says that it is so.
        Asserts = "asserts",
        /// Says that it is not so.
        Denies = "denies",
        /// A state owns an act.
        Admits = "admits",
        /// An armed group owns an act.
        ClaimsResponsibility = "claims-responsibility",
        /// Names another as the doer.
        Accuses = "accuses",
        /// Calls it wrong.
        Condemns = "condemns",
        /// Says that what was said is so.
        Confirms = "confirms",
        /// Says that it cannot tell.
        CannotConfirm = "cannot-confirm",
        /// Asks another to act.
        Demands = "demands",
        /// Announces a consequence.
        Warns = "warns",
    }
}

vocabulary! {
    /// What part of an incident a claim is about.
    Aspect {
        /// Whether it happened.
        Occurrence = "occurrence",
        /// Who did it, said of another.
        Perpetrator = "perpetrator",
        /// Who was hit.
        Target = "target",
        /// How many died.
        Killed = "killed",
        /// How many were hurt.
        Injured = "injured",
        /// Where.
        Place = "place",
        /// When.
        Time = "time",
        /// Whether it was lawful.
        Legality = "legality",
        /// Who did it, said of oneself.
        Responsibility = "responsibility",
        /// A question that belongs to no single incident.
        Standing = "standing",
    }
}

/// One claim: a speaker's stance on one aspect of an incident or standing question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// Stable identifier.
    pub id: String,
    /// Canonical actor that speaks.
    pub speaker: String,
    /// Office or person that spoke, empty if not named.
    pub via: String,
    /// How the speaker stands to it.
    pub stance: Stance,
    /// Incident id, or the slug of a standing question.
    pub about: String,
    /// What part it is about.
    pub aspect: Aspect,
    /// What is said of that part.
    pub value: String,
    /// Id of the report.
    pub report: String,
    /// The words.
    pub span: Span,
    /// The rule that found it.
    pub rule: String,
    /// Calibrated share of such claims that are right, 0 to 1.
    pub confidence: f32,
}

impl Claim {
    /// The rule that stands where a person recorded the claim: the number of the decision, and who decided.
    ///
    /// # Example
    /// ```
    /// use counterclaim_text::Claim;
    /// assert_eq!(Claim::recorded(17, "Ana"), "decision/17/Ana");
    /// ```
    pub fn recorded(decision: i64, by: &str) -> String {
        format!("decision/{decision}/{by}")
    }

    /// Who recorded it, if a person did and not the reader.
    pub fn recorded_by(&self) -> Option<&str> {
        self.rule.strip_prefix("decision/")?.split_once('/').map(|(_, by)| by)
    }
}

/// A promise by an actor about its own future conduct.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Commitment {
    /// Stable identifier.
    pub id: String,
    /// Canonical actor that promises.
    pub by: String,
    /// To whom, may be empty.
    pub to: Vec<String>,
    /// What is promised, in the report's words.
    pub what: String,
    /// When it was made, if the text dates it.
    pub made: Option<Date>,
    /// By when it is to be kept, if the text says so.
    pub due: Option<Date>,
    /// Id of the report.
    pub report: String,
    /// The words.
    pub span: Span,
    /// The rule that found it.
    pub rule: String,
}
