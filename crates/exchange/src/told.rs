//! A coded row as an incident that a speaker tells of: the data set speaks, and its row is the report.

use crate::Coded;
use counterclaim_lexicon::Lexicon;
use counterclaim_text::{
    Account, Aspect, Claim, Evidence, Incident, Place, Report, Scope, Span, Stance, Status, Toll, TollKind,
};
use jiff::civil::Date;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// A coded row in the house's nouns.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// The row as a report: its fields in lines, the data set as source. Every span points into it.
    pub report: Report,
    /// The incident, with canonical names of actors where they are known.
    pub incident: Incident,
    /// Who says what: the data set, and the speakers of the row's claims.
    pub claims: Vec<Claim>,
}

/// Who speaks where a record does not say whose coding it is.
const UNNAMED: &str = "unnamed data set";

impl Coded {
    /// The record as an incident that its data set tells of. Nothing is said in the report's own voice.
    ///
    /// Nobody has read anything here, so nothing can have been misread: confidence is 1, and means that the data set says
    /// so, not that it is so. A toll of 0 in a data set means that none is known, and makes no claim. If it is not said who
    /// acted on whom, both sides stand on both sides, as in every clash. The same record gives the same identifiers.
    ///
    /// # Example
    /// ```
    /// use counterclaim_exchange::Coded;
    /// let lexicon = counterclaim_lexicon::Lexicon::embedded();
    /// let row = Coded {
    ///     id: "KEN1".into(),
    ///     data_set: "ACLED".into(),
    ///     kind: "air-strike".into(),
    ///     perpetrators: vec!["Military Forces of Kenya (2022-)".into()],
    ///     killed: Some((7, 7)),
    ///     ..Coded::default()
    /// };
    /// let told = row.told(lexicon);
    /// assert_eq!(told.incident.perpetrators, ["Kenya"]);
    /// assert!(told.claims.iter().all(|c| c.speaker == "ACLED"));
    /// assert!(told.incident.tolls.iter().all(|(_, toll)| toll.speaker == "ACLED"));
    /// ```
    pub fn told(&self, lexicon: &Lexicon) -> Told {
        let speaker = if self.data_set.is_empty() { UNNAMED } else { &self.data_set };
        let id = format!("i{}", hash(&[speaker, &self.id], 16));
        let report_id = format!("{speaker}:{}", self.id);
        let mut lines = Lines::default();
        let day = self.when.map(|w| w.start);
        let names = |given: &[String]| canonical(lexicon, given, day);
        let (mut doers, mut hit) = (names(&self.perpetrators), names(&self.targets));
        let mut said: Vec<(Aspect, String, Span)> = Vec::new();

        lines.add("data set", speaker);
        lines.add("id", &self.id);
        lines.add("title", &self.title);
        let what = match self.codes.values().next() {
            _ if !self.kind.is_empty() => self.kind.clone(),
            _ => self.codes.iter().map(|(k, v)| format!("{k}={v}")).take(3).collect::<Vec<_>>().join(" "),
        };
        said.push((Aspect::Occurrence, self.kind.clone(), lines.add("kind", &what)));
        if let Some(w) = self.when {
            let span = lines.add("when", &format!("{} to {} ({})", w.start, w.end, w.precision.as_str()));
            said.push((Aspect::Time, days(w.start, w.end), span));
        }
        for place in &self.places {
            let span = lines.add("where", &described(place));
            said.push((Aspect::Place, place.name.clone(), span));
        }
        let given = lines.add("perpetrators", &self.perpetrators.join("; "));
        let struck = lines.add("targets", &self.targets.join("; "));
        if self.undirected {
            let both: Vec<String> = union(&doers, &hit);
            said.push((Aspect::Perpetrator, both.join("; "), given.join(struck)));
            (doers, hit) = (both.clone(), both);
        } else {
            said.push((Aspect::Perpetrator, doers.join("; "), given));
            said.push((Aspect::Target, hit.join("; "), struck));
        }
        let mut tolls = Vec::new();
        for (what, aspect, count) in
            [(TollKind::Killed, Aspect::Killed, self.killed), (TollKind::Injured, Aspect::Injured, self.injured)]
        {
            let Some((low, high)) = count else { continue };
            let span = lines.add(what.as_str(), &figure(low, high));
            if high > 0 {
                said.push((aspect, figure(low, high), span));
                let speaker = speaker.to_owned();
                let toll = Toll { what, low, high, who: String::new(), span, speaker, scope: Scope::Whole };
                tolls.push((report_id.clone(), toll));
            }
        }
        lines.add("sources", &self.sources.join("; "));
        lines.add("notes", &self.notes);
        let own = self.claims.iter().map(|c| (c, lines.add(&format!("{} {}", c.speaker, c.stance.as_str()), words(c))));
        let others: Vec<_> = own.collect();

        let mut claims: Vec<Claim> = said
            .into_iter()
            .filter(|(aspect, value, span)| !span.is_empty() && (*aspect == Aspect::Occurrence || !value.is_empty()))
            .map(|(aspect, value, span)| self.claim(speaker, "", Stance::Asserts, aspect, value, &id, &report_id, span))
            .collect();
        for (c, span) in others {
            claims.push(self.claim(&c.speaker, &c.via, c.stance, c.aspect, c.value.clone(), &id, &report_id, span));
        }
        let usual = if doers.is_empty() { Status::Unknown } else { Status::Attributed };
        let incident = Incident {
            title: self.named(lexicon),
            kind: self.kind.clone(),
            when: self.when,
            places: self.places.clone(),
            perpetrators: doers,
            targets: hit,
            killed: self.killed.filter(|k| k.1 > 0),
            injured: self.injured.filter(|k| k.1 > 0),
            tolls,
            accounts: accounts(&claims),
            disputed: self.disputed.clone(),
            status: self.status.unwrap_or(usual),
            evidence: vec![Evidence {
                report: report_id.clone(),
                span: Span::new(0, lines.text.len()),
                rule: "exchange/row".into(),
            }],
            pointers: Vec::new(),
            confidence: 1.0,
            signs: Vec::new(),
            id,
        };
        let report = Report {
            id: report_id,
            source: speaker.to_owned(),
            title: incident.title.clone(),
            text: lines.text,
            ..Report::default()
        };
        Told { report, incident, claims }
    }

