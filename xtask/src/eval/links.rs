//! Linking: which mentions of the desk cases, and which headlines of UCDP GED, were put together as one incident.

use super::desk;
use super::tools::{bare, day};
use super::{Outcome, Tools};
use anyhow::{Context, Result, bail};
use counterclaim_evaluation::links::{Links, Mention, Pair, b_cubed, desk_mentions, ged_pairs, gold_of, score_pairs};
use counterclaim_evaluation::{Case, Figure, incidents, load_cases};
use counterclaim_incidents::{Part, Sighting, brief};
use counterclaim_lexicon::Lexicon;
use counterclaim_text::Report;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::path::Path;

/// How near two events must be for their headlines to be told apart: days and kilometres, as the register promises.
const NEAR: (i32, f64) = (3, 100.0);

/// A desk case of several reports, read but not linked.
pub struct DeskCase {
    case: Case,
    /// What was read in each report.
    pub parts: Vec<Part>,
}

impl DeskCase {
    /// The gold incident whose evidence shares most words with a sighting.
    pub fn gold_of(&self, part: &Part, s: &Sighting) -> Option<usize> {
        let spans: Vec<(u32, u32)> =
            s.members.iter().map(|k| part.coded.events[*k].span).map(|s| (s.start, s.end)).collect();
        gold_of(self.case.gold(), &s.report, &spans)
    }
}

/// Headlines of UCDP GED, read but not linked.
pub struct Ged {
    /// What was read in each headline; the id of its report is its number.
    pub parts: Vec<Part>,
    /// Day of publication of each.
    pub days: Vec<String>,
    /// What is to be decided.
    pub pairs: Vec<Pair>,
    texts: Vec<String>,
}

impl Ged {
    /// A headline with its day.
    pub fn shown(&self, k: usize) -> String {
        format!("{} \"{}\"", self.days[k], self.texts[k])
    }
}

/// Reads the desk cases that have several reports.
pub fn desk_parts(tools: &Tools, path: &Path) -> Result<Vec<DeskCase>> {
    let several = load_cases(path)?.into_iter().filter(|c| c.reports.len() > 1);
    several
        .map(|case| {
            let parts = desk::reports(&case)?.iter().map(|r| tools.reader.part(r)).collect();
            Ok(DeskCase { case, parts })
        })
        .collect()
}

/// A row of the synthetic table, read but not linked.
pub struct Row {
    /// Region and week.
    pub scene: String,
    /// The events that it tells of.
    pub events: Vec<String>,
    /// What was read.
    pub part: Part,
}

/// Reads `evaluation/linking.tsv`.
pub fn table_rows(tools: &Tools, path: &Path) -> Result<Vec<Row>> {
    let table = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let lines: Vec<&str> = table.lines().filter(|l| !l.starts_with('#')).skip(1).collect();
    let row = |(k, line): (usize, &&str)| {
        let cells: Vec<&str> = line.split('\t').collect();
        let [scene, event, published, source, text] = cells[..] else { bail!("\"{line}\" has not five cells") };
        let report = Report { published: day(published), source: source.into(), ..bare(&k.to_string(), text) };
        let events = event.split('|').map(str::to_owned).collect();
        Ok(Row { scene: scene.into(), events, part: tools.reader.part(&report) })
    };
    lines.par_iter().enumerate().map(row).collect()
}

/// Reads the headlines.
pub fn ged_parts(tools: &Tools, path: &Path) -> Result<Ged> {
    let (headlines, pairs) = ged_pairs(&incidents::load(path)?, NEAR.0, NEAR.1);
    let report = |(k, h): (usize, &counterclaim_evaluation::links::Headline)| Report {
        published: day(&h.published),
        ..bare(&k.to_string(), &h.text)
    };
    let reports: Vec<Report> = headlines.iter().enumerate().map(report).collect();
    let parts = reports.par_iter().map(|r| tools.reader.part(r)).collect();
    let (days, texts) = headlines.into_iter().map(|h| (h.published, h.text)).unzip();
    Ok(Ged { parts, days, pairs, texts })
}

/// The gold mentions of a case with the incidents that they were put into.
pub fn mentions(lexicon: &Lexicon, number: usize, case: &DeskCase) -> Vec<Mention> {
    let brief = brief(lexicon, case.parts.clone());
    let evidence = brief
        .incidents
        .iter()
        .map(|i| i.evidence.iter().map(|e| (e.report.as_str(), e.span.start, e.span.end)).collect());
    desk_mentions(number, case.case.gold(), &evidence.collect::<Vec<_>>())
}

/// Pairs of headlines that were put together.
pub fn linked(lexicon: &Lexicon, parts: &[Part]) -> BTreeSet<(usize, usize)> {
    let mut out = BTreeSet::new();
    for i in brief(lexicon, parts.to_vec()).incidents {
        let told: BTreeSet<usize> = i.evidence.iter().filter_map(|e| e.report.parse().ok()).collect();
        out.extend(told.iter().flat_map(|a| told.range(a + 1..).map(|b| (*a, *b))));
    }
    out
}

/// Mentions of the desk cases that have several reports.
pub fn desk_cases(tools: &Tools, path: &Path) -> Result<Outcome> {
    let cases = desk_parts(tools, path)?;
    let all: Vec<_> = cases.iter().enumerate().flat_map(|(k, c)| mentions(tools.lexicon, k, c)).collect();
    let read: Vec<_> = all.iter().filter(|m| m.1.is_some()).copied().collect();
    let mut figures = shown(["B³ F1", "B³ precision", "B³ recall"], b_cubed(&all));
    figures.push(Figure::new("B³ F1 of mentions that were read", b_cubed(&read).f1(), read.len()));
    Ok(Outcome::of(figures))
}

/// Headlines of UCDP GED, all read together.
pub fn ged(tools: &Tools, path: &Path) -> Result<Outcome> {
    let ged = ged_parts(tools, path)?;
    let linked = linked(tools.lexicon, &ged.parts);
    let is = |a: usize, b: usize| linked.contains(&(a, b));
    let mut figures = shown(["pairs F1", "pairs precision", "pairs recall"], score_pairs(&ged.pairs, is));
    figures.push(Figure::new("F1 if all were linked", score_pairs(&ged.pairs, |_, _| true).f1(), ged.pairs.len()));
    let wrong = ged.pairs.iter().filter(|(a, b, same)| is(*a, *b) != *same);
    let lines = wrong.map(|(a, b, same)| {
        let what = if *same { "apart" } else { "linked" };
        format!("{what}: {} | {}", ged.shown(*a), ged.shown(*b))
    });
    Ok(Outcome { lines: lines.collect(), ..Outcome::of(figures) })
}

fn shown(names: [&'static str; 3], links: Links) -> Vec<Figure> {
    let values = [links.f1(), links.precision, links.recall];
    names.into_iter().zip(values).map(|(name, value)| Figure::new(name, value, links.n)).collect()
}
