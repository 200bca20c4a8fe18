//! One object with all that the register knows of it: what the machine had, what people decided, what it rests on.

use crate::decision::{Act, Decision};
use crate::derive;
use crate::edits::{self, CLAIM_FIELDS, COMMITMENT_FIELDS, INCIDENT_FIELDS};
use crate::error::{RegisterError, Result};
use crate::fold::{self, Fold};
use crate::linking::{self, Sighting};
use crate::objects::{self, report_of, sighting_anchor, source_anchor};
use crate::report::{self, Kept};
use crate::rows::{ClaimRow, CommitmentRow, IncidentRow, StoredClaim, StoredCommitment, StoredIncident};
use crate::store::{Db, args, decode, texts};
use counterclaim_copies as copies;
use counterclaim_lexicon::Lexicon;
use counterclaim_text::{Incident, Note, Report};
use serde::Serialize;
use std::collections::BTreeMap;

/// A field that a person changed, beside what the machine had.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Changed {
    /// The field.
    pub field: String,
    /// What the machine has.
    pub machine: String,
    /// What it says now.
    pub now: String,
    /// Who changed it.
    pub by: String,
    /// Why.
    pub reason: String,
    /// The number of the decision.
    pub decision: i64,
}

/// A report as a line of a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReportLine {
    /// Its name in the register.
    pub id: String,
    /// Who published it.
    pub source: String,
    /// Grade of the source, if a person gave one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grade: Option<String>,
    /// Day of publication, empty if unknown.
    pub published: String,
    /// Headline.
    pub title: String,
    /// Where it was found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// When it arrived.
    pub arrived: String,
    /// SHA-256 of the bytes that came in.
    pub sha256: String,
    /// The report that this one is mostly a copy of, or part of; itself if it stands by itself.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub origin: String,
}

/// An incident with everything about it.
#[derive(Clone, Debug)]
pub struct IncidentPage {
    /// The line of the list.
    pub row: IncidentRow,
    /// As it reads now: the machine's, with what people changed.
    pub incident: Incident,
    /// As the machine has it.
    pub machine: Incident,
    /// Fields that people changed.
    pub changed: Vec<Changed>,
    /// Claims about it.
    pub claims: Vec<ClaimRow>,
    /// Reports that tell of it.
    pub reports: Vec<ReportLine>,
    /// Why the machine takes what these reports tell for one occurrence.
    pub links: Vec<String>,
    /// Who did it, in people's judgement: the last of each author.
    pub assessments: Vec<Decision>,
    /// All decisions, in order.
    pub decisions: Vec<Decision>,
    /// The number of the last decision; 0 for none. A decision names it as what its author saw.
    pub last: i64,
}

/// A claim with everything about it.
#[derive(Clone, Debug, Serialize)]
pub struct ClaimPage {
    /// One line for each incident that the words are about; none if a person recorded it and it no longer holds.
    pub rows: Vec<ClaimRow>,
    /// Fields that people changed.
    pub changed: Vec<Changed>,
    /// All decisions, in order.
    pub decisions: Vec<Decision>,
    /// The number of the last decision; 0 for none.
    pub last: i64,
}

/// A commitment with everything about it.
#[derive(Clone, Debug, Serialize)]
pub struct CommitmentPage {
    /// The line of the list.
    pub row: CommitmentRow,
    /// Fields that people changed.
    pub changed: Vec<Changed>,
    /// Incidents that may bear on it, with what they would mean: proposals.
    pub follow_ups: Vec<crate::follow::FollowUp>,
    /// All decisions, in order.
    pub decisions: Vec<Decision>,
    /// The number of the last decision; 0 for none.
    pub last: i64,
}

/// A report with everything about it.
#[derive(Clone, Debug)]
pub struct ReportPage {
    /// The report, under its name in the register.
    pub report: Report,
    /// The id that its publisher gave it, empty for none.
    pub given: String,
    /// What was doubtful.
    pub notes: Vec<Note>,
    /// When it arrived.
    pub arrived: String,
    /// SHA-256 of the bytes that came in.
    pub raw: String,
    /// Versions, oldest first; empty if there can be none.
    pub versions: Vec<String>,
    /// True if it is the newest version, and takes part.
    pub newest: bool,
    /// Incidents that it tells of.
    pub incidents: Vec<IncidentRow>,
    /// Claims in it, in the order of their words.
    pub claims: Vec<ClaimRow>,
    /// Commitments in it.
    pub commitments: Vec<CommitmentRow>,
    /// What people recorded in it, also what no longer holds.
    pub decisions: Vec<Decision>,
}

