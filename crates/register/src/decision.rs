//! Decisions of people: what they are, who made them, and what they rest on.

use crate::error::{RegisterError, Result};
use counterclaim_text::{Aspect, Stance};
use serde::{Deserialize, Serialize};

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $text)] $variant),* }

        impl $name {
            /// Every value.
            pub const ALL: &'static [$name] = &[$($name::$variant),*];

            /// The words for it.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text),* }
            }
        }

        impl std::str::FromStr for $name {
            type Err = String;

            fn from_str(words: &str) -> std::result::Result<$name, String> {
                let plain = words.trim().to_lowercase().replace(['-', '_'], " ");
                let found = $name::ALL.iter().find(|v| v.as_str().to_lowercase().replace('-', " ") == plain);
                found.copied().ok_or_else(|| {
                    let all: Vec<&str> = $name::ALL.iter().map(|v| v.as_str()).collect();
                    format!("\"{words}\" is none of: {}", all.join(", "))
                })
            }
        }
    };
}

words! {
    /// How likely, in the words of ICD 203 (with the shares that it gives them).
    Likelihood {
        /// 1 to 5 %.
        AlmostNoChance = "almost no chance",
        /// 5 to 20 %.
        VeryUnlikely = "very unlikely",
        /// 20 to 45 %.
        Unlikely = "unlikely",
        /// 45 to 55 %.
        RoughlyEven = "roughly even chance",
        /// 55 to 80 %.
        Likely = "likely",
        /// 80 to 95 %.
        VeryLikely = "very likely",
        /// 95 to 99 %.
        AlmostCertain = "almost certain",
    }
}

words! {
    /// How well founded a judgement is (ICD 203), apart from how likely it says something is.
    Confidence {
        /// Scant, fragmented or doubtful information.
        Low = "low",
        /// Credible and plausible, not enough for more.
        Moderate = "moderate",
        /// Good information from several sources, or a judgement that the matter itself supports.
        High = "high",
    }
}

words! {
    /// How reliable a source is, by the Admiralty code.
    SourceGrade {
        /// Completely reliable.
        A = "A",
        /// Usually reliable.
        B = "B",
        /// Fairly reliable.
        C = "C",
        /// Not usually reliable.
        D = "D",
        /// Unreliable.
        E = "E",
        /// Cannot be judged.
        F = "F",
    }
}

words! {
    /// How credible a claim is, by the Admiralty code.
    ClaimGrade {
        /// Confirmed by other sources.
        Confirmed = "1",
        /// Probably true.
        ProbablyTrue = "2",
        /// Possibly true.
        PossiblyTrue = "3",
        /// Doubtful.
        Doubtful = "4",
        /// Improbable.
        Improbable = "5",
        /// Cannot be judged.
        CannotBeJudged = "6",
    }
}

words! {
    /// What has become of a commitment.
    Progress {
        /// Done as promised.
        Kept = "kept",
        /// The opposite was done.
        Broken = "broken",
        /// The sides' views differ.
        Contested = "contested",
        /// Not known yet.
        Pending = "pending",
    }
}

