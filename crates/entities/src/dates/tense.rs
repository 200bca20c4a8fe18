//! Whether the clause around a date looks back or ahead, from the tags of its verb.

use super::atoms::Atoms;
use super::words::Class;
use counterclaim_text::{Rel, Syntax, Token, Upos, Xpos};

/// Where the clause looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tense {
    Past,
    Present,
    Future,
    /// An open end ("until March"): whichever lies nearer.
    Open,
    Unknown,
}

/// How far from a verb its auxiliaries are looked for.
const REACH: usize = 12;

/// The tense of the clause that holds tokens `first..=last`.
pub(super) fn of(a: &Atoms, first: usize, last: usize) -> Tense {
    let syntax = a.syntax;
    let Some(top) = (first..=last.min(syntax.tokens.len().saturating_sub(1)))
        .find(|t| syntax.head(*t).is_none_or(|h| h < first || h > last))
    else {
        return Tense::Unknown;
    };
    let (sentence, flat) = match syntax.sentences.get(syntax.sentence_of(first)) {
        Some(s) => {
            let near = s.tokens().start.max(first.saturating_sub(40))..s.tokens().end.min(last + 40);
            let flat = near.clone().all(|t| syntax.head(t).is_none());
            (near, flat)
        }
        None => (first..last + 1, true),
    };
    // "said Thursday": the verb right before decides, whatever the tree says.
    if let Some(before) = first.checked_sub(1).filter(|b| sentence.contains(b)) {
        let t = &syntax.tokens[before];
        if verbal(t) && matches!(t.xpos, Xpos::Vbd | Xpos::Vbn) && !planning(syntax, before) {
            return if flat || told(a, before) != Tense::Future { Tense::Past } else { Tense::Future };
        }
        // "payable Dec. 7", "effective 1 May"
        if t.upos == Upos::Adj && planning(syntax, before) {
            return Tense::Future;
        }
        let for_it = text(a, before) == "for";
        if for_it
            && before > 0
            && matches!(syntax.tokens[before - 1].xpos, Xpos::Vbn | Xpos::Vbd | Xpos::Jj)
            && planning(syntax, before - 1)
        {
            return Tense::Future;
        }
    }
    if flat { by_order(a, sentence, first, last) } else { by_tree(a, top, last) }
}

fn verbal(t: &Token) -> bool {
    matches!(t.upos, Upos::Verb | Upos::Aux)
}

/// Climbs from the date to the first verb that tells its tense.
fn by_tree(a: &Atoms, top: usize, last: usize) -> Tense {
    let syntax = a.syntax;
    // "Wednesday's ruling", "the 14 January deadline": the clause says nothing about the day.
    let modifies = syntax.head(top).is_some_and(|h| h > last && h <= last + 3 && syntax.tokens[h].upos == Upos::Noun);
    if matches!(syntax.tokens[top].rel, Rel::NmodPoss | Rel::Compound | Rel::Amod) || modifies {
        return Tense::Unknown;
    }
    let mut at = top;
    for _ in 0..10 {
        let t = &syntax.tokens[at];
        if at != top || verbal(t) {
            let found = told(a, at);
            if found != Tense::Unknown {
                return found;
            }
        }
        // What is said or thought has its own tense; "It may be recalled that" is not about the date.
        if at != top && t.rel == Rel::Ccomp {
            return Tense::Unknown;
        }
        match syntax.head(at) {
            Some(h) => at = h,
            None => break,
        }
    }
    Tense::Unknown
}

