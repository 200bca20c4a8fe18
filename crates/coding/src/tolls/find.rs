//! Finds the tolls of a text: each word of harm (`data/tolls/harm.tsv`) with the people whom it concerns.
//!
//! The tree is asked first; where it holds no figure, the order of words is ("Blast kills 12, wounds 30").

use super::people::{People, listed, single};
use super::{line, lists, zero};
use crate::frame::frame;
use crate::tree::Tree;
use crate::who::{Part, Resolver};
use counterclaim_lexicon::{Counted, Harm, Victims};
use counterclaim_text::{Rel, Scope, Span, Toll, TollKind, Upos, Xpos};

/// A toll with the token that states the harm.
#[derive(Clone, Debug, PartialEq)]
pub struct TollMention {
    /// The verb or noun of harm.
    pub anchor: usize,
    /// The count.
    pub toll: Toll,
}

/// Finds the tolls of a text, in the order of their words of harm.
pub fn find(tree: &Tree, who: &Resolver) -> Vec<TollMention> {
    let harmful: Vec<bool> = (0..tree.len()).map(|i| senses(tree, who, i).any(|h| h.with.is_empty())).collect();
    let mut out: Vec<TollMention> = Vec::new();
    for i in 0..tree.len() {
        if let Some((what, people)) = line::total(tree, who, i) {
            out.push(mention(tree, who, i, what, people));
            continue;
        }
        if let Some(both) = zero::casualties(tree, i) {
            out.extend(both.iter().map(|what| none(tree, i, *what)));
            continue;
        }
        if let Some((what, people)) = lists::bare(tree, who, i, &harmful) {
            out.push(mention(tree, who, i, what, people));
            continue;
        }
        let Some(harm) = senses(tree, who, i).find(|h| h.with.is_empty() || beside(tree, who, i, &h.with)) else {
            continue;
        };
        if joint(tree, who, i, &harmful) || looks_back(tree, who, i, harm) {
            continue;
        }
        for p in victims(tree, who, i, harm, &harmful) {
            if let Some(p) = without_bomber(tree, who, i, p) {
                out.push(mention(tree, who, i, harm.what, p));
            }
        }
        for p in lists::gapped(tree, who, i, &harmful) {
            let mut m = mention(tree, who, i, harm.what, p);
            if let Some(loser) = who.resolve(p.head, Part::Doer).filter(|_| who.entities.quantity(p.head).is_none()) {
                m.toll.who = loser.actor;
            }
            out.push(m);
        }
    }
    out.extend(zero::nobody(tree, &out));
    out.sort_by_key(|m| (m.anchor, m.toll.what, m.toll.low));
    out.dedup_by(|a, b| a.anchor == b.anchor && a.toll.what == b.toll.what && a.toll.low == b.toll.low);
    add_up(tree, &mut out);
    out
}

/// The senses of a word of harm as it is tagged; what stands in the table as a verb only is also found as a noun.
fn senses<'t>(tree: &'t Tree, who: &'t Resolver, i: usize) -> impl Iterator<Item = &'t Harm> {
    let harms = &who.lexicon.harms;
    let verb = tree.upos(i) == Upos::Verb;
    let own = harms.of(tree.lemma(i), verb);
    let word = tree.word(i).to_lowercase();
    let own = if own.is_empty() && !verb { harms.of(&word, false) } else { own };
    // "Drone attacks kill 8": headlines mislead the tagger.
    let own = if own.is_empty() && !verb && tree.upos(i) != Upos::Aux { harms.of(tree.lemma(i), true) } else { own };
    own.iter()
}

/// True if one of the words that a sense needs stands beside the word of harm.
fn beside(tree: &Tree, who: &Resolver, i: usize, with: &[String]) -> bool {
    let f = frame(tree, i);
    let end = tree.syntax.sentences[tree.sentence(i)].end as usize;
    let follows = (i + 1..end.min(i + 6)).take_while(|t| !matches!(tree.word(*t), "," | ";" | ":"));
    let near: Vec<usize> = tree.kids(i).filter(|k| *k > i).chain(follows).collect();
    with.iter().any(|w| match w.strip_prefix('@') {
        Some(class) => f.obj.iter().any(|o| who.lexicon.classes.has(tree.lemma(*o), class)),
        None if w == "#" => f.obj.iter().any(|o| who.entities.quantity(*o).is_some()),
        None => near.iter().any(|t| tree.lemma(*t) == w) || tree.kids(i).any(|k| tree.lemma(k) == w),
    })
}

