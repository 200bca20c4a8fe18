//! Words and small tables that many pages share. "Unknown" is always written out.

use crate::call::Call;
use crate::urls::{is_id, segment};
use counterclaim_lexicon::Lexicon;
use counterclaim_register::{Act, ClaimRow, Decision, IncidentRow, State};
use maud::{Markup, html};

/// A text as it may be shown: marks that turn text round or cannot be seen become visible.
pub(crate) fn clean(text: &str, longest: usize) -> String {
    let mut out = String::new();
    for (n, c) in text.chars().enumerate() {
        if n == longest {
            out.push('…');
            break;
        }
        out.push(if is_odd(c) { '\u{FFFD}' } else { c });
    }
    out
}

/// Controls, and marks that change the direction of what follows.
pub(crate) fn is_odd(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || ('\u{202A}'..='\u{202E}').contains(&c)
        || ('\u{2066}'..='\u{2069}').contains(&c)
        || ('\u{200E}'..='\u{200F}').contains(&c)
}

/// Words of a report, a source or a person: set apart, in their own direction.
pub(crate) fn words(text: &str) -> Markup {
    html! { bdi dir="auto" { (clean(text, 600)) } }
}

/// The same, or "unknown".
pub(crate) fn or_unknown(text: &str) -> Markup {
    if text.trim().is_empty() { unknown() } else { words(text) }
}

/// "unknown", to be seen.
pub(crate) fn unknown() -> Markup {
    html! { span.unknown { "unknown" } }
}

/// One day, or the first and the last.
pub(crate) fn days(first: &str, last: &str) -> Markup {
    match (first, last) {
        ("", _) => unknown(),
        (a, b) if a == b || b.is_empty() => html! { time datetime=(a) { (a) } },
        (a, b) => html! { time datetime=(a) { (a) } " to " time datetime=(b) { (b) } },
    }
}

/// "7", "7 to 9", "unknown".
pub(crate) fn count(range: Option<(u64, u64)>) -> Markup {
    match range {
        None => unknown(),
        Some((a, b)) if a == b => html! { (a) },
        Some((a, b)) => html! { (a) " to " (b) },
    }
}

/// A count of an incident, leading to who gives it.
pub(crate) fn sourced(incident: &str, row: &str, range: Option<(u64, u64)>) -> Markup {
    match range {
        None => unknown(),
        some => html! { a href={"/incidents/" (incident) "#" (row)} { (count(some)) } },
    }
}

