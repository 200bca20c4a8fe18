//! The tables, one definition for both databases. `docs/register.md` describes them for people.
//!
//! What came in and what people decided (`raw`, `report`, `decision`) is append-only: triggers refuse to change or
//! delete a row, and every row carries the SHA-256 of the row before it. All else is derived and may be thrown away:
//! `rebuild` makes it again.

use super::{Db, Dialect};
use crate::error::{RegisterError, Result};

/// Number of the format of the tables. Another number is another format; a program knows one.
pub(crate) const FORMAT: &str = "1";

/// What came in and what was decided, in the order of the chain.
pub(crate) const KEPT: &[&str] = &["raw", "report", "decision"];

/// Derived tables with the columns that are a function of reports and decisions, keys first, and how many make the key.
/// `ord` is none of them: it is moved aside where two objects of one day would share it.
pub(crate) const DERIVED: &[(&str, &str, usize)] = &[
    ("reading", "report, newest, generator, body", 1),
    ("sighting", "id, report, incident, body", 1),
    ("sighting_key", "key, sighting", 2),
    ("edge", "sighting, other", 2),
    ("told", "incident, report", 2),
    ("incident", "id, first, last, state, body, shown", 1),
    ("claim", "id, owner, first, last, state, report, body, shown", 2),
    ("commitment", "id, owner, first, last, state, report, body, shown", 1),
    ("actor", "name, role, object", 3),
    ("anchor", "object, decision", 2),
    ("former", "id, sighting", 2),
];

/// Tables with an index of words beside them.
pub(crate) const SEARCHED: &[&str] = &["incident", "claim", "commitment"];

const TABLES: &str = "
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE raw (sha256 TEXT PRIMARY KEY, bytes {BYTES} NOT NULL, name TEXT NOT NULL, arrived TEXT NOT NULL);
CREATE TABLE report (seq BIGINT PRIMARY KEY, id TEXT NOT NULL UNIQUE, identity TEXT NOT NULL, source TEXT NOT NULL,
  published TEXT NOT NULL, coded BIGINT NOT NULL, raw TEXT NOT NULL REFERENCES raw (sha256), arrived TEXT NOT NULL, body TEXT NOT NULL,
  previous TEXT NOT NULL, hash TEXT NOT NULL);
CREATE INDEX report_identity ON report (identity);
CREATE INDEX report_source ON report (source, published);
CREATE TABLE decision (seq BIGINT PRIMARY KEY, made TEXT NOT NULL, author TEXT NOT NULL, object TEXT NOT NULL, action TEXT NOT NULL,
  body TEXT NOT NULL, reason TEXT NOT NULL, seen BIGINT NOT NULL, previous TEXT NOT NULL, hash TEXT NOT NULL);
CREATE TABLE reading (report TEXT PRIMARY KEY, newest BIGINT NOT NULL, generator TEXT NOT NULL, body TEXT NOT NULL);
CREATE TABLE sighting (id TEXT PRIMARY KEY, report TEXT NOT NULL, incident TEXT NOT NULL, body TEXT NOT NULL);
CREATE INDEX sighting_report ON sighting (report);
CREATE INDEX sighting_incident ON sighting (incident);
CREATE TABLE sighting_key (key TEXT NOT NULL, sighting TEXT NOT NULL, PRIMARY KEY (key, sighting)) {COMPACT};
CREATE TABLE edge (sighting TEXT NOT NULL, other TEXT NOT NULL, PRIMARY KEY (sighting, other)) {COMPACT};
CREATE INDEX edge_other ON edge (other);
CREATE TABLE told (incident TEXT NOT NULL, report TEXT NOT NULL, PRIMARY KEY (incident, report)) {COMPACT};
CREATE INDEX told_report ON told (report);
CREATE TABLE incident (id TEXT PRIMARY KEY, ord BIGINT NOT NULL UNIQUE, first TEXT NOT NULL, last TEXT NOT NULL,
  state TEXT NOT NULL, body TEXT NOT NULL, shown TEXT NOT NULL);
CREATE TABLE claim (id TEXT NOT NULL, owner TEXT NOT NULL, ord BIGINT NOT NULL UNIQUE, first TEXT NOT NULL, last TEXT NOT NULL,
  state TEXT NOT NULL, report TEXT NOT NULL, body TEXT NOT NULL, shown TEXT NOT NULL, PRIMARY KEY (id, owner));
CREATE INDEX claim_owner ON claim (owner);
CREATE TABLE commitment (id TEXT PRIMARY KEY, ord BIGINT NOT NULL UNIQUE, first TEXT NOT NULL, last TEXT NOT NULL,
  state TEXT NOT NULL, owner TEXT NOT NULL, report TEXT NOT NULL, body TEXT NOT NULL, shown TEXT NOT NULL);
CREATE INDEX commitment_owner ON commitment (owner);
CREATE TABLE actor (name TEXT NOT NULL, role TEXT NOT NULL, object TEXT NOT NULL, PRIMARY KEY (name, role, object)) {COMPACT};
CREATE INDEX actor_object ON actor (object);
CREATE TABLE anchor (object TEXT NOT NULL, decision BIGINT NOT NULL, PRIMARY KEY (object, decision)) {COMPACT};
";

/// Makes the tables in an empty database.
pub(crate) fn create(db: &mut dyn Db) -> Result<()> {
    define(db, TABLES)?;
    for table in SEARCHED {
        db.script(&words_of(table, db.dialect()))?;
    }
    crate::marks::create(db)?;
    crate::former::create(db)?;
    for table in KEPT {
        db.script(&guard(table, db.dialect()))?;
    }
    db.run("INSERT INTO meta (key, value) VALUES ('format', ?1)", super::args![FORMAT])?;
    Ok(())
}

