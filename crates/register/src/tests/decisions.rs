//! Decisions: kept, tied to what they are about, shown beside the machine's, undone by other decisions.

use super::both;
use super::world::{MACHINE, World, days, proposal, report};
use crate::store::args;
use crate::{
    Act, ClaimGrade, Confidence, Filter, Likelihood, Outcome, Progress, Proposal, RegisterError, SourceGrade, State,
};

both!(
    people_and_machine_stand_side_by_side,
    the_second_sees_the_first,
    merging_and_splitting_hold_whatever_comes,
    an_undoing_is_a_decision,
    grades_and_assessments,
    a_decision_survives_a_corrected_report,
    decisions_are_chained_and_guarded,
    nonsense_is_refused,
);

fn decide(w: &mut World, act: Act) -> Outcome {
    w.register.decide(&proposal(act, "Ana")).unwrap()
}

fn edit(id: &str, field: &str, value: &str) -> Act {
    Act::Edit { id: id.into(), field: field.into(), value: value.into() }
}

fn people_and_machine_stand_side_by_side(w: &mut World) {
    w.add(&days());
    let id = w.incident("Tank");
    decide(w, edit(&id, "killed", "0..1"));
    decide(w, edit(&id, "kind", "arrest"));
    decide(w, Act::Confirm { id: id.clone() });
    let page = w.register.incident(&id).unwrap();
    assert_eq!((page.row.kind.as_str(), page.machine.kind.as_str()), ("arrest", "abduction"));
    assert_eq!((page.row.killed, page.machine.killed), (Some((0, 1)), None));
    assert_eq!((page.row.state, page.last, page.decisions.len()), (State::Confirmed, 3, 3));
    let kind = page.changed.iter().find(|c| c.field == "kind").unwrap();
    assert_eq!((kind.machine.as_str(), kind.now.as_str(), kind.by.as_str()), ("abduction", "arrest", "Ana"));
    // Found by what people say it is.
    let by_kind = |w: &mut World, kind: &str| {
        let filter = Filter { kind: kind.into(), ..Filter::default() };
        w.register.incidents(&filter, &Default::default()).unwrap().rows.iter().filter(|r| r.id == id).count()
    };
    assert_eq!((by_kind(w, "arrest"), by_kind(w, "abduction")), (1, 0));
    // The machine reads on, and overwrites nothing.
    w.add(&[report(
        "",
        "Third (synthetic)",
        "2024-05-21",
        "Gunmen abducted four engineers in Tank on Sunday, police said on Tuesday.",
    )]);
    let id = w.incident("Tank");
    assert_eq!(w.register.incident(&id).unwrap().row.kind, "arrest");
    decide(w, Act::Reject { id: id.clone() });
    assert!(
        w.register
            .incidents(&Filter { place: "Tank".into(), ..Filter::default() }, &Default::default())
            .unwrap()
            .rows
            .is_empty()
    );
    w.is_sound();
}

fn the_second_sees_the_first(w: &mut World) {
    w.add(&days());
    let id = w.incident("Tank");
    let both = |author: &str, if_unchanged| Proposal {
        seen: Some(0),
        if_unchanged,
        ..proposal(Act::Confirm { id: id.clone() }, author)
    };
    assert!(w.register.decide(&both("Ana", false)).unwrap().newer.is_empty());
    let refused = w.register.decide(&both("Ben", true)).unwrap_err();
    assert!(matches!(&refused, RegisterError::Changed { seq: 1, by, .. } if by == "Ana"), "{refused}");
    let second = w.register.decide(&Proposal { act: Act::Reject { id: id.clone() }, ..both("Ben", false) }).unwrap();
    assert_eq!((second.seq, second.newer.len(), second.newer[0].author.as_str()), (2, 1, "Ana"));
    let aware = Proposal { seen: Some(2), ..both("Ana", true) };
    assert_eq!(w.register.decide(&aware).unwrap().seq, 3);
    let page = w.register.incident(&id).unwrap();
    assert_eq!((page.decisions.len(), page.row.state), (3, State::Confirmed));
    w.is_sound();
}

