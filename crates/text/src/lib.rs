//! The nouns of Counterclaim: reports, spans, the layers of a reading, events, claims, commitments and
//! incidents. No algorithms and no input or output live here; every other crate speaks in these words.

mod claim;
mod event;
mod incident;
mod marks;
mod mention;
mod report;
mod span;
mod syntax;

pub use claim::{Aspect, Claim, Commitment, Stance};
pub use event::{Modality, Polarity, Scope, Toll, TollKind};
pub use incident::{Account, Brief, Evidence, Incident, Place, Pointer, Precision, Reading, Status, When};
pub use marks::{Name, NameClass, SpeechMark, SpeechPart};
pub use mention::{ActorKind, ActorMention, DateMention, DateValue, Level, PlaceMention, PlaceRef, Quantity};
pub use report::{Note, Report};
pub use span::Span;
pub use syntax::{Rel, Sentence, Syntax, Token, Upos, Xpos};
