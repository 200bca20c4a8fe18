//! Claims: what each statement asserts, denies, admits or demands about the events that it tells of.

use crate::events::EventDraft;
use crate::speech::{Speech, Speeches};
use crate::standing;
use crate::structure::Structure;
use crate::tree::Tree;
use crate::who::{Part, Resolver, Who};
use counterclaim_lexicon::Lexicon;
use counterclaim_text::{ActorKind, Aspect, Modality, Polarity, Rel, Span, Stance, TollKind, Upos};
use serde::{Deserialize, Serialize};

/// A claim that waits for its incident.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClaimDraft {
    /// Canonical actor that speaks.
    pub speaker: String,
    /// Office or person.
    pub via: String,
    /// Stance.
    pub stance: Stance,
    /// Aspect.
    pub aspect: Aspect,
    /// What is said.
    pub value: String,
    /// The words.
    pub span: Span,
    /// Index into the report's event drafts that it speaks of.
    pub event: Option<usize>,
    /// Slug of a standing question, when there is no event.
    pub slug: Option<String>,
    /// Sentence number.
    pub sentence: u32,
    /// The rule.
    pub rule: String,
}

impl ClaimDraft {
    /// A claim of a speaker in these words, which are its value until something better is known.
    fn new(tree: &Tree, who: &Who, claim: (Stance, Aspect), span: Span, sentence: u32, rule: String) -> ClaimDraft {
        ClaimDraft {
            speaker: who.actor.clone(),
            via: who.via.clone(),
            stance: claim.0,
            aspect: claim.1,
            value: span.of(tree.text).chars().take(LONGEST_VALUE).collect(),
            span,
            event: None,
            slug: None,
            sentence,
            rule,
        }
    }
}

/// Longest value of a claim, in characters.
const LONGEST_VALUE: usize = 160;

fn violent(lexicon: &Lexicon, kind: &str) -> bool {
    lexicon.kinds.get(kind).is_some_and(|k| k.violent)
}

fn owns(lexicon: &Lexicon, who: &Who) -> Stance {
    let group = matches!(lexicon.actors.get(&who.actor).map(|a| a.kind), Some(ActorKind::ArmedGroup))
        && who.actor != "Afghan Taliban";
    if group { Stance::ClaimsResponsibility } else { Stance::Admits }
}