fn merging_and_splitting_hold_whatever_comes(w: &mut World) {
    let all = days();
    w.add(&all[..8]);
    let (a, b) = (w.incident("Bannu"), w.incident("\"Mir Ali\""));
    let merged = decide(w, Act::Merge { ids: vec![a.clone(), b.clone()] });
    let page = w.register.incident(&merged.object).unwrap();
    assert!(page.reports.len() >= 2);
    assert_eq!(w.incident("Bannu"), w.incident("Ali"));
    // What comes later joins the merged incident.
    w.add(&all[8..]);
    let one = w.incident("Bannu");
    assert_eq!(one, w.incident("Ali"));
    w.is_sound();
    // Split one report off again; it stays apart when everything is derived anew.
    let page = w.register.incident(&one).unwrap();
    let out = page.reports.iter().find(|r| r.published == "2024-05-17").unwrap().id.clone();
    let split = decide(w, Act::Split { id: one.clone(), out: vec![out.clone()] });
    let reports = |w: &mut World, id: &str| {
        w.register.incident(id).unwrap().reports.iter().map(|r| r.id.clone()).collect::<Vec<_>>()
    };
    assert_eq!(reports(w, &split.object), std::slice::from_ref(&out));
    assert!(w.page("Bannu").reports.iter().all(|r| r.id != out));
    w.is_sound();
    assert!(w.register.history(&one).unwrap().iter().any(|p| p.what.contains("another occurrence")));
}

fn an_undoing_is_a_decision(w: &mut World) {
    w.add(&days());
    let incidents = |w: &mut World| {
        let dump = w.register.dump().unwrap();
        dump.lines().filter(|l| !l.starts_with("anchor ")).map(str::to_owned).collect::<Vec<_>>()
    };
    let before = incidents(w);
    let (a, b) = (w.incident("Bannu"), w.incident("Tank"));
    let merge = decide(w, Act::Merge { ids: vec![a.clone(), b] });
    assert!(incidents(w) != before);
    let undo = decide(w, Act::Undo { seq: merge.seq });
    assert!(incidents(w) == before, "undoing restores what was");
    decide(w, Act::Undo { seq: undo.seq });
    assert!(incidents(w) != before);
    assert!(matches!(w.register.decide(&proposal(Act::Undo { seq: undo.seq }, "Ana")), Err(RegisterError::Refused(_))));
    let id = w.incident("Bannu");
    let reject = decide(w, Act::Reject { id });
    decide(w, Act::Undo { seq: reject.seq });
    assert_eq!(w.page("Bannu").row.state, State::Draft);
    assert_eq!(w.register.decisions_after(0, 100).unwrap().len(), 5);
    w.is_sound();
}

fn grades_and_assessments(w: &mut World) {
    w.add(&days());
    let source = "Valley Post (synthetic)";
    decide(w, Act::GradeSource { source: source.into(), grade: SourceGrade::B });
    let row = w.register.sources(&Default::default()).unwrap().into_iter().find(|s| s.name == source).unwrap();
    assert_eq!((row.grade.as_deref(), row.graded.unwrap().0.as_str()), (Some("B"), "Ana"));
    let claim = w.register.claims(&Default::default(), &Default::default()).unwrap().rows[0].clone();
    decide(w, Act::GradeClaim { id: claim.id.clone(), grade: ClaimGrade::PossiblyTrue });
    assert_eq!(w.register.claim(&claim.id).unwrap().rows[0].grade.as_deref(), Some("3"));
    let id = w.incident("Tank");
    let assess = |who: &str, likelihood| Act::Assess {
        id: id.clone(),
        who: who.into(),
        likelihood,
        confidence: Confidence::Low,
        basis: "two texts".into(),
    };
    w.register.decide(&proposal(assess("North", Likelihood::Unlikely), "Ana")).unwrap();
    w.register.decide(&proposal(assess("South", Likelihood::Likely), "Ben")).unwrap();
    w.register.decide(&proposal(assess("North", Likelihood::VeryLikely), "Ana")).unwrap();
    let said: Vec<String> = w
        .register
        .incident(&id)
        .unwrap()
        .assessments
        .iter()
        .map(|d| format!("{}: {}", d.author, d.act.said()))
        .collect();
    assert_eq!(
        said,
        [
            "Ana: North did it: very likely; confidence low: two texts",
            "Ben: South did it: likely; confidence low: two texts"
        ]
    );
    let reopening = w
        .register
        .commitments(&Filter { text: "crossing".into(), ..Filter::default() }, &Default::default())
        .unwrap()
        .rows;
    let ups = w.register.commitment(&reopening[0].id).unwrap().follow_ups;
    assert_eq!(
        ups.iter().map(|f| (f.proposal.as_str(), f.incident.kind.as_str())).collect::<Vec<_>>(),
        [("kept", "border-reopening")]
    );
    let promise = w.register.commitments(&Default::default(), &Default::default()).unwrap().rows[0].clone();
    decide(w, Act::Follow { id: promise.id.clone(), progress: Progress::Contested });
    assert_eq!(w.register.commitment(&promise.id).unwrap().row.progress.as_deref(), Some("contested"));
    w.is_sound();
}

