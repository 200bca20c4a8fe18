//! Every route with every role, from the same table that the router is made from; and decisions by role.

#![allow(clippy::unwrap_used)]

mod common;

use axum::http::{StatusCode, header};
use common::{Visitor, world};
use counterclaim_server::{Kind, ROUTES, Role};

#[tokio::test]
async fn every_route_answers_every_role_as_the_table_says() {
    let w = world();
    let mut visitors: Vec<(Option<Role>, Visitor)> = vec![(None, Visitor::default())];
    for role in Role::ALL {
        visitors.push((Some(role), w.sign_in(role.as_str()).await));
    }
    let admin = visitors[4].1.clone();
    for route in ROUTES.iter().filter(|r| r.kind != Kind::Events && r.path != "/sign-out") {
        let path = w.path(&admin, route.path).await;
        for (role, visitor) in &visitors {
            let what = format!("{} {path} as {role:?}", route.method.as_str());
            let post = route.method.as_str() == "POST";
            let answer = if post { w.post(visitor, &path, &[]).await } else { w.get(visitor, &path).await };
            assert!(!answer.status.is_server_error(), "{what}: {} {}", answer.status, answer.body);
            let enough = route.role.is_none_or(|needed| role.is_some_and(|r| r >= needed));
            match (enough, role) {
                (true, _) if post => {
                    assert!(route.path == "/sign-in" || answer.status != StatusCode::UNAUTHORIZED, "{what}")
                }
                (true, _) => assert!(
                    answer.status.is_success() || answer.status == StatusCode::SEE_OTHER || route.path == "/export",
                    "{what}: {} {}",
                    answer.status,
                    answer.body
                ),
                (false, Some(_)) => assert_eq!(answer.status, StatusCode::FORBIDDEN, "{what}"),
                (false, None) if route.kind == Kind::Page && !post => {
                    assert!(answer.headers[header::LOCATION].to_str().unwrap().starts_with("/sign-in"), "{what}");
                }
                (false, None) => assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{what}"),
            }
        }
    }
}

#[tokio::test]
async fn who_may_decide_what() {
    let w = world();
    let reader = w.sign_in("reader").await;
    let analyst = w.sign_in("analyst").await;
    let editor = w.sign_in("editor").await;
    let (one, two) = (w.incident("engineers"), w.incident("roadside"));
    let decide = async |who: &Visitor, pairs: &[(&str, &str)]| {
        let mut all = vec![("reason", "a reason")];
        all.extend(pairs);
        w.post(who, "/decide", &all).await.status
    };
    let (kept, no) = (StatusCode::SEE_OTHER, StatusCode::FORBIDDEN);
    let confirm = [("act", "confirm"), ("id", one.as_str())];
    assert_eq!(decide(&reader, &confirm).await, no);
    assert_eq!(decide(&analyst, &confirm).await, kept);
    let edit = [("act", "edit"), ("id", one.as_str()), ("field", "killed"), ("value", "0")];
    assert_eq!((decide(&analyst, &edit).await, decide(&editor, &edit).await), (no, kept));
    let assess = [
        ("act", "assess"),
        ("id", one.as_str()),
        ("who", "unidentified gunmen"),
        ("likelihood", "likely"),
        ("confidence", "low"),
        ("basis", "one report"),
    ];
    assert_eq!((decide(&reader, &assess).await, decide(&analyst, &assess).await), (no, kept));
    let grade = [("act", "grade-source"), ("source", "Valley Post (synthetic)"), ("grade", "B")];
    assert_eq!((decide(&reader, &grade).await, decide(&analyst, &grade).await), (no, kept));
    let claims = w.get(&reader, "/api/v1/reports?source=Valley+Post+(synthetic)").await.body;
    let claims: serde_json::Value = serde_json::from_str(&claims).unwrap();
    let report = claims["rows"].as_array().unwrap().iter().find_map(|r| r["id"].as_str()).unwrap().to_owned();
    let start = [("span_start", "0"), ("span_end", "1")];
    let mut claim = vec![
        ("act", "claim"),
        ("id", one.as_str()),
        ("report", &report),
        ("speaker", "X"),
        ("stance", "warns"),
        ("aspect", "time"),
    ];
    claim.extend(start);
    assert_eq!((decide(&reader, &claim).await, decide(&analyst, &claim).await), (no, kept));
    let merge = [("act", "merge"), ("id", one.as_str()), ("other", two.as_str())];
    assert_eq!((decide(&analyst, &merge).await, decide(&editor, &merge).await), (no, kept));
    // Decision 1 is the analyst's, 2 the editor's: analysts undo their own only.
    assert_eq!(decide(&analyst, &[("act", "undo"), ("seq", "2")]).await, no);
    assert_eq!(decide(&analyst, &[("act", "undo"), ("seq", "1")]).await, kept);
    assert_eq!(decide(&editor, &[("act", "undo"), ("seq", "6")]).await, kept);
    let log = w.get(&reader, "/audit").await.body;
    assert!(log.contains("editor") && !log.contains("People and keys"));
}

