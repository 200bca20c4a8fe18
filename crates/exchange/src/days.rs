//! Days as data sets write them, and the stretch of days that a code of precision means.

use counterclaim_text::{Precision, When};
use jiff::ToSpan;
use jiff::civil::Date;

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// A day as data sets write it: `2024-03-18`, with or without a time of day, `18 March 2024`, `18-Mar-2024`. Forms such as
/// `03/04/2024` are refused: they mean two days.
pub(crate) fn day(given: &str) -> Option<Date> {
    let given = given.trim();
    iso(given).or_else(|| in_words(given))
}

fn iso(given: &str) -> Option<Date> {
    let (day, time) = match given.find(['T', ' ']) {
        Some(at) => (&given[..at], &given[at + 1..]),
        None => (given, ""),
    };
    let form = |(i, b): (usize, u8)| if i == 4 || i == 7 { b == b'-' } else { b.is_ascii_digit() };
    let time_only = time.bytes().all(|b| b.is_ascii_digit() || b":.+-Zz".contains(&b));
    if day.len() != 10 || !day.bytes().enumerate().all(form) || !time_only {
        return None;
    }
    compact(&day.replace('-', ""))
}

/// Eight digits: `20240318`.
pub(crate) fn compact(given: &str) -> Option<Date> {
    if given.len() != 8 || !given.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    Date::new(given[..4].parse().ok()?, given[4..6].parse().ok()?, given[6..].parse().ok()?).ok()
}

fn in_words(given: &str) -> Option<Date> {
    let parts: Vec<&str> = given.split([' ', '-']).collect();
    let [day, month, year] = parts[..] else { return None };
    let month = month.to_ascii_lowercase();
    let month = MONTHS.iter().position(|m| *m == month || month.len() == 3 && m.starts_with(&month))?;
    let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if !digits(day) || !digits(year) || year.len() != 4 {
        return None;
    }
    Date::new(year.parse().ok()?, month as i8 + 1, day.parse().ok()?).ok()
}

/// The stretch of days around `date` that a precision means: the day, its week from Monday to Sunday, its month, its year.
pub(crate) fn around(date: Date, precision: Precision) -> When {
    let whole = |start: Date, end: Date| When { start, end, precision };
    match precision {
        Precision::Day | Precision::Range => whole(date, date),
        Precision::Week => {
            let after_monday = i64::from(date.weekday().to_monday_zero_offset());
            let start = date.checked_sub(after_monday.days()).unwrap_or(date);
            whole(start, start.checked_add(6.days()).unwrap_or(date))
        }
        Precision::Month => whole(date.first_of_month(), date.last_of_month()),
        Precision::Year => whole(date.first_of_year(), date.last_of_year()),
    }
}

/// The precision with this name on the wire.
pub(crate) fn precision(name: &str) -> Option<Precision> {
    use Precision::{Day, Month, Range, Week, Year};
    [Day, Range, Week, Month, Year].into_iter().find(|p| p.as_str() == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_in_the_forms_of_data_sets() {
        for given in ["2024-03-18", " 2024-03-18 00:00:00.000", "2024-03-18T10:00Z", "18 March 2024", "18-Mar-2024"] {
            assert_eq!(day(given).map(|d| d.to_string()).as_deref(), Some("2024-03-18"), "{given}");
        }
        for given in ["03/04/2024", "2024-02-30", "18 Mars 2024", "2024-3-8", "２０２４-03-18", "", "2024-03-18 x"]
        {
            assert_eq!(day(given), None, "{given}");
        }
    }

    #[test]
    fn stretches() {
        let date = jiff::civil::date(2024, 2, 14);
        let shown = |p| {
            let w = around(date, p);
            format!("{} {}", w.start, w.end)
        };
        assert_eq!(shown(Precision::Week), "2024-02-12 2024-02-18");
        assert_eq!(shown(Precision::Month), "2024-02-01 2024-02-29");
        assert_eq!(shown(Precision::Year), "2024-01-01 2024-12-31");
    }
}
