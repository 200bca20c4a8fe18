//! `/incidents/ID`, the centre: each side's account beside the other's, with where every word comes from, and what people
//! decided. No row says which account is true.

use crate::call::{Call, page};
use crate::error::{DeskError, Result};
use crate::html::forms::{self, Decide};
use crate::html::layout::{self, Place};
use crate::html::parts;
use crate::html::sides::{self, MATTERS, Matter, Said};
use crate::pages::former;
use axum::response::Response;
use counterclaim_register::{ClaimRow, INCIDENT_FIELDS, IncidentPage, State};
use counterclaim_text::{Toll, TollKind};
use maud::{Markup, html};
use std::collections::BTreeSet;

/// The page.
pub(crate) fn show(call: &Call<'_>) -> Result<Response> {
    let id = call.id('i')?;
    let told = match call.desk.read(|r| r.incident(id)) {
        Err(DeskError::NotFound) => return former::show(call, id),
        told => told?,
    };
    let row = &told.row;
    let title = parts::clean(&row.title, 300);
    let body = html! {
        (forms::told(call))
        (former::told(call))
        h1 { (title) }
        p.meta { (row.id) " · " (parts::state(row.state)) " · " a href="#evidence" { (parts::told(row.reports, row.origins)) } " · " (parts::kind(&row.kind)) }
        (facts(&told))
        (accounts(call, &told))
        (evidence(call, &told))
        (judgements(&told))
        section aria-labelledby="history" {
            h2 #history { "History" }
            @if !told.changed.is_empty() {
                ul {
                    @for c in &told.changed {
                        li {
                            (c.field) ": " q { (parts::words(&c.now)) } " by " b { bdi { (parts::clean(&c.by, 60)) } } " (decision " (c.decision) "), because "
                            (parts::words(&c.reason)) "; the machine has " q { (parts::or_unknown(&c.machine)) }
                        }
                    }
                }
            }
            (parts::decisions_on(&row.id, &told.decisions))
        }
        (decide(call, &told))
    };
    Ok(page(layout::page(Some(call), Place::Other, &title, &body)))
}

fn facts(told: &IncidentPage) -> Markup {
    let row = &told.row;
    let exact = |p: &counterclaim_text::PlaceRef| match (p.level.as_str(), p.away_km) {
        ("town", Some(0)) => "near it".to_owned(),
        ("town", Some(km)) => format!("{km} km from it"),
        ("town", None) if p.lat_lon.is_none() => "town, coordinates unknown".into(),
        ("admin2", _) => "district".into(),
        ("admin1", _) => "province".into(),
        (other, _) => other.to_owned(),
    };
    html! {
        dl.facts {
            dt { "When" }
            dd {
                (parts::days(&row.first, &row.last))
                @if let Some(w) = told.incident.when { span.meta { " · exact to the " (match w.precision.as_str() { "range" => "days given", p => p }) } }
            }
            dt { "Where" }
            dd {
                @if told.incident.places.is_empty() { (parts::unknown()) }
                @for (n, p) in told.incident.places.iter().enumerate() {
                    @if n > 0 { "; " }
                    (parts::words(&p.name))
                    span.meta {
                        @for part in [&p.admin2, &p.admin1, &p.country] { @if !part.is_empty() && **part != p.name { ", " (parts::clean(part, 80)) } }
                        " · " (exact(p)) ", ACLED precision " (p.acled_precision())
                        @if let Some((lat, lon)) = p.lat_lon { " · " (format!("{lat:.2}, {lon:.2}")) }
                    }
                }
            }
            dt { "Who did it" } dd { (parts::actors(&row.perpetrators)) " · " (parts::status(&row.status)) }
            dt { "Target" } dd { (parts::actors(&row.targets)) }
            dt { "Killed, over all accounts" } dd { (parts::sourced(&row.id, "killed", row.killed)) }
            dt { "Injured, over all accounts" } dd { (parts::sourced(&row.id, "injured", row.injured)) }
            dt { "Accounts differ on" } dd { @if row.disputed.is_empty() { "nothing that was found" } @else { (parts::matters(&row.disputed)) } }
            dt { "Draft's confidence" } dd { (format!("{:.2}", told.incident.confidence)) span.meta { " · share of such drafts that were right in the development cases" } }
        }
    }
}

