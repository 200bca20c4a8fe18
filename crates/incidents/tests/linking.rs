//! Linking across reports: what is put together, that the order of reports changes nothing, and that people's decisions
//! hold. All reports are synthetic.

use counterclaim_incidents::{Decided, Sighting, cluster, compare, keys, lookups};
use counterclaim_lexicon::Lexicon;
use counterclaim_text::{DateValue, Level, PlaceRef};
use jiff::civil::{Date, date};

fn place(name: &str, lat: f64) -> PlaceRef {
    PlaceRef {
        name: name.into(),
        country: "PK".into(),
        admin1: "Khyber Pakhtunkhwa".into(),
        admin2: String::new(),
        level: Level::Town,
        lat_lon: Some((lat, 70.6)),
        gazetteer_id: name.into(),
        rivals: 0,
        away_km: None,
    }
}

fn sighting(report: &str, trigger: u32, day: Date, town: (&str, f64), killed: &[u64]) -> Sighting {
    Sighting {
        id: format!("{report}#{trigger}"),
        report: report.into(),
        published: Some(day),
        real: true,
        alone: false,
        looks_back: false,
        kind: "bombing".into(),
        when: Some(DateValue { start: day, end: day }),
        places: vec![place(town.0, town.1)],
        perpetrators: vec!["unidentified militants".into()],
        targets: vec!["civilians".into()],
        killed: killed.to_vec(),
        injured: Vec::new(),
        words: vec!["bazaar".into(), "bomb".into()],
        members: vec![0],
        answers: Vec::new(),
    }
}

/// Three reports of a blast in one town, one of a blast elsewhere, one of a later blast in the first town.
fn five() -> Vec<Sighting> {
    let (first, later) = (date(2031, 5, 6), date(2031, 5, 20));
    let (here, there) = (("Northtown", 32.9), ("Southtown", 30.1));
    vec![
        sighting("a", 4, first, here, &[7]),
        sighting("b", 9, first, here, &[7, 8]),
        sighting("c", 2, first, here, &[7]),
        sighting("d", 3, first, there, &[7]),
        sighting("e", 3, later, here, &[7]),
    ]
}

fn groups(all: &[Sighting], decided: &Decided) -> Vec<Vec<String>> {
    let found = cluster(Lexicon::embedded(), all, decided);
    found.into_iter().map(|g| g.into_iter().map(|k| all[k].report.clone()).collect()).collect()
}

#[test]
fn one_occurrence_is_one_group() {
    assert_eq!(groups(&five(), &Decided::default()), [vec!["a", "b", "c"], vec!["d"], vec!["e"]]);
}

#[test]
fn the_order_of_reports_changes_nothing() {
    let all = five();
    let right = groups(&all, &Decided::default());
    // Every rotation, forwards and backwards.
    for k in 0..all.len() {
        let mut turned: Vec<Sighting> = all[k..].iter().chain(&all[..k]).cloned().collect();
        assert_eq!(groups(&turned, &Decided::default()), right);
        turned.reverse();
        assert_eq!(groups(&turned, &Decided::default()), right);
    }
}

#[test]
fn what_people_decide_holds() {
    let decided = Decided { together: vec![(0, 3)], apart: vec![(0, 1)] };
    let found = groups(&five(), &decided);
    let with = |name: &str| found.iter().find(|g| g.iter().any(|r| r == name)).unwrap();
    assert!(with("a").iter().any(|r| r == "d"), "{found:?}");
    assert!(!with("a").iter().any(|r| r == "b"), "{found:?}");
}

#[test]
fn a_denial_joins_what_it_answers_and_makes_nothing() {
    let mut all = five();
    all[2].real = false;
    all[2].answers = std::mem::take(&mut all[2].members);
    assert_eq!(groups(&all, &Decided::default())[0], ["a", "b", "c"]);
    assert!(groups(&all[2..3], &Decided::default()).is_empty());
}

#[test]
fn what_can_be_compared_is_found_through_keys() {
    let lexicon = Lexicon::embedded();
    let mut all = five();
    all[1].when = None;
    all[2].when = None;
    all[2].published = Some(date(2031, 5, 8));
    for a in &all {
        for b in &all {
            let fits = compare(lexicon, a, b).is_some();
            let found = keys(lexicon, b).iter().any(|k| lookups(lexicon, a).contains(k));
            assert!(!fits || found, "{} and {}", a.id, b.id);
        }
    }
}

#[test]
fn reasons_are_words_with_their_weight() {
    let lexicon = Lexicon::embedded();
    let all = five();
    let link = compare(lexicon, &all[0], &all[1]).unwrap();
    assert!(link.score > 0.0);
    assert!(link.reasons(lexicon).iter().any(|(words, weight)| words == "the same place" && *weight > 0.0));
    assert_eq!(compare(lexicon, &all[1], &all[0]), Some(link), "the comparison is symmetric");
    // Every feature that holds has a row in the table: none is without words for people.
    for (name, _) in compare(lexicon, &all[0], &all[1]).unwrap().features {
        assert_ne!(lexicon.links.meaning(name), name);
    }
}

#[test]
fn repetition_without_end_is_no_trouble() {
    let one = &five()[0];
    let copy = |k: usize| Sighting { id: format!("r{k}#1"), report: format!("r{k}"), ..one.clone() };
    let all: Vec<Sighting> = (0..3000).map(copy).collect();
    assert_eq!(groups(&all, &Decided::default()).len(), 1);
}
