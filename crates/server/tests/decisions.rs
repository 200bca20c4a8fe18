//! Decisions at the desk: accept, reject, merge, undo; two people on one object.

#![allow(clippy::unwrap_used)]

mod common;

use axum::http::{StatusCode, header};
use common::{add, report, world};

#[tokio::test]
async fn a_draft_is_accepted_and_the_next_one_shown() {
    let w = world();
    let analyst = w.sign_in("analyst").await;
    let inbox = w.get(&analyst, "/inbox").await.body;
    assert!(inbox.contains("machine") && inbox.contains("1 article, 1 origin"));
    let id = w.incident("engineers");
    let story = w.get(&analyst, &format!("/inbox?story={id}")).await.body;
    // Each field leads to its words, and the words are marked.
    let at = story.find("class=\"cite\"").unwrap();
    let at = at + story[at..].find("#s").unwrap();
    let anchor = &story[at + 1..at + story[at..].find('"').unwrap()];
    assert!(story.contains(&format!("id=\"{anchor}\"")), "{anchor}");
    let accept = [("act", "confirm"), ("id", id.as_str()), ("reason", "read"), ("seen", "0"), ("back", "/inbox")];
    let kept = w.post(&analyst, "/decide", &accept).await;
    assert_eq!(
        (kept.status, kept.headers[header::LOCATION].to_str().unwrap()),
        (StatusCode::SEE_OTHER, "/inbox?kept=1")
    );
    let inbox = w.get(&analyst, "/inbox?kept=1").await.body;
    assert!(inbox.contains("Decision 1 is kept") && !inbox.contains(&format!("story={id}")));
    let page = w.get(&analyst, &format!("/incidents/{id}")).await.body;
    assert!(page.contains("confirmed") && page.contains("because") && page.contains("read"));
    // Undone from the inbox.
    assert!(inbox.contains("name=\"seq\" value=\"1\""));
    let undo = [("act", "undo"), ("seq", "1"), ("reason", "a slip"), ("back", "/inbox")];
    assert_eq!(w.post(&analyst, "/decide", &undo).await.status, StatusCode::SEE_OTHER);
    assert!(w.get(&analyst, "/inbox").await.body.contains(&format!("story={id}")));
}

#[tokio::test]
async fn the_second_is_told_of_the_first() {
    let w = world();
    let (one, two) = (w.sign_in("analyst").await, w.sign_in("editor").await);
    let id = w.incident("engineers");
    let path = format!("/incidents/{id}");
    let reject =
        [("act", "reject"), ("id", id.as_str()), ("reason", "a rumour"), ("seen", "0"), ("back", path.as_str())];
    w.post(&one, "/decide", &reject).await;
    // The other had the page open from before.
    let confirm =
        [("act", "confirm"), ("id", id.as_str()), ("reason", "two reports"), ("seen", "0"), ("back", path.as_str())];
    let kept = w.post(&two, "/decide", &confirm).await;
    assert_eq!(kept.headers[header::LOCATION].to_str().unwrap(), format!("{path}?kept=2&others=1"));
    let page = w.get(&two, &format!("{path}?kept=2&others=1")).await.body;
    assert!(page.contains("1 newer decision of others") && page.contains("a rumour") && page.contains("two reports"));
    // By the API, one may ask to be refused instead.
    let json = format!("{{\"action\":\"reject\",\"id\":\"{id}\",\"reason\":\"x\",\"seen\":1,\"if_unchanged\":true}}");
    let refused = w.ask(&one, "POST", "/api/v1/decisions", &[("x-csrf-token", &one.csrf)], json).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert_eq!(refused.headers[header::CONTENT_TYPE], "application/problem+json");
}

