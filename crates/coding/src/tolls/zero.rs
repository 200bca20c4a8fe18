//! Nobody hurt: "no casualties", "no loss of life", "nobody was hurt".

use super::TollMention;
use crate::tree::Tree;
use counterclaim_text::{Scope, Toll, TollKind};

/// What a phrase such as "no casualties" says that there was none of.
pub(super) fn casualties(tree: &Tree, i: usize) -> Option<&'static [TollKind]> {
    let no = tree.kids(i).any(|k| k < i && matches!(tree.lemma(k), "no" | "any" | "without"))
        || i > 0 && matches!(tree.lemma(i - 1), "no" | "without");
    if !no {
        return None;
    }
    match tree.lemma(i) {
        "casualty" => Some(&[TollKind::Killed, TollKind::Injured]),
        "loss" if tree.kids(i).any(|k| tree.lemma(k) == "life") => Some(&[TollKind::Killed]),
        _ => None,
    }
}

/// Where nobody was even hurt, nobody was killed.
pub(super) fn nobody(tree: &Tree, found: &[TollMention]) -> Vec<TollMention> {
    found
        .iter()
        .filter(|m| m.toll.what == TollKind::Injured && m.toll.high == 0 && m.toll.scope == Scope::Whole)
        .filter(|m| matches!(tree.lemma(m.anchor), "hurt" | "injure" | "wound" | "harm"))
        .map(|m| TollMention { toll: Toll { what: TollKind::Killed, ..m.toll.clone() }, ..m.clone() })
        .collect()
}
