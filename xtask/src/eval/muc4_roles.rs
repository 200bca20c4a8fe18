//! Which phrases of a report fill MUC-4's roles, and which types of incident it tells of: two linear scorers over what
//! the reader's layers say of each phrase.
//!
//! They are fitted on the development reports (`cargo xtask train-events` writes `data/models/muc4-*.bin`) and serve the
//! measuring only: the program itself has no use for MUC-4's templates.

use super::Tools;
use super::tools::bare;
use crate::train_events::{Plan, Sample, fit_with};
use counterclaim_coding::{BUCKETS, EventDraft, Features, Scorer, Tree};
use counterclaim_entities::Entities;
use counterclaim_evaluation::muc4::{MucDoc, ROLES, Template, normalise};
use counterclaim_reader::Layers;
use counterclaim_text::{Rel, Upos};
use rayon::prelude::*;

/// Types of incident that are told apart; the rest are too rare.
const TYPES: [&str; 5] = ["attack", "bombing", "kidnapping", "arson", "robbery"];

/// Word classes that are worth knowing of a phrase.
const CLASSES: [&str; 12] = [
    "explosive",
    "artillery",
    "building",
    "civilobject",
    "place-object",
    "infrastructure",
    "person",
    "civilian",
    "force",
    "militant",
    "notable",
    "official",
];

/// Both scorers.
pub struct Fillers {
    /// Roles of phrases: "none" or a name of [`ROLES`].
    pub roles: Scorer,
    /// Types of reports: "none" or one of [`TYPES`].
    pub types: Scorer,
}

/// A phrase that may fill a role.
struct Candidate {
    head: usize,
    text: String,
    features: Features,
}

impl Fillers {
    /// Fits both scorers on reports with templates.
    pub fn fit(tools: &Tools, docs: &[MucDoc]) -> Fillers {
        let parts: Vec<(Vec<Sample>, Vec<Sample>)> = docs.par_iter().map(|d| samples(tools, d)).collect();
        let (mut roles, mut types) = (Vec::new(), Vec::new());
        for (r, t) in parts {
            roles.extend(r);
            types.extend(t);
        }
        let roles: Vec<&Sample> = roles.iter().collect();
        let types: Vec<&Sample> = types.iter().collect();
        let get = |n: &str, d: f32| std::env::var(n).ok().and_then(|v| v.parse::<f32>().ok()).unwrap_or(d);
        let plan = Plan { passes: get("MP", 6.0) as usize, rate: get("ML", 0.2), shrink: get("MS", 1e-6) };
        let whole = Plan { passes: 20, rate: 0.2, shrink: 1e-4 };
        Fillers { roles: fit_with(&roles, plan), types: fit_with(&types, whole) }
    }

    /// The templates of a report: one for each type that is likely enough, with the phrases that are.
    pub fn templates(&self, tools: &Tools, doc: &MucDoc, least: (f32, f32)) -> Vec<Template> {
        let layers = tools.reader.layers(&bare(&doc.id, &doc.text));
        let tree = tools.tree(&doc.text, &layers.syntax);
        let look = Look { tree: &tree, layers: &layers, tools };
        let shares = self.types.shares(&look.whole());
        let share = |k: &str| self.types.kinds.iter().position(|n| n == k).and_then(|i| shares.get(i).copied());
        let mut told: Vec<(&str, f32)> = TYPES.iter().filter_map(|t| share(t).map(|s| (*t, s))).collect();
        told.retain(|(_, s)| *s >= least.0);
        told.sort_by(|a, b| b.1.total_cmp(&a.1));
        let relevant = 1.0 - share("none").unwrap_or(0.0);
        let mut out: Vec<Template> =
            told.iter().map(|(t, _)| Template { incident_type: (*t).into(), ..Template::default() }).collect();
        if out.is_empty() {
            return out;
        }
        // The best variant of each head, then each name once.
        let mut best: Vec<(usize, usize, f32, String)> = Vec::new();
        for c in look.candidates() {
            let shares = self.roles.shares(&c.features);
            for (role, (name, _)) in ROLES.iter().enumerate() {
                let Some(s) = self.roles.kinds.iter().position(|k| k == name).map(|k| shares[k] * relevant) else {
                    continue;
                };
                if s < least.1 {
                    continue;
                }
                match best.iter_mut().find(|b| b.0 == c.head && b.1 == role) {
                    Some(b) if b.2 >= s => {}
                    Some(b) => (b.2, b.3) = (s, c.text.clone()),
                    None => best.push((c.head, role, s, c.text.clone())),
                }
            }
        }
        best.sort_by(|a, b| b.2.total_cmp(&a.2).then(a.0.cmp(&b.0)));
        for (head, role, _, text) in best {
            let at = look.type_near(head, &told).unwrap_or(0);
            let list = &mut out[at].roles[role];
            let same = |e: &std::collections::BTreeSet<String>| e.iter().any(|n| alike(n, &text));
            if !list.iter().any(same) {
                list.push([text].into());
            }
        }
        out
    }
}

