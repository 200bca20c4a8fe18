//! The file of people: who there is, with which role, and what they have seen.

use super::passwords;
use crate::error::{DeskError, Result};
use crate::roles::Role;
use counterclaim_register::Point;
use rusqlite::{Connection, OptionalExtension, params};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

const TABLES: &str = "
PRAGMA journal_mode = WAL;
CREATE TABLE IF NOT EXISTS person (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE COLLATE NOCASE, role TEXT NOT NULL,
  password TEXT NOT NULL, made INTEGER NOT NULL, report INTEGER NOT NULL DEFAULT 0, decision INTEGER NOT NULL DEFAULT 0,
  looked INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS session (hash TEXT PRIMARY KEY, person INTEGER NOT NULL, made INTEGER NOT NULL, used INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS session_person ON session (person);
CREATE TABLE IF NOT EXISTS key (id INTEGER PRIMARY KEY, hash TEXT NOT NULL UNIQUE, person INTEGER NOT NULL, label TEXT NOT NULL,
  made INTEGER NOT NULL, used INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS audit (seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, who TEXT NOT NULL, what TEXT NOT NULL,
  address TEXT NOT NULL);
";

/// The file of people.
pub struct People {
    connection: Mutex<Connection>,
}

/// A person of the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Number.
    pub id: i64,
    /// Name: what decisions are signed with.
    pub name: String,
    /// What this person may do.
    pub role: Role,
    /// When this person was added, in seconds since 1970.
    pub made: i64,
    /// What the register held when this person last said "seen".
    pub seen: Point,
    /// When that was; 0 for never.
    pub looked: i64,
}

const COLUMNS: &str = "person.id, person.name, person.role, person.made, person.report, person.decision, person.looked";

/// A person from a row of [`COLUMNS`].
pub(super) fn person(row: &rusqlite::Row<'_>) -> rusqlite::Result<Person> {
    let role: String = row.get(2)?;
    Ok(Person {
        id: row.get(0)?,
        name: row.get(1)?,
        role: role.parse().unwrap_or(Role::Reader),
        made: row.get(3)?,
        seen: Point { report: row.get(4)?, decision: row.get(5)? },
        looked: row.get(6)?,
    })
}

/// The columns of a person.
pub(super) fn columns() -> &'static str {
    COLUMNS
}

/// A name as it is kept: no controls, no marks that turn text round.
fn sound(name: &str) -> Result<String> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let odd = |c: char| {
        c.is_control()
            || ('\u{200B}'..='\u{200F}').contains(&c)
            || ('\u{202A}'..='\u{202E}').contains(&c)
            || ('\u{2060}'..='\u{206F}').contains(&c)
            || c == '\u{FEFF}'
    };
    if name.is_empty() || name.chars().count() > 60 || name.chars().any(odd) {
        return Err(DeskError::Bad("a name has 1 to 60 letters, and no invisible ones".into()));
    }
    Ok(name)
}

impl From<rusqlite::Error> for DeskError {
    fn from(e: rusqlite::Error) -> DeskError {
        DeskError::Internal(format!("the file of people: {e}"))
    }
}

impl People {
    /// Where the file of people of a register is: beside it, or, for a register on a server, in a folder here.
    pub fn beside(register: &str) -> PathBuf {
        if register.contains("://") {
            return PathBuf::from("counterclaim.desk").join("desk.sqlite");
        }
        let place = Path::new(register);
        let folder = if place.is_file() { place.parent().unwrap_or(Path::new("")) } else { place };
        folder.join("desk.sqlite")
    }

    /// Opens the file; makes it if there is none.
    ///
    /// # Errors
    /// If it cannot be opened or made.
    pub fn open(file: &Path) -> Result<People> {
        let cannot = |e: &dyn std::fmt::Display| DeskError::Setup(format!("cannot open {}: {e}", file.display()));
        if let Some(folder) = file.parent().filter(|f| !f.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder).map_err(|e| cannot(&e))?;
        }
        let new = !file.exists();
        let connection = Connection::open(file).map_err(|e| cannot(&e))?;
        connection.busy_timeout(std::time::Duration::from_secs(10)).map_err(|e| cannot(&e))?;
        if new {
            only_for_owner(file);
        }
        connection.execute_batch(TABLES).map_err(|e| cannot(&e))?;
        Ok(People { connection: Mutex::new(connection) })
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, Connection> {
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds a person.
    ///
    /// # Errors
    /// If the name is taken or none, or the password too short.
    pub fn add(&self, name: &str, role: Role, password: &str, now: i64) -> Result<Person> {
        let name = sound(name)?;
        let hash = passwords::hash(password)?;
        let sql = "INSERT INTO person (name, role, password, made) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING";
        let added = self.lock().execute(sql, params![name, role.as_str(), hash, now])?;
        if added == 0 {
            return Err(DeskError::Bad(format!("there is somebody of the name \"{name}\" already")));
        }
        self.named(&name)?.ok_or(DeskError::NotFound)
    }

    /// A password that can be read aloud.
    ///
    /// # Errors
    /// If the machine gives no random numbers.
    pub fn new_password() -> Result<String> {
        passwords::readable()
    }

    /// Everybody, by name.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn all(&self) -> Result<Vec<Person>> {
        let connection = self.lock();
        let mut statement = connection.prepare_cached(&format!("SELECT {COLUMNS} FROM person ORDER BY name"))?;
        let found = statement.query_map([], person)?.collect::<rusqlite::Result<_>>()?;
        Ok(found)
    }

