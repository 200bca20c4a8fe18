//! Whom a statement says was hit, or who did it, by saying what somebody or something was.

use super::phrases::stands;
use super::{ClaimDraft, nearest_or_denied};
use crate::events::EventDraft;
use crate::speech::{Speech, Speeches};
use crate::structure::Structure;
use crate::tree::Tree;
use crate::who::{Part, Resolver, Who};
use counterclaim_lexicon::Lexicon;
use counterclaim_text::{ActorKind, Aspect, Rel, Span, Stance, Upos, Xpos};

/// Who was hit, in any clause of what somebody says: "the dead were villagers", "the two passengers were soldiers in plain
/// clothes". The second denies what its subject says.
pub(super) fn identities(
    tree: &Tree,
    who: &Resolver,
    lexicon: &Lexicon,
    build: &Structure,
    speeches: &Speeches,
    events: &[EventDraft],
    out: &mut Vec<ClaimDraft>,
) {
    for c in 0..tree.len() {
        let Some(s) = speeches.of[c].map(|s| &speeches.all[s as usize]) else { continue };
        // "were serving men in plain clothes": the tree may take the adjective for the verb.
        let verbal =
            tree.lemma(c) == "serve" && tree.kid(c, &[Rel::Obj]).is_some() && tree.kid(c, &[Rel::Aux]).is_some();
        let nominal = tree.kid(c, &[Rel::Cop]).is_some() && matches!(tree.upos(c), Upos::Noun | Upos::Propn);
        if !verbal && !nominal || build.question[c] || s.negated {
            continue;
        }
        let Some(subject) = tree.kids(c).filter(|k| tree.rel(*k) == Rel::Nsubj).min_by_key(|k| k.abs_diff(c)) else {
            continue;
        };
        let negative = crate::speech::negated(tree, c)
            || crate::speech::hypothetical(tree, c)
            || matches!(tree.lemma(subject), "none" | "nobody");
        let classes = &lexicon.classes;
        let people = classes.has(tree.lemma(subject), "civilian");
        let dead = hit(tree, subject);
        let armed = verbal
            || classes.has(tree.lemma(c), "militant")
            || classes.has(tree.lemma(c), "force")
            || classes.has(tree.lemma(c), "combatant");
        let noun = tree.kid(c, &[Rel::Obj]).filter(|_| verbal).unwrap_or(c);
        let Some(found) = members(tree, who, noun).or_else(|| who.resolve(noun, Part::Victim)) else { continue };
        let group = lexicon.actors.get(&found.actor).is_some_and(|a| a.kind == ActorKind::ArmedGroup);
        let sentence = tree.sentence(c) as u32;
        let fits = found.actor == "civilians" || group || found.actor.starts_with("unidentified");
        let claim = if negative {
            continue;
        } else if dead
            && (fits || armed)
            && !matches!(tree.lemma(c), "people" | "person" | "man" if found.actor == "civilians")
        {
            (Stance::Asserts, Aspect::Target)
        } else if people && (armed || group) && (verbal || found.actor != "civilians")
            || people && tree.kids(c).any(|k| matches!(tree.lemma(k), "serve" | "serving" | "armed" | "uniformed"))
        {
            (Stance::Denies, Aspect::Target)
        } else {
            continue;
        };
        let told = |d: &ClaimDraft| {
            d.speaker == s.speaker.actor && d.aspect == claim.1 && d.stance == claim.0 && d.sentence == sentence
        };
        let event = nearest_or_denied(events, sentence, lexicon);
        if out.iter().any(told) {
            continue;
        }
        let value = if claim.0 == Stance::Denies { "civilians".to_string() } else { found.actor };
        let span = tree.span_of(tree.hull(subject).0, tree.hull(c).1);
        let draft = ClaimDraft::new(tree, &s.speaker, claim, span, sentence, format!("{}/identity", s.rule));
        out.push(ClaimDraft { value, event, ..draft });
    }
}

