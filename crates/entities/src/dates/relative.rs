//! Reads dates that are told from where the reader or the story stands: "yesterday", "last week", "two days later".

use super::atoms::Atoms;
use super::numbers::amount;
use super::periods;
use super::said::{Amount, Part, Said, Unit, What, Which, longest};
use super::words::Class;

/// "last", "this past", "the following": which one is meant, and the atom after it.
pub(super) fn which(a: &Atoms, i: usize) -> Option<(Which, usize)> {
    let at = a.the(i);
    let the = at > i;
    let one = |w| Some((w, at + 1));
    match (a.word(at), a.word(at + 1)) {
        ("this", "past") => Some((Which::Last, at + 2)),
        ("this", "coming") => Some((Which::Next, at + 2)),
        ("that" | "this", "same" | "very") => Some((Which::Same, at + 2)),
        ("last" | "past", _) => one(Which::Last),
        ("this" | "current", _) => one(Which::This),
        ("next", _) if the => one(Which::After),
        ("next" | "coming" | "upcoming", _) => one(Which::Next),
        ("previous" | "preceding" | "prior", _) => one(Which::Before),
        ("same" | "that", _) => one(Which::Same),
        ("following", _) => one(Which::After),
        _ => None,
    }
}

/// "yesterday", "the day before yesterday", "the same day", "last night", "this morning".
fn day(a: &Atoms, i: usize) -> Option<Said> {
    let offset = |end, days, story, rule| Some(Said::new(i, end, What::DayOffset { days, story }, rule));
    let night = |said: Option<Said>, part| said.map(|s| Said { part: Some(part), ..s });
    let the = a.the(i);
    if a.is(the, &["day"]) && a.is(the + 1, &["before", "after"]) {
        let back = a.is(the + 1, &["before"]);
        if a.is(the + 2, &["yesterday"]) && back {
            return offset(the + 3, -2, false, "dates/day-offset");
        }
        if a.is(the + 2, &["tomorrow"]) && !back {
            return offset(the + 3, 2, false, "dates/day-offset");
        }
        // "the day before": nothing follows that could say before what.
        if the > i && stops(a, the + 2) {
            return offset(the + 2, if back { -1 } else { 1 }, true, "dates/story-day");
        }
    }
    match a.word(i) {
        "today" if a.capital(i) && a.capital(i.wrapping_sub(1)) && !a.paragraph_start(i) => {
            return None;
        }
        "today" => return offset(i + 1, 0, false, "dates/today"),
        "yesterday" => return offset(i + 1, -1, false, "dates/yesterday"),
        "tomorrow" => return offset(i + 1, 1, false, "dates/tomorrow"),
        "tonight" => return night(offset(i + 1, 0, false, "dates/tonight"), Part::Night),
        _ => {}
    }
    let (which, at) = which(a, i)?;
    let (days, story) = match which {
        Which::Last => (-1, false),
        Which::This => (0, false),
        Which::Next => (1, false),
        Which::Before => (-1, true),
        Which::Same => (0, true),
        Which::After => (1, true),
        Which::Bare => return None,
    };
    // "the very same day"
    let at = a.skip(at, &["same"]);
    if let Some((part, end)) = a.phrase(at, Class::Part) {
        if matches!(which, Which::Next) || (which == Which::Last && part != 4) || a.word(at).ends_with('s') {
            return None;
        }
        return night(offset(end, days, story, "dates/day-part"), Part::of(part));
    }
    let hyphen = a.is(at + 1, &["-"]) && a.glued(at + 1);
    if story && a.is(at, &["day"]) && !hyphen {
        return offset(at + 1, days, true, "dates/story-day");
    }
    None
}

/// True if what follows atom `i` cannot be the object of a preposition before it.
fn stops(a: &Atoms, i: usize) -> bool {
    use counterclaim_text::Upos::*;
    let Some(atom) = a.get(i) else { return true };
    let tag = a.syntax.tokens.get(atom.token as usize).map_or(X, |t| t.upos);
    atom.paragraph_start || matches!(tag, Punct | Verb | Aux | Cconj | Sconj | Adp)
}

/// "Monday", "last Friday", "Tuesday next week", "Monday week" aside.
fn weekday(a: &Atoms, i: usize) -> Option<Said> {
    let (which, at) = which(a, i).unwrap_or((Which::Bare, i));
    if which != Which::Bare && !a.capital(at) || (which == Which::Bare && !a.capital(i)) {
        return None;
    }
    let (value, end) = a.phrase(at, Class::Weekday)?;
    // "Sunday Times", "Bloody Sunday", "Black Friday"
    if a.capital(end) && a.phrase(end, Class::Masthead).is_some() && !a.paragraph_start(end) {
        return None;
    }
    if which == Which::Bare && matches!(a.before(i), "bloody" | "black" | "cyber" | "super" | "sheffield") {
        return None;
    }
    let said =
        |end, which, week| Some(Said::new(i, end, What::Weekday { day: value as u8, which, week }, "dates/weekday"));
    let of = a.skip(end, &["of"]);
    let week = match (a.word(of), a.word(of + 1)) {
        ("last" | "past", "week") => Some(-1),
        ("this", "week") => Some(0),
        ("next", "week") => Some(1),
        _ => None,
    };
    match week {
        Some(w) if which == Which::Bare => said(of + 2, Which::Bare, Some(w)),
        _ => said(end, which, None),
    }
}

