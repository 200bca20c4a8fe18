//! A fuzzed session: thousands of requests made at random from a seed, with every role. None may fail on our side, and none
//! may write what its role may not.

#![allow(clippy::unwrap_used)]

mod common;

use axum::http::StatusCode;
use common::{Visitor, form, world};
use counterclaim_register::{Act, Register};
use counterclaim_server::{Kind, ROUTES, Role};

/// Requests of each visitor.
const EACH: usize = 1200;

/// A small generator: the same numbers on every machine.
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n
    }

    fn of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.below(all.len())]
    }
}

const VALUES: &[&str] = &[
    "",
    "0",
    "1",
    "-1",
    "99999999999999999999",
    "x",
    "2024-05-13",
    "2024-13-45",
    "9999-12-31",
    "-009999-01-01",
    "Pakistan",
    "Khost",
    "air-strike",
    "denies",
    "draft",
    "rejected",
    "disputed",
    "' OR 1=1 --",
    "<script>",
    "\u{202E}",
    "…",
    "NEAR(",
    "\"",
    "%",
    "json",
    "acled",
    "md",
    "9223372036854775807",
    "confirm",
    "reject",
    "merge",
    "split",
    "edit",
    "undo",
    "assess",
    "grade-source",
    "grade-claim",
    "follow",
    "A",
    "3",
    "likely",
    "high",
    "kept",
];
const NAMES: &[&str] = &[
    "from",
    "to",
    "between",
    "place",
    "kind",
    "status",
    "state",
    "q",
    "after",
    "limit",
    "source",
    "disputed",
    "unplaced",
    "story",
    "report",
    "at",
    "format",
    "kept",
    "others",
    "act",
    "id",
    "reason",
    "seen",
    "field",
    "value",
    "grade",
    "who",
    "likelihood",
    "confidence",
    "basis",
    "progress",
    "seq",
    "other",
    "other_id",
    "out",
    "back",
    "name",
    "role",
    "password",
    "label",
    "old",
    "new",
    "decision",
];

#[tokio::test]
async fn nothing_fails_and_nothing_forbidden_is_written() {
    let w = world();
    let admin = w.sign_in("admin").await;
    let mut ids: Vec<String> = Vec::new();
    for list in ["incidents", "claims", "commitments", "reports"] {
        ids.push(w.first(&admin, list).await);
    }
    ids.push(w.incident("engineers"));
    ids.push(w.incident("Khost"));
    let routes: Vec<_> = ROUTES
        .iter()
        .filter(|r| {
            r.kind != Kind::Events
                && !matches!(r.path, "/sign-out" | "/sign-in" | "/me/password")
                && !r.path.starts_with("/people/")
        })
        .collect();
    let mut random = Random(20_240_514);
    for role in [None, Some(Role::Reader), Some(Role::Analyst), Some(Role::Editor)] {
        let visitor = match role {
            Some(role) => w.sign_in(role.as_str()).await,
            None => Visitor::default(),
        };
        for _ in 0..EACH {
            let route = routes[random.below(routes.len())];
            let known: Vec<&str> = ids.iter().map(String::as_str).collect();
            let value = |random: &mut Random| if random.below(3) == 0 { random.of(&known) } else { random.of(VALUES) };
            let id = value(&mut random).to_owned();
            let escaped: String = form_urlencoded::byte_serialize(id.as_bytes()).collect();
            let escaped = if escaped.is_empty() { "i1".into() } else { escaped.replace('+', "%20") };
            let path = route.path.replace("{id}", &escaped).replace("{name}", &escaped).replace("{*path}", &escaped);
            let mut pairs: Vec<(&str, &str)> = Vec::new();
            if route.path == "/decide" && random.below(2) == 0 {
                // One that makes sense, if its author may.
                let act = random.of(&["confirm", "reject", "edit", "undo", "merge", "follow", "grade-claim", "assess"]);
                pairs.extend([
                    ("act", act),
                    ("id", random.of(&known)),
                    ("other_id", random.of(&known)),
                    ("field", "title"),
                    ("value", "x"),
                ]);
                pairs.extend([
                    ("seq", random.of(&["1", "2", "3", "4", "5"])),
                    ("progress", "kept"),
                    ("grade", "3"),
                    ("who", "Pakistan"),
                ]);
                pairs.extend([
                    ("likelihood", "likely"),
                    ("confidence", "low"),
                    ("basis", "fuzzed"),
                    ("reason", "fuzzed"),
                ]);
            }
            for _ in 0..random.below(7) {
                pairs.push((random.of(NAMES), value(&mut random)));
            }
            let answer = if route.method.as_str() == "GET" {
                w.get(&visitor, &format!("{path}?{}", form(&pairs))).await
            } else if route.kind == Kind::Page {
                if random.below(4) > 0 {
                    pairs.push(("reason", "fuzzed"));
                }
                w.post(&visitor, &path, &pairs).await
            } else {
                let mut object = serde_json::Map::new();
                object.insert(
                    "action".into(),
                    random.of(&["confirm", "reject", "edit", "undo", "merge", "follow"]).into(),
                );
                object.insert("reason".into(), "fuzzed".into());
                object.insert("id".into(), value(&mut random).into());
                let headers = [("x-csrf-token", visitor.csrf.as_str())];
                w.ask(&visitor, "POST", &path, &headers, serde_json::Value::from(object).to_string()).await
            };
            let what = format!("{role:?} {} {path} {pairs:?}", route.method.as_str());
            assert!(!answer.status.is_server_error(), "{what}: {} {}", answer.status, answer.body);
            if route.role.is_some_and(|needed| role.is_none_or(|r| r < needed)) {
                assert!(
                    matches!(
                        answer.status,
                        StatusCode::SEE_OTHER
                            | StatusCode::UNAUTHORIZED
                            | StatusCode::FORBIDDEN
                            | StatusCode::NOT_FOUND
                    ),
                    "{what}: {}",
                    answer.status
                );
            }
        }
    }
    let decisions = Register::open(&w.place).unwrap().decisions_after(0, 100_000).unwrap();
    assert!(decisions.len() > 5, "the session decided something: {}", decisions.len());
    for d in &decisions {
        assert!(matches!(d.author.as_str(), "analyst" | "editor"), "{d:?}");
        let takes_editor = matches!(d.act, Act::Merge { .. } | Act::Split { .. } | Act::Edit { .. });
        assert!(d.author == "editor" || !takes_editor, "{d:?}");
        if let (Act::Undo { seq }, "analyst") = (&d.act, d.author.as_str()) {
            assert_eq!(decisions[usize::try_from(*seq).unwrap() - 1].author, "analyst");
        }
    }
    // People are as they were.
    assert_eq!(w.get(&admin, "/people").await.body.matches("action=\"/people/remove\"").count(), 4);
}
