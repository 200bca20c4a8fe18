//! From the codings of several reports to incidents: linking, accounts, tolls, disputes, status, claims in their place.

mod accounts;
mod assemble;
mod confidence;
mod link;
mod title;
mod totals;
mod undated;

pub use assemble::{Part, brief};
pub use confidence::SIGNS;
pub use title::month;
pub use totals::{Counted, Total, range, totals};
