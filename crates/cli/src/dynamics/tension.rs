//! `counterclaim tension A B`: is it rising, on each channel and in each direction, and how sure is that?

use super::args::TensionArgs;
use super::input::{self, Data};
use super::print::{self, name, number};
use crate::output;
use anyhow::{Context, Result, bail};
use counterclaim_dynamics::{
    CHANNELS, Calendar, Channel, Chart, FAST, Filter, Guard, Level, Line, NegBin, Period, Predictions, SLOW, Share,
    Tension, Trend, hostile_share, panel_exposure, severity, sparkline, sparkline_top, tension, tension_line,
    volume_guard,
};
use serde_json::{Value, json};
use std::fmt::Write;
use std::process::ExitCode;

/// Weeks that are too recent to decide who is on the panel.
const RECENT: usize = 8;
/// Columns of a sparkline.
const SPARK: usize = 60;

/// One direction on one channel.
struct Way {
    channel: Channel,
    name: String,
    weeks: Vec<Option<f64>>,
    level: Level,
    /// Expected before each week, and after the last, at the panel's usual output.
    means: Vec<f64>,
    tension: Tension,
    line: Vec<f64>,
    predictions: Predictions,
    /// Expected next week: mean, and the 50 % and 90 % bands.
    next: (f64, [u64; 2], [u64; 2]),
    /// Mean severity an incident, low, best and high, with the fast half-life.
    severity: [f64; 3],
}

/// Computes and prints.
pub fn run(args: &TensionArgs) -> Result<ExitCode> {
    let mut data = input::take(&args.data)?;
    let (a, b) = (input::actor(&data.record, &args.a)?, input::actor(&data.record, &args.b)?);
    if a == b {
        bail!("A and B are both \"{a}\"; name two sides");
    }
    // Sides stand in alphabetical order, whoever was named first.
    let (a, b) = if a <= b { (a, b) } else { (b, a) };
    let calendar = Calendar::new(Period::Week, data.first, data.last, &data.gaps);
    if calendar.is_empty() {
        bail!("there is no whole week between {} and {}; widen --since and --until", data.first, data.last);
    }
    // Only by reports that tell of no incident: others grow with the incidents, and would explain every rise away.
    let exposure = panel_exposure(&calendar.background(&data.record), RECENT);
    let offset = exposure.is_some();
    let partial: Vec<f64> = exposure.clone().unwrap_or_else(|| vec![1.0; calendar.len()]);
    // A week that was collected in part stands for that part.
    let exposure: Vec<f64> = partial.iter().zip(&calendar.collected).map(|(e, c)| e * c).collect();
    let mut ways = vec![];
    for channel in CHANNELS {
        for (from, to, directed) in [(&a, &b, true), (&b, &a, true), (&a, &b, false)] {
            let filter = Filter {
                from: Some(from.clone()),
                to: Some(to.clone()),
                channel: Some(channel),
                undirected: !directed,
                precision: 6,
                ..Filter::default()
            };
            let counted = |e: &counterclaim_dynamics::Event| if e.directed == directed { 1.0 } else { 0.0 };
            let weeks = calendar.sums(&data.record, &filter, counted);
            if weeks.iter().flatten().sum::<f64>() > 0.0 {
                let title = if directed { format!("{from} → {to}") } else { format!("between {from} and {to}") };
                let found = way(args, &data, &calendar, &filter, (title, directed), weeks, &exposure);
                ways.push(found);
            }
        }
    }
    if ways.is_empty() {
        bail!("there is no event between \"{a}\" and \"{b}\" in whole weeks from {} to {}", data.first, data.last);
    }
    let share = share(&data, &calendar, &a, &b);
    let guard = guard(args, &data, &calendar, &a, &b, &exposure);
    if let Some(file) = &args.svg {
        let svg = chart(&a, &b, &calendar, &ways, &exposure).svg();
        output::write(Some(file), svg.as_bytes()).with_context(|| "the chart was not written")?;
    }
    data.record.notes.sort();
    let text = text(args, &data, &calendar, (&a, &b), &ways, share, (guard, offset));
    let json = document(&data, &calendar, (&a, &b), &ways, share, (guard, offset));
    print::finish(&args.data, &text, &json)
}

