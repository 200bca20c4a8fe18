//! Events: triggers that a rule accepts, with roles, setting, tolls, polarity and modality; mentions of one event in
//! one sentence are joined, lists of places are parted.

mod contrast;
mod join;
mod words;

use crate::coded::{Bound, Fired};
use crate::frame::{Frame, frame};
use crate::matching::{Bits, first_rule};
use crate::modality::{self, Frames};
use crate::setting;
use crate::speech::Speeches;
use crate::structure::Structure;
use crate::tolls::{self, TollMention};
use crate::tree::Tree;
use crate::who::{Part, Resolver, Who};
use counterclaim_lexicon::{EventRule, Lexicon, Slot};
use counterclaim_text::{
    ActorKind, DateValue, Level, Modality, PlaceRef, Polarity, Rel, Report, Span, Toll, Upos, Xpos,
};
use join::{drop_weak, join_in_sentence};
use serde::{Deserialize, Serialize};
pub use words::Words;

/// One event mention of one report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EventDraft {
    /// Incident kind.
    pub kind: String,
    /// The rule that proposed it.
    pub rule: String,
    /// Trigger token.
    pub trigger: u32,
    /// The light verb that carries a noun trigger, else the trigger.
    pub verb: u32,
    /// Trigger of the event that this mention merely adds a toll or a victim to.
    pub same_as: Option<u32>,
    /// The words of its clause.
    pub span: Span,
    /// Sentence number.
    pub sentence: u32,
    /// Paragraph number.
    pub paragraph: u32,
    /// Who is said to have done it.
    pub perpetrators: Vec<String>,
    /// Who was hit or aimed at.
    pub targets: Vec<String>,
    /// Where.
    pub places: Vec<PlaceRef>,
    /// True if the places stand in the event's own sentence.
    pub own_place: bool,
    /// When.
    pub when: Option<DateValue>,
    /// True if the date stands in the event's own sentence.
    pub own_date: bool,
    /// Who was hurt.
    pub tolls: Vec<Toll>,
    /// Affirmed or negated.
    pub polarity: Polarity,
    /// How it is told.
    pub modality: Modality,
    /// Statement that holds it.
    pub speech: Option<u32>,
    /// True if it looks back ("the attack", "that bombardment").
    pub definite: bool,
    /// True if the rule was a bare death.
    pub weak: bool,
    /// True if both sides act.
    pub mutual: bool,
    /// True if only a modifier of another noun ("the bombing victims").
    pub modifier: bool,
    /// The words that say when and where, once the whole text is read.
    #[serde(default, skip_serializing_if = "Words::is_empty")]
    pub words: Words,
}

impl EventDraft {
    /// True for a mention that tells of something as a fact.
    pub fn real(&self) -> bool {
        self.polarity == Polarity::Affirmed && self.modality == Modality::Actual
    }
}

fn presupposed(tree: &Tree, f: &Frame, who: &Resolver) -> bool {
    let i = f.trigger;
    if tree.upos(i) == Upos::Verb {
        return false;
    }
    let definite = definite(tree, i);
    let dated = tree.kids(i).any(|k| who.entities.date(k).is_some_and(|d| d.value.is_some()));
    let deadly = tree.kids(i).any(|k| matches!(tree.rel(k), Rel::AclRelcl | Rel::Acl));
    let placed = tree.kids(i).any(|k| {
        who.entities.place(k).is_some_and(|p| !p.demonym && p.place.level != Level::Country)
            && (tree.rel(k) == Rel::Compound
                || tree.rel(k) == Rel::Nmod && matches!(tree.preposition(k), Some("in" | "at" | "near" | "on")))
    });
    definite && (dated || deadly || placed) || dated && deadly
}

fn definite(tree: &Tree, i: usize) -> bool {
    tree.kids(i).any(|k| {
        tree.rel(k) == Rel::Det
            && matches!(tree.lemma(k), "the" | "this" | "that" | "these" | "those" | "such" | "both")
            || tree.rel(k) == Rel::NmodPoss
    })
}

