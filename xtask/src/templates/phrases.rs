//! Phrases of a report that may fill a role: every noun with the stretches of words around it that could be its name.

use counterclaim_coding::Tree;
use counterclaim_entities::Entities;
use counterclaim_evaluation::muc4::normalise;
use counterclaim_text::{NameClass, Rel, Upos};

/// How far a stretch reaches before and after its noun, and how long it is at most.
const REACH: (usize, usize, usize) = (8, 6, 11);

/// A stretch of tokens `first..=last`, and its words as MUC-4 compares them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// First token.
    pub first: usize,
    /// Last token.
    pub last: usize,
    /// Lower case, without punctuation and articles.
    pub text: String,
}

/// Finds phrases in one parsed report.
pub struct Finder<'a> {
    /// The trees.
    pub tree: &'a Tree<'a>,
    /// The entities.
    pub entities: &'a Entities,
    /// Class and token range of the name that covers each token.
    pub names: Vec<Option<(NameClass, usize, usize)>>,
}

impl<'a> Finder<'a> {
    /// Looks at one report.
    pub fn new(tree: &'a Tree<'a>, entities: &'a Entities) -> Finder<'a> {
        let mut names = vec![None; tree.len()];
        for n in &entities.names {
            let (a, b) = (n.start as usize, n.end as usize);
            names[a..b].fill(Some((n.class, a, b)));
        }
        Finder { tree, entities, names }
    }

    /// Every token that may head a filler, with its stretches.
    pub fn all(&self) -> Vec<(usize, Vec<Stretch>)> {
        let heads = (0..self.tree.len()).filter(|h| self.may_head(*h));
        heads.map(|h| (h, self.stretches(h))).filter(|(_, s)| !s.is_empty()).collect()
    }

    fn may_head(&self, h: usize) -> bool {
        match self.tree.upos(h) {
            Upos::Noun | Upos::Propn | Upos::X | Upos::Sym => true,
            Upos::Num | Upos::Adj | Upos::Verb => {
                let argument = matches!(
                    self.tree.rel(h),
                    Rel::Nsubj | Rel::Obj | Rel::Obl | Rel::NsubjPass | Rel::Nmod | Rel::Conj
                );
                argument || self.names[h].is_some() || self.entities.actor(h).is_some()
            }
            _ => false,
        }
    }

    /// True if `i` hangs on `h`, directly or over a few words.
    pub fn inside(&self, i: usize, h: usize) -> bool {
        let mut at = Some(i);
        for _ in 0..6 {
            match at {
                Some(i) if i == h => return true,
                Some(i) => at = self.tree.head(i),
                None => return false,
            }
        }
        false
    }

    fn stretches(&self, h: usize) -> Vec<Stretch> {
        let t = self.tree;
        let (lefts, rights) = (self.lefts(h), self.rights(h));
        let mut ranges: Vec<(usize, usize)> =
            lefts.iter().flat_map(|a| rights.iter().map(move |b| (*a, *b))).filter(|(a, b)| b - a <= REACH.2).collect();
        ranges.extend(self.names[h].map(|(_, a, b)| (a, b - 1)));
        ranges.extend(self.entities.actor(h).map(|m| (m.tokens.0 as usize, m.tokens.1 as usize)));
        let mut out: Vec<Stretch> = Vec::new();
        for (first, last) in ranges {
            if out.iter().any(|s| (s.first, s.last) == (first, last)) {
                continue;
            }
            let text = normalise(&t.span_of(first, last).of(t.text).replace('\n', " "));
            if !text.is_empty() {
                out.push(Stretch { first, last, text });
            }
        }
        out
    }

    /// Where a stretch may begin.
    fn lefts(&self, h: usize) -> Vec<usize> {
        let t = self.tree;
        let start = t.syntax.sentences[t.sentence(h)].start as usize;
        let mut out = vec![h];
        for a in (start..h).rev().take(REACH.0) {
            let stops = match t.upos(a) {
                Upos::Adp | Upos::Cconj | Upos::Aux | Upos::Sconj | Upos::Det => true,
                Upos::Punct => !matches!(t.word(a), "\"" | "-" | "'" | "``" | "''" | "." | "“" | "”"),
                Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num | Upos::X => false,
                _ => !self.inside(a, h),
            };
            if stops || matches!(t.word(a).to_ascii_lowercase().as_str(), "a" | "an" | "the") {
                break;
            }
            out.push(a);
        }
        out
    }

    /// Where a stretch may end.
    fn rights(&self, h: usize) -> Vec<usize> {
        let t = self.tree;
        let end = t.syntax.sentences[t.sentence(h)].end as usize;
        let mut out = vec![h];
        for b in (h + 1..end).take(REACH.1) {
            let inside = self.inside(b, h);
            let bound = matches!(t.rel(b), Rel::Flat | Rel::Compound | Rel::Nummod | Rel::Appos | Rel::Goeswith)
                || matches!(t.upos(b), Upos::Propn | Upos::Num);
            let plain = !matches!(t.upos(b), Upos::Punct | Upos::Adp | Upos::Cconj | Upos::Verb);
            if inside && bound && plain {
                out.push(b);
            } else if !(inside && matches!(t.word(b), "\"" | "-" | "." | "''")) {
                break;
            }
        }
        let of = |k: &usize| {
            let preposition = t
                .kids(*k)
                .filter(|c| t.rel(*c) == Rel::Case)
                .any(|c| matches!(t.lemma(c), "of" | "for" | "in" | "de" | "del" | "on" | "at" | "from"));
            *k > h && t.rel(*k) == Rel::Nmod && preposition
        };
        if let Some(k) = t.kids(h).find(of) {
            out.extend([t.hull(k).1, k]);
        }
        out
    }
}
