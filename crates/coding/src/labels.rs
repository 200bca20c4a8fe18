//! Speakers before a colon: "Sudanese doctors: twelve people killed", "The ministry lowers its count: four were killed".

use crate::speech::{FIGURES, Speech};
use crate::tree::Tree;
use crate::who::{Part, Resolver};
use counterclaim_text::{ActorKind, Rel, Stance, Upos};

/// Longest phrase before the colon, in words.
const LONGEST: usize = 16;

/// The statements that only a colon attributes.
pub fn find(tree: &Tree, who: &Resolver, found: &[Speech]) -> Vec<Speech> {
    let colons = (0..tree.len()).filter(|i| tree.word(*i) == ":");
    let free = |i: &usize| !found.iter().any(|s| s.tokens.0 <= *i && *i <= s.tokens.1);
    colons.filter(free).filter_map(|i| label(tree, who, found, i)).collect()
}

/// The end of the paragraph, if nobody else speaks in it: a corrected count goes on.
fn paragraph(tree: &Tree, found: &[Speech], last: usize) -> usize {
    let paragraphs = tree.paragraphs();
    let end = (last..tree.len()).take_while(|t| paragraphs[*t] == paragraphs[last]).last().unwrap_or(last);
    if found.iter().any(|s| last < s.cue && s.cue <= end) { last } else { end }
}

fn label(tree: &Tree, who: &Resolver, found: &[Speech], colon: usize) -> Option<Speech> {
    let sentence = tree.syntax.sentences[tree.sentence(colon)].tokens();
    let (first, last) = (sentence.start, sentence.end - 1);
    if colon == first || colon >= last || colon - first > LONGEST {
        return None;
    }
    let verb = (first..colon).find(|t| tree.upos(*t) == Upos::Verb);
    let source = match verb {
        // A count that somebody raises or corrects.
        Some(v) => {
            let about = tree.kid(v, &[Rel::Obj])?;
            if !FIGURES.contains(&tree.lemma(about)) {
                return None;
            }
            tree.kid(v, &[Rel::Nsubj])?
        }
        None => (first..colon)
            .find(|t| tree.head(*t).is_none_or(|h| h < first || h > colon) && tree.upos(*t) != Upos::Punct)?,
    };
    // "RAWALPINDI, 11 December:" dates a report.
    if verb.is_none() && (first..colon).any(|t| who.entities.date(t).is_some()) {
        return None;
    }
    let speaker = who.resolve(source, Part::Speaker)?;
    let body = matches!(
        speaker.kind,
        ActorKind::State | ActorKind::Organ | ActorKind::Igo | ActorKind::Role | ActorKind::ArmedGroup
    );
    // A country before a colon is a topic; its capital speaks for it, but begins datelines too.
    let place = verb.is_none() && who.entities.place(source).is_some_and(|p| !p.demonym);
    let headline = tree.syntax.sentences.len() == 1
        && speaker.actor != tree.word(source)
        && tree.word(source).contains(char::is_lowercase)
        && tree.upos(source) == Upos::Propn;
    let reporter =
        matches!(speaker.actor.as_str(), "journalists" | "sources") || speaker.actor.starts_with("unidentified");
    if !body || reporter || place && !headline {
        return None;
    }
    Some(Speech {
        speaker,
        stance: Stance::Asserts,
        cue: source,
        content: None,
        tokens: (colon + 1, if verb.is_some() { paragraph(tree, found, last) } else { last }),
        negated: false,
        accused: None,
        rule: "claims/label".into(),
    })
}