fn changed(fold: &Fold, known: &[&str], machine: &dyn Fn(&str) -> String) -> Vec<Changed> {
    let mut out = Vec::new();
    for (field, now) in fold.edits.iter().filter(|(f, _)| known.contains(&f.as_str())) {
        let last = fold
            .all
            .iter()
            .rev()
            .find(|(d, _)| !d.undone && matches!(&d.act, Act::Edit { field: f, .. } if f == field));
        if let Some((d, _)) = last {
            let (field, now) = (field.clone(), now.clone());
            let (by, reason, decision) = (d.author.clone(), d.reason.clone(), d.seq);
            out.push(Changed { machine: machine(&field), field, now, by, reason, decision });
        }
    }
    out
}

/// Fields of an incident that read otherwise than the machine has them: by edits, or by claims that people recorded.
fn incident_changed(fold: &Fold, stored: &StoredIncident) -> Vec<Changed> {
    let machine = |f: &str| edits::incident_value(&stored.machine, f);
    let mut out = changed(fold, INCIDENT_FIELDS, &machine);
    let recorded = fold.all.iter().rev().find(|(d, _)| !d.undone && matches!(d.act, Act::Claim(_)));
    if let Some((d, _)) = recorded {
        for field in edits::moved(stored).filter(|f| !fold.edits.contains_key(*f)) {
            out.push(Changed {
                field: field.to_owned(),
                machine: machine(field),
                now: edits::incident_value(stored.told(), field),
                by: d.author.clone(),
                reason: format!("a claim was recorded: {}", d.reason),
                decision: d.seq,
            });
        }
    }
    out
}

fn decisions(fold: &Fold) -> Vec<Decision> {
    fold.all.iter().map(|(d, _)| d.clone()).collect()
}

fn unknown(id: &str) -> RegisterError {
    RegisterError::Unknown(id.to_owned())
}

/// The incident's page.
pub(crate) fn incident(db: &mut dyn Db, lexicon: &Lexicon, id: &str) -> Result<IncidentPage> {
    let found = texts(db, "SELECT shown FROM incident WHERE id = ?1", args![id])?;
    let row: IncidentRow = decode(&format!("incident {id}"), found.first().ok_or_else(|| unknown(id))?)?;
    let stored = objects::stored_incident(db, id)?.ok_or_else(|| unknown(id))?;
    let anchors: Vec<String> = stored.sightings.iter().map(|s| sighting_anchor(s)).collect();
    let fold = fold::on(db, anchors.iter().map(String::as_str))?;
    let claims = texts(db, "SELECT shown FROM claim WHERE owner = ?1 ORDER BY first, id", args![id])?;
    let claims = claims.iter().map(|c| decode("a claim", c)).collect::<Result<Vec<ClaimRow>>>()?;
    let kept = derive::reports_behind(db, &stored)?;
    let mut sightings: Vec<Sighting> = Vec::new();
    for s in &stored.sightings {
        for body in texts(db, "SELECT body FROM sighting WHERE id = ?1", args![s])? {
            sightings.push(decode(&format!("sighting {s}"), &body)?);
        }
    }
    let mut reports = Vec::new();
    let origins = origins(&kept);
    for (id, Kept { report, .. }) in &kept {
        let came = db.rows("SELECT raw, arrived FROM report WHERE id = ?1", args![id])?;
        let (raw, arrived) = came.first().map_or(("", ""), |r| (r[0].str(), r[1].str()));
        reports.push(ReportLine {
            origin: origins.get(id).cloned().unwrap_or_default(),
            ..line(db, id, report, raw, arrived)?
        });
    }
    reports.sort_by(|a, b| (&a.published, &a.id).cmp(&(&b.published, &b.id)));
    Ok(IncidentPage {
        incident: edits::edited_incident(lexicon, stored.told(), &fold.edits),
        changed: incident_changed(&fold, &stored),
        machine: stored.machine,
        links: linking::reasons(lexicon, &sightings),
        assessments: fold::assessments(&fold),
        decisions: decisions(&fold),
        last: fold.last,
        row,
        claims,
        reports,
    })
}

