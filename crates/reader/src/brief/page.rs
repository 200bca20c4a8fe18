//! What the brief shows, gathered from the nouns: every string here is already safe to print.

use super::layout::clean;
use super::words::{self, Side};
use counterclaim_text::{Brief, Claim, Incident, Report, Span};
use std::collections::{BTreeMap, BTreeSet};

/// Longest words shown of a report; the rest is one look at the bytes away.
const QUOTE: usize = 300;
/// Longest name, title or value shown.
const NAME: usize = 160;
/// A longer value that the quote holds is not repeated beside it.
const LONG_VALUE: usize = 30;
/// Below this, an incident is listed among what the reader was unsure of.
const UNSURE: f32 = 0.5;

/// The whole brief.
pub(super) struct Page {
    pub summary: String,
    pub reports: Vec<(String, String)>,
    pub incidents: Vec<IncidentPart>,
    pub questions: Vec<Question>,
    pub promises: Vec<Promise>,
    pub doubts: Vec<Doubt>,
}

/// Where words stand.
#[derive(Clone)]
pub(super) struct Cite {
    pub source: String,
    pub place: String,
}

/// One thing that somebody said: the reader's summary, the words, and where they stand.
#[derive(Clone)]
pub(super) struct Said {
    pub summary: String,
    pub quote: String,
    pub via: String,
    pub cite: Cite,
}

/// Columns of what was said, one a side, and a row for each thing spoken of.
pub(super) struct Table {
    pub heads: Vec<String>,
    pub rows: Vec<Row>,
}

/// One row: as many cells as the table has heads.
pub(super) struct Row {
    pub label: &'static str,
    pub disputed: bool,
    pub cells: Vec<Vec<Said>>,
}

/// One incident.
pub(super) struct IncidentPart {
    pub title: String,
    pub facts: Vec<(&'static str, String)>,
    /// Each side's account; `None` if no side is quoted.
    pub accounts: Option<Table>,
    /// Tolls that reports give without a speaker.
    pub own_voice: Vec<Said>,
    pub evidence: Vec<Said>,
}

/// One standing question with who is for and against it.
pub(super) struct Question {
    pub title: String,
    pub sides: Table,
}

/// One commitment.
pub(super) struct Promise {
    pub title: String,
    pub dates: String,
    pub quote: String,
    pub cite: Cite,
}

/// One thing that the reader was unsure of.
pub(super) struct Doubt {
    pub about: String,
    pub message: String,
    pub quote: String,
}

/// Gathers the page.
pub(super) fn page(brief: &Brief) -> Page {
    let desk = Desk::new(brief);
    let mut incidents: Vec<&Incident> = brief.incidents.iter().collect();
    // Undated incidents come last; the sort is stable, so days keep the reader's order.
    incidents.sort_by_key(|i| i.when.map_or((true, None), |w| (false, Some((w.start, w.end)))));
    let known: BTreeSet<&str> = incidents.iter().map(|i| i.id.as_str()).collect();
    let attached: BTreeSet<&str> =
        incidents.iter().flat_map(|i| &i.accounts).flat_map(|a| &a.claims).map(String::as_str).collect();
    let standing: Vec<&Claim> = brief
        .claims
        .iter()
        .filter(|c| !known.contains(c.about.as_str()) && !attached.contains(c.id.as_str()))
        .collect();
    let questions = questions(&desk, &standing);
    Page {
        summary: summary(brief, questions.len()),
        reports: brief.readings.iter().map(|r| report_line(&r.report)).collect(),
        promises: promises(&desk, brief),
        doubts: doubts(&desk, brief, &incidents),
        incidents: incidents.iter().map(|i| incident_part(&desk, i)).collect(),
        questions,
    }
}

/// The reports and claims, ready to be looked up.
struct Desk<'a> {
    reports: BTreeMap<&'a str, &'a Report>,
    claims: &'a [Claim],
    /// Places in `claims`, by what they are about and by id.
    by_about: BTreeMap<&'a str, Vec<usize>>,
    by_id: BTreeMap<&'a str, usize>,
    /// Beginnings of some reports, for how names are written when the words around a claim do not show it.
    sample: String,
}

