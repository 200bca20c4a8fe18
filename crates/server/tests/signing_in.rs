//! Signing in and out, cookies, form tokens, limits.

#![allow(clippy::unwrap_used)]

mod common;

use axum::http::{StatusCode, header};
use common::{PASSWORD, Visitor, cookie, form, token, world};
use std::sync::atomic::Ordering;

#[tokio::test]
async fn a_password_opens_the_desk_and_signing_out_closes_it() {
    let w = world();
    let nobody = Visitor::default();
    let turned_away = w.get(&nobody, "/explorer?kind=air-strike").await;
    assert_eq!(turned_away.status, StatusCode::SEE_OTHER);
    assert_eq!(turned_away.headers[header::LOCATION], "/sign-in?to=%2Fexplorer%3Fkind%3Dair-strike");
    let answer = w.try_sign_in("Editor", PASSWORD, "10.0.0.1").await;
    assert_eq!((answer.status, answer.headers[header::LOCATION].to_str().unwrap()), (StatusCode::SEE_OTHER, "/inbox"));
    let set = answer.headers[header::SET_COOKIE].to_str().unwrap();
    assert!(set.contains("HttpOnly") && set.contains("SameSite=Lax") && !set.contains("Secure"), "{set}");
    let mut visitor = Visitor { cookie: cookie(&answer), ..Visitor::default() };
    let page = w.get(&visitor, "/").await;
    assert_eq!(page.status, StatusCode::OK);
    visitor.csrf = token(&page.body);
    assert_eq!(w.post(&visitor, "/sign-out", &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(w.get(&visitor, "/").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn wrong_names_and_passwords_look_the_same() {
    let w = world();
    let wrong = w.try_sign_in("editor", "something else", "10.0.0.2").await;
    let nobody = w.try_sign_in("nobody at all", "something else", "10.0.0.2").await;
    assert_eq!((wrong.status, nobody.status), (StatusCode::UNAUTHORIZED, StatusCode::UNAUTHORIZED));
    // But for the form's token.
    let plain = |body: &str| body.replace(&token(body), "");
    assert_eq!(plain(&wrong.body), plain(&nobody.body));
    assert!(wrong.headers.get(header::SET_COOKIE).is_none());
}

#[tokio::test]
async fn attempts_are_limited_and_others_are_not_slowed() {
    let w = world();
    let mut refused = 0;
    for n in 0..25 {
        let answer = w.try_sign_in(&format!("somebody {n}"), "wrong password", "10.9.9.9").await;
        refused += usize::from(answer.status == StatusCode::TOO_MANY_REQUESTS);
    }
    assert_eq!(refused, 5);
    let last = w.try_sign_in("editor", PASSWORD, "10.9.9.9").await;
    assert!(last.headers.contains_key(header::RETRY_AFTER));
    // From elsewhere, the same person comes in.
    assert_eq!(w.try_sign_in("editor", PASSWORD, "10.0.0.3").await.status, StatusCode::SEE_OTHER);
    for n in 0..10 {
        w.try_sign_in("analyst", "wrong password", &format!("10.1.0.{n}")).await;
    }
    assert_eq!(w.try_sign_in("analyst", PASSWORD, "10.0.0.3").await.status, StatusCode::TOO_MANY_REQUESTS);
    w.clock.fetch_add(60, Ordering::Relaxed);
    assert_eq!(w.try_sign_in("analyst", PASSWORD, "10.0.0.3").await.status, StatusCode::SEE_OTHER);
}

/// A thousand wrong passwords at once: whoever has signed in waits for none of them.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_wrong_passwords_do_not_slow_others() {
    let w = std::sync::Arc::new(world());
    let visitor = w.sign_in("reader").await;
    let attack: Vec<_> = (0..1000)
        .map(|n| {
            let w = w.clone();
            tokio::spawn(async move {
                w.try_sign_in(&format!("x{n}"), "wrong password", &format!("10.{}.{}.1", n / 250, n % 250)).await.status
            })
        })
        .collect();
    let mut slowest = std::time::Duration::ZERO;
    for _ in 0..40 {
        let begun = std::time::Instant::now();
        assert_eq!(w.get(&visitor, "/explorer").await.status, StatusCode::OK);
        slowest = slowest.max(begun.elapsed());
    }
    for a in attack {
        let status = a.await.unwrap();
        assert!(
            matches!(
                status,
                StatusCode::UNAUTHORIZED | StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE
            ),
            "{status}"
        );
    }
    assert!(slowest < std::time::Duration::from_secs(3), "{slowest:?}");
}

#[tokio::test]
async fn forms_without_the_sessions_token_are_refused() {
    let w = world();
    let editor = w.sign_in("editor").await;
    let other = w.sign_in("admin").await;
    let id = w.incident("engineers");
    let pairs = [("act", "confirm"), ("id", id.as_str()), ("reason", "x")];
    let sort = ("content-type", "application/x-www-form-urlencoded");
    for token in ["", "0", &other.csrf, &"0".repeat(64)] {
        let mut all = vec![("csrf", token)];
        all.extend(pairs);
        assert_eq!(
            w.ask(&editor, "POST", "/decide", &[sort], form(&all)).await.status,
            StatusCode::FORBIDDEN,
            "{token}"
        );
    }
    assert_eq!(w.ask(&editor, "POST", "/decide", &[sort], form(&pairs)).await.status, StatusCode::FORBIDDEN);
    // With a cookie, the API wants the token too.
    let json = format!("{{\"action\":\"confirm\",\"id\":\"{id}\",\"reason\":\"x\"}}");
    assert_eq!(w.ask(&editor, "POST", "/api/v1/decisions", &[], json.clone()).await.status, StatusCode::FORBIDDEN);
    let with = [("x-csrf-token", editor.csrf.as_str())];
    assert_eq!(w.ask(&editor, "POST", "/api/v1/decisions", &with, json).await.status, StatusCode::CREATED);
    assert_eq!(w.post(&editor, "/decide", &pairs).await.status, StatusCode::SEE_OTHER);
    // The sign-in form has one as well.
    let bare = form(&[("name", "editor"), ("password", PASSWORD)]);
    assert_eq!(w.ask(&Visitor::default(), "POST", "/sign-in", &[sort], bare).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn sessions_end_by_themselves_and_with_the_password() {
    let w = world();
    let reader = w.sign_in("reader").await;
    w.clock.fetch_add(11 * 3600, Ordering::Relaxed);
    assert_eq!(w.get(&reader, "/").await.status, StatusCode::OK);
    w.clock.fetch_add(13 * 3600, Ordering::Relaxed);
    assert_eq!(w.get(&reader, "/").await.status, StatusCode::SEE_OTHER);
    let reader = w.sign_in("reader").await;
    let wrong = [("old", "not it at all"), ("new", "another long password")];
    assert_eq!(w.post(&reader, "/me/password", &wrong).await.status, StatusCode::BAD_REQUEST);
    let right = [("old", PASSWORD), ("new", "another long password")];
    assert_eq!(w.post(&reader, "/me/password", &right).await.status, StatusCode::SEE_OTHER);
    assert_eq!(w.get(&reader, "/").await.status, StatusCode::SEE_OTHER);
    assert_eq!(w.try_sign_in("reader", "another long password", "10.0.0.5").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn nobody_is_led_astray_after_signing_in() {
    let w = world();
    let page = w.get(&Visitor::default(), "/sign-in?to=https://evil.example/").await;
    assert!(!page.body.contains("evil.example"), "{}", page.body);
    let page = w.get(&Visitor::default(), "/sign-in?to=//evil.example/%22%3E").await;
    assert!(page.body.contains("name=\"to\" value=\"/\""), "{}", page.body);
}
