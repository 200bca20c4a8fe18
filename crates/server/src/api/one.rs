//! One object with everything about it.

use super::types::{Change, Claim, Commitment, Decision, Former, Incident, Report};
use crate::call::{Call, json};
use crate::error::{DeskError, Result};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use counterclaim_lexicon::Lexicon;
use counterclaim_reader::wire::{KindCodes, incident_out};
use serde_json::json as value;
use std::collections::BTreeMap;

/// A kind's codes in other code books.
fn codes(kind: &str) -> KindCodes {
    Lexicon::embedded().kinds.get(kind).map_or_else(KindCodes::default, |k| KindCodes {
        plover: k.plover.clone(),
        plover_mode: k.mode.clone(),
        cameo: k.cameo.clone(),
        acled: k.acled.clone(),
    })
}

fn all<A, B: From<A>>(list: Vec<A>) -> Vec<B> {
    list.into_iter().map(B::from).collect()
}

/// An incident: as people left it and as the machine has it, in the wire format; claims, reports, decisions.
pub(crate) fn incident(call: &Call<'_>) -> Result<Response> {
    let id = call.id('i')?;
    let told = match call.desk.read(|r| r.incident(id)) {
        Err(DeskError::NotFound) => return former(call, id),
        told => told?,
    };
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    for line in &told.reports {
        let report = call.desk.read(|r| r.report(&line.id))?;
        texts.insert(line.id.clone(), report.report.text);
    }
    let quote = |report: &str, span: counterclaim_text::Span| texts.get(report).map_or("", |t| span.of(t));
    json(&value!({
        "row": Incident::from(told.row.clone()),
        "incident": incident_out(&told.incident, &codes, &quote),
        "machine": incident_out(&told.machine, &codes, &quote),
        "changed": all::<_, Change>(told.changed),
        "claims": all::<_, Claim>(told.claims),
        "reports": all::<_, Report>(told.reports),
        "links": told.links,
        "assessments": all::<_, Decision>(told.assessments),
        "decisions": all::<_, Decision>(told.decisions),
        "last_decision": told.last,
    }))
}

/// An id that regrouping has changed: where its evidence is now. One place is led to, of several each is named.
fn former(call: &Call<'_>, id: &str) -> Result<Response> {
    let former = call.desk.read(|r| r.former(id))?;
    let to = match &former.incidents[..] {
        [one] => HeaderValue::from_str(&format!("/api/v1/incidents/{}", one.id)).ok(),
        _ => None,
    };
    let status = match former.incidents.len() {
        0 => StatusCode::GONE,
        1 => StatusCode::TEMPORARY_REDIRECT,
        _ => StatusCode::MULTIPLE_CHOICES,
    };
    let (incidents, decisions) = (all(former.incidents), all(former.decisions));
    let mut out = json(&Former { id: former.id, incidents, decisions })?;
    *out.status_mut() = status;
    if let Some(to) = to {
        out.headers_mut().insert(header::LOCATION, to);
    }
    Ok(out)
}

/// A claim.
pub(crate) fn claim(call: &Call<'_>) -> Result<Response> {
    let id = call.id('c')?;
    let told = call.desk.read(|r| r.claim(id))?;
    json(&value!({
        "rows": all::<_, Claim>(told.rows),
        "changed": all::<_, Change>(told.changed),
        "decisions": all::<_, Decision>(told.decisions),
        "last_decision": told.last,
    }))
}

/// A commitment.
pub(crate) fn commitment(call: &Call<'_>) -> Result<Response> {
    let id = call.id('p')?;
    let told = call.desk.read(|r| r.commitment(id))?;
    let follow_ups: Vec<_> = told
        .follow_ups
        .into_iter()
        .map(|f| value!({"proposal": f.proposal, "why": f.why, "views": f.views, "incident": Incident::from(f.incident)}))
        .collect();
    json(&value!({
        "row": Commitment::from(told.row),
        "changed": all::<_, Change>(told.changed),
        "follow_ups": follow_ups,
        "decisions": all::<_, Decision>(told.decisions),
        "last_decision": told.last,
    }))
}

/// A report with its text.
pub(crate) fn report(call: &Call<'_>) -> Result<Response> {
    let id = call.id('r')?;
    let told = call.desk.read(|r| r.report(id))?;
    let r = told.report;
    json(&value!({
        "id": r.id,
        "source": r.source,
        "published": r.published.map(|d| d.to_string()),
        "title": r.title,
        "url": r.url,
        "language": r.language,
        "text": r.text,
        "arrived": told.arrived,
        "sha256": told.raw,
        "versions": told.versions,
        "newest": told.newest,
        "incidents": all::<_, Incident>(told.incidents),
        "claims": all::<_, Claim>(told.claims),
        "commitments": all::<_, Commitment>(told.commitments),
        "decisions": all::<_, Decision>(told.decisions),
    }))
}
