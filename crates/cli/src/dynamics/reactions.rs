//! `counterclaim reactions`: who answers whom, with every check that could take the answer away.

use super::args::ReactionsArgs;
use super::input::{self, Data};
use super::print::{self, name, number, p_value};
use anyhow::{Result, anyhow, bail};
use counterclaim_dynamics::{
    Calendar, Channel, Daily, Difference, Filter, Period, Reaction, Study, StudyOptions, Verdict, cascade,
    signed_study, study, what_if,
};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::process::ExitCode;

/// Runs of each made-up future.
const RUNS: usize = 2000;

/// A named series of daily counts.
struct Series {
    name: String,
    counts: Vec<f64>,
}

/// Computes and prints.
pub fn run(args: &ReactionsArgs) -> Result<ExitCode> {
    let data = input::take(&args.data)?;
    let calendar = Calendar::new(Period::Day, data.first, data.last, &data.gaps);
    let series = series(args, &data, &calendar)?;
    let observed = calendar.collected.iter().map(|c| *c > 0.0).collect();
    let daily = Daily::new(series.iter().map(|s| s.counts.clone()).collect(), Some(observed))?;
    let options = StudyOptions { rounds: args.rounds as usize, seed: args.data.seed, ..StudyOptions::default() };
    let study = study(&daily, &options)?;
    let signed = if args.signed { signed_study(&daily, &options)? } else { vec![] };
    let played = match &args.what_if {
        Some(given) => Some(play(given, args, &daily, &study, &series)?),
        None => None,
    };
    let text = text(args, &data, &daily, &series, &study, &signed, played.as_ref());
    let json = document(args, &daily, &series, &study, &signed, played.as_ref());
    print::finish(&args.data, &text, &json)
}

/// The series asked for, or the busiest directed pairs.
fn series(args: &ReactionsArgs, data: &Data, calendar: &Calendar) -> Result<Vec<Series>> {
    let mut out = vec![];
    let wanted: Vec<(String, Filter)> = if args.series.is_empty() {
        pairs(args, data)
    } else {
        args.series.iter().map(|s| parse(s)).collect::<Result<_>>()?
    };
    for (name, filter) in wanted {
        for side in [&filter.from, &filter.to].into_iter().flatten() {
            input::actor(&data.record, side)?;
        }
        let counts = calendar.sums(&data.record, &filter, |_| 1.0).into_iter().map(|y| y.unwrap_or(0.0)).collect();
        out.push(Series { name, counts });
    }
    if out.len() < 2 {
        bail!(
            "there are not two series of directed events; GED says who fought, not who began: try --guess-directions, or name \
             series with --series"
        );
    }
    Ok(out)
}

fn pairs(args: &ReactionsArgs, data: &Data) -> Vec<(String, Filter)> {
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let hostile = |e: &&counterclaim_dynamics::Event| {
        e.directed
            && e.channel == Channel::HostileMaterial
            && e.precision <= 6
            && (data.first..=data.last).contains(&e.date)
    };
    for event in data.record.events.iter().filter(hostile) {
        for from in &event.from {
            for to in event.to.iter().filter(|to| *to != from) {
                *counts.entry((from, to)).or_default() += 1;
            }
        }
    }
    let mut all: Vec<((&str, &str), usize)> = counts.into_iter().collect();
    all.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    all.truncate(usize::from(args.most));
    all.into_iter()
        .map(|((from, to), _)| (format!("{from} > {to}"), filter(from, to, Channel::HostileMaterial)))
        .collect()
}

fn filter(from: &str, to: &str, channel: Channel) -> Filter {
    let side = |s: &str| (s != "*").then(|| s.to_owned());
    Filter { from: side(from), to: side(to), channel: Some(channel), precision: 6, ..Filter::default() }
}

/// NAME=FROM>TO@CHANNEL.
fn parse(given: &str) -> Result<(String, Filter)> {
    let wrong =
        || anyhow!("--series \"{given}\": write NAME=FROM>TO or NAME=FROM>TO@CHANNEL, such as raids=Northland>*");
    let (name, rest) = given.split_once('=').ok_or_else(wrong)?;
    let (sides, channel) = match rest.rsplit_once('@') {
        Some((sides, channel)) => {
            let known = Channel::named(channel.trim());
            let remedy = "channels are hostile-material, hostile-verbal and cooperative";
            (sides, known.ok_or_else(|| anyhow!("--series \"{given}\": {remedy}"))?)
        }
        None => (rest, Channel::HostileMaterial),
    };
    let (from, to) = sides.split_once('>').ok_or_else(wrong)?;
    if name.trim().is_empty() || from.trim().is_empty() || to.trim().is_empty() {
        return Err(wrong());
    }
    Ok((name.trim().to_owned(), filter(from.trim(), to.trim(), channel)))
}

