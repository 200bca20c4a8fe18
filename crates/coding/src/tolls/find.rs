//! Tolls: how many were killed or hurt, who they were, in which words.

use crate::tree::Tree;
use crate::who::{Part, Resolver};
use counterclaim_text::{Rel, Span, Toll, TollKind, Upos};

/// A toll with the token that states the harm.
#[derive(Clone, Debug, PartialEq)]
pub struct TollMention {
    /// The verb or noun of harm.
    pub anchor: usize,
    /// The count.
    pub toll: Toll,
    /// True for the whole ("14 people"), false for a part of what another toll counts.
    pub total: bool,
}

fn harm(tree: &Tree, i: usize) -> Option<(TollKind, bool)> {
    // The flag tells that the victims are the subject even in the active voice.
    let lemma = tree.lemma(i);
    Some(match (tree.upos(i), lemma) {
        (
            Upos::Verb | Upos::Adj,
            "kill" | "martyr" | "slay" | "behead" | "massacre" | "neutralise" | "neutralize" | "eliminate"
            | "assassinate" | "murder" | "punish" | "liquidate",
        ) => (TollKind::Killed, false),
        (Upos::Verb, "die" | "perish" | "succumb") => (TollKind::Killed, true),
        (Upos::Verb | Upos::Adj, "wound" | "injure" | "hurt" | "maim") => (TollKind::Injured, false),
        (Upos::Adj | Upos::Noun, "dead") => (TollKind::Killed, true),
        (Upos::Adj | Upos::Noun, "wounded" | "injured") => (TollKind::Injured, true),
        _ => return None,
    })
}

/// Counts the people of a noun phrase: its figure, or one for a singular with an article or a name; conjuncts add up.
fn count(tree: &Tree, who: &Resolver, head: usize, part_of_list: bool) -> Option<(u64, bool)> {
    let q = who.entities.quantity(head);
    let number = tree.kids(head).find(|k| tree.rel(*k) == Rel::Nummod).and_then(|k| who.entities.quantity(k)).or(q);
    let own = match number {
        Some(q) if q.vague => return None,
        Some(q) => Some(q.low),
        None => {
            let det = tree.kids(head).find(|k| tree.rel(*k) == Rel::Det).map(|k| tree.lemma(k));
            let x = tree.syntax.tokens[head].xpos;
            let classes = &who.lexicon.classes;
            let person = classes.has(tree.lemma(head), "civilian")
                || classes.has(tree.lemma(head), "force")
                || classes.has(tree.lemma(head), "person")
                || classes.has(tree.lemma(head), "militant");
            let dozen = tree
                .kids(head)
                .find_map(|k| who.entities.quantity(k).filter(|q| !q.vague && tree.rel(k) == Rel::Det))
                .map(|q| q.low);
            let none = det == Some("no")
                || matches!(tree.lemma(head), "nobody" | "none" | "no-one")
                || tree.lemma(head) == "one" && det == Some("no");
            let named = tree.upos(head) == Upos::Propn && who.entities.place(head).is_none();
            use counterclaim_text::Xpos;
            if none {
                Some(0)
            } else if dozen.is_some() {
                dozen
            } else if matches!(x, Xpos::Nn)
                && person
                && (matches!(det, Some("a" | "an" | "the" | "another" | "one"))
                    || part_of_list
                    || tree.kids(head).any(|k| tree.rel(k) == Rel::NmodPoss))
                && !matches!(
                    tree.lemma(head),
                    "people"
                        | "family"
                        | "personnel"
                        | "staff"
                        | "police"
                        | "force"
                        | "army"
                        | "military"
                        | "security"
                        | "group"
                        | "convoy"
                        | "unit"
                        | "crew"
                        | "community"
                )
                || named
            {
                Some(1)
            } else {
                None
            }
        }
    }?;
    let mut sum = own;
    if own > 0 {
        for k in tree.kids(head) {
            if tree.rel(k) == Rel::Conj
                && !tree.kids(k).any(|g| matches!(tree.rel(g), Rel::Nsubj | Rel::NsubjPass | Rel::Cop))
            {
                sum = sum.saturating_add(count(tree, who, k, true).map_or(0, |c| c.0));
            }
        }
    }
    let partial = tree.kids(head).any(|k| {
        matches!(tree.rel(k), Rel::Nmod)
            && tree.preposition(k) == Some("of")
            && tree.kids(k).any(|d| tree.rel(d) == Rel::Det)
            && own < 10
    });
    Some((sum, partial))
}

