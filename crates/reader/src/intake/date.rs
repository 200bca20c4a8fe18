//! Dates of publication: ISO dates and date-times, with an error that says what to write instead.

use jiff::civil::{Date, Time};

/// Why a date of publication cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    /// Four digits are what the calendar here holds.
    #[error("the year in \"{given}\" is outside 1 to 9999; write the date as YYYY-MM-DD, such as 2024-03-19")]
    Year {
        /// What was given.
        given: String,
    },
    /// Not the form of an ISO date.
    #[error("\"{given}\" is not an ISO date; write it as YYYY-MM-DD, such as 2024-03-19")]
    Form {
        /// What was given.
        given: String,
    },
    /// The form is right, but there is no such day.
    #[error("there is no day {given} in the calendar; write the date as YYYY-MM-DD, such as 2024-03-19")]
    NoSuchDay {
        /// What was given.
        given: String,
    },
}

/// The day that an ISO date or date-time names. A date-time gives the day at its own place: offsets are not applied,
/// because "Monday" in a report means Monday there.
///
/// # Errors
/// If it is not ISO, the year has more than four digits, or there is no such day.
pub fn published_date(given: &str) -> Result<Date, DateError> {
    let trimmed = given.trim();
    let form = || DateError::Form { given: shorten(trimmed) };
    let (day, time) = match trimmed.find(['T', 't', ' ']) {
        Some(at) => (&trimmed[..at], Some(&trimmed[at + 1..])),
        None => (trimmed, None),
    };
    let bare = day.strip_prefix(['+', '-']).unwrap_or(day);
    let mut parts = bare.splitn(3, '-');
    let (Some(y), Some(m), Some(d)) = (parts.next(), parts.next(), parts.next()) else { return Err(form()) };
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    if !digits(y) || !digits(m) || !digits(d) || y.len() < 4 || m.len() != 2 || d.len() != 2 {
        return Err(form());
    }
    let year = y.parse::<i16>().ok().filter(|y| (1..=9999).contains(y) && bare.len() == day.len());
    let Some(year) = year else { return Err(DateError::Year { given: shorten(trimmed) }) };
    if time.is_some_and(|t| !is_time(t)) {
        return Err(form());
    }
    let no_such_day = |_| DateError::NoSuchDay { given: shorten(day) };
    // Two digits each, checked above: they fit.
    Date::new(year, m.parse().unwrap_or(0), d.parse().unwrap_or(0)).map_err(no_such_day)
}

/// `10:00`, `10:00:00.5`, each with `Z` or an offset, or without.
fn is_time(text: &str) -> bool {
    let zoneless = text.trim_end_matches(['Z', 'z']);
    let zoneless = zoneless.find(['+', '-', ' ']).map_or(zoneless, |at| &zoneless[..at]);
    zoneless.parse::<Time>().is_ok()
}

fn shorten(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(40).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_date_times() {
        for given in [
            "2024-03-19",
            " 2024-03-19 ",
            "2024-03-19T10:00:00Z",
            "2024-03-19T23:59+05:00",
            "2024-03-19 10:00:00.25 +0500",
        ] {
            assert_eq!(published_date(given).unwrap().to_string(), "2024-03-19", "{given}");
        }
    }

    #[test]
    fn what_is_no_date_says_so() {
        for (given, part) in [
            ("99999-01-01", "outside 1 to 9999"),
            ("+099999-01-01", "outside 1 to 9999"),
            ("-0044-03-15", "outside 1 to 9999"),
            ("0000-01-01", "outside 1 to 9999"),
            ("2024-02-30", "no day 2024-02-30"),
            ("19 March 2024", "not an ISO date"),
            ("2024-3-9", "not an ISO date"),
            ("2024-03-19Tnoon", "not an ISO date"),
            ("2024", "not an ISO date"),
            ("", "not an ISO date"),
            ("۲۰۲۴-۰۳-۱۹", "not an ISO date"),
        ] {
            let message = published_date(given).unwrap_err().to_string();
            assert!(message.contains(part) && message.contains("YYYY-MM-DD"), "{given}: {message}");
        }
    }
}