impl<'a> Desk<'a> {
    fn new(brief: &'a Brief) -> Desk<'a> {
        let mut by_about: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, claim) in brief.claims.iter().enumerate() {
            by_about.entry(&claim.about).or_default().push(at);
        }
        let beginnings = brief.readings.iter().take(50).flat_map(|r| r.report.text.split_whitespace().take(500));
        let sample = beginnings.flat_map(|word| [word, " "]).collect();
        Desk {
            sample,
            reports: brief.readings.iter().map(|r| (r.report.id.as_str(), &r.report)).collect(),
            claims: &brief.claims,
            by_about,
            by_id: brief.claims.iter().enumerate().map(|(at, c)| (c.id.as_str(), at)).collect(),
        }
    }

    /// The claims about an incident, in the brief's order.
    fn claims_about(&self, incident: &Incident) -> Vec<&'a Claim> {
        let listed = incident.accounts.iter().flat_map(|a| &a.claims).filter_map(|id| self.by_id.get(id.as_str()));
        let own = self.by_about.get(incident.id.as_str()).into_iter().flatten();
        let places: BTreeSet<usize> = own.chain(listed).copied().collect();
        places.into_iter().map(|at| &self.claims[at]).collect()
    }

    /// The words, without the punctuation that joins them to what stands before or after.
    fn quote(&self, report: &str, span: Span) -> String {
        let text = self.reports.get(report).map_or("", |r| span.of(&r.text));
        let joint = |c: char| c.is_whitespace() || ",;:.".contains(c);
        clean(text.trim_start_matches(joint).trim_end_matches([',', ';', ':', ' ', '\n']), QUOTE)
    }

    /// What stands around the words, for how names are written there.
    fn around(&self, report: &str, span: Span) -> &'a str {
        const REACH: usize = 2000;
        let Some(text) = self.reports.get(report).map(|r| r.text.as_str()) else { return "" };
        let whole = |at: usize| (0..=at.min(text.len())).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0);
        &text[whole((span.start as usize).saturating_sub(REACH))..whole(span.end as usize + REACH)]
    }

    fn cite(&self, report: &str, span: Span) -> Cite {
        let source = self.reports.get(report).map_or("", |r| r.source.as_str());
        let source = if source.is_empty() { words::NO_SOURCE } else { source };
        let place = format!("[{}:{}-{}]", clean(report, NAME), span.start, span.end);
        Cite { source: clean(source, NAME), place }
    }

    fn said(&self, summary: String, via: &str, report: &str, span: Span) -> Said {
        Said {
            summary: clean(&summary, NAME),
            quote: self.quote(report, span),
            via: clean(via, NAME),
            cite: self.cite(report, span),
        }
    }

    fn claim(&self, claim: &Claim) -> Said {
        let quote = self.quote(&claim.report, claim.span);
        // A value in the report's own words is shown once, as a quote.
        let value = claim.value.trim_matches(|c: char| !c.is_alphanumeric());
        let repeated = quote.trim_matches(|c: char| !c.is_alphanumeric()) == value
            || value.len() > LONG_VALUE && quote.contains(value);
        let value = if repeated { "" } else { claim.value.as_str() };
        let mut said = words::claim(claim.stance, value);
        if let Some(by) = claim.recorded_by() {
            said.push_str(&format!(" (recorded by {})", clean(by, NAME)));
        }
        self.said(said, &claim.via, &claim.report, claim.span)
    }
}

fn summary(brief: &Brief, questions: usize) -> String {
    let days = brief.readings.iter().filter_map(|r| r.report.published);
    let published = match (days.clone().min(), days.max()) {
        (Some(a), Some(b)) => format!(", published {}", words::days(a, b)),
        _ => String::new(),
    };
    format!(
        "{}{published}: {}, {}, {}",
        words::count(brief.readings.len(), "report"),
        words::count(brief.incidents.len(), "incident"),
        words::count(questions, "standing question"),
        words::count(brief.commitments.len(), "commitment"),
    )
}