/// Finds the tolls of a text.
pub fn find(tree: &Tree, who: &Resolver) -> Vec<TollMention> {
    let mut out: Vec<TollMention> = Vec::new();
    let mut push = |anchor: usize, what: TollKind, head: Option<usize>, value: u64, partial: bool, span: Span| {
        let name = head.and_then(|h| who.resolve(h, Part::Victim)).map(|w| w.actor).unwrap_or_default();
        out.push(TollMention {
            anchor,
            toll: Toll { what, low: value, high: value, who: name, span, speaker: String::new(), partial },
            total: !partial,
        });
    };
    for i in 0..tree.len() {
        if let Some((what, subject_dies)) = harm(tree, i) {
            let verb = tree.upos(i) == Upos::Verb;
            if verb {
                let f = crate::frame::frame(tree, i);
                let victims = if subject_dies { &f.subj } else { &f.obj };
                let leads: Vec<usize> = victims
                    .iter()
                    .copied()
                    .filter(|v| !(tree.rel(*v) == Rel::Conj && victims.contains(&tree.head(*v).unwrap_or(*v))))
                    .collect();
                for v in leads {
                    if let Some((n, partial)) = count(tree, who, v, false) {
                        let head_span = tree.span(v);
                        let span = if head_span.len() < 200 {
                            head_span.join(tree.syntax.tokens[i].span)
                        } else {
                            tree.syntax.tokens[v].span.join(tree.syntax.tokens[i].span)
                        };
                        push(i, what, Some(v), n, partial, span);
                    }
                }
                // "Two were killed and five wounded": the number is the subject of the second verb or stands before it.
                if victims.is_empty()
                    && let Some(q) = i.checked_sub(1).and_then(|p| who.entities.quantity(p)).filter(|q| !q.vague)
                {
                    push(i, what, None, q.low, false, q.span.join(tree.syntax.tokens[i].span));
                }
            } else {
                // "eight dead", "17 wounded", "34 people are confirmed dead", "left five dead".
                let number = tree
                    .kids(i)
                    .find(|k| matches!(tree.rel(*k), Rel::Nummod | Rel::Nsubj | Rel::NsubjPass))
                    .or_else(|| i.checked_sub(1).filter(|p| who.entities.quantity(*p).is_some()));
                let before = i.checked_sub(1).and_then(|p| who.entities.quantity(p)).filter(|q| !q.vague);
                if let Some(q) = before {
                    push(i, what, None, q.low, false, q.span.join(tree.syntax.tokens[i].span));
                } else if let Some(n) = number.filter(|n| matches!(tree.rel(*n), Rel::Nsubj | Rel::NsubjPass))
                    && let Some((c, partial)) = count(tree, who, n, false)
                {
                    push(i, what, Some(n), c, partial, tree.span(n).join(tree.syntax.tokens[i].span));
                } else if let Some(h) = tree.head(i)
                    && matches!(tree.rel(i), Rel::Xcomp | Rel::Amod | Rel::Advcl | Rel::Conj | Rel::Ccomp | Rel::Acl)
                {
                    let o = tree.kid(h, &[Rel::Obj, Rel::NsubjPass, Rel::Nsubj]).filter(|o| {
                        *o != i
                            && matches!(
                                tree.lemma(h),
                                "leave" | "confirm" | "report" | "find" | "declare" | "pronounce"
                            )
                    });
                    if let Some(o) = o
                        && let Some((c, partial)) = count(tree, who, o, false)
                    {
                        push(i, what, Some(o), c, partial, tree.span_of(tree.hull(o).0.min(i), tree.hull(o).1.max(i)));
                    }
                }
            }
        }
        let lemma = tree.lemma(i);
        // "left fourteen sons of the soil martyred" is a verb above; "embraced martyrdom", "lost their lives", "sent to hell".
        if tree.upos(i) == Upos::Verb {
            let idiom = match lemma {
                "embrace" | "attain" | "reach" | "achieve" => {
                    tree.kids(i).any(|k| matches!(tree.lemma(k), "martyrdom" | "shahadat"))
                }
                "lose" => tree.kids(i).any(|k| matches!(tree.lemma(k), "life")),
                "fall" => tree.kids(i).any(|k| matches!(tree.lemma(k), "martyr")),
                _ => false,
            };
            if idiom {
                let f = crate::frame::frame(tree, i);
                if let Some(s) = f.subj.first()
                    && let Some((n, partial)) = count(tree, who, *s, false)
                {
                    push(
                        i,
                        TollKind::Killed,
                        Some(*s),
                        n,
                        partial,
                        tree.span_of(tree.hull(*s).0.min(i), i.max(tree.hull(*s).1)),
                    );
                }
            }
            if lemma == "send" && tree.kids(i).any(|k| tree.lemma(k) == "hell")
                || lemma == "lose"
                    && tree.kids(i).any(|k| tree.rel(k) == Rel::Obj && who.lexicon.classes.has(tree.lemma(k), "force"))
            {
                let f = crate::frame::frame(tree, i);
                if let Some(o) = f.obj.first()
                    && let Some((n, partial)) = count(tree, who, *o, false)
                {
                    push(
                        i,
                        TollKind::Killed,
                        Some(*o),
                        n,
                        partial,
                        tree.span_of(tree.hull(*o).0.min(i), i.max(tree.hull(*o).1)),
                    );
                }
            }
        }
        // "no casualties", "no loss of life", "nobody was hurt" (the verb case gives injured 0; it means both).
        if matches!(lemma, "casualty") && tree.kids(i).any(|k| tree.lemma(k) == "no") {
            push(i, TollKind::Killed, None, 0, false, tree.span(i));
            push(i, TollKind::Injured, None, 0, false, tree.span(i));
        }
        if lemma == "loss"
            && tree.kids(i).any(|k| tree.lemma(k) == "no")
            && tree.kids(i).any(|k| tree.lemma(k) == "life")
        {
            push(i, TollKind::Killed, None, 0, false, tree.span(i));
        }
        // "the martyrdom of seven security personnel", "the death of two men", "received eleven bodies", "14 bodies".
        if matches!(lemma, "martyrdom" | "death" | "killing" | "loss")
            && let Some(k) = tree.kids(i).find(|k| tree.rel(*k) == Rel::Nmod && tree.preposition(*k) == Some("of"))
            && let Some((n, partial)) = count(tree, who, k, false)
        {
            push(i, TollKind::Killed, Some(k), n, partial, tree.span_of(i, tree.hull(k).1));
        }
        if matches!(lemma, "body" | "coffin" | "corpse" | "fatality" | "death" | "martyr")
            && let Some(q) = tree
                .kids(i)
                .filter(|k| tree.rel(*k) == Rel::Nummod)
                .find_map(|k| who.entities.quantity(k))
                .filter(|q| !q.vague)
        {
            push(i, TollKind::Killed, None, q.low, false, q.span.join(tree.syntax.tokens[i].span));
        }
    }
    // "Nobody was hurt" is zero for both.
    let zero: Vec<TollMention> = out
        .iter()
        .filter(|m| m.toll.what == TollKind::Injured && m.toll.low == 0 && tree.lemma(m.anchor) == "hurt")
        .map(|m| TollMention { toll: Toll { what: TollKind::Killed, ..m.toll.clone() }, ..m.clone() })
        .collect();
    out.extend(zero);
    out.sort_by_key(|m| (m.anchor, m.toll.what, m.toll.low));
    out.dedup_by(|a, b| a.anchor == b.anchor && a.toll.what == b.toll.what && a.toll.low == b.toll.low);
    out
}
