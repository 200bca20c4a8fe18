//! Reads weeks, months, seasons, quarters and feasts told by their place: "last week", "the summer of 2022".

use super::atoms::Atoms;
use super::numbers::ordinal;
use super::relative::which;
use super::said::{Calendar, Said, Unit, What, Which, Year, longest};
use super::words::Class;
use super::years::year_after;

/// "last week", "this month", "next year", "that year", "the past decade".
fn period(a: &Atoms, i: usize) -> Option<Said> {
    let (which, at) = which(a, i)?;
    let at = a.skip(at, &["fiscal", "calendar", "financial"]);
    let (unit, end) = a.phrase(at, Class::Unit)?;
    let unit = Unit::of(unit);
    let single = !a.word(at).ends_with('s');
    let fits = matches!(unit, Unit::Week | Unit::Month | Unit::Quarter | Unit::Year | Unit::Decade | Unit::Century);
    // "the last-minute", "this year-end"
    let hyphen = a.is(end, &["-"]) && a.glued(end) && a.glued(end + 1);
    // A programme's name: ABC's "This Week".
    let title = a.capital(at) && a.capital(i);
    (!title && single && fits && !hyphen).then(|| Said::new(i, end, What::Period { unit, which }, "dates/period"))
}

/// "last June", "this September", "next March".
fn month(a: &Atoms, i: usize) -> Option<Said> {
    let (which, at) = which(a, i)?;
    let (value, end) = [Class::Month, Class::MonthOrWord].iter().find_map(|c| a.phrase(at, *c))?;
    let what = What::Month { calendar: Calendar::Gregorian, year: Year::Open, month: value as u8, which };
    (a.capital(at) && a.digits(end).is_none()).then(|| Said::new(i, end, what, "dates/month"))
}

/// "last summer", "spring 2023", "the summer of 2022", "in winter".
fn season(a: &Atoms, i: usize) -> Option<Said> {
    let (which, at) = which(a, i).unwrap_or((Which::Bare, a.the(i)));
    let (value, end) = a.phrase(at, Class::Season)?;
    let (year, after) = year_after(a, end);
    let what = What::Season { season: value as u8, year, which };
    if year != Year::Open {
        return Some(Said::new(i, after, what, "dates/season"));
    }
    const BEFORE: &[&str] =
        &["in", "since", "before", "until", "by", "during", "through", "throughout", "over", "till", "after", "of"];
    let bare = BEFORE.contains(&a.before(i)) && !(at == i && a.is(i.wrapping_sub(1), &["of", "after", "over"]));
    let fall =
        a.is(at, &["fall"]) && which == Which::Bare && (at == i || !a.is(i.wrapping_sub(1), &["in", "by", "this"]));
    // "the summer offensive", "spring water"
    let noun = a.syntax.tokens.get(a.get(end).map_or(usize::MAX, |x| x.token as usize));
    let modifier = which == Which::Bare
        && noun.is_some_and(|t| t.upos == counterclaim_text::Upos::Noun)
        && !a.paragraph_start(end);
    let spoken = which != Which::Bare && !matches!(which, Which::Same | Which::After) || bare;
    (spoken && !fall && !modifier && !a.is(end, &["of"])).then(|| Said::new(i, end, what, "dates/season"))
}

