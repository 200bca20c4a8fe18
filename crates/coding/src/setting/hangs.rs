//! When and where an event happened: the dates and places that hang on it, on its clause, or on what stands before.

use super::{near, offset};
use crate::frame::Frame;
use crate::tree::Tree;
use crate::who::Resolver;
use counterclaim_entities::Entities;
use counterclaim_text::{ActorKind, ActorMention, DateMention, DateValue, Level, PlaceMention, PlaceRef, Rel, Upos};

/// Steps between an event's tokens and another token in the tree; events in between part them.
fn distance(tree: &Tree, frame: &Frame, at: usize, triggers: &[bool]) -> Option<u32> {
    let anchors = [Some(frame.trigger), frame.verb];
    let mut up = at;
    let mut cost = 0;
    // Climb from the mention to the trigger.
    for _ in 0..40 {
        if anchors.contains(&Some(up)) {
            return Some(cost);
        }
        // "were killed when aircraft fired on a hillside": one act, told in two clauses.
        let same = tree.rel(up) == Rel::Advcl && tree.kids(up).any(|k| matches!(tree.lemma(k), "when" | "as"));
        if up != at && triggers[up] && !same {
            cost += 9;
            // "rescued three who had been kidnapped on 2 May": that day is the kidnapping's alone.
            if matches!(tree.rel(up), Rel::AclRelcl | Rel::Acl) {
                cost += 8;
            }
        }
        cost += match tree.rel(up) {
            Rel::Parataxis | Rel::Ccomp => 3,
            Rel::AclRelcl | Rel::Advcl | Rel::Acl => 2,
            Rel::Conj => 1,
            _ => 0,
        };
        match tree.head(up) {
            Some(h) => up = h,
            None => break,
        }
        cost += 1;
    }
    // Climb from the trigger to a word above that holds the mention.
    let mut down = frame.verb.unwrap_or(frame.trigger);
    let mut cost = 0;
    for _ in 0..40 {
        cost += match tree.rel(down) {
            Rel::Parataxis => 5,
            Rel::Ccomp => 4,
            Rel::AclRelcl => 2,
            Rel::Advcl | Rel::Acl => 2,
            Rel::Conj => 2,
            _ => 1,
        };
        down = tree.head(down)?;
        if tree.within(at, down) {
            let mut side = 0;
            let mut x = at;
            while x != down {
                if x != at && triggers[x] {
                    side += 6;
                }
                side += match tree.rel(x) {
                    Rel::Conj => 2,
                    Rel::Advcl | Rel::AclRelcl | Rel::Ccomp | Rel::Parataxis => 3,
                    _ => 1,
                };
                x = tree.head(x)?;
            }
            // A date on the verb of speech dates the speech.
            return Some(cost + side + if triggers[down] { 2 } else { 0 });
        }
    }
    None
}

/// True for a token inside square brackets: a note of the editor or of a monitoring service.
fn bracketed(tree: &Tree, at: usize, start: usize) -> bool {
    let open = (start..at).rev().find(|t| matches!(tree.word(*t), "[" | "]"));
    open.is_some_and(|t| tree.word(t) == "[")
}

/// True if the date that ends at `last` is followed by "when" and a clause that holds the trigger.
fn opens_clause(tree: &Tree, last: usize, trigger: usize) -> bool {
    let Some(when) = (last + 1..(last + 3).min(tree.len())).find(|t| tree.lemma(*t) == "when") else { return false };
    let mut at = trigger;
    for _ in 0..12 {
        if tree.kids(at).any(|k| k == when) {
            return true;
        }
        match tree.head(at) {
            Some(h) => at = h,
            None => return false,
        }
    }
    false
}

