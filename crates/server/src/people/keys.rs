//! Keys of programs that use the API: shown once, kept as a hash.

use super::passwords::{kept, secret};
use super::store::{People, Person, columns, person};
use crate::error::Result;
use rusqlite::{OptionalExtension, params};

/// A key, without its secret.
#[derive(Clone, Debug)]
pub(crate) struct Key {
    /// Number.
    pub id: i64,
    /// Whose role it has.
    pub person: String,
    /// What it is for.
    pub label: String,
    /// When it was made.
    pub made: i64,
    /// When it was last used; 0 for never.
    pub used: i64,
}

impl People {
    /// Makes a key that may do what the person may; its secret.
    pub(crate) fn add_key(&self, person: i64, label: &str, now: i64) -> Result<String> {
        let secret = format!("cck_{}", secret()?);
        let label: String = label.chars().filter(|c| !c.is_control()).take(80).collect();
        let sql = "INSERT INTO key (hash, person, label, made) VALUES (?1, ?2, ?3, ?4)";
        self.lock().execute(sql, params![kept(&secret), person, label, now])?;
        Ok(secret)
    }

    /// Whose key it is.
    pub(crate) fn of_key(&self, secret: &str, now: i64) -> Result<Option<Person>> {
        let hash = kept(secret);
        let connection = self.lock();
        let sql = format!(
            "SELECT {}, key.used FROM key JOIN person ON person.id = key.person WHERE key.hash = ?1",
            columns()
        );
        let mut statement = connection.prepare_cached(&sql)?;
        let found: Option<(Person, i64)> =
            statement.query_row([&hash], |row| Ok((person(row)?, row.get(7)?))).optional()?;
        if let Some((_, used)) = &found
            && now - used > 60
        {
            connection.execute("UPDATE key SET used = ?2 WHERE hash = ?1", params![hash, now])?;
        }
        Ok(found.map(|(person, _)| person))
    }

    /// All keys.
    pub(crate) fn keys(&self) -> Result<Vec<Key>> {
        let connection = self.lock();
        let sql =
            "SELECT key.id, person.name, key.label, key.made, key.used FROM key JOIN person ON person.id = key.person
                   ORDER BY person.name, key.id";
        let mut statement = connection.prepare_cached(sql)?;
        let key = |row: &rusqlite::Row<'_>| {
            Ok(Key { id: row.get(0)?, person: row.get(1)?, label: row.get(2)?, made: row.get(3)?, used: row.get(4)? })
        };
        let found = statement.query_map([], key)?.collect::<rusqlite::Result<_>>()?;
        Ok(found)
    }

    /// Removes a key; false if there was none.
    pub(crate) fn remove_key(&self, id: i64) -> Result<bool> {
        Ok(self.lock().execute("DELETE FROM key WHERE id = ?1", [id])? > 0)
    }
}
