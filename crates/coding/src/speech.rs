//! Speech: who says what, with which stance, and which words are what is said.

use crate::tree::Tree;
use crate::who::{Part, Resolver, Who};
use counterclaim_lexicon::Lexicon;
use counterclaim_text::{ActorKind, Rel, Span, Stance, Upos, Xpos};
use serde::{Deserialize, Serialize};

/// One statement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Speech {
    /// Who speaks.
    pub speaker: Who,
    /// How the speaker stands to the content.
    pub stance: Stance,
    /// The cue token; for an issuer's whole text the first token.
    pub cue: usize,
    /// Head of the content, if it is one phrase or clause.
    pub content: Option<usize>,
    /// First and last token of what is said.
    pub tokens: (usize, usize),
    /// True if the cue itself is negated ("did not say").
    pub negated: bool,
    /// Who is accused, for accusations.
    pub accused: Option<Who>,
    /// The rule that found it.
    pub rule: String,
}

impl Speech {
    /// The words from the content's first to its last token.
    pub fn span(&self, tree: &Tree) -> Span {
        tree.span_of(self.tokens.0, self.tokens.1)
    }
}

/// All statements of a text, and for each token the outermost one that holds it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Speeches {
    /// Statements in text order of their cues.
    pub all: Vec<Speech>,
    /// Statement of each token.
    #[serde(skip)]
    pub of: Vec<Option<u32>>,
}

/// Finds the statements of a text.
pub fn find(tree: &Tree, who: &Resolver, lexicon: &Lexicon) -> Speeches {
    let mut found: Vec<Speech> = Vec::new();
    // Nameless speakers introduced before: "security sources said …", then "the sources said …".
    let mut nameless: Vec<(String, Who)> = Vec::new();
    for i in 0..tree.len() {
        match tree.upos(i) {
            _ if matches!(tree.lemma(i), "accord" | "according") => found.extend(according_to(tree, who, i)),
            Upos::Verb => {
                if let Some(mut s) = verb_speech(tree, who, lexicon, i) {
                    if let Some(lemma) = subject(tree, i).map(|x| tree.lemma(x).to_string()) {
                        let vague = matches!(s.speaker.actor.as_str(), "sources" | "analysts" | "officials");
                        match nameless.iter().rev().find(|(l, _)| *l == lemma) {
                            Some((_, w)) if vague => s.speaker = w.clone(),
                            _ if !vague => nameless.push((lemma, s.speaker.clone())),
                            _ => {}
                        }
                    }
                    found.push(s);
                }
            }
            Upos::Noun => found.extend(noun_speech(tree, who, lexicon, i)),
            _ => {}
        }
    }
    crate::marked::refine(tree, &mut found);
    found.extend(crate::marked::find(tree, who, lexicon, &found));
    quotes(tree, &mut found);
    // People who are hit are civilians; people who speak are residents.
    for s in found.iter_mut().filter(|s| s.speaker.actor == "civilians") {
        s.speaker.actor = "residents".into();
    }
    // The outer speaker's claim counts: longer statements take their tokens first.
    let mut order: Vec<usize> = (0..found.len()).collect();
    order.sort_by_key(|i| (std::cmp::Reverse(found[*i].tokens.1 - found[*i].tokens.0), *i));
    let mut of: Vec<Option<u32>> = vec![None; tree.len()];
    for i in order {
        let s = &found[i];
        for (t, slot) in of.iter_mut().enumerate().take(s.tokens.1 + 1).skip(s.tokens.0) {
            // The attribution inside its own sentence ("…, officials said, …") is not what is said.
            let attribution = tree.within(t, s.cue)
                && s.content.is_some_and(|c| !tree.within(t, c) || tree.within(s.cue, c) && tree.within(t, s.cue));
            if slot.is_none() && !attribution {
                *slot = Some(i as u32);
            }
        }
    }
    if let Some(issuer) = &who.entities.context.issuer
        && !tree.is_empty()
    {
        let id = found.len() as u32;
        found.push(Speech {
            speaker: Who { actor: issuer.actor.clone(), kind: ActorKind::State, via: issuer.via.clone() },
            stance: Stance::Asserts,
            cue: 0,
            content: None,
            tokens: (0, tree.len() - 1),
            negated: false,
            accused: None,
            rule: "claims/issuer".into(),
        });
        for slot in &mut of {
            slot.get_or_insert(id);
        }
    }
    Speeches { all: found, of }
}

