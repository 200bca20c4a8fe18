//! Recording a decision: in the chain, tied to what it is about, with what its author had not seen.

use crate::anchors;
use crate::decision::{Act, Body, Decision, Outcome, Proposal, Recorded, sound};
use crate::derive::{self, Change};
use crate::edits;
use crate::error::{RegisterError, Result};
use crate::fold::{self, Fold};
use crate::former;
use crate::hash::link;
use crate::objects::{self, sighting_anchor, source_anchor};
use crate::report::{self, clip, end_of};
use crate::rows::{StoredClaim, StoredCommitment, StoredIncident};
use crate::store::{Db, args, decode, encode, number, texts};
use counterclaim_lexicon::Lexicon;
use counterclaim_text::Span;

/// Characters of a quotation at most.
const LONGEST_QUOTE: usize = 4000;

/// The hash of a row of decisions.
pub(crate) fn row_hash(cells: &[&str; 8], before: &str) -> String {
    link(cells, before)
}

/// What a proposal is about, looked up.
struct Target {
    object: String,
    body: Body,
    /// Everything that decisions on the object may be tied to now.
    anchors: Vec<String>,
}

/// Keeps a decision and derives anew what it is about.
pub(crate) fn decide(db: &mut dyn Db, lexicon: &Lexicon, p: &Proposal) -> Result<Outcome> {
    sound(p)?;
    let target = target(db, lexicon, &p.act)?;
    let before = fold::on(db, target.anchors.iter().map(String::as_str))?;
    if let Act::Undo { seq } = p.act
        && before.all.iter().any(|(d, _)| d.seq == seq && d.undone)
    {
        return Err(RegisterError::Refused(format!("decision {seq} no longer holds already")));
    }
    let seen = p.seen.unwrap_or(if p.if_unchanged { 0 } else { -1 });
    let newer: Vec<Decision> = before.all.iter().filter(|(d, _)| d.seq > seen).map(|(d, _)| d.clone()).collect();
    if let (true, Some(d)) = (p.if_unchanged, newer.last()) {
        let (seq, by, action) = (d.seq, d.author.clone(), d.act.said());
        return Err(RegisterError::Changed { object: target.object, seq, by, action });
    }
    let seq = record(db, p, &target, seen)?;
    anchors::tie(db, seq, &target.body)?;
    apply(db, lexicon, &target.body)?;
    Ok(Outcome { seq, object: now(db, &target)?, newer })
}

/// Writes the row.
fn record(db: &mut dyn Db, p: &Proposal, target: &Target, seen: i64) -> Result<i64> {
    let (last, before) = end_of(db, "decision")?;
    let seq = last + 1;
    let plain = |s: &str| s.replace('\0', "\u{FFFD}");
    let (made, author, object, reason) = (plain(&p.made), plain(&p.author), plain(&target.object), plain(&p.reason));
    let (action, body) = (p.act.name(), encode(&target.body)?);
    let cells = [&seq.to_string(), &made, &author, &object, action, &body, &reason, &seen.to_string()];
    let hash = row_hash(&cells, &before);
    let sql = "INSERT INTO decision (seq, made, author, object, action, body, reason, seen, previous, hash)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
    db.run(sql, args![seq, &made, &author, &object, action, &body, &reason, seen, before, hash])?;
    Ok(seq)
}

/// Derives anew what the decision is about.
fn apply(db: &mut dyn Db, lexicon: &Lexicon, body: &Body) -> Result<()> {
    let sightings = anchors::live(db, body)?;
    match body.about() {
        About::Groups => {
            let mut change = Change { fresh: sightings.into_iter().collect(), ..Change::default() };
            // What was recorded may stand by its report alone.
            for report in body.anchors.iter().filter(|a| a.starts_with('r')) {
                change.reports.insert(report::newest(db, report)?);
            }
            derive::relink(db, lexicon, &mut change).map(drop)
        }
        About::Object => {
            for s in sightings {
                for incident in texts(db, "SELECT incident FROM sighting WHERE id = ?1", args![s])? {
                    objects::refresh_incident(db, lexicon, &incident)?;
                }
            }
            for anchor in &body.anchors {
                objects::refresh_claim(db, lexicon, anchor)?;
                objects::refresh_commitment(db, anchor)?;
            }
            Ok(())
        }
    }
}

/// What a decision changes.
enum About {
    /// Which sightings are one occurrence, or what is told of it.
    Groups,
    /// How one object reads.
    Object,
}

impl Body {
    fn about(&self) -> About {
        match self.act {
            Act::Merge { .. } | Act::Split { .. } | Act::Claim(_) => About::Groups,
            // What is undone may be of either sort; grouping anew also writes anew.
            Act::Undo { .. } if self.anchors.iter().any(|a| a.starts_with("s:")) => About::Groups,
            _ => About::Object,
        }
    }
}

/// What the object is called after the decision.
fn now(db: &mut dyn Db, target: &Target) -> Result<String> {
    // What was recorded keeps its name.
    if target.object.starts_with('c') {
        return Ok(target.object.clone());
    }
    for s in anchors::live(db, &target.body)? {
        if let Some(id) = texts(db, "SELECT incident FROM sighting WHERE id = ?1", args![s])?.pop() {
            return Ok(id);
        }
    }
    Ok(target.object.clone())
}

