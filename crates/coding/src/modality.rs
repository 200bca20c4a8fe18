//! Whether a trigger is told as a fact: negation, modals, conditions, questions, plans, advice, background.
//!
//! The walk starts at the trigger and climbs its governors. It stops at speech (what is said is told as a fact by its
//! speaker) and at finite temporal or relative clauses, which do not share the reality of the clause above them.

use crate::tree::Tree;
use counterclaim_lexicon::{Effect, Lexicon};
use counterclaim_text::{Modality, Polarity, Rel, Upos, Xpos};

/// The verdict on one trigger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Affirmed or negated.
    pub polarity: Polarity,
    /// How it is presented.
    pub modality: Modality,
    /// The token that decided it, if any.
    pub because: Option<usize>,
}

/// Paragraph and sentence facts that the walk needs.
pub struct Frames {
    /// Token lies in a question or a questioner's turn.
    pub question: Vec<bool>,
    /// Token lies in a scenario or outlook paragraph.
    pub scenario: Vec<bool>,
}

/// Judges the trigger `i`; `definite` nouns with a date or a death of their own are presupposed and stay actual.
pub fn judge(
    tree: &Tree,
    i: usize,
    verb: Option<usize>,
    lexicon: &Lexicon,
    frames: &Frames,
    presupposed: bool,
) -> Verdict {
    let mut out = Verdict { polarity: Polarity::Affirmed, modality: Modality::Actual, because: None };
    let set = |m: Modality, because: usize, out: &mut Verdict| {
        if out.modality == Modality::Actual {
            out.modality = m;
            out.because = Some(because);
        }
    };
    if frames.question[i] {
        set(Modality::Interrogative, i, &mut out);
    }
    let mut at = i;
    let mut steps = 0;
    loop {
        steps += 1;
        if steps > 60 {
            break;
        }
        own(tree, at, &mut out, &set, at != i && !same_event(tree, at, verb));
        if tree.upos(at) == Upos::Verb && finite_present(tree, at) && frames.scenario[at] {
            set(Modality::Possible, at, &mut out);
        }
        let Some(up) = tree.head(at) else { break };
        let rel = tree.rel(at);
        let light = Some(up) == verb;
        let lemma = tree.lemma(up);
        // Speech: the content stands on its own, but a negated cue negates nothing here; claims see to denials.
        let is_clause = matches!(rel, Rel::Ccomp | Rel::Parataxis | Rel::Csubj);
        if matches!(rel, Rel::Ccomp | Rel::Parataxis)
            && lexicon.cues.speech(lemma, true).is_some()
            && lexicon.modality.governs(lemma).is_none()
        {
            break;
        }
        // "could close the border, strike camps": a bare verb after a comma shares the modal; other asides stand alone.
        let bare = tree.upos(at) == Upos::Verb && tree.syntax.tokens[at].xpos == Xpos::Vb && !has_own_frame(tree, at);
        if matches!(rel, Rel::Parataxis | Rel::Appos | Rel::List) && up < at && !light && !bare {
            break;
        }
        if matches!(rel, Rel::AclRelcl | Rel::AdvclRelcl) {
            break;
        }
        if rel == Rel::Advcl && temporal(tree, at) {
            break;
        }
        if !light && presupposed && tree.upos(at) != Upos::Verb {
            break;
        }
        if !light {
            let governed = matches!(
                rel,
                Rel::Xcomp
                    | Rel::Ccomp
                    | Rel::Acl
                    | Rel::Csubj
                    | Rel::Obj
                    | Rel::Advcl
                    | Rel::Nsubj
                    | Rel::NsubjPass
                    | Rel::Obl
                    | Rel::Nmod
            );
            if governed && let Some(effect) = lexicon.modality.governs(lemma) {
                let object = matches!(rel, Rel::Obj | Rel::NsubjPass | Rel::Xcomp | Rel::Ccomp | Rel::Csubj)
                    || (rel == Rel::Obl && matches!(tree.preposition(at), Some("for" | "of" | "from" | "against")))
                    || (rel == Rel::Nmod && matches!(tree.preposition(at), Some("of" | "for")))
                    || (rel == Rel::Acl && tree.upos(up) == Upos::Noun)
                    || (rel == Rel::Nsubj && matches!(tree.upos(up), Upos::Adj))
                    || (rel == Rel::Advcl
                        && tree
                            .kids(at)
                            .any(|k| tree.rel(k) == Rel::Mark && matches!(tree.lemma(k), "from" | "of" | "for")));
                if object {
                    match effect {
                        Effect::Future => set(Modality::Future, up, &mut out),
                        Effect::Normative => set(Modality::Normative, up, &mut out),
                        Effect::Possible => set(Modality::Possible, up, &mut out),
                        Effect::Negated => {
                            // "stopped the attack": it was under way; "cancelled the talks": it was not.
                            if matches!(
                                lemma,
                                "cancel"
                                    | "avoid"
                                    | "avert"
                                    | "prevent"
                                    | "postpone"
                                    | "refuse"
                                    | "decline"
                                    | "fail"
                                    | "suspend"
                                    | "delay"
                                    | "deter"
                                    | "rescind"
                            ) || tree.upos(at) == Upos::Verb
                            {
                                out.polarity = Polarity::Negated;
                                out.because = Some(up);
                            }
                        }
                        Effect::Generic => {}
                    }
                }
            }
            if matches!(rel, Rel::Nsubj | Rel::NsubjPass)
                && lexicon.modality.has(lemma, Effect::Generic)
                && plural(tree, at)
                && tree.upos(up) == Upos::Verb
            {
                set(Modality::Generic, up, &mut out);
            }
            if rel == Rel::Xcomp && lemma == "go" && tree.word(up).eq_ignore_ascii_case("going") && infinitive(tree, at)
            {
                set(Modality::Future, up, &mut out);
            }
            // Infinitives that tell a purpose or a plan: "to attack", but not "began to shell".
            if tree.upos(at) == Upos::Verb
                && infinitive(tree, at)
                && matches!(rel, Rel::Xcomp | Rel::Acl | Rel::Advcl | Rel::Csubj | Rel::Ccomp)
                && !matches!(
                    lemma,
                    "begin"
                        | "start"
                        | "continue"
                        | "manage"
                        | "proceed"
                        | "help"
                        | "force"
                        | "lead"
                        | "go"
                        | "come"
                        | "attempt"
                        | "try"
                        | "appear"
                        | "seem"
                        | "see"
                        | "make"
                        | "cause"
                        | "first"
                        | "have"
                )
            {
                set(Modality::Future, at, &mut out);
            }
        }
        // A dependent noun or a shared verb takes over the reality of its governor; a finite clause only its condition.
        let shares = light
            || matches!(rel, Rel::Conj | Rel::Xcomp | Rel::Acl | Rel::Compound | Rel::Nmod | Rel::NmodPoss)
            || (matches!(
                rel,
                Rel::Obj | Rel::Nsubj | Rel::NsubjPass | Rel::Obl | Rel::OblAgent | Rel::Iobj | Rel::OblUnmarked
            ) && !presupposed)
            || (rel == Rel::Advcl)
            || is_clause
            || bare;
        if !shares {
            break;
        }
        if rel == Rel::Conj && tree.upos(at) == Upos::Verb && has_own_frame(tree, at) {
            // "could not agree and shelled": the second clause has its own subject or auxiliary.
            break;
        }
        at = up;
    }
    out
}