/// Finds the claims of a text.
pub fn find(
    tree: &Tree,
    who: &Resolver,
    lexicon: &Lexicon,
    build: &Structure,
    speeches: &Speeches,
    events: &[EventDraft],
) -> Vec<ClaimDraft> {
    let mut out: Vec<ClaimDraft> = Vec::new();
    for (k, e) in events.iter().enumerate() {
        let Some(s) = e.speech.map(|s| &speeches.all[s as usize]) else { continue };
        if build.question[e.trigger as usize] {
            continue;
        }
        let draft = |stance: Stance, aspect: Aspect, value: String, span: Span, rule: &str| ClaimDraft {
            value,
            event: Some(k),
            ..ClaimDraft::new(tree, &s.speaker, (stance, aspect), span, e.sentence, format!("{}/{rule}", s.rule))
        };
        let speaker = s.speaker.actor.as_str();
        let denial = s.stance == Stance::Denies && !s.negated;
        if denial || (e.polarity == Polarity::Negated && e.modality == Modality::Actual) {
            let accused = e.perpetrators.iter().any(|p| p == speaker);
            // "denied any role in the bombing": it happened, but not by them.
            let role = denial
                && s.content.is_some_and(|c| {
                    let (a, b) = tree.hull(c);
                    (a..=b).any(|t| {
                        matches!(
                            tree.lemma(t),
                            "role" | "involvement" | "responsibility" | "hand" | "connection" | "link"
                        )
                    })
                });
            let aspect = if tree.lemma(e.trigger as usize) == "target" || tree.lemma(e.trigger as usize) == "hit" {
                Aspect::Target
            } else if matches!(tree.lemma(e.trigger as usize), "kill" | "injure" | "wound") {
                if e.targets.is_empty() { Aspect::Killed } else { Aspect::Target }
            } else if accused && !denial || role {
                Aspect::Perpetrator
            } else {
                Aspect::Occurrence
            };
            out.push(draft(Stance::Denies, aspect, e.span.of(tree.text).to_string(), e.span, "negated"));
            continue;
        }
        if !e.real() {
            continue;
        }
        let own = e.perpetrators.iter().any(|p| p == speaker);
        let other =
            e.perpetrators.iter().find(|p| *p != speaker && *p != "civilians" && !p.starts_with("unidentified"));
        let hostile = violent(lexicon, &e.kind);
        if own && (hostile || matches!(e.kind.as_str(), "prisoner-release" | "border-closure" | "deportation")) {
            out.push(draft(owns(lexicon, &s.speaker), Aspect::Responsibility, speaker.to_string(), e.span, "own-act"));
        }
        if let Some(o) = other.filter(|_| hostile && !(own && !e.mutual)) {
            out.push(draft(Stance::Accuses, Aspect::Perpetrator, o.clone(), e.span, "other's-act"));
        }
        if hostile && s.stance == Stance::Condemns {
            out.push(draft(Stance::Condemns, Aspect::Legality, e.span.of(tree.text).to_string(), e.span, "condemned"));
        }
        if hostile {
            for t in e.targets.iter().filter(|t| {
                *t != speaker
                    && (t.as_str() == "civilians"
                        || lexicon.actors.get(t).is_some_and(|a| a.kind == ActorKind::ArmedGroup))
            }) {
                out.push(draft(Stance::Asserts, Aspect::Target, t.clone(), e.span, "target"));
            }
        }
    }
    // Tolls, by who gives them.
    for (k, e) in events.iter().enumerate().filter(|(_, e)| e.real()) {
        // "the killing of a shopkeeper" names an act; it is no figure that somebody gives.
        let given = |t: &&counterclaim_text::Toll| {
            !t.speaker.is_empty() && !(t.low == 1 && t.span.of(tree.text).starts_with("killing"))
        };
        for t in e.tolls.iter().filter(given) {
            let s = speeches.all.iter().filter(|s| s.speaker.actor == t.speaker).find(|s| {
                let span = s.span(tree);
                span.overlaps(t.span)
            });
            let Some(s) = s else { continue };
            let aspect = match t.what {
                TollKind::Killed => Aspect::Killed,
                TollKind::Injured => Aspect::Injured,
                TollKind::Missing | TollKind::Captured | TollKind::Displaced => continue,
            };
            let stance = if s.stance == Stance::Confirms { Stance::Confirms } else { Stance::Asserts };
            let rule = format!("{}/toll", s.rule);
            out.push(ClaimDraft {
                value: t.low.to_string(),
                event: Some(k),
                ..ClaimDraft::new(tree, &s.speaker, (stance, aspect), t.span, e.sentence, rule)
            });
        }
    }
    statements(tree, who, lexicon, build, speeches, events, &mut out);
    responsibility(tree, who, lexicon, events, &mut out);
    phrases(tree, who, lexicon, build, speeches, events, &mut out);
    out.sort_by_key(|a| (a.span, a.stance, a.aspect));
    out
}

/// The real event that a statement without one of its own most likely speaks of: the nearest before it.
fn nearest(events: &[EventDraft], sentence: u32, lexicon: &Lexicon) -> Option<usize> {
    events
        .iter()
        .enumerate()
        .filter(|(_, e)| e.real() && violent(lexicon, &e.kind) && e.sentence <= sentence && sentence - e.sentence <= 6)
        .max_by_key(|(k, e)| (e.sentence, *k))
        .map(|(k, _)| k)
}

