//! How many people a phrase stands for: its figure, or one for a singular person; what is listed adds up.

use crate::tree::Tree;
use crate::who::Resolver;
use counterclaim_lexicon::Counted;
use counterclaim_text::{Rel, Scope, Upos, Xpos};

/// The people of one phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct People {
    /// Lowest number meant.
    pub low: u64,
    /// Highest number meant.
    pub high: u64,
    /// The noun that says who they are, or the number itself.
    pub head: usize,
    /// First and last token.
    pub tokens: (usize, usize),
    /// How they stand to others that are counted.
    pub scope: Scope,
}

impl People {
    /// Both phrases together, under the head of the first.
    pub fn and(self, other: People) -> People {
        People {
            low: self.low.saturating_add(other.low),
            high: self.high.saturating_add(other.high),
            tokens: (self.tokens.0.min(other.tokens.0), self.tokens.1.max(other.tokens.1)),
            scope: if self.scope == Scope::Whole && other.scope == Scope::Group { other.scope } else { self.scope },
            ..self
        }
    }
}

/// The people of the phrase with this head and of everything listed with it; `None` if no figure can be given.
pub(super) fn listed(tree: &Tree, who: &Resolver, head: usize, bare: bool) -> Option<People> {
    let mut out = single(tree, who, head, bare);
    for k in tree.kids(head).filter(|k| tree.rel(*k) == Rel::Conj) {
        let clause = tree.kids(k).any(|g| matches!(tree.rel(g), Rel::Nsubj | Rel::NsubjPass | Rel::Cop));
        // "eleven bodies and seven wounded": another sort of harm.
        let harms = &who.lexicon.harms;
        let other = !harms.of(&tree.word(k).to_lowercase(), false).is_empty();
        if clause || other || out.is_some_and(|o| o.low == 0) {
            continue;
        }
        let more = single(tree, who, k, true);
        out = match (out, more) {
            (Some(a), Some(b)) => Some(a.and(b)),
            (a, b) => a.or(b),
        };
    }
    out
}

/// True for a noun in the singular that names a person.
fn person(tree: &Tree, who: &Resolver, i: usize) -> bool {
    let lemma = tree.lemma(i);
    let classes = &who.lexicon.classes;
    let harms = &who.lexicon.harms;
    let known = ["civilian", "force", "person", "militant", "official"].iter().any(|c| classes.has(lemma, c));
    known
        && matches!(tree.syntax.tokens[i].xpos, Xpos::Nn | Xpos::Nnp | Xpos::Jj)
        && !harms.counts_as(lemma, Counted::Crowd)
        && !harms.counts_as(lemma, Counted::Thing)
}

/// The people of one phrase, without what is listed beside it. `bare`: a singular without an article counts too.
pub(super) fn single(tree: &Tree, who: &Resolver, head: usize, bare: bool) -> Option<People> {
    let harms = &who.lexicon.harms;
    let lemma = tree.lemma(head);
    let none = matches!(lemma, "nobody" | "none" | "no-one" | "noone")
        || matches!(tree.word(head).to_lowercase().as_str(), "nobody" | "none")
        || tree.kids(head).any(|k| tree.lemma(k) == "no" && k < head)
        || head > 0 && tree.lemma(head - 1) == "no" && tree.sentence(head - 1) == tree.sentence(head);
    let thing = harms.counts_as(lemma, Counted::Thing);
    if none {
        let everybody = harms.counts_as(lemma, Counted::Whole) || lemma.starts_with("no");
        return (!thing).then_some(People {
            low: 0,
            high: 0,
            head,
            tokens: (head.saturating_sub(1), head),
            scope: if everybody { Scope::Whole } else { Scope::Group },
        });
    }
    if thing {
        return None;
    }
    if let Some((q, at)) = figure(tree, who, head) {
        // "three of the gunmen": the phrase after "of" says who they are.
        let of = tree.kids(head).find(|k| tree.rel(*k) == Rel::Nmod && tree.preposition(*k) == Some("of"));
        let counted = if at == head { of } else { None };
        if counted.is_some_and(|c| harms.counts_as(tree.lemma(c), Counted::Thing)) {
            return None;
        }
        let noun = counted.unwrap_or(head);
        return Some(People {
            low: q.0,
            high: q.1,
            head: noun,
            tokens: (at.min(head), noun.max(head)),
            scope: scope(tree, who, noun, at, counted.is_some()),
        });
    }
    let det = tree.kids(head).find(|k| tree.rel(*k) == Rel::Det).map(|k| tree.lemma(k));
    let owned = tree.kids(head).any(|k| tree.rel(k) == Rel::NmodPoss);
    let article = matches!(det, Some("a" | "an" | "the" | "another" | "one" | "this" | "that"));
    let named = tree.upos(head) == Upos::Propn
        && who.entities.place(head).is_none()
        && who.entities.actor(head).is_none()
        && tree.word(head).chars().any(char::is_lowercase);
    if det == Some("both") {
        return Some(People { low: 2, high: 2, head, tokens: (head - 1, head), scope: Scope::Group });
    }
    // "a third lost a leg".
    let ordinal =
        matches!(det, Some("a" | "another")) && matches!(lemma, "second" | "third" | "fourth" | "fifth" | "sixth");
    let one = person(tree, who, head) && (article || owned || bare) || named || ordinal;
    one.then(|| People {
        low: 1,
        high: 1,
        head,
        tokens: (head, head),
        scope: if det == Some("another") { Scope::Added } else { scope(tree, who, head, head, false) },
    })
}

