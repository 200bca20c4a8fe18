//! Scores the deaths read in headlines of UCDP GED against labels made by reading 150 of them.
//!
//! `best` of UCDP GED is coded per dyad and place, so it cannot judge the reading of one headline; the labels in
//! `evaluation/ucdp-headlines.tsv` can. They are figures and ids; the headlines themselves stay in the gold set.

use std::collections::BTreeSet;

use anyhow::{Context, Result, ensure};

use crate::figures::{Figure, Share};
use crate::incidents::GedEvent;

/// The labels of this project: id, number of the headline, low, high.
const LABELS: &str = include_str!("../ucdp-headlines.tsv");

/// The seed of the sample and its size, as the labels state them.
const SEED: u32 = 20_121_231;
const SIZE: usize = 150;

/// Deaths, lowest and highest; `None` if no number of deaths is stated.
pub type Deaths = Option<(u32, u32)>;

/// A labelled headline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Headline {
    /// Identifier of the event and number of the headline in its row, from 0.
    pub key: (String, usize),
    /// Its words, from the gold set.
    pub text: String,
    /// Date of the source, as given.
    pub date: String,
    /// The deaths that it states in all.
    pub deaths: Deaths,
}

/// The labelled headlines with their words.
///
/// # Errors
/// If a label is malformed, if its headline is not in the gold set, or if the labels are not the sample that they
/// claim to be.
pub fn load(events: &[GedEvent]) -> Result<Vec<Headline>> {
    let labels = labels(LABELS)?;
    let sampled: BTreeSet<(&str, usize)> = sample(events).into_iter().collect();
    let labelled: BTreeSet<(&str, usize)> = labels.iter().map(|((id, n), _)| (id.as_str(), *n)).collect();
    ensure!(sampled == labelled, "the labels are not the sample of seed {SEED}");
    let find = |(key, deaths): ((String, usize), Deaths)| {
        let event = events.iter().find(|e| e.id == key.0).with_context(|| format!("no event {}", key.0))?;
        let text = event.headlines.get(key.1).with_context(|| format!("{}: no headline {}", key.0, key.1))?.clone();
        Ok(Headline { key, text, date: event.source_date.clone(), deaths })
    };
    labels.into_iter().map(find).collect()
}

fn labels(text: &str) -> Result<Vec<((String, usize), Deaths)>> {
    let rows = text.lines().filter(|l| !l.starts_with('#')).skip(1);
    let label = |line: &str| {
        let cells: Vec<&str> = line.split('\t').collect();
        let [id, number, low, high] = cells[..] else { anyhow::bail!("\"{line}\" has not four cells") };
        let deaths = if low.is_empty() { None } else { Some((low.parse()?, high.parse()?)) };
        Ok(((id.to_owned(), number.parse()?), deaths))
    };
    rows.map(label).collect()
}

/// The headlines with the lowest FNV-1a hashes of `SEED/ID/NUMBER` among those that differ.
fn sample(events: &[GedEvent]) -> Vec<(&str, usize)> {
    let mut seen = BTreeSet::new();
    let mut all: Vec<(u64, &str, usize)> = Vec::new();
    for e in events {
        for (n, headline) in e.headlines.iter().enumerate() {
            if seen.insert(headline.to_lowercase()) {
                all.push((fnv(&format!("{SEED}/{}/{n}", e.id)), &e.id, n));
            }
        }
    }
    all.sort_unstable();
    all.into_iter().take(SIZE).map(|(_, id, n)| (id, n)).collect()
}

/// FNV-1a, 64 bits (Fowler, Noll, Vo).
fn fnv(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
}

/// The share of headlines whose deaths are read right, of all, of those that state some, and of those that state none.
pub fn score(gold: &[Headline], read: &[Deaths]) -> Vec<Figure> {
    let (mut all, mut some, mut none) = (Share::default(), Share::default(), Share::default());
    for (g, r) in gold.iter().zip(read) {
        let right = g.deaths == *r;
        all.add(right);
        if g.deaths.is_some() { some.add(right) } else { none.add(right) }
    }
    vec![
        Figure::new("deaths read right", all.value(), all.of),
        Figure::new("of those that state some", some.value(), some.of),
        Figure::new("of those that state none", none.value(), none.of),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_have_the_size_of_the_sample() {
        let labels = labels(LABELS).unwrap();
        assert_eq!(labels.len(), SIZE);
        assert!(labels.iter().all(|(_, d)| d.is_none_or(|(low, high)| low <= high)));
        assert!(super::labels("id\theadline\tlow\thigh\n1\t0\t2\n").is_err());
    }

    #[test]
    fn the_sample_takes_each_headline_once() {
        let event = |id: &str, headlines: &[&str]| GedEvent {
            id: id.into(),
            headlines: headlines.iter().map(|h| (*h).into()).collect(),
            ..GedEvent::default()
        };
        let events = [event("1", &["Two die", "Shots heard"]), event("2", &["TWO DIE"])];
        let mut keys = sample(&events);
        keys.sort_unstable();
        assert_eq!(keys, [("1", 0), ("1", 1)]);
        assert_eq!(fnv("a"), 0xaf63_dc4c_8601_ec8c);
    }

    #[test]
    fn a_headline_is_right_or_wrong() {
        let line = |deaths| Headline { key: ("1".into(), 0), text: String::new(), date: String::new(), deaths };
        let gold = [line(Some((2, 2))), line(None), line(Some((1, 3)))];
        let figures = score(&gold, &[Some((2, 2)), Some((1, 1)), Some((1, 2))]);
        let values: Vec<(f64, usize)> = figures.iter().map(|f| (f.value, f.n)).collect();
        assert_eq!(values, [(1.0 / 3.0, 3), (0.5, 2), (0.0, 1)]);
    }
}