fn same_event(tree: &Tree, at: usize, verb: Option<usize>) -> bool {
    Some(at) == verb || tree.upos(at) != Upos::Verb
}

/// Modals, negation, conditions and imperative mood of one word. `above` words pass on less: their own negation does
/// not negate an event that they merely mention.
fn own(tree: &Tree, at: usize, out: &mut Verdict, set: &impl Fn(Modality, usize, &mut Verdict), above: bool) {
    // "It may be recalled that …", "it should be noted that …" present what follows as a fact.
    if above
        && matches!(
            tree.lemma(at),
            "recall" | "note" | "remember" | "mention" | "add" | "stress" | "emphasise" | "emphasize" | "say"
        )
    {
        return;
    }
    let finite = &tree.syntax.tokens;
    for k in tree.kids(at) {
        let lemma = tree.lemma(k);
        let word = tree.word(k);
        // "on 2 May were freed": the month, taken for an auxiliary.
        if finite[k].xpos == Xpos::Nnp {
            continue;
        }
        match tree.rel(k) {
            Rel::Aux | Rel::AuxPass | Rel::Cop => match lemma {
                "will" | "shall" | "'ll" | "wo" => {
                    let m = if word.eq_ignore_ascii_case("would") || word == "'d" {
                        Modality::Conditional
                    } else if word.eq_ignore_ascii_case("should") {
                        Modality::Normative
                    } else {
                        Modality::Future
                    };
                    set(m, k, out);
                }
                "would" => set(Modality::Conditional, k, out),
                "may" | "might" | "could" | "can" => set(Modality::Possible, k, out),
                "should" | "must" | "ought" => set(Modality::Normative, k, out),
                _ => {
                    // Inversion without a mark: "Were the army to be called in", "Had the shell landed".
                    let first = tree.hull(at).0;
                    let inverted = k == first
                        && matches!(word.to_lowercase().as_str(), "were" | "had" | "should")
                        && tree.rel(at) == Rel::Advcl;
                    if inverted {
                        set(Modality::Conditional, k, out);
                    }
                }
            },
            Rel::Mark => match lemma {
                "if" | "unless" | "lest" | "in_case" | "whether" => set(Modality::Conditional, k, out),
                _ => {}
            },
            Rel::Advmod | Rel::Det | Rel::Cc | Rel::CcPreconj => match lemma {
                "not" | "never" | "n't" | "no" | "neither" | "nor" | "hardly"
                    if !above || matches!(tree.upos(at), Upos::Verb) =>
                {
                    // "not only", "no longer" do not deny.
                    let next = finite.get(k + 1).map_or("", |t| t.span.of(tree.text));
                    if !matches!(next, "only" | "just" | "least" | "less")
                        && !(lemma == "no" && tree.rel(k) == Rel::Advmod)
                    {
                        out.polarity =
                            if out.polarity == Polarity::Affirmed { Polarity::Negated } else { Polarity::Affirmed };
                        out.because = Some(k);
                    }
                }
                "perhaps" | "maybe" | "possibly" | "likely" | "probably" => set(Modality::Possible, k, out),
                _ => {}
            },
            Rel::Nsubj | Rel::NsubjPass | Rel::Obj if !above => {
                let negative = matches!(lemma, "nobody" | "none" | "nothing" | "no-one")
                    || tree.kids(k).any(|d| tree.rel(d) == Rel::Det && matches!(tree.lemma(d), "no" | "neither"));
                let no_one = lemma == "one" && tree.kids(k).any(|d| tree.lemma(d) == "no");
                if negative || no_one {
                    out.polarity = Polarity::Negated;
                    out.because = Some(k);
                }
            }
            Rel::Xcomp | Rel::Advcl | Rel::Ccomp if at == k => {}
            _ => {}
        }
    }
    // "is to sit", "was to have been played": be + infinitive.
    if tree.upos(at) == Upos::Verb
        && infinitive(tree, at)
        && let Some(up) = tree.head(at)
        && tree.lemma(up) == "be"
    {
        set(Modality::Future, up, out);
    }
    if tree.upos(at) == Upos::Verb
        && infinitive(tree, at)
        && tree
            .kids(at)
            .any(|k| tree.rel(k) == Rel::Aux && tree.lemma(k) == "be" && tree.syntax.tokens[k].xpos != Xpos::Vbg)
    {
        set(Modality::Future, at, out);
    }
    // "Had the shell landed earlier, …": inversion that the parser took for a main clause.
    if let Some(up) = tree.head(at)
        && tree.word(up) == "Had"
        && tree.rel(at) == Rel::Xcomp
        && tree.syntax.sentences[tree.sentence(up)].start as usize == up
    {
        set(Modality::Conditional, up, out);
    }
    // "there was no X": the noun hangs on the copula or "there" clause.
    if !above
        && tree.upos(at) != Upos::Verb
        && let Some(up) = tree.head(at)
        && tree.lemma(up) == "be"
        && tree.kids(up).any(|k| matches!(tree.lemma(k), "not" | "never" | "n't"))
    {
        out.polarity = Polarity::Negated;
        out.because = Some(up);
    }
    // Imperatives: a bare verb at the root without a subject.
    if tree.upos(at) == Upos::Verb
        && tree.syntax.tokens[at].xpos == Xpos::Vb
        && tree.rel(at) == Rel::Root
        && !tree.kids(at).any(|k| matches!(tree.rel(k), Rel::Nsubj | Rel::NsubjPass | Rel::Aux | Rel::Expl))
    {
        set(Modality::Normative, at, out);
    }
}

