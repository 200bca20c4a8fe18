//! `show` and `history`: one object with what the machine had, what people decided, and what it rests on.

use super::args::{OneArgs, OneFormat};
use super::lists::{count, days, told};
use super::place;
use crate::format::codes;
use crate::output;
use anyhow::{Result, bail};
use counterclaim_reader::brief::clean;
use counterclaim_reader::wire;
use counterclaim_register::{
    Changed, ClaimRow, Decision, FollowUp, IncidentPage, Past, Register, RegisterError, ReportLine,
};
use serde_json::{Value, json};
use std::fmt::Write;
use std::process::ExitCode;

/// Longest words shown.
const LONG: usize = 400;

fn shown(text: &str) -> String {
    clean(text, LONG)
}

/// Shows one object.
pub fn show(args: &OneArgs) -> Result<ExitCode> {
    let mut register = place::open(&args.at)?;
    let id = whole_id(&mut register, &args.id)?;
    let (text, json) = match id.chars().next() {
        Some('i') => incident(&mut register, &id)?,
        Some('c') => claim(&mut register, &id)?,
        Some('p') => commitment(&mut register, &id)?,
        Some('r') => report(&mut register, &id)?,
        _ => {
            let d = register.decision(id.parse()?)?;
            (format!("{}\n", decision(&d)), serde_json::to_value(&d)?)
        }
    };
    finish(args, &text, &json)
}

/// What happened to an object.
pub fn history(args: &OneArgs) -> Result<ExitCode> {
    let mut register = place::open(&args.at)?;
    // An id that regrouping has changed, or the name of a source, is completed by nothing.
    let id = whole_id(&mut register, &args.id).unwrap_or_else(|_| args.id.clone());
    let past = register.history(&id)?;
    let line = |p: &Past| match (&p.report, &p.decision) {
        (Some(report), _) => format!("{}  {} {report}", shown(&p.at), p.what),
        (_, Some(d)) => decision(d),
        (None, None) => format!("{}  {}", shown(&p.at), shown(&p.what)),
    };
    let text: String = past.iter().map(|p| line(p) + "\n").collect();
    finish(args, &text, &serde_json::to_value(&past)?)
}

