//! The frame around every page: head, navigation, main part.

use crate::assets;
use crate::call::Call;
use crate::html::parts;
use crate::roles::Role;
use maud::{DOCTYPE, Markup, html};

/// Where a page stands in the navigation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// `/`
    Desk,
    /// `/inbox`
    Inbox,
    /// `/explorer`
    Explorer,
    /// `/reports`
    Reports,
    /// `/actors`
    Actors,
    /// `/sources`
    Sources,
    /// `/commitments`
    Commitments,
    /// `/briefs`
    Briefs,
    /// `/search`
    Search,
    /// `/audit`
    Audit,
    /// `/people`
    People,
    /// No place in the navigation.
    Other,
}

const PLACES: &[(Place, &str, &str)] = &[
    (Place::Desk, "/", "Desk"),
    (Place::Inbox, "/inbox", "Inbox"),
    (Place::Explorer, "/explorer", "Explorer"),
    (Place::Reports, "/reports", "Reports"),
    (Place::Actors, "/actors", "Actors"),
    (Place::Sources, "/sources", "Sources"),
    (Place::Commitments, "/commitments", "Commitments"),
    (Place::Briefs, "/briefs", "Briefs"),
    (Place::Audit, "/audit", "Audit"),
];

/// A page of this title. Without a call, as for somebody who is not signed in.
pub(crate) fn page(call: Option<&Call<'_>>, place: Place, title: &str, body: &Markup) -> Markup {
    framed(call, place, title, body, false)
}

/// A page that holds islands (map, timeline) or parts that change by themselves.
pub(crate) fn page_with_islands(call: &Call<'_>, place: Place, title: &str, body: &Markup) -> Markup {
    framed(Some(call), place, title, body, true)
}

fn framed(call: Option<&Call<'_>>, place: Place, title: &str, body: &Markup, islands: bool) -> Markup {
    let who = call.and_then(|c| c.who.as_ref());
    let demo = call.is_some_and(|c| c.desk.settings.demo);
    let version = &*assets::VERSION;
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) " · Counterclaim" }
                link rel="icon" href="data:,";
                link rel="stylesheet" href={"/assets/desk.css?v=" (version)};
                @if who.is_some() {
                    link rel="alternate" type="application/atom+xml" title="New contradictions" href="/contradictions.atom";
                }
                script src={"/assets/keys.js?v=" (version)} defer {}
                @if islands && assets::islands() {
                    @if assets::islands_style() {
                        link rel="stylesheet" href={"/assets/islands.css?v=" (version)};
                    }
                    script type="module" src={"/assets/islands.js?v=" (version)} {}
                    // The map's modules come together, not one after another.
                    @if place == Place::Explorer {
                        @for module in assets::modules_of_map() { link rel="modulepreload" href=(module); }
                    }
                }
            }
            body {
                a.skip href="#main" { "Skip to the content" }
                header.top {
                    p.brand { a href="/" { "Counterclaim" } }
                    @if let Some(who) = who {
                        nav aria-label="Desk" {
                            ul {
                                @for (p, path, name) in PLACES {
                                    li { a href=(path) aria-current=[(*p == place).then_some("page")] { (name) } }
                                }
                                @if who.role >= Role::Admin {
                                    li { a href="/people" aria-current=[(place == Place::People).then_some("page")] { "People" } }
                                }
                            }
                        }
                        form.find role="search" action="/search" method="get" {
                            label.hidden for="find" { "Search" }
                            input #find name="q" type="search" placeholder="Search" value=[call.filter(|_| place == Place::Search).map(|c| parts::clean(c.asked("q"), 200))];
                            button { "Find" }
                        }
                        div.me {
                            a href="/me" { bdi { (who.name) } " (" (who.role.as_str()) ")" }
                            form action="/sign-out" method="post" {
                                input type="hidden" name="csrf" value=(call.map_or("", |c| c.csrf.as_str()));
                                button.plain { "Sign out" }
                            }
                        }
                    }
                }
                @if demo {
                    aside.demo aria-label="Demo" { "Demo: the reports are synthetic, the events invented. Nothing of this outlives the program." }
                }
                main #main tabindex="-1" { (body) }
                footer {
                    p {
                        "Accounts stand side by side; nothing here decides which is true. "
                        @if who.is_some() { a href="/api/v1/openapi.json" { "API" } }
                    }
                }
            }
        }
    }
}