fn future_past(tree: &Tree, v: usize) -> bool {
    // "will" handled by the modality walk; a bare infinitive root is a heading or a plan.
    tree.upos(v) == Upos::Verb
        && tree.syntax.tokens[v].xpos == Xpos::Vbg
        && tree.rel(v) == Rel::Root
        && tree.kids(v).all(|k| tree.rel(k) != Rel::Aux)
}

fn actors(who: &Resolver, f: &Frame, slots: &[Slot], part: Part, all: bool) -> Vec<(Who, usize)> {
    let mut out: Vec<(Who, usize)> = Vec::new();
    for slot in slots {
        for h in f.fill(slot) {
            for w in who.all(&[h], part) {
                if !w.actor.is_empty() && !out.iter().any(|(o, _)| o.actor == w.actor) {
                    out.push((w, h));
                }
            }
        }
        if !out.is_empty() && !all {
            break;
        }
    }
    out
}

fn harms(tree: &Tree, i: usize) -> bool {
    matches!(
        tree.lemma(i),
        "kill" | "die" | "maim" | "wound" | "injure" | "martyr" | "neutralise" | "neutralize" | "eliminate" | "hurt"
    )
}

/// Plural events without date, place or figure, told of no occasion ("attacks that target citizens"), and present-tense
/// habits ("the group attacks convoys").
fn generic(tree: &Tree, i: usize, verb: usize, dated: bool, placed: bool) -> bool {
    if placed || dated && !(tree.upos(i) != Upos::Verb && tree.kids(i).any(|k| tree.rel(k) == Rel::Nummod)) {
        return false;
    }
    // "31 attacks nationwide": a count of occasions is a total, unless one place and day hold them all.
    let counted =
        tree.kids(i).any(|k| tree.rel(k) == Rel::Nummod && matches!(tree.lemma(k), "two" | "three" | "2" | "3"));
    let noun = tree.upos(i) != Upos::Verb;
    let plural = matches!(tree.syntax.tokens[i].xpos, Xpos::Nns | Xpos::Nnps);
    // "has carried out many attacks" tells of no occasion.
    let perfect = tree.kids(verb).any(|k| tree.rel(k) == Rel::Aux && tree.lemma(k) == "have");
    let carried = verb != i && matches!(tree.syntax.tokens[verb].xpos, Xpos::Vbd | Xpos::Vbn) && !perfect;
    if noun {
        return plural
            && !counted
            && !carried
            && !tree
                .kids(i)
                .any(|k| matches!(tree.rel(k), Rel::Det) && matches!(tree.lemma(k), "these" | "those" | "the"));
    }
    let present = matches!(tree.syntax.tokens[i].xpos, Xpos::Vbp | Xpos::Vbz)
        && tree.kids(i).all(|k| !matches!(tree.rel(k), Rel::Aux | Rel::AuxPass));
    let relative = matches!(tree.rel(i), Rel::AclRelcl | Rel::Advcl | Rel::Acl);
    present && relative
}

