//! From trees and entities to events, statements, claims and commitments of one report.

pub mod attribution;
mod claims;
mod coded;
mod commitments;
mod coreference;
mod events;
mod frame;
mod implied;
mod labels;
mod marked;
mod matching;
mod mend;
mod modality;
mod plover;
mod setting;
mod speaker;
mod speech;
mod standing;
mod states;
mod structure;
mod tolls;
mod tree;
mod who;

pub use claims::ClaimDraft;
pub use coded::{Bound, Coded, Dropped, Fired, code, said};
pub use events::{EventDraft, Words};
pub use mend::mend;
pub use plover::{Act, BUCKETS, Features, Party, Scorer, acts, features, softmax};
pub use setting::holds as place_holds;
pub use speech::{Speech, Speeches};
pub use tolls::{LONE as LONE_TOLL, ONLY as ONLY_TOLL};
pub use tree::Tree;
pub use who::Who;
