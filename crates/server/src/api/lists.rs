//! Lists: the same filters and pages as the explorer.

use super::types::{Actor, All, Claim, Commitment, Count, Counts, Incident, Paged, Report, Source};
use crate::call::{Call, json};
use crate::error::Result;
use crate::filters::filter;
use axum::response::Response;
use counterclaim_register::List;

fn paged<A, B: From<A> + serde::Serialize>(list: List<A>) -> Result<Response> {
    json(&Paged { rows: list.rows.into_iter().map(B::from).collect(), next: list.next })
}

/// Incidents that fit, newest first.
pub(crate) fn incidents(call: &Call<'_>) -> Result<Response> {
    let (filter, page) = (filter(&call.query)?, call.page(50, 500)?);
    paged::<_, Incident>(call.desk.read(|r| r.incidents(&filter, &page))?)
}

/// Claims that fit, newest first; `kind` is the stance.
pub(crate) fn claims(call: &Call<'_>) -> Result<Response> {
    let (filter, page) = (filter(&call.query)?, call.page(50, 500)?);
    paged::<_, Claim>(call.desk.read(|r| r.claims(&filter, &page))?)
}

/// Commitments that fit, newest first; `kind` is what became of them.
pub(crate) fn commitments(call: &Call<'_>) -> Result<Response> {
    let (filter, page) = (filter(&call.query)?, call.page(50, 500)?);
    paged::<_, Commitment>(call.desk.read(|r| r.commitments(&filter, &page))?)
}

/// Reports, the last to arrive first.
pub(crate) fn reports(call: &Call<'_>) -> Result<Response> {
    let page = call.page(50, 500)?;
    let source = Some(call.asked("source")).filter(|s| !s.is_empty());
    paged::<_, Report>(call.desk.read(|r| r.reports(source, &page))?)
}

/// The actors that take part in most, in order of their names.
pub(crate) fn actors(call: &Call<'_>) -> Result<Response> {
    let limit = call.page(100, 300)?.limit;
    let rows: Vec<Actor> = call.desk.busiest()?.iter().take(limit).cloned().map(Actor::from).collect();
    json(&Paged { rows, next: None })
}

/// Sources, in order of their names.
pub(crate) fn sources(call: &Call<'_>) -> Result<Response> {
    let page = call.page(100, 1000)?;
    let all = call.desk.sources()?;
    let from = page.after.and_then(|a| a.parse::<usize>().ok()).unwrap_or(0);
    let rows: Vec<Source> = all.iter().skip(from).take(page.limit).map(Source::from).collect();
    let end = from.saturating_add(page.limit);
    json(&Paged { rows, next: (end < all.len()).then(|| end.to_string()) })
}

/// Incidents that fit, counted.
pub(crate) fn counts(call: &Call<'_>) -> Result<Response> {
    let facets = call.desk.facets(&filter(&call.query)?)?;
    let all = call.desk.counts()?;
    let list = |all: &[(String, usize)]| {
        all.iter().map(|(value, count)| Count { value: value.clone(), count: *count }).collect()
    };
    json(&Counts {
        total: facets.total,
        unlocated: facets.unplaced,
        undated: facets.undated,
        disputed: facets.disputed,
        kinds: list(&facets.kinds),
        statuses: list(&facets.statuses),
        states: list(&facets.states),
        countries: list(&facets.countries),
        register: All {
            reports: all.reports,
            incidents: all.incidents,
            claims: all.claims,
            commitments: all.commitments,
            decisions: all.decisions,
        },
    })
}
