//! Lists: what fits a filter, newest first, a page at a time.

use crate::error::{RegisterError, Result};
use crate::fold;
use crate::hash::first_ord;
use crate::objects::source_anchor;
use crate::rows::IncidentRow;
use crate::store::{Db, Dialect, Value, args, decode, schema};
use crate::tokens;
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, BTreeSet};

/// What to list. Empty fields do not filter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Not before this day. Incidents that last longer than a month are found by their first 31 days.
    pub from: Option<Date>,
    /// Not after this day.
    pub to: Option<Date>,
    /// Both of these take part: as doer, as target or as speaker.
    pub between: Option<(String, String)>,
    /// There: a place, what holds it, or a country by name or code.
    pub place: String,
    /// This actor takes part: as doer, as target or as speaker.
    pub actor: String,
    /// Kind of incidents, stance of claims, progress of commitments.
    pub kind: String,
    /// How well known it is who did it; only of incidents.
    pub status: String,
    /// Where it stands with people: draft, confirmed or rejected.
    pub state: String,
    /// Only incidents about which speakers contradict each other.
    pub disputed: bool,
    /// Only incidents without coordinates.
    pub unplaced: bool,
    /// All of these words, in title, evidence, claims, places, actors or headlines.
    pub text: String,
    /// Published by this source.
    pub source: String,
    /// Also what people rejected.
    pub rejected: bool,
}

/// Which page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Rows at most.
    pub limit: usize,
    /// Where the page before ended: its [`List::next`].
    pub after: Option<String>,
}

impl Default for Page {
    fn default() -> Page {
        Page { limit: 50, after: None }
    }
}

/// A page of a list.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct List<T> {
    /// Rows, newest first.
    pub rows: Vec<T>,
    /// Where the next page begins; `None` at the end.
    pub next: Option<String>,
}

impl Filter {
    /// True if nothing is filtered.
    pub fn is_empty(&self) -> bool {
        *self == Filter { rejected: self.rejected, ..Filter::default() }
    }

    fn tokens(&self) -> Vec<String> {
        let mut out: Vec<String> = tokens::query(&self.text);
        for (sort, value) in [
            ("place", &self.place),
            ("actor", &self.actor),
            ("kind", &self.kind),
            ("status", &self.status),
            ("state", &self.state),
            ("source", &self.source),
        ] {
            if !value.is_empty() {
                out.push(tokens::tag(sort, value));
            }
        }
        if let Some((a, b)) = &self.between {
            out.extend([tokens::tag("actor", a), tokens::tag("actor", b)]);
        }
        out
    }
}

/// Rows of a table that fit.
pub(crate) fn list<T: DeserializeOwned>(db: &mut dyn Db, table: &str, filter: &Filter, page: &Page) -> Result<List<T>> {
    let mut found =
        ordered(db, table, filter, page.limit.saturating_add(1).min(i64::MAX as usize) as i64, page.after.as_deref())?;
    let more = found.len() > page.limit;
    found.truncate(page.limit);
    let next = found.last().filter(|_| more).map(|(ord, _)| ord.to_string());
    let rows = found.iter().map(|(_, shown)| decode("a row of a list", shown)).collect::<Result<_>>()?;
    Ok(List { rows, next })
}

/// The condition that rows fit a filter, for a table with the columns `ord`, `last` and `state`.
pub(crate) struct Fit {
    /// What stands after FROM.
    pub from: String,
    /// What stands after WHERE.
    pub holds: String,
    /// What stands after ORDER BY.
    pub order: String,
    /// Its arguments.
    pub values: Vec<Value>,
}

