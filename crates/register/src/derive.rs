//! From reports and decisions to all else: readings, sightings, incidents, claims, commitments.
//!
//! What is derived is a function of the set of reports and of the decisions, not of the order in which they came. Adding
//! a report touches the incidents that its sightings share a key with, and no others.

use crate::anchors;
use crate::decision::{Act, Decision};
use crate::error::Result;
use crate::fold;
use crate::former;
use crate::linking::{self, Decided, Sighting};
use crate::objects::{self, claim_id, commitment_id, report_of, reports_of, sighting_anchor};
use crate::recorded;
use crate::report::{self, Kept};
use crate::rows::StoredIncident;
use crate::store::{Db, args, decode, encode, texts};
use counterclaim_coding::Coded;
use counterclaim_incidents::Part;
use counterclaim_lexicon::Lexicon;
use counterclaim_text::{ActorKind, Incident, Note, Reading, Report};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The machine that reads: the register knows nothing of how it works.
pub struct Machine<'a> {
    /// What it is, with its version: another one makes stored readings stale.
    pub generator: &'a str,
    /// Reads reports, each by itself, in the order given.
    pub read: &'a dyn Fn(&[Report]) -> Vec<Part>,
}

/// What is stored of the reading of a report: all but the text, which stands in `report`.
#[derive(Serialize, Deserialize)]
struct StoredReading {
    language: String,
    notes: Vec<Note>,
    unlisted: Vec<(String, ActorKind)>,
    coded: Coded,
}

/// A report that was read and waits to be derived from.
pub(crate) struct Fresh {
    /// Its name.
    pub id: String,
    /// What its versions share.
    pub identity: String,
    /// Its reading.
    pub part: Part,
}

/// Adds readings of reports that stand in `report` already. Returns how many incidents were written.
pub(crate) fn settle(db: &mut dyn Db, lexicon: &Lexicon, machine: &Machine<'_>, fresh: &[Fresh]) -> Result<usize> {
    let mut change = Change::default();
    let mut replaced = BTreeSet::new();
    for f in fresh {
        let versions = report::versions(db, &f.identity)?;
        let newest = versions.last().is_none_or(|v| *v == f.id);
        store_reading(db, lexicon, machine, f, newest)?;
        if !newest {
            continue;
        }
        for old in versions.iter().filter(|v| **v != f.id) {
            retire(db, lexicon, old, &mut change)?;
            replaced.insert(old.clone());
        }
        take_part(db, lexicon, &f.part, &mut change)?;
        commit_to(db, &f.part)?;
    }
    renew(db, &replaced, &mut change)?;
    relink(db, lexicon, &mut change)
}

/// The readings of reports, in their order: by the machine, or as they were given.
pub(crate) fn read(machine: &Machine<'_>, reports: Vec<(Report, Option<Coded>)>) -> Vec<Part> {
    let texts: Vec<Report> = reports.iter().filter(|(_, given)| given.is_none()).map(|(r, _)| r.clone()).collect();
    let mut read = if texts.is_empty() { Vec::new() } else { (machine.read)(&texts) }.into_iter();
    let part = |(report, given): (Report, Option<Coded>)| match given {
        Some(coded) => {
            let language = report.language.clone().unwrap_or_default();
            Some(Part { reading: Reading { report, language, notes: Vec::new(), unlisted: Vec::new() }, coded })
        }
        None => read.next(),
    };
    reports.into_iter().filter_map(part).collect()
}

/// What must be linked again.
#[derive(Debug, Default)]
pub(crate) struct Change {
    /// Sightings that are new, or about which people decided.
    pub fresh: BTreeSet<String>,
    /// Incidents that lost a sighting.
    pub stale: BTreeSet<String>,
    /// Reports whose claims on standing questions must be written again.
    pub reports: BTreeSet<String>,
    /// Sightings at hand: they never change, so each is read once.
    pub known: BTreeMap<String, Sighting>,
}

/// Sightings kept at hand.
const AT_HAND: usize = 50_000;

