//! Points with their precision for other programs; for the islands, lanes of actors and counts by day.

use super::marks::MOST;
use super::types::{Daily, Feature, FeatureCollection, Item, Lane, Point, Properties, Range, Series, Timeline};
use crate::call::{Call, answer, json};
use crate::error::{DeskError, Result};
use crate::filters::filter;
use axum::response::Response;

/// Incidents in lanes at most.
const IN_LANES: usize = 800;
/// Lanes.
const LANES: usize = 10;

/// Incidents that fit, as points; those without coordinates are counted.
pub(crate) fn geojson(call: &Call<'_>) -> Result<Response> {
    let filter = filter(&call.query)?;
    let limit = call.page(MOST, MOST)?.limit;
    let facets = call.desk.facets(&filter)?;
    let marks = call.desk.read(|r| r.marks(&filter, true, limit))?;
    let feature = |m: counterclaim_register::Mark| {
        let (lat, lon) = m.at?;
        Some(Feature {
            sort: "Feature",
            id: m.id.clone(),
            geometry: Point { sort: "Point", coordinates: [lon, lat] },
            properties: Properties {
                id: m.id,
                title: m.title,
                kind: m.kind,
                from: m.first,
                to: m.last,
                day_precision: m.precision,
                place: m.place,
                place_precision: m.exact,
                place_precision_words: match m.exact {
                    1 => "exact",
                    2 => "area",
                    _ => "region",
                },
                radius_km: m.radius_km,
                status: m.status,
                disputed: m.disputed,
                state: m.state,
                killed: m.killed.map(|(low, high)| Range { low, high }),
            },
        })
    };
    let collection = FeatureCollection {
        sort: "FeatureCollection",
        total: facets.total,
        unlocated: facets.unplaced,
        features: marks.into_iter().filter_map(feature).collect(),
    };
    let text = serde_json::to_string(&collection).map_err(|e| DeskError::Internal(e.to_string()))?;
    Ok(answer(text, "application/geo+json"))
}

/// The newest incidents that fit and have a day, by actor.
pub(crate) fn timeline(call: &Call<'_>) -> Result<Response> {
    let filter = filter(&call.query)?;
    let limit = call.page(IN_LANES, IN_LANES)?.limit;
    let lanes = call.desk.read(|r| r.lanes(&filter, LANES, limit))?;
    let item = |m: counterclaim_register::Mark| Item {
        url: format!("/incidents/{}", m.id),
        id: m.id,
        title: m.title,
        kind: m.kind,
        from: m.first,
        to: m.last,
        precision: m.precision,
    };
    let total = call.desk.facets(&filter)?.total;
    let lanes = lanes.into_iter().map(|l| Lane {
        actor: l.actor,
        items: l.marks.into_iter().filter(|m| !m.first.is_empty()).map(item).collect(),
    });
    json(&Timeline { total, shown: total.min(limit), lanes: lanes.collect() })
}

/// Incidents that fit and are known to the day, counted by day.
pub(crate) fn days(call: &Call<'_>) -> Result<Response> {
    let filter = filter(&call.query)?;
    let total = call.desk.facets(&filter)?.total;
    let days = call.desk.read(|r| r.days(&filter))?;
    let exact: usize = days.iter().map(|d| d.incidents).sum();
    let series = [
        Series { name: "incidents".into(), values: days.iter().map(|d| d.incidents).collect() },
        Series { name: "of these, accounts differ".into(), values: days.iter().map(|d| d.disputed).collect() },
    ];
    json(&Daily {
        total,
        inexact: total.saturating_sub(exact),
        days: days.into_iter().map(|d| d.day).collect(),
        series: series.into(),
    })
}
