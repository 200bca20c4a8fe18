//! The API: tags, pages, its description, what the islands draw, the feed, events.

#![allow(clippy::unwrap_used)]

mod common;

use axum::http::{StatusCode, header};
use common::{Answer, Visitor, world};
use counterclaim_server::{Kind, ROUTES};
use http_body_util::BodyExt;
use serde_json::Value;
use tower::ServiceExt;

fn value(answer: &Answer) -> Value {
    serde_json::from_str(&answer.body).unwrap_or_else(|e| panic!("{e}: {}", answer.body))
}

#[tokio::test]
async fn the_same_is_not_sent_twice() {
    let w = world();
    let reader = w.sign_in("reader").await;
    let first = w.get(&reader, "/api/v1/incidents").await;
    let tag = first.headers[header::ETAG].to_str().unwrap().to_owned();
    let again = w.ask(&reader, "GET", "/api/v1/incidents", &[("if-none-match", &tag)], String::new()).await;
    assert_eq!((again.status, again.body.as_str()), (StatusCode::NOT_MODIFIED, ""));
    let weak = format!("\"other\", W/{tag}");
    let again = w.ask(&reader, "GET", "/api/v1/incidents", &[("if-none-match", &weak)], String::new()).await;
    assert_eq!(again.status, StatusCode::NOT_MODIFIED);
    let editor = w.sign_in("editor").await;
    let id = w.incident("engineers");
    w.post(&editor, "/decide", &[("act", "confirm"), ("id", &id), ("reason", "x")]).await;
    let after = w.ask(&reader, "GET", "/api/v1/incidents", &[("if-none-match", &tag)], String::new()).await;
    assert_eq!(after.status, StatusCode::OK);
}

#[tokio::test]
async fn pages_join_without_gap() {
    let w = world();
    let reader = w.sign_in("reader").await;
    for list in ["incidents", "claims", "reports", "sources", "decisions"] {
        let whole = value(&w.get(&reader, &format!("/api/v1/{list}")).await)["rows"].as_array().unwrap().clone();
        let (mut joined, mut after) = (Vec::new(), String::new());
        loop {
            let page = value(&w.get(&reader, &format!("/api/v1/{list}?limit=2{after}")).await);
            let rows = page["rows"].as_array().unwrap();
            assert!(rows.len() <= 2);
            joined.extend(rows.clone());
            let Some(next) = page["next"].as_str() else { break };
            after = format!("&after={next}");
        }
        assert_eq!(joined, whole, "{list}");
    }
}

#[tokio::test]
async fn problems_are_told_as_problems() {
    let w = world();
    let reader = w.sign_in("reader").await;
    for (path, status) in [("/api/v1/incidents/i00", 404), ("/api/v1/incidents?from=x", 400), ("/api/v1/nothing", 404)]
    {
        let answer = w.get(&reader, path).await;
        assert_eq!(answer.headers[header::CONTENT_TYPE], "application/problem+json", "{path}");
        let told = value(&answer);
        assert_eq!((told["status"].as_u64(), answer.status.as_u16()), (Some(status), status as u16), "{path}");
    }
    let nobody = w.get(&Visitor::default(), "/api/v1/incidents").await;
    assert_eq!((nobody.status, value(&nobody)["status"].as_u64()), (StatusCode::UNAUTHORIZED, Some(401)));
    let editor = w.sign_in("editor").await;
    let with = [("x-csrf-token", editor.csrf.as_str())];
    for bad in [
        "",
        "{}",
        "[1]",
        "{\"action\":\"confirm\",\"reason\":\"x\",\"extra\":1}",
        "{\"action\":\"x\",\"reason\":\"x\"}",
    ] {
        let answer = w.ask(&editor, "POST", "/api/v1/decisions", &with, bad.into()).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{bad}");
    }
}