/// The date of an event, with the mention it comes from.
pub fn when<'e>(
    tree: &Tree,
    entities: &'e Entities,
    frame: &Frame,
    triggers: &[bool],
    speech_cue: &[bool],
) -> Option<(&'e DateMention, DateValue)> {
    let s = tree.syntax.sentences[tree.sentence(frame.trigger)];
    // What is told before "two days after" happened then; the date behind it is of the other thing.
    if let Some(o) = offset::find(tree, entities, frame)
        && frame.trigger < o.word
        && !(s.start as usize..o.word).any(|t| {
            entities.date(t).is_some_and(|d| d.value.is_some() && d.kind != "DURATION" && !d.dateline && t < o.word)
        })
    {
        return Some((o.from, o.day));
    }
    let mut best: Option<(u32, &DateMention, DateValue)> = None;
    let mut spoken = false;
    let mut lone: Vec<(&DateMention, DateValue)> = Vec::new();
    let mut t = s.start as usize;
    while t < s.end as usize {
        let Some(d) = entities.date(t) else {
            t += 1;
            continue;
        };
        let (first, last) = (d.tokens.0 as usize, d.tokens.1 as usize);
        if let Some(v) = d.value.filter(|_| !d.dateline && d.kind != "DURATION" && d.kind != "SET") {
            let head = (first..=last.min(tree.len() - 1))
                .find(|i| tree.head(*i).is_none_or(|h| h < first || h > last))
                .unwrap_or(first);
            let governor = tree.head(head);
            let elsewhere = bracketed(tree, first, s.start as usize)
                || governor.is_some_and(|h| {
                    speech_cue[h]
                        || matches!(tree.lemma(h), "bear" | "born")
                        || matches!(tree.rel(h), Rel::AclRelcl | Rel::Acl)
                });
            let since =
                first.checked_sub(1).is_some_and(|p| matches!(tree.lemma(p), "since" | "until" | "till" | "by"));
            if !elsewhere && !since {
                lone.push((d, v));
            }
            if let Some(mut c) = distance(tree, frame, head, triggers) {
                let mut said = false;
                // "Police said on Monday that …": the date may hang on the verb of speech.
                if let Some(h) = tree.head(head)
                    && speech_cue[h]
                    && h != frame.trigger
                    && Some(h) != frame.verb
                    // "accused them of having fired at dawn on Friday": what stands after the act is its own.
                    && !(h < frame.trigger && frame.trigger < first)
                {
                    c += 8;
                    said = true;
                }
                let lead = first.checked_sub(1).map(|p| tree.lemma(p)).unwrap_or("");
                if matches!(lead, "until" | "by" | "till") {
                    c += 8;
                }
                // "[in Arabic, 24 Apr]": when a bulletin was broadcast.
                if bracketed(tree, first, s.start as usize) {
                    t = last + 1;
                    continue;
                }
                // "May 2022, when goods were kept out": the clause happened then.
                if opens_clause(tree, last, frame.trigger) {
                    c = 0;
                }
                // "a woman born in 1948": a year of birth dates nothing else.
                if tree.head(head).is_some_and(|h| matches!(tree.lemma(h), "bear" | "born")) {
                    t = last + 1;
                    continue;
                }
                // "Two years ago, in October 2021": of two dates that agree the narrower one.
                let narrower = best.as_ref().is_some_and(|(b, _, w)| {
                    let inside = w.start <= v.start && v.end <= w.end && v != *w;
                    inside && !said && c <= *b + 4 && c <= 14
                });
                let wider = best.as_ref().is_some_and(|(b, _, w)| {
                    let holds = v.start <= w.start && w.end <= v.end && v != *w;
                    holds && *b <= c + 4
                });
                if narrower || !wider && best.as_ref().is_none_or(|(b, ..)| c < *b) {
                    best = Some((c, d, v));
                    spoken = said;
                }
            }
        }
        t = last + 1;
    }
    // The day on which somebody spoke is no day of the event; what stands around may give one.
    let near = best.filter(|(c, ..)| *c <= 14).map(|(_, d, v)| (d, v));
    match (near, &lone[..]) {
        (Some(_), _) if spoken => None,
        (Some(found), _) => Some(found),
        // However the tree runs, a sentence with one date happened then.
        (None, [one]) => Some(*one),
        _ => None,
    }
}

/// The head word of a place's name.
pub(super) fn place_head(tree: &Tree, p: &PlaceMention) -> usize {
    let (first, last) = (p.tokens.0 as usize, p.tokens.1 as usize);
    (first..=last.min(tree.len() - 1)).find(|i| tree.head(*i).is_none_or(|h| h < first || h > last)).unwrap_or(first)
}

/// The preposition of the phrase that a name stands in: "in" for "in the Sambaza area of Zhob".
pub(super) fn preposition<'t>(tree: &'t Tree, head: usize) -> &'t str {
    let mut governor = head;
    for _ in 0..4 {
        if tree.preposition(governor).is_some()
            || !matches!(
                tree.rel(governor),
                Rel::Compound | Rel::Conj | Rel::Nmod | Rel::Appos | Rel::NmodPoss | Rel::Flat
            )
        {
            break;
        }
        match tree.head(governor) {
            Some(h) => governor = h,
            None => break,
        }
    }
    tree.preposition(governor).or_else(|| tree.preposition(head)).unwrap_or("")
}

/// The place right before a "where" that opens the clause of the trigger: "at X, where four were killed".
fn antecedent<'e>(tree: &Tree, entities: &'e Entities, trigger: usize) -> Option<&'e PlaceMention> {
    let mut at = trigger;
    for _ in 0..8 {
        if let Some(w) = tree.kids(at).find(|k| tree.lemma(*k) == "where" && *k < trigger) {
            let before = w.checked_sub(1).map(|t| if tree.word(t) == "," { t.saturating_sub(1) } else { t })?;
            return entities.place(before).filter(|p| !p.demonym && p.place.level != Level::Country);
        }
        if !matches!(tree.rel(at), Rel::Ccomp | Rel::AclRelcl | Rel::Conj | Rel::Xcomp | Rel::Advcl) {
            return None;
        }
        at = tree.head(at)?;
    }
    None
}

