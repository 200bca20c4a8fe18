//! The two sides of an incident and what each says, row by row. Sides stand in alphabetical order; nobody's is privileged.

use counterclaim_lexicon::Lexicon;
use counterclaim_register::{ClaimRow, IncidentPage, State};
use counterclaim_text::ActorKind;
use std::collections::{BTreeMap, BTreeSet};

/// A row of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Matter {
    /// The label.
    pub label: &'static str,
    /// The aspects of claims that belong to it.
    pub aspects: &'static [&'static str],
}

/// The rows. There is none that decides.
pub(crate) const MATTERS: &[Matter] = &[
    Matter { label: "What", aspects: &["occurrence"] },
    Matter { label: "When", aspects: &["time"] },
    Matter { label: "Where", aspects: &["place"] },
    Matter { label: "Who did it", aspects: &["perpetrator", "responsibility"] },
    Matter { label: "Killed", aspects: &["killed"] },
    Matter { label: "Injured", aspects: &["injured"] },
    Matter { label: "Target", aspects: &["target"] },
    Matter { label: "Whether lawful", aspects: &["legality"] },
];

/// What one speaker says of a matter: the latest, and what it said before.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Said<'c> {
    /// Who.
    pub speaker: &'c str,
    /// The latest claims, of one day and report.
    pub latest: Vec<&'c ClaimRow>,
    /// Earlier ones, newest first.
    pub earlier: Vec<&'c ClaimRow>,
}

/// How the sides stand to each other in a matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Badge {
    /// Both speak, and nothing they say is contrary.
    Agree,
    /// Speakers contradict each other.
    Differ,
    /// One of the sides speaks.
    OneSide,
    /// Neither does.
    Silent,
}

impl Badge {
    /// The words for it.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Badge::Agree => "agree",
            Badge::Differ => "differ",
            Badge::OneSide => "only one side speaks",
            Badge::Silent => "silent",
        }
    }

    /// The class for it.
    pub(crate) fn class(self) -> &'static str {
        match self {
            Badge::Agree => "badge agree",
            Badge::Differ => "badge differ",
            Badge::OneSide => "badge one",
            Badge::Silent => "badge silent",
        }
    }
}

/// The two that the incident is between, in alphabetical order; `None` where there are fewer.
///
/// Those who give an account count first, and among them those who are said to have done it or to have been hit: sides are
/// sides of a dispute. Witnesses and people without a name are none.
pub(crate) fn dyad(page: &IncidentPage) -> (Option<String>, Option<String>) {
    let mut weight: BTreeMap<&str, usize> = BTreeMap::new();
    for name in &page.incident.perpetrators {
        *weight.entry(name).or_default() += 60;
    }
    for name in &page.incident.targets {
        *weight.entry(name).or_default() += 40;
    }
    let spoken = page.claims.iter().filter(|c| c.state != State::Rejected);
    let mut spoke = BTreeSet::new();
    for claim in spoken {
        // To speak at all weighs most; to speak often, a little.
        let first = spoke.insert(claim.speaker.as_str());
        *weight.entry(&claim.speaker).or_default() += if first { 50 } else { 10 };
    }
    let mut all: Vec<(&str, usize)> = weight.into_iter().filter(|(name, _)| is_side(name)).collect();
    all.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    let mut two: Vec<String> = all.into_iter().take(2).map(|(name, _)| name.to_owned()).collect();
    two.sort();
    let mut two = two.into_iter();
    (two.next(), two.next())
}

/// A body that can be one side of a dispute.
fn is_side(name: &str) -> bool {
    if name.to_lowercase().starts_with("unidentified") {
        return false;
    }
    match Lexicon::embedded().actors.get(name).map(|a| a.kind) {
        Some(kind) => matches!(kind, ActorKind::State | ActorKind::ArmedGroup | ActorKind::Party | ActorKind::Organ),
        // A name that no table has may be a group; common nouns are small letters.
        None => name.chars().next().is_some_and(char::is_uppercase),
    }
}

/// What the speakers that `take` picks say of a matter, by name.
pub(crate) fn said<'c>(claims: &'c [ClaimRow], matter: Matter, take: &dyn Fn(&str) -> bool) -> Vec<Said<'c>> {
    let mut by: BTreeMap<&str, Vec<&ClaimRow>> = BTreeMap::new();
    for c in claims {
        if matter.aspects.contains(&c.aspect.as_str()) && c.state != State::Rejected && take(&c.speaker) {
            by.entry(&c.speaker).or_default().push(c);
        }
    }
    by.into_iter()
        .map(|(speaker, mut all)| {
            all.sort_by(|a, b| (&b.day, &b.report, a.start).cmp(&(&a.day, &a.report, b.start)));
            let last = all.first().map(|c| (c.day.clone(), c.report.clone()));
            let newest = |c: &&ClaimRow| last.as_ref().is_some_and(|(d, r)| c.day == *d && c.report == *r);
            let (latest, earlier) = all.into_iter().partition(newest);
            Said { speaker, latest, earlier }
        })
        .collect()
}

/// How the sides stand to each other.
pub(crate) fn badge(matter: Matter, disputed: &[String], a: bool, b: bool) -> Badge {
    match (disputed.iter().any(|d| matter.aspects.contains(&d.as_str())), a, b) {
        (true, ..) => Badge::Differ,
        (_, true, true) => Badge::Agree,
        (_, false, false) => Badge::Silent,
        _ => Badge::OneSide,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn badges_say_who_speaks() {
        let killed = MATTERS[4];
        assert_eq!(badge(killed, &["killed".into()], true, false), Badge::Differ);
        assert_eq!(badge(killed, &["place".into()], true, true), Badge::Agree);
        assert_eq!(badge(killed, &[], false, true), Badge::OneSide);
        assert_eq!(badge(killed, &[], false, false), Badge::Silent);
    }

    #[test]
    fn witnesses_are_no_side() {
        assert!(is_side("Pakistan") && is_side("Afghan Taliban") && is_side("Kurram Tigers"));
        assert!(!is_side("residents") && !is_side("civilians") && !is_side("unidentified gunmen"));
    }
}
