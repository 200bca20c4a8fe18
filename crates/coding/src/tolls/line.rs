//! Counts by the order of words, for headlines and other lines that no tree was found for: "12 killed, four hurt",
//! "shelling kills boy, two women", "death toll rises to 19".

use super::people::{People, scope, single};
use crate::tree::Tree;
use crate::who::Resolver;
use counterclaim_lexicon::Counted;
use counterclaim_text::{Scope, TollKind, Upos, Xpos};

/// Stems of words that say how high a total stands.
const MOVES: &[&str] = &[
    "ris", "rise", "rose", "climb", "reach", "stand", "stood", "increas", "jump", "mount", "grow", "grew", "go",
    "went", "gone", "pass", "put", "soar", "swell", "swollen", "hit", "exceed", "top", "topp", "surpass", "drop",
    "dropp", "fall", "fell", "now", "is", "was", "revis", "give", "giv", "gave", "at",
];

/// Words that may stand between the people and the word of harm: "three were reportedly shot dead".
fn filler(tree: &Tree, t: usize) -> bool {
    matches!(tree.upos(t), Upos::Aux | Upos::Adv)
        || matches!(
            tree.lemma(t),
            "be" | "have"
                | "get"
                | "say"
                | "report"
                | "confirm"
                | "fear"
                | "believe"
                | "shoot"
                | "find"
                | "declare"
                | "leave"
                | "feared"
                | "reported"
                | "said"
                | "confirmed"
                | "shot"
        )
}

/// Words that may stand before a number without ending a phrase: "kills at least 12".
fn hedge(tree: &Tree, t: usize) -> bool {
    matches!(
        tree.word(t).to_lowercase().as_str(),
        "at" | "least"
            | "most"
            | "some"
            | "about"
            | "around"
            | "nearly"
            | "almost"
            | "over"
            | "than"
            | "more"
            | "fewer"
            | "up"
            | "to"
            | "as"
            | "many"
            | "approximately"
            | "another"
            | "only"
            | "just"
            | "further"
            | "roughly"
            | "total"
            | "of"
            | "his"
            | "her"
            | "their"
    )
}

fn nominal(tree: &Tree, t: usize) -> bool {
    matches!(tree.upos(t), Upos::Noun | Upos::Propn | Upos::Num | Upos::Adj | Upos::Det) || tree.word(t) == "-"
}

/// The people whose phrase ends at `end`, going left; the second value is the first token of the phrase.
fn phrase_before(tree: &Tree, who: &Resolver, end: usize, first: usize, harmful: &[bool]) -> Option<(People, usize)> {
    let mut start = end + 1;
    let mut number = None;
    while start > first && end + 1 - start < 9 {
        let t = start - 1;
        let of = tree.lemma(t) == "of" && start <= end;
        if who.entities.quantity(t).is_some() {
            number = Some(t);
            start = t;
            break;
        }
        if !(nominal(tree, t) || of) || who.entities.date(t).is_some() || harmful[t] {
            break;
        }
        start = t;
    }
    if start > end {
        return None;
    }
    let found = match number {
        Some(n) => {
            let q = who.entities.quantity(n).filter(|q| !q.vague)?;
            let first = q.tokens.0 as usize;
            let last = q.tokens.1 as usize;
            if last < end && tree.lemma(last + 1) == "of" {
                // "four of the wounded".
                let scope = scope(tree, who, end, last, true);
                People { low: q.low, high: q.high, head: end, tokens: (first, end), scope }
            } else {
                // The head stands before "of": "fourteen sons of the soil".
                let head = (n..=end).find(|t| tree.lemma(*t) == "of").map_or(end, |of| of.saturating_sub(1).max(n));
                let people = single(tree, who, head, true)?;
                People { low: q.low, high: q.high, tokens: (first, end), ..people }
            }
        }
        None => single(tree, who, end, true).or_else(|| demonym(tree, who, end)).filter(|p| p.low <= 1)?,
    };
    Some((found, start))
}

/// "Pakistani killed in shelling": one person named by a country.
fn demonym(tree: &Tree, who: &Resolver, i: usize) -> Option<People> {
    let named = who.entities.place(i).is_some_and(|p| p.demonym);
    let many = matches!(tree.syntax.tokens[i].xpos, Xpos::Nns | Xpos::Nnps) || tree.word(i).ends_with('s');
    (named && !many).then_some(People { low: 1, high: 1, head: i, tokens: (i, i), scope: Scope::Group })
}

