//! A report: one text by one source, as it came in.

use crate::Span;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// One report. The text is never altered; every span of a reading points into it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Identifier given by the caller, unique among the reports read together.
    pub id: String,
    /// Who published it ("Dawn", "Inter-Services Public Relations").
    pub source: String,
    /// Day of publication; relative dates are resolved against it.
    pub published: Option<Date>,
    /// Headline, may be empty.
    pub title: String,
    /// The body, UTF-8.
    pub text: String,
    /// Where it was found.
    pub url: Option<String>,
    /// BCP 47 language, if the caller knows it.
    pub language: Option<String>,
}

/// Something the reader was unsure about, tied to the words concerned.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Note {
    /// The words concerned.
    pub span: Span,
    /// One sentence for a person.
    pub message: String,
}