/// "1 report", "2 reports".
pub(crate) fn counted(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

/// "7 articles, 2 origins".
pub(crate) fn told(reports: usize, origins: usize) -> String {
    format!("{}, {}", counted(reports, "article"), counted(origins, "origin"))
}

/// Where something stands with people.
pub(crate) fn state(state: State) -> Markup {
    match state {
        State::Draft => {
            html! { span.state.machine title="The machine's proposal; no person has confirmed it" { "machine" } }
        }
        State::Confirmed => html! { span.state.confirmed { "confirmed" } },
        State::Rejected => html! { span.state.rejected { "rejected" } },
    }
}

/// Where a claim comes from and stands: the machine's, or a person's by name.
pub(crate) fn claim_state(c: &ClaimRow) -> Markup {
    html! {
        @if c.recorded_by.is_empty() { (state(c.state)) }
        @else {
            span.state.confirmed title="The machine did not find it" { "recorded by " bdi { (clean(&c.recorded_by, 60)) } }
            @if c.state == State::Rejected { " " (state(c.state)) }
        }
    }
}

/// How well known it is who did it.
pub(crate) fn status(word: &str) -> Markup {
    let meaning = match word {
        "admitted" => "the perpetrator says so",
        "claimed" => "an armed group claims it",
        "attributed" => "others say who, the accused is silent",
        "disputed" => "the accused denies it, or two doers are named",
        _ => "nobody is named",
    };
    html! { span.status title=(meaning) { (word) } }
}

/// The words for a kind.
pub(crate) fn kind(name: &str) -> String {
    Lexicon::embedded().kinds.get(name).map_or_else(|| clean(name, 60), |k| k.title.clone())
}

/// An actor, leading to its page.
pub(crate) fn actor(name: &str) -> Markup {
    html! { a href={"/actors/" (segment(name))} { bdi { (clean(name, 120)) } } }
}

/// Actors, or "unknown".
pub(crate) fn actors(names: &[String]) -> Markup {
    html! {
        @if names.is_empty() { (unknown()) }
        @for (n, name) in names.iter().enumerate() { @if n > 0 { "; " } (actor(name)) }
    }
}

/// A source, leading to its page.
pub(crate) fn source(name: &str) -> Markup {
    html! {
        @if name.is_empty() { span.unknown { "source not given" } }
        @else { a href={"/sources/" (segment(name))} { bdi { (clean(name, 120)) } } }
    }
}

/// The address of words in a report.
pub(crate) fn at(report: &str, start: u32, end: u32) -> String {
    format!("/reports/{report}?at={start}-{end}#s{start}-{end}")
}

/// A link to words in a report.
pub(crate) fn to_words(report: &str, start: u32, end: u32, label: &str) -> Markup {
    html! { a.cite href=(at(report, start, end)) { (label) } }
}

/// A stance in words that fit before what is said.
pub(crate) fn stance(word: &str) -> &str {
    match word {
        "claims-responsibility" => "claims responsibility",
        "cannot-confirm" => "cannot confirm",
        other => other,
    }
}

/// What part of an incident a claim is about, in plain words.
pub(crate) fn matter(aspect: &str) -> &str {
    match aspect {
        "occurrence" => "what happened",
        "perpetrator" | "responsibility" => "who did it",
        "target" => "who was hit",
        "place" => "where",
        "time" => "when",
        "legality" => "whether lawful",
        "standing" => "a standing question",
        other => other,
    }
}

/// On what accounts differ, in plain words.
pub(crate) fn matters(aspects: &[String]) -> String {
    aspects.iter().map(|a| matter(a)).collect::<Vec<_>>().join(", ")
}

/// A point in time to the minute, as people write it.
pub(crate) fn moment(stamp: &str) -> Markup {
    let stamp = clean(stamp, 40);
    let plain = stamp.ends_with('Z').then(|| stamp.get(..16).map(|s| s.replace('T', " "))).flatten();
    html! { time datetime=(stamp) { @match plain { Some(plain) => { (plain) " UTC" }, None => { (stamp) } } } }
}

/// The table of incidents that lists share.
pub(crate) fn incidents(rows: &[IncidentRow], caption: &str) -> Markup {
    html! {
        div.scroll tabindex="0" role="region" aria-label=(caption) {
            table.list {
                caption.hidden { (caption) }
                thead { tr {
                    th scope="col" { "When" } th scope="col" { "What" } th scope="col" { "Where" } th scope="col" { "Killed" }
                    th scope="col" { "Injured" } th scope="col" title="How well known it is who did it" { "Status" } th scope="col" { "Disputed" } th scope="col" { "Told by" }
                    th scope="col" { "State" }
                } }
                tbody {
                    @for r in rows {
                        tr {
                            td.nowrap data-label="When" { (days(&r.first, &r.last)) }
                            th scope="row" { a href={"/incidents/" (r.id)} { (clean(&r.title, 200)) } }
                            td data-label="Where" { (or_unknown(&r.places.join("; "))) }
                            td.nowrap data-label="Killed" { (sourced(&r.id, "killed", r.killed)) }
                            td.nowrap data-label="Injured" { (sourced(&r.id, "injured", r.injured)) }
                            td data-label="Status" { (status(&r.status)) }
                            td data-label="Disputed" { @if r.disputed.is_empty() { "–" } @else { (matters(&r.disputed)) } }
                            td data-label="Told by" { a href={"/incidents/" (r.id) "#evidence"} { (told(r.reports, r.origins)) } }
                            td data-label="State" { (state(r.state)) @if !r.edited.is_empty() { " " span.edited { "edited" } } }
                        }
                    }
                }
            }
        }
    }
}

/// The grade of a claim, with who gave it and when.
pub(crate) fn grade_of_claim(call: &Call<'_>, c: &ClaimRow) -> Markup {
    let Some(grade) = &c.grade else { return html! { "not graded" } };
    let decisions = call.desk.read(|r| r.claim(&c.id)).map(|told| told.decisions).unwrap_or_default();
    let given = decisions.iter().rev().find(|d| !d.undone && matches!(d.act, Act::GradeClaim { .. }));
    html! { "grade " (grade) @if let Some(d) = given { (by(&d.author, &d.made)) } }
}

/// The grade of a source, with who gave it and when.
pub(crate) fn grade_of_source(call: &Call<'_>, name: &str) -> Markup {
    let sources = call.desk.sources().unwrap_or_default();
    let row = sources.iter().find(|s| s.name == name);
    match row.and_then(|s| s.grade.as_ref()) {
        None => html! { "not graded" },
        Some(grade) => {
            html! { "grade " (grade) @if let Some((author, made)) = row.and_then(|s| s.graded.as_ref()) { (by(author, made)) } }
        }
    }
}

/// Who decided, and on which day.
fn by(author: &str, made: &str) -> Markup {
    html! { " by " bdi { (clean(author, 60)) } " on " time datetime=(clean(made, 40)) { (clean(made, 40).chars().take(10).collect::<String>()) } }
}

/// One claim as a line: who, how, what, and where it is said.
pub(crate) fn claim_line(call: &Call<'_>, c: &ClaimRow) -> Markup {
    html! {
        (actor(&c.speaker)) @if !c.via.is_empty() { " (" (words(&c.via)) ")" }
        " " span.stance { (stance(&c.stance)) } ", " (matter(&c.aspect)) ": " (or_unknown(&c.value)) " "
        span.meta {
            (or_unknown(&c.day)) ", " (source(&c.source)) ", "
            (grade_of_claim(call, c)) ", "
            (to_words(&c.report, c.start, c.end, "words")) ", " a href={"/claims/" (c.id)} { (c.id) } " " (claim_state(c))
        }
    }
}

/// Decisions, oldest first, each with its reason.
pub(crate) fn decisions(all: &[Decision]) -> Markup {
    decisions_on("", all)
}

/// The same on the page of an incident: those that were made when it had another name say so.
pub(crate) fn decisions_on(here: &str, all: &[Decision]) -> Markup {
    html! {
        @if all.is_empty() { p { "No person has decided anything about it." } }
        @else {
            ol.history {
                @for d in all {
                    li .undone[d.undone] #{"d" (d.seq)} {
                        (decision(d))
                        @if !here.is_empty() && d.object != here && is_id('i', &d.object) { span.meta { " · made on " (d.object) ", as it was called then" } }
                    }
                }
            }
        }
    }
}

