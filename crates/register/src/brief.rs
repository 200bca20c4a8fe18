//! A brief of what the register holds: the same form as that of reports read together.

use crate::derive;
use crate::edits;
use crate::error::Result;
use crate::fold;
use crate::objects::{self, report_of, sighting_anchor};
use crate::query::{self, Filter, Page};
use crate::rows::{ClaimRow, CommitmentRow, IncidentRow, State, StoredClaim, StoredCommitment};
use crate::store::{Db, args, decode, texts};
use counterclaim_lexicon::Lexicon;
use counterclaim_text::{Brief, Claim, Commitment, Incident};
use std::collections::BTreeSet;

/// The brief of what fits a filter.
pub(crate) fn of(db: &mut dyn Db, lexicon: &Lexicon, filter: &Filter, most: usize) -> Result<Brief> {
    let page = Page { limit: most, after: None };
    let rows = query::list::<IncidentRow>(db, "incident", filter, &page)?.rows;
    let mut brief = Brief::default();
    let mut reports: BTreeSet<String> = BTreeSet::new();
    for row in &rows {
        let Some(stored) = objects::stored_incident(db, &row.id)? else { continue };
        reports.extend(stored.sightings.iter().map(|s| report_of(s).to_owned()));
        let anchors: Vec<String> = stored.sightings.iter().map(|s| sighting_anchor(s)).collect();
        let fold = fold::on(db, anchors.iter().map(String::as_str))?;
        brief.claims.extend(claims(db, &row.id)?);
        brief.incidents.push(edits::edited_incident(lexicon, stored.told(), &fold.edits));
    }
    brief.incidents.sort_by(|a, b| {
        let key = |i: &Incident| i.when.map(|w| (w.start, w.end));
        key(a).cmp(&key(b)).then_with(|| a.id.cmp(&b.id))
    });
    // Claims on standing questions, and commitments, that fit by themselves.
    for row in query::list::<ClaimRow>(db, "claim", filter, &page)?.rows {
        if row.about.starts_with('i') && objects::stored_incident(db, &row.about)?.is_some() {
            continue;
        }
        reports.insert(row.report.clone());
        brief.claims.extend(claims_named(db, &row.id, &row.report)?);
    }
    for row in query::list::<CommitmentRow>(db, "commitment", filter, &page)?.rows {
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
    Ok(brief)
}

/// Claims about an incident as people left them, without rejected ones.
fn claims(db: &mut dyn Db, owner: &str) -> Result<Vec<Claim>> {
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