/// An armed target in words that tell of no event of their own: "a gathering of rebels had been hit, he said".
pub(super) fn struck(
    tree: &Tree,
    who: &Resolver,
    lexicon: &Lexicon,
    build: &Structure,
    speeches: &Speeches,
    events: &[EventDraft],
    out: &mut Vec<ClaimDraft>,
) {
    let hits = |v: &usize| tree.upos(*v) == Upos::Verb && lexicon.classes.has(tree.lemma(*v), "hits");
    for v in (0..tree.len()).filter(hits) {
        let f = crate::frame::frame(tree, v);
        // “a gathering” had been hit: only the object may stand in the speaker's own words.
        let said = speeches.of[v].or_else(|| f.obj.iter().find_map(|o| speeches.of[*o]));
        let Some(s) = said.map(|s| &speeches.all[s as usize]) else { continue };
        let told = events.iter().any(|e| e.trigger as usize == v || e.verb as usize == v);
        if told || build.question[v] || s.negated || s.stance == Stance::Denies {
            continue;
        }
        if crate::speech::negated(tree, v) || crate::speech::hypothetical(tree, v) {
            continue;
        }
        let group = |w: &Who| lexicon.actors.get(&w.actor).is_some_and(|a| a.kind == ActorKind::ArmedGroup);
        let Some(found) = f.obj.iter().find_map(|o| who.resolve(*o, Part::Victim)).filter(group) else { continue };
        let sentence = tree.sentence(v) as u32;
        let claim = (Stance::Asserts, Aspect::Target);
        let known = |c: &ClaimDraft| (c.stance, c.aspect) == claim && c.speaker == s.speaker.actor;
        if found.actor == s.speaker.actor || out.iter().any(|c| known(c) && c.sentence == sentence) {
            continue;
        }
        let Some(event) = nearest_or_denied(events, sentence, lexicon) else { continue };
        let (a, b) = tree.hull(v);
        let rule = format!("{}/identity", s.rule);
        let draft = ClaimDraft::new(tree, &s.speaker, claim, tree.span_of(a, b), sentence, rule);
        out.push(ClaimDraft { value: found.actor, event: Some(event), ..draft });
    }
}

/// True for the subject of a clause that says who was hit: "the dead", "the three", "two of them", "those in the car".
fn hit(tree: &Tree, subject: usize) -> bool {
    const DEAD: &[&str] =
        &["victim", "dead", "those", "other", "body", "deceased", "casualty", "killed", "fallen", "target", "most"];
    let counted = tree.upos(subject) == Upos::Num || matches!(tree.lemma(subject), "some" | "all" | "both" | "half");
    let partly = tree
        .kids(subject)
        .filter(|k| tree.preposition(*k) == Some("of"))
        .any(|k| matches!(tree.lemma(k), "them" | "they" | "dead" | "victim" | "those"));
    // "the three", but not "three" in a count of something else.
    let pointing = tree.kids(subject).any(|k| tree.rel(k) == Rel::Det && tree.lemma(k) == "the");
    DEAD.contains(&tree.lemma(subject))
        || tree.word(subject).eq_ignore_ascii_case("those")
        || counted && (partly || pointing || tree.lemma(subject) == "both")
}

/// The group whose members a predicate speaks of: "members of the ELN", "PKK members".
fn members(tree: &Tree, who: &Resolver, c: usize) -> Option<Who> {
    if !matches!(tree.lemma(c), "member" | "operative" | "man" | "commander" | "fighter" | "cadre" | "element") {
        return None;
    }
    who.owner(c, 0).filter(|w| w.kind == ActorKind::ArmedGroup)
}

/// What was hit, where a table says that such a thing is military ("a command centre", "a deployment point").
pub(super) fn military_object(tree: &Tree, lexicon: &Lexicon, e: &EventDraft) -> Option<Span> {
    let f = crate::frame::frame(tree, e.trigger as usize);
    let at = |p: &str| matches!(p, "on" | "at" | "against" | "upon");
    let aimed = f.preps.iter().filter(|(p, _)| at(p)).map(|(_, h)| *h);
    let known = |tokens: &[usize]| {
        let object = |p: &&counterclaim_lexicon::ClaimPhrase| (p.stance, p.aspect) == (Stance::Asserts, Aspect::Target);
        lexicon.claim_phrases.iter().filter(object).any(|p| stands(tree, tokens, &p.groups))
    };
    f.obj.iter().copied().chain(aimed).find_map(|h| {
        let (a, b) = tree.hull(h);
        let tokens: Vec<usize> = (a..=b).collect();
        known(&tokens).then(|| tree.span_of(a, b))
    })
}

/// Whose work a statement says it was: "the blast was a provocation staged by Moscow", "it was the work of the front".
pub(super) fn author(tree: &Tree, who: &Resolver, lexicon: &Lexicon, s: &Speech) -> Option<(String, Span)> {
    let c = s.content?;
    tree.kid(c, &[Rel::Cop])?;
    if !matches!(tree.lemma(c), "work" | "provocation" | "attack" | "act" | "operation" | "crime" | "doing") {
        return None;
    }
    let made = tree.kids(c).filter(|k| matches!(tree.rel(*k), Rel::Acl)).flat_map(|k| tree.kids(k));
    let by = tree.kids(c).chain(made).find(|k| {
        matches!(tree.rel(*k), Rel::Nmod | Rel::Obl | Rel::OblAgent)
            && matches!(tree.preposition(*k), Some("by" | "of"))
    })?;
    let named = who.resolve(by, Part::Doer).filter(|w| w.actor != s.speaker.actor)?;
    let kind = lexicon.actors.get(&named.actor).map(|a| a.kind);
    matches!(kind, Some(ActorKind::ArmedGroup | ActorKind::State)).then(|| (named.actor, s.span(tree)))
}

