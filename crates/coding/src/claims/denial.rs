//! What a denial without an event of its own speaks of.

use super::ClaimDraft;
use crate::events::EventDraft;
use crate::speech::Speech;
use crate::tree::Tree;
use counterclaim_lexicon::Lexicon;
use counterclaim_text::{Aspect, Rel, Stance, Upos};

/// Words that point at what was told before, whatever it was.
const POINTING: &[&str] = &["it", "this", "that", "these", "them", "such", "anything"];

/// Nouns and verbs that say too little to tell what a statement is about.
const VAGUE: &[&str] = &[
    "be",
    "have",
    "do",
    "say",
    "tell",
    "make",
    "take",
    "go",
    "come",
    "group",
    "people",
    "government",
    "country",
    "state",
    "ministry",
    "army",
    "force",
    "spokesman",
    "official",
    "day",
    "time",
    "year",
    "border",
    "area",
    "district",
    "province",
    "village",
    "town",
    "city",
];

/// True if the words of a denial can mean this event: they name an act, a report of one, or something of its sentence.
///
/// "denied arming the rebels" after an attack of the rebels denies another thing.
pub(super) fn speaks_of(tree: &Tree, lexicon: &Lexicon, s: &Speech, e: &EventDraft) -> bool {
    let act = |t: usize| {
        tree.rel(t) != Rel::Mark && POINTING.contains(&tree.lemma(t))
            || lexicon.classes.has(tree.lemma(t), "denied")
            || lexicon
                .rules
                .triggered(tree.lemma(t), tree.upos(t) == Upos::Verb)
                .any(|r| lexicon.kinds.get(&r.kind).is_some_and(|k| k.violent))
    };
    s.rule.ends_with("/false") || (s.tokens.0..=s.tokens.1).any(act) || !common(tree, s, e).is_empty()
}

/// The nearest event before a negative statement that shares a noun or a verb with it: "no battalion had crossed" answers
/// "sent two battalions".
pub(super) fn shared(tree: &Tree, lexicon: &Lexicon, s: &Speech, events: &[EventDraft]) -> Option<usize> {
    let sentence = tree.sentence(s.cue) as u32;
    let telling = |t: &usize| {
        ["force", "aircraft", "artillery", "explosive"].iter().any(|c| lexicon.classes.has(tree.lemma(*t), c))
            || lexicon.rules.triggered(tree.lemma(*t), tree.upos(*t) == Upos::Verb).next().is_some()
    };
    // The word itself or its subject or object, not something said in passing.
    let core = |t: &usize| {
        s.content.is_some_and(|c| {
            *t == c && c != s.cue
                || tree.head(*t) == Some(c) && matches!(tree.rel(*t), Rel::Nsubj | Rel::NsubjPass | Rel::Obj)
        })
    };
    let said = |told: &[usize]| told.iter().any(core);
    let fits = |e: &EventDraft| {
        let told = common(tree, s, e);
        e.real() && e.sentence <= sentence && sentence - e.sentence <= 3 && said(&told) && told.iter().any(telling)
    };
    (0..events.len()).filter(|k| fits(&events[*k])).max_by_key(|k| (events[*k].sentence, *k))
}

/// Words for what is laid at somebody's door.
const CHARGES: &[&str] = &["accusation", "blame"];

/// Denials of one speaker about one event put in order.
///
/// Whoever says that nothing happened does not also answer who did it; "denied it" after an accusation answers the
/// accusation.
pub(super) fn agree(tree: &Tree, claims: &mut Vec<ClaimDraft>) {
    let of = |c: &ClaimDraft, aspect| (c.stance, c.aspect) == (Stance::Denies, aspect);
    for k in 0..claims.len() {
        let d = &claims[k];
        // "dismissed the accusation as false" answers who did it, not whether it happened.
        let charge = || {
            let said = d.span.of(tree.text).to_lowercase();
            d.rule.contains("/false") && CHARGES.iter().any(|w| said.contains(w))
        };
        if !of(d, Aspect::Occurrence) || d.event.is_none() || !d.rule.ends_with("/object/denial") && !charge() {
            continue;
        }
        let accuses = |c: &ClaimDraft| {
            (c.stance, c.aspect) == (Stance::Accuses, Aspect::Perpetrator)
                && c.event == d.event
                && c.value == d.speaker
                && c.sentence <= d.sentence
        };
        if claims.iter().any(accuses) {
            claims[k].aspect = Aspect::Perpetrator;
        }
    }
    let nothing: Vec<(String, Option<usize>, u32)> = claims
        .iter()
        .filter(|c| of(c, Aspect::Occurrence) && c.event.is_some())
        .map(|c| (c.speaker.clone(), c.event, c.sentence))
        .collect();
    claims.retain(|c| {
        let vague = of(c, Aspect::Perpetrator) && c.rule.ends_with("/denial");
        !vague || !nothing.iter().any(|(s, e, n)| *s == c.speaker && *e == c.event && n.abs_diff(c.sentence) <= 1)
    });
}

/// Tokens of a statement whose lemma stands in the sentence of an event, too.
fn common(tree: &Tree, s: &Speech, e: &EventDraft) -> Vec<usize> {
    let content = |t: &usize| matches!(tree.upos(*t), Upos::Noun | Upos::Verb) && !VAGUE.contains(&tree.lemma(*t));
    let told = tree.syntax.sentences[e.sentence as usize].tokens();
    let own = s.tokens.0..=s.tokens.1;
    let known: Vec<&str> = told.filter(|t| !own.contains(t)).filter(content).map(|t| tree.lemma(t)).collect();
    (s.tokens.0..=s.tokens.1).filter(content).filter(|t| known.contains(&tree.lemma(*t))).collect()
}