/// What word `v` with its auxiliaries says, `Unknown` if the answer lies higher up.
fn told(a: &Atoms, v: usize) -> Tense {
    let syntax = a.syntax;
    let word = &syntax.tokens[v];
    let near = v.saturating_sub(REACH)..(v + REACH).min(syntax.tokens.len());
    let of_this = |rels: &[Rel]| {
        near.clone().filter(|t| syntax.head(*t) == Some(v) && rels.contains(&syntax.tokens[*t].rel)).collect::<Vec<_>>()
    };
    let helpers = of_this(&[Rel::Aux, Rel::AuxPass, Rel::Cop]);
    let modal = helpers.iter().any(|t| syntax.tokens[*t].xpos == Xpos::Md);
    // "could be located" tells the past as often as the future, "may be recalled" neither.
    let could = helpers.iter().any(|t| matches!(text(a, *t), "could" | "may" | "can" | "might"));
    let perfect = helpers.iter().any(|t| text(a, *t) == "have");
    if modal {
        return match (perfect, could) {
            (true, _) => Tense::Past,
            (false, true) => Tense::Present,
            (false, false) => Tense::Future,
        };
    }
    let to = of_this(&[Rel::Mark]).iter().any(|t| syntax.tokens[*t].xpos == Xpos::To);
    if to {
        // "is to sit", "plans to sit", "due to sit": the infinitive lies ahead of its governor.
        let is_to = helpers.iter().any(|t| matches!(text(a, *t), "is" | "are"));
        return match syntax.head(v) {
            _ if is_to => Tense::Future,
            Some(h) if planning(syntax, h) || matches!(text(a, h), "is" | "are" | "was" | "were" | "has") => {
                Tense::Future
            }
            _ => Tense::Unknown,
        };
    }
    if let Some(first) = helpers.first() {
        return match syntax.tokens[*first].xpos {
            Xpos::Vbd => Tense::Past,
            Xpos::Vbz | Xpos::Vbp
                if matches!(text(a, *first), "has" | "have" | "'ve" | "’ve" | "'s" | "’s")
                    && word.xpos == Xpos::Vbn =>
            {
                Tense::Past
            }
            Xpos::Vbz | Xpos::Vbp if planning(syntax, v) => Tense::Future,
            Xpos::Vbz | Xpos::Vbp => Tense::Present,
            _ => Tense::Unknown,
        };
    }
    if !verbal(word) {
        return if planning(syntax, v) && word.upos == Upos::Adj { Tense::Future } else { Tense::Unknown };
    }
    match word.xpos {
        Xpos::Vbd if syntax.lemma(v) == "schedule" => Tense::Future,
        Xpos::Vbd => Tense::Past,
        Xpos::Vbz | Xpos::Vbp => Tense::Present,
        Xpos::Md => Tense::Future,
        // "the talks set for Friday"
        Xpos::Vbn if matches!(syntax.lemma(v), "schedule" | "set" | "plan" | "expect" | "slate" | "due") => {
            Tense::Future
        }
        Xpos::Vbn if word.rel != Rel::Conj => Tense::Past,
        _ => Tense::Unknown,
    }
}

fn text<'t>(a: &Atoms<'t>, token: usize) -> &'t str {
    a.syntax.tokens[token].span.of(a.text)
}

/// True if a finite verb comes soon after token `from`, before any comma.
pub(super) fn clause_follows(a: &Atoms, from: usize, end: usize) -> bool {
    let tokens = a.syntax.tokens.get(from..end.min(from + 14)).unwrap_or(&[]);
    let clause = tokens.iter().take_while(|t| t.xpos != Xpos::Comma && t.xpos != Xpos::Colon);
    clause.into_iter().any(|t| verbal(t) && matches!(t.xpos, Xpos::Vbd | Xpos::Vbz | Xpos::Vbp))
}

/// True if the last verb before `first` is an infinitive: "decided to close it by the 31st".
pub(super) fn infinitive(a: &Atoms, first: usize) -> bool {
    let tokens = &a.syntax.tokens;
    (first.saturating_sub(10)..first).rev().map(|t| &tokens[t]).find(|t| verbal(t)).is_some_and(|t| t.xpos == Xpos::Vb)
}

/// True if a verb of planning or putting off stands in the six words before `first`.
pub(super) fn planned(a: &Atoms, first: usize) -> bool {
    (first.saturating_sub(6)..first)
        .any(|t| planning(a.syntax, t) && verbal(&a.syntax.tokens[t]) && !matches!(a.syntax.lemma(t), "be" | "have"))
}

fn planning(syntax: &Syntax, token: usize) -> bool {
    let words = super::words::words();
    let lemma = syntax.lemma(token);
    words.rows(words.starting_with(lemma)).iter().any(|r| r.class == Class::Planning && r.words.len() == 1)
}

/// Without a tree: the nearest verb to the left within the sentence, else to the right.
fn by_order(a: &Atoms, sentence: std::ops::Range<usize>, first: usize, last: usize) -> Tense {
    let syntax = a.syntax;
    let verb = |t: &usize| verbal(&syntax.tokens[*t]);
    let left = (sentence.start..first.min(sentence.end)).rev().find(verb);
    let Some(v) = left.or_else(|| (last + 1..sentence.end).find(verb)) else {
        return Tense::Unknown;
    };
    let tense = match syntax.tokens[v].xpos {
        Xpos::Vbd => Tense::Past,
        Xpos::Vbz | Xpos::Vbp => Tense::Present,
        Xpos::Md => Tense::Future,
        _ => Tense::Unknown,
    };
    // The date's own words do not count: "May" may be tagged as a modal.
    for t in (sentence.start.max(v.saturating_sub(4))..v).rev().filter(|t| !(first..=last).contains(t)) {
        match syntax.tokens[t].xpos {
            Xpos::Md if (t..v).any(|h| text(a, h) == "have") => return Tense::Past,
            Xpos::Md => return Tense::Future,
            _ => {}
        }
    }
    tense
}
