//! Numbers as they stand in date expressions: digits, words, ordinals, halves and spoken years.

use super::atoms::Atoms;
use super::said::Amount;
use super::words::Class;

/// A whole number in digits or words at atom `i`, with the atom after it.
pub(super) fn cardinal(a: &Atoms, i: usize) -> Option<(u32, usize)> {
    if let Some((mut n, _)) = a.digits(i) {
        if n == u32::MAX {
            return None;
        }
        let mut at = i + 1;
        // "1,500"
        while a.is(at, &[","]) && a.glued(at) && a.glued(at + 1) {
            match a.digits(at + 1) {
                Some((group, 3)) => n = n.checked_mul(1000)?.checked_add(group)?,
                _ => break,
            }
            at += 2;
        }
        return Some((n, at));
    }
    let mut total = 0u32;
    let mut group = 0u32;
    let mut at = i;
    let mut read = false;
    if a.is(i, &["a"]) && a.is(i + 1, &["hundred", "thousand"]) {
        group = 1;
        at += 1;
    }
    // "two hundred and thirty-five": seven words are more than any date needs.
    while at < i + 9 {
        let Some((n, end)) = a.phrase(at, Class::Cardinal) else {
            break;
        };
        match n as u32 {
            100 => group = group.max(1).saturating_mul(100),
            1000 => {
                total = total.saturating_add(group.max(1).saturating_mul(1000));
                group = 0;
            }
            n if n < 10 && group.is_multiple_of(10) && group % 100 != 10 => group += n,
            n if n >= 10 && group.is_multiple_of(100) => group += n,
            _ => break,
        }
        read = true;
        at = end;
        if a.is(at, &["-"]) && a.glued(at) && a.phrase(at + 1, Class::Cardinal).is_some_and(|(n, _)| n < 10) {
            at += 1;
        }
        if a.is(at, &["and"]) && group >= 100 && a.phrase(at + 1, Class::Cardinal).is_some() {
            at += 1;
        }
    }
    read.then_some((total.saturating_add(group), at))
}

/// An ordinal number at atom `i` ("9th", "twenty-first").
pub(super) fn ordinal(a: &Atoms, i: usize) -> Option<(u32, usize)> {
    if let Some((n, len)) = a.digits(i) {
        let suffix = a.glued(i + 1) && a.is(i + 1, &["st", "nd", "rd", "th"]);
        return (suffix && len <= 3).then_some((n, i + 2));
    }
    if let Some((n, end)) = a.phrase(i, Class::Ordinal) {
        return Some((n as u32, end));
    }
    let (tens, at) = a.phrase(i, Class::Cardinal)?;
    if !(20..100).contains(&tens) {
        return None;
    }
    let at = a.skip(at, &["-"]);
    let (unit, end) = a.phrase(at, Class::Ordinal)?;
    (unit < 10).then_some((tens as u32 + unit as u32, end))
}

/// How many units: "three", "3 1/2", "two and a half", "several", "a couple of", "half an".
pub(super) fn amount(a: &Atoms, i: usize) -> Option<(Amount, usize)> {
    if let Some((n, end)) = a.phrase(i, Class::Vague) {
        return Some(match n {
            0 => (Amount::Some, end),
            -1 => (Amount::Halves(1), end),
            n => (Amount::Halves(2 * n as u32), end),
        });
    }
    let (n, at) = cardinal(a, i)?;
    let halves = n.checked_mul(2)?;
    // "3 1/2", "1.5"
    if a.digits(at) == Some((1, 1)) && a.is(at + 1, &["/"]) && a.digits(at + 2) == Some((2, 1)) {
        return Some((Amount::Halves(halves.saturating_add(1)), at + 3));
    }
    if a.is(at, &["."]) && a.glued(at) && a.glued(at + 1) && a.digits(at + 1).is_some() {
        let half = a.digits(at + 1) == Some((5, 1));
        return half.then_some((Amount::Halves(halves.saturating_add(1)), at + 2));
    }
    if a.is(at, &["and"]) && a.is(at + 1, &["a"]) && a.is(at + 2, &["half"]) {
        return Some((Amount::Halves(halves.saturating_add(1)), at + 3));
    }
    Some((Amount::Halves(halves), at))
}

/// A year spoken in words: "nineteen ninety-six", "two thousand and four".
pub(super) fn spoken_year(a: &Atoms, i: usize) -> Option<(i16, usize)> {
    if a.digits(i).is_some() {
        return None;
    }
    let (n, end) = a.phrase(i, Class::Cardinal)?;
    if (17..=20).contains(&n) {
        let (rest, end) = cardinal(a, end).filter(|_| a.digits(end).is_none())?;
        return (10..100).contains(&rest).then_some((n as i16 * 100 + rest as i16, end));
    }
    let (n, end) = cardinal(a, i)?;
    (2000..2100).contains(&n).then_some((n as i16, end))
}