/// "four of the wounded", "the dead": people told of before; "the highest commander killed since May": a running count.
fn looks_back(tree: &Tree, who: &Resolver, i: usize, harm: &Harm) -> bool {
    let named = harm.victims == Victims::Subject
        && matches!(tree.upos(i), Upos::Adj | Upos::Noun)
        && i > 0
        && matches!(tree.lemma(i - 1), "the" | "their" | "its" | "whose")
        && !(tree.head(i).is_some_and(|h| h > i && tree.rel(i) == Rel::Amod));
    // "three of the injured died": told of before, however the tagger took the word.
    let named =
        named || i >= 2 && tree.lemma(i - 1) == "the" && tree.lemma(i - 2) == "of" && harm.victims != Victims::Of;
    let running = running(tree, who, i);
    // "One body had been recorded twice" tells of the counting.
    let s = tree.syntax.sentences[tree.sentence(i)].tokens();
    let twice = s.clone().any(|t| tree.lemma(t) == "twice")
        && s.clone().any(|t| matches!(tree.lemma(t), "count" | "record" | "list"));
    named || running || twice
}

/// True for a count that runs over a longer time, of which no occasion is told: "killed since May", "have died in the
/// conflict since January".
pub(crate) fn running(tree: &Tree, who: &Resolver, i: usize) -> bool {
    let joined = matches!(tree.rel(i), Rel::Acl | Rel::Amod);
    tree.kids(i).filter(|k| tree.preposition(*k) == Some("since")).any(|k| {
        who.entities.date(k).is_some_and(|d| {
            // A day may be that of one outbreak ("since Monday"); a month or a year is not.
            joined || d.value.is_some_and(|v| v.start.until(v.end).is_ok_and(|s| s.get_days() >= 27))
        })
    })
}

/// "14 killed and wounded": one figure for dead and wounded together is a figure for neither.
fn joint(tree: &Tree, who: &Resolver, i: usize, harmful: &[bool]) -> bool {
    let kinds = |t: usize| senses(tree, who, t).next().map(|h| h.what);
    let link = |t: usize| matches!(tree.word(t), "," | "/" | "&") || matches!(tree.lemma(t), "and" | "or");
    let pair = |a: usize, b: usize| {
        b < tree.len()
            && harmful[a]
            && harmful[b]
            && kinds(a) != kinds(b)
            && link(a + 1)
            && tree.sentence(a) == tree.sentence(b)
    };
    let numbered = |t: usize| t > 0 && who.entities.quantity(t - 1).is_some();
    pair(i, i + 2) && !numbered(i + 2) || i >= 2 && pair(i - 2, i) && !numbered(i)
}