impl Change {
    /// The claim of a decision may stand by its report, or no longer.
    fn note(&mut self, db: &mut dyn Db, d: &Decision) -> Result<()> {
        if let Act::Claim(c) = &d.act {
            self.reports.insert(report::newest(db, &c.report)?);
        }
        Ok(())
    }

    fn sighting(&mut self, db: &mut dyn Db, id: &str) -> Result<Option<&Sighting>> {
        if !self.known.contains_key(id) {
            if self.known.len() >= AT_HAND {
                self.known.clear();
            }
            let found = texts(db, "SELECT body FROM sighting WHERE id = ?1", args![id])?;
            if let Some(body) = found.first() {
                self.known.insert(id.to_owned(), decode(&format!("sighting {id}"), body)?);
            }
        }
        Ok(self.known.get(id))
    }
}

pub(crate) fn store_reading(
    db: &mut dyn Db,
    lexicon: &Lexicon,
    machine: &Machine<'_>,
    f: &Fresh,
    newest: bool,
) -> Result<()> {
    let Part { reading, coded } = &f.part;
    let stored = encode(&StoredReading {
        language: reading.language.clone(),
        notes: reading.notes.clone(),
        unlisted: reading.unlisted.clone(),
        coded: coded.clone(),
    })?;
    let sql = "INSERT INTO reading (report, newest, generator, body) VALUES (?1, ?2, ?3, ?4)";
    db.run(sql, args![&f.id, i64::from(newest), machine.generator, stored])?;
    former::note(db, lexicon, &f.part)
}

/// An older version takes no part any more.
fn retire(db: &mut dyn Db, lexicon: &Lexicon, id: &str, change: &mut Change) -> Result<()> {
    if db.run("UPDATE reading SET newest = 0 WHERE report = ?1 AND newest = 1", args![id])? == 0 {
        return Ok(());
    }
    for row in db.rows("SELECT id, incident FROM sighting WHERE report = ?1", args![id])? {
        let (sighting, incident) = (row[0].str().to_owned(), row[1].str().to_owned());
        if let Some(s) = change.sighting(db, &sighting)?.cloned() {
            for key in linking::keys(lexicon, &s) {
                db.run(
                    "DELETE FROM sighting_key WHERE key = ?1 AND sighting = ?2",
                    args![report::clip(&key), &sighting],
                )?;
            }
        }
        db.run("DELETE FROM edge WHERE other = ?1", args![&sighting])?;
        db.run("DELETE FROM edge WHERE sighting = ?1", args![&sighting])?;
        change.fresh.remove(&sighting);
        change.known.remove(&sighting);
        if !incident.is_empty() {
            change.stale.insert(incident);
        }
    }
    change.reports.remove(id);
    db.run("DELETE FROM sighting WHERE report = ?1", args![id])?;
    objects::remove_owned(db, "claim", id)?;
    objects::remove_owned(db, "commitment", id)
}

/// A report takes part: its sightings, and which others they are linked with.
pub(crate) fn take_part(db: &mut dyn Db, lexicon: &Lexicon, part: &Part, change: &mut Change) -> Result<()> {
    let report = &part.reading.report;
    change.reports.insert(report.id.clone());
    for s in linking::sightings(lexicon, part) {
        let mut near: BTreeSet<String> = BTreeSet::new();
        for key in linking::lookups(lexicon, &s) {
            near.extend(texts(db, "SELECT sighting FROM sighting_key WHERE key = ?1", args![report::clip(&key)])?);
        }
        db.run(
            "INSERT INTO sighting (id, report, incident, body) VALUES (?1, ?2, '', ?3)",
            args![&s.id, &report.id, encode(&s)?],
        )?;
        for key in linking::keys(lexicon, &s) {
            let sql = "INSERT INTO sighting_key (key, sighting) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
            db.run(sql, args![report::clip(&key), &s.id])?;
        }
        for other in near {
            if change.sighting(db, &other)?.is_some_and(|o| linking::linked(lexicon, &s, o)) {
                let sql = "INSERT INTO edge (sighting, other) VALUES (?1, ?2), (?2, ?1) ON CONFLICT DO NOTHING";
                db.run(sql, args![&s.id, &other])?;
            }
        }
        change.fresh.insert(s.id.clone());
        change.known.insert(s.id.clone(), s);
    }
    Ok(())
}

