//! `/sources` and `/sources/NAME`: who published what, and how people grade them.

use crate::call::{Call, page};
use crate::error::{DeskError, Result};
use crate::html::forms::{self, Decide};
use crate::html::layout::{self, Place};
use crate::html::parts;
use crate::pages::report::lines;
use crate::urls::segment;
use axum::response::Response;
use maud::html;

/// Sources of a page of the list.
const ROWS: usize = 300;

/// All sources, by name.
pub(crate) fn list(call: &Call<'_>) -> Result<Response> {
    let all = call.desk.sources()?;
    let from: usize = call.asked("after").parse().unwrap_or(0);
    let next = (all.len() > from.saturating_add(ROWS)).then(|| (from + ROWS).to_string());
    let body = html! {
        h1 { "Sources" }
        p.lead { (parts::counted(all.len(), "source")) ", in order of their names. Only people grade them." }
        div.scroll tabindex="0" role="region" aria-label="Sources" {
            table.list {
                caption.hidden { "Sources" }
                thead { tr { th scope="col" { "Source" } th scope="col" { "Grade" } th scope="col" { "Given by" } th scope="col" { "Reports" } th scope="col" { "First" } th scope="col" { "Last" } } }
                tbody {
                    @for s in all.iter().skip(from).take(ROWS) {
                        tr {
                            th scope="row" { (parts::source(&s.name)) }
                            td data-label="Grade" { @match &s.grade { Some(g) => { (g) }, None => { "not graded" } } }
                            td data-label="Given by" { @match &s.graded { Some((by, at)) => { bdi { (parts::clean(by, 60)) } ", " (parts::moment(at)) }, None => { "–" } } }
                            td data-label="Reports" { a href={"/sources/" (segment(&s.name)) "#reports"} { (s.reports) } }
                            td.nowrap data-label="First" { (parts::or_unknown(&s.first)) }
                            td.nowrap data-label="Last" { (parts::or_unknown(&s.last)) }
                        }
                    }
                }
            }
        }
        (parts::pager(next.as_deref(), &|n| if n.is_empty() { "/sources".into() } else { format!("/sources?after={n}") }, from == 0))
    };
    Ok(page(layout::page(Some(call), Place::Sources, "Sources", &body)))
}

/// One source.
pub(crate) fn show(call: &Call<'_>) -> Result<Response> {
    let name = call.param("name").to_owned();
    let all = call.desk.sources()?;
    let source = all.iter().find(|s| s.name == name).ok_or(DeskError::NotFound)?;
    let asked = call.page(25, 200)?;
    let reports = call.desk.read(|r| r.reports(Some(&name), &asked))?;
    let past = call.desk.read(|r| match r.history(&name) {
        Err(counterclaim_register::RegisterError::Unknown(_)) => Ok(Vec::new()),
        other => other,
    })?;
    let decisions: Vec<_> = past.into_iter().filter_map(|p| p.decision).collect();
    let last = decisions.iter().map(|d| d.seq).max().unwrap_or(0);
    let address = format!("/sources/{}", segment(&name));
    let title = parts::clean(&name, 120);
    let body = html! {
        (forms::told(call))
        h1 { bdi { (title) } }
        dl.facts {
            dt { "Grade" }
            dd {
                @match (&source.grade, &source.graded) {
                    (Some(g), Some((by, at))) => { b { (g) } ", by " bdi { (parts::clean(by, 60)) } ", " (parts::moment(at)) },
                    (Some(g), None) => { b { (g) } },
                    _ => { "not graded" },
                }
            }
            dt { "Reports" } dd { a href="#reports" { (source.reports) } }
            dt { "First" } dd { (parts::or_unknown(&source.first)) }
            dt { "Last" } dd { (parts::or_unknown(&source.last)) }
        }
        section { h2 { "Grades so far" } (parts::decisions(&decisions)) }
        @if forms::judges(call) {
            section.acts {
                h2 { "Grade it" }
                div.forms { fieldset {
                    legend { "How reliable it is, by the Admiralty code" }
                    (forms::decide(call, &Decide { act: "grade-source", id: "", seen: last, back: &address, key: "", reason: "", button: "Grade" }, &html! {
                        input type="hidden" name="source_escaped" value=(segment(&name));
                        (forms::source_grades("grade"))
                    }))
                } }
            }
        }
        section {
            h2 #reports { "Reports" }
            (lines(call, &reports.rows))
            (parts::pager(reports.next.as_deref(), &|n| if n.is_empty() { address.clone() } else { format!("{address}?after={n}") }, call.asked("after").is_empty()))
        }
    };
    Ok(page(layout::page(Some(call), Place::Sources, &title, &body)))
}
