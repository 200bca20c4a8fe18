//! Resolves what was said against the day of publication and against the days the text has named before.

use super::calendar::{self, shift};
use super::said::{Amount, Unit, What, Which, Year};
use super::tense::Tense;
use super::value::{Grain, Value};
use jiff::civil::Date;

/// What a text has told so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Story {
    /// The day that "today" means.
    pub today: Option<Date>,
    /// The last value of any length.
    pub last: Option<Value>,
    /// The last value made of single days.
    pub day: Option<Value>,
    /// The last quarter spoken of.
    pub quarter: Option<Value>,
}

impl Story {
    /// Remembers a value for "the same day", "that year", "the quarter".
    pub fn remember(&mut self, value: Value) {
        self.last = Some(value);
        if matches!(value.grain, Grain::Day | Grain::Days) {
            self.day = Some(value);
        }
        if matches!(value.grain, Grain::Quarter(_)) {
            self.quarter = Some(value);
        }
    }

    /// The day of the story, or today.
    pub(super) fn there(&self) -> Option<Date> {
        self.day.map(|v| v.start).or(self.today)
    }

    /// The days meant, if they can be known.
    pub fn resolve(&self, what: &What, tense: Tense) -> Option<Value> {
        let ahead = tense == Tense::Future;
        match what {
            What::Day { calendar, year, month, day } => {
                self.in_year(*calendar, *year, tense, |y| calendar::convert(*calendar, y, *month, *day).map(Value::day))
            }
            What::DayOfMonth(day) => self.day_of_month(*day, ahead),
            What::Month { calendar, year, month, which } => self.month(*calendar, *year, *month, *which, tense),
            What::Year(Year::At(y)) => Value::year(*y),
            What::Year(Year::Near(n)) => Value::year(self.today?.year() + i16::from(*n)),
            What::Year(_) => None,
            What::Years(from, count) => {
                let end = calendar::year(from.checked_add(count - 1)?)?.1;
                let start = calendar::year((*from).max(1))?.0;
                Some(Value { start, end, grain: Grain::Years(*count), year: *from })
            }
            What::Season { season, year, which } => self.season(*season, *year, *which, ahead),
            What::Quarter { quarter, year, which } => self.quarter(*quarter, *year, *which, tense),
            What::Half { half, year } => {
                let y = self.year(*year)?;
                let start = calendar::month(y, i32::from(*half) * 6 - 5)?.0;
                let end = calendar::month(y, i32::from(*half) * 6)?.1;
                Some(Value { start, end, grain: Grain::Half(*half), year: y })
            }
            What::Weekday { day, which, week } => self.weekday(*day, *which, *week, ahead).map(Value::day),
            What::Weekend(which) => self.weekend(*which, ahead),
            What::DayOffset { days, story } => {
                let from = if *story { self.there()? } else { self.today? };
                // "the same day" after "the night of 9/10" is both days again.
                match self.day.filter(|v| *story && *days == 0 && v.grain == Grain::Days) {
                    Some(v) => Some(v),
                    None => shift(from, i64::from(*days)).map(Value::day),
                }
            }
            What::Period { unit, which } => self.period(*unit, *which),
            What::Offset { amount, unit, forward, story } => self.offset(*amount, *unit, *forward, *story),
            What::WeekOf(inner) => Value::week(self.resolve(inner, tense)?.start),
            What::Overnight(None) => Value::days(shift(self.today?, -1)?, self.today?),
            What::Overnight(Some(inner)) => {
                let end = self.resolve(inner, tense)?;
                Value::days(shift(end.start, -1)?, end.end)
            }
            What::Feast { holiday, year, which } => self.feast(*holiday, *year, *which, tense),
            What::Range(from, to) => {
                let end = self.resolve(to, tense)?;
                // The first day is the last such one before the second.
                let back = Story { today: Some(end.end), ..self.clone() };
                let start = back.resolve(from, Tense::Past)?;
                let mut value = Value::days(start.start, end.end)?;
                value.year = start.year;
                Some(value)
            }
            What::YearEarlier => match self.quarter.map(|q| (q.year, q.grain)) {
                Some((y, Grain::Quarter(q))) => Value::quarter(y - 1, i32::from(q)),
                _ => Value::year(self.today?.year() - 1),
            },
            What::ThatQuarter => self.quarter.or_else(|| {
                let t = self.today?;
                Value::quarter(t.year(), (i32::from(t.month()) - 1) / 3)
            }),
            What::ClockOnly | What::Duration { .. } | What::Set(_) | What::Reference(_) => None,
        }
    }

