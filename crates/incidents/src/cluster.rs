//! Clustering: which sightings of several reports are one occurrence.
//!
//! The outcome is a function of the set of sightings: it does not depend on the order in which reports came in. Pairs
//! are looked for through index keys (time and family of kind), never among all; links are taken strongest first, and two
//! clusters join only if their members fit together on average, so that a chain of weak links joins nothing.

use crate::alike::compare;
use crate::sighting::Sighting;
use counterclaim_lexicon::Lexicon;
use jiff::{Span, civil::Date};
use std::collections::{BTreeMap, BTreeSet};

/// What people decided about pairs of sightings, as positions in the list that is clustered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decided {
    /// Pairs that are one occurrence.
    pub together: Vec<(usize, usize)>,
    /// Pairs that are not.
    pub apart: Vec<(usize, usize)>,
}

/// How many days lie between an occurrence and the news of it, mostly.
pub(crate) const NEWS_DAYS: i32 = 3;
/// How many days back an occurrence without a date may lie when people talk of it at length.
pub(crate) const TALK_DAYS: i32 = 14;
/// Most days of a range that is looked for day by day; longer ones are looked for by month.
const LONG: usize = 31;
/// Most months of a longer range that are looked for.
const MONTHS: usize = 24;
/// Most neighbours under one key that a sighting is compared with, nearest in the fixed order first: a bound for
/// reports that repeat themselves without end.
const WINDOW: usize = 256;
/// Most members of a cluster that are compared when two clusters may join.
const SAMPLE: usize = 8;
/// What a pair that cannot be one occurrence counts in the average of two clusters.
const IMPOSSIBLE: f64 = -6.0;

/// The keys under which a sighting is kept in an index.
///
/// Two sightings that may be one occurrence have a key of one among the [`lookups`] of the other, and the other way
/// round.
pub fn keys(lexicon: &Lexicon, s: &Sighting) -> Vec<String> {
    let families = lexicon.kinds.families(&s.kind);
    let names = match span(s) {
        Time::Days(from, to) => {
            let days = from.series(Span::new().days(1)).take_while(move |d| *d <= to);
            days.map(|d| format!("d{d}")).chain(months(from, to).map(|m| format!("m{m}"))).collect()
        }
        Time::Months(from, to) => months(from, to).map(|m| format!("l{m}")).collect(),
        Time::Unknown => vec!["u".to_owned()],
    };
    crossed(&names, &families)
}

/// The keys under which to look for sightings that may be the same occurrence as this one.
pub fn lookups(lexicon: &Lexicon, s: &Sighting) -> Vec<String> {
    let families = lexicon.kinds.families(&s.kind);
    let names = match span(s) {
        Time::Days(from, to) => {
            let (a, b) = (from.yesterday().unwrap_or(from), to.tomorrow().unwrap_or(to));
            let days = a.series(Span::new().days(1)).take_while(move |d| *d <= b);
            days.map(|d| format!("d{d}")).chain(months(from, to).map(|m| format!("l{m}"))).collect()
        }
        Time::Months(from, to) => months(from, to).flat_map(|m| [format!("l{m}"), format!("m{m}")]).collect(),
        Time::Unknown => vec!["u".to_owned()],
    };
    crossed(&names, &families)
}

fn crossed(names: &[String], families: &[&str]) -> Vec<String> {
    names.iter().flat_map(|n| families.iter().map(move |f| format!("{n}/{f}"))).collect()
}

enum Time {
    Days(Date, Date),
    Months(Date, Date),
    Unknown,
}

fn span(s: &Sighting) -> Time {
    let (from, to) = match (s.when, s.published) {
        (Some(w), _) => (w.start, w.end.max(w.start)),
        (None, Some(p)) => (p.checked_sub(Span::new().days(TALK_DAYS)).unwrap_or(p), p),
        (None, None) => return Time::Unknown,
    };
    let days = from.until(to).map_or(i32::MAX, |s| s.get_days());
    if days as usize > LONG { Time::Months(from, to) } else { Time::Days(from, to) }
}

fn months(from: Date, to: Date) -> impl Iterator<Item = String> {
    let first = from.first_of_month();
    first
        .series(Span::new().months(1))
        .take_while(move |d| *d <= to)
        .take(MONTHS)
        .map(|d| format!("{:04}-{:02}", d.year(), d.month()))
}

