//! `/`: what is new since this person last said "seen": a to-do list that reads well aloud and prints on a page.

use crate::call::{self, Call, go, page};
use crate::error::Result;
use crate::html::layout::{self, Place};
use crate::html::parts;
use crate::urls::segment;
use axum::response::Response;
use counterclaim_register::{CommitmentRow, SourceRow};
use jiff::ToSpan;
use jiff::civil::Date;
use maud::{Markup, html};

/// Rows of each part.
const ROWS: usize = 12;
/// Days before a deadline on which it is shown.
const AHEAD: i32 = 14;
/// A source is stale if it has been silent for so many days, and for so many of its own usual gaps.
const SILENT: (i64, i64) = (30, 4);

/// The desk.
pub(crate) fn show(call: &Call<'_>) -> Result<Response> {
    let seen = call.who.as_ref().map(|w| (w.seen, w.looked)).unwrap_or_default();
    let desk = call.desk;
    let new = desk.read(|r| r.incidents_since(seen.0.report, ROWS))?;
    let contradicted = desk.read(|r| r.contradictions_since(seen.0.report, ROWS))?;
    let today = call.today();
    let due = desk.read(|r| r.due(today.saturating_add(AHEAD.days()), ROWS + 1))?;
    let stale = stale(&desk.sources()?, today);
    let counts = desk.counts()?;
    let now = desk.read(counterclaim_register::Register::point)?;
    let more = |total: usize, what: &str| {
        html! { @if total > ROWS { p { (total - ROWS) " more " (what) "; the newest are shown." } } }
    };
    let body = html! {
        h1 { "Desk" }
        div.lead {
            p {
                @if seen.1 == 0 { "Everything is new: you have not said “seen” yet. " }
                @else { "Since " (parts::moment(&call::time(seen.1))) ": " }
                a href="#new" { b { (new.total) } " new incident" @if new.total != 1 { "s" } } ", "
                a href="#contradictions" { b { (contradicted.total) } " with new contradictions" } ", "
                a href="#due" { b { @if due.len() > ROWS { "more than " (ROWS) } @else { (due.len()) } } " commitment" @if due.len() != 1 { "s" } " due" } ", "
                a href="#stale" { b { (stale.len()) } " source" @if stale.len() != 1 { "s" } " gone stale" } "."
            }
            form.inline method="post" action="/seen" {
                input type="hidden" name="csrf" value=(call.csrf);
                input type="hidden" name="report" value=(now.report);
                input type="hidden" name="decision" value=(now.decision);
                button { "I have seen this" }
            }
        }
        section aria-labelledby="new" {
            h2 #new { "New incidents" }
            @if new.rows.is_empty() { p { "None." } }
            @else { (parts::incidents(&new.rows, "New incidents, the newest first")) (more(new.total, "new incidents")) }
            p { a href="/inbox" { "Read them in the inbox" } }
        }
        section aria-labelledby="contradictions" {
            h2 #contradictions { "New contradictions" }
            @if contradicted.rows.is_empty() { p { "None." } }
            @else {
                ul.todo {
                    @for (row, at) in &contradicted.rows {
                        li {
                            a href={"/incidents/" (row.id) "#accounts"} { (parts::clean(&row.title, 200)) }
                            ": accounts differ on " (parts::matters(&row.disputed))
                            span.meta { " · arrived " (parts::moment(at)) }
                        }
                    }
                }
                (more(contradicted.total, "incidents with new contradictions"))
            }
        }
        section aria-labelledby="due" {
            h2 #due { "Commitments due" }
            @if due.is_empty() { p { "None is due within " (AHEAD) " days." } }
            @else { ul.todo { @for c in due.iter().take(ROWS) { (promise(c, today)) } } p { a href="/commitments" { "All commitments" } } }
        }
        section aria-labelledby="stale" {
            h2 #stale { "Sources gone stale" }
            @if stale.is_empty() { p { "None." } }
            @else {
                ul.todo {
                    @for s in stale.iter().take(ROWS) {
                        li {
                            (parts::source(&s.name)) ": last report " time datetime=(s.last) { (s.last) }
                            span.meta { " · " a href={"/sources/" (segment(&s.name)) "#reports"} { (s.reports) " reports" } " since " (s.first) }
                        }
                    }
                }
                (more(stale.len(), "sources"))
            }
        }
        section aria-labelledby="all" {
            h2 #all { "The register" }
            p {
                a href="/reports" { (parts::counted(counts.reports, "report")) } ", "
                a href="/explorer" { (parts::counted(counts.incidents, "incident")) } ", "
                (parts::counted(counts.claims, "claim")) ", "
                a href="/commitments" { (parts::counted(counts.commitments, "commitment")) } ", "
                a href="/audit" { (parts::counted(counts.decisions, "decision")) } ". "
                // The demo's is a temporary folder, which tells nobody anything.
                @if !desk.settings.demo { span.meta { (parts::clean(&desk.register(), 200)) } }
            }
        }
    };
    Ok(page(layout::page(Some(call), Place::Desk, "Desk", &body)))
}

fn promise(c: &CommitmentRow, today: Date) -> Markup {
    let due = c.due.clone().unwrap_or_default();
    let late = due.parse::<Date>().is_ok_and(|d| d < today);
    html! {
        li {
            (parts::actor(&c.by)) " promised: " a href={"/commitments/" (c.id)} { (parts::words(&c.what)) }
            ", by " time datetime=(due) { (due) }
            @if late { " – past, and nobody has said what became of it" }
        }
    }
}

/// Sources that used to publish and have stopped.
fn stale(all: &[SourceRow], today: Date) -> Vec<SourceRow> {
    let days = |a: &str, b: Date| a.parse::<Date>().ok().and_then(|a| a.until(b).ok()).map(|s| i64::from(s.get_days()));
    let mut out: Vec<SourceRow> = all
        .iter()
        .filter(|s| s.reports > 1 && !s.name.is_empty())
        .filter(|s| {
            let (Ok(last), Some(silent)) = (s.last.parse::<Date>(), days(&s.last, today)) else { return false };
            let usual = days(&s.first, last).unwrap_or(0) / i64::try_from(s.reports - 1).unwrap_or(1).max(1);
            silent > SILENT.0 && silent > SILENT.1 * usual
        })
        .cloned()
        .collect();
    out.sort_by(|a, b| b.last.cmp(&a.last).then_with(|| a.name.cmp(&b.name)));
    out
}

/// "I have seen this": from now on, only what comes after what was shown is new.
pub(crate) fn seen(call: &Call<'_>) -> Result<Response> {
    let number = |name: &str| call.given(name).parse::<i64>().unwrap_or(0).max(0);
    let now = call.desk.read(counterclaim_register::Register::point)?;
    if let Some(who) = &call.who {
        let point = counterclaim_register::Point {
            report: number("report").min(now.report),
            decision: number("decision").min(now.decision),
        };
        call.desk.people.saw(who.id, point, call.now)?;
    }
    Ok(go("/"))
}
