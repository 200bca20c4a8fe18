//! Dates and places that an event takes over from headings and from what stands before it.

use super::hangs::{holds, place_head, preposition};
use crate::events::{EventDraft, family};
use crate::structure::Structure;
use crate::tree::Tree;
use crate::who::Resolver;
use counterclaim_text::{DateValue, Level, PlaceRef, Rel, Report, Upos};

/// An event that was told with a place.
struct Told {
    paragraph: u32,
    sentence: u32,
    places: Vec<PlaceRef>,
    kind: String,
}

/// Dates and places that stand in a heading or in the sentence before.
pub(crate) fn fill(tree: &Tree, who: &Resolver, build: &Structure, events: &mut [EventDraft], report: &Report) {
    // Headings: a first sentence of a paragraph that is little more than a date or a place.
    let mut heading: Vec<(u32, Option<DateValue>, Option<PlaceRef>)> = Vec::new();
    let mut last = u32::MAX;
    for s in &tree.syntax.sentences {
        let Some(first) = s.tokens().next() else { continue };
        let p = build.paragraph[first];
        if p == last {
            continue;
        }
        last = p;
        if dateline(tree, s.tokens()) {
            continue;
        }
        let words = s.tokens().filter(|t| tree.upos(*t) != Upos::Punct).count();
        if words <= 4 || tree.word(first).chars().all(|c| !c.is_lowercase()) && words <= 6 {
            let date = s.tokens().find_map(|t| who.entities.date(t)).and_then(|d| d.value);
            let place = s.tokens().find_map(|t| who.entities.place(t)).filter(|p| !p.demonym).map(|p| p.place.clone());
            if date.is_some() || place.is_some() {
                heading.push((p, date, place));
            }
        }
    }
    // The dateline of the whole report dates no event.
    let first = tree.syntax.sentences.first();
    let written = first.filter(|s| dateline(tree, s.tokens())).map_or(0, |s| s.end as usize);
    // The last event with a day: paragraph, day, places.
    let mut dated: Option<(u32, DateValue, Vec<PlaceRef>)> = None;
    // Kinds and days of the events before.
    let mut days: Vec<(String, DateValue)> = Vec::new();
    // Events with a place.
    let mut told: Vec<Told> = Vec::new();
    let mut previous: Option<(u32, u32, Option<DateValue>, Vec<PlaceRef>)> = None;
    for e in events.iter_mut().filter(|e| e.real()) {
        // "condemned the strike on Monday", once a strike on Sunday is told: the day is that of the words.
        if e.own_date && e.definite && !e.own_place && spoken_of(tree, who, e.trigger as usize) {
            let other = |(kind, when): &&(String, DateValue)| family(kind) == family(&e.kind) && Some(*when) != e.when;
            if days.iter().any(|d| other(&d)) {
                (e.when, e.own_date) = (None, false);
            }
        }
        let head = heading.iter().find(|h| h.0 == e.paragraph);
        // A heading paragraph of its own heads the next one too.
        let head = head.or_else(|| heading.iter().find(|h| h.0 + 1 == e.paragraph));
        if e.when.is_none()
            && let Some((_, Some(d), _)) = head
        {
            e.when = Some(*d);
        }
        if e.places.is_empty()
            && let Some((_, _, Some(p))) = head
        {
            e.places.push(p.clone());
        }
        if let Some((sentence, paragraph, when, places)) = &previous
            && e.paragraph == *paragraph
            && !e.definite
            && family(&e.kind) == 1
        {
            if e.when.is_none() && e.sentence - sentence <= 2 {
                e.when = *when;
            }
            if e.places.is_empty() && e.sentence - sentence <= 1 {
                e.places = places.clone();
            }
        }
        // An entry of a live blog: its time stamp gives the day.
        let opens = (0..=e.trigger as usize).rev().take_while(|t| build.paragraph[*t] == e.paragraph).last();
        if e.when.is_none() && !e.definite {
            let stamp = opens.and_then(|t| who.entities.date(t)).filter(|d| d.dateline && d.kind == "TIME");
            e.when = stamp.and_then(|d| d.value.or(report.published.map(|p| DateValue { start: p, end: p })));
        }
        // The day and the place last named in the paragraph, by whatever clause.
        let trigger = e.trigger as usize;
        let start = tree.syntax.sentences[e.sentence as usize].start as usize;
        let back = || (0..trigger).rev().take_while(|t| build.paragraph[*t] == e.paragraph);
        if e.when.is_none() && !e.definite {
            e.when = back()
                .filter(|t| *t < start)
                .filter(|t| !tree.head(*t).is_some_and(|h| matches!(tree.lemma(h), "bear" | "born")))
                .filter(|t| !of_saying(tree, who, *t))
                .find_map(|t| who.entities.date(t))
                .filter(|d| !d.dateline || d.kind == "DATE" && d.tokens.0 as usize >= written)
                .and_then(|d| {
                    let lead = (d.tokens.0 as usize).checked_sub(1).map(|p| tree.lemma(p)).unwrap_or("");
                    let past = report.published.is_none_or(|day| d.value.is_some_and(|v| v.start <= day));
                    // An arrest told after a night was made on the morning after.
                    let value = d.value.map(|v| match v.start.tomorrow() {
                        Ok(next) if next == v.end && family(&e.kind) != 1 => DateValue { start: v.end, end: v.end },
                        _ => v,
                    });
                    value.filter(|_| {
                        past && matches!(d.kind, "DATE" | "TIME") && !matches!(lead, "until" | "by" | "since")
                    })
                });
        }
        // The paragraph before tells of the same, if it is near and no other place is named.
        if let Some((paragraph, when, places)) = &dated
            && e.when.is_none()
            && (e.paragraph == paragraph + 1 || e.paragraph == *paragraph)
            && family(&e.kind) == 1
            && (places.is_empty() || e.places.is_empty() || meet(places, &e.places))
            && when.start.until(when.end).is_ok_and(|s| s.get_days() <= 7)
            && head.is_none()
        {
            e.when = Some(*when);
        }
        if e.places.is_empty()
            && let Some(p) = pointed(tree, who, e.sentence, trigger)
        {
            e.places.push(p);
            e.own_place = true;
        }
        if e.places.is_empty() && !e.definite && family(&e.kind) == 1 {
            let near = back().filter(|t| *t < start && start - *t < 40).find_map(|t| {
                who.entities.place(t).filter(|p| {
                    !p.demonym
                        && p.place.level != Level::Country
                        && matches!(preposition(tree, place_head(tree, p)), "in" | "at" | "near" | "on")
                })
            });
            e.places.extend(near.map(|p| p.place.clone()));
        }
        // A truce ends the fighting told before it, a gate opens where it was shut.
        if e.places.is_empty()
            && let Some(t) = told.iter().rev().find(|t| {
                t.sentence + 3 >= e.sentence
                    && t.paragraph == e.paragraph
                    && match e.kind.as_str() {
                        "ceasefire" => family(&t.kind) == 1,
                        "border-reopening" => t.kind == "border-closure",
                        _ => false,
                    }
            })
        {
            e.places.clone_from(&t.places);
        }
        if !e.places.is_empty() {
            let (kind, places) = (e.kind.clone(), e.places.clone());
            told.push(Told { paragraph: e.paragraph, sentence: e.sentence, places, kind });
        }
        if let Some(when) = e.when.filter(|_| family(&e.kind) == 1) {
            dated = Some((e.paragraph, when, e.places.clone()));
        }
        if let Some(when) = e.when {
            days.push((e.kind.clone(), when));
        }
        previous = Some((e.sentence, e.paragraph, e.when, e.places.clone()));
    }
}

