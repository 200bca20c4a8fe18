//! The arguments of a trigger: logical subject and object, prepositional phrases, modifiers, with passives,
//! relative clauses, control, coordination and light verbs undone.

use crate::tree::Tree;
use counterclaim_lexicon::Slot;
use counterclaim_text::{Rel, Upos, Xpos};

/// Verbs that carry a noun ("launch an attack"): the noun is the event.
pub(crate) const LIGHT: &[&str] = &[
    "launch",
    "carry",
    "conduct",
    "mount",
    "make",
    "undertake",
    "stage",
    "perpetrate",
    "commit",
    "execute",
    "hold",
    "begin",
    "initiate",
    "start",
    "resort",
    "face",
    "suffer",
    "wage",
    "open",
    "unleash",
    "perform",
    "engage",
    "report",
    "witness",
    "see",
    "sustain",
    "do",
    "take",
    "observe",
    "give",
    "deliver",
    "experience",
];

/// Verbs with a particle that a parser may take for a preposition ("handed over two guards", "set off a mine").
const PHRASAL: &[(&str, &str)] = &[
    ("set", "off"),
    ("call", "in"),
    ("hand", "over"),
    ("hand", "out"),
    ("carry", "out"),
    ("blow", "up"),
    ("gun", "down"),
    ("shoot", "down"),
    ("pick", "up"),
    ("round", "up"),
    ("send", "back"),
    ("take", "away"),
    ("pull", "back"),
    ("pull", "out"),
    ("put", "across"),
    ("cut", "off"),
    ("seal", "off"),
];

/// The arguments of one trigger.
#[derive(Clone, Debug, Default)]
pub struct Frame {
    /// The trigger token.
    pub trigger: usize,
    /// The light verb that carries a noun trigger, if any; else the trigger.
    pub verb: Option<usize>,
    /// Logical subjects (heads).
    pub subj: Vec<usize>,
    /// Logical objects (heads).
    pub obj: Vec<usize>,
    /// Complement clauses (heads).
    pub comp: Vec<usize>,
    /// Adjectives and adverbs.
    pub mods: Vec<usize>,
    /// Compound parts and genitives.
    pub noun: Vec<usize>,
    /// Prepositional phrases: lemma of the preposition and head.
    pub preps: Vec<(String, usize)>,
}

impl Frame {
    /// The fillers of a slot.
    pub fn fill(&self, slot: &Slot) -> Vec<usize> {
        match slot {
            Slot::Subj => self.subj.clone(),
            Slot::Obj => self.obj.clone(),
            Slot::Comp => self.comp.clone(),
            Slot::Mod => self.mods.clone(),
            Slot::Noun => self.noun.clone(),
            Slot::Own => vec![self.trigger],
            Slot::Clause => Vec::new(),
            Slot::Prep(p) => self.preps.iter().filter(|(q, _)| q == p).map(|(_, i)| *i).collect(),
        }
    }
}

/// The frame of a verb or noun trigger.
pub fn frame(tree: &Tree, i: usize) -> Frame {
    if matches!(tree.upos(i), Upos::Verb | Upos::Aux | Upos::Adj) { verb_frame(tree, i) } else { noun_frame(tree, i) }
}

fn with_conjuncts(tree: &Tree, head: usize, out: &mut Vec<usize>) {
    out.push(head);
    for k in tree.kids(head) {
        if tree.rel(k) == Rel::Conj
            && !tree.kids(k).any(|g| matches!(tree.rel(g), Rel::Nsubj | Rel::NsubjPass | Rel::Cop))
        {
            out.push(k);
        }
    }
}

fn relative(tree: &Tree, i: usize) -> bool {
    matches!(tree.syntax.tokens[i].xpos, Xpos::Wdt | Xpos::Wp)
        || (tree.lemma(i) == "that" && tree.upos(i) == Upos::Pron)
}