/// The people concerned: one entry a phrase.
fn victims(tree: &Tree, who: &Resolver, i: usize, harm: &Harm, harmful: &[bool]) -> Vec<People> {
    let verb = tree.upos(i) == Upos::Verb;
    if verb
        && harm.victims == Victims::Subject
        && let Some(p) = line::of_the_wounded(tree, who, i)
    {
        return vec![p];
    }
    // "a trader and his son were among 14 dead": the total, not those who are named.
    let among = tree.kids(i).any(|k| tree.rel(k) == Rel::Case && matches!(tree.lemma(k), "among" | "amongst"));
    let total = tree.kid(i, &[Rel::Nummod]).filter(|_| among && !verb);
    if let Some(p) = total.and_then(|n| single(tree, who, n, true)) {
        return vec![p];
    }
    let f = frame(tree, i);
    let phrases: Vec<usize> = match harm.victims {
        // "a guard who was beaten there was treated": a relative clause whose pronoun the tree lost.
        Victims::Object if verb && f.obj.is_empty() && tree.rel(i) == Rel::AclRelcl && passive_aux(tree, i) => {
            tree.head(i).into_iter().collect()
        }
        Victims::Object if verb => f.obj.clone(),
        Victims::Subject if verb => f.subj.clone(),
        Victims::Subject => predicated(tree, i),
        Victims::Of => tree
            .kids(i)
            .filter(|k| {
                tree.rel(*k) == Rel::Nmod && tree.preposition(*k) == Some("of") || tree.rel(*k) == Rel::NmodPoss
            })
            .collect(),
        Victims::Counted => vec![i],
        Victims::Owner => {
            let owner = |o: &usize| tree.kids(*o).find(|k| tree.rel(*k) == Rel::NmodPoss);
            return f.obj.iter().find_map(owner).and_then(|k| owner_of(tree, who, k)).into_iter().collect();
        }
        Victims::Object => Vec::new(),
    };
    // "Two civilians killed, five injured": a participle without an auxiliary, with its people right before it and
    // nobody right after.
    if verb
        && harm.victims == Victims::Object
        && clipped(tree, i, harmful)
        && let Some(p) = line::before(tree, who, i, harmful)
    {
        return vec![p];
    }
    // What is listed with a phrase is counted with it.
    let leads =
        phrases.iter().filter(|v| !(tree.rel(**v) == Rel::Conj && phrases.contains(&tree.head(**v).unwrap_or(**v))));
    let counted: Vec<People> = leads
        .filter_map(|v| listed(tree, who, *v, true))
        // "A guard was killed and three others hurt": nobody after a passive is its victim.
        .filter(|p| !(verb && harm.victims == Victims::Object && passive_aux(tree, i) && p.tokens.0 > i))
        .filter_map(
            |p| if line::aside(tree, p.tokens.0) { line::outside(tree, who, p.tokens.0, harmful) } else { Some(p) },
        )
        .collect();
    if matches!(harm.victims, Victims::Of | Victims::Counted) {
        return counted;
    }
    // "X said, after four of the wounded died": the tree lost the subject of a finite verb and took another's.
    let borrowed = harm.victims == Victims::Subject && verb && tree.kid(i, &[Rel::Nsubj, Rel::NsubjPass]).is_none();
    if borrowed && let Some(p) = line::before(tree, who, i, harmful).filter(|p| p.low > 1) {
        return vec![p];
    }
    let ordered = || by_order(tree, who, i, harm, phrases.is_empty(), harmful);
    match counted.as_slice() {
        [] => ordered().into_iter().collect(),
        // "two soldiers, a villager killed": the tree may have lost the second half of a list.
        [one] if tree.rel(i) == Rel::Root && !passive_aux(tree, i) => match ordered() {
            Some(p) if p.low > one.low && p.tokens.0 <= one.tokens.0 && one.low > 0 => vec![p],
            _ => counted,
        },
        _ => counted,
    }
}

/// True for a participle of headlines: no auxiliary before it, and after it the phrase or the sentence ends.
fn clipped(tree: &Tree, i: usize, harmful: &[bool]) -> bool {
    let form = tree.word(i).to_lowercase();
    let participle = form.ends_with("ed") || matches!(form.as_str(), "slain" | "hurt");
    let end = tree.syntax.sentences[tree.sentence(i)].end as usize;
    let closes = i + 1 >= end || matches!(tree.upos(i + 1), Upos::Punct | Upos::Adp | Upos::Sconj) && !harmful[i + 1];
    participle && !passive_aux(tree, i) && closes
}

/// "his wrist": one person, whoever that is.
fn owner_of(tree: &Tree, who: &Resolver, k: usize) -> Option<People> {
    let one = tree.upos(k) == Upos::Pron && matches!(tree.lemma(k), "his" | "her" | "he" | "she");
    let own = People { low: 1, high: 1, head: k, tokens: (k, k), scope: Scope::Group };
    if one { Some(own) } else { listed(tree, who, k, true) }
}

