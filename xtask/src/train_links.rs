//! `cargo xtask train-links`: fits the weights of `data/models/links.tsv` on the desk cases, headlines of UCDP GED and the
//! synthetic reports of `evaluation/linking.tsv`, and prints how well links are made with weights that have not seen the
//! case, the day or the scene in question.
//!
//! Logistic regression by full gradient steps, drawn towards the hand-set `prior` of each feature: there are few
//! samples, and a weight that they say nothing about keeps its prior. Everything is summed in a fixed order.

use crate::eval::{Tools, links};
use anyhow::{Context, Result};
use counterclaim_evaluation::links::{Pair, b_cubed, score_pairs};
use counterclaim_incidents::{Feature, Part, Sighting, compare, features, sightings};
use counterclaim_lexicon::{Lexicon, LinkWeights};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// What to train from.
#[derive(clap::Args)]
pub struct Args {
    /// Folder with gold and desk; ../shared beside the project if not given.
    #[arg(long)]
    shared: Option<PathBuf>,
    /// Only print the figures; leave data/models/links.tsv as it is.
    #[arg(long)]
    no_write: bool,
    /// Also print each pair of headlines that is put together or kept apart wrongly, with the reasons.
    #[arg(long)]
    verbose: bool,
    /// Strength with which weights are drawn to their priors.
    #[arg(long, default_value_t = 1.0)]
    pull: f64,
    /// How much a pair that is one occurrence counts: more than 1 evens out recall and precision.
    #[arg(long, default_value_t = 2.0)]
    lean: f64,
    /// How much a pair of headlines counts beside a pair of desk reports.
    #[arg(long, default_value_t = 3.0)]
    headlines: f64,
}

/// A pair with its features, whether it is one occurrence, and the fold that it is held back in.
#[derive(Clone)]
struct Sample {
    features: Vec<Feature>,
    same: bool,
    fold: usize,
}

/// The first fold of the synthetic table; a scene a fold would be too many, so they are dealt out to [`FOLDS`].
const TABLE: usize = 1000;

/// How much an invented pair counts beside a real one: there are ten times as many, and they are made to be hard.
const INVENTED: f64 = 0.15;

/// Folds of the headlines: by day, so that what happened on one day is held back together.
const FOLDS: usize = 10;

/// Fits, prints, writes.
pub fn run(root: &Path, args: &Args) -> Result<()> {
    let shared = args.shared.clone().unwrap_or_else(|| root.join("../shared"));
    let tools = Tools::new();
    let desk = links::desk_parts(&tools, &shared.join("desk/dev"))?;
    let ged = links::ged_parts(&tools, &shared.join("gold/incidents/ucdp-pakistan-to-2012.jsonl"))?;
    let mut samples: Vec<Sample> = Vec::new();
    for (fold, case) in desk.iter().enumerate() {
        desk_samples(tools.lexicon, case, FOLDS + fold, &mut samples);
    }
    ged_samples(tools.lexicon, &ged, &mut samples);
    let rows = links::table_rows(&tools, &root.join("evaluation/linking.tsv"))?;
    let scenes = table_samples(tools.lexicon, &rows, TABLE, &mut samples);
    let count = |same: bool| samples.iter().filter(|s| s.same == same).count();
    println!("{} pairs of sightings that are one occurrence, {} that are not", count(true), count(false));

    let path = root.join("data/models/links.tsv");
    let table = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let prior = &tools.lexicon.links;
    let fitted = |held_back: Option<usize>| fit(prior, &samples, held_back, (args.pull, args.lean, args.headlines));
    let mut lexicon = Lexicon::load().0;

    let show = |name: &str, lexicon: &Lexicon, weights_of: &dyn Fn(Option<usize>) -> LinkWeights| {
        let mut lexicon = lexicon.clone();
        let mut mentions = Vec::new();
        for (k, case) in desk.iter().enumerate() {
            lexicon.links = weights_of(Some(FOLDS + k));
            mentions.extend(links::mentions(&lexicon, k, case));
        }
        let mut linked: Vec<bool> = vec![false; ged.pairs.len()];
        for fold in 0..FOLDS {
            lexicon.links = weights_of(Some(fold));
            let found = links::linked(&lexicon, &ged.parts);
            for (k, (a, b, _)) in ged.pairs.iter().enumerate().filter(|(_, p)| ged.fold(p) == fold) {
                linked[k] = found.contains(&(*a, *b));
            }
        }
        let at: BTreeMap<(usize, usize), bool> =
            ged.pairs.iter().zip(&linked).map(|((a, b, _), l)| ((*a, *b), *l)).collect();
        let (desk, ged) = (b_cubed(&mentions), score_pairs(&ged.pairs, |a, b| at[&(a, b)]));
        println!(
            "{name:34} desk B³ F1 {:.3} (p {:.3} r {:.3}), headline pairs F1 {:.3} (p {:.3} r {:.3})",
            desk.f1(),
            desk.precision,
            desk.recall,
            ged.f1(),
            ged.precision,
            ged.recall
        );
    };
    table_figures("priors", &lexicon, &rows, &scenes, &|_| prior.with(|n, _| prior.prior(n)));
    table_figures("held back (cross-validation)", &lexicon, &rows, &scenes, &fitted);
    show("priors", &lexicon, &|_| prior.with(|n, _| prior.prior(n)));
    show("held back (cross-validation)", &lexicon, &fitted);
    let foreign: Vec<Sample> = samples.iter().filter(|s| s.fold >= TABLE).cloned().collect();
    let unseen = fit(prior, &foreign, None, (args.pull, args.lean, args.headlines));
    show("from the synthetic table alone", &lexicon, &|_| unseen.clone());
    let all = fitted(None);
    show("all samples seen", &lexicon, &|_| all.clone());
    if args.verbose {
        lexicon.links = all.clone();
        doubtful(&lexicon, &ged);
        desk.iter().for_each(|case| doubtful_desk(&lexicon, case));
    }
    if !args.no_write {
        std::fs::write(&path, rewritten(&table, &all)).with_context(|| format!("cannot write {}", path.display()))?;
        println!("weights written to {}", path.display());
    }
    Ok(())
}

