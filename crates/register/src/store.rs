//! The one door to the databases: a small trait, so that every query is written once for SQLite and PostgreSQL.
//!
//! SQL texts use `?1`, `?2`, … and what both databases share. Numbers are BIGINT, everything else TEXT or bytes.
//! Texts may hold any character: PostgreSQL knows no NUL, so NUL becomes U+FFFD in columns (JSON escapes it and
//! keeps it).

pub(crate) mod postgres;
pub(crate) mod schema;
pub(crate) mod sqlite;

use crate::error::{RegisterError, Result};

/// One value of a row or an argument.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Value {
    /// Nothing.
    Null,
    /// A whole number.
    Int(i64),
    /// A text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
}

/// One row.
pub(crate) type Row = Vec<Value>;

/// Which database it is; only full-text search, backups and the definition of tables differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// SQLite.
    Sqlite,
    /// PostgreSQL.
    Postgres,
}

/// A database.
pub(crate) trait Db: Send {
    /// Which database it is.
    fn dialect(&self) -> Dialect;
    /// Begins a transaction that writes. One at a time: others wait here, so that no two can block each other later.
    fn begin(&mut self) -> Result<()>;
    /// Begins a transaction that sees one state of everything and writes nothing.
    fn begin_reading(&mut self) -> Result<()>;
    /// Ends the transaction; when this returns, what was written is on disk.
    fn commit(&mut self) -> Result<()>;
    /// Undoes the transaction.
    fn rollback(&mut self) -> Result<()>;
    /// Runs a statement; returns how many rows changed.
    fn run(&mut self, sql: &str, args: &[Value]) -> Result<u64>;
    /// Runs a query.
    fn rows(&mut self, sql: &str, args: &[Value]) -> Result<Vec<Row>>;
    /// Runs several statements without arguments.
    fn script(&mut self, sql: &str) -> Result<()>;
    /// Writes a copy of the whole database as it is at this moment into a new file, if the database can.
    fn copy_to(&mut self, file: &std::path::Path) -> Result<()>;
    /// What the database itself finds wrong with its files.
    fn own_check(&mut self) -> Result<Vec<String>>;
}

/// Runs `work` in a transaction that writes: all of it happens, or nothing.
pub(crate) fn writing<T>(db: &mut dyn Db, work: impl FnOnce(&mut dyn Db) -> Result<T>) -> Result<T> {
    db.begin()?;
    match work(db) {
        Ok(value) => {
            if let Err(e) = db.commit() {
                let _ = db.rollback();
                return Err(e);
            }
            Ok(value)
        }
        Err(e) => {
            // The first error says why; that undoing fails too adds nothing.
            let _ = db.rollback();
            Err(e)
        }
    }
}

/// Runs `work` on one state of everything.
pub(crate) fn reading<T>(db: &mut dyn Db, work: impl FnOnce(&mut dyn Db) -> Result<T>) -> Result<T> {
    db.begin_reading()?;
    let done = work(db);
    let ended = db.rollback();
    done.and_then(|value| ended.map(|()| value))
}

/// Rows of one column of texts.
pub(crate) fn texts(db: &mut dyn Db, sql: &str, args: &[Value]) -> Result<Vec<String>> {
    Ok(db.rows(sql, args)?.into_iter().filter_map(|mut r| r.pop().map(Value::text)).collect())
}

/// One number, 0 if there is none.
pub(crate) fn number(db: &mut dyn Db, sql: &str, args: &[Value]) -> Result<i64> {
    Ok(db.rows(sql, args)?.first().and_then(|r| r.first()).map_or(0, Value::int))
}

impl Value {
    /// The number; 0 for anything else.
    pub(crate) fn int(&self) -> i64 {
        if let Value::Int(n) = self { *n } else { 0 }
    }

    /// The text; empty for anything else.
    pub(crate) fn text(self) -> String {
        if let Value::Text(s) = self { s } else { String::new() }
    }

    /// The text; empty for anything else.
    pub(crate) fn str(&self) -> &str {
        if let Value::Text(s) = self { s } else { "" }
    }

    /// The bytes; none for anything else.
    pub(crate) fn bytes(self) -> Vec<u8> {
        if let Value::Bytes(b) = self { b } else { Vec::new() }
    }
}

impl From<i64> for Value {
    fn from(n: i64) -> Value {
        Value::Int(n)
    }
}

impl From<&str> for Value {
    fn from(s: &str) -> Value {
        Value::Text(s.replace('\0', "\u{FFFD}"))
    }
}

impl From<&String> for Value {
    fn from(s: &String) -> Value {
        Value::from(s.as_str())
    }
}

impl From<String> for Value {
    fn from(s: String) -> Value {
        Value::from(s.as_str())
    }
}

impl From<&[u8]> for Value {
    fn from(b: &[u8]) -> Value {
        Value::Bytes(b.to_vec())
    }
}

/// Arguments of a statement.
macro_rules! args {
    ($($value:expr),* $(,)?) => { &[$($crate::store::Value::from($value)),*] };
}
pub(crate) use args;

/// JSON of a stored row.
pub(crate) fn decode<T: serde::de::DeserializeOwned>(what: &str, text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|e| RegisterError::Damaged(format!("{what} ({e})")))
}

/// A row as JSON.
pub(crate) fn encode<T: serde::Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|e| RegisterError::Damaged(format!("what was read ({e})")))
}
