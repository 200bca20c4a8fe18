//! Units by months: dyads, directions, areas, or the columns of a table.

use super::args::{By, Channel, Count, DataArgs, UnitArgs};
use super::input;
use anyhow::{Result, bail};
use counterclaim_dynamics::{Calendar, Event, Filter, Months, Period};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Units looked at, the busiest ones.
const MOST: usize = 2000;

/// Counts by unit and month, busiest unit first.
pub struct Units {
    /// First day of each month.
    pub months: Vec<Date>,
    /// Names of the units.
    pub names: Vec<String>,
    /// Counts; none where nothing was collected.
    pub series: Vec<Vec<Option<f64>>>,
    /// What is counted.
    pub what: &'static str,
    /// What the reader of the figures should know.
    pub notes: Vec<String>,
}

impl Units {
    /// The counts with what was not collected as not a number.
    pub fn plain(&self) -> Vec<Vec<f64>> {
        self.series.iter().map(|s| s.iter().map(|y| y.unwrap_or(f64::NAN)).collect()).collect()
    }
}

/// Reads the units.
pub fn take(data: &DataArgs, args: &UnitArgs) -> Result<Units> {
    let units = if args.table { from_table(data)? } else { from_events(data, args)? };
    if units.names.is_empty() || units.months.is_empty() {
        bail!("there is no unit with a whole month of counts; see --by, --channel, --since and --until");
    }
    Ok(units)
}

fn from_table(data: &DataArgs) -> Result<Units> {
    let [file] = &data.files[..] else { bail!("--table reads one file; join the tables first") };
    let table = match Months::read(&file.to_string_lossy(), &input::text(file)?) {
        Ok(table) => table,
        Err(problems) => {
            input::refuse(&problems)?;
            bail!("nothing was computed");
        }
    };
    let inside = |d: &Date| data.since.is_none_or(|s| *d >= s) && data.until.is_none_or(|u| *d <= u.last_of_month());
    let kept: Vec<usize> = (0..table.months.len()).filter(|t| inside(&table.months[*t])).collect();
    let series = table.series.iter().map(|s| kept.iter().map(|t| Some(s[*t]).filter(|y| y.is_finite())).collect());
    let months = kept.iter().map(|t| table.months[*t].first_of_month()).collect();
    Ok(busiest(months, table.units.into_iter().zip(series).collect(), "counts"))
}

fn from_events(args: &DataArgs, units: &UnitArgs) -> Result<Units> {
    let data = input::take(args)?;
    let calendar = Calendar::new(Period::Month, data.first, data.last, &data.gaps);
    let channel = match units.channel {
        Channel::HostileMaterial => counterclaim_dynamics::Channel::HostileMaterial,
        Channel::HostileVerbal => counterclaim_dynamics::Channel::HostileVerbal,
        Channel::Cooperative => counterclaim_dynamics::Channel::Cooperative,
    };
    let filter = Filter { channel: Some(channel), undirected: true, ..Filter::default() };
    let value = |e: &Event| if units.count == Count::Deaths { e.deaths[1] } else { 1.0 };
    let counted = || {
        let inside = data.record.events.iter().filter(|e| filter.admits(e));
        inside.filter_map(|e| calendar.at(e.date).filter(|t| calendar.collected[*t] > 0.0).map(|t| (e, t)))
    };
    // First who is busy at all: a series for each of a million names would fill the memory.
    let mut totals: BTreeMap<String, f64> = BTreeMap::new();
    for (event, _) in counted() {
        names(event, units.by).into_iter().for_each(|name| *totals.entry(name).or_default() += value(event));
    }
    let mut order: Vec<(f64, String)> = totals.into_iter().map(|(name, total)| (total, name)).collect();
    order.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    let left = order.len().saturating_sub(MOST);
    order.truncate(MOST);
    let empty: Vec<Option<f64>> = calendar.collected.iter().map(|c| (*c > 0.0).then_some(0.0)).collect();
    let mut all: BTreeMap<String, Vec<Option<f64>>> =
        order.into_iter().map(|(_, name)| (name, empty.clone())).collect();
    for (event, t) in counted() {
        for name in names(event, units.by) {
            if let Some(Some(sum)) = all.get_mut(&name).and_then(|s| s.get_mut(t)) {
                *sum += value(event);
            }
        }
    }
    let months = calendar.starts.iter().take(calendar.len()).copied().collect();
    let what = if units.count == Count::Deaths { "deaths" } else { "incidents" };
    let mut units = busiest(months, all.into_iter().collect(), what);
    let vague = data.record.events.iter().filter(|e| filter.admits(e) && e.precision > 31).count();
    if vague > 0 {
        units.notes.push(format!(
            "{vague} events are dated less exactly than a month and stand in the month in which they begin"
        ));
    }
    if left > 0 {
        units.notes.push(format!("only the {MOST} busiest units are looked at; {left} others are left out"));
    }
    units.notes.extend(data.record.notes);
    Ok(units)
}

/// The units that an event belongs to, each once.
fn names(event: &Event, by: By) -> Vec<String> {
    let pairs = || event.from.iter().flat_map(|a| event.to.iter().filter(move |b| *b != a).map(move |b| (a, b)));
    let mut out: Vec<String> = match by {
        By::All => vec!["all".to_owned()],
        By::Area => vec![if event.area.is_empty() { "(no area)".to_owned() } else { event.area.clone() }],
        By::Direction if event.directed => pairs().map(|(a, b)| format!("{a} > {b}")).collect(),
        By::Direction | By::Dyad => pairs().map(|(a, b)| format!("{} – {}", a.min(b), a.max(b))).collect(),
    };
    out.sort();
    out.dedup();
    out
}

fn busiest(months: Vec<Date>, mut units: Vec<(String, Vec<Option<f64>>)>, what: &'static str) -> Units {
    let total = |s: &[Option<f64>]| s.iter().flatten().sum::<f64>();
    units.sort_by(|a, b| total(&b.1).total_cmp(&total(&a.1)).then_with(|| a.0.cmp(&b.0)));
    let (names, series) = units.into_iter().unzip();
    Units { months, names, series, what, notes: vec![] }
}