#[tokio::test]
async fn admins_look_after_people_and_somebody_stays_admin() {
    let w = world();
    let admin = w.sign_in("admin").await;
    let add = [("name", "Ben Ö."), ("role", "analyst"), ("password", "a long enough one")];
    assert_eq!(w.post(&admin, "/people/add", &add).await.status, StatusCode::SEE_OTHER);
    assert_eq!(w.post(&admin, "/people/add", &add).await.status, StatusCode::BAD_REQUEST);
    let short = [("name", "Cy"), ("role", "analyst"), ("password", "short")];
    assert_eq!(w.post(&admin, "/people/add", &short).await.status, StatusCode::BAD_REQUEST);
    let odd = [("name", "Ad\u{202E}min"), ("role", "analyst"), ("password", "a long enough one")];
    assert_eq!(w.post(&admin, "/people/add", &odd).await.status, StatusCode::BAD_REQUEST);
    assert!(w.get(&admin, "/people").await.body.contains("Ben Ö."));
    let demote = [("name", "admin"), ("role", "reader")];
    assert_eq!(w.post(&admin, "/people/role", &demote).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(w.post(&admin, "/people/remove", &[("name", "admin")]).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(
        w.post(&admin, "/people/role", &[("name", "Ben Ö."), ("role", "admin")]).await.status,
        StatusCode::SEE_OTHER
    );
    assert_eq!(w.post(&admin, "/people/role", &demote).await.status, StatusCode::SEE_OTHER);
    // The role holds from the next request on.
    assert_eq!(w.get(&admin, "/people").await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_key_may_do_what_its_person_may() {
    let w = world();
    let admin = w.sign_in("admin").await;
    let made = w.post(&admin, "/people/keys/add", &[("name", "reader"), ("label", "<b>script</b>")]).await;
    let at = made.body.find("cck_").unwrap();
    let key = Visitor { key: made.body[at..at + 68].to_owned(), ..Visitor::default() };
    assert!(!w.get(&admin, "/people").await.body.contains(&key.key) && !made.body.contains("<b>script"));
    assert_eq!(w.get(&key, "/api/v1/incidents").await.status, StatusCode::OK);
    let json = format!("{{\"action\":\"confirm\",\"id\":\"{}\",\"reason\":\"x\"}}", w.incident("engineers"));
    assert_eq!(w.ask(&key, "POST", "/api/v1/decisions", &[], json).await.status, StatusCode::FORBIDDEN);
    // Keys open the API, not pages.
    assert_eq!(w.get(&key, "/people").await.status, StatusCode::SEE_OTHER);
    let wrong = Visitor { key: "cck_0000".into(), ..Visitor::default() };
    assert_eq!(w.get(&wrong, "/api/v1/incidents").await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(w.post(&admin, "/people/keys/remove", &[("id", "1")]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(w.get(&key, "/api/v1/incidents").await.status, StatusCode::UNAUTHORIZED);
}