/// Demands, warnings, condemnations, denials and standing questions.
fn statements(
    tree: &Tree,
    who: &Resolver,
    lexicon: &Lexicon,
    build: &Structure,
    speeches: &Speeches,
    events: &[EventDraft],
    out: &mut Vec<ClaimDraft>,
) {
    for s in speeches.all.iter().filter(|s| s.content.is_some() || s.rule.starts_with("claims/quotation")) {
        if build.question[s.cue] {
            continue;
        }
        let sentence = tree.sentence(s.cue) as u32;
        let span = s.span(tree);
        let has_event = events.iter().enumerate().any(|(k, e)| {
            (span.contains(e.span) || span.overlaps(e.span) && e.sentence == sentence)
                && out.iter().any(|c| c.event == Some(k) && c.speaker == s.speaker.actor)
        });
        let slug = standing::slug(tree, who, lexicon, s.tokens.0, s.tokens.1, &s.speaker.actor);
        let accused = s.accused.as_ref().map(|w| w.actor.clone());
        let push = |out: &mut Vec<ClaimDraft>,
                    stance: Stance,
                    aspect: Aspect,
                    event: Option<usize>,
                    slug: Option<String>,
                    rule: &str| {
            let rule = format!("{}/{rule}", s.rule);
            let draft = ClaimDraft::new(tree, &s.speaker, (stance, aspect), span, sentence, rule);
            let value = accused.clone().filter(|_| stance == Stance::Accuses).unwrap_or_else(|| draft.value.clone());
            out.push(ClaimDraft { value, event, slug, ..draft });
        };
        let negative = s.content.is_some_and(|c| {
            tree.kids(c).any(|k| matches!(tree.lemma(k), "not" | "n't" | "never" | "no"))
                || tree.kids(c).any(|k| tree.kids(k).any(|d| tree.rel(d) == Rel::Det && tree.lemma(d) == "no"))
        }) || tree.word(s.tokens.0).eq_ignore_ascii_case("no");
        match s.stance {
            // Onlookers expect and foresee; only parties and the people concerned demand.
            Stance::Demands | Stance::Warns
                if matches!(s.speaker.actor.as_str(), "analysts" | "sources" | "students" | "diplomats") => {}
            // "asked not to be named" demands nothing.
            Stance::Demands
                if (s.tokens.0..=s.tokens.1).any(|t| matches!(tree.lemma(t), "name" | "identify" | "anonymity")) => {}
            // One demand or warning put in several sentences is one.
            Stance::Demands | Stance::Warns
                if out.iter().any(|c| {
                    c.stance == s.stance && c.speaker == s.speaker.actor && sentence.abs_diff(c.sentence) <= 2
                }) => {}
            Stance::Demands => push(
                out,
                Stance::Demands,
                Aspect::Standing,
                slug.is_none().then(|| nearest(events, sentence, lexicon)).flatten(),
                slug,
                "demand",
            ),
            Stance::Warns => push(
                out,
                Stance::Warns,
                Aspect::Standing,
                slug.is_none().then(|| nearest(events, sentence, lexicon)).flatten(),
                slug,
                "warning",
            ),
            Stance::Condemns if !has_event => {
                push(out, Stance::Condemns, Aspect::Legality, nearest(events, sentence, lexicon), None, "condemnation")
            }
            Stance::Denies if !has_event => {
                if s.negated {
                    continue;
                }
                // "denied this": what was said before, a standing question or the act that the speaker is accused of.
                let pointing = s.tokens.1 - s.tokens.0 <= 1
                    && matches!(tree.lemma(s.tokens.0), "this" | "it" | "that" | "the" | "these");
                let said =
                    out.iter().rev().find(|c| c.sentence <= sentence && c.sentence + 1 >= sentence && c.slug.is_some());
                let slug = slug.or_else(|| said.filter(|_| pointing).and_then(|c| c.slug.clone()));
                let before = if pointing { sentence.saturating_sub(1) } else { sentence };
                let about = slug.is_none().then(|| nearest(events, before, lexicon)).flatten();
                let accused = about.is_some_and(|k| events[k].perpetrators.contains(&s.speaker.actor));
                let aspect = match about {
                    Some(_) if accused => Aspect::Perpetrator,
                    Some(_) => Aspect::Occurrence,
                    None => Aspect::Standing,
                };
                let value = about.filter(|_| pointing).map(|k| events[k].span.of(tree.text).to_string());
                let rule = format!("{}/denial", s.rule);
                let draft = ClaimDraft::new(tree, &s.speaker, (Stance::Denies, aspect), span, sentence, rule);
                out.push(ClaimDraft {
                    value: value.unwrap_or_else(|| draft.value.clone()),
                    span: if pointing { span.join(tree.syntax.tokens[s.cue].span) } else { span },
                    event: about,
                    slug,
                    ..draft
                });
            }
            Stance::Confirms if s.negated => {
                push(out, Stance::CannotConfirm, Aspect::Standing, nearest(events, sentence, lexicon), None, "cannot")
            }
            Stance::Accuses if !has_event && s.accused.is_some() => {
                let about = slug.is_none().then(|| nearest(events, sentence, lexicon)).flatten();
                push(
                    out,
                    Stance::Accuses,
                    if about.is_some() { Aspect::Perpetrator } else { Aspect::Standing },
                    about,
                    slug,
                    "accusation",
                );
            }
            Stance::Asserts | Stance::Confirms | Stance::Admits if !has_event => {
                if let Some(slug) = slug {
                    push(
                        out,
                        if negative { Stance::Denies } else { Stance::Asserts },
                        Aspect::Standing,
                        None,
                        Some(slug),
                        "standing",
                    );
                } else if let Some((value, who)) = identity(tree, who, lexicon, s).filter(|_| !negative)
                    && let Some(event) = nearest(events, sentence, lexicon)
                {
                    let claim = (Stance::Asserts, Aspect::Target);
                    let rule = format!("{}/identity", s.rule);
                    let draft = ClaimDraft::new(tree, &s.speaker, claim, who, sentence, rule);
                    out.push(ClaimDraft { value, event: Some(event), ..draft });
                } else if negative && s.rule.ends_with("that") && s.speaker.kind != ActorKind::Person {
                    // Only words that speak of an act deny one; other negative statements stand for themselves.
                    let acts = (s.tokens.0..=s.tokens.1).any(|t| {
                        matches!(tree.lemma(t), "such" | "incident" | "action")
                            || lexicon
                                .rules
                                .triggered(tree.lemma(t), tree.upos(t) == Upos::Verb)
                                .any(|r| violent(lexicon, &r.kind) && !r.weak)
                    });
                    let about = nearest(events, sentence, lexicon).filter(|_| acts);
                    let people = (s.tokens.0..=s.tokens.1).any(|t| {
                        let c = &lexicon.classes;
                        matches!(tree.rel(t), Rel::Nsubj | Rel::NsubjPass)
                            && (c.has(tree.lemma(t), "militant")
                                || c.has(tree.lemma(t), "civilian")
                                || matches!(tree.lemma(t), "none" | "member" | "camp" | "target"))
                    });
                    let aspect = if people { Aspect::Target } else { Aspect::Occurrence };
                    let about = if people { nearest(events, sentence, lexicon) } else { about };
                    push(
                        out,
                        Stance::Denies,
                        if about.is_some() { aspect } else { Aspect::Standing },
                        about,
                        None,
                        "negative",
                    );
                }
            }
            _ => {}
        }
    }
}

