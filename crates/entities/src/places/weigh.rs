//! Which of several places of one name is meant: all names of a report are weighed together, in three rounds.
//!
//! Each place starts with what it is (people, level) and how much the report speaks of its country. Then every name
//! votes with the places that it probably means: places in a province and a neighbourhood where other names have
//! places too gain, and the vote is taken again. A container that follows ("X, Ga.", "X in Y") counts most. One name
//! means one place throughout a report (Gale, Church & Yarowsky 1992, "One Sense Per Discourse"), unless a container
//! or a level word beside it says otherwise. That places of one text lie near one another is the old rule of
//! toponym resolution: Leidner 2007, "Toponym Resolution in Text", chapter 4.

use super::candidates::Candidate;
use super::grid::Grid;
use super::groups::Groups;
use crate::Context;
use counterclaim_lexicon::PlaceEntry;
use counterclaim_text::{Level, Syntax, Upos};

/// Weights of the signs, found on the development halves of LGL and GeoWebNews and on the desk set.
mod weight {
    pub const COUNTRY: f64 = 4.0;
    pub const HOME: f64 = 0.5;
    pub const CURATED: f64 = 0.5;
    pub const PEOPLE: f64 = 0.5;
    pub const WANTED: f64 = 3.0;
    pub const UNWANTED: f64 = -0.8;
    pub const PROVINCE: f64 = 1.2;
    pub const NEAR: f64 = 1.5;
    pub const CONTAINER: f64 = 5.0;
    pub const CONTAINS: f64 = 3.0;
    pub const LATER_CONTAINER: f64 = 2.0;
}

/// The choice for one candidate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Choice {
    /// Index of the entry within its group.
    pub entry: usize,
    /// Why this one.
    pub why: &'static str,
}

/// Chooses a place for each candidate that has some.
pub(super) fn choose(
    candidates: &[Candidate],
    groups: &Groups,
    syntax: &Syntax,
    context: &Context,
) -> Vec<Option<Choice>> {
    let mut names = Names::new(candidates, groups, context);
    let links = links(candidates, groups, syntax);
    names.link(&links);
    for _ in 0..3 {
        names.vote(groups);
    }
    let best = |(i, c): (usize, &Candidate)| {
        // "Guma local government area of Benue State, Nigeria": no place of that name lies there.
        if candidates.get(i + 1).is_some_and(|d| elsewhere(c, d, groups, syntax)) {
            return None;
        }
        names.best(i, c, groups, &links)
    };
    candidates.iter().enumerate().map(best).collect()
}

/// True if the name is told to lie in the place named right after it, and no place of that name lies in its country.
fn elsewhere(c: &Candidate, outer: &Candidate, groups: &Groups, syntax: &Syntax) -> bool {
    let (Some(g), Some(h)) = (c.group, outer.group) else { return false };
    let joined = (c.last + 1..outer.first).all(|t| {
        matches!(syntax.tokens[t].upos, Upos::Adp | Upos::Noun | Upos::Det | Upos::Adj)
            && matches!(
                syntax.lemma(t),
                "of" | "in"
                    | "the"
                    | "district"
                    | "village"
                    | "area"
                    | "local"
                    | "government"
                    | "county"
                    | "sub-county"
                    | "municipality"
                    | "locality"
                    | "commune"
                    | "department"
                    | "tehsil"
                    | "township"
                    | "province"
                    | "state"
                    | "region"
                    | "town"
            )
    });
    let preposition = (c.last + 1..outer.first).any(|t| syntax.tokens[t].upos == Upos::Adp);
    let (inner, container) = (groups.entries(g), groups.entries(h));
    joined
        && preposition
        && outer.first - c.last <= 6
        && !inner.iter().any(|e| e.curated || e.level != Level::Town)
        && container.iter().all(|f| f.curated && f.level > Level::Admin2 && f.level != Level::Area)
        && !inner.iter().any(|e| container.iter().any(|f| e.country == f.country))
}

/// A name and its container named beside it.
struct Link {
    /// Candidate numbers and the entries that fit each other.
    inner: usize,
    inner_entry: usize,
    outer: usize,
    outer_entry: usize,
    weight: f64,
}

/// Pairs of entries of neighbouring candidates of which one lies in the other.
fn links(candidates: &[Candidate], groups: &Groups, syntax: &Syntax) -> Vec<Link> {
    let mut out = Vec::new();
    for (i, c) in candidates.iter().enumerate() {
        let Some(g) = c.group else { continue };
        for (j, d) in candidates.iter().enumerate().skip(i + 1).take(4) {
            let gap = d.first.saturating_sub(c.last + 1);
            if gap > 8 || syntax.sentence_of(c.first) != syntax.sentence_of(d.first) {
                break;
            }
            let Some(h) = d.group else { continue };
            if g == h {
                continue;
            }
            // "China on Monday told Texas": a country is one, unless the container stands right beside.
            if gap > 2 && groups.entries(g).iter().any(|e| e.level == Level::Country) {
                continue;
            }
            let weight = if gap <= 2 { weight::CONTAINER } else { weight::LATER_CONTAINER };
            let state = |g: usize| groups.entries(g).iter().any(|e| e.level == Level::Country);
            // "Niger, Nigeria and Chad" is a list.
            if state(g) && state(h) {
                continue;
            }
            for (a, e) in groups.entries(g).iter().enumerate() {
                for (b, f) in groups.entries(h).iter().enumerate() {
                    if lies_in(e, f) {
                        out.push(Link { inner: i, inner_entry: a, outer: j, outer_entry: b, weight });
                    } else if gap <= 1 && lies_in(f, e) {
                        // "Georgia's Gori", "Ohio city Lima".
                        out.push(Link { inner: j, inner_entry: b, outer: i, outer_entry: a, weight: weight * 0.6 });
                    }
                }
            }
        }
    }
    out
}

