//! Reads dates that name a month, a year or a numbered day.

use super::atoms::Atoms;
use super::numbers::ordinal;
use super::said::{Calendar, Said, What, Which, Year, longest};
use super::words::Class;
use super::years::year_after;
use super::{numeric, years};
use counterclaim_text::{Upos, Xpos};

const DASH: &[&str] = &["-", "–", "—", "/"];

/// A month's name as read.
struct Month {
    calendar: Calendar,
    month: u8,
    /// Not enough by itself: an abbreviation, or a word with other meanings.
    weak: bool,
    end: usize,
}

fn month(a: &Atoms, i: usize) -> Option<Month> {
    let gregorian =
        |value: i32, weak, end| Some(Month { calendar: Calendar::Gregorian, month: value as u8, weak, end });
    if !a.capital(i) {
        // Press releases write "27 ramadan"; Gregorian months always have a capital.
        let (value, end) = a.phrase(i, Class::Hijri)?;
        return Some(Month { calendar: Calendar::Hijri, month: value as u8, weak: true, end });
    }
    if let Some((value, end)) = a.phrase(i, Class::Month) {
        return gregorian(value, false, end);
    }
    if let Some((value, end)) = a.phrase(i, Class::MonthOrWord) {
        return gregorian(value, true, end);
    }
    if let Some((value, end)) = a.phrase(i, Class::MonthShort) {
        // A point that may end the sentence is left to it.
        let point = a.is(end, &["."]) && a.glued(end) && !a.paragraph_start(end + 1) && !a.capital(end + 1);
        return gregorian(value, true, end + usize::from(point));
    }
    if let Some((value, end)) = a.phrase(i, Class::Hijri) {
        let weak = !matches!(value, 1 | 9);
        return Some(Month { calendar: Calendar::Hijri, month: value as u8, weak, end });
    }
    let (value, end) = a.phrase(i, Class::Solar)?;
    Some(Month { calendar: Calendar::Solar, month: value as u8, weak: true, end })
}

/// A day of the month in digits or as an ordinal.
fn day_number(a: &Atoms, i: usize) -> Option<(u8, usize)> {
    if let Some((n, end)) = ordinal(a, i) {
        return (1..=31).contains(&n).then_some((n as u8, end));
    }
    let (n, len) = a.digits(i)?;
    // "5.5", "9:30", "3%" are no days.
    let broken = a.is(i + 1, &[".", ":", ","]) && a.glued(i + 1) && a.glued(i + 2) && a.digits(i + 2).is_some();
    let unit = a.glued(i + 1) && (a.is(i + 1, &["%", "°"]) || a.letters(i + 1));
    (len <= 2 && (1..=31).contains(&n) && !broken && !unit).then_some((n as u8, i + 1))
}

/// A connective between two days of one month.
fn joint(a: &Atoms, i: usize) -> Option<usize> {
    if a.is(i, DASH) {
        return Some(i + 1);
    }
    a.is(i, &["to", "and", "through", "until", "till", "&", "or"]).then_some(i + 1)
}

/// True if the words after `end` make the date part of a name ("March 23 Movement").
fn namesake(a: &Atoms, end: usize) -> bool {
    a.capital(end) && !a.paragraph_start(end) && a.phrase(end, Class::Namesake).is_some()
}

/// The tags of the token that atom `i` is part of.
pub(super) fn tag(a: &Atoms, i: usize) -> Option<(Upos, Xpos)> {
    let t = a.syntax.tokens.get(a.get(i)?.token as usize)?;
    Some((t.upos, t.xpos))
}

/// Dates that begin with a month: "March 18, 2024", "July 28-29", "June last year", "in May".
fn month_first(a: &Atoms, i: usize) -> Option<Said> {
    let m = month(a, i)?;
    let Month { calendar, month, end, .. } = m;
    let day = |year, day| What::Day { calendar, year, month, day };
    let the = a.skip(end, &["the", ","]);
    let first = day_number(a, the).filter(|_| !a.paragraph_start(the));
    // "In March 22 soldiers were killed" has no 22 March.
    let counted = |at: usize| {
        a.is(i.wrapping_sub(1), &["in"])
            && !a.capital(at)
            && tag(a, at).is_some_and(|t| matches!(t.1, Xpos::Nns | Xpos::Jj))
    };
    if let Some((d, at)) = first.filter(|(_, at)| (the == end || ordinal(a, the).is_some()) && !counted(*at)) {
        if let Some((d2, at2)) =
            joint(a, at).and_then(|j| day_number(a, j)).filter(|(d2, at2)| *d2 > d && !counts_things(a, *at2))
        {
            let (year, end) = year_after(a, at2);
            let what = What::Range(Box::new(day(year, d)), Box::new(day(year, d2)));
            return (!namesake(a, end)).then(|| Said::new(i, end, what, "dates/days"));
        }
        let (year, end) = year_after(a, at);
        if namesake(a, end) {
            return None;
        }
        return Some(Said::new(i, end, day(year, d), "dates/day"));
    }
    let (year, at) = year_after(a, end);
    let (end, year) = if namesake(a, end) {
        return None;
    } else {
        (at, year)
    };
    if year == Year::Open && (!supported(a, i, &m) || a.is(end, &["'", "’"]) && calendar == Calendar::Solar) {
        return None;
    }
    Some(Said::new(i, end, What::Month { calendar, year, month, which: Which::Bare }, "dates/month"))
}