/// "the weekend", "last weekend".
fn weekend(a: &Atoms, i: usize) -> Option<Said> {
    let at = a.the(i);
    let (which, at) = match which(a, i) {
        Some(found) => found,
        None if at > i || a.is(i.wrapping_sub(1), &["over", "at"]) => (Which::Bare, at),
        None => return None,
    };
    (a.is(at, &["weekend"]) && !a.is(at + 1, &["of"]))
        .then(|| Said::new(i, at + 1, What::Weekend(which), "dates/weekend"))
}

/// "two days ago", "a year earlier", "three weeks later", "several months ago", "the week before".
fn offset(a: &Atoms, i: usize) -> Option<Said> {
    if a.is(i, &["the"]) && a.is(i + 2, &["before", "earlier"]) && stops(a, i + 3) {
        let unit = a.phrase(i + 1, Class::Unit).map(|(u, _)| Unit::of(u))?;
        let fits = matches!(unit, Unit::Week | Unit::Month | Unit::Year);
        let what = What::Period { unit, which: Which::Before };
        return fits.then(|| Said::new(i, i + 3, what, "dates/period"));
    }
    let (how_many, at) = match amount(a, i) {
        Some(found) => found,
        None if a.is(i, &["a", "an", "one"]) => (Amount::Halves(2), i + 1),
        // "years ago"
        None => (Amount::Some, i),
    };
    let (unit, mut end) = a.phrase(at, Class::Unit)?;
    if at == i && !a.word(at).ends_with('s') {
        return None;
    }
    let mut amount = how_many;
    if a.is(end, &["and"]) && a.is(end + 1, &["a"]) && a.is(end + 2, &["half"]) {
        if let Amount::Halves(n) = amount {
            amount = Amount::Halves(n.saturating_add(1));
        }
        end += 3;
    }
    if a.is(end, &["or"]) && a.is(end + 1, &["so", "two", "more"]) {
        end += 2;
    }
    let (forward, story, extra) = match (a.word(end), a.word(end + 1)) {
        ("ago" | "back", _) => (false, false, 1),
        ("earlier" | "previously", _) => (false, true, 1),
        ("before" | "prior", _) if stops(a, end + 1) => (false, true, 1),
        ("later" | "afterwards" | "afterward", _) => (true, true, 1),
        ("hence", _) => (true, false, 1),
        ("from", "now" | "today") => (true, false, 2),
        ("after" | "on", _) if stops(a, end + 1) && a.word(end) == "after" => (true, true, 1),
        _ => return None,
    };
    if a.word(end) == "back" && !stops(a, end + 1) {
        return None;
    }
    let what = What::Offset { amount, unit: Unit::of(unit), forward, story };
    Some(Said::new(i, end + extra, what, if story { "dates/story-offset" } else { "dates/ago" }))
}

/// "overnight", "overnight into Monday".
fn overnight(a: &Atoms, i: usize) -> Option<Said> {
    if !a.is(i, &["overnight"]) || a.is(i + 1, &["-"]) && a.glued(i + 1) {
        return None;
    }
    let to = a.skip(i + 1, &["into", "to", "on", "till", "until"]);
    let next = weekday(a, to).or_else(|| super::absolute::read(a, to)).filter(|s| s.is_day() && !a.paragraph_start(to));
    Some(match next {
        // "overnight Sunday to Monday" and "overnight on 12/13 May" name both days.
        Some(s) if matches!(s.what, What::Range(..)) => Said { start: i, part: Some(Part::Night), ..s },
        Some(s) => {
            let second = a.is(s.end, &["to", "into", "-", "–", "/"]).then(|| weekday(a, s.end + 1)).flatten();
            let (day, end) = second.map_or((s.what, s.end), |t| (t.what, t.end));
            Said::new(i, end, What::Overnight(Some(Box::new(day))), "dates/overnight")
        }
        None => Said::new(i, i + 1, What::Overnight(None), "dates/overnight"),
    })
}

/// The longest relative date at atom `i`.
pub(super) fn read(a: &Atoms, i: usize) -> Option<Said> {
    const RULES: &[fn(&Atoms, usize) -> Option<Said>] = &[day, weekday, weekend, offset, overnight, periods::read];
    longest(RULES.iter().filter_map(|rule| rule(a, i)))
}
