//! Who, where, when, how many: actors, places, dates and quantities in a parsed text, resolved against the lexicon.

mod actors;
mod context;
pub mod dates;
mod layer;
mod names;
mod places;
mod quantities;
mod words;

pub use context::{Context, Issuer};
pub use layer::{Entities, find};
pub use places::locate;
pub use quantities::number_word;
pub use words::Words;
