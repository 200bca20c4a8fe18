//! What a speaker says of its own part: answers to fire, denials of its own acts, responsibility taken or laid on another.

use super::{ClaimDraft, accusation, nearest, nearest_of, owns, violent};
use crate::events::EventDraft;
use crate::frame::Frame;
use crate::speech::Speeches;
use crate::tree::Tree;
use crate::who::{Part, Resolver, Who};
use counterclaim_lexicon::Lexicon;
use counterclaim_text::{ActorKind, Aspect, Rel, Stance, Upos};

/// "its army responded", "our troops returned fire": a speaker's own part in an exchange that the other side began.
pub(super) fn answers(
    tree: &Tree,
    who: &Resolver,
    lexicon: &Lexicon,
    speeches: &Speeches,
    events: &[EventDraft],
    out: &mut Vec<ClaimDraft>,
) {
    const FIRE: &[&str] = &["shelling", "armed-clash", "armed-attack", "air-strike"];
    for i in (0..tree.len()).filter(|i| tree.upos(*i) == Upos::Verb) {
        let object = |words: &[&str]| tree.kid(i, &[Rel::Obj]).is_some_and(|o| words.contains(&tree.lemma(o)));
        let answer = match tree.lemma(i) {
            "respond" | "retaliate" => true,
            "return" => object(&["fire"]),
            "give" => object(&["reply", "response", "answer"]),
            "take" => {
                object(&["measure"])
                    && tree
                        .kids(i)
                        .chain(tree.kid(i, &[Rel::Obj]))
                        .any(|k| tree.kids(k).any(|m| matches!(tree.lemma(m), "retaliatory" | "retaliation")))
            }
            _ => false,
        };
        let Some(s) = speeches.of[i].map(|s| &speeches.all[s as usize]).filter(|_| answer) else { continue };
        if s.stance != Stance::Asserts
            || s.negated
            || crate::speech::negated(tree, i)
            || crate::speech::hypothetical(tree, i)
        {
            continue;
        }
        let f = crate::frame::frame(tree, i);
        let forces = |x: &usize| {
            lexicon.classes.has(tree.lemma(*x), "force")
                || who.entities.actor(*x).is_some_and(|m| m.sector == "MIL" || m.kind == ActorKind::ArmedGroup)
        };
        let own = f
            .subj
            .iter()
            .filter(|x| forces(x))
            .filter_map(|x| who.resolve(*x, Part::Doer))
            .any(|w| w.actor == s.speaker.actor);
        let sentence = tree.sentence(i) as u32;
        let event =
            nearest_of(events, sentence, lexicon, |e| FIRE.contains(&e.kind.as_str()) && sentence - e.sentence <= 2);
        let claim = (owns(lexicon, &s.speaker), Aspect::Responsibility);
        let told = out.iter().any(|c| c.stance == claim.0 && c.speaker == s.speaker.actor && c.event == event);
        if !own || event.is_none() || told {
            continue;
        }
        let (a, b) = tree.hull(i);
        let draft =
            ClaimDraft::new(tree, &s.speaker, claim, tree.span_of(a, b), sentence, format!("{}/answer", s.rule));
        out.push(ClaimDraft { value: s.speaker.actor.clone(), event, ..draft });
    }
}

