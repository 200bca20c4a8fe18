//! Claims: what each statement asserts, denies, admits or demands about the events that it tells of.

mod denial;
mod hit;
mod hours;
mod own;
mod phrases;

use crate::events::EventDraft;
use crate::speech::{Speech, Speeches};
use crate::standing;
use crate::structure::Structure;
use crate::tree::Tree;
use crate::who::{Resolver, Who};
use counterclaim_lexicon::Lexicon;
use counterclaim_text::{ActorKind, Aspect, Modality, Polarity, Rel, Span, Stance, TollKind, Upos};
use hit::{author, culprit, identities, identity, military_object, mutual, struck};
use own::{answers, own_denials, responsibility};
use phrases::{phrases, stands};
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
    // Groups that no table has are known by their names.
    let kind = lexicon.actors.get(&who.actor).map_or(who.kind, |a| a.kind);
    let group = matches!(kind, ActorKind::ArmedGroup) && who.actor != "Afghan Taliban"
        || matches!(who.kind, ActorKind::Person | ActorKind::Party);
    if group { Stance::ClaimsResponsibility } else { Stance::Admits }
}

/// What the set phrases say is denied in the sentence of an event: "had suffered no losses in the bombing".
fn denied_in_words(tree: &Tree, lexicon: &Lexicon, speeches: &Speeches, e: &EventDraft) -> Option<Aspect> {
    let tokens: Vec<usize> = tree.syntax.sentences[e.sentence as usize]
        .tokens()
        .filter(|t| speeches.of[*t].is_some() && speeches.of[*t] == e.speech)
        .collect();
    lexicon
        .claim_phrases
        .iter()
        .find(|p| {
            p.stance == Stance::Denies
                && matches!(p.aspect, Aspect::Killed | Aspect::Target)
                && stands(tree, &tokens, &p.groups)
        })
        .map(|p| p.aspect)
}

/// "it was an accident", "the blast had been caused by a gas leak": a cause that is nobody's act.
fn mishap(tree: &Tree, lexicon: &Lexicon, s: &Speech) -> Option<Span> {
    let c = s.content?;
    let accident = |t: usize| lexicon.classes.has(tree.lemma(t), "mishap");
    let called = tree.kid(c, &[Rel::Cop]).is_some() && accident(c);
    let caused = matches!(tree.lemma(c), "cause" | "result" | "stem" | "come" | "due")
        && tree.kids(c).any(|k| matches!(tree.rel(k), Rel::Obl | Rel::OblAgent) && accident(k));
    (called || caused).then(|| s.span(tree))
}

/// True if civilians stand among the targets only by somebody else's count.
fn counted_by_others(e: &EventDraft, speaker: &str) -> bool {
    let mut counts = e.tolls.iter().filter(|t| t.who == "civilians").peekable();
    counts.peek().is_some() && counts.all(|t| t.speaker != speaker)
}