/// What a person decides. Objects are named by their ids: `i…` incidents, `c…` claims, `p…` commitments.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Act {
    /// It is right as it stands.
    Confirm {
        /// An incident, claim or commitment.
        id: String,
    },
    /// It is no incident, claim or commitment, or not worth keeping in lists.
    Reject {
        /// An incident, claim or commitment.
        id: String,
    },
    /// These incidents are one occurrence.
    Merge {
        /// Two incidents or more.
        ids: Vec<String>,
    },
    /// What these reports tell is another occurrence than the rest of the incident.
    Split {
        /// The incident.
        id: String,
        /// Ids of reports, or of single sightings (`report#token`).
        out: Vec<String>,
    },
    /// A field should read otherwise.
    Edit {
        /// An incident, claim or commitment.
        id: String,
        /// The field.
        field: String,
        /// What it should say.
        value: String,
    },
    /// How reliable a source is.
    GradeSource {
        /// Its name.
        source: String,
        /// The grade.
        grade: SourceGrade,
    },
    /// How credible a claim is.
    GradeClaim {
        /// The claim.
        id: String,
        /// The grade.
        grade: ClaimGrade,
    },
    /// Who did it, in this author's judgement.
    Assess {
        /// The incident.
        id: String,
        /// Who.
        who: String,
        /// How likely.
        likelihood: Likelihood,
        /// How well founded the judgement is.
        confidence: Confidence,
        /// What it rests on.
        basis: String,
    },
    /// Somebody says this, in words that the machine did not take for a claim.
    Claim(Recorded),
    /// What has become of a commitment.
    Follow {
        /// The commitment.
        id: String,
        /// Kept, broken, contested or pending.
        progress: Progress,
    },
    /// An earlier decision no longer holds.
    Undo {
        /// Its number.
        seq: i64,
    },
}

/// A claim that a person records: who says what about an incident, and in which words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Recorded {
    /// The incident.
    pub about: String,
    /// The report that holds the words.
    pub report: String,
    /// First byte of the words in the report's UTF-8 text.
    pub start: u32,
    /// One past their last byte.
    pub end: u32,
    /// The words, as they stand there. Empty in a proposal: the register takes them from the report.
    pub quote: String,
    /// Who speaks: an actor.
    pub speaker: String,
    /// Office or person through whom it speaks; empty if nobody is named.
    pub via: String,
    /// How the speaker stands to it.
    #[serde(with = "stance")]
    pub stance: Stance,
    /// What part of the incident it is about.
    #[serde(with = "aspect")]
    pub aspect: Aspect,
    /// What is said of that part; of counts 7 or 7..9.
    pub value: String,
}

/// Words of a vocabulary are kept as they stand on the wire.
macro_rules! on_the_wire {
    ($module:ident, $name:ident) => {
        mod $module {
            use counterclaim_text::$name;
            use serde::{Deserialize, Deserializer, Serializer, de::Error};

            pub(super) fn serialize<S: Serializer>(value: &$name, out: S) -> Result<S::Ok, S::Error> {
                out.serialize_str(value.as_str())
            }

            pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<$name, D::Error> {
                let word = String::deserialize(from)?;
                $name::parse(&word).ok_or_else(|| D::Error::custom(format!("\"{word}\" is not known")))
            }
        }
    };
}
on_the_wire!(stance, Stance);
on_the_wire!(aspect, Aspect);

impl Act {
    /// The name of the act.
    pub fn name(&self) -> &'static str {
        match self {
            Act::Confirm { .. } => "confirm",
            Act::Reject { .. } => "reject",
            Act::Merge { .. } => "merge",
            Act::Split { .. } => "split",
            Act::Edit { .. } => "edit",
            Act::GradeSource { .. } => "grade-source",
            Act::GradeClaim { .. } => "grade-claim",
            Act::Assess { .. } => "assess",
            Act::Claim(_) => "claim",
            Act::Follow { .. } => "follow",
            Act::Undo { .. } => "undo",
        }
    }

    /// What was decided, for a person: without the object.
    pub fn said(&self) -> String {
        match self {
            Act::Confirm { .. } => "confirmed".into(),
            Act::Reject { .. } => "rejected".into(),
            Act::Merge { ids } => format!("one occurrence: {}", ids.join(", ")),
            Act::Split { out, .. } => format!("another occurrence: {}", out.join(", ")),
            Act::Edit { field, value, .. } => format!("{field} should be \"{value}\""),
            Act::GradeSource { source, grade } => format!("source \"{source}\" graded {}", grade.as_str()),
            Act::GradeClaim { grade, .. } => format!("graded {}", grade.as_str()),
            Act::Assess { who, likelihood, confidence, basis, .. } => {
                let (l, c) = (likelihood.as_str(), confidence.as_str());
                format!("{who} did it: {l}; confidence {c}: {basis}")
            }
            Act::Claim(c) => {
                let (stance, aspect) = (c.stance.as_str(), c.aspect.as_str());
                let value = if c.value.is_empty() { String::new() } else { format!(": {}", c.value) };
                format!("recorded that {} {stance} {aspect}{value}, in the words “{}”", c.speaker, c.quote)
            }
            Act::Follow { progress, .. } => progress.as_str().into(),
            Act::Undo { seq } => format!("decision {seq} no longer holds"),
        }
    }
}

