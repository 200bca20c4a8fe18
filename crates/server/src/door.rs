//! The door: every request comes in here, and is let in or turned away by one set of rules.
//!
//! In this order: size, who asks (session cookie or key), role, form token; then the function of the route runs on a thread
//! that may block. No page and no part of the API checks any of this by itself.

use crate::call::{Call, answer};
use crate::desk::Desk;
use crate::error::{DeskError, Result};
use crate::people::{Person, csrf, csrf_fits};
use crate::roles::Role;
use crate::routes::{Kind, Method, Route};
use crate::urls;
use axum::extract::{ConnectInfo, Request};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use sha2::{Digest, Sha256};
use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

/// Bytes of a request at most.
const LARGEST: usize = 64 * 1024;
/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// What is needed of a request, taken out of it.
struct Taken {
    address: String,
    headers: HeaderMap,
    path: String,
    query: String,
    body: Vec<u8>,
}

/// Lets a request in, or turns it away.
pub(crate) async fn enter(desk: Arc<Desk>, route: &'static Route, request: Request) -> Response {
    match tokio::time::timeout(PATIENCE, work(desk, route, request)).await {
        Ok(response) => response,
        Err(_) => failed(route, &DeskError::Busy),
    }
}

async fn work(desk: Arc<Desk>, route: &'static Route, request: Request) -> Response {
    let taken = match take(&desk, request).await {
        Ok(taken) => taken,
        Err(e) => return failed(route, &e),
    };
    if route.kind == Kind::Events {
        return crate::events::listen(desk, route, taken.headers).await;
    }
    // Passwords are hashed one at a time, and few may wait: whoever tries thousands waits for himself.
    let _turn = if route.hashes {
        let Ok(_place) = desk.waiting.try_acquire() else { return failed(route, &DeskError::Busy) };
        desk.hashing.acquire().await.ok()
    } else {
        None
    };
    let _turn_at_work = desk.at_work.acquire().await.ok();
    let held = desk.clone();
    let done = tokio::task::spawn_blocking(move || inside(&held, route, taken)).await;
    done.unwrap_or_else(|e| failed(route, &DeskError::Internal(format!("{}: {e}", asked(route)))))
}

async fn take(desk: &Desk, request: Request) -> Result<Taken> {
    let (parts, body) = request.into_parts();
    let body = axum::body::to_bytes(body, LARGEST).await.map_err(|_| DeskError::TooLarge)?;
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|c| c.0.ip().to_string());
    let said = |h: &HeaderValue| Some(h.to_str().ok()?.rsplit(',').next()?.trim().chars().take(64).collect::<String>());
    let forwarded = parts.headers.get("x-forwarded-for").filter(|_| desk.settings.proxy).and_then(said);
    Ok(Taken {
        address: forwarded.or(peer).unwrap_or_else(|| "local".into()),
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().unwrap_or("").to_owned(),
        headers: parts.headers,
        body: body.to_vec(),
    })
}

/// What an asker has shown.
struct Shown {
    who: Option<Person>,
    token: Option<String>,
    by_key: bool,
}

fn inside(desk: &Desk, route: &'static Route, taken: Taken) -> Response {
    let Taken { address, headers, path, query, body } = taken;
    let now = (desk.settings.now)();
    let url = if query.is_empty() { path.clone() } else { format!("{path}?{query}") };
    let shown = match identify(desk, route, &headers, now) {
        Ok(shown) => shown,
        Err(e) => return failed(route, &e),
    };
    let by_key = shown.by_key;
    let is_form = headers
        .get(header::CONTENT_TYPE)
        .and_then(|h| h.to_str().ok())
        .is_some_and(|s| s.starts_with("application/x-www-form-urlencoded"));
    let token = shown.token;
    let fresh = match token.as_deref().map(csrf).transpose() {
        Ok(fresh) => fresh.unwrap_or_default(),
        Err(e) => return failed(route, &e),
    };
    let call = Call {
        desk,
        now,
        csrf: fresh,
        token,
        who: shown.who,
        params: urls::params(route.path, &path).unwrap_or_default(),
        query: urls::pairs(query.as_bytes()),
        form: if is_form { urls::pairs(&body) } else { Vec::new() },
        body,
        headers,
        address,
        url,
    };
    let sound = urls::params(route.path, &path).is_some();
    let done =
        if sound { admit(route, &call, by_key).and_then(|()| (route.run)(&call)) } else { Err(DeskError::NotFound) };
    match done {
        Ok(response) if route.kind == Kind::Api && route.method == Method::Get => tagged(&call, response),
        Ok(response) => response,
        // Whoever wanted to see a page is asked to sign in, and comes back to it.
        Err(DeskError::SignIn) if route.kind == Kind::Page && route.method == Method::Get => {
            crate::call::go(&format!("/sign-in?{}", urls::query([("to", urls::local(&call.url))])))
        }
        Err(e) => {
            if let DeskError::Internal(m) = &e {
                complain(&asked(route), m);
            }
            if route.kind == Kind::Page { e.page(Some(&call)) } else { e.problem() }
        }
    }
}

/// The name of the session's cookie; with the prefix, browsers take it over HTTPS only.
pub(crate) fn cookie_name(desk: &Desk) -> &'static str {
    if desk.settings.secure { "__Host-desk" } else { "desk" }
}

/// A cookie's value.
fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|h| h.to_str().ok());
    all.flat_map(|h| h.split(';')).find_map(|pair| {
        let (key, value) = pair.trim().split_once('=')?;
        let sound = value.len() <= 100 && value.bytes().all(|b| b.is_ascii_alphanumeric());
        (key == name && sound && !value.is_empty()).then(|| value.to_owned())
    })
}

