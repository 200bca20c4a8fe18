//! `/api/v1/openapi.json`: paths from the table of routes, objects from the types that answer.

use super::types;
use crate::call::{Call, json};
use crate::error::{DeskError, Result};
use crate::filters;
use crate::routes::{Kind, Method, ROUTES, Route};
use axum::response::Response;
use serde_json::{Map, Value, json as value};
use utoipa::OpenApi;

#[derive(OpenApi)]
#[openapi(components(schemas(
    types::Actor,
    types::All,
    types::Change,
    types::Claim,
    types::Commitment,
    types::Count,
    types::Counts,
    types::Daily,
    types::Days,
    types::Decision,
    types::Feature,
    types::FeatureCollection,
    types::Former,
    types::Incident,
    types::Item,
    types::Kept,
    types::Lane,
    types::Marks,
    types::NewDecision,
    types::Point,
    types::Problem,
    types::Properties,
    types::Range,
    types::Report,
    types::Series,
    types::Source,
    types::Timeline
)))]
struct Schemas;

/// The filter's parameters: name, sort, meaning.
const FILTER: &[(&str, &str, &str)] = &[
    ("from", "date", "Not before this day"),
    ("to", "date", "Not after this day"),
    ("between", "names", "Once: this actor takes part; twice: both do"),
    ("place", "string", "A place, what holds it, or a country by name or code"),
    ("kind", "string", "Kind of incidents, stance of claims, progress of commitments"),
    ("status", "string", "How well known it is who did it"),
    ("state", "state", "Where it stands with people"),
    ("source", "string", "Told by this source"),
    ("q", "string", "All these words"),
    ("disputed", "flag", "Only where accounts differ"),
    ("unplaced", "flag", "Only without coordinates"),
    ("rejected", "flag", "Also what people rejected"),
];
const PAGE: &[(&str, &str, &str)] =
    &[("limit", "integer", "Rows at most"), ("after", "cursor", "`next` of the page before")];

