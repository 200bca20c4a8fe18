//! Near-copies among reports: agency text reprinted with small edits is one origin, however often it is printed.
//!
//! A text becomes the set of its runs of [`RUN`] words, without what stands in quotation marks: two reporters at one press
//! conference share its quotations and are still two. From the set comes a [`Signature`] of bounded size, from that the
//! keys of an index: texts that share no key need not be compared. [`origins`] groups what was compared.
//!
//! Pure functions without dependencies, fixed seeds, the same bytes on every machine.

mod compare;
mod origins;
mod signature;
mod words;

pub use compare::{Likeness, likeness};
pub use origins::{Group, Item, independent, origins};
pub use signature::{BANDS, HASHES, MOST, ROWS, Signature, estimated_jaccard, keys, signature};
pub use words::{RUN, Runs, containment, runs};
