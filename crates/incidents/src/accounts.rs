//! Accounts: each speaker's total, what speakers contradict each other on, and how well the doer is known.
//! Nothing is averaged and nothing is resolved.

use counterclaim_lexicon::Lexicon;
use counterclaim_text::{ActorKind, Aspect, Claim, Stance, Status, Toll, TollKind};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// One toll with its report.
#[derive(Clone, Debug)]
pub struct Counted<'a> {
    /// Index of the report.
    pub report: usize,
    /// Day of the report.
    pub day: Option<Date>,
    /// The toll.
    pub toll: &'a Toll,
}

/// One speaker's total in one report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Total {
    /// Speaker; empty for the report's own voice.
    pub speaker: String,
    /// Report index.
    pub report: usize,
    /// Day of the report.
    pub day: Option<Date>,
    /// The figure.
    pub value: u64,
    /// Whose losses, if all are of one actor.
    pub who: String,
}

/// Totals by speaker and report: figures for different victims add up, for the same victims the last one holds.
pub fn totals(tolls: &[Counted], what: TollKind) -> Vec<Total> {
    let mut by: BTreeMap<(String, usize), Vec<&Counted>> = BTreeMap::new();
    for t in tolls.iter().filter(|t| t.toll.what == what && !t.toll.partial) {
        by.entry((t.toll.speaker.clone(), t.report)).or_default().push(t);
    }
    by.into_iter()
        .map(|((speaker, report), list)| {
            let mut per: Vec<(String, u64)> = Vec::new();
            for t in &list {
                // A nameless count speaks of the same people as the count before it.
                let slot = if t.toll.who.is_empty() {
                    per.last_mut()
                } else {
                    per.iter_mut().find(|(w, _)| *w == t.toll.who || w.is_empty())
                };
                match slot {
                    Some((w, v)) => {
                        if w.is_empty() {
                            w.clone_from(&t.toll.who);
                        }
                        *v = if t.toll.low == 0 { *v } else { t.toll.low.max(if *v <= t.toll.low { *v } else { 0 }) };
                    }
                    None => per.push((t.toll.who.clone(), t.toll.low)),
                }
            }
            let value = per.iter().fold(0u64, |sum, p| sum.saturating_add(p.1));
            let who = if per.len() == 1 { per[0].0.clone() } else { String::new() };
            Total { speaker, report, day: list[0].day, value, who }
        })
        .collect()
}

/// Lowest and highest total over all accounts; sides that count only their own dead add up.
pub fn range(totals: &[Total]) -> Option<(u64, u64)> {
    let low = totals.iter().map(|t| t.value).min()?;
    let mut high = totals.iter().map(|t| t.value).max()?;
    let own: Vec<&Total> = totals.iter().filter(|t| !t.speaker.is_empty() && t.who == t.speaker).collect();
    if own.len() >= 2 && own.len() == totals.len() {
        let mut seen: Vec<(&str, u64)> = Vec::new();
        for t in own {
            match seen.iter_mut().find(|(s, _)| *s == t.who) {
                Some((_, v)) => *v = t.value,
                None => seen.push((&t.who, t.value)),
            }
        }
        high = seen.iter().fold(0u64, |sum, s| sum.saturating_add(s.1));
    }
    Some((low, high))
}

fn differ(totals: &[Total]) -> bool {
    totals.iter().any(|a| {
        totals.iter().any(|b| {
            let own = a.who == a.speaker && b.who == b.speaker;
            let moment = match (a.day, b.day) {
                (Some(x), Some(y)) => x.until(y).map_or(9, |s| s.get_days()).abs() <= 1,
                _ => true,
            };
            !a.speaker.is_empty()
                && !b.speaker.is_empty()
                && a.speaker != b.speaker
                && a.value != b.value
                && moment
                && !own
        })
    })
}

fn accused(c: &Claim) -> bool {
    c.stance == Stance::Accuses && c.aspect == Aspect::Perpetrator
}

