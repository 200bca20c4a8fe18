//! Lists: filters, paging, search, actors, sources, briefs.

use super::both;
use super::world::{World, days};
use crate::{Filter, Page};

both!(filters_narrow, pages_join_without_gap, briefs_tell_of_what_fits, ids_are_completed);

fn ids(w: &mut World, filter: Filter) -> Vec<String> {
    w.register.incidents(&filter, &Page { limit: 1000, after: None }).unwrap().rows.into_iter().map(|r| r.id).collect()
}

fn filters_narrow(w: &mut World) {
    w.add(&days());
    let all = ids(w, Filter::default());
    assert!(all.len() >= 5);
    let day = |d: &str| d.parse().ok();
    let monday = ids(w, Filter { from: day("2024-05-13"), to: day("2024-05-13"), ..Filter::default() });
    assert_eq!(monday.len(), 2);
    assert_eq!(
        ids(w, Filter { place: "Khyber Pakhtunkhwa".into(), to: day("2024-05-13"), ..Filter::default() }).len(),
        1
    );
    assert_eq!(ids(w, Filter { place: "af".into(), kind: "air-strike".into(), ..Filter::default() }).len(), 1);
    assert_eq!(ids(w, Filter { place: "Afghanistan".into(), kind: "air-strike".into(), ..Filter::default() }).len(), 1);
    assert_eq!(
        ids(
            w,
            Filter {
                between: Some(("Pakistan".into(), "Afghan Taliban".into())),
                kind: "air-strike".into(),
                ..Filter::default()
            }
        )
        .len(),
        1
    );
    assert!(ids(w, Filter { between: Some(("Pakistan".into(), "Nobody".into())), ..Filter::default() }).is_empty());
    assert_eq!(
        ids(w, Filter { text: "ENGINEERS abducted".into(), ..Filter::default() }),
        ids(w, Filter { place: "Tank".into(), ..Filter::default() })
    );
    assert!(ids(w, Filter { text: "engineers unicorn".into(), ..Filter::default() }).is_empty());
    assert!(w.register.incidents(&Filter { text: "…".into(), ..Filter::default() }, &Page::default()).is_err());
    let denials =
        w.register.claims(&Filter { kind: "denies".into(), ..Filter::default() }, &Page::default()).unwrap().rows;
    assert!(!denials.is_empty() && denials.iter().all(|c| c.stance == "denies"));
    let promises = w
        .register
        .commitments(&Filter { text: "crossing".into(), ..Filter::default() }, &Page::default())
        .unwrap()
        .rows;
    assert_eq!(promises.len(), 1);
    let actors = w.register.actors(&Filter::default()).unwrap();
    assert!(actors.iter().any(|a| a.name == "Pakistan" && a.perpetrator > 0 && a.promises > 0));
    let some = w.register.actors(&Filter { place: "Tank".into(), ..Filter::default() }).unwrap();
    assert!(!some.is_empty() && some.len() < actors.len());
    assert_eq!(w.register.sources(&Filter { text: "valley".into(), ..Filter::default() }).unwrap().len(), 1);
}

fn pages_join_without_gap(w: &mut World) {
    w.add(&days());
    let all = ids(w, Filter::default());
    for text in ["", "on"] {
        let filter = Filter { text: text.into(), ..Filter::default() };
        let whole = ids(w, filter.clone());
        let (mut page, mut joined) = (Page { limit: 2, after: None }, vec![]);
        loop {
            let list = w.register.incidents(&filter, &page).unwrap();
            joined.extend(list.rows.into_iter().map(|r| r.id));
            let Some(next) = list.next else { break };
            page.after = Some(next);
        }
        assert_eq!(joined, whole);
    }
    assert!(all.len() > 2);
    assert!(w.register.incidents(&Filter::default(), &Page { limit: 2, after: Some("x".into()) }).is_err());
}

fn briefs_tell_of_what_fits(w: &mut World) {
    w.add(&days());
    let khost = w.register.brief(&Filter { place: "Khost".into(), ..Filter::default() }, 10).unwrap();
    assert_eq!(khost.incidents.len(), 1);
    assert!(khost.claims.iter().any(|c| c.about == khost.incidents[0].id));
    let accounts: Vec<&String> = khost.incidents[0].accounts.iter().flat_map(|a| &a.claims).collect();
    assert!(!accounts.is_empty() && accounts.iter().all(|id| khost.claims.iter().any(|c| c.id == **id)));
    let all = w.register.brief(&Filter::default(), 100).unwrap();
    assert!(!all.commitments.is_empty() && all.readings.len() >= days().len() - 2);
    let known: Vec<&str> = all.readings.iter().map(|r| r.report.id.as_str()).collect();
    assert!(all.incidents.iter().flat_map(|i| &i.evidence).all(|e| known.contains(&e.report.as_str())));
}

fn ids_are_completed(w: &mut World) {
    w.add(&days());
    let id = ids(w, Filter::default())[0].clone();
    assert_eq!(w.register.complete(&id[..9]).unwrap(), [id]);
    assert!(w.register.complete("i%' OR 1=1").unwrap().is_empty());
    assert!(w.register.complete("").unwrap().is_empty());
}