/// Makes tables from a definition for both databases.
pub(crate) fn define(db: &mut dyn Db, tables: &str) -> Result<()> {
    // Texts are compared byte by byte in both: the language that a server was set up in changes no order. Compact rows lie
    // in the order of their keys: what is shown together is read together.
    let (text, bytes, compact) = match db.dialect() {
        Dialect::Sqlite => (" TEXT", "BLOB", "WITHOUT ROWID"),
        Dialect::Postgres => (" TEXT COLLATE \"C\"", "BYTEA", ""),
    };
    db.script(&tables.replace(" TEXT", text).replace("{BYTES}", bytes).replace("{COMPACT}", compact))
}

/// True if there is such a table.
pub(crate) fn has(db: &mut dyn Db, table: &str) -> Result<bool> {
    let sql = match db.dialect() {
        Dialect::Sqlite => "SELECT COUNT(*) FROM sqlite_master WHERE name = ?1",
        Dialect::Postgres => "SELECT COUNT(*) FROM pg_class WHERE oid = to_regclass(?1)",
    };
    Ok(super::number(db, sql, super::args![table])? > 0)
}

/// The index of words of a table: rows are found by words and tags, newest first, because `ord` begins with the day.
fn words_of(table: &str, dialect: Dialect) -> String {
    match dialect {
        // The tokens come folded and parted by blanks; "_" belongs to tags. What was indexed is not stored twice.
        Dialect::Sqlite => format!(
            "CREATE VIRTUAL TABLE {table}_words USING fts5(words, content='', contentless_delete=1, detail=none, \
             tokenize=\"ascii tokenchars '_'\")"
        ),
        Dialect::Postgres => format!(
            "CREATE TABLE {table}_words (rowid BIGINT PRIMARY KEY, words TSVECTOR NOT NULL);
             CREATE INDEX {table}_words_index ON {table}_words USING GIN (words)"
        ),
    }
}

/// Refuses to change or delete rows of a table.
fn guard(table: &str, dialect: Dialect) -> String {
    let message = format!("rows of {table} are never changed or deleted");
    match dialect {
        Dialect::Sqlite => format!(
            "CREATE TRIGGER {table}_keep_update BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, '{message}'); END;
             CREATE TRIGGER {table}_keep_delete BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, '{message}'); END;"
        ),
        Dialect::Postgres => format!(
            "CREATE FUNCTION {table}_keep() RETURNS trigger LANGUAGE plpgsql AS
               $body$ BEGIN RAISE EXCEPTION '{message}'; END $body$;
             CREATE TRIGGER {table}_keep_rows BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_keep();
             CREATE TRIGGER {table}_keep_all BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {table}_keep();"
        ),
    }
}

/// The format of the database; empty if it holds no register.
pub(crate) fn format(db: &mut dyn Db) -> Result<String> {
    if !has(db, "meta")? {
        return Ok(String::new());
    }
    Ok(super::texts(db, "SELECT value FROM meta WHERE key = 'format'", &[])?.pop().unwrap_or_default())
}

/// Fails unless the database holds a register of this format.
pub(crate) fn expect(db: &mut dyn Db, place: &str) -> Result<()> {
    match format(db)?.as_str() {
        FORMAT => Ok(()),
        "" => Err(RegisterError::Missing { place: place.to_owned() }),
        other => Err(RegisterError::Format { found: other.to_owned(), known: FORMAT }),
    }
}

/// Indexes a row: words and tags, each once.
pub(crate) fn index(db: &mut dyn Db, table: &str, ord: i64, words: &str) -> Result<()> {
    let sql = match db.dialect() {
        Dialect::Sqlite => format!("INSERT INTO {table}_words (rowid, words) VALUES (?1, ?2)"),
        Dialect::Postgres => {
            format!("INSERT INTO {table}_words (rowid, words) VALUES (?1, array_to_tsvector(string_to_array(?2, ' ')))")
        }
    };
    db.run(&sql, super::args![ord, words]).map(drop)
}

/// Takes a row out of the index.
pub(crate) fn forget(db: &mut dyn Db, table: &str, ord: i64) -> Result<()> {
    if table == "incident" {
        crate::marks::forget(db, ord)?;
    }
    db.run(&format!("DELETE FROM {table}_words WHERE rowid = ?1"), super::args![ord]).map(drop)
}

/// Empties the index.
pub(crate) fn forget_all(db: &mut dyn Db, table: &str) -> Result<()> {
    if table == "incident" {
        crate::marks::forget_all(db)?;
    }
    let sql = match db.dialect() {
        Dialect::Sqlite => format!("INSERT INTO {table}_words ({table}_words) VALUES ('delete-all')"),
        Dialect::Postgres => format!("DELETE FROM {table}_words"),
    };
    db.script(&sql)
}

/// The condition that a row holds all these tokens, and its argument.
pub(crate) fn holds(dialect: Dialect, table: &str, place: usize, tokens: &[String]) -> (String, String) {
    match dialect {
        Dialect::Sqlite => {
            let all: Vec<String> = tokens.iter().map(|t| format!("\"{t}\"")).collect();
            (format!("{table}_words MATCH ?{place}"), all.join(" AND "))
        }
        Dialect::Postgres => {
            let all: Vec<String> = tokens.iter().map(|t| format!("'{t}'")).collect();
            // The text is cast as text first: prepared statements would ask for the type otherwise.
            (format!("words @@ ((?{place}::text)::tsquery)"), all.join(" & "))
        }
    }
}