/// The condition for rows of `table` that are found by the words of `index`.
pub(crate) fn fit(dialect: Dialect, table: &str, index: &str, filter: &Filter, after: Option<&str>) -> Result<Fit> {
    const REACH: i32 = 31;
    let below = match after {
        None => i64::MAX,
        Some(cursor) => cursor.parse().map_err(|_| {
            RegisterError::Refused(format!("\"{cursor}\" is no place in a list; use what the page before printed"))
        })?,
    };
    let from = filter.from.map(|d| d.saturating_sub(REACH.days()).to_string());
    let to = filter.to.and_then(|d| d.tomorrow().ok()).map(|d| d.to_string());
    let low = from.map_or(0, |d| first_ord(&d));
    let high = to.map_or(i64::MAX, |d| first_ord(&d)).min(below);
    let last = filter.from.map(|d| d.to_string()).unwrap_or_default();
    let hidden = if filter.rejected || filter.state == "rejected" { "" } else { "rejected" };
    if !filter.text.trim().is_empty() && tokens::query(&filter.text).is_empty() {
        return Err(RegisterError::Refused(format!("\"{}\" holds no word to search for", filter.text)));
    }
    let marks = table == "mark";
    // Marks say some of it themselves, in a column: then no index of words is needed.
    let plain = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
    let mut rest = filter.clone();
    let mut only = String::new();
    let mut own: Vec<(&str, String)> = Vec::new();
    if marks {
        for (column, value) in [("kind", &mut rest.kind), ("status", &mut rest.status), ("state", &mut rest.state)] {
            if plain(value) {
                own.push((column, std::mem::take(value)));
            }
        }
    }
    let tokens = rest.tokens();
    let mut values: Vec<Value> = args![low, high, last, hidden].to_vec();
    if filter.disputed || filter.unplaced {
        let mark = |condition: &str| match marks {
            true => format!(" AND {condition}"),
            false => format!(" AND EXISTS (SELECT 1 FROM mark WHERE mark.ord = {table}.ord AND {condition})"),
        };
        only.push_str(&if filter.disputed { mark("mark.disputed = 1") } else { String::new() });
        only.push_str(&if filter.unplaced { mark("mark.exact = 0") } else { String::new() });
    }
    for (column, value) in own {
        values.push(value.into());
        // Written so that SQLite keeps to the order of the index that holds all, and sorts nothing.
        only.push_str(&format!(" AND mark.{column} || '' = ?{}", values.len()));
    }
    let own = format!("{table}.last >= ?3 AND {table}.state <> ?4");
    if tokens.is_empty() && marks && low == 0 && high == i64::MAX {
        // Without bounds, nothing draws the planner away from the index that holds all.
        let holds = format!("CAST(?1 AS BIGINT) <= CAST(?2 AS BIGINT) AND {own}{only}");
        return Ok(Fit { from: table.to_owned(), holds, order: format!("{table}.ord"), values });
    }
    if tokens.is_empty() {
        let holds = format!("{table}.ord >= ?1 AND {table}.ord < ?2 AND {own}{only}");
        return Ok(Fit { from: table.to_owned(), holds, order: format!("{table}.ord"), values });
    }
    let (words, tokens) = schema::holds(dialect, index, values.len() + 1, &tokens);
    values.push(tokens.into());
    // The index of words goes first and is read from its end: days are the high bits of its numbers.
    let holds = format!(
        "{words} AND {index}_words.rowid >= ?1 AND {index}_words.rowid < ?2 AND {table}.ord = {index}_words.rowid AND {own}{only}"
    );
    Ok(Fit { from: format!("{index}_words CROSS JOIN {table}"), holds, order: format!("{index}_words.rowid"), values })
}

/// Rows with their numbers.
fn ordered(
    db: &mut dyn Db,
    table: &str,
    filter: &Filter,
    limit: i64,
    after: Option<&str>,
) -> Result<Vec<(i64, String)>> {
    let Fit { from, holds, order, mut values } = fit(db.dialect(), table, table, filter, after)?;
    values.push(limit.into());
    let sql = format!(
        "SELECT {table}.ord, {table}.shown FROM {from} WHERE {holds} ORDER BY {order} DESC LIMIT ?{}",
        values.len()
    );
    Ok(db
        .rows(&sql, &values)?
        .into_iter()
        .map(|mut r| {
            let shown = r.pop().map(Value::text).unwrap_or_default();
            (r[0].int(), shown)
        })
        .collect())
}

/// An actor with what it takes part in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ActorRow {
    /// Its name.
    pub name: String,
    /// Incidents that some account says it did.
    pub perpetrator: usize,
    /// Incidents in which it was hit or aimed at.
    pub target: usize,
    /// Incidents about which it speaks.
    pub speaker: usize,
    /// Commitments that it made.
    pub promises: usize,
}