/// "The Houthis and the government blamed each other", "the two sides traded accusations": each accuses the other.
pub(super) fn mutual(
    tree: &Tree,
    who: &Resolver,
    lexicon: &Lexicon,
    build: &Structure,
    events: &[EventDraft],
    out: &mut Vec<ClaimDraft>,
) {
    for v in (0..tree.len()).filter(|v| tree.upos(*v) == Upos::Verb && !build.question[*v]) {
        let blames = lexicon.cues.speech(tree.lemma(v), true).is_some_and(|c| c.frame == "accused");
        let object = tree.kid(v, &[Rel::Obj]);
        // Either word of "each other" may carry the phrase.
        let whole = |o: usize| tree.kids(o).any(|k| matches!(tree.lemma(k), "other" | "another"));
        let other = object.is_some_and(|o| matches!(tree.lemma(o), "other" | "another") || whole(o));
        let trades = matches!(tree.lemma(v), "trade" | "exchange" | "swap")
            && object.is_some_and(|o| matches!(tree.lemma(o), "accusation" | "blame" | "charge" | "recrimination"));
        // "blaming each other prevents nothing": nobody blames.
        let bare = tree.syntax.tokens[v].xpos == Xpos::Vbg && tree.kid(v, &[Rel::Aux]).is_none();
        let idle = bare && tree.rel(v) != Rel::Advcl || crate::speech::hypothetical(tree, v);
        if !(blames && other || trades) || idle || crate::speech::negated(tree, v) {
            continue;
        }
        let f = crate::frame::frame(tree, v);
        let mut sides: Vec<Who> = who.all(&f.subj, Part::Doer);
        if sides.len() < 2 && who.states.len() == 2 {
            let state = |s: &String| Who { actor: s.clone(), kind: ActorKind::State, via: String::new() };
            sides = who.states.iter().map(state).collect();
        }
        let sentence = tree.sentence(v) as u32;
        let (Some(event), [a, b]) = (nearest_or_denied(events, sentence, lexicon), &sides[..]) else { continue };
        let (from, to) = tree.hull(v);
        for (x, y) in [(a, b), (b, a)] {
            let claim = (Stance::Accuses, Aspect::Perpetrator);
            let span = tree.span_of(from, to);
            let draft = ClaimDraft::new(tree, x, claim, span, sentence, "claims/blame/mutual/accusation".into());
            out.push(ClaimDraft { value: y.actor.clone(), event: Some(event), ..draft });
        }
    }
}

/// Whom "it was the ELN" names, said by somebody who was accused right before.
pub(super) fn culprit(
    tree: &Tree,
    who: &Resolver,
    lexicon: &Lexicon,
    s: &Speech,
    out: &[ClaimDraft],
) -> Option<(String, Span)> {
    let c = s.content?;
    tree.kid(c, &[Rel::Cop])?;
    if !tree.kids(c).any(|k| matches!(tree.rel(k), Rel::Nsubj | Rel::Expl) && tree.lemma(k) == "it") {
        return None;
    }
    let sentence = tree.sentence(c) as u32;
    let accused =
        |d: &ClaimDraft| matches!(d.stance, Stance::Accuses | Stance::Denies) && sentence.abs_diff(d.sentence) <= 2;
    let named = who.resolve(c, Part::Doer).filter(|w| w.actor != s.speaker.actor)?;
    let kind = lexicon.actors.get(&named.actor).map(|a| a.kind);
    let side = matches!(kind, Some(ActorKind::ArmedGroup | ActorKind::State));
    (side && out.iter().any(accused)).then(|| (named.actor, s.span(tree)))
}

/// Who was hit, by a statement that says nothing else: "the victims were brothers", "it was a family house".
pub(super) fn identity(tree: &Tree, who: &Resolver, lexicon: &Lexicon, s: &Speech) -> Option<(String, Span)> {
    let c = s.content?;
    tree.kid(c, &[Rel::Cop])?;
    let subject = tree.kid(c, &[Rel::Nsubj])?;
    if !lexicon.classes.has(tree.lemma(subject), "struck") {
        return None;
    }
    let found = who.resolve(c, Part::Victim)?;
    let group = lexicon.actors.get(&found.actor).is_some_and(|a| a.kind == ActorKind::ArmedGroup);
    let fits = found.actor == "civilians" || group || found.actor.starts_with("unidentified");
    fits.then(|| (found.actor, tree.span_of(tree.hull(subject).0, tree.hull(c).1)))
}
