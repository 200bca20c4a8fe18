//! The coding of one report: the handful of calls from trees to events, claims and commitments, and what was dropped.

use crate::claims::{self, ClaimDraft};
use crate::commitments;
use crate::events::{self, EventDraft};
use crate::matching::Bits;
use crate::speech::{self, Speeches};
use crate::structure;
use crate::tolls;
use crate::tree::Tree;
use crate::who::Resolver;
use counterclaim_entities::Entities;
use counterclaim_lexicon::Lexicon;
use counterclaim_text::{Commitment, Report, Span, Syntax};

/// A role that a rule bound: its name, the words, what they mean.
pub type Bound = (String, Span, String);

/// A rule that fired.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fired {
    /// Trigger token.
    pub trigger: u32,
    /// The rule.
    pub rule: String,
    /// What it bound.
    pub bound: Vec<Bound>,
    /// Why the candidate was dropped, if it was.
    pub dropped: Option<Dropped>,
}

/// Why a candidate was dropped, for people.
pub type Dropped = String;

/// Everything coded in one report.
#[derive(Clone, Debug, Default)]
pub struct Coded {
    /// Event mentions that tell of something as a fact, and definite mentions of earlier ones.
    pub events: Vec<EventDraft>,
    /// Statements.
    pub speeches: Speeches,
    /// Claims that wait for their incident.
    pub claims: Vec<ClaimDraft>,
    /// Commitments.
    pub commitments: Vec<Commitment>,
    /// Every rule that fired, also for dropped candidates.
    pub fired: Vec<Fired>,
}

/// Codes one parsed report.
pub fn code(report: &Report, syntax: &Syntax, entities: &Entities, lexicon: &Lexicon) -> Coded {
    if syntax.tokens.is_empty() {
        return Coded::default();
    }
    let tree = Tree::new(&report.text, syntax);
    let who = Resolver::new(&tree, entities, lexicon);
    let build = structure::read(&tree);
    let speeches = speech::find(&tree, &who, lexicon);
    let tolls = tolls::find(&tree, &who);
    let bits = Bits::new(&tree, &who, lexicon);
    let (events, fired) = events::find(&tree, &who, lexicon, &build, &speeches, tolls, &bits, report);
    let claims = claims::find(&tree, &who, lexicon, &build, &speeches, &events, &bits);
    let commitments = commitments::find(&tree, &who, lexicon, &build, &speeches, report);
    Coded { events, speeches, claims, commitments, fired }
}
