//! The embedded tables and rules load without an error.

use counterclaim_lexicon::Lexicon;

#[test]
fn data_has_no_errors() {
    let (_, errors) = Lexicon::load();
    let list: Vec<String> = errors.iter().map(ToString::to_string).collect();
    assert!(list.is_empty(), "{}", list.join("\n"));
}

#[test]
fn names_are_found_longest_first() {
    let lexicon = Lexicon::embedded();
    let words = ["hafiz", "gul", "bahadur", "group", "said"];
    let found = lexicon.actors.find(words.into_iter(), "Hafiz Gul Bahadur Group said").expect("known group");
    assert_eq!((found.words, found.actor.name.as_str()), (4, "Hafiz Gul Bahadur Group"));
}

#[test]
fn towns_are_found_by_binary_search() {
    let lexicon = Lexicon::embedded();
    assert!(lexicon.places.lookup("zzzz no such town").is_empty());
    assert!(lexicon.places.lookup("andorra la vella").iter().any(|p| p.country == "AD"));
}
