//! `/inbox`: what the machine drafted, story by story: the reports with their origins, the text with its spans, the draft
//! beside it, and the forms that accept, merge, reject and undo.

use crate::call::{Call, page};
use crate::error::{DeskError, Result};
use crate::html::forms::{self, Decide};
use crate::html::highlight::Marked;
use crate::html::layout::{self, Place};
use crate::html::parts;
use crate::pages::{former, incident};
use crate::urls::{self, is_id};
use axum::response::Response;
use counterclaim_register::{Filter, IncidentPage, IncidentRow, List, Page, ReportLine};
use counterclaim_text::{Pointer, TollKind};
use jiff::ToSpan;
use maud::{Markup, html};
use std::collections::BTreeMap;

/// Stories in the list.
const STORIES: usize = 20;

/// The inbox.
pub(crate) fn show(call: &Call<'_>) -> Result<Response> {
    let list = call.page(STORIES, 100)?;
    let filter = Filter { state: "draft".into(), ..Filter::default() };
    let stories = call.desk.read(|r| r.incidents(&filter, &list))?;
    let asked = call.asked("story");
    if !asked.is_empty() && !is_id('i', asked) {
        return Err(DeskError::NotFound);
    }
    // A story that was accepted or rejected meanwhile makes room for the next.
    let chosen = if asked.is_empty() || !call.asked("kept").is_empty() && !stories.rows.iter().any(|s| s.id == asked) {
        stories.rows.first().map(|s| s.id.clone())
    } else {
        Some(asked.to_owned())
    };
    let story = match &chosen {
        Some(id) => match call.desk.read(|r| r.incident(id)) {
            Err(DeskError::NotFound) => return former::show(call, id),
            story => Some(story?),
        },
        None => None,
    };
    let waiting = call.desk.facets(&filter)?.total;
    let body = html! {
        h1 { "Inbox" }
        // With scripts, links and forms in here change only the parts that are named.
        div hx-target="#told" hx-select="#told" hx-swap="outerHTML" hx-select-oob="#stories,#text,#acts" {
            div #told data-announce {
                (forms::told(call))
                p.lead { b { (waiting) } " stor" @if waiting == 1 { "y" } @else { "ies" } " that no person has confirmed or rejected, newest first." }
            }
            (help())
            div.inbox {
                (column(call, &stories, chosen.as_deref()))
                @match &story {
                    None => { section #text { p { "Nothing waits." } } section #acts {} },
                    Some(story) => { (middle(call, story)?) (draft(call, story)?) },
                }
            }
        }
    };
    Ok(page(layout::page_with_islands(call, Place::Inbox, "Inbox", &body)))
}

fn help() -> Markup {
    html! {
        details #keys {
            summary { "Keys" }
            dl.keys {
                dt { kbd { "j" } " " kbd { "k" } } dd { "next story, story before" }
                dt { kbd { "a" } } dd { "accept the draft" }
                dt { kbd { "m" } } dd { "merge with another incident" }
                dt { kbd { "x" } } dd { "reject: give the reason, then Enter" }
                dt { kbd { "u" } } dd { "undo your last decision" }
                dt { kbd { "?" } } dd { "show or hide this" }
            }
        }
    }
}

/// The address of a story in the list.
fn address(call: &Call<'_>, story: &str, report: &str) -> String {
    let pairs = [("story", story), ("report", report), ("after", call.asked("after"))];
    match urls::query(pairs.into_iter().filter(|(_, v)| !v.is_empty())) {
        query if query.is_empty() => "/inbox".to_owned(),
        query => format!("/inbox?{query}"),
    }
}

fn column(call: &Call<'_>, stories: &List<IncidentRow>, chosen: Option<&str>) -> Markup {
    let at = chosen.and_then(|id| stories.rows.iter().position(|s| s.id == id));
    let before = at.and_then(|k| k.checked_sub(1)).and_then(|k| stories.rows.get(k));
    let after = at.and_then(|k| stories.rows.get(k + 1));
    html! {
        nav.stories #stories aria-label="Stories" hx-boost="true" {
            ol {
                @for s in &stories.rows {
                    li {
                        a #{"story-" (s.id)} href=(address(call, &s.id, "")) aria-current=[(Some(s.id.as_str()) == chosen).then_some("true")]
                          data-go=[after.filter(|a| a.id == s.id).map(|_| "next").or(before.filter(|b| b.id == s.id).map(|_| "before"))] {
                            span.title { (parts::clean(&s.title, 160)) }
                            span.meta { (parts::told(s.reports, s.origins)) @if !s.disputed.is_empty() { " · accounts differ" } }
                        }
                    }
                }
            }
            (parts::pager(stories.next.as_deref(), &|n| if n.is_empty() { "/inbox".into() } else { format!("/inbox?after={n}") }, call.asked("after").is_empty()))
        }
    }
}