/// Subject and object of a past-tense verb that the parser took for a modifier, so that the sentence has no main verb
/// ("Norland mobilized reservists" read as reservists mobilized by nobody).
pub(crate) fn buried(tree: &Tree, v: usize) -> Option<(usize, usize)> {
    let x = tree.syntax.tokens[v].xpos;
    if !matches!(x, Xpos::Vbn | Xpos::Vbd) || !matches!(tree.rel(v), Rel::Amod | Rel::Acl) || tree.upos(v) != Upos::Verb
    {
        return None;
    }
    let s = tree.syntax.sentences[tree.sentence(v)];
    let nominal = |i: usize| matches!(tree.upos(i), Upos::Noun | Upos::Propn | Upos::Num);
    // "the ministry said its drones had struck fighters": what is said has lost its main verb, too.
    let head = tree.head(v)?;
    let had = tree.head(head).filter(|h| tree.upos(*h) == Upos::Aux && tree.lemma(*h) == "have");
    if let Some(subject) = had.and_then(|h| tree.kid(h, &[Rel::Nsubj])).filter(|s| *s < v && v < head) {
        return Some((subject, head));
    }
    let main = match tree.rel(head) {
        Rel::Ccomp if v < head && v == head - 1 => head,
        _ => s.tokens().find(|i| tree.head(*i).is_none())?,
    };
    let verbal = |i: usize| tree.kids(i).any(|k| matches!(tree.rel(k), Rel::Cop | Rel::NsubjPass | Rel::Expl));
    if !nominal(main) || verbal(main) || s.tokens().len() < 6 || tree.kids(v).any(|k| tree.rel(k) == Rel::OblAgent) {
        return None;
    }
    let h = tree.head(v)?;
    if h > v {
        // The object follows; the subject is a modifier of it on the left, or what it hangs on.
        let left = tree
            .kids(h)
            .find(|k| *k < v && (nominal(*k) || tree.rel(*k) == Rel::NmodPoss))
            .or_else(|| tree.kids(v).find(|k| *k < v && nominal(*k)));
        let subject = left.or_else(|| tree.head(h).filter(|g| *g < v && nominal(*g)))?;
        return Some((subject, h));
    }
    let own = tree.kid(v, &[Rel::Obj]).filter(|o| *o > v);
    let named = || {
        tree.kids(h)
            .find(|k| *k > v && matches!(tree.rel(*k), Rel::Appos | Rel::Flat | Rel::NmodUnmarked) && nominal(*k))
    };
    let object = own.or_else(|| tree.head(h).filter(|g| *g > v && nominal(*g))).or_else(named)?;
    Some((h, object))
}

