//! Checking: every hash, span and reference, and what the database finds in its own files.

use crate::decide;
use crate::decision::{Act, Body};
use crate::error::Result;
use crate::fold;
use crate::hash::{START, sha256};
use crate::report::{self, Incoming, Kept};
use crate::rows::{ClaimRow, CommitmentRow, StoredIncident};
use crate::store::{Db, Value, args, decode, number, schema};
use counterclaim_text::Span;
use std::sync::Arc;

/// Rows looked at together.
const CHUNK: i64 = 500;
/// Faults named; more are counted.
const SHOWN: usize = 200;

/// What a check found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// What is wrong, the first few.
    pub faults: Vec<String>,
    /// How much is wrong in all.
    pub faulty: usize,
    /// What is worth knowing and not wrong.
    pub notes: Vec<String>,
    /// How much was looked at: table and rows.
    pub counts: Vec<(String, i64)>,
    /// The last report's number and hash: whoever wrote it down elsewhere can tell later that nothing before was changed.
    pub reports: (i64, String),
    /// The last decision's number and hash.
    pub decisions: (i64, String),
}

impl Checked {
    fn fault(&mut self, what: String) {
        self.faulty += 1;
        if self.faults.len() < SHOWN {
            self.faults.push(what);
        }
    }
}

/// Looks at everything.
pub(crate) fn check(db: &mut dyn Db, generator: &str) -> Result<Checked> {
    let mut out = Checked::default();
    for line in db.own_check()? {
        out.fault(format!("the database's own check: {line}"));
    }
    reports(db, &mut out)?;
    raw(db, &mut out)?;
    decisions(db, &mut out)?;
    spans(db, &mut out)?;
    references(db, &mut out)?;
    let stale = number(db, "SELECT COUNT(*) FROM reading WHERE generator <> ?1", args![generator])?;
    if stale > 0 {
        out.notes.push(format!(
            "{stale} reports were read by another version of the reader; `counterclaim rebuild` reads them again"
        ));
    }
    let tables = schema::KEPT.iter().copied().chain(schema::DERIVED.iter().map(|(t, ..)| *t));
    for table in tables {
        out.counts.push((table.to_owned(), number(db, &format!("SELECT COUNT(*) FROM {table}"), &[])?));
    }
    Ok(out)
}

fn reports(db: &mut dyn Db, out: &mut Checked) -> Result<()> {
    let (mut last, mut before) = (0, START.to_owned());
    loop {
        let sql = "SELECT seq, id, identity, raw, arrived, body, previous, hash, source, published FROM report
                   WHERE seq > ?1 ORDER BY seq LIMIT ?2";
        let rows = db.rows(sql, args![last, CHUNK])?;
        if rows.is_empty() {
            out.reports = (last, before);
            return Ok(());
        }
        for r in rows {
            let (seq, id, body) = (r[0].int(), r[1].str(), r[5].str());
            if seq != last + 1 {
                out.fault(format!("report {seq} follows report {last}: {} were taken out", seq - last - 1));
            }
            let hash = report::row_hash(seq, id, r[2].str(), r[3].str(), r[4].str(), body, r[6].str());
            if hash != r[7].str() || before != r[6].str() {
                out.fault(format!(
                    "report {id} (number {seq}): the chain breaks; the row was changed after it was kept"
                ));
            }
            match decode::<Kept>(id, body) {
                Err(_) => out.fault(format!("report {id}: its row cannot be read")),
                Ok(kept) => named_rightly(out, id, r[2].str(), (r[8].str(), r[9].str()), kept)?,
            }
            (last, before) = (seq, r[7].str().to_owned());
        }
    }
}

fn named_rightly(out: &mut Checked, id: &str, identity: &str, columns: (&str, &str), kept: Kept) -> Result<()> {
    let named = !kept.report.id.is_empty();
    let Kept { report, notes, given } = kept;
    let incoming = Incoming { report, notes, named, given, raw: Arc::default(), from: String::new() };
    let p = incoming.prepare()?;
    if p.id != id || p.identity != identity {
        out.fault(format!("report {id}: its content has another hash"));
    }
    let published = incoming.report.published.map(|d| d.to_string()).unwrap_or_default();
    if columns != (report::clip(&incoming.report.source).as_str(), published.as_str()) {
        out.fault(format!("report {id}: source or day differ from its content"));
    }
    Ok(())
}

fn raw(db: &mut dyn Db, out: &mut Checked) -> Result<()> {
    let mut last = String::new();
    loop {
        let rows = db.rows("SELECT sha256, bytes FROM raw WHERE sha256 > ?1 ORDER BY sha256 LIMIT 20", args![&last])?;
        let Some(end) = rows.last() else { break };
        last = end[0].str().to_owned();
        for mut r in rows {
            let bytes = r.pop().map(Value::bytes).unwrap_or_default();
            if sha256(&bytes) != r[0].str() {
                out.fault(format!("raw bytes {}: they have another hash", r[0].str()));
            }
        }
    }
    Ok(())
}

