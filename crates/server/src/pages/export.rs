//! `/export`: what a filter finds, as a file for other programs.

use crate::call::{Call, file};
use crate::error::{DeskError, Result};
use crate::filters::filter;
use axum::response::Response;
use counterclaim_exchange::{Format, export};
use counterclaim_register::rows;

/// Incidents of one file at most; `counterclaim export` has no such bound.
const MOST: usize = 5000;

/// The file.
pub(crate) fn give(call: &Call<'_>) -> Result<Response> {
    let (format, sort, name) = match call.asked("format") {
        "acled" => (Format::Acled, "text/csv; charset=utf-8", "incidents.csv"),
        "geojson" => (Format::GeoJson, "application/geo+json", "incidents.geojson"),
        "json" => (Format::Reading, "application/json", "incidents.json"),
        _ => return Err(DeskError::Bad("format is acled, geojson or json".into())),
    };
    let filter = filter(&call.query)?;
    let brief = call.desk.read(|r| r.brief(&filter, MOST))?;
    let all: Vec<_> = rows(&brief).collect();
    let mut bytes = Vec::new();
    export(format, call.desk.lexicon(), all.iter(), &mut bytes).map_err(|e| DeskError::Internal(e.to_string()))?;
    Ok(file(bytes, sort, name))
}
