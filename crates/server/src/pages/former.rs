//! An address of an incident that regrouping has named anew: on to what holds its evidence now, or what there is to say.

use crate::call::{Call, go, page};
use crate::error::Result;
use crate::html::layout::{self, Place};
use crate::html::parts;
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};

/// To the one incident that holds its evidence now; a page where there are several, or none.
pub(crate) fn show(call: &Call<'_>, id: &str) -> Result<Response> {
    let former = call.desk.read(|r| r.former(id))?;
    if let [one] = &former.incidents[..] {
        return Ok(go(&format!("/incidents/{}?was={id}", one.id)));
    }
    let gone = former.incidents.is_empty();
    let body = html! {
        h1 { @if gone { "No longer an incident" } @else { "Regrouped" } }
        @if gone {
            p { "No report tells of " (id) " any more: a newer version of its report took its place, or what it told is no incident by itself. What people decided stays in the record." }
        } @else {
            p { "What stood under " (id) " is part of " (former.incidents.len()) " incidents now." }
            (parts::incidents(&former.incidents, "Incidents that hold its evidence now"))
        }
        section { h2 { "Decided on it" } (parts::decisions(&former.decisions)) }
    };
    let title = if gone { "No longer an incident" } else { "Regrouped" };
    let mut out = page(layout::page(Some(call), Place::Other, title, &body));
    if gone {
        *out.status_mut() = StatusCode::GONE;
    }
    Ok(out)
}

/// What a visitor who came by an old address is told.
pub(crate) fn told(call: &Call<'_>) -> Markup {
    let was = call.asked("was");
    html! {
        @if crate::urls::is_id('i', was) {
            div.notice role="status" { (was) " was regrouped; this incident holds its evidence now. Decisions went along." }
        }
    }
}
