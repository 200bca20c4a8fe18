//! Resolves what comes round again (weekdays, months, seasons, feasts): which of them is meant.

use super::calendar::{self, shift, weekday};
use super::said::{Calendar, Which, Year};
use super::story::Story;
use super::tense::Tense;
use super::value::Value;
use super::words::{Feast, words};
use jiff::civil::Date;

/// Days after publication that a date told in the past may still lie: time zones and late datelines.
const SLACK: i64 = 2;

impl Story {
    /// A date that recurs every year: in the year told, or in the one that suits the tense.
    pub(super) fn in_year(
        &self,
        calendar: Calendar,
        year: Year,
        tense: Tense,
        at: impl Fn(i16) -> Option<Value>,
    ) -> Option<Value> {
        if let Year::At(y) = year {
            return at(y);
        }
        if let Some(y) = self.year(year) {
            // "last year" is Gregorian also for the month of Ramadan.
            let near = calendar::year_near(calendar, calendar::day(y, 7, 1)?);
            return (near - 1..=near + 1).filter_map(&at).find(|v| v.start.year() == y || v.end.year() == y);
        }
        let today = self.today?;
        let near = calendar::year_near(calendar, today);
        // 29 February may be four years off.
        let found = (near.saturating_sub(4)..=near.saturating_add(4)).filter_map(at).collect::<Vec<_>>();
        let before = found.iter().rev().find(|v| v.start <= today).copied();
        let after = found.iter().find(|v| v.end >= today).copied();
        let (Some(b), Some(n)) = (before, after) else {
            return before.or(after);
        };
        let gap = |v: Value| i64::from((v.start - today).get_days()).abs();
        let ahead = match tense {
            Tense::Future => true,
            Tense::Past => gap(n) <= SLACK,
            Tense::Present | Tense::Unknown | Tense::Open => gap(n) * 4 < gap(b),
        };
        Some(if ahead { n } else { b })
    }

    pub(super) fn day_of_month(&self, day: u8, ahead: bool) -> Option<Value> {
        let today = self.today?;
        (0..4).find_map(|k| {
            let (first, _) = calendar::month(today.year(), i32::from(today.month()) + if ahead { k } else { -k })?;
            let d = calendar::day(first.year(), first.month() as u8, day)?;
            (if ahead { d >= today } else { d <= today }).then(|| Value::day(d))
        })
    }

    pub(super) fn month(&self, calendar: Calendar, year: Year, month: u8, which: Which, tense: Tense) -> Option<Value> {
        let at = |y: i16| {
            if calendar == Calendar::Gregorian {
                return Value::month(y, i32::from(month));
            }
            let start = calendar::convert(calendar, y, month, 1)?;
            let end = calendar::convert(calendar, y, month, calendar::length(calendar, y, month))?;
            Value::days(start, end)
        };
        self.named(calendar, year, which, tense, at)
    }

    /// Months and feasts by name: "last June" ended before today, "next June" begins after it.
    pub(super) fn named(
        &self,
        calendar: Calendar,
        year: Year,
        which: Which,
        tense: Tense,
        at: impl Fn(i16) -> Option<Value>,
    ) -> Option<Value> {
        if year != Year::Open {
            return self.in_year(calendar, year, tense, at);
        }
        let base = match which {
            Which::Before | Which::After | Which::Same => self.there()?,
            _ => self.today?,
        };
        let near = calendar::year_near(calendar, base);
        let found = (near.saturating_sub(2)..=near.saturating_add(2)).filter_map(at).collect::<Vec<_>>();
        let past = |limit: Date| found.iter().rev().find(|v| v.start <= limit).copied();
        match which {
            Which::Last | Which::Before => found.iter().rev().find(|v| v.end < base).copied(),
            Which::Next | Which::After => found.iter().find(|v| v.start > base).copied(),
            Which::This => found.iter().find(|v| v.start.year() == base.year()).copied(),
            Which::Bare if tense == Tense::Future => found.iter().find(|v| v.end >= base).copied(),
            // Without a verb that looks back, a month soon to come is meant rather than one long gone.
            Which::Bare if tense != Tense::Past => {
                let (before, after) = (past(base)?, found.iter().find(|v| v.end >= base).copied());
                let gone = i64::from((base - before.end).get_days());
                let ratio = if tense == Tense::Open { 2 } else { 6 };
                after.filter(|v| i64::from((v.start - base).get_days()) * ratio < gone).or(Some(before))
            }
            Which::Bare | Which::Same => past(base),
        }
    }