fn verb_frame(tree: &Tree, v: usize) -> Frame {
    let mut f = Frame { trigger: v, ..Frame::default() };
    if let Some((subject, object)) = buried(tree, v) {
        with_conjuncts(tree, subject, &mut f.subj);
        f.obj.push(object);
        for k in tree.kids(v).chain(tree.kids(object)) {
            if matches!(tree.rel(k), Rel::Obl | Rel::Nmod)
                && k > v
                && let Some(p) = tree.preposition(k)
            {
                f.preps.push((p.to_string(), k));
            }
            if matches!(tree.rel(k), Rel::Xcomp | Rel::Ccomp) {
                f.comp.push(k);
            }
        }
        return f;
    }
    let passive = tree.passive(v)
        || shares_passive(tree, v)
        || (tree.syntax.tokens[v].xpos == Xpos::Vbn
            && matches!(tree.rel(v), Rel::Acl | Rel::Amod)
            && tree.kid(v, &[Rel::Obj]).is_none());
    for k in tree.kids(v) {
        match tree.rel(k) {
            Rel::Nsubj | Rel::NsubjOuter | Rel::Csubj => {
                if relative(tree, k) && tree.rel(v) == Rel::AclRelcl {
                    if let Some(h) = tree.head(v) {
                        with_conjuncts(tree, h, &mut f.subj);
                    }
                } else {
                    // "Chad kills, wounds nine": the first of two verbs, taken for the subject of the second.
                    let first = tree.kid(k, &[Rel::Nsubj]).filter(|_| tree.upos(k) == Upos::Verb);
                    with_conjuncts(tree, first.unwrap_or(k), &mut f.subj);
                }
            }
            Rel::NsubjPass | Rel::CsubjPass => {
                if relative(tree, k) && tree.rel(v) == Rel::AclRelcl {
                    if let Some(h) = tree.head(v) {
                        with_conjuncts(tree, h, &mut f.obj);
                    }
                } else {
                    with_conjuncts(tree, k, &mut f.obj);
                }
            }
            Rel::Obj => {
                if relative(tree, k) && tree.rel(v) == Rel::AclRelcl {
                    if let Some(h) = tree.head(v) {
                        with_conjuncts(tree, h, &mut f.obj);
                    }
                } else {
                    with_conjuncts(tree, k, &mut f.obj);
                }
            }
            Rel::Iobj => f.preps.push(("iobj".into(), k)),
            // "spoke by phone" has no agent, whatever the parser says of it.
            Rel::OblAgent if tree.kid(v, &[Rel::Nsubj]).is_some() => f.preps.push(("by".into(), k)),
            Rel::OblAgent => with_conjuncts(tree, k, &mut f.subj),
            Rel::Obl | Rel::Nmod => {
                let p = tree.preposition(k).unwrap_or("unmarked").to_string();
                if p == "by" && passive {
                    with_conjuncts(tree, k, &mut f.subj);
                }
                let mut all = Vec::new();
                with_conjuncts(tree, k, &mut all);
                f.preps.extend(all.into_iter().map(|x| (p.clone(), x)));
            }
            // A name that hangs on a verb is its object, if it has no other.
            Rel::Flat | Rel::Appos | Rel::Compound
                if k > v && tree.upos(k) == Upos::Propn && tree.upos(v) == Upos::Verb =>
            {
                f.preps.push(("obj?".into(), k))
            }
            Rel::OblUnmarked => f.preps.push(("unmarked".into(), k)),
            Rel::Ccomp | Rel::Xcomp => f.comp.push(k),
            Rel::Advmod => {
                f.mods.push(k);
                if tree.lemma(k) == "under" {
                    f.preps.push(("under".into(), k));
                }
            }
            Rel::CompoundPrt => {
                f.mods.push(k);
                f.preps.push(("prt".into(), k));
            }
            Rel::Advcl => {
                let mark = tree.kids(k).find(|m| tree.rel(*m) == Rel::Mark).map(|m| tree.lemma(m));
                if let Some(m @ ("of" | "by" | "for")) = mark {
                    f.preps.push((m.to_string(), k));
                }
            }
            _ => {}
        }
    }
    // "allowed inspectors into the plant": an indirect object without a direct one is the object.
    if f.obj.is_empty()
        && !passive
        && let Some((_, k)) = f.preps.iter().find(|(p, _)| p == "iobj").cloned()
    {
        with_conjuncts(tree, k, &mut f.obj);
    }
    if f.obj.is_empty() && !passive {
        let lemma = tree.lemma(v);
        let at = f.preps.iter().position(|(p, x)| {
            p == "obj?"
                || PHRASAL.contains(&(lemma, p.as_str())) && *x > v
                || p == "unmarked" && *x > v && tree.rel(*x) == Rel::Obl && who_is_near(tree, v, *x)
        });
        if let Some((_, x)) = at.map(|i| f.preps.remove(i)) {
            f.preps.push(("prt".into(), x));
            with_conjuncts(tree, x, &mut f.obj);
        }
    }
    // "shot and killed a guard": the first of two verbs shares the object of the second.
    if f.obj.is_empty() && !passive {
        f.obj = shared_object(tree, v);
    }
    // A phrase that the parser hung on the object may belong to the verb ("handed a note to the envoy").
    for o in f.obj.clone() {
        // It may also hang one deeper ("handed a note of protest to the envoy").
        let inner = |k: usize| tree.preposition(k) == Some("of") && tree.rel(k) == Rel::Nmod;
        let below = tree.kids(o).filter(|k| inner(*k)).flat_map(|k| tree.kids(k));
        for k in tree.kids(o).chain(below).filter(|k| tree.rel(*k) == Rel::Nmod) {
            if let Some(p @ ("to" | "at" | "on" | "into" | "against" | "with" | "from")) = tree.preposition(k)
                && !f.preps.iter().any(|(q, _)| q == p)
            {
                f.preps.push((p.to_string(), k));
            }
        }
    }
    let head = tree.head(v);
    if f.obj.is_empty() && passive && tree.rel(v) == Rel::Acl {
        f.obj.extend(head);
    }
    if f.subj.is_empty() && !passive {
        f.subj = inherited_subject(tree, v, 0);
    }
    if f.obj.is_empty() && passive && f.subj.is_empty() && tree.rel(v) == Rel::Conj {
        // "Two were killed and five wounded" has its own subject; "was beaten and robbed" shares it.
        if let Some(h) = head {
            f.obj = verb_objects_or_passive_subject(tree, h);
        }
    }
    if matches!(tree.rel(v), Rel::AclRelcl | Rel::Acl)
        && f.obj.is_empty()
        && !passive
        && f.subj.first() != head.as_ref()
        && tree.rel(v) == Rel::AclRelcl
    {
        // "the village that the jets hit" with a dropped pronoun.
        f.obj.extend(head.filter(|h| matches!(tree.upos(*h), Upos::Noun | Upos::Propn)));
    }
    f
}