fn decisions(db: &mut dyn Db, out: &mut Checked) -> Result<()> {
    let (mut last, mut before) = (0, START.to_owned());
    loop {
        let sql = "SELECT seq, made, author, object, action, body, reason, seen, previous, hash FROM decision
                   WHERE seq > ?1 ORDER BY seq LIMIT ?2";
        let rows = db.rows(sql, args![last, CHUNK])?;
        if rows.is_empty() {
            out.decisions = (last, before);
            return Ok(());
        }
        for r in rows {
            let seq = r[0].int();
            if seq != last + 1 {
                out.fault(format!("decision {seq} follows decision {last}: {} were taken out", seq - last - 1));
            }
            let (number, seen) = (seq.to_string(), r[7].int().to_string());
            let cells = [&number, r[1].str(), r[2].str(), r[3].str(), r[4].str(), r[5].str(), r[6].str(), &seen];
            if decide::row_hash(&cells, r[8].str()) != r[9].str() || before != r[8].str() {
                out.fault(format!("decision {seq}: the chain breaks; the row was changed after it was kept"));
            }
            let tied = number_of(db, "SELECT COUNT(*) FROM anchor WHERE decision = ?1", seq)?;
            if tied == 0 {
                out.fault(format!("decision {seq} is tied to nothing; `counterclaim rebuild` ties it"));
            }
            let live =
                "SELECT COUNT(*) FROM anchor JOIN sighting ON 's:' || sighting.id = anchor.object WHERE decision = ?1";
            if r[3].str().starts_with('i') && number_of(db, live, seq)? == 0 {
                out.notes.push(format!("decision {seq} on {}: a corrected report no longer tells of it", r[3].str()));
            }
            if r[4].str() == "claim" {
                recorded(db, out, seq, r[5].str())?;
            }
            (last, before) = (seq, r[9].str().to_owned());
        }
    }
}

/// The words of a claim that a person recorded stand where the decision says.
fn recorded(db: &mut dyn Db, out: &mut Checked, seq: i64, body: &str) -> Result<()> {
    let Ok(Body { act: Act::Claim(c), .. }) = decode("a decision", body) else {
        out.fault(format!("decision {seq}: its row cannot be read"));
        return Ok(());
    };
    let words = Span { start: c.start, end: c.end };
    let kept = report::load(db, &c.report)?;
    if c.quote.is_empty() || kept.is_none_or(|k| words.of(&k.report.text) != c.quote) {
        out.fault(format!("decision {seq}: its words are not in report {} at that place", c.report));
    }
    let id = c.claim(String::new()).id;
    let holds = fold::on(db, [id.as_str()])?.all.iter().any(|(d, _)| d.seq == seq && !d.undone);
    if holds && number(db, "SELECT COUNT(*) FROM claim WHERE id = ?1", args![&id])? == 0 {
        out.notes.push(format!("decision {seq}: a newer version of report {} lacks the words of {id}", c.report));
    }
    Ok(())
}

fn number_of(db: &mut dyn Db, sql: &str, seq: i64) -> Result<i64> {
    number(db, sql, args![seq])
}

/// Words are where the rows say: cut from the text again, they are the same.
fn spans(db: &mut dyn Db, out: &mut Checked) -> Result<()> {
    let mut last = 0;
    loop {
        let sql = "SELECT seq, id, body FROM report WHERE seq > ?1 ORDER BY seq LIMIT ?2";
        let rows = db.rows(sql, args![last, CHUNK])?;
        let Some(end) = rows.last() else { return Ok(()) };
        last = end[0].int();
        for r in &rows {
            let id = r[1].str();
            // That the row cannot be read was said before.
            let Ok(kept) = decode::<Kept>(id, r[2].str()) else { continue };
            let cut = |start: u32, end: u32| kept.report.text.get(start as usize..end as usize);
            for row in db.rows("SELECT id, shown FROM claim WHERE report = ?1", args![id])? {
                match decode::<ClaimRow>("a claim", row[1].str()) {
                    Ok(c) if cut(c.start, c.end) == Some(c.quote.as_str()) => {}
                    _ => out.fault(format!("claim {}: its words are not in report {id} at that place", row[0].str())),
                }
            }
            for row in db.rows("SELECT id, shown FROM commitment WHERE report = ?1", args![id])? {
                match decode::<CommitmentRow>("a commitment", row[1].str()) {
                    Ok(c) if cut(c.start, c.end) == Some(c.quote.as_str()) => {}
                    _ => out
                        .fault(format!("commitment {}: its words are not in report {id} at that place", row[0].str())),
                }
            }
            let sql = "SELECT incident.id, incident.body FROM told JOIN incident ON incident.id = told.incident WHERE told.report = ?1";
            for row in db.rows(sql, args![id])? {
                let Ok(stored) = decode::<StoredIncident>("an incident", row[1].str()) else {
                    out.fault(format!("incident {}: its row cannot be read", row[0].str()));
                    continue;
                };
                let mine = stored.machine.evidence.iter().filter(|e| e.report == id).map(|e| e.span);
                let tolls = stored.machine.tolls.iter().filter(|(r, _)| r == id).map(|(_, t)| t.span);
                if mine.chain(tolls).any(|s| cut(s.start, s.end).is_none()) {
                    out.fault(format!("incident {}: it rests on words that are not in report {id}", row[0].str()));
                }
            }
        }
    }
}

