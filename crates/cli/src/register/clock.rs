//! The only clock of the program: when reports arrive and decisions are made. No result depends on it.

/// The time now, as RFC 3339 without fractions of a second.
pub fn now() -> String {
    jiff::Timestamp::from_second(seconds()).unwrap_or(jiff::Timestamp::UNIX_EPOCH).to_string()
}

/// The time now, in seconds since 1970: for sessions at the desk.
#[allow(clippy::disallowed_methods)]
pub fn seconds() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.map_or(0, |d| i64::try_from(d.as_secs()).unwrap_or(0))
}