fn lies_in(inner: &PlaceEntry, outer: &PlaceEntry) -> bool {
    if inner.country != outer.country || inner.country.is_empty() {
        return false;
    }
    match outer.level {
        Level::Country => inner.level != Level::Country,
        Level::Admin1 => matches!(inner.level, Level::Town | Level::Admin2 | Level::Area) && inner.admin1 == outer.name,
        Level::Admin2 => {
            matches!(inner.level, Level::Town | Level::Area)
                && inner.admin2 == outer.name
                && (outer.admin1.is_empty() || inner.admin1 == outer.admin1)
        }
        _ => false,
    }
}

/// The state of the vote: a score for each entry of each group in use.
struct Names {
    /// Groups in use with the candidates that name them.
    used: Vec<(usize, Vec<usize>)>,
    /// Where each group stands in `used`.
    at: Vec<usize>,
    group_of: Vec<Option<usize>>,
    /// What each entry has without votes, and with them.
    base: Vec<Vec<f64>>,
    score: Vec<Vec<f64>>,
}

impl Names {
    fn new(candidates: &[Candidate], groups: &Groups, context: &Context) -> Names {
        let mut at = vec![usize::MAX; groups.list().len()];
        let mut used: Vec<(usize, Vec<usize>)> = Vec::new();
        for (i, c) in candidates.iter().enumerate() {
            if let Some(g) = c.group {
                if at[g] == usize::MAX {
                    at[g] = used.len();
                    used.push((g, Vec::new()));
                }
                used[at[g]].1.push(i);
            }
        }
        let total: u32 = context.countries.iter().map(|c| c.1).sum::<u32>().max(1);
        let prior = |e: &PlaceEntry| {
            let named = context.countries.iter().find(|(k, _)| *k == e.country).map_or(0, |c| c.1);
            let mut s = weight::COUNTRY * (f64::from(named) / f64::from(total)).sqrt();
            s += if e.country == context.home && !e.country.is_empty() { weight::HOME } else { 0.0 };
            s += if e.curated { weight::CURATED } else { 0.0 };
            s += weight::PEOPLE * people(e).log10();
            s + match e.level {
                Level::Country => 3.0,
                Level::Admin1 => 0.9,
                Level::Town if e.feature == "capital" || e.population > 4_000_000 => 1.3,
                Level::Admin2 if e.curated => 0.5,
                Level::Admin2 => 0.0,
                Level::Town => 0.3,
                Level::Area => 0.2,
            }
        };
        let base: Vec<Vec<f64>> = used.iter().map(|(g, _)| groups.entries(*g).iter().map(prior).collect()).collect();
        let group_of = candidates.iter().map(|c| c.group).collect();
        Names { used, at, group_of, score: base.clone(), base }
    }

    /// A container named beside one mention speaks for the name everywhere; several such signs count once.
    fn link(&mut self, links: &[Link]) {
        let mut most: Vec<Vec<f64>> = self.base.iter().map(|b| vec![0.0; b.len()]).collect();
        for l in links {
            let outer = l.weight * weight::CONTAINS / weight::CONTAINER;
            for (candidate, entry, by) in [(l.inner, l.inner_entry, l.weight), (l.outer, l.outer_entry, outer)] {
                if let Some(g) = self.group_of[candidate] {
                    let at = &mut most[self.at[g]][entry];
                    *at = at.max(by);
                }
            }
        }
        for (base, most) in self.base.iter_mut().flatten().zip(most.into_iter().flatten()) {
            *base += most;
        }
        self.score = self.base.clone();
    }

