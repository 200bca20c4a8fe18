//! Events in other people's vocabularies: PLOVER JSON Lines, CAMEO triples, ACLED-like CSV.
//!
//! PLOVER and CAMEO come from the acts of each report by itself ([`crate::Reader::acts`]); ACLED rows from the
//! incidents of all reports together, as ACLED codes occurrences. What a standard has no code for is left out.

mod acled;
mod cameo;
mod plover;
mod ucdp;

pub use acled::acled;
pub use cameo::cameo;
pub use plover::plover;
pub use ucdp::ucdp;

use counterclaim_coding::Act;
use counterclaim_text::Report;
use jiff::civil::Date;

/// The day of an act: what the text says, else the day of publication.
fn day(report: &Report, act: &Act) -> Option<Date> {
    act.when.map(|w| w.start).or(report.published)
}
