//! The façade: reports in, one brief out. Everything that a caller needs is `Reader` and the wire format.

pub mod brief;
mod explain;
pub mod intake;
mod read;
pub mod wire;

pub use counterclaim_text as text;
pub use explain::{Explanation, Trace};
pub use read::Reader;
