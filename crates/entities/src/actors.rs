//! Actors: names from the registry, organs with the state they belong to.

use crate::Words;
use crate::context::{Context, canonical};
use counterclaim_lexicon::{Actor, Lexicon, OrganTerm};
use counterclaim_text::{ActorKind, ActorMention, PlaceMention, Rel, Syntax, Upos};

/// A registry name or organ term found in the text, not yet resolved to who acts.
pub(crate) struct Name<'a> {
    pub first: usize,
    pub last: usize,
    pub head: usize,
    pub what: What<'a>,
}

pub(crate) enum What<'a> {
    Actor { actor: &'a Actor, capital: bool, demonym: bool },
    Organ(&'a OrganTerm),
}

/// The token of `first..=last` whose head lies outside.
pub(crate) fn head_of(syntax: &Syntax, first: usize, last: usize) -> usize {
    (first..=last).find(|i| syntax.head(*i).is_none_or(|h| h < first || h > last)).unwrap_or(last)
}

/// Finds registry names and organ terms, longest first, left to right.
pub(crate) fn names<'a>(
    text: &str,
    syntax: &Syntax,
    words: &Words,
    lexicon: &'a Lexicon,
    date_at: &[u32],
) -> Vec<Name<'a>> {
    let mut out: Vec<Name<'a>> = Vec::new();
    let n = syntax.tokens.len();
    let mut i = 0;
    while i < n {
        let token = &syntax.tokens[i];
        if words.is_empty(i)
            || date_at[i] != u32::MAX
            || matches!(token.upos, Upos::Verb | Upos::Aux | Upos::Det | Upos::Adp | Upos::Pron)
                && !is_capitalised(token.span.of(text))
        {
            i += 1;
            continue;
        }
        let surface = &text[token.span.start as usize..];
        let actor = lexicon.actors.find(words.from(i, 12), surface).filter(|f| {
            // "us" and other pronouns are no states.
            (token.upos != Upos::Pron) && (f.words > 1 || !f.demonym || is_capitalised(surface))
        });
        let organ = lexicon.actors.find_organ(words.from(i, 10));
        let take = match (&actor, &organ) {
            (Some(f), Some((m, _))) if *m > f.words => None,
            (Some(f), _) => words
                .last_token(i, f.words)
                .map(|last| (last, What::Actor { actor: f.actor, capital: f.capital, demonym: f.demonym })),
            _ => None,
        };
        let take = take.or_else(|| organ.and_then(|(m, t)| words.last_token(i, m).map(|last| (last, What::Organ(t)))));
        match take {
            Some((last, what))
                if !(matches!(what, What::Organ(_)) && last == i && matches!(token.upos, Upos::Adj | Upos::Adv)) =>
            {
                out.push(Name { first: i, last, head: head_of(syntax, i, last), what });
                i = last + 1;
            }
            _ => i += 1,
        }
    }
    out
}

pub(crate) fn is_capitalised(s: &str) -> bool {
    s.chars().next().is_some_and(char::is_uppercase)
}

