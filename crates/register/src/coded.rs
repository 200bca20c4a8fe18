//! Rows of coded data sets: each is a report of its data set, taken as it was coded, and incidents as rows for others.

use crate::report::Incoming;
use counterclaim_coding::{ClaimDraft, Coded as Drafts, EventDraft};
use counterclaim_exchange::{Coded, Told};
use counterclaim_lexicon::Lexicon;
use counterclaim_text::{Brief, Claim, DateValue, Modality, Polarity, Report};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The rule that stands where a rule of reading would.
const RULE: &str = "exchange/row";

impl Incoming {
    /// A row of a data set as a report: the data set speaks. The row's own id names it, so that the same row with other
    /// content is a new version of it.
    ///
    /// Raw bytes are the row as it was understood, field by field, with the codes that have no field here: rows of a large
    /// file are kept one by one, and the file is not.
    pub fn of_row(lexicon: &Lexicon, row: &Coded, from: &str) -> Incoming {
        let Told { report, incident, claims } = row.told(lexicon);
        let span = incident.evidence.first().map(|e| e.span).unwrap_or_default();
        let event = EventDraft {
            kind: incident.kind.clone(),
            rule: RULE.into(),
            trigger: 0,
            verb: 0,
            same_as: None,
            span,
            sentence: 0,
            paragraph: 0,
            perpetrators: incident.perpetrators.clone(),
            targets: incident.targets.clone(),
            places: incident.places.clone(),
            own_place: true,
            when: incident.when.map(|w| DateValue { start: w.start, end: w.end }),
            own_date: true,
            tolls: incident.tolls.iter().map(|(_, t)| t.clone()).collect(),
            polarity: Polarity::Affirmed,
            modality: Modality::Actual,
            speech: None,
            definite: false,
            weak: false,
            mutual: row.undirected,
            modifier: false,
            words: counterclaim_coding::Words::default(),
        };
        // What is no incident here, such as a statement, has no kind.
        let events: Vec<EventDraft> = Some(event).filter(|e| !e.kind.is_empty()).into_iter().collect();
        let draft = |c: counterclaim_text::Claim| ClaimDraft {
            speaker: c.speaker,
            via: c.via,
            stance: c.stance,
            aspect: c.aspect,
            value: c.value,
            span: c.span,
            event: (!events.is_empty()).then_some(0),
            slug: None,
            sentence: 0,
            rule: c.rule,
        };
        let claims = claims.into_iter().map(draft).collect();
        let codes: String = row.codes.iter().map(|(name, value)| format!("{name}: {value}\n")).collect();
        let raw = Arc::new(format!("{}{codes}", report.text).into_bytes());
        let named = !row.id.is_empty();
        let report = Report { id: row.id.clone(), ..report };
        let given = Some(Drafts { events, claims, ..Drafts::default() });
        Incoming { report, notes: Vec::new(), given, named, raw, from: from.to_owned() }
    }
}

/// The incidents of a brief as rows for other programs, each with the claims about it.
pub fn rows(brief: &Brief) -> impl Iterator<Item = Coded> {
    // Thousands of incidents: neither reports nor claims are looked for from the beginning each time.
    let reports: BTreeMap<&str, &Report> = brief.readings.iter().map(|r| (r.report.id.as_str(), &r.report)).collect();
    let mut claims: BTreeMap<&str, Vec<Claim>> = BTreeMap::new();
    for c in &brief.claims {
        claims.entry(&c.about).or_default().push(c.clone());
    }
    brief.incidents.iter().map(move |i| {
        let about = claims.get(i.id.as_str()).map_or(&[][..], Vec::as_slice);
        Coded::of(i, about, &|id| reports.get(id).map(|r| (*r).clone()), "Counterclaim")
    })
}
