//! What a date expression says before anybody asks which day that is.

/// Units of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
    Fortnight,
    Weekend,
    Night,
}

impl Unit {
    /// The unit with this number in the vocabulary.
    pub fn of(n: i32) -> Unit {
        match n {
            1 => Unit::Second,
            2 => Unit::Minute,
            3 => Unit::Hour,
            5 => Unit::Week,
            6 => Unit::Month,
            7 => Unit::Quarter,
            8 => Unit::Year,
            9 => Unit::Decade,
            10 => Unit::Century,
            11 => Unit::Fortnight,
            12 => Unit::Weekend,
            13 => Unit::Night,
            _ => Unit::Day,
        }
    }
}

/// Calendars that reports use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Calendar {
    Gregorian,
    Hijri,
    Solar,
}

/// The year of a date, as far as it is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Year {
    /// Not told.
    Open,
    /// A number.
    At(i16),
    /// "last year" is -1, "this year" 0, "next year" 1.
    Near(i8),
    /// "of that year".
    That,
}

/// Which of the days, months or seasons of that name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Which {
    /// No word for it: tense decides.
    Bare,
    /// "last".
    Last,
    /// "this".
    This,
    /// "next", "coming".
    Next,
    /// "the previous", seen from the story.
    Before,
    /// "the same", "that".
    Same,
    /// "the following", seen from the story.
    After,
}

/// A stretch within a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Edge {
    Whole,
    Early,
    Mid,
    Late,
    /// "earlier this month": up to now.
    SoFar,
    /// "later this month": from now.
    Rest,
}

/// How many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Amount {
    /// Halves of the unit: "two and a half" is 5.
    Halves(u32),
    /// "several".
    Some,
}

/// Part of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Morning,
    Afternoon,
    Evening,
    Night,
    /// Hour and minute; hour 24 is midnight.
    Clock(u8, u8),
}

impl Part {
    /// The part with this number in the vocabulary.
    pub fn of(n: i32) -> Part {
        match n {
            1 => Part::Morning,
            2 => Part::Afternoon,
            3 => Part::Evening,
            _ => Part::Night,
        }
    }
}

/// The core of an expression.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum What {
    /// A day of a month.
    Day { calendar: Calendar, year: Year, month: u8, day: u8 },
    /// "the 9th".
    DayOfMonth(u8),
    /// A month.
    Month { calendar: Calendar, year: Year, month: u8, which: Which },
    /// A year.
    Year(Year),
    /// First year and number of years: decades, centuries, "1977-78".
    Years(i16, i16),
    /// 1 spring to 4 winter.
    Season { season: u8, year: Year, which: Which },
    /// 1 to 4.
    Quarter { quarter: u8, year: Year, which: Which },
    /// Half of a year: 1 or 2.
    Half { half: u8, year: Year },
    /// 1 Monday to 7 Sunday; `week` for "Monday last week".
    Weekday { day: u8, which: Which, week: Option<i8> },
    /// A Saturday and a Sunday.
    Weekend(Which),
    /// "today" is 0; seen from the story if `story`.
    DayOffset { days: i32, story: bool },
    /// "last week", "this month", "that year".
    Period { unit: Unit, which: Which },
    /// "two days ago", "three weeks later"; `story` counts from the story.
    Offset { amount: Amount, unit: Unit, forward: bool, story: bool },
    /// The week that holds a day.
    WeekOf(Box<What>),
    /// "overnight", with the day on which that night ends.
    Overnight(Option<Box<What>>),
    /// A feast by its number in the vocabulary.
    Feast { holiday: u16, year: Year, which: Which },
    /// Both ends included.
    Range(Box<What>, Box<What>),
    /// The quarter, period or year before the one spoken of.
    YearEarlier,
    /// "the quarter", "the latest quarter".
    ThatQuarter,
    /// A clock time without a day.
    ClockOnly,
    /// A length of time.
    Duration { amount: Amount, unit: Unit },
    /// "every Friday", "weekly": the value is written out.
    Set(String),
    /// `PAST_REF`, `PRESENT_REF`, `FUTURE_REF`.
    Reference(&'static str),
}

/// An expression: its atoms and what it says.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Said {
    /// First atom.
    pub start: usize,
    /// One past the last atom.
    pub end: usize,
    /// The core.
    pub what: What,
    /// Part of the day.
    pub part: Option<Part>,
    /// Stretch of the period.
    pub edge: Edge,
    /// "the night of 6 May": that day and the next.
    pub both: bool,
    /// The rule that read it.
    pub rule: &'static str,
}

impl Said {
    /// A core without trimmings.
    pub fn new(start: usize, end: usize, what: What, rule: &'static str) -> Said {
        Said { start, end, what, part: None, edge: Edge::Whole, both: false, rule }
    }

    /// True if it names single days, so that a clock time can follow.
    pub fn is_day(&self) -> bool {
        match &self.what {
            What::Day { .. }
            | What::DayOfMonth(_)
            | What::Weekday { .. }
            | What::DayOffset { .. }
            | What::Feast { .. } => true,
            What::Range(a, _) => matches!(**a, What::Day { .. } | What::Weekday { .. }),
            _ => false,
        }
    }
}

/// The longest of several readings, the first of those that are equally long.
pub(super) fn longest(readings: impl Iterator<Item = Said>) -> Option<Said> {
    readings.fold(None, |best: Option<Said>, next| match best {
        Some(b) if b.end >= next.end => Some(b),
        _ => Some(next),
    })
}
