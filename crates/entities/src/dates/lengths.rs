//! Reads what has no day of its own: lengths of time, repetitions, and "now", "recently", "the future".

use super::atoms::Atoms;
use super::numbers::amount;
use super::said::{Amount, Part, Said, Unit, What, longest};
use super::words::Class;

/// Letters of TimeML durations: `P3D`, `PT2H`, `PXY`; decades and centuries are written in years.
pub(super) fn duration_value(amount: Amount, unit: Unit) -> String {
    let (time, letter, factor) = match unit {
        Unit::Second => ("T", "S", 1),
        Unit::Minute => ("T", "M", 1),
        Unit::Hour => ("T", "H", 1),
        Unit::Day | Unit::Night => ("", "D", 1),
        Unit::Week => ("", "W", 1),
        Unit::Fortnight => ("", "W", 2),
        Unit::Weekend => ("", "WE", 1),
        Unit::Month => ("", "M", 1),
        Unit::Quarter => ("", "M", 3),
        Unit::Year => ("", "Y", 1),
        Unit::Decade => ("", "Y", 10),
        Unit::Century => ("", "Y", 100),
    };
    let Amount::Halves(halves) = amount else {
        return format!("P{time}X{letter}");
    };
    let whole = halves / 2;
    if halves.is_multiple_of(2) {
        return format!("P{time}{}{letter}", u64::from(whole) * factor);
    }
    let rest = match unit {
        Unit::Hour => "30M",
        Unit::Minute => "30S",
        Unit::Day => "T12H",
        Unit::Year => "6M",
        Unit::Decade => return format!("P{}Y", u64::from(halves) * 5),
        _ => return format!("P{time}{whole}.5{letter}"),
    };
    if whole == 0 { format!("P{time}{rest}") } else { format!("P{time}{whole}{letter}{rest}") }
}

/// Words before a number that belong to it.
pub(super) fn approximate(a: &Atoms, i: usize) -> usize {
    let at = match (a.word(i), a.word(i + 1), a.word(i + 2)) {
        ("no", "more" | "less" | "fewer", "than") => i + 3,
        ("more" | "less" | "fewer", "than", _) => i + 2,
        ("at", "least" | "most", _) => i + 2,
        ("up", "to", _) => i + 2,
        ("over" | "under", "a" | "an" | "one", _) => i + 1,
        ("as", "long" | "much" | "little", "as") => i + 3,
        (
            "nearly" | "almost" | "about" | "around" | "approximately" | "roughly" | "barely" | "exactly" | "another",
            _,
            _,
        ) => i + 1,
        _ => return i,
    };
    if a.paragraph_start(at) { i } else { at }
}

