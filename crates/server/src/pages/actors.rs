//! `/actors` and `/actors/NAME`: who takes part in what, and what is said by and about them.

use crate::call::{Call, page};
use crate::error::{DeskError, Result};
use crate::html::layout::{self, Place};
use crate::html::parts;
use axum::response::Response;
use counterclaim_register::{Filter, Page};
use maud::html;

/// Those that take part in most, in order of their names.
pub(crate) fn list(call: &Call<'_>) -> Result<Response> {
    let all = call.desk.busiest()?;
    let body = html! {
        h1 { "Actors" }
        p.lead { "Those that take part in most incidents and promises, in order of their names." }
        ul.names {
            @for a in all.iter() { li { (parts::actor(&a.name)) " " span.n title="incidents and promises" { (a.perpetrator + a.target + a.speaker + a.promises) } } }
        }
        @if all.is_empty() { p { "None." } }
    };
    Ok(page(layout::page(Some(call), Place::Actors, "Actors", &body)))
}

/// One actor.
pub(crate) fn show(call: &Call<'_>) -> Result<Response> {
    let name = call.param("name").to_owned();
    let filter = Filter { actor: name.clone(), ..Filter::default() };
    // Those with most are counted already.
    let counts = match call.desk.busiest()?.iter().find(|a| a.name == name) {
        Some(found) => Some(found.clone()),
        None => call.desk.read(|r| r.actors(&filter))?.into_iter().find(|a| a.name == name),
    };
    let known = call.desk.lexicon().actors.get(&name);
    let Some(counts) =
        counts.or(known.map(|_| counterclaim_register::ActorRow { name: name.clone(), ..Default::default() }))
    else {
        return Err(DeskError::NotFound);
    };
    let some = Page { limit: 20, after: None };
    let incidents = call.desk.read(|r| r.incidents(&filter, &some))?;
    let claims = call.desk.read(|r| r.claims(&filter, &some))?;
    let promises = call.desk.read(|r| r.commitments(&filter, &some))?;
    let title = parts::clean(&name, 120);
    let all = crate::filters::address("/explorer", &filter, &[]);
    let body = html! {
        h1 { bdi { (title) } }
        dl.facts {
            dt { "Sort" } dd { @match known { Some(a) => { (a.kind.as_str()) }, None => { "not in the tables: " (parts::unknown()) } } }
            dt { "At home in" } dd { @match known.filter(|a| !a.country.is_empty()) { Some(a) => { (a.country) }, None => { (parts::unknown()) } } }
            @if let Some(a) = known.filter(|a| !a.parent.is_empty()) { dt { "Belongs to" } dd { (parts::actor(&a.parent)) } }
            dt { "Some account says it did" } dd { a href=(all) { (parts::counted(counts.perpetrator, "incident")) } }
            dt { "Hit or aimed at in" } dd { a href=(all) { (parts::counted(counts.target, "incident")) } }
            dt { "Speaks about" } dd { a href=(all) { (parts::counted(counts.speaker, "incident")) } }
            dt { "Promises" } dd { a href="#commitments" { (counts.promises) } }
        }
        section {
            h2 { "Incidents" }
            @if incidents.rows.is_empty() { p { "None." } } @else { (parts::incidents(&incidents.rows, "Incidents in which it takes part")) }
            @if incidents.next.is_some() { p { a href=(all) { "All of them in the explorer" } } }
        }
        section {
            h2 { "What it says, and what is said of it" }
            @if claims.rows.is_empty() { p { "Nothing." } }
            ul.claims { @for c in &claims.rows { li { (parts::claim_line(call, c)) } } }
        }
        section {
            h2 #commitments { "Commitments by it and to it" }
            @if promises.rows.is_empty() { p { "None." } }
            ul.claims {
                @for c in &promises.rows {
                    li { (parts::actor(&c.by)) ", " (parts::or_unknown(&c.made)) ": " a href={"/commitments/" (c.id)} { (parts::words(&c.what)) } ", " (c.progress.as_deref().unwrap_or("pending")) }
                }
            }
        }
    };
    Ok(page(layout::page(Some(call), Place::Actors, &title, &body)))
}
