//! `/commitments` and `/commitments/ID`: what was promised, and what became of it.

use crate::call::{Call, page};
use crate::error::Result;
use crate::filters::{address, filter};
use crate::html::forms::{self, Decide};
use crate::html::layout::{self, Place};
use crate::html::parts;
use axum::response::Response;
use counterclaim_register::{COMMITMENT_FIELDS, CommitmentRow};
use maud::{Markup, html};

/// Commitments as a table.
pub(crate) fn table(rows: &[CommitmentRow]) -> Markup {
    html! {
        div.scroll tabindex="0" role="region" aria-label="Commitments" {
            table.list {
                caption.hidden { "Commitments" }
                thead { tr { th scope="col" { "Made" } th scope="col" { "By" } th scope="col" { "To" } th scope="col" { "What" } th scope="col" { "Due" } th scope="col" { "What became of it" } th scope="col" { "State" } } }
                tbody {
                    @for c in rows {
                        tr {
                            td.nowrap data-label="Made" { (parts::or_unknown(&c.made)) }
                            td data-label="By" { (parts::actor(&c.by)) }
                            td data-label="To" { @if c.to.is_empty() { "nobody named" } @else { (parts::actors(&c.to)) } }
                            th scope="row" { a href={"/commitments/" (c.id)} { (parts::words(&c.what)) } }
                            td.nowrap data-label="Due" { @match &c.due { Some(d) => { (d) }, None => { "no day given" } } }
                            td data-label="What became of it" { (c.progress.as_deref().unwrap_or("pending")) }
                            td data-label="State" { (parts::state(c.state)) }
                        }
                    }
                }
            }
        }
    }
}

/// The list, newest first.
pub(crate) fn list(call: &Call<'_>) -> Result<Response> {
    let filter = filter(&call.query)?;
    let asked = call.page(50, 200)?;
    let list = call.desk.read(|r| r.commitments(&filter, &asked))?;
    let body = html! {
        h1 { "Commitments" }
        p.lead { "Promises of actors about their own conduct, newest first. What became of them is said by people." }
        nav.chosen aria-label="What became of them" {
            a href="/commitments" aria-current=[filter.kind.is_empty().then_some("true")] { "all" } " "
            @for word in ["pending", "kept", "broken", "contested"] {
                a href={"/commitments?kind=" (word)} aria-current=[(filter.kind == word).then_some("true")] { (word) } " "
            }
        }
        @if list.rows.is_empty() { p { "None." } } @else { (table(&list.rows)) }
        (parts::pager(list.next.as_deref(), &|n| address("/commitments", &filter, &[("after", n)][..usize::from(!n.is_empty())]), call.asked("after").is_empty()))
    };
    Ok(page(layout::page(Some(call), Place::Commitments, "Commitments", &body)))
}

/// One commitment.
pub(crate) fn show(call: &Call<'_>) -> Result<Response> {
    let id = call.id('p')?;
    let told = call.desk.read(|r| r.commitment(id))?;
    let c = &told.row;
    let back = format!("/commitments/{id}");
    let title = format!("{}: {}", parts::clean(&c.by, 80), parts::clean(&c.what, 160));
    let form = |act: &'static str, button: &'static str, fields: Markup| {
        forms::decide(call, &Decide { act, id, seen: told.last, back: &back, key: "", reason: "", button }, &fields)
    };
    let body = html! {
        (forms::told(call))
        h1 { bdi { (parts::clean(&c.by, 80)) } ": " (parts::words(&c.what)) }
        blockquote dir="auto" { (parts::clean(&c.quote, 2000)) }
        dl.facts {
            dt { "By" } dd { (parts::actor(&c.by)) }
            dt { "To" } dd { @if c.to.is_empty() { "nobody named" } @else { (parts::actors(&c.to)) } }
            dt { "Made" } dd { (parts::or_unknown(&c.made)) }
            dt { "Due" } dd { @match &c.due { Some(d) => { (d) }, None => { "no day given" } } }
            dt { "What became of it" } dd { (c.progress.as_deref().unwrap_or("pending: nobody has said")) }
            dt { "Report" } dd { (parts::source(&c.source)) ", " (parts::to_words(&c.report, c.start, c.end, "words")) }
            dt { "State" } dd { (parts::state(c.state)) }
        }
        section {
            h2 { "Incidents that may bear on it" }
            p.meta { "Proposals of the machine, and what they would mean. Only a person says what became of a promise." }
            @if told.follow_ups.is_empty() { p { "None was found." } }
            ul.claims {
                @for f in &told.follow_ups {
                    li {
                        b { (f.proposal) } ": " a href={"/incidents/" (f.incident.id)} { (parts::clean(&f.incident.title, 200)) } ", " (parts::days(&f.incident.first, &f.incident.last))
                        br; span.meta { (parts::clean(&f.why, 400)) }
                        @if !f.views.is_empty() { ul { @for (speaker, said) in &f.views { li { (parts::actor(speaker)) ": " (parts::words(said)) } } } }
                    }
                }
            }
        }
        section { h2 { "History" } (parts::decisions(&told.decisions)) }
        @if forms::judges(call) {
            section.acts {
                h2 { "Decide" }
                div.forms {
                    fieldset { legend { "What became of it" } (form("follow", "Say so", forms::progress("progress"))) }
                    fieldset { legend { "It is right as it stands" } (form("confirm", "Confirm", html! {})) }
                    fieldset { legend { "It is no commitment" } (form("reject", "Reject", html! {})) }
                    @if forms::changes(call) {
                        fieldset {
                            legend { "A field should read otherwise" }
                            (form("edit", "Change", html! {
                                label for="field" { "Field" }
                                select #field name="field" required { option value="" { "choose" } @for f in COMMITMENT_FIELDS { option value=(f) { (f) } } }
                                label for="value" { "What it should say" }
                                input #value name="value" maxlength="1000";
                            }))
                        }
                    }
                }
            }
        }
    };
    Ok(page(layout::page(Some(call), Place::Commitments, &title, &body)))
}