/// "four of the wounded died": people counted among the wounded before.
pub(super) fn of_the_wounded(tree: &Tree, who: &Resolver, i: usize) -> Option<People> {
    let first = tree.syntax.sentences[tree.sentence(i)].start as usize;
    let mut end = i;
    while end > first && i - end < 4 && filler(tree, end - 1) {
        end -= 1;
    }
    let noun = end.checked_sub(1).filter(|t| *t >= first + 3)?;
    let told = matches!(tree.word(noun).to_lowercase().as_str(), "wounded" | "injured" | "casualties");
    let (the, of) = (tree.lemma(noun - 1), tree.lemma(noun - 2));
    if !told || !matches!(the, "the" | "those" | "these") || of != "of" {
        return None;
    }
    let q = who.entities.quantity(noun - 3).filter(|q| !q.vague)?;
    let tokens = (q.tokens.0 as usize, noun);
    Some(People { low: q.low, high: q.high, head: noun, tokens, scope: Scope::Moved })
}

/// The people told of before the word of harm at `i`, with what is listed before them.
pub(super) fn before(tree: &Tree, who: &Resolver, i: usize, harmful: &[bool]) -> Option<People> {
    let first = tree.syntax.sentences[tree.sentence(i)].start as usize;
    let mut end = i;
    while end > first && i - end < 4 && filler(tree, end - 1) {
        end -= 1;
    }
    // "a guard aged 63 was hurt".
    if end > first + 3 && tree.upos(end - 1) == Upos::Num && tree.lemma(end - 2) == "aged" {
        end -= 2;
    }
    // "Three civilians, two brothers among them, were martyred": over the aside.
    let mut skips = 0;
    while end > first + 1 && tree.word(end - 1) == "," && skips < 3 {
        end = (first + 1..end - 1).rev().take(12).find(|t| tree.word(*t) == ",")?;
        skips += 1;
        if phrase_before(tree, who, end - 1, first, harmful).is_some() {
            break;
        }
        end += 1;
    }
    let (mut found, mut start) = phrase_before(tree, who, end.checked_sub(1)?, first, harmful)?;
    // "two soldiers, a villager killed", "12 people, including two women, killed".
    for _ in 0..4 {
        let Some(link) = start.checked_sub(1).filter(|t| *t >= first) else { break };
        if aside(tree, start) {
            found = outside(tree, who, start, harmful)?;
            break;
        }
        if !(matches!(tree.word(link), "," | "&") || tree.lemma(link) == "and") || found.low == 0 {
            break;
        }
        let Some((p, s)) = link.checked_sub(1).and_then(|e| phrase_before(tree, who, e, first, harmful)) else { break };
        // "kills one, six wounded": the one was killed.
        let taken = (first..s).rev().take(3).find(|t| !hedge(tree, *t)).is_some_and(|t| harmful[t]);
        if taken {
            break;
        }
        (found, start) = (found.and(p), s);
    }
    Some(found)
}

/// True if a figure at `number` tells of some of the people only: "nine civilians, six of them children",
/// "12 people, including two women".
pub(super) fn aside(tree: &Tree, number: usize) -> bool {
    let first = tree.syntax.sentences[tree.sentence(number)].start as usize;
    let mut t = number;
    while t > first && number - t < 3 && (hedge(tree, t - 1) || matches!(tree.lemma(t - 1), "they" | "them" | "whom")) {
        t -= 1;
    }
    let Some(lead) = t.checked_sub(1).filter(|l| *l >= first) else { return false };
    // "among six killed" gives the total, "among them six" a part.
    if tree.lemma(lead) == "include" || matches!(tree.lemma(lead), "among" | "amongst") && t < number {
        return true;
    }
    let of_them = (number + 1..(number + 3).min(tree.len() - 1)).any(|o| {
        tree.lemma(o) == "of"
            && matches!(tree.word(o + 1).to_lowercase().as_str(), "them" | "whom" | "which" | "these" | "those")
    });
    tree.word(lead) == "," && of_them
}

