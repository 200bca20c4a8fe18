//! `/explorer`: one query, all of it in the address: facets with counts, a table, and places for map and timeline.

use crate::call::{Call, page};
use crate::error::Result;
use crate::filters::{self, address, filter};
use crate::html::layout::{self, Place};
use crate::html::parts;
use axum::response::Response;
use counterclaim_register::{Facets, Filter};
use maud::{Markup, html};

/// The explorer.
pub(crate) fn show(call: &Call<'_>) -> Result<Response> {
    let filter = filter(&call.query)?;
    let list = call.desk.read(|r| r.incidents(&filter, &call.page(50, 200).unwrap_or_default()))?;
    call.page(50, 200)?;
    let facets = call.desk.facets(&filter)?;
    // With scripts, links and fields in here change only the parts that are named; the map stays and is told.
    let body = html! {
        h1 { "Explorer" }
        div hx-boost="true" hx-target="#lead" hx-select="#lead" hx-swap="outerHTML" hx-select-oob="#filter,#chosen,#counts,#exports,#table" {
            (fields(call, &filter)?)
            p.lead #lead tabindex="-1" data-announce data-land {
                b { (facets.total) } " incident" @if facets.total != 1 { "s" }
                " · " a href=(address("/explorer", &Filter { unplaced: true, ..filter.clone() }, &[])) { (facets.unplaced) " without a location" }
                " · " (facets.undated) " without a day"
                " · " a href=(address("/explorer", &Filter { disputed: true, ..filter.clone() }, &[])) { (facets.disputed) " on which accounts differ" }
            }
            div #chosen { (chosen(&filter)) }
            div.explorer {
                (aside(&filter, &facets))
                div.found {
                    div.islands hx-boost="false" {
                        div data-island="map" data-source=(address("/api/v1/marks", &filter, &[])) {
                            p.fallback { "Without scripts there is no map; the table below holds every incident, with its place and how exact that is." }
                        }
                        div data-island="chart" data-source=(address("/api/v1/days", &filter, &[])) {
                            p.fallback { "Without scripts there is no chart; the table below has the days." }
                        }
                        div data-island="timeline" data-source=(address("/api/v1/timeline", &filter, &[])) {
                            p.fallback { "Without scripts there is no timeline; the table below stands in the order of time." }
                        }
                    }
                    p.exports #exports hx-boost="false" {
                        "What is filtered, for other programs: "
                        @for (format, name) in [("acled", "CSV shaped like ACLED's"), ("geojson", "GeoJSON"), ("json", "JSON")] {
                            a href=(address("/export", &filter, &[("format", format)])) { (name) } " · "
                        }
                        a href=(address("/briefs", &filter, &[])) { "Brief" }
                    }
                    div #table {
                        @if list.rows.is_empty() { p { "Nothing fits." } }
                        @else { div hx-boost="false" { (parts::incidents(&list.rows, "Incidents that fit, newest first")) } }
                        (parts::pager(list.next.as_deref(), &|n| address("/explorer", &filter, &[("after", n)][..usize::from(!n.is_empty())]), call.asked("after").is_empty()))
                    }
                }
            }
        }
    };
    Ok(page(layout::page_with_islands(call, Place::Explorer, "Explorer", &body)))
}

