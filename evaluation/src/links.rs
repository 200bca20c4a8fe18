//! Scores linking: which mentions, in several reports, were put together as one incident.
//!
//! B³ (Bagga and Baldwin 1998) over the mentions of the desk cases; and, for UCDP GED, pairs of headlines: two headlines
//! that one event was coded from belong together, two that no event shares do not. Pairs are asked for only where the
//! events are near enough to be mixed up.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde_json::Value;

use crate::incidents::GedEvent;

/// Precision, recall and their harmonic mean.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Links {
    /// Share of what was put together that belongs together.
    pub precision: f64,
    /// Share of what belongs together that was put together.
    pub recall: f64,
    /// Mentions (B³) or pairs that belong together.
    pub n: usize,
}

impl Links {
    /// The harmonic mean.
    pub fn f1(&self) -> f64 {
        let sum = self.precision + self.recall;
        if sum > 0.0 { 2.0 * self.precision * self.recall / sum } else { 0.0 }
    }
}

/// B³ of mentions, each with its right group and the group that it was put into; `None` is a group of its own.
///
/// # Example
/// ```
/// use counterclaim_evaluation::links::b_cubed;
/// let s = b_cubed(&[("a", Some(1)), ("a", Some(1)), ("b", Some(1)), ("b", None)]);
/// assert!((s.precision - (2.0 / 3.0 + 2.0 / 3.0 + 1.0 / 3.0 + 1.0) / 4.0).abs() < 1e-9);
/// assert!((s.recall - (1.0 + 1.0 + 0.5 + 0.5) / 4.0).abs() < 1e-9);
/// ```
pub fn b_cubed<G: Ord, P: Ord>(mentions: &[(G, Option<P>)]) -> Links {
    let (mut precision, mut recall) = (0.0, 0.0);
    for (k, (gold, put)) in mentions.iter().enumerate() {
        let with = |j: usize| j == k || put.is_some() && mentions[j].1 == *put;
        let (mut both, mut right, mut together) = (0, 0, 0);
        for j in 0..mentions.len() {
            let (same, with) = (mentions[j].0 == *gold, with(j));
            both += usize::from(same && with);
            right += usize::from(same);
            together += usize::from(with);
        }
        precision += both as f64 / together.max(1) as f64;
        recall += both as f64 / right.max(1) as f64;
    }
    let n = mentions.len();
    Links { precision: precision / n.max(1) as f64, recall: recall / n.max(1) as f64, n }
}

/// A mention: its case and gold incident, and its case and the incident that it was put into.
pub type Mention = ((usize, usize), Option<(usize, usize)>);

/// The mentions of a case: every piece of gold evidence with its incident and the read incident that holds most of its
/// words, with the number of the case before each.
///
/// What was read is the evidence of each incident: report, first byte, one past the last byte.
pub fn desk_mentions(case: usize, gold: &Value, read: &[Vec<(&str, u32, u32)>]) -> Vec<Mention> {
    let put = |mention: &(usize, &str, u32, u32)| {
        let (_, report, start, end) = *mention;
        let size = |evidence: &[(&str, u32, u32)]| {
            evidence.iter().filter(|e| e.0 == report).map(|e| shared((start, end), (e.1, e.2))).sum::<u32>()
        };
        best(read.iter().map(|evidence| size(evidence)))
    };
    gold_mentions(gold).iter().map(|m| ((case, m.0), put(m).map(|k| (case, k)))).collect()
}

/// The gold incident whose evidence shares most bytes with some spans of a report.
pub fn gold_of(gold: &Value, report: &str, spans: &[(u32, u32)]) -> Option<usize> {
    let mentions = gold_mentions(gold);
    let incidents = mentions.iter().map(|m| m.0 + 1).max().unwrap_or(0);
    let size = |incident: usize| {
        let own = mentions.iter().filter(|m| m.0 == incident && m.1 == report);
        own.map(|m| spans.iter().map(|s| shared(*s, (m.2, m.3))).sum::<u32>()).sum::<u32>()
    };
    best((0..incidents).map(size))
}

/// Every piece of gold evidence: number of the incident, report, first byte, one past the last byte.
fn gold_mentions(gold: &Value) -> Vec<(usize, &str, u32, u32)> {
    let mut out = Vec::new();
    for (g, incident) in gold["incidents"].as_array().into_iter().flatten().enumerate() {
        for e in incident["evidence"].as_array().into_iter().flatten() {
            let text = gold["reports"].as_array().into_iter().flatten().find(|r| r["id"] == e["report"]);
            let (Some(report), Some(text), Some(quote)) =
                (e["report"].as_str(), text.and_then(|r| r["text"].as_str()), e["quote"].as_str())
            else {
                continue;
            };
            if let Some(at) = text.find(quote) {
                out.push((g, report, at as u32, (at + quote.len()) as u32));
            }
        }
    }
    out
}

fn shared(a: (u32, u32), b: (u32, u32)) -> u32 {
    a.1.min(b.1).saturating_sub(a.0.max(b.0))
}

/// The first of the largest sizes that are not 0.
fn best(sizes: impl Iterator<Item = u32>) -> Option<usize> {
    sizes.enumerate().filter(|(_, s)| *s > 0).max_by_key(|(k, s)| (*s, std::cmp::Reverse(*k))).map(|(k, _)| k)
}

/// A headline as a report of its own.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Headline {
    /// Day of publication, ISO.
    pub published: String,
    /// Its words.
    pub text: String,
}

/// Two headlines by number, and whether one event was coded from both.
pub type Pair = (usize, usize, bool);

