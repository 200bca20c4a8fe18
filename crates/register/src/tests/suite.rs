//! Intake, versions, order, rebuilding, checking, backups.

use super::both;
use super::world::{MACHINE, NOW, World, days, report, shuffled, sqlite};
use crate::store::args;
use crate::{Added, Register, RegisterError};

both!(
    the_same_report_is_kept_once,
    a_corrected_version_takes_the_place_of_the_old_one,
    the_order_of_arrival_changes_nothing,
    what_came_in_cannot_be_changed,
    damage_is_found,
    a_rebuild_mends_what_was_derived,
    a_register_is_made_once,
    rows_of_data_sets_are_reports_of_theirs,
    copies_are_no_second_origin,
);

/// A data set speaks for itself, two of its rows are two incidents, and a row of the same id replaces the older one.
fn rows_of_data_sets_are_reports_of_theirs(w: &mut World) {
    w.add(&days());
    let before = w.register.incidents(&Default::default(), &Default::default()).unwrap().rows.len();
    let csv = |killed: u8| {
        format!(
            "event_id_cnty,event_date,sub_event_type,actor1,actor2,country,admin1,location,fatalities\n\
             PAK1,2024-05-13,Attack,Unidentified Armed Group (Pakistan),Police Forces of Pakistan,Pakistan,Khyber Pakhtunkhwa,Bannu,{killed}\n\
             PAK2,2024-05-13,Attack,Unidentified Armed Group (Pakistan),Police Forces of Pakistan,Pakistan,Khyber Pakhtunkhwa,Bannu,3\n"
        )
    };
    let lexicon = counterclaim_lexicon::Lexicon::embedded();
    let source = counterclaim_exchange::Source { lexicon, file: "x.csv", data_set: "" };
    let rows = |killed: u8| -> Vec<crate::Incoming> {
        let got =
            counterclaim_exchange::import_all(counterclaim_exchange::Format::Acled, &source, csv(killed).as_bytes());
        assert_eq!(got.rows.len(), 2, "{:?}", got.faults);
        got.rows.iter().map(|row| crate::Incoming::of_row(lexicon, row, "x.csv")).collect()
    };
    assert_eq!(w.add(&rows(3)).new, 2);
    assert_eq!(w.add(&rows(3)).known, 2);
    let spoken = w
        .register
        .claims(&crate::Filter { source: "ACLED".into(), ..Default::default() }, &Default::default())
        .unwrap()
        .rows;
    assert!(!spoken.is_empty() && spoken.iter().all(|c| c.speaker == "ACLED"));
    let after = w.register.incidents(&Default::default(), &Default::default()).unwrap().rows.len();
    assert!(after > before, "two rows of one data set are two incidents");
    let changed = w.add(&rows(4));
    assert_eq!((changed.new, changed.versions, changed.known), (1, 1, 1));
    w.is_sound();
    let brief = w.register.brief(&crate::Filter { place: "Bannu".into(), ..Default::default() }, 100).unwrap();
    let mut out = Vec::new();
    let all: Vec<_> = crate::rows(&brief).collect();
    counterclaim_exchange::export(counterclaim_exchange::Format::GeoJson, lexicon, all.iter(), &mut out).unwrap();
    assert!(String::from_utf8(out).unwrap().contains("Bannu"));
}

fn copies_are_no_second_origin(w: &mut World) {
    let text = "Militants attacked a police post in Bannu on Monday, killing three policemen. The attackers came on foot before dawn, \
                fired for half an hour and fled towards the hills, the district officer said. A search of the area went on into the \
                night, and the road to Miran Shah stayed closed. Shops in the bazaar opened late, and schools stayed shut for the day.";
    let own = "A police post in Bannu came under attack on Monday; three policemen were killed. Our reporter saw burnt walls and \
               spoke to families who had heard the shooting from the next village.";
    w.add(&[
        report("", "Example Wire (synthetic)", "2024-05-14", text),
        report("", "Valley Post (synthetic)", "2024-05-14", &text.replace("before dawn", "before first light")),
        report("", "Northern Herald (synthetic)", "2024-05-14", own),
    ]);
    let row = w.page("Bannu").row;
    assert_eq!((row.reports, row.origins), (3, 2));
    w.is_sound();
}

