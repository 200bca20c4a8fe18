//! Reads years, decades and centuries, and the year after a month or season.

use super::absolute::tag;
use super::atoms::Atoms;
use super::numbers::{ordinal, spoken_year};
use super::said::{Said, What, Year};
use super::words::Class;
use counterclaim_text::Xpos;

/// Four digits that can be a year, not the start of "2,000" or "2024-ISPR".
fn year_number(a: &Atoms, i: usize) -> Option<(i16, usize)> {
    let (n, len) = a.digits(i)?;
    let grouped = a.is(i + 1, &[",", "."]) && a.glued(i + 1) && a.glued(i + 2) && a.digits(i + 2).is_some();
    (len == 4 && (1000..3000).contains(&n) && !grouped).then_some((n as i16, i + 1))
}

/// "2024", ", 2024", "of 2024", "last year", "of that year", "'98" after a day, month or season.
pub(super) fn year_after(a: &Atoms, i: usize) -> (Year, usize) {
    if a.paragraph_start(i) {
        return (Year::Open, i);
    }
    let at = a.skip(i, &[",", "of", "in"]);
    let comma = a.is(i, &[","]);
    if a.is(i, &["in"]) && !a.is(at, &["the", "that"]) && year_number(a, at).is_none() {
        return (Year::Open, i);
    }
    if a.paragraph_start(at) {
        return (Year::Open, i);
    }
    if let Some((y, end)) = year_number(a, at) {
        return (Year::At(y), end);
    }
    if a.is(at, &["'", "’"]) && a.glued(at + 1) && a.digits(at + 1).is_some_and(|(_, len)| len == 2) {
        let n = a.digits(at + 1).map_or(0, |(n, _)| n as i16);
        return (Year::At(if n < 40 { 2000 + n } else { 1900 + n }), at + 2);
    }
    if let Some((y, end)) = spoken_year(a, at) {
        return (Year::At(y), end);
    }
    // "in June, this year" is too loose to be one expression.
    if comma || !a.is(at + 1, &["year"]) || a.is(at + 2, &["'", "’"]) {
        return (Year::Open, i);
    }
    match a.word(at) {
        "last" => (Year::Near(-1), at + 2),
        "this" => (Year::Near(0), at + 2),
        "next" => (Year::Near(1), at + 2),
        "that" => (Year::That, at + 2),
        _ => (Year::Open, i),
    }
}

/// "2015", "fiscal 1989", "1977-78", "the 1980s", "'98", "nineteen ninety-six", "the 19th century".
pub(super) fn read(a: &Atoms, i: usize) -> Option<Said> {
    let the = a.the(i);
    if let Some((n, at)) = ordinal(a, the) {
        let at = a.skip(at, &["-"]);
        let century = a.is(at, &["century"]) && (1..=30).contains(&n);
        return century.then(|| Said::new(i, at + 1, What::Years((n as i16 - 1) * 100, 100), "dates/century"));
    }
    let at = a.skip(the, &["fiscal", "financial"]);
    let at = if a.is(at, &["year", "fy"]) && at + 1 < a.len() { at + 1 } else { at };
    let introduced = at > the;
    if let Some((y, end)) = spoken_year(a, at) {
        // "two thousand people" is a count.
        let sure = introduced || a.is(the.wrapping_sub(1), &["in", "since", "until", "of", "by"]) || y < 2000;
        return (the == i || introduced)
            .then_some(())
            .filter(|()| sure)
            .map(|()| Said::new(i, end, What::Year(Year::At(y)), "dates/year"));
    }
    let short = a.is(at, &["'", "’", "‘"]) && a.glued(at + 1);
    let (n, len) = a.digits(if short { at + 1 } else { at })?;
    let (y, end) = match (short, len) {
        (true, 2) => (if n < 40 { 2000 + n as i16 } else { 1900 + n as i16 }, at + 2),
        (false, 4) if (1000..3000).contains(&n) => (n as i16, at + 1),
        _ => return None,
    };
    let decade_end = match (a.word(end), a.glued(end)) {
        ("s", true) => Some(end + 1),
        ("'" | "’", true) if a.is(end + 1, &["s"]) && y % 10 == 0 => Some(end + 2),
        _ => None,
    };
    if let Some(end) = decade_end.filter(|_| y % 10 == 0) {
        return Some(Said::new(i, end, What::Years(y, 10), "dates/decade"));
    }
    if the > i && !introduced {
        return None;
    }
    let (_, end) = if short { (y, end) } else { year_number(a, at)? };
    if !introduced && !is_year(a, at, y, end) {
        return None;
    }
    // "1977-78", "2019-2021"
    if a.is(end, &["-", "–", "/"]) && a.glued(end) && a.glued(end + 1) {
        let second = match a.digits(end + 1) {
            Some((n, 2)) if n as i16 > y % 100 => Some(y - y % 100 + n as i16),
            Some((n, 4)) if n as i16 > y && n < 3000 => Some(n as i16),
            _ => None,
        };
        if let Some(last) = second.filter(|last| last - y < 100) {
            return Some(Said::new(i, end + 2, What::Years(y, last - y + 1), "dates/years"));
        }
    }
    Some(Said::new(i, end, What::Year(Year::At(y)), "dates/year"))
}

/// True if four digits stand where a year does rather than a count or a code.
fn is_year(a: &Atoms, i: usize, y: i16, end: usize) -> bool {
    const PREPOSITIONS: &[&str] = &[
        "in", "since", "by", "until", "till", "from", "during", "before", "after", "between", "of", "through", "late",
        "early", "mid",
    ];
    const COUNTING: &[&str] = &[
        "some",
        "about",
        "around",
        "than",
        "least",
        "nearly",
        "almost",
        "over",
        "approximately",
        "$",
        "no",
        "#",
        "only",
        "£",
        "€",
        "rs",
    ];
    let before = a.before(i);
    let word_before = a.letters(i.wrapping_sub(1));
    if a.glued(i) && i > 0 && !matches!(before, "(" | "[" | "-" | "–" | "—" | "'" | "\"" | "“" | "`" | "‘") {
        return false;
    }
    if matches!(before, "-" | "–") && a.glued(i) {
        let word = a.is(i.wrapping_sub(2), &["mid", "post", "pre", "early", "late"]);
        if !word {
            return false;
        }
    }
    // "2024-ISPR", "2015%", "1990km"
    if a.glued(end) && (a.is(end, &["%", "/"]) || a.letters(end) || (a.is(end, &["-"]) && a.capital(end + 1))) {
        return false;
    }
    if COUNTING.contains(&before) || a.is(end, &["%", "percent", "hours", "gmt", "hrs", "local", "utc"]) {
        return false;
    }
    let prepared = PREPOSITIONS.contains(&before);
    let counted = tag(a, end).is_some_and(|t| t.1 == Xpos::Nns) && !a.capital(end) && !a.paragraph_start(end);
    if counted && (!prepared || y % 10 == 0) {
        return false;
    }
    if !(1800..2100).contains(&y) {
        return matches!(before, "in" | "since") && !counted;
    }
    // "Boeing 1900": a capitalised word right before makes a name.
    prepared || !(word_before && a.capital(i - 1) && a.phrase(i - 1, Class::Month).is_none() && y % 100 == 0)
}
