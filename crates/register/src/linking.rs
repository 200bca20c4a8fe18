//! What the register asks of the reading of several reports: sightings, their keys, groups, and what a group tells.

use counterclaim_incidents::{self as incidents, Part};
use counterclaim_lexicon::Lexicon;
use counterclaim_text::{Brief, Claim, Commitment, Incident};
use serde::{Deserialize, Serialize};

/// One report's own incident.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Sighting {
    pub id: String,
    pub report: String,
    pub incident: Incident,
}

impl Sighting {
    pub(crate) fn kind(&self) -> &str {
        &self.incident.kind
    }
}

pub(crate) fn sightings(lexicon: &Lexicon, part: &Part) -> Vec<Sighting> {
    let brief = incidents::brief(lexicon, vec![part.clone()]);
    let report = &part.reading.report.id;
    let named = |(k, incident)| Sighting { id: format!("{report}#{k}"), report: report.clone(), incident };
    brief.incidents.into_iter().enumerate().map(named).collect()
}

pub(crate) fn keys(s: &Sighting) -> Vec<String> {
    vec![s.incident.when.map_or(String::new(), |w| w.start.to_string())]
}

pub(crate) fn cluster(all: &[Sighting], _together: &[(usize, usize)], _apart: &[(usize, usize)]) -> Vec<Vec<usize>> {
    (0..all.len()).map(|k| vec![k]).collect()
}

/// What one group tells: its incident, and the claims about it.
pub(crate) fn assemble(lexicon: &Lexicon, parts: &[&Part], group: &[&Sighting]) -> (Option<Incident>, Vec<Claim>) {
    let s = group[0];
    let Some(part) = parts.iter().find(|p| p.reading.report.id == s.report) else { return (None, vec![]) };
    let brief = incidents::brief(lexicon, vec![(*part).clone()]);
    let claims = brief.claims.into_iter().filter(|c| c.about == s.incident.id).collect();
    (brief.incidents.into_iter().find(|i| i.id == s.incident.id), claims)
}

/// What a report tells beside incidents: claims on standing questions, and commitments.
pub(crate) fn beside(lexicon: &Lexicon, part: &Part) -> (Vec<Claim>, Vec<Commitment>) {
    let Brief { incidents, claims, commitments, .. } = incidents::brief(lexicon, vec![part.clone()]);
    let standing = claims.into_iter().filter(|c| !incidents.iter().any(|i| i.id == c.about)).collect();
    (standing, commitments)
}

/// How many independent texts these reports are.
pub(crate) fn origins(parts: &[&Part]) -> usize {
    let texts: std::collections::BTreeSet<&str> = parts.iter().map(|p| p.reading.report.text.as_str()).collect();
    texts.len()
}

/// Why sightings are taken for one occurrence, a line each.
pub(crate) fn reasons(_all: &[Sighting]) -> Vec<String> {
    Vec::new()
}