fn subject(tree: &Tree, v: usize) -> Option<usize> {
    let mut at = v;
    for _ in 0..6 {
        if let Some(s) = tree.kid(at, &[Rel::Nsubj, Rel::NsubjOuter]) {
            if matches!(tree.syntax.tokens[s].xpos, Xpos::Wp | Xpos::Wdt) {
                return tree.head(at);
            }
            return Some(s);
        }
        if let Some(s) = tree.kid(at, &[Rel::OblAgent]) {
            return Some(s);
        }
        match tree.rel(at) {
            Rel::Conj | Rel::Xcomp | Rel::Advcl | Rel::Parataxis => at = tree.head(at)?,
            Rel::Acl => return tree.head(at),
            _ => return None,
        }
    }
    None
}

pub(crate) fn negated(tree: &Tree, v: usize) -> bool {
    tree.kids(v).any(|k| matches!(tree.lemma(k), "not" | "n't" | "never"))
}

pub(crate) fn hypothetical(tree: &Tree, v: usize) -> bool {
    tree.kids(v).any(|k| {
        tree.rel(k) == Rel::Aux
            && matches!(
                tree.lemma(k),
                "may" | "might" | "could" | "should" | "must" | "would" | "will" | "shall" | "can"
            )
    })
}

fn verb_speech(tree: &Tree, who: &Resolver, lexicon: &Lexicon, v: usize) -> Option<Speech> {
    let lemma = tree.lemma(v);
    let cue = lexicon.cues.speech(lemma, true)?;
    // "asked them to deny …": an infinitive says nothing itself.
    let infinitive = |x: usize| tree.kids(x).any(|k| tree.rel(k) == Rel::Mark && tree.lemma(k) == "to");
    let shared =
        tree.rel(v) == Rel::Conj && tree.syntax.tokens[v].xpos == Xpos::Vb && tree.head(v).is_some_and(infinitive);
    if hypothetical(tree, v) || infinitive(v) || shared {
        return None;
    }
    let subj = subject(tree, v).filter(|s| *s != v)?;
    let passive = tree.kid(v, &[Rel::AuxPass, Rel::NsubjPass]).is_some() && tree.kid(v, &[Rel::OblAgent]).is_none();
    if passive {
        return None;
    }
    let speaker = who.resolve(subj, Part::Speaker)?;
    if speaker.kind == ActorKind::Media {
        return None;
    }
    let make = |stance: Stance, content: Option<usize>, tokens: (usize, usize), accused: Option<Who>, rule: &str| {
        Some(Speech {
            speaker: speaker.clone(),
            stance,
            cue: v,
            content,
            tokens,
            negated: negated(tree, v),
            accused,
            rule: format!("claims/{lemma}/{rule}"),
        })
    };
    let clause = tree.kid(v, &[Rel::Ccomp]);
    // "called the report a fairy tale", "described as baseless a claim that …".
    const FALSE_WORDS: &[&str] = &[
        "baseless",
        "unfounded",
        "false",
        "fabricated",
        "fabrication",
        "fictitious",
        "imaginary",
        "untrue",
        "lie",
        "propaganda",
        "slander",
        "fiction",
        "tale",
        "rumour",
        "rumor",
        "nonsense",
        "invention",
    ];
    if matches!(lemma, "describe" | "call" | "dismiss" | "term" | "label" | "brand") {
        let (a, b) = tree.hull(v);
        if (a..=b).any(|t| FALSE_WORDS.contains(&tree.lemma(t))) {
            return make(Stance::Denies, Some(v), (v, b), None, "false");
        }
        if matches!(lemma, "call") && !tree.kids(v).any(|k| matches!(tree.preposition(k), Some("for" | "on" | "upon")))
        {
            return None;
        }
    }
    match cue.frame.as_str() {
        "accused" => {
            let accused = tree.kid(v, &[Rel::Obj]).and_then(|o| who.resolve(o, Part::Doer));
            let content = tree
                .kids(v)
                .find(|k| {
                    matches!(tree.rel(*k), Rel::Advcl | Rel::Obl | Rel::Ccomp | Rel::Xcomp)
                        && tree.kids(*k).any(|c| {
                            matches!(tree.rel(c), Rel::Mark | Rel::Case) && matches!(tree.lemma(c), "of" | "for")
                        })
                })
                .or_else(|| tree.kid(v, &[Rel::Obj]));
            let c = content?;
            make(cue.stance, content, tree.hull(c), accused, "of")
        }
        "to" => {
            let to = tree.kids(v).find(|k| tree.rel(*k) == Rel::Obl && tree.preposition(*k) == Some("to"))?;
            let accused = who.resolve(to, Part::Doer);
            let o = tree.kid(v, &[Rel::Obj])?;
            make(cue.stance, Some(o), tree.hull(v), accused, "to")
        }
        "for" => {
            let content = tree.kids(v).find(|k| {
                matches!(tree.rel(*k), Rel::Obl | Rel::Nmod)
                    && matches!(tree.preposition(*k), Some("for" | "on" | "upon"))
            })?;
            make(cue.stance, Some(content), tree.hull(v), None, "for")
        }
        "object" => {
            let content = clause.or_else(|| tree.kid(v, &[Rel::Xcomp, Rel::Obj, Rel::Advcl]))?;
            make(cue.stance, Some(content), own_hull(tree, lexicon, content), None, "object")
        }
        _ => {
            if let Some(c) = clause {
                return make(cue.stance, Some(c), own_hull(tree, lexicon, c), None, "that");
            }
            // "…, said the governor": all before it, whatever the parser made of the verb.
            let start = tree.syntax.sentences[tree.sentence(v)].tokens().start;
            let closed = v >= start + 3 && matches!(tree.word(v - 1), "," | "”" | "\"" | "''");
            if tree.rel(v) == Rel::Conj && subj > v && closed {
                let tokens = (start, v - 2);
                return make(cue.stance, tree.head(v), tokens, None, "parataxis");
            }
            if tree.rel(v) == Rel::Parataxis || tree.rel(v) == Rel::Conj && subject_is_own(tree, v) {
                let h = tree.head(v)?;
                if tree.rel(v) == Rel::Parataxis {
                    let (a, b) = tree.hull(h);
                    // "X happened, officials said": the rest of the sentence.
                    let (va, vb) = tree.hull(v);
                    let tokens = if vb >= b {
                        (a, va.saturating_sub(1).max(a))
                    } else if va <= a {
                        (vb + 1, b)
                    } else {
                        (a, b)
                    };
                    return make(cue.stance, Some(h), tokens, None, "parataxis");
                }
            }
            if let Some(o) = tree.kid(v, &[Rel::Obj, Rel::Xcomp])
                && (matches!(cue.stance, Stance::Confirms | Stance::Admits)
                    || matches!(
                        lemma,
                        "claim"
                            | "report"
                            | "announce"
                            | "insist"
                            | "emphasise"
                            | "emphasize"
                            | "highlight"
                            | "underline"
                            | "raise"
                            | "stress"
                            | "note"
                            | "allege"
                    )
                    || lemma == "bring"
                        && tree.kids(v).any(|k| tree.rel(k) == Rel::CompoundPrt && tree.lemma(k) == "up"))
            {
                let responsibility = lemma == "claim" && matches!(tree.lemma(o), "responsibility" | "credit");
                let stance = if responsibility { Stance::ClaimsResponsibility } else { cue.stance };
                return make(
                    stance,
                    Some(o),
                    tree.hull(o),
                    None,
                    if responsibility { "responsibility" } else { "object" },
                );
            }
            None
        }
    }
}

