//! The sets in the order of the table: those of the evaluation crate, and GUM in the two ways that EWT is read.

use counterclaim_evaluation::table::{SETS, Set};

const GUM_WORDS: Set =
    Set { id: "gum-words", title: "UD English GUM, gold words", path: "treebank/gum-dev.conllu", published: &[] };
const GUM_UPPER: Set = Set {
    id: "gum-upper",
    title: "UD English GUM, raw text in upper case",
    path: "treebank/gum-dev.conllu",
    published: &[],
};
const MORE: &[Set] = &[GUM_WORDS, GUM_UPPER];

/// Every set that can be measured.
pub fn all() -> impl Iterator<Item = &'static Set> {
    let after = SETS.iter().position(|s| s.id == "gum").map_or(SETS.len(), |i| i + 1);
    SETS[..after].iter().chain(MORE).chain(&SETS[after..])
}
