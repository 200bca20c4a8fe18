//! The coding of one report: the handful of calls from trees to events, claims and commitments, and what was dropped.

use crate::claims::{self, ClaimDraft};
use crate::commitments;
use crate::events::{self, EventDraft};
use crate::implied;
use crate::matching::Bits;
use crate::speech::{self, Speeches};
use crate::structure;
use crate::tolls;
use crate::tree::Tree;
use crate::who::Resolver;
use counterclaim_entities::Entities;
use counterclaim_lexicon::Lexicon;
use counterclaim_text::{Commitment, Report, Span, Syntax};
use serde::{Deserialize, Serialize};

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
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
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
    #[serde(skip)]
    pub fired: Vec<Fired>,
}

impl Coded {
    /// Adds the coding of a later part of the text, whose tokens start at `tokens` and whose sentences at `sentences`.
    pub fn append(&mut self, other: Coded, tokens: u32, sentences: u32) {
        let (events, speeches) = (self.events.len(), self.speeches.all.len() as u32);
        let paragraphs = self.events.iter().map(|e| e.paragraph + 2).max().unwrap_or(0);
        self.events.extend(other.events.into_iter().map(|mut e| {
            e.trigger += tokens;
            e.verb += tokens;
            e.same_as = e.same_as.map(|t| t + tokens);
            e.sentence += sentences;
            e.paragraph += paragraphs;
            e.speech = e.speech.map(|s| s + speeches);
            e
        }));
        self.speeches.all.extend(other.speeches.all.into_iter().map(|mut s| {
            s.cue += tokens as usize;
            s.content = s.content.map(|c| c + tokens as usize);
            s.tokens = (s.tokens.0 + tokens as usize, s.tokens.1 + tokens as usize);
            s
        }));
        self.speeches.of.extend(other.speeches.of.into_iter().map(|s| s.map(|s| s + speeches)));
        self.claims.extend(other.claims.into_iter().map(|mut c| {
            c.event = c.event.map(|e| e + events);
            c.sentence += sentences;
            c
        }));
        self.commitments.extend(other.commitments);
        self.fired.extend(other.fired.into_iter().map(|mut f| {
            f.trigger += tokens;
            f
        }));
    }
}

/// Codes one parsed report.
pub fn code(report: &Report, syntax: &Syntax, entities: &Entities, lexicon: &Lexicon) -> Coded {
    if syntax.tokens.is_empty() {
        return Coded::default();
    }
    let tree = Tree::new(&report.text, syntax, &lexicon.forms);
    let who = Resolver::new(&tree, entities, lexicon);
    let build = structure::read(&tree);
    let speeches = speech::find(&tree, &who, lexicon);
    let tolls = tolls::find(&tree, &who);
    let bits = Bits::new(&tree, &who, lexicon);
    let (mut events, fired) = events::find(&tree, &who, lexicon, &build, &speeches, tolls, &bits, report);
    implied::doers(&tree, lexicon, &speeches, &mut events);
    implied::denied_tolls(&tree, &speeches, &mut events);
    let claims = claims::find(&tree, &who, lexicon, &build, &speeches, &events);
    let commitments = commitments::find(&tree, &who, lexicon, &build, &speeches, report);
    Coded { events, speeches, claims, commitments, fired }
}

/// Who says what in a report whose events are known: statements, claims and promises once more, with the trees and
/// names that they need. For measuring how much of [`code`] they take.
pub fn said(
    report: &Report,
    syntax: &Syntax,
    entities: &Entities,
    lexicon: &Lexicon,
    events: &[EventDraft],
) -> (Speeches, Vec<ClaimDraft>, Vec<Commitment>) {
    if syntax.tokens.is_empty() {
        return Default::default();
    }
    let tree = Tree::new(&report.text, syntax, &lexicon.forms);
    let who = Resolver::new(&tree, entities, lexicon);
    let build = structure::read(&tree);
    let speeches = speech::find(&tree, &who, lexicon);
    let claims = claims::find(&tree, &who, lexicon, &build, &speeches, events);
    let commitments = commitments::find(&tree, &who, lexicon, &build, &speeches, report);
    (speeches, claims, commitments)
}
