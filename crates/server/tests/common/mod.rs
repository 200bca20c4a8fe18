//! What the tests share: a desk over a synthetic register, and visitors that hold a cookie. No sockets: requests go
//! straight into the router. All events are invented.

#![allow(dead_code)]

use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use counterclaim_reader::Reader;
use counterclaim_reader::text::Report;
use counterclaim_register::{Filter, Incoming, Machine, Page, Register};
use counterclaim_server::{Desk, People, Role, Settings, router};
use http_body_util::BodyExt;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use tower::ServiceExt;

/// 2024-06-01T00:00:00Z.
pub const NOW: i64 = 1_717_200_000;
/// Everybody's password.
pub const PASSWORD: &str = "a quiet long password";

/// A desk.
pub struct World {
    pub router: axum::Router,
    pub place: String,
    pub clock: Arc<AtomicI64>,
    /// Goes with the value.
    _folder: tempfile::TempDir,
}

/// An answer.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

/// Somebody with a browser, or a program with a key.
#[derive(Clone, Default)]
pub struct Visitor {
    pub cookie: String,
    pub key: String,
    pub csrf: String,
}

pub fn report(id: &str, source: &str, day: &str, text: &str) -> Incoming {
    let report = Report {
        id: id.into(),
        source: source.into(),
        published: day.parse().ok(),
        title: format!("{source} of {day}"),
        text: text.into(),
        ..Report::default()
    };
    let raw = Arc::new(format!("{id} {source} {day} {text}").into_bytes());
    Incoming { named: !id.is_empty(), report, notes: vec![], given: None, raw, from: "test".into() }
}

/// Reports of a few days.
pub fn days() -> Vec<Incoming> {
    let (wire, post, herald) = ("Example Wire (synthetic)", "Valley Post (synthetic)", "Northern Herald (synthetic)");
    vec![
        report(
            "",
            wire,
            "2024-05-14",
            "Militants attacked a police post in Bannu on Monday, killing three policemen. Officials said the attackers fled.",
        ),
        report(
            "",
            post,
            "2024-05-14",
            "Three policemen were killed when militants attacked a police post in Bannu on Monday.",
        ),
        report(
            "",
            wire,
            "2024-05-14",
            "Pakistan carried out air strikes in Khost on Monday, the foreign ministry said. It said eight militants were killed.",
        ),
        report(
            "",
            post,
            "2024-05-14",
            "Pakistani aircraft bombed houses in Khost on Monday, killing six civilians, Afghan Taliban officials said. They denied that militants were there.",
        ),
        report(
            "",
            herald,
            "2024-05-16",
            "Pakistan pledged to reopen the Kharlachi crossing by Friday. Afghan officials welcomed the step.",
        ),
        report(
            "",
            post,
            "2024-05-17",
            "A roadside bomb killed two soldiers near Mir Ali on Thursday. No group claimed responsibility.",
        ),
        report("", post, "2024-05-20", "Gunmen abducted four engineers in Tank on Sunday, police said."),
        report(
            "",
            herald,
            "2024-05-21",
            "Afghan Taliban officials denied that militants use Afghan soil against any country.",
        ),
    ]
}

/// Adds reports, as another program would.
pub fn add(place: &str, incoming: &[Incoming]) {
    let read = |reports: &[Report]| Reader::new().parts(reports);
    let machine = Machine { generator: "test 1", read: &read };
    Register::open(place).unwrap().add(&machine, incoming, "2024-05-22T08:00:00Z").unwrap();
}

/// A desk over these reports, with a person of each role, named after it.
pub fn world_of(incoming: &[Incoming]) -> World {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().to_string_lossy().into_owned();
    Register::init(&place).unwrap();
    add(&place, incoming);
    let clock = Arc::new(AtomicI64::new(NOW));
    let held = clock.clone();
    let desk = Desk::open(Settings {
        register: place.clone(),
        people: People::beside(&place),
        now: Arc::new(move || held.load(Ordering::Relaxed)),
        secure: false,
        proxy: true,
        demo: false,
    })
    .unwrap();
    for role in Role::ALL {
        desk.people().add(role.as_str(), role, PASSWORD, NOW).unwrap();
    }
    World { router: router(Arc::new(desk)), place, clock, _folder: folder }
}

