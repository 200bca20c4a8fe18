//! Names as the network marks them, settled with what the tables know; bodies that no table knows become actors whose
//! kind is guessed from the words of the name, and said to be guessed.

use crate::Words;
use crate::actors::{self, What, head_of};
use counterclaim_lexicon::Lexicon;
use counterclaim_text::{ActorKind, ActorMention, Level, Name, NameClass, Syntax};

/// What the tables say of a whole name, where they know it.
fn known(words: &Words, lexicon: &Lexicon, found: &[actors::Name], n: &Name) -> Option<NameClass> {
    let (first, last) = (n.start as usize, n.end as usize - 1);
    let at = found.partition_point(|f| f.first < first);
    if let Some(What::Actor { actor, demonym, .. }) =
        found.get(at).filter(|f| f.first == first && f.last == last).map(|f| &f.what)
    {
        return match actor.kind {
            _ if *demonym => Some(NameClass::People),
            ActorKind::State => Some(NameClass::Place),
            ActorKind::Community => Some(NameClass::People),
            ActorKind::Person | ActorKind::Role => None,
            _ => Some(NameClass::Organisation),
        };
    }
    // Towns share their names with people and clubs; larger places hardly do.
    let key = words.key(first, last);
    let large = || {
        lexicon
            .places
            .lookup(&key)
            .iter()
            .any(|p| p.curated && (p.population > 300_000 || matches!(p.level, Level::Country | Level::Admin1)))
    };
    (n.class != NameClass::Person && n.class != NameClass::Place && large()).then_some(NameClass::Place)
}

/// The names of a text with their classes settled.
pub(crate) fn settle(syntax: &Syntax, words: &Words, lexicon: &Lexicon, found: &[actors::Name]) -> Vec<Name> {
    let settled = |n: &Name| Name { class: known(words, lexicon, found, n).unwrap_or(n.class), ..*n };
    syntax.names.iter().map(settled).collect()
}

/// Organisations among the names that no mention covers yet, as actors of a guessed kind.
pub(crate) fn unlisted(
    text: &str,
    syntax: &Syntax,
    words: &Words,
    lexicon: &Lexicon,
    names: &[Name],
    taken: impl Fn(usize) -> bool,
) -> Vec<ActorMention> {
    let mut out = Vec::new();
    for n in names.iter().filter(|n| n.class == NameClass::Organisation) {
        let (first, last) = (n.start as usize, n.end as usize - 1);
        if (first..=last).any(&taken) {
            continue;
        }
        let key = words.key(first, last);
        let Some(kind) = lexicon.name_words.guess(key.split(' ')).filter(|k| *k != ActorKind::Organ) else { continue };
        let span = syntax.tokens[first].span.join(syntax.tokens[last].span);
        out.push(ActorMention {
            span,
            tokens: (first as u32, last as u32),
            head: head_of(syntax, first, last) as u32,
            actor: span.of(text).to_string(),
            kind,
            via: String::new(),
            sector: String::new(),
            rule: "actors/unlisted (kind guessed)".into(),
        });
    }
    out
}
