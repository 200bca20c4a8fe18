//! To which event a toll belongs: one of its sentence, else the nearest told before it, else after it.

use super::{TollMention, lists};
use crate::coded::Fired;
use crate::events::{EventDraft, Words, family, rank};
use crate::modality::{self, Frames};
use crate::setting;
use crate::speech::{Speech, Speeches};
use crate::structure::Structure;
use crate::tree::Tree;
use crate::who::{Part, Resolver};
use counterclaim_text::{
    ActorKind, DateMention, DateValue, Level, Modality, PlaceRef, Polarity, Rel, Scope, Stance, TollKind, Upos,
};

/// Rule of a mention that tells of a toll and of nothing else.
pub const LONE: &str = "tolls/alone";

/// Rule of a death told where nothing else is, as in a headline.
pub const ONLY: &str = "tolls/only";

/// Gives every toll that is told as a fact to its event, and says of each what became of it.
pub(crate) fn attach(
    tree: &Tree,
    who: &Resolver,
    frames: &Frames,
    speeches: &Speeches,
    tolls: &[TollMention],
    events: &mut Vec<EventDraft>,
    build: &Structure,
) -> Vec<Fired> {
    let mut fired = Vec::new();
    for m in tolls {
        let mut toll = m.toll.clone();
        toll.speaker = speaker(tree, who, speeches, m.anchor);
        // "Kabul says it lost nine": whoever says so.
        let it = |k: usize| tree.rel(k) == Rel::Nsubj && matches!(tree.lemma(k), "it" | "they" | "we");
        if tree.lemma(m.anchor) == "lose" && !toll.speaker.is_empty() && tree.kids(m.anchor).any(it) {
            toll.who.clone_from(&toll.speaker);
        }
        // "admitted the loss of two men", "our losses were two": a fighting side counts its own.
        let admitted = || {
            let s = speeches.of[m.anchor].map(|s| &speeches.all[s as usize])?;
            let side = matches!(s.speaker.kind, ActorKind::ArmedGroup | ActorKind::State | ActorKind::Organ);
            (side && s.stance == Stance::Admits && s.speaker.actor == toll.speaker).then_some(())
        };
        if tree.lemma(m.anchor) == "loss" && admitted().is_some() {
            toll.who.clone_from(&toll.speaker);
        }
        let host = match unreal(tree, who, frames, m, build) {
            Some(reason) => Err(reason),
            None if repeated(tree, build, m.anchor) => Err("a heading: told again below".to_string()),
            None if zero_alone(tree, who, m, events, build) => Err("nobody hurt, but by what is not told".to_string()),
            None => Ok(host(tree, who, m, events, build).unwrap_or_else(|| {
                let told = events.iter().any(|e| e.real() && family(&e.kind) == 1 && !e.rule.starts_with("tolls/"));
                events.push(lone(tree, who, m, speeches, build, told));
                events.len() - 1
            })),
        };
        let figure =
            if toll.low == toll.high { toll.low.to_string() } else { format!("{} to {}", toll.low, toll.high) };
        let mut bound = vec![(toll.what.as_str().to_string(), toll.span, figure)];
        if !toll.who.is_empty() {
            bound.push(("who".into(), toll.span, toll.who.clone()));
        }
        if let Ok(k) = host {
            bound.push(("event".into(), tree.syntax.tokens[events[k].trigger as usize].span, events[k].kind.clone()));
        }
        let rule = format!("tolls/{}", toll.what.as_str());
        fired.push(Fired { trigger: m.anchor as u32, rule, bound, dropped: host.clone().err() });
        let Ok(k) = host else { continue };
        let e = &mut events[k];
        if hits(e, &toll) {
            e.targets.push(toll.who.clone());
        }
        if !e.tolls.contains(&toll) {
            e.tolls.push(toll);
        }
    }
    events.sort_by_key(|e| e.trigger);
    fired
}