/// Aspects on which speakers contradict each other.
pub fn disputes(
    lexicon: &Lexicon,
    claims: &[&Claim],
    killed: &[Total],
    injured: &[Total],
    perpetrators: &[String],
) -> Vec<Aspect> {
    let mut out: Vec<Aspect> = Vec::new();
    let owned = |s: &str| {
        claims.iter().any(|c| c.speaker == s && matches!(c.stance, Stance::Admits | Stance::ClaimsResponsibility))
    };
    for d in claims.iter().filter(|c| c.stance == Stance::Denies) {
        match d.aspect {
            Aspect::Occurrence | Aspect::Target | Aspect::Place | Aspect::Time | Aspect::Killed | Aspect::Injured
                // A denial answers somebody: another speaker, or the report that tells of it.
                if (d.aspect != Aspect::Occurrence || !owned(&d.speaker)) => {
                    out.push(d.aspect);
                }
            Aspect::Perpetrator | Aspect::Responsibility
                if (claims.iter().any(|c| c.speaker != d.speaker && (accused(c) && c.value == d.speaker || accused(c)))
                    || perpetrators.contains(&d.speaker))
                => {
                    out.push(Aspect::Perpetrator);
                }
            _ => {}
        }
    }
    // Two speakers name different doers.
    for a in claims.iter().filter(|c| accused(c)) {
        for b in
            claims.iter().filter(|c| accused(c) || matches!(c.stance, Stance::Admits | Stance::ClaimsResponsibility))
        {
            if a.speaker != b.speaker
                && a.value != b.value
                && !b.value.is_empty()
                && a.value != b.speaker
                && !claims.iter().any(|c| {
                    c.value == a.value
                        && c.speaker == a.value
                        && matches!(c.stance, Stance::Admits | Stance::ClaimsResponsibility)
                })
            {
                out.push(Aspect::Perpetrator);
            }
        }
    }
    // One says civilians were hit, another a group.
    let targets: Vec<&&Claim> =
        claims.iter().filter(|c| c.stance == Stance::Asserts && c.aspect == Aspect::Target).collect();
    let class = |v: &str| {
        if v == "civilians" {
            1
        } else if lexicon.actors.get(v).is_some_and(|a| a.kind == ActorKind::ArmedGroup)
            || v.starts_with("unidentified")
        {
            2
        } else {
            0
        }
    };
    for a in &targets {
        for b in &targets {
            let (x, y) = (class(&a.value), class(&b.value));
            let both = claims
                .iter()
                .any(|c| c.speaker == a.speaker && c.aspect == Aspect::Target && c.value == b.value)
                || claims.iter().any(|c| c.speaker == b.speaker && c.aspect == Aspect::Target && c.value == a.value);
            if a.speaker != b.speaker && x != 0 && y != 0 && x != y && !both {
                out.push(Aspect::Target);
            }
        }
    }
    if differ(killed) {
        out.push(Aspect::Killed);
    }
    if differ(injured) {
        out.push(Aspect::Injured);
    }
    out.sort();
    out.dedup();
    out
}

/// How well the doer is known.
pub fn status(
    claims: &[&Claim],
    perpetrators: &[String],
    violent: bool,
    own_voice: bool,
    disputed: &[Aspect],
) -> Status {
    let named: Vec<&String> = perpetrators.iter().filter(|p| !p.starts_with("unidentified")).collect();
    let denies = claims.iter().any(|c| {
        c.stance == Stance::Denies
            && matches!(c.aspect, Aspect::Perpetrator | Aspect::Occurrence | Aspect::Responsibility)
            && named.iter().any(|p| **p == c.speaker)
    });
    let admits = claims.iter().any(|c| {
        c.stance == Stance::Admits && c.aspect == Aspect::Responsibility && named.iter().any(|p| **p == c.speaker)
    });
    let claimed = claims.iter().any(|c| c.stance == Stance::ClaimsResponsibility && c.aspect == Aspect::Responsibility);
    if denies && !admits || disputed.contains(&Aspect::Perpetrator) {
        Status::Disputed
    } else if claimed {
        Status::Claimed
    } else if admits || !violent && own_voice && !named.is_empty() {
        Status::Admitted
    } else if named.is_empty() {
        Status::Unknown
    } else {
        Status::Attributed
    }
}