fn report_line(report: &Report) -> (String, String) {
    let source = if report.source.is_empty() { words::NO_SOURCE } else { &report.source };
    let published = report.published.map_or("date not given".to_owned(), words::date);
    let title = clean(&report.title, NAME);
    let title = if title.is_empty() { String::new() } else { format!(": {title}") };
    (clean(&report.id, NAME), format!("{}, {published}{title}", clean(source, NAME)))
}

fn incident_part(desk: &Desk<'_>, incident: &Incident) -> IncidentPart {
    let places: Vec<String> = incident.places.iter().map(words::place).collect();
    let disputed: Vec<&str> = incident.disputed.iter().map(|a| a.as_str()).collect();
    let disputed = if disputed.is_empty() { "nothing in these reports".to_owned() } else { disputed.join(", ") };
    let mut facts = vec![
        ("kind", incident.kind.replace('-', " ")),
        ("when", incident.when.map_or(words::UNKNOWN.to_owned(), words::when)),
        ("where", words::list(&places)),
        ("who did it", words::who_did_it(incident)),
        ("who was hit", words::list(&incident.targets)),
        ("tolls", words::tolls(incident.killed, incident.injured)),
        ("disputed", disputed),
        ("confidence", format!("{:.2}", incident.confidence)),
    ];
    let accounts = accounts(desk, incident);
    let silent = silent(incident, accounts.as_ref());
    if !silent.is_empty() {
        facts.push(("not quoted", words::list(&silent)));
    }
    let own_voice = incident.tolls.iter().filter(|(_, t)| t.speaker.is_empty());
    IncidentPart {
        title: clean(&incident.title, NAME),
        facts: facts.into_iter().map(|(k, v)| (k, clean(&v, QUOTE))).collect(),
        accounts,
        own_voice: own_voice
            .map(|(report, t)| {
                let figure = figure(t.low, t.high, &t.who);
                desk.said(format!("{} {figure}", t.what.as_str()), "", report, t.span)
            })
            .collect(),
        evidence: incident.evidence.iter().map(|e| desk.said(String::new(), "", &e.report, e.span)).collect(),
    }
}

/// Parties to the incident whose account these reports do not give. Names with a capital are parties that could
/// speak; "civilians" or "unidentified gunmen" are not.
fn silent(incident: &Incident, accounts: Option<&Table>) -> Vec<String> {
    let Some(accounts) = accounts else { return vec![] };
    let mut silent: Vec<String> = incident.perpetrators.iter().chain(&incident.targets).cloned().collect();
    silent.retain(|p| p.starts_with(char::is_uppercase) && !accounts.heads.contains(p));
    silent.sort();
    silent.dedup();
    silent
}

fn figure(low: u64, high: u64, who: &str) -> String {
    let who = if who.is_empty() { String::new() } else { format!(" ({who})") };
    format!("{}{who}", words::range(low, high))
}

/// Every side's account: a column for each speaker, a row for each thing that one of them speaks of.
fn accounts(desk: &Desk<'_>, incident: &Incident) -> Option<Table> {
    let claims = desk.claims_about(incident);
    let tolls: Vec<_> = incident.tolls.iter().filter(|(_, t)| !t.speaker.is_empty()).collect();
    let mut speakers: BTreeSet<&str> = claims.iter().map(|c| c.speaker.as_str()).collect();
    speakers.extend(incident.accounts.iter().map(|a| a.speaker.as_str()));
    speakers.extend(tolls.iter().map(|(_, t)| t.speaker.as_str()));
    if speakers.is_empty() {
        return None;
    }

    let mut rows = vec![];
    for (label, aspects) in words::ROWS {
        let cell = |speaker: &&str| {
            let mut said: Vec<Said> = vec![];
            let mut told: Vec<(&str, Span)> = vec![];
            for (report, t) in tolls.iter().filter(|(_, t)| t.speaker == *speaker && t.what.as_str() == label) {
                let claim = claims.iter().find(|c| {
                    c.speaker == *speaker
                        && c.recorded_by().is_none()
                        && aspects.contains(&c.aspect)
                        && c.report == *report
                        && c.span.overlaps(t.span)
                });
                let (via, span) = claim.map_or(("", t.span), |c| (c.via.as_str(), c.span));
                let part = if t.partial() { "gives, of part of them," } else { "gives" };
                said.push(desk.said(format!("{part} {}", figure(t.low, t.high, &t.who)), via, report, span));
                told.push((report, span));
            }
            let more = claims.iter().filter(|c| c.speaker == *speaker && aspects.contains(&c.aspect));
            said.extend(more.filter(|c| !told.contains(&(c.report.as_str(), c.span))).map(|c| desk.claim(c)));
            said
        };
        let cells: Vec<Vec<Said>> = speakers.iter().map(cell).collect();
        let disputed = aspects.iter().any(|a| incident.disputed.contains(a));
        if disputed || cells.iter().any(|c| !c.is_empty()) {
            rows.push(Row { label, disputed, cells });
        }
    }
    Some(Table { heads: speakers.iter().map(|s| clean(s, NAME)).collect(), rows })
}

