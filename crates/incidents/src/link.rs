//! Linking within a report: which event mentions of one text tell of one occurrence.
//!
//! Mentions are taken in the order of the text; each joins the group that it fits best, or starts one. What several
//! reports tell is put together later (`cluster.rs`).

use counterclaim_coding::{EventDraft, LONE_TOLL, ONLY_TOLL, place_holds};
use counterclaim_lexicon::Lexicon;
use counterclaim_text::{DateValue, Level, PlaceRef, TollKind};
use std::collections::BTreeMap;

/// An event mention with where it comes from.
#[derive(Clone, Copy, Debug)]
pub struct Mention<'a> {
    /// Index of the report among those read together; 0 where there is only one.
    pub report: usize,
    /// Index of the event draft in the report.
    pub index: usize,
    /// The draft.
    pub event: &'a EventDraft,
}

/// Mentions of one occurrence.
#[derive(Clone, Debug, Default)]
pub struct Group<'a> {
    /// Members in the order of the text; in an assembled incident in the order of the reports.
    pub members: Vec<Mention<'a>>,
}

fn gap(a: DateValue, b: DateValue) -> i32 {
    let days = |x: jiff::civil::Date, y: jiff::civil::Date| x.until(y).map_or(9999, |s| s.get_days());
    if a.end < b.start {
        days(a.end, b.start)
    } else if b.end < a.start {
        days(b.end, a.start)
    } else {
        0
    }
}

fn same_place(p: &PlaceRef, q: &PlaceRef) -> bool {
    !p.gazetteer_id.is_empty() && p.gazetteer_id == q.gazetteer_id
        || p.name == q.name && (p.country == q.country || p.country.is_empty() || q.country.is_empty())
}

/// How well two place lists agree: 2 the same, 1.5 one holds the other, negative if apart.
fn places(a: &[PlaceRef], b: &[PlaceRef]) -> f64 {
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    let mut best = f64::NEG_INFINITY;
    for p in a {
        for q in b {
            let s = if same_place(p, q) {
                2.0
            } else if place_holds(p, q) || place_holds(q, p) {
                1.5
            } else if p.country != q.country && !p.country.is_empty() && !q.country.is_empty() {
                -4.0
            } else if p.level == Level::Area || q.level == Level::Area || p.lat_lon.is_none() || q.lat_lon.is_none() {
                -1.0
            } else {
                let near = matches!((p.lat_lon, q.lat_lon), (Some((a, b)), Some((c, d))) if (a - c).abs() < 0.25 && (b - d).abs() < 0.3);
                if near { 0.5 } else { -3.0 }
            };
            best = best.max(s);
        }
    }
    best
}

fn named(list: &[String]) -> impl Iterator<Item = &String> + Clone {
    list.iter().filter(|n| !n.starts_with("unidentified"))
}

/// What a mention counts, how many, and who says so.
fn figures(e: &EventDraft) -> Vec<(TollKind, u64, &str)> {
    e.tolls.iter().filter(|t| !t.partial() && t.low > 0).map(|t| (t.what, t.low, t.speaker.as_str())).collect()
}

/// The score of joining `m` to a mention `o` of a group, or `None` if that is impossible.
fn pair(lexicon: &Lexicon, m: &Mention, o: &Mention) -> Option<f64> {
    let (e, f) = (m.event, o.event);
    if !lexicon.kinds.kin(&e.kind, &f.kind) {
        return None;
    }
    let mut s = if e.kind == f.kind { 1.5 } else { 0.5 };
    match (e.when, f.when) {
        (Some(a), Some(b)) => {
            let g = gap(a, b);
            if a == b {
                s += 1.5;
            } else if g == 0 {
                s += 1.0;
            } else if g <= 1 && !(e.own_date && f.own_date) {
                s -= 0.5;
            } else {
                return None;
            }
        }
        _ => s += 0.2,
    }
    // A drone shot down during a night of firing is told as a thing of its own.
    let downing = |e: &EventDraft| e.rule.ends_with("/shoots-down");
    let ground = |e: &EventDraft| e.own_date && matches!(e.kind.as_str(), "armed-clash" | "shelling");
    if downing(e) && ground(f) || downing(f) && ground(e) {
        return None;
    }
    // Items of one list ("eight in Baga, two in Kukawa") are parted for good.
    if e.trigger == f.trigger {
        return None;
    }
    let p = places(&e.places, &f.places);
    if e.own_place && f.own_place && p < 1.5 && e.kind != f.kind && !e.definite {
        return None;
    }
    if p <= -3.0 || (p < 0.0 && e.own_place && f.own_place && !e.definite) {
        return None;
    }
    s += p;
    let (a, b) = (named(&e.perpetrators), named(&f.perpetrators));
    let shared = a.clone().any(|x| f.perpetrators.contains(x));
    if shared {
        s += 1.0;
    } else if a.clone().next().is_some() && b.clone().next().is_some() {
        let crossed = e.mutual || f.mutual;
        s -= if crossed { 0.0 } else { 1.5 };
    }
    let (ta, tb) = (figures(e), figures(f));
    let agree = |a: &(TollKind, u64, &str)| tb.iter().any(|b| a.0 == b.0 && a.1 == b.1);
    // Two speakers may give two figures for one thing; one speaker hardly does.
    let clash = ta.iter().any(|a| tb.iter().any(|b| a.2 == b.2));
    if ta.iter().any(agree) {
        s += 0.8;
    } else if clash && !e.definite {
        s -= 0.7;
    }
    if e.definite || e.modifier {
        s += 1.5;
    }
    if e.paragraph == f.paragraph {
        s += 0.4;
    }
    Some(s)
}