/// "our forces did not fire", "its side never shot back": what a speaker denies of its own, told by no event.
pub(super) fn own_denials(
    tree: &Tree,
    who: &Resolver,
    lexicon: &Lexicon,
    speeches: &Speeches,
    events: &[EventDraft],
    out: &mut Vec<ClaimDraft>,
) {
    const ACTS: &[&str] = &[
        "fire", "shoot", "shell", "cross", "enter", "open", "attack", "bomb", "plant", "lay", "strike", "hit",
        "violate",
    ];
    // "did not carry out any firing", "conducted no strikes".
    let carried = |i: usize| {
        let act = |o: usize| lexicon.rules.triggered(tree.lemma(o), false).any(|r| violent(lexicon, &r.kind));
        crate::frame::LIGHT.contains(&tree.lemma(i)) && tree.kid(i, &[Rel::Obj]).is_some_and(act)
    };
    let acts = |i: &usize| tree.upos(*i) == Upos::Verb && (ACTS.contains(&tree.lemma(*i)) || carried(*i));
    for i in (0..tree.len()).filter(acts) {
        let Some(s) = speeches.of[i].map(|s| &speeches.all[s as usize]) else { continue };
        let subject = tree.kid(i, &[Rel::Nsubj]);
        let no = |x: usize| tree.kids(x).any(|k| matches!(tree.lemma(k), "no" | "not" | "never"));
        let nothing = carried(i) && tree.kid(i, &[Rel::Obj]).is_some_and(no);
        let negative = crate::speech::negated(tree, i) || subject.is_some_and(no) || nothing;
        if s.stance != Stance::Asserts || s.negated || !negative || crate::speech::hypothetical(tree, i) {
            continue;
        }
        // "our side", "our men": in somebody's own words, theirs.
        let ours =
            subject.is_some_and(|x| matches!(tree.lemma(x), "we") || tree.kids(x).any(|k| tree.lemma(k) == "our"));
        let own = ours || subject.and_then(|x| who.resolve(x, Part::Doer)).is_some_and(|w| w.actor == s.speaker.actor);
        let sentence = tree.sentence(i) as u32;
        let told =
            out.iter().any(|c| c.stance == Stance::Denies && c.speaker == s.speaker.actor && c.sentence == sentence);
        if !own || told {
            continue;
        }
        let about = accusation(events, sentence, lexicon, &s.speaker.actor);
        let aspect = if about.is_some() { Aspect::Perpetrator } else { Aspect::Standing };
        let (a, b) = tree.hull(i);
        let rule = format!("{}/own-denial", s.rule);
        let draft = ClaimDraft::new(tree, &s.speaker, (Stance::Denies, aspect), tree.span_of(a, b), sentence, rule);
        out.push(ClaimDraft { event: about, ..draft });
    }
}