fn target(db: &mut dyn Db, lexicon: &Lexicon, act: &Act) -> Result<Target> {
    match act {
        Act::Confirm { id } | Act::Reject { id } => object(db, act, id, &mut |_, _, _| Ok(None)),
        Act::Edit { id, field, value } => object(db, act, id, &mut |incident, claim, commitment| {
            Ok(Some(match (incident, claim, commitment) {
                (Some(i), _, _) => {
                    edits::incident(lexicon, &mut i.machine.clone(), field, value)?;
                    edits::incident_value(&i.machine, field)
                }
                (_, Some(c), _) => {
                    edits::claim(&mut c.machine.clone(), field, value)?;
                    // Of what a person recorded, the machine had nothing.
                    if c.machine.recorded_by().is_some() {
                        return Ok(None);
                    }
                    edits::claim_value(&c.machine, field)
                }
                (_, _, Some(c)) => {
                    edits::commitment(&mut c.machine.clone(), field, value)?;
                    edits::commitment_value(&c.machine, field)
                }
                _ => return Ok(None),
            }))
        }),
        Act::Assess { id, .. } => {
            let stored = incident(db, id)?;
            let had = format!(
                "{} ({})",
                edits::incident_value(&stored.machine, "perpetrators"),
                stored.machine.status.as_str()
            );
            Ok(on_incident(act, id, &stored, Some(had)))
        }
        Act::GradeClaim { id, .. } => {
            expect(id, 'c', "a claim")?;
            object(db, act, id, &mut |_, _, _| Ok(None))
        }
        Act::Follow { id, .. } => {
            expect(id, 'p', "a commitment")?;
            object(db, act, id, &mut |_, _, _| Ok(None))
        }
        Act::GradeSource { source, .. } => {
            if number(db, "SELECT COUNT(*) FROM report WHERE source = ?1", args![clip(source)])? == 0 {
                return Err(RegisterError::Unknown(source.clone()));
            }
            Ok(plain(act, source, source_anchor(source)))
        }
        Act::Claim(c) => claim(db, c),
        Act::Merge { ids } => merge(db, act, ids),
        Act::Split { id, out } => split(db, act, id, out),
        Act::Undo { seq } => {
            let found = fold::load(db, *seq)?;
            let (d, body) = found.ok_or_else(|| RegisterError::Unknown(format!("decision {seq}")))?;
            let mut anchors = body.anchors.clone();
            anchors.extend(anchors::live(db, &body)?.iter().map(|s| sighting_anchor(s)));
            let body = Body { act: act.clone(), machine: None, ..body };
            Ok(Target { object: d.object, body, anchors })
        }
    }
}

type Had<'f> =
    dyn FnMut(Option<&StoredIncident>, Option<&StoredClaim>, Option<&StoredCommitment>) -> Result<Option<String>> + 'f;

fn expect(id: &str, letter: char, what: &str) -> Result<()> {
    if id.starts_with(letter) {
        Ok(())
    } else {
        Err(RegisterError::Refused(format!("\"{id}\" is not the id of {what}")))
    }
}

/// A decision on an incident, a claim or a commitment; `had` says what the machine had.
fn object(db: &mut dyn Db, act: &Act, id: &str, had: &mut Had<'_>) -> Result<Target> {
    match id.chars().next() {
        Some('c') => {
            let found = texts(db, "SELECT body FROM claim WHERE id = ?1 ORDER BY owner", args![id])?;
            let body = found.first().ok_or_else(|| RegisterError::Unknown(id.to_owned()))?;
            let stored: StoredClaim = decode(&format!("claim {id}"), body)?;
            let machine = had(None, Some(&stored), None)?;
            let mut target = plain(act, id, id.to_owned());
            target.body.machine = machine;
            Ok(target)
        }
        Some('p') => {
            let found = texts(db, "SELECT body FROM commitment WHERE id = ?1", args![id])?;
            let body = found.first().ok_or_else(|| RegisterError::Unknown(id.to_owned()))?;
            let stored: StoredCommitment = decode(&format!("commitment {id}"), body)?;
            let machine = had(None, None, Some(&stored))?;
            let mut target = plain(act, id, id.to_owned());
            target.body.machine = machine;
            Ok(target)
        }
        _ => {
            let stored = incident(db, id)?;
            let machine = had(Some(&stored), None, None)?;
            Ok(on_incident(act, id, &stored, machine))
        }
    }
}

fn incident(db: &mut dyn Db, id: &str) -> Result<StoredIncident> {
    match objects::stored_incident(db, id)? {
        Some(stored) => Ok(stored),
        None => Err(former::gone(db, id)),
    }
}

fn on_incident(act: &Act, id: &str, stored: &StoredIncident, machine: Option<String>) -> Target {
    let anchors: Vec<String> = stored.sightings.iter().map(|s| sighting_anchor(s)).collect();
    let body = Body {
        act: act.clone(),
        anchors: anchors.iter().take(1).cloned().collect(),
        rest: stored.sightings.iter().skip(1).cloned().collect(),
        kind: stored.machine.kind.clone(),
        machine,
    };
    Target { object: id.to_owned(), body, anchors }
}