/// Actors in order of their names.
pub(crate) fn actors(db: &mut dyn Db, filter: &Filter) -> Result<Vec<ActorRow>> {
    let mut out: BTreeMap<String, ActorRow> = BTreeMap::new();
    let mut add = |name: &str, role: &str, n: usize| {
        let row =
            out.entry(name.to_owned()).or_insert_with(|| ActorRow { name: name.to_owned(), ..ActorRow::default() });
        match role {
            "perpetrator" => row.perpetrator += n,
            "target" => row.target += n,
            "speaker" => row.speaker += n,
            _ => row.promises += n,
        }
    };
    if filter.is_empty() {
        for row in db.rows("SELECT name, role, COUNT(*) FROM actor GROUP BY name, role ORDER BY name, role", &[])? {
            add(row[0].str(), row[1].str(), usize::try_from(row[2].int()).unwrap_or(0));
        }
    } else if *filter == (Filter { actor: filter.actor.clone(), ..Filter::default() }) {
        let sql = "SELECT name, role, COUNT(*) FROM actor WHERE name = ?1 GROUP BY name, role";
        for row in db.rows(sql, args![crate::report::clip(&filter.actor)])? {
            add(row[0].str(), row[1].str(), usize::try_from(row[2].int()).unwrap_or(0));
        }
    } else {
        for (_, shown) in ordered(db, "incident", filter, i64::MAX, None)? {
            let row: IncidentRow = decode("an incident", &shown)?;
            for found in db.rows("SELECT name, role FROM actor WHERE object = ?1", args![row.id])? {
                add(found[0].str(), found[1].str(), 1);
            }
        }
    }
    Ok(out.into_values().collect())
}

/// The actors that take part in most, in order of their names.
pub(crate) fn busiest(db: &mut dyn Db, limit: usize) -> Result<Vec<ActorRow>> {
    let sum = |a: &ActorRow| a.perpetrator + a.target + a.speaker + a.promises;
    let mut all = actors(db, &Filter::default())?;
    all.sort_by(|a, b| sum(b).cmp(&sum(a)).then_with(|| a.name.cmp(&b.name)));
    all.truncate(limit);
    all.sort_by_cached_key(|a| (a.name.to_lowercase(), a.name.clone()));
    Ok(all)
}

/// A source with what it published and how it is graded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SourceRow {
    /// Its name; empty for reports that name none.
    pub name: String,
    /// Reports, versions of one counted each.
    pub reports: usize,
    /// Day of its first report, empty if unknown.
    pub first: String,
    /// Day of its last report.
    pub last: String,
    /// Admiralty grade A to F, if a person gave one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grade: Option<String>,
    /// Who gave it, and when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub graded: Option<(String, String)>,
}

/// Sources in order of their names.
pub(crate) fn sources(db: &mut dyn Db, filter: &Filter) -> Result<Vec<SourceRow>> {
    let day = |d: Option<Date>, other: &str| d.map_or(other.to_owned(), |d| d.to_string());
    let sql = "SELECT source, COUNT(*), MIN(NULLIF(published, '')), MAX(published) FROM report
               WHERE published >= ?1 AND published <= ?2 GROUP BY source ORDER BY source";
    let rows = db.rows(sql, args![day(filter.from, ""), day(filter.to, "9999-12-31")])?;
    let wanted: BTreeSet<String> = tokens::query(&filter.text).into_iter().collect();
    let mut out = Vec::new();
    for row in rows {
        let name = row[0].str().to_owned();
        let own: BTreeSet<String> = tokens::query(&name).into_iter().collect();
        if !wanted.is_subset(&own) {
            continue;
        }
        let fold = fold::on(db, [source_anchor(&name).as_str()])?;
        let graded = fold.all.iter().rev().find(|(d, _)| !d.undone && d.act.name() == "grade-source");
        out.push(SourceRow {
            reports: usize::try_from(row[1].int()).unwrap_or(0),
            first: row[2].str().to_owned(),
            last: row[3].str().to_owned(),
            grade: fold.grade.clone(),
            graded: graded.map(|(d, _)| (d.author.clone(), d.made.clone())),
            name,
        });
    }
    Ok(out)
}

/// Ids that begin with these characters.
pub(crate) fn complete(db: &mut dyn Db, start: &str) -> Result<Vec<String>> {
    let plain = start.chars().all(|c| c.is_ascii_alphanumeric());
    let table = match start.chars().next() {
        Some('i') if plain => "incident",
        Some('c') if plain => "claim",
        Some('p') if plain => "commitment",
        Some('r') if plain => "report",
        _ => return Ok(Vec::new()),
    };
    // "~" follows all letters and digits.
    let sql = format!("SELECT DISTINCT id FROM {table} WHERE id >= ?1 AND id < ?2 ORDER BY id LIMIT 10");
    let range = args![start, format!("{start}~")];
    let found = crate::store::texts(db, &sql, range)?;
    if found.is_empty() && table == "incident" {
        // What has another name now is found by the name that it had.
        return crate::store::texts(db, &sql.replace("FROM incident", "FROM former"), range);
    }
    Ok(found)
}