#[tokio::test]
async fn the_description_lists_every_route_and_every_field() {
    let w = world();
    let reader = w.sign_in("reader").await;
    let api = value(&w.get(&Visitor::default(), "/api/v1/openapi.json").await);
    let paths = api["paths"].as_object().unwrap();
    let routes: Vec<_> = ROUTES.iter().filter(|r| matches!(r.kind, Kind::Api | Kind::Events)).collect();
    for r in &routes {
        let operation = &paths[r.path][r.method.as_str().to_lowercase()];
        assert!(operation["summary"].is_string() && operation["responses"].is_object(), "{}", r.path);
        assert_eq!(operation["security"].is_array(), r.role.is_none(), "{}", r.path);
    }
    let described: usize = paths.values().map(|p| p.as_object().unwrap().len()).sum();
    assert_eq!(described, routes.len());
    // What is answered has the fields that are described, and those that must be there.
    let schemas = &api["components"]["schemas"];
    let mut checked = 0;
    for r in routes.iter().filter(|r| r.method.as_str() == "GET" && r.kind == Kind::Api && !r.path.contains("{id}")) {
        let schema = paths[r.path]["get"]["responses"]["200"]["content"].as_object().unwrap().values().next().unwrap()
            ["schema"]
            .clone();
        if r.path.ends_with(".atom") {
            continue;
        }
        fits(r.path, &value(&w.get(&reader, r.path).await), &schema, schemas);
        checked += 1;
    }
    assert!(checked >= 10);
}

/// A small check of a value against a schema: types, fields, required fields, references.
fn fits(at: &str, value: &Value, schema: &Value, all: &Value) {
    if let Some(reference) = schema["$ref"].as_str() {
        return fits(at, value, &all[reference.rsplit('/').next().unwrap()], all);
    }
    if let Some(options) = schema["oneOf"].as_array() {
        if value.is_null() {
            return;
        }
        let real = options.iter().find(|o| o["type"] != "null").unwrap();
        return fits(at, value, real, all);
    }
    if let Some(known) = schema["properties"].as_object() {
        let object = value.as_object().unwrap_or_else(|| panic!("{at}: no object"));
        for required in schema["required"].as_array().into_iter().flatten() {
            // Texts that are empty are left out.
            let name = required.as_str().unwrap();
            assert!(object.contains_key(name) || known[name]["type"] == "string", "{at}: no {name}");
        }
        for (name, inner) in object {
            let described = known.get(name).unwrap_or_else(|| panic!("{at}: {name} is not described"));
            fits(&format!("{at}.{name}"), inner, described, all);
        }
    }
    if let Some(list) = value.as_array() {
        list.iter().for_each(|v| fits(at, v, &schema["items"], all));
    }
}

