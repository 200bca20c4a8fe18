//! Marks: one narrow row for each incident, so that counts, maps and lanes over all of them never load whole incidents.
//!
//! A mark stands beside the index of words and is written, removed and made again with it. It holds nothing that the
//! incident does not say, but for the numbers of the reports that made it new or contradicted: these follow the order
//! of arrival, and so are no part of what is compared when everything is derived again.

use crate::error::Result;
use crate::objects;
use crate::query::{self, Filter};
use crate::rows::{IncidentRow, StoredIncident};
use crate::store::{Db, Row, Value, args, decode, number, schema, texts};
use counterclaim_lexicon::Lexicon;
use counterclaim_text::{Claim, Incident, Level, PlaceRef};
use serde::Serialize;
use std::collections::BTreeSet;

/// The table, for both databases.
const TABLE: &str = "
CREATE TABLE mark (ord BIGINT PRIMARY KEY, id TEXT NOT NULL, first TEXT NOT NULL, last TEXT NOT NULL, state TEXT NOT NULL,
  kind TEXT NOT NULL, status TEXT NOT NULL, disputed BIGINT NOT NULL, country TEXT NOT NULL, exact BIGINT NOT NULL,
  arrived BIGINT NOT NULL, contradicted BIGINT NOT NULL, span TEXT NOT NULL, place TEXT NOT NULL, lat BIGINT NOT NULL,
  lon BIGINT NOT NULL, radius BIGINT NOT NULL, low BIGINT NOT NULL, high BIGINT NOT NULL, title TEXT NOT NULL) {COMPACT};
CREATE UNIQUE INDEX mark_id ON mark (id);
CREATE INDEX mark_arrived ON mark (arrived, ord, state);
CREATE INDEX mark_contradicted ON mark (contradicted, ord, state);
CREATE INDEX mark_counts ON mark (kind, status, state, country, disputed, exact, span, last);
CREATE INDEX IF NOT EXISTS commitment_last ON commitment (last);
CREATE INDEX IF NOT EXISTS claim_report ON claim (report);
";

/// The columns that [`Mark`] is made of.
const COLUMNS: &str = "mark.id, mark.title, mark.kind, mark.first, mark.last, mark.span, mark.state, mark.status, mark.disputed, \
                       mark.country, mark.place, mark.exact, mark.lat, mark.lon, mark.radius, mark.low, mark.high";

/// Degrees are kept as whole numbers: millionths.
const MILLION: f64 = 1_000_000.0;

/// An incident as a map or a lane draws it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Mark {
    /// The incident.
    pub id: String,
    /// Its neutral title.
    pub title: String,
    /// Its kind.
    pub kind: String,
    /// First day, empty if unknown.
    pub first: String,
    /// Last day.
    pub last: String,
    /// How exact the days are: day, range, week, month or year; empty if unknown.
    pub precision: String,
    /// Where it stands with people.
    pub state: String,
    /// How well known it is who did it.
    pub status: String,
    /// True if speakers contradict each other about it.
    pub disputed: bool,
    /// Country of the place, empty if unknown.
    pub country: String,
    /// The place, empty if unknown.
    pub place: String,
    /// ACLED's code of how exact the place is (1 to 3); 0 without coordinates.
    pub exact: u8,
    /// Degrees north and east.
    pub at: Option<(f64, f64)>,
    /// How far from there it may have been, for drawing: a rough figure that follows from the sort of place.
    pub radius_km: u32,
    /// Lowest and highest number of dead over all accounts.
    pub killed: Option<(u64, u64)>,
}

/// The place of an incident that is drawn: the first with coordinates, else the first.
fn drawn(i: &Incident) -> Option<&PlaceRef> {
    i.places.iter().find(|p| p.lat_lon.is_some()).or(i.places.first())
}

/// How far from the point it may have been: half the breadth of a usual place of its sort.
fn radius(p: &PlaceRef) -> i64 {
    match (p.level, p.away_km) {
        (Level::Town, None) => 3,
        (Level::Town, Some(0)) => 10,
        (Level::Town, Some(km)) => i64::from(km),
        (Level::Admin2, _) => 30,
        (Level::Area, _) => 50,
        (Level::Admin1, _) => 120,
        (Level::Country, _) => 400,
    }
}

/// Makes the table.
pub(crate) fn create(db: &mut dyn Db) -> Result<()> {
    schema::define(db, TABLE)
}

/// Incidents whose marks are made at a time.
const SOME: i64 = 500;