/// Decisions that rest on reports which newer versions have replaced are tied anew; what they were about, and are about
/// now, is written again.
fn renew(db: &mut dyn Db, replaced: &BTreeSet<String>, change: &mut Change) -> Result<()> {
    for (decision, sightings) in anchors::renew(db, replaced)? {
        change.fresh.extend(sightings);
        change.note(db, &decision)?;
    }
    Ok(())
}

/// What a report promises.
pub(crate) fn commit_to(db: &mut dyn Db, part: &Part) -> Result<()> {
    let reports = alone(part);
    for mut c in linking::commitments(part) {
        c.id = commitment_id(&c);
        objects::put_commitment(db, &c, &reports)?;
    }
    Ok(())
}

fn alone(part: &Part) -> BTreeMap<String, Kept> {
    let report = &part.reading.report;
    BTreeMap::from([(report.id.clone(), Kept::of(report))])
}

/// Claims of a report that are about no incident, written again: which these are depends on what its denials and
/// suppositions were found to answer.
fn beside(db: &mut dyn Db, lexicon: &Lexicon, id: &str) -> Result<()> {
    let Some(part) = part_of(db, id)? else { return Ok(()) };
    let found = texts(db, "SELECT body FROM sighting WHERE report = ?1 AND incident <> '' ORDER BY id", args![id])?;
    let grouped = found.iter().map(|b| decode("a sighting", b)).collect::<Result<Vec<Sighting>>>()?;
    objects::remove_owned(db, "claim", id)?;
    let reports = alone(&part);
    for mut claim in linking::beside(lexicon, &part, &grouped) {
        claim.id = claim_id(&claim);
        objects::put_claim(db, lexicon, &claim, id, &[], &reports)?;
    }
    recorded::beside(db, lexicon, id)
}

/// The stored reading of a report.
pub(crate) fn part_of(db: &mut dyn Db, id: &str) -> Result<Option<Part>> {
    let sql =
        "SELECT report.body, reading.body FROM report JOIN reading ON reading.report = report.id WHERE report.id = ?1";
    let rows = db.rows(sql, args![id])?;
    let Some(row) = rows.first() else { return Ok(None) };
    let kept = report::named(id, row[0].str())?;
    let StoredReading { language, notes, unlisted, coded } = decode(&format!("the reading of {id}"), row[1].str())?;
    let reading = Reading { report: kept.report, language, notes, unlisted };
    Ok(Some(Part { reading, coded }))
}

/// Groups the neighbourhood of what changed anew, and writes the incidents that differ.
pub(crate) fn relink(db: &mut dyn Db, lexicon: &Lexicon, change: &mut Change) -> Result<usize> {
    let hood = neighbourhood(db, change)?;
    for d in &hood.recorded {
        change.note(db, d)?;
    }
    let mut all: Vec<Sighting> = Vec::with_capacity(hood.members.len());
    for id in hood.members.keys() {
        all.extend(change.sighting(db, id)?.cloned());
    }
    let decided = decided(db, &all)?;
    let groups = linking::cluster(lexicon, &all, &decided);
    let mut kept: BTreeSet<&str> = BTreeSet::new();
    let mut new: Vec<Vec<&Sighting>> = Vec::new();
    for group in &groups {
        let members: Vec<&Sighting> = group.iter().map(|k| &all[*k]).collect();
        match hood.unchanged(&members, change) {
            Some(incident) => drop(kept.insert(incident)),
            None => new.push(members),
        }
    }
    for id in hood.incidents.keys().filter(|id| !kept.contains(id.as_str())) {
        objects::remove_incident(db, id)?;
        db.run("UPDATE sighting SET incident = '' WHERE incident = ?1", args![id])?;
    }
    let mut parts: BTreeMap<&str, Part> = BTreeMap::new();
    for s in new.iter().flatten() {
        if !parts.contains_key(s.report.as_str())
            && let Some(part) = part_of(db, &s.report)?
        {
            parts.insert(&s.report, part);
        }
    }
    let mut written = 0;
    let mut told: BTreeSet<&str> = BTreeSet::new();
    for group in &new {
        if write_group(db, lexicon, group, &parts)? {
            written += 1;
            told.extend(group.iter().map(|s| s.id.as_str()));
        }
    }
    // A sighting that is now part of an incident and was of none, or the other way round, moves its claims.
    let still = |s: &Sighting| hood.members.get(&s.id).is_some_and(|i| kept.contains(i.as_str()));
    for s in &all {
        let before = hood.members.get(&s.id).is_some_and(|i| !i.is_empty());
        if before != (told.contains(s.id.as_str()) || still(s)) {
            change.reports.insert(s.report.clone());
        }
    }
    for report in std::mem::take(&mut change.reports) {
        beside(db, lexicon, &report)?;
    }
    Ok(written)
}

