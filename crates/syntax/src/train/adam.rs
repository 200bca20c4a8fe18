//! Adam, for the long array of weights and for the rows of an embedding table that a step has touched.

use crate::net::wide::wide;

/// Running averages of gradients.
pub struct Adam {
    first: Vec<f32>,
    second: Vec<f32>,
    steps: Vec<u32>,
    width: usize,
}

/// One step for a stretch of numbers.
#[inline(always)]
fn adapt(p: &mut [f32], m: &mut [f32], v: &mut [f32], g: &[f32], rate: f32, c2: f32) {
    for (((p, m), v), &g) in p.iter_mut().zip(m).zip(v).zip(g) {
        *m = B1 * *m + (1.0 - B1) * g;
        *v = B2 * *v + (1.0 - B2) * g * g;
        *p -= rate * *m / ((*v * c2).sqrt() + 1e-8);
    }
}

wide!(fn adapt_wide = adapt(
    p: &'a mut [f32],
    m: &'a mut [f32],
    v: &'a mut [f32],
    g: &'a [f32],
    rate: f32,
    c2: f32,
));

const B1: f32 = 0.9;
const B2: f32 = 0.98;

impl Adam {
    /// For `len` numbers that are updated in rows of `width`.
    pub fn new(len: usize, width: usize) -> Self {
        Adam { first: vec![0.0; len], second: vec![0.0; len], steps: vec![0; len / width], width }
    }

    /// Moves one row of `p` against its gradient.
    pub fn update(&mut self, p: &mut [f32], g: &[f32], row: usize, rate: f32) {
        let at = row * self.width;
        self.steps[row] += 1;
        let t = self.steps[row].min(10_000) as i32;
        let (c1, c2) = (1.0 / (1.0 - B1.powi(t)), 1.0 / (1.0 - B2.powi(t)));
        let (m, v) = (&mut self.first[at..at + self.width], &mut self.second[at..at + self.width]);
        let p = &mut p[at..at + self.width];
        adapt_wide(p, m, v, g, rate * c1, c2);
    }
}
