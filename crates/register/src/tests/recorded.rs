//! Claims that people record: part of the account, the person's and never the machine's, and as lasting as any decision.

use super::both;
use super::hostile::WORDS;
use super::world::{MACHINE, World, days, proposal, report};
use crate::{Act, ClaimGrade, Filter, Outcome, Page, Proposal, Recorded, Register, RegisterError, State};
use counterclaim_text::{Aspect, Stance};

both!(
    a_recorded_claim_is_part_of_the_account,
    figures_count_beside_the_machines,
    it_follows_the_incident,
    it_follows_its_words_into_a_corrected_version,
    it_stands_by_its_report_when_the_incident_goes,
    what_makes_no_sense_is_refused,
    hostile_words_are_recorded_as_text,
);

const WORDS_OF_OFFICIALS: &str = "Officials said the attackers fled";

/// A claim in these words of a report.
fn said(w: &mut World, about: &str, report: &str, words: &str) -> Recorded {
    let span = w.register.find_words(report, words).unwrap();
    Recorded {
        about: about.into(),
        report: report.into(),
        start: span.start,
        end: span.end,
        quote: String::new(),
        speaker: "Kurram Tigers".into(),
        via: "a spokesman".into(),
        stance: Stance::Denies,
        aspect: Aspect::Occurrence,
        value: "that there was an attack".into(),
    }
}

fn keep(register: &mut Register, act: Act) -> crate::Result<Outcome> {
    register.decide(&proposal(act, "Ana"))
}

fn record(w: &mut World, claim: Recorded) -> Outcome {
    keep(&mut w.register, Act::Claim(claim)).unwrap()
}

/// The incident in Bannu and its report that holds the words of officials.
fn bannu(w: &mut World) -> (String, String) {
    w.add(&days());
    let page = w.page("Bannu");
    let wire = page.reports.iter().find(|r| r.source.starts_with("Example Wire")).unwrap();
    (page.row.id, wire.id.clone())
}

/// What is derived, without what decisions are tied to.
fn derived(w: &mut World) -> Vec<String> {
    w.register.dump().unwrap().lines().filter(|l| !l.starts_with("anchor ")).map(str::to_owned).collect()
}

fn claims(w: &mut World, filter: Filter) -> Vec<crate::ClaimRow> {
    w.register.claims(&filter, &Page::default()).unwrap().rows
}

