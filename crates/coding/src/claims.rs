//! Claims: what each statement asserts, denies, admits or demands about the events that it tells of.

use crate::events::EventDraft;
use crate::speech::{Speech, Speeches};
use crate::standing;
use crate::structure::Structure;
use crate::tree::Tree;
use crate::who::{Part, Resolver, Who};
use counterclaim_lexicon::Lexicon;
use counterclaim_text::{ActorKind, Aspect, Modality, Polarity, Rel, Span, Stance, TollKind, Upos};

/// A claim that waits for its incident.
#[derive(Clone, Debug, PartialEq)]
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
                || denial && s.content.is_some_and(|c| {
                    let (a, b) = tree.hull(c);
                    (a..=b).any(|t| {
                        matches!(
                            tree.lemma(t),
                            "role" | "involvement" | "responsibility" | "hand" | "connection" | "link" | "part" | "complicity"
                        )
                    })
                });
            let aspect = if tree.lemma(e.trigger as usize) == "target" || tree.lemma(e.trigger as usize) == "hit" {
                Aspect::Target
            } else if !denial && matches!(tree.lemma(e.trigger as usize), "kill" | "injure" | "wound") {
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
    responsibility(tree, who, lexicon, speeches, events, &mut out);
    phrases(tree, who, lexicon, build, speeches, events, &mut out);
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
                    .filter(|_| s.content.is_some_and(|c| matches!(tree.lemma(c), "which" | "something")))
                    .map(|c| (c.event, c.slug.clone()));
                let said =
                    out.iter().rev().find(|c| c.sentence <= sentence && c.sentence + 1 >= sentence && c.slug.is_some());
                let slug = slug.or_else(|| said.filter(|_| pointing).and_then(|c| c.slug.clone()));
                let before = if pointing { sentence.saturating_sub(1) } else { sentence };
                let slug = charge.as_ref().and_then(|c| c.1.clone()).or(slug);
                let about = match &charge {
                    Some((event, _)) => *event,
                    None if slug.is_some() => None,
                    None => accusation(events, before, lexicon, &s.speaker.actor),
                };
                let role = s.rule.ends_with("/from")
                    || (s.tokens.0..=s.tokens.1).any(|t| {
                        matches!(tree.lemma(t), "role" | "involvement" | "responsibility" | "part" | "complicity")
                    });
                let accused = role || about.is_some_and(|k| events[k].perpetrators.contains(&s.speaker.actor));
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
                nearest(events, sentence, lexicon),
                None,
                "responsibility",
            ),
            Stance::Asserts if s.negated => {}
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
                } else if let Some((value, span)) = culprit(tree, who, lexicon, s, out).filter(|_| !negative) {
                    let claim = (Stance::Accuses, Aspect::Perpetrator);
                    let draft = ClaimDraft::new(tree, &s.speaker, claim, span, sentence, format!("{}/culprit", s.rule));
                    out.push(ClaimDraft { value, event: nearest(events, sentence, lexicon), ..draft });
                } else if let Some((value, who)) = identity(tree, who, lexicon, s).filter(|_| !negative)
                    && let Some(event) = nearest(events, sentence, lexicon)
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
                    && s.content.is_some_and(|c| !matches!(tree.lemma(c), "want" | "need" | "wish"))
                {
                    // Only words that speak of an act deny one; other negative statements stand for themselves.
                    let acts = (s.tokens.0..=s.tokens.1).any(|t| {
                        matches!(tree.lemma(t), "such" | "incident" | "action")
                            || lexicon
                                .rules
                                .triggered(tree.lemma(t), tree.upos(t) == Upos::Verb)
                                .any(|r| violent(lexicon, &r.kind) && !r.weak)
                    });
                    let about = accusation(events, sentence, lexicon, &s.speaker.actor).filter(|_| acts);
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
                    let about = if people || set.is_some() { nearest(events, sentence, lexicon) } else { about };
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

/// "its army responded", "our troops returned fire": a speaker's own part in an exchange that the other side began.
fn answers(
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
            "take" => object(&["measure"]) && tree.kids(i).chain(tree.kid(i, &[Rel::Obj])).any(|k| {
                tree.kids(k).any(|m| matches!(tree.lemma(m), "retaliatory" | "retaliation"))
            }),
            _ => false,
        };
        let Some(s) = speeches.of[i].map(|s| &speeches.all[s as usize]).filter(|_| answer) else { continue };
        if s.stance != Stance::Asserts || s.negated || crate::speech::negated(tree, i) || crate::speech::hypothetical(tree, i) {
            continue;
        }
        let f = crate::frame::frame(tree, i);
        let forces = |x: &usize| {
            lexicon.classes.has(tree.lemma(*x), "force") || who.entities.actor(*x).is_some_and(|m| m.sector == "MIL" || m.kind == ActorKind::ArmedGroup)
        };
        let own = f.subj.iter().filter(|x| forces(x)).filter_map(|x| who.resolve(*x, Part::Doer)).any(|w| w.actor == s.speaker.actor);
        let sentence = tree.sentence(i) as u32;
        let event = nearest_of(events, sentence, lexicon, |e| FIRE.contains(&e.kind.as_str()) && sentence - e.sentence <= 2);
        let claim = (owns(lexicon, &s.speaker), Aspect::Responsibility);
        let told = out.iter().any(|c| c.stance == claim.0 && c.speaker == s.speaker.actor && c.event == event);
        if !own || event.is_none() || told {
            continue;
        }
        let (a, b) = tree.hull(i);
        let draft = ClaimDraft::new(tree, &s.speaker, claim, tree.span_of(a, b), sentence, format!("{}/answer", s.rule));
        out.push(ClaimDraft { value: s.speaker.actor.clone(), event, ..draft });
    }
}

