//! Follow-ups of commitments: incidents that may bear on a promise. They are proposals: only a person says what became of it.

use crate::error::Result;
use crate::query::{self, Filter, Page};
use crate::rows::{ClaimRow, CommitmentRow, IncidentRow};
use crate::store::{Db, args, decode, texts};
use counterclaim_lexicon::Lexicon;
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeMap;

/// An incident that may bear on a commitment.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FollowUp {
    /// What it would mean if it does: kept, broken or contested. Without any, a commitment is pending.
    pub proposal: String,
    /// Why.
    pub why: String,
    /// What each side says of it: speaker, and its claims in a few words. Kept apart.
    pub views: Vec<(String, String)>,
    /// The incident.
    pub incident: IncidentRow,
}

/// Days after which an incident is no longer thought of, where no deadline is given.
const REACH: i32 = 180;
/// Days after a deadline.
const GRACE: i32 = 30;
/// Proposals at most.
const MOST: usize = 20;
/// Incidents of one kind that are looked at, the newest.
const LOOKED_AT: usize = 500;

/// Proposals for a commitment, oldest first: what its maker did after it was made, of kinds that keep or break such a
/// promise (`data/commitments/follow-ups.tsv`).
pub(crate) fn ups(db: &mut dyn Db, lexicon: &Lexicon, c: &CommitmentRow) -> Result<Vec<FollowUp>> {
    let Ok(made) = c.made.parse::<Date>() else { return Ok(Vec::new()) };
    let due = c.due.as_ref().and_then(|d| d.parse::<Date>().ok());
    let until = due.map_or(made.saturating_add(REACH.days()), |d| d.saturating_add(GRACE.days()));
    let mut kinds: BTreeMap<&str, bool> = BTreeMap::new();
    for rule in lexicon.follow_ups.of(&c.what) {
        kinds.extend(rule.broken.iter().map(|k| (k.as_str(), false)));
        kinds.extend(rule.kept.iter().map(|k| (k.as_str(), true)));
    }
    let mut out = Vec::new();
    for (kind, keeps) in kinds {
        let filter = Filter { from: Some(made), to: Some(until), kind: kind.into(), ..Filter::default() };
        let rows = query::list::<IncidentRow>(db, "incident", &filter, &Page { limit: LOOKED_AT, after: None })?.rows;
        for incident in rows {
            if bears(c, &incident, keeps) {
                out.push(follow_up(db, c, incident, keeps)?);
            }
        }
    }
    out.sort_by(|a, b| (&a.incident.first, &a.incident.id).cmp(&(&b.incident.first, &b.incident.id)));
    out.truncate(MOST);
    Ok(out)
}

/// The maker did it after it promised, or nobody is named and it happened where the promise says; what breaks a promise to
/// somebody was done to that somebody.
fn bears(c: &CommitmentRow, i: &IncidentRow, keeps: bool) -> bool {
    let there = i.perpetrators.is_empty() && i.places.iter().any(|p| c.what.contains(p.as_str()));
    let doer = i.perpetrators.contains(&c.by) || there;
    let to = c.to.is_empty()
        || i.targets.is_empty()
        || c.to.iter().any(|t| i.targets.contains(t) || i.perpetrators.contains(t));
    doer && i.first >= c.made && (keeps || to)
}

fn follow_up(db: &mut dyn Db, c: &CommitmentRow, incident: IncidentRow, keeps: bool) -> Result<FollowUp> {
    let mut views: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let claims = texts(
        db,
        "SELECT shown FROM claim WHERE owner = ?1 AND state <> 'rejected' ORDER BY first, id",
        args![&incident.id],
    )?;
    for body in claims {
        let claim: ClaimRow = decode("a claim", &body)?;
        let said = format!("{} {}: {}", claim.stance, claim.aspect, claim.value);
        let all = views.entry(claim.speaker).or_default();
        if all.len() < 3 {
            all.push(said);
        }
    }
    let contested =
        incident.status == "disputed" || incident.disputed.iter().any(|a| a == "occurrence" || a == "perpetrator");
    let proposal = if contested {
        "contested"
    } else if keeps {
        "kept"
    } else {
        "broken"
    };
    let late = c.due.as_ref().is_some_and(|d| incident.first > *d);
    let why = format!(
        "{} ({}) after {} promised to {}{}{}",
        if incident.perpetrators.contains(&c.by) {
            "said to be its doing"
        } else {
            "at the place named, nobody is said to have done it"
        },
        incident.kind,
        c.by,
        c.what.trim_start_matches("to "),
        if late { ", after the deadline" } else { "" },
        if contested { "; accounts differ on whether it happened or who did it" } else { "" }
    );
    let views = views.into_iter().map(|(speaker, said)| (speaker, said.join("; "))).collect();
    Ok(FollowUp { proposal: proposal.into(), why, views, incident })
}
