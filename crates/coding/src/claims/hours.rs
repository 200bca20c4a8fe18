//! Times that a statement contests: "it took place at dawn, not at night", "on Sunday, not Monday".

use super::{ClaimDraft, nearest_or_denied};
use crate::events::EventDraft;
use crate::speech::Speeches;
use crate::tree::Tree;
use crate::who::Resolver;
use counterclaim_lexicon::Lexicon;
use counterclaim_text::{Aspect, Stance, Upos};

/// How many words from the "not" the two times may stand.
const NEAR: usize = 5;

/// A denial of the time behind each "not" that parts two times.
pub(super) fn hours(
    tree: &Tree,
    who: &Resolver,
    lexicon: &Lexicon,
    speeches: &Speeches,
    events: &[EventDraft],
    out: &mut Vec<ClaimDraft>,
) {
    // "weeks, not decades": lengths are no times.
    let dated = |t: usize| who.entities.date(t).is_some_and(|d| d.value.is_some() && !d.timex.starts_with('P'));
    let time = |t: usize| dated(t) || lexicon.classes.has(tree.lemma(t), "daypart");
    let small = |t: usize| matches!(tree.upos(t), Upos::Adp | Upos::Det | Upos::Punct | Upos::Cconj | Upos::Adv);
    for n in (1..tree.len()).filter(|n| tree.lemma(*n) == "not") {
        let sentence = tree.syntax.sentences[tree.sentence(n)].tokens();
        // Only small words may stand between a time and the "not".
        let before = (sentence.start.max(n.saturating_sub(NEAR))..n).rev().find(|t| time(*t) || !small(*t));
        let after = (n + 1..sentence.end.min(n + 1 + NEAR)).find(|t| time(*t) || !small(*t));
        let (Some(a), Some(b)) = (before.filter(|t| time(*t)), after.filter(|t| time(*t))) else { continue };
        let Some(s) = speeches.of[n].or(speeches.of[a]).map(|s| &speeches.all[s as usize]) else { continue };
        let number = tree.sentence(n) as u32;
        let Some(event) = nearest_or_denied(events, number, lexicon).filter(|_| !s.negated) else { continue };
        let last = (b..sentence.end.min(b + NEAR)).take_while(|t| time(*t)).last().unwrap_or(b);
        let claim = (Stance::Denies, Aspect::Time);
        let draft = ClaimDraft::new(tree, &s.speaker, claim, tree.span_of(a, last), number, format!("{}/time", s.rule));
        let value = tree.span_of(n + 1, last).of(tree.text).to_string();
        out.push(ClaimDraft { value, event: Some(event), ..draft });
    }
}
