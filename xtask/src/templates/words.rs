//! What is said of a phrase and of a report: words, ways in the tree, classes, and what the rules have found.

use super::phrases::{Finder, Stretch};
use counterclaim_coding::EventDraft;
use counterclaim_lexicon::Lexicon;
use counterclaim_reader::Layers;
use counterclaim_text::{Rel, Upos};
use std::collections::BTreeMap;

/// Word classes that are worth knowing of a phrase or of what governs it.
const CLASSES: [&str; 22] = [
    "aircraft",
    "artillery",
    "explosive",
    "fire",
    "militant",
    "force",
    "civilian",
    "civilobject",
    "place-object",
    "person",
    "notable",
    "building",
    "infrastructure",
    "official",
    "attackword",
    "strikeword",
    "blast",
    "operation",
    "clash",
    "harm",
    "captive",
    "suicide",
];
/// The first so many of them describe things and people.
const THINGS: usize = 14;

/// Looks at one report.
pub struct Look<'a> {
    finder: &'a Finder<'a>,
    layers: &'a Layers,
    lexicon: &'a Lexicon,
    /// Lower-case words, and how often each stands in the report.
    words: Vec<String>,
    counts: BTreeMap<String, usize>,
    by_word: BTreeMap<usize, Vec<usize>>,
    by_sentence: BTreeMap<usize, Vec<usize>>,
    /// Roles that rules bound, by token.
    bound: Vec<Vec<String>>,
}

