//! What holds of every page: small, without inline scripts and styles, with landmarks, labels and one title.

#![allow(clippy::unwrap_used)]

mod common;

use axum::http::header;
use common::{Visitor, report, world};
use counterclaim_server::{Kind, ROUTES};

#[tokio::test]
async fn every_page_is_small_plain_and_labelled() {
    let w = world();
    let admin = w.sign_in("admin").await;
    let css = w.get(&admin, "/assets/desk.css").await.body.len();
    let js = w.get(&admin, "/assets/keys.js").await.body.len();
    for route in ROUTES.iter().filter(|r| r.kind == Kind::Page && r.method.as_str() == "GET" && r.path != "/export") {
        let path = w.path(&admin, route.path).await;
        let visitor = if route.path == "/sign-in" { Visitor::default() } else { admin.clone() };
        let answer = w.get(&visitor, &path).await;
        let page = &answer.body;
        assert!(answer.status.is_success(), "{path}: {}", answer.status);
        assert!(page.len() + css + js <= 150_000, "{path}: {} bytes", page.len() + css + js);
        let policy = answer.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(
            policy.contains("script-src 'self'")
                && policy.contains("frame-ancestors 'none'")
                && !policy.contains("unsafe"),
            "{policy}"
        );
        assert_eq!(answer.headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
        assert_eq!(answer.headers[header::CACHE_CONTROL], "no-store");
        assert!(answer.headers.contains_key(header::REFERRER_POLICY));
        for bad in [" style=", "<style", " onclick=", " onload=", " onsubmit=", "javascript:", "http://", "https://"] {
            assert!(!page.contains(bad), "{path} holds {bad}");
        }
        for script in page.split("<script").skip(1) {
            assert!(
                script.starts_with(" src=\"/assets/") || script.starts_with(" type=\"module\" src=\"/assets/"),
                "{path}: {}",
                &script[..40]
            );
        }
        for good in ["<main id=\"main\"", "href=\"#main\"", "<html lang=\"en\">", "<footer>", "name=\"viewport\""] {
            assert!(page.contains(good), "{path} lacks {good}");
        }
        assert_eq!((page.matches("<h1").count(), page.matches("<title>").count()), (1, 1), "{path}");
        labelled(&path, page);
        ids_are_unique(&path, page);
        for form in page.split("<form").skip(1) {
            let head = &form[..form.find('>').unwrap()];
            let body = &form[..form.find("</form>").unwrap()];
            assert!(
                !head.contains("method=\"post\"") || body.contains("name=\"csrf\" value=\""),
                "{path}: a form without a token"
            );
        }
    }
}

/// Every field that is seen has a label of its own, or a name for those who do not see.
fn labelled(path: &str, page: &str) {
    for tag in ["<input", "<select"] {
        for field in page.split(tag).skip(1) {
            let field = &field[..field.find('>').unwrap()];
            if field.contains("type=\"hidden\"") || field.contains("type=\"checkbox\"") || field.contains("aria-label=")
            {
                continue;
            }
            let id = field.split("id=\"").nth(1).and_then(|f| f.split('"').next()).unwrap_or_default();
            assert!(!id.is_empty() && page.contains(&format!("for=\"{id}\"")), "{path}: no label for <{tag} {field}>");
        }
    }
}

fn ids_are_unique(path: &str, page: &str) {
    let mut seen = std::collections::BTreeSet::new();
    for id in page.split(" id=\"").skip(1).filter_map(|p| p.split('"').next()) {
        assert!(seen.insert(id), "{path}: the id {id} stands twice");
    }
}

#[tokio::test]
async fn sides_have_one_width_and_one_wording() {
    let w = world();
    let reader = w.sign_in("reader").await;
    let page = w.get(&reader, &format!("/incidents/{}", w.incident("Khost"))).await.body;
    let head = &page[page.find("<thead>").unwrap()..page.find("</thead>").unwrap()];
    let (a, b) = (head.find("Afghan Taliban").unwrap(), head.find(">Pakistan<").or(head.find("Pakistan")).unwrap());
    assert!(a < b && head.contains("Others"), "{head}");
    assert!(page.contains("differ") && page.contains("says nothing") && page.contains("silent"));
    assert!(!page.to_lowercase().contains("resolution") && !page.to_lowercase().contains("verdict"));
    // Numbers lead to their words.
    assert!(page.contains("/reports/r") && page.contains("#s"));
    let style = include_str!("../../../web/styles/desk.css");
    assert!(style.contains("table-layout: fixed"));
}

/// A few hundred incidents: files and briefs hold all of them, a page at a time.
#[tokio::test]
async fn nothing_stops_at_the_end_of_a_page() {
    let towns = ["Bannu", "Tank", "Mir Ali", "Khost", "Quetta", "Peshawar", "Kurram"];
    let kinds = ["attacked a police post", "abducted four engineers"];
    let told = |n: usize| {
        let day = format!("{}-{:02}-{:02}", 2023 - n / 336, 1 + n / 28 % 12, 1 + n % 28);
        let text = format!("Gunmen {} in {} on {day}, police said in dispatch {n}.", kinds[n / 336], towns[n % 7]);
        report(&format!("w{n}"), "Example Wire (synthetic)", &day, &text)
    };
    let w = common::world_of(&(0..470).map(told).collect::<Vec<_>>());
    let reader = w.sign_in("reader").await;
    let counts: serde_json::Value = serde_json::from_str(&w.get(&reader, "/api/v1/counts").await.body).unwrap();
    let all = counts["total"].as_u64().unwrap() as usize;
    assert!(all > 400, "{all}");
    let csv = w.get(&reader, "/export?format=acled").await;
    assert_eq!(csv.body.lines().count(), all + 1);
    assert!(!csv.headers.contains_key(header::CONTENT_LENGTH), "it is written while it is fetched");
    // As browsers ask for it: compression asks for more than there is.
    let small = w.ask(&reader, "GET", "/export?format=acled", &[("accept-encoding", "gzip")], String::new()).await;
    assert_eq!(small.headers[header::CONTENT_ENCODING], "gzip");
    for (format, list) in [("geojson", "features"), ("json", "incidents")] {
        let file: serde_json::Value =
            serde_json::from_str(&w.get(&reader, &format!("/export?format={format}")).await.body).unwrap();
        assert_eq!(file[list].as_array().unwrap().len(), all, "{format}");
    }
    let some = w.get(&reader, "/export?format=acled&place=Tank&q=engineers").await.body.lines().count();
    assert!(some > 10 && some < 30, "{some}");
    let refused = w.get(&reader, "/export?format=json&q=...").await;
    assert_eq!(refused.status, axum::http::StatusCode::BAD_REQUEST);
    let (mut path, mut told) = ("/briefs".to_owned(), std::collections::BTreeSet::new());
    loop {
        let page = w.get(&reader, &path).await.body;
        let articles = page.split("<article><h2><a href=\"/incidents/").skip(1);
        let ids: Vec<&str> = articles.filter_map(|p| p.split('"').next()).collect();
        assert!(!ids.is_empty() && ids.len() <= 40, "{path}");
        assert!(ids.iter().all(|i| told.insert((*i).to_owned())), "{path}");
        let Some(next) = page.split("rel=\"next\" href=\"").nth(1) else { break };
        path = next.split('"').next().unwrap().replace("&amp;", "&");
    }
    assert_eq!(told.len(), all);
}

#[tokio::test]
async fn the_explorer_keeps_its_query_everywhere() {
    let w = world();
    let reader = w.sign_in("reader").await;
    let query = "from=2024-05-01&to=2024-05-31&between=Pakistan&between=Afghan+Taliban&kind=air-strike&q=Khost";
    let page = w.get(&reader, &format!("/explorer?{query}")).await.body;
    let query = query.replace('&', "&amp;");
    for part in [
        format!("data-island=\"map\" data-source=\"/api/v1/marks?{query}\""),
        format!("data-island=\"timeline\" data-source=\"/api/v1/timeline?{query}\""),
        format!("/export?{query}&amp;format=acled"),
        format!("/export?{query}&amp;format=geojson"),
        format!("/briefs?{query}"),
    ] {
        assert!(page.contains(&part), "{part}");
    }
    assert!(page.contains("<b>1</b> incident ·") && page.contains("without a location"), "{page}");
    let all = w.get(&reader, "/explorer?limit=2").await.body;
    assert!(all.contains("rel=\"next\""));
    let csv = w.get(&reader, "/export?format=acled&kind=air-strike").await;
    assert!(
        csv.headers[header::CONTENT_DISPOSITION].to_str().unwrap().contains("incidents.csv")
            && csv.body.lines().count() == 2,
        "{}",
        csv.body
    );
    let brief = w.get(&reader, "/briefs?kind=air-strike").await.body;
    assert!(brief.contains("[1]") && brief.contains("id=\"cite-1\"") && brief.contains("?at="));
    assert!(w.get(&reader, "/briefs?format=md&kind=air-strike").await.body.contains("Khost"));
}

#[tokio::test]
async fn a_count_leads_to_who_gives_it_and_a_fault_is_a_sentence() {
    let w = world();
    let reader = w.sign_in("reader").await;
    let id = w.incident("roadside");
    let desk = w.get(&reader, "/").await.body;
    assert!(desk.contains(&format!("<a href=\"/incidents/{id}#killed\">")));
    assert!(desk.contains("<a href=\"#new\">") && desk.contains("<a href=\"/reports\">"));
    let page = w.get(&reader, &format!("/incidents/{id}")).await.body;
    assert!(page.contains("<tr id=\"killed\">") && page.contains("id=\"evidence\""));
    let missing = w.get(&reader, "/incidents/i0000000000").await;
    assert!(
        missing.body.contains("<title>Not found · ") && missing.body.contains("<h1>Not found</h1>"),
        "{}",
        missing.body
    );
}
