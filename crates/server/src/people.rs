//! People of the desk, their sessions and keys, what they have seen, and the log of who did what.
//!
//! They live in an SQLite file of their own, beside the register: a register can be copied, rebuilt or shown to others
//! without them. A register in PostgreSQL has it in a folder of the machine that serves the desk. Everything that a
//! request brings (cookies, keys) is kept as a hash only.

mod audit;
mod keys;
mod passwords;
mod sessions;
mod store;

pub(crate) use keys::Key;
pub use passwords::SHORTEST;
pub(crate) use passwords::{csrf, csrf_fits, secret};
pub use store::{People, Person};

/// The word that a new password is made with; for people who make one for somebody else.
pub const AGAIN: &str = "password, again";
