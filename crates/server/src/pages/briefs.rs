//! `/briefs`: what a filter finds, told for printing or as Markdown: every sentence with a numbered citation that opens its
//! words.

use crate::call::{Call, file, page};
use crate::error::{DeskError, Result};
use crate::filters::{address, filter};
use crate::html::layout::{self, Place};
use crate::html::parts;
use crate::pages::explorer::fields;
use axum::response::Response;
use counterclaim_reader::brief::markdown;
use counterclaim_register::Filter;
use counterclaim_text::{Brief, Claim, Span};
use maud::{Markup, html};

/// Incidents of a brief on a page.
const MOST: usize = 40;
/// Incidents of a brief as Markdown.
const MOST_MARKDOWN: usize = 500;

/// The page.
pub(crate) fn show(call: &Call<'_>) -> Result<Response> {
    let filter = filter(&call.query)?;
    match call.asked("format") {
        "" | "html" => {}
        "md" => {
            let brief = call.desk.read(|r| r.brief(&filter, MOST_MARKDOWN))?;
            return Ok(file(markdown(&brief), "text/markdown; charset=utf-8", "brief.md"));
        }
        _ => return Err(DeskError::Bad("format is html or md".into())),
    }
    let total = call.desk.facets(&filter)?.total;
    let list = call.page(MOST, MOST)?;
    let first = list.after.is_none();
    let (brief, next) = call.desk.read(|r| r.brief_page(&filter, &list))?;
    let mut cites = Cites { brief: &brief, all: Vec::new() };
    let told = tell(&brief, &mut cites);
    let body = html! {
        h1 { "Brief" }
        div.noprint { (fields(call, &filter)?) p.exports { a href=(address("/briefs", &filter, &[("format", "md")])) { "As Markdown" } " (the newest " (MOST_MARKDOWN) " at most) · Print it with the browser." } }
        p.lead {
            (brief.incidents.len()) " of " (total) " incidents, " @if first { "the newest, " } @else { "older ones, " } "in order of time; as of " (parts::moment(&call.time())) ". "
            "What each side says stands under its name, in alphabetical order."
        }
        (window(&filter))
        (told)
        @if brief.commitments.len() >= list.limit { p { a href=(address("/commitments", &filter, &[])) { "All commitments that fit" } } }
        (parts::pager(next.as_deref(), &|n| address("/briefs", &filter, &[("after", n)][..usize::from(!n.is_empty())]), first))
        section aria-labelledby="sources" { h2 #sources { "Words" } ol.cites { @for c in &cites.all { (c) } } }
    };
    Ok(page(layout::page(Some(call), Place::Briefs, "Brief", &body)))
}

fn window(filter: &Filter) -> Markup {
    let own = crate::filters::pairs(filter);
    html! { @if !own.is_empty() { p.meta { "Filter: " @for (n, (k, v)) in own.iter().enumerate() { @if n > 0 { ", " } (k) " " (parts::words(v)) } } } }
}

/// Citations in the order in which they are made.
struct Cites<'b> {
    brief: &'b Brief,
    all: Vec<Markup>,
}

impl Cites<'_> {
    /// The number of a new citation, as a link to its words.
    fn cite(&mut self, report: &str, span: Span) -> Markup {
        let n = self.all.len() + 1;
        let found = self.brief.readings.iter().map(|r| &r.report).find(|r| r.id == report);
        self.all.push(html! {
            li #{"cite-" (n)} {
                @match found {
                    Some(r) => {
                        q { (parts::words(span.of(&r.text))) } " "
                        @if r.source.is_empty() { "source not given" } @else { bdi { (parts::clean(&r.source, 120)) } }
                        ", " (parts::or_unknown(&r.published.map(|d| d.to_string()).unwrap_or_default())) " "
                    },
                    None => { (parts::unknown()) " " },
                }
                (parts::to_words(report, span.start, span.end, "in the report"))
            }
        });
        html! { sup { a href={"#cite-" (n)} aria-label={"Citation " (n)} { "[" (n) "]" } } }
    }
}

fn tell(brief: &Brief, cites: &mut Cites<'_>) -> Markup {
    let claims = |about: &str| -> Vec<&Claim> { brief.claims.iter().filter(|c| c.about == about).collect() };
    let mut parts_of = Vec::new();
    for i in &brief.incidents {
        let evidence = i.evidence.first().map(|e| cites.cite(&e.report, e.span));
        let (first, last) = i.when.map(|w| (w.start.to_string(), w.end.to_string())).unwrap_or_default();
        let mut accounts = Vec::new();
        let all = claims(&i.id);
        let mut speakers: Vec<&str> = all.iter().map(|c| c.speaker.as_str()).collect();
        speakers.sort_unstable();
        speakers.dedup();
        for speaker in speakers {
            let said: Vec<Markup> = all.iter().filter(|c| c.speaker == speaker).map(|c| sentence(c, cites)).collect();
            accounts.push(html! { dt { bdi { (parts::clean(speaker, 120)) } } dd { @for s in said { p { (s) } } } });
        }
        parts_of.push(html! {
            article {
                h2 { a href={"/incidents/" (i.id)} { (parts::clean(&i.title, 200)) } }
                p {
                    (parts::days(&first, &last)) "; " (parts::or_unknown(&i.places.iter().map(|p| p.name.as_str()).collect::<Vec<_>>().join("; ")))
                    "; who did it: " @if i.perpetrators.is_empty() { (parts::unknown()) } @else { (parts::words(&i.perpetrators.join("; "))) } " (" (i.status.as_str()) ")"
                    "; killed: " (parts::count(i.killed)) "; injured: " (parts::count(i.injured)) "."
                    @if let Some(e) = evidence { (e) }
                }
                @if !i.disputed.is_empty() { p { "Accounts differ on " (i.disputed.iter().map(|a| parts::matter(a.as_str())).collect::<Vec<_>>().join(", ")) "." } }
                @if !accounts.is_empty() { dl.accounts { @for a in accounts { (a) } } }
            }
        });
    }
    let mut promises = Vec::new();
    for c in &brief.commitments {
        let cite = cites.cite(&c.report, c.span);
        promises.push(html! {
            li {
                bdi { (parts::clean(&c.by, 120)) } ": " (parts::words(&c.what))
                @if let Some(d) = c.due { ", by " (d) } "." (cite)
            }
        });
    }
    html! {
        @if parts_of.is_empty() { p { "Nothing fits." } }
        @for p in parts_of { (p) }
        @if !promises.is_empty() { section { h2 { "Commitments" } ul { @for p in promises { (p) } } } }
    }
}

fn sentence(c: &Claim, cites: &mut Cites<'_>) -> Markup {
    let cite = cites.cite(&c.report, c.span);
    html! { (parts::stance(c.stance.as_str())) ", " (parts::matter(c.aspect.as_str())) ": " (parts::or_unknown(&c.value)) @if let Some(by) = c.recorded_by() { " (recorded by " bdi { (parts::clean(by, 60)) } ")" } "." (cite) }
}