    pub(super) fn feast(&self, holiday: u16, year: Year, which: Which, tense: Tense) -> Option<Value> {
        let (feast, days) = *words().holidays.get(usize::from(holiday))?;
        let calendar = match feast {
            Feast::Hijri(..) => Calendar::Hijri,
            Feast::Solar(..) => Calendar::Solar,
            _ => Calendar::Gregorian,
        };
        let at = |y: i16| {
            let first = match feast {
                Feast::Easter(offset) => shift(calendar::easter(y)?, i64::from(offset))?,
                Feast::Fixed(m, d) | Feast::Hijri(m, d) | Feast::Solar(m, d) => calendar::convert(calendar, y, m, d)?,
            };
            Value::days(first, shift(first, i64::from(days) - 1)?)
        };
        // A year given beside a feast is a Gregorian one ("Eid 2024").
        if let (Year::At(y), true) = (year, calendar != Calendar::Gregorian) {
            let near = calendar::year_near(calendar, calendar::day(y, 7, 1)?);
            return (near - 1..=near + 1).filter_map(at).find(|v| v.start.year() == y);
        }
        self.named(calendar, year, which, tense, at)
    }

    pub(super) fn season(&self, season: u8, year: Year, which: Which, ahead: bool) -> Option<Value> {
        if let Some(y) = self.year(year) {
            return Value::season(y, season);
        }
        let today = self.today?;
        let found = (-2..=2).filter_map(|k| Value::season(today.year() + k, season)).collect::<Vec<_>>();
        let started = found.iter().rev().find(|v| v.start <= today).copied();
        let coming = found.iter().find(|v| v.start > today).copied();
        let open = found.iter().find(|v| v.end >= today).copied();
        match which {
            Which::Last | Which::Before => found.iter().rev().find(|v| v.end < today).copied(),
            Which::Next | Which::After => coming,
            // "this summer" in winter is the one of the same year.
            Which::This => open.filter(|v| v.start <= today).or_else(|| Value::season(today.year(), season)),
            _ if ahead => open,
            _ => started,
        }
    }

    pub(super) fn quarter(&self, quarter: u8, year: Year, which: Which, tense: Tense) -> Option<Value> {
        let q = i32::from(quarter);
        if let Some(y) = self.year(year) {
            return Value::quarter(y, q);
        }
        let today = self.today?;
        let found = (-2..=2).filter_map(|k| Value::quarter(today.year() + k, q)).collect::<Vec<_>>();
        let value = match tense {
            // "expects to report for the third quarter" in October means the one just ended.
            Tense::Future => {
                let gap = |v: &Value| {
                    if v.end < today { (today - v.end).get_days() } else { (v.start - today).get_days().max(0) }
                };
                found.iter().min_by_key(|v| gap(v))
            }
            _ => found.iter().rev().find(|v| v.start <= today),
        }
        .copied()?;
        if which == Which::Before { Value::quarter(value.year - 1, q) } else { Some(value) }
    }

    pub(super) fn weekday(&self, day: u8, which: Which, week: Option<i8>, ahead: bool) -> Option<Date> {
        let today = self.today?;
        if let Some(w) = week {
            let monday = calendar::week(today)?.0;
            return shift(monday, i64::from(w) * 7 + i64::from(day) - 1);
        }
        let back = |from: Date| i64::from((weekday(from) + 7 - day) % 7);
        let forth = |from: Date| i64::from((day + 7 - weekday(from)) % 7);
        let strict = |n: i64| if n == 0 { 7 } else { n };
        match which {
            Which::Bare | Which::This if ahead => shift(today, forth(today)),
            Which::Bare => shift(today, -back(today)),
            Which::Last => shift(today, -strict(back(today))),
            Which::Next => shift(today, strict(forth(today))),
            Which::This => shift(calendar::week(today)?.0, i64::from(day) - 1),
            Which::Before => self.there().and_then(|d| shift(d, -strict(back(d)))),
            Which::After => self.there().and_then(|d| shift(d, strict(forth(d)))),
            Which::Same => self.there().and_then(|d| shift(d, -back(d))),
        }
    }

    pub(super) fn weekend(&self, which: Which, ahead: bool) -> Option<Value> {
        let today = match which {
            Which::Before | Which::After | Which::Same => self.there()?,
            _ => self.today?,
        };
        // Days since the Sunday on or before today.
        let since = i64::from(weekday(today) % 7);
        let last = shift(today, -since - 1)?;
        let next = shift(today, 6 - i64::from(weekday(today)))?;
        let saturday = match which {
            Which::Next | Which::After => {
                if next > today {
                    next
                } else {
                    shift(next, 7)?
                }
            }
            Which::Last | Which::Before if since == 0 => shift(last, -7)?,
            // On a Sunday the weekend ahead is the following one.
            Which::Bare if ahead && since == 0 => shift(next, 7)?,
            Which::This | Which::Bare if ahead => next,
            Which::This if weekday(today) >= 6 => next,
            _ => last,
        };
        Value::weekend(saturday)
    }
}