/// "three days", "the past two months", "30-day", "weeks", "half an hour".
fn duration(a: &Atoms, i: usize) -> Option<Said> {
    let mut at = approximate(a, i);
    let modified = at > i;
    at = a.skip(at, &["the", "these", "those"]);
    let the = at;
    at = a.skip(
        at,
        &[
            "past",
            "last",
            "next",
            "first",
            "final",
            "coming",
            "previous",
            "following",
            "preceding",
            "additional",
            "recent",
            "full",
            "latest",
            "remaining",
            "opening",
            "early",
        ],
    );
    let framed = at > the || (modified && a.word(i) == "another");
    let (mut how_many, after) = match amount(a, at) {
        Some(found) => found,
        None if a.is(at, &["a", "an", "one"]) => (Amount::Halves(2), at + 1),
        None if a.word(i) == "another" => (Amount::Halves(2), at),
        None => (Amount::Some, at),
    };
    let counted = after > at;
    let mut range_end = after;
    // "two to three weeks", "five or six days", "12-18 months"
    if counted
        && a.is(after, &["to", "or", "-", "–"])
        && let Some((Amount::Halves(n), end)) = amount(a, after + 1)
    {
        how_many = Amount::Halves(n);
        range_end = end;
    }
    // "days or weeks" are two lengths; "two or more days" is one.
    if !counted && a.is(range_end, &["or"]) {
        return None;
    }
    let middle = a.skip(
        range_end,
        &[
            "more",
            "additional",
            "straight",
            "consecutive",
            "full",
            "whole",
            "trading",
            "or",
            "other",
            "long",
            "solid",
            "further",
        ],
    );
    let dashed = a.is(middle, &["-"]) && a.glued(middle) && a.glued(middle + 1);
    let unit_at = middle + usize::from(dashed);
    let (unit, mut end) = a.phrase(unit_at, Class::Unit)?;
    let unit = Unit::of(unit);
    let plural = a.word(unit_at).ends_with('s');
    if a.paragraph_start(unit_at) || a.is(end, &["."]) && matches!(a.word(unit_at), "min" | "wk" | "yr") {
        return None;
    }
    // "second" is an ordinal, "a quarter" a fraction, "weekend" and "night" are dates unless counted.
    let odd = match unit {
        Unit::Second => !plural || !counted,
        Unit::Quarter => !plural || dashed || !counted && !framed,
        Unit::Night | Unit::Weekend => !plural || !counted,
        _ => false,
    };
    if odd {
        return None;
    }
    // Ages: "a 27-year-old", "six years old".
    let age = a.skip_glued_dash(end);
    // "in the days before the vote": TimeML leaves the article out.
    if !counted && !framed && the > i && plural {
        return None;
    }
    let earlier = age > end && a.is(age, &["earlier", "ago", "end"]);
    // "the 14-day wait": the article belongs to the wait.
    let article = dashed && the > i && !framed && !modified;
    if earlier
        || article
        || a.is(age, &["old", "olds", "older", "younger"])
        || a.is(end, &["of"]) && a.is(end + 1, &["age"])
    {
        return None;
    }
    if !counted {
        let long = a.is(end, &["-"]) && a.glued(end) && a.is(end + 1, &["long"]);
        if long {
            if !plural {
                how_many = Amount::Halves(2);
            }
            end += 2;
        } else if !plural {
            return None;
        }
        // "the days", "years" count; "the hours" of work do not.
        if plural && !long && !framed && a.is(end, &["of"]) && a.is(i, &["the"]) {
            return None;
        }
    } else if !plural
        && !dashed
        && !matches!(how_many, Amount::Halves(0..=2))
        && !a.is(end, &["-"])
        && a.digits(at).is_some()
        && !a.is(end, &["old"])
        && a.glued(unit_at)
    {
        return None;
    }
    if a.is(end, &["and"]) && a.is(end + 1, &["a"]) && a.is(end + 2, &["half"]) {
        if let Amount::Halves(n) = how_many {
            how_many = Amount::Halves(n.saturating_add(1));
        }
        end += 3;
    } else if a.is(end, &["or"])
        && (a.is(end + 1, &["so", "more", "two"]) || !counted && a.phrase(end + 1, Class::Unit).is_some())
    {
        end += 2;
    }
    // A bare preposition-like word without a number does not open a length: "over the years".
    let start = if modified && !counted && a.word(i) != "another" {
        the - usize::from(the > 0 && a.is(the - 1, &["the", "these", "those"]))
    } else {
        i
    };
    if start != i {
        return None;
    }
    let what = What::Duration { amount: how_many, unit };
    Some(Said::new(i, end, what, "dates/duration"))
}

/// "the year ended 30 June", "the full year", "the fiscal year", "the week": TimeML takes the first for a length.
fn whole_year(a: &Atoms, i: usize) -> Option<Said> {
    let the = a.the(i);
    let at = a.skip(the, &["full", "fiscal", "financial"]);
    let week = a.is(at, &["week"]) && at == the;
    if the == i
        || !(a.is(at, &["year"]) || week)
        || a.is(at + 1, &["-", "of", "before", "after", "earlier", "following"])
    {
        return None;
    }
    let amount = Amount::Halves(2);
    let what = if a.is(at + 1, &["ended", "ending"]) && !week {
        What::Duration { amount, unit: Unit::Year }
    } else {
        What::Period { unit: if week { Unit::Week } else { Unit::Year }, which: super::said::Which::This }
    };
    Some(Said::new(i, at + 1, what, "dates/period"))
}