/// True if one name only leaves out words of the other.
fn alike(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    short.split(' ').all(|w| long.split(' ').any(|v| v == w))
}

/// The samples of one report: phrases with their role, the whole with its types.
fn samples(tools: &Tools, doc: &MucDoc) -> (Vec<Sample>, Vec<Sample>) {
    let layers = tools.reader.layers(&bare(&doc.id, &doc.text));
    let tree = tools.tree(&doc.text, &layers.syntax);
    let look = Look { tree: &tree, layers: &layers, tools };
    let role = |text: &str| {
        let held = |r: &usize| doc.templates.iter().any(|t| t.roles[*r].iter().any(|e| e.contains(text)));
        (0..ROLES.len()).find(held).map_or("none", |r| ROLES[r].0)
    };
    let roles = look.candidates().into_iter().map(|c| (c.features, role(&c.text).to_owned())).collect();
    let whole = look.whole();
    let mut names: Vec<&str> =
        doc.templates.iter().filter_map(|t| TYPES.iter().find(|n| t.incident_type.contains(**n)).copied()).collect();
    names.sort_unstable();
    names.dedup();
    if names.is_empty() {
        names.push("none");
    }
    (roles, names.into_iter().map(|n| (whole.clone(), n.to_owned())).collect())
}

/// Looks at one report.
struct Look<'a> {
    tree: &'a Tree<'a>,
    layers: &'a Layers,
    tools: &'a Tools,
}

