//! Sightings: what one report tells of one occurrence. They are what is linked across reports.
//!
//! Mentions within a report are grouped in the order of the text (`link.rs`). A sighting sums such a group up, so that
//! it can be compared with sightings of other reports without looking at any text again. A denial or a hypothetical
//! that answers no occurrence of its own report is a sighting too; it can join an incident but not make one.

use crate::assemble::{Part, kind_of, merged_places, names, narrowest};
use crate::link::{self, Group, Mention};
use counterclaim_coding::ONLY_TOLL;
use counterclaim_lexicon::{Lexicon, words_of};
use counterclaim_text::{DateValue, PlaceRef, TollKind};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What one report tells of one occurrence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sighting {
    /// `<report>#<trigger token>`, with `.2`, `.3` behind it where one word tells of several ("eight in Baga, two in
    /// Kukawa"): the same for the same report, whatever else was read.
    pub id: String,
    /// Id of the report.
    pub report: String,
    /// Day of publication of the report.
    pub published: Option<Date>,
    /// False for a denial or a hypothetical, which cannot make an incident.
    pub real: bool,
    /// True if its report tells of nothing else as a fact.
    pub alone: bool,
    /// True if it only looks back on something known ("the attack", "the seven dead").
    pub looks_back: bool,
    /// Incident kind.
    pub kind: String,
    /// When, as far as the words tell; no date is put in for a missing one.
    pub when: Option<DateValue>,
    /// Where; containers of a named place are left out.
    pub places: Vec<PlaceRef>,
    /// Who is said to have done it.
    pub perpetrators: Vec<String>,
    /// Who was hit or aimed at.
    pub targets: Vec<String>,
    /// Every number of dead that is given, ascending.
    pub killed: Vec<u64>,
    /// Every number of wounded that is given, ascending.
    pub injured: Vec<u64>,
    /// Stems of the words that set it apart, sorted.
    pub words: Vec<String>,
    /// Mentions that tell of it as a fact, as numbers of drafts of the report's coding.
    pub members: Vec<usize>,
    /// Denials and hypotheticals of the same report that speak of it.
    pub answers: Vec<usize>,
}

/// The sightings of a report, in the order of its text.
///
/// # Example
/// A report without events has none:
/// ```
/// use counterclaim_incidents::{Part, sightings};
/// use counterclaim_text::{Reading, Report};
/// let (language, notes, unlisted) = ("en".into(), Vec::new(), Vec::new());
/// let reading = Reading { report: Report::default(), language, notes, unlisted };
/// let part = Part { reading, coded: Default::default() };
/// assert!(sightings(counterclaim_lexicon::Lexicon::embedded(), &part).is_empty());
/// ```
pub fn sightings(lexicon: &Lexicon, part: &Part) -> Vec<Sighting> {
    let mentions: Vec<Mention> =
        part.coded.events.iter().enumerate().map(|(index, event)| Mention { report: 0, index, event }).collect();
    let (real, unreal): (Vec<Mention>, Vec<Mention>) = mentions.iter().partition(|m| m.event.real());
    let groups = link::group(lexicon, &real);
    let mut out: Vec<Sighting> = groups.iter().map(|g| sum_up(lexicon, part, g, true)).collect();
    if let [only] = &mut out[..] {
        only.alone = true;
    }
    let placed: BTreeSet<usize> = groups.iter().flat_map(|g| g.members.iter().map(|m| m.index)).collect();
    let claimed: BTreeSet<usize> = part.coded.claims.iter().filter_map(|c| c.event).collect();
    let loose = real.into_iter().filter(|m| !placed.contains(&m.index));
    for m in loose.chain(unreal) {
        match link::find(lexicon, &m, &groups) {
            Some(g) => out[g].answers.push(m.index),
            None if claimed.contains(&m.index) => {
                out.push(sum_up(lexicon, part, &Group { members: vec![m] }, false));
            }
            None => {}
        }
    }
    number(&mut out);
    out
}

/// Tells sightings of one trigger apart.
fn number(all: &mut [Sighting]) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for s in all {
        let n = seen.entry(s.id.clone()).or_insert(0);
        *n += 1;
        if *n > 1 {
            s.id = format!("{}.{n}", s.id);
        }
    }
}

fn sum_up(lexicon: &Lexicon, part: &Part, group: &Group, real: bool) -> Sighting {
    let report = &part.reading.report;
    let members: Vec<usize> = group.members.iter().map(|m| m.index).collect();
    let trigger = group.members.iter().map(|m| m.event.trigger).min().unwrap_or(0);
    let figures = |what: TollKind| {
        let all = group.members.iter().flat_map(|m| &m.event.tolls);
        let given = all.filter(|t| t.what == what && !t.partial() && t.low > 0).map(|t| t.low);
        given.collect::<BTreeSet<u64>>().into_iter().collect()
    };
    let (places, perpetrators) = (merged_places(group), names(group, |e| &e.perpetrators));
    let targets = names(group, |e| &e.targets);
    let compared = places.iter().map(|p| &p.name).chain(&perpetrators).chain(&targets);
    let compared: BTreeSet<String> = compared.flat_map(|n| words_of(n)).map(|w| stem(&w)).collect();
    let words = stems(lexicon, group, &report.text, &compared);
    let (members, answers) = if real { (members, Vec::new()) } else { (Vec::new(), members) };
    Sighting {
        id: format!("{}#{trigger}", report.id),
        report: report.id.clone(),
        published: report.published,
        real,
        alone: false,
        looks_back: group.members.iter().all(|m| m.event.definite || m.event.modifier || m.event.rule == ONLY_TOLL),
        kind: kind_of(group),
        when: narrowest(group),
        places,
        perpetrators,
        targets,
        killed: figures(TollKind::Killed),
        injured: figures(TollKind::Injured),
        words,
        members,
        answers,
    }
}

/// Most words of a sighting that are kept: enough for any sentence, a bound for any text.
const WORDS: usize = 64;

/// The first six letters, so that most inflections agree.
fn stem(word: &str) -> String {
    word.chars().take(6).collect()
}

/// True for the name of a state, a people or a well-known place.
fn named(lexicon: &Lexicon, word: &str) -> bool {
    let mut letters = word.chars();
    let title: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
    lexicon.actors.find(std::iter::once(word), &title).is_some()
        || lexicon.places.lookup(word).iter().any(|p| p.curated)
}

/// Stems of the words that set this occurrence apart: neither figures and names, which are compared by themselves, nor
/// words that stand in every report of violence (class `newsword`).
fn stems(lexicon: &Lexicon, group: &Group, text: &str, compared: &BTreeSet<String>) -> Vec<String> {
    let mut out: BTreeSet<String> = BTreeSet::new();
    for m in &group.members {
        for word in words_of(m.event.span.of(text)) {
            let short = word.len() < 3 || word.starts_with(|c: char| c.is_ascii_digit());
            if short || lexicon.classes.has(&word, "newsword") || named(lexicon, &word) {
                continue;
            }
            let stem = stem(&word);
            if !compared.contains(&stem) {
                out.insert(stem);
            }
            if out.len() == WORDS {
                return out.into_iter().collect();
            }
        }
    }
    out.into_iter().collect()
}