/// The fields of the filter; shared with briefs.
pub(crate) fn fields(call: &Call<'_>, filter: &Filter) -> Result<Markup> {
    let names = call.desk.busiest()?;
    let (a, b) = match &filter.between {
        Some((a, b)) => (a.as_str(), b.as_str()),
        None => (filter.actor.as_str(), ""),
    };
    let day = |d: Option<jiff::civil::Date>| d.map(|d| d.to_string()).unwrap_or_default();
    let lexicon = call.desk.lexicon();
    Ok(html! {
        form.filter #filter method="get" action=(call.url.split('?').next().unwrap_or("/explorer")) aria-label="Filter" {
            div { label for="from" { "From" } input #from type="date" name="from" value=(day(filter.from)); }
            div { label for="to" { "To" } input #to type="date" name="to" value=(day(filter.to)); }
            div { label for="a" { "Between" } input #a name="between" list="actors" maxlength="200" value=(parts::clean(a, 200)); }
            div { label for="b" { "and" } input #b name="between" list="actors" maxlength="200" value=(parts::clean(b, 200)); }
            datalist #actors { @for a in names.iter().take(100) { option value=(parts::clean(&a.name, 120)) {} } }
            div { label for="place" { "Place" } input #place name="place" maxlength="200" value=(parts::clean(&filter.place, 200)); }
            div {
                label for="kind" { "Kind" }
                select #kind name="kind" {
                    option value="" { "any" }
                    @for k in lexicon.kinds.iter() { option value=(k.name) selected[k.name == filter.kind] { (k.title) } }
                }
            }
            div {
                label for="status" { "Status" }
                select #status name="status" {
                    option value="" { "any" }
                    @for s in ["admitted", "claimed", "attributed", "disputed", "unknown"] { option value=(s) selected[s == filter.status] { (s) } }
                }
            }
            div {
                label for="state" { "State" }
                select #state name="state" {
                    option value="" { "any but rejected" }
                    @for s in ["draft", "confirmed", "rejected"] { option value=(s) selected[s == filter.state] { (s) } }
                }
            }
            div { label for="q" { "Words" } input #q name="q" type="search" maxlength="200" value=(parts::clean(&filter.text, 200)); }
            @if filter.disputed { input type="hidden" name="disputed" value="1"; }
            @if filter.unplaced { input type="hidden" name="unplaced" value="1"; }
            @if !filter.source.is_empty() { input type="hidden" name="source" value=(parts::clean(&filter.source, 300)); }
            div { button { "Show" } }
        }
    })
}

/// What filters, each with a link that takes it away.
fn chosen(filter: &Filter) -> Markup {
    let own = filters::pairs(filter);
    html! {
        @if !own.is_empty() {
            ul.chosen aria-label="What filters" {
                @for (n, (name, value)) in own.iter().enumerate() {
                    @let rest = own.iter().enumerate().filter(|(k, _)| *k != n).map(|(_, (k, v))| (*k, v.as_str()));
                    li {
                        (label(name)) @if !matches!(*name, "disputed" | "unplaced" | "rejected") { ": " (parts::words(value)) } " "
                        a href={"/explorer?" (crate::urls::query(rest))} aria-label={"Take away: " (label(name))} { "×" }
                    }
                }
                li { a href="/explorer" { "Take all away" } }
            }
        }
    }
}

fn label(name: &str) -> &str {
    match name {
        "q" => "words",
        "disputed" => "accounts differ",
        "unplaced" => "without a location",
        "rejected" => "also rejected",
        "between" => "takes part",
        other => other,
    }
}

fn aside(filter: &Filter, facets: &Facets) -> Markup {
    let list = |title: &str, all: &[(String, usize)], with: &dyn Fn(&str) -> Filter, word: &dyn Fn(&str) -> String| {
        html! {
            section {
                h2 { (title) }
                ul.facets {
                    @for (value, n) in all.iter().take(12) {
                        li {
                            @if value.is_empty() { span { "unknown" } }
                            @else { a #{"by-" (title.to_lowercase()) "-" (crate::urls::segment(value))} href=(address("/explorer", &with(value), &[])) { (word(value)) } }
                            " " span.n { (n) }
                        }
                    }
                    @if all.len() > 12 { li.meta { (all.len() - 12) " more" } }
                }
            }
        }
    };
    let plain = |v: &str| v.to_owned();
    let country = |v: &str| {
        counterclaim_lexicon::Lexicon::embedded().places.country(v).map_or(v.to_owned(), |c| c.name.to_string())
    };
    html! {
        aside #counts aria-label="Counts" {
            (list("Kind", &facets.kinds, &|v| Filter { kind: v.into(), ..filter.clone() }, &|v| parts::kind(v)))
            (list("Status", &facets.statuses, &|v| Filter { status: v.into(), ..filter.clone() }, &plain))
            (list("State", &facets.states, &|v| Filter { state: v.into(), ..filter.clone() }, &plain))
            (list("Country", &facets.countries, &|v| Filter { place: v.into(), ..filter.clone() }, &country))
        }
    }
}
