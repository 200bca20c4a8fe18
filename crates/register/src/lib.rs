//! The register: reports with their raw bytes, what the machine made of them, and what people decided about it.
//!
//! What came in and what was decided is append-only, in two hash chains; all else is derived from it and can be derived
//! again, to the same bytes. One set of tables and one set of queries serve SQLite and PostgreSQL. Reading reports is a
//! function that the caller passes in ([`Machine`]); times are arguments, so that nothing here depends on a clock.
//!
//! [`Register`] is all that a caller needs. `docs/register.md` describes what is kept and how to restore it.

mod anchors;
mod brief;
mod check;
mod coded;
mod decide;
mod decision;
mod derive;
mod edits;
mod error;
mod fold;
mod follow;
mod former;
mod hash;
mod linking;
mod marks;
mod news;
mod objects;
mod page;
mod place;
mod query;
mod rebuild;
mod recorded;
mod register;
mod report;
mod rows;
mod store;
mod tokens;
mod upgrade;

pub use check::Checked;
pub use coded::rows;
pub use decision::{
    Act, ClaimGrade, Confidence, Decision, Likelihood, Outcome, Progress, Proposal, Recorded, SourceGrade,
};
pub use derive::Machine;
pub use edits::{CLAIM_FIELDS, COMMITMENT_FIELDS, INCIDENT_FIELDS};
pub use error::{RegisterError, Result};
pub use follow::FollowUp;
pub use former::Former;
pub use marks::{Facets, Lane, Mark, OnDay};
pub use news::{Counts, Newest, Point};
pub use page::{Changed, ClaimPage, CommitmentPage, IncidentPage, Past, ReportLine, ReportPage};
pub use place::without_password;
pub use query::{ActorRow, Filter, List, Page, SourceRow};
pub use rebuild::Rebuilt;
pub use register::{Added, Held, Register};
pub use report::Incoming;
pub use rows::{ClaimRow, CommitmentRow, Edits, IncidentRow, State};

#[cfg(test)]
mod tests;
