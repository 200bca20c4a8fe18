//! Modes, contexts and CAMEO codes of an act whose type is known.

use super::Act;
use super::reading::Found;
use crate::tree::Tree;
use counterclaim_lexicon::Lexicon;

/// Fills mode, CAMEO code and contexts.
pub fn dress(tree: &Tree, lexicon: &Lexicon, found: &Found, act: &mut Act) {
    let inner = inner_mode(&act.kind, &found.inner);
    if act.mode.is_empty() {
        act.mode = inner.0.into();
    }
    if act.cameo.is_empty() {
        act.cameo = inner.1.into();
    }
    if act.kind == "ASSAULT" {
        refine_assault(tree, lexicon, found, act);
    }
    if act.kind == "COERCE" && act.mode == "restrict" {
        refine_coerce(tree, found, act);
    }
    if act.cameo.is_empty() {
        let mode = lexicon.plover.mode(&act.kind, &act.mode).map(|m| m.cameo.clone());
        let kind = || lexicon.plover.kind(&act.kind).map(|k| k.cameo.clone());
        act.cameo = mode.or_else(kind).unwrap_or_default();
    }
    let sentence = tree.syntax.sentences[tree.sentence(found.trigger)];
    let mut seen: Vec<u16> = Vec::new();
    for i in sentence.tokens() {
        for c in lexicon.plover.contexts(tree.lemma(i)) {
            if !seen.contains(c) {
                seen.push(*c);
            }
        }
    }
    seen.sort_unstable();
    act.contexts = seen.into_iter().map(|c| lexicon.plover.context_name(c).to_owned()).collect();
}

/// Mode and CAMEO code of an act that is promised, demanded, refused or threatened, by the type of the act itself.
fn inner_mode(kind: &str, inner: &str) -> (&'static str, &'static str) {
    match (kind, inner) {
        ("AGREE", "COOPERATE") => ("", "031"),
        ("AGREE", "SUPPORT") => ("", "032"),
        ("AGREE", "AID") => ("", "033"),
        ("AGREE", "CONCEDE") => ("", "034"),
        ("AGREE", "RETREAT") => ("", "035"),
        ("AGREE", "CONSULT") => ("", "036"),
        ("REQUEST", "COOPERATE" | "AID") => ("assist", "103"),
        ("REQUEST", "SUPPORT" | "AGREE") => ("change", "102"),
        ("REQUEST", "CONCEDE") => ("change", "104"),
        ("REQUEST", "RETREAT") => ("yield", "105"),
        ("REQUEST", "CONSULT") => ("meet", "106"),
        ("REJECT", "COOPERATE" | "AID") => ("assist", "121"),
        ("REJECT", "CONCEDE" | "SUPPORT" | "AGREE") => ("change", "123"),
        ("REJECT", "RETREAT") => ("yield", "124"),
        ("REJECT", "CONSULT") => ("meet", "125"),
        ("THREATEN", "SANCTION") => ("relations", "134"),
        ("THREATEN", "COERCE") => ("restrict", "132"),
        ("THREATEN", "PROTEST") => ("restrict", "133"),
        ("THREATEN", "ASSAULT" | "MOBILIZE") => ("violence", "138"),
        _ => ("", ""),
    }
}

/// The means by which somebody was attacked, from the words of the sentence, most telling first.
fn refine_assault(tree: &Tree, lexicon: &Lexicon, found: &Found, act: &mut Act) {
    let sentence = tree.syntax.sentences[tree.sentence(found.trigger)];
    let lemma = |words: &[&str]| sentence.tokens().any(|i| words.contains(&tree.lemma(i)));
    let class = |c: &str| sentence.tokens().any(|i| lexicon.classes.has(tree.lemma(i), c));
    // Rules that settle a mode of their own know best; only the general ones are refined.
    if !matches!(act.mode.as_str(), "" | "firearms" | "beat" | "heavy-weapons" | "aerial") {
        return;
    }
    let means = if lemma(&["suicide"]) {
        ("suicide-attack", "1831")
    } else if lemma(&["drone", "predator", "uav", "quadcopter"]) {
        ("drone", "195")
    } else if act.mode == "beat" {
        match () {
            _ if lemma(&["rape", "gang-rape", "molest", "sexual"]) => ("sexual", "1821"),
            _ if lemma(&["torture"]) => ("torture", "1822"),
            _ => ("beat", "182"),
        }
    } else if act.mode == "aerial" || lemma(&["airstrike", "warplane", "jet", "helicopter", "aircraft", "airstrikes"]) {
        ("aerial", "195")
    } else if lemma(&["assassinate", "assassination"]) {
        ("targeted", "186")
    } else if lemma(&["machete", "knife", "stone", "axe", "spear", "sword", "club"]) {
        ("primitive", "180")
    } else if lemma(&["teargas", "tear", "rubber", "baton"]) {
        ("crowd-control", "175")
    } else if lemma(&["chemical", "sarin", "chlorine", "mustard"]) {
        ("unconventional", "204")
    } else if lemma(&["artillery", "tank", "missile", "rocket", "mortar", "shell", "shelling", "howitzer"]) {
        ("heavy-weapons", "194")
    } else if class("explosive") {
        ("explosives", "183")
    } else if act.mode.is_empty() {
        return;
    } else {
        ("firearms", if act.cameo.is_empty() { "193" } else { act.cameo.as_str() })
    };
    let (mode, cameo) = (means.0.to_owned(), means.1.to_owned());
    act.mode = mode;
    act.cameo = cameo;
}

fn refine_coerce(tree: &Tree, found: &Found, act: &mut Act) {
    let sentence = tree.syntax.sentences[tree.sentence(found.trigger)];
    let lemma = |words: &[&str]| sentence.tokens().any(|i| words.contains(&tree.lemma(i)));
    let better = if lemma(&["curfew"]) {
        ("curfew", "1723")
    } else if lemma(&["martial", "emergency"]) {
        ("martial-law", "1724")
    } else if lemma(&["newspaper", "censor", "censorship", "broadcast", "magazine", "website", "journalist"]) {
        ("censor", "1721")
    } else {
        return;
    };
    act.mode = better.0.into();
    act.cameo = better.1.into();
}