/// Who gives a figure: the subject of the word of speech right above it, else who speaks there or in the clause that
/// it is listed with ("it was hit, he said, and 14 were dead").
fn speaker(tree: &Tree, who: &Resolver, speeches: &Speeches, anchor: usize) -> String {
    let mut at = anchor;
    let mut held = speeches.of[anchor].map(|s| &speeches.all[s as usize]);
    for _ in 0..4 {
        if held.is_some() || !matches!(tree.rel(at), Rel::Conj | Rel::Parataxis | Rel::AclRelcl | Rel::Advcl) {
            break;
        }
        let Some(up) = tree.head(at) else { break };
        at = up;
        let beside = |s: &&Speech| tree.rel(s.cue) == Rel::Parataxis && tree.head(s.cue) == Some(at) && s.cue != anchor;
        held = speeches.of[at].map(|s| &speeches.all[s as usize]).or_else(|| speeches.all.iter().find(beside));
    }
    // "A guard lost a foot and three others were hurt, the army said": the first half of what the army said.
    if held.is_none() {
        let aside = |k: usize| {
            speeches.all.iter().find(|s| tree.rel(s.cue) == Rel::Parataxis && tree.head(s.cue) == Some(k) && s.cue > k)
        };
        let said = |k: usize| {
            let own = speeches.of[k].map(|s| &speeches.all[s as usize]).filter(|s| s.cue > k);
            own.or_else(|| aside(k))
        };
        let listed = tree.kids(anchor).filter(|k| tree.rel(*k) == Rel::Conj);
        held = aside(anchor).or_else(|| listed.into_iter().find_map(said));
    }
    let cue = |h: &usize| who.lexicon.cues.speech(tree.lemma(*h), true).is_some() && !crate::speech::name(tree, *h);
    let above = tree.head(anchor).filter(|h| tree.rel(anchor) == Rel::Ccomp && cue(h));
    // "…, and Kabul says": the name right before the word of speech, if the tree gave it to something else.
    let nearest = |h: usize| {
        let before = h.checked_sub(1).filter(|k| tree.upos(*k) == Upos::Propn && tree.sentence(*k) == tree.sentence(h));
        let subjects = tree.kids(h).filter(|k| tree.rel(*k) == Rel::Nsubj);
        subjects.min_by_key(|k| k.abs_diff(h)).or(before)
    };
    let orphan = |h: usize| tree.kid(h, &[Rel::Nsubj]).is_none();
    // In speech within speech the outer speaker counts; "X says … and Y says …" are two.
    let free = |h: &usize| {
        held.is_none_or(|s| {
            (s.cue != *h || orphan(*h)) && (s.cue == *h || beside(tree, *h, s.cue) || !tree.within(*h, s.cue))
        })
    };
    let named = above.filter(free).and_then(nearest).and_then(|s| who.resolve(s, Part::Speaker));
    named.map(|w| w.actor).or_else(|| held.map(|s| s.speaker.actor.clone())).unwrap_or_default()
}

/// True if one word of speech is listed with another.
fn beside(tree: &Tree, mut at: usize, cue: usize) -> bool {
    while tree.rel(at) == Rel::Conj {
        match tree.head(at) {
            Some(up) if up == cue => return true,
            Some(up) => at = up,
            None => return false,
        }
    }
    false
}

