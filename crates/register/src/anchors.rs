//! What decisions are tied to: sightings and words, never ids that regrouping changes.
//!
//! A decision on an incident is tied to its first sighting. When a corrected version takes that report's place, the
//! version's own sighting of the same kind stands in, and if there is none, another sighting of the incident.

use crate::decision::{Act, Body, Decision};
use crate::error::Result;
use crate::fold;
use crate::linking::Sighting;
use crate::objects::{report_of, sighting_anchor};
use crate::store::{Db, args, decode, texts};
use std::collections::BTreeSet;

/// Splits off the sighting of an anchor.
fn sighting(anchor: &str) -> Option<&str> {
    anchor.strip_prefix("s:")
}

/// The sighting itself if it still takes part, or the one that took its place.
fn successor(db: &mut dyn Db, id: &str, kind: &str) -> Result<Option<String>> {
    if !texts(db, "SELECT id FROM sighting WHERE id = ?1", args![id])?.is_empty() {
        return Ok(Some(id.to_owned()));
    }
    let sql = "SELECT sighting.body FROM report AS old JOIN report AS new ON new.identity = old.identity
               JOIN sighting ON sighting.report = new.id WHERE old.id = ?1 AND old.identity <> '' ORDER BY sighting.id";
    let mut same = Vec::new();
    for body in texts(db, sql, args![report_of(id)])? {
        let s: Sighting = decode("a sighting", &body)?;
        if kind.is_empty() || s.kind == kind {
            same.push(s.id);
        }
    }
    // Of several, nothing tells which is meant.
    Ok(if same.len() == 1 { same.pop() } else { None })
}

/// The sightings that a decision is tied to now.
pub(crate) fn live(db: &mut dyn Db, body: &Body) -> Result<Vec<String>> {
    let (mut one, other) = sides(db, body)?;
    one.extend(other);
    Ok(one)
}

/// The two sides of a decision: those that are joined with, or parted from, the others. Of other decisions, the first
/// sighting that is left, and nothing.
pub(crate) fn sides(db: &mut dyn Db, body: &Body) -> Result<(Vec<String>, Vec<String>)> {
    let kind = body.kind.as_str();
    let mut named = Vec::new();
    for anchor in &body.anchors {
        if let Some(id) = sighting(anchor) {
            named.extend(successor(db, id, kind)?);
        }
    }
    let mut rest = Vec::new();
    for id in &body.rest {
        match body.act {
            Act::Merge { .. } | Act::Split { .. } => rest.extend(successor(db, id, kind)?),
            // The others stand in only while nothing better is left.
            _ if named.is_empty() => named.extend(texts(db, "SELECT id FROM sighting WHERE id = ?1", args![id])?),
            _ => {}
        }
    }
    if let Act::Merge { .. } = body.act {
        // Everyone with everyone: each named one with all.
        rest.extend(named.iter().cloned());
    }
    Ok((named, rest))
}

/// Ties a decision to what it is about now.
pub(crate) fn tie(db: &mut dyn Db, seq: i64, body: &Body) -> Result<()> {
    let mut objects: BTreeSet<String> = body.anchors.iter().filter(|a| sighting(a).is_none()).cloned().collect();
    objects.extend(live(db, body)?.iter().map(|s| sighting_anchor(s)));
    // What it was tied to first stays findable.
    objects.extend(body.anchors.iter().cloned());
    for object in objects {
        db.run("INSERT INTO anchor (object, decision) VALUES (?1, ?2) ON CONFLICT DO NOTHING", args![object, seq])?;
    }
    Ok(())
}

/// Ties decisions anew that rest on these reports, which newer versions have replaced. Returns them with the sightings that
/// they were tied to, and are tied to now.
pub(crate) fn renew(db: &mut dyn Db, replaced: &BTreeSet<String>) -> Result<Vec<(Decision, BTreeSet<String>)>> {
    let mut out = Vec::new();
    for report in replaced {
        // All anchors of the report: "$" follows "#".
        let (from, to) = (sighting_anchor(&format!("{report}#")), sighting_anchor(&format!("{report}$")));
        let sql =
            "SELECT DISTINCT decision FROM anchor WHERE object >= ?1 AND object < ?2 OR object = ?3 ORDER BY decision";
        for row in db.rows(sql, args![from, to, report])? {
            let seq = row[0].int();
            if let Some((d, body)) = fold::load(db, seq)? {
                let before = texts(db, "SELECT object FROM anchor WHERE decision = ?1", args![seq])?;
                let mut about: BTreeSet<String> =
                    before.iter().filter_map(|a| sighting(a)).map(str::to_owned).collect();
                db.run("DELETE FROM anchor WHERE decision = ?1", args![seq])?;
                tie(db, seq, &body)?;
                about.extend(live(db, &body)?);
                out.push((d, about));
            }
        }
    }
    Ok(out)
}

/// Ties every decision: part of a rebuild, when all sightings are in place.
pub(crate) fn tie_all(db: &mut dyn Db) -> Result<()> {
    let mut last = 0;
    loop {
        let some = fold::after(db, last, 1000)?;
        let Some((end, _)) = some.last() else { return Ok(()) };
        last = end.seq;
        for (d, body) in &some {
            tie(db, d.seq, body)?;
        }
    }
}