/// Writes the incident of a group; false if it tells of none (a rumour that its own report takes back).
fn write_group(db: &mut dyn Db, lexicon: &Lexicon, group: &[&Sighting], parts: &BTreeMap<&str, Part>) -> Result<bool> {
    let told: BTreeSet<&str> = group.iter().map(|s| s.report.as_str()).collect();
    let mut mine: Vec<&Part> = told.iter().filter_map(|r| parts.get(r)).collect();
    // Of a rising toll, the latest figure counts: reports stand in the order of their days.
    mine.sort_by_key(|p| (p.reading.report.published, p.reading.report.id.as_str()));
    let (incident, mut claims) = linking::assemble(lexicon, &mine, group, &[]);
    let Some(mut machine) = incident else { return Ok(false) };
    // Claims are named by their words, so that a decision on one survives any regrouping.
    let names: BTreeMap<String, String> = claims.iter().map(|c| (c.id.clone(), claim_id(c))).collect();
    for c in &mut claims {
        c.id = names[&c.id].clone();
    }
    let rename = |incident: &mut Incident| {
        for id in incident.accounts.iter_mut().flat_map(|a| &mut a.claims) {
            if let Some(name) = names.get(id) {
                id.clone_from(name);
            }
        }
    };
    rename(&mut machine);
    let id = machine.id.clone();
    let origins = linking::origins(&mine);
    let sightings: Vec<String> = group.iter().map(|s| s.id.clone()).collect();
    let mut reports: BTreeMap<String, Kept> =
        mine.iter().map(|p| (p.reading.report.id.clone(), Kept::of(&p.reading.report))).collect();
    for s in &sightings {
        db.run("UPDATE sighting SET incident = ?1 WHERE id = ?2", args![&id, s])?;
    }
    let mut said = recorded::about(db, &id, &sightings, &mut reports)?;
    // What the machine finds as well is the machine's.
    said.retain(|s| !claims.iter().any(|c| c.id == s.claim.id));
    let mut with_recorded = None;
    if !said.is_empty() {
        with_recorded = linking::assemble(lexicon, &mine, group, &said).0;
        with_recorded.iter_mut().for_each(rename);
        claims.extend(said.into_iter().map(|s| s.claim));
    }
    let places = machine.places.clone();
    let stored = StoredIncident { machine, with_recorded, sightings, origins };
    objects::put_incident(db, lexicon, &stored, &claims, &reports)?;
    for c in &claims {
        objects::put_claim(db, lexicon, c, &id, &places, &reports)?;
    }
    Ok(true)
}

/// The sightings that a change may regroup: all that are linked with one that changed, directly or through others.
/// Clustering them by themselves gives what clustering everything would.
struct Hood {
    /// With the incident that each is part of, or "".
    members: BTreeMap<String, String>,
    /// Incidents with their sightings as they are stored.
    incidents: BTreeMap<String, BTreeSet<String>>,
    /// Decisions that recorded a claim about one of them.
    recorded: Vec<Decision>,
}

impl Hood {
    /// The incident that these sightings make up already, if nothing about it changed.
    fn unchanged<'h>(&'h self, group: &[&Sighting], change: &Change) -> Option<&'h str> {
        let (id, members) = self.incidents.get_key_value(self.members.get(&group.first()?.id)?)?;
        let same = members.len() == group.len() && group.iter().all(|s| members.contains(&s.id));
        let touched = change.stale.contains(id) || group.iter().any(|s| change.fresh.contains(&s.id));
        (same && !touched).then_some(id.as_str())
    }
}