/// The words behind the "to" of "attributed the blast to a gas leak".
fn cause(tree: &Tree, s: &Speech) -> Option<Span> {
    let to = tree.kids(s.cue).chain(s.content.into_iter().flat_map(|c| tree.kids(c)));
    let head = to
        .into_iter()
        .find(|k| matches!(tree.rel(*k), Rel::Obl | Rel::Nmod) && matches!(tree.preposition(*k), Some("to")))?;
    let (a, b) = tree.hull(head);
    Some(tree.span_of(a, b))
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
        // "did not say that …", "could not confirm that …" tells nothing.
        let untold = s.negated && s.stance != Stance::Denies;
        if build.question[e.trigger as usize] || untold {
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
            let role = denial && s.rule.ends_with("/from")
                || denial
                    && s.content.is_some_and(|c| {
                        let (a, b) = tree.hull(c);
                        (a..=b).any(|t| {
                            matches!(
                                tree.lemma(t),
                                "role"
                                    | "involvement"
                                    | "responsibility"
                                    | "hand"
                                    | "connection"
                                    | "link"
                                    | "part"
                                    | "complicity"
                                    | "behind"
                                    | "responsible"
                            )
                        })
                    });
            let aspect = if tree.lemma(e.trigger as usize) == "target" || tree.lemma(e.trigger as usize) == "hit" {
                Aspect::Target
            } else if !denial && matches!(tree.lemma(e.trigger as usize), "kill" | "injure" | "wound") {
                // "no civilian was killed" says who was hit, "no soldier was killed" how many.
                let civilians = !e.targets.is_empty() && e.targets.iter().all(|t| t == "civilians");
                if civilians { Aspect::Target } else { Aspect::Killed }
            } else if let Some(set) = denied_in_words(tree, lexicon, speeches, e) {
                set
            } else if accused && !s.rule.contains("/false") || role {
                // "we did not fire", "denied that its troops had fired".
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
        let people = |p: &String| {
            lexicon.actors.get(p).is_some_and(|a| matches!(a.kind, ActorKind::Role | ActorKind::Community))
                && p.starts_with(char::is_lowercase)
        };
        let other = e.perpetrators.iter().find(|p| *p != speaker && !people(p) && !p.starts_with("unidentified"));
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
            // "we hit a command centre": what a doer says it aimed at, whoever was there.
            let object = military_object(tree, lexicon, e).filter(|_| own);
            let armed = |t: &String| lexicon.actors.get(t).is_some_and(|a| a.kind == ActorKind::ArmedGroup);
            // "killed 90 soldiers of a convoy": whoever says so says nothing of civilians.
            let state = |t: &String| lexicon.actors.get(t).is_some_and(|a| a.kind == ActorKind::State);
            let forces = e.targets.iter().any(|t| t != speaker && state(t));
            let mut named = false;
            for t in e.targets.iter().filter(|t| *t != speaker) {
                if armed(t) {
                    named = true;
                    let rule = if object.is_some() { "object" } else { "target" };
                    out.push(draft(Stance::Asserts, Aspect::Target, t.clone(), e.span, rule));
                } else if t == "civilians" && object.is_none() && !(own && (forces || counted_by_others(e, speaker))) {
                    out.push(draft(Stance::Asserts, Aspect::Target, t.clone(), e.span, "target"));
                }
            }
            if let Some(object) = object.filter(|_| !named) {
                let value = object.of(tree.text).chars().take(LONGEST_VALUE).collect();
                out.push(draft(Stance::Asserts, Aspect::Target, value, e.span, "object"));
            }
        }
    }
    // Tolls, by who gives them.
    for (k, e) in events.iter().enumerate().filter(|(_, e)| e.real()) {
        // "the killing of a shopkeeper" names an act; it is no figure that somebody gives.
        let given = |t: &&counterclaim_text::Toll| {
            !t.speaker.is_empty() && !(t.low == 1 && t.span.of(tree.text).starts_with("killing of"))
        };
        for t in e.tolls.iter().filter(given) {
            let s = speeches.all.iter().filter(|s| s.speaker.actor == t.speaker && !s.negated).find(|s| {
                let span = s.span(tree);
                span.overlaps(t.span)
            });
            let Some(s) = s else { continue };
            let aspect = match t.what {
                TollKind::Killed => Aspect::Killed,
                TollKind::Injured => Aspect::Injured,
                TollKind::Missing | TollKind::Captured | TollKind::Displaced => continue,
            };
            let stance = match s.stance {
                Stance::Confirms | Stance::Admits => s.stance,
                _ => Stance::Asserts,
            };
            let rule = format!("{}/toll", s.rule);
            out.push(ClaimDraft {
                value: t.low.to_string(),
                event: Some(k),
                ..ClaimDraft::new(tree, &s.speaker, (stance, aspect), t.span, e.sentence, rule)
            });
        }
    }
    answers(tree, who, lexicon, speeches, events, &mut out);
    own_denials(tree, who, lexicon, speeches, events, &mut out);
    statements(tree, who, lexicon, build, speeches, events, &mut out);
    identities(tree, who, lexicon, build, speeches, events, &mut out);
    struck(tree, who, lexicon, build, speeches, events, &mut out);
    mutual(tree, who, lexicon, build, events, &mut out);
    responsibility(tree, who, lexicon, speeches, events, &mut out);
    phrases(tree, who, lexicon, build, speeches, events, &mut out);
    hours::hours(tree, who, lexicon, speeches, events, &mut out);
    denial::agree(tree, &mut out);
    out.sort_by_key(|a| (a.span, a.stance, a.aspect));
    out
}