/// What a path of the API answers with.
enum Body {
    /// A page of a list of these.
    Rows(&'static str),
    /// One of these.
    One(&'static str),
    /// An object that holds several of these, as `docs/desk.md` says.
    Object(&'static str),
    /// Something else than JSON.
    Media(&'static str),
}

/// Summary, answer, whether it takes a filter, whether it comes in pages.
fn about(route: &Route) -> (&'static str, Body, bool, bool) {
    use Body::{Media, Object, One, Rows};
    match (route.method, route.path) {
        (_, "/api/v1/counts") => ("Incidents that fit, counted", One("Counts"), true, false),
        (_, "/api/v1/incidents") => ("Incidents that fit, newest first", Rows("Incident"), true, true),
        (_, "/api/v1/incidents.geojson") => ("Incidents that fit, as points", One("FeatureCollection"), true, false),
        (_, "/api/v1/marks") => ("Incidents that fit, as columns for a map", One("Marks"), true, false),
        (_, "/api/v1/days") => ("Incidents that fit and are known to the day, by day", One("Daily"), true, false),
        (_, "/api/v1/timeline") => ("Incidents that fit, by actor", One("Timeline"), true, false),
        (_, "/api/v1/incidents/{id}") => (
            "One incident with claims, reports and decisions",
            Object(
                "row, incident and machine (docs/wire.md), changed, claims, reports, links, assessments, decisions, last_decision",
            ),
            false,
            false,
        ),
        (_, "/api/v1/claims") => ("Claims that fit, newest first", Rows("Claim"), true, true),
        (_, "/api/v1/claims/{id}") => ("One claim", Object("rows, changed, decisions, last_decision"), false, false),
        (_, "/api/v1/commitments") => ("Commitments that fit, newest first", Rows("Commitment"), true, true),
        (_, "/api/v1/commitments/{id}") => {
            ("One commitment", Object("row, changed, follow_ups, decisions, last_decision"), false, false)
        }
        (_, "/api/v1/reports") => ("Reports, the last to arrive first", Rows("Report"), false, true),
        (_, "/api/v1/reports/{id}") => (
            "One report with its text",
            Object(
                "id, source, published, title, url, language, text, arrived, sha256, versions, newest, incidents, claims, commitments, decisions",
            ),
            false,
            false,
        ),
        (_, "/api/v1/actors") => ("Actors that take part in most", Rows("Actor"), false, false),
        (_, "/api/v1/sources") => ("Sources", Rows("Source"), false, true),
        (Method::Get, "/api/v1/decisions") => ("Decisions, newest first", Rows("Decision"), false, true),
        (Method::Post, "/api/v1/decisions") => ("Keeps a decision under your name", One("Kept"), false, false),
        (_, "/api/v1/events") => ("A line when the register has changed", Media("text/event-stream"), false, false),
        (_, "/contradictions.atom") => {
            ("New contradictions as an Atom feed", Media("application/atom+xml"), false, false)
        }
        _ => ("This description", Object("OpenAPI 3.1"), false, false),
    }
}

fn parameter((name, sort, meaning): &(&str, &str, &str)) -> Value {
    let schema = match *sort {
        // A parameter without a value counts as none, as forms send them so.
        "date" => value!({"anyOf": [{"type": "string", "format": "date"}, {"type": "string", "enum": [""]}]}),
        "integer" => value!({"anyOf": [{"type": "integer", "minimum": 1}, {"type": "string", "enum": [""]}]}),
        "flag" => value!({"type": "string", "enum": filters::FLAGS.iter().map(|f| f.0).collect::<Vec<_>>()}),
        "state" => value!({"type": "string", "enum": ["", "draft", "confirmed", "rejected"]}),
        "cursor" => value!({"type": "string", "pattern": "^[0-9]{0,18}$"}),
        "names" => value!({"type": "array", "items": {"type": "string"}, "maxItems": 2}),
        _ => value!({"type": "string"}),
    };
    value!({"name": name, "in": "query", "required": false, "description": meaning, "schema": schema})
}

fn operation(route: &Route) -> Value {
    let (summary, body, filter, paged) = about(route);
    let mut parameters: Vec<Value> = Vec::new();
    if route.path.contains("{id}") {
        parameters.push(value!({"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}));
    }
    parameters.extend(FILTER.iter().filter(|_| filter).map(parameter));
    parameters.extend(PAGE.iter().filter(|_| paged).map(parameter));
    if route.path == "/api/v1/reports" {
        parameters.push(parameter(&("source", "string", "Of this source")));
    }
    if matches!(route.path, "/api/v1/actors" | "/api/v1/incidents.geojson" | "/api/v1/marks" | "/api/v1/timeline") {
        parameters.push(parameter(&PAGE[0]));
    }
    let reference = |name: &str| value!({"$ref": format!("#/components/schemas/{name}")});
    let (media, schema) = match body {
        Body::Rows(name) => (
            "application/json",
            value!({"type": "object", "required": ["rows"], "properties": {
            "rows": {"type": "array", "items": reference(name)}, "next": {"type": "string"}}}),
        ),
        Body::One("FeatureCollection") => ("application/geo+json", reference("FeatureCollection")),
        Body::One(name) => ("application/json", reference(name)),
        Body::Object(fields) => ("application/json", value!({"type": "object", "description": fields})),
        Body::Media(media) => (media, value!({"type": "string"})),
    };
    let good = if route.method == Method::Post { "201" } else { "200" };
    let mut responses = Map::new();
    let content =
        |media: &str, schema: Value| Value::Object(Map::from_iter([(media.to_owned(), value!({"schema": schema}))]));
    responses.insert(good.into(), value!({"description": summary, "content": content(media, schema)}));
    if route.method == Method::Get && route.kind == Kind::Api {
        responses.insert("304".into(), value!({"description": "The same as the ETag that was sent"}));
    }
    if route.path == "/api/v1/incidents/{id}" {
        for (status, meaning) in [
            ("300", "Regrouped: several incidents hold its evidence now"),
            ("307", "Regrouped: the incident that holds its evidence now"),
            ("410", "Regrouped: no report tells of it any more"),
        ] {
            let content = content("application/json", reference("Former"));
            responses.insert(status.into(), value!({"description": meaning, "content": content}));
        }
    }
    let mut problems = vec![("400", "Not understood"), ("404", "Nothing of this name"), ("503", "Busy")];
    if route.role.is_some() {
        problems.extend([("401", "No key, or no session"), ("403", "Not for this role")]);
    }
    if route.method == Method::Post {
        problems.extend([("409", "Somebody decided meanwhile"), ("413", "Too large")]);
    }
    for (status, meaning) in problems {
        let content = content("application/problem+json", reference("Problem"));
        responses.insert(status.into(), value!({"description": meaning, "content": content}));
    }
    let mut out = value!({"summary": summary, "parameters": parameters, "responses": responses});
    if route.role.is_none() {
        out["security"] = value!([]);
    }
    if route.method == Method::Post {
        out["requestBody"] =
            value!({"required": true, "content": content("application/json", reference("NewDecision"))});
    }
    out
}

/// The description.
pub(crate) fn show(_: &Call<'_>) -> Result<Response> {
    let wrong = |e: serde_json::Error| DeskError::Internal(e.to_string());
    let schemas = serde_json::to_value(Schemas::openapi()).map_err(wrong)?["components"]["schemas"].take();
    let mut paths = Map::new();
    for route in ROUTES.iter().filter(|r| matches!(r.kind, Kind::Api | Kind::Events)) {
        let entry = paths.entry(route.path).or_insert(value!({}));
        entry[route.method.as_str().to_lowercase()] = operation(route);
    }
    json(&value!({
        "openapi": "3.1.0",
        "info": {
            "title": "Counterclaim desk",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Incidents, each side's account of them, and what was promised. Unknown values are left out, never guessed.",
            "license": {"name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "security": [{"key": []}],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer", "description": "A key made on /people"}},
        },
    }))
}
