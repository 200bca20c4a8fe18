//! Finds a report's dateline ("KABUL, Dec 11 (AFP) -") and the stamps of single entries ("17:42", "[21:14]", "13 May.").

use super::atoms::{Atoms, Made};
use super::clock::clock;
use super::compose;
use super::said::{Said, What};

const DASHES: &[&str] = &["-", "–", "—", "_"];

/// The dateline's date within the first lines, after a place name.
pub(super) fn of_report(a: &Atoms) -> Option<Said> {
    let mut lines = 0;
    for i in 0..a.len().min(400) {
        if !a.get(i)?.line_start {
            continue;
        }
        lines += 1;
        if lines > 3 {
            return None;
        }
        if let Some(said) = after_place(a, i) {
            return Some(said);
        }
    }
    None
}

/// A date after capitalised words at the start of a line, closed by a colon or dash.
fn after_place(a: &Atoms, start: usize) -> Option<Said> {
    let mut i = a.skip(start, &["(", "["]);
    let first = i;
    while i < first + 14 {
        if i > first
            && a.is(i - 1, &[",", "/", "–", "—", "-", "_", "("])
            && let Some(said) = compose::read(a, i).filter(|s| matches!(s.what, What::Day { .. }) && s.part.is_none())
        {
            return closed(a, said.end).then_some(said);
        }
        let atom = a.get(i).filter(|x| i == first || !x.paragraph_start)?;
        let name = match atom.made {
            Made::Letters => atom.capital || a.is(i, &["of", "the", "and", "el", "al", "de", "d", "s"]),
            Made::Sign => a.is(i, &[",", ".", "-", "'", "’", "/", "(", ")", "–", "—", "_"]),
            Made::Digits => false,
        };
        if !name {
            return None;
        }
        i += 1;
    }
    None
}

/// True if a dateline ends at `end`, or after the agency's name in brackets.
fn closed(a: &Atoms, end: usize) -> bool {
    let mut i = end;
    if a.is(i, &["(", "["]) {
        i = (i..i + 10).find(|k| a.is(*k, &[")", "]"])).map_or(i, |k| k + 1);
    }
    let i = a.skip(i, &[")", "]", "."]);
    a.is(i, &[":"]) || a.is(i, DASHES)
}

/// A time or date that opens an entry at a line's start; `end` is past its closing sign.
pub(super) fn of_entry(a: &Atoms, i: usize) -> Option<Said> {
    if !a.get(i)?.line_start {
        return None;
    }
    let open = a.is(i, &["[", "("]);
    let at = i + usize::from(open);
    if let Some((time, end)) = clock(a, at).filter(|_| a.digits(at).is_some()) {
        let closed = if open { a.is(end, &["]", ")"]) } else { !a.is(end, &["-", "–"]) };
        let range = a.is(end, &["to", "and"]);
        return (closed && !range)
            .then(|| Said { part: Some(time), ..Said::new(at, end, What::ClockOnly, "dates/entry") });
    }
    let said = compose::read(a, at).filter(|s| s.is_day() && !matches!(s.what, What::DayOffset { .. }))?;
    let closed = if open {
        a.is(said.end, &["]", ")"])
    } else {
        let dash = a.is(said.end, DASHES) && !a.glued(said.end);
        let point = a.is(said.end, &["."]) && matches!(said.what, What::Day { .. } | What::Range(..));
        a.is(said.end, &[":"]) || dash || point
    };
    closed.then_some(Said { rule: "dates/entry", ..said })
}