/// A claim that a person records. It is tied to the incident's sighting in the same report, if there is one.
fn claim(db: &mut dyn Db, c: &Recorded) -> Result<Target> {
    let refuse = |m: String| Err(RegisterError::Refused(m));
    let stored = incident(db, &c.about)?;
    let kept = report::load(db, &c.report)?.ok_or_else(|| RegisterError::Unknown(c.report.clone()))?;
    let newest = report::newest(db, &c.report)?;
    if newest != c.report {
        return refuse(format!("{} takes part instead of {}; record the claim there", newest, c.report));
    }
    let words = Span { start: c.start, end: c.end }.of(&kept.report.text);
    if words.trim().is_empty() || words.chars().count() > LONGEST_QUOTE {
        return refuse(format!(
            "bytes {} to {} of {} are no words to quote; take 1 to {LONGEST_QUOTE} characters, whole letters",
            c.start, c.end, c.report
        ));
    }
    if !c.quote.is_empty() && c.quote != words {
        return refuse(format!("bytes {} to {} of {} read “{words}”, not “{}”", c.start, c.end, c.report, c.quote));
    }
    let trimmed = |s: &str| s.trim().to_owned();
    let (speaker, via, value) = (trimmed(&c.speaker), trimmed(&c.via), trimmed(&c.value));
    let recorded = Recorded { quote: words.to_owned(), speaker, via, value, ..c.clone() };
    let id = recorded.claim(String::new()).id;
    if number(db, "SELECT COUNT(*) FROM claim WHERE id = ?1 AND owner = ?2", args![&id, &c.about])? > 0 {
        return refuse(format!("the register has this claim already: {id}"));
    }
    let mut sightings = stored.sightings.clone();
    sightings.sort_by_key(|s| objects::report_of(s) != c.report);
    let stored = StoredIncident { sightings, ..stored };
    let mut target = on_incident(&Act::Claim(recorded), &id, &stored, None);
    target.body.anchors.extend([id.clone(), c.report.clone()]);
    target.anchors.push(id);
    Ok(target)
}

fn plain(act: &Act, object: &str, anchor: String) -> Target {
    let (rest, kind) = Default::default();
    let body = Body { act: act.clone(), anchors: vec![anchor.clone()], rest, kind, machine: None };
    Target { object: object.to_owned(), body, anchors: vec![anchor] }
}

fn merge(db: &mut dyn Db, act: &Act, ids: &[String]) -> Result<Target> {
    let mut named: Vec<String> = Vec::new();
    let mut all: Vec<String> = Vec::new();
    for id in ids {
        let stored = incident(db, id)?;
        let own: Vec<String> = stored.sightings.iter().map(|s| sighting_anchor(s)).collect();
        if own.first().is_some_and(|first| named.contains(first)) {
            return Err(RegisterError::Refused(format!("{id} is named twice")));
        }
        named.extend(own.first().cloned());
        all.extend(own);
    }
    let sighting = |a: &String| a.strip_prefix("s:").map(str::to_owned);
    let rest = all.iter().filter(|a| !named.contains(a)).filter_map(sighting).collect();
    let body = Body { act: act.clone(), anchors: named, rest, kind: String::new(), machine: Some("apart".into()) };
    Ok(Target { object: ids.first().cloned().unwrap_or_default(), body, anchors: all })
}

fn split(db: &mut dyn Db, act: &Act, id: &str, out: &[String]) -> Result<Target> {
    let stored = incident(db, id)?;
    let goes = |s: &str| out.iter().any(|o| o == s || o == objects::report_of(s));
    for o in out {
        if !stored.sightings.iter().any(|s| s == o || objects::report_of(s) == o) {
            return Err(RegisterError::Refused(format!(
                "{id} does not rest on {o}; `counterclaim show {id}` lists its reports"
            )));
        }
    }
    let (going, rest): (Vec<String>, Vec<String>) = stored.sightings.iter().cloned().partition(|s| goes(s));
    if rest.is_empty() {
        return Err(RegisterError::Refused(format!("nothing of {id} would be left")));
    }
    let anchors: Vec<String> = stored.sightings.iter().map(|s| sighting_anchor(s)).collect();
    let going = going.iter().map(|s| sighting_anchor(s)).collect();
    let body = Body { act: act.clone(), anchors: going, rest, kind: String::new(), machine: Some("together".into()) };
    Ok(Target { object: id.to_owned(), body, anchors })
}

/// The decisions on an object as it is called now.
pub(crate) fn on_object(db: &mut dyn Db, id: &str) -> Result<Fold> {
    let mut anchors = vec![id.to_owned(), source_anchor(id)];
    if let Some(stored) = objects::stored_incident(db, id)? {
        anchors.extend(stored.sightings.iter().map(|s| sighting_anchor(s)));
    }
    fold::on(db, anchors.iter().map(String::as_str))
}