/// "our forces did not fire", "its side never shot back": what a speaker denies of its own, told by no event.
fn own_denials(
    tree: &Tree,
    who: &Resolver,
    lexicon: &Lexicon,
    speeches: &Speeches,
    events: &[EventDraft],
    out: &mut Vec<ClaimDraft>,
) {
    const ACTS: &[&str] = &["fire", "shoot", "shell", "cross", "enter", "open", "attack", "bomb", "plant", "lay", "strike", "hit", "violate"];
    for i in (0..tree.len()).filter(|i| tree.upos(*i) == Upos::Verb && ACTS.contains(&tree.lemma(*i))) {
        let Some(s) = speeches.of[i].map(|s| &speeches.all[s as usize]) else { continue };
        let subject = tree.kid(i, &[Rel::Nsubj]);
        let nobody = subject.is_some_and(|x| tree.kids(x).any(|k| matches!(tree.lemma(k), "no" | "not" | "never")));
        let negative = crate::speech::negated(tree, i) || nobody;
        if s.stance != Stance::Asserts || s.negated || !negative || crate::speech::hypothetical(tree, i) {
            continue;
        }
        let own = subject.and_then(|x| who.resolve(x, Part::Doer)).is_some_and(|w| w.actor == s.speaker.actor);
        let sentence = tree.sentence(i) as u32;
        let told = out.iter().any(|c| c.stance == Stance::Denies && c.speaker == s.speaker.actor && c.sentence == sentence);
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

/// Who was hit, in any clause of what somebody says: "the dead were villagers", "the two passengers were soldiers in plain
/// clothes". The second denies what its subject says.
fn identities(
    tree: &Tree,
    who: &Resolver,
    lexicon: &Lexicon,
    build: &Structure,
    speeches: &Speeches,
    events: &[EventDraft],
    out: &mut Vec<ClaimDraft>,
) {
    const DEAD: &[&str] = &["victim", "dead", "those", "other", "body", "deceased", "casualty", "killed"];
    for c in 0..tree.len() {
        let Some(s) = speeches.of[c].map(|s| &speeches.all[s as usize]) else { continue };
        if tree.kid(c, &[Rel::Cop]).is_none() || build.question[c] || s.negated || !matches!(tree.upos(c), Upos::Noun | Upos::Propn) {
            continue;
        }
        let Some(subject) = tree.kids(c).filter(|k| tree.rel(*k) == Rel::Nsubj).min_by_key(|k| k.abs_diff(c)) else { continue };
        let negative = crate::speech::negated(tree, c) || crate::speech::hypothetical(tree, c) || matches!(tree.lemma(subject), "none" | "nobody");
        let classes = &lexicon.classes;
        let people = classes.has(tree.lemma(subject), "civilian");
        let armed = classes.has(tree.lemma(c), "militant") || classes.has(tree.lemma(c), "force") || classes.has(tree.lemma(c), "combatant");
        let Some(found) = who.resolve(c, Part::Victim) else { continue };
        let group = lexicon.actors.get(&found.actor).is_some_and(|a| a.kind == ActorKind::ArmedGroup);
        let sentence = tree.sentence(c) as u32;
        let fits = found.actor == "civilians" || group || found.actor.starts_with("unidentified");
        let claim = if negative {
            continue;
        } else if DEAD.contains(&tree.lemma(subject)) && fits {
            (Stance::Asserts, Aspect::Target)
        } else if people && (armed || group) && found.actor != "civilians" || people && tree.kids(c).any(|k| matches!(tree.lemma(k), "serve" | "serving" | "armed" | "uniformed"))
        {
            (Stance::Denies, Aspect::Target)
        } else {
            continue;
        };
        let told = |d: &ClaimDraft| d.speaker == s.speaker.actor && d.aspect == claim.1 && d.stance == claim.0 && d.sentence == sentence;
        let event = nearest(events, sentence, lexicon);
        if out.iter().any(told) {
            continue;
        }
        let value = if claim.0 == Stance::Denies { "civilians".to_string() } else { found.actor };
        let span = tree.span_of(tree.hull(subject).0, tree.hull(c).1);
        let draft = ClaimDraft::new(tree, &s.speaker, claim, span, sentence, format!("{}/identity", s.rule));
        out.push(ClaimDraft { value, event, ..draft });
    }
}

/// Whom "it was the ELN" names, said by somebody who was accused right before.
fn culprit(tree: &Tree, who: &Resolver, lexicon: &Lexicon, s: &Speech, out: &[ClaimDraft]) -> Option<(String, Span)> {
    let c = s.content?;
    tree.kid(c, &[Rel::Cop])?;
    if !tree.kids(c).any(|k| matches!(tree.rel(k), Rel::Nsubj | Rel::Expl) && tree.lemma(k) == "it") {
        return None;
    }
    let sentence = tree.sentence(c) as u32;
    let accused = |d: &ClaimDraft| {
        matches!(d.stance, Stance::Accuses | Stance::Denies) && sentence.abs_diff(d.sentence) <= 2
    };
    let named = who.resolve(c, Part::Doer).filter(|w| w.actor != s.speaker.actor)?;
    let kind = lexicon.actors.get(&named.actor).map(|a| a.kind);
    let side = matches!(kind, Some(ActorKind::ArmedGroup | ActorKind::State));
    (side && out.iter().any(accused)).then(|| (named.actor, s.span(tree)))
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
            for p in lexicon.claim_phrases.iter().filter(|p| stands(tree, &tokens, &p.groups)) {
                let own = |c: &ClaimDraft| {
                    c.sentence.abs_diff(n as u32) <= 2 && c.speaker == s.speaker.actor && c.stance == p.stance
                };
                if out.iter().any(own) {
                    continue;
                }
                let slug = standing::slug(tree, who, lexicon, first, last, &s.speaker.actor)
                    .filter(|_| p.aspect == Aspect::Standing);
                // "none of our men was in Srifa": what was told of that place.
                let there = tokens.iter().find_map(|t| {
                    let place = who.entities.place(*t).filter(|p| !p.demonym)?;
                    let told = |e: &EventDraft| e.places.iter().any(|q| q.name == place.place.name);
                    (0..events.len()).find(|k| events[*k].real() && violent(lexicon, &events[*k].kind) && told(&events[*k]))
                });
                let near = |d: bool| match d {
                    _ if there.is_some() => there,
                    true => accusation(events, n as u32, lexicon, &s.speaker.actor),
                    false => nearest(events, n as u32, lexicon),
                };
                let event = slug.is_none().then(|| near(p.stance == Stance::Denies)).flatten();
                let span = tree.span_of(first, last);
                let claim = (p.stance, if event.is_none() { Aspect::Standing } else { p.aspect });
                let draft = ClaimDraft::new(tree, &s.speaker, claim, span, n as u32, "claims/phrase".into());
                out.push(ClaimDraft { event, slug, ..draft });
            }
        }
    }
}