/// The figure of a phrase with the token that holds it: the head itself, or a number before it within the phrase.
fn figure(tree: &Tree, who: &Resolver, head: usize) -> Option<((u64, u64), usize)> {
    let value = |t: usize| who.entities.quantity(t).filter(|q| !q.vague).map(|q| (q.low, q.high));
    let begin = |t: usize| who.entities.quantity(t).map_or(t, |q| q.tokens.0 as usize);
    if who.entities.quantity(head).is_some() {
        return value(head).map(|v| (v, head));
    }
    let kid = tree.kids(head).find(|k| {
        *k < head && matches!(tree.rel(*k), Rel::Nummod | Rel::Det | Rel::Amod | Rel::Compound) && value(*k).is_some()
    });
    if let Some(k) = kid {
        return value(k).map(|v| (v, begin(k)));
    }
    // Else by order, as parsers err inside phrases: a number, then only words that can stand before a noun.
    for t in (head.saturating_sub(6)..head).rev() {
        if let Some(q) = who.entities.quantity(t) {
            return (!q.vague).then_some(((q.low, q.high), t));
        }
        let inside = matches!(tree.upos(t), Upos::Adj | Upos::Noun | Upos::Propn) || tree.word(t) == "-";
        if !inside || tree.sentence(t) != tree.sentence(head) {
            return None;
        }
    }
    None
}

/// How a phrase stands to others that are counted; `of` for "four of the wounded".
pub(super) fn scope(tree: &Tree, who: &Resolver, noun: usize, number: usize, of: bool) -> Scope {
    let harms = &who.lexicon.harms;
    let more = |t: usize| {
        matches!(tree.lemma(t), "other" | "more" | "another" | "further" | "additional")
            || matches!(tree.word(t).to_lowercase().as_str(), "others")
    };
    let near = (number.min(noun).saturating_sub(1)..=(number.max(noun) + 1).min(tree.len() - 1))
        .filter(|t| tree.sentence(*t) == tree.sentence(noun));
    let mut words = near.clone();
    if words.any(more) {
        return Scope::Added;
    }
    // "four of the wounded died".
    if of && matches!(tree.word(noun).to_lowercase().as_str(), "wounded" | "injured" | "casualties") {
        return Scope::Moved;
    }
    let kin = harms.counts_as(tree.lemma(noun), Counted::Kin)
        && tree.kids(noun).any(|k| tree.rel(k) == Rel::NmodPoss && tree.upos(k) == Upos::Pron);
    if kin {
        return Scope::Part;
    }
    let whole = noun == number || harms.counts_as(tree.lemma(noun), Counted::Whole);
    if whole && tree.syntax.tokens[noun].xpos != Xpos::Nn { Scope::Whole } else { Scope::Group }
}