/// Finds the events of a text, with everything that fired.
#[allow(clippy::too_many_arguments)]
pub fn find(
    tree: &Tree,
    who: &Resolver,
    lexicon: &Lexicon,
    build: &Structure,
    speeches: &Speeches,
    tolls: Vec<TollMention>,
    bits: &Bits,
    report: &Report,
) -> (Vec<EventDraft>, Vec<Fired>) {
    let n = tree.len();
    let frames = Frames { question: build.question.clone(), scenario: build.scenario.clone() };
    let mut speech_cue = vec![false; n];
    for s in &speeches.all {
        speech_cue[s.cue] = true;
    }
    let mut triggers = vec![false; n];
    let mut hits: Vec<(Frame, &EventRule)> = Vec::new();
    for i in 0..n {
        if !matches!(tree.upos(i), Upos::Verb | Upos::Noun | Upos::Propn)
            || who.entities.actor(i).is_some_and(|m| m.tokens.1 > m.tokens.0 || matches!(m.kind, ActorKind::ArmedGroup))
        {
            continue;
        }
        // "the Raid Museum": a word inside a name names no event; in capitals everything looks like a name.
        let named = tree.upos(i) == Upos::Propn
            && matches!(tree.rel(i), Rel::Compound | Rel::Flat)
            && tree.word(i).contains(char::is_lowercase)
            && tree.head(i).is_some_and(|h| tree.upos(h) == Upos::Propn);
        if named {
            continue;
        }
        let f = frame(tree, i);
        let doer = f
            .subj
            .iter()
            .find_map(|s| who.resolve(*s, Part::Doer))
            .and_then(|w| lexicon.actors.get(&w.actor))
            .map(|a| a.country.clone())
            .unwrap_or_default();
        if let Some(rule) = first_rule(&lexicon.rules, tree, bits, lexicon, &f, &doer, who)
            && !rule.kind.is_empty()
        {
            triggers[i] = true;
            if let Some(v) = f.verb {
                triggers[v] = true;
            }
            hits.push((f, rule));
        }
    }
    let mut out: Vec<EventDraft> = Vec::new();
    let mut fired: Vec<Fired> = Vec::new();
    for (f, rule) in &hits {
        let i = f.trigger;
        let verdict = modality::judge(tree, i, f.verb, lexicon, &frames, presupposed(tree, f, who));
        let mut bound: Vec<Bound> = Vec::new();
        let perps = if rule.perpetrator == [Slot::Prep("none".into())] {
            Vec::new()
        } else {
            actors(who, f, &rule.perpetrator, Part::Doer, rule.mutual)
        };
        let mut perps = perps;
        let targets = if rule.target == [Slot::Prep("none".into())] {
            Vec::new()
        } else {
            actors(who, f, &rule.target, Part::Victim, true)
        };
        // "the killing of its founder": of one phrase, who was hit.
        perps.retain(|(_, h)| rule.mutual || !targets.iter().any(|(_, g)| g == h));
        for (role, list) in [("perpetrator", &perps), ("target", &targets)] {
            for (w, h) in list {
                bound.push((role.into(), tree.span(*h), w.actor.clone()));
            }
        }
        let violent = lexicon.kinds.get(&rule.kind).is_some_and(|k| k.violent);
        let mut perpetrators: Vec<String> =
            perps.iter().map(|(w, _)| w.actor.clone()).filter(|a| doer_ok(lexicon, a, violent)).collect();
        let mut target_names: Vec<String> = targets.iter().map(|(w, _)| w.actor.clone()).collect();
        let speech = speeches.of[i];
        if rule.mutual && perpetrators.len() < 2 {
            for s in f.subj.iter().chain(f.fill(&Slot::Prep("between".into())).iter()) {
                for state in who.owners(*s).into_iter().chain(who.both(*s)) {
                    if !perpetrators.contains(&state) {
                        perpetrators.push(state);
                    }
                }
            }
        }
        // "a terrorist strike", "militant attacks": the adjective tells of a doer, though not of which.
        let tells =
            |k: usize| lexicon.classes.has(tree.lemma(k), "militant") && !lexicon.classes.has(tree.lemma(k), "force");
        if perpetrators.is_empty()
            && violent
            && f.noun.iter().chain(&f.mods).any(|k| tree.upos(i) != Upos::Verb && tells(*k))
            && matches!(rule.kind.as_str(), "armed-attack" | "bombing" | "suicide-bombing" | "abduction")
        {
            perpetrators.push("unidentified militants".into());
        }
        // "shot by two men on a motorcycle".
        let man = |s: &usize| lexicon.classes.has(tree.lemma(*s), "unnamedman") && who.owner(*s, 0).is_none();
        if perpetrators.is_empty()
            && matches!(rule.kind.as_str(), "armed-attack" | "targeted-killing" | "abduction")
            && f.subj.iter().any(man)
        {
            perpetrators.push("unidentified gunmen".into());
        }
        complete_roles(
            rule,
            speech.map(|s| &speeches.all[s as usize].speaker),
            who,
            lexicon,
            &mut perpetrators,
            &mut target_names,
            violent,
        );
        let when = setting::when(tree, who.entities, f, &triggers, &speech_cue);
        let mut places = setting::places(tree, who, f, &triggers, 12);
        if places.is_empty() {
            let (kind, mutual) = (rule.kind.as_str(), rule.mutual);
            let event = setting::Event { frame: f, kind, mutual, doers: &perpetrators, hit: &target_names };
            places = setting::border(tree, who, &event);
        }
        if let Some((d, v)) = when {
            bound.push(("when".into(), d.span, format!("{}..{}", v.start, v.end)));
        }
        for p in &places {
            bound.push(("where".into(), tree.syntax.tokens[i].span, p.name.clone()));
        }
        let top = f.verb.unwrap_or(i);
        let mut span = tree.span(top);
        if span.len() > 260 {
            span = clip(tree, top, i);
        }
        // "released a kidnapped sergeant": what was done to him before, not what is told.
        let attribute = tree.rel(i) == Rel::Amod
            && tree.upos(i) == Upos::Verb
            && tree.head(i).and_then(|h| tree.head(h)).is_some_and(|v| triggers[v] && tree.upos(v) == Upos::Verb);
        let modifier = matches!(tree.rel(i), Rel::Compound) && tree.head(i).is_some_and(|h| !triggers[h]);
        let dropped = if build.withdrawn[i] {
            Some("withdrawn: stands in a correction".to_string())
        } else if verdict.polarity == Polarity::Negated {
            Some(format!("negated: \"{}\"", verdict.because.map_or("", |b| tree.word(b))))
        } else if verdict.modality != Modality::Actual {
            Some(format!(
                "modality: {} (\"{}\")",
                verdict.modality.as_str(),
                verdict.because.map_or("", |b| tree.word(b))
            ))
        } else if future_past(tree, i) {
            Some("no finite verb".into())
        } else if attribute {
            Some("modality: generic (tells what somebody had become)".into())
        } else if harms(tree, i) && tolls::running(tree, who, i) {
            Some(format!("modality: generic (\"{}\": a running total)", tree.word(i)))
        } else if generic(tree, i, top, when.is_some(), !places.is_empty()) {
            Some(format!("modality: generic (\"{}\")", tree.word(i)))
        } else {
            None
        };
        let dropped_as = match &dropped {
            Some(d) if d.starts_with("withdrawn") => Some(Modality::Possible),
            Some(d) if d.starts_with("modality: generic") || d.starts_with("no finite") => Some(Modality::Generic),
            _ => None,
        };
        fired.push(Fired { trigger: i as u32, rule: rule.id.clone(), bound, dropped });
        // "nine militants were killed": without doer, place and day it tells the toll of something told nearby.
        let weak = rule.weak || f.subj.is_empty() && when.is_none() && places.is_empty() && harms(tree, i);
        out.push(EventDraft {
            kind: rule.kind.clone(),
            rule: rule.id.clone(),
            trigger: i as u32,
            verb: top as u32,
            same_as: None,
            span,
            sentence: tree.sentence(i) as u32,
            paragraph: build.paragraph[i],
            own_place: !places.is_empty(),
            own_date: when.is_some(),
            perpetrators,
            targets: target_names,
            places,
            when: when.map(|w| w.1),
            tolls: Vec::new(),
            polarity: verdict.polarity,
            modality: match dropped_as {
                Some(m) => m,
                None => verdict.modality,
            },
            speech,
            definite: tree.upos(i) != Upos::Verb && definite(tree, i),
            weak,
            mutual: rule.mutual,
            modifier,
            words: Words::default(),
        });
    }
    join_in_sentence(tree, &mut out, &mut fired);
    fired.extend(tolls::attach(tree, who, &frames, speeches, &tolls, &mut out, build));
    tolls::split(tree, who, &mut out);
    // A headline has nothing but a death to tell.
    if tree.syntax.sentences.len() > 2 || out.iter().any(|e| e.real() && !e.weak) {
        drop_weak(&mut out, &mut fired);
    }
    contrast::join_accounts(tree, speeches, &mut out);
    setting::fill(tree, who, build, &mut out, report);
    words::point(tree, who, &mut out);
    (out, fired)
}