fn accounts(call: &Call<'_>, told: &IncidentPage) -> Markup {
    let (a, b) = sides::dyad(told);
    let is = |side: &Option<String>, name: &str| side.as_deref() == Some(name);
    let head = |side: &Option<String>| html! { @match side { Some(name) => { (parts::actor(name)) }, None => { span.unknown { "nobody else is named" } } } };
    let rows = MATTERS
        .iter()
        .filter(|m| m.label != "Whether lawful" || told.claims.iter().any(|c| m.aspects.contains(&c.aspect.as_str())));
    html! {
        section aria-labelledby="accounts" {
            h2 #accounts { "Accounts" }
            div.scroll tabindex="0" role="region" aria-label="Table of accounts" {
                table.sides {
                    caption { "What each says, the latest first; sides stand in alphabetical order." }
                    thead { tr { th scope="col" { "Matter" } th scope="col" { (head(&a)) } th scope="col" { (head(&b)) } th scope="col" { "Others" } } }
                    tbody {
                        @for m in rows {
                            @let one = sides::said(&told.claims, *m, &|s| is(&a, s));
                            @let two = sides::said(&told.claims, *m, &|s| is(&b, s));
                            @let rest = sides::said(&told.claims, *m, &|s| !is(&a, s) && !is(&b, s));
                            @let badge = sides::badge(*m, &told.row.disputed, !one.is_empty(), !two.is_empty());
                            tr id=[anchor(*m)] {
                                th scope="row" { (m.label) br; span class=(badge.class()) { (badge.as_str()) } }
                                td data-label={ (a.as_deref().unwrap_or("–")) } { (cell(call, &one, false)) }
                                td data-label={ (b.as_deref().unwrap_or("–")) } { (cell(call, &two, false)) }
                                @let own = voice(told, *m);
                                td data-label="Others" class=[(rest.is_empty() && own.is_none()).then_some("quiet")] {
                                    @if !rest.is_empty() || own.is_none() { (cell(call, &rest, true)) }
                                    @if let Some(own) = own { (own) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Counts lead here.
fn anchor(matter: Matter) -> Option<&'static str> {
    matter.aspects.first().copied().filter(|aspect| matches!(*aspect, "killed" | "injured"))
}

fn cell(call: &Call<'_>, all: &[Said<'_>], named: bool) -> Markup {
    html! {
        @if all.is_empty() { p.none { @if named { "nobody else speaks" } @else { "says nothing" } } }
        @for s in all {
            div.said {
                @if named { p { b { (parts::actor(s.speaker)) } } }
                @for c in &s.latest { (claim(call, c)) }
                @if !s.earlier.is_empty() {
                    details {
                        summary { "earlier: " (s.earlier.len()) }
                        @for c in &s.earlier { (claim(call, c)) }
                    }
                }
            }
        }
    }
}

fn claim(call: &Call<'_>, c: &ClaimRow) -> Markup {
    html! {
        p {
            span.stance { (parts::stance(&c.stance)) } ": " (parts::or_unknown(&c.value))
            @if !c.edited.is_empty() { " " span.edited { "edited" } }
            br;
            span.meta {
                (parts::or_unknown(&c.day)) @if !c.via.is_empty() { ", through " (parts::words(&c.via)) }
                ", " (parts::grade_of_claim(call, c))
                ", " (parts::to_words(&c.report, c.start, c.end, "words")) ", " a href={"/claims/" (c.id)} { (parts::claim_state(c)) }
            }
        }
    }
}

/// Counts that reports give in their own voice: no speaker's, so in no side's column.
fn voice(told: &IncidentPage, matter: Matter) -> Option<Markup> {
    let kind = match matter.label {
        "Killed" => TollKind::Killed,
        "Injured" => TollKind::Injured,
        _ => return None,
    };
    let own: Vec<&(String, Toll)> =
        told.incident.tolls.iter().filter(|(_, t)| t.what == kind && t.speaker.is_empty()).collect();
    let told = html! {
            div.said {
                p { b { "Reports in their own voice" } }
                @for (report, t) in own.iter().take(8) {
                    p {
                        (parts::count(Some((t.low, t.high)))) @if !t.who.is_empty() { " (" (parts::words(&t.who)) ")" }
                        br;
                        span.meta {
                            @if let Some(r) = told.reports.iter().find(|r| r.id == *report) { (parts::source(&r.source)) ", " (parts::or_unknown(&r.published)) ", " }
                            (parts::to_words(report, t.span.start, t.span.end, "words"))
                        }
                    }
                }
                @if own.len() > 8 { p.meta { (own.len() - 8) " more" } }
            }
    };
    (!own.is_empty()).then_some(told)
}

fn evidence(call: &Call<'_>, told: &IncidentPage) -> Markup {
    html! {
        section aria-labelledby="evidence" {
            h2 #evidence { "Evidence" }
            div.scroll tabindex="0" role="region" aria-label="Table of evidence" {
                table.list {
                    caption.hidden { "Reports that tell of it" }
                    thead { tr { th scope="col" { "Published" } th scope="col" { "Report" } th scope="col" { "Source" } th scope="col" { "Origin" } th scope="col" { "Words" } th scope="col" { "SHA-256" } } }
                    tbody {
                        @for r in &told.reports {
                            tr #{"report-" (r.id)} {
                                td.nowrap data-label="Published" { (parts::or_unknown(&r.published)) }
                                th scope="row" { a href={"/reports/" (r.id)} { @if r.title.is_empty() { "without a title" } @else { (parts::words(&r.title)) } } }
                                td data-label="Source" { (parts::source(&r.source)) ", " (parts::grade_of_source(call, &r.source)) }
                                td data-label="Origin" { @if r.origin.is_empty() || r.origin == r.id { "its own" } @else { "near-copy of " a href={"#report-" (r.origin)} { (r.origin) } } }
                                td data-label="Words" { @for e in told.incident.evidence.iter().filter(|e| e.report == r.id).take(6) { (parts::to_words(&r.id, e.span.start, e.span.end, "words")) " " } }
                                td data-label="SHA-256" { code.hash { (r.sha256) } }
                            }
                        }
                    }
                }
            }
            @if !told.links.is_empty() {
                details { summary { "Why these reports are taken for one occurrence" } ul { @for l in &told.links { li { (parts::clean(l, 300)) } } } }
            }
        }
    }
}

fn judgements(told: &IncidentPage) -> Markup {
    html! {
        section aria-labelledby="assessments" {
            h2 #assessments { "Assessments" }
            @if told.assessments.is_empty() { p { "Nobody has assessed who did it." } }
            ul {
                @for d in &told.assessments {
                    li { b { bdi { (parts::clean(&d.author, 60)) } } ", " (parts::moment(&d.made)) ": " (parts::words(&d.act.said())) }
                }
            }
        }
    }
}

/// Everybody who takes part or speaks: what fields for actors offer.
pub(crate) fn actors(told: &IncidentPage) -> Vec<String> {
    let named = told.row.perpetrators.iter().chain(&told.row.targets);
    let all: BTreeSet<&String> = named.chain(told.claims.iter().map(|c| &c.speaker)).collect();
    all.into_iter().cloned().collect()
}

fn decide(call: &Call<'_>, told: &IncidentPage) -> Markup {
    let row = &told.row;
    let back = format!("/incidents/{}", row.id);
    let form = |act: &'static str, button: &'static str, fields: Markup| {
        let reason = if act == "confirm" { "read against the reports" } else { "" };
        forms::decide(
            call,
            &Decide { act, id: &row.id, seen: told.last, back: &back, key: "", reason, button },
            &fields,
        )
    };
    let actors = actors(told);
    html! {
        @if forms::judges(call) {
            section.acts aria-labelledby="decide" {
                h2 #decide { "Decide" }
                p.meta { "A decision is signed " b { bdi { (call.name()) } } ", dated, and stands beside what the machine has. The last that you see here is number " (told.last) "." }
                div.forms {
                    @if row.state != State::Confirmed { fieldset { legend { "It is right as it stands" } (form("confirm", "Confirm", html! {})) } }
                    @if row.state != State::Rejected { fieldset { legend { "It is no incident" } (form("reject", "Reject", html! {})) } }
                    fieldset { legend { "Who did it, in your judgement" } (form("assess", "Assess", forms::assessment(&actors))) }
                    @if forms::changes(call) {
                        fieldset {
                            legend { "A field should read otherwise" }
                            (form("edit", "Change", html! {
                                label for="edit-field" { "Field" }
                                select #edit-field name="field" required { option value="" { "choose" } @for f in INCIDENT_FIELDS { option value=(f) { (f) } } }
                                label for="edit-value" { "What it should say" }
                                input #edit-value name="value" maxlength="1000";
                                p.meta { "Days: 2024-03-18 or 2024-03-18..2024-03-19. Counts: 7 or 7..9. Places and actors parted by “;”. Nothing: unknown." }
                            }))
                        }
                        fieldset {
                            legend { "It is the same occurrence as another" }
                            (form("merge", "Merge", html! {
                                label for="merge-other" { "Id of the other" }
                                input #merge-other name="other_id" required maxlength="40" pattern="i[0-9a-f]+" placeholder="i…";
                            }))
                        }
                        @if told.reports.len() > 1 {
                            fieldset {
                                legend { "Some reports tell of another occurrence" }
                                (form("split", "Split", html! {
                                    @for r in &told.reports {
                                        label.check { input type="checkbox" name="out" value=(r.id); " " bdi { (parts::clean(&r.source, 80)) } " " (r.published) }
                                    }
                                }))
                            }
                        }
                    }
                    (forms::undo(call, &told.decisions, &form))
                }
            }
        } @else { p.meta { "Your role reads; analysts and editors decide." } }
    }
}
