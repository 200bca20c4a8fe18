//! A resolved stretch of days and how TimeML writes it.

use super::calendar;
use super::said::Part;
use counterclaim_text::DateValue;
use jiff::civil::Date;

/// How long a stretch is by nature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Grain {
    Day,
    Days,
    Week,
    Weekend,
    Month,
    Season(u8),
    Quarter(u8),
    Half(u8),
    Year,
    Years(i16),
}

/// A resolved stretch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Value {
    pub start: Date,
    pub end: Date,
    pub grain: Grain,
    /// The year that it is counted in: a winter or an ISO week can begin in another.
    pub year: i16,
}

impl Value {
    /// A single day.
    pub fn day(d: Date) -> Value {
        Value { start: d, end: d, grain: Grain::Day, year: d.year() }
    }

    /// Several days in a row.
    pub fn days(start: Date, end: Date) -> Option<Value> {
        let grain = if start == end { Grain::Day } else { Grain::Days };
        (start <= end).then_some(Value { start, end, grain, year: start.year() })
    }

    /// The week of a day.
    pub fn week(d: Date) -> Option<Value> {
        let (start, end) = calendar::week(d)?;
        Some(Value { start, end, grain: Grain::Week, year: start.year() })
    }

    /// A month; month 13 is the next January.
    pub fn month(year: i16, month: i32) -> Option<Value> {
        let (start, end) = calendar::month(year, month)?;
        Some(Value { start, end, grain: Grain::Month, year: start.year() })
    }

    /// A quarter; quarter 0 is the last one of the year before.
    pub fn quarter(year: i16, quarter: i32) -> Option<Value> {
        let (start, end) = calendar::quarter(year, quarter)?;
        let grain = Grain::Quarter((quarter - 1).rem_euclid(4) as u8 + 1);
        Some(Value { start, end, grain, year: start.year() })
    }

    /// A season of the northern year.
    pub fn season(year: i16, season: u8) -> Option<Value> {
        let (start, end) = calendar::season(year, season)?;
        Some(Value { start, end, grain: Grain::Season(season), year })
    }

    /// A calendar year.
    pub fn year(year: i16) -> Option<Value> {
        let (start, end) = calendar::year(year)?;
        Some(Value { start, end, grain: Grain::Year, year })
    }

    /// A Saturday and its Sunday.
    pub fn weekend(saturday: Date) -> Option<Value> {
        let end = calendar::shift(saturday, 1)?;
        Some(Value { start: saturday, end, grain: Grain::Weekend, year: saturday.year() })
    }

    /// The days, as mentions carry them.
    pub fn range(&self) -> DateValue {
        DateValue { start: self.start, end: self.end }
    }

    /// The value as TimeML writes it.
    pub fn timex(&self) -> String {
        let (start, year) = (self.start, self.year);
        let iso = start.iso_week_date();
        match self.grain {
            Grain::Day => iso_day(start),
            Grain::Days => format!("{}/{}", iso_day(start), iso_day(self.end)),
            Grain::Week => format!("{:04}-W{:02}", iso.year(), iso.week()),
            Grain::Weekend => format!("{:04}-W{:02}-WE", iso.year(), iso.week()),
            Grain::Month => format!("{:04}-{:02}", start.year(), start.month()),
            Grain::Season(s) => format!("{year:04}-{}", ["SP", "SU", "FA", "WI"][usize::from(s + 3) % 4]),
            Grain::Quarter(q) => format!("{year:04}-Q{q}"),
            Grain::Half(h) => format!("{year:04}-H{h}"),
            Grain::Year => format!("{year:04}"),
            Grain::Years(10) if year % 10 == 0 => format!("{:03}", year / 10),
            Grain::Years(100) if year % 100 == 0 => format!("{:02}", year / 100),
            Grain::Years(n) => format!("{year:04}/{:04}", year.saturating_add(n - 1)),
        }
    }
}

/// "2024-03-18"
pub(super) fn iso_day(d: Date) -> String {
    format!("{:04}-{:02}-{:02}", d.year(), d.month(), d.day())
}

/// "TNI", "T17:10"
pub(super) fn part_suffix(part: Part) -> String {
    match part {
        Part::Clock(h, m) => format!("T{h:02}:{m:02}"),
        other => super::lengths::suffix(other).to_string(),
    }
}