/// A toll of something told elsewhere, in another report or as a list: a mention that joins what it fits.
fn lone(
    tree: &Tree,
    who: &Resolver,
    m: &TollMention,
    speeches: &Speeches,
    build: &Structure,
    told: bool,
) -> EventDraft {
    let sentence = tree.sentence(m.anchor);
    let mut place = setting_of(tree, who, m.anchor);
    // "received eleven bodies from Barmal".
    let from = |t: usize| {
        let p = who.entities.place(t).filter(|p| p.tokens.0 as usize == t && !p.demonym && t > 0)?;
        (tree.lemma(t - 1) == "from").then_some(&p.place)
    };
    if place.places.is_empty() && tree.lemma(m.anchor) != "flee" {
        place.places.extend(tree.syntax.sentences[sentence].tokens().find_map(from));
    }
    let list = lists::items(tree, who, sentence).len() >= 2;
    let dead = m.toll.what == TollKind::Killed && m.toll.low > 0 && matches!(m.toll.scope, Scope::Whole | Scope::Group);
    let short = tree.syntax.sentences.len() <= 2;
    let nature = tree.syntax.sentences[sentence].tokens().any(|t| who.lexicon.classes.has(tree.lemma(t), "nature"));
    let rule = match () {
        () if list => "tolls/list",
        // Where nothing else is told, as in a headline, a death is an occurrence of its own; a flood's is none.
        () if dead && !told && !nature && (short || !place.places.is_empty()) => ONLY,
        () => LONE,
    };
    EventDraft {
        kind: "armed-attack".into(),
        rule: rule.into(),
        trigger: m.anchor as u32,
        verb: m.anchor as u32,
        same_as: None,
        span: m.toll.span,
        sentence: sentence as u32,
        paragraph: build.paragraph[m.anchor],
        perpetrators: Vec::new(),
        targets: Vec::new(),
        own_place: !place.places.is_empty(),
        places: place.places.iter().map(|p| (*p).clone()).collect(),
        when: if let [one] = place.dates[..] { Some(one) } else { None },
        own_date: place.dates.len() == 1,
        tolls: Vec::new(),
        polarity: Polarity::Affirmed,
        modality: Modality::Actual,
        speech: speeches.of[m.anchor],
        definite: false,
        weak: false,
        mutual: false,
        modifier: false,
        words: Words::default(),
    }
}

/// True if who was hurt adds to who was hit.
fn hits(e: &EventDraft, toll: &counterclaim_text::Toll) -> bool {
    let known_group = e.kind == "security-operation" && !e.targets.is_empty();
    matches!(toll.what, TollKind::Killed | TollKind::Injured)
        && !toll.who.is_empty()
        && toll.low > 0
        && !matches!(toll.scope, Scope::Part | Scope::Moved)
        && !e.targets.contains(&toll.who)
        && (!e.perpetrators.contains(&toll.who) || e.mutual)
        && family(&e.kind) == 1
        && !known_group
}

/// Why a toll is not told as a fact, if it is not.
fn unreal(tree: &Tree, who: &Resolver, frames: &Frames, m: &TollMention, build: &Structure) -> Option<String> {
    let v = modality::judge(tree, m.anchor, None, who.lexicon, frames, false);
    if build.withdrawn[m.anchor] {
        return Some("withdrawn: stands in a correction".into());
    }
    // "said to have killed", "reported to kill": an infinitive that looks back.
    let told = |h: usize| matches!(tree.lemma(h), "say" | "report" | "claim" | "allege" | "believe" | "know");
    let perfect = tree.kids(m.anchor).any(|k| tree.rel(k) == Rel::Aux && tree.lemma(k) == "have")
        || tree.head(m.anchor).is_some_and(told);
    if v.modality != Modality::Actual && !(v.modality == Modality::Future && perfect) {
        return Some(format!("modality: {}", v.modality.as_str()));
    }
    // "four were killed, not five": what stands after denies another figure.
    let denied = v.polarity == Polarity::Negated && v.because.is_none_or(|b| b < m.anchor);
    (denied && m.toll.high > 0).then(|| "negated".to_string())
}

/// What the sentence of a toll says of its own about place and day.
struct Setting<'a> {
    places: Vec<&'a PlaceRef>,
    dates: Vec<DateValue>,
}

impl Setting<'_> {
    /// True if an event is told to have been elsewhere or on another day. A figure that adds to another or replaces it is
    /// told later: its day is that of the counting.
    fn against(&self, e: &EventDraft, later: bool) -> bool {
        let same = |p: &PlaceRef, q: &PlaceRef| p.name == q.name || setting::holds(p, q) || setting::holds(q, p);
        let elsewhere = !self.places.is_empty()
            && !e.places.is_empty()
            && !self.places.iter().any(|p| e.places.iter().any(|q| same(p, q)));
        let soon = |d: &DateValue, w: DateValue| w.end.until(d.start).is_ok_and(|s| (0..=14).contains(&s.get_days()));
        let meets = |d: &DateValue, w: DateValue| d.start <= w.end && w.start <= d.end || later && soon(d, w);
        let another_day = e.when.is_some_and(|w| !self.dates.is_empty() && !self.dates.iter().any(|d| meets(d, w)));
        elsewhere || another_day
    }
}