/// Pairs of sightings of a desk case whose score is on the wrong side.
fn doubtful_desk(lexicon: &Lexicon, case: &links::DeskCase) {
    let all: Vec<(&Part, Sighting)> =
        case.parts.iter().flat_map(|p| sightings(lexicon, p).into_iter().map(move |s| (p, s))).collect();
    for (k, (p, x)) in all.iter().enumerate().filter(|(_, (_, s))| s.real) {
        for (q, y) in all[k + 1..].iter().filter(|(_, s)| s.real && s.report != x.report) {
            let (a, b) = (case.gold_of(p, x), case.gold_of(q, y));
            let Some(link) = compare(lexicon, x, y) else { continue };
            let what = match (link.score > 0.0, a == b && a.is_some(), a.is_none() || b.is_none()) {
                (_, _, true) => "no gold",
                (true, false, _) => "put together",
                (false, true, _) => "kept apart",
                _ => "right",
            };
            let reasons = link.reasons(lexicon);
            println!("{what}: {} {} / {} {}: {:.2} {reasons:?}", x.id, x.kind, y.id, y.kind, link.score);
        }
    }
}

fn doubtful(lexicon: &Lexicon, ged: &links::Ged) {
    let found = links::linked(lexicon, &ged.parts);
    let all: Vec<Vec<Sighting>> = ged.parts.iter().map(|p| sightings(lexicon, p)).collect();
    for (a, b, same) in ged.pairs.iter().filter(|(a, b, same)| found.contains(&(*a, *b)) != *same) {
        println!("{}\n  {}\n  {}", if *same { "kept apart:" } else { "put together:" }, ged.shown(*a), ged.shown(*b));
        for x in all[*a].iter().filter(|s| s.real) {
            for y in all[*b].iter().filter(|s| s.real) {
                match compare(lexicon, x, y) {
                    Some(l) => println!("    {} {}: {:.2} {:?}", x.kind, y.kind, l.score, l.reasons(lexicon)),
                    None => println!(
                        "    {} {}: impossible {:?} {:?}",
                        x.kind,
                        y.kind,
                        x.places.first().map(|p| &p.name),
                        y.places.first().map(|p| &p.name)
                    ),
                }
            }
        }
    }
}

fn desk_samples(lexicon: &Lexicon, case: &links::DeskCase, fold: usize, out: &mut Vec<Sample>) {
    let all: Vec<(Sighting, Option<usize>)> = (case.parts.iter())
        .flat_map(|p| sightings(lexicon, p).into_iter().map(|s| (case.gold_of(p, &s), s)).map(|(g, s)| (s, g)))
        .collect();
    for (k, (a, x)) in all.iter().enumerate() {
        for (b, y) in &all[k + 1..] {
            let (Some(x), Some(y), true) = (x, y, a.real && b.real) else { continue };
            if let Some(features) = features(lexicon, a, b) {
                out.push(Sample { features, same: x == y, fold });
            }
        }
    }
}

/// Pairs of rows within a scene; returns the fold of each row.
fn table_samples(lexicon: &Lexicon, rows: &[links::Row], first: usize, out: &mut Vec<Sample>) -> Vec<usize> {
    let mut names: Vec<&str> = rows.iter().map(|r| r.scene.as_str()).collect();
    names.dedup();
    let fold = |r: &links::Row| first + names.iter().position(|n| *n == r.scene).unwrap_or(0) % FOLDS;
    let all: Vec<Vec<Sighting>> = rows.iter().map(|r| sightings(lexicon, &r.part)).collect();
    for (k, r) in rows.iter().enumerate() {
        for (j, q) in rows.iter().enumerate().skip(k + 1).filter(|(_, q)| q.scene == r.scene) {
            if let ([x], [y]) = (&all[k][..], &all[j][..])
                && x.real
                && y.real
                && r.events.len() + q.events.len() == 2
                && let Some(features) = features(lexicon, x, y)
            {
                out.push(Sample { features, same: r.events == q.events, fold: fold(r) });
            }
        }
    }
    rows.iter().map(fold).collect()
}

