//! Puts a core and its trimmings together: "early on Monday", "9 p.m. Wednesday", "the night of 9/10 December".

use super::atoms::Atoms;
use super::clock::clock;
use super::lengths::approximate;
use super::said::{Edge, Part, Said, Unit, What, Which};
use super::words::Class;
use super::{absolute, lengths, relative};

fn longer(best: Option<Said>, next: Option<Said>) -> Option<Said> {
    match (best, next) {
        (Some(b), Some(n)) if n.end > b.end => Some(n),
        (None, n) => n,
        (b, _) => b,
    }
}

/// A core, a weekday with its date, or a range of either.
fn core(a: &Atoms, i: usize) -> Option<Said> {
    let one = longer(longer(absolute::read(a, i), relative::read(a, i)), weekday_and_date(a, i))?;
    range(a, i, &one).or(Some(one))
}

/// "Monday, March 18", "Fri, Dec 11", "Friday the 13th of June": the date decides.
fn weekday_and_date(a: &Atoms, i: usize) -> Option<Said> {
    if !a.capital(i) {
        return None;
    }
    let (_, end) = a.phrase(i, Class::Weekday).or_else(|| a.phrase(i, Class::WeekdayShort))?;
    let at = if a.is(end, &["."]) && a.glued(end) { end + 1 } else { end };
    let at = a.skip(a.skip(at, &[","]), &["the"]);
    let date = absolute::read(a, at).filter(|s| s.is_day() && !a.paragraph_start(at))?;
    Some(Said { start: i, ..date })
}

/// "from Monday to Wednesday", "between 28 February and 2 March", "June-August".
fn range(a: &Atoms, i: usize, first: &Said) -> Option<Said> {
    let at = first.end;
    let between =
        a.is(at, &["and"]) && (a.is(i.wrapping_sub(1), &["between"]) || a.is(i.wrapping_sub(2), &["between"]));
    let glued = a.is(at, &["-", "–", "/"]) && (a.glued(at) == a.glued(at + 1));
    if !(between || glued || a.is(at, &["to", "through", "until", "till"])) || a.paragraph_start(at + 1) {
        return None;
    }
    let second = longer(absolute::read(a, at + 1), relative::read(a, at + 1))?;
    let bare =
        |w: &What| matches!(w, What::Weekday { which: Which::Bare, .. } | What::Month { which: Which::Bare, .. });
    let fits = std::mem::discriminant(&first.what) == std::mem::discriminant(&second.what)
        && (matches!(first.what, What::Day { .. }) || bare(&first.what) && bare(&second.what));
    let what = What::Range(Box::new(first.what.clone()), Box::new(second.what));
    fits.then(|| Said::new(i, second.end, what, "dates/range"))
}

/// Adds "night", "at 17:10" after a day.
fn trimmed(a: &Atoms, said: Said) -> Said {
    let mut said = said;
    if !said.is_day() || a.paragraph_start(said.end) {
        return said;
    }
    if said.part.is_none() {
        let at = a.skip(said.end, &["early", "late", "mid"]);
        let at = if at > said.end { a.skip(at, &["-", "in"]) } else { at };
        if let Some((part, end)) =
            a.phrase(at, Class::Part).filter(|_| !a.word(at).ends_with('s') && !a.paragraph_start(at))
        {
            said.part = Some(Part::of(part));
            said.end = end;
        }
    }
    let at = a.skip(a.skip(said.end, &[","]), &["at", "from", "around", "about", "by"]);
    if let Some((time, end)) = clock(a, at).filter(|_| !a.paragraph_start(at)) {
        said.part = Some(afternoon(time, said.part));
        said.end = end;
    }
    said
}

/// "11 o'clock last night" is 23:00.
fn afternoon(time: Part, part: Option<Part>) -> Part {
    match (time, part) {
        (Part::Clock(h, m), Some(Part::Afternoon | Part::Evening)) if h < 12 => Part::Clock(h + 12, m),
        (Part::Clock(h, m), Some(Part::Night)) if (5..12).contains(&h) => Part::Clock(h + 12, m),
        _ => time,
    }
}

/// "early March", "late on Monday", "mid-2023", "the end of the month", "earlier this week".
fn edged(a: &Atoms, i: usize) -> Option<Said> {
    let at = a.the(i);
    let (edge, mut at) = match (a.word(at), a.word(at + 1)) {
        ("early", _) => (Edge::Early, at + 1),
        ("late", _) => (Edge::Late, at + 1),
        ("mid", _) => (Edge::Mid, at + 1),
        ("earlier", _) => (Edge::SoFar, at + 1),
        ("later" | "sometime", _) => (if a.is(at, &["later"]) { Edge::Rest } else { Edge::Whole }, at + 1),
        ("beginning" | "start" | "turn" | "opening", "of") => (Edge::Early, at + 2),
        ("middle", "of") => (Edge::Mid, at + 2),
        ("end" | "close" | "rest" | "remainder", "of") => {
            (if a.is(at, &["rest", "remainder"]) { Edge::Rest } else { Edge::Late }, at + 2)
        }
        _ => return None,
    };
    let plain = matches!(edge, Edge::Early | Edge::Late | Edge::Mid) && !a.is(at - 1, &["of"]);
    if plain {
        at = a.skip(at, &["on", "in", "-", "of"]);
    } else if a.is(at - 1, &["earlier", "later", "sometime"]) {
        at = a.skip(at, &["on", "in"]);
    }
    if a.paragraph_start(at) {
        return None;
    }
    let inner = core(a, at).map(|s| trimmed(a, s)).or_else(|| the_period(a, at))?;
    let fits = !matches!(
        inner.what,
        What::Duration { .. } | What::Set(_) | What::Reference(_) | What::Offset { .. } | What::Overnight(_)
    );
    fits.then_some(Said { start: i, edge, ..inner })
}

