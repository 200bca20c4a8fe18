//! Writing and removing derived rows: incidents, claims and commitments with what they are found by.

use crate::edits;
use crate::error::Result;
use crate::fold::{self, Fold};
use crate::hash::{name, ord};
use crate::marks;
use crate::report::Kept;
use crate::rows::{ClaimRow, CommitmentRow, IncidentRow, State, StoredClaim, StoredCommitment, StoredIncident};
use crate::store::{Db, args, decode, encode, number, schema, texts};
use crate::tokens::Tokens;
use counterclaim_lexicon::Lexicon;
use counterclaim_text::{Claim, Commitment, Incident, PlaceRef, Span};
use std::collections::{BTreeMap, BTreeSet};

/// What decisions on an incident are tied to: one of its sightings.
pub(crate) fn sighting_anchor(sighting: &str) -> String {
    format!("s:{sighting}")
}

/// What decisions on a source are tied to.
pub(crate) fn source_anchor(source: &str) -> String {
    format!("n:{}", name('n', 32, &[source]))
}

/// A claim's name: the same for the same words, whatever incident they are about.
pub(crate) fn claim_id(c: &Claim) -> String {
    let (start, end) = (c.span.start.to_string(), c.span.end.to_string());
    name('c', 16, &[&c.report, &start, &end, c.stance.as_str(), c.aspect.as_str(), &c.speaker, &c.value])
}

/// A commitment's name.
pub(crate) fn commitment_id(c: &Commitment) -> String {
    let (start, end) = (c.span.start.to_string(), c.span.end.to_string());
    name('p', 16, &[&c.report, &start, &end, &c.by, &c.what])
}

/// A number for the row that no other row of the table has.
fn free(db: &mut dyn Db, table: &str, day: &str, id: &str) -> Result<i64> {
    let mut at = ord(day, id);
    while number(db, &format!("SELECT COUNT(*) FROM {table} WHERE ord = ?1"), args![at])? > 0 {
        at += 1;
    }
    Ok(at)
}

/// Tags of places: names and what holds them.
fn place_tags(lexicon: &Lexicon, tokens: &mut Tokens, places: &[PlaceRef]) {
    for p in places {
        for name in [&p.name, &p.admin1, &p.admin2, &p.country] {
            tokens.tag("place", name);
        }
        if let Some(country) = lexicon.places.country(&p.country) {
            tokens.tag("place", &country.name);
        }
        tokens.words(&p.name);
    }
}

/// The line of the text that holds the words, at most a few hundred bytes on either side.
fn around(text: &str, span: Span) -> &str {
    const REACH: usize = 400;
    let (start, end) = (span.start as usize, span.end as usize);
    if text.get(start..end).is_none() {
        return "";
    }
    let mut from = start.saturating_sub(REACH);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let mut to = (end + REACH).min(text.len());
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    let from = text[from..start].rfind('\n').map_or(from, |n| from + n + 1);
    let to = text[end..to].find('\n').map_or(to, |n| end + n);
    &text[from..to]
}

/// An incident as people left it, as a line of a list.
pub(crate) fn incident_row(shown: &Incident, stored: &StoredIncident, reports: usize, fold: &Fold) -> IncidentRow {
    IncidentRow {
        id: shown.id.clone(),
        title: shown.title.clone(),
        kind: shown.kind.clone(),
        first: shown.when.map(|w| w.start.to_string()).unwrap_or_default(),
        last: shown.when.map(|w| w.end.to_string()).unwrap_or_default(),
        places: shown.places.iter().map(|p| p.name.clone()).collect(),
        perpetrators: shown.perpetrators.clone(),
        targets: shown.targets.clone(),
        killed: shown.killed,
        injured: shown.injured,
        status: shown.status.as_str().to_owned(),
        disputed: shown.disputed.iter().map(|a| a.as_str().to_owned()).collect(),
        reports,
        origins: stored.origins,
        state: fold.state,
        edited: edited_fields(stored, fold),
    }
}

/// Fields of an incident that people changed: by an edit, or by what they recorded.
fn edited_fields(stored: &StoredIncident, fold: &Fold) -> Vec<String> {
    let all: BTreeSet<String> = fold.edits.keys().cloned().chain(edits::moved(stored).map(str::to_owned)).collect();
    all.into_iter().collect()
}