fn play(
    given: &str,
    args: &ReactionsArgs,
    daily: &Daily,
    study: &Study,
    series: &[Series],
) -> Result<(usize, f64, Vec<Difference>)> {
    let names = || series.iter().map(|s| format!("\"{}\"", s.name)).collect::<Vec<_>>().join(", ");
    let wrong = || anyhow!("--what-if \"{given}\": write NAME=N with one of the series {} and a number", names());
    let (name, n) = given.rsplit_once('=').ok_or_else(wrong)?;
    let source = series.iter().position(|s| s.name == name.trim()).ok_or_else(wrong)?;
    let added: f64 = n.trim().parse().ok().filter(|n: &f64| (0.0..=10_000.0).contains(n)).ok_or_else(wrong)?;
    // The freest baseline takes the least for an answer.
    let Some(fit) = study.fits.last() else { bail!("there is no fit to play with") };
    let played = what_if(daily, fit, (source, added), usize::from(args.horizon), RUNS, args.data.seed)?;
    Ok((source, added, played))
}

fn baseline(window: Option<usize>) -> String {
    window.map_or("one".to_owned(), |w| format!("{w} d"))
}

fn says(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Detected => "reaction detected",
        Verdict::NotDistinguishable => "not distinguishable",
        Verdict::TooFew => "no estimate",
    }
}

#[allow(clippy::too_many_arguments)]
fn text(
    args: &ReactionsArgs,
    data: &Data,
    daily: &Daily,
    series: &[Series],
    study: &Study,
    signed: &[Reaction],
    played: Option<&(usize, f64, Vec<Difference>)>,
) -> String {
    // Writing into a string cannot fail, so results of `writeln!` are dropped.
    let mut out = String::new();
    let seen = daily.observed().iter().filter(|o| **o).count();
    let _ = writeln!(
        out,
        "Action and reaction, {} to {}: {} days, {seen} of them collected",
        data.first,
        data.last,
        daily.days()
    );
    if args.data.guess_directions {
        out.push_str("Directions are guesses from who died: GED does not say who began.\n");
    }
    for (i, s) in series.iter().enumerate() {
        let _ = writeln!(out, "  {}  {} incidents", name(&s.name), daily.total(i));
    }
    out.push_str("\nHow much of all incidents the model takes for answers to others falls as its baseline may move:\n");
    let mut rows = vec![vec!["baseline".to_owned(), "spectral radius".into(), "half-life".into(), "model fits".into()]];
    for ((fit, radius), ks) in study.fits.iter().zip(&study.radii).zip(&study.rescaled) {
        let fits: Vec<&str> = ks.iter().map(|k| if k.p < 0.01 { "no" } else { "yes" }).collect();
        rows.push(vec![baseline(fit.window), number(*radius, 2), format!("{} d", fit.half_life), fits.join(" ")]);
    }
    out.push_str(&print::table(&rows));
    let _ = writeln!(
        out,
        "  Time-rescaling test (KS) of each series in order; \"no\" is p < .01. Placebo: {} rounds. An association is no cause.",
        study.rounds
    );
    for reaction in &study.reactions {
        pair(&mut out, args, series, study, reaction);
    }
    if !signed.is_empty() {
        out.push_str("\nModel with signs: one fresh event where there was none multiplies the rate by 2^effect\n");
    }
    for reaction in signed {
        let raises = reaction.sweep.first().is_some_and(|s| s.effect.estimate > 0.0);
        let verdict = match reaction.verdict {
            Verdict::Detected if raises => "raising detected",
            Verdict::Detected => "dampening detected",
            other => says(other),
        };
        swept(&mut out, series, reaction, verdict);
    }
    if let Some((source, added, played)) = played {
        let _ = writeln!(
            out,
            "\nWhat if {} had {added} more on the last day? Over {} days, under the fitted association with the freest baseline:",
            name(&series[*source].name),
            args.horizon
        );
        let mut rows = vec![vec!["series".to_owned(), "without".into(), "difference".into(), "90 % of runs".into()]];
        for (s, d) in series.iter().zip(played) {
            rows.push(vec![
                name(&s.name),
                number(d.without, 1),
                format!("{:+.2}", d.mean),
                format!("{:.0} to {:.0}", d.low, d.high),
            ]);
        }
        out.push_str(&print::table(&rows));
        out.push_str("  Whether more of the one would bring about more of the other is not known.\n");
    }
    out
}