#[tokio::test]
async fn islands_get_what_they_draw() {
    let w = world();
    let reader = w.sign_in("reader").await;
    let map = w.get(&reader, "/api/v1/incidents.geojson").await;
    assert_eq!(map.headers[header::CONTENT_TYPE], "application/geo+json");
    let map = value(&map);
    let features = map["features"].as_array().unwrap();
    assert_eq!(map["total"].as_u64().unwrap(), features.len() as u64 + map["unlocated"].as_u64().unwrap());
    let id = w.incident("roadside");
    let bomb = features.iter().find(|f| f["id"] == id.as_str()).unwrap();
    let p = &bomb["properties"];
    assert_eq!(
        (p["kind"].as_str(), p["place"].as_str(), p["day_precision"].as_str()),
        (Some("bombing"), Some("Mir Ali"), Some("day"))
    );
    assert_eq!((p["place_precision"].as_u64(), p["place_precision_words"].as_str()), (Some(2), Some("area")));
    assert_eq!(
        (p["killed"]["low"].as_u64(), p["status"].as_str(), p["from"].as_str()),
        (Some(2), Some("unknown"), Some("2024-05-16"))
    );
    assert!(p["radius_km"].as_u64().unwrap() > 0 && bomb["geometry"]["coordinates"][0].as_f64().unwrap() > 60.0);
    // The map's columns say the same of the same incidents, in the same order.
    let marks = value(&w.get(&reader, "/api/v1/marks").await);
    assert_eq!((&marks["total"], &marks["unlocated"]), (&map["total"], &map["unlocated"]));
    let column = |name: &str| marks[name].as_array().unwrap().clone();
    let same = |name: &str, of: &dyn Fn(&Value) -> Value| {
        assert_eq!(column(name), features.iter().map(of).collect::<Vec<_>>())
    };
    same("lon", &|f| f["geometry"]["coordinates"][0].clone());
    same("lat", &|f| f["geometry"]["coordinates"][1].clone());
    for name in ["id", "title", "place_precision", "radius_km"] {
        same(name, &|f| f["properties"][name].clone());
    }
    same("from", &|f| Value::from(f["properties"]["from"].as_str().unwrap_or("")));
    let few = value(&w.get(&reader, "/api/v1/marks?limit=1").await);
    assert_eq!((few["id"].as_array().unwrap().len(), &few["total"]), (1, &map["total"]));
    let lanes = value(&w.get(&reader, "/api/v1/timeline?kind=air-strike").await);
    let lane = lanes["lanes"].as_array().unwrap().iter().find(|l| l["actor"] == "Pakistan").unwrap();
    let item = &lane["items"][0];
    assert_eq!((item["from"].as_str(), item["precision"].as_str()), (Some("2024-05-13"), Some("day")));
    assert_eq!(item["url"], format!("/incidents/{}", item["id"].as_str().unwrap()));
}

#[tokio::test]
async fn one_object_comes_with_everything_about_it() {
    let w = world();
    let reader = w.sign_in("reader").await;
    let told = value(&w.get(&reader, &format!("/api/v1/incidents/{}", w.incident("Khost"))).await);
    assert_eq!(told["incident"]["when"]["precision"], "day");
    assert!(told["incident"]["evidence"][0]["quote"].as_str().unwrap().contains("Khost"));
    assert!(!told["claims"].as_array().unwrap().is_empty() && told["reports"].as_array().unwrap().len() == 2);
    for list in ["claims", "commitments", "reports"] {
        let id = w.first(&reader, list).await;
        assert_eq!(w.get(&reader, &format!("/api/v1/{list}/{id}")).await.status, StatusCode::OK, "{list}");
    }
    let feed = w.get(&reader, "/contradictions.atom").await;
    assert!(
        feed.body.contains("<entry>")
            && feed.body.contains("Khost")
            && feed.headers[header::CONTENT_TYPE].to_str().unwrap().starts_with("application/atom+xml")
    );
}

#[tokio::test]
async fn events_tell_where_the_register_is() {
    let w = world();
    let reader = w.sign_in("reader").await;
    let ask = |cookie: &str| {
        axum::http::Request::get("/api/v1/events")
            .header("cookie", format!("desk={cookie}"))
            .body(axum::body::Body::empty())
            .unwrap()
    };
    let refused = w.router.clone().oneshot(ask("0")).await.unwrap();
    assert_eq!(refused.status(), StatusCode::UNAUTHORIZED);
    let response = w.router.clone().oneshot(ask(&reader.cookie)).await.unwrap();
    assert_eq!(response.headers()[header::CONTENT_TYPE], "text/event-stream");
    let mut body = response.into_body();
    let first = body.frame().await.unwrap().unwrap().into_data().unwrap();
    assert!(String::from_utf8_lossy(&first).contains("\"reports\":8,\"decisions\":0"), "{first:?}");
    let editor = w.sign_in("editor").await;
    w.post(&editor, "/decide", &[("act", "confirm"), ("id", &w.incident("engineers")), ("reason", "x")]).await;
    let second = body.frame().await.unwrap().unwrap().into_data().unwrap();
    assert!(String::from_utf8_lossy(&second).contains("\"decisions\":1"), "{second:?}");
}
