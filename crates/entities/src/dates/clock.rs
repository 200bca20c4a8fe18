//! Clock times: "17:10", "0330 local", "11am", "9 p.m. EST", "11 o'clock", "0900 hours", "noon".

use super::atoms::Atoms;
use super::said::Part;

const ZONES: &[&str] = &[
    "gmt", "utc", "z", "local", "hours", "hrs", "est", "edt", "cst", "cdt", "pst", "pdt", "mst", "ist", "pkt", "pst",
    "cet", "cest", "bst", "msk", "aft", "eet", "eest", "irst", "trt",
];

/// A clock time at atom `i`, with the atom after it; "around" and "about" before it belong to it.
pub(super) fn clock(a: &Atoms, i: usize) -> Option<(Part, usize)> {
    let mut at = i;
    while at < i + 2 && a.is(at, &["around", "about", "exactly", "approximately", "roughly", "shortly"]) {
        at += 1;
    }
    if at > i && a.is(at, &["before", "after", "at"]) {
        at += 1;
    }
    bare(a, at).map(|(part, end)| (part, zone(a, end)))
}

fn bare(a: &Atoms, i: usize) -> Option<(Part, usize)> {
    match a.word(i) {
        "noon" | "midday" => return Some((Part::Clock(12, 0), i + 1)),
        // On whose side of midnight: otherwise it is the end of one day and the beginning of the next.
        "midnight" if i > 0 && a.is(i - 1, &["before"]) => return Some((Part::Night, i + 1)),
        "midnight" if i > 0 && a.is(i - 1, &["after", "past"]) => return Some((Part::Clock(0, 0), i + 1)),
        "midnight" => return Some((Part::Clock(24, 0), i + 1)),
        _ => {}
    }
    let (n, len) = a.digits(i)?;
    // "PR-377/2024", "N-65": part of a code, not a time.
    if a.glued(i) && i > 0 && !a.is(i - 1, &["[", "(", "“", "\"", "‘", "'"]) {
        return None;
    }
    let at = i + 1;
    if len <= 2
        && a.is(at, &[":", "."])
        && a.glued(at)
        && a.glued(at + 1)
        && let Some((minute, 2)) = a.digits(at + 1)
    {
        let colon = a.is(at, &[":"]);
        let mut end = at + 2;
        // Seconds: "17:10:25".
        if colon && a.is(end, &[":"]) && a.glued(end) && a.digits(end + 1).is_some_and(|(_, len)| len == 2) {
            end += 2;
        }
        let half = half_day(a, end);
        if minute < 60 && n <= 24 && (colon || half.is_some()) {
            let (pm, end) = half.unwrap_or((None, end));
            return on_the_hour(n, minute, pm).map(|p| (p, end));
        }
        return None;
    }
    if len <= 2 {
        if let Some((pm, end)) = half_day(a, at) {
            return on_the_hour(n, 0, pm).map(|p| (p, end));
        }
        if a.is(at, &["o"]) && a.is(at + 1, &["'", "’"]) && a.is(at + 2, &["clock"]) {
            return on_the_hour(n, 0, None).map(|p| (p, at + 3));
        }
        return None;
    }
    // "0330 local", "1430 gmt", "0900 hours"
    let marked = a.is(at, &["gmt", "utc", "local", "hours", "hrs", "z", "ist", "pkt"]);
    (len == 4 && marked && n / 100 <= 24 && n % 100 < 60).then_some((Part::Clock((n / 100) as u8, (n % 100) as u8), at))
}

fn on_the_hour(hour: u32, minute: u32, pm: Option<bool>) -> Option<Part> {
    let hour = match pm {
        Some(_) if hour > 12 || hour == 0 => return None,
        Some(true) => hour % 12 + 12,
        Some(false) => hour % 12,
        None => hour,
    };
    (hour <= 24).then_some(Part::Clock(hour as u8, minute as u8))
}

/// "am", "p.m." or "in the morning" at atom `i`.
fn half_day(a: &Atoms, i: usize) -> Option<(Option<bool>, usize)> {
    if a.is(i, &["am", "pm"]) {
        return Some((Some(a.is(i, &["pm"])), i + 1));
    }
    if a.is(i, &["a", "p"]) && a.is(i + 1, &["."]) && a.is(i + 2, &["m"]) && a.glued(i + 1) && a.glued(i + 2) {
        // The last point may end the sentence; it is left out then, as TimeML does.
        let point = a.is(i + 3, &["."]) && a.glued(i + 3) && !a.paragraph_start(i + 4) && !a.capital(i + 4);
        let zone = a.is(i + 3, &["."]) && a.is(i + 4, ZONES);
        let day = a.is(i + 3, &["."]) && a.phrase(i + 4, super::words::Class::Weekday).is_some();
        return Some((Some(a.is(i, &["p"])), i + 3 + usize::from(point || zone || day)));
    }
    if a.is(i, &["in"]) && a.is(i + 1, &["the"]) && a.is(i + 2, &["morning", "afternoon", "evening"]) {
        return Some((Some(!a.is(i + 2, &["morning"])), i + 3));
    }
    None
}

fn zone(a: &Atoms, i: usize) -> usize {
    let mut at = i;
    // "10:35 a.m. (0735 GMT)"
    if a.is(at, &["("]) && a.digits(at + 1).is_some() && a.is(at + 2, ZONES) && a.is(at + 3, &[")"]) {
        return at + 4;
    }
    if a.is(at, &["("]) && a.is(at + 1, ZONES) && a.is(at + 2, &[")"]) {
        return at + 3;
    }
    if a.is(at, ZONES) && !a.paragraph_start(at) {
        let local = a.is(at, &["local"]);
        at += 1;
        if local && a.is(at, &["time"]) {
            at += 1;
        }
    }
    at
}
