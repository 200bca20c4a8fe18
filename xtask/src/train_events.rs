//! `cargo xtask train-events`: fits the linear scorer of PLOVER types on labelled sentences and the models of MUC-4's
//! templates on its development reports, and the weights of an incident's confidence on the desk set's cases; writes
//! `data/models/plover.bin`, `muc4.bin` and `confidence.tsv`.
//!
//! Softmax regression with AdaGrad steps over the sentences in a fixed order, weights shrunk a little at each pass.
//! Everything is deterministic: there is no seed but the order of the file.

use crate::eval::{Tools, confidence_table, fit_confidence, judged_desk};
use crate::templates::Models;
use anyhow::Result;
use counterclaim_coding::{BUCKETS, Features, Scorer, softmax};
use counterclaim_evaluation::muc4;
use counterclaim_evaluation::plover::{self, PlvSentence};
use counterclaim_text::{Report, Span};
use rayon::prelude::*;
use std::path::{Path, PathBuf};

/// What to train from and where to write.
#[derive(clap::Args)]
pub struct Args {
    /// Folder of the gold sets; ../shared/gold beside the project if not given.
    #[arg(long)]
    gold: Option<PathBuf>,
    /// Folder of desk cases, with aliases.tsv above it; ../shared/desk/dev beside the project if not given.
    #[arg(long)]
    desk: Option<PathBuf>,
    /// File for the weights of PLOVER types, beside which the others are written; data/models/plover.bin if not given.
    #[arg(long)]
    out: Option<PathBuf>,
    /// Fit only the confidence of incidents.
    #[arg(long)]
    confidence: bool,
}

/// A sentence as features, with its type.
pub type Sample = (Features, String);

/// Fits on all sentences and writes the weights.
pub fn run(root: &Path, args: &Args) -> Result<()> {
    let gold = args.gold.clone().unwrap_or_else(|| root.join("../shared/gold"));
    let path = args.out.clone().unwrap_or_else(|| root.join("data/models/plover.bin"));
    let tools = Tools::new();
    let desk = args.desk.clone().unwrap_or_else(|| root.join("../shared/desk/dev"));
    if desk.exists() {
        let (_, told) = judged_desk(&tools, &desk)?;
        let table = confidence_table(&fit_confidence(told.iter()));
        std::fs::write(path.with_file_name("confidence.tsv"), &table)?;
        println!("{} incidents read in the desk cases\n{table}", told.len());
    }
    if args.confidence {
        return Ok(());
    }
    let rows = plover::load_plv(&gold.join("events/plv-train.jsonl"))?;
    let samples = samples(&tools, &rows);
    let scorer = fit(&samples.iter().collect::<Vec<_>>());
    let right = samples.iter().filter(|(f, k)| scorer.best(f).is_some_and(|b| b.0 == k)).count();
    let bytes = scorer.write();
    std::fs::write(&path, &bytes)?;
    println!(
        "{} sentences, {} types, {:.3} of the training sentences right; {} bytes to {}",
        samples.len(),
        scorer.kinds.len(),
        right as f64 / samples.len().max(1) as f64,
        bytes.len(),
        path.display()
    );
    let reports = gold.join("muc4/dev.jsonl");
    if reports.exists() {
        let docs = muc4::load(&reports)?;
        let (models, told) = Models::fit(&tools, &docs);
        let bytes = models.write();
        std::fs::write(path.with_file_name("muc4.bin"), &bytes)?;
        println!("{} reports; {} bytes to muc4.bin; by folds of the reports:", docs.len(), bytes.len());
        for f in muc4::score(&docs, &told)?.figures() {
            println!("  {:20} {:.3}", f.name, f.value);
        }
    }
    Ok(())
}

/// The features of labelled sentences.
pub fn samples(tools: &Tools, rows: &[PlvSentence]) -> Vec<Sample> {
    rows.par_iter().map(|r| (features(tools, r), r.gold_root.clone())).collect()
}

