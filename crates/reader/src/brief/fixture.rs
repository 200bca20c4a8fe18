//! A small brief written by hand, for tests of the wire format and the brief.

use counterclaim_text::{
    Account, Aspect, Brief, Claim, Commitment, Evidence, Incident, Level, Note, PlaceRef, Precision, Reading, Report,
    Scope, Span, Stance, Status, Toll, TollKind, When,
};

const FIRST: &str = "Pakistan launched strikes in Khost on Monday, targeting \u{201c}terrorists of the Hafiz Gul Bahadur Group\u{201d}, \
the Foreign Office said. Seven people were killed. Terrorists use Afghan soil, it said, and promised to increase cooperation.";
const SECOND: &str = "Afghan officials said that civilian homes were hit and that eight civilians died. \
They denied that militants use their soil. Fire was exchanged in Kurram.";

/// Two reports, one air strike with two accounts, one clash that nobody speaks of, one question, one promise.
pub(crate) fn brief() -> Brief {
    Brief {
        readings: vec![
            reading(
                "r1",
                "Dawn (synthetic)",
                "Strikes in Khost",
                FIRST,
                vec![note("Monday", "The Monday before publication is meant.")],
            ),
            reading("r2", "Tolo (synthetic)", "Homes hit", SECOND, vec![]),
        ],
        incidents: vec![clash(), air_strike()],
        claims: vec![
            claim(
                "c1",
                ("Pakistan", "Foreign Office"),
                Stance::Asserts,
                ("i1", Aspect::Target),
                "Hafiz Gul Bahadur Group",
                ("r1", "targeting \u{201c}terrorists of the Hafiz Gul Bahadur Group\u{201d}"),
            ),
            claim(
                "c2",
                ("Afghan Taliban", ""),
                Stance::Asserts,
                ("i1", Aspect::Target),
                "civilians",
                ("r2", "civilian homes were hit"),
            ),
            claim(
                "c3",
                ("Afghan Taliban", ""),
                Stance::Asserts,
                ("i1", Aspect::Killed),
                "8",
                ("r2", "eight civilians died"),
            ),
            claim(
                "c4",
                ("Pakistan", "Foreign Office"),
                Stance::Admits,
                ("i1", Aspect::Responsibility),
                "Pakistan",
                ("r1", "Pakistan launched strikes in Khost"),
            ),
            claim(
                "c5",
                ("Pakistan", "Foreign Office"),
                Stance::Asserts,
                ("sanctuaries-in-afghanistan", Aspect::Standing),
                "militants use Afghanistan",
                ("r1", "Terrorists use Afghan soil"),
            ),
            claim(
                "c6",
                ("Afghan Taliban", ""),
                Stance::Denies,
                ("sanctuaries-in-afghanistan", Aspect::Standing),
                "militants use Afghanistan",
                ("r2", "They denied that militants use their soil"),
            ),
        ],
        commitments: vec![Commitment {
            id: "p1".into(),
            by: "Pakistan".into(),
            to: vec!["Afghan Taliban".into()],
            what: "increase cooperation".into(),
            made: "2024-03-11".parse().ok(),
            due: None,
            report: "r1".into(),
            span: at(FIRST, "promised to increase cooperation"),
            rule: "commitments/promise".into(),
        }],
        as_of: "2024-03-19".parse().ok(),
    }
}

fn air_strike() -> Incident {
    Incident {
        id: "i1".into(),
        title: "Pakistan: air strike in Khost, 18 March 2024".into(),
        kind: "air-strike".into(),
        when: day("2024-03-18"),
        places: vec![place("Khost", "AF", Level::Admin1)],
        perpetrators: vec!["Pakistan".into()],
        targets: vec!["Hafiz Gul Bahadur Group".into(), "civilians".into()],
        killed: Some((7, 8)),
        injured: None,
        tolls: vec![
            ("r1".into(), toll(7, "", FIRST, "Seven people", "")),
            ("r2".into(), toll(8, "civilians", SECOND, "eight civilians", "Afghan Taliban")),
        ],
        accounts: vec![
            Account { speaker: "Pakistan".into(), claims: vec!["c1".into(), "c4".into()] },
            Account { speaker: "Afghan Taliban".into(), claims: vec!["c2".into(), "c3".into()] },
        ],
        disputed: vec![Aspect::Target],
        status: Status::Admitted,
        evidence: vec![
            evidence("r1", FIRST, "Pakistan launched strikes in Khost on Monday", "events/air-strike/launch-strikes"),
            evidence("r2", SECOND, "civilian homes were hit", "events/air-strike/hit"),
        ],
        pointers: vec![],
        confidence: 0.87,
        signs: vec![],
    }
}

fn clash() -> Incident {
    Incident {
        id: "i2".into(),
        title: "Armed clash in Kurram".into(),
        kind: "armed-clash".into(),
        when: None,
        places: vec![PlaceRef { admin1: "Khyber Pakhtunkhwa".into(), ..place("Kurram", "PK", Level::Admin2) }],
        perpetrators: vec![],
        targets: vec![],
        killed: None,
        injured: None,
        tolls: vec![],
        accounts: vec![],
        disputed: vec![],
        status: Status::Unknown,
        evidence: vec![evidence("r2", SECOND, "Fire was exchanged in Kurram", "events/armed-clash/exchange")],
        pointers: vec![],
        confidence: 0.42,
        signs: vec![],
    }
}

fn reading(id: &str, source: &str, title: &str, text: &str, notes: Vec<Note>) -> Reading {
    let report = Report {
        id: id.into(),
        source: source.into(),
        published: "2024-03-19".parse().ok(),
        title: title.into(),
        text: text.into(),
        ..Report::default()
    };
    Reading { report, language: "en".into(), notes, unlisted: Vec::new() }
}

fn note(words: &str, message: &str) -> Note {
    Note { span: at(FIRST, words), message: message.into() }
}

fn at(text: &str, words: &str) -> Span {
    let start = text.find(words).unwrap();
    Span::new(start, start + words.len())
}

fn day(day: &str) -> Option<When> {
    let day = day.parse().unwrap();
    Some(When { start: day, end: day, precision: Precision::Day })
}

fn place(name: &str, country: &str, level: Level) -> PlaceRef {
    PlaceRef {
        name: name.into(),
        country: country.into(),
        admin1: if level == Level::Admin1 { name.into() } else { String::new() },
        admin2: String::new(),
        level,
        lat_lon: Some((33.3, 69.9)),
        gazetteer_id: "x1".into(),
        rivals: 2,
        away_km: None,
    }
}

fn toll(n: u64, who: &str, text: &str, words: &str, speaker: &str) -> Toll {
    let span = at(text, words);
    Toll {
        what: TollKind::Killed,
        low: n,
        high: n,
        who: who.into(),
        span,
        speaker: speaker.into(),
        scope: Scope::Whole,
    }
}

fn evidence(report: &str, text: &str, words: &str, rule: &str) -> Evidence {
    Evidence { report: report.into(), span: at(text, words), rule: rule.into() }
}

fn claim(
    id: &str,
    (speaker, via): (&str, &str),
    stance: Stance,
    (about, aspect): (&str, Aspect),
    value: &str,
    (report, words): (&str, &str),
) -> Claim {
    Claim {
        id: id.into(),
        speaker: speaker.into(),
        via: via.into(),
        stance,
        about: about.into(),
        aspect,
        value: value.into(),
        report: report.into(),
        span: at(if report == "r1" { FIRST } else { SECOND }, words),
        rule: "claims/says".into(),
        confidence: 0.8,
    }
}
