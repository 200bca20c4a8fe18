//! The only clock of the program: when reports arrive and decisions are made. No result depends on it.

/// The time now, as RFC 3339 without fractions of a second.
#[allow(clippy::disallowed_methods)]
pub fn now() -> String {
    let seconds = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |d| d.as_secs());
    let time = i64::try_from(seconds).ok().and_then(|s| jiff::Timestamp::from_second(s).ok());
    time.unwrap_or(jiff::Timestamp::UNIX_EPOCH).to_string()
}