/// Of which report each is a copy or a part: what "7 articles, 2 origins" counts, by name.
fn origins(kept: &BTreeMap<String, Kept>) -> BTreeMap<String, String> {
    let start = jiff::civil::date(1, 1, 1);
    let day = |k: &Kept| Some(i64::from(start.until(k.report.published?).ok()?.get_days()));
    let signatures: Vec<copies::Signature> =
        kept.values().map(|k| copies::signature(&copies::runs(&k.report.text))).collect();
    let ids: Vec<&String> = kept.keys().collect();
    let items: Vec<copies::Item<'_>> = kept
        .iter()
        .zip(&signatures)
        .map(|((id, k), signature)| copies::Item { id, published: day(k), signature })
        .collect();
    let mut out = BTreeMap::new();
    for group in copies::origins(&items) {
        let origin = *group.part_of.first().unwrap_or(&group.origin);
        for member in group.members {
            out.insert(ids[member].clone(), ids[origin].clone());
        }
    }
    out
}

/// A report as a line.
pub(crate) fn line(db: &mut dyn Db, id: &str, report: &Report, raw: &str, arrived: &str) -> Result<ReportLine> {
    Ok(ReportLine {
        id: id.to_owned(),
        grade: fold::on(db, [source_anchor(&report.source).as_str()])?.grade,
        source: report.source.clone(),
        published: report.published.map(|d| d.to_string()).unwrap_or_default(),
        title: report.title.clone(),
        url: report.url.clone(),
        arrived: arrived.to_owned(),
        sha256: raw.to_owned(),
        origin: String::new(),
    })
}

/// The claim's page.
pub(crate) fn claim(db: &mut dyn Db, id: &str) -> Result<ClaimPage> {
    let found = db.rows("SELECT shown, body FROM claim WHERE id = ?1 ORDER BY owner", args![id])?;
    let fold = fold::on(db, [id])?;
    let machine = match found.first() {
        Some(first) => Some(decode::<StoredClaim>(&format!("claim {id}"), first[1].str())?.machine),
        // What a person recorded and somebody undid stays in the record.
        None if fold.all.iter().any(|(d, _)| matches!(d.act, Act::Claim(_))) => None,
        None => return Err(unknown(id)),
    };
    let had = machine.as_ref().filter(|m| m.recorded_by().is_none());
    Ok(ClaimPage {
        rows: found.iter().map(|r| decode("a claim", r[0].str())).collect::<Result<_>>()?,
        changed: changed(&fold, CLAIM_FIELDS, &|f| had.map(|m| edits::claim_value(m, f)).unwrap_or_default()),
        decisions: decisions(&fold),
        last: fold.last,
    })
}

/// The commitment's page.
pub(crate) fn commitment(db: &mut dyn Db, lexicon: &Lexicon, id: &str) -> Result<CommitmentPage> {
    let found = db.rows("SELECT shown, body FROM commitment WHERE id = ?1", args![id])?;
    let first = found.first().ok_or_else(|| unknown(id))?;
    let row: CommitmentRow = decode(&format!("commitment {id}"), first[0].str())?;
    let machine = decode::<StoredCommitment>(&format!("commitment {id}"), first[1].str())?.machine;
    let fold = fold::on(db, [id])?;
    Ok(CommitmentPage {
        follow_ups: crate::follow::ups(db, lexicon, &row)?,
        changed: changed(&fold, COMMITMENT_FIELDS, &|f| edits::commitment_value(&machine, f)),
        decisions: decisions(&fold),
        last: fold.last,
        row,
    })
}