/// Fills the table of a register that was made before there were marks: from what is stored, which stays as it is.
pub(crate) fn fill(db: &mut dyn Db, lexicon: &Lexicon, step: &mut dyn FnMut(usize, usize)) -> Result<()> {
    let all = usize::try_from(number(db, "SELECT COUNT(*) FROM incident", &[])?).unwrap_or(0);
    let (mut done, mut last) = (0, String::new());
    loop {
        let sql = "SELECT id, ord, body, shown FROM incident WHERE id > ?1 ORDER BY id LIMIT ?2";
        let rows = db.rows(sql, args![&last, SOME])?;
        let Some(end) = rows.last() else { return Ok(()) };
        end[0].str().clone_into(&mut last);
        for r in &rows {
            step(done, all);
            done += 1;
            let stored: StoredIncident = decode("an incident", r[2].str())?;
            let row: IncidentRow = decode("an incident", r[3].str())?;
            // Only what people changed asks for their decisions.
            let shown = match row.edited.is_empty() {
                true => stored.told().clone(),
                false => objects::edited(db, lexicon, &stored)?,
            };
            let told: BTreeSet<&str> = stored.sightings.iter().map(|s| objects::report_of(s)).collect();
            let claims = if shown.disputed.is_empty() { Vec::new() } else { objects::claims_of(db, r[0].str())? };
            put(db, r[1].int(), &row, &shown, &claims, &told)?;
        }
    }
}

/// Writes the mark of an incident; `told` are its reports.
pub(crate) fn put(
    db: &mut dyn Db,
    ord: i64,
    row: &IncidentRow,
    shown: &Incident,
    claims: &[Claim],
    told: &BTreeSet<&str>,
) -> Result<()> {
    let mut arrived = i64::MAX;
    for report in told {
        arrived = arrived.min(seq_of(db, report)?);
    }
    let mut contradicted = 0;
    for c in claims.iter().filter(|c| shown.disputed.contains(&c.aspect)) {
        contradicted = contradicted.max(seq_of(db, &c.report)?);
    }
    // What is disputed without a claim of that very aspect counts from the newest report.
    if contradicted == 0 && !shown.disputed.is_empty() {
        for report in told {
            contradicted = contradicted.max(seq_of(db, report)?);
        }
    }
    let place = drawn(shown);
    let at = place.and_then(|p| p.lat_lon);
    let micro = |x: f64| (x * MILLION).round() as i64;
    let count = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    let (low, high) = shown.killed.map_or((-1, -1), |(a, b)| (count(a), count(b)));
    let exact = match (place, at) {
        (Some(p), Some(_)) => i64::from(p.acled_precision()),
        _ => 0,
    };
    let sql = "INSERT INTO mark (ord, id, first, last, state, kind, status, disputed, country, exact, arrived, contradicted, span,
                 place, lat, lon, radius, low, high, title)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)";
    let values = args![
        ord,
        &row.id,
        &row.first,
        &row.last,
        row.state.as_str(),
        &row.kind,
        &row.status,
        i64::from(!row.disputed.is_empty()),
        place.map_or("", |p| p.country.as_str()),
        exact,
        if arrived == i64::MAX { 0 } else { arrived },
        contradicted,
        shown.when.map_or("", |w| w.precision.as_str()),
        place.map_or("", |p| p.name.as_str()),
        at.map_or(0, |(lat, _)| micro(lat)),
        at.map_or(0, |(_, lon)| micro(lon)),
        place.filter(|_| at.is_some()).map_or(0, radius),
        low,
        high,
        &row.title,
    ];
    db.run(sql, values).map(drop)
}

fn seq_of(db: &mut dyn Db, report: &str) -> Result<i64> {
    number(db, "SELECT seq FROM report WHERE id = ?1", args![report])
}

/// Takes a mark away.
pub(crate) fn forget(db: &mut dyn Db, ord: i64) -> Result<()> {
    db.run("DELETE FROM mark WHERE ord = ?1", args![ord]).map(drop)
}

/// Takes all marks away.
pub(crate) fn forget_all(db: &mut dyn Db) -> Result<()> {
    db.run("DELETE FROM mark", &[]).map(drop)
}

fn mark(row: &Row) -> Mark {
    let text = |k: usize| row[k].str().to_owned();
    let degrees = |k: usize| row[k].int() as f64 / MILLION;
    let count = |k: usize| u64::try_from(row[k].int()).ok();
    let exact = u8::try_from(row[11].int()).unwrap_or(0);
    Mark {
        id: text(0),
        title: text(1),
        kind: text(2),
        first: text(3),
        last: text(4),
        precision: text(5),
        state: text(6),
        status: text(7),
        disputed: row[8].int() != 0,
        country: text(9),
        place: text(10),
        exact,
        at: (exact > 0).then(|| (degrees(12), degrees(13))),
        radius_km: u32::try_from(row[14].int()).unwrap_or(0),
        killed: count(15).zip(count(16)),
    }
}

/// Marks of the incidents that fit, newest first; with `placed`, only those with coordinates.
pub(crate) fn list(db: &mut dyn Db, filter: &Filter, placed: bool, limit: usize) -> Result<Vec<Mark>> {
    let fit = query::fit(db.dialect(), "mark", "incident", filter, None)?;
    let (from, holds, mut values) = (fit.from, fit.holds, fit.values);
    values.push(Value::Int(i64::try_from(limit).unwrap_or(i64::MAX)));
    let only = if placed { " AND mark.exact > 0" } else { "" };
    let sql =
        format!("SELECT {COLUMNS} FROM {from} WHERE {holds}{only} ORDER BY {} DESC LIMIT ?{}", fit.order, values.len());
    Ok(db.rows(&sql, &values)?.iter().map(mark).collect())
}

