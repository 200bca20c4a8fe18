//! `/api/v1/marks`: what the map draws, in columns: a quarter of the bytes that GeoJSON takes for the same, as no name is repeated.

use super::types::Marks;
use crate::call::{Call, json};
use crate::error::Result;
use crate::filters::filter;
use axum::response::Response;

/// Marks at most.
pub(super) const MOST: usize = 25_000;

/// Incidents that fit and have coordinates; the others are counted.
pub(crate) fn columns(call: &Call<'_>) -> Result<Response> {
    let filter = filter(&call.query)?;
    let limit = call.page(MOST, MOST)?.limit;
    let facets = call.desk.facets(&filter)?;
    let mut out = Marks { total: facets.total, unlocated: facets.unplaced, ..Marks::default() };
    for m in call.desk.read(|r| r.marks(&filter, true, limit))? {
        let Some((lat, lon)) = m.at else { continue };
        out.lon.push(lon);
        out.lat.push(lat);
        out.place_precision.push(m.exact);
        out.radius_km.push(m.radius_km);
        out.id.push(m.id);
        out.title.push(m.title);
        out.from.push(m.first);
    }
    json(&out)
}