/// True if `outer` holds `inner` ("Barmal district of Paktika").
pub fn holds(outer: &PlaceRef, inner: &PlaceRef) -> bool {
    if outer.name == inner.name && outer.country == inner.country {
        return outer.level > inner.level && outer.level != Level::Area;
    }
    match outer.level {
        Level::Country => outer.country == inner.country && inner.level != Level::Country,
        Level::Admin1 => {
            outer.country == inner.country
                && (inner.admin1 == outer.name || inner.admin1.is_empty())
                && matches!(inner.level, Level::Town | Level::Admin2 | Level::Area)
        }
        Level::Admin2 => {
            outer.country == inner.country
                && matches!(inner.level, Level::Town | Level::Area)
                && (inner.admin2 == outer.name || inner.gazetteer_id.is_empty())
        }
        Level::Area => outer.country == inner.country && inner.level == Level::Town && inner.gazetteer_id.is_empty(),
        Level::Town => false,
    }
}

/// The places of an event: those that hang on it or its clause, most specific first; containers are dropped.
pub fn places(tree: &Tree, who: &Resolver, frame: &Frame, triggers: &[bool], limit: u32) -> Vec<PlaceRef> {
    let entities = who.entities;
    let s = tree.syntax.sentences[tree.sentence(frame.trigger)];
    if let Some(p) = antecedent(tree, entities, frame.trigger) {
        return vec![p.place.clone()];
    }
    let mut found: Vec<(u32, usize, &PlaceMention, Option<u32>)> = Vec::new();
    let mut t = s.start as usize;
    while t < s.end as usize {
        let Some(p) = entities.place(t) else {
            t += 1;
            continue;
        };
        let last = p.tokens.1 as usize;
        t = last.max(t) + 1;
        if p.demonym {
            continue;
        }
        let head = place_head(tree, p);
        // A name that acts ("Islamabad struck", "the Khost governor") is no location, nor is an origin; a building of an
        // organ is one ("outside the Khost cantonment").
        let standing =
            |h: usize| matches!(tree.preposition(h), Some("in" | "at" | "near" | "outside" | "inside" | "on"));
        let says = |t: usize| t < tree.len() && who.lexicon.cues.speech(tree.lemma(t), true).is_some();
        let acts = matches!(tree.rel(head), Rel::Nsubj | Rel::OblAgent)
            && entities.actor(head).is_some_and(|m| m.head as usize == head)
            || matches!(tree.rel(head), Rel::NmodPoss | Rel::Compound | Rel::Amod)
                && tree.head(head).is_some_and(|h| {
                    entities.actor(h).is_some_and(|m| m.head as usize == h && m.kind != ActorKind::Community)
                        && !triggers[h]
                        && !standing(h)
                })
            || tree.preposition(head).is_none() && tree.upos(head) == Upos::Propn && says(last + 1) && capital(who, p);
        // "the ministry in Kabul", "a hospital in Sharana": where the speaker sits.
        const FORCES: &[&str] = &[
            "troop",
            "troops",
            "force",
            "soldier",
            "guard",
            "police",
            "policeman",
            "army",
            "jet",
            "drone",
            "patrol",
            "post",
            "convoy",
        ];
        let seat = tree.rel(head) == Rel::Nmod
            && tree.head(head).is_some_and(|h| {
                let office = |m: &ActorMention| m.head as usize == h && m.kind == ActorKind::Organ;
                entities.actor(h).is_some_and(office) && !FORCES.contains(&tree.lemma(h))
            });
        // A judge who is shot is shot where he is; an envoy is summoned to the ministry's seat.
        let victim = tree.head(head).is_some_and(|h| frame.obj.contains(&h));
        if seat && !victim && !matches!(tree.lemma(frame.trigger), "summon" | "call" | "protest" | "note" | "hand") {
            continue;
        }
        let away = near::away(tree, p.tokens.0 as usize);
        let prep = preposition(tree, head);
        // "between Goma and Sake" is where; "between Kabul and Islamabad" is who.
        let parties = prep == "between" && (p.place.level == Level::Country || capital(who, p));
        // "crossed the river and attacked a village": what another verb is done to.
        let other = {
            let mut g = head;
            while matches!(tree.rel(g), Rel::Compound | Rel::Flat | Rel::Amod) {
                match tree.head(g) {
                    Some(up) => g = up,
                    None => break,
                }
            }
            matches!(tree.rel(g), Rel::Obj | Rel::Nsubj)
                && tree.head(g).is_some_and(|v| {
                    tree.upos(v) == Upos::Verb && !triggers[v] && v != frame.trigger && Some(v) != frame.verb
                })
        };
        // "With regard to Sarkano, our forces did not fire": the topic says where.
        let topic = prep == "to"
            && tree.head(head).is_some_and(|h| matches!(tree.lemma(h), "regard" | "respect" | "reference"));
        let origin = !topic
            && matches!(prep, "from" | "to" | "against" | "with" | "by" | "toward" | "towards" | "for" | "beyond")
            && !(matches!(prep, "to" | "against" | "from")
                && p.place.level != Level::Country
                && matches!(
                    tree.lemma(frame.trigger),
                    "deploy" | "move" | "send" | "exchange" | "withdraw" | "attack" | "strike"
                ));
        // "the Moscow-backed governor": whose man he is, not where.
        let backing = last + 2 < tree.len()
            && tree.word(last + 1) == "-"
            && matches!(
                tree.lemma(last + 2),
                "back"
                    | "backed"
                    | "install"
                    | "installed"
                    | "appoint"
                    | "appointed"
                    | "lead"
                    | "led"
                    | "align"
                    | "aligned"
            );
        if backing || acts || parties || other || origin && away.is_none() {
            continue;
        }
        if p.place.level == Level::Country
            && !matches!(prep, "in" | "inside" | "across" | "throughout" | "into" | "within" | "over" | "on")
        {
            let at =
                matches!(prep, "at" | "on" | "into") && matches!(tree.lemma(frame.trigger), "fire" | "launch" | "lob");
            let struck = at
                || matches!(tree.rel(head), Rel::Obj | Rel::NsubjPass)
                    && matches!(tree.lemma(frame.trigger), "strike" | "bomb" | "shell" | "hit" | "attack" | "bombard");
            if !struck {
                continue;
            }
        }
        if let Some(c) = distance(tree, frame, head, triggers) {
            found.push((c, head, p, away));
        }
    }
    // "in X, 40 km west of Y": Y only says where X is.
    if found.iter().any(|(.., p, away)| away.is_none() && matches!(p.place.level, Level::Town | Level::Admin2)) {
        found.retain(|(.., away)| away.is_none_or(|km| km == 0));
    }
    let Some(best) = found.iter().map(|f| f.0).min() else { return Vec::new() };
    if best > limit {
        return Vec::new();
    }
    // Everything about as near as the nearest, so that lists stay together.
    let mut out: Vec<(usize, PlaceRef)> = Vec::new();
    for (c, head, p, away) in &found {
        let nearest = |h: usize| found.iter().any(|(k, o, ..)| *o == h && *k == best);
        let same = |o: &PlaceRef| o.name == p.place.name && o.country == p.place.country && o.level == p.place.level;
        if (*c <= best + 2 || list(tree, *head).any(nearest)) && !out.iter().any(|(_, o)| same(o)) {
            out.push((*head, PlaceRef { away_km: *away, ..p.place.clone() }));
        }
    }
    // A container gives way to what it holds, but not to what is listed with it.
    let outer = |o: &(usize, PlaceRef)| {
        out.iter().any(|i| {
            let lead = |h: usize| list(tree, h).last().unwrap_or(h);
            let listed = lead(o.0) == lead(i.0);
            // "Shopian in Kashmir": a region that is named as the container of a town.
            let region = o.1.level == Level::Area
                && matches!(i.1.level, Level::Town | Level::Admin2)
                && o.1.country == i.1.country
                && (tree.within(o.0, i.0)
                    || (1..=4).contains(&o.0.saturating_sub(i.0))
                        && matches!(tree.preposition(o.0), Some("in" | "of")));
            i.0 != o.0 && !listed && (holds(&o.1, &i.1) || region)
        })
    };
    let kept: Vec<bool> = out.iter().map(|o| !outer(o)).collect();
    out.into_iter().zip(kept).filter(|(_, kept)| *kept).map(|((_, p), _)| p).collect()
}

/// The heads of the phrases that a name is listed with, going up: "X, Y and the outskirts of Z".
fn list<'t>(tree: &'t Tree, head: usize) -> impl Iterator<Item = usize> + 't {
    std::iter::successors(Some(head), move |h| {
        let up = tree.head(*h)?;
        let around = tree.rel(*h) == Rel::Nmod && tree.preposition(*h) == Some("of") && near::outskirts(tree.lemma(up));
        (tree.rel(*h) == Rel::Conj || around).then_some(up)
    })
    .take(8)
    .skip(1)
}

/// True for the capital of a state, which may stand for it.
fn capital(who: &Resolver, p: &PlaceMention) -> bool {
    let words = counterclaim_lexicon::words_of(&p.place.name);
    who.lexicon.actors.find(words.iter().map(String::as_str), &p.place.name).is_some_and(|f| f.capital)
}
