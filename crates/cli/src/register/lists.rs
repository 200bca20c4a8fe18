//! `incidents`, `claims`, `commitments`, `actors`, `sources`: what is there, newest first, a page at a time; and the brief.

use super::args::{BriefArgs, BriefFormat, FilterArgs, ListArgs, ListFormat};
use super::place;
use super::table::Table;
use crate::args::Format;
use crate::{format, output};
use anyhow::Result;
use counterclaim_reader::brief;
use counterclaim_register::{ClaimRow, CommitmentRow, Filter, IncidentRow, List, Page, Register};
use serde::Serialize;
use std::process::ExitCode;

/// The filter as the register knows it.
pub fn filter(args: &FilterArgs) -> Filter {
    let mut pair = args.between.iter().cloned();
    Filter {
        from: args.from,
        to: args.to,
        between: pair.next().zip(pair.next()),
        place: args.place.clone(),
        kind: args.kind.clone(),
        text: args.text.clone(),
        source: args.source.clone(),
        rejected: args.rejected,
        ..Filter::default()
    }
}

fn page(args: &ListArgs) -> Page {
    Page { limit: args.limit as usize, after: args.after.clone() }
}

/// Lists incidents.
pub fn incidents(args: &ListArgs) -> Result<ExitCode> {
    let list = place::open(&args.at)?.incidents(&filter(&args.filter), &page(args))?;
    let head = vec!["id", "when", "kind", "where", "who did it", "who was hit", "killed", "status", "told by", "state"];
    print(args, &list, Table { head, rows: list.rows.iter().map(incident).collect() })
}

fn incident(i: &IncidentRow) -> Vec<String> {
    vec![
        i.id.clone(),
        days(&i.first, &i.last),
        i.kind.clone(),
        i.places.join("; "),
        i.perpetrators.join("; "),
        i.targets.join("; "),
        i.killed.map(count).unwrap_or_default(),
        i.status.clone(),
        told(i),
        i.state.as_str().to_owned(),
    ]
}

/// "7 articles, 2 origins".
pub fn told(i: &IncidentRow) -> String {
    let s = |n: usize| if n == 1 { "" } else { "s" };
    format!("{} article{}, {} origin{}", i.reports, s(i.reports), i.origins, s(i.origins))
}

/// "7", "7 to 9".
pub fn count((low, high): (u64, u64)) -> String {
    if low == high { low.to_string() } else { format!("{low} to {high}") }
}

/// One day, or the first and the last.
pub fn days(first: &str, last: &str) -> String {
    if first == last { first.to_owned() } else { format!("{first} to {last}") }
}

/// Lists claims.
pub fn claims(args: &ListArgs) -> Result<ExitCode> {
    let list = place::open(&args.at)?.claims(&filter(&args.filter), &page(args))?;
    let row = |c: &ClaimRow| {
        let grade = c.grade.clone().unwrap_or_default();
        let (state, by) = (c.state.as_str().to_owned(), c.recorded_by.clone());
        let day = c.day.clone();
        let (id, speaker, stance, aspect) = (c.id.clone(), c.speaker.clone(), c.stance.clone(), c.aspect.clone());
        vec![id, day, speaker, stance, aspect, c.about.clone(), c.value.clone(), c.source.clone(), grade, state, by]
    };
    let head =
        vec!["id", "day", "speaker", "stance", "aspect", "about", "value", "source", "grade", "state", "recorded by"];
    print(args, &list, Table { head, rows: list.rows.iter().map(row).collect() })
}

/// Lists commitments.
pub fn commitments(args: &ListArgs) -> Result<ExitCode> {
    let list = place::open(&args.at)?.commitments(&filter(&args.filter), &page(args))?;
    let row = |c: &CommitmentRow| {
        let (due, progress) = (c.due.clone().unwrap_or_default(), c.progress.clone().unwrap_or_default());
        let state = c.state.as_str().to_owned();
        vec![
            c.id.clone(),
            c.made.clone(),
            c.by.clone(),
            c.to.join("; "),
            c.what.clone(),
            due,
            progress,
            c.source.clone(),
            state,
        ]
    };
    let head = vec!["id", "made", "by", "to", "what", "due", "progress", "source", "state"];
    print(args, &list, Table { head, rows: list.rows.iter().map(row).collect() })
}

/// A list that has but one page.
fn whole<T: Serialize + Clone>(
    args: &ListArgs,
    rows: Vec<T>,
    head: Vec<&'static str>,
    cells: impl Fn(&T) -> Vec<String>,
) -> Result<ExitCode> {
    let rows: Vec<T> = rows.into_iter().take(args.limit as usize).collect();
    let list = List { rows, next: None };
    print(args, &list, Table { head, rows: list.rows.iter().map(cells).collect() })
}

/// Lists actors.
pub fn actors(args: &ListArgs) -> Result<ExitCode> {
    let rows = place::open(&args.at)?.actors(&filter(&args.filter))?;
    let head = vec!["name", "did it", "was hit", "speaks", "promises"];
    whole(args, rows, head, |a| {
        let n = |n: usize| n.to_string();
        vec![a.name.clone(), n(a.perpetrator), n(a.target), n(a.speaker), n(a.promises)]
    })
}

/// Lists sources.
pub fn sources(args: &ListArgs) -> Result<ExitCode> {
    let rows = place::open(&args.at)?.sources(&filter(&args.filter))?;
    let head = vec!["name", "reports", "first", "last", "grade", "graded by"];
    whole(args, rows, head, |s| {
        let by = s.graded.as_ref().map(|(by, at)| format!("{by}, {at}")).unwrap_or_default();
        let grade = s.grade.clone().unwrap_or_default();
        vec![s.name.clone(), s.reports.to_string(), s.first.clone(), s.last.clone(), grade, by]
    })
}

fn print<T: Serialize>(args: &ListArgs, list: &List<T>, table: Table) -> Result<ExitCode> {
    let printed = match args.format {
        ListFormat::Json => serde_json::to_string_pretty(list)? + "\n",
        ListFormat::Csv => table.csv(),
        ListFormat::Table if table.rows.is_empty() => "nothing fits\n".to_owned(),
        ListFormat::Table => {
            let more = list.next.as_ref().map(|n| format!("\nmore: --after {n}\n")).unwrap_or_default();
            table.text() + &more
        }
    };
    output::write(args.output.as_deref(), printed.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}

/// Prints the brief of what fits.
pub fn brief(args: &BriefArgs) -> Result<ExitCode> {
    let mut register: Register = place::open(&args.at)?;
    let told = register.brief(&filter(&args.filter), args.limit as usize)?;
    let look = output::look(args.output.as_deref(), None);
    let printed = match args.format {
        BriefFormat::Html => brief::html(&told),
        BriefFormat::Md => format::print(&told, Format::Md, look)?,
        BriefFormat::Json => format::print(&told, Format::Json, look)?,
        BriefFormat::Text => format::print(&told, Format::Brief, look)?,
    };
    output::write(args.output.as_deref(), printed.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}
