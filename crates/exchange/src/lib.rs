//! Coded incidents in other people's formats: ACLED, UCDP GED, GDELT, PLOVER, GeoJSON, and readings in our own JSON.
//!
//! Pure functions of bytes: nothing here reads files, keeps anything or decides anything. Every format maps to and from
//! one plain record, [`Coded`]. An import gives rows and every fault, an export gives bytes and what the format cannot
//! say. See `docs/exchange.md`.

mod acled;
mod actors;
mod coded;
mod days;
mod fault;
mod gdelt;
mod ged;
mod geojson;
mod json;
mod losses;
mod plover;
mod reading;
mod safe;
mod table;
mod told;
mod transfer;
mod update;

pub use coded::{Coded, CodedClaim, FIELDS};
pub use fault::{Fault, Row};
pub use losses::{Loss, Losses};
pub use reading::Reading;
pub use safe::{escape_formula, shown, unescape_formula};
pub use told::Told;
pub use transfer::{Format, Imported, Source, export, import, import_all};
pub use update::{Changes, Key, update};