/// How far apart the words of a set phrase may stand.
const PHRASE: usize = 12;

/// True if a word of each group stands among the tokens, in the order of the groups and near each other.
fn stands(tree: &Tree, tokens: &[usize], groups: &[Vec<String>]) -> bool {
    let is = |t: usize, g: &Vec<String>| {
        g.iter().any(|w| {
            tree.lemma(t) == w || tree.word(t).eq_ignore_ascii_case(w) || w == "not" && tree.lemma(t) == "n't"
        })
    };
    let Some((head, rest)) = groups.split_first() else { return false };
    tokens.iter().enumerate().filter(|(_, t)| is(**t, head)).any(|(k, _)| {
        let mut at = k;
        rest.iter().all(|g| match (at + 1..tokens.len().min(k + PHRASE)).find(|n| is(tokens[*n], g)) {
            Some(n) => {
                at = n;
                true
            }
            None => false,
        })
    })
}

/// "claimed responsibility", "accepted responsibility", "claimed the attack", "said it was behind", "said its men had
/// done it"; of another, the last two accuse.
fn responsibility(
    tree: &Tree,
    who: &Resolver,
    lexicon: &Lexicon,
    speeches: &Speeches,
    events: &[EventDraft],
    out: &mut Vec<ClaimDraft>,
) {
    for i in 0..tree.len() {
        let verb = tree.upos(i) == Upos::Verb;
        let claim = verb
            && matches!(tree.lemma(i), "claim" | "accept" | "own" | "take" | "assume" | "admit" | "acknowledge");
        // "it was behind the killing": the noun carries the clause, or "behind" itself does.
        let copular = |k: usize| tree.kids(k).any(|c| tree.rel(c) == Rel::Cop);
        let clause = if tree.rel(i) == Rel::Case { tree.head(i).unwrap_or(i) } else { i };
        let stood = || tree.head(i).is_some_and(|h| tree.lemma(h) == "stand") || tree.head(clause).is_some_and(|h| tree.lemma(h) == "stand");
        let behind = tree.lemma(i) == "behind" && (copular(clause) || stood());
        let done = verb && matches!(tree.lemma(i), "do" | "carry" | "commit" | "perpetrate" | "stage" | "conduct" | "execute");
        if !claim && !behind && !done {
            continue;
        }
        let f = crate::frame::frame(tree, i);
        let object = f.obj.first().copied();
        let word = object.map_or("", |o| tree.lemma(o));
        let pointing = matches!(word, "it" | "this" | "that");
        let claims_act = claim
            && (matches!(word, "responsibility" | "credit")
                || tree.lemma(i) == "claim"
                    && object.is_some_and(|o| {
                        events.iter().any(|e| e.trigger as usize == o) || who.entities.place(o).is_some()
                    })
                || tree.lemma(i) == "acknowledge" && matches!(word, "act" | "attack"));
        let held = speeches.of[i].map(|s| &speeches.all[s as usize]).filter(|s| s.stance == Stance::Asserts && !s.negated);
        let told = (behind || done && pointing) && held.is_some();
        if !claims_act && !told {
            continue;
        }
        let negative = |i: usize| tree.kids(i).any(|k| matches!(tree.lemma(k), "not" | "n't" | "never"));
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
        let event = events
            .iter()
            .position(|e| e.sentence == sentence && e.real() && violent(lexicon, &e.kind))
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