fn subject_is_own(tree: &Tree, v: usize) -> bool {
    tree.kid(v, &[Rel::Nsubj]).is_some()
}

/// The hull of a content clause up to a second verb of speech that the parser joined to it ("denied that … and condemned …").
fn own_hull(tree: &Tree, lexicon: &Lexicon, content: usize) -> (usize, usize) {
    let (a, b) = tree.hull(content);
    let next = tree.kids(content).find(|k| {
        tree.rel(*k) == Rel::Conj
            && *k > content
            && tree.syntax.tokens[*k].xpos == Xpos::Vbd
            && lexicon.cues.speech(tree.lemma(*k), true).is_some()
    });
    match next {
        Some(k) => (a, tree.hull(k).0.max(content + 1) - 1),
        None => (a, b),
    }
}

fn noun_speech(tree: &Tree, who: &Resolver, lexicon: &Lexicon, n: usize) -> Option<Speech> {
    let lemma = tree.lemma(n);
    let cue = lexicon.cues.speech(lemma, false)?;
    let content = tree.kids(n).find(|k| {
        matches!(tree.rel(*k), Rel::Acl | Rel::Ccomp)
            && tree.kids(*k).any(|m| tree.rel(m) == Rel::Mark && tree.lemma(m) == "that")
    })?;
    let owner = tree.kids(n).find(|k| {
        tree.rel(*k) == Rel::NmodPoss
            || tree.rel(*k) == Rel::Amod
            || tree.rel(*k) == Rel::Nmod && matches!(tree.preposition(*k), Some("by" | "from" | "of"))
    })?;
    let speaker = who.resolve(owner, Part::Speaker)?;
    Some(Speech {
        speaker,
        stance: cue.stance,
        cue: n,
        content: Some(content),
        tokens: tree.hull(content),
        negated: false,
        accused: None,
        rule: format!("claims/{lemma}/noun"),
    })
}

