//! What comes in: reports with their raw bytes, kept once, in a chain; corrected versions beside the old ones.

use crate::error::Result;
use crate::hash::{START, link, name, sha256};
use crate::store::{Db, args, decode, encode, texts};
use counterclaim_coding::Coded;
use counterclaim_text::{Note, Report};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// One report as it comes in.
#[derive(Clone, Debug)]
pub struct Incoming {
    /// The report as taken in. Its `id` is the publisher's own, if [`named`](Incoming::named) says so.
    pub report: Report,
    /// What was doubtful when it was taken in.
    pub notes: Vec<Note>,
    /// True if `report.id` is the publisher's name for it, so that another text of that name is a new version. An
    /// id made of a file's name or of a line's number is none.
    pub named: bool,
    /// What somebody else coded in it: a row of a data set is taken as it is, and never read by the machine.
    pub given: Option<Coded>,
    /// The bytes that it came in: a line of JSON Lines, a whole file. Reports of one file share them.
    pub raw: Arc<Vec<u8>>,
    /// Name of the input, for people.
    pub from: String,
}

/// A report as it is kept.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Kept {
    /// The report, with the id that came with it.
    pub report: Report,
    /// What was doubtful at intake.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
    /// What somebody else coded in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub given: Option<Coded>,
}

impl Kept {
    /// A report by itself.
    pub(crate) fn of(report: &Report) -> Kept {
        Kept { report: report.clone(), notes: Vec::new(), given: None }
    }
}

/// A report on its way into the register.
pub(crate) struct Prepared<'a> {
    /// Its name in the register: depends on its content alone.
    pub id: String,
    /// What its versions share; empty if it cannot have versions.
    pub identity: String,
    /// The row.
    pub body: String,
    /// What came in.
    pub incoming: &'a Incoming,
}

impl Incoming {
    /// Names the report. The same content has the same name, whenever and in whatever wrapping it comes.
    pub(crate) fn prepare(&self) -> Result<Prepared<'_>> {
        let r = &self.report;
        let day = r.published.map(|d| d.to_string()).unwrap_or_default();
        let (url, language) = (r.url.as_deref().unwrap_or(""), r.language.as_deref().unwrap_or(""));
        let given = if self.named { r.id.as_str() } else { "" };
        let coded = self.given.as_ref().map(encode).transpose()?.unwrap_or_default();
        let id = name('r', 20, &["report", &r.source, given, url, &day, &r.title, language, &r.text, &coded]);
        // Without a source, "1" of one publisher and "1" of another would be versions of each other.
        let identity = if !url.is_empty() {
            name('v', 32, &["url", &r.source, url])
        } else if !given.is_empty() && !r.source.is_empty() {
            name('v', 32, &["id", &r.source, given])
        } else {
            String::new()
        };
        let mut report = r.clone();
        given.clone_into(&mut report.id);
        let body = encode(&Kept { report, notes: self.notes.clone(), given: self.given.clone() })?;
        Ok(Prepared { id, identity, body, incoming: self })
    }
}

/// True if the register holds the report.
pub(crate) fn known(db: &mut dyn Db, id: &str) -> Result<bool> {
    Ok(!db.rows("SELECT seq FROM report WHERE id = ?1", args![id])?.is_empty())
}

/// The end of a chain: the last number and hash.
pub(crate) fn end_of(db: &mut dyn Db, table: &str) -> Result<(i64, String)> {
    let rows = db.rows(&format!("SELECT seq, hash FROM {table} ORDER BY seq DESC LIMIT 1"), &[])?;
    Ok(rows.into_iter().next().map_or((0, START.to_owned()), |mut r| {
        let hash = r.pop().map(crate::store::Value::text).unwrap_or_default();
        (r[0].int(), hash)
    }))
}

/// The hash of a row of reports. `raw` is the SHA-256 of the bytes.
pub(crate) fn row_hash(
    seq: i64,
    id: &str,
    identity: &str,
    raw: &str,
    arrived: &str,
    body: &str,
    before: &str,
) -> String {
    link(&[&seq.to_string(), id, identity, raw, arrived, body], before)
}

/// Keeps a report that the register does not hold.
pub(crate) fn keep(db: &mut dyn Db, p: &Prepared<'_>, arrived: &str) -> Result<()> {
    let raw = sha256(&p.incoming.raw);
    if db.rows("SELECT 1 FROM raw WHERE sha256 = ?1", args![&raw])?.is_empty() {
        let sql = "INSERT INTO raw (sha256, bytes, name, arrived) VALUES (?1, ?2, ?3, ?4)";
        db.run(sql, args![&raw, p.incoming.raw.as_slice(), clip(&p.incoming.from), arrived])?;
    }
    let (last, before) = end_of(db, "report")?;
    let seq = last + 1;
    let hash = row_hash(seq, &p.id, &p.identity, &raw, arrived, &p.body, &before);
    let published = p.incoming.report.published.map(|d| d.to_string()).unwrap_or_default();
    let sql = "INSERT INTO report (seq, id, identity, source, published, coded, raw, arrived, body, previous, hash)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
    let (source, coded) = (clip(&p.incoming.report.source), i64::from(p.incoming.given.is_some()));
    db.run(sql, args![seq, &p.id, &p.identity, source, published, coded, raw, arrived, &p.body, before, hash]).map(drop)
}

/// The report of this name, with its name in the register as its id.
pub(crate) fn load(db: &mut dyn Db, id: &str) -> Result<Option<Kept>> {
    let rows = texts(db, "SELECT body FROM report WHERE id = ?1", args![id])?;
    rows.first().map(|body| named(id, body)).transpose()
}

/// A stored report under its name in the register.
pub(crate) fn named(id: &str, body: &str) -> Result<Kept> {
    let mut kept: Kept = decode(&format!("report {id}"), body)?;
    id.clone_into(&mut kept.report.id);
    Ok(kept)
}

/// Versions of one report, oldest first. The newest is the one published last; of several of one day, the one that came
/// in last: nothing else tells which corrects which.
pub(crate) fn versions(db: &mut dyn Db, identity: &str) -> Result<Vec<String>> {
    if identity.is_empty() {
        return Ok(Vec::new());
    }
    texts(db, "SELECT id FROM report WHERE identity = ?1 ORDER BY published, seq", args![identity])
}

/// All versions of a report, oldest first; itself if it can have none.
pub(crate) fn all_versions(db: &mut dyn Db, id: &str) -> Result<Vec<String>> {
    let identity = texts(db, "SELECT identity FROM report WHERE id = ?1", args![id])?.pop();
    let found = versions(db, &identity.unwrap_or_default())?;
    Ok(if found.is_empty() { vec![id.to_owned()] } else { found })
}

/// The version of a report that takes part.
pub(crate) fn newest(db: &mut dyn Db, id: &str) -> Result<String> {
    Ok(all_versions(db, id)?.pop().unwrap_or_else(|| id.to_owned()))
}

/// Words short enough for an index: hostile names are as long as they like, rows of an index are not.
pub(crate) fn clip(words: &str) -> String {
    words.chars().take(200).collect::<String>().replace('\0', "\u{FFFD}")
}