fn a_recorded_claim_is_part_of_the_account(w: &mut World) {
    let (id, wire) = bannu(w);
    let before = derived(w);
    let claim = said(w, &id, &wire, WORDS_OF_OFFICIALS);
    let kept = record(w, claim.clone());
    assert!(kept.object.starts_with('c') && kept.seq == 1, "{kept:?}");
    let page = w.register.incident(&id).unwrap();
    let row = page.claims.iter().find(|c| c.id == kept.object).unwrap();
    assert_eq!(
        (row.recorded_by.as_str(), row.state, row.quote.as_str()),
        ("Ana", State::Confirmed, WORDS_OF_OFFICIALS)
    );
    assert!(page.claims.iter().all(|c| c.id == kept.object || c.recorded_by.is_empty()));
    // The machine's own stays what it was.
    let account = |i: &counterclaim_text::Incident| i.accounts.iter().any(|a| a.claims.contains(&kept.object));
    assert!(account(&page.incident) && !account(&page.machine));
    let differs = |i: &counterclaim_text::Incident| i.disputed.contains(&Aspect::Occurrence);
    assert!(differs(&page.incident) && !differs(&page.machine));
    assert!(page.row.disputed.contains(&"occurrence".to_owned()) && page.row.edited.contains(&"disputed".to_owned()));
    let changed = page.changed.iter().find(|c| c.field == "disputed").unwrap();
    assert_eq!((changed.by.as_str(), changed.decision, changed.now.as_str()), ("Ana", 1, "occurrence"));
    assert_eq!((page.row.state, page.last, page.decisions.len()), (State::Draft, 1, 1));
    // Found as any other claim is, and told in briefs.
    for filter in [
        Filter { kind: "denies".into(), text: "attackers fled".into(), ..Filter::default() },
        Filter { actor: "kurram tigers".into(), place: "Bannu".into(), ..Filter::default() },
    ] {
        assert_eq!(claims(w, filter).iter().map(|c| c.id.as_str()).collect::<Vec<_>>(), [kept.object.as_str()]);
    }
    let spoken = Filter { actor: "Kurram Tigers".into(), ..Filter::default() };
    assert_eq!(w.register.incidents(&spoken, &Page::default()).unwrap().rows[0].id, id);
    let brief = w.register.brief(&spoken, 10).unwrap();
    let told = brief.claims.iter().find(|c| c.id == kept.object).unwrap();
    assert_eq!(
        (told.recorded_by(), told.rule.as_str(), told.about.as_str()),
        (Some("Ana"), "decision/1/Ana", id.as_str())
    );
    let row = crate::rows(&brief).find(|r| r.id == id).unwrap();
    assert_eq!(row.notes, "Recorded by Ana: Kurram Tigers denies occurrence.");
    assert!(w.register.report(&wire).unwrap().decisions.iter().any(|d| d.seq == 1));
    w.is_sound();
    // It is graded, changed and rejected like others; nothing of it is called the machine's.
    keep(&mut w.register, Act::GradeClaim { id: kept.object.clone(), grade: ClaimGrade::Doubtful }).unwrap();
    let edit = Act::Edit { id: kept.object.clone(), field: "value".into(), value: "any attack".into() };
    keep(&mut w.register, edit).unwrap();
    let told = w.register.claim(&kept.object).unwrap();
    assert_eq!((told.rows[0].grade.as_deref(), told.rows[0].value.as_str()), (Some("4"), "any attack"));
    assert!(told.decisions.iter().all(|d| d.machine.is_none()) && told.changed[0].machine.is_empty());
    w.is_sound();
    keep(&mut w.register, Act::Undo { seq: 3 }).unwrap();
    keep(&mut w.register, Act::Undo { seq: 2 }).unwrap();
    let undo = keep(&mut w.register, Act::Undo { seq: 1 }).unwrap();
    assert!(derived(w) == before, "undoing restores what was");
    let gone = w.register.claim(&kept.object).unwrap();
    assert!(gone.rows.is_empty() && gone.decisions[0].undone);
    w.is_sound();
    keep(&mut w.register, Act::Undo { seq: undo.seq }).unwrap();
    assert_eq!(w.register.claim(&kept.object).unwrap().rows.len(), 1);
    w.is_sound();
    w.register.rebuild(&MACHINE, &mut |_, _| {}).unwrap();
    assert_eq!(w.register.claim(&kept.object).unwrap().rows[0].about, id);
    // Words of no report, put into the derived row, are found out.
    w.register.db().script("UPDATE claim SET shown = REPLACE(shown, 'attackers fled', 'attackers won')").unwrap();
    assert!(w.register.check(&MACHINE).unwrap().faults.iter().any(|f| f.contains(&kept.object)));
}

fn figures_count_beside_the_machines(w: &mut World) {
    let (id, wire) = bannu(w);
    let claim = said(w, &id, &wire, "killing three policemen");
    for (speaker, value) in [("Pakistan", "7..9"), ("Kurram Tigers", "1"), ("Afghan Taliban", "a few")] {
        let (stance, aspect) = (Stance::Asserts, Aspect::Killed);
        record(w, Recorded { speaker: speaker.into(), value: value.into(), stance, aspect, ..claim.clone() });
    }
    let page = w.register.incident(&id).unwrap();
    assert_eq!((page.row.killed, page.machine.killed), (Some((1, 9)), Some((3, 3))));
    assert!(page.row.disputed.contains(&"killed".to_owned()) && page.row.edited.contains(&"killed".to_owned()));
    // Counts that the machine read stay the machine's.
    assert_eq!(page.incident.tolls, page.machine.tolls);
    w.is_sound();
}

