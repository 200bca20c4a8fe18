//! Hostile input: SQL, markup, formulas, paths, controls and reordering marks in every field are text like any other.

use super::both;
use super::world::{World, report};
use crate::{Act, Filter, Page, Proposal, SourceGrade};

both!(hostile_words_are_text, hostile_lengths_fit);

pub const WORDS: &[&str] = &[
    "'; DROP TABLE report; --",
    "\" OR \"\"=\"",
    "<script>alert(1)</script>",
    "=HYPERLINK(\"http://example.org\")",
    "../../etc/passwd",
    "\u{202E}desrever\u{2066}",
    "a\0b\u{1b}[31m\r\n\t",
    "NEAR(a b) * ^ : ? $1 ?1 %s {}",
    "خوست 边境 🕊️ é̂",
];

fn hostile_words_are_text(w: &mut World) {
    for (n, words) in WORDS.iter().enumerate() {
        let mut r = report(
            words,
            words,
            "2024-05-14",
            &format!(
                "{words} Militants attacked a police post in Bannu on Monday, killing {} policemen. {words}",
                n + 2
            ),
        );
        r.report.title = (*words).into();
        r.report.url = Some(format!("http://example.org/{words}"));
        r.report.language = Some("en".into());
        r.from = (*words).into();
        assert_eq!(w.add(&[r.clone()]).new, 1);
        assert_eq!(w.add(&[r.clone()]).known, 1, "{words}");
    }
    let names: Vec<String> = w.register.sources(&Filter::default()).unwrap().into_iter().map(|s| s.name).collect();
    assert_eq!(names.len(), WORDS.len());
    for words in WORDS {
        let shown = words.replace('\0', "\u{FFFD}");
        assert!(names.contains(&shown), "{words}");
        let decide = Proposal {
            act: Act::GradeSource { source: shown, grade: SourceGrade::F },
            author: (*words).into(),
            reason: (*words).into(),
            made: (*words).into(),
            seen: None,
            if_unchanged: false,
        };
        w.register.decide(&decide).unwrap();
        for filter in [
            Filter { text: (*words).into(), ..Filter::default() },
            Filter { place: (*words).into(), kind: (*words).into(), source: (*words).into(), ..Filter::default() },
            Filter { between: Some(((*words).into(), (*words).into())), ..Filter::default() },
        ] {
            w.register.incidents(&filter, &Page::default()).unwrap();
            w.register.claims(&filter, &Page::default()).unwrap();
            w.register.actors(&filter).unwrap();
        }
        assert!(w.register.history(words).is_err() || w.register.incident(words).is_err());
        assert!(w.register.incident(words).is_err() && w.register.report(words).is_err());
    }
    let reports = w.register.brief(&Filter::default(), 100).unwrap().readings;
    assert!(reports.iter().any(|r| r.report.text.contains('\0') && r.report.title.contains('\u{1b}')));
    w.is_sound();
}

fn hostile_lengths_fit(w: &mut World) {
    let long = "x".repeat(300_000);
    let mut r = report(&long, &long, "2024-05-14", "Militants attacked a police post in Bannu on Monday.");
    r.report.title = long.clone();
    r.report.url = Some(long.clone());
    w.add(&[r]);
    let words: String = (0..60_000).map(|n| format!("w{n} ")).collect();
    w.add(&[report(
        "",
        "S (synthetic)",
        "2024-05-14",
        &format!("Militants attacked a post in Bannu on Monday. {words}"),
    )]);
    w.is_sound();
}
