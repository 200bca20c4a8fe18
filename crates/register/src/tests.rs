//! One suite for both databases: what holds of a register holds in SQLite and in PostgreSQL.

mod decisions;
mod former;
mod hostile;
mod lists;
mod marks;
mod recorded;
mod server;
mod suite;
mod world;
mod writers;

/// Runs each test against a fresh register of both sorts.
macro_rules! both {
    ($($name:ident),* $(,)?) => {
        mod sqlite { $(#[test] fn $name() { super::$name(&mut crate::tests::world::sqlite()) })* }
        mod postgres { $(#[test] fn $name() { super::$name(&mut crate::tests::world::postgres()) })* }
    };
}
use both;