fn way(
    args: &TensionArgs,
    data: &Data,
    calendar: &Calendar,
    filter: &Filter,
    (name, directed): (String, bool),
    weeks: Vec<Option<f64>>,
    exposure: &[f64],
) -> Way {
    let level = Level::refit(&weeks, Some(exposure));
    let means = level.means(&weeks, Some(exposure));
    let next = means.last().copied().unwrap_or(0.0);
    let law = level.law(next, 1.0);
    let severities = |end: usize| {
        let sums =
            calendar.sums(&data.record, filter, |e| if e.directed == directed { severity(e.deaths[end]) } else { 0.0 });
        let keep = (-1.0 / FAST).exp2();
        let (s, n) = sums
            .iter()
            .zip(&weeks)
            .fold((0.0, 0.0), |(s, n), (x, y)| (keep * s + x.unwrap_or(0.0), keep * n + y.unwrap_or(0.0)));
        if n > 0.0 { s / n } else { f64::NAN }
    };
    Way {
        channel: filter.channel.unwrap_or(Channel::HostileMaterial),
        name,
        tension: tension(&weeks, Some(exposure), level.size, args.false_alarm, args.data.seed),
        line: tension_line(&weeks, Some(exposure), level.size),
        predictions: level.score(&weeks, Some(exposure)),
        next: (next, [law.quantile(0.25), law.quantile(0.75)], [law.quantile(0.05), law.quantile(0.95)]),
        severity: [severities(0), severities(1), severities(2)],
        weeks,
        level,
        means,
    }
}

/// All that happened between the two, whoever acted.
fn either(a: &str, b: &str, channel: Option<Channel>) -> [Filter; 2] {
    [(a, b), (b, a)].map(|(from, to)| Filter {
        from: Some(from.to_owned()),
        to: Some(to.to_owned()),
        channel,
        undirected: true,
        precision: 6,
        ..Filter::default()
    })
}

/// Sums over both directions; an event without direction, or with both, counts once.
fn joint(
    data: &Data,
    calendar: &Calendar,
    [x, y]: &[Filter; 2],
    value: &dyn Fn(&counterclaim_dynamics::Event) -> f64,
) -> Vec<Option<f64>> {
    let forth = calendar.sums(&data.record, x, value);
    let back = calendar.sums(&data.record, y, |e| if x.admits(e) { 0.0 } else { value(e) });
    forth.iter().zip(back).map(|(f, b)| Some((*f)? + b?)).collect()
}

fn share(data: &Data, calendar: &Calendar, a: &str, b: &str) -> Share {
    let one = |_: &counterclaim_dynamics::Event| 1.0;
    let count =
        |channel| joint(data, calendar, &either(a, b, channel), &one).iter().map(|y| y.unwrap_or(0.0)).collect();
    let (all, kind): (Vec<f64>, Vec<f64>) = (count(None), count(Some(Channel::Cooperative)));
    let hostile: Vec<f64> = all.iter().zip(kind).map(|(n, c)| n - c).collect();
    hostile_share(&hostile, &all, 8.0)
}

fn guard(args: &TensionArgs, data: &Data, calendar: &Calendar, a: &str, b: &str, exposure: &[f64]) -> Option<Guard> {
    // Without publishers or repeated rows, nothing is known about who wrote how much.
    if data.record.output.is_empty() && data.record.events.iter().all(|e| e.reports == 1.0) {
        return None;
    }
    let filters = either(a, b, Some(Channel::HostileMaterial));
    let heard = |weeks: Vec<Option<f64>>| -> Vec<Option<f64>> {
        weeks.into_iter().zip(exposure).map(|(y, e)| y.filter(|_| *e > 0.0)).collect()
    };
    let incidents = heard(joint(data, calendar, &filters, &|_| 1.0));
    let reports = heard(joint(data, calendar, &filters, &|e| e.reports));
    let size = Level::refit(&incidents, Some(exposure)).size;
    Some(volume_guard(&incidents, &reports, Some(exposure), size, args.false_alarm, args.data.seed))
}

