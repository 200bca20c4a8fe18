//! Hostile text in every field is text on every page, in every feed and in every answer of the API.

#![allow(clippy::unwrap_used)]

mod common;

use axum::http::StatusCode;
use common::{Visitor, report, world_of};

const WORDS: &[&str] = &[
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "'; DROP TABLE person; --",
    "\u{202E}desrever\u{2066}",
    "</textarea></title><svg onload=alert(1)>",
    "javascript:alert(1)",
    "&lt;b&gt; ]]> <!-- ${7*7} {{7*7}}",
    "=HYPERLINK(\"http://example.org\")",
    "a\0b\u{1b}[31m",
    "خوست 边境 é̂",
];

/// Nothing of theirs has become markup, and no mark that turns text round is left.
fn is_tame(path: &str, body: &str) {
    for bad in [
        "<script>alert",
        "<img",
        "<svg",
        "onerror=alert(1)>",
        "<b>script",
        "href=\"javascript",
        "\u{202E}",
        "\u{2066}",
        "\0",
        "\u{1b}",
    ] {
        assert!(!body.contains(bad), "{path} holds {bad:?}");
    }
    assert!(!body.replace("&quot;", "").contains("onload=alert(1)>"), "{path}");
}

#[tokio::test]
async fn hostile_words_stay_words() {
    let reports: Vec<_> = WORDS
        .iter()
        .enumerate()
        .map(|(n, words)| {
            let text = format!("{words} Militants attacked a police post in Bannu on Monday, killing {} policemen, {words} said. {words}", n + 2);
            let mut r = report(words, words, "2024-05-14", &text);
            r.report.title = (*words).into();
            r.report.url = Some((*words).into());
            r
        })
        .collect();
    let w = world_of(&reports);
    let admin = w.sign_in("admin").await;
    let mut paths: Vec<String> =
        ["/", "/inbox", "/explorer", "/reports", "/actors", "/sources", "/commitments", "/briefs", "/audit", "/people"]
            .into_iter()
            .map(String::from)
            .collect();
    let list = w.get(&admin, "/api/v1/reports").await.body;
    let list: serde_json::Value = serde_json::from_str(&list).unwrap();
    for r in list["rows"].as_array().unwrap() {
        paths.push(format!("/reports/{}", r["id"].as_str().unwrap()));
        let name: String = form_urlencoded::byte_serialize(r["source"].as_str().unwrap().as_bytes()).collect();
        paths.push(format!("/sources/{}", name.replace('+', "%20")));
    }
    let list: serde_json::Value = serde_json::from_str(&w.get(&admin, "/api/v1/incidents").await.body).unwrap();
    for i in list["rows"].as_array().unwrap() {
        paths.push(format!("/incidents/{}", i["id"].as_str().unwrap()));
    }
    for words in WORDS {
        let q: String = form_urlencoded::byte_serialize(words.as_bytes()).collect();
        for path in [
            "/search?q=",
            "/explorer?place=",
            "/explorer?between=",
            "/actors/",
            "/briefs?source=",
            "/sign-in?to=",
            "/incidents/",
            "/inbox?story=",
            "/explorer?kind=",
        ] {
            paths.push(format!("{path}{}", q.replace('+', "%20")));
        }
    }
    for path in paths {
        let answer = w.get(&admin, &path).await;
        assert!(!answer.status.is_server_error(), "{path}: {}", answer.status);
        is_tame(&path, &answer.body);
    }
    let feed = w.get(&admin, "/contradictions.atom").await;
    is_tame("feed", &feed.body);
    // What people write is text as well.
    let id = w.first(&admin, "incidents").await;
    let told: serde_json::Value =
        serde_json::from_str(&w.get(&admin, &format!("/api/v1/incidents/{id}")).await.body).unwrap();
    let report = told["reports"][0]["id"].as_str().unwrap().to_owned();
    for words in WORDS {
        let edit = [
            ("act", "edit"),
            ("id", id.as_str()),
            ("field", "title"),
            ("value", words),
            ("reason", words),
            ("back", words),
        ];
        let kept = w.post(&admin, "/decide", &edit).await;
        assert_eq!(kept.status, StatusCode::SEE_OTHER, "{words:?}: {}", kept.body);
        let to = kept.headers["location"].to_str().unwrap().to_owned();
        assert!(to.starts_with("/?kept="), "{to}");
        for path in [format!("/incidents/{id}"), "/audit".into(), "/explorer".into(), "/inbox".into(), "/".into()] {
            is_tame(&path, &w.get(&admin, &path).await.body);
        }
        let mut claim = vec![("act", "claim"), ("id", id.as_str()), ("report", report.as_str()), ("back", "/")];
        claim.extend([("span_start", "0"), ("span_end", "1"), ("stance", "warns"), ("aspect", "legality")]);
        claim.extend(["speaker", "via", "value", "reason"].map(|name| (name, *words)));
        let kept = w.post(&admin, "/decide", &claim).await;
        // Of the one that begins with a blank, nothing is left to call it by.
        assert!(kept.status == StatusCode::SEE_OTHER || words.trim().is_empty(), "{words:?}: {}", kept.body);
        for path in
            [format!("/incidents/{id}"), format!("/reports/{report}"), "/briefs".into(), format!("/inbox?story={id}")]
        {
            is_tame(&path, &w.get(&admin, &path).await.body);
        }
        w.try_sign_in(words, words, "10.7.7.7").await;
    }
    is_tame("/audit", &w.get(&admin, "/audit").await.body);
    assert_eq!(w.get(&Visitor::default(), "/sign-in").await.status, StatusCode::OK);
}

#[tokio::test]
async fn what_is_too_large_or_no_path_is_turned_away() {
    let w = world_of(&[]);
    let admin = w.sign_in("admin").await;
    let long = "x".repeat(70_000);
    assert_eq!(w.post(&admin, "/decide", &[("reason", &long)]).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    for path in [
        "/incidents/i%00",
        "/incidents/%ff",
        "/incidents/..%2f..%2fetc%2fpasswd",
        "/reports/r'%20OR%201=1",
        "/claims/c-1",
        "/assets/../Cargo.toml",
        "/assets/%2e%2e/Cargo.toml",
        "/api/v1/incidents/i9",
        "/api/v1/nothing",
        "/sources/nobody",
        "/actors/nobody%20at%20all",
    ] {
        assert_eq!(w.get(&admin, path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    for path in [
        "/explorer?from=yesterday",
        "/explorer?after=x",
        "/explorer?limit=0",
        "/api/v1/incidents?limit=100000",
        "/explorer?state=x",
        "/export?format=x",
    ] {
        assert_eq!(w.get(&admin, path).await.status, StatusCode::BAD_REQUEST, "{path}");
    }
}
