//! Day counting: months, weeks, seasons, Easter, and the Islamic and Solar Hijri calendars.

use super::said::Calendar;
use jiff::civil::{Date, date};

/// The day `days` after `from`, if it lies in the years 1 to 9999.
pub(super) fn shift(from: Date, days: i64) -> Option<Date> {
    let span = jiff::Span::new().try_days(days).ok()?;
    from.checked_add(span).ok().filter(|d| d.year() >= 1)
}

/// A day of the Gregorian calendar, if there is such a day.
pub(super) fn day(year: i16, month: u8, day: u8) -> Option<Date> {
    if year < 1 {
        return None;
    }
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// First and last day of a month, counted on across year ends: month 13 is the next January.
pub(super) fn month(year: i16, month: i32) -> Option<(Date, Date)> {
    let months = i32::from(year) * 12 + month - 1;
    let first = day(i16::try_from(months.div_euclid(12)).ok()?, months.rem_euclid(12) as u8 + 1, 1)?;
    Some((first, first.last_of_month()))
}

/// First and last day of a year.
pub(super) fn year(y: i16) -> Option<(Date, Date)> {
    Some((day(y, 1, 1)?, day(y, 12, 31)?))
}

/// Monday to Sunday of the week that holds `d`.
pub(super) fn week(d: Date) -> Option<(Date, Date)> {
    let monday = shift(d, 1 - i64::from(weekday(d)))?;
    Some((monday, shift(monday, 6)?))
}

/// 1 for Monday to 7 for Sunday.
pub(super) fn weekday(d: Date) -> u8 {
    d.weekday().to_monday_one_offset() as u8
}

/// First and last day of a quarter.
pub(super) fn quarter(y: i16, q: i32) -> Option<(Date, Date)> {
    Some((month(y, q * 3 - 2)?.0, month(y, q * 3)?.1))
}

/// First and last day of a season of the northern year; winter begins in December.
pub(super) fn season(y: i16, s: u8) -> Option<(Date, Date)> {
    let first = i32::from(s) * 3;
    Some((month(y, first)?.0, month(y, first + 2)?.1))
}

/// Easter Sunday (Gregorian computus, after Meeus).
pub(super) fn easter(y: i16) -> Option<Date> {
    let y = i32::from(y);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - b / 4 - g + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    day(y as i16, (n / 31) as u8, (n % 31 + 1) as u8)
}

/// Days before the year in the tabular Islamic calendar (11 leap years in 30).
fn hijri_days(y: i64) -> i64 {
    (y - 1) * 354 + (11 * y + 3).div_euclid(30)
}

/// Length of an Islamic month: 30 and 29 by turns, the last with a leap day.
fn hijri_length(y: i64, m: u8) -> u8 {
    let leap = (11 * y + 14).rem_euclid(30) < 11;
    if m % 2 == 1 || (m == 12 && leap) { 30 } else { 29 }
}

/// True for leap years of the Solar Hijri calendar, by its cycle of 33 years (right for 1178 to 1633).
fn solar_leap(y: i64) -> bool {
    matches!(y.rem_euclid(33), 1 | 5 | 9 | 13 | 17 | 22 | 26 | 30)
}

fn solar_length(y: i64, m: u8) -> u8 {
    match m {
        1..=6 => 31,
        7..=11 => 30,
        _ => 29 + u8::from(solar_leap(y)),
    }
}

/// The Gregorian day of a day in another calendar.
pub(super) fn convert(calendar: Calendar, y: i16, m: u8, d: u8) -> Option<Date> {
    if !(1..=12).contains(&m) || d < 1 {
        return None;
    }
    let year = i64::from(y);
    match calendar {
        Calendar::Gregorian => day(y, m, d),
        Calendar::Hijri => {
            // 1 Muharram 1445 was 19 July 2023.
            let before = i64::from(m - 1) * 29 + i64::from(m / 2);
            let days = hijri_days(year) - hijri_days(1445) + before + i64::from(d) - 1;
            (d <= hijri_length(year, m)).then(|| shift(date(2023, 7, 19), days))?
        }
        Calendar::Solar => {
            if !(1178..=1633).contains(&y) || d > solar_length(year, m) {
                return None;
            }
            // 1 Farvardin 1403 was 20 March 2024.
            let years = |from: i64, to: i64| -> i64 { (from..to).map(|y| 365 + i64::from(solar_leap(y))).sum() };
            let before: i64 = (1..m).map(|m| i64::from(solar_length(year, m))).sum();
            let days = years(1403, year) - years(year, 1403) + before + i64::from(d) - 1;
            shift(date(2024, 3, 20), days)
        }
    }
}

/// The length of a month in its calendar.
pub(super) fn length(calendar: Calendar, y: i16, m: u8) -> u8 {
    match calendar {
        Calendar::Gregorian => day(y, m, 1).map_or(28, |d| d.days_in_month() as u8),
        Calendar::Hijri => hijri_length(i64::from(y), m),
        Calendar::Solar => solar_length(i64::from(y), m),
    }
}

/// The year of another calendar in which `d` falls, give or take one.
pub(super) fn year_near(calendar: Calendar, d: Date) -> i16 {
    match calendar {
        Calendar::Gregorian => d.year(),
        Calendar::Solar => d.year() - 621,
        Calendar::Hijri => ((i32::from(d.year()) - 622) * 33 / 32 + 1) as i16,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_calendars_agree_with_known_days() {
        let h = |y, m, d| convert(Calendar::Hijri, y, m, d);
        assert_eq!(h(1445, 1, 1), Some(date(2023, 7, 19)));
        assert_eq!(h(1446, 1, 1), Some(date(2024, 7, 8)));
        assert_eq!(h(1445, 9, 27), Some(date(2024, 4, 6)));
        assert_eq!(h(1400, 1, 1), Some(date(1979, 11, 21)));
        let s = |y, m, d| convert(Calendar::Solar, y, m, d);
        assert_eq!(s(1403, 1, 27), Some(date(2024, 4, 15)));
        assert_eq!(s(1404, 1, 1), Some(date(2025, 3, 21)));
        assert_eq!(s(1400, 1, 1), Some(date(2021, 3, 21)));
        assert_eq!(s(1357, 2, 7), Some(date(1978, 4, 27)));
        assert_eq!(s(1402, 12, 30), None);
    }

    #[test]
    fn easter_sundays() {
        assert_eq!(easter(2024), Some(date(2024, 3, 31)));
        assert_eq!(easter(2025), Some(date(2025, 4, 20)));
        assert_eq!(easter(1998), Some(date(1998, 4, 12)));
    }
}
