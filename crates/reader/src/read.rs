//! Reading reports together.

use crate::Explanation;
use counterclaim_text::{Brief, Report};

/// Reads reports with the embedded models and tables.
#[derive(Default)]
pub struct Reader {}

impl Reader {
    /// A reader with the embedded models and tables.
    pub fn new() -> Reader {
        Reader {}
    }

    /// Reads the reports together. Reading cannot fail; what is doubtful becomes a note.
    pub fn read(&self, _reports: &[Report]) -> Brief {
        Brief::default()
    }

    /// Explains what was done with one report.
    pub fn explain(&self, _report: &Report) -> Explanation {
        Explanation::default()
    }
}
