//! Claims that people recorded: where their words stand now, and which incident they are about now.
//!
//! Such a claim is a decision like any other, tied to a sighting of the incident, to its own name and to its report. It is
//! written beside what the machine read, never into it, and made again from the decision whenever the incident is.

use crate::anchors;
use crate::decision::{Act, Body, Decision, Recorded};
use crate::edits;
use crate::error::{RegisterError, Result};
use crate::fold;
use crate::objects::{self, sighting_anchor};
use crate::report::{self, Kept};
use crate::store::{Db, args, texts};
use counterclaim_incidents::Said;
use counterclaim_lexicon::Lexicon;
use counterclaim_text::{Aspect, Claim, Scope, Span, Stance, Toll, TollKind};
use std::collections::BTreeMap;

/// Where these words stand in a text. Line breaks and blanks count as one: whoever types a quotation sees no others.
pub(crate) fn places_of(text: &str, words: &str) -> Vec<Span> {
    let wanted: Vec<&str> = words.split_whitespace().collect();
    let end = |start: usize| {
        let mut rest = text.get(start..)?;
        for (n, word) in wanted.iter().enumerate() {
            let after = rest.trim_start();
            if (n > 0) != (after.len() < rest.len()) {
                return None;
            }
            rest = after.strip_prefix(word)?;
        }
        Some(text.len() - rest.len())
    };
    if wanted.is_empty() {
        return Vec::new();
    }
    text.char_indices().filter_map(|(start, _)| Some(Span::new(start, end(start)?))).collect()
}

/// The only place where these words stand in a report.
pub(crate) fn only_place(id: &str, text: &str, words: &str) -> Result<Span> {
    match places_of(text, words)[..] {
        [one] => Ok(one),
        [] => Err(RegisterError::Refused(format!(
            "these words do not stand in report {id}; copy them from its text as they are"
        ))),
        ref all => Err(RegisterError::Refused(format!(
            "these words stand {} times in report {id}; take more of the sentence",
            all.len()
        ))),
    }
}

impl Recorded {
    /// The claim as it was recorded. Its name follows from what it says and where.
    pub(crate) fn claim(&self, rule: String) -> Claim {
        let mut claim = Claim {
            id: String::new(),
            speaker: self.speaker.clone(),
            via: self.via.clone(),
            stance: self.stance,
            about: self.about.clone(),
            aspect: self.aspect,
            value: self.value.clone(),
            report: self.report.clone(),
            span: Span { start: self.start, end: self.end },
            rule,
            // A person read it: there is no share of such readings that was measured.
            confidence: 1.0,
        };
        claim.id = objects::claim_id(&claim);
        claim
    }

    /// Where its words stand in the newest version of the report; `None` if they no longer stand there once.
    fn stands(&self, db: &mut dyn Db) -> Result<Option<(Kept, Span)>> {
        let newest = report::newest(db, &self.report)?;
        let Some(kept) = report::load(db, &newest)? else { return Ok(None) };
        if newest == self.report {
            return Ok(Some((kept, Span { start: self.start, end: self.end })));
        }
        Ok(match places_of(&kept.report.text, &self.quote)[..] {
            [one] => Some((kept, one)),
            _ => None,
        })
    }

    /// What it counts, if it gives a figure of dead or wounded.
    fn toll(&self, span: Span) -> Option<Toll> {
        let what = match self.aspect {
            Aspect::Killed => TollKind::Killed,
            Aspect::Injured => TollKind::Injured,
            _ => return None,
        };
        if !matches!(self.stance, Stance::Asserts | Stance::Confirms | Stance::Admits) {
            return None;
        }
        let (low, high) = edits::range(&self.value).ok().flatten()?;
        Some(Toll { what, low, high, who: String::new(), span, speaker: self.speaker.clone(), scope: Scope::Whole })
    }
}

/// The claim of a decision where it stands now, with its report; `None` if its words stand nowhere any more.
fn now(db: &mut dyn Db, d: &Decision) -> Result<Option<(Said, Kept)>> {
    let Act::Claim(recorded) = &d.act else { return Ok(None) };
    let Some((kept, span)) = recorded.stands(db)? else { return Ok(None) };
    let claim = recorded.claim(Claim::recorded(d.seq, &d.author));
    let claim = Claim { report: kept.report.id.clone(), span, ..claim };
    let said = Said { claim, day: kept.report.published, toll: recorded.toll(span) };
    Ok(Some((said, kept)))
}

/// What people recorded about an incident of these sightings, with the reports.
pub(crate) fn about(
    db: &mut dyn Db,
    id: &str,
    sightings: &[String],
    reports: &mut BTreeMap<String, Kept>,
) -> Result<Vec<Said>> {
    let anchors: Vec<String> = sightings.iter().map(|s| sighting_anchor(s)).collect();
    let mut out: Vec<Said> = Vec::new();
    for (d, _) in fold::on(db, anchors.iter().map(String::as_str))?.all.iter().filter(|(d, _)| !d.undone) {
        let Some((mut said, kept)) = now(db, d)? else { continue };
        id.clone_into(&mut said.claim.about);
        if !out.iter().any(|o| o.claim.id == said.claim.id) {
            reports.entry(kept.report.id.clone()).or_insert(kept);
            out.push(said);
        }
    }
    Ok(out)
}

/// Writes what people recorded in a report about incidents of which nothing is told any more: it stands by its report.
pub(crate) fn beside(db: &mut dyn Db, lexicon: &Lexicon, id: &str) -> Result<()> {
    let versions = report::all_versions(db, id)?;
    for (d, body) in fold::on(db, versions.iter().map(String::as_str))?.all.iter().filter(|(d, _)| !d.undone) {
        if incident_of(db, body)?.is_some() {
            continue;
        }
        let Some((said, kept)) = now(db, d)? else { continue };
        if said.claim.report == id {
            objects::put_claim(db, lexicon, &said.claim, id, &[], &BTreeMap::from([(id.to_owned(), kept)]))?;
        }
    }
    Ok(())
}

/// The incident that a decision is about now.
pub(crate) fn incident_of(db: &mut dyn Db, body: &Body) -> Result<Option<String>> {
    for s in anchors::live(db, body)? {
        let found = texts(db, "SELECT incident FROM sighting WHERE id = ?1 AND incident <> ''", args![s])?;
        if let Some(id) = found.into_iter().next() {
            return Ok(Some(id));
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_whatever_the_blanks() {
        let text = "He said: no\r\n  strike, no strike. é no strike";
        let found = |words: &str| places_of(text, words).iter().map(|s| s.of(text)).collect::<Vec<_>>();
        assert_eq!(found("no strike"), ["no\r\n  strike", "no strike", "no strike"]);
        assert_eq!(found(" é  no "), ["é no"]);
        assert!(found("nostrike").is_empty() && found(" ").is_empty() && found("no strike!").is_empty());
        assert_eq!(places_of("aaa", "aa").len(), 2);
        assert!(only_place("r1", text, "no strike").unwrap_err().to_string().contains("3 times"));
        assert!(only_place("r1", text, "peace").unwrap_err().to_string().contains("do not stand"));
        assert_eq!(only_place("r1", text, "He said").unwrap(), Span::new(0, 7));
    }
}