fn it_follows_the_incident(w: &mut World) {
    let (id, wire) = bannu(w);
    let claim = said(w, &id, &wire, WORDS_OF_OFFICIALS);
    let kept = record(w, claim);
    let other = w.incident("Tank");
    let merged = keep(&mut w.register, Act::Merge { ids: vec![other, id] }).unwrap();
    assert_eq!(w.register.claim(&kept.object).unwrap().rows[0].about, merged.object);
    w.is_sound();
    let split = keep(&mut w.register, Act::Split { id: merged.object, out: vec![wire.clone()] }).unwrap();
    let row = w.register.claim(&kept.object).unwrap().rows.remove(0);
    assert_eq!((&row.about, &row.report), (&split.object, &wire));
    w.is_sound();
    // A report that comes later joins in, whatever the order.
    w.add(&[report(
        "",
        "Late (synthetic)",
        "2024-05-15",
        "Four policemen died when militants attacked a police post in Bannu on Monday.",
    )]);
    w.is_sound();
}

fn it_follows_its_words_into_a_corrected_version(w: &mut World) {
    let text = |n: &str, words: &str| {
        format!("Militants attacked a police post in Bannu on Monday, killing {n} policemen. {words}.")
    };
    let version = |day: &str, text: &str| report("a1", "Example Wire (synthetic)", day, text);
    w.add(&[version("2024-05-14", &text("three", WORDS_OF_OFFICIALS))]);
    let page = w.page("Bannu");
    let first = page.reports[0].id.clone();
    let claim = said(w, &page.row.id, &first, WORDS_OF_OFFICIALS);
    let kept = record(w, claim.clone());
    w.add(&[version("2024-05-15", &text("thirteen", WORDS_OF_OFFICIALS))]);
    let row = w.register.claim(&kept.object).unwrap().rows.remove(0);
    assert_eq!((row.start, row.quote.as_str()), (claim.start + 3, WORDS_OF_OFFICIALS));
    assert!(row.report != first && w.page("Bannu").claims.iter().any(|c| c.id == kept.object));
    w.is_sound();
    let late = Act::Claim(Recorded { about: w.incident("Bannu"), ..claim });
    let late = keep(&mut w.register, late);
    assert!(matches!(late, Err(RegisterError::Refused(m)) if m.contains("takes part instead")));
    // Words that are gone, or stand twice, are nobody's; the decision stays, and is told.
    for (day, words) in [
        ("2024-05-16", "Nobody spoke"),
        ("2024-05-17", "Officials said the attackers fled. Officials said the attackers fled"),
    ] {
        w.add(&[version(day, &text("three", words))]);
        assert!(w.register.claim(&kept.object).unwrap().rows.is_empty());
        let checked = w.register.check(&MACHINE).unwrap();
        assert!(checked.notes.iter().any(|n| n.contains("lacks the words")), "{:?}", checked.notes);
        w.is_sound();
    }
    w.add(&[version("2024-05-18", &text("three", WORDS_OF_OFFICIALS))]);
    assert_eq!(w.register.claim(&kept.object).unwrap().rows.len(), 1);
    w.is_sound();
}

