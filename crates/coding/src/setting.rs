//! When and where an event happened: what hangs on it in its sentence, and what it takes over from around it.

mod border;
mod fill;
mod hangs;
mod near;
mod offset;

pub(crate) use border::{Event, border};
pub(crate) use fill::{dateline, fill};
pub use hangs::{holds, places, when};
