//! Marks and news: counts, maps, lanes, what is new since somebody looked, what is due.

use super::both;
use super::world::{MACHINE, World, days, proposal, report};
use crate::{Act, Filter, Page};

both!(
    facets_count_what_lists_hold,
    marks_say_where_and_how_exactly,
    days_add_up,
    lanes_stand_in_alphabetical_order,
    what_is_new_is_told_once,
    deadlines_come_up,
    reports_come_newest_first,
    undoing_finds_ones_own_last_decision,
    old_registers_get_their_marks,
);

fn decide(w: &mut World, act: Act, author: &str) -> i64 {
    w.register.decide(&proposal(act, author)).unwrap().seq
}

fn listed(w: &mut World, filter: &Filter) -> usize {
    w.register.incidents(filter, &Page { limit: 1000, after: None }).unwrap().rows.len()
}

fn facets_count_what_lists_hold(w: &mut World) {
    w.add(&days());
    let all = w.register.facets(&Filter::default()).unwrap();
    assert_eq!(all.total, listed(w, &Filter::default()));
    let day = |d: &str| d.parse().ok();
    for (kind, n) in all.kinds.clone() {
        let filter = Filter { kind, ..Filter::default() };
        assert_eq!(listed(w, &filter), n);
        assert_eq!(w.register.facets(&filter).unwrap().total, n);
    }
    for (status, n) in all.statuses.clone() {
        assert_eq!(listed(w, &Filter { status, ..Filter::default() }), n);
    }
    assert_eq!(listed(w, &Filter { unplaced: true, ..Filter::default() }), all.unplaced);
    assert_eq!(listed(w, &Filter { disputed: true, ..Filter::default() }), all.disputed);
    let some = Filter { from: day("2024-05-13"), to: day("2024-05-13"), text: "on".into(), ..Filter::default() };
    assert_eq!(w.register.facets(&some).unwrap().total, listed(w, &some));
    let air = Filter { kind: "Air strike".into(), state: "draft".into(), ..Filter::default() };
    assert_eq!((w.register.facets(&air).unwrap().total, listed(w, &air)), (1, 1));
    let pakistan = Filter { actor: "Pakistan".into(), ..Filter::default() };
    assert!(listed(w, &pakistan) > 0 && listed(w, &pakistan) < all.total);
    // What people reject is counted where it is asked for.
    let id = w.incident("Tank");
    decide(w, Act::Reject { id }, "Ana");
    assert_eq!(w.register.facets(&Filter::default()).unwrap().total, all.total - 1);
    assert_eq!(listed(w, &Filter { state: "rejected".into(), ..Filter::default() }), 1);
    w.is_sound();
    w.register.rebuild(&MACHINE, &mut |_, _| {}).unwrap();
    assert_eq!(w.register.facets(&Filter::default()).unwrap().total, all.total - 1);
}

fn days_add_up(w: &mut World) {
    w.add(&days());
    for filter in [Filter::default(), Filter { disputed: true, ..Filter::default() }] {
        let by_day = w.register.days(&filter).unwrap();
        assert!(by_day.windows(2).all(|d| d[0].day < d[1].day));
        let exact = w.register.marks(&filter, false, 1000).unwrap().into_iter().filter(|m| m.precision == "day");
        let (all, disputed) = exact.fold((0, 0), |(a, d), m| (a + 1, d + usize::from(m.disputed)));
        assert_eq!(by_day.iter().map(|d| d.incidents).sum::<usize>(), all);
        assert_eq!(by_day.iter().map(|d| d.disputed).sum::<usize>(), disputed);
    }
}

fn marks_say_where_and_how_exactly(w: &mut World) {
    w.add(&days());
    let id = w.incident("Mir Ali");
    let marks = w.register.marks(&Filter::default(), true, 100).unwrap();
    let mark = marks.iter().find(|m| m.id == id).unwrap();
    let (lat, lon) = mark.at.unwrap();
    assert!((32.0..34.0).contains(&lat) && (69.0..71.0).contains(&lon), "{lat} {lon}");
    assert_eq!((mark.exact, mark.precision.as_str(), mark.killed), (2, "day", Some((2, 2))));
    assert!(mark.radius_km >= 1 && marks.iter().all(|m| m.at.is_some()));
    let facets = w.register.facets(&Filter::default()).unwrap();
    assert_eq!(marks.len() + facets.unplaced, facets.total);
}

fn lanes_stand_in_alphabetical_order(w: &mut World) {
    w.add(&days());
    let lanes = w.register.lanes(&Filter::default(), 5, 100).unwrap();
    let names: Vec<String> = lanes.iter().map(|l| l.actor.to_lowercase()).collect();
    assert!(names.is_sorted() && names.iter().any(|n| n == "pakistan"), "{names:?}");
    assert!(lanes.iter().all(|l| !l.marks.is_empty()));
    assert!(w.register.busiest(3).unwrap().iter().any(|a| a.name == "Pakistan" && a.promises == 1));
}

