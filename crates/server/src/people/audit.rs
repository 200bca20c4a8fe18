//! The log: who signed in, who was turned away, who changed people and keys. Decisions stand in the register itself.

use super::store::People;
use crate::error::Result;
use rusqlite::params;

/// Entries that are kept; older ones make room.
const KEPT: i64 = 100_000;

/// One line of the log.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// Number.
    pub seq: i64,
    /// When, in seconds since 1970.
    pub at: i64,
    /// Who.
    pub who: String,
    /// What.
    pub what: String,
    /// From which address.
    pub address: String,
}

impl People {
    /// Writes a line.
    pub(crate) fn note(&self, at: i64, who: &str, what: &str, address: &str) -> Result<()> {
        let short = |s: &str| s.chars().take(200).collect::<String>();
        let connection = self.lock();
        let sql = "INSERT INTO audit (at, who, what, address) VALUES (?1, ?2, ?3, ?4)";
        connection.execute(sql, params![at, short(who), short(what), short(address)])?;
        let last = connection.last_insert_rowid();
        if last % 1000 == 0 {
            connection.execute("DELETE FROM audit WHERE seq <= ?1", [last - KEPT])?;
        }
        Ok(())
    }

    /// Lines before this one, newest first.
    pub(crate) fn log(&self, before: i64, limit: usize) -> Result<Vec<Entry>> {
        let connection = self.lock();
        let sql = "SELECT seq, at, who, what, address FROM audit WHERE seq < ?1 ORDER BY seq DESC LIMIT ?2";
        let mut statement = connection.prepare_cached(sql)?;
        let entry = |row: &rusqlite::Row<'_>| {
            Ok(Entry { seq: row.get(0)?, at: row.get(1)?, who: row.get(2)?, what: row.get(3)?, address: row.get(4)? })
        };
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let found = statement.query_map(params![before, limit], entry)?.collect::<rusqlite::Result<_>>()?;
        Ok(found)
    }
}
