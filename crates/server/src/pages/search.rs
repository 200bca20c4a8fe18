//! `/search?q=`: incidents, claims and commitments with all these words; an id leads straight to its page.

use crate::call::{Call, go, page};
use crate::error::Result;
use crate::filters::address;
use crate::html::layout::{self, Place};
use crate::html::parts;
use crate::pages::commitments::table;
use crate::urls::is_id;
use axum::response::Response;
use counterclaim_register::{Filter, Page};
use maud::html;

/// The page.
pub(crate) fn show(call: &Call<'_>) -> Result<Response> {
    let q = call.asked("q").trim().to_owned();
    for (letter, path) in [('i', "incidents"), ('c', "claims"), ('p', "commitments"), ('r', "reports")] {
        if is_id(letter, &q) && q.len() >= 6 {
            let found = call.desk.read(|r| r.complete(&q))?;
            if let [one] = found.as_slice() {
                return Ok(go(&format!("/{path}/{one}")));
            }
        }
    }
    let filter = Filter { text: q.clone(), ..Filter::default() };
    let some = Page { limit: 15, after: None };
    let title = if q.is_empty() { "Search".to_owned() } else { format!("Search: {}", parts::clean(&q, 100)) };
    let body = if q.is_empty() || counterclaim_lexicon::words_of(&q).is_empty() {
        html! { h1 { "Search" } p { "Write words, or the first six characters of an id." } }
    } else {
        let incidents = call.desk.read(|r| r.incidents(&filter, &some))?;
        let claims = call.desk.read(|r| r.claims(&filter, &some))?;
        let promises = call.desk.read(|r| r.commitments(&filter, &some))?;
        html! {
            h1 { "Search: " (parts::words(&q)) }
            section {
                h2 { "Incidents" }
                @if incidents.rows.is_empty() { p { "None with all these words." } } @else { (parts::incidents(&incidents.rows, "Incidents")) }
                @if incidents.next.is_some() { p { a href=(address("/explorer", &filter, &[])) { "All of them in the explorer" } } }
            }
            section {
                h2 { "Claims" }
                @if claims.rows.is_empty() { p { "None with all these words." } }
                ul.claims { @for c in &claims.rows { li { (parts::claim_line(call, c)) } } }
                @if claims.next.is_some() { p.meta { "More fit; add words." } }
            }
            section {
                h2 { "Commitments" }
                @if promises.rows.is_empty() { p { "None with all these words." } } @else { (table(&promises.rows)) }
                @if promises.next.is_some() { p { a href=(address("/commitments", &filter, &[])) { "All of them" } } }
            }
        }
    };
    Ok(page(layout::page(Some(call), Place::Search, &title, &body)))
}