/// The header that sets the cookie: to a secret, or to nothing.
pub(crate) fn set_cookie(desk: &Desk, secret: &str) -> HeaderValue {
    let age = if secret.is_empty() { 0 } else { 14 * 24 * 3600 };
    let secure = if desk.settings.secure { "; Secure" } else { "" };
    let text = format!("{}={secret}; Path=/; HttpOnly; SameSite=Lax; Max-Age={age}{secure}", cookie_name(desk));
    HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static(""))
}

fn identify(desk: &Desk, route: &Route, headers: &HeaderMap, now: i64) -> Result<Shown> {
    let bearer =
        headers.get(header::AUTHORIZATION).and_then(|h| h.to_str().ok()).and_then(|h| h.strip_prefix("Bearer "));
    if let (Some(key), Kind::Api | Kind::Events) = (bearer, route.kind) {
        let who = desk.people.of_key(key.trim(), now)?;
        return if who.is_some() { Ok(Shown { who, token: None, by_key: true }) } else { Err(DeskError::SignIn) };
    }
    let token = cookie(headers, cookie_name(desk));
    let who = match &token {
        Some(token) if route.kind != Kind::Asset => desk.people.of_session(token, now)?,
        _ => None,
    };
    Ok(Shown { who, token, by_key: false })
}

/// Who may ask for what.
fn admit(route: &Route, call: &Call<'_>, by_key: bool) -> Result<()> {
    if let Some(role) = route.role {
        let who = call.who.as_ref().ok_or(DeskError::SignIn)?;
        if who.role < role {
            let (needed, has) = (role.as_str(), who.role.as_str());
            return Err(DeskError::Forbidden(format!("this takes the role {needed}; yours is {has}")));
        }
    }
    // A key is sent by a program on purpose; a cookie goes along with whatever a page of anyone makes a browser send.
    if route.method == Method::Post && !by_key {
        let header = call.headers.get("x-csrf-token").and_then(|h| h.to_str().ok()).unwrap_or("");
        let brought = if header.is_empty() { call.given("csrf") } else { header };
        if !call.token.as_deref().is_some_and(|secret| csrf_fits(secret, brought)) {
            let message = "the form is out of date, or does not come from this desk; load the page again";
            return Err(DeskError::Forbidden(message.into()));
        }
    }
    Ok(())
}

/// Who listens to events must be somebody, too.
pub(crate) fn admit_listener(desk: &Desk, route: &Route, headers: &HeaderMap) -> Result<()> {
    let who = identify(desk, route, headers, (desk.settings.now)())?.who.ok_or(DeskError::SignIn)?;
    if who.role >= route.role.unwrap_or(Role::Reader) {
        Ok(())
    } else {
        Err(DeskError::Forbidden("not for your role".into()))
    }
}

/// An answer of the API with its tag; only the tag, if the asker has the same already.
fn tagged(call: &Call<'_>, response: Response) -> Response {
    let (mut parts, body) = response.into_parts();
    // Bodies of the API are whole in memory: this waits for nothing.
    let Some(bytes) = whole(body) else {
        return DeskError::Internal("an answer was no whole".into()).problem();
    };
    let digest = Sha256::digest(&bytes);
    let tag = format!("\"{}\"", digest.iter().take(12).map(|b| format!("{b:02x}")).collect::<String>());
    let known = call.headers.get(header::IF_NONE_MATCH).and_then(|h| h.to_str().ok()).unwrap_or("");
    let has = known.split(',').any(|t| t.trim().trim_start_matches("W/") == tag || t.trim() == "*");
    if let Ok(value) = HeaderValue::from_str(&tag) {
        parts.headers.insert(header::ETAG, value);
    }
    parts.headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    if has && parts.status == StatusCode::OK {
        parts.status = StatusCode::NOT_MODIFIED;
        parts.headers.remove(header::CONTENT_TYPE);
        return Response::from_parts(parts, axum::body::Body::empty());
    }
    Response::from_parts(parts, axum::body::Body::from(bytes))
}

/// The bytes of a body that is in memory.
fn whole(body: axum::body::Body) -> Option<Vec<u8>> {
    let mut future = std::pin::pin!(axum::body::to_bytes(body, usize::MAX));
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    match future.as_mut().poll(&mut context) {
        std::task::Poll::Ready(Ok(bytes)) => Some(bytes.to_vec()),
        _ => None,
    }
}

fn failed(route: &Route, e: &DeskError) -> Response {
    if let DeskError::Internal(m) = e {
        complain(&asked(route), m);
    }
    if route.kind == Kind::Page { e.page(None) } else { e.problem() }
}

/// A line for whoever looks after the server; what people asked for stays out of it.
pub(crate) fn complain(asked: &str, message: &str) {
    use std::io::Write;
    let line: String = message.chars().map(|c| if c.is_control() { ' ' } else { c }).take(500).collect();
    let _ = writeln!(std::io::stderr(), "counterclaim: {asked}: {line}");
}

fn asked(route: &Route) -> String {
    format!("{} {}", route.method.as_str(), route.path)
}

/// What stands in for a page that there is not.
pub(crate) fn nowhere(path: &str) -> Response {
    if path.starts_with("/api/") { DeskError::NotFound.problem() } else { DeskError::NotFound.page(None) }
}

/// Headers of every answer: nothing is framed, guessed, kept by others, or loaded from anywhere else.
pub(crate) fn guard(mut response: Response) -> Response {
    const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
                          connect-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "same-origin"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.insert("cross-origin-opener-policy", HeaderValue::from_static("same-origin"));
    headers.insert("permissions-policy", HeaderValue::from_static("camera=(), geolocation=(), microphone=()"));
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// An asset's answer.
pub(crate) fn asset(bytes: Vec<u8>, sort: &'static str) -> Response {
    let mut out = answer(bytes, sort);
    out.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    out
}