/// The features of one sentence with its marked source and target.
pub fn features(tools: &Tools, row: &PlvSentence) -> Features {
    let (text, source, target) = marks(&row.marked_sentence);
    let report = Report { id: "s".into(), text, ..Report::default() };
    let (syntax, entities) = tools.entities(&report);
    counterclaim_coding::features(&report, &syntax, &entities, tools.lexicon, source, target)
}

/// Takes the marks `<s>` and `<t>` out of a sentence and says where the first of each stood.
fn marks(marked: &str) -> (String, Option<Span>, Option<Span>) {
    let mut text = String::new();
    let mut spans: [Option<Span>; 2] = [None, None];
    let mut open = [0usize; 2];
    let mut rest = marked;
    while let Some(at) = rest.find('<') {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let tag = [("<s>", 0, true), ("</s>", 0, false), ("<t>", 1, true), ("</t>", 1, false)]
            .into_iter()
            .find(|(t, _, _)| rest.starts_with(t));
        match tag {
            Some((t, side, opens)) => {
                if opens {
                    open[side] = text.len();
                } else if spans[side].is_none() {
                    spans[side] = Some(Span { start: open[side] as u32, end: text.len() as u32 });
                }
                rest = &rest[t.len()..];
            }
            None => {
                text.push('<');
                rest = &rest[1..];
            }
        }
    }
    text.push_str(rest);
    (text, spans[0], spans[1])
}

/// Softmax regression over labelled sentences, with AdaGrad steps.
pub fn fit(samples: &[&Sample]) -> Scorer {
    let (passes, rate, shrink) = (30, 0.3f32, 2e-4f32);
    let mut kinds: Vec<String> = samples.iter().map(|s| s.1.clone()).collect();
    kinds.sort();
    kinds.dedup();
    let mut rows = vec![vec![0f32; BUCKETS]; kinds.len()];
    let mut sums = vec![vec![1e-6f32; BUCKETS]; kinds.len()];
    let labels: Vec<usize> = samples.iter().map(|s| kinds.iter().position(|k| *k == s.1).unwrap_or(0)).collect();
    // A stride that is prime to most sizes visits the sentences in a mixed but fixed order: the file is sorted by type.
    let n = samples.len().max(1);
    let stride = (1..).map(|k| n / 2 + k).find(|k| gcd(*k, n) == 1).unwrap_or(1);
    for pass in 0..passes {
        let mut at = pass * 7 % n;
        for _ in 0..n {
            at = (at + stride) % n;
            let (features, label) = (&samples[at].0, labels[at]);
            let scores: Vec<f32> =
                rows.iter().map(|w| features.iter().map(|(b, v)| w[*b as usize] * v).sum()).collect();
            let shares = softmax(scores);
            for k in 0..kinds.len() {
                let error = shares[k] - if k == label { 1.0 } else { 0.0 };
                if error.abs() < 1e-4 {
                    continue;
                }
                for (b, v) in features {
                    let b = *b as usize;
                    let g = error * v + shrink * rows[k][b];
                    sums[k][b] += g * g;
                    rows[k][b] -= rate * g / sums[k][b].sqrt();
                }
            }
        }
    }
    Scorer::round(kinds, &rows)
}

fn gcd(a: usize, b: usize) -> usize {
    if b == 0 { a } else { gcd(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_taken_out() {
        let (text, s, t) = marks("On Monday <s>Norland</s> met <t>its 5<6 friends</t>.");
        assert_eq!(text, "On Monday Norland met its 5<6 friends.");
        assert_eq!(&text[s.unwrap().start as usize..s.unwrap().end as usize], "Norland");
        assert_eq!(&text[t.unwrap().start as usize..t.unwrap().end as usize], "its 5<6 friends");
    }

    #[test]
    fn what_parts_the_types_is_learnt() {
        let a: Sample = (vec![(1, 1.0), (3, 1.0)], "A".into());
        let b: Sample = (vec![(2, 1.0), (3, 1.0)], "B".into());
        let scorer = fit(&[&a, &b, &a, &b]);
        assert_eq!(scorer.best(&vec![(1, 1.0)]).unwrap().0, "A");
        assert_eq!(scorer.best(&vec![(2, 1.0)]).unwrap().0, "B");
    }
}
