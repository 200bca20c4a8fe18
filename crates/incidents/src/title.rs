//! Neutral titles: who, what kind, where, when; nothing else.

use counterclaim_lexicon::Lexicon;
use counterclaim_text::{PlaceRef, Precision, When};
use jiff::civil::Date;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// English name of the month of a day.
pub fn month(d: Date) -> &'static str {
    MONTHS.get((d.month() - 1) as usize).copied().unwrap_or("")
}

/// A date range for people ("18 March 2024", "16–17 March 2024", "June 2023", "2009").
pub fn date_words(when: &When) -> String {
    let (a, b) = (when.start, when.end);
    match when.precision {
        Precision::Year => a.year().to_string(),
        Precision::Month => format!("{} {}", month(a), a.year()),
        _ if a == b => format!("{} {} {}", a.day(), month(a), a.year()),
        _ if a.year() == b.year() && a.month() == b.month() => {
            format!("{}–{} {} {}", a.day(), b.day(), month(a), a.year())
        }
        _ => format!("{} {} {} – {} {} {}", a.day(), month(a), a.year(), b.day(), month(b), b.year()),
    }
}

fn list(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_string(),
        [init @ .., last] => format!("{} and {last}", init.join(", ")),
    }
}

/// The title of an incident.
pub fn title(
    lexicon: &Lexicon,
    kind: &str,
    perpetrators: &[String],
    places: &[PlaceRef],
    when: Option<&When>,
) -> String {
    let noun = lexicon.kinds.get(kind).map_or(kind, |k| k.title.as_str());
    let mut out = String::new();
    if !perpetrators.is_empty() {
        out.push_str(&list(&perpetrators.iter().map(String::as_str).collect::<Vec<_>>()));
        out.push_str(": ");
    }
    out.push_str(noun);
    if out.chars().next().is_some_and(char::is_lowercase) {
        let mut c = out.chars();
        out = c.next().map(|f| f.to_uppercase().collect::<String>() + c.as_str()).unwrap_or_default();
    }
    if !places.is_empty() {
        out.push_str(" in ");
        out.push_str(&list(&places.iter().take(4).map(|p| p.name.as_str()).collect::<Vec<_>>()));
    }
    if let Some(w) = when {
        out.push_str(", ");
        out.push_str(&date_words(w));
    }
    out
}
