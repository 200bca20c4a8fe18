//! Names as the network marks them, settled with what the tables know; bodies that no table knows become actors whose
//! kind is guessed from the words of the name, and said to be guessed.

use crate::Words;
use crate::actors::{self, What, head_of};
use counterclaim_lexicon::Lexicon;
use counterclaim_text::{ActorKind, ActorMention, Level, Name, NameClass, Rel, Syntax, Upos};

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

/// Organisations that no table knows, as actors of a guessed kind: those that the network marks, and runs of capitals
/// that hold the word for an armed group or a party ("Crescent Valley Brigade").
pub(crate) fn unlisted(
    text: &str,
    syntax: &Syntax,
    words: &Words,
    lexicon: &Lexicon,
    names: &[Name],
    taken: impl Fn(usize) -> bool,
) -> Vec<ActorMention> {
    let guess = |first: usize, last: usize| {
        let key = words.key(first, last);
        // "33rd Mechanised Brigade" is a unit of an army, "Zarmal Brigade" may be anything.
        let of_state = key.chars().any(|c| c.is_ascii_digit())
            || key.split(' ').any(|w| lexicon.name_words.guess([w].into_iter()) == Some(ActorKind::Organ));
        let kind = lexicon.name_words.guess(key.split(' '))?;
        let group = matches!(kind, ActorKind::ArmedGroup | ActorKind::Party);
        (kind != ActorKind::Organ && !(group && of_state)).then_some(kind)
    };
    let mut spans: Vec<(usize, usize)> = names
        .iter()
        .filter(|n| n.class == NameClass::Organisation)
        .map(|n| (n.start as usize, n.end as usize - 1))
        .collect();
    spans.extend(runs(text, syntax).filter(|(first, last)| {
        matches!(guess(*first, *last), Some(ActorKind::ArmedGroup | ActorKind::Party))
            && lexicon.name_words.guess([words.key(*last, *last).as_str()].into_iter()).is_some()
    }));
    // Of two that overlap the longer.
    spans.sort_by_key(|(first, last)| (*first, usize::MAX - *last));
    let mut out: Vec<ActorMention> = Vec::new();
    for (first, last) in spans {
        let after = out.last().is_none_or(|a| (a.tokens.1 as usize) < first);
        if !after || (first..=last).any(&taken) {
            continue;
        }
        let Some(kind) = guess(first, last) else { continue };
        let span = syntax.tokens[first].span.join(syntax.tokens[last].span);
        out.push(ActorMention {
            span,
            tokens: (first as u32, last as u32),
            head: head_of(syntax, first, last) as u32,
            actor: span.of(text).to_string(),
            kind,
            via: String::new(),
            sector: match kind {
                ActorKind::ArmedGroup => "REB".into(),
                ActorKind::Party => "PTY".into(),
                _ => String::new(),
            },
            rule: "actors/unlisted (kind guessed)".into(),
        });
    }
    out
}

/// Gives organs that nobody was known to own to the unlisted bodies that stand with them ("Zarmal Front spokesman").
pub(crate) fn own_organs(syntax: &Syntax, unlisted: &[ActorMention], actors: &mut [ActorMention]) {
    for a in actors.iter_mut().filter(|a| a.rule.starts_with("actors/organ-terms") && !a.rule.ends_with("(own)")) {
        let beside = |u: &&ActorMention| {
            let h = u.head as usize;
            syntax.head(h) == Some(a.head as usize)
                && matches!(syntax.tokens[h].rel, Rel::Compound | Rel::NmodPoss | Rel::Amod | Rel::Nmod | Rel::NmodDesc)
        };
        if let Some(u) = unlisted.iter().find(beside) {
            (a.actor, a.kind, a.sector) = (u.actor.clone(), u.kind, u.sector.clone());
            a.rule = a.rule.replace("(home)", "(own)").replace("(earlier)", "(own)").replace("(unowned)", "(own)");
        }
    }
}

/// Runs of at least two capitalised words within a sentence, with "of", "the" and "for" between them; without an
/// article in front.
fn runs<'s>(text: &'s str, syntax: &'s Syntax) -> impl Iterator<Item = (usize, usize)> + 's {
    let capital = |i: usize| {
        let w = syntax.tokens[i].span.of(text);
        w.starts_with(char::is_uppercase) && w.chars().any(char::is_lowercase)
    };
    syntax.sentences.iter().flat_map(move |s| {
        let mut found = Vec::new();
        let mut i = s.start as usize;
        let end = s.end as usize;
        while i < end {
            let opener = matches!(
                syntax.tokens[i].upos,
                Upos::Det | Upos::Adp | Upos::Pron | Upos::Sconj | Upos::Cconj | Upos::Adv
            );
            if !capital(i) || opener {
                i += 1;
                continue;
            }
            let (mut last, mut j) = (i, i + 1);
            while j < end && j < i + 9 {
                if capital(j) {
                    last = j;
                } else if !matches!(syntax.tokens[j].span.of(text), "of" | "the" | "for") {
                    break;
                }
                j += 1;
            }
            if last > i {
                found.push((i, last));
            }
            i = last + 1;
        }
        found
    })
}

/// Short names introduced in brackets: "the Crescent Valley Brigade (CVB)". Gives the later mentions of them.
pub(crate) fn introduced(text: &str, syntax: &Syntax, actors: &[ActorMention]) -> Vec<ActorMention> {
    let word = |i: usize| syntax.tokens.get(i).map_or("", |t| t.span.of(text));
    let short = |w: &str| (2..=8).contains(&w.len()) && w.chars().all(|c| c.is_ascii_uppercase() || c == '-');
    let mut known: Vec<(&str, &ActorMention)> = Vec::new();
    for a in actors {
        let bracket = a.tokens.1 as usize + 1;
        let name = word(bracket + 1);
        let long = a.span.of(text);
        let begins = long.split(|c: char| !c.is_alphanumeric()).find(|w| !matches!(*w, "the" | "The" | ""));
        let fits = begins.is_some_and(|w| w.chars().next().map(|c| c.to_ascii_uppercase()) == name.chars().next());
        let body = matches!(
            a.kind,
            ActorKind::ArmedGroup | ActorKind::Party | ActorKind::Igo | ActorKind::Ngo | ActorKind::Company
        );
        if word(bracket) == "(" && word(bracket + 2) == ")" && short(name) && fits && body && long.len() > name.len() {
            known.push((name, a));
        }
    }
    if known.is_empty() {
        return Vec::new();
    }
    let mut out = Vec::new();
    for i in 0..syntax.tokens.len() {
        let Some((_, a)) = known.iter().find(|(n, a)| *n == word(i) && a.tokens.1 < i as u32) else { continue };
        let tokens = (i as u32, i as u32);
        out.push(ActorMention { span: syntax.tokens[i].span, tokens, head: i as u32, ..(*a).clone() });
    }
    out
}