/// A decision that someone is about to make.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// What is decided.
    pub act: Act,
    /// Who decides: a person's name.
    pub author: String,
    /// Why.
    pub reason: String,
    /// When, as the caller says (RFC 3339).
    pub made: String,
    /// The last decision on the object that the author saw; 0 for none, `None` if the author did not look.
    pub seen: Option<i64>,
    /// Refuse if there is a newer one than the author saw.
    pub if_unchanged: bool,
}

/// A decision as it is kept.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Decision {
    /// Its number: 1, 2, 3, without gaps.
    pub seq: i64,
    /// When it was made.
    pub made: String,
    /// Who made it.
    pub author: String,
    /// The object, as it was called then.
    pub object: String,
    /// What was decided.
    pub act: Act,
    /// Why.
    pub reason: String,
    /// The last decision on the object that its author saw; -1 if the author did not say.
    pub seen: i64,
    /// What the machine had, for decisions that differ from it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub machine: Option<String>,
    /// True if a later decision undid it.
    pub undone: bool,
    /// SHA-256 of this row and the one before.
    pub hash: String,
}

/// What stands in a row's body: the act, what it is tied to, and what the machine had.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Body {
    /// The act.
    pub act: Act,
    /// What it is tied to, whatever becomes of ids: sightings, words of reports, names of sources.
    pub anchors: Vec<String>,
    /// Of a split, the sightings that stay; of a merge, the others; else those that stand in for the anchor when it is gone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rest: Vec<String>,
    /// Kind of the incident, to find its successor in a corrected version of a report.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub kind: String,
    /// What the machine had.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub machine: Option<String>,
}

/// What became of a proposal.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The number of the decision.
    pub seq: i64,
    /// The object, as it is called now.
    pub object: String,
    /// Decisions on the object that its author had not seen: kept, and shown to the author.
    pub newer: Vec<Decision>,
}

/// Checks what can be checked without the register.
pub(crate) fn sound(p: &Proposal) -> Result<()> {
    let refuse = |m: &str| Err(RegisterError::Refused(m.to_owned()));
    if p.author.trim().is_empty() {
        return refuse("a decision needs the name of the person who makes it");
    }
    if p.reason.trim().is_empty() {
        return refuse("a decision needs a reason");
    }
    match &p.act {
        Act::Merge { ids } if ids.len() < 2 => refuse("merging needs two incidents or more"),
        Act::Split { out, .. } if out.is_empty() => refuse("splitting needs the reports that tell of something else"),
        Act::Assess { who, basis, .. } if who.trim().is_empty() || basis.trim().is_empty() => {
            refuse("an assessment names who did it, and what that judgement rests on")
        }
        Act::GradeSource { source, .. } if source.trim().is_empty() => refuse("name the source"),
        Act::Claim(c) if c.speaker.trim().is_empty() => refuse("a claim needs a speaker: the actor that says it"),
        Act::Claim(c) => match [("speaker", &c.speaker, 200), ("via", &c.via, 200), ("value", &c.value, 1000)]
            .into_iter()
            .find(|(_, words, most)| words.chars().count() > *most)
        {
            Some((field, _, most)) => refuse(&format!("{field} has {most} characters at most")),
            None => Ok(()),
        },
        _ => Ok(()),
    }
}
