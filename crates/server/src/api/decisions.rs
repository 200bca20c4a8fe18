//! Decisions: those that were made, and keeping new ones under the name of the key's or the session's person.

use super::types::{Decision, Kept, NewDecision, Paged};
use crate::call::{Call, json};
use crate::decide;
use crate::error::{DeskError, Result};
use axum::http::StatusCode;
use axum::response::Response;
use counterclaim_register::{Act, Recorded};

/// Decisions, newest first.
pub(crate) fn list(call: &Call<'_>) -> Result<Response> {
    let page = call.page(50, 500)?;
    let before = page.after.and_then(|a| a.parse().ok()).unwrap_or(i64::MAX);
    let found = call.desk.read(|r| r.decisions_before(before, None, page.limit))?;
    let next = found.last().filter(|d| d.seq > 1 && found.len() == page.limit).map(|d| d.seq.to_string());
    json(&Paged { rows: found.into_iter().map(Decision::from).collect(), next })
}

/// Keeps one.
pub(crate) fn make(call: &Call<'_>) -> Result<Response> {
    let new: NewDecision =
        serde_json::from_slice(&call.body).map_err(|e| DeskError::Bad(format!("no decision: {e}")))?;
    let (reason, seen, if_unchanged) = (new.reason.clone(), new.seen, new.if_unchanged);
    let outcome = decide::make(call, act(call, new)?, &reason, seen, if_unchanged)?;
    let kept = Kept {
        seq: outcome.seq,
        object: outcome.object,
        newer: outcome.newer.into_iter().map(Decision::from).collect(),
    };
    let mut out = json(&kept)?;
    *out.status_mut() = StatusCode::CREATED;
    Ok(out)
}

fn act(call: &Call<'_>, new: NewDecision) -> Result<Act> {
    let bad = DeskError::Bad;
    let NewDecision { id, ids, .. } = new;
    Ok(match new.action.as_str() {
        "confirm" => Act::Confirm { id },
        "reject" => Act::Reject { id },
        "merge" => Act::Merge { ids },
        "split" => Act::Split { id, out: ids },
        "edit" => Act::Edit { id, field: new.field, value: new.value },
        "grade-source" => Act::GradeSource { source: new.source, grade: new.grade.parse().map_err(bad)? },
        "grade-claim" => Act::GradeClaim { id, grade: new.grade.parse().map_err(bad)? },
        "assess" => Act::Assess {
            id,
            who: new.who,
            likelihood: new.likelihood.parse().map_err(bad)?,
            confidence: new.confidence.parse().map_err(bad)?,
            basis: new.basis,
        },
        "claim" => {
            let (start, end) = match (new.start, new.end) {
                (Some(start), Some(end)) => (start, end),
                (None, None) => {
                    let found = call.desk.read(|r| r.find_words(&new.report, &new.quote))?;
                    (found.start, found.end)
                }
                _ => return Err(bad("start and end stand together, or neither: then quote is looked for".into())),
            };
            // Words that were looked for may stand there with other blanks.
            let quote = if new.start.is_some() { new.quote } else { String::new() };
            let (speaker, via, value) = (new.speaker, new.via, new.value);
            let (stance, aspect) = (decide::stance(&new.stance)?, decide::aspect(&new.aspect)?);
            let (about, report) = (id, new.report);
            Act::Claim(Recorded { about, report, start, end, quote, speaker, via, stance, aspect, value })
        }
        "follow" => Act::Follow { id, progress: new.progress.parse().map_err(bad)? },
        "undo" => Act::Undo { seq: new.seq },
        _ => {
            return Err(bad(
                "action is confirm, reject, merge, split, edit, grade-source, grade-claim, assess, claim, follow or undo"
                    .into(),
            ));
        }
    })
}
