//! Commitments: promises of an actor about its own conduct towards others; refusals, revenge and plans are none.

use crate::speech::Speeches;
use crate::structure::Structure;
use crate::tree::Tree;
use crate::who::{Part, Resolver, Who};
use counterclaim_lexicon::Lexicon;
use counterclaim_text::{ActorKind, Commitment, Rel, Report, Span, Stance, Upos, Xpos};
use jiff::civil::Date;

/// Vows of force and formulas that promise nothing to anybody.
const NOT_PROMISES: &[&str] = &[
    "fight",
    "pursue",
    "hunt",
    "respond",
    "answer",
    "retaliate",
    "avenge",
    "eliminate",
    "defend",
    "strike",
    "attack",
    "punish",
    "eradicate",
    "crush",
    "reach",
    "pay",
    "increase",
    "leave",
    "be",
    "become",
    "rest",
    "happen",
    "see",
    "have",
    "remain",
    "face",
    "proceed",
    "serve",
    "judge",
    "run",
    "begin",
    "take",
    "come",
    "expect",
    "believe",
    "say",
    "mean",
    "continue",
    "suffer",
    "lie",
    "depend",
    "spare",
    "tolerate",
    "destabilise",
    "destabilize",
    "last",
    "consider",
];

fn party(lexicon: &Lexicon, w: &Who) -> bool {
    match lexicon.actors.get(&w.actor).map(|a| a.kind) {
        Some(k) => {
            matches!(
                k,
                ActorKind::State
                    | ActorKind::Organ
                    | ActorKind::ArmedGroup
                    | ActorKind::Igo
                    | ActorKind::Party
                    | ActorKind::Ngo
            ) && !w.actor.starts_with("unidentified")
        }
        None => false,
    }
}

/// Everyone a subject stands for: conjuncts, "both", "the two sides".
fn parties(tree: &Tree, who: &Resolver, lexicon: &Lexicon, subjects: &[usize]) -> Vec<Who> {
    let mut out: Vec<Who> = who.all(subjects, Part::Doer).into_iter().filter(|w| party(lexicon, w)).collect();
    let both = subjects.iter().any(|s| {
        matches!(
            tree.lemma(*s),
            "both"
                | "side"
                | "country"
                | "minister"
                | "party"
                | "they"
                | "government"
                | "capital"
                | "colleague"
                | "counterpart"
        ) && (tree.lemma(*s) == "both"
            || tree.lemma(*s) == "they"
            || tree.kids(*s).any(|k| matches!(tree.lemma(k), "both" | "two")))
    });
    let sides = subjects.iter().find(|s| matches!(tree.lemma(**s), "both" | "side" | "party")).map(|s| who.sides(*s));
    if both && let Some(sides) = sides.filter(|s| !s.is_empty()) {
        let known = |s: &String| lexicon.actors.get(s).map_or(ActorKind::State, |a| a.kind);
        let side = |s: &String| Who { actor: s.clone(), kind: known(s), via: String::new() };
        out = sides.iter().map(side).collect();
    } else if both && who.states.len() >= 2 {
        out = who
            .states
            .iter()
            .take(2)
            .map(|s| Who { actor: s.clone(), kind: ActorKind::State, via: String::new() })
            .collect();
    }
    out
}

/// True for words of a statement in reported speech.
fn told(speeches: &Speeches, i: usize) -> bool {
    speeches.of[i].is_some_and(|s| {
        let s = &speeches.all[s as usize];
        s.rule.ends_with("/that") && !s.negated && s.stance == Stance::Asserts
    })
}

/// Every party named in the subjects' phrases.
fn named(tree: &Tree, who: &Resolver, lexicon: &Lexicon, subjects: &[usize]) -> Vec<Who> {
    let mut out: Vec<Who> = Vec::new();
    for (a, b) in subjects.iter().map(|s| tree.hull(*s)) {
        for m in (a..=b).filter_map(|i| who.entities.actor(i).filter(|m| m.head as usize == i)) {
            let w = Who { actor: m.actor.clone(), kind: m.kind, via: String::new() };
            if party(lexicon, &w) && !out.iter().any(|o| o.actor == w.actor) {
                out.push(w);
            }
        }
    }
    out
}