/// Resolves names to mentions: organs get the state they belong to.
pub(crate) fn resolve(
    text: &str,
    syntax: &Syntax,
    lexicon: &Lexicon,
    names: &[Name],
    places: &[PlaceMention],
    context: &Context,
) -> Vec<ActorMention> {
    let n = syntax.tokens.len();
    let mut name_at: Vec<Option<usize>> = vec![None; n];
    for (id, name) in names.iter().enumerate() {
        for slot in &mut name_at[name.first..=name.last] {
            *slot = Some(id);
        }
    }
    let mut place_at: Vec<Option<&PlaceMention>> = vec![None; n];
    for p in places {
        for slot in place_at.iter_mut().take(p.tokens.1 as usize + 1).skip(p.tokens.0 as usize) {
            *slot = Some(p);
        }
    }
    let mut children: Vec<Vec<u32>> = vec![Vec::new(); n];
    for i in 0..n {
        if let Some(h) = syntax.head(i) {
            children[h].push(i as u32);
        }
    }
    let home = lexicon.actors.state_of_country(&context.home).map(|s| s.name.clone());
    // "the army" in the release of a state is its own; in that of an aid body or an armed group it is somebody else's.
    let rules = |i: &String| {
        let state = lexicon.actors.get(i).is_some_and(|a| a.kind == ActorKind::State);
        state || home.as_ref().is_some_and(|h| canonical(lexicon, h, &context.day) == *i)
    };
    let issuer = context.issuer.as_ref().map(|i| i.actor.clone()).filter(rules);
    let default_owner = issuer.or_else(|| home.clone());
    let mut last_organ: Vec<(String, String)> = Vec::new();
    let mut out = Vec::new();
    for name in names {
        let span = syntax.tokens[name.first].span.join(syntax.tokens[name.last].span);
        let tokens = (name.first as u32, name.last as u32);
        match &name.what {
            What::Actor { actor, capital, demonym } => {
                // An adjective or noun inside an organ's phrase belongs to the organ ("Pakistani army").
                if *capital
                    && places.iter().any(|p| p.tokens.0 as usize <= name.head && name.head <= p.tokens.1 as usize)
                    && !acts(syntax, name.head)
                {
                    continue;
                }
                let whole = actor.kind != ActorKind::Organ;
                out.push(ActorMention {
                    span,
                    tokens,
                    head: name.head as u32,
                    actor: canonical(lexicon, &actor.name, &context.day),
                    kind: actor.kind,
                    via: if whole { String::new() } else { span.of(text).to_string() },
                    sector: actor.sector.clone(),
                    rule: format!(
                        "actors/{}{}",
                        actor.name,
                        if *demonym {
                            " (demonym)"
                        } else if *capital {
                            " (capital)"
                        } else {
                            ""
                        }
                    ),
                });
            }
            What::Organ(term) => {
                let owner = owner_of(name.head, syntax, &children, &name_at, names, &place_at, lexicon, 0);
                let (actor, kind, rule) = match owner {
                    Some((a, k)) => (a, k, "own"),
                    None => match last_organ
                        .iter()
                        .rev()
                        .find(|(t, _)| *t == term.term && term.role != counterclaim_lexicon::OrganRole::Force)
                    {
                        Some((_, a)) => (a.clone(), ActorKind::State, "earlier"),
                        // "Jets bombed a village": whose they were is not said by where it lies.
                        None => match default_owner.as_ref().filter(|_| {
                            context.issuer.is_some() || !lexicon.classes.has(syntax.lemma(name.head), "aircraft")
                        }) {
                            Some(s) => (s.clone(), ActorKind::State, "home"),
                            None => (String::new(), ActorKind::Organ, "unowned"),
                        },
                    },
                };
                let actor = canonical(lexicon, &actor, &context.day);
                if rule == "own" {
                    last_organ.push((term.term.clone(), actor.clone()));
                }
                let kind = if kind == ActorKind::State { ActorKind::Organ } else { kind };
                out.push(ActorMention {
                    span,
                    tokens,
                    head: name.head as u32,
                    actor,
                    kind,
                    via: span.of(text).to_string(),
                    sector: term.sector.clone(),
                    rule: format!("actors/organ-terms/{} ({rule})", term.term),
                });
            }
        }
    }
    out
}

/// True if the token acts (subject, agent, genitive), so that a capital stands for its state.
fn acts(syntax: &Syntax, i: usize) -> bool {
    matches!(
        syntax.tokens[i].rel,
        Rel::Nsubj
            | Rel::NsubjPass
            | Rel::NsubjOuter
            | Rel::OblAgent
            | Rel::NmodPoss
            | Rel::Obj
            | Rel::Iobj
            | Rel::Root
            | Rel::Compound
            | Rel::Conj
    )
}