/// Roles that a rule leaves open but the kind and the speaker settle.
fn complete_roles(
    rule: &EventRule,
    speaker: Option<&Who>,
    who: &Resolver,
    lexicon: &Lexicon,
    perpetrators: &mut Vec<String>,
    targets: &mut Vec<String>,
    violent: bool,
) {
    let state = |w: &&Who| {
        lexicon.actors.get(&w.actor).is_some_and(|a| a.kind == ActorKind::State) || w.actor == "Afghan Taliban"
    };
    let home = || {
        let c = &who.entities.context;
        lexicon.actors.state_of_country(&c.home).map(|s| lexicon.actors.authority(&s.name, &c.day).to_string())
    };
    if perpetrators.is_empty() && matches!(rule.kind.as_str(), "security-operation" | "arrest") {
        perpetrators.extend(speaker.filter(state).map(|w| w.actor.clone()).or_else(home));
    }
    if perpetrators.is_empty()
        && rule.kind == "air-strike"
        && targets
            .iter()
            .any(|t| t.contains("militants") || lexicon.actors.get(t).is_some_and(|a| a.kind == ActorKind::ArmedGroup))
        && who.entities.context.issuer.is_some()
    {
        perpetrators.extend(speaker.filter(state).map(|w| w.actor.clone()));
    }
    if rule.mutual && violent {
        for p in perpetrators.iter() {
            if !targets.contains(p) {
                targets.push(p.clone());
            }
        }
    }
    if rule.mutual && !violent {
        targets.clear();
        // "the memorandum signed with X": the party that tells of it is the other one.
        if perpetrators.len() == 1
            && let Some(w) = speaker.filter(state).filter(|w| !perpetrators.contains(&w.actor))
        {
            perpetrators.push(w.actor.clone());
        }
    }
    if !rule.mutual {
        targets.retain(|t| !perpetrators.contains(t));
    }
    // Whoever gets aid or is arrested without a name is some civilian.
    if targets.is_empty() && matches!(rule.kind.as_str(), "aid" | "arrest") {
        targets.push("civilians".into());
    }
}