/// Finds the commitments of a text.
pub fn find(
    tree: &Tree,
    who: &Resolver,
    lexicon: &Lexicon,
    build: &Structure,
    speeches: &Speeches,
    report: &Report,
) -> Vec<Commitment> {
    let mut out: Vec<Commitment> = Vec::new();
    for i in 0..tree.len() {
        if tree.upos(i) != Upos::Verb && tree.upos(i) != Upos::Adj && tree.upos(i) != Upos::Noun
            || build.question[i]
            || build.scenario[i] && !matches!(tree.syntax.tokens[i].xpos, Xpos::Vbd | Xpos::Vbn)
        {
            continue;
        }
        let lemma = tree.lemma(i);
        let f = crate::frame::frame(tree, i);
        let modal = tree.kids(i).any(|k| {
            tree.rel(k) == Rel::Aux
                && matches!(tree.lemma(k), "would" | "should" | "could" | "may" | "might" | "must" | "can")
        });
        let negative = tree.kids(i).any(|k| matches!(tree.lemma(k), "not" | "n't" | "never"));
        let verb = tree.upos(i) == Upos::Verb;
        if let Some(cue) = lexicon.cues.commitment(lemma, verb) {
            if modal || negative {
                continue;
            }
            let content = tree.kids(i).find(|k| match cue.frame.as_str() {
                "that" => matches!(tree.rel(*k), Rel::Ccomp | Rel::Xcomp | Rel::Acl),
                _ => {
                    matches!(tree.rel(*k), Rel::Xcomp | Rel::Ccomp | Rel::Acl | Rel::Advcl)
                        && tree.upos(*k) == Upos::Verb
                }
            });
            let Some(c) = content.or_else(|| (cue.frame == "obj").then(|| f.obj.first().copied()).flatten()) else {
                continue;
            };
            if NOT_PROMISES.contains(&tree.lemma(c))
                && !matches!(tree.lemma(c), "increase" | "take" | "pay" | "leave" | "have")
                && tree.upos(c) == Upos::Verb
                && !tree.kids(c).any(|k| tree.rel(k) == Rel::AuxPass)
            {
                continue;
            }
            // "A and B met after C took office, promising to …": the main clause promises, wherever the parser hung it.
            let mut subjects = f.subj.clone();
            if tree.syntax.tokens[i].xpos == Xpos::Vbg && tree.rel(i) == Rel::Advcl && i > 0 && tree.word(i - 1) == ","
            {
                let root = tree.syntax.sentences[tree.sentence(i)].tokens().find(|t| tree.head(*t).is_none());
                let main = root.map(|r| crate::frame::frame(tree, r).subj).unwrap_or_default();
                if parties(tree, who, lexicon, &main).len() > parties(tree, who, lexicon, &subjects).len() {
                    subjects = main;
                }
            }
            let mut by =
                if verb { parties(tree, who, lexicon, &subjects) } else { parties(tree, who, lexicon, &f.noun) };
            if cue.frame == "joint" && by.len() < 2 {
                // "Chad and Sudan's government agreed": it takes two, whatever the parser made of the phrase.
                let named = named(tree, who, lexicon, &subjects);
                by = if named.len() > 1 { named } else { by };
            }
            let to: Vec<usize> = f
                .obj
                .iter()
                .copied()
                .chain(f.preps.iter().filter(|(p, _)| matches!(p.as_str(), "iobj" | "to" | "with")).map(|(_, x)| *x))
                .filter(|x| *x != c)
                .collect();
            if by.is_empty() && verb && tree.rel(i) == Rel::Conj {
                // "informs that, as agreed, X arrested … and undertakes to": any subject of the clause that it is listed with.
                let listed = tree.head(i).into_iter().flat_map(|h| tree.kids(h));
                let subjects: Vec<usize> = listed.filter(|k| tree.rel(*k) == Rel::Nsubj).collect();
                by = parties(tree, who, lexicon, &subjects);
            }
            push_all(tree, who, lexicon, report, &by, &to, c, i, lemma, &mut out);
            // "to stop the fire and to exchange prisoners": two promises.
            let more = tree.kids(c).filter(|k| {
                tree.rel(*k) == Rel::Conj
                    && tree.upos(*k) == Upos::Verb
                    && tree.kids(*k).any(|m| tree.rel(m) == Rel::Mark && tree.lemma(m) == "to")
            });
            for k in more {
                push_all(tree, who, lexicon, report, &by, &to, k, k, lemma, &mut out);
            }
            continue;
        }
        // "X will …" in X's own mouth, "X is ready to …", "X stands ready to …".
        let will = verb
            && tree.kids(i).any(|k| {
                let word = tree.word(k);
                // "said that it would" is "will" in reported speech.
                let reported = word.eq_ignore_ascii_case("would") && told(speeches, i);
                tree.rel(k) == Rel::Aux
                    && (reported || matches!(tree.lemma(k), "will" | "shall"))
                    && (reported || !word.eq_ignore_ascii_case("would"))
                    && !word.eq_ignore_ascii_case("should")
            });
        let allows = matches!(lemma, "allow" | "use" | "permit" | "let" | "violate" | "breach" | "invite");
        // "will continue to cooperate" promises to cooperate.
        let core = tree.kid(i, &[Rel::Xcomp]).filter(|_| lemma == "continue").map_or(lemma, |x| tree.lemma(x));
        let agreed = lemma == "begin" && under_text(tree, build, i);
        if will && (agreed || !NOT_PROMISES.contains(&core)) && (!negative || allows) {
            let subjects = if f.subj.is_empty() { f.obj.clone() } else { f.subj.clone() };
            let by = parties(tree, who, lexicon, &subjects);
            let spoken = speeches.of[i].map(|s| &speeches.all[s as usize]);
            let own = spoken.is_some_and(|s| {
                by.iter().any(|w| w.actor == s.speaker.actor)
                    && !matches!(s.stance, Stance::Warns | Stance::Demands | Stance::Accuses)
            });
            let text = spoken.is_none() && under_text(tree, build, i);
            if own || text && !by.is_empty() {
                let to: Vec<usize> = f
                    .preps
                    .iter()
                    .filter(|(p, _)| matches!(p.as_str(), "with" | "to" | "against" | "iobj"))
                    .map(|(_, x)| *x)
                    .collect();
                push_all(tree, who, lexicon, report, &by, &to, i, i, "will", &mut out);
            }
        }
        let ready = lemma == "ready"
            && tree.kids(i).any(|k| {
                matches!(tree.rel(k), Rel::Advcl | Rel::Xcomp | Rel::Ccomp)
                    && tree.kids(k).any(|m| tree.lemma(m) == "to")
            });
        if ready {
            let subjects: Vec<usize> = tree
                .kid(i, &[Rel::Nsubj])
                .or_else(|| tree.head(i).and_then(|h| tree.kid(h, &[Rel::Nsubj])))
                .into_iter()
                .collect();
            let by = parties(tree, who, lexicon, &subjects);
            if let Some(c) = tree.kids(i).find(|k| matches!(tree.rel(*k), Rel::Advcl | Rel::Xcomp | Rel::Ccomp)) {
                push_all(tree, who, lexicon, report, &by, &[], c, i, "ready", &mut out);
            }
        }
    }
    out.dedup_by(|a, b| a.by == b.by && a.span.overlaps(b.span));
    out
}

