//! How well two sightings fit together: named features, and a linear model over them (`data/models/links.tsv`).
//!
//! Each feature is something that a person could check: the same day, four kilometres apart, both seven killed. The
//! weights say how much it counts; their sum with the bias is a log-odds (logistic regression), so that 0 is even odds
//! and a link can be explained by its summands.

use crate::cluster::{NEWS_DAYS, TALK_DAYS};
use crate::sighting::Sighting;
use counterclaim_coding::place_holds;
use counterclaim_lexicon::Lexicon;
use counterclaim_text::{DateValue, Level, PlaceRef};
use jiff::civil::Date;
use std::cmp::Ordering;

/// The comparison of two sightings.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// Log-odds that they tell of one occurrence: above 0 more likely than not.
    pub score: f64,
    /// Name and value of each feature that holds.
    pub features: Vec<Feature>,
}

/// A feature that holds of a pair: its name in `data/models/links.tsv` and its value, 1 unless it is a share.
pub type Feature = (&'static str, f64);

/// Compares two sightings; `None` if they cannot be one occurrence whatever else holds.
///
/// The comparison is symmetric and depends on nothing but the two.
pub fn compare(lexicon: &Lexicon, a: &Sighting, b: &Sighting) -> Option<Link> {
    let features = features(lexicon, a, b)?;
    let score = features.iter().map(|(name, value)| lexicon.links.weight(name) * value).sum();
    Some(Link { score, features })
}

impl Link {
    /// The reasons in words, strongest first, those for and those against: "same day", "4 km apart, both 7 killed".
    pub fn reasons(&self, lexicon: &Lexicon) -> Vec<(String, f64)> {
        let mut out: Vec<(String, f64)> = (self.features.iter())
            .filter(|(name, _)| *name != "bias")
            .map(|(name, value)| (lexicon.links.meaning(name).to_owned(), lexicon.links.weight(name) * value))
            .filter(|(_, w)| w.abs() >= 0.05)
            .collect();
        out.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()).then_with(|| a.0.cmp(&b.0)));
        out
    }
}

/// The features that hold of a pair; `None` if the two cannot be one occurrence.
pub fn features(lexicon: &Lexicon, a: &Sighting, b: &Sighting) -> Option<Vec<Feature>> {
    if a.report == b.report || !lexicon.kinds.kin(&a.kind, &b.kind) {
        return None;
    }
    // Most pairs fail here; what follows is for the rest.
    let (day, place) = (days(a, b)?, where_(&a.places, &b.places)?);
    let mut out: Vec<Feature> = Vec::with_capacity(16);
    let mut put = |name: &'static str| out.push((name, 1.0));
    put("bias");
    put(if a.kind == b.kind { "same-kind" } else { "kin-kind" });
    if a.looks_back || b.looks_back {
        put("looks-back");
    }
    put(day);
    let undated = day == "both-undated";
    if undated && a.published.is_some() && b.published.is_some() && a.published != b.published {
        put("undated-another-issue");
    }
    if let Some(gap) = a.published.zip(b.published).map(|(p, q)| apart(p, q)) {
        put(match gap {
            0 => "published-same-day",
            1 => "published-next-day",
            2..=3 => "published-days-apart",
            _ => "published-long-apart",
        });
    }
    put(place);
    // Reports that tell of nothing else mostly tell of one thing, unless they name places apart.
    if a.alone && b.alone && matches!(place, "same-place" | "place-within" | "place-unsaid") {
        put(if a.published.is_some() && a.published == b.published { "only-news-of-day" } else { "only-news" });
    }
    put(who(&a.perpetrators, &b.perpetrators, &a.targets, &b.targets));
    put(whom(&a.targets, &b.targets));
    if sides(&a.targets, &b.targets) {
        put("other-side-hit");
    }
    put(match figures(&a.killed, &b.killed) {
        Figures::Same => "same-killed",
        Figures::Near => "near-killed",
        Figures::Apart => "other-killed",
        Figures::Missing => "killed-unsaid",
    });
    match later(a, b) {
        Some(Ordering::Less) => put("fewer-killed-later"),
        Some(Ordering::Greater) => put("more-killed-later"),
        _ => {}
    }
    match figures(&a.injured, &b.injured) {
        Figures::Same => put("same-injured"),
        Figures::Near => put("near-injured"),
        Figures::Apart => put("other-injured"),
        Figures::Missing => {}
    }
    let words = shared(&a.words, &b.words);
    if !a.words.is_empty() && !b.words.is_empty() && words == 0.0 {
        out.push(("other-words", 1.0));
    }
    out.push(("shared-words", words));
    Some(out)
}

/// How the highest number of dead of the later report compares with that of the earlier: a toll rises, it does not fall.
fn later(a: &Sighting, b: &Sighting) -> Option<Ordering> {
    let (x, y) = (a.killed.last()?, b.killed.last()?);
    match a.published?.cmp(&b.published?) {
        Ordering::Less => Some(y.cmp(x)),
        Ordering::Greater => Some(x.cmp(y)),
        Ordering::Equal => None,
    }
}

fn apart(p: Date, q: Date) -> i32 {
    p.until(q).map_or(9999, |s| s.get_days().abs())
}