/// Of whom a predicate is told: "34 people are confirmed dead", "left five drivers dead", "eight dead".
fn predicated(tree: &Tree, i: usize) -> Vec<usize> {
    if let Some(k) = tree.kid(i, &[Rel::Nsubj, Rel::NsubjPass]) {
        return vec![k];
    }
    let Some(h) = tree.head(i) else { return Vec::new() };
    match tree.rel(i) {
        // "the dead sergeant" was counted before; "eight dead men", "shot dead the mayor" are told here.
        Rel::Amod | Rel::Acl
            if matches!(tree.upos(h), Upos::Noun | Upos::Num | Upos::Propn)
                // "a porter dead and two guards hurt": not the guards.
                && !(i + 1..h).any(|t| matches!(tree.upos(t), Upos::Cconj | Upos::Punct))
                && (matches!(tree.syntax.tokens[h].xpos, Xpos::Nns | Xpos::Cd | Xpos::Nnps)
                    || i > 0 && matches!(tree.lemma(i - 1), "shoot" | "shot" | "find")) =>
        {
            vec![h]
        }
        Rel::Xcomp | Rel::Advcl | Rel::Conj | Rel::Ccomp | Rel::Obj => {
            let tells = matches!(
                tree.lemma(h),
                "leave" | "confirm" | "report" | "find" | "declare" | "pronounce" | "shoot" | "go" | "fear" | "list"
            );
            let o = tree.kid(h, &[Rel::Obj, Rel::NsubjPass, Rel::Nsubj]).filter(|o| tells && *o != i);
            o.into_iter().collect()
        }
        _ => Vec::new(),
    }
}

fn passive_aux(tree: &Tree, i: usize) -> bool {
    (i.saturating_sub(3)..i)
        .rev()
        .take_while(|t| matches!(tree.upos(*t), Upos::Aux | Upos::Adv | Upos::Verb))
        .any(|t| matches!(tree.lemma(t), "be" | "get"))
}

/// The people by the order of words.
fn by_order(tree: &Tree, who: &Resolver, i: usize, harm: &Harm, unknown: bool, harmful: &[bool]) -> Option<People> {
    let form = tree.word(i).to_lowercase();
    let participle = form.ends_with("ed") || matches!(form.as_str(), "slain" | "hurt" | "dead" | "missing");
    match harm.victims {
        Victims::Object if participle => {
            if passive_aux(tree, i) {
                return line::before(tree, who, i, harmful);
            }
            line::after(tree, who, i, harmful).or_else(|| line::before(tree, who, i, harmful).filter(|_| unknown))
        }
        Victims::Object if tree.syntax.tokens[i].xpos == Xpos::Vbn => line::before(tree, who, i, harmful),
        Victims::Object => line::after(tree, who, i, harmful),
        Victims::Subject if tree.lemma(i) == "dead" => {
            // "shot dead three men", but "three men shot dead".
            let shot = i > 0 && matches!(tree.lemma(i - 1), "shoot" | "shot");
            let after = if shot { line::after(tree, who, i, harmful) } else { None };
            after.or_else(|| line::before(tree, who, i, harmful))
        }
        Victims::Subject => line::before(tree, who, i, harmful),
        Victims::Of | Victims::Counted | Victims::Owner => None,
    }
}

/// A bomber killed by the own bomb does not count (desk guide, tolls); "including the bomber" is one less.
fn without_bomber(tree: &Tree, who: &Resolver, i: usize, p: People) -> Option<People> {
    let harms = &who.lexicon.harms;
    let s = tree.syntax.sentences[tree.sentence(i)].tokens();
    let own_bomb = || {
        s.clone().any(|t| {
            matches!(tree.lemma(t), "suicide" | "detonate" | "explode" | "blow") || tree.lemma(t).starts_with("himsel")
        })
    };
    if harms.counts_as(tree.lemma(p.head), Counted::Bomber) && (tree.lemma(p.head) == "bomber" || own_bomb()) {
        return None;
    }
    let counted_in = (p.tokens.0..(p.tokens.1 + 8).min(s.end))
        .any(|t| tree.lemma(t) == "include" && (t + 1..(t + 5).min(s.end)).any(|b| tree.lemma(b) == "bomber"));
    let less = u64::from(counted_in);
    Some(People { low: p.low.saturating_sub(less), high: p.high.saturating_sub(less), ..p })
}