/// True for "shot" in "were stopped and shot": a second participle shares the passive of the first.
fn shares_passive(tree: &Tree, v: usize) -> bool {
    tree.rel(v) == Rel::Conj
        && v > 0
        && matches!(tree.lemma(v - 1), "and" | "or" | "then")
        && matches!(tree.syntax.tokens[v].xpos, Xpos::Vbn | Xpos::Vbd)
        && tree.head(v).is_some_and(|h| tree.kids(h).any(|k| tree.rel(k) == Rel::AuxPass))
        && tree.kid(v, &[Rel::Nsubj, Rel::NsubjPass, Rel::Obj, Rel::Aux]).is_none()
}

/// The object of a second verb that stands right behind the first and its "and".
fn shared_object(tree: &Tree, v: usize) -> Vec<usize> {
    let second = tree.kids(v).find(|k| {
        tree.rel(*k) == Rel::Conj && *k == v + 2 && tree.upos(*k) == Upos::Verb && tree.lemma(v + 1) == "and"
    });
    let mut out = Vec::new();
    if let Some(o) = second.and_then(|k| tree.kid(k, &[Rel::Obj])) {
        with_conjuncts(tree, o, &mut out);
    }
    out
}

/// True for a bare noun phrase right after the verb and its particle.
fn who_is_near(tree: &Tree, v: usize, x: usize) -> bool {
    tree.hull(x).0 <= v + 3
}

fn verb_objects_or_passive_subject(tree: &Tree, v: usize) -> Vec<usize> {
    let mut out = Vec::new();
    if let Some(k) = tree.kid(v, &[Rel::NsubjPass]) {
        with_conjuncts(tree, k, &mut out);
    }
    out
}

fn inherited_subject(tree: &Tree, v: usize, depth: usize) -> Vec<usize> {
    if depth > 6 {
        return Vec::new();
    }
    let Some(h) = tree.head(v) else { return Vec::new() };
    let mut out = Vec::new();
    // "accused the guards of having fired": the accused acts.
    if matches!(tree.lemma(h), "accuse" | "blame" | "suspect" | "charge" | "see" | "let" | "make" | "force" | "allow")
        && matches!(tree.rel(v), Rel::Advcl | Rel::Obl | Rel::Xcomp | Rel::Ccomp)
        && let Some(o) = tree.kid(h, &[Rel::Obj, Rel::NsubjPass])
    {
        with_conjuncts(tree, o, &mut out);
        return out;
    }
    match tree.rel(v) {
        Rel::Acl | Rel::AclRelcl => {
            if matches!(tree.upos(h), Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num) {
                with_conjuncts(tree, h, &mut out);
            }
        }
        Rel::Xcomp => {
            if let Some(k) = tree.kid(h, &[Rel::Obj]) {
                with_conjuncts(tree, k, &mut out);
            } else {
                out = subject_of(tree, h, depth);
            }
        }
        Rel::Conj | Rel::Advcl | Rel::Parataxis | Rel::Ccomp => out = subject_of(tree, h, depth),
        _ => {}
    }
    out
}