pub fn world() -> World {
    world_of(&days())
}

/// What a form sends.
pub fn form(pairs: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

impl World {
    pub async fn ask(
        &self,
        visitor: &Visitor,
        method: &str,
        path: &str,
        more: &[(&str, &str)],
        body: String,
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        if !visitor.cookie.is_empty() {
            request = request.header(header::COOKIE, format!("desk={}", visitor.cookie));
        }
        if !visitor.key.is_empty() {
            request = request.header(header::AUTHORIZATION, format!("Bearer {}", visitor.key));
        }
        for (name, value) in more {
            request = request.header(*name, *value);
        }
        let response = self.router.clone().oneshot(request.body(Body::from(body)).unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        Answer { status: parts.status, headers: parts.headers, body: String::from_utf8_lossy(&bytes).into_owned() }
    }

    pub async fn get(&self, visitor: &Visitor, path: &str) -> Answer {
        self.ask(visitor, "GET", path, &[], String::new()).await
    }

    /// Sends a form, with the visitor's token.
    pub async fn post(&self, visitor: &Visitor, path: &str, pairs: &[(&str, &str)]) -> Answer {
        let mut all = vec![("csrf", visitor.csrf.as_str())];
        all.extend(pairs);
        let sort = ("content-type", "application/x-www-form-urlencoded");
        self.ask(visitor, "POST", path, &[sort], form(&all)).await
    }

    /// Signs in with everybody's password.
    pub async fn sign_in(&self, name: &str) -> Visitor {
        let answer = self.try_sign_in(name, PASSWORD, "10.0.0.1").await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        let mut visitor = Visitor { cookie: cookie(&answer), ..Visitor::default() };
        let me = self.get(&visitor, "/me").await;
        visitor.csrf = token(&me.body);
        visitor
    }

    pub async fn try_sign_in(&self, name: &str, password: &str, address: &str) -> Answer {
        let page = self.get(&Visitor::default(), "/sign-in").await;
        let stranger = Visitor { cookie: cookie(&page), csrf: token(&page.body), ..Visitor::default() };
        let pairs = [("csrf", stranger.csrf.as_str()), ("name", name), ("password", password), ("to", "/inbox")];
        let headers = [("content-type", "application/x-www-form-urlencoded"), ("x-forwarded-for", address)];
        self.ask(&stranger, "POST", "/sign-in", &headers, form(&pairs)).await
    }

    /// The id of the only incident with this word.
    pub fn incident(&self, word: &str) -> String {
        let filter = Filter { text: word.into(), rejected: true, ..Filter::default() };
        let rows = Register::open(&self.place).unwrap().incidents(&filter, &Page::default()).unwrap().rows;
        assert_eq!(rows.len(), 1, "{word}: {rows:?}");
        rows[0].id.clone()
    }

    /// The first id of a list of the API.
    pub async fn first(&self, visitor: &Visitor, list: &str) -> String {
        let answer = self.get(visitor, &format!("/api/v1/{list}")).await;
        let value: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
        value["rows"][0]["id"].as_str().unwrap().to_owned()
    }

    /// A path with real values for its parameters.
    pub async fn path(&self, visitor: &Visitor, template: &str) -> String {
        let list = ["incidents", "claims", "commitments", "reports"]
            .into_iter()
            .find(|l| template.contains(&format!("/{l}/")));
        match list {
            Some(list) if template.contains("{id}") => template.replace("{id}", &self.first(visitor, list).await),
            _ if template.starts_with("/sources/") => "/sources/Valley%20Post%20%28synthetic%29".into(),
            _ => template.replace("{name}", "Pakistan").replace("{*path}", "desk.css"),
        }
    }
}

/// The cookie that an answer sets.
pub fn cookie(answer: &Answer) -> String {
    let set = answer.headers.get(header::SET_COOKIE).unwrap().to_str().unwrap();
    set.split_once('=').unwrap().1.split(';').next().unwrap().to_owned()
}

/// The token of the first form of a page.
pub fn token(page: &str) -> String {
    let at = page.find("name=\"csrf\" value=\"").unwrap() + 19;
    page[at..at + 64].to_owned()
}