/// The state or group that an organ's head noun belongs to, from its genitives, adjectives, compounds, "of" and "in" phrases.
#[allow(clippy::too_many_arguments)]
fn owner_of(
    head: usize,
    syntax: &Syntax,
    children: &[Vec<u32>],
    name_at: &[Option<usize>],
    names: &[Name],
    place_at: &[Option<&PlaceMention>],
    lexicon: &Lexicon,
    depth: usize,
) -> Option<(String, ActorKind)> {
    if depth > 4 {
        return None;
    }
    let mut found: Option<(u8, String, ActorKind)> = None;
    for c in &children[head] {
        let c = *c as usize;
        // "Inspector General of Police" does not belong to a town called Police.
        if name_at[c].is_some() && name_at[c] == name_at[head] {
            // "the Norland army spokesman": the owner may hang on the other word of the name.
            let inner = owner_of(c, syntax, children, name_at, names, place_at, lexicon, depth + 1);
            if let Some((a, k)) = inner.filter(|_| found.is_none()) {
                found = Some((1, a, k));
            }
            continue;
        }
        let rel = syntax.tokens[c].rel;
        let rank = match rel {
            Rel::NmodPoss | Rel::Amod | Rel::Compound | Rel::Flat | Rel::NmodDesc => 0,
            Rel::Nmod => match case_lemma(c, syntax, children) {
                Some("of" | "for" | "from") => 1,
                Some("in" | "at") => 2,
                _ => continue,
            },
            Rel::Appos | Rel::NmodUnmarked => 3,
            _ => continue,
        };
        let hit = name_at[c]
            .and_then(|id| match &names[id].what {
                What::Actor { actor, .. }
                    if !matches!(actor.kind, ActorKind::Community | ActorKind::Role | ActorKind::Media) =>
                {
                    Some((actor.name.clone(), actor.kind))
                }
                // "Tajik soldiers": a people by name, its state by its soldiers.
                What::Actor { actor, .. } if actor.kind == ActorKind::Community => {
                    lexicon.actors.state_of_word(syntax.lemma(c)).map(|s| (s.name.clone(), ActorKind::State))
                }
                _ => None,
            })
            .or_else(|| {
                let p = place_at[c]?;
                lexicon.actors.state_of_country(&p.place.country).map(|s| (s.name.clone(), ActorKind::State))
            })
            .or_else(|| owner_of(c, syntax, children, name_at, names, place_at, lexicon, depth + 1));
        if let Some((a, k)) = hit
            && found.as_ref().is_none_or(|(r, ..)| rank < *r)
        {
            found = Some((rank, a, k));
        }
    }
    // "Pakistan army": the organ may itself be the compound head of a larger name; "ministry spokesman": look up once.
    if found.is_none()
        && depth == 0
        && matches!(syntax.tokens[head].rel, Rel::Compound | Rel::NmodPoss | Rel::Appos | Rel::Flat | Rel::NmodDesc)
    {
        let up = syntax.head(head)?;
        // "A drone strike in Marib": what the strike hit owns no drone.
        let body = syntax.tokens[head].rel != Rel::Compound
            || name_at[up].is_some()
            || lexicon.classes.has(syntax.lemma(up), "official")
            || lexicon.classes.has(syntax.lemma(up), "force");
        if !body {
            return owner_by_name(up, syntax, children, name_at, names);
        }
        return owner_of(up, syntax, children, name_at, names, place_at, lexicon, 3);
    }
    found.map(|(_, a, k)| (a, k))
}

/// The actor that stands before or owns a noun by name: "Yemen's drone strike", "a Turkish drone strike".
fn owner_by_name(
    noun: usize,
    syntax: &Syntax,
    children: &[Vec<u32>],
    name_at: &[Option<usize>],
    names: &[Name],
) -> Option<(String, ActorKind)> {
    let beside = |c: &usize| matches!(syntax.tokens[*c].rel, Rel::NmodPoss | Rel::Amod | Rel::Compound);
    children[noun].iter().map(|c| *c as usize).filter(beside).find_map(|c| match &names[name_at[c]?].what {
        What::Actor { actor, .. }
            if !matches!(actor.kind, ActorKind::Community | ActorKind::Role | ActorKind::Media) =>
        {
            Some((actor.name.clone(), actor.kind))
        }
        _ => None,
    })
}

fn case_lemma<'a>(i: usize, syntax: &'a Syntax, children: &[Vec<u32>]) -> Option<&'a str> {
    children[i].iter().map(|c| *c as usize).find(|c| syntax.tokens[*c].rel == Rel::Case).map(|c| syntax.lemma(c))
}
