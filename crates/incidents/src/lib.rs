//! From the codings of several reports to incidents: linking, accounts, tolls, disputes, status, claims in their place.

mod accounts;
mod alike;
mod assemble;
mod cluster;
mod confidence;
mod link;
mod pointers;
mod sighting;
mod title;
mod totals;
mod undated;

pub use alike::{Feature, Link, compare, features};
pub use assemble::{Part, Said, assemble, assemble_with, brief, identifier};
pub use cluster::{Decided, cluster, keys, lookups, rank};
pub use confidence::SIGNS;
pub use sighting::{Sighting, sightings};
pub use title::month;
pub use totals::{Counted, Total, range, totals};
