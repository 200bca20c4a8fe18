//! To which event a toll belongs: one of its sentence, else the nearest told before it.

use crate::events::{EventDraft, family};
use crate::modality::{self, Frames};
use crate::speech::Speeches;
use crate::structure::Structure;
use crate::tolls::TollMention;
use crate::tree::Tree;
use counterclaim_lexicon::Lexicon;
use counterclaim_text::{Modality, Polarity, TollKind};

#[allow(clippy::too_many_arguments)]
pub(crate) fn attach(
    tree: &Tree,
    lexicon: &Lexicon,
    frames: &Frames,
    speeches: &Speeches,
    tolls: &[TollMention],
    events: &mut [EventDraft],
    build: &Structure,
) {
    for m in tolls {
        let v = modality::judge(tree, m.anchor, None, lexicon, frames, false);
        let zero = m.toll.low == 0;
        if v.modality != Modality::Actual || (v.polarity == Polarity::Negated && !zero) || build.withdrawn[m.anchor] {
            continue;
        }
        // "four people were killed, not five": a figure after "not" is withdrawn.
        let sentence = tree.sentence(m.anchor) as u32;
        let mut toll = m.toll.clone();
        if let Some(s) = speeches.of[m.anchor] {
            toll.speaker = speeches.all[s as usize].speaker.actor.clone();
        }
        // In the sentence: the nearest violent event by tree, else by position.
        let mut best: Option<(u32, usize)> = None;
        for (k, e) in events
            .iter()
            .enumerate()
            .filter(|(_, e)| e.sentence == sentence && family(&e.kind) <= 2 && e.kind != "arrest")
        {
            let t = e.trigger as usize;
            let mut cost = if t == m.anchor || tree.within(m.anchor, t) || tree.within(t, m.anchor) { 0 } else { 10 };
            cost += (t.abs_diff(m.anchor) as u32).min(40) / 4;
            if !e.real() {
                cost += 3;
            }
            if e.weak && t != m.anchor {
                cost += 4;
            }
            if best.is_none_or(|(c, _)| cost < c) {
                best = Some((cost, k));
            }
        }
        let target = best.map(|(_, k)| k).or_else(|| {
            // Else the nearest real event before it in the paragraph or the paragraph before, else after it in the paragraph.
            let p = build.paragraph[m.anchor];
            let fits = |e: &EventDraft| e.real() && family(&e.kind) <= 2 && e.kind != "arrest" && !e.weak;
            events
                .iter()
                .enumerate()
                .rev()
                .find(|(_, e)| {
                    e.sentence < sentence
                        && (e.paragraph == p || p - e.paragraph <= 2 && sentence - e.sentence <= 6)
                        && fits(e)
                })
                .or_else(|| {
                    events.iter().enumerate().find(|(_, e)| e.sentence > sentence && e.paragraph == p && fits(e))
                })
                // A figure that opens a live blog belongs to the one event it is about.
                .or_else(|| {
                    let mut all = events.iter().enumerate().filter(|(_, e)| fits(e) && !e.definite);
                    all.next().filter(|(_, first)| all.all(|(_, o)| o.kind == first.kind || o.when == first.when))
                })
                .map(|(k, _)| k)
        });
        let Some(k) = target else { continue };
        let e = &mut events[k];
        if !e.real() {
            continue;
        }
        if !toll.who.is_empty()
            && !e.targets.contains(&toll.who)
            && (!e.perpetrators.contains(&toll.who) || e.mutual)
            && toll.low > 0
            && !toll.partial()
            && matches!(toll.what, TollKind::Killed | TollKind::Injured)
            && family(&e.kind) == 1
        {
            let known_group = e.kind == "security-operation" && !e.targets.is_empty();
            if !known_group {
                e.targets.push(toll.who.clone());
            }
        }
        if !e.tolls.contains(&toll) {
            e.tolls.push(toll);
        }
    }
}

