//! The confidence of incidents: fits the weights of its signs on the desk set's cases, and measures whether it holds.
//!
//! What is measured on the very cases that the weights were fitted on flatters; beside it stands what weights fitted
//! on all other cases say of each case.

use super::desk::CaseReading;
use crate::templates::bags::{Rows, hash};
use crate::templates::learn;
use counterclaim_evaluation::reliability::Judged;
use counterclaim_evaluation::{Count, Figure, reliability};
use counterclaim_incidents::SIGNS;

/// One incident that was read: its case, its signs, its stated confidence, and whether it is right.
pub struct Told {
    case: usize,
    signs: Vec<String>,
    stated: f64,
    right: bool,
}

/// How much the squared weights count against the loss of all incidents; with so few incidents anything less made
/// confidence worse for cases left out.
const SHRINK: f64 = 10.0;

/// Every incident of the readings; `right` lists identifiers of right ones by case.
pub fn told(readings: &[CaseReading], right: &[Vec<String>]) -> Vec<Told> {
    let mut out = Vec::new();
    for (case, (reading, right)) in readings.iter().zip(right).enumerate() {
        out.extend(reading.brief.incidents.iter().map(|i| Told {
            case,
            signs: i.signs.clone(),
            stated: f64::from(i.confidence),
            right: right.contains(&i.id),
        }));
    }
    out
}

/// The weight of every sign.
pub fn fit<'t>(told: impl Iterator<Item = &'t Told>) -> Vec<(&'static str, f32)> {
    let (mut rows, mut right) = (Rows::new(14), Vec::new());
    for t in told {
        rows.push(&t.signs.iter().filter(|s| *s != "always").map(|s| (hash(s), 1.0)).collect::<Vec<_>>());
        right.push(f32::from(u8::from(t.right)));
    }
    let model = learn::logistic(&rows, &right, 1, SHRINK, 100);
    let always = model.scores(&[])[0];
    let weight = |s: &str| if s == "always" { always } else { model.scores(&[(hash(s), 1.0)])[0] - always };
    SIGNS.iter().map(|s| (s.0, weight(s.0))).collect()
}

/// The table of weights.
pub fn table(weights: &[(&'static str, f32)]) -> String {
    let meaning = |sign: &str| SIGNS.iter().find(|s| s.0 == sign).map_or("", |s| s.1);
    let row = |(s, w): &(&'static str, f32)| {
        format!("{s}\t{w:.3}\t{}\tfitted on the desk set's development cases\n", meaning(s))
    };
    let body: String = weights.iter().map(row).collect();
    format!("sign\tweight\tmeaning\tsource\n{body}")
}

fn share(weights: &[(&'static str, f32)], signs: &[String]) -> f64 {
    let sum: f32 = weights.iter().filter(|w| signs.iter().any(|s| s == w.0)).map(|w| w.1).sum();
    1.0 / (1.0 + f64::from(-sum).exp())
}

/// Figures, and tables in Markdown.
pub fn measure(told: &[Told], gold: &[usize]) -> (Vec<Figure>, String) {
    let stated: Vec<Judged> = told.iter().map(|t| Judged { share: t.stated, right: t.right }).collect();
    let mut apart: Vec<Judged> = stated.clone();
    let (mut hits, mut read) = (0, 0);
    for case in 0..gold.len() {
        let weights = fit(told.iter().filter(|t| t.case != case));
        let shares: Vec<f64> = told.iter().map(|t| share(&weights, &t.signs)).collect();
        let others: usize = gold.iter().enumerate().filter(|(c, _)| *c != case).map(|(_, n)| n).sum();
        // The share below which an incident would best be dropped, by all other cases.
        let f1 = |least: f64| {
            let list = || told.iter().zip(&shares).filter(|(t, s)| t.case != case && **s >= least);
            Count::of(list().filter(|(t, _)| t.right).count(), others, list().count()).f1()
        };
        let least = (0..20).map(|k| f64::from(k) * 0.05).fold(0.0, |b, l| if f1(l) > f1(b) { l } else { b });
        for ((t, s), a) in told.iter().zip(&shares).zip(&mut apart).filter(|((t, _), _)| t.case == case) {
            a.share = *s;
            if *s >= least {
                hits += usize::from(t.right);
                read += 1;
            }
        }
    }
    let kept = Count::of(hits, gold.iter().sum(), read);
    let figures = vec![
        Figure::new("confidence ECE", reliability::ece(&stated), told.len()),
        Figure::new("confidence ECE, case left out", reliability::ece(&apart), told.len()),
        Figure::new("incidents F1, unsure dropped", kept.f1(), kept.gold()),
    ];
    let mut notes = reliability::markdown("Confidence of incidents, desk set: weights fitted on these cases", &stated);
    notes.push_str(&reliability::markdown("The same, each case with weights fitted on the others", &apart));
    (figures, notes)
}