/// Who was hit, by a statement that says nothing else: "the victims were brothers", "it was a family house".
fn identity(tree: &Tree, who: &Resolver, lexicon: &Lexicon, s: &Speech) -> Option<(String, Span)> {
    const HIT: &[&str] =
        &["victim", "dead", "those", "they", "it", "other", "target", "house", "man", "body", "deceased", "casualty"];
    let c = s.content?;
    tree.kid(c, &[Rel::Cop])?;
    let subject = tree.kid(c, &[Rel::Nsubj])?;
    if !HIT.contains(&tree.lemma(subject)) {
        return None;
    }
    let found = who.resolve(c, Part::Victim)?;
    let group = lexicon.actors.get(&found.actor).is_some_and(|a| a.kind == ActorKind::ArmedGroup);
    let fits = found.actor == "civilians" || group || found.actor.starts_with("unidentified");
    fits.then(|| (found.actor, tree.span_of(tree.hull(subject).0, tree.hull(c).1)))
}

/// Set phrases in what somebody says: warnings, demands and denials without a verb of speech of their own.
fn phrases(
    tree: &Tree,
    who: &Resolver,
    lexicon: &Lexicon,
    build: &Structure,
    speeches: &Speeches,
    events: &[EventDraft],
    out: &mut Vec<ClaimDraft>,
) {
    for (n, sentence) in tree.syntax.sentences.iter().enumerate() {
        // The statement that holds most of the sentence.
        let mut held: Vec<(u32, usize)> = Vec::new();
        for t in sentence.tokens() {
            if let Some(s) = speeches.of[t] {
                match held.iter_mut().find(|(k, _)| *k == s) {
                    Some((_, c)) => *c += 1,
                    None => held.push((s, 1)),
                }
            }
        }
        for (id, _) in held {
            let s = &speeches.all[id as usize];
            let tokens: Vec<usize> = sentence.tokens().filter(|t| speeches.of[*t] == Some(id)).collect();
            let (Some(&first), Some(&last)) = (tokens.first(), tokens.last()) else { continue };
            if build.question[first] || s.speaker.kind == ActorKind::Person {
                continue;
            }
            let has = |w: &String| {
                tokens.iter().any(|t| {
                    tree.lemma(*t) == w
                        || tree.word(*t).eq_ignore_ascii_case(w)
                        || w == "not" && tree.lemma(*t) == "n't"
                })
            };
            for p in lexicon.claim_phrases.iter().filter(|p| p.groups.iter().all(|g| g.iter().any(has))) {
                let own = |c: &ClaimDraft| {
                    c.sentence.abs_diff(n as u32) <= 2 && c.speaker == s.speaker.actor && c.stance == p.stance
                };
                if out.iter().any(own) {
                    continue;
                }
                let slug = standing::slug(tree, who, lexicon, first, last, &s.speaker.actor)
                    .filter(|_| p.aspect == Aspect::Standing);
                let event = slug.is_none().then(|| nearest(events, n as u32, lexicon)).flatten();
                let span = tree.span_of(first, last);
                let claim = (p.stance, if event.is_none() { Aspect::Standing } else { p.aspect });
                let draft = ClaimDraft::new(tree, &s.speaker, claim, span, n as u32, "claims/phrase".into());
                out.push(ClaimDraft { event, slug, ..draft });
            }
        }
    }
}

