//! Ids that incidents had. Regrouping may give an incident another name; links and decisions keep the old one.
//!
//! An incident is named after its first sighting. So every sighting, also of a version that takes no part any more, gives a
//! name that an incident had or may have had. They are all kept, and lead to what holds the sighting's evidence now.

use crate::decision::Decision;
use crate::derive;
use crate::error::{RegisterError, Result};
use crate::fold;
use crate::linking;
use crate::news;
use crate::objects::report_of;
use crate::report;
use crate::rows::IncidentRow;
use crate::store::{Db, args, decode, texts};
use counterclaim_incidents::Part;
use counterclaim_lexicon::Lexicon;
use serde::Serialize;
use std::collections::BTreeSet;

/// The table, for both databases.
const TABLE: &str =
    "CREATE TABLE former (id TEXT NOT NULL, sighting TEXT NOT NULL, PRIMARY KEY (id, sighting)) {COMPACT};";

/// An id that no incident has any more: where its evidence is now, and what people decided on it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Former {
    /// The id.
    pub id: String,
    /// Incidents that hold its evidence now; none if no report tells of it any more.
    pub incidents: Vec<IncidentRow>,
    /// Decisions that were made on it, in order. They hold for what they are tied to.
    pub decisions: Vec<Decision>,
}

/// Makes the table.
pub(crate) fn create(db: &mut dyn Db) -> Result<()> {
    crate::store::schema::define(db, TABLE)
}

/// Keeps the names that a report's sightings give.
pub(crate) fn note(db: &mut dyn Db, lexicon: &Lexicon, part: &Part) -> Result<()> {
    for s in linking::sightings(lexicon, part) {
        let id = counterclaim_incidents::identifier(part, &s);
        db.run("INSERT INTO former (id, sighting) VALUES (?1, ?2) ON CONFLICT DO NOTHING", args![id, &s.id])?;
    }
    Ok(())
}

/// Fills the table of a register that was made before there was one.
pub(crate) fn fill(db: &mut dyn Db, lexicon: &Lexicon, step: &mut dyn FnMut(usize, usize)) -> Result<()> {
    let all = texts(db, "SELECT report FROM reading ORDER BY report", &[])?;
    for (done, id) in all.iter().enumerate() {
        step(done, all.len());
        if let Some(part) = derive::part_of(db, id)? {
            note(db, lexicon, &part)?;
        }
    }
    Ok(())
}

/// What became of an id.
pub(crate) fn of(db: &mut dyn Db, id: &str) -> Result<Former> {
    let mut sightings = texts(db, "SELECT sighting FROM former WHERE id = ?1 ORDER BY sighting", args![id])?;
    let mut decisions = Vec::new();
    for row in db.rows("SELECT seq FROM decision WHERE object = ?1 ORDER BY seq", args![id])? {
        let seq = row[0].int();
        decisions.extend(news::with_undone(db, seq)?);
        if let Some((_, body)) = fold::load(db, seq)? {
            sightings.extend(body.anchors.iter().filter_map(|a| a.strip_prefix("s:")).map(str::to_owned));
            sightings.extend(body.rest);
        }
    }
    if sightings.is_empty() && decisions.is_empty() {
        return Err(RegisterError::Unknown(id.to_owned()));
    }
    let mut seen = BTreeSet::new();
    let mut incidents = Vec::new();
    for s in sightings {
        for incident in holding(db, &s)? {
            if seen.insert(incident.clone()) {
                let shown = texts(db, "SELECT shown FROM incident WHERE id = ?1", args![&incident])?;
                incidents.extend(shown.first().map(|row| decode::<IncidentRow>("an incident", row)).transpose()?);
            }
        }
    }
    Ok(Former { id: id.to_owned(), incidents, decisions })
}

/// The incident of a sighting; if its report was corrected since, those of the newest version.
fn holding(db: &mut dyn Db, sighting: &str) -> Result<Vec<String>> {
    let own = texts(db, "SELECT incident FROM sighting WHERE id = ?1", args![sighting])?;
    let found = if own.is_empty() {
        let newest = report::newest(db, report_of(sighting))?;
        texts(db, "SELECT incident FROM sighting WHERE report = ?1 ORDER BY id", args![newest])?
    } else {
        own
    };
    Ok(found.into_iter().filter(|i| !i.is_empty()).collect())
}

/// Says where an unknown incident went, so that whoever decides on it knows.
pub(crate) fn gone(db: &mut dyn Db, id: &str) -> RegisterError {
    match of(db, id) {
        Err(e) => e,
        Ok(f) if f.incidents.is_empty() => {
            RegisterError::Refused(format!("{id} was an incident once; no report tells of it any more"))
        }
        Ok(f) => {
            let now: Vec<&str> = f.incidents.iter().map(|i| i.id.as_str()).collect();
            RegisterError::Refused(format!("{id} was regrouped; its evidence is in {} now", now.join(", ")))
        }
    }
}
