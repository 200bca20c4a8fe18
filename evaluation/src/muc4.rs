//! Scores filled templates on MUC-4, reports of attacks in Latin America.
//!
//! Template F1 is that of Du, Rush and Cardie 2021 ("Template filling with generative transformers", GTT), which
//! IterX (Chen et al. 2023) reports too: over one-to-one mappings of predicted to gold templates of the same incident
//! type, the best micro F1 of incident types and of the fillers of five roles; a predicted entity is right if all its
//! mentions are mentions of one gold entity. Role-filler F1 is CEAF-REE (Du, Rush and Cardie 2021, "GRIT"): the
//! entities of all templates of a report are pooled by role and aligned one to one.
//!
//! Gold is prepared as there: victims are named people only, mentions that the text does not contain are dropped,
//! equal templates are merged, and an optional filler (it begins with "?") counts as any other. Case, punctuation and
//! articles do not matter. At most six predicted templates are scored, as the mappings are tried one by one.

use anyhow::{Result, ensure};

use crate::figures::{Count, Figure, ratio};
pub use crate::muc4_gold::{Entity, MucDoc, ROLES, Template, load, normalise};

/// How many predicted templates of a report are scored.
pub const MOST: usize = 6;

/// Right and all predictions, right and all gold; the two kinds of right may differ.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Tally {
    pred_right: usize,
    pred: usize,
    gold_right: usize,
    gold: usize,
}

impl Tally {
    fn f1(&self) -> f64 {
        let (p, r) = (ratio(self.pred_right, self.pred), ratio(self.gold_right, self.gold));
        if p + r == 0.0 { 0.0 } else { 2.0 * p * r / (p + r) }
    }
}

/// Figures of template filling.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct MucScores {
    template: Tally,
    /// Role fillers of whole reports, by role.
    pub fillers: [Count; 5],
    /// Reports scored.
    pub reports: usize,
}

impl MucScores {
    /// Precision of types and fillers in mapped templates.
    pub fn template_precision(&self) -> f64 {
        ratio(self.template.pred_right, self.template.pred)
    }

    /// Recall of types and fillers in mapped templates.
    pub fn template_recall(&self) -> f64 {
        ratio(self.template.gold_right, self.template.gold)
    }

    /// Template F1.
    pub fn template_f1(&self) -> f64 {
        self.template.f1()
    }

    /// Micro F1 of role fillers.
    pub fn filler_f1(&self) -> f64 {
        self.all_fillers().f1()
    }

    fn all_fillers(&self) -> Count {
        let mut all = Count::default();
        self.fillers.iter().for_each(|c| all += *c);
        all
    }

    /// The figures for the table.
    pub fn figures(&self) -> Vec<Figure> {
        let names = ["PerpInd F1", "PerpOrg F1", "Target F1", "Victim F1", "Weapon F1"];
        let mut out = vec![
            Figure::new("template F1", self.template_f1(), self.template.gold),
            Figure::new("template precision", self.template_precision(), self.template.pred),
            Figure::new("template recall", self.template_recall(), self.template.gold),
            Figure::new("role-filler F1", self.filler_f1(), self.all_fillers().gold()),
        ];
        out.extend(names.iter().zip(self.fillers).map(|(n, c)| Figure::new(n, c.f1(), c.gold())));
        out
    }
}

/// Scores one list of predicted templates per report; mentions are normalised here.
///
/// # Errors
/// If there is not one list per report.
pub fn score(docs: &[MucDoc], pred: &[Vec<Template>]) -> Result<MucScores> {
    ensure!(docs.len() == pred.len(), "{} predictions for {} reports", pred.len(), docs.len());
    let mut s = MucScores { reports: docs.len(), ..MucScores::default() };
    for (doc, pred) in docs.iter().zip(pred) {
        let pred: Vec<Template> = pred.iter().take(MOST).map(tidy).collect();
        let best = best_mapping(&doc.templates, &pred);
        s.template.pred_right += best.pred_right;
        s.template.pred += best.pred;
        s.template.gold_right += best.gold_right;
        s.template.gold += best.gold;
        for (role, tally) in s.fillers.iter_mut().enumerate() {
            *tally += pooled(&doc.templates, &pred, role);
        }
    }
    Ok(s)
}

fn tidy(template: &Template) -> Template {
    let entity = |e: &Entity| -> Entity { e.iter().map(|m| normalise(m)).filter(|m| !m.is_empty()).collect() };
    let role = |r: &Vec<Entity>| r.iter().map(entity).filter(|e| !e.is_empty()).collect();
    Template { incident_type: template.incident_type.to_lowercase(), roles: template.roles.each_ref().map(role) }
}