/// Every name leads somewhere.
fn references(db: &mut dyn Db, out: &mut Checked) -> Result<()> {
    const BROKEN: &[(&str, &str)] = &[
        ("report", "SELECT id FROM report WHERE NOT EXISTS (SELECT 1 FROM raw WHERE raw.sha256 = report.raw)"),
        ("report", "SELECT id FROM report WHERE NOT EXISTS (SELECT 1 FROM reading WHERE reading.report = report.id)"),
        (
            "reading",
            "SELECT report FROM reading WHERE NOT EXISTS (SELECT 1 FROM report WHERE report.id = reading.report)",
        ),
        (
            "sighting",
            "SELECT id FROM sighting WHERE NOT EXISTS
            (SELECT 1 FROM reading WHERE reading.report = sighting.report AND reading.newest = 1)",
        ),
        (
            "sighting",
            "SELECT id FROM sighting WHERE incident <> '' AND NOT EXISTS (SELECT 1 FROM incident WHERE incident.id = sighting.incident)",
        ),
        (
            "key",
            "SELECT sighting FROM sighting_key WHERE NOT EXISTS (SELECT 1 FROM sighting WHERE sighting.id = sighting_key.sighting)",
        ),
        (
            "link",
            "SELECT sighting FROM edge WHERE NOT EXISTS (SELECT 1 FROM sighting WHERE sighting.id = edge.sighting)
            OR NOT EXISTS (SELECT 1 FROM edge AS back WHERE back.sighting = edge.other AND back.other = edge.sighting)",
        ),
        (
            "incident",
            "SELECT id FROM incident WHERE NOT EXISTS (SELECT 1 FROM sighting WHERE sighting.incident = incident.id)",
        ),
        ("incident", "SELECT id FROM incident WHERE NOT EXISTS (SELECT 1 FROM told WHERE told.incident = incident.id)"),
        (
            "told",
            "SELECT incident FROM told WHERE NOT EXISTS (SELECT 1 FROM incident WHERE incident.id = told.incident)",
        ),
        ("told", "SELECT report FROM told WHERE NOT EXISTS (SELECT 1 FROM report WHERE report.id = told.report)"),
        (
            "claim",
            "SELECT id FROM claim WHERE NOT EXISTS (SELECT 1 FROM incident WHERE incident.id = claim.owner)
            AND NOT EXISTS (SELECT 1 FROM report WHERE report.id = claim.owner)",
        ),
        ("claim", "SELECT id FROM claim WHERE NOT EXISTS (SELECT 1 FROM report WHERE report.id = claim.report)"),
        (
            "commitment",
            "SELECT id FROM commitment WHERE NOT EXISTS (SELECT 1 FROM report WHERE report.id = commitment.report)",
        ),
        (
            "actor",
            "SELECT object FROM actor WHERE NOT EXISTS (SELECT 1 FROM incident WHERE incident.id = actor.object)
            AND NOT EXISTS (SELECT 1 FROM commitment WHERE commitment.id = actor.object)",
        ),
        (
            "anchor",
            "SELECT object FROM anchor WHERE NOT EXISTS (SELECT 1 FROM decision WHERE decision.seq = anchor.decision)",
        ),
    ];
    for (what, sql) in BROKEN {
        for row in db.rows(sql, &[])? {
            out.fault(format!("{what} {}: it names something that is not there, or nothing names it", row[0].str()));
        }
    }
    for table in schema::SEARCHED {
        let sql = format!(
            "SELECT id FROM {table} WHERE NOT EXISTS (SELECT 1 FROM {table}_words WHERE {table}_words.rowid = {table}.ord)"
        );
        for row in db.rows(&sql, &[])? {
            out.fault(format!("{table} {}: it is not in the index of words", row[0].str()));
        }
    }
    let sql = "SELECT id FROM incident WHERE NOT EXISTS (SELECT 1 FROM mark WHERE mark.ord = incident.ord AND mark.id = incident.id)";
    for row in db.rows(sql, &[])? {
        out.fault(format!("incident {}: it has no mark", row[0].str()));
    }
    Ok(())
}
