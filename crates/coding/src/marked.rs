//! Statements that the trained marks show and no rule has found: a source, a cue and what is said.

use crate::attribution::{self, Attribution};
use crate::speech::{Speech, hypothetical, negated};
use crate::tree::Tree;
use crate::who::{Part, Resolver};
use counterclaim_lexicon::Lexicon;
use counterclaim_text::{ActorKind, Stance, Upos};

/// Longest cue that is taken for one: longer ones are descriptions of how somebody felt.
const LONGEST_CUE: usize = 5;

/// The statements whose cue no statement in `found` has.
pub fn find(tree: &Tree, who: &Resolver, lexicon: &Lexicon, found: &[Speech]) -> Vec<Speech> {
    attribution::find(tree).iter().filter_map(|a| statement(tree, who, lexicon, found, a)).collect()
}

/// Lets the marks say how far the content of a statement reaches, where the tree can hardly know: "X, according to Y".
pub fn refine(tree: &Tree, found: &mut [Speech]) {
    let marks = attribution::find(tree);
    let inside = |r: Option<(usize, usize)>, i: usize| r.is_some_and(|r| r.0 <= i && i < r.1);
    let cues: Vec<usize> = found.iter().map(|s| s.cue).collect();
    for s in found.iter_mut() {
        let mark = marks.iter().find(|a| inside(a.cue, s.cue) || inside(a.source, s.cue));
        let Some((first, last)) = mark.and_then(|a| Some((a.content.first()?.0, a.content.last()?.1 - 1))) else {
            continue;
        };
        if REFINED.iter().any(|r| s.rule.ends_with(r)) {
            s.tokens = (first, last);
        } else if s.rule.ends_with("/that") && s.cue < s.tokens.0 && first.max(s.tokens.0) <= last.min(s.tokens.1) {
            // What follows the cue may go on behind a clause that the tree has cut off; not behind the next cue.
            let next = cues.iter().copied().filter(|c| *c > s.tokens.1).min().unwrap_or(usize::MAX);
            if next > last && tree.sentence(last) == tree.sentence(s.cue) {
                s.tokens.1 = s.tokens.1.max(last);
            }
        }
    }
}

/// Rules whose statements the marks delimit.
const REFINED: &[&str] = &["according-to", "parataxis"];

fn statement(tree: &Tree, who: &Resolver, lexicon: &Lexicon, found: &[Speech], a: &Attribution) -> Option<Speech> {
    let (source, cue) = (a.source?, a.cue?);
    let (first, last) = (a.content.first()?.0, a.content.last()?.1 - 1);
    let inside = |r: (usize, usize), i: usize| r.0 <= i && i < r.1;
    if found.iter().any(|s| inside(cue, s.cue) || inside(source, s.cue)) || cue.1 - cue.0 > LONGEST_CUE {
        return None;
    }
    let head = top(tree, cue);
    let lemma = tree.lemma(head);
    if crate::speech::name(tree, head) {
        return None;
    }
    let verb = matches!(tree.upos(head), Upos::Verb | Upos::Aux);
    if verb && hypothetical(tree, head) {
        return None;
    }
    let stance = match lexicon.cues.speech(lemma, verb) {
        // What a rule of demands or accusations has not taken ("asked about", "called it") is none.
        Some(c)
            if verb && matches!(c.frame.as_str(), "for" | "accused" | "to" | "of" | "from" | "responsible" | "at") =>
        {
            return None;
        }
        Some(c) if verb && c.stance == Stance::Demands => return None,
        Some(c) => c.stance,
        None if matches!(tree.word(cue.0), ":" | "—" | "–") || lemma == "accord" || lemma == "according" => {
            Stance::Asserts
        }
        None => return None,
    };
    let speaker = who.resolve(top(tree, source), Part::Speaker).filter(|w| w.kind != ActorKind::Media)?;
    let content = a.content.iter().max_by_key(|c| c.1 - c.0).map(|c| top(tree, *c));
    Some(Speech {
        speaker,
        stance,
        cue: head,
        content,
        tokens: (first, last),
        negated: verb && negated(tree, head),
        accused: None,
        rule: format!("claims/{lemma}/marked"),
    })
}

/// The word of a range on which the rest of it hangs.
fn top(tree: &Tree, range: (usize, usize)) -> usize {
    (range.0..range.1)
        .find(|i| tree.head(*i).is_none_or(|h| h < range.0 || h >= range.1) && tree.upos(*i) != Upos::Punct)
        .unwrap_or(range.0)
}