    #[allow(clippy::too_many_arguments)]
    fn claim(
        &self,
        speaker: &str,
        via: &str,
        stance: Stance,
        aspect: Aspect,
        value: String,
        about: &str,
        report: &str,
        span: Span,
    ) -> Claim {
        let place = span.start.to_string();
        Claim {
            id: format!("c{}", hash(&[about, speaker, via, stance.as_str(), aspect.as_str(), &value, &place], 12)),
            speaker: speaker.to_owned(),
            via: via.to_owned(),
            stance,
            about: about.to_owned(),
            aspect,
            value,
            report: report.to_owned(),
            span,
            rule: format!("exchange/{}", aspect.as_str()),
            confidence: 1.0,
        }
    }

    /// The record's own title, or a neutral one: kind, place, day.
    fn named(&self, lexicon: &Lexicon) -> String {
        if !self.title.is_empty() {
            return self.title.clone();
        }
        let mut title = lexicon.kinds.get(&self.kind).map_or("event", |k| &k.title).to_owned();
        if let Some(first) = title.get(..1) {
            title = format!("{}{}", first.to_uppercase(), &title[1..]);
        }
        if let Some(place) = self.places.first().filter(|p| !p.name.is_empty()) {
            title.push_str(&format!(" in {}", place.name));
        }
        if let Some(w) = self.when {
            title.push_str(&format!(", {}", days(w.start, w.end)));
        }
        title
    }

