//! From files to dated, directed events: CSV of anybody's making, UCDP GED, and the JSON that `counterclaim read` prints.

pub(crate) mod ged;
pub(crate) mod incident;
pub(crate) mod json;
pub(crate) mod promises;
pub(crate) mod table;
pub(crate) mod wide;

use jiff::civil::Date;
use std::collections::BTreeMap;
use thiserror::Error;

/// What kind of act an event is. The channels are kept apart and never netted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Channel {
    /// Violence, and other hostile acts.
    HostileMaterial,
    /// Accusations, threats, refusals.
    HostileVerbal,
    /// Talks, agreements, aid, withdrawals, releases.
    Cooperative,
}

/// All channels, in order.
pub const CHANNELS: [Channel; 3] = [Channel::HostileMaterial, Channel::HostileVerbal, Channel::Cooperative];

impl Channel {
    /// Its name in tables and output.
    pub fn name(self) -> &'static str {
        match self {
            Channel::HostileMaterial => "hostile-material",
            Channel::HostileVerbal => "hostile-verbal",
            Channel::Cooperative => "cooperative",
        }
    }

    /// The channel of this name.
    pub fn named(name: &str) -> Option<Channel> {
        CHANNELS.into_iter().find(|c| c.name() == name)
    }

    /// The channel of a PLOVER event type: quads 1 and 2 are cooperative, 3 is verbal, 4 is material conflict.
    ///
    /// # Source
    ///
    /// PLOVER codebook (2021), after CAMEO's quad classes.
    pub fn of_plover(kind: &str) -> Option<Channel> {
        Some(match kind {
            "AGREE" | "CONSULT" | "SUPPORT" | "CONCEDE" | "COOPERATE" | "AID" | "RETREAT" => Channel::Cooperative,
            "REQUEST" | "ACCUSE" | "REJECT" | "THREATEN" => Channel::HostileVerbal,
            "PROTEST" | "SANCTION" | "MOBILIZE" | "COERCE" | "ASSAULT" => Channel::HostileMaterial,
            _ => return None,
        })
    }
}

/// One incident.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Identifier in its file; several rows with one identifier are one event.
    pub id: String,
    /// Day it began.
    pub date: Date,
    /// Days within which it is dated: 1 for a day, 7 for a week, 30 for a month.
    pub precision: u32,
    /// Who acted. For an event without direction, both sides stand here and in `to`.
    pub from: Vec<String>,
    /// Towards whom.
    pub to: Vec<String>,
    /// Whether it is known who acted.
    pub directed: bool,
    /// Its channel.
    pub channel: Channel,
    /// Where, as far as it matters for forecasts: a province.
    pub area: String,
    /// Deaths: low, best, high.
    pub deaths: [f64; 3],
    /// How many reports tell of it.
    pub reports: f64,
}

/// Names on one side of an event at most: every one is paired with every one of the other side.
pub(crate) const MOST_NAMES: usize = 50;

/// A count of deaths, or of anything in a month, at most; more is a slip.
pub(crate) const MOST_DEATHS: f64 = 1e10;

/// What is said of identifiers that meet by chance.
const CLASH: &str =
    "rows share an identifier with an event of other sides or over a month away, and count by themselves";

/// Days by which rows with one identifier may differ and still be one event.
const APART: i64 = 31;

/// Everything that was taken in.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Record {
    /// Events in order of date, then identifier.
    pub events: Vec<Event>,
    /// Publisher and day of every report, as far as known: what was covered.
    pub output: Vec<(String, Date)>,
    /// The same of the reports that tell of no incident. They alone measure how much is written, and not how much happens, and
    /// may serve as an offset; no number of reports on incidents moves them.
    pub background: Vec<(String, Date)>,
    /// What was left out, and why.
    pub notes: Vec<String>,
}

/// A fault of an input: where it is, what is wrong, what to do.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{file}, line {line}: {message}")]
pub struct Problem {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: u64,
    /// What is wrong, and the remedy.
    pub message: String,
}

/// How events without a stated actor are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Directions {
    /// Only stated directions; all else is between the two.
    #[default]
    Stated,
    /// GED only: guessed from who died. One side's deaths alone are taken for the other's act. These are guesses.
    Guessed,
}

impl Record {
    /// Takes in one file: a reading as JSON or JSON Lines, incidents or dated events as JSON Lines or CSV, or GED as CSV or JSON
    /// Lines. Which of them it is shows in its first bytes, its header and its fields.
    ///
    /// # Errors
    ///
    /// Every fault, each with its line and a remedy.
    ///
    /// # Example
    ///
    /// ```
    /// use counterclaim_dynamics::{Directions, Record};
    /// let mut record = Record::default();
    /// let text = "date,from,to\n2024-05-01,North,South\n2024-05-03,South,North\n";
    /// record.take_in("events.csv", text, Directions::Stated).unwrap();
    /// assert_eq!(record.events.len(), 2);
    /// ```
    pub fn take_in(&mut self, file: &str, text: &str, directions: Directions) -> Result<(), Vec<Problem>> {
        let text = text.trim_start_matches('\u{feff}');
        if text.trim().is_empty() {
            let message = "nothing is in it; see --help for what can be read".to_owned();
            return Err(vec![Problem { file: file.to_owned(), line: 1, message }]);
        }
        let header = text.lines().next().unwrap_or_default().to_lowercase();
        let taken = if text.trim_start().starts_with(['{', '[']) {
            json::take(file, text, directions)
        } else if header.contains("date_start") {
            ged::take_csv(file, text, directions)
        } else {
            table::take(file, text)
        }?;
        self.events.extend(taken.events);
        self.output.extend(taken.output);
        self.background.extend(taken.background);
        self.notes.extend(taken.notes);
        self.settle();
        Ok(())
    }