/// A verdict, the reasons, and the table of baselines.
fn swept(out: &mut String, series: &[Series], reaction: &Reaction, verdict: &str) {
    let (source, target) = (name(&series[reaction.source].name), name(&series[reaction.target].name));
    let _ = writeln!(out, "\n{target} after {source}: {verdict}");
    if !reaction.reasons.is_empty() {
        let _ = writeln!(out, "  because {}", reaction.reasons.join("; and "));
    }
    if reaction.sweep.is_empty() {
        return;
    }
    let header = ["baseline", "effect", "95 % interval", "placebo", "past, future", "counts"];
    let mut rows = vec![header.map(str::to_owned).to_vec()];
    for s in &reaction.sweep {
        rows.push(vec![
            baseline(s.window),
            number(s.effect.estimate, 3),
            format!("{} to {}", number(s.effect.low, 3), number(s.effect.high, 3)),
            p_value(s.placebo),
            format!("{}, {}", number(s.lead.0, 3), number(s.lead.1, 3)),
            if s.inadmissible.is_some() { "no" } else { "yes" }.to_owned(),
        ]);
    }
    out.push_str(&print::table(&rows));
}

fn pair(out: &mut String, args: &ReactionsArgs, series: &[Series], study: &Study, reaction: &Reaction) {
    let (source, target) = (name(&series[reaction.source].name), name(&series[reaction.target].name));
    swept(out, series, reaction, says(reaction.verdict));
    if reaction.verdict == Verdict::Detected {
        let counting = |s: &&counterclaim_dynamics::Swept| s.inadmissible.is_none();
        let (low, high) = reaction
            .sweep
            .iter()
            .filter(counting)
            .fold((f64::INFINITY, 0.0_f64), |(l, h), s| (l.min(s.effect.low), h.max(s.effect.high)));
        let _ = writeln!(
            out,
            "  Under the fitted association, one more \"{source}\" goes with {low:.3} to {high:.3} more \"{target}\" directly,"
        );
        let last = reaction.sweep.iter().zip(&study.fits).rfind(|(s, _)| s.inadmissible.is_none());
        let days = f64::from(args.horizon);
        let k = last.and_then(|(_, f)| cascade(&f.branching, std::f64::consts::LN_2 / f.half_life, days));
        if let Some(k) = k {
            let all = k[reaction.target][reaction.source];
            let _ = writeln!(
                out,
                "  and with {all:.3} within {days} days, answers to answers counted (freest baseline that counts)."
            );
        }
    }
}

fn document(
    args: &ReactionsArgs,
    daily: &Daily,
    series: &[Series],
    study: &Study,
    signed: &[Reaction],
    played: Option<&(usize, f64, Vec<Difference>)>,
) -> Value {
    let named = |i: usize| series[i].name.clone();
    let swept = |r: &Reaction| -> Vec<Value> {
        let of = |s: &counterclaim_dynamics::Swept| {
            json!({
                "baseline_days": s.window,
                "effect": print::json(s.effect.estimate),
                "interval": [print::json(s.effect.low), print::json(s.effect.high)],
                "p": print::json(s.effect.p),
                "placebo_p": print::json(s.placebo),
                "past": print::json(s.lead.0),
                "future": print::json(s.lead.1),
                "inadmissible": s.inadmissible,
            })
        };
        r.sweep.iter().map(of).collect()
    };
    let judged = |r: &Reaction| {
        json!({
            "source": named(r.source),
            "target": named(r.target),
            "verdict": says(r.verdict),
            "reasons": r.reasons,
            "sweep": swept(r),
        })
    };
    let fit = |((f, r), ks): ((&counterclaim_dynamics::DailyFit, &f64), &Vec<counterclaim_dynamics::Ks>)| {
        json!({
            "baseline_days": f.window,
            "half_life": f.half_life,
            "spectral_radius": print::json(*r),
            "branching": f.branching.iter().map(|row| row.iter().map(|a| print::json(*a)).collect::<Vec<_>>()).collect::<Vec<_>>(),
            "rescaled_p": ks.iter().map(|k| print::json(k.p)).collect::<Vec<_>>(),
        })
    };
    json!({
        "schema": "counterclaim.reactions/v1",
        "note": "associations under fitted models, not causes",
        "directions_guessed": args.data.guess_directions,
        "series": series.iter().enumerate().map(|(i, s)| json!({ "name": s.name, "incidents": daily.total(i) })).collect::<Vec<_>>(),
        "placebo_rounds": study.rounds,
        "fits": study.fits.iter().zip(&study.radii).zip(&study.rescaled).map(fit).collect::<Vec<_>>(),
        "reactions": study.reactions.iter().map(judged).collect::<Vec<_>>(),
        "signed": signed.iter().map(judged).collect::<Vec<_>>(),
        "what_if": played.map(|(source, added, played)| json!({
            "source": named(*source),
            "added": added,
            "days": args.horizon,
            "series": series.iter().zip(played).map(|(s, d)| json!({
                "name": s.name, "without": print::json(d.without), "difference": print::json(d.mean),
                "low": print::json(d.low), "high": print::json(d.high) })).collect::<Vec<_>>(),
        })),
    })
}
