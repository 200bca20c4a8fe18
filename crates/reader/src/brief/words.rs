//! The brief's own words: neutral, few, and the same for every side.

use counterclaim_incidents::month;
use counterclaim_text::{Aspect, Incident, PlaceRef, Precision, Stance, Status, When};
use jiff::civil::{Date, Weekday};

pub(super) const UNKNOWN: &str = "unknown";
pub(super) const NOT_SAID: &str = "not said";
pub(super) const NO_SOURCE: &str = "source not given";
pub(super) const LEGEND: &str = "[r1:140-300] is the report and the bytes of its text. Sides stand in alphabetical order, \
in columns of one width. \"Not said\" means: not in these reports. Confidence is the share of such incidents that are right.";

/// The rows of an incident's accounts, in order: label, and the aspects that belong there.
pub(super) const ROWS: [(&str, &[Aspect]); 9] = [
    ("happened", &[Aspect::Occurrence]),
    ("who did it", &[Aspect::Responsibility, Aspect::Perpetrator]),
    ("who was hit", &[Aspect::Target]),
    ("killed", &[Aspect::Killed]),
    ("injured", &[Aspect::Injured]),
    ("place", &[Aspect::Place]),
    ("time", &[Aspect::Time]),
    ("legality", &[Aspect::Legality]),
    ("other words", &[Aspect::Standing]),
];

/// How a claim is put: the stance, then what is said.
pub(super) fn claim(stance: Stance, value: &str) -> String {
    let stance = stance.as_str().replace('-', " ");
    if value.is_empty() { stance } else { format!("{stance}: {value}") }
}

/// The words in quotation marks, unless they bring their own.
pub(super) fn quoted(words: &str) -> String {
    let own = words.starts_with(['“', '"']) && words.ends_with(['”', '"']) && words.chars().count() > 1;
    if words.is_empty() || own { words.to_owned() } else { format!("“{words}”") }
}

/// Which side of a standing question a stance is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    For,
    Against,
    Other,
}

pub(super) fn side(stance: Stance) -> Side {
    match stance {
        Stance::Asserts | Stance::Confirms | Stance::Admits | Stance::Accuses | Stance::ClaimsResponsibility => {
            Side::For
        }
        Stance::Denies => Side::Against,
        Stance::CannotConfirm | Stance::Condemns | Stance::Demands | Stance::Warns => Side::Other,
    }
}

/// Who did it, and how well that is known.
pub(super) fn who_did_it(incident: &Incident) -> String {
    let known = match incident.status {
        Status::Admitted => "admitted",
        Status::Claimed => "claimed",
        Status::Attributed => "attributed by others",
        Status::Disputed => "disputed",
        Status::Unknown => UNKNOWN,
    };
    match (incident.perpetrators.is_empty(), incident.status) {
        (true, Status::Unknown) => "unknown: nobody is named".to_owned(),
        (true, _) => format!("nobody is named; {known}"),
        (false, Status::Unknown) => format!("{}; not known further", list(&incident.perpetrators)),
        (false, _) => format!("{} ({known})", list(&incident.perpetrators)),
    }
}

/// "7", "7 to 8".
pub(super) fn range(low: u64, high: u64) -> String {
    if low == high { low.to_string() } else { format!("{low} to {high}") }
}

/// "killed 7 to 8; injured not given".
pub(super) fn tolls(killed: Option<(u64, u64)>, injured: Option<(u64, u64)>) -> String {
    let part = |name: &str, toll: Option<(u64, u64)>| match toll {
        Some((low, high)) => format!("{name} {}", range(low, high)),
        None => format!("{name} not given"),
    };
    if killed.is_none() && injured.is_none() {
        return "not given".to_owned();
    }
    format!("{}; {}", part("killed", killed), part("injured", injured))
}

/// "Miran Shah, North Waziristan, Khyber Pakhtunkhwa, PK": the name, and what holds it.
pub(super) fn place(place: &PlaceRef) -> String {
    let mut parts = vec![place.name.as_str()];
    for part in [&place.admin2, &place.admin1, &place.country] {
        if !part.is_empty() && !parts.contains(&part.as_str()) {
            parts.push(part);
        }
    }
    parts.join(", ")
}

/// "Monday 18 March 2024", "16 to 17 March 2024", "March 2024".
pub(super) fn when(when: When) -> String {
    let (a, b) = (when.start, when.end);
    match when.precision {
        Precision::Year if a.year() == b.year() => a.year().to_string(),
        Precision::Month if (a.year(), a.month()) == (b.year(), b.month()) => format!("{} {}", month(a), a.year()),
        Precision::Week => format!("week of {}", days(a, b)),
        _ if a == b => format!("{} {}", weekday(a), date(a)),
        _ => days(a, b),
    }
}

/// "18 March 2024".
pub(super) fn date(d: Date) -> String {
    format!("{} {} {}", d.day(), month(d), d.year())
}

/// "16 to 17 March 2024", with no more repeated than needed.
pub(super) fn days(a: Date, b: Date) -> String {
    if a == b {
        date(a)
    } else if (a.year(), a.month()) == (b.year(), b.month()) {
        format!("{} to {}", a.day(), date(b))
    } else if a.year() == b.year() {
        format!("{} {} to {}", a.day(), month(a), date(b))
    } else {
        format!("{} to {}", date(a), date(b))
    }
}

/// "3 incidents", "1 incident".
pub(super) fn count(n: usize, one: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") }
}

/// "A; B", or "unknown".
pub(super) fn list(names: &[String]) -> String {
    if names.is_empty() { UNKNOWN.to_owned() } else { names.join("; ") }
}

/// A slug as a phrase; words that the quoted reports write with a capital keep it.
pub(super) fn question(slug: &str, words: &str) -> String {
    let capital = |word: &str| {
        words
            .split(|c: char| !c.is_alphanumeric())
            .find(|w| w.starts_with(char::is_uppercase) && w.to_lowercase() == word)
            .map(str::to_owned)
    };
    let phrase: Vec<String> = slug.split('-').map(|word| capital(word).unwrap_or_else(|| word.to_owned())).collect();
    phrase.join(" ")
}

fn weekday(d: Date) -> &'static str {
    match d.weekday() {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn days_repeat_no_more_than_needed() {
        let shown = |a: &str, b: &str, precision| when(When { start: day(a), end: day(b), precision });
        assert_eq!(shown("2024-03-18", "2024-03-18", Precision::Day), "Monday 18 March 2024");
        assert_eq!(shown("2024-03-16", "2024-03-17", Precision::Range), "16 to 17 March 2024");
        assert_eq!(shown("2024-02-28", "2024-03-01", Precision::Range), "28 February to 1 March 2024");
        assert_eq!(shown("2023-12-31", "2024-01-01", Precision::Range), "31 December 2023 to 1 January 2024");
        assert_eq!(shown("2024-03-01", "2024-03-31", Precision::Month), "March 2024");
        assert_eq!(shown("2024-03-11", "2024-03-17", Precision::Week), "week of 11 to 17 March 2024");
        assert_eq!(shown("2024-01-01", "2024-12-31", Precision::Year), "2024");
    }

    #[test]
    fn slugs_become_phrases() {
        let words = "Militants are in Afghanistan, he said.";
        assert_eq!(question("sanctuaries-in-afghanistan", words), "sanctuaries in Afghanistan");
    }

    #[test]
    fn unknown_is_said_aloud() {
        assert_eq!(tolls(Some((7, 8)), None), "killed 7 to 8; injured not given");
        assert_eq!(list(&[]), "unknown");
    }
}