impl<'a> Look<'a> {
    /// Collects what the layers say, by token and sentence.
    pub fn new(finder: &'a Finder<'a>, layers: &'a Layers, lexicon: &'a Lexicon) -> Look<'a> {
        let t = finder.tree;
        let words: Vec<String> = (0..t.len()).map(|i| t.word(i).to_lowercase()).collect();
        let mut counts = BTreeMap::new();
        words.iter().for_each(|w| *counts.entry(w.clone()).or_insert(0) += 1);
        let (mut by_word, mut by_sentence): (BTreeMap<usize, Vec<usize>>, BTreeMap<usize, Vec<usize>>) =
            Default::default();
        for (n, e) in layers.coded.events.iter().enumerate() {
            by_word.entry(e.trigger as usize).or_default().push(n);
            if e.verb != e.trigger {
                by_word.entry(e.verb as usize).or_default().push(n);
            }
            by_sentence.entry(e.sentence as usize).or_default().push(n);
        }
        let mut bound = vec![Vec::new(); t.len()];
        for f in &layers.coded.fired {
            let kind = f.rule.split('/').nth(1).unwrap_or(&f.rule);
            for (role, span, _) in &f.bound {
                let first = t.syntax.tokens.partition_point(|k| k.span.start < span.start);
                let within = t.syntax.tokens[first..].iter().take_while(|k| k.span.end <= span.end).count();
                for list in &mut bound[first..first + within] {
                    list.push(format!("{role} {kind} {}", f.dropped.is_some()));
                }
            }
        }
        Look { finder, layers, lexicon, words, counts, by_word, by_sentence, bound }
    }

    fn events<'e>(&'e self, at: &'e BTreeMap<usize, Vec<usize>>, key: usize) -> impl Iterator<Item = &'e EventDraft> {
        at.get(&key).into_iter().flatten().map(|n| &self.layers.coded.events[*n])
    }

    fn of_classes(&self, i: usize, list: &'static [&'static str]) -> impl Iterator<Item = &'static str> + '_ {
        list.iter().copied().filter(move |c| self.lexicon.classes.has(self.finder.tree.lemma(i), c))
    }

    /// Classes of a word: of the tables, of its name, of the actor that it belongs to.
    pub fn classes(&self, i: usize) -> Vec<String> {
        let mut out: Vec<String> = self.of_classes(i, &CLASSES[..THINGS]).map(str::to_owned).collect();
        out.extend(self.finder.names[i].map(|n| format!("N{:?}", n.0)));
        out.extend(self.layers.entities.actor(i).map(|a| format!("A{:?}", a.kind)));
        out.extend(self.layers.entities.place(i).map(|_| "Pl".to_owned()));
        out
    }

    /// The lower-case word at a token.
    pub fn word(&self, i: usize) -> &str {
        self.words.get(i).map_or("$", String::as_str)
    }

    /// A word with its voice.
    fn voiced(&self, i: usize) -> String {
        format!("{}{}", self.finder.tree.lemma(i), if self.finder.tree.passive(i) { "!" } else { "" })
    }

    fn content(&self, i: usize) -> bool {
        matches!(self.finder.tree.upos(i), Upos::Noun | Upos::Verb | Upos::Adj | Upos::Propn)
    }

    /// What stands around the head of a phrase.
    pub fn around(&self, h: usize) -> Vec<String> {
        let t = self.finder.tree;
        let lemma = t.lemma(h);
        let mut f = vec![
            format!("lem={lemma}"),
            format!("rel={}", t.rel(h).as_str()),
            format!("tag={}", t.upos(h).as_str()),
            format!("xp={}", t.syntax.tokens[h].xpos.as_str()),
            format!("word={}", self.words[h]),
        ];
        let classes = self.classes(h);
        f.extend(classes.iter().map(|c| format!("c={c}")));
        f.push(format!("cc={}", classes.join("+")));
        if let Some(end) = lemma.char_indices().rev().nth(3).filter(|(at, _)| *at > 0) {
            f.push(format!("suf={}", &lemma[end.0..]));
        }
        self.upward(h, &classes, &mut f);
        self.clause(h, &classes, &mut f);
        self.sentence(h, &classes, &mut f);
        for d in 1..=3usize {
            if h >= d {
                f.push(format!("b{d}={}", t.lemma(h - d)));
            }
            if h + d < t.len() {
                f.push(format!("a{d}={}", t.lemma(h + d)));
            }
        }
        if h >= 2 {
            f.push(format!("b12={} {}", t.lemma(h - 2), t.lemma(h - 1)));
        }
        if h + 2 < t.len() {
            f.push(format!("a12={} {}", t.lemma(h + 1), t.lemma(h + 2)));
        }
        for k in t.kids(h) {
            f.push(format!("kid={} {}", t.rel(k).as_str(), t.lemma(k)));
            f.extend(self.classes(k).iter().map(|c| format!("kidc={} {c}", t.rel(k).as_str())));
        }
        for b in &self.bound[h] {
            let role = b.split(' ').next().unwrap_or("");
            f.push(format!("bound={b}"));
            f.push(format!("bnd={role}"));
            f.extend(classes.iter().map(|c| format!("bndc={role} {c}")));
        }
        if let Some(a) = self.layers.entities.actor(h) {
            f.extend([format!("actor={}", a.actor), format!("sector={}", a.sector), format!("arule={}", a.rule)]);
        }
        f.push(format!("cnt={}", self.counts.get(&self.words[h]).copied().unwrap_or(1).min(5)));
        f
    }

    /// The words that a phrase hangs on.
    fn upward(&self, h: usize, classes: &[String], f: &mut Vec<String>) {
        let t = self.finder.tree;
        let (mut at, mut via) = (h, String::new());
        for step in 0..4 {
            let Some(up) = t.head(at) else {
                f.push(format!("root{step}={via}"));
                break;
            };
            via.push('/');
            via.push_str(t.rel(at).as_str());
            if let Some(p) = t.preposition(at) {
                via.push(':');
                via.push_str(p);
            }
            let v = self.voiced(up);
            f.push(format!("up{step}={via} {v}"));
            f.push(format!("gov={v}"));
            f.push(format!("path={via}"));
            if step < 2 {
                f.extend(classes.iter().map(|c| format!("cg={c}{via} {v}")));
                f.push(format!("lg={}{via} {v}", t.lemma(h)));
            }
            f.extend(self.of_classes(up, &CLASSES).map(|c| format!("upc={via} {c}")));
            for e in self.events(&self.by_word, up) {
                f.push(format!("ev={via} {}", e.kind));
                f.push(format!("evk={}", e.kind));
                f.extend(classes.iter().map(|c| format!("ce={c}{via} {}", e.kind)));
            }
            at = up;
        }
    }

    /// The verb of the clause and what else hangs on it.
    fn clause(&self, h: usize, classes: &[String], f: &mut Vec<String>) {
        let t = self.finder.tree;
        let mut v = h;
        for _ in 0..8 {
            match t.head(v) {
                Some(up) if t.upos(v) != Upos::Verb => v = up,
                _ => break,
            }
        }
        if v == h {
            return;
        }
        f.push(format!("cv={}", self.voiced(v)));
        f.extend(classes.iter().map(|c| format!("cvc={c} {}", t.lemma(v))));
        for k in t.kids(v) {
            let argument = matches!(t.rel(k), Rel::Obj | Rel::Nsubj | Rel::NsubjPass | Rel::Obl | Rel::OblAgent);
            let (a, b) = t.hull(k);
            if argument && !(a..=b).contains(&h) {
                let rel = t.rel(k).as_str();
                f.push(format!("sib={rel}:{} {}", t.preposition(k).unwrap_or("-"), t.lemma(k)));
                f.extend(self.classes(k).iter().map(|c| format!("sibc={rel} {c}")));
            }
        }
    }

    /// The sentence and its neighbours.
    fn sentence(&self, h: usize, classes: &[String], f: &mut Vec<String>) {
        let t = self.finder.tree;
        let s = t.sentence(h);
        for e in self.events(&self.by_sentence, s) {
            f.push(format!("near0={}", e.kind));
            f.push(format!("near0r={} {}", e.kind, e.real()));
            f.extend(classes.iter().map(|c| format!("cs={c} {}", e.kind)));
        }
        for (name, key) in [("near-1", s.wrapping_sub(1)), ("near1", s + 1)] {
            f.extend(self.events(&self.by_sentence, key).map(|e| format!("{name}={}", e.kind)));
        }
        f.push(format!("pos={}", (s / 3).min(6)));
        for i in t.syntax.sentences[s].tokens().filter(|i| self.content(*i)) {
            f.push(format!("s={}", t.lemma(i)));
            if matches!(t.upos(i), Upos::Verb | Upos::Noun) {
                f.extend(classes.iter().map(|c| format!("sc={c} {}", t.lemma(i))));
            }
        }
    }

    /// What tells the type of incident that a phrase belongs to: its sentence and the two beside it.
    pub fn topic(&self, h: usize) -> Vec<String> {
        let t = self.finder.tree;
        let s = t.sentence(h);
        let mut f = Vec::new();
        for (name, key) in [("-1", s.wrapping_sub(1)), ("0", s), ("1", s + 1)] {
            let Some(sentence) = t.syntax.sentences.get(key) else { continue };
            for i in sentence.tokens().filter(|i| self.content(*i)) {
                f.push(format!("s{name}={}", t.lemma(i)));
                f.push(format!("sa={}", t.lemma(i)));
            }
            for e in self.events(&self.by_sentence, key) {
                f.push(format!("e{name}={}", e.kind));
                f.push(format!("ea={}", e.kind));
            }
        }
        f.push(format!("l={}", t.lemma(h)));
        let mut at = h;
        for _ in 0..3 {
            let Some(up) = t.head(at) else { break };
            f.push(format!("g={}", t.lemma(up)));
            at = up;
        }
        f
    }

    /// How a stretch of words is cut, seen from its head; `seen` says how often its words stand in the report.
    pub fn cut(&self, h: usize, s: &Stretch, seen: usize) -> Vec<String> {
        let t = self.finder.tree;
        let (a, b) = (s.first, s.last);
        let tag = |i: usize| t.upos(i).as_str();
        let before = if a > 0 { self.word(a - 1) } else { "^" };
        let before_tag = if a > 0 { tag(a - 1) } else { "^" };
        let after_tag = if b + 1 < t.len() { tag(b + 1) } else { "$" };
        let left = h.saturating_sub(a);
        let mut f = vec![
            format!("ll={left}"),
            format!("rr={}", b.saturating_sub(h).min(4)),
            format!("first={}", t.lemma(a)),
            format!("ft={}", tag(a)),
            format!("last={}", t.lemma(b)),
            format!("lt={}", tag(b)),
            format!("pw={before}"),
            format!("pt={before_tag}"),
            format!("pt={before_tag} {}", tag(a)),
            format!("nw={}", self.word(b + 1)),
            format!("nt={after_tag}"),
            format!("seq={}", (a..=b).take(6).map(tag).collect::<Vec<_>>().join(" ")),
            format!("tc={}", seen.min(4)),
            format!("len={}", (b - a + 1).min(7)),
            format!("lemll={} {left}", t.lemma(h)),
            format!("isn={}", (a..=b).any(|i| t.upos(i) == Upos::Num)),
        ];
        let side = |x: usize, y: usize| (x > y) as i8 - (x < y) as i8;
        f.extend(self.finder.names[h].map(|(c, x, y)| format!("nm={} {} {c:?}", side(a, x), side(b + 1, y))));
        let actor = self.layers.entities.actor(h);
        f.extend(actor.map(|m| format!("ac={} {}", side(a, m.tokens.0 as usize), side(b, m.tokens.1 as usize))));
        for i in a..h {
            f.push(format!("il={}", t.lemma(i)));
            f.push(format!("ilr={}{}", t.rel(i).as_str(), t.head(i) == Some(h)));
        }
        if b > h {
            f.push(format!("of={}", (h..b).any(|i| matches!(t.lemma(i), "of" | "in" | "for"))));
        }
        f.extend((h + 1..=b).map(|i| format!("ir={}", t.lemma(i))));
        let (x, y) = t.hull(h);
        let inside = |i: usize| if (x..=y).contains(&i) { t.rel(i).as_str() } else { "-" };
        f.push(format!("aft={}", if b + 1 < t.len() { inside(b + 1) } else { "-" }));
        f.push(format!("befin={}", if a > 0 { inside(a - 1) } else { "-" }));
        f
    }

    /// Words, word pairs and kinds of events of the whole report.
    pub fn whole(&self) -> Vec<String> {
        let t = self.finder.tree;
        let mut f: Vec<String> = Vec::new();
        for i in 0..t.len() {
            f.push(format!("w={}", t.lemma(i)));
            if i > 0 {
                f.push(format!("b={} {}", t.lemma(i - 1), t.lemma(i)));
            }
            if i < 80 {
                f.push(format!("lead={}", t.lemma(i)));
            }
        }
        for e in &self.layers.coded.events {
            let (kind, part) = (&e.kind, (e.sentence / 3).min(4));
            f.extend([format!("kind={kind}"), format!("rule={}", e.rule), format!("real={kind}{}", e.real())]);
            f.extend([format!("ek={kind} {} {part}", e.real()), format!("ep={kind} {part}")]);
            f.push(format!("er={} {}", e.rule, e.real()));
            f.push(format!("tl={} {}", t.lemma(e.trigger as usize), e.real()));
            f.push(format!("ew={kind} {} {}", e.when.is_some(), !e.places.is_empty()));
            f.extend(e.targets.iter().take(3).map(|x| format!("et={kind} {x}")));
            f.extend(e.perpetrators.iter().take(3).map(|x| format!("epp={kind} {x}")));
        }
        for v in (0..t.len()).filter(|v| t.upos(*v) == Upos::Verb) {
            for k in t.kids(v) {
                if matches!(t.rel(k), Rel::Obj | Rel::Nsubj | Rel::NsubjPass | Rel::Obl | Rel::OblAgent) {
                    let rel = t.rel(k).as_str();
                    f.push(format!("{rel}={} {}", t.lemma(v), t.lemma(k)));
                    f.extend(self.classes(k).iter().map(|c| format!("{rel}c={} {c}", t.lemma(v))));
                }
            }
        }
        f.extend(self.layers.coded.fired.iter().map(|r| format!("fired={}", r.rule)));
        f
    }

    /// What the rules found, what sort of report it is, and how long: features with values.
    pub fn marks(&self) -> Vec<(String, f32)> {
        let t = self.finder.tree;
        let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
        for e in &self.layers.coded.events {
            *kinds.entry(format!("k={}", e.kind)).or_default() += 1;
            *kinds.entry(format!("k={}{}", e.kind, if e.real() { "+" } else { "-" })).or_default() += 1;
        }
        let mut out: Vec<(String, f32)> = kinds.into_iter().map(|(k, n)| (k, n.min(4) as f32 / 3.0)).collect();
        out.push(("len".into(), t.len().min(1500) as f32 / 500.0));
        // Headers name the sort of report, the station or agency, and the kind of text: "[COMMUNIQUE]", "(DOMESTIC SERVICE)".
        let head: String = t.text.chars().take(400).collect();
        for (open, close, most) in [('(', ')', 2), ('[', ']', 3)] {
            let parts = head.split(open).skip(1).filter_map(|p| p.split_once(close)).map(|p| p.0);
            let short = parts.filter(|p| (3..=40).contains(&p.len()) && !p.contains('\n'));
            out.extend(short.take(most).map(|p| (format!("src{open}{p}"), 1.0)));
        }
        out
    }
}