fn setting_of<'a>(tree: &Tree, who: &'a Resolver, anchor: usize) -> Setting<'a> {
    let s = tree.syntax.sentences[tree.sentence(anchor)].tokens();
    // "an official in Miranshah" sits there; that says nothing of the dead.
    let seat = |t: usize| {
        tree.rel(t) == Rel::Nmod && tree.head(t).is_some_and(|h| who.lexicon.classes.has(tree.lemma(h), "official"))
    };
    let place = |t: usize| {
        who.entities.place(t).filter(|p| {
            !p.demonym
                && !seat(t)
                && p.tokens.0 as usize == t
                && p.place.level != Level::Country
                && t > 0
                && matches!(tree.lemma(t - 1), "in" | "at" | "near" | "outside" | "around")
        })
    };
    // "police said on Monday", "by Thursday": days of telling, not of the event.
    let told = |t: usize| {
        let cue = tree.head(t).is_some_and(|h| who.lexicon.cues.speech(tree.lemma(h), true).is_some());
        cue || t > 0 && matches!(tree.lemma(t - 1), "by" | "until" | "till" | "since")
    };
    let date = |t: usize| {
        let own = |d: &&DateMention| d.tokens.0 as usize == t && !d.dateline && d.kind != "DURATION";
        who.entities
            .date(t)
            .filter(own)
            .filter(|d| !(d.tokens.0..=d.tokens.1).any(|t| told(t as usize)))
            .and_then(|d| d.value)
    };
    Setting { places: s.clone().filter_map(place).map(|p| &p.place).collect(), dates: s.filter_map(date).collect() }
}

/// The event that a toll belongs to.
fn host(tree: &Tree, who: &Resolver, m: &TollMention, events: &[EventDraft], build: &Structure) -> Option<usize> {
    let sentence = tree.sentence(m.anchor) as u32;
    let taken = matches!(m.toll.what, TollKind::Captured);
    let open = |e: &EventDraft| {
        e.real()
            && match family(&e.kind) {
                1 | 3 => true,
                2 => e.kind == "abduction" || taken && e.kind == "arrest",
                _ => false,
            }
    };
    let later = matches!(m.toll.scope, Scope::Added | Scope::Moved | Scope::Revised | Scope::Part);
    let bare = |e: &EventDraft| e.weak && !e.own_place && (later || !e.own_date) && e.perpetrators.is_empty();
    // In the sentence: the nearest by tree, then by position.
    let mut best: Option<(u32, usize)> = None;
    for (k, e) in events.iter().enumerate().filter(|(_, e)| e.sentence == sentence && open(e)) {
        let t = e.trigger as usize;
        let mut cost = if tree.within(m.anchor, t) || tree.within(t, m.anchor) { 0 } else { 10 };
        cost += (t.abs_diff(m.anchor) as u32).min(40) / 4;
        if e.weak && t != m.anchor {
            cost += 4;
        }
        // Among bare deaths of one sentence the one whose kind says most.
        if bare(e) {
            cost += 10 - u32::from(rank(&e.kind));
        }
        if best.is_none_or(|(c, _)| cost < c) {
            best = Some((cost, k));
        }
    }
    // A bare "were killed" tells of what was told before; only where nothing was does it stand for itself.
    if let Some((_, k)) = best.filter(|(_, k)| !bare(&events[*k])) {
        return Some(k);
    }
    // "Seven in Baga, two in Monguno": one event a place, not what was told before.
    if lists::items(tree, who, sentence as usize).len() >= 2 {
        return best.map(|(_, k)| k);
    }
    let p = build.paragraph[m.anchor];
    let place = setting_of(tree, who, m.anchor);
    let fits = |e: &EventDraft| open(e) && !e.weak && !place.against(e, later);
    let numbered = || events.iter().enumerate();
    // An item under a heading of its own does not look back beyond it.
    let headed = headed(tree, who, build, m.anchor);
    // Of several in one sentence the one that governs: "police rescued three who had been kidnapped".
    let depth = |e: &EventDraft| {
        let mut at = e.trigger as usize;
        let mut depth = 0;
        while let Some(up) = tree.head(at).filter(|_| depth < 60) {
            depth += if matches!(tree.rel(at), Rel::AclRelcl | Rel::Acl | Rel::Advcl) { 4 } else { 0 };
            at = up;
        }
        depth
    };
    let before = |far: bool| {
        let list = numbered().filter(|(_, e)| {
            let near =
                if far { !headed && e.paragraph + 2 >= p && e.sentence + 6 >= sentence } else { e.paragraph == p };
            e.sentence < sentence && near && fits(e)
        });
        list.max_by_key(|(k, e)| (e.sentence, e.targets.contains(&m.toll.who), -depth(e), *k))
    };
    // What has days of its own does not wait for an event of another range of days.
    let own = |e: &EventDraft| !later && e.own_date && place.dates.len() == 1 && e.when != place.dates.first().copied();
    let after = || numbered().find(|(_, e)| e.sentence > sentence && e.paragraph == p && fits(e) && !own(e));
    // A figure that opens a live blog belongs to the event that it is about: the one whose day most mentions share.
    let main = || {
        let share = |e: &EventDraft| {
            let day = |o: &&EventDraft| open(o) && o.when.is_some() && o.when == e.when;
            events.iter().filter(day).count()
        };
        let own: Vec<(usize, usize)> =
            numbered().filter(|(_, e)| fits(e) && !e.definite && !e.modifier).map(|(k, e)| (share(e), k)).collect();
        let most = own.iter().map(|(n, _)| *n).max()?;
        let kinds = |k: usize| &events[k].kind;
        let first = own.iter().find(|(n, _)| *n == most)?.1;
        let alone = own.iter().all(|(n, k)| {
            *n < most || events[*k].when == events[first].when && (most > 1 || kinds(*k) == kinds(first))
        });
        let best = own.iter().filter(|(n, _)| *n == most).max_by_key(|(_, k)| (rank(kinds(*k)), usize::MAX - *k))?;
        alone.then_some((best.1, &events[best.1]))
    };
    // That nobody was hurt is said of the thing told just before.
    let zero = m.toll.high == 0;
    let far = || before(true).filter(|(_, e)| !zero || e.sentence + 2 >= sentence);
    let main = || if zero || headed { None } else { main() };
    let found = before(false).or_else(far).or_else(after).or_else(main).map(|(k, _)| k);
    found.or(best.map(|(_, k)| k))
}