/// True for the object of a verb of speech: "confirmed the strike".
fn spoken_of(tree: &Tree, who: &Resolver, i: usize) -> bool {
    tree.rel(i) == Rel::Obj
        && tree
            .head(i)
            .is_some_and(|v| tree.upos(v) == Upos::Verb && who.lexicon.cues.speech(tree.lemma(v), true).is_some())
}

/// True for the day on which somebody spoke ("said on Monday that"): it dates the words, not what they tell of.
fn of_saying(tree: &Tree, who: &Resolver, day: usize) -> bool {
    tree.head(day).is_some_and(|h| {
        tree.upos(h) == Upos::Verb
            && who.lexicon.cues.speech(tree.lemma(h), true).is_some()
            && tree.kids(h).any(|k| tree.rel(k) == Rel::Ccomp)
    })
}

/// "There", "in the same district", "in that village": the place of that level that was named last.
fn pointed(tree: &Tree, who: &Resolver, sentence: u32, trigger: usize) -> Option<PlaceRef> {
    let s = tree.syntax.sentences[sentence as usize].tokens();
    let clause = tree.clause(trigger);
    let noun = |t: usize| {
        matches!(
            tree.lemma(t),
            "place"
                | "area"
                | "spot"
                | "site"
                | "district"
                | "village"
                | "town"
                | "city"
                | "province"
                | "region"
                | "valley"
        )
    };
    let at = s.clone().find(|t| {
        let adverb = tree.lemma(*t) == "there" && tree.upos(*t) == Upos::Adv && tree.clause(*t) == clause;
        let pointer = |k: usize| matches!(tree.lemma(k), "same" | "that" | "this") && k < *t;
        let spatial = matches!(tree.preposition(*t), Some("in" | "at" | "on" | "near"));
        adverb || noun(*t) && spatial && tree.kids(*t).any(pointer) && tree.within(*t, clause)
    })?;
    let wanted = match tree.lemma(at) {
        "district" => Some(Level::Admin2),
        "province" | "region" => Some(Level::Admin1),
        "village" | "town" | "city" => Some(Level::Town),
        _ => None,
    };
    let first = tree.syntax.sentences[(sentence as usize).saturating_sub(12)].start as usize;
    let mut back = (first..at)
        .rev()
        .filter_map(|t| who.entities.place(t))
        .filter(|p| !p.demonym && p.place.level != Level::Country && tree.rel(place_head(tree, p)) != Rel::Nsubj);
    match wanted {
        Some(level) => back.find(|p| p.place.level == level),
        // The smallest of those named together: "in Barikot of Nari district".
        None => back.next().map(|last| {
            let together = |p: &&counterclaim_text::PlaceMention| holds(&last.place, &p.place);
            back.take(3).find(together).unwrap_or(last)
        }),
    }
    .map(|p| p.place.clone())
}

/// True for the dateline of a news report, "SHARANA, June 13 -": it says where and when the report was written.
pub(crate) fn dateline(tree: &Tree, mut sentence: std::ops::Range<usize>) -> bool {
    let first = tree.syntax.sentences.first().map_or(0, |s| s.end as usize);
    sentence.end <= first
        && sentence
            .next_back()
            .is_some_and(|t| matches!(tree.word(t), "-" | "\u{2013}" | "\u{2014}" | "--" | ":" | ")"))
}

fn meet(a: &[PlaceRef], b: &[PlaceRef]) -> bool {
    a.iter().any(|p| b.iter().any(|q| p.name == q.name || holds(p, q) || holds(q, p)))
}
