//! Coreference, as far as a desk needs it: "it", "their", "the group", "the country" to the actor meant, where one is clear.
//!
//! Candidates are the actors named in the sentence at hand and the three before it. Each gets points for being near and
//! for its part in the clause; the best wins only if no other actor comes close, otherwise nobody is meant. This is the
//! salience scheme of Lappin and Leass (1994), cut down to what news needs and made to abstain.

use crate::tree::Tree;
use crate::who::{Part, Resolver, Who};
use counterclaim_text::{ActorKind, ActorMention, Rel, Upos};

/// How many sentences back a pronoun or description reaches.
const REACH: usize = 3;

/// How far the best candidate must be ahead of the next.
const AHEAD: i32 = 2;

/// Bodies that "it" and "they" may mean.
const BODIES: &[ActorKind] = &[
    ActorKind::State,
    ActorKind::Organ,
    ActorKind::ArmedGroup,
    ActorKind::Party,
    ActorKind::Igo,
    ActorKind::Ngo,
    ActorKind::Company,
];

impl Resolver<'_> {
    /// Who a pronoun means: the issuer for "we", a person for "he", else the body that stands out before it.
    pub(crate) fn pronoun(&self, i: usize, part: Part) -> Option<Who> {
        let key = (i, part);
        if let Some(known) = self.pronouns.borrow().get(&key) {
            return known.clone();
        }
        self.pronouns.borrow_mut().insert(key, None);
        let found = self.look_up(i, part);
        self.pronouns.borrow_mut().insert(key, found.clone());
        found
    }

    fn look_up(&self, i: usize, part: Part) -> Option<Who> {
        let t = self.tree;
        let word = t.word(i).to_lowercase();
        match word.as_str() {
            "we" | "our" | "us" | "i" | "my" | "ours" | "own" => self.entities.context.issuer.as_ref().map(|x| Who {
                actor: x.actor.clone(),
                kind: ActorKind::State,
                via: x.via.clone(),
            }),
            "whose" => self.whose(i, part),
            "he" | "she" | "his" | "her" | "him" => self.person(i, part),
            // "it emerged that": stands for nobody.
            "it" if t.rel(i) == Rel::Expl
                && t.head(i).is_none_or(|h| {
                    t.upos(h) != Upos::Verb || t.kid(h, &[Rel::Ccomp, Rel::Csubj, Rel::Xcomp]).is_some()
                }) =>
            {
                None
            }
            "it" | "its" | "they" | "their" | "them" => self.reporter(i).or_else(|| self.salient(i, BODIES)),
            _ => None,
        }
    }

    /// Who a definite description means ("the group", "this country"); `None` for other phrases and where it is not clear.
    pub(crate) fn description(&self, head: usize) -> Option<Who> {
        let t = self.tree;
        let kinds = self.lexicon.descriptions.kinds(t.lemma(head));
        // "armed group" is also a word for an unknown group.
        let known = self.entities.actor(head).is_some_and(|m| !m.actor.starts_with(char::is_lowercase));
        if kinds.is_empty() || known || t.upos(head) != Upos::Noun {
            return None;
        }
        let pointing =
            t.kids(head).any(|k| t.rel(k) == Rel::Det && matches!(t.lemma(k), "the" | "this" | "that" | "these"));
        // "the group's fighters" says no more of the group; "the group of villagers" and "the armed group" do.
        let plain = t.kids(head).all(|k| {
            matches!(t.rel(k), Rel::Det | Rel::Case | Rel::Punct | Rel::Cc | Rel::Conj)
                || matches!(t.rel(k), Rel::Amod)
                    && matches!(t.lemma(k), "same" | "armed" | "militant" | "banned" | "outlawed" | "proscribed")
        });
        if pointing && plain { self.salient(head, kinds) } else { None }
    }

    /// The actor of these kinds that stands out in the sentences before token `i`; `None` if several do.
    fn salient(&self, i: usize, kinds: &[ActorKind]) -> Option<Who> {
        let t = self.tree;
        let own = t.sentence(i);
        let first = t.syntax.sentences[own.saturating_sub(REACH)].tokens().start;
        let end = self.entities.actors.partition_point(|m| (m.head as usize) < i);
        let mut points: Vec<(&ActorMention, i32)> = Vec::new();
        for m in self.entities.actors[..end].iter().rev() {
            let head = m.head as usize;
            if head < first {
                break;
            }
            // "rebels", "unidentified militants" name nobody.
            let named = !m.actor.is_empty() && !m.actor.starts_with(char::is_lowercase);
            if !named || !fits(m, kinds) || self.same_clause(i, head) {
                continue;
            }
            // An envoy is a person, whom "it" does not mean; the state is there by its own name or not at all.
            if self.lexicon.classes.has(t.lemma(head), "envoy") {
                continue;
            }
            // The subject of one sentence is mostly "it" in the next.
            let next = own == t.sentence(head) + 1 && t.rel(head) == Rel::Nsubj;
            let parallel = next && t.upos(i) == Upos::Pron && matches!(t.rel(i), Rel::Nsubj | Rel::Expl);
            let score = salience(t, head) - (own - t.sentence(head)) as i32 + i32::from(parallel);
            match points.iter_mut().find(|(p, _)| p.actor == m.actor) {
                // Being named again makes an actor a little clearer, not more than that.
                Some((_, s)) => *s = (*s).max(score) + i32::from(*s < score),
                None => points.push((m, score)),
            }
        }
        points.sort_by_key(|(m, s)| (std::cmp::Reverse(*s), std::cmp::Reverse(m.head)));
        let (best, score) = points.first()?;
        let clear = points.get(1).is_none_or(|(_, next)| score - next >= AHEAD);
        clear.then(|| self.of_mention(best, best.head as usize))
    }

    /// True if a pronoun in its own clause cannot mean this word: "Pakistan said it" can, "Pakistan hit it" cannot.
    fn same_clause(&self, i: usize, head: usize) -> bool {
        let t = self.tree;
        if t.sentence(i) != t.sentence(head) {
            return false;
        }
        // The pronoun stands inside the phrase ("the army and its allies"), or both hang on one verb.
        t.within(i, head) || t.rel(i) != Rel::NmodPoss && t.head(i).is_some() && t.head(i) == t.head(head)
    }

    /// "he", "she": the nearest earlier person who is the subject of a clause or named with an office.
    fn person(&self, i: usize, part: Part) -> Option<Who> {
        let t = self.tree;
        let own = t.sentence(i);
        let first = t.syntax.sentences[own.saturating_sub(REACH)].tokens().start;
        // "he added" goes on with who spoke before, if anybody did.
        let spoke = |at: usize| {
            t.rel(at) == Rel::Nsubj && t.head(at).is_some_and(|h| self.lexicon.cues.speech(t.lemma(h), true).is_some())
        };
        let machine = |at: usize| {
            ["aircraft", "artillery", "force"].iter().any(|c| self.lexicon.classes.has(t.lemma(at), c))
                && !self.lexicon.classes.has(t.lemma(at), "official")
        };
        let mut order: Vec<usize> = (first..i).rev().collect();
        if part == Part::Speaker {
            order.sort_by_key(|at| (own - t.sentence(*at), !spoke(*at)));
        }
        order.into_iter().filter(|at| !machine(*at)).find_map(|at| {
            let role = matches!(
                t.rel(at),
                Rel::Nsubj | Rel::NsubjPass | Rel::Obl | Rel::OblAgent | Rel::NmodPoss | Rel::Appos
            );
            let office = || self.entities.actor(at).is_some_and(|m| m.head as usize == at && !m.via.is_empty());
            if role && !(t.sentence(at) == own && t.within(i, at)) && (self.person_head(at) || office()) {
                self.resolve(at, part)
            } else {
                None
            }
        })
    }

    /// "the UN, whose representatives …": the noun that the relative clause describes.
    fn whose(&self, i: usize, part: Part) -> Option<Who> {
        let t = self.tree;
        // The noun before the comma is nearer than what the parser chose, if it is an actor.
        let before = i.checked_sub(2).filter(|_| t.word(i - 1) == ",");
        if let Some(m) = before.and_then(|k| self.entities.actor(k)).filter(|m| !m.actor.is_empty()) {
            return Some(self.of_mention(m, m.head as usize));
        }
        let verb = t.head(t.head(i)?)?;
        if t.rel(verb) == Rel::AclRelcl { self.resolve(t.head(verb)?, part) } else { None }
    }

    /// The body whose statement holds a token: "it" and "its" in what the army says mean the army.
    fn reporter(&self, i: usize) -> Option<Who> {
        let t = self.tree;
        let mut at = i;
        for _ in 0..14 {
            let h = t.head(at)?;
            let noun = t.upos(h) == Upos::Noun;
            if matches!(t.rel(at), Rel::Ccomp | Rel::Acl) && self.lexicon.cues.speech(t.lemma(h), !noun).is_some() {
                let source = if noun {
                    t.kids(h).find(|k| {
                        matches!(t.rel(*k), Rel::NmodPoss | Rel::Amod)
                            || t.rel(*k) == Rel::Nmod && matches!(t.preposition(*k), Some("by" | "of" | "from"))
                    })
                } else {
                    t.kid(h, &[Rel::Nsubj])
                };
                return source
                    .filter(|s| t.upos(*s) != Upos::Pron)
                    .and_then(|s| self.resolve(s, Part::Speaker))
                    .filter(|w| {
                        matches!(w.kind, ActorKind::State | ActorKind::Organ | ActorKind::ArmedGroup | ActorKind::Party)
                    });
            }
            at = h;
        }
        None
    }
}