/// One decision.
pub(crate) fn decision(d: &Decision) -> Markup {
    html! {
        (moment(&d.made)) " · " b { bdi { (clean(&d.author, 60)) } } ": " (words(&d.act.said()))
        @if let Some(m) = &d.machine { span.meta { " (the machine had " q { (clean(m, 200)) } ")" } }
        " · because " (words(&d.reason))
        span.meta { " · decision " (d.seq) @if d.undone { ", no longer holds" } }
    }
}

/// What a decision is about, as it was called then, leading to its page.
pub(crate) fn object(id: &str) -> Markup {
    let list = [('i', "incidents"), ('c', "claims"), ('p', "commitments")].into_iter().find(|(l, _)| is_id(*l, id));
    html! {
        @if let Some((_, path)) = list { a href={"/" (path) "/" (id)} { (id) } } @else { (words(id)) }
    }
}

/// Links to the next page of a list.
pub(crate) fn pager(next: Option<&str>, address: &dyn Fn(&str) -> String, first: bool) -> Markup {
    html! {
        @if next.is_some() || !first {
            nav.pager aria-label="Pages" {
                @if !first { a href=(address("")) { "First page" } }
                @if let Some(n) = next { a rel="next" href=(address(n)) { "Next page" } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_turns_text_round_is_shown() {
        assert_eq!(clean("a\u{202E}b\u{0}c\u{2066}\n", 10), "a\u{FFFD}b\u{FFFD}c\u{FFFD}\n");
        assert_eq!(clean("abcdef", 3), "abc…");
        assert!(words("<script>").into_string().contains("&lt;script&gt;"));
        assert!(actor("\"><img src=x>").into_string().contains("/actors/%22%3E%3Cimg%20src%3Dx%3E"));
    }

    #[test]
    fn unknown_is_written_out() {
        for m in [days("", ""), count(None), or_unknown(" "), actors(&[])] {
            assert!(m.into_string().contains("unknown"));
        }
    }
}