fn verdict(tension: &Tension) -> &'static str {
    match tension.trend {
        Trend::Rising => "rising",
        Trend::NotRising => "not rising",
        Trend::CannotTell => "cannot tell",
    }
}

fn text(
    args: &TensionArgs,
    data: &Data,
    calendar: &Calendar,
    (a, b): (&str, &str),
    ways: &[Way],
    share: Share,
    (guard, offset): (Option<Guard>, bool),
) -> String {
    // Writing into a string cannot fail, so results of `writeln!` are dropped.
    let mut out = String::new();
    let collected = calendar.collected.iter().filter(|c| **c > 0.0).count();
    let end = calendar.starts.last().and_then(|d| counterclaim_dynamics::plus(*d, -1)).unwrap_or(data.last);
    let _ = writeln!(out, "Tension between {} and {}", name(a), name(b));
    let _ = writeln!(
        out,
        "{} to {end}: {} whole weeks, {collected} of them collected. Incidents are counted, not reports.\n\
         Channels are kept apart and never netted. Sides stand in alphabetical order.",
        calendar.starts[0],
        calendar.len()
    );
    for channel in CHANNELS {
        let _ = writeln!(out, "\n{}", channel.name());
        if ways.iter().all(|w| w.channel != channel) {
            out.push_str("  no incidents\n");
        }
        for way in ways.iter().filter(|w| w.channel == channel) {
            one_way(&mut out, args, way);
        }
    }
    let _ = writeln!(
        out,
        "\nhostile share of all incidents between them: {:.2} (90 % interval {:.2} to {:.2})",
        share.mean, share.low, share.high
    );
    match guard {
        None => out.push_str("volume: not checked, for the data do not say who published what (column publisher)\n"),
        Some(g) => {
            let flag = if g.volume_driven {
                "VOLUME-DRIVEN: more is written; more does not happen"
            } else {
                "no sign of mere volume"
            };
            let _ = writeln!(
                out,
                "volume: {flag} (last weeks against last half year: reports × {}, incidents × {})",
                number(g.reports_ratio, 2),
                number(g.incidents_ratio, 2)
            );
            out.push_str(if offset {
                "  counts are offset by how much a steady panel of sources wrote on other matters\n"
            } else {
                "  no offset by what else was written: no source steadily reports what is no incident\n"
            });
        }
    }
    for note in &data.record.notes {
        let _ = writeln!(out, "note: {}", counterclaim_reader::brief::clean(note, 300));
    }
    out
}

fn one_way(out: &mut String, args: &TensionArgs, way: &Way) {
    let t = &way.tension;
    let values: Vec<f64> = way.weeks.iter().map(|y| y.unwrap_or(f64::NAN)).collect();
    let top = sparkline_top(&values, SPARK);
    let _ = writeln!(out, "  {}", name(&way.name));
    let _ = writeln!(out, "    weekly    {} 0 to {top:.1}", sparkline(&values, SPARK, top));
    let _ = writeln!(out, "    index     {} 0 to 100", sparkline(&way.line, SPARK, 100.0));
    let _ = writeln!(out, "    verdict   {}", verdict(t));
    match t.trend {
        Trend::CannotTell => {
            let _ = writeln!(
                out,
                "              about {} a week; below one a week, or under twelve weeks, nothing is said",
                number(t.slow, 1)
            );
        }
        _ => {
            let _ = writeln!(
                out,
                "              index {} of 100 (50 is no change), z {}; rising above z {}, which an unchanged level\n              \
                 passes in {:.0} % of looks",
                number(t.index, 0),
                number(t.z, 2),
                number(t.threshold, 2),
                100.0 * args.false_alarm
            );
            let _ = writeln!(
                out,
                "              {} a week with a half-life of {FAST} weeks, {} with one of {SLOW}",
                number(t.fast, 1),
                number(t.slow, 1)
            );
        }
    }
    let (mean, half, most) = way.next;
    let _ = writeln!(
        out,
        "    next week about {}: {} to {} with 50 %, {} to {} with 90 %",
        number(mean, 1),
        half[0],
        half[1],
        most[0],
        most[1]
    );
    if way.predictions.weeks > 0 {
        let _ = writeln!(
            out,
            "    so far    predictions scored {} on average (log); 90 % bands held {} of {} weeks; half-life {} weeks, k {}",
            number(way.predictions.log_score, 3),
            number(way.predictions.cover_90, 3),
            way.predictions.weeks,
            way.level.half_life,
            way.level.size
        );
    }
    let _ = writeln!(
        out,
        "    severity  log2(1 + deaths) an incident of late: {} [{}, {}]",
        number(way.severity[1], 2),
        number(way.severity[0], 2),
        number(way.severity[2], 2)
    );
}

