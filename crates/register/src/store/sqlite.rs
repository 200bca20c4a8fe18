//! SQLite: one file, write-ahead log, synced at every commit.

use super::{Db, Dialect, Row, Value};
use crate::error::{RegisterError, Result};
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, OpenFlags, ToSql, params_from_iter};
use std::path::Path;
use std::time::Duration;

/// How long a writer waits for another before it gives up.
const PATIENCE: Duration = Duration::from_secs(120);

/// A connection.
pub(crate) struct Sqlite {
    connection: Connection,
    file: std::path::PathBuf,
}

impl Sqlite {
    /// Opens the file; `new` makes it.
    pub(crate) fn open(file: &Path, new: bool) -> Result<Sqlite> {
        let mut flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        if new {
            flags |= OpenFlags::SQLITE_OPEN_CREATE;
        }
        let connection = Connection::open_with_flags(file, flags).map_err(error)?;
        connection.busy_timeout(PATIENCE).map_err(error)?;
        connection.set_prepared_statement_cache_capacity(256);
        // FULL: the log is on disk before a commit returns. Memory for pages: 64 MB.
        let settings = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
                        PRAGMA cache_size = -64000; PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 4000;";
        connection.execute_batch(settings).map_err(error)?;
        Ok(Sqlite { connection, file: file.to_owned() })
    }

    /// Lets the file grow to this many pages only, as a full disk would.
    #[cfg(test)]
    pub(crate) fn limit(&self, pages: u32) {
        self.connection.execute_batch(&format!("PRAGMA max_page_count = {pages}")).unwrap();
    }
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Value::Null => ValueRef::Null,
            Value::Int(n) => ValueRef::Integer(*n),
            Value::Text(s) => ValueRef::Text(s.as_bytes()),
            Value::Bytes(b) => ValueRef::Blob(b),
        }))
    }
}

fn owned(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(n) => Value::Int(n),
        ValueRef::Real(x) => Value::Int(x as i64),
        ValueRef::Text(b) => Value::Text(String::from_utf8_lossy(b).into_owned()),
        ValueRef::Blob(b) => Value::Bytes(b.to_vec()),
    }
}

fn error(e: rusqlite::Error) -> RegisterError {
    match e.sqlite_error_code() {
        Some(rusqlite::ErrorCode::DiskFull) => RegisterError::Full { detail: e.to_string() },
        Some(rusqlite::ErrorCode::SystemIoFailure) => RegisterError::Full { detail: format!("or failing: {e}") },
        Some(rusqlite::ErrorCode::DatabaseBusy) => RegisterError::Database(format!(
            "{e}: another program has been writing for {} seconds. Wait for it and run the command again.",
            PATIENCE.as_secs()
        )),
        Some(rusqlite::ErrorCode::NotADatabase) => RegisterError::Damaged("the register's file".into()),
        _ => RegisterError::Database(e.to_string()),
    }
}

impl Db for Sqlite {
    fn dialect(&self) -> Dialect {
        Dialect::Sqlite
    }

    fn begin(&mut self) -> Result<()> {
        self.connection.execute_batch("BEGIN IMMEDIATE").map_err(error)
    }

    fn begin_reading(&mut self) -> Result<()> {
        self.connection.execute_batch("BEGIN DEFERRED").map_err(error)
    }

    fn commit(&mut self) -> Result<()> {
        self.connection.execute_batch("COMMIT").map_err(error)
    }

    fn rollback(&mut self) -> Result<()> {
        // SQLite undoes by itself when the disk is full.
        if self.connection.is_autocommit() {
            return Ok(());
        }
        self.connection.execute_batch("ROLLBACK").map_err(error)
    }

    fn run(&mut self, sql: &str, args: &[Value]) -> Result<u64> {
        let mut statement = self.connection.prepare_cached(sql).map_err(error)?;
        statement.execute(params_from_iter(args)).map(|n| n as u64).map_err(error)
    }

    fn rows(&mut self, sql: &str, args: &[Value]) -> Result<Vec<Row>> {
        let mut statement = self.connection.prepare_cached(sql).map_err(error)?;
        let width = statement.column_count();
        let mut found = statement.query(params_from_iter(args)).map_err(error)?;
        let mut out = Vec::new();
        while let Some(row) = found.next().map_err(error)? {
            let values: rusqlite::Result<Row> = (0..width).map(|i| row.get_ref(i).map(owned)).collect();
            out.push(values.map_err(error)?);
        }
        Ok(out)
    }

    fn script(&mut self, sql: &str) -> Result<()> {
        self.connection.execute_batch(sql).map_err(error)
    }

    fn copy_to(&mut self, file: &Path) -> Result<()> {
        let mut copy = Connection::open(file).map_err(error)?;
        let backup = rusqlite::backup::Backup::new(&self.connection, &mut copy).map_err(error)?;
        // All pages in one step: the copy is one state, whoever writes meanwhile.
        backup.step(-1).map_err(error)?;
        drop(backup);
        copy.close().map_err(|(_, e)| error(e))
    }

    fn own_check(&mut self) -> Result<Vec<String>> {
        // A connection of its own: the check of a full-text index trusts what a connection remembers of it, although
        // other connections may have written since, and then sees damage where there is none.
        let mut fresh = Sqlite::open(&self.file, false)?;
        let found = super::texts(&mut fresh, "PRAGMA integrity_check(20)", &[])?;
        Ok(found.into_iter().filter(|line| line != "ok").collect())
    }
}