/// Right entries of a pair of templates, on the predicted and on the gold side; `None` if their types differ.
fn pair_value(gold: &Template, pred: &Template) -> Option<(usize, usize)> {
    let same_type = !pred.incident_type.is_empty() && gold.incident_type.contains(&pred.incident_type);
    let (mut p, mut g) = (1, 1);
    for (gold, pred) in gold.roles.iter().zip(&pred.roles) {
        p += pred.iter().filter(|e| gold.iter().any(|x| e.is_subset(x))).count();
        g += gold.iter().filter(|x| pred.iter().any(|e| e.is_subset(x))).count();
    }
    same_type.then_some((p, g))
}

/// The tally of the mapping with the best micro F1.
fn best_mapping(gold: &[Template], pred: &[Template]) -> Tally {
    let size = |l: &[Template]| l.iter().map(|t| 1 + t.roles.iter().map(Vec::len).sum::<usize>()).sum();
    let start = Tally { pred: size(pred), gold: size(gold), ..Tally::default() };
    let values: Vec<Vec<_>> = pred.iter().map(|p| gold.iter().map(|g| pair_value(g, p)).collect()).collect();
    let mut best = start;
    search(&values, &mut vec![false; gold.len()], start, &mut best);
    best
}

fn search(values: &[Vec<Option<(usize, usize)>>], used: &mut [bool], now: Tally, best: &mut Tally) {
    let Some((row, rest)) = values.split_first() else {
        if now.f1() > best.f1() {
            *best = now;
        }
        return;
    };
    for (j, value) in row.iter().enumerate() {
        if let (Some((p, g)), false) = (value, used[j]) {
            used[j] = true;
            let next = Tally { pred_right: now.pred_right + p, gold_right: now.gold_right + g, ..now };
            search(rest, used, next, best);
            used[j] = false;
        }
    }
    search(rest, used, now, best);
}

/// CEAF-REE of one role: pooled distinct entities, the largest one-to-one alignment of fitting ones.
fn pooled(gold: &[Template], pred: &[Template], role: usize) -> Count {
    let gold = merge(gold, role);
    let pred = merge(pred, role);
    let mut owner = vec![None; gold.len()];
    let hit = (0..pred.len()).filter(|&p| augment(p, &gold, &pred, &mut owner, &mut vec![false; gold.len()])).count();
    Count::of(hit, gold.len(), pred.len())
}

/// The entities of a role over all templates; one that only repeats mentions of another is the same.
fn merge(templates: &[Template], role: usize) -> Vec<Entity> {
    let mut out: Vec<Entity> = Vec::new();
    for e in templates.iter().flat_map(|t| &t.roles[role]) {
        if !out.iter().any(|x| e.is_subset(x) || x.is_subset(e)) {
            out.push(e.clone());
        }
    }
    out
}

/// One step of maximum bipartite matching: finds a gold entity for a prediction, moving others if need be.
fn augment(p: usize, gold: &[Entity], pred: &[Entity], owner: &mut Vec<Option<usize>>, seen: &mut Vec<bool>) -> bool {
    for g in 0..gold.len() {
        if !seen[g] && pred[p].is_subset(&gold[g]) {
            seen[g] = true;
            let free = match owner[g] {
                Some(other) => augment(other, gold, pred, owner, seen),
                None => true,
            };
            if free {
                owner[g] = Some(p);
                return true;
            }
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::muc4_gold::tests::{entity, report};

    #[test]
    fn mapping_takes_the_best_pairs() {
        let d = report();
        let mut p = Template { incident_type: "bombing".into(), ..Template::default() };
        p.roles[1] = vec![entity(&["the Red Band"]), entity(&["Blue Band"])];
        let q = Template { incident_type: "robbery".into(), ..Template::default() };
        let s = score(&[d], &[vec![q, p]]).unwrap();
        // Predicted: 2 types + 2 fillers, of which 1 type and 1 filler are right. Gold: 2 types + 4 fillers.
        assert!((s.template_precision() - 0.5).abs() < 1e-12);
        assert!((s.template_recall() - 2.0 / 6.0).abs() < 1e-12);
        assert!((s.template_f1() - 0.4).abs() < 1e-12);
        assert_eq!(s.fillers[1], Count::of(1, 1, 2));
        assert!((s.filler_f1() - 2.0 / 6.0).abs() < 1e-12);
    }

    #[test]
    fn alignment_is_one_to_one() {
        let t = |l: &[&[&str]]| {
            let mut t = Template::default();
            t.roles[0] = l.iter().map(|m| entity(m)).collect();
            vec![t]
        };
        let gold = t(&[&["x", "y"], &["z", "y2"]]);
        let pred = t(&[&["x"], &["y"], &["z"]]);
        assert_eq!(pooled(&gold, &pred, 0), Count::of(2, 2, 3));
    }
}
