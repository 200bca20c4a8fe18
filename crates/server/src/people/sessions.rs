//! Sessions: who has signed in, by the secret in the cookie.

use super::passwords::{kept, secret};
use super::store::{People, Person, columns, person};
use crate::error::Result;
use rusqlite::{OptionalExtension, params};

/// Seconds without a request after which a session ends.
const IDLE: i64 = 12 * 3600;
/// Seconds after which it ends in any case.
pub(crate) const LONGEST: i64 = 14 * 24 * 3600;
/// Seconds between two notes of when it was used.
const STEP: i64 = 60;

impl People {
    /// Begins a session; the secret for the cookie.
    pub(crate) fn begin_session(&self, person: i64, now: i64) -> Result<String> {
        let secret = secret()?;
        let connection = self.lock();
        connection.execute("DELETE FROM session WHERE used < ?1 OR made < ?2", params![now - IDLE, now - LONGEST])?;
        let sql = "INSERT INTO session (hash, person, made, used) VALUES (?1, ?2, ?3, ?3)";
        connection.execute(sql, params![kept(&secret), person, now])?;
        Ok(secret)
    }

    /// Whose session it is, if it lasts.
    pub(crate) fn of_session(&self, secret: &str, now: i64) -> Result<Option<Person>> {
        let hash = kept(secret);
        let connection = self.lock();
        let sql = format!(
            "SELECT {}, session.used FROM session JOIN person ON person.id = session.person
             WHERE session.hash = ?1 AND session.used >= ?2 AND session.made >= ?3",
            columns()
        );
        let mut statement = connection.prepare_cached(&sql)?;
        let found: Option<(Person, i64)> = statement
            .query_row(params![hash, now - IDLE, now - LONGEST], |row| Ok((person(row)?, row.get(7)?)))
            .optional()?;
        if let Some((_, used)) = &found
            && now - used > STEP
        {
            connection.execute("UPDATE session SET used = ?2 WHERE hash = ?1", params![hash, now])?;
        }
        Ok(found.map(|(person, _)| person))
    }

    /// Ends a session.
    pub(crate) fn end_session(&self, secret: &str) -> Result<()> {
        self.lock().execute("DELETE FROM session WHERE hash = ?1", [kept(secret)])?;
        Ok(())
    }
}
