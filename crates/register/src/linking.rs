//! What the register asks of the reading of several reports: sightings, where to look for neighbours, groups, and what a
//! group tells. All of it is a function of the sightings alone.

use counterclaim_incidents::{self as incidents, Part};
use counterclaim_lexicon::Lexicon;
use counterclaim_text::{Brief, Claim, Commitment, Incident};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// One report's own incident.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Sighting {
    pub id: String,
    pub report: String,
    pub real: bool,
    pub kind: String,
    pub members: Vec<usize>,
    pub answers: Vec<usize>,
    incident: Incident,
}

/// What people decided about pairs of sightings, as positions in the list that is clustered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Decided {
    /// Pairs that are one occurrence.
    pub together: Vec<(usize, usize)>,
    /// Pairs that are not.
    pub apart: Vec<(usize, usize)>,
}

pub(crate) fn sightings(lexicon: &Lexicon, part: &Part) -> Vec<Sighting> {
    let brief = incidents::brief(lexicon, vec![part.clone()]);
    let report = &part.reading.report.id;
    let named = |(k, incident): (usize, Incident)| {
        let mine = |e: &usize| incident.evidence.iter().any(|x| x.span == part.coded.events[*e].span);
        let members = (0..part.coded.events.len()).filter(mine).collect();
        let (id, report, kind) = (format!("{report}#{k}"), report.clone(), incident.kind.clone());
        Sighting { id, report, real: true, kind, members, answers: vec![], incident }
    };
    brief.incidents.into_iter().enumerate().map(named).collect()
}

/// Keys under which a sighting is found.
pub(crate) fn keys(_: &Lexicon, s: &Sighting) -> BTreeSet<String> {
    BTreeSet::from([s.incident.when.map_or(String::new(), |w| w.start.to_string())])
}

/// Keys under which its neighbours are looked for.
pub(crate) fn lookups(lexicon: &Lexicon, s: &Sighting) -> BTreeSet<String> {
    keys(lexicon, s)
}

/// True if the two are more likely than not one occurrence.
pub(crate) fn linked(_: &Lexicon, _: &Sighting, _: &Sighting) -> bool {
    false
}

pub(crate) fn cluster(_: &Lexicon, all: &[Sighting], decided: &Decided) -> Vec<Vec<usize>> {
    let mut of: Vec<usize> = (0..all.len()).collect();
    for (a, b) in &decided.together {
        let (x, y) = (of[*a].min(of[*b]), of[*a].max(of[*b]));
        of.iter_mut().filter(|k| **k == y).for_each(|k| *k = x);
    }
    (0..all.len()).map(|k| (0..all.len()).filter(|j| of[*j] == k).collect::<Vec<_>>()).filter(|g| !g.is_empty()).collect()
}

/// What one group tells: its incident, and the claims about it. `parts` are the readings of its reports.
pub(crate) fn assemble(lexicon: &Lexicon, parts: &[&Part], group: &[&Sighting]) -> (Option<Incident>, Vec<Claim>) {
    let s = group[0];
    let Some(part) = parts.iter().find(|p| p.reading.report.id == s.report) else { return (None, vec![]) };
    let brief = incidents::brief(lexicon, vec![(*part).clone()]);
    let claims = brief.claims.into_iter().filter(|c| c.about == s.incident.id).collect();
    (brief.incidents.into_iter().find(|i| i.id == s.incident.id), claims)
}

/// Claims of a report that are about none of the incidents that its sightings are part of.
pub(crate) fn beside(lexicon: &Lexicon, part: &Part, grouped: &[Sighting]) -> Vec<Claim> {
    let _ = grouped;
    let Brief { incidents, claims, .. } = incidents::brief(lexicon, vec![part.clone()]);
    claims.into_iter().filter(|c| !incidents.iter().any(|i| i.id == c.about)).collect()
}

/// What a report promises.
pub(crate) fn commitments(part: &Part) -> Vec<Commitment> {
    part.coded.commitments.clone()
}

/// How many independent texts these reports are.
pub(crate) fn origins(parts: &[&Part]) -> usize {
    let texts: BTreeSet<&str> = parts.iter().map(|p| p.reading.report.text.as_str()).collect();
    texts.len()
}

/// Why sightings are taken for one occurrence, a line each.
pub(crate) fn reasons(_: &Lexicon, _all: &[Sighting]) -> Vec<String> {
    Vec::new()
}