fn mention(tree: &Tree, who: &Resolver, anchor: usize, what: TollKind, p: People) -> TollMention {
    let mut name = who.resolve(p.head, Part::Victim).map(|w| w.actor).unwrap_or_default();
    // "14 of them": who they are was said before.
    if tree.upos(p.head) == Upos::Pron || who.entities.quantity(p.head).is_some() {
        name.clear();
    }
    // "it lost six soldiers": whoever lost them.
    if tree.lemma(anchor) == "lose"
        && what == TollKind::Killed
        && let Some(loser) = frame(tree, anchor).subj.iter().find_map(|s| who.resolve(*s, Part::Doer))
        && p.head != anchor
        && !frame(tree, anchor).subj.contains(&p.head)
    {
        name = loser.actor;
    }
    // "personnel of the occupying army" in a group's statement: the other side, not the group that speaks.
    let (a, b) = tree.hull(p.head);
    let enemy = (a..=b.min(a + 12)).any(|t| who.lexicon.harms.counts_as(tree.lemma(t), Counted::Enemy));
    if enemy && who.entities.context.issuer.as_ref().is_some_and(|i| i.actor == name) {
        name.clear();
    }
    let span = tree.span_of(p.tokens.0.min(anchor), p.tokens.1.max(anchor));
    let toll = Toll { what, low: p.low, high: p.high, who: name, span, speaker: String::new(), scope: p.scope };
    TollMention { anchor, toll }
}

fn none(tree: &Tree, anchor: usize, what: TollKind) -> TollMention {
    let span: Span = tree.span(anchor);
    let toll = Toll { what, low: 0, high: 0, who: String::new(), span, speaker: String::new(), scope: Scope::Whole };
    TollMention { anchor, toll }
}

/// Two different figures of one sort in one sentence are of different people: "five die in Kashmir, one killed in Swat".
fn add_up(tree: &Tree, out: &mut [TollMention]) {
    // "Five more bodies were found, bringing the toll to 37": the five are in the 37.
    for k in 0..out.len() {
        let (m, sentence) = (&out[k], tree.sentence(out[k].anchor));
        let holds = |o: &TollMention| {
            tree.sentence(o.anchor) == sentence
                && o.toll.what == m.toll.what
                && o.toll.scope == Scope::Revised
                && o.toll.low >= m.toll.low
        };
        if m.toll.scope == Scope::Added && out.iter().any(holds) {
            out[k].toll.scope = Scope::Part;
        }
    }
    for k in 1..out.len() {
        let (before, rest) = out.split_at_mut(k);
        let m = &mut rest[0];
        let sentence = tree.sentence(m.anchor);
        let adds = before.iter().rev().take_while(|o| tree.sentence(o.anchor) == sentence).any(|o| {
            o.anchor != m.anchor
                && o.toll.what == m.toll.what
                && o.toll.who == m.toll.who
                && o.toll.scope == m.toll.scope
                && o.toll.low > 0
                && o.toll.low != m.toll.low
        });
        // "The toll climbed to 19 after four of the wounded died": the four are in the 19.
        let held = before.iter().rev().take_while(|o| tree.sentence(o.anchor) == sentence).any(|o| {
            o.toll.what == m.toll.what
                && matches!(o.toll.scope, Scope::Whole | Scope::Revised)
                && o.toll.low > m.toll.low
        });
        // "The bomb hurt eight; two of them died": the two were among the eight.
        let words = m.toll.span.of(tree.text).to_lowercase();
        let last = before.last().filter(|o| tree.sentence(o.anchor) + 1 >= sentence).map(|o| o.toll.what);
        let later = tree.kids(m.anchor).any(|k| matches!(tree.lemma(k), "later" | "subsequently"))
            && m.toll.scope != Scope::Added
            && before.last().is_some_and(|o| m.toll.low < o.toll.low);
        if m.toll.what == TollKind::Killed && (words.contains(" of them") || later) && last == Some(TollKind::Injured) {
            m.toll.scope = Scope::Moved;
        }
        if m.toll.scope == Scope::Moved && held {
            m.toll.scope = Scope::Part;
        }
        if adds && m.toll.low > 0 && matches!(m.toll.scope, Scope::Whole | Scope::Group) {
            m.toll.scope = Scope::Added;
        }
    }
}