/// True if there is no event that a count of nobody can belong to.
fn zero_alone(tree: &Tree, who: &Resolver, m: &TollMention, events: &[EventDraft], build: &Structure) -> bool {
    m.toll.high == 0 && host(tree, who, m, events, build).is_none()
}

/// True for a line in capitals above a paragraph in mixed case: a heading, whose figures the paragraph gives again.
fn repeated(tree: &Tree, build: &Structure, at: usize) -> bool {
    let p = build.paragraph[at];
    let start = (0..=at).rev().take_while(|t| build.paragraph[*t] == p).last().unwrap_or(at);
    let end = (at..tree.len()).take_while(|t| build.paragraph[*t] == p).last().unwrap_or(at);
    let small = |t: usize| tree.word(t).chars().any(char::is_lowercase);
    let heading = end - start <= 14 && (start..=end).all(|t| !small(t));
    heading && (end + 1..tree.len()).take_while(|t| build.paragraph[*t] == p + 1).filter(|t| small(*t)).count() > 6
}

/// True if the paragraph opens with a day, a place or a line in capitals: an item of a round-up.
fn headed(tree: &Tree, who: &Resolver, build: &Structure, at: usize) -> bool {
    let start = (0..at).rev().take_while(|t| build.paragraph[*t] == build.paragraph[at]).last().unwrap_or(at);
    let s = tree.syntax.sentences[tree.sentence(start)].tokens();
    if setting::dateline(tree, s.clone()) {
        return false;
    }
    let words: Vec<usize> = s.filter(|t| tree.upos(*t) != counterclaim_text::Upos::Punct).collect();
    let capitals = tree.word(start).len() > 2 && tree.word(start).chars().all(|c| c.is_uppercase());
    let setting = words.iter().any(|t| who.entities.place(*t).is_some() || who.entities.date(*t).is_some());
    words.len() <= 4 && setting || capitals && words.len() <= 8
}
