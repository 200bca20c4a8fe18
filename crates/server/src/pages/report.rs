//! `/reports` and `/reports/ID`: what came in, with every span that something rests on.

use crate::call::{Call, page};
use crate::error::Result;
use crate::html::forms::{self, Decide};
use crate::html::highlight::Marked;
use crate::html::layout::{self, Place};
use crate::html::parts;
use crate::pages::inbox::spans;
use crate::pages::incident;
use axum::response::Response;
use counterclaim_register::ReportPage;
use maud::{Markup, html};
use std::collections::BTreeSet;

/// Reports, the last to arrive first.
pub(crate) fn list(call: &Call<'_>) -> Result<Response> {
    let asked = call.page(50, 200)?;
    let list = call.desk.read(|r| r.reports(None, &asked))?;
    let body = html! {
        h1 { "Reports" }
        p.lead { "As they came in, the last to arrive first." }
        (lines(call, &list.rows))
        (parts::pager(list.next.as_deref(), &|n| if n.is_empty() { "/reports".into() } else { format!("/reports?after={n}") }, call.asked("after").is_empty()))
    };
    Ok(page(layout::page(Some(call), Place::Reports, "Reports", &body)))
}

/// Reports as a table.
pub(crate) fn lines(call: &Call<'_>, rows: &[counterclaim_register::ReportLine]) -> maud::Markup {
    html! {
        div.scroll tabindex="0" role="region" aria-label="Reports" {
            table.list {
                caption.hidden { "Reports" }
                thead { tr { th scope="col" { "Published" } th scope="col" { "Title" } th scope="col" { "Source" } th scope="col" { "Arrived" } } }
                tbody {
                    @for r in rows {
                        tr {
                            td.nowrap data-label="Published" { (parts::or_unknown(&r.published)) }
                            th scope="row" { a href={"/reports/" (r.id)} { @if r.title.is_empty() { "without a title" } @else { (parts::words(&r.title)) } } }
                            td data-label="Source" { (parts::source(&r.source)) @if r.grade.is_some() { ", " (parts::grade_of_source(call, &r.source)) } }
                            td.nowrap data-label="Arrived" { (parts::moment(&r.arrived)) }
                        }
                    }
                }
            }
        }
    }
}

/// One report.
pub(crate) fn show(call: &Call<'_>) -> Result<Response> {
    let id = call.id('r')?;
    let told = call.desk.read(|r| r.report(id))?;
    let mut marks: Vec<Marked> = Vec::new();
    let mut actors: BTreeSet<String> = told.claims.iter().map(|c| c.speaker.clone()).collect();
    for i in &told.incidents {
        let story = call.desk.read(|r| r.incident(&i.id))?;
        marks.extend(spans(&story, id));
        actors.extend(incident::actors(&story));
    }
    marks.extend(told.claims.iter().map(|c| Marked { start: c.start, end: c.end, why: "claim" }));
    marks.extend(told.commitments.iter().map(|c| Marked { start: c.start, end: c.end, why: "promise" }));
    if let Some((a, b)) = call.asked("at").split_once('-')
        && let (Ok(start), Ok(end)) = (a.parse(), b.parse())
    {
        marks.push(Marked { start, end, why: "cited" });
    }
    marks.sort();
    marks.dedup();
    let report = &told.report;
    let title =
        if report.title.is_empty() { "Report without a title".to_owned() } else { parts::clean(&report.title, 300) };
    let body = html! {
        (forms::told(call))
        h1 dir="auto" { (title) }
        dl.facts {
            dt { "Source" } dd { (parts::source(&report.source)) }
            dt { "Published" } dd { (parts::or_unknown(&report.published.map(|d| d.to_string()).unwrap_or_default())) }
            dt { "Found at" } dd { @match &report.url { Some(u) => { code { (parts::clean(u, 400)) } }, None => { (parts::unknown()) } } }
            dt { "Arrived" } dd { (parts::moment(&told.arrived)) }
            dt { "SHA-256 of what came in" } dd { code.hash { (told.raw) } }
            dt { "Versions" }
            dd {
                @if told.versions.len() < 2 { "one" }
                @else { @for v in &told.versions { a href={"/reports/" (v)} { (v) } @if v == id { " (this one)" } " " } }
                @if !told.newest { " · a newer version takes part instead of this one" }
            }
        }
        p.legend {
            "Marked: " mark.event { "tells of an incident" } " " mark.claim { "somebody says" } " " mark.toll { "counts people" } " "
            mark.promise { "a promise" }
        }
        (forms::selectable(call, id, &report.text, &marks))
        section {
            h2 { "What it tells" }
            @if told.incidents.is_empty() { p { "No incident was found in it." } }
            @else { (parts::incidents(&told.incidents, "Incidents that it tells of")) }
            @if !told.claims.is_empty() { h3 { "Claims" } ul.claims { @for c in &told.claims { li { (parts::claim_line(call, c)) } } } }
            @if !told.commitments.is_empty() {
                h3 { "Commitments" }
                ul.claims { @for c in &told.commitments { li { (parts::actor(&c.by)) ": " a href={"/commitments/" (c.id)} { (parts::words(&c.what)) } } } }
            }
            @if !told.notes.is_empty() {
                h3 { "What the reader was unsure of" }
                ul { @for n in &told.notes { li { (parts::clean(&n.message, 400)) " " (parts::to_words(id, n.span.start, n.span.end, "words")) } } }
            }
            @if !told.decisions.is_empty() { h3 { "What people recorded" } (parts::decisions(&told.decisions)) }
        }
        @if forms::judges(call) && told.newest { (record(call, &told, &actors)) }
    };
    Ok(page(layout::page_with_islands(call, Place::Reports, &title, &body)))
}

/// The form for a claim that the machine missed.
fn record(call: &Call<'_>, told: &ReportPage, actors: &BTreeSet<String>) -> Markup {
    let id = &told.report.id;
    let back = format!("/reports/{id}");
    let actors: Vec<String> = actors.iter().cloned().collect();
    let fields = html! {
        label for="claim-about" { "About which incident" }
        select #claim-about name="about" {
            option value="" { "write its id below" }
            @for (n, i) in told.incidents.iter().enumerate() {
                option value=(i.id) selected[n == 0] { (i.first) " " (parts::clean(&i.title, 100)) }
            }
        }
        label for="claim-about-id" { "or the id of another" }
        input #claim-about-id name="about_id" maxlength="40" pattern="i[0-9a-f]+" placeholder="i…";
        (forms::claim(id, &actors))
    };
    let form = Decide { act: "claim", id: "", seen: -1, back: &back, key: "", reason: "", button: "Record" };
    html! {
        section.acts {
            h2 { "Record a claim" }
            p.meta { "For what the machine missed. It is signed " b { bdi { (call.name()) } } " and stands beside what the machine found." }
            div.forms { fieldset { legend { "Somebody says something about an incident" } (forms::decide(call, &form, &fields)) } }
        }
    }
}