/// Groups by day, so that a mention meets only groups that it could join.
#[derive(Default)]
struct Days {
    by_day: BTreeMap<jiff::civil::Date, Vec<usize>>,
    /// Groups without a day, or with a range of more than a month.
    loose: Vec<usize>,
}

/// Most groups without a near day, and most members of a group, that a mention is compared with.
const RECENT: usize = 48;

impl Days {
    fn add(&mut self, group: usize, when: Option<DateValue>) {
        match when.filter(|w| gap_days(*w) <= 31) {
            Some(w) => {
                for d in w.start.series(jiff::Span::new().days(1)).take_while(|d| *d <= w.end) {
                    let list = self.by_day.entry(d).or_default();
                    if list.last() != Some(&group) {
                        list.push(group);
                    }
                }
            }
            None => self.loose.push(group),
        }
    }

    /// Groups worth a look, oldest first.
    fn candidates(&self, when: Option<DateValue>, total: usize) -> Vec<usize> {
        let mut out: Vec<usize> = self.loose.iter().rev().take(RECENT).copied().collect();
        match when {
            Some(w) => {
                let (a, b) = (w.start.yesterday().unwrap_or(w.start), w.end.tomorrow().unwrap_or(w.end));
                for list in self.by_day.range(a..=b).map(|(_, l)| l).take(400) {
                    out.extend(list.iter().rev().take(RECENT));
                }
            }
            None => out.extend((0..total).rev().take(RECENT)),
        }
        out.sort_unstable();
        out.dedup();
        out
    }
}

fn gap_days(w: DateValue) -> i32 {
    w.start.until(w.end).map_or(9999, |s| s.get_days())
}

/// The first and the last members of a group: enough to judge it, however often a text repeats itself.
fn sample<'g, 'a>(g: &'g Group<'a>) -> impl Iterator<Item = &'g Mention<'a>> {
    let n = g.members.len();
    g.members.iter().enumerate().filter(move |(k, _)| *k < 8 || k + 8 >= n).map(|(_, m)| m)
}

/// Groups mentions into occurrences.
pub fn group<'a>(lexicon: &Lexicon, mentions: &[Mention<'a>]) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'a>> = Vec::new();
    let mut days = Days::default();
    let mut host_of: BTreeMap<u32, usize> = BTreeMap::new();
    // Mentions that only add to another event come after all others, so that they find it.
    let (adding, own): (Vec<&Mention>, Vec<&Mention>) = mentions.iter().partition(|m| m.event.same_as.is_some());
    for m in own {
        let mut best: Option<(f64, usize)> = None;
        for k in days.candidates(m.event.when, groups.len()) {
            // A group that already holds a mention impossible to join shuts the door.
            let scores: Vec<Option<f64>> = sample(&groups[k]).map(|o| pair(lexicon, m, o)).collect();
            let impossible = scores.iter().filter(|s| s.is_none()).count();
            if impossible * 2 > scores.len() || impossible > 0 && scores.len() <= 2 {
                continue;
            }
            let score = scores.iter().flatten().copied().fold(f64::NEG_INFINITY, f64::max);
            if best.is_none_or(|(b, _)| score > b) {
                best = Some((score, k));
            }
        }
        // What tells of nothing but a toll joins more easily, and is no incident of its own.
        let alone = m.event.rule == LONE_TOLL;
        let need = if alone || m.event.rule == ONLY_TOLL { 1.5 } else { 2.5 };
        let at = match best {
            Some((s, k)) if s >= need => {
                groups[k].members.push(*m);
                k
            }
            _ => {
                let hollow = (m.event.definite || m.event.modifier)
                    && !m.event.own_place
                    && !m.event.own_date
                    && m.event.tolls.is_empty();
                if hollow || alone {
                    continue;
                }
                groups.push(Group { members: vec![*m] });
                groups.len() - 1
            }
        };
        days.add(at, m.event.when);
        host_of.entry(m.event.trigger).or_insert(at);
    }
    for m in adding {
        if let Some(k) = m.event.same_as.and_then(|host| host_of.get(&host)) {
            groups[*k].members.push(*m);
        }
    }
    groups
}

/// The group that a denied or hypothetical mention speaks of, if one fits.
pub fn find(lexicon: &Lexicon, m: &Mention, groups: &[Group]) -> Option<usize> {
    let mut best: Option<(f64, usize)> = None;
    // Groups stand in the order of the text: those that begin near the mention are enough.
    let at = groups.partition_point(|g| g.members.first().is_some_and(|o| o.event.trigger < m.event.trigger));
    for (k, g) in groups.iter().enumerate().take(at + RECENT).skip(at.saturating_sub(4 * RECENT)) {
        for o in sample(g) {
            // A denial without place or day of its own mostly answers what was told right before it.
            let bare = !m.event.own_place && !m.event.own_date;
            let apart = f64::from(o.event.sentence.abs_diff(m.event.sentence)).min(30.0);
            let near = match bare {
                true if o.event.trigger < m.event.trigger => 0.8 - 0.15 * apart.min(12.0),
                true => -0.15 * apart.min(12.0),
                false => 0.3 - apart / 100.0,
            };
            if let Some(s) = pair(lexicon, m, o).map(|s| s + near)
                && best.is_none_or(|(b, _)| s > b)
            {
                best = Some((s, k));
            }
        }
    }
    best.filter(|(s, _)| *s >= 1.0).map(|(_, k)| k)
}
