//! Rebuilding: everything that is derived, made again from reports and decisions, and compared with what stood there.

use crate::anchors;
use crate::derive::{self, Change, Fresh, Machine};
use crate::error::Result;
use crate::hash::sha256;
use crate::report::{self, Kept};
use crate::store::{Db, Row, Value, args, number, schema, texts};
use counterclaim_lexicon::Lexicon;
use std::collections::BTreeMap;

/// Reports read at a time.
const CHUNK: usize = 256;

/// What a rebuild found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rebuilt {
    /// Reports that were read again.
    pub reports: usize,
    /// Rows that are derived.
    pub rows: usize,
    /// Rows that differ from what stood there, the first few by name. Empty: the same bytes.
    pub differ: Vec<String>,
    /// How many rows differ in all.
    pub differing: usize,
}

/// Derives everything again.
pub(crate) fn rebuild(
    db: &mut dyn Db,
    lexicon: &Lexicon,
    machine: &Machine<'_>,
    step: &mut dyn FnMut(usize, usize),
) -> Result<Rebuilt> {
    let before = fingerprints(db)?;
    clear(db)?;
    let total = usize::try_from(number(db, "SELECT COUNT(*) FROM report", &[])?).unwrap_or(0);
    let mut change = Change::default();
    let mut done = 0;
    each_report(db, &mut |db, fresh| {
        done += fresh.len();
        let (identities, reports): (Vec<String>, Vec<_>) =
            fresh.into_iter().map(|(i, k)| (i, (k.report, k.given))).unzip();
        for (identity, part) in identities.into_iter().zip(derive::read(machine, reports)) {
            let id = part.reading.report.id.clone();
            let newest = report::versions(db, &identity)?.last().is_none_or(|v| *v == id);
            let fresh = Fresh { id, identity, part };
            derive::store_reading(db, lexicon, machine, &fresh, newest)?;
            if newest {
                derive::take_part(db, lexicon, &fresh.part, &mut change)?;
            }
        }
        step(done, total);
        Ok(())
    })?;
    // Decisions are tied when all sightings are in place, and before anything is written that they bear on.
    anchors::tie_all(db)?;
    for id in texts(db, "SELECT report FROM reading WHERE newest = 1 ORDER BY report", &[])? {
        if let Some(part) = derive::part_of(db, &id)? {
            derive::commit_to(db, &part)?;
        }
    }
    let all: Vec<String> = change.fresh.into_iter().collect();
    for some in all.chunks(CHUNK) {
        let mut change = Change { fresh: some.iter().cloned().collect(), ..Change::default() };
        derive::relink(db, lexicon, &mut change)?;
    }
    // Reports without sightings have been in no neighbourhood.
    let mut change = Change { reports: change.reports, ..Change::default() };
    derive::relink(db, lexicon, &mut change)?;
    compare(db, total, before)
}

type Named = (String, Kept);
type Work<'a> = &'a mut dyn FnMut(&mut dyn Db, Vec<Named>) -> Result<()>;

/// Calls `work` with reports in the order in which they came, some at a time.
fn each_report(db: &mut dyn Db, work: Work<'_>) -> Result<()> {
    let mut last = 0;
    loop {
        let sql = "SELECT seq, id, identity, body FROM report WHERE seq > ?1 ORDER BY seq LIMIT ?2";
        let rows = db.rows(sql, args![last, CHUNK as i64])?;
        let Some(end) = rows.last() else { return Ok(()) };
        last = end[0].int();
        let mut some = Vec::with_capacity(rows.len());
        for row in &rows {
            some.push((row[2].str().to_owned(), report::named(row[1].str(), row[3].str())?));
        }
        work(db, some)?;
    }
}

fn clear(db: &mut dyn Db) -> Result<()> {
    for (table, ..) in schema::DERIVED {
        db.run(&format!("DELETE FROM {table}"), &[])?;
    }
    for table in schema::SEARCHED {
        schema::forget_all(db, table)?;
    }
    Ok(())
}

/// Calls `work` with every derived row, table by table, in the order of keys.
fn each_row(db: &mut dyn Db, work: &mut dyn FnMut(&str, &[Value], &Row)) -> Result<()> {
    const PAGE: i64 = 2000;
    for (table, columns, keys) in schema::DERIVED {
        let key: Vec<&str> = columns.split(", ").take(*keys).collect();
        let key = key.join(", ");
        let places: Vec<String> = (1..=*keys).map(|n| format!("?{n}")).collect();
        let limit = keys + 1;
        let first = format!("SELECT {columns} FROM {table} ORDER BY {key} LIMIT ?1");
        let next = format!(
            "SELECT {columns} FROM {table} WHERE ({key}) > ({}) ORDER BY {key} LIMIT ?{limit}",
            places.join(", ")
        );
        let mut rows = db.rows(&first, args![PAGE])?;
        while let Some(end) = rows.last() {
            let mut from: Vec<Value> = end[..*keys].to_vec();
            for row in &rows {
                work(table, &row[..*keys], row);
            }
            from.push(Value::Int(PAGE));
            rows = db.rows(&next, &from)?;
        }
    }
    Ok(())
}

fn line(table: &str, row: &Row) -> String {
    let cells: Vec<serde_json::Value> = row
        .iter()
        .map(|v| match v {
            Value::Int(n) => (*n).into(),
            Value::Text(s) => s.as_str().into(),
            Value::Null | Value::Bytes(_) => serde_json::Value::Null,
        })
        .collect();
    format!("{table} {}", serde_json::Value::from(cells))
}

/// Short hashes of all rows by table, sorted.
type Prints = BTreeMap<String, Vec<u64>>;

fn print_of(table: &str, row: &Row) -> u64 {
    u64::from_str_radix(&sha256(line(table, row).as_bytes())[..16], 16).unwrap_or(0)
}

fn fingerprints(db: &mut dyn Db) -> Result<Prints> {
    let mut out = Prints::new();
    each_row(db, &mut |table, _, row| out.entry(table.to_owned()).or_default().push(print_of(table, row)))?;
    out.values_mut().for_each(|v| v.sort_unstable());
    Ok(out)
}

fn compare(db: &mut dyn Db, reports: usize, before: Prints) -> Result<Rebuilt> {
    const SHOWN: usize = 20;
    let mut out = Rebuilt { reports, ..Rebuilt::default() };
    let mut after = Prints::new();
    each_row(db, &mut |table, key, row| {
        let print = print_of(table, row);
        after.entry(table.to_owned()).or_default().push(print);
        out.rows += 1;
        if before.get(table).is_none_or(|v| v.binary_search(&print).is_err()) {
            out.differing += 1;
            if out.differ.len() < SHOWN {
                let key: Vec<&str> = key.iter().map(Value::str).collect();
                out.differ.push(format!("{table} {}", key.join(" ")));
            }
        }
    })?;
    for (table, prints) in &before {
        let mut now = after.remove(table).unwrap_or_default();
        now.sort_unstable();
        let gone = prints.iter().filter(|p| now.binary_search(p).is_err()).count();
        // A row that changed was counted above.
        if gone > 0 && prints.len() > now.len() {
            let fewer = prints.len() - now.len();
            out.differing += fewer;
            out.differ.push(format!("{table}: {fewer} rows that do not follow from reports and decisions"));
        }
    }
    Ok(out)
}

/// Every derived row as a line.
pub(crate) fn dump(db: &mut dyn Db) -> Result<String> {
    let mut out = String::new();
    each_row(db, &mut |table, _, row| {
        out.push_str(&line(table, row));
        out.push('\n');
    })?;
    Ok(out)
}