    /// The person of this name.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn named(&self, name: &str) -> Result<Option<Person>> {
        let connection = self.lock();
        let mut statement = connection.prepare_cached(&format!("SELECT {COLUMNS} FROM person WHERE name = ?1"))?;
        Ok(statement.query_row([name], person).optional()?)
    }

    /// The person whose password it is; takes as long for a name that nobody has.
    pub(crate) fn check(&self, name: &str, password: &str) -> Result<Option<Person>> {
        let hash: Option<String> = {
            let connection = self.lock();
            let mut statement = connection.prepare_cached("SELECT password FROM person WHERE name = ?1")?;
            statement.query_row([name], |row| row.get(0)).optional()?
        };
        // The file is not locked while the password is hashed.
        if passwords::fits(password, hash.as_deref()) { self.named(name) } else { Ok(None) }
    }

    /// Gives a person another role.
    ///
    /// # Errors
    /// If there is nobody of this name, or no admin would be left.
    pub fn set_role(&self, name: &str, role: Role) -> Result<()> {
        let person = self.named(name)?.ok_or(DeskError::NotFound)?;
        if person.role == Role::Admin && role != Role::Admin {
            self.another_admin(person.id)?;
        }
        self.lock().execute("UPDATE person SET role = ?2 WHERE id = ?1", params![person.id, role.as_str()])?;
        Ok(())
    }

    /// Gives a person another password and ends all sessions.
    ///
    /// # Errors
    /// If there is nobody of this name, or the password is too short.
    pub fn set_password(&self, name: &str, password: &str) -> Result<()> {
        let person = self.named(name)?.ok_or(DeskError::NotFound)?;
        let hash = passwords::hash(password)?;
        let connection = self.lock();
        connection.execute("UPDATE person SET password = ?2 WHERE id = ?1", params![person.id, hash])?;
        connection.execute("DELETE FROM session WHERE person = ?1", [person.id])?;
        Ok(())
    }

    /// Removes a person with sessions and keys. What this person decided stays, under the name.
    ///
    /// # Errors
    /// If there is nobody of this name, or no admin would be left.
    pub fn remove(&self, name: &str) -> Result<()> {
        let person = self.named(name)?.ok_or(DeskError::NotFound)?;
        if person.role == Role::Admin {
            self.another_admin(person.id)?;
        }
        let connection = self.lock();
        connection.execute("DELETE FROM session WHERE person = ?1", [person.id])?;
        connection.execute("DELETE FROM key WHERE person = ?1", [person.id])?;
        connection.execute("DELETE FROM person WHERE id = ?1", [person.id])?;
        Ok(())
    }

    fn another_admin(&self, but: i64) -> Result<()> {
        let sql = "SELECT COUNT(*) FROM person WHERE role = 'admin' AND id <> ?1";
        let others: i64 = self.lock().query_row(sql, [but], |row| row.get(0))?;
        if others == 0 {
            return Err(DeskError::Bad("somebody must stay admin; make another person admin first".into()));
        }
        Ok(())
    }

    /// Remembers what a person has seen.
    pub(crate) fn saw(&self, person: i64, point: Point, now: i64) -> Result<()> {
        let sql = "UPDATE person SET report = ?2, decision = ?3, looked = ?4 WHERE id = ?1";
        self.lock().execute(sql, params![person, point.report, point.decision, now])?;
        Ok(())
    }
}

/// On Unix, nobody else on the machine may read the file.
fn only_for_owner(file: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // If the disk knows no permissions, the file is as open as the disk.
        let _ = std::fs::set_permissions(file, std::fs::Permissions::from_mode(0o600));
    }
    #[cfg(not(unix))]
    let _ = file;
}