impl Look<'_> {
    fn entities(&self) -> &Entities {
        &self.layers.entities
    }

    fn events(&self) -> &[EventDraft] {
        &self.layers.coded.events
    }

    /// Words, word pairs and kinds of events of the report.
    fn whole(&self) -> Features {
        let t = self.tree;
        let mut bag: Vec<String> = Vec::new();
        for i in 0..t.len() {
            bag.push(format!("w={}", t.lemma(i)));
            if i > 0 {
                bag.push(format!("b={} {}", t.lemma(i - 1), t.lemma(i)));
            }
            if i < 60 {
                bag.push(format!("lead={}", t.lemma(i)));
            }
        }
        for e in self.events() {
            bag.push(format!("kind={}", e.kind));
            bag.push(format!("rule={}", e.rule));
            bag.push(format!("real={}{}", e.kind, e.real()));
        }
        hashed(bag, 3.0)
    }

    /// Which of the types told the sentence of a phrase speaks of.
    fn type_near(&self, head: usize, told: &[(&str, f32)]) -> Option<usize> {
        let s = self.tree.sentence(head) as i64;
        let mut near: Vec<(i64, usize)> = self
            .events()
            .iter()
            .filter_map(|e| {
                let name = match e.kind.as_str() {
                    "bombing" | "suicide-bombing" => "bombing",
                    "abduction" => "kidnapping",
                    "property-destruction" => "arson",
                    "armed-attack" | "targeted-killing" | "violence-against-civilians" | "shelling" => "attack",
                    _ => return None,
                };
                Some(((i64::from(e.sentence) - s).abs(), told.iter().position(|t| t.0 == name)?))
            })
            .collect();
        near.sort_unstable();
        near.first().filter(|n| n.0 <= 2).map(|n| n.1)
    }

    fn candidates(&self) -> Vec<Candidate> {
        let t = self.tree;
        let mut out: Vec<Candidate> = Vec::new();
        for h in 0..t.len() {
            let nominal = matches!(t.upos(h), Upos::Noun | Upos::Propn | Upos::X);
            let inside = matches!(t.rel(h), Rel::Flat | Rel::Compound);
            let name = self.entities().actor(h).is_some_and(|m| m.tokens.0 as usize == h);
            if !nominal || inside && !name || self.entities().date(h).is_some() {
                continue;
            }
            let base = self.around(h);
            for (n, (a, b)) in self.variants(h).into_iter().enumerate() {
                let text = normalise(t.span_of(a, b).of(t.text).replace('\n', " ").as_str());
                if text.is_empty() || out.iter().rev().take(6).any(|c| c.head == h && c.text == text) {
                    continue;
                }
                let mut bag = base.clone();
                bag.push(format!("variant={n}"));
                bag.push(format!("variant={n} {}", t.lemma(h)));
                bag.push(format!("long={}", (b - a).min(6)));
                bag.push(format!("text={text}"));
                for i in a..=b {
                    bag.push(format!("in={}", t.lemma(i)));
                }
                bag.push(format!("first={}", t.lemma(a)));
                bag.push(format!("tag={}", t.upos(a).as_str()));
                out.push(Candidate { head: h, text, features: hashed(bag, 2.0) });
            }
        }
        out
    }

    /// The phrase in several lengths: noun with its nouns, with adjectives, with all before it, with its name after it.
    fn variants(&self, h: usize) -> Vec<(usize, usize)> {
        let t = self.tree;
        let reach = |rels: &[Rel], left: bool| {
            t.kids(h)
                .filter(|k| rels.contains(&t.rel(*k)) && (*k < h) == left)
                .map(|k| if left { t.hull(k).0 } else { t.hull(k).1 })
                .fold(h, |m, i| if left { m.min(i) } else { m.max(i) })
        };
        let nouns = reach(&[Rel::Compound, Rel::Flat, Rel::NmodDesc], true);
        let all = reach(&[Rel::Compound, Rel::Flat, Rel::Amod, Rel::NmodDesc, Rel::Nummod], true);
        let after = reach(&[Rel::Flat], false);
        let mut out = vec![(all, after), (nouns, after), (h, h), (h, after)];
        if let Some(k) = t.kids(h).find(|k| *k > h && t.rel(*k) == Rel::Nmod && t.preposition(*k) == Some("of")) {
            out.push((all, t.hull(k).1));
        }
        if let Some(m) = self.entities().actor(h) {
            out.push((m.tokens.0 as usize, m.tokens.1 as usize));
        }
        out.dedup();
        out
    }

    /// What stands around a phrase, whatever its length.
    fn around(&self, h: usize) -> Vec<String> {
        let t = self.tree;
        let mut bag = vec![format!("lemma={}", t.lemma(h)), format!("rel={}", t.rel(h).as_str())];
        let classes: Vec<&str> =
            CLASSES.into_iter().filter(|c| self.tools.lexicon.classes.has(t.lemma(h), c)).collect();
        for c in &classes {
            bag.push(format!("class={c}"));
        }
        let (mut at, mut via) = (h, String::new());
        for step in 0..3 {
            let Some(up) = t.head(at) else { break };
            via = format!("{via}/{}", t.rel(at).as_str());
            if let Some(p) = t.preposition(at) {
                via.push_str(p);
            }
            bag.push(format!("up{step}={via} {}", t.lemma(up)));
            bag.push(format!("gov={}", t.lemma(up)));
            if step == 0 {
                for c in &classes {
                    bag.push(format!("cg={c}{via} {}", t.lemma(up)));
                }
                bag.push(format!("lg={} {}", t.lemma(h), t.lemma(up)));
            }
            if let Some(e) = self.events().iter().find(|e| e.trigger as usize == up || e.verb as usize == up) {
                bag.push(format!("event{step}={via} {}", e.kind));
                for c in &classes {
                    bag.push(format!("ce={c}{via} {}", e.kind));
                }
            }
            if t.passive(up) {
                bag.push(format!("passive{step}{via}"));
            }
            at = up;
        }
        let s = t.sentence(h) as u32;
        for e in self.events().iter().filter(|e| e.sentence.abs_diff(s) <= 1) {
            bag.push(format!("near{}={}", e.sentence.abs_diff(s), e.kind));
            if e.sentence == s {
                for c in &classes {
                    bag.push(format!("cs={c} {}", e.kind));
                }
            }
        }
        for d in 1..=2usize {
            if h >= d {
                bag.push(format!("before{d}={}", t.lemma(h - d)));
            }
            if h + d < t.len() {
                bag.push(format!("after{d}={}", t.lemma(h + d)));
            }
        }
        for k in t.kids(h) {
            bag.push(format!("kid={} {}", t.rel(k).as_str(), t.lemma(k)));
        }
        if let Some(m) = self.entities().actor(h) {
            bag.push(format!("actor={:?}", m.kind));
            bag.push(format!("name={}", m.actor));
        }
        if self.entities().place(h).is_some() {
            bag.push("place".into());
        }
        bag.push(format!("tag={}", t.upos(h).as_str()));
        bag.push(format!("part={}", (s / 4).min(5)));
        bag
    }
}

fn hashed(mut bag: Vec<String>, weight: f32) -> Features {
    bag.sort();
    bag.dedup();
    let value = weight / (bag.len().max(1) as f32).sqrt();
    let bucket = |f: &String| {
        let mut h: u64 = 0xcbf2_9ce4_8422_2325;
        for b in f.bytes() {
            h = (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3);
        }
        ((h >> 20) as usize & (BUCKETS - 1)) as u32
    };
    let mut out: Features = bag.iter().map(|f| (bucket(f), value)).collect();
    out.sort_by_key(|f| f.0);
    out
}