/// The logical subject of a verb, its own or inherited.
fn subject_of(tree: &Tree, v: usize, depth: usize) -> Vec<usize> {
    let mut out = Vec::new();
    if let Some(k) = tree.kid(v, &[Rel::Nsubj, Rel::NsubjPass, Rel::NsubjOuter]) {
        if relative(tree, k)
            && let Some(h) = tree.head(v)
        {
            with_conjuncts(tree, h, &mut out);
        } else {
            with_conjuncts(tree, k, &mut out);
        }
    } else {
        out = inherited_subject(tree, v, depth + 1);
    }
    out
}

fn noun_frame(tree: &Tree, n: usize) -> Frame {
    let mut f = Frame { trigger: n, ..Frame::default() };
    // A conjunct shares the light verb and the modifiers of the first noun.
    let mut lead = n;
    if tree.rel(n) == Rel::Conj
        && let Some(h) = tree.head(n)
        && tree.upos(h) == Upos::Noun
    {
        lead = h;
    }
    for k in tree.kids(n) {
        match tree.rel(k) {
            Rel::Compound | Rel::NmodDesc => f.noun.push(k),
            Rel::NmodPoss => {
                f.noun.push(k);
                f.subj.push(k);
            }
            Rel::Amod | Rel::Nummod | Rel::Advmod | Rel::Det if tree.rel(k) == Rel::Amod => {
                f.mods.push(k);
            }
            Rel::Nmod | Rel::Obl | Rel::OblAgent => {
                let p = tree.preposition(k).unwrap_or("unmarked").to_string();
                if p == "by" {
                    with_conjuncts(tree, k, &mut f.subj);
                }
                let mut all = Vec::new();
                with_conjuncts(tree, k, &mut all);
                f.preps.extend(all.into_iter().map(|x| (p.clone(), x)));
            }
            Rel::Acl | Rel::AclRelcl => {
                // "attacks blamed on X", "an attack claimed by X".
                if matches!(tree.lemma(k), "blame" | "attribute")
                    && let Some(o) = tree
                        .kids(k)
                        .find(|o| matches!(tree.rel(*o), Rel::Obl) && matches!(tree.preposition(*o), Some("on" | "to")))
                {
                    with_conjuncts(tree, o, &mut f.subj);
                }
                if matches!(
                    tree.lemma(k),
                    "claim" | "stage" | "carry" | "perpetrate" | "launch" | "commit" | "mount" | "conduct"
                ) && let Some(o) =
                    tree.kid(k, &[Rel::OblAgent, Rel::Obl]).filter(|o| tree.preposition(*o) == Some("by"))
                {
                    with_conjuncts(tree, o, &mut f.subj);
                }
            }
            _ => {}
        }
    }
    // Light verb: "launched attacks", "strikes were carried out", "came under attack".
    if let Some(v) = tree.head(lead).filter(|v| tree.upos(*v) == Upos::Verb)
        && matches!(tree.rel(lead), Rel::Obj | Rel::NsubjPass | Rel::Obl | Rel::Nsubj | Rel::Xcomp)
        && LIGHT.contains(&tree.lemma(v))
        && !(tree.rel(lead) == Rel::Nsubj && !matches!(tree.lemma(v), "begin" | "start" | "take"))
        && !(tree.rel(lead) == Rel::Obl && !matches!(tree.preposition(lead), Some("to" | "in")))
    {
        let vf = verb_frame(tree, v);
        if !matches!(tree.lemma(v), "suffer" | "face" | "witness" | "see" | "sustain" | "report" | "experience") {
            f.subj.extend(vf.subj.iter().copied().filter(|s| *s != lead));
        }
        f.preps.extend(vf.preps.iter().filter(|(_, x)| *x != lead && !tree.within(*x, lead)).cloned());
        f.mods.extend(vf.mods.iter().copied());
        f.verb = Some(v);
    } else if let Some(v) = tree.head(lead).filter(|v| tree.upos(*v) == Upos::Noun && LIGHT.contains(&tree.lemma(*v))) {
        f.verb = Some(v);
    }
    f
}