fn according_to(tree: &Tree, who: &Resolver, i: usize) -> Option<Speech> {
    let head = tree.head(i)?;
    // "according" is the case of the speaker's phrase, or an oblique clause above it.
    let source = if tree.rel(i) == Rel::Case {
        head
    } else {
        tree.kids(i).find(|k| matches!(tree.rel(*k), Rel::Obl | Rel::Nmod | Rel::Obj))?
    };
    let speaker = who.resolve(source, Part::Speaker)?;
    if speaker.kind == ActorKind::Media {
        return None;
    }
    let top = if tree.rel(i) == Rel::Case { tree.head(source)? } else { head };
    let sentence = tree.syntax.sentences[tree.sentence(i)];
    let (sa, sb) = tree.hull(source);
    // ", according to X." at the end of a sentence speaks of all of it, wherever the parser hung it.
    let closing = i > sentence.start as usize
        && matches!(tree.word(i - 1), "," | ";" | "–" | "—" | "-")
        && sb + 2 >= sentence.end as usize;
    let (a, b) = if closing { (sentence.start as usize, sentence.end as usize - 1) } else { tree.hull(top) };
    let tokens = if sb >= b {
        (a, sa.min(i).saturating_sub(1).max(a))
    } else if sa.min(i) <= a {
        (sb + 1, b)
    } else {
        (a, b)
    };
    let content = if closing { None } else { Some(top) };
    Some(Speech {
        speaker,
        stance: Stance::Asserts,
        cue: source,
        content,
        tokens,
        negated: false,
        accused: None,
        rule: "claims/according-to".into(),
    })
}

/// A quotation of several sentences belongs to the speaker who opens or closes it.
fn quotes(tree: &Tree, found: &mut Vec<Speech>) {
    let t = &tree.syntax.tokens;
    let paragraphs = tree.paragraphs();
    let mut open: Option<usize> = None;
    let mut ranges: Vec<(usize, usize)> = Vec::new();
    for i in 0..t.len() {
        let w = t[i].span.of(tree.text);
        if open.is_some_and(|o| paragraphs[o] != paragraphs[i]) {
            open = None;
        }
        match (w, open) {
            ("“" | "``", _) => open = Some(i),
            ("”" | "''", Some(o)) => {
                ranges.push((o, i));
                open = None;
            }
            ("\"", Some(o)) => {
                ranges.push((o, i));
                open = None;
            }
            ("\"", None) => open = Some(i),
            _ => {}
        }
    }
    for (a, b) in ranges {
        if b - a < 4
            || tree.sentence(a + 1) == tree.sentence(b - 1)
                && found.iter().any(|s| s.tokens.0 <= a + 1 && b <= s.tokens.1 + 1)
        {
            continue;
        }
        // The statement whose content touches the quotation, or whose cue stands right before or after it.
        let near = found
            .iter()
            .filter(|s| {
                s.tokens.0 <= b && a <= s.tokens.1 || (s.cue > b && s.cue <= b + 8) || (s.cue < a && s.cue + 8 >= a)
            })
            .min_by_key(|s| s.cue.abs_diff(b).min(s.cue.abs_diff(a)));
        if let Some(s) = near.cloned() {
            found.push(Speech { tokens: (a, b), content: None, rule: "claims/quotation".into(), ..s });
        }
    }
}
