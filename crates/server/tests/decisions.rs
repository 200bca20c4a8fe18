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

/// The island fills byte offsets in; without scripts, the words alone say where they stand.
#[tokio::test]
async fn a_claim_is_recorded_from_words_of_a_report() {
    let w = world();
    let (analyst, reader) = (w.sign_in("analyst").await, w.sign_in("reader").await);
    let id = w.incident("engineers");
    let reports = w.get(&analyst, &format!("/api/v1/incidents/{id}")).await.body;
    let reports: serde_json::Value = serde_json::from_str(&reports).unwrap();
    let report = reports["reports"][0]["id"].as_str().unwrap().to_owned();
    let path = format!("/reports/{report}");
    for (address, form) in [(path.as_str(), true), (&format!("/inbox?story={id}"), true)] {
        let page = w.get(&analyst, address).await.body;
        assert_eq!(page.contains("id=\"claim-form\"") && page.contains("data-form=\"claim-form\""), form, "{address}");
        let page = w.get(&reader, address).await.body;
        assert!(!page.contains("claim-form") && page.contains("data-island=\"select\" data-cite"), "{address}");
    }
    let fields = |words: &'static str| {
        vec![
            ("act", "claim"),
            ("about", id.as_str()),
            ("report", report.as_str()),
            ("span_quote", words),
            ("speaker", "Pakistan"),
            ("via", "a spokesman"),
            ("stance", "denies"),
            ("aspect", "occurrence"),
            ("value", "<b>any</b>"),
            ("reason", "the machine missed it"),
            ("back", path.as_str()),
        ]
    };
    let (no, bad) = (StatusCode::FORBIDDEN, StatusCode::BAD_REQUEST);
    assert_eq!(w.post(&reader, "/decide", &fields("police said")).await.status, no);
    let twice = w.post(&analyst, "/decide", &fields("e")).await;
    assert!(twice.status == bad && twice.body.contains("times in report"), "{}", twice.body);
    assert!(w.post(&analyst, "/decide", &fields("engineers sang")).await.body.contains("do not stand"));
    let kept = w.post(&analyst, "/decide", &fields("engineers \n in  Tank")).await;
    assert_eq!(kept.headers[header::LOCATION].to_str().unwrap(), format!("{path}?kept=1"), "{}", kept.body);
    // Words that were changed after they were selected are looked for.
    let mut changed = fields("police said");
    changed.extend([("span_start", "0"), ("span_end", "6")]);
    assert_eq!(w.post(&analyst, "/decide", &changed).await.status, StatusCode::SEE_OTHER);
    let mut selected = fields("");
    selected.extend([("span_start", "0"), ("span_end", "6")]);
    assert_eq!(w.post(&analyst, "/decide", &selected).await.status, StatusCode::SEE_OTHER);
    let page = w.get(&reader, &format!("/incidents/{id}")).await.body;
    assert!(page.matches("recorded by <bdi>analyst</bdi>").count() >= 3 && page.contains("differ"), "{page}");
    assert!(!page.contains("<b>any</b>") && page.contains("&lt;b&gt;any&lt;/b&gt;"));
    assert!(w.get(&reader, "/briefs?q=engineers").await.body.contains("(recorded by <bdi>analyst</bdi>)"));
    assert!(w.get(&reader, &path).await.body.contains("What people recorded"));
    let found = w.get(&reader, "/api/v1/claims?kind=denies&q=engineers+tank").await.body;
    let found: serde_json::Value = serde_json::from_str(&found).unwrap();
    let claim = &found["rows"][0];
    assert_eq!((&claim["quote"], &claim["recorded_by"]), (&"engineers in Tank".into(), &"analyst".into()), "{found}");
    let claim = format!("/claims/{}", claim["id"].as_str().unwrap());
    let undo = [("act", "undo"), ("seq", "1"), ("reason", "a slip"), ("back", claim.as_str())];
    assert!(w.get(&analyst, &claim).await.body.contains("Decision 1 no longer holds"));
    assert_eq!(w.post(&analyst, "/decide", &undo).await.status, StatusCode::SEE_OTHER);
    assert!(w.get(&reader, &claim).await.body.contains("no longer stands"));
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

/// An earlier report gives an incident another name: old addresses lead on, and decisions go along.
#[tokio::test]
async fn an_old_address_leads_to_the_evidence() {
    let w = world();
    let analyst = w.sign_in("analyst").await;
    let told = |id: &str, day: &str, text: &str| report(id, "Late (synthetic)", day, text);
    add(&w.place, &[told("a1", "2024-05-23", "Gunmen abducted two drivers in Quetta on Wednesday, police said.")]);
    let old = w.incident("Quetta");
    let confirm = [("act", "confirm"), ("id", old.as_str()), ("reason", "read twice")];
    assert_eq!(w.post(&analyst, "/decide", &confirm).await.status, StatusCode::SEE_OTHER);
    let first = "Gunmen abducted two drivers in Quetta on Wednesday. Their families waited for news in the evening.";
    add(&w.place, &[report("", "Early (synthetic)", "2024-05-22", first)]);
    let new = w.incident("Quetta");
    assert_ne!(new, old);
    let page = w.get(&analyst, &format!("/incidents/{old}")).await;
    let to = page.headers[header::LOCATION].to_str().unwrap();
    assert_eq!((page.status, to), (StatusCode::SEE_OTHER, format!("/incidents/{new}?was={old}").as_str()));
    let page = w.get(&analyst, to).await.body;
    assert!(page.contains("was regrouped") && page.contains("read twice"), "{page}");
    assert!(page.contains(&format!("made on {old}, as it was called then")));
    assert_eq!(w.get(&analyst, &format!("/inbox?story={old}")).await.status, StatusCode::SEE_OTHER);
    assert_eq!(w.get(&analyst, &format!("/search?q={}", &old[..9])).await.status, StatusCode::SEE_OTHER);
    let api = w.get(&analyst, &format!("/api/v1/incidents/{old}")).await;
    assert_eq!(api.status, StatusCode::TEMPORARY_REDIRECT);
    assert_eq!(api.headers[header::LOCATION].to_str().unwrap(), format!("/api/v1/incidents/{new}"));
    let refused = w.post(&analyst, "/decide", &confirm).await;
    assert!(refused.status == StatusCode::BAD_REQUEST && refused.body.contains(&new), "{}", refused.body);
    // Split again and withdrawn, it is gone, and what was decided is told.
    let page = counterclaim_register::Register::open(&w.place).unwrap().incident(&new).unwrap();
    let early = page.reports.into_iter().find(|r| r.source.starts_with("Early")).unwrap().id;
    let split = [("act", "split"), ("id", new.as_str()), ("out", early.as_str()), ("reason", "two roads")];
    let editor = w.sign_in("editor").await;
    assert_eq!(w.post(&editor, "/decide", &split).await.status, StatusCode::SEE_OTHER);
    add(&w.place, &[told("a1", "2024-05-24", "This report has been withdrawn.")]);
    let several = w.get(&analyst, &format!("/incidents/{old}")).await;
    assert!(several.status == StatusCode::GONE && several.body.contains("No longer an incident"), "{}", several.body);
    assert!(several.body.contains("read twice"));
    let api = w.get(&analyst, &format!("/api/v1/incidents/{old}")).await;
    assert_eq!(api.status, StatusCode::GONE);
    let api: serde_json::Value = serde_json::from_str(&api.body).unwrap();
    assert_eq!(api["decisions"][0]["reason"], "read twice");
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
