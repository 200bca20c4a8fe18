//! `/audit`: what people decided, newest first; for admins also who signed in and who changed people and keys.

use crate::call::{self, Call, page};
use crate::error::Result;
use crate::html::layout::{self, Place};
use crate::html::parts;
use crate::roles::Role;
use axum::response::Response;
use maud::html;

/// The page.
pub(crate) fn show(call: &Call<'_>) -> Result<Response> {
    let before = call.asked("after").parse().unwrap_or(i64::MAX);
    let all = call.desk.read(|r| r.decisions_before(before, None, 50))?;
    let next = all.last().map(|d| d.seq).filter(|s| *s > 1).map(|s| s.to_string());
    let log = if call.may(Role::Admin) { Some(call.desk.people.log(i64::MAX, 100)?) } else { None };
    let body = html! {
        h1 { "Audit" }
        section {
            h2 { "Decisions" }
            p.meta { "Kept in a chain of hashes in the register; " code { "counterclaim check" } " verifies it." }
            @if all.is_empty() { p { "None." } }
            ol.history reversed {
                @for d in &all {
                    li .undone[d.undone] value=(d.seq) {
                        (parts::decision(d)) " · on "
                        (parts::object(&d.object))
                    }
                }
            }
            (parts::pager(next.as_deref(), &|n| if n.is_empty() { "/audit".into() } else { format!("/audit?after={n}") }, call.asked("after").is_empty()))
        }
        @if let Some(log) = log {
            section {
                h2 { "People and keys" }
                div.scroll tabindex="0" role="region" aria-label="Log" {
                    table.list {
                        caption.hidden { "Log" }
                        thead { tr { th scope="col" { "Number" } th scope="col" { "When" } th scope="col" { "Who" } th scope="col" { "What" } th scope="col" { "From" } } }
                        tbody { @for e in &log { tr { td data-label="Number" { (e.seq) } td.nowrap data-label="When" { (parts::moment(&call::time(e.at))) } td data-label="Who" { bdi { (parts::clean(&e.who, 60)) } } td data-label="What" { (parts::words(&e.what)) } td data-label="From" { (parts::clean(&e.address, 60)) } } } }
                    }
                }
            }
        }
    };
    Ok(page(layout::page(Some(call), Place::Audit, "Audit", &body)))
}