/// "claimed responsibility", "accepted responsibility", "claimed the attack", "said it was behind".
fn responsibility(tree: &Tree, who: &Resolver, lexicon: &Lexicon, events: &[EventDraft], out: &mut Vec<ClaimDraft>) {
    for i in 0..tree.len() {
        let verb = tree.upos(i) == Upos::Verb
            && matches!(tree.lemma(i), "claim" | "accept" | "own" | "take" | "assume" | "admit" | "acknowledge");
        // "it was behind the killing": the noun carries the clause, or "behind" itself does.
        let copular = |k: usize| tree.kids(k).any(|c| tree.rel(c) == Rel::Cop);
        let clause = if tree.rel(i) == Rel::Case { tree.head(i).unwrap_or(i) } else { i };
        let behind = tree.lemma(i) == "behind" && copular(clause);
        if !verb && !behind {
            continue;
        }
        let f = crate::frame::frame(tree, i);
        let object = f.obj.first().copied();
        let word = object.map_or("", |o| tree.lemma(o));
        let claims_act = matches!(word, "responsibility" | "credit")
            || verb
                && tree.lemma(i) == "claim"
                && object
                    .is_some_and(|o| events.iter().any(|e| e.trigger as usize == o) || who.entities.place(o).is_some())
            || verb && tree.lemma(i) == "acknowledge" && matches!(word, "act" | "attack");
        if !claims_act && !behind {
            continue;
        }
        let negative = tree.kids(i).any(|k| matches!(tree.lemma(k), "not" | "n't" | "never"))
            || f.subj
                .iter()
                .any(|s| tree.kids(*s).any(|k| tree.lemma(k) == "no") || matches!(tree.lemma(*s), "nobody" | "none"));
        if negative {
            continue;
        }
        let subj = if behind { tree.kid(clause, &[Rel::Nsubj]).into_iter().collect() } else { f.subj.clone() };
        let Some(speaker) = subj.iter().find_map(|s| who.resolve(*s, Part::Speaker)) else { continue };
        let sentence = tree.sentence(i) as u32;
        let event = events
            .iter()
            .position(|e| e.sentence == sentence && e.real() && violent(lexicon, &e.kind))
            .or_else(|| {
                // "claimed Monguno": the event at that place.
                let place = object.and_then(|o| who.entities.place(o))?;
                events.iter().position(|e| e.real() && e.places.iter().any(|p| p.name == place.place.name))
            })
            .or_else(|| nearest(events, sentence, lexicon));
        let claim = (owns(lexicon, &speaker), Aspect::Responsibility);
        let draft = ClaimDraft::new(tree, &speaker, claim, tree.span(i), sentence, "claims/responsibility".into());
        out.push(ClaimDraft { value: speaker.actor.clone(), event, ..draft });
    }
}