/// Groups sightings into occurrences: positions in `all`, in a fixed order that does not depend on the order of `all`.
///
/// Every group holds at least one sighting that tells of something as a fact; denials and hypotheticals that fit none
/// are left out. What people have decided holds, whatever the features say.
///
/// # Example
/// No sightings make no groups:
/// ```
/// use counterclaim_incidents::{Decided, cluster};
/// assert!(cluster(counterclaim_lexicon::Lexicon::embedded(), &[], &Decided::default()).is_empty());
/// ```
pub fn cluster(lexicon: &Lexicon, all: &[Sighting], decided: &Decided) -> Vec<Vec<usize>> {
    // Ranks instead of positions from here on, so that nothing depends on the order given.
    let mut order: Vec<usize> = (0..all.len()).collect();
    order.sort_by(|a, b| rank(&all[*a]).cmp(&rank(&all[*b])));
    let mut rank_of = vec![0usize; all.len()];
    for (rank, at) in order.iter().enumerate() {
        rank_of[*at] = rank;
    }
    let sorted: Vec<&Sighting> = order.iter().map(|k| &all[*k]).collect();
    let ranks = |pairs: &[(usize, usize)]| -> BTreeSet<(usize, usize)> {
        pairs.iter().map(|(a, b)| (rank_of[*a].min(rank_of[*b]), rank_of[*a].max(rank_of[*b]))).collect()
    };
    let apart = ranks(&decided.apart);
    let mut clusters = Clusters::new(sorted.len());
    for (a, b) in ranks(&decided.together) {
        clusters.join(a, b);
        clusters.by_people.extend([a, b]);
    }
    let score = |a: usize, b: usize| compare(lexicon, sorted[a], sorted[b]).map(|l| l.score);
    let (between, answers) = edges(lexicon, &sorted, &score);
    for (_, a, b) in between {
        let (x, y) = (clusters.root(a), clusters.root(b));
        if x != y && clusters.fit(x, y, &apart, &score) {
            clusters.join(x, y);
        }
    }
    // A denial or a hypothetical answers the occurrence that it fits best.
    let mut answered: BTreeMap<usize, usize> = BTreeMap::new();
    for (_, a, b) in answers {
        let (unreal, real) = if sorted[a].real { (b, a) } else { (a, b) };
        let kept_apart =
            clusters.members[clusters.root(real)].iter().any(|m| apart.contains(&(unreal.min(*m), unreal.max(*m))));
        if !kept_apart && clusters.members[clusters.root(unreal)].len() == 1 {
            answered.entry(unreal).or_insert(real);
        }
    }
    for (unreal, real) in answered {
        clusters.join(real, unreal);
    }
    let mut groups: Vec<Vec<usize>> =
        clusters.members.into_iter().filter(|m| m.iter().any(|k| sorted[*k].real)).collect();
    groups.iter_mut().for_each(|g| g.sort_unstable());
    groups.sort();
    groups.into_iter().map(|g| g.into_iter().map(|k| order[k]).collect()).collect()
}

/// The fixed order of sightings: by day of publication, report and place in the text.
pub fn rank(s: &Sighting) -> (Option<Date>, &str, usize, &str) {
    // Triggers are numbers, so that "r1#9" comes before "r1#10".
    (s.published, &s.report, s.id.len(), &s.id)
}

type Edge = (f64, usize, usize);

/// Links between facts, and between facts and what denies them or only supposes them; strongest first.
fn edges(
    lexicon: &Lexicon,
    sorted: &[&Sighting],
    score: &impl Fn(usize, usize) -> Option<f64>,
) -> (Vec<Edge>, Vec<Edge>) {
    let mut index: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (k, s) in sorted.iter().enumerate() {
        for key in keys(lexicon, s) {
            index.entry(key).or_default().push(k);
        }
    }
    let (mut between, mut answers) = (Vec::new(), Vec::new());
    for (k, s) in sorted.iter().enumerate() {
        let mut near: BTreeSet<usize> = BTreeSet::new();
        for key in lookups(lexicon, s) {
            let list = index.get(&key).map_or(&[][..], Vec::as_slice);
            let after = list.partition_point(|j| *j <= k);
            near.extend(list[after..].iter().take(WINDOW));
        }
        for j in near {
            if !s.real && !sorted[j].real {
                continue;
            }
            if let Some(x) = score(k, j).filter(|x| *x > 0.0) {
                if s.real && sorted[j].real { &mut between } else { &mut answers }.push((x, k, j));
            }
        }
    }
    for list in [&mut between, &mut answers] {
        list.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| (a.1, a.2).cmp(&(b.1, b.2))));
    }
    (between, answers)
}

/// Disjoint sets with their members.
struct Clusters {
    parent: Vec<usize>,
    members: Vec<Vec<usize>>,
    /// Members that people have joined with others.
    by_people: BTreeSet<usize>,
}

impl Clusters {
    fn new(n: usize) -> Clusters {
        Clusters { parent: (0..n).collect(), members: (0..n).map(|k| vec![k]).collect(), by_people: BTreeSet::new() }
    }

    fn root(&self, mut k: usize) -> usize {
        while self.parent[k] != k {
            k = self.parent[k];
        }
        k
    }

    /// Puts the smaller set under the larger, so that roots are near.
    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        if a == b {
            return;
        }
        let (to, from) = if self.members[a].len() >= self.members[b].len() { (a, b) } else { (b, a) };
        self.parent[from] = to;
        let moved = std::mem::take(&mut self.members[from]);
        self.members[to].extend(moved);
    }

    /// True if the members of two clusters fit together on average and nobody has parted them.
    fn fit(
        &self,
        x: usize,
        y: usize,
        apart: &BTreeSet<(usize, usize)>,
        score: &impl Fn(usize, usize) -> Option<f64>,
    ) -> bool {
        let (x, y) = (&self.members[x], &self.members[y]);
        let parted = |a: usize, b: usize| apart.contains(&(a.min(b), a.max(b)));
        if !apart.is_empty() && x.iter().any(|a| y.iter().any(|b| parted(*a, *b))) {
            return false;
        }
        let sample = |list: &[usize]| {
            let mut few: Vec<usize> = list.to_vec();
            few.sort_unstable();
            few.truncate(SAMPLE);
            few
        };
        let (x, y) = (sample(x), sample(y));
        let pair = |a: usize, b: usize| {
            let fits = score(a, b).unwrap_or(IMPOSSIBLE);
            // People join what looks unlike: that a later report fits one of the two only is not held against it.
            if self.by_people.contains(&a) || self.by_people.contains(&b) { fits.max(0.0) } else { fits }
        };
        let sum: f64 = x.iter().flat_map(|a| y.iter().map(|b| pair(*a, *b))).sum();
        sum > 0.0
    }
}
