//! What the reader did with each sentence: the tree, the rules that fired, what they bound, why a candidate was dropped.

use counterclaim_text::{Span, Syntax};

/// One rule that fired on one trigger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace {
    /// Index of the trigger token.
    pub trigger: u32,
    /// The rule ("events/air-strike/aircraft-strikes").
    pub rule: String,
    /// What it bound: role, the words, what they resolved to.
    pub bound: Vec<(String, Span, String)>,
    /// Why the candidate was dropped ("modality: normative"); `None` if it was kept.
    pub dropped: Option<String>,
}

/// The explanation of one report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Explanation {
    /// Why the report was not read, or what is odd about its language.
    pub note: Option<String>,
    /// Sentences, tokens and trees of the text.
    pub syntax: Syntax,
    /// Traces in text order of their triggers.
    pub traces: Vec<Trace>,
}