fn infinitive(tree: &Tree, at: usize) -> bool {
    matches!(tree.syntax.tokens[at].xpos, Xpos::Vb | Xpos::Vbn)
        && tree.kids(at).any(|k| tree.rel(k) == Rel::Mark && tree.lemma(k) == "to")
}

fn finite_present(tree: &Tree, at: usize) -> bool {
    let x = tree.syntax.tokens[at].xpos;
    matches!(x, Xpos::Vbp | Xpos::Vbz)
        || tree.kids(at).any(|k| {
            matches!(tree.rel(k), Rel::Aux | Rel::AuxPass)
                && matches!(tree.syntax.tokens[k].xpos, Xpos::Vbp | Xpos::Vbz)
                && tree.lemma(k) == "be"
        })
}

fn temporal(tree: &Tree, at: usize) -> bool {
    tree.kids(at).any(|k| {
        matches!(tree.rel(k), Rel::Mark | Rel::Advmod | Rel::Case)
            && matches!(
                tree.lemma(k),
                "after"
                    | "when"
                    | "since"
                    | "because"
                    | "while"
                    | "as"
                    | "before"
                    | "where"
                    | "whereas"
                    | "following"
                    | "follow"
                    | "although"
                    | "though"
                    | "despite"
                    | "once"
            )
    })
}

fn plural(tree: &Tree, i: usize) -> bool {
    matches!(tree.syntax.tokens[i].xpos, Xpos::Nns | Xpos::Nnps)
}

fn has_own_frame(tree: &Tree, at: usize) -> bool {
    tree.kids(at).any(|k| matches!(tree.rel(k), Rel::Nsubj | Rel::NsubjPass | Rel::Aux | Rel::AuxPass | Rel::Expl))
        || matches!(tree.syntax.tokens[at].xpos, Xpos::Vbd | Xpos::Vbz)
}