    /// Everybody who acts or is acted on, with the number of events, most first.
    pub fn actors(&self) -> Vec<(String, usize)> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for event in &self.events {
            let mut names: Vec<&String> = event.from.iter().chain(&event.to).collect();
            names.sort();
            names.dedup();
            names.into_iter().for_each(|n| *counts.entry(n).or_default() += 1);
        }
        let mut all: Vec<(String, usize)> = counts.into_iter().map(|(n, c)| (n.to_owned(), c)).collect();
        all.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        all
    }

    /// First and last day of any event or report.
    pub fn span(&self) -> Option<(Date, Date)> {
        let days = || self.events.iter().map(|e| e.date).chain(self.output.iter().map(|o| o.1));
        Some((days().min()?, days().max()?))
    }

    /// Rows with one identifier become one event that several reports tell of; the rest is put in order. Rows of different
    /// sides, or a month apart, share their identifier by chance, as where two files both count from 1, and stay apart.
    fn settle(&mut self) {
        self.events.sort_by(|a, b| (a.date, &a.id).cmp(&(b.date, &b.id)));
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        let mut kept: Vec<Event> = Vec::with_capacity(self.events.len());
        let mut clashes = 0;
        for event in std::mem::take(&mut self.events) {
            let at = seen.get(&event.id).copied().filter(|_| !event.id.is_empty());
            match at.and_then(|at| kept.get_mut(at)) {
                Some(old) if alike(old, &event) => {
                    old.reports += event.reports;
                    old.deaths = [
                        old.deaths[0].min(event.deaths[0]),
                        old.deaths[1].max(event.deaths[1]),
                        old.deaths[2].max(event.deaths[2]),
                    ];
                    continue;
                }
                Some(_) => clashes += 1,
                None => {}
            }
            if !event.id.is_empty() {
                seen.insert(event.id.clone(), kept.len());
            }
            kept.push(event);
        }
        // Files come one after another, and all is settled anew with each.
        self.notes.retain(|n| !n.ends_with(CLASH));
        if clashes > 0 {
            self.notes.push(format!("{clashes} {CLASH}"));
        }
        self.events = kept;
        self.output.sort();
        self.background.sort();
    }
}

fn alike(a: &Event, b: &Event) -> bool {
    let shared = |x: &[String], y: &[String]| x.iter().any(|n| y.contains(n));
    let near = crate::plus(a.date, APART).is_none_or(|end| b.date <= end);
    near && shared(&a.from, &b.from) && shared(&a.to, &b.to)
}

/// A date of the form 2024-05-01, whatever time follows.
pub(crate) fn date(text: &str) -> Option<Date> {
    text.trim().get(..10).and_then(|d| d.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_one_identifier_are_one_event_with_several_reports() {
        let mut record = Record::default();
        let text = "id,date,from,to,best,low,high,publisher\n\
                    e1,2024-05-01,North,South,3,2,4,Herald\n\
                    e1,2024-05-01,North,South,5,1,9,Courier\n";
        record.take_in("x.csv", text, Directions::Stated).unwrap();
        assert_eq!(record.events.len(), 1);
        assert_eq!((record.events[0].reports, record.events[0].deaths), (2.0, [1.0, 5.0, 9.0]));
        assert_eq!(record.output.len(), 2);
        // Taken in again, the events are the same, told of more often.
        record.take_in("x.csv", text, Directions::Stated).unwrap();
        assert_eq!((record.events.len(), record.events[0].reports), (1, 4.0));
        assert_eq!(record.actors(), [("North".to_owned(), 1), ("South".to_owned(), 1)]);
    }

    #[test]
    fn identifiers_that_meet_by_chance_do_not_merge() {
        let mut record = Record::default();
        let one = "id,date,from,to\n1,2024-05-01,North,South\n2,2024-05-02,North,South\n";
        let two = "id,date,from,to\n1,2024-05-03,East,West\n2,2024-09-02,North,South\n";
        record.take_in("one.csv", one, Directions::Stated).unwrap();
        record.take_in("two.csv", two, Directions::Stated).unwrap();
        assert_eq!(record.events.len(), 4);
        assert!(record.notes[0].starts_with("2 rows share an identifier"), "{:?}", record.notes);
    }

    #[test]
    fn every_plover_type_has_a_channel() {
        assert_eq!(Channel::of_plover("RETREAT"), Some(Channel::Cooperative));
        assert_eq!(Channel::of_plover("ASSAULT"), Some(Channel::HostileMaterial));
        assert_eq!(Channel::of_plover("ACCUSE"), Some(Channel::HostileVerbal));
        assert_eq!(Channel::of_plover("WAIT"), None);
        assert!(CHANNELS.iter().all(|c| Channel::named(c.name()) == Some(*c)));
    }

    #[test]
    fn odd_bytes_are_problems_and_no_panic() {
        for text in [
            "",
            "{",
            "{}",
            "\u{feff}",
            "a,b\n1",
            "date,from,to\n\u{1F600}\u{1F600}\u{1F600},a,b\n",
            "{\"a\":1}\n[",
            "date_start\n1",
        ] {
            let mut record = Record::default();
            if let Err(problems) = record.take_in("odd", text, Directions::Guessed) {
                assert!(problems.iter().all(|p| !p.message.is_empty() && p.line > 0), "{text:?}");
            }
        }
    }
}
