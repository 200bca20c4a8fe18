//! PostgreSQL: a register that a team shares.

use super::{Db, Dialect, Row, Value};
use crate::error::{RegisterError, Result};
use postgres::types::{IsNull, ToSql, Type, private::BytesMut};
use postgres::{Client, NoTls, Statement};
use std::collections::BTreeMap;
use std::path::Path;

/// Number of the lock that writers of a register take ("claim" in ASCII).
const WRITERS: i64 = 0x63_6c_61_69_6d;

/// A connection.
pub(crate) struct Postgres {
    client: Client,
    /// Statements that the server knows already.
    prepared: BTreeMap<String, Statement>,
}

impl Postgres {
    /// Connects.
    pub(crate) fn open(url: &str) -> Result<Postgres> {
        let settings: postgres::Config = url.parse().map_err(|e| {
            RegisterError::Refused(format!(
                "this is no address of a PostgreSQL database: {}. Write postgres://user@host/database",
                cause(&e)
            ))
        })?;
        if settings.get_ssl_mode() == postgres::config::SslMode::Require {
            let message = "encrypted connections are not built in: reach the server through a local socket or a tunnel \
                           (ssh -L), and leave out sslmode=require";
            return Err(RegisterError::Refused(message.into()));
        }
        let client = settings.connect(NoTls).map_err(|e| {
            RegisterError::Database(format!(
                "no connection to {}: {}. Is the server up, does the database exist?",
                crate::place::without_password(url),
                cause(&e)
            ))
        })?;
        let mut db = Postgres { client, prepared: BTreeMap::new() };
        // A commit is acknowledged after it is on disk, whatever the server's own setting; notices stay silent.
        db.script("SET synchronous_commit = on; SET client_min_messages = warning")?;
        Ok(db)
    }

    fn statement(&mut self, sql: &str) -> Result<Statement> {
        if let Some(known) = self.prepared.get(sql) {
            return Ok(known.clone());
        }
        let statement = self.client.prepare(&numbered(sql)).map_err(|e| error(&e))?;
        self.prepared.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }
}

/// `?1` becomes `$1`. No text of ours holds a question mark otherwise.
fn numbered(sql: &str) -> String {
    sql.replace('?', "$")
}

fn cause(e: &postgres::Error) -> String {
    use std::error::Error;
    match (e.as_db_error(), e.source()) {
        (Some(db), _) => db.message().to_owned(),
        (None, Some(inner)) => inner.to_string(),
        (None, None) => e.to_string(),
    }
}

fn error(e: &postgres::Error) -> RegisterError {
    match e.code().map(postgres::error::SqlState::code) {
        Some("53100") => RegisterError::Full { detail: cause(e) },
        Some(code) => RegisterError::Database(format!("{} ({code})", cause(e))),
        None => RegisterError::Database(cause(e)),
    }
}

impl ToSql for Value {
    fn to_sql(
        &self,
        ty: &Type,
        out: &mut BytesMut,
    ) -> std::result::Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Value::Null => Ok(IsNull::Yes),
            Value::Int(n) => n.to_sql(ty, out),
            Value::Text(s) => s.to_sql(ty, out),
            Value::Bytes(b) => b.to_sql(ty, out),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    postgres::types::to_sql_checked!();
}

fn owned(row: &postgres::Row) -> Result<Row> {
    let bad = |e: postgres::Error| error(&e);
    (0..row.len())
        .map(|i| match *row.columns()[i].type_() {
            Type::INT8 => Ok(row.try_get::<_, Option<i64>>(i).map_err(bad)?.map_or(Value::Null, Value::Int)),
            Type::INT4 => {
                Ok(row.try_get::<_, Option<i32>>(i).map_err(bad)?.map_or(Value::Null, |n| Value::Int(n.into())))
            }
            Type::BYTEA => Ok(row.try_get::<_, Option<Vec<u8>>>(i).map_err(bad)?.map_or(Value::Null, Value::Bytes)),
            _ => Ok(row.try_get::<_, Option<String>>(i).map_err(bad)?.map_or(Value::Null, Value::Text)),
        })
        .collect()
}

impl Db for Postgres {
    fn dialect(&self) -> Dialect {
        Dialect::Postgres
    }

    fn begin(&mut self) -> Result<()> {
        self.script("BEGIN")?;
        // Writers queue for one lock before they touch a row, and let go of it when they end: no deadlock can arise.
        self.rows("SELECT 1 FROM (SELECT pg_advisory_xact_lock(?1)) AS lock", &[Value::Int(WRITERS)]).map(drop)
    }

    fn begin_reading(&mut self) -> Result<()> {
        self.script("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
    }

    fn commit(&mut self) -> Result<()> {
        self.script("COMMIT")
    }

    fn rollback(&mut self) -> Result<()> {
        self.script("ROLLBACK")
    }

    fn run(&mut self, sql: &str, args: &[Value]) -> Result<u64> {
        let statement = self.statement(sql)?;
        let args: Vec<&(dyn ToSql + Sync)> = args.iter().map(|a| a as &(dyn ToSql + Sync)).collect();
        self.client.execute(&statement, &args).map_err(|e| error(&e))
    }

    fn rows(&mut self, sql: &str, args: &[Value]) -> Result<Vec<Row>> {
        let statement = self.statement(sql)?;
        let args: Vec<&(dyn ToSql + Sync)> = args.iter().map(|a| a as &(dyn ToSql + Sync)).collect();
        self.client.query(&statement, &args).map_err(|e| error(&e))?.iter().map(owned).collect()
    }

    fn script(&mut self, sql: &str) -> Result<()> {
        self.client.batch_execute(sql).map_err(|e| error(&e))
    }

    fn copy_to(&mut self, _: &Path) -> Result<()> {
        let message = "a register in PostgreSQL is backed up by PostgreSQL itself: pg_dump --format=custom --file=FILE URL; \
                       pg_restore brings it back, and `counterclaim check` proves that it is whole";
        Err(RegisterError::Refused(message.into()))
    }

    fn own_check(&mut self) -> Result<Vec<String>> {
        Ok(Vec::new())
    }
}
