//! What is new since somebody last looked, what is due, and how much there is of everything.

use crate::decision::{Act, Decision};
use crate::error::{RegisterError, Result};
use crate::fold;
use crate::page::ReportLine;
use crate::query::{List, Page};
use crate::report::{self, Kept};
use crate::rows::{CommitmentRow, IncidentRow};
use crate::store::{Db, args, decode, number, texts};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A point in the life of a register: the last report and the last decision. Two equal points are one state, as long as
/// nobody rebuilds it with another version of the reader.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Point {
    /// Number of the last report.
    pub report: i64,
    /// Number of the last decision.
    pub decision: i64,
}

/// Where the register is now.
pub(crate) fn point(db: &mut dyn Db) -> Result<Point> {
    let report = number(db, "SELECT MAX(seq) FROM report", &[])?;
    Ok(Point { report, decision: number(db, "SELECT MAX(seq) FROM decision", &[])? })
}

/// Some rows, and how many there are in all.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Newest<T> {
    /// The newest.
    pub rows: Vec<T>,
    /// How many there are.
    pub total: usize,
}

fn since(db: &mut dyn Db, column: &str, report: i64, limit: usize) -> Result<Newest<(IncidentRow, String)>> {
    let holds = format!("mark.{column} > ?1 AND mark.state <> 'rejected'");
    let total = number(db, &format!("SELECT COUNT(*) FROM mark WHERE {holds}"), args![report])?;
    let sql = format!(
        "SELECT incident.shown, report.arrived FROM (SELECT id, ord, {column} AS at FROM mark WHERE {holds}
           ORDER BY {column} DESC, ord DESC LIMIT ?2) AS newest
         JOIN incident ON incident.id = newest.id JOIN report ON report.seq = newest.at ORDER BY newest.at DESC, newest.ord DESC"
    );
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let mut rows = Vec::new();
    for row in db.rows(&sql, args![report, limit])? {
        rows.push((decode("an incident", row[0].str())?, row[1].str().to_owned()));
    }
    Ok(Newest { rows, total: usize::try_from(total).unwrap_or(0) })
}

/// Incidents that no report told of before, newest arrivals first.
pub(crate) fn incidents_since(db: &mut dyn Db, report: i64, limit: usize) -> Result<Newest<IncidentRow>> {
    let Newest { rows, total } = since(db, "arrived", report, limit)?;
    Ok(Newest { rows: rows.into_iter().map(|(row, _)| row).collect(), total })
}

/// Incidents that later reports contradict, with the time when the contradicting one arrived.
pub(crate) fn contradictions_since(
    db: &mut dyn Db,
    report: i64,
    limit: usize,
) -> Result<Newest<(IncidentRow, String)>> {
    since(db, "contradicted", report.max(0), limit)
}

/// Commitments to be kept by this day of which nobody has said what became of them; the latest deadlines first.
pub(crate) fn due(db: &mut dyn Db, until: Date, limit: usize) -> Result<Vec<CommitmentRow>> {
    let sql = "SELECT shown FROM commitment WHERE last <= ?1 AND last <> first AND state <> 'rejected' ORDER BY last DESC, id LIMIT 2000";
    let mut out = Vec::new();
    for body in texts(db, sql, args![until.to_string()])? {
        let row: CommitmentRow = decode("a commitment", &body)?;
        let open = row.progress.as_deref().is_none_or(|p| p == "pending");
        if row.due.is_some() && open && out.len() < limit {
            out.push(row);
        }
    }
    Ok(out)
}

/// How much there is of everything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Reports, versions of one counted each.
    pub reports: usize,
    /// Incidents, rejected ones too.
    pub incidents: usize,
    /// Claims.
    pub claims: usize,
    /// Commitments.
    pub commitments: usize,
    /// Decisions.
    pub decisions: usize,
}

/// Counts everything.
pub(crate) fn counts(db: &mut dyn Db) -> Result<Counts> {
    let mut count = |table: &str| -> Result<usize> {
        let n = number(db, &format!("SELECT COUNT(*) FROM {table}"), &[])?;
        Ok(usize::try_from(n).unwrap_or(0))
    };
    Ok(Counts {
        reports: count("report")?,
        incidents: count("mark")?,
        claims: count("claim")?,
        commitments: count("commitment")?,
        decisions: count("decision")?,
    })
}

/// Reports, the last to arrive first; of one source, or of all.
pub(crate) fn reports(db: &mut dyn Db, source: Option<&str>, page: &Page) -> Result<List<ReportLine>> {
    let below = match &page.after {
        None => i64::MAX,
        Some(cursor) => cursor.parse().map_err(|_| {
            RegisterError::Refused(format!("\"{cursor}\" is no place in a list; use what the page before gave"))
        })?,
    };
    let limit = i64::try_from(page.limit.saturating_add(1)).unwrap_or(i64::MAX);
    let columns = "SELECT seq, id, body, raw, arrived FROM report WHERE seq < ?1";
    let rows = match source {
        Some(name) => {
            let sql = format!("{columns} AND source = ?3 ORDER BY seq DESC LIMIT ?2");
            db.rows(&sql, args![below, limit, report::clip(name)])?
        }
        None => db.rows(&format!("{columns} ORDER BY seq DESC LIMIT ?2"), args![below, limit])?,
    };
    let more = rows.len() > page.limit;
    let mut out = Vec::new();
    let mut last = 0;
    for row in rows.iter().take(page.limit) {
        last = row[0].int();
        let kept: Kept = report::named(row[1].str(), row[2].str())?;
        out.push(crate::page::line(db, row[1].str(), &kept.report, row[3].str(), row[4].str())?);
    }
    Ok(List { rows: out, next: more.then(|| last.to_string()) })
}

/// Decisions before this one, newest first; of one author, or of all.
pub(crate) fn decisions(db: &mut dyn Db, before: i64, author: Option<&str>, limit: usize) -> Result<Vec<Decision>> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let rows = match author {
        Some(name) => {
            let sql = "SELECT seq FROM decision WHERE seq < ?1 AND author = ?3 ORDER BY seq DESC LIMIT ?2";
            db.rows(sql, args![before, limit, name])?
        }
        None => db.rows("SELECT seq FROM decision WHERE seq < ?1 ORDER BY seq DESC LIMIT ?2", args![before, limit])?,
    };
    let mut out = Vec::new();
    for row in rows {
        out.extend(with_undone(db, row[0].int())?);
    }
    Ok(out)
}

/// A decision, with whether it was undone.
pub(crate) fn with_undone(db: &mut dyn Db, seq: i64) -> Result<Option<Decision>> {
    let Some(this) = fold::load(db, seq)? else { return Ok(None) };
    let mut all = vec![this];
    for row in db.rows("SELECT seq FROM decision WHERE seq > ?1 AND action = 'undo' ORDER BY seq", args![seq])? {
        all.extend(fold::load(db, row[0].int())?);
    }
    Ok(fold::fold(all).all.into_iter().next().map(|(d, _)| d))
}

/// The last decision of an author that still holds and may be undone.
pub(crate) fn last_of(db: &mut dyn Db, author: &str) -> Result<Option<Decision>> {
    let recent = decisions(db, i64::MAX, Some(author), 50)?;
    Ok(recent.into_iter().find(|d| !d.undone && !matches!(d.act, Act::Undo { .. })))
}
