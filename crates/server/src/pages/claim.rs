//! `/claims/ID`: who says what, in which words, and how people grade it.

use crate::call::{Call, page};
use crate::error::Result;
use crate::html::forms::{self, Decide};
use crate::html::layout::{self, Place};
use crate::html::parts;
use axum::response::Response;
use counterclaim_register::CLAIM_FIELDS;
use maud::{Markup, html};

/// The page.
pub(crate) fn show(call: &Call<'_>) -> Result<Response> {
    let id = call.id('c')?;
    let told = call.desk.read(|r| r.claim(id))?;
    let back = format!("/claims/{id}");
    let form = |act: &'static str, button: &'static str, fields: Markup| {
        forms::decide(call, &Decide { act, id, seen: told.last, back: &back, key: "", reason: "", button }, &fields)
    };
    // Who says what of which matter, as it would be read aloud.
    let title = match told.rows.first() {
        Some(c) => {
            format!("{}: {}, {}", parts::clean(&c.speaker, 80), parts::stance(&c.stance), parts::matter(&c.aspect))
        }
        None => format!("Claim {id}"),
    };
    let body = html! {
        (forms::told(call))
        h1 { (title) }
        p.meta { "Claim " (id) }
        @if let Some(c) = told.rows.first() {
            blockquote dir="auto" { (parts::clean(&c.quote, 2000)) }
            dl.facts {
                dt { "Who speaks" } dd { (parts::actor(&c.speaker)) @if !c.via.is_empty() { ", through " (parts::words(&c.via)) } }
                dt { "Stance" } dd { (parts::stance(&c.stance)) }
                dt { "On" } dd { (parts::matter(&c.aspect)) ": " (parts::or_unknown(&c.value)) }
                dt { "About" }
                dd { @for r in &told.rows { @if crate::urls::is_id('i', &r.about) { a href={"/incidents/" (r.about)} { (r.about) } } @else { (parts::words(&r.about)) } " " } }
                dt { "Report" } dd { (parts::source(&c.source)) ", " (parts::or_unknown(&c.day)) ", " (parts::to_words(&c.report, c.start, c.end, "words")) }
                dt { "Grade" } dd { (parts::grade_of_claim(call, c)) }
                dt { "State" } dd { (parts::claim_state(c)) }
            }
        } @else {
            p { "A person recorded it, and it no longer stands: it was undone, or a newer version of the report lacks its words. The history says more." }
        }
        section { h2 { "History" } (parts::decisions(&told.decisions)) }
        @if forms::judges(call) {
            section.acts {
                h2 { "Decide" }
                div.forms {
                    (forms::undo(call, &told.decisions, &form))
                    @if !told.rows.is_empty() { (judge(call, &form)) }
                }
            }
        }
    };
    Ok(page(layout::page(Some(call), Place::Other, &title, &body)))
}

/// What can be decided on a claim that stands.
fn judge(call: &Call<'_>, form: forms::Form<'_>) -> Markup {
    html! {
        fieldset { legend { "How credible it is" } (form("grade-claim", "Grade", forms::claim_grades("grade"))) }
        fieldset { legend { "It is right as it stands" } (form("confirm", "Confirm", html! {})) }
        fieldset { legend { "It is no claim" } (form("reject", "Reject", html! {})) }
        @if forms::changes(call) {
            fieldset {
                legend { "A field should read otherwise" }
                (form("edit", "Change", html! {
                    label for="field" { "Field" }
                    select #field name="field" required { option value="" { "choose" } @for f in CLAIM_FIELDS { option value=(f) { (f) } } }
                    label for="value" { "What it should say" }
                    input #value name="value" maxlength="1000";
                }))
            }
        }
    }
}