/// True if the paragraph tells the terms of a text that was agreed ("Under the statement, both will …").
fn under_text(tree: &Tree, build: &Structure, i: usize) -> bool {
    let p = build.paragraph[i];
    (0..i).rev().take_while(|t| build.paragraph[*t] == p).any(|t| {
        matches!(tree.lemma(t), "under" | "pursuant")
            || matches!(tree.lemma(t), "agreement" | "statement" | "accord" | "truce" | "memorandum" | "text")
                && tree.rel(t) == Rel::Obl
    })
}

#[allow(clippy::too_many_arguments)]
fn push_all(
    tree: &Tree,
    who: &Resolver,
    lexicon: &Lexicon,
    report: &Report,
    by: &[Who],
    to: &[usize],
    content: usize,
    cue: usize,
    rule: &str,
    out: &mut Vec<Commitment>,
) {
    let others: Vec<String> =
        who.all(to, Part::Doer).into_iter().filter(|w| party(lexicon, w)).map(|w| w.actor).collect();
    let (mut a, mut b) = tree.hull(content);
    // A second clause with a subject of its own is another promise.
    if let Some(k) = tree.kids(content).find(|k| {
        tree.rel(*k) == Rel::Conj
            && *k > content
            && (tree.kid(*k, &[Rel::Nsubj]).is_some()
                || tree.kids(*k).any(|m| tree.rel(m) == Rel::Mark && tree.lemma(m) == "to"))
    }) {
        b = tree.hull(k).0.saturating_sub(1).max(content);
    }
    if cue == content {
        a = tree.hull(content).0;
    }
    while a < b && matches!(tree.lemma(a), "that" | "to" | ",") {
        a += 1;
    }
    let what = tree.span_of(a, b);
    let due = (a..=b).find_map(|t| {
        let d = who.entities.date(t)?;
        let lead = (d.tokens.0 as usize).checked_sub(1).map(|p| tree.lemma(p)).unwrap_or("");
        let value = d.value?;
        // "to investigate the shelling near X on Sunday": the day of what is promised to be looked into.
        let past = lead == "on" && of_an_attack(tree, lexicon, content, d.tokens.0 as usize);
        (matches!(lead, "by" | "until" | "before" | "within" | "on") && !past).then_some(value.end)
    });
    let made = made(tree, who, cue, content).filter(|d| Some(*d) != due);
    for w in by {
        let mut to = others.clone();
        to.retain(|t| *t != w.actor);
        for other in by.iter().filter(|o| o.actor != w.actor) {
            if !to.contains(&other.actor) {
                to.push(other.actor.clone());
            }
        }
        let span = Span { start: tree.syntax.tokens[cue.min(a)].span.start, end: what.end };
        if out.iter().any(|c| c.by == w.actor && c.span.overlaps(span) && c.what == what.of(tree.text)) {
            continue;
        }
        out.push(Commitment {
            id: String::new(),
            by: w.actor.clone(),
            to,
            what: what.of(tree.text).trim().to_string(),
            made,
            due,
            report: report.id.clone(),
            span,
            rule: format!("commitments/{rule}"),
        });
    }
}

