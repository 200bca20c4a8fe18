//! When and where an event happened: what hangs on it in its sentence, and what it takes over from around it.

mod fill;
mod hangs;

pub(crate) use fill::{dateline, fill};
pub use hangs::{holds, places, when};