/// The report's page.
pub(crate) fn report(db: &mut dyn Db, id: &str) -> Result<ReportPage> {
    let sql = "SELECT report.body, report.arrived, report.raw, report.identity, reading.newest FROM report
               LEFT JOIN reading ON reading.report = report.id WHERE report.id = ?1";
    let rows = db.rows(sql, args![id])?;
    let r = rows.first().ok_or_else(|| unknown(id))?;
    let given: Kept = decode(&format!("report {id}"), r[0].str())?;
    let kept = report::named(id, r[0].str())?;
    let sql = "SELECT incident.shown FROM told JOIN incident ON incident.id = told.incident WHERE told.report = ?1 ORDER BY incident.ord";
    let incidents = texts(db, sql, args![id])?;
    let mut claims: Vec<ClaimRow> = Vec::new();
    for body in texts(db, "SELECT shown FROM claim WHERE report = ?1 ORDER BY id, owner", args![id])? {
        claims.push(decode("a claim", &body)?);
    }
    claims.sort_by(|a, b| (a.start, a.end, &a.id).cmp(&(b.start, b.end, &b.id)));
    let mut commitments: Vec<CommitmentRow> = Vec::new();
    for body in texts(db, "SELECT shown FROM commitment WHERE owner = ?1 ORDER BY id", args![id])? {
        commitments.push(decode("a commitment", &body)?);
    }
    let mut notes = kept.notes;
    notes.extend(derive::part_of(db, id)?.map(|p| p.reading.notes).unwrap_or_default());
    Ok(ReportPage {
        report: kept.report,
        given: given.report.id,
        notes,
        arrived: r[1].str().to_owned(),
        raw: r[2].str().to_owned(),
        versions: report::versions(db, r[3].str())?,
        newest: r[4].int() == 1,
        incidents: incidents.iter().map(|i| decode("an incident", i)).collect::<Result<_>>()?,
        claims,
        commitments,
        decisions: decisions(&fold::on(db, [id])?),
    })
}

/// One thing that happened to an object.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Past {
    /// When, as the caller said.
    pub at: String,
    /// What.
    pub what: String,
    /// The report that came in, if that is what happened.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub report: Option<String>,
    /// The decision, if that is what happened.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decision: Option<Decision>,
}

/// What happened to an object, in order of time: reports and their versions as they came in, decisions as they were made.
pub(crate) fn history(db: &mut dyn Db, id: &str) -> Result<Vec<Past>> {
    let mut reports: BTreeMap<String, &str> = BTreeMap::new();
    let mut ids: Vec<String> = Vec::new();
    match id.chars().next() {
        Some('i') if objects::stored_incident(db, id)?.is_some() => {
            let stored = objects::stored_incident(db, id)?.ok_or_else(|| unknown(id))?;
            ids.extend(stored.sightings.iter().map(|s| report_of(s).to_owned()));
        }
        Some('c') => ids.extend(texts(db, "SELECT DISTINCT report FROM claim WHERE id = ?1", args![id])?),
        Some('p') => ids.extend(texts(db, "SELECT DISTINCT report FROM commitment WHERE id = ?1", args![id])?),
        Some('r') => ids.push(id.to_owned()),
        _ => {}
    }
    for report in ids {
        let identity = texts(db, "SELECT identity FROM report WHERE id = ?1", args![&report])?.pop();
        let versions = report::versions(db, &identity.unwrap_or_default())?;
        let newest = versions.last().cloned();
        for v in versions {
            let what = if Some(&v) == newest.as_ref() { "newest version came in" } else { "an older version came in" };
            reports.insert(v, what);
        }
        reports.entry(report).or_insert("report came in");
    }
    let mut arrivals = Vec::new();
    for (report, what) in reports {
        for row in db.rows("SELECT arrived, seq FROM report WHERE id = ?1", args![&report])? {
            let past = Past {
                at: row[0].str().to_owned(),
                what: what.to_owned(),
                report: Some(report.clone()),
                decision: None,
            };
            arrivals.push((row[1].int(), past));
        }
    }
    arrivals.sort_by_key(|(seq, _)| *seq);
    let mut out: Vec<Past> = arrivals.into_iter().map(|(_, past)| past).collect();
    let fold = crate::decide::on_object(db, id)?;
    // Decisions may also be asked for by an id that regrouping has changed.
    let mut all = fold.all;
    if all.is_empty() {
        for row in db.rows("SELECT seq FROM decision WHERE object = ?1 ORDER BY seq", args![id])? {
            all.extend(fold::load(db, row[0].int())?);
        }
        all = fold::fold(all).all;
    }
    for (d, _) in all {
        out.push(Past { at: d.made.clone(), what: d.act.said(), report: None, decision: Some(d) });
    }
    if out.is_empty() {
        return Err(unknown(id));
    }
    // Stable: of one moment, reports stand before decisions, each in their own order.
    out.sort_by(|a, b| a.at.cmp(&b.at));
    Ok(out)
}
