//! A brief of what the register holds: the same form as that of reports read together.

use crate::derive;
use crate::edits;
use crate::error::Result;
use crate::fold;
use crate::objects::{self, report_of};
use crate::query::{self, Filter, List, Page};
use crate::rows::{ClaimRow, CommitmentRow, IncidentRow, State, StoredClaim, StoredCommitment};
use crate::store::{Db, args, decode, texts};
use counterclaim_lexicon::Lexicon;
use counterclaim_text::{Brief, Claim, Commitment, Incident};
use std::collections::BTreeSet;

/// The brief of a page of what fits a filter, and where the next page begins. The newest claims on standing questions and
/// the newest commitments come with the first page.
pub(crate) fn of(db: &mut dyn Db, lexicon: &Lexicon, filter: &Filter, page: &Page) -> Result<(Brief, Option<String>)> {
    let List { rows, next } = query::list::<IncidentRow>(db, "incident", filter, page)?;
    let mut brief = Brief::default();
    let mut reports: BTreeSet<String> = BTreeSet::new();
    for row in &rows {
        let Some(stored) = objects::stored_incident(db, &row.id)? else { continue };
        reports.extend(stored.sightings.iter().map(|s| report_of(s).to_owned()));
        brief.claims.extend(claims_about(db, &row.id)?);
        brief.incidents.push(objects::edited(db, lexicon, &stored)?);
    }
    brief.incidents.sort_by(|a, b| {
        let key = |i: &Incident| i.when.map(|w| (w.start, w.end));
        key(a).cmp(&key(b)).then_with(|| a.id.cmp(&b.id))
    });
    // Claims on standing questions, and commitments, that fit by themselves.
    let first = page.after.is_none();
    let claims = if first { query::list::<ClaimRow>(db, "claim", filter, page)?.rows } else { Vec::new() };
    let promises = if first { query::list::<CommitmentRow>(db, "commitment", filter, page)?.rows } else { Vec::new() };
    for row in claims {
        if row.about.starts_with('i') && objects::stored_incident(db, &row.about)?.is_some() {
            continue;
        }
        reports.insert(row.report.clone());
        brief.claims.extend(claims_named(db, &row.id, &row.report)?);
    }
    for row in promises {
        reports.insert(row.report.clone());
        brief.commitments.extend(commitment(db, &row.id)?);
    }
    brief.claims.sort_by(|a, b| (&a.about, &a.speaker, &a.id).cmp(&(&b.about, &b.speaker, &b.id)));
    brief.commitments.sort_by(|a, b| (a.made, &a.by, &a.id).cmp(&(b.made, &b.by, &b.id)));
    reports.extend(brief.claims.iter().map(|c| c.report.clone()));
    for id in &reports {
        if let Some(part) = derive::part_of(db, id)? {
            brief.readings.push(part.reading);
        }
    }
    brief.readings.sort_by(|a, b| (a.report.published, &a.report.id).cmp(&(b.report.published, &b.report.id)));
    brief.as_of = brief.readings.iter().filter_map(|r| r.report.published).max();
    Ok((brief, next))
}

/// Claims about an incident as people left them, without rejected ones.
fn claims_about(db: &mut dyn Db, owner: &str) -> Result<Vec<Claim>> {
    let sql = "SELECT body FROM claim WHERE owner = ?1 AND state <> ?2 ORDER BY first, id";
    let found = texts(db, sql, args![owner, State::Rejected.as_str()])?;
    found.iter().map(|body| edited(db, body)).collect()
}

fn claims_named(db: &mut dyn Db, id: &str, owner: &str) -> Result<Vec<Claim>> {
    let found = texts(db, "SELECT body FROM claim WHERE id = ?1 AND owner = ?2", args![id, owner])?;
    found.iter().map(|body| edited(db, body)).collect()
}

fn edited(db: &mut dyn Db, body: &str) -> Result<Claim> {
    let mut claim = decode::<StoredClaim>("a claim", body)?.machine;
    for (field, value) in &fold::on(db, [claim.id.clone().as_str()])?.edits {
        // Checked when it was decided.
        let _ = edits::claim(&mut claim, field, value);
    }
    Ok(claim)
}

fn commitment(db: &mut dyn Db, id: &str) -> Result<Option<Commitment>> {
    let Some(body) = texts(db, "SELECT body FROM commitment WHERE id = ?1", args![id])?.pop() else { return Ok(None) };
    let mut c = decode::<StoredCommitment>("a commitment", &body)?.machine;
    for (field, value) in &fold::on(db, [id])?.edits {
        // Checked when it was decided.
        let _ = edits::commitment(&mut c, field, value);
    }
    Ok(Some(c))
}
