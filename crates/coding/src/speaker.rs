//! Who speaks when a phrase speaks: newspapers relay, hospitals are their medics, missions speak for their body, "the
//! ministry" is the one named before.

use crate::who::{Part, Resolver, Who};
use counterclaim_lexicon::fold;
use counterclaim_text::{ActorKind, Level, Rel, Upos};

/// How many words back the place of a local office is looked for.
const BACK: usize = 80;

/// How many words of a phrase are looked through for a full name.
const NAMED: usize = 16;

impl Resolver<'_> {
    /// The authority of the place that was named last before a local office.
    pub(crate) fn local(&self, head: usize) -> Option<Who> {
        let small = |t: usize| {
            let place = self.entities.place(t).filter(|p| !p.demonym && p.place.level != Level::Country)?;
            let capital =
                self.lexicon.actors.find(std::iter::once(fold(self.tree.word(t)).as_str()), self.tree.word(t));
            capital.is_none().then_some(place)
        };
        let place = (head.saturating_sub(BACK)..head).rev().find_map(small)?;
        let state = self.lexicon.actors.state_of_country(&place.place.country)?;
        let actor = self.lexicon.actors.authority(&state.name, &self.entities.context.day).to_string();
        Some(Who { actor, kind: ActorKind::State, via: String::new() })
    }

    /// "the mayor", "a local official": an office that sits where things happen, whichever state was spoken of last.
    pub(crate) fn sits_there(&self, head: usize) -> bool {
        let (t, classes) = (self.tree, &self.lexicon.classes);
        classes.has(t.lemma(head), "localoffice")
            || ["official", "force"].iter().any(|c| classes.has(t.lemma(head), c))
                && t.kids(head).any(|k| classes.has(t.lemma(k), "localword"))
    }

    /// The state of a person of public life whose full name stands in the phrase.
    pub(crate) fn statesman(&self, head: usize) -> Option<Who> {
        let (a, b) = self.tree.hull(head);
        let words: Vec<String> = (a..=b.min(a + NAMED)).map(|i| fold(self.tree.word(i))).collect();
        let named = |k: usize| self.lexicon.plover.person(words[k..].iter().map(String::as_str));
        let (_, person) = (0..words.len()).filter_map(named).find(|(n, _)| *n > 1)?;
        let state = self.lexicon.actors.state_of_code(&person.country)?;
        let actor = self.lexicon.actors.authority(&state.name, &self.entities.context.day).to_string();
        Some(Who { actor, kind: ActorKind::State, via: String::new() })
    }

    /// Who speaks when a phrase speaks: newspapers relay, hospitals are their medics, missions speak for their body.
    pub(crate) fn speaker(&self, head: usize) -> Option<Who> {
        let t = self.tree;
        let classes = &self.lexicon.classes;
        let words = |class: &str| {
            let name = t.kids(head).filter(|k| matches!(t.rel(*k), Rel::Compound | Rel::Flat | Rel::Amod));
            std::iter::once(head)
                .chain(name)
                .any(|k| classes.has(t.lemma(k), class) || classes.has(&fold(t.word(k)), class))
        };
        let mention = self.entities.actor(head);
        if words("media") && mention.is_none_or(|m| m.kind == ActorKind::Media) {
            let owner = self.owner(head, 0);
            let state = t.kids(head).any(|k| t.lemma(k) == "state");
            return match owner {
                Some(o) if o.kind == ActorKind::ArmedGroup || state => Some(Who { via: t.word(head).to_string(), ..o }),
                _ => Some(Who { actor: self.name(head), kind: ActorKind::Media, via: String::new() }),
            };
        }
        if words("hospital") && t.upos(head) == Upos::Propn {
            return Some(Who { actor: "medics".into(), kind: ActorKind::Role, via: self.name(head) });
        }
        // "a ministry source": the ministry's.
        if let Some(m) = mention.filter(|m| matches!(m.actor.as_str(), "sources" | "officials")) {
            let organ = t.kids(m.head as usize).find_map(|k| {
                let o =
                    self.entities.actor(k).filter(|_| matches!(t.rel(k), Rel::Compound | Rel::Amod | Rel::NmodPoss))?;
                matches!(o.kind, ActorKind::Organ | ActorKind::State | ActorKind::ArmedGroup).then_some(k)
            });
            if let Some(w) = organ.and_then(|k| self.speaker(k)) {
                return Some(Who { via: m.span.of(t.text).to_string(), ..w });
            }
        }
        // "President Volodymyr X": the state of a person of public life, not the one that the report speaks of.
        if let Some(m) = mention.filter(|m| m.rule.ends_with("(home)") || m.rule.ends_with("(unowned)"))
            && let Some(w) = self.statesman(head)
        {
            return Some(Who { via: m.span.of(t.text).to_string(), ..w });
        }
        // "the ministry" is the one that was named with its state before.
        if let Some(m) = mention.filter(|m| m.rule.ends_with("(home)")) {
            let end = self.entities.actors.partition_point(|o| o.head < m.head);
            let before = self.entities.actors[..end]
                .iter()
                .rev()
                .find(|o| o.rule.ends_with("(own)") && t.lemma(o.head as usize) == t.lemma(m.head as usize));
            if let Some(o) = before {
                return Some(Who { actor: o.actor.clone(), ..self.of_mention(m, head) });
            }
        }
        // "the mayor" is the one of the place that was named before, whichever state was spoken of last.
        if let Some(m) = mention.filter(|m| !m.rule.ends_with("(own)"))
            && self.sits_there(head)
            && let Some(w) = self.local(head)
        {
            return Some(Who { via: m.span.of(t.text).to_string(), ..w });
        }
        // "the army" of the country where things happen, if the report has no home.
        if let Some(m) = mention.filter(|m| m.rule.ends_with("(unowned)"))
            && let Some(w) = self.owner(head, 0).or_else(|| self.force_state(head))
        {
            return Some(Who { via: m.span.of(t.text).to_string(), ..w });
        }
        let who = self.named(head, Part::Speaker)?;
        match self.lexicon.actors.get(&who.actor) {
            Some(a) if a.kind == ActorKind::Igo && a.parent == "United Nations" => {
                let via = if who.via.is_empty() { a.name.clone() } else { format!("{}, {}", who.via, a.name) };
                Some(Who { actor: a.parent.clone(), via, ..who })
            }
            _ => Some(who),
        }
    }
}
