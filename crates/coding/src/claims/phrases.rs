//! Set phrases in what somebody says (`data/claims/phrases.tsv`).

use super::{ClaimDraft, accusation, nearest_or_denied, violent};
use crate::events::EventDraft;
use crate::speech::Speeches;
use crate::standing;
use crate::structure::Structure;
use crate::tree::Tree;
use crate::who::Resolver;
use counterclaim_lexicon::{ClaimPhrase, Lexicon};
use counterclaim_text::{ActorKind, Aspect, Stance};

/// Set phrases in what somebody says: warnings, demands and denials without a verb of speech of their own.
pub(super) fn phrases(
    tree: &Tree,
    who: &Resolver,
    lexicon: &Lexicon,
    build: &Structure,
    speeches: &Speeches,
    events: &[EventDraft],
    out: &mut Vec<ClaimDraft>,
) {
    for (n, sentence) in tree.syntax.sentences.iter().enumerate() {
        // The statement that holds most of the sentence.
        let mut held: Vec<(u32, usize)> = Vec::new();
        for t in sentence.tokens() {
            if let Some(s) = speeches.of[t] {
                match held.iter_mut().find(|(k, _)| *k == s) {
                    Some((_, c)) => *c += 1,
                    None => held.push((s, 1)),
                }
            }
        }
        for (id, _) in held {
            let s = &speeches.all[id as usize];
            let tokens: Vec<usize> = sentence.tokens().filter(|t| speeches.of[*t] == Some(id)).collect();
            let (Some(&first), Some(&last)) = (tokens.first(), tokens.last()) else { continue };
            if build.question[first] || s.speaker.kind == ActorKind::Person {
                continue;
            }
            // Words for military objects say who was hit only where something was.
            let object = |p: &ClaimPhrase| (p.stance, p.aspect) == (Stance::Asserts, Aspect::Target);
            let said = |p: &&ClaimPhrase| !object(p) && stands(tree, &tokens, &p.groups);
            for p in lexicon.claim_phrases.iter().filter(said) {
                let own = |c: &ClaimDraft| {
                    c.sentence.abs_diff(n as u32) <= 2 && c.speaker == s.speaker.actor && c.stance == p.stance
                };
                if out.iter().any(own) {
                    continue;
                }
                let slug = standing::slug(tree, who, lexicon, first, last, &s.speaker.actor)
                    .filter(|_| p.aspect == Aspect::Standing);
                // "none of our men was in Srifa": what was told of that place.
                let there = tokens.iter().find_map(|t| {
                    let place = who.entities.place(*t).filter(|p| !p.demonym)?;
                    let told = |e: &EventDraft| e.places.iter().any(|q| q.name == place.place.name);
                    (0..events.len())
                        .find(|k| events[*k].real() && violent(lexicon, &events[*k].kind) && told(&events[*k]))
                });
                let near = |d: bool| match d {
                    _ if there.is_some() => there,
                    true => accusation(events, n as u32, lexicon, &s.speaker.actor),
                    false => nearest_or_denied(events, n as u32, lexicon),
                };
                let event = slug.is_none().then(|| near(p.stance == Stance::Denies)).flatten();
                let span = tree.span_of(first, last);
                let claim = (p.stance, if event.is_none() { Aspect::Standing } else { p.aspect });
                let draft = ClaimDraft::new(tree, &s.speaker, claim, span, n as u32, "claims/phrase".into());
                out.push(ClaimDraft { event, slug, ..draft });
            }
        }
    }
}

/// How far apart the words of a set phrase may stand.
const PHRASE: usize = 12;

/// True if a word of each group stands among the tokens, in the order of the groups and near each other.
pub(super) fn stands(tree: &Tree, tokens: &[usize], groups: &[Vec<String>]) -> bool {
    let is = |t: usize, g: &Vec<String>| {
        g.iter()
            .any(|w| tree.lemma(t) == w || tree.word(t).eq_ignore_ascii_case(w) || w == "not" && tree.lemma(t) == "n't")
    };
    let Some((head, rest)) = groups.split_first() else { return false };
    tokens.iter().enumerate().filter(|(_, t)| is(**t, head)).any(|(k, _)| {
        let mut at = k;
        rest.iter().all(|g| match (at + 1..tokens.len().min(k + PHRASE)).find(|n| is(tokens[*n], g)) {
            Some(n) => {
                at = n;
                true
            }
            None => false,
        })
    })
}