fn questions(desk: &Desk<'_>, claims: &[&Claim]) -> Vec<Question> {
    let mut by_slug: BTreeMap<&str, Vec<&Claim>> = BTreeMap::new();
    for claim in claims {
        by_slug.entry(&claim.about).or_default().push(claim);
    }
    by_slug.iter().map(|(slug, claims)| question(desk, slug, claims)).collect()
}

fn question(desk: &Desk<'_>, slug: &str, claims: &[&Claim]) -> Question {
    let mut quoted = String::new();
    let mut cells = vec![vec![], vec![], vec![]];
    for claim in claims {
        let mut said = desk.claim(claim);
        for words in [&claim.value, &claim.speaker, desk.around(&claim.report, claim.span)] {
            quoted.push_str(words);
            quoted.push(' ');
        }
        said.summary = format!("{} {}", clean(&claim.speaker, NAME), said.summary);
        if let Some(day) = desk.reports.get(claim.report.as_str()).and_then(|r| r.published) {
            said.cite.source = format!("{}, {}", words::date(day), said.cite.source);
        }
        match words::side(claim.stance) {
            Side::For => cells[0].push(said),
            Side::Against => cells[1].push(said),
            Side::Other => cells[2].push(said),
        }
    }
    let mut heads = vec!["said for it".to_owned(), "said against it".to_owned(), "said beside it".to_owned()];
    if cells[2].is_empty() {
        cells.pop();
        heads.pop();
    }
    quoted.push_str(&desk.sample);
    let rows = vec![Row { label: "", disputed: false, cells }];
    Question { title: clean(&words::question(slug, &quoted), NAME), sides: Table { heads, rows } }
}

fn promises(desk: &Desk<'_>, brief: &Brief) -> Vec<Promise> {
    let day = |d: Option<_>| d.map_or(words::NOT_SAID.to_owned(), words::date);
    brief
        .commitments
        .iter()
        .map(|c| {
            let to = if c.to.is_empty() { String::new() } else { format!(" to {}", c.to.join(", ")) };
            Promise {
                title: clean(&format!("{}{to}: {}", c.by, c.what), QUOTE),
                dates: format!("made: {}; due: {}", day(c.made), day(c.due)),
                quote: desk.quote(&c.report, c.span),
                cite: desk.cite(&c.report, c.span),
            }
        })
        .collect()
}

fn doubts(desk: &Desk<'_>, brief: &Brief, incidents: &[&Incident]) -> Vec<Doubt> {
    let weak = incidents.iter().enumerate().filter(|(_, i)| i.confidence < UNSURE).map(|(n, i)| Doubt {
        about: format!("incident {}", n + 1),
        message: format!("confidence {:.2}: {}", i.confidence, clean(&i.title, NAME)),
        quote: String::new(),
    });
    let notes = brief.readings.iter().flat_map(|r| r.notes.iter().map(move |n| (&r.report, n))).map(|(report, n)| {
        let whole = n.span.is_empty();
        Doubt {
            about: if whole { clean(&report.id, NAME) } else { desk.cite(&report.id, n.span).place },
            message: clean(&n.message, QUOTE),
            quote: if whole { String::new() } else { desk.quote(&report.id, n.span) },
        }
    });
    weak.chain(notes).collect()
}