/// An incident as people left it.
pub(crate) fn edited(db: &mut dyn Db, lexicon: &Lexicon, stored: &StoredIncident) -> Result<Incident> {
    let anchors: Vec<String> = stored.sightings.iter().map(|s| sighting_anchor(s)).collect();
    let fold = fold::on(db, anchors.iter().map(String::as_str))?;
    Ok(edits::edited_incident(lexicon, stored.told(), &fold.edits))
}

/// Writes an incident, without its claims.
pub(crate) fn put_incident(
    db: &mut dyn Db,
    lexicon: &Lexicon,
    stored: &StoredIncident,
    claims: &[Claim],
    reports: &BTreeMap<String, Kept>,
) -> Result<()> {
    let anchors: Vec<String> = stored.sightings.iter().map(|s| sighting_anchor(s)).collect();
    let fold = fold::on(db, anchors.iter().map(String::as_str))?;
    let shown = edits::edited_incident(lexicon, stored.told(), &fold.edits);
    let told: BTreeSet<&str> = stored.sightings.iter().map(|s| report_of(s)).collect();
    let row = incident_row(&shown, stored, told.len(), &fold);

    let mut tokens = Tokens::default();
    tokens.words(&shown.title);
    tokens.tag("kind", &shown.kind);
    tokens.tag("status", shown.status.as_str());
    tokens.tag("state", row.state.as_str());
    place_tags(lexicon, &mut tokens, &shown.places);
    let mut roles: BTreeSet<(&str, &str)> = BTreeSet::new();
    roles.extend(shown.perpetrators.iter().map(|a| (a.as_str(), "perpetrator")));
    roles.extend(shown.targets.iter().map(|a| (a.as_str(), "target")));
    roles.extend(claims.iter().map(|c| (c.speaker.as_str(), "speaker")));
    for (actor, _) in &roles {
        tokens.tag("actor", actor);
        tokens.words(actor);
    }
    shown.disputed.iter().for_each(|a| tokens.tag("disputed", a.as_str()));
    for id in &told {
        if let Some(kept) = reports.get(*id) {
            tokens.words(&kept.report.title);
            tokens.tag("source", &kept.report.source);
        }
    }
    let spans = shown.evidence.iter().map(|e| (&e.report, e.span)).chain(claims.iter().map(|c| (&c.report, c.span)));
    for (report, span) in spans {
        if let Some(kept) = reports.get(report) {
            tokens.words(around(&kept.report.text, span));
        }
    }

    let id = &stored.machine.id;
    let ord = free(db, "incident", &row.first, id)?;
    let sql = "INSERT INTO incident (id, ord, first, last, state, body, shown) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    db.run(sql, args![id, ord, &row.first, &row.last, row.state.as_str(), encode(stored)?, encode(&row)?])?;
    schema::index(db, "incident", ord, &tokens.joined())?;
    marks::put(db, ord, &row, &shown, claims, &told)?;
    for (actor, role) in roles.iter().filter(|(a, _)| !a.is_empty()) {
        put_actor(db, actor, role, id)?;
    }
    for report in told {
        db.run("INSERT INTO told (incident, report) VALUES (?1, ?2)", args![id, report])?;
    }
    Ok(())
}

/// The report of a sighting.
pub(crate) fn report_of(sighting: &str) -> &str {
    sighting.split_once('#').map_or(sighting, |(report, _)| report)
}

fn put_actor(db: &mut dyn Db, actor: &str, role: &str, object: &str) -> Result<()> {
    let sql = "INSERT INTO actor (name, role, object) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING";
    db.run(sql, args![crate::report::clip(actor), role, object]).map(drop)
}