/// "the third quarter of 2024", "Q1 2024", "this year's first quarter", "the first half of 2023".
fn quarter(a: &Atoms, i: usize) -> Option<Said> {
    if a.is(i, &["q"]) && a.glued(i + 1) {
        let (n, len) = a.digits(i + 1)?;
        let (year, end) = year_after(a, i + 2);
        let what = What::Quarter { quarter: n as u8, year, which: Which::Bare };
        return (len == 1 && (1..=4).contains(&n) && a.capital(i)).then(|| Said::new(i, end, what, "dates/quarter"));
    }
    let mut year = Year::Open;
    let mut at = a.the(i);
    let owner = match (a.word(at), a.word(at + 1)) {
        ("last", "year") => Some(-1),
        ("this", "year") => Some(0),
        ("next", "year") => Some(1),
        _ => None,
    };
    if let Some(near) = owner.filter(|_| a.is(at + 2, &["'", "’"]) && a.is(at + 3, &["s"])) {
        year = Year::Near(near);
        at += 4;
    } else if let Some((y, 4)) = a.digits(at).filter(|(y, _)| (1900..2100).contains(y)) {
        year = Year::At(y as i16);
        at += 1;
    }
    at = a.skip(at, &["comparable", "corresponding"]);
    let earlier = a.is(at, &["year"]) && a.is(at + 1, &["-"]) && a.is(at + 2, &["ago", "earlier"]);
    if earlier {
        at += 3;
    }
    at = a.skip(at, &["fiscal", "comparable", "corresponding"]);
    at = a.skip_glued_dash(at);
    if earlier && a.is(at, &["period", "quarter"]) {
        return Some(Said::new(i, at + 1, What::YearEarlier, "dates/year-earlier"));
    }
    let (n, end) = ordinal(a, at)?;
    let dashed = a.skip_glued_dash(end);
    // "the third-quarter loss": the article belongs to the loss.
    if dashed > end && a.is(i, &["the"]) && year == Year::Open {
        return None;
    }
    let end = dashed;
    let half = a.is(end, &["half"]) && n <= 2;
    if !(a.is(end, &["quarter"]) || half) || !(1..=4).contains(&n) {
        return None;
    }
    let mut end = end + 1;
    if year == Year::Open {
        let of = a.skip(end, &["of"]);
        let of = a.skip(of, &["fiscal"]);
        let (y, e) = year_after(a, of);
        if y != Year::Open {
            (year, end) = (y, e);
        }
    }
    if half {
        let what = What::Half { half: n as u8, year };
        return (year != Year::Open).then(|| Said::new(i, end, what, "dates/half"));
    }
    let which = if earlier { Which::Before } else { Which::Bare };
    Some(Said::new(i, end, What::Quarter { quarter: n as u8, year, which }, "dates/quarter"))
}

/// "the quarter", "the latest quarter", "the latest period".
fn that_quarter(a: &Atoms, i: usize) -> Option<Said> {
    let the = a.the(i);
    if the == i {
        return None;
    }
    let latest = a.skip(the, &["latest", "recent"]);
    let period = latest > the && a.is(latest, &["period"]);
    let named = a.is(latest, &["quarter"]) && !a.is(latest + 1, &["of", "-", "century"]);
    (named || period).then(|| Said::new(i, latest + 1, What::ThatQuarter, "dates/quarter"))
}

/// "year-earlier", "year-ago" before another noun.
fn year_earlier(a: &Atoms, i: usize) -> Option<Said> {
    let at = i;
    let said = a.is(at, &["year"]) && a.is(at + 1, &["-"]) && a.glued(at + 1) && a.is(at + 2, &["ago", "earlier"]);
    let end = at + 3;
    said.then(|| Said::new(i, end, What::YearEarlier, "dates/year-earlier"))
}

/// "Christmas", "last Easter", "Eid-ul-Fitr 2024".
fn feast(a: &Atoms, i: usize) -> Option<Said> {
    let (which, at) = which(a, i).unwrap_or((Which::Bare, i));
    let (holiday, end) = a.phrase(at, Class::Holiday)?;
    let (year, end) = year_after(a, end);
    let what = What::Feast { holiday: holiday as u16, year, which };
    // "Christmas tree", "Easter Island"
    let name = a.capital(end) && !a.paragraph_start(end) && year == Year::Open && a.letters(end);
    (a.capital(at) && !name).then(|| Said::new(i, end, what, "dates/feast"))
}

/// The longest of these at atom `i`.
pub(super) fn read(a: &Atoms, i: usize) -> Option<Said> {
    const RULES: &[fn(&Atoms, usize) -> Option<Said>] =
        &[period, month, season, quarter, that_quarter, year_earlier, feast];
    longest(RULES.iter().filter_map(|rule| rule(a, i)))
}