/// Incidents that fit, counted by what they are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Facets {
    /// How many fit.
    pub total: usize,
    /// How many of them have no coordinates.
    pub unplaced: usize,
    /// How many of them have no day.
    pub undated: usize,
    /// About how many of them speakers contradict each other.
    pub disputed: usize,
    /// By kind, most first.
    pub kinds: Vec<(String, usize)>,
    /// By how well the doer is known.
    pub statuses: Vec<(String, usize)>,
    /// By where they stand with people.
    pub states: Vec<(String, usize)>,
    /// By country, "" where none is known.
    pub countries: Vec<(String, usize)>,
}

/// Counts what fits.
pub(crate) fn facets(db: &mut dyn Db, filter: &Filter) -> Result<Facets> {
    let fit = query::fit(db.dialect(), "mark", "incident", filter, None)?;
    // One pass, over an index that holds all of it where nothing but these columns filters.
    let sql = format!(
        "SELECT mark.kind, mark.status, mark.state, mark.country, mark.disputed, mark.exact, mark.span, COUNT(*)
         FROM {} WHERE {} GROUP BY 1, 2, 3, 4, 5, 6, 7",
        fit.from, fit.holds
    );
    let mut out = Facets::default();
    let mut sums: [std::collections::BTreeMap<String, usize>; 4] = Default::default();
    for row in db.rows(&sql, &fit.values)? {
        let n = usize::try_from(row[7].int()).unwrap_or(0);
        out.total += n;
        for (k, sum) in sums.iter_mut().enumerate() {
            *sum.entry(row[k].str().to_owned()).or_default() += n;
        }
        out.disputed += if row[4].int() != 0 { n } else { 0 };
        out.unplaced += if row[5].int() == 0 { n } else { 0 };
        out.undated += if row[6].str().is_empty() { n } else { 0 };
    }
    let [kinds, statuses, states, countries] = sums.map(|sum| {
        let mut all: Vec<(String, usize)> = sum.into_iter().collect();
        all.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        all
    });
    Ok(Facets { kinds, statuses, states, countries, ..out })
}

/// Incidents that begin on one day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OnDay {
    /// The day.
    pub day: String,
    /// How many.
    pub incidents: usize,
    /// About how many of them speakers contradict each other.
    pub disputed: usize,
}

/// Incidents that fit and are known to the day, by day, the earliest first.
pub(crate) fn days(db: &mut dyn Db, filter: &Filter) -> Result<Vec<OnDay>> {
    let fit = query::fit(db.dialect(), "mark", "incident", filter, None)?;
    let sql = format!(
        "SELECT mark.first, mark.disputed, COUNT(*) FROM {} WHERE {} AND mark.span = 'day' GROUP BY 1, 2 ORDER BY 1",
        fit.from, fit.holds
    );
    let mut out: Vec<OnDay> = Vec::new();
    for row in db.rows(&sql, &fit.values)? {
        let n = usize::try_from(row[2].int()).unwrap_or(0);
        let day = row[0].str();
        if out.last().is_none_or(|d| d.day != day) {
            out.push(OnDay { day: day.to_owned(), incidents: 0, disputed: 0 });
        }
        if let Some(last) = out.last_mut() {
            last.incidents += n;
            last.disputed += if row[1].int() != 0 { n } else { 0 };
        }
    }
    Ok(out)
}

/// One actor's incidents, for a timeline.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Lane {
    /// The actor.
    pub actor: String,
    /// Incidents in which it takes part as doer or target, by any account; newest first.
    pub marks: Vec<Mark>,
}

/// Lanes of the actors that take part in most of the incidents that fit, in alphabetical order: nobody's is first.
pub(crate) fn lanes(db: &mut dyn Db, filter: &Filter, lanes: usize, limit: usize) -> Result<Vec<Lane>> {
    let marks = list(db, filter, false, limit)?;
    let mut by: std::collections::BTreeMap<String, Vec<Mark>> = Default::default();
    for m in marks {
        let sql = "SELECT DISTINCT name FROM actor WHERE object = ?1 AND role <> 'speaker'";
        for name in texts(db, sql, args![&m.id])? {
            by.entry(name).or_default().push(m.clone());
        }
    }
    let mut all: Vec<Lane> = by.into_iter().map(|(actor, marks)| Lane { actor, marks }).collect();
    all.sort_by(|a, b| b.marks.len().cmp(&a.marks.len()).then_with(|| a.actor.cmp(&b.actor)));
    all.truncate(lanes);
    // Small and capital letters stand together.
    all.sort_by_cached_key(|l| (l.actor.to_lowercase(), l.actor.clone()));
    Ok(all)
}