/// Writes a claim. `owner` is the incident that it is about, or the report that alone makes it.
pub(crate) fn put_claim(
    db: &mut dyn Db,
    lexicon: &Lexicon,
    claim: &Claim,
    owner: &str,
    places: &[PlaceRef],
    reports: &BTreeMap<String, Kept>,
) -> Result<()> {
    let fold = fold::on(db, [claim.id.as_str()])?;
    let mut shown = claim.clone();
    for (field, value) in &fold.edits {
        // Checked when it was decided.
        let _ = edits::claim(&mut shown, field, value);
    }
    let Some(kept) = reports.get(&claim.report) else { return Ok(()) };
    let row = ClaimRow {
        id: claim.id.clone(),
        day: kept.report.published.map(|d| d.to_string()).unwrap_or_default(),
        speaker: shown.speaker,
        via: shown.via,
        stance: shown.stance.as_str().to_owned(),
        about: shown.about,
        aspect: shown.aspect.as_str().to_owned(),
        value: shown.value,
        quote: claim.span.of(&kept.report.text).to_owned(),
        report: claim.report.clone(),
        source: kept.report.source.clone(),
        start: claim.span.start,
        end: claim.span.end,
        grade: fold.grade.clone(),
        recorded_by: claim.recorded_by().unwrap_or_default().to_owned(),
        state: match fold.state {
            State::Draft if claim.recorded_by().is_some() => State::Confirmed,
            state => state,
        },
        edited: fold.edits.keys().cloned().collect(),
    };
    let mut tokens = Tokens::default();
    for actor in [&row.speaker, &row.value] {
        tokens.tag("actor", actor);
    }
    for (sort, value) in
        [("kind", &row.stance), ("aspect", &row.aspect), ("about", &row.about), ("source", &row.source)]
    {
        tokens.tag(sort, value);
    }
    tokens.tag("state", row.state.as_str());
    for text in [&row.speaker, &row.via, &row.value, &row.quote, &row.about, &kept.report.title] {
        tokens.words(text);
    }
    place_tags(lexicon, &mut tokens, places);
    let ord = free(db, "claim", &row.day, &format!("{}{owner}", row.id))?;
    let stored = encode(&StoredClaim { machine: claim.clone() })?;
    let sql = "INSERT INTO claim (id, owner, ord, first, last, state, report, body, shown)
               VALUES (?1, ?2, ?3, ?4, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO NOTHING";
    // The same words said twice of one thing are one claim.
    if db.run(sql, args![&row.id, owner, ord, &row.day, row.state.as_str(), &row.report, stored, encode(&row)?])? > 0 {
        schema::index(db, "claim", ord, &tokens.joined())?;
    }
    Ok(())
}

/// Writes a commitment of a report.
pub(crate) fn put_commitment(db: &mut dyn Db, c: &Commitment, reports: &BTreeMap<String, Kept>) -> Result<()> {
    let fold = fold::on(db, [c.id.as_str()])?;
    let mut shown = c.clone();
    for (field, value) in &fold.edits {
        // Checked when it was decided.
        let _ = edits::commitment(&mut shown, field, value);
    }
    let Some(kept) = reports.get(&c.report) else { return Ok(()) };
    let made = shown.made.or(kept.report.published);
    let row = CommitmentRow {
        id: c.id.clone(),
        by: shown.by,
        to: shown.to,
        what: shown.what,
        made: made.map(|d| d.to_string()).unwrap_or_default(),
        due: shown.due.map(|d| d.to_string()),
        progress: fold.progress.clone(),
        quote: c.span.of(&kept.report.text).to_owned(),
        report: c.report.clone(),
        source: kept.report.source.clone(),
        start: c.span.start,
        end: c.span.end,
        state: fold.state,
        edited: fold.edits.keys().cloned().collect(),
    };
    let mut tokens = Tokens::default();
    for actor in row.to.iter().chain([&row.by]) {
        tokens.tag("actor", actor);
        tokens.words(actor);
    }
    tokens.tag("source", &row.source);
    tokens.tag("kind", row.progress.as_deref().unwrap_or("pending"));
    tokens.tag("state", row.state.as_str());
    for text in [&row.what, &row.quote, &kept.report.title] {
        tokens.words(text);
    }
    let ord = free(db, "commitment", &row.made, &row.id)?;
    let stored = encode(&StoredCommitment { machine: c.clone() })?;
    let sql = "INSERT INTO commitment (id, owner, ord, first, last, state, report, body, shown)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?2, ?7, ?8) ON CONFLICT DO NOTHING";
    let due = row.due.as_ref().unwrap_or(&row.made);
    if db.run(sql, args![&row.id, &row.report, ord, &row.made, due, row.state.as_str(), stored, encode(&row)?])? > 0 {
        schema::index(db, "commitment", ord, &tokens.joined())?;
        put_actor(db, &row.by, "promises", &row.id)?;
    }
    Ok(())
}

/// Removes the rows of an owner (an incident or a report) from a table.
pub(crate) fn remove_owned(db: &mut dyn Db, table: &str, owner: &str) -> Result<()> {
    for row in db.rows(&format!("SELECT ord, id FROM {table} WHERE owner = ?1"), args![owner])? {
        schema::forget(db, table, row[0].int())?;
        if table == "commitment" {
            db.run("DELETE FROM actor WHERE object = ?1", args![row[1].str()])?;
        }
    }
    db.run(&format!("DELETE FROM {table} WHERE owner = ?1"), args![owner]).map(drop)
}

/// Removes an incident with its claims; its sightings stay.
pub(crate) fn remove_incident(db: &mut dyn Db, id: &str) -> Result<()> {
    remove_incident_row(db, id)?;
    remove_owned(db, "claim", id)
}

fn remove_incident_row(db: &mut dyn Db, id: &str) -> Result<()> {
    for row in db.rows("SELECT ord FROM incident WHERE id = ?1", args![id])? {
        schema::forget(db, "incident", row[0].int())?;
    }
    for sql in [
        "DELETE FROM incident WHERE id = ?1",
        "DELETE FROM told WHERE incident = ?1",
        "DELETE FROM actor WHERE object = ?1",
    ] {
        db.run(sql, args![id])?;
    }
    Ok(())
}

/// Writes an incident anew after a decision on it or on its claims.
pub(crate) fn refresh_incident(db: &mut dyn Db, lexicon: &Lexicon, id: &str) -> Result<()> {
    let Some(stored) = stored_incident(db, id)? else { return Ok(()) };
    let claims = claims_of(db, id)?;
    let reports =
        reports_of(db, stored.sightings.iter().map(|s| report_of(s)).chain(claims.iter().map(|c| c.report.as_str())))?;
    remove_incident_row(db, id)?;
    put_incident(db, lexicon, &stored, &claims, &reports)
}

/// Writes the rows of a claim anew.
pub(crate) fn refresh_claim(db: &mut dyn Db, lexicon: &Lexicon, id: &str) -> Result<()> {
    for row in db.rows("SELECT owner, ord, body FROM claim WHERE id = ?1 ORDER BY owner", args![id])? {
        let owner = row[0].str();
        let stored: StoredClaim = decode(&format!("claim {id}"), row[2].str())?;
        let places = stored_incident(db, owner)?.map(|i| i.machine.places).unwrap_or_default();
        let reports = reports_of(db, [stored.machine.report.as_str()])?;
        schema::forget(db, "claim", row[1].int())?;
        db.run("DELETE FROM claim WHERE id = ?1 AND owner = ?2", args![id, owner])?;
        put_claim(db, lexicon, &stored.machine, owner, &places, &reports)?;
    }
    Ok(())
}

/// Writes the row of a commitment anew.
pub(crate) fn refresh_commitment(db: &mut dyn Db, id: &str) -> Result<()> {
    for row in db.rows("SELECT ord, body FROM commitment WHERE id = ?1", args![id])? {
        let stored: StoredCommitment = decode(&format!("commitment {id}"), row[1].str())?;
        let reports = reports_of(db, [stored.machine.report.as_str()])?;
        schema::forget(db, "commitment", row[0].int())?;
        db.run("DELETE FROM commitment WHERE id = ?1", args![id])?;
        db.run("DELETE FROM actor WHERE object = ?1", args![id])?;
        put_commitment(db, &stored.machine, &reports)?;
    }
    Ok(())
}

/// What is stored of an incident.
pub(crate) fn stored_incident(db: &mut dyn Db, id: &str) -> Result<Option<StoredIncident>> {
    let found = texts(db, "SELECT body FROM incident WHERE id = ?1", args![id])?;
    found.first().map(|body| decode(&format!("incident {id}"), body)).transpose()
}

/// The claims about an incident as the machine has them, in a fixed order.
pub(crate) fn claims_of(db: &mut dyn Db, owner: &str) -> Result<Vec<Claim>> {
    let found = texts(db, "SELECT body FROM claim WHERE owner = ?1 ORDER BY first, id", args![owner])?;
    found.iter().map(|body| Ok(decode::<StoredClaim>("a claim", body)?.machine)).collect()
}

/// Reports by name, each loaded once.
pub(crate) fn reports_of<'a>(
    db: &mut dyn Db,
    ids: impl IntoIterator<Item = &'a str>,
) -> Result<BTreeMap<String, Kept>> {
    let ids: BTreeSet<&str> = ids.into_iter().collect();
    let mut out = BTreeMap::new();
    for id in ids {
        if let Some(kept) = crate::report::load(db, id)? {
            out.insert(id.to_owned(), kept);
        }
    }
    Ok(out)
}
