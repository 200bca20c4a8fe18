//! From events to counts by day, week and month, with what was not collected kept apart from what did not happen.

use crate::intake::{Channel, Event, Record};
use jiff::civil::{Date, Weekday};
use std::collections::BTreeMap;

/// Which events count: all that every given condition lets through.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// Who acted; none is anybody. Case does not matter.
    pub from: Option<String>,
    /// Towards whom.
    pub to: Option<String>,
    /// The channel.
    pub channel: Option<Channel>,
    /// Events without a known direction count too.
    pub undirected: bool,
    /// The area.
    pub area: Option<String>,
    /// Events dated less exactly than this many days do not count.
    pub precision: u32,
}

impl Filter {
    /// Whether an event counts.
    pub fn admits(&self, event: &Event) -> bool {
        let among = |wanted: &Option<String>, names: &[String]| {
            wanted.as_ref().is_none_or(|w| names.iter().any(|n| same(n, w)))
        };
        (event.directed || self.undirected)
            && (self.precision == 0 || event.precision <= self.precision)
            && self.channel.is_none_or(|c| c == event.channel)
            && self.area.as_ref().is_none_or(|a| same(a, &event.area))
            && among(&self.from, &event.from)
            && among(&self.to, &event.to)
    }
}

/// Whether two names are the same but for case.
pub fn same(a: &str, b: &str) -> bool {
    a == b || a.chars().flat_map(char::to_lowercase).eq(b.chars().flat_map(char::to_lowercase))
}

/// Periods of one length from a first day on.
#[derive(Clone, Debug, PartialEq)]
pub struct Calendar {
    /// First day of each period, and the day after the last one.
    pub starts: Vec<Date>,
    /// Share of each period's days on which anything was collected.
    pub collected: Vec<f64>,
}

/// Length of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// A day.
    Day,
    /// Monday to Sunday.
    Week,
    /// A calendar month.
    Month,
}

impl Calendar {
    /// All whole periods from `first` to `last` day. `gaps` are days without collection.
    pub fn new(period: Period, first: Date, last: Date, gaps: &[(Date, Date)]) -> Calendar {
        let mut starts = vec![];
        let mut at = match period {
            Period::Day => Some(first),
            Period::Week => (0..7).filter_map(|n| plus(first, n)).find(|d| d.weekday() == Weekday::Monday),
            Period::Month if first.day() == 1 => Some(first),
            Period::Month => after_month(first),
        };
        let beyond = plus(last, 1);
        while let (Some(start), Some(beyond)) = (at, beyond) {
            if start > beyond {
                break;
            }
            starts.push(start);
            at = match period {
                Period::Day => plus(start, 1),
                Period::Week => plus(start, 7),
                Period::Month => after_month(start),
            };
        }
        let collected = starts
            .windows(2)
            .map(|w| {
                let days = between(w[0], w[1]);
                let missed: i32 = gaps
                    .iter()
                    .map(|(a, b)| {
                        let (from, to) = ((*a).max(w[0]), plus(*b, 1).unwrap_or(*b).min(w[1]));
                        if to > from { between(from, to) } else { 0 }
                    })
                    .sum();
                f64::from((days - missed).max(0)) / f64::from(days.max(1))
            })
            .collect();
        Calendar { starts, collected }
    }

    /// Number of periods.
    pub fn len(&self) -> usize {
        self.collected.len()
    }

    /// Whether there is no whole period.
    pub fn is_empty(&self) -> bool {
        self.collected.is_empty()
    }

    /// The period of a day.
    pub fn at(&self, day: Date) -> Option<usize> {
        let n = self.starts.partition_point(|s| *s <= day);
        (n >= 1 && n < self.starts.len()).then(|| n - 1)
    }

    /// Sums what `value` gives for each event that the filter admits; none where nothing was collected.
    pub fn sums(&self, record: &Record, filter: &Filter, value: impl Fn(&Event) -> f64) -> Vec<Option<f64>> {
        let mut out: Vec<Option<f64>> = self.collected.iter().map(|c| (*c > 0.0).then_some(0.0)).collect();
        for event in record.events.iter().filter(|e| filter.admits(e)) {
            if let Some(Some(sum)) = self.at(event.date).and_then(|t| out.get_mut(t)) {
                *sum += value(event);
            }
        }
        out
    }

    /// On how many days of each period every publisher gave out anything that tells of no incident, publishers in alphabetical
    /// order: how much is written, whatever happens.
    pub fn background(&self, record: &Record) -> Vec<Vec<f64>> {
        let mut all: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
        let mut last: Option<&(String, Date)> = None;
        for entry in &record.background {
            // The list is sorted: the same publisher and day stand together.
            if last == Some(entry) {
                continue;
            }
            last = Some(entry);
            if let Some(t) = self.at(entry.1) {
                all.entry(&entry.0).or_insert_with(|| vec![0.0; self.len()])[t] += 1.0;
            }
        }
        all.into_values().collect()
    }
}

