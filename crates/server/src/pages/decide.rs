//! `/decide`: a form with a decision comes in; then the page that it came from, or that of the object.

use crate::call::{Call, go};
use crate::decide;
use crate::error::{DeskError, Result};
use crate::urls::{local, query};
use axum::response::Response;
use counterclaim_register::Act;

/// Keeps the decision.
pub(crate) fn make(call: &Call<'_>) -> Result<Response> {
    let act = decide::of_form(call)?;
    for id in ids(&act) {
        if !"icp".chars().any(|letter| crate::urls::is_id(letter, id)) {
            return Err(DeskError::NotFound);
        }
    }
    let regroups = matches!(act, Act::Merge { .. } | Act::Split { .. } | Act::Undo { .. });
    let outcome = decide::make(call, act, call.given("reason"), decide::seen(call), false)?;
    let (seq, others) = (outcome.seq.to_string(), outcome.newer.len().to_string());
    let mut told = vec![("kept", seq.as_str())];
    if !outcome.newer.is_empty() && !call.given("seen").is_empty() {
        told.push(("others", others.as_str()));
    }
    let (path, anchor) = match local(call.given("back")) {
        // Regrouping may have changed the id.
        back if regroups && back.starts_with("/incidents/") && outcome.object.starts_with('i') => {
            (format!("/incidents/{}", outcome.object), "")
        }
        back => match back.split_once('#') {
            Some((path, anchor)) => (path.to_owned(), anchor),
            None => (back.to_owned(), ""),
        },
    };
    let join = if path.contains('?') { '&' } else { '?' };
    let anchor = if anchor.is_empty() { String::new() } else { format!("#{anchor}") };
    Ok(go(&format!("{path}{join}{}{anchor}", query(told))))
}

/// The objects of a decision that are named by ids.
fn ids(act: &Act) -> Vec<&str> {
    match act {
        Act::Confirm { id }
        | Act::Reject { id }
        | Act::Split { id, .. }
        | Act::Edit { id, .. }
        | Act::GradeClaim { id, .. }
        | Act::Assess { id, .. }
        | Act::Follow { id, .. } => vec![id],
        Act::Claim(c) => vec![&c.about],
        Act::Merge { ids } => ids.iter().map(String::as_str).collect(),
        Act::GradeSource { .. } | Act::Undo { .. } => vec![],
    }
}