fn a_decision_survives_a_corrected_report(w: &mut World) {
    let text = |n: &str| format!("Militants attacked a police post in Bannu on Monday, killing {n} policemen.");
    w.add(&[report("a1", "Example Wire (synthetic)", "2024-05-14", &text("three"))]);
    let id = w.incident("Bannu");
    decide(w, Act::Confirm { id });
    w.add(&[report("a1", "Example Wire (synthetic)", "2024-05-15", &text("four"))]);
    let page = w.page("Bannu");
    assert_eq!((page.row.state, page.decisions.len()), (State::Confirmed, 1));
    w.is_sound();
    // A version that no longer tells of it leaves the decision in the record, tied to nothing.
    w.add(&[report("a1", "Example Wire (synthetic)", "2024-05-16", "This report has been withdrawn.")]);
    let checked = w.register.check(&MACHINE).unwrap();
    assert_eq!(checked.faults, Vec::<String>::new());
    assert!(checked.notes.iter().any(|n| n.starts_with("decision 1 on ")), "{:?}", checked.notes);
    w.is_sound();
}

fn decisions_are_chained_and_guarded(w: &mut World) {
    w.add(&days());
    let id = w.incident("Tank");
    for _ in 0..3 {
        decide(w, Act::Confirm { id: id.clone() });
    }
    let db = w.register.db();
    for sql in ["UPDATE decision SET author = 'Eve'", "DELETE FROM decision"] {
        db.begin().unwrap();
        assert!(db.run(sql, args![]).unwrap_err().to_string().contains("never changed or deleted"));
        db.rollback().unwrap();
    }
    let guards = if w.register.is_shared() {
        "DROP TRIGGER decision_keep_rows ON decision"
    } else {
        "DROP TRIGGER decision_keep_update"
    };
    let db = w.register.db();
    db.script(guards).unwrap();
    db.script("UPDATE decision SET author = 'Eve' WHERE seq = 2").unwrap();
    let faults = w.register.check(&MACHINE).unwrap().faults;
    assert_eq!(faults, ["decision 2: the chain breaks; the row was changed after it was kept"]);
}

fn nonsense_is_refused(w: &mut World) {
    w.add(&days());
    let id = w.incident("Tank");
    let claim = w.register.claims(&Default::default(), &Default::default()).unwrap().rows[0].id.clone();
    let bad = [
        edit(&id, "kind", "picnic"),
        edit(&id, "colour", "red"),
        edit(&id, "killed", "9..7"),
        edit(&id, "when", "yesterday"),
        edit(&claim, "stance", "sings"),
        Act::Confirm { id: "i0000".into() },
        Act::GradeClaim { id: id.clone(), grade: ClaimGrade::Doubtful },
        Act::GradeSource { source: "Nobody".into(), grade: SourceGrade::A },
        Act::Merge { ids: vec![id.clone(), id.clone()] },
        Act::Split { id: id.clone(), out: vec!["r0".into()] },
        Act::Undo { seq: 99 },
    ];
    for act in bad {
        let shown = format!("{act:?}");
        assert!(w.register.decide(&proposal(act, "Ana")).is_err(), "{shown}");
    }
    assert!(w.register.decide(&proposal(Act::Confirm { id: id.clone() }, " ")).is_err());
    assert!(w.register.decisions_after(0, 10).unwrap().is_empty());
}
