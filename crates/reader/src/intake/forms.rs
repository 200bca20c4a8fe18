//! Days as feeds and tables write them: ISO, in words, or in figures whose order has to be known.

use super::published_date;
use jiff::civil::Date;

/// Whether the day or the month comes first in `03/04/2024`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateOrder {
    /// Day, month, year: 3 April.
    DayFirst,
    /// Month, day, year: March 4.
    MonthFirst,
}

impl DateOrder {
    /// The order named `dmy` or `mdy`.
    pub fn parse(name: &str) -> Option<DateOrder> {
        match name {
            "dmy" => Some(DateOrder::DayFirst),
            "mdy" => Some(DateOrder::MonthFirst),
            _ => None,
        }
    }
}

/// A day that needs no order: ISO, RFC 822, `18 March 2024`, `March 18, 2024`, `18-Mar-2024`, `2024/03/18`. A date-time gives
/// the day at its own place.
pub(super) fn plain(given: &str) -> Option<Date> {
    let given = given.trim();
    if given.len() > 80 {
        return None;
    }
    published_date(given).ok().or_else(|| published_date(&given.replacen('/', "-", 2)).ok()).or_else(|| words(given))
}

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

fn words(given: &str) -> Option<Date> {
    let mut parts = given.split([' ', ',', '-', '.']).filter(|p| !p.is_empty()).peekable();
    // "Mon, 18 Mar 2024 10:00:00 +0500": the name of the day says nothing new.
    let weekday = |p: &&str| {
        let name = p.to_ascii_lowercase();
        ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].iter().any(|d| name.starts_with(d))
    };
    parts.next_if(weekday);
    let (a, b, year) = (parts.next()?, parts.next()?, parts.next()?);
    let month = |p: &str| {
        let name = p.to_ascii_lowercase();
        let at = MONTHS.iter().position(|m| name.starts_with(m))?;
        name.bytes().all(|b| b.is_ascii_lowercase()).then_some(at as i8 + 1)
    };
    let day = |p: &str| p.trim_end_matches(|c: char| c.is_ascii_lowercase()).parse::<i8>().ok();
    let (day, month) = match (day(a), month(b)) {
        (Some(d), Some(m)) => (d, m),
        _ => (day(b)?, month(a)?),
    };
    let digits = year.bytes().all(|b| b.is_ascii_digit());
    let year = match (year.len(), year.parse::<i16>().ok().filter(|_| digits)?) {
        (4, y) => y,
        // RFC 822 had two digits.
        (2, y) if y < 50 => 2000 + y,
        (2, y) => 1900 + y,
        _ => return None,
    };
    Date::new(year, month, day).ok()
}

/// The three figures of `03/04/2024`, with slashes, points or hyphens, and with or without a time of day.
pub(super) fn figures(given: &str) -> Option<[i16; 3]> {
    let day = given.trim().split([' ', 'T']).next()?;
    let mark = day.chars().find(|c| !c.is_ascii_digit()).filter(|c| "/.-".contains(*c))?;
    let mut parts = day.split(mark);
    let mut figure = |longest: usize| {
        let part = parts.next()?;
        (part.len() <= longest && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse().ok())?
    };
    let figures = [figure(2)?, figure(2)?, figure(4)?];
    (parts.next().is_none() && figures[2] >= 1000).then_some(figures)
}

/// The day of three figures in a known order.
pub(super) fn ordered([a, b, year]: [i16; 3], order: DateOrder) -> Option<Date> {
    let (day, month) = match order {
        DateOrder::DayFirst => (a, b),
        DateOrder::MonthFirst => (b, a),
    };
    Date::new(year, month as i8, day as i8).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_that_mean_one_day() {
        for given in [
            "2024-03-18",
            "2024-03-18T23:00:00-05:00",
            "2024/03/18",
            "Mon, 18 Mar 2024 23:59:00 +0500",
            "18 Mar 24 10:00 GMT",
            "Monday, 18 March 2024",
            "March 18, 2024",
            "18th March 2024",
            "18-Mar-2024",
        ] {
            assert_eq!(plain(given).map(|d| d.to_string()).as_deref(), Some("2024-03-18"), "{given}");
        }
        for given in ["03/04/2024", "yesterday", "", "18 Smarch 2024", "Mar 2024", "31 February 2024", "18 Mar 2024x"] {
            assert_eq!(plain(given), None, "{given}");
        }
    }

    #[test]
    fn figures_need_an_order() {
        let given = figures("03/04/2024 10:00").unwrap();
        assert_eq!(ordered(given, DateOrder::DayFirst).unwrap().to_string(), "2024-04-03");
        assert_eq!(ordered(given, DateOrder::MonthFirst).unwrap().to_string(), "2024-03-04");
        assert_eq!(figures("3.4.2024"), Some([3, 4, 2024]));
        for given in ["03/04/24", "2024-03-04", "3/4", "a/b/2024", "03/04/2024/5", ""] {
            assert_eq!(figures(given), None, "{given}");
        }
    }
}