/// The people that an aside at `number` is part of: those told of before the comma.
pub(super) fn outside(tree: &Tree, who: &Resolver, number: usize, harmful: &[bool]) -> Option<People> {
    let first = tree.syntax.sentences[tree.sentence(number)].start as usize;
    let comma =
        (first..number).rev().take(6).find(|t| matches!(tree.word(*t), "," | "(" | "-" | "\u{2013}" | "\u{2014}"))?;
    phrase_before(tree, who, comma.checked_sub(1)?, first, harmful).map(|(p, _)| p)
}

fn thing(tree: &Tree, who: &Resolver, i: usize) -> bool {
    who.lexicon.harms.counts_as(tree.lemma(i), Counted::Thing)
}

/// The people told of right after the word of harm at `i`, with what is listed after them.
pub(super) fn after(tree: &Tree, who: &Resolver, i: usize, harmful: &[bool]) -> Option<People> {
    let last = tree.syntax.sentences[tree.sentence(i)].end as usize;
    let mut at = i + 1;
    let mut out: Option<People> = None;
    for _ in 0..4 {
        let begin = at;
        while at < last && at - begin < 4 && hedge(tree, at) && who.entities.quantity(at).is_none() {
            at += 1;
        }
        // "kills a couple": the article stands before the number.
        if at + 1 < last && matches!(tree.lemma(at), "a" | "the") && who.entities.quantity(at + 1).is_some() {
            at += 1;
        }
        let mut end = at;
        while end < last
            && end - at < 8
            && (nominal(tree, end) || who.entities.quantity(end).is_some())
            && !harmful[end]
        {
            end += 1;
            // A place or an "in" ends the phrase; so does the next number.
            if end < last
                && who.entities.quantity(end).is_some()
                && who.entities.quantity(end) != who.entities.quantity(end - 1)
            {
                break;
            }
        }
        if end == at {
            break;
        }
        // "wounding four and five killed": the second number belongs to the next word of harm.
        if out.is_some() && (end..last.min(end + 3)).any(|t| harmful[t] && tree.syntax.tokens[t].xpos != Xpos::Vbg) {
            break;
        }
        let number = who.entities.quantity(at);
        let people = match number {
            Some(q) if !q.vague => single(tree, who, end - 1, true)
                .or_else(|| single(tree, who, at, true).filter(|_| !thing(tree, who, end - 1)))
                .map(|p| People { low: q.low, high: q.high, tokens: (at, end - 1), ..p }),
            Some(_) => None,
            None => {
                let couple = who.entities.quantity(end - 1).is_some();
                single(tree, who, end - 1, true).filter(|p| p.low <= 1 || couple)
            }
        };
        // "killing livestock but no people".
        let link = end < last && (matches!(tree.word(end), "," | "&") || matches!(tree.lemma(end), "and" | "but"));
        // "shot dead Mr X, leader of a committee": a bare noun after a comma says who somebody is.
        let apposed = out.is_some() && number.is_none() && tree.word(begin.saturating_sub(1)) == ",";
        match people.filter(|_| !apposed) {
            Some(p) => out = Some(out.map_or(p, |o| o.and(p))),
            None if link && end + 1 < last && tree.lemma(end + 1) == "no" => {}
            None => break,
        }
        if !link {
            break;
        }
        at = end + 1;
    }
    out
}