fn what_is_new_is_told_once(w: &mut World) {
    let all = days();
    w.add(&all[..3]);
    let before = w.register.point().unwrap();
    assert_eq!(w.register.incidents_since(0, 10).unwrap().total, 1);
    assert_eq!(w.register.incidents_since(before.report, 10).unwrap().total, 0);
    w.add(&all[3..5]);
    let new = w.register.incidents_since(before.report, 10).unwrap();
    assert_eq!((new.total, new.rows[0].places[0].as_str()), (1, "Khost"));
    let page = w.page("Khost");
    let contradicted = w.register.contradictions_since(before.report, 10).unwrap();
    assert_eq!(contradicted.total, usize::from(!page.row.disputed.is_empty()));
    assert_eq!(contradicted.total, 1, "{:?}", page.claims);
    let now = w.register.point().unwrap();
    assert!(now.report == before.report + 2 && now.decision == 0);
    assert_eq!(w.register.contradictions_since(now.report, 10).unwrap().total, 0);
    assert_eq!(w.register.counts().unwrap().reports, 5);
}

fn deadlines_come_up(w: &mut World) {
    w.add(&days());
    let due = |w: &mut World, day: &str| w.register.due(day.parse().unwrap(), 10).unwrap();
    assert!(due(w, "2024-05-01").is_empty());
    let later = due(w, "2024-05-18");
    assert_eq!(later.len(), 1, "{later:?}");
    let id = later[0].id.clone();
    decide(w, Act::Follow { id, progress: crate::Progress::Kept }, "Ana");
    assert!(due(w, "2024-05-18").is_empty());
}

fn reports_come_newest_first(w: &mut World) {
    w.add(&days());
    let mut page = Page { limit: 5, after: None };
    let mut all = Vec::new();
    loop {
        let list = w.register.reports(None, &page).unwrap();
        all.extend(list.rows);
        let Some(next) = list.next else { break };
        page.after = Some(next);
    }
    assert_eq!(all.len(), days().len());
    assert!(all.iter().all(|r| r.sha256.len() == 64 && !r.arrived.is_empty()));
    let post = w.register.reports(Some("Valley Post (synthetic)"), &Page::default()).unwrap().rows;
    assert!(!post.is_empty() && post.iter().all(|r| r.source == "Valley Post (synthetic)"));
    let told = w.register.report(&all[0].id).unwrap();
    assert!(!told.claims.is_empty() && !told.commitments.is_empty());
    assert!(w.register.reports(None, &Page { limit: 5, after: Some("x".into()) }).is_err());
}

fn undoing_finds_ones_own_last_decision(w: &mut World) {
    w.add(&days());
    let id = w.incident("Tank");
    assert!(w.register.last_of("Ana").unwrap().is_none());
    let first = decide(w, Act::Confirm { id: id.clone() }, "Ana");
    decide(w, Act::Reject { id }, "Ben");
    assert_eq!(w.register.last_of("Ana").unwrap().unwrap().seq, first);
    decide(w, Act::Undo { seq: first }, "Ana");
    assert!(w.register.last_of("Ana").unwrap().is_none());
    let all = w.register.decisions_before(i64::MAX, None, 10).unwrap();
    assert_eq!(all.iter().map(|d| d.undone).collect::<Vec<_>>(), [false, false, true]);
    assert_eq!(w.register.decisions_before(3, Some("Ana"), 10).unwrap().len(), 1);
}

/// A register from before there were marks is brought up to date when it is opened.
fn old_registers_get_their_marks(w: &mut World) {
    w.add(&days());
    let all = w.register.facets(&Filter::default()).unwrap();
    let id = w.incident("Tank");
    let edit = Act::Edit { id, field: "killed".into(), value: "4".into() };
    decide(w, edit, "Ana");
    let marks = w.register.marks(&Filter::default(), false, 1000).unwrap();
    let kept = w.register.dump().unwrap();
    let lexicon = counterclaim_lexicon::Lexicon::embedded();
    // Whoever stops in the middle finds the register as it was.
    w.register.db().script("DROP TABLE mark; DROP TABLE former; DROP INDEX commitment_last").unwrap();
    let stopped = crate::store::writing(w.register.db(), |db| {
        crate::marks::create(db)?;
        crate::marks::fill(db, lexicon, &mut |_, _| {})?;
        Err::<(), _>(crate::RegisterError::Refused("stopped".into()))
    });
    assert!(stopped.is_err() && !crate::store::schema::has(w.register.db(), "mark").unwrap());
    let mut steps = Vec::new();
    w.register = crate::Register::open_telling(&w.place, &mut |done, all| steps.push((done, all))).unwrap();
    assert_eq!(steps.len(), all.total + days().len());
    assert_eq!((steps[0], steps[all.total]), ((0, all.total), (0, days().len())));
    assert_eq!(w.register.marks(&Filter::default(), false, 1000).unwrap(), marks);
    assert!(w.register.dump().unwrap() == kept);
    w.register = crate::Register::open_telling(&w.place, &mut |_, _| panic!("nothing is missing")).unwrap();
    assert_eq!(w.register.facets(&Filter::default()).unwrap(), all);
    w.add(&[report(
        "",
        "Late (synthetic)",
        "2024-05-22",
        "Gunmen abducted two drivers in Bannu on Tuesday, police said.",
    )]);
    assert_eq!(w.register.facets(&Filter::default()).unwrap().total, all.total + 1);
    w.is_sound();
}