/// "claimed responsibility", "accepted responsibility", "claimed the attack", "said it was behind", "said its men had
/// done it"; of another, the last two accuse.
pub(super) fn responsibility(
    tree: &Tree,
    who: &Resolver,
    lexicon: &Lexicon,
    speeches: &Speeches,
    events: &[EventDraft],
    out: &mut Vec<ClaimDraft>,
) {
    for i in 0..tree.len() {
        let verb = tree.upos(i) == Upos::Verb;
        let claim =
            verb && matches!(tree.lemma(i), "claim" | "accept" | "own" | "take" | "assume" | "admit" | "acknowledge");
        // "it was behind the killing": the noun carries the clause, or "behind" itself does.
        let copular = |k: usize| tree.kids(k).any(|c| tree.rel(c) == Rel::Cop);
        let clause = if tree.rel(i) == Rel::Case { tree.head(i).unwrap_or(i) } else { i };
        let stood = || {
            tree.head(i).is_some_and(|h| tree.lemma(h) == "stand")
                || tree.head(clause).is_some_and(|h| tree.lemma(h) == "stand")
        };
        // "it was behind the attack", "the group was responsible for it".
        let responsible = tree.lemma(i) == "responsible" && copular(i);
        let behind = tree.lemma(i) == "behind" && (copular(clause) || stood()) || responsible;
        let done = verb
            && matches!(
                tree.lemma(i),
                "do" | "carry"
                    | "commit"
                    | "perpetrate"
                    | "stage"
                    | "conduct"
                    | "execute"
                    | "fire"
                    | "launch"
                    | "plant"
                    | "lay"
            );
        // "so did X", right after somebody claimed it.
        let so = i > 0 && tree.lemma(i) == "do" && tree.lemma(i - 1) == "so";
        let before = |c: &ClaimDraft| {
            c.stance == Stance::ClaimsResponsibility && c.sentence.abs_diff(tree.sentence(i) as u32) <= 1
        };
        if so && let Some(first) = out.iter().rev().find(|c| before(c)).cloned() {
            // Behind "so did" the tree takes the subject for an object.
            let subject = tree.kid(i, &[Rel::Nsubj, Rel::Obj]).and_then(|x| who.resolve(x, Part::Speaker));
            if let Some(w) = subject.filter(|w| w.actor != first.speaker) {
                let claim = (owns(lexicon, &w), Aspect::Responsibility);
                let (a, b) = tree.hull(i);
                let (span, sentence) = (tree.span_of(a, b), tree.sentence(i) as u32);
                let draft = ClaimDraft::new(tree, &w, claim, span, sentence, "claims/responsibility".into());
                out.push(ClaimDraft { value: w.actor.clone(), event: first.event, ..draft });
            }
            continue;
        }
        // "said that he organised the group himself".
        let led = verb
            && matches!(tree.lemma(i), "organise" | "organize" | "plan" | "order" | "mastermind" | "direct" | "lead")
            && (i..=tree.hull(i).1).any(|k| matches!(tree.lemma(k), "himself" | "herself" | "themselves" | "itself"));
        let confirms = verb && tree.lemma(i) == "confirm";
        if !claim && !behind && !done && !led && !confirms {
            continue;
        }
        let f = crate::frame::frame(tree, i);
        let confirmed = if confirms { confirmed(tree, who, lexicon, events, &f) } else { None };
        let object = f.obj.first().copied();
        let word = object.map_or("", |o| tree.lemma(o));
        let pointing = matches!(word, "it" | "this" | "that");
        let claims_act = claim
            && (matches!(word, "responsibility" | "credit")
                || tree.lemma(i) == "claim"
                    && object.is_some_and(|o| {
                        // "claimed the killing", "claimed Monguno".
                        let act = |o: usize| {
                            lexicon.rules.triggered(tree.lemma(o), false).any(|r| violent(lexicon, &r.kind))
                                || matches!(tree.lemma(o), "killing" | "murder" | "blast" | "kidnapping")
                        };
                        events.iter().any(|e| e.trigger as usize == o) || who.entities.place(o).is_some() || act(o)
                    })
                || tree.lemma(i) == "acknowledge" && matches!(word, "act" | "attack"))
            || confirmed.is_some();
        let held =
            speeches.of[i].map(|s| &speeches.all[s as usize]).filter(|s| s.stance == Stance::Asserts && !s.negated);
        let told = (behind || done && pointing || led) && held.is_some();
        if !claims_act && !told {
            continue;
        }
        let negative = |i: usize| tree.kids(i).any(|k| matches!(tree.lemma(k), "not" | "n't" | "never" | "neither"));
        let nobody = f.subj.iter().any(|s| {
            tree.kids(*s).any(|k| tree.lemma(k) == "no") || matches!(tree.lemma(*s), "nobody" | "none" | "no-one")
        });
        if negative(i) || negative(clause) || nobody || crate::speech::hypothetical(tree, clause) {
            continue;
        }
        let stand = tree.head(clause).filter(|h| tree.lemma(*h) == "stand");
        let subj: Vec<usize> = match behind {
            true => tree.kid(clause, &[Rel::Nsubj]).or_else(|| tree.kid(stand?, &[Rel::Nsubj])).into_iter().collect(),
            false => f.subj.clone(),
        };
        let part = if claims_act { Part::Speaker } else { Part::Doer };
        let Some(doer) = subj.iter().find_map(|s| who.resolve(*s, part)) else { continue };
        let sentence = tree.sentence(i) as u32;
        let here = || events.iter().position(|e| e.sentence == sentence && e.real() && violent(lexicon, &e.kind));
        let event = confirmed
            .or_else(here)
            .or_else(|| {
                // "claimed Monguno": the event at that place.
                let place = object.and_then(|o| who.entities.place(o))?;
                events.iter().position(|e| e.real() && e.places.iter().any(|p| p.name == place.place.name))
            })
            .or_else(|| nearest(events, sentence, lexicon));
        let speaker = held.filter(|_| !claims_act).map_or(&doer, |s| &s.speaker);
        let own = speaker.actor == doer.actor;
        let claim = match own {
            true => (owns(lexicon, speaker), Aspect::Responsibility),
            false => (Stance::Accuses, Aspect::Perpetrator),
        };
        let known = lexicon.actors.get(&doer.actor).is_some();
        if !own && (!known || doer.actor.starts_with("unidentified")) {
            continue;
        }
        if out.iter().any(|c| c.speaker == speaker.actor && c.stance == claim.0 && c.sentence == sentence) {
            continue;
        }
        let draft = ClaimDraft::new(tree, speaker, claim, tree.span(i), sentence, "claims/responsibility".into());
        out.push(ClaimDraft { value: doer.actor.clone(), event, ..draft });
    }
}

/// The act that "confirmed the strike" speaks of, if whoever confirms it is said to have done it.
fn confirmed(tree: &Tree, who: &Resolver, lexicon: &Lexicon, events: &[EventDraft], f: &Frame) -> Option<usize> {
    let act = |o: &usize| lexicon.rules.triggered(tree.lemma(*o), false).any(|r| violent(lexicon, &r.kind));
    let o = *f.obj.iter().find(|o| act(o))?;
    let speakers: Vec<Who> = f.subj.iter().filter_map(|s| who.resolve(*s, Part::Speaker)).collect();
    let own = |e: &EventDraft| speakers.iter().any(|w| e.perpetrators.contains(&w.actor));
    nearest_of(events, tree.sentence(o) as u32, lexicon, own)
}