/// True if a number that ends before `at` is a count ("July 3 and 12 rockets").
fn counts_things(a: &Atoms, at: usize) -> bool {
    !a.capital(at) && tag(a, at).is_some_and(|t| t.1 == Xpos::Nns)
}

/// True if a month's name alone stands for the month here, not for a modal, a verb or a person.
fn supported(a: &Atoms, i: usize, m: &Month) -> bool {
    const BEFORE: &[&str] = &[
        "in",
        "since",
        "until",
        "till",
        "by",
        "last",
        "this",
        "next",
        "early",
        "late",
        "mid",
        "during",
        "before",
        "after",
        "between",
        "from",
        "through",
        "each",
        "every",
        "past",
        "coming",
        "following",
        "previous",
        "for",
        "of",
        "to",
        "and",
        "or",
        "earlier",
        "-",
        "–",
        "end",
    ];
    if m.calendar == Calendar::Solar {
        return a.is(i.wrapping_sub(1), &["of", "in"]) && a.is(i.wrapping_sub(2), &["month"]);
    }
    let before = a.before(i);
    let prepared = BEFORE.contains(&before);
    if !m.weak {
        // "Mr August", "January Jones": a name beside another name.
        let named = a.capital(m.end) && tag(a, m.end).is_some_and(|t| t.0 == Upos::Propn) && !a.glued(m.end);
        return prepared || !named || m.calendar == Calendar::Hijri;
    }
    let person = matches!(before, "of" | "to" | "and" | "or" | "for" | "-" | "–")
        && a.phrase(i.wrapping_sub(2), Class::Month).is_none()
        && a.phrase(i.wrapping_sub(2), Class::Unit).is_none()
        && !a.is(i.wrapping_sub(2), &["end", "beginning", "start", "middle", "month", "mid", "early", "late"]);
    let possessive = a.is(m.end, &["'", "’"]) && !prepared;
    prepared && !person && !possessive
}

/// Dates that begin with a day: "18 March 2024", "9/10 December", "the 22nd of March", "15 and 17 March".
fn day_first(a: &Atoms, i: usize) -> Option<Said> {
    let at = a.the(i);
    let (d, mut end) = day_number(a, at)?;
    if a.glued(at) && at > 0 && a.is(at - 1, &["/", "-", ".", ":", ",", "$", "#", "+"]) {
        return None;
    }
    let mut last = None;
    if let Some((d2, e)) =
        joint(a, end).and_then(|j| day_number(a, a.skip(j, &["the"]))).filter(|(d2, _)| *d2 > d || d > 27)
    {
        last = Some(d2);
        end = e;
    }
    let of = a.is(end, &["of"]);
    end = a.skip(end, &["of", "-"]);
    let m = month(a, end).filter(|_| !a.paragraph_start(end))?;
    // "the two of May": an ordinal or digits, and a month that is not a person's name.
    if of && m.weak && ordinal(a, at).is_none() {
        return None;
    }
    let (year, end) = year_after(a, a.skip_glued_dash(m.end));
    if namesake(a, end) {
        return None;
    }
    let Month { calendar, month, .. } = m;
    let day = |month, day| What::Day { calendar, year, month, day };
    let (what, rule) = match last {
        None => (day(month, d), "dates/day"),
        // "31/1 January": the night from one month into the next.
        Some(d2) if d2 < d => {
            let before = if month == 1 { 12 } else { month - 1 };
            let start = What::Day { calendar, year: Year::Open, month: before, day: d };
            (What::Range(Box::new(start), Box::new(day(month, d2))), "dates/days")
        }
        Some(d2) => (What::Range(Box::new(day(month, d)), Box::new(day(month, d2))), "dates/days"),
    };
    Some(Said::new(i, end, what, rule))
}

/// "the 9th", "the 31st" where no other noun follows.
fn day_of_month(a: &Atoms, i: usize) -> Option<Said> {
    let before = a.before(i);
    let at = a.the(i);
    if at == i
        || !matches!(before, "since" | "on" | "by" | "until" | "till" | "from" | "before" | "after" | "through" | "to")
    {
        return None;
    }
    a.digits(at)?;
    let (n, end) = ordinal(a, at)?;
    let noun = !a.paragraph_start(end)
        && (a.is(end, &["of", "-", "and"])
            || tag(a, end).is_some_and(|t| matches!(t.0, Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num)));
    ((1..=31).contains(&n) && !noun).then(|| Said::new(i, end, What::DayOfMonth(n as u8), "dates/day-of-month"))
}

/// The longest absolute date at atom `i`.
pub(super) fn read(a: &Atoms, i: usize) -> Option<Said> {
    longest([numeric::read, month_first, day_first, years::read, day_of_month].iter().filter_map(|rule| rule(a, i)))
}