/// Reports of the story, those of one origin together; and the text of the one that is chosen.
fn middle(call: &Call<'_>, story: &IncidentPage) -> Result<Markup> {
    let asked = call.asked("report");
    let chosen = story.reports.iter().find(|r| r.id == asked).or(story.reports.first());
    let mut origins: BTreeMap<&str, Vec<&ReportLine>> = BTreeMap::new();
    for r in &story.reports {
        origins.entry(if r.origin.is_empty() { &r.id } else { &r.origin }).or_default().push(r);
    }
    let text = match chosen {
        Some(r) => {
            let told = call.desk.read(|register| register.report(&r.id))?;
            let spans = spans(story, &r.id);
            html! {
                h3 dir="auto" { (parts::or_unknown(&told.report.title)) }
                p.meta { (parts::source(&r.source)) ", " (parts::or_unknown(&r.published)) " · " a href={"/reports/" (r.id)} { "the whole report" } }
                (forms::selectable(call, &r.id, &told.report.text, &spans))
            }
        }
        None => html! { p { "No report tells of it any more." } },
    };
    Ok(html! {
        section.text #text aria-labelledby="reports" {
            h2 #reports { (parts::told(story.row.reports, story.row.origins)) }
            ul.origins hx-boost="true" {
                @for group in origins.values() {
                    li {
                        @for (n, r) in group.iter().enumerate() {
                            @if n > 0 { span.meta { " · near-copy: " } }
                            a #{"read-" (r.id)} href=(address(call, &story.row.id, &r.id)) aria-current=[chosen.filter(|c| c.id == r.id).map(|_| "true")] {
                                @if r.source.is_empty() { "source not given" } @else { bdi { (parts::clean(&r.source, 80)) } }
                                " " (r.published)
                            }
                        }
                    }
                }
            }
            (text)
        }
    })
}

/// The words of one report that an incident rests on.
pub(crate) fn spans(story: &IncidentPage, report: &str) -> Vec<Marked> {
    let mut out: Vec<Marked> = Vec::new();
    let here = |r: &str| r == report;
    for e in story.incident.evidence.iter().filter(|e| here(&e.report)) {
        out.push(Marked { start: e.span.start, end: e.span.end, why: "event" });
    }
    for p in story.incident.pointers.iter().filter(|p| here(&p.report)) {
        out.push(Marked { start: p.span.start, end: p.span.end, why: "event" });
    }
    for (r, t) in &story.incident.tolls {
        if here(r) {
            out.push(Marked { start: t.span.start, end: t.span.end, why: "toll" });
        }
    }
    for c in story.claims.iter().filter(|c| here(&c.report)) {
        out.push(Marked { start: c.start, end: c.end, why: "claim" });
    }
    out.sort();
    out.dedup();
    out
}

/// Where in this inbox the words stand: in the text shown, or in that of another report of the story.
fn words(call: &Call<'_>, story: &str, report: &str, start: u32, end: u32) -> Markup {
    html! { a.cite href={(address(call, story, report)) "#s" (start) "-" (end)} { "words" } }
}

fn draft(call: &Call<'_>, story: &IncidentPage) -> Result<Markup> {
    let row = &story.row;
    let i = &story.incident;
    let shown = call.asked("report");
    let shown = story.reports.iter().find(|r| r.id == shown).or(story.reports.first()).map_or("", |r| r.id.as_str());
    // The words in the report that is shown come first.
    let evidence = i.evidence.iter().find(|e| e.report == shown).or(i.evidence.first());
    let event = evidence.map(|e| words(call, &row.id, &e.report, e.span.start, e.span.end));
    // Without words of their own, day and place lead to the event.
    let said = |fits: &dyn Fn(&&Pointer) -> bool| {
        let found = i.pointers.iter().filter(fits).find(|p| p.report == shown).or(i.pointers.iter().find(fits));
        found.map(|p| words(call, &row.id, &p.report, p.span.start, p.span.end)).or(event.clone())
    };
    let toll = |what: TollKind| {
        let fits = |t: &&(String, counterclaim_text::Toll)| t.1.what == what;
        let found = i.tolls.iter().filter(fits).find(|(r, _)| r == shown).or(i.tolls.iter().find(fits));
        found.map(|(r, t)| words(call, &row.id, r, t.span.start, t.span.end))
    };
    let by = |field: &str| story.changed.iter().find(|c| c.field == field);
    let field = |label: &str, name: &str, value: Markup, words: Option<Markup>| {
        html! {
            dt { (label) }
            dd {
                (value) " "
                span.meta {
                    @match by(name) {
                        Some(c) => { "changed by " bdi { (parts::clean(&c.by, 60)) } },
                        None => { (parts::state(row.state)) },
                    }
                    @if let Some(w) = words { " · " (w) }
                }
            }
        }
    };
    // Each place with its words; one that a person wrote has none.
    let places = html! {
        @if i.places.is_empty() { (parts::unknown()) }
        @for (n, p) in i.places.iter().enumerate() {
            @if n > 0 { "; " }
            bdi { (parts::clean(&p.name, 80)) }
            @if by("where").is_none() && let Some(w) = said(&|q| q.place.as_deref() == Some(&p.name)) { " " (w) }
        }
    };
    Ok(html! {
        section.draft #acts aria-labelledby="draft" {
            h2 #draft tabindex="-1" data-land { "Draft " (parts::state(row.state)) }
            p { a data-announce href={"/incidents/" (row.id)} { (parts::clean(&row.title, 200)) } " " span.meta { (row.id) } }
            dl.fields {
                (field("What", "kind", html! { (parts::kind(&row.kind)) }, event.clone()))
                (field("When", "when", parts::days(&row.first, &row.last), said(&|p| p.when.is_some())))
                (field("Where", "where", places, None))
                (field("Who did it", "perpetrators", html! { (parts::actors(&row.perpetrators)) " (" (parts::status(&row.status)) ")" }, event.clone()))
                (field("Target", "targets", parts::actors(&row.targets), event))
                (field("Killed", "killed", parts::count(row.killed), toll(TollKind::Killed)))
                (field("Injured", "injured", parts::count(row.injured), toll(TollKind::Injured)))
            }
            h3 { "Claims" }
            @if story.claims.is_empty() { p { "Nobody is quoted." } }
            ul.claims {
                @for c in &story.claims {
                    li {
                        b { bdi { (parts::clean(&c.speaker, 80)) } } " " (parts::stance(&c.stance)) ", " (parts::matter(&c.aspect)) ": " (parts::or_unknown(&c.value)) " "
                        span.meta { (words(call, &row.id, &c.report, c.start, c.end)) " · " (parts::claim_state(c)) " · " a href={"/claims/" (c.id)} { "more" } }
                    }
                }
            }
            @if forms::judges(call) && !shown.is_empty() { (record(call, story, shown)) }
            (acts(call, story)?)
        }
    })
}