/// "The toll rises to 19", "the number of dead stands at 49": what is counted and the figure.
pub(super) fn total(tree: &Tree, who: &Resolver, i: usize) -> Option<(TollKind, People)> {
    if let Some(found) = put_at(tree, who, i) {
        return Some(found);
    }
    let sentence = tree.syntax.sentences[tree.sentence(i)].tokens();
    let near = (i.saturating_sub(2).max(sentence.start))..(i + 8).min(sentence.end);
    let about = |words: &[&str]| near.clone().any(|t| words.contains(&tree.word(t).to_lowercase().as_str()));
    let what = match tree.lemma(i) {
        "toll" | "tally" if about(&["injury", "injured", "wounded"]) => TollKind::Injured,
        "toll" => TollKind::Killed,
        // "five dead, which it later raised to 17": the kind is that of the figure before.
        "raise" | "revise" | "lower" | "correct" | "increase" | "update" => return revised(tree, who, i),
        "number" | "count" | "figure" | "tally" => {
            let follow = |t: usize| matches!(tree.lemma(t), "of" | "people" | "person" | "the");
            let mut t = i + 1;
            while t < sentence.end
                && t < i + 5
                && (follow(t) || tree.upos(t) == Upos::Noun)
                && tree.upos(t) != Upos::Verb
            {
                if matches!(tree.lemma(t), "martyr" | "dead" | "death" | "fatality") {
                    break;
                }
                t += 1;
            }
            match tree.word(t.min(sentence.end - 1)).to_lowercase().as_str() {
                "dead" | "killed" | "martyrs" | "martyred" | "deaths" | "fatalities" => TollKind::Killed,
                "wounded" | "injured" => TollKind::Injured,
                _ => return None,
            }
        }
        _ => return None,
    };
    // "bringing the death toll to 37".
    let brought = (i + 1..sentence.end).find(|t| !matches!(tree.upos(*t), Upos::Noun | Upos::Propn));
    if let Some(q) = brought
        .filter(|t| matches!(tree.lemma(*t), "to" | "at") && tree.lemma(i) == "toll")
        .and_then(|t| who.entities.quantity(t + 1))
        .filter(|q| !q.vague)
    {
        let at = q.tokens.0 as usize;
        return Some((what, People { low: q.low, high: q.high, head: at, tokens: (i, at), scope: Scope::Revised }));
    }
    // By form, as lemmas of verbs that the trained model knows little are unsure.
    let moves = |t: &usize| {
        let word = tree.word(*t).to_lowercase();
        MOVES.iter().any(|m| {
            word.strip_prefix(m)
                .is_some_and(|rest| matches!(rest, "" | "s" | "es" | "e" | "ed" | "d" | "n" | "en" | "ing"))
        })
    };
    let verb = (i + 1..sentence.end.min(i + 18)).find(moves)?;
    let at = (verb + 1..sentence.end.min(verb + 8)).find(|t| who.entities.quantity(*t).is_some_and(|q| !q.vague))?;
    let q = who.entities.quantity(at)?;
    let linked = (verb + 1..at).all(|t| hedge(tree, t) || matches!(tree.lemma(t), "as" | "by" | "officially"));
    linked.then_some((what, People { low: q.low, high: q.high, head: at, tokens: (i, at), scope: Scope::Revised }))
}

/// "put the dead at 65", "put the number of victims at 11".
fn put_at(tree: &Tree, who: &Resolver, i: usize) -> Option<(TollKind, People)> {
    let what = match tree.lemma(i) {
        "dead" | "death" | "fatality" | "victim" => TollKind::Killed,
        "wounded" | "injured" => TollKind::Injured,
        _ => return None,
    };
    let first = tree.syntax.sentences[tree.sentence(i)].start as usize;
    (i.saturating_sub(5).max(first)..i).find(|t| tree.lemma(*t) == "put")?;
    let at = (i + 1..(i + 5).min(tree.len())).find(|t| who.entities.quantity(*t).is_some_and(|q| !q.vague))?;
    if tree.lemma(i + 1) != "at" || !(i + 2..at).all(|t| hedge(tree, t)) {
        return None;
    }
    let q = who.entities.quantity(at)?;
    Some((what, People { low: q.low, high: q.high, head: at, tokens: (i, at), scope: Scope::Whole }))
}

/// "… which it later raised to 17": a figure that replaces the dead or wounded told of before it in the sentence.
fn revised(tree: &Tree, who: &Resolver, i: usize) -> Option<(TollKind, People)> {
    let s = tree.syntax.sentences[tree.sentence(i)].tokens();
    let to = (i + 1..s.end.min(i + 6)).find(|t| tree.lemma(*t) == "to")?;
    let at = (to + 1..s.end.min(to + 3)).find(|t| who.entities.quantity(*t).is_some_and(|q| !q.vague))?;
    let what = (s.start..to).rev().find_map(|t| match tree.lemma(t) {
        "toll" | "dead" | "die" | "kill" | "death" | "killed" => Some(TollKind::Killed),
        "wounded" | "injured" | "wound" | "injure" => Some(TollKind::Injured),
        _ => None,
    })?;
    let q = who.entities.quantity(at)?;
    Some((what, People { low: q.low, high: q.high, head: at, tokens: (i.min(at), at), scope: Scope::Revised }))
}