fn it_stands_by_its_report_when_the_incident_goes(w: &mut World) {
    let told = "Militants attacked a police post in Bannu on Monday, killing three policemen.";
    let elsewhere = report(
        "",
        "Valley Post (synthetic)",
        "2024-05-14",
        "In Peshawar, a spokesman of the Tigers called the news false.",
    );
    w.add(&[report("a1", "Example Wire (synthetic)", "2024-05-14", told), elsewhere]);
    let id = w.incident("Bannu");
    let post = w.register.reports(Some("Valley Post (synthetic)"), &Page::default()).unwrap().rows.remove(0).id;
    let claim = said(w, &id, &post, "called the news false");
    let kept = record(w, claim);
    assert!(w.page("Bannu").claims.iter().any(|c| c.id == kept.object && c.report == post));
    w.is_sound();
    w.add(&[report("a1", "Example Wire (synthetic)", "2024-05-15", "This report has been withdrawn.")]);
    let row = w.register.claim(&kept.object).unwrap().rows.remove(0);
    assert_eq!((row.about, row.recorded_by.as_str()), (id, "Ana"));
    assert!(w.register.report(&post).unwrap().claims.iter().any(|c| c.id == kept.object));
    w.is_sound();
    let undo = keep(&mut w.register, Act::Undo { seq: kept.seq }).unwrap();
    assert!(w.register.report(&post).unwrap().claims.iter().all(|c| c.id != kept.object));
    w.is_sound();
    keep(&mut w.register, Act::Undo { seq: undo.seq }).unwrap();
    w.add(&[report("a1", "Example Wire (synthetic)", "2024-05-16", told)]);
    assert!(w.page("Bannu").claims.iter().any(|c| c.id == kept.object));
    w.is_sound();
}

fn what_makes_no_sense_is_refused(w: &mut World) {
    let (id, wire) = bannu(w);
    let good = said(w, &id, &wire, WORDS_OF_OFFICIALS);
    let end = u32::try_from(w.register.report(&wire).unwrap().report.text.len()).unwrap();
    let bad = [
        (Recorded { about: "i0000".into(), ..good.clone() }, "nothing"),
        (Recorded { report: "r0000".into(), ..good.clone() }, "nothing"),
        (Recorded { start: 5, end: 5, ..good.clone() }, "no words"),
        (Recorded { start: 9, end: 3, ..good.clone() }, "no words"),
        (Recorded { end: end + 1, ..good.clone() }, "no words"),
        (Recorded { start: u32::MAX - 1, end: u32::MAX, ..good.clone() }, "no words"),
        (Recorded { quote: "other words".into(), ..good.clone() }, "not “other words”"),
        (Recorded { speaker: " ".into(), ..good.clone() }, "speaker"),
        (Recorded { value: "x".repeat(1001), ..good.clone() }, "1000 characters"),
    ];
    for (claim, why) in bad {
        let refused = keep(&mut w.register, Act::Claim(claim.clone())).unwrap_err().to_string();
        assert!(refused.contains(why), "{claim:?}: {refused}");
    }
    assert!(w.register.decisions_after(0, 10).unwrap().is_empty());
    let kept = record(w, good.clone());
    let again = keep(&mut w.register, Act::Claim(Recorded { speaker: " Kurram Tigers ".into(), ..good })).unwrap_err();
    assert!(again.to_string().contains(&kept.object), "{again}");
}

fn hostile_words_are_recorded_as_text(w: &mut World) {
    for (n, words) in WORDS.iter().enumerate() {
        let text = format!(
            "{words} Militants attacked a police post in Bannu on Monday, killing {} policemen. {words}",
            n + 2
        );
        let incoming = report(&format!("h{n}"), "Example Wire (synthetic)", "2024-05-14", &text);
        w.add(&[incoming]);
    }
    let list = w.register.incidents(&Filter::default(), &Page::default()).unwrap().rows;
    for row in list {
        for line in w.register.incident(&row.id).unwrap().reports {
            let text = w.register.report(&line.id).unwrap().report.text;
            for words in WORDS.iter().filter(|words| text.starts_with(**words)) {
                let end = u32::try_from(words.len()).unwrap();
                let (speaker, via, value) = ((*words).to_owned(), (*words).to_owned(), (*words).to_owned());
                let base = said(w, &row.id, &line.id, "police post");
                let claim = Recorded { start: 0, end, speaker, via, value, ..base };
                let made = (*words).to_owned();
                let proposal = Proposal { reason: made.clone(), made, ..proposal(Act::Claim(claim), words) };
                let kept = w.register.decide(&proposal).unwrap();
                assert_eq!(w.register.claim(&kept.object).unwrap().rows[0].quote, *words);
            }
        }
    }
    assert_eq!(w.register.decisions_after(0, 100).unwrap().len(), WORDS.len());
    w.is_sound();
}
