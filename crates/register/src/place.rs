//! Where a register is: a folder, or the address of a PostgreSQL database.

use std::path::{Path, PathBuf};

/// A register's place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// A folder with one SQLite file.
    Folder(PathBuf),
    /// A PostgreSQL database.
    Server(String),
}

impl Place {
    /// The place meant by these words.
    pub(crate) fn of(words: &str) -> Place {
        if words.starts_with("postgres://") || words.starts_with("postgresql://") {
            Place::Server(words.to_owned())
        } else {
            Place::Folder(PathBuf::from(words))
        }
    }
}

/// The SQLite file of a folder. A backup is such a file by itself, and can be opened where it lies.
pub(crate) fn file_in(folder: &Path) -> PathBuf {
    if folder.is_file() { folder.to_owned() } else { folder.join("register.db") }
}

/// The place without the password that an address may hold, for messages.
///
/// # Example
/// ```
/// use counterclaim_register::without_password;
/// assert_eq!(without_password("postgres://ana:secret@db/desk"), "postgres://ana:***@db/desk");
/// assert_eq!(without_password("postgres://db/desk?user=ana&password=secret"), "postgres://db/desk?user=ana&password=***");
/// assert_eq!(without_password("folder"), "folder");
/// ```
pub fn without_password(place: &str) -> String {
    let Some((scheme, rest)) = place.split_once("://") else { return place.to_owned() };
    // A password may hold "@", "/" and "?" unescaped: all up to the last "@" is the user's part.
    let shown = match rest.rsplit_once('@') {
        Some((user, host)) => match user.split_once(':') {
            Some((name, _)) => format!("{name}:***@{host}"),
            None => rest.to_owned(),
        },
        None => rest.to_owned(),
    };
    let hide = |part: &str| match part.split_once('=') {
        Some((key, _)) if key.to_lowercase().contains("pass") => format!("{key}=***"),
        _ => part.to_owned(),
    };
    format!("{scheme}://{}", shown.split('&').map(hide).collect::<Vec<_>>().join("&"))
}