fn the_same_report_is_kept_once(w: &mut World) {
    let all = days();
    assert_eq!(w.add(&all).new, all.len());
    assert_eq!(w.add(&all), Added { known: all.len(), ..Added::default() });
    let twice = [all[0].clone(), report("", "S", "2024-01-01", "Calm."), report("", "S", "2024-01-01", "Calm.")];
    let added = w.add(&twice);
    assert_eq!((added.new, added.known), (1, 2));
    w.is_sound();
}

fn a_corrected_version_takes_the_place_of_the_old_one(w: &mut World) {
    let text = |n: &str| format!("Militants attacked a police post in Bannu on Monday, killing {n} policemen.");
    w.add(&[report("a1", "Example Wire (synthetic)", "2024-05-14", &text("three"))]);
    let old = w.incident("Bannu");
    let added = w.add(&[report("a1", "Example Wire (synthetic)", "2024-05-15", &text("four"))]);
    assert_eq!((added.new, added.versions), (1, 1));
    let page = w.page("Bannu");
    assert_eq!(page.row.killed, Some((4, 4)));
    assert_eq!(page.reports.len(), 1);
    assert!(w.register.incident(&old).is_err());
    let report = w.register.report(&page.reports[0].id).unwrap();
    assert_eq!((report.versions.len(), report.newest, report.given.as_str()), (2, true, "a1"));
    let first = w.register.report(&report.versions[0]).unwrap();
    assert!(!first.newest && first.report.text.contains("three") && first.incidents.is_empty());
    let past: Vec<String> = w.register.history(&report.versions[0]).unwrap().into_iter().map(|p| p.what).collect();
    assert_eq!(past, ["an older version came in", "newest version came in"]);
    // An older version that comes late changes nothing.
    w.add(&[super::world::report("a1", "Example Wire (synthetic)", "2024-05-13", &text("two"))]);
    assert_eq!(w.page("Bannu").row.killed, Some((4, 4)));
    // The same id from another source, or without one, is another report.
    w.add(&[
        super::world::report("a1", "Valley Post (synthetic)", "2024-05-14", "Calm."),
        super::world::report("a1", "", "2024-05-14", "Calm too."),
    ]);
    assert_eq!(
        w.register.sources(&Default::default()).unwrap().iter().map(|s| s.reports).collect::<Vec<_>>(),
        [1, 3, 1]
    );
    w.is_sound();
}

fn the_order_of_arrival_changes_nothing(w: &mut World) {
    let all = days();
    w.add(&all);
    let expected = w.register.dump().unwrap();
    assert!(expected.lines().filter(|l| l.starts_with("incident ")).count() >= 5);
    for seed in 1..=4 {
        let mut other = sqlite();
        // In batches of various sizes, and one by one.
        for some in shuffled(&all, seed).chunks(seed as usize) {
            other.add(some);
        }
        same(&other.register.dump().unwrap(), &expected, &format!("seed {seed}"));
    }
    w.is_sound();
}

/// Equal dumps; else the first lines that differ.
fn same(one: &str, other: &str, what: &str) {
    let differ = one.lines().zip(other.lines()).find(|(a, b)| a != b);
    assert!(one == other, "{what}: {differ:?}");
}

fn what_came_in_cannot_be_changed(w: &mut World) {
    w.add(&days()[..2]);
    for sql in ["UPDATE report SET body = 'x'", "DELETE FROM report", "DELETE FROM raw", "UPDATE raw SET name = 'x'"] {
        let db = w.register.db();
        db.begin().unwrap();
        let refused = db.run(sql, args![]).unwrap_err();
        db.rollback().unwrap();
        assert!(refused.to_string().contains("never changed or deleted"), "{sql}: {refused}");
    }
    w.is_sound();
}

