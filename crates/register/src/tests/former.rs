//! Ids that regrouping has changed: they lead to what holds the evidence now, and decisions on them are never lost silently.

use super::both;
use super::world::{MACHINE, World, days, proposal, report};
use crate::{Act, RegisterError};

both!(an_old_id_leads_to_its_evidence, an_old_id_may_lead_to_several, an_id_without_evidence_is_told);

fn decide(w: &mut World, act: Act) -> crate::Result<crate::Outcome> {
    w.register.decide(&proposal(act, "Ana"))
}

fn told(source: &str, day: &str, more: &str) -> crate::Incoming {
    let text = format!("Militants attacked a police post in Bannu on Monday, killing three policemen. {more}");
    report("", source, day, &text)
}

fn now(w: &mut World, id: &str) -> Vec<String> {
    w.register.former(id).unwrap().incidents.into_iter().map(|i| i.id).collect()
}

/// An earlier report gives the incident another name.
fn an_old_id_leads_to_its_evidence(w: &mut World) {
    w.add(&[told("Valley Post (synthetic)", "2024-05-15", "Shops stayed closed.")]);
    let old = w.incident("Bannu");
    decide(w, Act::Confirm { id: old.clone() }).unwrap();
    w.add(&[told("Example Wire (synthetic)", "2024-05-14", "Officials said the attackers fled.")]);
    let new = w.incident("Bannu");
    assert!(new != old && w.register.incident(&old).is_err());
    assert_eq!(now(w, &old), std::slice::from_ref(&new));
    let former = w.register.former(&old).unwrap();
    assert_eq!((former.decisions.len(), former.decisions[0].object.as_str()), (1, old.as_str()));
    // The decision went along.
    assert_eq!(w.register.incident(&new).unwrap().decisions[0].object, old);
    let refused = decide(w, Act::Reject { id: old.clone() }).unwrap_err();
    assert!(matches!(&refused, RegisterError::Refused(m) if m.contains(&new)), "{refused}");
    assert_eq!(w.register.complete(&old[..9]).unwrap(), std::slice::from_ref(&old));
    assert!(matches!(w.register.former("i0000000000000000"), Err(RegisterError::Unknown(_))));
    // Also where nobody decided anything, and whatever came first.
    w.register.rebuild(&MACHINE, &mut |_, _| {}).unwrap();
    assert_eq!(now(w, &old), [new]);
    w.is_sound();
}

fn an_old_id_may_lead_to_several(w: &mut World) {
    w.add(&[
        told("Valley Post (synthetic)", "2024-05-15", "Shops stayed closed."),
        told("Northern Herald (synthetic)", "2024-05-16", "Families waited for news."),
    ]);
    let old = w.incident("Bannu");
    decide(w, Act::Confirm { id: old.clone() }).unwrap();
    w.add(&[told("Example Wire (synthetic)", "2024-05-14", "Officials said the attackers fled.")]);
    let page = w.page("Bannu");
    let herald = page.reports.iter().find(|r| r.source.starts_with("Northern")).unwrap().id.clone();
    let split = decide(w, Act::Split { id: page.row.id.clone(), out: vec![herald] }).unwrap();
    let found = now(w, &old);
    assert!(found.len() == 2 && found.contains(&split.object), "{found:?}");
    let refused = decide(w, Act::Confirm { id: old }).unwrap_err().to_string();
    assert!(found.iter().all(|i| refused.contains(i)), "{refused}");
    w.is_sound();
}

fn an_id_without_evidence_is_told(w: &mut World) {
    w.add(&days());
    let version = |day: &str, text: &str| report("a1", "Example Wire (synthetic)", day, text);
    w.add(&[version("2024-05-22", "Gunmen abducted two drivers in Quetta on Tuesday, police said.")]);
    let old = w.incident("Quetta");
    decide(w, Act::Confirm { id: old.clone() }).unwrap();
    w.add(&[version("2024-05-23", "This report has been withdrawn.")]);
    let former = w.register.former(&old).unwrap();
    assert!(former.incidents.is_empty() && former.decisions.len() == 1);
    let refused = decide(w, Act::Confirm { id: old.clone() }).unwrap_err();
    assert!(refused.to_string().contains("no report tells of it any more"), "{refused}");
    assert!(w.register.check(&MACHINE).unwrap().notes.iter().any(|n| n.contains(&old)));
    // Told otherwise, it is found by the report that told of it.
    w.add(&[version(
        "2024-05-24",
        "Gunmen abducted two drivers in Quetta on Tuesday.\n\nA roadside bomb killed two soldiers near Zhob on Tuesday.",
    )]);
    assert!(now(w, &old).contains(&w.incident("Quetta")));
    w.is_sound();
}