    /// One round: every name votes for the provinces and neighbourhoods of its probable places.
    fn vote(&mut self, groups: &Groups) {
        let (mut provinces, mut near) = (Tally::default(), Grid::default());
        let shares: Vec<Vec<f64>> = self.score.iter().map(|s| soft_max(s)).collect();
        for (n, (g, mentions)) in self.used.iter().enumerate() {
            let voice = 1.0 + (mentions.len() as f64).ln();
            for (e, share) in groups.entries(*g).iter().zip(&shares[n]) {
                if let Some(key) = province(e) {
                    provinces.add(key, voice * share);
                }
                if is_small(e) {
                    near.add(e.lat, e.lon, voice * share);
                }
            }
        }
        near.settle();
        let mut next = self.base.clone();
        for (n, (g, mentions)) in self.used.iter().enumerate() {
            let voice = 1.0 + (mentions.len() as f64).ln();
            let entries = groups.entries(*g);
            let (mut own_provinces, mut own_near) = (Tally::default(), Grid::default());
            for (e, share) in entries.iter().zip(&shares[n]) {
                if let Some(key) = province(e) {
                    own_provinces.add(key, voice * share);
                }
                if is_small(e) {
                    own_near.add(e.lat, e.lon, voice * share);
                }
            }
            own_near.settle();
            let gains: Vec<f64> = entries
                .iter()
                .map(|e| {
                    let others = province(e).map_or(0.0, |key| provinces.get(key) - own_provinces.get(key));
                    let beside = match is_small(e) {
                        true => near.around(e.lat, e.lon) - own_near.around(e.lat, e.lon),
                        false => 0.0,
                    };
                    weight::PROVINCE * (1.0 + others.max(0.0)).ln() + weight::NEAR * (1.0 + beside.max(0.0)).ln()
                })
                .collect();
            // A province, its district and its seat of one name share what speaks for any of them: the votes say where,
            // not at which level.
            for (k, e) in entries.iter().enumerate() {
                let shared =
                    entries.iter().zip(&gains).filter(|(f, _)| province(e).is_some() && province(f) == province(e));
                next[n][k] += shared.map(|(_, gain)| *gain).fold(gains[k], f64::max);
            }
        }
        self.score = next;
    }

    /// The best entry for one mention, with what stands beside it.
    fn best(&self, i: usize, c: &Candidate, groups: &Groups, links: &[Link]) -> Option<Choice> {
        let g = c.group?;
        let n = self.at[g];
        let entries = groups.entries(g);
        let beside = |k: usize| {
            let inner = links.iter().filter(|l| l.inner == i && l.inner_entry == k).map(|l| l.weight);
            let outer = links.iter().filter(|l| l.outer == i && l.outer_entry == k).map(|l| l.weight * 0.6);
            inner.chain(outer).fold(0.0, f64::max)
        };
        let level = |e: &PlaceEntry| match c.wanted {
            Some(l) if l == e.level => weight::WANTED,
            Some(Level::Area) if e.level != Level::Country => 0.0,
            Some(_) => weight::UNWANTED,
            None => 0.0,
        };
        let total = |k: usize| self.score[n][k] + beside(k) + level(&entries[k]);
        let entry = (0..entries.len()).max_by(|a, b| total(*a).total_cmp(&total(*b)).then(b.cmp(a)))?;
        let by = |f: &dyn Fn(usize) -> f64| (0..entries.len()).all(|k| k == entry || f(k) < f(entry));
        let why = if entries.len() == 1 {
            "the only place of that name"
        } else if beside(entry) > 0.0 && by(&beside) {
            "its container is named beside it"
        } else if by(&|k| level(&entries[k])) {
            "the word beside it says its level"
        } else if by(&|k| self.base[n][k]) {
            "the report speaks of its country, or it is the largest"
        } else {
            "other places of the report lie near it"
        };
        Some(Choice { entry, why })
    }
}

/// Persons, or a guess from the level where the tables give none.
fn people(e: &PlaceEntry) -> f64 {
    if e.population > 0 {
        return (e.population as f64).max(100.0);
    }
    let towns = f64::from(e.towns);
    match (e.level, e.curated) {
        (Level::Town, false) => 2e3,
        (Level::Town, true) => 1e4,
        (Level::Admin2, false) => 2e3 * (1.0 + towns),
        (Level::Admin2, true) => 3e4,
        (Level::Admin1, false) => 2e4 * (1.0 + towns),
        (Level::Admin1, true) => 1e6,
        (Level::Country, _) => 1e7,
        (Level::Area, _) => 2e4,
    }
}

/// Countries and provinces have middles that say nothing about neighbourhood.
fn is_small(e: &PlaceEntry) -> bool {
    matches!(e.level, Level::Town | Level::Admin2)
}

fn province(e: &PlaceEntry) -> Option<(&str, &str)> {
    let name = if e.level == Level::Admin1 { e.name.as_str() } else { e.admin1.as_str() };
    (!name.is_empty() && !e.country.is_empty()).then_some((e.country.as_str(), name))
}

fn soft_max(scores: &[f64]) -> Vec<f64> {
    let top = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let shares: Vec<f64> = scores.iter().map(|s| (s - top).exp()).collect();
    let sum: f64 = shares.iter().sum();
    shares.into_iter().map(|s| s / sum).collect()
}

/// Sums by province.
#[derive(Default)]
struct Tally<'a>(std::collections::BTreeMap<(&'a str, &'a str), f64>);

impl<'a> Tally<'a> {
    fn add(&mut self, key: (&'a str, &'a str), by: f64) {
        *self.0.entry(key).or_default() += by;
    }

    fn get(&self, key: (&str, &str)) -> f64 {
        self.0.get(&key).copied().unwrap_or(0.0)
    }
}