/// "every Friday", "each year", "weekly", "Mondays", "twice a day".
fn set(a: &Atoms, i: usize) -> Option<Said> {
    let said = |end, value: String| Some(Said::new(i, end, What::Set(value), "dates/set"));
    if let Some((unit, end)) = a.phrase(i, Class::Often) {
        let next = a.get(end).and_then(|x| a.syntax.tokens.get(x.token as usize));
        // "a quarterly dividend" says what sort, not when.
        let sort = value_of_quarter(unit) && next.is_some_and(|t| t.upos == counterclaim_text::Upos::Noun);
        let name = sort
            || a.capital(i) && (a.capital(end) || i > 0 && a.capital(i - 1) && !a.paragraph_start(i))
            || a.is(i.wrapping_sub(1), &["-"]);
        return if name { None } else { said(end, duration_value(Amount::Halves(2), Unit::of(unit))) };
    }
    if a.capital(i) && a.letters(i) && a.word(i).ends_with("days") {
        let stem = &a.word(i)[..a.word(i).len() - 1];
        let days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
        let day = days.iter().position(|d| *d == stem)?;
        return said(i + 1, format!("XXXX-WXX-{}", day + 1));
    }
    if a.is(i, &["every", "each"]) {
        let at = a.skip(i + 1, &["other", "single"]);
        let twice = if a.is(i + 1, &["other"]) { 4 } else { 2 };
        if let Some((day, end)) = a.phrase(at, Class::Weekday) {
            let part = a.phrase(end, Class::Part);
            let tail = part.map_or("", |(p, _)| suffix(Part::of(p)));
            return said(part.map_or(end, |(_, e)| e), format!("XXXX-WXX-{day}{tail}"));
        }
        if let Some((month, end)) =
            a.phrase(at, Class::Month).or_else(|| a.phrase(at, Class::MonthOrWord)).filter(|_| a.capital(at))
        {
            return said(end, format!("XXXX-{month:02}"));
        }
        if let Some((season, end)) = a.phrase(at, Class::Season) {
            return said(end, format!("XXXX-{}", ["SP", "SU", "FA", "WI"][(season as usize - 1) % 4]));
        }
        if let Some((part, end)) =
            a.phrase(at, Class::Part).filter(|_| a.is(at, &["morning", "evening", "night", "afternoon"]))
        {
            return said(end, format!("XXXX-XX-XX{}", suffix(Part::of(part))));
        }
        let (how_many, at) = amount(a, at).unwrap_or((Amount::Halves(twice), at));
        let (unit, end) = a.phrase(at, Class::Unit)?;
        return said(end, duration_value(how_many, Unit::of(unit)));
    }
    // "$5 a share a year", "once a week", "three times per day"
    if a.is(i, &["a", "an", "per"]) {
        let before = a.before(i);
        let rate = matches!(
            before,
            "once"
                | "twice"
                | "times"
                | "percent"
                | "%"
                | "million"
                | "billion"
                | "hours"
                | "tons"
                | "barrels"
                | "share"
        ) || a.is(i, &["per"])
            || i > 0 && a.digits(i - 1).is_some();
        let (unit, end) = a.phrase(i + 1, Class::Unit)?;
        let unit = Unit::of(unit);
        let fits =
            !a.is(end, &["ago", "earlier", "later", "before", "after", "old", "-"]) && !a.word(i + 1).ends_with('s');
        if rate && fits && unit >= Unit::Day {
            return said(end, duration_value(Amount::Halves(2), unit));
        }
    }
    None
}

fn value_of_quarter(unit: i32) -> bool {
    Unit::of(unit) == Unit::Quarter
}

/// TimeML's letters for a part of the day.
pub(super) fn suffix(part: Part) -> &'static str {
    match part {
        Part::Morning => "TMO",
        Part::Afternoon => "TAF",
        Part::Evening => "TEV",
        Part::Night | Part::Clock(..) => "TNI",
    }
}

/// "now", "recently", "the past", "the future".
fn reference(a: &Atoms, i: usize) -> Option<Said> {
    let (value, end) = a.phrase(i, Class::Reference)?;
    if a.is(end, &["-"]) && a.glued(end) || a.glued(i) && a.is(i.wrapping_sub(1), &["-"]) {
        return None;
    }
    // "the future of the party" is no time, nor is "the past" of a person.
    if a.is(i, &["the"])
        && (a.is(end, &["of", "'", "’"])
            || !a.is(i.wrapping_sub(1), &["in", "for", "from", "into", "over", "of", "to"]))
    {
        return None;
    }
    let value = ["PAST_REF", "PRESENT_REF", "FUTURE_REF"][(value as usize - 1) % 3];
    Some(Said::new(i, end, What::Reference(value), "dates/reference"))
}

/// The longest of these at atom `i`.
pub(super) fn read(a: &Atoms, i: usize) -> Option<Said> {
    longest([set, duration, reference, whole_year].iter().filter_map(|rule| rule(a, i)))
}