/// True if the mention may be meant by a word for these kinds; an organ stands for its state.
fn fits(m: &ActorMention, kinds: &[ActorKind]) -> bool {
    kinds.contains(&m.kind) || m.kind == ActorKind::Organ && kinds.contains(&ActorKind::State)
}

/// Points for the part that a word plays in its clause.
fn salience(t: &Tree, mut head: usize) -> i32 {
    while t.rel(head) == Rel::Conj
        && let Some(h) = t.head(head)
    {
        head = h;
    }
    match t.rel(head) {
        Rel::Nsubj | Rel::NsubjPass | Rel::NsubjOuter => 6,
        Rel::OblAgent => 5,
        Rel::Obj | Rel::Iobj | Rel::Root => 4,
        Rel::Obl | Rel::Appos => 3,
        // "the group's spokesman": what stands before the noun counts as much as the noun's part, less one.
        Rel::NmodPoss | Rel::Compound | Rel::Amod => t.head(head).map_or(2, |h| match t.rel(h) {
            Rel::Nsubj | Rel::NsubjPass => 4,
            _ => 2,
        }),
        _ => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use counterclaim_lexicon::Lexicon;
    use counterclaim_syntax::Model;
    use counterclaim_text::Report;

    /// Whom the first word that reads `phrase` means; "-" for nobody.
    fn meant(text: &str, phrase: &str) -> String {
        let report = Report { text: text.into(), source: "Example Wire".into(), ..Report::default() };
        let lexicon = Lexicon::embedded();
        let syntax = Model::embedded().parse(text);
        let entities = counterclaim_entities::find(&report, &syntax, lexicon);
        let tree = Tree::new(text, &syntax, &lexicon.forms);
        let who = Resolver::new(&tree, &entities, lexicon);
        let Some(at) = (0..tree.len()).find(|i| tree.word(*i) == phrase) else { return "no such word".into() };
        let found = if tree.upos(at) == Upos::Pron { who.pronoun(at, Part::Doer) } else { who.description(at) };
        found.map_or("-".into(), |w| w.actor)
    }

    #[test]
    fn pronouns_in_each_others_phrases_come_to_an_end() {
        let text =
            "Idris Kone's Long Road film Rosa et Paul (1971), her biggest success abroad, is built on her quiet role.";
        assert_eq!(meant(text, "her"), "-");
    }

    #[test]
    fn the_table_holds() {
        let table = include_str!("../../../data/actors/coreference.test.tsv");
        let wrong: Vec<String> = table
            .lines()
            .skip(1)
            .filter_map(|line| {
                let cells: Vec<&str> = line.split('\t').collect();
                let [text, phrase, want] = cells[..] else { return Some(format!("three cells: {line}")) };
                let got = meant(text, phrase);
                (got != want).then(|| format!("{phrase} is {got}, not {want}: {text}"))
            })
            .collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