fn gap(a: DateValue, b: DateValue) -> i32 {
    if a.end < b.start {
        apart(a.end, b.start)
    } else if b.end < a.start {
        apart(b.end, a.start)
    } else {
        0
    }
}

fn days(a: &Sighting, b: &Sighting) -> Option<&'static str> {
    match (a.when, b.when) {
        (Some(x), Some(y)) => match gap(x, y) {
            0 if x == y => Some("same-day"),
            0 => Some("days-overlap"),
            1 => Some("next-day"),
            _ => None,
        },
        (Some(x), None) => undated(x, b.published),
        (None, Some(y)) => undated(y, a.published),
        (None, None) => match a.published.zip(b.published).map(|(p, q)| apart(p, q)) {
            Some(d) if d > NEWS_DAYS => None,
            _ => Some("both-undated"),
        },
    }
}

fn undated(day: DateValue, published: Option<Date>) -> Option<&'static str> {
    let Some(p) = published else { return Some("one-undated") };
    let since = gap(day, DateValue { start: p, end: p });
    match since {
        _ if day.start > p => None,
        0..=NEWS_DAYS => Some("one-undated"),
        _ if since <= TALK_DAYS => Some("one-undated-late"),
        _ => None,
    }
}

fn where_(a: &[PlaceRef], b: &[PlaceRef]) -> Option<&'static str> {
    if a.is_empty() || b.is_empty() {
        return Some("place-unsaid");
    }
    // From the best to the worst that two places can be to each other.
    const ORDER: [&str; 6] = ["same-place", "place-within", "near", "same-region", "other-country", "far"];
    let mut best = ORDER.len() - 1;
    for p in a {
        for q in b {
            let same = !p.gazetteer_id.is_empty() && p.gazetteer_id == q.gazetteer_id
                || p.name == q.name && (p.country == q.country || p.country.is_empty() || q.country.is_empty());
            let rank = if same {
                0
            } else if place_holds(p, q) || place_holds(q, p) {
                1
            } else {
                let abroad = p.country != q.country && !p.country.is_empty() && !q.country.is_empty();
                match kilometres(p, q) {
                    Some(km) if km <= 30.0 => 2,
                    _ if abroad => 4,
                    Some(km) if km > 120.0 && exact(p) && exact(q) => 5,
                    _ => 3,
                }
            };
            best = best.min(rank);
        }
    }
    // An index by country must find every pair that can be one occurrence.
    (best < 4).then_some(ORDER[best])
}

/// True for places so small that their coordinates say where something was.
fn exact(p: &PlaceRef) -> bool {
    matches!(p.level, Level::Town | Level::Admin2)
}

fn kilometres(p: &PlaceRef, q: &PlaceRef) -> Option<f64> {
    let (a, b) = p.lat_lon.zip(q.lat_lon)?;
    let x = (b.1 - a.1).to_radians() * ((a.0 + b.0) / 2.0).to_radians().cos();
    Some(6371.0 * x.hypot((b.0 - a.0).to_radians()))
}

fn named(list: &[String]) -> impl Iterator<Item = &String> {
    list.iter().filter(|n| !n.starts_with("unidentified"))
}

fn who(a: &[String], b: &[String], hit_a: &[String], hit_b: &[String]) -> &'static str {
    if named(a).next().is_none() || named(b).next().is_none() {
        "doer-unsaid"
    } else if named(a).any(|x| b.contains(x)) {
        "same-doer"
    } else if named(a).any(|x| hit_b.contains(x)) && named(b).any(|x| hit_a.contains(x)) {
        "sides-crossed"
    } else {
        "other-doer"
    }
}

fn whom(a: &[String], b: &[String]) -> &'static str {
    if a.is_empty() || b.is_empty() {
        "target-unsaid"
    } else if a.iter().any(|x| b.contains(x)) {
        "same-target"
    } else {
        "other-target"
    }
}

/// True if each names a side as hit and no side is named by both.
fn sides(a: &[String], b: &[String]) -> bool {
    let named =
        |list: &[String]| list.iter().filter(|n| !n.starts_with(char::is_lowercase)).cloned().collect::<Vec<_>>();
    let (a, b) = (named(a), named(b));
    !a.is_empty() && !b.is_empty() && !a.iter().any(|x| b.contains(x))
}

enum Figures {
    Same,
    Near,
    Apart,
    Missing,
}

/// The same figure, one within half of the other, or neither: tolls rise, and sides count differently.
fn figures(a: &[u64], b: &[u64]) -> Figures {
    if a.is_empty() || b.is_empty() {
        return Figures::Missing;
    }
    if a.iter().any(|x| b.contains(x)) {
        return Figures::Same;
    }
    let near = |x: u64, y: u64| x.max(y) <= x.min(y).saturating_mul(3) / 2 + 1;
    if a.iter().any(|x| b.iter().any(|y| near(*x, *y))) { Figures::Near } else { Figures::Apart }
}

/// Shared words as a share of the shorter list.
fn shared(a: &[String], b: &[String]) -> f64 {
    let both = a.iter().filter(|w| b.binary_search(w).is_ok()).count();
    both as f64 / a.len().min(b.len()).max(1) as f64
}