/// "the month" after "the end of", "earlier in".
fn the_period(a: &Atoms, i: usize) -> Option<Said> {
    let at = a.the(i);
    let (unit, end) = a.phrase(at, Class::Unit).filter(|_| at > i)?;
    let unit = Unit::of(unit);
    let single = !a.word(at).ends_with('s');
    let what = match unit {
        Unit::Day => What::DayOffset { days: 0, story: true },
        Unit::Week | Unit::Month | Unit::Year | Unit::Decade | Unit::Century => {
            What::Period { unit, which: Which::This }
        }
        Unit::Quarter => What::ThatQuarter,
        _ => return None,
    };
    single.then(|| Said::new(i, end, what, "dates/period"))
}

/// "the night of 9/10 December", "dawn on Friday", "night 13/14 October", "the night between Sunday and Monday".
fn part_of_day(a: &Atoms, i: usize) -> Option<Said> {
    let at = a.the(i);
    let at = if a.is(at, &["early", "late", "mid"]) && a.phrase(at, Class::Part).is_none() {
        a.skip_glued_dash(at + 1)
    } else {
        at
    };
    let (part, end) = a.phrase(at, Class::Part)?;
    if a.word(end - 1).ends_with('s') && !a.is(end - 1, &["hours"]) || a.paragraph_start(end) {
        return None;
    }
    let part = Part::of(part);
    let joined = a.is(end, &["of", "on", "between", "from"]);
    let from = a.skip(a.skip(end, &["of", "on", "between", "from", ","]), &["between"]);
    let inner = core(a, from).filter(|s| s.is_day() && s.part.is_none())?;
    let whole_night = part == Part::Night && !matches!(inner.what, What::Range(..) | What::DayOffset { .. });
    let both = whole_night && (a.is(end, &["of"]) || !joined && matches!(inner.what, What::Day { .. }));
    let said = Said { start: i, part: Some(part), both, rule: "dates/part-of-day", ..inner };
    Some(trimmed(a, said))
}

/// "9 p.m. Wednesday", "11 o'clock last night", "noon on 3 May", or the clock alone.
fn clocked(a: &Atoms, i: usize) -> Option<Said> {
    let (time, end) = clock(a, i)?;
    let at = a.skip(a.skip(end, &[",", "("]), &["on", "of"]);
    let inner = core(a, at).map(|s| trimmed(a, s)).filter(|s| s.is_day() && !a.paragraph_start(at));
    Some(match inner {
        Some(s) => Said { start: i, part: Some(afternoon(time, s.part)), rule: "dates/clock", ..s },
        None => Said { part: Some(time), ..Said::new(i, end, What::ClockOnly, "dates/clock") },
    })
}

/// "the week of March 9", "the day of 5 May".
fn week_of(a: &Atoms, i: usize) -> Option<Said> {
    let at = a.the(i);
    if !a.is(at, &["week"]) || !a.is(at + 1, &["of", "ending", "ended", "beginning", "starting"]) {
        return None;
    }
    let inner = core(a, at + 2).filter(|s| matches!(s.what, What::Day { .. }))?;
    Some(Said::new(i, inner.end, What::WeekOf(Box::new(inner.what)), "dates/week-of"))
}

/// "about two years ago", "around Nov. 9": the approximation belongs to the expression.
fn approximated(a: &Atoms, i: usize) -> Option<Said> {
    let at = approximate(a, i);
    // "signed up to eight years ago"
    if at == i || a.is(i, &["up", "at", "another"]) {
        return None;
    }
    let inner = core(a, at)?;
    let fits = matches!(inner.what, What::Offset { .. } | What::Day { .. } | What::Month { .. } | What::Year(_));
    // "some 2024 rounds" is no year.
    let vague = matches!(inner.what, What::Year(_) | What::Month { .. }) && !a.is(i, &["around"]);
    (fits && !vague).then_some(Said { start: i, ..inner })
}

/// The longest expression that begins at atom `i`.
pub(super) fn read(a: &Atoms, i: usize) -> Option<Said> {
    if !a.may_open(i) {
        debug_assert!(longest_at(a, i).is_none(), "\"{}\" opens a date and is no opener in words.tsv", a.word(i));
        return None;
    }
    longest_at(a, i)
}

fn longest_at(a: &Atoms, i: usize) -> Option<Said> {
    let plain = core(a, i).map(|s| trimmed(a, s));
    [edged, part_of_day, clocked, week_of, approximated, lengths::read]
        .iter()
        .fold(plain, |best, rule| longer(best, rule(a, i)))
}
