//! Linking: which event mentions, within and across reports, tell of one occurrence.
//!
//! Mentions are taken in report order; each joins the group that it fits best, or starts one. The score adds named
//! features (kind, day, place, doer, toll, reference), so that a link can be explained.

use counterclaim_coding::{EventDraft, place_holds};
use counterclaim_text::{DateValue, Level, Modality, PlaceRef, Polarity};

/// An event mention with where it comes from.
#[derive(Clone, Copy, Debug)]
pub struct Mention<'a> {
    /// Index of the report.
    pub report: usize,
    /// Index of the event draft in the report.
    pub index: usize,
    /// The draft.
    pub event: &'a EventDraft,
}

/// Mentions of one occurrence.
#[derive(Clone, Debug, Default)]
pub struct Group<'a> {
    /// Members in report order.
    pub members: Vec<Mention<'a>>,
}

/// Kinds that may be two descriptions of one occurrence.
pub fn kin(a: &str, b: &str) -> bool {
    const FAMILIES: &[&[&str]] = &[
        &["air-strike", "shelling", "armed-attack", "bombing", "security-operation"],
        &["bombing", "suicide-bombing", "armed-attack"],
        &["armed-attack", "armed-clash", "targeted-killing", "violence-against-civilians", "security-operation", "shelling", "abduction"],
        &["abduction", "arrest"],
        &["protest", "riot"],
        &["property-destruction", "bombing", "riot", "armed-attack"],
        &["deportation", "expulsion"],
    ];
    a == b || FAMILIES.iter().any(|f| f.contains(&a) && f.contains(&b))
}

/// True for a mention that tells of something as a fact.
pub fn real(e: &EventDraft) -> bool {
    e.polarity == Polarity::Affirmed && e.modality == Modality::Actual
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
    !p.gazetteer_id.is_empty() && p.gazetteer_id == q.gazetteer_id || p.name == q.name && (p.country == q.country || p.country.is_empty() || q.country.is_empty())
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

fn named<'a>(list: &'a [String]) -> impl Iterator<Item = &'a String> + Clone {
    list.iter().filter(|n| !n.starts_with("unidentified"))
}

/// The score of joining `m` to a mention `o` of a group, or `None` if that is impossible.
fn pair(m: &Mention, o: &Mention) -> Option<f64> {
    let (e, f) = (m.event, o.event);
    let same_report = m.report == o.report;
    if !kin(&e.kind, &f.kind) {
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
            } else if g <= 1 && !(same_report && e.own_date && f.own_date) {
                s -= 0.5;
            } else {
                return None;
            }
        }
        _ => s += 0.2,
    }
    let p = places(&e.places, &f.places);
    if p <= -3.0 || (p < 0.0 && same_report && e.own_place && f.own_place && !e.definite) {
        return None;
    }
    s += p;
    let (a, b) = (named(&e.perpetrators), named(&f.perpetrators));
    let shared = a.clone().any(|x| f.perpetrators.contains(x));
    if shared {
        s += 1.0;
    } else if a.clone().next().is_some() && b.clone().next().is_some() {
        let crossed = e.mutual || f.mutual;
        s -= if crossed { 0.0 } else if same_report { 1.5 } else { 0.5 };
    }
    let toll = |e: &EventDraft| e.tolls.iter().filter(|t| !t.partial && t.low > 0).map(|t| (t.what, t.low)).collect::<Vec<_>>();
    let (ta, tb) = (toll(e), toll(f));
    if ta.iter().any(|t| tb.contains(t)) {
        s += 0.8;
    } else if same_report && !ta.is_empty() && !tb.is_empty() && !e.definite {
        s -= 0.7;
    }
    if same_report {
        if e.definite || e.modifier {
            s += 1.5;
        }
        if e.paragraph == f.paragraph {
            s += 0.4;
        }
    }
    Some(s)
}

/// Groups mentions into occurrences.
pub fn group<'a>(mentions: &[Mention<'a>]) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'a>> = Vec::new();
    // Mentions that only add to another event come after all others, so that they find it.
    let (adding, own): (Vec<&Mention>, Vec<&Mention>) = mentions.iter().partition(|m| m.event.same_as.is_some());
    for m in own.into_iter().chain(adding) {
        if let Some(host) = m.event.same_as {
            if let Some(g) = groups.iter_mut().find(|g| g.members.iter().any(|o| o.report == m.report && o.event.trigger == host)) {
                g.members.push(*m);
            }
            continue;
        }
        let mut best: Option<(f64, usize)> = None;
        for (k, g) in groups.iter().enumerate() {
            // A group that already holds a mention impossible to join shuts the door.
            let scores: Vec<Option<f64>> = g.members.iter().map(|o| pair(m, o)).collect();
            let impossible = scores.iter().filter(|s| s.is_none()).count();
            if impossible * 2 > scores.len() || impossible > 0 && scores.len() <= 2 {
                continue;
            }
            let score = scores.iter().flatten().copied().fold(f64::NEG_INFINITY, f64::max);
            if best.is_none_or(|(b, _)| score > b) {
                best = Some((score, k));
            }
        }
        let need = 2.5;
        match best {
            Some((s, k)) if s >= need => groups[k].members.push(*m),
            _ => {
                let hollow = (m.event.definite || m.event.modifier) && !m.event.own_place && !m.event.own_date && m.event.tolls.is_empty();
                if !hollow {
                    groups.push(Group { members: vec![*m] });
                }
            }
        }
    }
    groups
}

/// The group that a denied or hypothetical mention speaks of, if one fits.
pub fn find(m: &Mention, groups: &[Group]) -> Option<usize> {
    let mut best: Option<(f64, usize)> = None;
    for (k, g) in groups.iter().enumerate() {
        for o in &g.members {
            let near = if o.report == m.report { 0.3 - f64::from(o.event.sentence.abs_diff(m.event.sentence)).min(30.0) / 100.0 } else { 0.0 };
            if let Some(s) = pair(m, o).map(|s| s + near)
                && best.is_none_or(|(b, _)| s > b)
            {
                best = Some((s, k));
            }
        }
    }
    best.filter(|(s, _)| *s >= 1.0).map(|(_, k)| k)
}