/// True if the day at token `day` is that of an attack which the promise is about: its noun stands between the promised act
/// and the day.
fn of_an_attack(tree: &Tree, lexicon: &Lexicon, content: usize, day: usize) -> bool {
    let violent = |t: usize| {
        let mut rules = lexicon.rules.triggered(tree.lemma(t), false);
        rules.any(|r| lexicon.kinds.get(&r.kind).is_some_and(|k| k.violent))
    };
    let ends = matches!(tree.lemma(content), "stop" | "end" | "halt" | "cease" | "suspend" | "pause");
    !ends && (content + 1..day).any(|t| tree.upos(t) == Upos::Noun && violent(t))
}

/// The day on which the promise was made: a date that hangs on the verb of promising.
fn made(tree: &Tree, who: &Resolver, cue: usize, content: usize) -> Option<Date> {
    let past = matches!(tree.syntax.tokens[cue].xpos, Xpos::Vbd | Xpos::Vbn | Xpos::Vbg);
    if !past || cue == content {
        return None;
    }
    tree.kids(cue)
        .filter(|k| !tree.within(*k, content))
        .find_map(|k| {
            let (a, b) = tree.hull(k);
            (a..=b).find_map(|t| who.entities.date(t)).and_then(|d| d.value)
        })
        .filter(|v| v.start == v.end)
        .map(|v| v.start)
}