fn doer_ok(lexicon: &Lexicon, actor: &str, violent: bool) -> bool {
    let Some(a) = lexicon.actors.get(actor) else { return true };
    let doers = matches!(actor, "rioters" | "protesters" | "residents");
    !(violent
        && (a.kind == ActorKind::Media
            || a.kind == ActorKind::Community && !doers && actor.chars().next().is_some_and(char::is_lowercase)))
}

/// A window of a long clause around its trigger.
fn clip(tree: &Tree, top: usize, i: usize) -> Span {
    let (a, b) = tree.hull(top);
    let start = (a..=top.min(i))
        .find(|t| tree.syntax.tokens[*t].span.start + 120 >= tree.syntax.tokens[top.min(i)].span.start)
        .unwrap_or(i);
    let end = (top.max(i)..=b)
        .rev()
        .find(|t| tree.syntax.tokens[*t].span.end <= tree.syntax.tokens[top.max(i)].span.end + 140)
        .unwrap_or(i);
    tree.span_of(start, end.max(start))
}

pub(crate) fn rank(kind: &str) -> u8 {
    match kind {
        "suicide-bombing" => 9,
        "air-strike" | "shelling" => 8,
        "bombing" | "abduction" | "targeted-killing" => 7,
        "prisoner-release" | "deportation" | "summons" | "ceasefire" | "agreement" => 6,
        "security-operation" | "arrest" => 5,
        "armed-clash" => 5,
        "armed-attack" => 4,
        _ => 3,
    }
}

/// Kinds that may be two words for one occurrence.
pub(crate) fn family(kind: &str) -> u8 {
    match kind {
        "air-strike"
        | "shelling"
        | "bombing"
        | "suicide-bombing"
        | "armed-attack"
        | "armed-clash"
        | "targeted-killing"
        | "security-operation"
        | "violence-against-civilians"
        | "property-destruction" => 1,
        "abduction" | "arrest" | "prisoner-release" => 2,
        "protest" | "riot" => 3,
        "meeting" | "agreement" | "ceasefire" => 4,
        "border-closure" | "border-reopening" => 5,
        _ => 6,
    }
}