/// Whoever has the file can drop the guards; the chain tells.
fn damage_is_found(w: &mut World) {
    w.add(&days());
    let sqlite = !w.register.is_shared();
    let db = w.register.db();
    let unguard = |table: &str| match sqlite {
        true => format!("DROP TRIGGER {table}_keep_update; DROP TRIGGER {table}_keep_delete"),
        false => format!("DROP TRIGGER {table}_keep_rows ON {table}; DROP TRIGGER {table}_keep_all ON {table}"),
    };
    db.script(&unguard("report")).unwrap();
    db.script("UPDATE report SET body = REPLACE(body, 'killed', 'harmed') WHERE seq = 2").unwrap();
    db.script("DELETE FROM told WHERE report = (SELECT id FROM report WHERE seq = 1)").unwrap();
    let faults = w.register.check(&MACHINE).unwrap().faults.join("\n");
    assert!(faults.contains("(number 2): the chain breaks") && faults.contains("another hash"), "{faults}");
    assert!(w.register.prove(&MACHINE, &mut |_, _| {}).unwrap().differing > 0);
    let last = w.register.check(&MACHINE).unwrap().reports.0;
    w.register.db().script(&format!("UPDATE report SET seq = {} WHERE seq = {last}", last + 5)).unwrap();
    let faults = w.register.check(&MACHINE).unwrap().faults.join("\n");
    assert!(faults.contains("were taken out"), "{faults}");
}

fn a_rebuild_mends_what_was_derived(w: &mut World) {
    w.add(&days());
    let expected = w.register.dump().unwrap();
    w.register.db().script("DELETE FROM claim; UPDATE incident SET shown = REPLACE(shown, 'Bannu', 'Tank')").unwrap();
    assert!(!w.register.check(&MACHINE).unwrap().faults.is_empty() || w.register.dump().unwrap() != expected);
    let rebuilt = w.register.rebuild(&MACHINE, &mut |_, _| {}).unwrap();
    assert!(rebuilt.differing > 0 && rebuilt.reports == days().len());
    same(&w.register.dump().unwrap(), &expected, "after a rebuild");
    w.is_sound();
}

fn a_register_is_made_once(w: &mut World) {
    assert!(matches!(Register::init(&w.place), Err(RegisterError::Exists { .. })));
    assert!(Register::open(&w.place).is_ok());
}

#[test]
fn no_register_is_an_error_with_a_remedy() {
    let folder = tempfile::tempdir().unwrap();
    let Err(e) = Register::open(&folder.path().to_string_lossy()) else { panic!("nothing was opened") };
    assert!(e.to_string().contains("counterclaim init"), "{e}");
    let Err(e) = Register::open("postgres://ana:secret@127.0.0.1:1/desk") else { panic!("nothing was opened") };
    assert!(!e.to_string().contains("secret") && e.to_string().contains("***"), "{e}");
}

#[test]
fn a_backup_is_a_register() {
    let mut w = sqlite();
    w.add(&days());
    let file = std::path::Path::new(&w.place).join("copy.db");
    w.register.backup(&file).unwrap();
    assert!(w.register.backup(&file).is_err());
    let mut copy = Register::open(&file.to_string_lossy()).unwrap();
    same(&copy.dump().unwrap(), &w.register.dump().unwrap(), "the copy");
    assert_eq!(copy.check(&MACHINE).unwrap().faults, Vec::<String>::new());
}

#[test]
fn a_full_disk_loses_nothing() {
    let mut w = sqlite();
    let all = days();
    w.add(&all[..4]);
    let before = w.register.dump().unwrap();
    let mut small = Register::limited(&w.place, 1);
    let long = report("", "S (synthetic)", "2024-05-14", &"Fire was exchanged in Kurram on Monday. ".repeat(40_000));
    let quick: &dyn Fn(&[counterclaim_text::Report]) -> Vec<counterclaim_incidents::Part> = &|reports| {
        reports
            .iter()
            .map(|r| super::world::read(&[counterclaim_text::Report { text: String::new(), ..r.clone() }]).remove(0))
            .collect()
    };
    let machine = crate::Machine { generator: "test 1", read: quick };
    let refused = small.add(&machine, &[long], NOW).unwrap_err();
    assert!(matches!(refused, RegisterError::Full { .. }), "{refused}");
    assert!(refused.to_string().contains("Free some space"), "{refused}");
    drop(small);
    same(&w.register.dump().unwrap(), &before, "after a full disk");
    w.add(&all);
    w.is_sound();
}
