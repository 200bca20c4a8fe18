//! Places in whole sentences; all synthetic.

use super::locate;
use crate::find;
use counterclaim_lexicon::Lexicon;
use counterclaim_syntax::Model;
use counterclaim_text::{Level, PlaceMention, Report, Span};

fn places(text: &str) -> Vec<PlaceMention> {
    let report = Report { text: text.into(), ..Report::default() };
    let syntax = Model::embedded().parse(text);
    let found = find(&report, &syntax, Lexicon::embedded());
    found.places.into_iter().chain(found.datelines).collect()
}

/// The place that the first mention with this name resolved to.
fn place(text: &str, name: &str) -> PlaceMention {
    let found = places(text);
    let hit = found.iter().find(|p| p.span.of(text) == name);
    hit.unwrap_or_else(|| panic!("no {name} in {found:#?}")).clone()
}

#[test]
fn a_container_beside_a_name_settles_it() {
    let p = place("A fire broke out in Athens, Ga., on Monday.", "Athens");
    assert_eq!((p.place.country.as_str(), p.place.admin1.as_str()), ("US", "Georgia"));
    assert_eq!(p.why, "its container is named beside it");
    let p = place("The minister flew from Athens to Rome on Monday.", "Athens");
    assert_eq!(p.place.country, "GR");
    let p = place("Police in Lebanon, Pa., arrested two men.", "Lebanon");
    assert_eq!((p.place.level, p.place.admin1.as_str()), (Level::Town, "Pennsylvania"));
}

#[test]
fn neighbours_settle_a_name_without_container() {
    let text = "The road from Peshawar to Jamrud was closed. Trucks waited in Landi Kotal and near Torkham.";
    assert!(places(text).iter().all(|p| p.place.country == "PK"), "{:#?}", places(text));
    let text =
        "Crews from Decatur and Marietta came to Atlanta. The storm had hit Gainesville, the governor of Georgia said.";
    let p = place(text, "Gainesville");
    assert_eq!(p.place.admin1, "Georgia");
    assert_eq!(place(text, "Georgia").place.country, "US");
}

#[test]
fn states_in_a_list_are_states() {
    let text = "Ministers of Nigeria, Niger and Chad met on Monday.";
    for name in ["Niger", "Chad"] {
        assert_eq!(place(text, name).place.level, Level::Country, "{name}");
    }
}

#[test]
fn surnames_and_common_words_are_no_towns() {
    let text = "Mary Welch called the police. Welch said that she had seen Commerce officials.";
    assert!(places(text).iter().all(|p| p.demonym), "{:#?}", places(text));
}

#[test]
fn unknown_names_are_kept_in_the_province_beside_them() {
    let p = place("Gunmen fired on a convoy near Zarqelabad in Bannu on Monday.", "Zarqelabad");
    assert_eq!((p.place.country.as_str(), p.place.admin1.as_str()), ("PK", "Khyber Pakhtunkhwa"));
    assert_eq!(p.place.lat_lon, None);
    assert_eq!((p.place.acled_precision(), p.place.ucdp_precision()), (3, 4));
}

#[test]
fn adjectives_of_regions_point_to_them() {
    let p = place("European ministers met on Monday.", "European");
    assert!(p.demonym && p.place.name == "Europe" && p.place.lat_lon.is_some());
}

#[test]
fn given_names_are_located_whatever_stands_around_them() {
    let text = "Welch, Bannu Medical College, Texans, Xqzt.";
    let report = Report { text: text.into(), ..Report::default() };
    let syntax = Model::embedded().parse(text);
    let span = |w: &str| {
        let at = text.find(w).unwrap();
        Span::new(at, at + w.len())
    };
    let spans = ["Welch", "Bannu Medical College", "Texans", "Xqzt"].map(span);
    let found = locate(&report, &syntax, Lexicon::embedded(), &spans);
    let countries: Vec<Option<&str>> = found.iter().map(|p| p.as_ref().map(|p| p.country.as_str())).collect();
    assert_eq!(countries[1..], [Some("PK"), Some("US"), None]);
    assert!(found[0].is_some());
    assert!(
        locate(&report, &syntax, Lexicon::embedded(), &[Span::new(0, 0), Span::new(90, 99)])
            .iter()
            .all(Option::is_none)
    );
}
