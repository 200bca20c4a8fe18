//! The façade: reports in, one brief out. Everything that a caller needs is `Reader` and the wire format.

pub mod brief;
mod check;
pub mod codes;
mod explain;
pub mod gazetteer;
pub mod intake;
mod language;
mod read;
mod windows;
pub mod wire;

pub use check::check_data;
pub use counterclaim_lexicon::words_of;
pub use counterclaim_text as text;
pub use explain::{Explanation, Trace};
pub use language::Found as Language;
pub use read::{Layers, Reader};