/// The form for a claim about this story that the machine missed in the report that is shown.
fn record(call: &Call<'_>, story: &IncidentPage, report: &str) -> Markup {
    let (id, back) = (&story.row.id, address(call, &story.row.id, report));
    let form = Decide { act: "claim", id, seen: story.last, back: &back, key: "", reason: "", button: "Record" };
    html! {
        details {
            summary { "Record a claim that the machine missed" }
            (forms::decide(call, &form, &forms::claim(report, &incident::actors(story))))
        }
    }
}

fn acts(call: &Call<'_>, story: &IncidentPage) -> Result<Markup> {
    let row = &story.row;
    // After accepting or rejecting, the next story is shown: this one is no draft any more.
    let back = address(call, "", "");
    let here = address(call, &row.id, "");
    let near = near(call, row)?;
    let mine = call.desk.read(|r| r.last_of(call.name()))?;
    let form = |act: &'static str,
                key: &'static str,
                reason: &'static str,
                button: &'static str,
                back: &str,
                fields: Markup| {
        forms::decide(call, &Decide { act, id: &row.id, seen: story.last, back, key, reason, button }, &fields)
    };
    if !forms::judges(call) {
        return Ok(html! { p.meta { "Your role reads; analysts and editors decide." } });
    }
    Ok(html! {
        h3 { "Decide" }
        div hx-boost="true" {
            (form("confirm", "a", "read against the reports", "Accept", &back, html! {}))
            (form("reject", "x", "", "Reject", &back, html! {}))
            @if forms::changes(call) {
                (form("merge", "m", "", "Merge", &here, html! {
                    label for="merge-with" { "Is the same as" }
                    select #merge-with name="other" {
                        option value="" { "choose, or write an id" }
                        @for n in &near { option value=(n.id) { (n.first) " " (parts::clean(&n.title, 100)) } }
                    }
                    label for="merge-id" { "or the id" }
                    input #merge-id name="other_id" maxlength="40" pattern="i[0-9a-f]+" placeholder="i…";
                }))
            }
            @if let Some(d) = mine {
                form.decide method="post" action="/decide" data-key="u" {
                    input type="hidden" name="csrf" value=(call.csrf);
                    input type="hidden" name="act" value="undo";
                    input type="hidden" name="seq" value=(d.seq);
                    input type="hidden" name="back" value=(back);
                    p.meta hx-boost="false" { "Your last decision: " (parts::words(&d.act.said())) " (" (parts::object(&d.object)) ")" }
                    label for="why-undo" { "Reason" }
                    input #why-undo name="reason" required maxlength="4000" value="a slip";
                    button { "Undo" }
                }
            }
        }
    })
}

/// Incidents of about that day: what this one may be the same as.
fn near(call: &Call<'_>, row: &IncidentRow) -> Result<Vec<IncidentRow>> {
    let Ok(day) = row.first.parse::<jiff::civil::Date>() else { return Ok(Vec::new()) };
    let filter = Filter {
        from: Some(day.saturating_sub(3.days())),
        to: Some(day.saturating_add(3.days())),
        ..Filter::default()
    };
    let found = call.desk.read(|r| r.incidents(&filter, &Page { limit: 60, after: None }))?.rows;
    let place = |other: &IncidentRow| other.places.iter().any(|p| row.places.contains(p));
    let mut near: Vec<IncidentRow> = found.into_iter().filter(|o| o.id != row.id).collect();
    near.sort_by_key(|o| (!place(o), o.kind != row.kind, o.first != row.first, o.id.clone()));
    near.truncate(15);
    Ok(near)
}
