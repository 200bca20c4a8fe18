//! Follow-ups of commitments: incidents that may bear on a promise, as proposals for people.

use crate::error::Result;
use crate::rows::{CommitmentRow, IncidentRow};
use crate::store::Db;
use counterclaim_lexicon::Lexicon;
use serde::Serialize;

/// An incident that may bear on a commitment.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FollowUp {
    /// What it would mean if it does: kept, broken or contested.
    pub proposal: String,
    /// Why.
    pub why: String,
    /// What each side says of it: speaker, and its claims in a few words. Kept apart.
    pub views: Vec<(String, String)>,
    /// The incident.
    pub incident: IncidentRow,
}

/// Proposals for a commitment.
pub(crate) fn ups(_db: &mut dyn Db, _lexicon: &Lexicon, _row: &CommitmentRow) -> Result<Vec<FollowUp>> {
    Ok(Vec::new())
}