/// The real event that a statement without one of its own most likely speaks of: the nearest before it.
fn nearest(events: &[EventDraft], sentence: u32, lexicon: &Lexicon) -> Option<usize> {
    nearest_of(events, sentence, lexicon, |_| true)
}

/// The nearest real event before a statement, among those that fit it.
fn nearest_of(
    events: &[EventDraft],
    sentence: u32,
    lexicon: &Lexicon,
    fits: impl Fn(&EventDraft) -> bool,
) -> Option<usize> {
    events
        .iter()
        .enumerate()
        .filter(|(_, e)| e.real() && violent(lexicon, &e.kind) && e.sentence <= sentence && sentence - e.sentence <= 6)
        .filter(|(_, e)| fits(e))
        .max_by_key(|(k, e)| (e.sentence, *k))
        .map(|(k, _)| k)
}

/// The nearest act that a statement can speak of, also one that its speaker or another has denied: "the dead, it said, were
/// farmers".
fn nearest_or_denied(events: &[EventDraft], sentence: u32, lexicon: &Lexicon) -> Option<usize> {
    let denied = |e: &EventDraft| {
        e.polarity == Polarity::Affirmed && violent(lexicon, &e.kind) && e.speech.is_some() && e.sentence <= sentence
    };
    nearest(events, sentence, lexicon)
        .or_else(|| (0..events.len()).filter(|k| denied(&events[*k]) && sentence - events[*k].sentence <= 3).max())
}

/// The act that was told of a place that the statement names ("boasts of Baga").
fn told_there(tree: &Tree, who: &Resolver, events: &[EventDraft], s: &Speech) -> Option<usize> {
    let place = (s.tokens.0..=s.tokens.1).find_map(|t| who.entities.place(t).filter(|p| !p.demonym))?;
    let there = |e: &EventDraft| e.real() && e.places.iter().any(|q| q.name == place.place.name);
    let mut before = (0..events.len()).filter(|k| events[*k].sentence <= tree.sentence(s.tokens.0) as u32);
    before.rfind(|k| there(&events[*k]))
}