/// The headlines of UCDP GED, each once, and the pairs to decide: all within one event, and those of two events within
/// `days` and `km` of each other of which at least one has several headlines.
pub fn ged_pairs(events: &[GedEvent], days: i32, km: f64) -> (Vec<Headline>, Vec<Pair>) {
    let mut headlines: Vec<Headline> = events.iter().flat_map(headlines_of).collect();
    headlines.sort();
    headlines.dedup();
    let number = |h: &Headline| headlines.binary_search(h).unwrap_or_default();
    let of: Vec<Vec<usize>> = events.iter().map(|e| headlines_of(e).iter().map(number).collect()).collect();
    let mut pairs: BTreeMap<(usize, usize), bool> = BTreeMap::new();
    let mut put = |a: usize, b: usize, same: bool| {
        if a != b {
            *pairs.entry((a.min(b), a.max(b))).or_insert(same) |= same;
        }
    };
    for (i, e) in events.iter().enumerate().filter(|(i, _)| !of[*i].is_empty()) {
        for (k, a) in of[i].iter().enumerate() {
            of[i][k + 1..].iter().for_each(|b| put(*a, *b, true));
        }
        for (j, f) in events.iter().enumerate().skip(i + 1) {
            let several = |k: usize| of[k].iter().collect::<BTreeSet<_>>().len() > 1;
            if (several(i) || several(j)) && days_apart(e, f) <= days && km_apart(e, f) <= km {
                of[i].iter().for_each(|a| of[j].iter().for_each(|b| put(*a, *b, false)));
            }
        }
    }
    (headlines.clone(), pairs.into_iter().map(|((a, b), same)| (a, b, same)).collect())
}

fn headlines_of(e: &GedEvent) -> Vec<Headline> {
    e.articles.iter().map(|(published, text)| Headline { published: published.clone(), text: text.clone() }).collect()
}

fn days_apart(a: &GedEvent, b: &GedEvent) -> i32 {
    let day = |s: &str| s.parse::<Date>().ok();
    let gap =
        |from: &str, to: &str| day(from).zip(day(to)).and_then(|(f, t)| f.until(t).ok()).map_or(9999, |s| s.get_days());
    gap(&a.days.1, &b.days.0).max(gap(&b.days.1, &a.days.0)).max(0)
}

/// Kilometres between two events on a sphere of 6,371 km (equirectangular, good for short distances).
fn km_apart(a: &GedEvent, b: &GedEvent) -> f64 {
    let Some((p, q)) = a.at.zip(b.at) else { return f64::INFINITY };
    let x = (q.1 - p.1).to_radians() * ((p.0 + q.0) / 2.0).to_radians().cos();
    6371.0 * x.hypot((q.0 - p.0).to_radians())
}

/// How well pairs were decided.
pub fn score_pairs(pairs: &[Pair], linked: impl Fn(usize, usize) -> bool) -> Links {
    let (mut both, mut put, mut right) = (0usize, 0usize, 0usize);
    for (a, b, same) in pairs {
        let linked = linked(*a, *b);
        both += usize::from(linked && *same);
        put += usize::from(linked);
        right += usize::from(*same);
    }
    Links { precision: both as f64 / put.max(1) as f64, recall: both as f64 / right.max(1) as f64, n: right }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn event(day: &str, at: (f64, f64), headlines: &[&str]) -> GedEvent {
        GedEvent {
            days: (day.into(), day.into()),
            at: Some(at),
            articles: headlines.iter().map(|h| (day.to_owned(), (*h).to_owned())).collect(),
            ..GedEvent::default()
        }
    }

    #[test]
    fn headlines_of_near_events_are_told_apart() {
        let events = [
            event("2001-02-03", (34.0, 70.0), &["A", "B"]),
            event("2001-02-04", (34.1, 70.0), &["C"]),
            event("2001-02-04", (34.0, 70.1), &["A"]),
            event("2001-03-04", (34.0, 70.0), &["D", "E"]),
        ];
        let (headlines, pairs) = ged_pairs(&events, 3, 100.0);
        let named: Vec<(String, bool)> =
            pairs.iter().map(|(a, b, same)| (format!("{}{}", headlines[*a].text, headlines[*b].text), *same)).collect();
        // The second "A" was published a day later: another headline.
        let expected = [("AB", true), ("AA", false), ("AC", false), ("BA", false), ("BC", false), ("DE", true)];
        assert_eq!(named, expected.map(|(n, s)| (n.to_owned(), s)));
        let s = score_pairs(&pairs, |a, b| a == 0 && b == 1 || a == 0 && b == 2);
        assert_eq!((s.precision, s.recall, s.n), (0.5, 0.5, 2));
    }

    #[test]
    fn a_mention_goes_with_the_incident_that_holds_most_of_its_words() {
        let gold = json!({
            "reports": [{"id": "r1", "text": "Two guards died. A bus was hit."}],
            "incidents": [
                {"evidence": [{"report": "r1", "quote": "Two guards died"}]},
                {"evidence": [{"report": "r1", "quote": "A bus was hit"}]},
            ],
        });
        assert_eq!(
            desk_mentions(3, &gold, &[vec![("r2", 0, 18)], vec![("r1", 0, 18)]]),
            [((3, 0), Some((3, 1))), ((3, 1), Some((3, 1)))]
        );
        assert_eq!(desk_mentions(0, &gold, &[]), [((0, 0), None), ((0, 1), None)]);
        assert_eq!(gold_of(&gold, "r1", &[(10, 26)]), Some(1));
        assert_eq!(gold_of(&gold, "r1", &[]), None);
    }
}