/// How well the rows of each scene are linked, all scenes of a fold read together.
fn table_figures(
    name: &str,
    lexicon: &Lexicon,
    rows: &[links::Row],
    folds: &[usize],
    weights_of: &dyn Fn(Option<usize>) -> LinkWeights,
) {
    let mut lexicon = lexicon.clone();
    let mut pairs: Vec<Pair> = Vec::new();
    let mut linked: BTreeSet<(usize, usize)> = BTreeSet::new();
    for fold in TABLE..TABLE + FOLDS {
        lexicon.links = weights_of(Some(fold));
        let own: Vec<usize> = (0..rows.len()).filter(|k| folds[*k] == fold).collect();
        let parts: Vec<Part> = own.iter().map(|k| rows[*k].part.clone()).collect();
        linked.extend(links::linked(&lexicon, &parts));
        for (n, a) in own.iter().enumerate() {
            for b in own[n + 1..].iter().filter(|b| rows[**b].scene == rows[*a].scene) {
                pairs.push((*a, *b, rows[*a].events.iter().any(|e| rows[*b].events.contains(e))));
            }
        }
    }
    let s = score_pairs(&pairs, |a, b| linked.contains(&(a, b)));
    println!(
        "{name:34} synthetic pairs F1 {:.3} (p {:.3} r {:.3}, {} pairs)",
        s.f1(),
        s.precision,
        s.recall,
        pairs.len()
    );
}

fn ged_samples(lexicon: &Lexicon, ged: &links::Ged, out: &mut Vec<Sample>) {
    let all: Vec<Vec<Sighting>> = ged.parts.iter().map(|p: &Part| sightings(lexicon, p)).collect();
    for pair @ (a, b, same) in &ged.pairs {
        let real = |k: usize| all[k].iter().filter(|s| s.real);
        // A headline may tell of several things; which of them is the event is known only where it tells of one.
        let both: Vec<_> = real(*a).flat_map(|x| real(*b).map(move |y| (x, y))).collect();
        if let [(x, y)] = both[..]
            && let Some(features) = features(lexicon, x, y)
        {
            out.push(Sample { features, same: *same, fold: ged.fold(pair) });
        }
    }
}

/// Weights that fit the samples outside the fold that is held back.
fn fit(
    prior: &LinkWeights,
    samples: &[Sample],
    held_back: Option<usize>,
    (pull, lean, headlines): (f64, f64, f64),
) -> LinkWeights {
    let names: Vec<&str> = prior.iter().map(|(n, _)| n).collect();
    let start: Vec<f64> = names.iter().map(|n| prior.prior(n)).collect();
    let mut weights = start.clone();
    let at: BTreeMap<&str, usize> = names.iter().enumerate().map(|(k, n)| (*n, k)).collect();
    let seen: Vec<&Sample> = samples.iter().filter(|s| Some(s.fold) != held_back).collect();
    let numbered: Vec<Vec<(usize, f64)>> =
        seen.iter().map(|s| s.features.iter().map(|(n, v)| (at[n], *v)).collect()).collect();
    let counts = |s: &Sample| {
        let lean = if s.same { lean } else { 1.0 };
        match s.fold {
            TABLE.. => lean * INVENTED,
            0..FOLDS => lean * headlines,
            _ => lean,
        }
    };
    let rate = 4.0 / (seen.iter().map(|s| counts(s)).sum::<f64>().max(1.0) * 8.0 + pull * 4.0);
    for _ in 0..1500 {
        let mut slope: Vec<f64> = weights.iter().zip(&start).map(|(w, p)| pull * (w - p)).collect();
        for (s, features) in seen.iter().zip(&numbered) {
            let sum: f64 = features.iter().map(|(n, v)| weights[*n] * v).sum();
            let error = counts(s) * (1.0 / (1.0 + (-sum).exp()) - f64::from(u8::from(s.same)));
            features.iter().for_each(|(n, v)| slope[*n] += error * v);
        }
        weights.iter_mut().zip(&slope).for_each(|(w, d)| *w -= rate * d);
    }
    prior.with(|n, _| (weights[at[n]] * 1000.0).round() / 1000.0)
}

/// The table with new weights in its second column.
fn rewritten(table: &str, weights: &LinkWeights) -> String {
    let mut out = String::new();
    for (k, line) in table.lines().enumerate() {
        let mut cells: Vec<String> = line.split('\t').map(str::to_owned).collect();
        if k > 0 && cells.len() > 2 {
            cells[2] = format!("{:.3}", weights.weight(&cells[0]));
        }
        let _ = writeln!(out, "{}", cells.join("\t"));
    }
    out
}

/// Pairs as [`Pair`]s of the evaluation, for the folds.
impl links::Ged {
    fn fold(&self, pair: &Pair) -> usize {
        self.days[pair.0].bytes().fold(7usize, |h, b| h.wrapping_mul(31).wrapping_add(b as usize)) % FOLDS
    }
}