    /// The record of an incident with the claims about it. `report` finds a report by its identifier, for sources and
    /// quotations; `data_set` says whose coding it is.
    pub fn of(incident: &Incident, claims: &[Claim], report: &dyn Fn(&str) -> Option<Report>, data_set: &str) -> Coded {
        let about: Vec<&Claim> = claims.iter().filter(|c| c.about == incident.id).collect();
        let mut sources: Vec<String> = Vec::new();
        let mut reports: BTreeMap<&str, Option<Report>> = BTreeMap::new();
        for id in incident.evidence.iter().map(|e| &e.report).chain(about.iter().map(|c| &c.report)) {
            let found = reports.entry(id).or_insert_with(|| report(id));
            let source = found.as_ref().map_or("", |r| r.source.as_str());
            if !source.is_empty() && !sources.iter().any(|s| s == source) {
                sources.push(source.to_owned());
            }
        }
        let quote = |c: &Claim| -> String {
            let found = reports.get(c.report.as_str()).and_then(Option::as_ref);
            found.map(|r| c.span.of(&r.text).to_owned()).unwrap_or_default()
        };
        // Claims that a person recorded are the person's in every format.
        let recorded = about.iter().filter_map(|c| {
            let (speaker, stance, aspect) = (&c.speaker, c.stance.as_str(), c.aspect.as_str());
            Some(format!("Recorded by {}: {speaker} {stance} {aspect}.", c.recorded_by()?))
        });
        let notes = recorded.collect::<Vec<_>>().join(" ");
        let same = incident.perpetrators.len() > 1
            && union(&incident.perpetrators, &incident.targets).len() == incident.perpetrators.len()
            && incident.targets.len() == incident.perpetrators.len();
        let (perpetrators, targets) = match incident.perpetrators.split_first() {
            Some((first, rest)) if same => (vec![first.clone()], rest.to_vec()),
            _ => (incident.perpetrators.clone(), incident.targets.clone()),
        };
        Coded {
            id: incident.id.clone(),
            data_set: data_set.to_owned(),
            title: incident.title.clone(),
            kind: incident.kind.clone(),
            when: incident.when,
            places: incident.places.clone(),
            perpetrators,
            targets,
            undirected: same,
            killed: incident.killed,
            injured: incident.injured,
            sources,
            notes,
            status: Some(incident.status),
            disputed: incident.disputed.clone(),
            claims: about
                .iter()
                .map(|c| crate::CodedClaim {
                    speaker: c.speaker.clone(),
                    via: c.via.clone(),
                    stance: c.stance,
                    aspect: c.aspect,
                    value: c.value.clone(),
                    quote: quote(c),
                })
                .collect(),
            codes: BTreeMap::new(),
        }
    }
}

/// The fields of a row, one a line.
#[derive(Default)]
struct Lines {
    text: String,
}

impl Lines {
    /// Adds a line and gives its span; an empty value adds none.
    fn add(&mut self, label: &str, value: &str) -> Span {
        if value.is_empty() {
            return Span::default();
        }
        let start = self.text.len();
        self.text.push_str(&format!("{label}: {value}"));
        let end = self.text.len();
        self.text.push('\n');
        // Offsets end at four gigabytes; a row that long has no spans.
        if u32::try_from(end).is_ok() { Span::new(start, end) } else { Span::default() }
    }
}

fn words(c: &crate::CodedClaim) -> &str {
    [&c.quote, &c.value].into_iter().find(|w| !w.is_empty()).map_or(c.aspect.as_str(), String::as_str)
}

/// Canonical names; a state is its authority on that day. Unknown names stay as they are.
fn canonical(lexicon: &Lexicon, given: &[String], day: Option<Date>) -> Vec<String> {
    let day = day.map(|d| d.to_string()).unwrap_or_default();
    let mut out: Vec<String> = Vec::new();
    for name in given {
        let actor = lexicon.coded_names.actor(&lexicon.actors, name).unwrap_or_else(|| name.clone());
        let actor = lexicon.actors.authority(&actor, &day).to_owned();
        if !out.contains(&actor) {
            out.push(actor);
        }
    }
    out
}

fn union(a: &[String], b: &[String]) -> Vec<String> {
    let mut out = a.to_vec();
    b.iter().for_each(|n| {
        if !out.contains(n) {
            out.push(n.clone());
        }
    });
    out
}

fn figure(low: u64, high: u64) -> String {
    if low == high { low.to_string() } else { format!("{low} to {high}") }
}

fn days(start: Date, end: Date) -> String {
    let shown = |d: Date| d.strftime("%-d %B %Y").to_string();
    if start == end { shown(start) } else { format!("{} to {}", shown(start), shown(end)) }
}

fn described(p: &Place) -> String {
    let parts = [&p.name, &p.admin2, &p.admin1, &p.country].map(String::as_str);
    let mut out = parts.into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>().join(", ");
    out.push_str(&format!(" ({})", p.level.as_str()));
    if let Some((lat, lon)) = p.lat_lon {
        out.push_str(&format!(" {lat} {lon}"));
    }
    out
}

/// Claims by speaker, in alphabetical order.
fn accounts(claims: &[Claim]) -> Vec<Account> {
    let mut by_speaker: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for c in claims {
        by_speaker.entry(&c.speaker).or_default().push(c.id.clone());
    }
    by_speaker.into_iter().map(|(speaker, claims)| Account { speaker: speaker.to_owned(), claims }).collect()
}

/// The beginning of a hash over parts, none of which can run into the next.
fn hash(parts: &[&str], digits: usize) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    let mut out: String = hasher.finalize().iter().map(|b| format!("{b:02x}")).collect();
    out.truncate(digits);
    out
}
