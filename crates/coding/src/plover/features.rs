//! What the linear scorer looks at: words around an act, the way between its parties, and what the rules say.
//!
//! Features are strings hashed into a fixed number of buckets (FNV-1a), so that the same text gives the same numbers on
//! every machine. Names of countries and people are left out: what one country did yesterday says nothing about
//! what another does today.

use super::reading::Reader;
use crate::frame::frame;
use crate::tree::Tree;
use counterclaim_entities::Entities;
use counterclaim_text::{Rel, Upos};

/// Number of buckets, a power of two.
pub const BUCKETS: usize = 1 << 15;

/// The parties of a candidate, as heads and hulls in the tree.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sides {
    /// First and last token of the source.
    pub source: Option<(usize, usize)>,
    /// First and last token of the target.
    pub target: Option<(usize, usize)>,
}

/// Hashed features with their weights.
pub type Features = Vec<(u32, f32)>;

/// Looks at a sentence of one text.
pub struct Looker<'a> {
    /// The trees.
    pub tree: &'a Tree<'a>,
    /// The entities.
    pub entities: &'a Entities,
    /// The rules' reader.
    pub reader: &'a Reader<'a>,
}

impl Looker<'_> {
    /// The features of the act between two parties in a sentence.
    pub fn features(&self, sentence: usize, sides: &Sides) -> Features {
        let mut out = Bag::default();
        let t = self.tree;
        let s = t.syntax.sentences[sentence];
        let within = |i: usize| {
            let inside = |r: Option<(usize, usize)>| r.is_some_and(|(a, b)| a <= i && i <= b);
            if inside(sides.source) {
                1
            } else if inside(sides.target) {
                2
            } else {
                0
            }
        };
        let word = |i: usize| -> String {
            match within(i) {
                1 => "SRC".into(),
                2 => "TGT".into(),
                _ if self.entities.date(i).is_some() => "DATE".into(),
                _ if self.entities.place(i).is_some() => "PLACE".into(),
                _ if t.upos(i) == Upos::Propn => "NAME".into(),
                _ if t.upos(i) == Upos::Num => "NUM".into(),
                _ => t.lemma(i).to_string(),
            }
        };
        let words: Vec<(usize, String)> =
            s.tokens().filter(|i| t.upos(*i) != Upos::Punct).map(|i| (i, word(i))).collect();
        // Runs of SRC and TGT count once.
        let mut line: Vec<String> = Vec::new();
        for (_, w) in &words {
            if line.last() != Some(w) || !matches!(w.as_str(), "SRC" | "TGT" | "NAME" | "PLACE" | "DATE") {
                line.push(w.clone());
            }
        }
        for w in &line {
            out.add(0, format!("w={w}"));
        }
        for pair in line.windows(2) {
            out.add(1, format!("b={} {}", pair[0], pair[1]));
        }
        for three in line.windows(3) {
            out.add(1, format!("t={} {} {}", three[0], three[1], three[2]));
        }
        let position = |name: &str| line.iter().position(|w| w == name);
        if let (Some(a), Some(b)) = (position("SRC"), position("TGT")) {
            out.add(3, format!("order={}", a < b));
            let (low, high) = (a.min(b), a.max(b));
            for w in &line[low + 1..high] {
                out.add(2, format!("m{}={w}", u8::from(a < b)));
            }
        }
        if let Some(b) = position("TGT").filter(|b| *b > 0) {
            out.add(3, format!("before={}", line[b - 1]));
        }
        if let Some(a) = position("SRC").and_then(|a| line.get(a + 1)) {
            out.add(3, format!("after={a}"));
        }
        self.way(sides, &mut out);
        self.rules(sentence, sides, &mut out);
        out.finish()
    }

    /// The head of a stretch of tokens: the one whose own head lies outside.
    fn head_of(&self, r: (usize, usize)) -> usize {
        let t = self.tree;
        (r.0..=r.1).find(|i| t.head(*i).is_none_or(|h| h < r.0 || h > r.1)).unwrap_or(r.1)
    }

    /// The verbs and relations between the parties.
    fn way(&self, sides: &Sides, out: &mut Bag) {
        let t = self.tree;
        let up = |from: usize| {
            let mut path = vec![from];
            while let Some(h) = path.last().and_then(|i| t.head(*i)).filter(|_| path.len() < 40) {
                path.push(h);
            }
            path
        };
        let (Some(s), Some(g)) = (sides.source.map(|r| self.head_of(r)), sides.target.map(|r| self.head_of(r))) else {
            return;
        };
        let (a, b) = (up(s), up(g));
        for (name, head, path) in [("s", s, &a), ("g", g, &b)] {
            out.add(3, format!("{name}rel={}", t.rel(head).as_str()));
            out.add(3, format!("{name}lemma={}", t.lemma(head)));
            if let Some(p) = t.preposition(head) {
                out.add(3, format!("{name}prep={p}"));
            }
            if let Some(x) = self.reader.lexicon.plover.sector(t.lemma(head)) {
                out.add(3, format!("{name}sector={x}"));
            }
            for v in path.iter().skip(1).filter(|v| matches!(t.upos(**v), Upos::Verb | Upos::Noun | Upos::Adj)).take(4)
            {
                out.add(3, format!("{name}up={}", t.lemma(*v)));
            }
        }
        let Some(meet) = a.iter().find(|i| b.contains(i)).copied() else { return };
        let lemma = t.lemma(meet);
        out.add(4, format!("meet={lemma}"));
        for path in [&a, &b] {
            for v in path.iter().take_while(|i| **i != meet).skip(1) {
                out.add(3, format!("way={}/{}", t.rel(*v).as_str(), t.lemma(*v)));
            }
        }
        for k in t.kids(meet) {
            let l = t.lemma(k);
            match t.rel(k) {
                Rel::Aux | Rel::AuxPass => out.add(4, format!("aux={}", t.word(k).to_lowercase())),
                Rel::Obj | Rel::NsubjPass | Rel::Xcomp | Rel::Ccomp | Rel::CompoundPrt | Rel::Advmod => {
                    out.add(3, format!("{}={l}", t.rel(k).as_str()));
                    out.add(3, format!("{lemma}-{}={l}", t.rel(k).as_str()));
                }
                Rel::Obl => {
                    let p = t.preposition(k).unwrap_or("");
                    out.add(3, format!("{lemma}-{p}"));
                    out.add(3, format!("obl-{p}={l}"));
                }
                _ => {}
            }
        }
        let f = frame(t, meet);
        for (p, h) in &f.preps {
            out.add(3, format!("{lemma}-{p}={}", t.lemma(*h)));
        }
    }

    /// What the rules make of the sentence, and of each word on its own.
    fn rules(&self, sentence: usize, sides: &Sides, out: &mut Bag) {
        let t = self.tree;
        let found = self.reader.sentence(sentence);
        if found.is_empty() {
            out.add(5, "none".into());
        }
        let near = |i: usize, r: Option<(usize, usize)>| r.is_some_and(|r| t.within(self.head_of(r), i));
        for (n, f) in found.iter().enumerate() {
            out.add(5, format!("kind={}", f.kind));
            out.add(5, format!("rule={}", f.rule));
            if n == 0 {
                out.add(5, format!("first={}", f.kind));
            }
            if near(f.trigger, sides.source) && near(f.trigger, sides.target) {
                out.add(5, format!("both={}", f.kind));
            }
            if !f.inner.is_empty() {
                out.add(5, format!("inner={}>{}", f.kind, f.inner));
            }
        }
        for i in t.syntax.sentences[sentence].tokens() {
            if let Some((kind, rule)) = self.reader.alone(i) {
                out.add(6, format!("alone={kind}"));
                out.add(6, format!("alone={rule}"));
            }
        }
    }
}

/// Features by group; each group is scaled by its size.
#[derive(Default)]
struct Bag {
    groups: [Vec<String>; 7],
}

impl Bag {
    fn add(&mut self, group: usize, feature: String) {
        self.groups[group].push(feature);
    }

    fn finish(mut self) -> Features {
        let mut out: Features = Vec::new();
        // How much each group weighs: words, word pairs, between, way, meeting word, rules, rules of single words.
        let weight = [1.0f32, 1.0, 1.0, 1.5, 1.0, 1.5, 1.0];
        for (g, list) in self.groups.iter_mut().enumerate() {
            list.sort();
            list.dedup();
            if list.is_empty() {
                continue;
            }
            let value = weight[g] / (list.len() as f32).sqrt();
            for f in list.iter() {
                out.push((bucket(g, f), value));
            }
        }
        out.sort_by_key(|f| f.0);
        out
    }
}

fn bucket(group: usize, feature: &str) -> u32 {
    let mut h: u64 = 0xcbf2_9ce4_8422_2325 ^ group as u64;
    for b in feature.bytes() {
        h = (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3);
    }
    ((h >> 20) as usize & (BUCKETS - 1)) as u32
}
