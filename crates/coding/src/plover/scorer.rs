//! A linear scorer of PLOVER types: softmax over hashed features, trained by `cargo xtask train-events`.
//!
//! Weights have 8 bits (`data/models/plover.bin`). Scores are plain sums in a fixed order and the exponential is the
//! polynomial below, so the same text gives the same bits on every machine.

use super::features::{BUCKETS, Features};

/// Weights for every type.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scorer {
    /// Names of the types, in the order of the weights.
    pub kinds: Vec<String>,
    /// One step of the weights of each type.
    steps: Vec<f32>,
    /// `kinds` rows of [`BUCKETS`] weights.
    weights: Vec<i8>,
}

const MAGIC: &[u8; 8] = b"ccplov01";

impl Scorer {
    /// Rounds trained weights (one row of [`BUCKETS`] a type) to 8 bits.
    ///
    /// Rows that are too short are filled with zeros.
    pub fn round(kinds: Vec<String>, rows: &[Vec<f32>]) -> Scorer {
        let mut out = Scorer { kinds, ..Scorer::default() };
        for k in 0..out.kinds.len() {
            let row = rows.get(k).map_or(&[][..], Vec::as_slice);
            let most = row.iter().fold(0f32, |m, w| m.max(w.abs()));
            let step = if most > 0.0 { most / 127.0 } else { 1.0 };
            out.steps.push(step);
            out.weights.extend((0..BUCKETS).map(|b| (row.get(b).copied().unwrap_or(0.0) / step).round() as i8));
        }
        out
    }

    /// The bytes of the weights file.
    pub fn write(&self) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        out.push(self.kinds.len() as u8);
        for (kind, step) in self.kinds.iter().zip(&self.steps) {
            out.push(kind.len() as u8);
            out.extend(kind.as_bytes());
            out.extend(step.to_le_bytes());
        }
        out.extend(self.weights.iter().map(|w| *w as u8));
        out
    }

    /// Reads the bytes of a weights file; `None` if they are none.
    pub fn read(bytes: &[u8]) -> Option<Scorer> {
        let mut at = bytes.strip_prefix(MAGIC)?;
        let mut out = Scorer::default();
        let (count, rest) = at.split_first()?;
        at = rest;
        for _ in 0..*count {
            let (len, rest) = at.split_first()?;
            let (name, rest) = rest.split_at_checked(*len as usize)?;
            let (step, rest) = rest.split_at_checked(4)?;
            out.kinds.push(String::from_utf8(name.to_vec()).ok()?);
            out.steps.push(f32::from_le_bytes(step.try_into().ok()?));
            at = rest;
        }
        out.weights = at.iter().map(|b| *b as i8).collect();
        (out.weights.len() == out.kinds.len() * BUCKETS).then_some(out)
    }

    /// The weights that are built in.
    pub fn embedded() -> &'static Scorer {
        static SCORER: std::sync::OnceLock<Scorer> = std::sync::OnceLock::new();
        SCORER.get_or_init(|| Scorer::read(include_bytes!("../../../../data/models/plover.bin")).unwrap_or_default())
    }

    /// The share of belief in each type, in the order of `kinds`; they sum to 1. Empty if there are no weights.
    pub fn shares(&self, features: &Features) -> Vec<f32> {
        let row = |k: usize| {
            let w = &self.weights[k * BUCKETS..(k + 1) * BUCKETS];
            let sum: f32 = features.iter().map(|(b, v)| f32::from(w[*b as usize % BUCKETS]) * v).sum();
            sum * self.steps[k]
        };
        softmax((0..self.kinds.len()).map(row).collect())
    }

    /// The likeliest type and the share of belief in it.
    pub fn best(&self, features: &Features) -> Option<(&str, f32)> {
        let shares = self.shares(features);
        let top = shares.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(&a.0)))?;
        Some((self.kinds[top.0].as_str(), *top.1))
    }
}

/// Scores as shares that sum to 1.
pub fn softmax(mut scores: Vec<f32>) -> Vec<f32> {
    let most = scores.iter().copied().fold(f32::MIN, f32::max);
    for s in &mut scores {
        *s = exp(*s - most);
    }
    let sum: f32 = scores.iter().sum();
    for s in &mut scores {
        *s /= sum;
    }
    scores
}

/// e to the power of a number of at most 0, exact to about 1e-6: halvings and a short series, the same everywhere.
fn exp(x: f32) -> f32 {
    if x < -80.0 {
        return 0.0;
    }
    let x = f64::from(x) / 64.0;
    let mut y = 1.0 + x * (1.0 + x * (0.5 + x * (1.0 / 6.0 + x * (1.0 / 24.0 + x / 120.0))));
    for _ in 0..6 {
        y *= y;
    }
    y as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_go_through_bytes() {
        let mut rows = vec![vec![0.0; BUCKETS], vec![0.0; BUCKETS]];
        rows[1][7] = 2.0;
        let s = Scorer::round(vec!["A".into(), "B".into()], &rows);
        assert_eq!(Scorer::read(&s.write()), Some(s.clone()));
        let (kind, share) = s.best(&vec![(7, 1.0)]).unwrap();
        assert_eq!(kind, "B");
        assert!((share - 1.0 / (1.0 + (-2f32).exp())).abs() < 1e-5, "{share}");
        assert!(Scorer::read(b"nothing").is_none());
    }

    #[test]
    fn shares_sum_to_one() {
        let s = softmax(vec![1.0, -3.0, 0.5, -200.0]);
        assert!((s.iter().sum::<f32>() - 1.0).abs() < 1e-6);
        assert_eq!(s[3], 0.0);
    }
}