fn finish(args: &OneArgs, text: &str, json: &Value) -> Result<ExitCode> {
    let printed = match args.format {
        OneFormat::Text => text.to_owned(),
        OneFormat::Json => serde_json::to_string_pretty(json)? + "\n",
    };
    output::write(None, printed.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}

/// The id that begins with what was given.
pub fn whole_id(register: &mut Register, given: &str) -> Result<String> {
    if given.parse::<i64>().is_ok() {
        return Ok(given.to_owned());
    }
    let mut found = register.complete(given)?;
    match found.len() {
        1 => Ok(found.remove(0)),
        0 => bail!("the register holds nothing whose id begins with \"{given}\""),
        _ if found.iter().any(|f| f == given) => Ok(given.to_owned()),
        _ => bail!("several ids begin with \"{given}\": {}", found.join(", ")),
    }
}

fn decision(d: &Decision) -> String {
    let undone = if d.undone { ", no longer holds" } else { "" };
    let had = d.machine.as_ref().map(|m| format!(" (the machine had \"{}\")", shown(m))).unwrap_or_default();
    let (at, by, what, why) = (shown(&d.made), shown(&d.author), shown(&d.act.said()), shown(&d.reason));
    format!("{at}  decision {}{undone}: {by}: {what}{had}; because {why}", d.seq)
}

fn decisions(out: &mut String, all: &[Decision], last: i64) {
    if !all.is_empty() {
        out.push_str("\ndecisions\n");
    }
    for d in all {
        let _ = writeln!(out, "  {}", decision(d));
    }
    let _ = writeln!(out, "\nlast decision: {last}");
}

fn changes(out: &mut String, all: &[Changed]) {
    for c in all {
        let (now, machine, by, why) = (shown(&c.now), shown(&c.machine), shown(&c.by), shown(&c.reason));
        let _ = writeln!(
            out,
            "  {}: \"{now}\" by {by}, decision {} ({why}); the machine has {}",
            c.field,
            c.decision,
            if machine.is_empty() { "nothing".to_owned() } else { format!("\"{machine}\"") }
        );
    }
}

fn incident(register: &mut Register, id: &str) -> Result<(String, Value)> {
    let page = match register.incident(id) {
        Err(RegisterError::Unknown(_)) => return former(register, id),
        page => page?,
    };
    let r = &page.row;
    let mut out = format!("{}\n{}\n\n", shown(&r.title), r.id);
    let mut fact = |label: &str, value: String| {
        if !value.is_empty() {
            let _ = writeln!(out, "  {label:<13}{}", shown(&value));
        }
    };
    fact(
        "state",
        if r.state.as_str() == "draft" {
            "draft: the machine's, no person has looked at it".into()
        } else {
            r.state.as_str().into()
        },
    );
    fact("kind", r.kind.clone());
    fact("when", days(&r.first, &r.last));
    fact(
        "where",
        page.incident
            .places
            .iter()
            .map(|p| if p.country.is_empty() { p.name.clone() } else { format!("{} ({})", p.name, p.country) })
            .collect::<Vec<_>>()
            .join("; "),
    );
    fact(
        "who did it",
        format!(
            "{} ({})",
            if r.perpetrators.is_empty() { "not said".into() } else { r.perpetrators.join("; ") },
            r.status
        ),
    );
    fact("who was hit", r.targets.join("; "));
    fact("killed", r.killed.map(count).unwrap_or_default());
    fact("injured", r.injured.map(count).unwrap_or_default());
    fact("disputed", r.disputed.join(", "));
    fact("told by", told(r));
    if !page.changed.is_empty() {
        out.push_str("\nchanged by people\n");
        changes(&mut out, &page.changed);
    }
    if !page.assessments.is_empty() {
        out.push_str("\nwho did it, as people judge\n");
        for d in &page.assessments {
            let _ = writeln!(out, "  {}, {}: {}", shown(&d.author), shown(&d.made), shown(&d.act.said()));
        }
    }
    if !page.claims.is_empty() {
        out.push_str("\nclaims\n");
    }
    for c in &page.claims {
        let grade = c.grade.as_ref().map(|g| format!(", graded {g}")).unwrap_or_default();
        let hidden = if c.state.as_str() == "draft" { String::new() } else { format!(", {}", standing(c)) };
        let (speaker, value, quote, source) = (shown(&c.speaker), shown(&c.value), shown(&c.quote), shown(&c.source));
        let _ = writeln!(out, "  {} {speaker} {} {}: {value}{grade}{hidden}", c.id, c.stance, c.aspect);
        let _ = writeln!(out, "    “{quote}” {source} [{}:{}-{}]", c.report, c.start, c.end);
    }
    out.push_str("\nreports\n");
    page.reports.iter().for_each(|l| report_line(&mut out, l));
    if !page.links.is_empty() {
        out.push_str("\ntaken for one occurrence because\n");
        page.links.iter().for_each(|l| out.push_str(&format!("  {}\n", shown(l))));
    }
    decisions(&mut out, &page.decisions, page.last);
    Ok((out, incident_json(&page)?))
}

/// An id that regrouping has changed: the incident that holds its evidence now, or what there is to say.
fn former(register: &mut Register, id: &str) -> Result<(String, Value)> {
    let former = register.former(id)?;
    if let [one] = &former.incidents[..] {
        let (text, json) = incident(register, &one.id)?;
        return Ok((format!("{id} was regrouped; its evidence is in {} now\n\n{text}", one.id), json));
    }
    let mut out = match former.incidents.len() {
        0 => format!("{id}: no report tells of it any more\n"),
        n => format!("{id} was regrouped; its evidence is in {n} incidents now\n"),
    };
    for i in &former.incidents {
        let _ = writeln!(out, "  {} {} {}", i.id, days(&i.first, &i.last), shown(&i.title));
    }
    if !former.decisions.is_empty() {
        out.push_str("\ndecided on it\n");
        former.decisions.iter().for_each(|d| out.push_str(&format!("  {}\n", decision(d))));
    }
    Ok((out, serde_json::to_value(&former)?))
}

fn report_line(out: &mut String, l: &ReportLine) {
    let grade = l.grade.as_ref().map(|g| format!(" (source graded {g})")).unwrap_or_default();
    let source = if l.source.is_empty() { "source not given" } else { &l.source };
    let _ = writeln!(out, "  {} {} {}{grade} {}", l.id, l.published, shown(source), shown(&l.title));
}

fn incident_json(page: &IncidentPage) -> Result<Value> {
    let quote = |_: &str, _| "";
    Ok(json!({
        "row": page.row,
        "incident": wire::incident_out(&page.incident, &codes, &quote),
        "machine": wire::incident_out(&page.machine, &codes, &quote),
        "changed": page.changed,
        "claims": page.claims,
        "reports": page.reports,
        "links": page.links,
        "assessments": page.assessments,
        "decisions": page.decisions,
        "last_decision": page.last,
    }))
}

/// Where a claim stands with people, and who recorded it.
fn standing(c: &ClaimRow) -> String {
    match (c.recorded_by.as_str(), c.state.as_str()) {
        ("", state) => state.to_owned(),
        (by, "rejected") => format!("recorded by {}, rejected", shown(by)),
        (by, _) => format!("recorded by {}", shown(by)),
    }
}

fn claim(register: &mut Register, id: &str) -> Result<(String, Value)> {
    let page = register.claim(id)?;
    let mut out = String::new();
    if page.rows.is_empty() {
        let _ = writeln!(out, "{id}: a person recorded it, and it no longer stands");
    }
    for c in &page.rows {
        let (speaker, value, quote, source) = (shown(&c.speaker), shown(&c.value), shown(&c.quote), shown(&c.source));
        let via = if c.via.is_empty() { String::new() } else { format!(" through {}", shown(&c.via)) };
        let _ = writeln!(
            out,
            "{} {}: {speaker}{via} {} {} of {}: {value}",
            c.id,
            c.day,
            c.stance,
            c.aspect,
            shown(&c.about)
        );
        let _ = writeln!(out, "  “{quote}” {source} [{}:{}-{}]", c.report, c.start, c.end);
        let grade = c.grade.as_deref().unwrap_or("not graded");
        let _ = writeln!(out, "  grade {grade}; {}", standing(c));
    }
    changes(&mut out, &page.changed);
    decisions(&mut out, &page.decisions, page.last);
    Ok((out, serde_json::to_value(&page)?))
}

fn commitment(register: &mut Register, id: &str) -> Result<(String, Value)> {
    let page = register.commitment(id)?;
    let c = &page.row;
    let to = if c.to.is_empty() { String::new() } else { format!(" to {}", shown(&c.to.join("; "))) };
    let mut out = format!("{} {}: {} promised{to}: {}\n", c.id, c.made, shown(&c.by), shown(&c.what));
    let _ = writeln!(out, "  “{}” {} [{}:{}-{}]", shown(&c.quote), shown(&c.source), c.report, c.start, c.end);
    let _ = writeln!(out, "  due {}", c.due.as_deref().unwrap_or("not said"));
    let _ =
        writeln!(out, "  {} (as people judge)", c.progress.as_deref().unwrap_or("nobody has said what became of it"));
    changes(&mut out, &page.changed);
    if !page.follow_ups.is_empty() {
        out.push_str("\nincidents that may bear on it: proposals, for a person to judge\n");
    }
    if page.follow_ups.is_empty() {
        out.push_str("\nno incident bears on it so far: pending\n");
    }
    for f in &page.follow_ups {
        follow_up(&mut out, f);
    }
    decisions(&mut out, &page.decisions, page.last);
    Ok((out, serde_json::to_value(&page)?))
}

fn follow_up(out: &mut String, f: &FollowUp) {
    let _ =
        writeln!(out, "  {} {} {}", f.incident.id, days(&f.incident.first, &f.incident.last), shown(&f.incident.title));
    let _ = writeln!(out, "    {}: {}", f.proposal, shown(&f.why));
    for view in &f.views {
        let _ = writeln!(out, "    {}: {}", shown(&view.0), shown(&view.1));
    }
}

fn report(register: &mut Register, id: &str) -> Result<(String, Value)> {
    let page = register.report(id)?;
    let r = &page.report;
    let day = r.published.map(|d| d.to_string()).unwrap_or_else(|| "day not given".into());
    let mut out = format!(
        "{}\n{} {day} {}\n",
        r.id,
        shown(if r.source.is_empty() { "source not given" } else { &r.source }),
        shown(&r.title)
    );
    if let Some(url) = &r.url {
        let _ = writeln!(out, "{}", shown(url));
    }
    let _ = writeln!(out, "\n  arrived {}; raw bytes SHA-256 {}", page.arrived, page.raw);
    if page.versions.len() > 1 {
        let of = page.versions.iter().position(|v| v == id).map_or(0, |n| n + 1);
        let newest = if page.newest { "; the newest, which takes part" } else { "; a newer one takes part" };
        let _ = writeln!(out, "  version {of} of {}{newest}: {}", page.versions.len(), page.versions.join(", "));
    }
    for n in &page.notes {
        let _ = writeln!(out, "  note: {}", shown(&n.message));
    }
    out.push('\n');
    for line in r.text.lines() {
        let _ = writeln!(out, "  {}", clean(line, usize::MAX));
    }
    if !page.incidents.is_empty() {
        out.push_str("\nincidents\n");
    }
    for i in &page.incidents {
        let _ = writeln!(out, "  {} {} {}", i.id, days(&i.first, &i.last), shown(&i.title));
    }
    if !page.decisions.is_empty() {
        out.push_str("\nwhat people recorded\n");
        page.decisions.iter().for_each(|d| out.push_str(&format!("  {}\n", decision(d))));
    }
    let notes: Vec<Value> =
        page.notes.iter().map(|n| json!({ "start": n.span.start, "end": n.span.end, "message": n.message })).collect();
    let json = json!({
        "id": r.id, "given_id": page.given, "source": r.source, "published": r.published.map(|d| d.to_string()),
        "title": r.title, "url": r.url, "text": r.text, "arrived": page.arrived, "raw_sha256": page.raw,
        "versions": page.versions, "newest": page.newest, "notes": notes, "incidents": page.incidents,
        "decisions": page.decisions,
    });
    Ok((out, json))
}