/// The days within `first` to `last` that no report covers: none was published on the day itself or in the six days after.
/// Empty if no day of publication is known at all, for then nothing is known of coverage.
pub fn uncovered(record: &Record, first: Date, last: Date) -> Vec<(Date, Date)> {
    if record.output.is_empty() {
        return vec![];
    }
    let mut days: Vec<Date> = record.output.iter().map(|o| o.1).collect();
    days.sort();
    days.dedup();
    let mut gaps = vec![];
    // A report covers its own day and the six before.
    let mut open = first;
    for day in days {
        let covers = plus(day, -6).unwrap_or(day);
        if covers > open && open <= last {
            gaps.push((open, plus(covers, -1).unwrap_or(covers).min(last)));
        }
        open = open.max(plus(day, 1).unwrap_or(day));
    }
    if open <= last {
        gaps.push((open, last));
    }
    gaps
}

/// The day n days later, or none beyond the calendar.
pub fn plus(day: Date, n: i64) -> Option<Date> {
    day.checked_add(jiff::Span::new().try_days(n).ok()?).ok()
}

fn after_month(day: Date) -> Option<Date> {
    day.first_of_month().checked_add(jiff::Span::new().months(1)).ok()
}

fn between(a: Date, b: Date) -> i32 {
    (b - a).get_days()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Directions;
    use jiff::civil::date;

    fn record() -> Record {
        let mut record = Record::default();
        let text = "date,from,to,channel,best,publisher\n\
            2024-05-01,North,South,,3,Herald\n2024-05-06,North,South,,1,Herald\n2024-05-12,South,North,,0,Courier\n\
            2024-05-13,North,South,cooperative,0,Herald\n2024-05-20,north,SOUTH,,2,Herald\n";
        record.take_in("x.csv", text, Directions::Stated).unwrap();
        record
    }

    #[test]
    fn weeks_run_from_monday_to_sunday_and_only_whole_ones_count() {
        let calendar = Calendar::new(Period::Week, date(2024, 5, 1), date(2024, 5, 26), &[]);
        assert_eq!(calendar.starts, [date(2024, 5, 6), date(2024, 5, 13), date(2024, 5, 20), date(2024, 5, 27)]);
        let filter =
            Filter { from: Some("North".into()), channel: Some(Channel::HostileMaterial), ..Filter::default() };
        assert_eq!(calendar.sums(&record(), &filter, |_| 1.0), [Some(1.0), Some(0.0), Some(1.0)]);
        assert_eq!(calendar.sums(&record(), &filter, |e| e.deaths[1]), [Some(1.0), Some(0.0), Some(2.0)]);
        let mut record = record();
        assert!(calendar.background(&record).is_empty());
        record.background = record.output.clone();
        assert_eq!(calendar.background(&record), [[1.0, 0.0, 0.0], [1.0, 1.0, 1.0]]);
    }

    #[test]
    fn gaps_are_none_and_not_zero() {
        let gap = [(date(2024, 5, 13), date(2024, 5, 19))];
        let calendar = Calendar::new(Period::Week, date(2024, 5, 6), date(2024, 5, 26), &gap);
        assert_eq!(calendar.collected, [1.0, 0.0, 1.0]);
        assert_eq!(calendar.sums(&record(), &Filter::default(), |_| 1.0), [Some(2.0), None, Some(1.0)]);
        let months = Calendar::new(Period::Month, date(2024, 1, 15), date(2024, 4, 29), &[]);
        assert_eq!(months.starts, [date(2024, 2, 1), date(2024, 3, 1), date(2024, 4, 1)]);
    }

    #[test]
    fn days_that_no_report_covers_are_found() {
        let gaps = uncovered(&record(), date(2024, 4, 1), date(2024, 5, 31));
        assert_eq!(gaps, [(date(2024, 4, 1), date(2024, 4, 24)), (date(2024, 5, 21), date(2024, 5, 31))]);
        assert!(uncovered(&Record::default(), date(2024, 4, 1), date(2024, 5, 31)).is_empty());
    }

    #[test]
    fn the_ends_of_the_calendar_are_no_panic() {
        let calendar = Calendar::new(Period::Month, date(9999, 11, 1), date(9999, 12, 31), &[]);
        assert!(calendar.len() <= 2);
        assert_eq!(Calendar::new(Period::Week, date(2024, 5, 2), date(2024, 5, 1), &[]).len(), 0);
    }
}
