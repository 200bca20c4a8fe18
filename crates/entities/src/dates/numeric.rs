//! Reads dates written in digits only: ISO dates, slashes and points, and the years of other calendars.

use super::atoms::Atoms;
use super::calendar;
use super::said::{Calendar, Said, What, Year};
use jiff::civil::Date;

/// "2024-03-18", "03/19/2024", "19.03.2024", "1403/01/27".
pub(super) fn read(a: &Atoms, i: usize) -> Option<Said> {
    let (x, x_len) = a.digits(i)?;
    let sign = a.word(i + 1);
    if !matches!(sign, "-" | "/" | "." | "–") || a.word(i + 3) != sign {
        return None;
    }
    if (i + 1..i + 5).any(|k| !a.glued(k)) || (a.glued(i) && i > 0 && a.is(i - 1, &["-", "/", "."])) {
        return None;
    }
    let ((y, y_len), (z, z_len)) = (a.digits(i + 2)?, a.digits(i + 4)?);
    let end = i + 5;
    if y_len > 2 || a.glued(end) && (a.is(end, &["-", "/"]) || a.digits(end).is_some()) {
        return None;
    }
    let today = a.today;
    if x_len == 4 && z_len <= 2 && (1..=12).contains(&y) && (1..=31).contains(&z) {
        let calendar = match x {
            1300..=1500 => foreign(x as i16, y as u8, z as u8, today)?,
            1600..=2999 => Calendar::Gregorian,
            _ => return None,
        };
        let what = What::Day { calendar, year: Year::At(x as i16), month: y as u8, day: z as u8 };
        return Some(Said::new(i, end, what, "dates/numeric"));
    }
    if x_len > 2 || !matches!(z_len, 2 | 4) || (z_len == 2 && sign != "/") {
        return None;
    }
    let year = match z_len {
        4 => i16::try_from(z).ok().filter(|y| (1600..3000).contains(y))?,
        _ if z < 40 => 2000 + z as i16,
        _ => 1900 + z as i16,
    };
    let day_month = calendar::day(year, y as u8, x as u8).map(|d| (d, y, x));
    let month_day = calendar::day(year, x as u8, y as u8).map(|d| (d, x, y));
    // Both readings possible: the one nearer to publication, not after it; day first without one.
    let distance = |d: Date| {
        today.map_or(0, |t| {
            let days = i64::from((t - d).get_days());
            if days < 0 { 100_000 - days } else { days }
        })
    };
    let (_, month, day) = match (day_month, month_day) {
        (Some(p), Some(q)) if distance(q.0) < distance(p.0) => q,
        (Some(p), _) => p,
        (None, q) => q?,
    };
    let what = What::Day { calendar: Calendar::Gregorian, year: Year::At(year), month: month as u8, day: day as u8 };
    Some(Said::new(i, end, what, "dates/numeric"))
}

/// Islamic or Solar Hijri, whichever lies nearer to publication.
fn foreign(y: i16, m: u8, d: u8, today: Option<Date>) -> Option<Calendar> {
    let distance = |c| {
        let at = calendar::convert(c, y, m, d)?;
        Some(today.map_or(i64::from(y > 1420) * 2 + i64::from(c == Calendar::Hijri), |t| {
            i64::from((t - at).get_days()).abs()
        }))
    };
    let (solar, hijri) = (distance(Calendar::Solar), distance(Calendar::Hijri));
    match (solar, hijri) {
        (Some(s), Some(h)) if h < s => Some(Calendar::Hijri),
        (Some(_), _) => Some(Calendar::Solar),
        (None, Some(_)) => Some(Calendar::Hijri),
        _ => None,
    }
}
