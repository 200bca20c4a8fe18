//! Gazetteers of the user's own: packs built from dumps, and the built-in one.

pub use counterclaim_lexicon::gazetteer::import::{Imported, Options, Source, import};
pub use counterclaim_lexicon::{Gazetteer, Pack, PlaceEntry};
use std::io;
use std::path::Path;

/// Opens a pack that `counterclaim gazetteer import` made.
///
/// # Errors
/// If the file cannot be read or is no pack.
///
/// # Example
/// ```
/// assert!(counterclaim_reader::gazetteer::pack("no such file".as_ref()).is_err());
/// ```
pub fn pack(path: &Path) -> io::Result<Pack> {
    Pack::open(path)
}