#[tokio::test]
async fn merging_leads_to_the_one_that_is_left() {
    let w = world();
    let editor = w.sign_in("editor").await;
    let (one, two) = (w.incident("engineers"), w.incident("roadside"));
    let back = format!("/incidents/{one}");
    let merge = [
        ("act", "merge"),
        ("id", one.as_str()),
        ("other_id", two.as_str()),
        ("reason", "the same"),
        ("back", back.as_str()),
    ];
    let kept = w.post(&editor, "/decide", &merge).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.body);
    let page = w.get(&editor, kept.headers[header::LOCATION].to_str().unwrap()).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("2 articles, 2 origins") && page.body.contains("one occurrence"));
    for (pairs, status) in [
        (vec![("act", "merge"), ("id", one.as_str()), ("reason", "x")], StatusCode::BAD_REQUEST),
        (vec![("act", "dance"), ("id", one.as_str()), ("reason", "x")], StatusCode::BAD_REQUEST),
        (vec![("act", "confirm"), ("id", "i0000000000000000"), ("reason", "x")], StatusCode::NOT_FOUND),
        (vec![("act", "confirm"), ("id", "'; DROP TABLE incident"), ("reason", "x")], StatusCode::NOT_FOUND),
        (vec![("act", "undo"), ("seq", "999"), ("reason", "x")], StatusCode::NOT_FOUND),
    ] {
        assert_eq!(w.post(&editor, "/decide", &pairs).await.status, status, "{pairs:?}");
    }
}

#[tokio::test]
async fn what_is_new_is_new_until_it_was_seen() {
    let w = world();
    let (reader, editor) = (w.sign_in("reader").await, w.sign_in("editor").await);
    let desk = w.get(&reader, "/").await.body;
    assert!(desk.contains("you have not said “seen” yet") && desk.contains("Kharlachi"), "{desk}");
    let point = |name: &str| {
        let at = desk.find(&format!("name=\"{name}\" value=\"")).unwrap() + name.len() + 15;
        desk[at..].split('"').next().unwrap().to_owned()
    };
    let (reports, decisions) = (point("report"), point("decision"));
    w.post(&reader, "/seen", &[("report", &reports), ("decision", &decisions)]).await;
    assert!(w.get(&reader, "/").await.body.contains("<b>0</b> new incidents"));
    // Of the other, everything is new still.
    assert!(!w.get(&editor, "/").await.body.contains("<b>0</b> new incidents"));
    add(
        &w.place,
        &[report(
            "",
            "Late (synthetic)",
            "2024-05-23",
            "Gunmen abducted two drivers in Quetta on Wednesday, police said.",
        )],
    );
    let desk = w.get(&reader, "/").await.body;
    assert!(desk.contains("<b>1</b> new incident</a>,") && desk.contains("Quetta"), "{desk}");
}

#[tokio::test]
async fn every_grade_shows_who_gave_it_and_when() {
    let w = world();
    let analyst = w.sign_in("analyst").await;
    let id = w.incident("Khost");
    let path = format!("/incidents/{id}");
    let page = w.get(&analyst, &path).await.body;
    assert!(page.contains("not graded") && !page.contains("grade 3"));
    let claim = page.split("href=\"/claims/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let source = page.split("href=\"/sources/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let of_claim = [("act", "grade-claim"), ("id", claim.as_str()), ("grade", "3"), ("reason", "one witness")];
    let of_source =
        [("act", "grade-source"), ("source_escaped", source.as_str()), ("grade", "B"), ("reason", "as before")];
    assert_eq!(w.post(&analyst, "/decide", &of_claim).await.status, StatusCode::SEE_OTHER);
    assert_eq!(w.post(&analyst, "/decide", &of_source).await.status, StatusCode::SEE_OTHER);
    let given = |grade: &str| format!("grade {grade} by <bdi>analyst</bdi> on <time datetime=\"20");
    for (path, grade) in
        [(path.as_str(), "3"), (path.as_str(), "B"), (&format!("/claims/{claim}"), "3"), ("/reports", "B")]
    {
        let page = w.get(&analyst, path).await.body;
        assert!(page.contains(&given(grade)), "{path}: {grade}");
    }
    // Undone, it is gone everywhere.
    for seq in ["1", "2"] {
        w.post(&analyst, "/decide", &[("act", "undo"), ("seq", seq), ("reason", "a slip")]).await;
    }
    let page = w.get(&analyst, &path).await.body;
    assert!(page.contains("not graded") && !page.contains("grade 3") && !page.contains("grade B"));
}
