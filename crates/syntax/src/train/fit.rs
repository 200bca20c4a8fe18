//! Fits the network: batches, learning rate, two shards per batch, always in the same order.

use super::adam::Adam;
use super::network::{Dropout, Example, Step, step};
use super::rng::Rng;
use crate::net::layout::Layout;

/// How to fit.
#[derive(Clone, Copy)]
pub struct Plan {
    /// Passes over the sentences.
    pub epochs: usize,
    /// Words per step.
    pub batch: usize,
    /// Highest learning rate.
    pub rate: f32,
    /// What is left out at random.
    pub dropout: Dropout,
    /// Start of the random numbers.
    pub seed: u64,
}

/// The weights being fitted.
pub struct Weights {
    /// All matrices, as laid out.
    pub dense: Vec<f32>,
    /// Embedding rows.
    pub table: Vec<f32>,
}

impl Weights {
    /// Random weights to begin with.
    pub fn start(layout: &Layout, rows: usize, seed: u64) -> Weights {
        let mut rng = Rng(seed);
        let mut dense = vec![0.0; layout.len];
        let s = layout.sizes;
        for l in layout.layers.iter().chain([&layout.story]) {
            let units = l.peep.cols / 4;
            let r = (6.0 / (l.weights.rows + 2 * units) as f32).sqrt();
            dense[l.weights.range()].iter_mut().for_each(|w| *w = (rng.unit() * 2.0 - 1.0) * r);
            // Forget gates begin half open towards remembering.
            for d in 0..2 {
                let at = l.bias.at + (3 * d + 1) * units;
                dense[at..at + units].fill(0.5);
            }
        }
        for p in [layout.choose, layout.form, layout.rel, layout.tag, layout.mark] {
            let r = (6.0 / (p.rows + p.cols) as f32).sqrt() * if p == layout.form { 0.5 } else { 1.0 };
            dense[p.range()].iter_mut().for_each(|w| *w = (rng.unit() * 2.0 - 1.0) * r);
        }
        for p in [layout.root_arc, layout.root_label] {
            dense[p.range()].iter_mut().for_each(|w| *w = (rng.unit() * 2.0 - 1.0) * 0.1);
        }
        let table = (0..rows * s.embedding).map(|_| (rng.unit() * 2.0 - 1.0) * 0.1).collect();
        Weights { dense, table }
    }
}

/// Fits the weights to the sentences that `choose` picks for each epoch; calls `after` at the end of each epoch
/// with its number and the mean loss per word.
pub fn fit<'e>(
    layout: &Layout,
    weights: &mut Weights,
    plan: Plan,
    mut choose: impl FnMut(&mut Rng) -> Vec<&'e Example>,
    mut after: impl FnMut(usize, f32, &Weights),
) {
    let mut rng = Rng(plan.seed);
    let width = layout.sizes.embedding;
    let mut dense_adam = Adam::new(layout.len, layout.len);
    let mut table_adam = Adam::new(weights.table.len(), width);
    let total = plan.epochs as f32;
    for epoch in 0..plan.epochs {
        let mut sentences = choose(&mut rng);
        rng.shuffle(&mut sentences);
        let batches = batches(&sentences, plan.batch);
        let (mut loss, mut words) = (0.0, 0);
        for (i, batch) in batches.iter().enumerate() {
            let done = epoch as f32 + i as f32 / batches.len() as f32;
            let rate = plan.rate * (done / 0.5).clamp(0.02, 1.0) * (1.0 - done / total).max(0.01);
            let n: usize = batch.iter().map(|e| e.ends.len()).sum();
            let seeds = [rng.bits(), rng.bits()];
            let (a, b) = halves(batch);
            let (a, b) = (&a[..], &b[..]);
            let (dense, table) = (&weights.dense, &weights.table);
            let run = |g: &[&Example], seed| step(layout, dense, table, g, plan.dropout, &mut Rng(seed));
            let (a, b) = std::thread::scope(|s| {
                let other = s.spawn(|| run(b, seeds[1]));
                (run(a, seeds[0]), other.join())
            });
            let Ok(b) = b else { return };
            loss += a.loss + b.loss;
            words += n;
            apply(layout, weights, [a, b], n as f32, rate, &mut dense_adam, &mut table_adam);
        }
        after(epoch, loss / words.max(1) as f32, weights);
    }
}

/// Two halves of a batch, in each the examples with trees first.
fn halves<'e>(batch: &[&'e Example]) -> (Vec<&'e Example>, Vec<&'e Example>) {
    let (mut a, mut b): (Vec<&Example>, Vec<&Example>) = (Vec::new(), Vec::new());
    for trees in [true, false] {
        for (i, e) in batch.iter().filter(|e| e.heads.is_empty() != trees).enumerate() {
            if i % 2 == 0 { a.push(e) } else { b.push(e) }
        }
    }
    (a, b)
}

/// Groups sentences, in order, until each group has enough words.
fn batches<'s, 'e>(sentences: &'s [&'e Example], words: usize) -> Vec<&'s [&'e Example]> {
    let (mut out, mut start, mut n) = (Vec::new(), 0, 0);
    for (i, e) in sentences.iter().enumerate() {
        n += e.ends.len();
        if n >= words || i + 1 == sentences.len() {
            out.push(&sentences[start..=i]);
            (start, n) = (i + 1, 0);
        }
    }
    out
}

/// Adds up the gradients of the two shards, limits their norm and updates the weights.
fn apply(
    layout: &Layout,
    weights: &mut Weights,
    shards: [Step; 2],
    words: f32,
    rate: f32,
    dense_adam: &mut Adam,
    table_adam: &mut Adam,
) {
    let width = layout.sizes.embedding;
    let [mut a, b] = shards;
    let scale = 1.0 / words;
    a.dense.iter_mut().zip(&b.dense).for_each(|(x, y)| *x = (*x + y) * scale);
    let norm = a.dense.iter().map(|x| x * x).sum::<f32>().sqrt();
    let limit = (1.0 / norm.max(1e-6)).min(1.0);
    a.dense.iter_mut().for_each(|x| *x *= limit);
    dense_adam.update(&mut weights.dense, &a.dense, 0, rate);
    // Uses by row, in a fixed order: row, shard, word.
    let mut uses: Vec<(u32, usize, u32)> = Vec::with_capacity(a.uses.len() + b.uses.len());
    uses.extend(a.uses.iter().map(|&(row, word)| (row, 0, word)));
    uses.extend(b.uses.iter().map(|&(row, word)| (row, 1, word)));
    uses.sort_unstable();
    let mut g = vec![0.0; width];
    for uses in uses.chunk_by(|x, y| x.0 == y.0) {
        let row = uses[0].0;
        g.fill(0.0);
        for &(_, k, word) in uses {
            let from = if k == 0 { &a.words } else { &b.words };
            let d = &from[word as usize * width..(word as usize + 1) * width];
            g.iter_mut().zip(d).for_each(|(g, d)| *g += d * scale);
        }
        table_adam.update(&mut weights.table, &g, row as usize, rate);
    }
}