fn neighbourhood(db: &mut dyn Db, change: &Change) -> Result<Hood> {
    let mut hood = Hood { members: BTreeMap::new(), incidents: BTreeMap::new(), recorded: Vec::new() };
    let mut open: Vec<String> = change.fresh.iter().cloned().collect();
    for incident in &change.stale {
        open.extend(texts(db, "SELECT id FROM sighting WHERE incident = ?1", args![incident])?);
        hood.incidents.insert(incident.clone(), BTreeSet::new());
    }
    while let Some(id) = open.pop() {
        if hood.members.contains_key(&id) {
            continue;
        }
        let Some(incident) = texts(db, "SELECT incident FROM sighting WHERE id = ?1", args![&id])?.pop() else {
            continue;
        };
        open.extend(texts(db, "SELECT other FROM edge WHERE sighting = ?1", args![&id])?);
        if !incident.is_empty() {
            let members = hood.incidents.entry(incident.clone()).or_default();
            if members.is_empty() {
                members.extend(texts(db, "SELECT id FROM sighting WHERE incident = ?1", args![&incident])?);
                open.extend(members.iter().cloned());
            }
        }
        for (d, body) in fold::on(db, [sighting_anchor(&id).as_str()])?.all {
            match d.act {
                // Sightings about which people said something together, also if it was undone: that must part them.
                Act::Merge { .. } | Act::Split { .. } => open.extend(anchors::live(db, &body)?),
                Act::Claim(_) => hood.recorded.push(d),
                _ => {}
            }
        }
        hood.members.insert(id, incident);
    }
    Ok(hood)
}

/// What people said about pairs of these sightings: the last word on a pair counts.
fn decided(db: &mut dyn Db, all: &[Sighting]) -> Result<Decided> {
    let at: BTreeMap<&str, usize> = all.iter().enumerate().map(|(k, s)| (s.id.as_str(), k)).collect();
    let keys: Vec<String> = all.iter().map(|s| sighting_anchor(&s.id)).collect();
    let mut pairs: BTreeMap<(usize, usize), bool> = BTreeMap::new();
    for (d, body) in fold::on(db, keys.iter().map(String::as_str))?.all.iter().filter(|(d, _)| !d.undone) {
        let together = match d.act {
            Act::Merge { .. } => true,
            Act::Split { .. } => false,
            _ => continue,
        };
        let (one, other) = anchors::sides(db, body)?;
        for a in &one {
            for b in &other {
                if let (Some(a), Some(b)) = (at.get(a.as_str()), at.get(b.as_str()))
                    && a != b
                {
                    pairs.insert((*a.min(b), *a.max(b)), together);
                }
            }
        }
    }
    let mut out = Decided {
        together: vec![],
        apart: same_set(db, all)?.into_iter().filter(|p| !pairs.contains_key(p)).collect(),
    };
    for (pair, together) in pairs {
        if together { out.together.push(pair) } else { out.apart.push(pair) }
    }
    Ok(out)
}

/// Pairs of rows of one data set: whoever coded them took them for two incidents.
fn same_set(db: &mut dyn Db, all: &[Sighting]) -> Result<Vec<(usize, usize)>> {
    let mut sets: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (k, s) in all.iter().enumerate() {
        if let Some(set) = texts(db, "SELECT source FROM report WHERE id = ?1 AND coded = 1", args![&s.report])?.pop() {
            sets.entry(set).or_default().push(k);
        }
    }
    let pairs = |rows: &Vec<usize>| -> Vec<(usize, usize)> {
        rows.iter().enumerate().flat_map(|(n, a)| rows[n + 1..].iter().map(move |b| (*a, *b))).collect()
    };
    Ok(sets.values().flat_map(pairs).collect())
}

/// The reports that stand behind an incident, by name.
pub(crate) fn reports_behind(db: &mut dyn Db, stored: &StoredIncident) -> Result<BTreeMap<String, Kept>> {
    reports_of(db, stored.sightings.iter().map(|s| report_of(s)))
}