/// What a denial answers: the nearest act that the speaker is accused of, else the nearest act.
fn accusation(events: &[EventDraft], sentence: u32, lexicon: &Lexicon, speaker: &str) -> Option<usize> {
    let theirs = |e: &EventDraft| e.perpetrators.iter().any(|p| p == speaker);
    let near = |k: &usize| sentence - events[*k].sentence <= 3;
    nearest_of(events, sentence, lexicon, theirs).filter(near).or_else(|| nearest(events, sentence, lexicon))
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
        }) || (s.tokens.0..=s.tokens.1)
            .find(|t| tree.upos(*t) != Upos::Punct)
            .is_some_and(|t| matches!(tree.lemma(t), "no" | "nobody" | "none"))
            || (s.tokens.0..s.tokens.1).any(|t| tree.lemma(t) == "not" && matches!(tree.lemma(t + 1), "one" | "a"));
        // "will not be used against anyone" promises; it denies nothing.
        let promise = s.content.is_some_and(|c| {
            tree.kids(c).any(|k| tree.rel(k) == Rel::Aux && matches!(tree.lemma(k), "will" | "shall" | "would"))
        });
        let answered = |out: &Vec<ClaimDraft>| {
            out.iter().any(|c| {
                c.stance == Stance::Denies && c.speaker == s.speaker.actor && c.sentence.abs_diff(sentence) <= 1
            })
        };
        match s.stance {
            // Onlookers expect and foresee; only parties and the people concerned demand.
            Stance::Demands | Stance::Warns
                if matches!(s.speaker.actor.as_str(), "analysts" | "sources" | "students" | "diplomats") => {}
            // Traders may threaten to strike; that is no warning in a conflict.
            Stance::Warns if matches!(s.speaker.kind, ActorKind::Role | ActorKind::Community | ActorKind::Person) => {}
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
                    && matches!(
                        tree.lemma(s.tokens.0),
                        "this" | "it" | "that" | "the" | "these" | "something" | "which" | "charge" | "accusation"
                    );
                // "accused X of arming them, something X denies": of what it is accused.
                let charge = out
                    .iter()
                    .rev()
                    .find(|c| c.stance == Stance::Accuses && c.sentence <= sentence && c.sentence + 1 >= sentence)
                    .filter(|c| {
                        let lone = s.content.is_some_and(|c| matches!(tree.lemma(c), "which" | "something"));
                        lone || c.value == s.speaker.actor && c.slug.is_some() && s.rule.contains("/false")
                    })
                    .map(|c| (c.event, c.slug.clone()));
                let said =
                    out.iter().rev().find(|c| c.sentence <= sentence && c.sentence + 1 >= sentence && c.slug.is_some());
                let slug = slug.or_else(|| said.filter(|_| pointing).and_then(|c| c.slug.clone()));
                let before = if pointing { sentence.saturating_sub(1) } else { sentence };
                let slug = charge.as_ref().and_then(|c| c.1.clone()).or(slug);
                let charged = s.content.is_some_and(|c| matches!(tree.lemma(c), "which" | "something"));
                let about = match &charge {
                    Some((event, _)) => *event,
                    None if charged => None,
                    None if slug.is_some() => None,
                    None => accusation(events, before, lexicon, &s.speaker.actor)
                        .filter(|k| pointing || denial::speaks_of(tree, lexicon, s, &events[*k]))
                        .or_else(|| denial::shared(tree, lexicon, s, events)),
                };
                let role = s.rule.ends_with("/from")
                    || (s.tokens.0..=s.tokens.1).any(|t| {
                        matches!(tree.lemma(t), "role" | "involvement" | "responsibility" | "part" | "complicity")
                    });
                let accused = role || about.is_some_and(|k| events[k].perpetrators.contains(&s.speaker.actor));
                // "dismissed the claim as baseless" says that nothing of the kind happened.
                // So does "denied the report", while "denied the accusation" may only say that it was somebody else.
                let told =
                    (s.tokens.0..=s.tokens.1).any(|t| matches!(tree.lemma(t), "report" | "news" | "story" | "rumour"));
                let accused = accused && (role || !s.rule.ends_with("/false") && !told);
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
            // "boasts of the attack"
            Stance::ClaimsResponsibility if s.rule.ends_with("/of") => push(
                out,
                owns(lexicon, &s.speaker),
                Aspect::Responsibility,
                told_there(tree, who, events, s).or_else(|| nearest(events, sentence, lexicon)),
                None,
                "responsibility",
            ),
            // "acknowledged the attack"
            Stance::Admits
                if !has_event
                    && !s.negated
                    && !out.iter().any(|c| c.speaker == s.speaker.actor && c.sentence == sentence)
                    && (s.tokens.0..=s.tokens.1)
                        .any(|t| matches!(tree.lemma(t), "act" | "attack" | "operation" | "responsibility")) =>
            {
                let about = nearest(events, sentence, lexicon);
                push(out, owns(lexicon, &s.speaker), Aspect::Responsibility, about, None, "own-act");
            }
            Stance::Asserts if s.negated => {}
            // "put it down to a quarrel", "attributed the blast to a gas leak": a cause that is no doer.
            Stance::Accuses if s.rule.ends_with("/to") && s.accused.is_none() && !s.negated => {
                if let Some(cause) = cause(tree, s) {
                    let event = events
                        .iter()
                        .position(|e| e.sentence == sentence && e.real() && violent(lexicon, &e.kind))
                        .or_else(|| nearest(events, sentence, lexicon));
                    let claim = (Stance::Asserts, Aspect::Perpetrator);
                    let draft = ClaimDraft::new(tree, &s.speaker, claim, cause, sentence, format!("{}/cause", s.rule));
                    out.extend(event.map(|e| ClaimDraft { event: Some(e), ..draft }));
                }
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
                if promise && negative {
                } else if let Some(slug) = slug {
                    push(
                        out,
                        if negative { Stance::Denies } else { Stance::Asserts },
                        Aspect::Standing,
                        None,
                        Some(slug),
                        "standing",
                    );
                } else if let Some(span) = mishap(tree, lexicon, s).filter(|_| !negative)
                    && let Some(event) = nearest(events, sentence, lexicon)
                {
                    let claim = (Stance::Asserts, Aspect::Perpetrator);
                    let draft = ClaimDraft::new(tree, &s.speaker, claim, span, sentence, format!("{}/cause", s.rule));
                    out.push(ClaimDraft { event: Some(event), ..draft });
                } else if let Some((value, span)) =
                    author(tree, who, lexicon, s).or_else(|| culprit(tree, who, lexicon, s, out)).filter(|_| !negative)
                {
                    let claim = (Stance::Accuses, Aspect::Perpetrator);
                    let draft = ClaimDraft::new(tree, &s.speaker, claim, span, sentence, format!("{}/culprit", s.rule));
                    out.push(ClaimDraft { value, event: nearest(events, sentence, lexicon), ..draft });
                } else if let Some((value, who)) = identity(tree, who, lexicon, s).filter(|_| !negative)
                    && let Some(event) = nearest_or_denied(events, sentence, lexicon)
                {
                    let claim = (Stance::Asserts, Aspect::Target);
                    let rule = format!("{}/identity", s.rule);
                    let draft = ClaimDraft::new(tree, &s.speaker, claim, who, sentence, rule);
                    out.push(ClaimDraft { value, event: Some(event), ..draft });
                } else if negative
                    && ["that", "parataxis", "marked"].iter().any(|r| s.rule.ends_with(r))
                    && !s.content.is_some_and(|c| crate::speech::hypothetical(tree, c))
                    && !answered(out)
                    && !matches!(s.speaker.kind, ActorKind::Person | ActorKind::Community)
                    && s.content.is_some_and(|c| {
                        !matches!(tree.lemma(c), "want" | "need" | "wish" | "policy" | "practice" | "aim")
                    })
                {
                    // Only words that speak of an act deny one; other negative statements stand for themselves.
                    let acts = (s.tokens.0..=s.tokens.1).any(|t| {
                        matches!(tree.lemma(t), "such" | "incident" | "action")
                            || lexicon
                                .rules
                                .triggered(tree.lemma(t), tree.upos(t) == Upos::Verb)
                                .any(|r| violent(lexicon, &r.kind) && !r.weak)
                    });
                    let about = accusation(events, sentence, lexicon, &s.speaker.actor)
                        .filter(|_| acts)
                        .or_else(|| denial::shared(tree, lexicon, s, events));
                    let people = (s.tokens.0..=s.tokens.1).any(|t| {
                        let c = &lexicon.classes;
                        matches!(tree.rel(t), Rel::Nsubj | Rel::NsubjPass)
                            && (c.has(tree.lemma(t), "militant")
                                || c.has(tree.lemma(t), "civilian")
                                || matches!(tree.lemma(t), "none" | "member" | "camp" | "target"))
                    });
                    let tokens: Vec<usize> = (s.tokens.0..=s.tokens.1).collect();
                    let set = lexicon
                        .claim_phrases
                        .iter()
                        .find(|p| p.stance == Stance::Denies && stands(tree, &tokens, &p.groups))
                        .map(|p| p.aspect);
                    let aspect = set.unwrap_or(if people { Aspect::Target } else { Aspect::Occurrence });
                    let about =
                        if people || set.is_some() { nearest_or_denied(events, sentence, lexicon) } else { about };
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