    pub(super) fn year(&self, year: Year) -> Option<i16> {
        match year {
            Year::At(y) => Some(y),
            Year::Near(n) => Some(self.today?.year() + i16::from(n)),
            Year::That => self.last.map(|v| v.year).or(self.today.map(|t| t.year())),
            Year::Open => None,
        }
    }

    fn period(&self, unit: Unit, which: Which) -> Option<Value> {
        let step = match which {
            Which::Last | Which::Before => -1,
            Which::Next | Which::After => 1,
            _ => 0,
        };
        let base = match which {
            Which::Before | Which::Same | Which::After => self.last.map(|v| v.start).or(self.today)?,
            _ => self.today?,
        };
        let month = i32::from(base.month());
        let decade = base.year() / 10 * 10 + step as i16 * 10;
        match unit {
            Unit::Week => Value::week(shift(base, i64::from(step) * 7)?),
            Unit::Month => Value::month(base.year(), month + step),
            Unit::Quarter => Value::quarter(base.year(), (month - 1) / 3 + 1 + step),
            Unit::Year => Value::year(base.year() + step as i16),
            Unit::Decade => self.resolve(&What::Years(decade, 10), Tense::Past),
            Unit::Century => {
                let first = base.year() / 100 * 100 + step as i16 * 100;
                self.resolve(&What::Years(first, 100), Tense::Past)
            }
            _ => None,
        }
    }

    /// "two days ago", "a year earlier": the unit decides how exact the answer is.
    fn offset(&self, amount: Amount, unit: Unit, forward: bool, story: bool) -> Option<Value> {
        let short = matches!(unit, Unit::Second | Unit::Minute | Unit::Hour);
        let halves = match amount {
            Amount::Halves(halves) => halves,
            // "minutes later", "some hours ago": the same day.
            Amount::Some if short => 0,
            Amount::Some => return None,
        };
        let n = i64::from(halves / 2) * if forward { 1 } else { -1 };
        let narrative = self.last.filter(|_| story);
        let base = if story { self.there()? } else { self.today? };
        let months = |months: i64| {
            let from = narrative.map_or(base, |v| v.start);
            Value::month(from.year(), i32::try_from(i64::from(from.month()).checked_add(months)?).ok()?)
        };
        let years = |years: i64| {
            let back = i16::try_from(years).ok()?;
            match narrative {
                // "a year earlier" keeps the length of what it is compared with.
                Some(v) => match v.grain {
                    Grain::Day => {
                        calendar::day(v.start.year().checked_add(back)?, v.start.month() as u8, v.start.day() as u8)
                            .map(Value::day)
                    }
                    Grain::Month => Value::month(v.year.checked_add(back)?, i32::from(v.start.month())),
                    Grain::Quarter(q) => Value::quarter(v.year.checked_add(back)?, i32::from(q)),
                    Grain::Season(s) => Value::season(v.year.checked_add(back)?, s),
                    _ => Value::year(v.year.checked_add(back)?),
                },
                // Beside quarterly figures "a year ago" is the same quarter.
                None => match (self.last.filter(|_| years == -1), self.last.map(|v| v.grain)) {
                    (Some(v), Some(Grain::Quarter(q))) => Value::quarter(v.year - 1, i32::from(q)),
                    _ => Value::year(base.year().checked_add(back)?),
                },
            }
        };
        match unit {
            Unit::Second | Unit::Minute | Unit::Hour => (n.abs() < 24).then(|| Value::day(base)),
            Unit::Day | Unit::Night => shift(base, n).map(Value::day),
            Unit::Week | Unit::Fortnight => {
                let days = n.checked_mul(if unit == Unit::Week { 7 } else { 14 })?;
                if story && self.day.is_some() {
                    shift(base, days).map(Value::day)
                } else {
                    Value::week(shift(base, days)?)
                }
            }
            Unit::Month => months(n),
            Unit::Quarter => months(n.checked_mul(3)?),
            Unit::Year => years(n),
            Unit::Decade => years(n.checked_mul(10)?),
            Unit::Century => years(n.checked_mul(100)?),
            Unit::Weekend => None,
        }
    }
}