fn document(
    data: &Data,
    calendar: &Calendar,
    (a, b): (&str, &str),
    ways: &[Way],
    share: Share,
    (guard, offset): (Option<Guard>, bool),
) -> Value {
    let of = |w: &Way| {
        json!({
            "channel": w.channel.name(),
            "way": w.name,
            "verdict": verdict(&w.tension),
            "index": print::json(w.tension.index),
            "z": print::json(w.tension.z),
            "threshold": print::json(w.tension.threshold),
            "fast": print::json(w.tension.fast),
            "slow": print::json(w.tension.slow),
            "next": { "mean": print::json(w.next.0), "band_50": w.next.1, "band_90": w.next.2 },
            "level": { "half_life": w.level.half_life, "size": w.level.size },
            "past": { "log_score": print::json(w.predictions.log_score), "cover_90": print::json(w.predictions.cover_90),
                      "weeks": w.predictions.weeks },
            "severity": w.severity.iter().map(|s| print::json(*s)).collect::<Vec<_>>(),
            "weeks": w.weeks,
            "indices": w.line.iter().map(|v| print::json(*v)).collect::<Vec<_>>(),
        })
    };
    json!({
        "schema": "counterclaim.tension/v1",
        "sides": [a, b],
        "first_days": calendar.starts.iter().take(calendar.len()).map(ToString::to_string).collect::<Vec<_>>(),
        "collected": calendar.collected.iter().map(|c| print::json(*c)).collect::<Vec<_>>(),
        "ways": ways.iter().map(of).collect::<Vec<_>>(),
        "hostile_share": { "mean": print::json(share.mean), "low": print::json(share.low), "high": print::json(share.high) },
        "volume": guard.map(|g| json!({ "volume_driven": g.volume_driven, "reports_ratio": print::json(g.reports_ratio),
                                        "incidents_ratio": print::json(g.incidents_ratio), "offset": offset })),
        "notes": data.record.notes,
    })
}

fn chart(a: &str, b: &str, calendar: &Calendar, ways: &[Way], exposure: &[f64]) -> Chart {
    let band = |laws: &[NegBin], p: f64| -> Vec<(f64, f64)> {
        laws.iter().map(|l| (l.quantile(p) as f64, l.quantile(1.0 - p) as f64)).collect()
    };
    let line = |w: &Way| {
        let there = |t: usize, v: f64| if w.weeks[t].is_some() { v } else { f64::NAN };
        let laws: Vec<_> = (0..w.weeks.len()).map(|t| w.level.law(w.means[t], exposure[t])).collect();
        Line {
            name: name(&w.name),
            values: (0..w.weeks.len()).map(|t| there(t, w.means[t + 1])).collect(),
            bands: [0.05, 0.25].map(|p| band(&laws, p)).to_vec(),
            counts: w.weeks.iter().map(|y| y.unwrap_or(f64::NAN)).collect(),
        }
    };
    let hostile = ways.iter().filter(|w| w.channel == Channel::HostileMaterial);
    Chart {
        title: format!("{} and {}: hostile-material incidents", name(a), name(b)),
        unit: "incidents a week: level, with the 50 % and 90 % bands of each week's prediction".to_owned(),
        starts: calendar.starts.iter().take(calendar.len()).copied().collect(),
        lines: hostile.map(line).collect(),
        collected: calendar.collected.iter().zip(exposure).map(|(c, e)| if *e > 0.0 { *c } else { 0.0 }).collect(),
    }
}
