//! Fits a yes-or-no classifier: logistic regression with a step size of its own for each weight (AdaGrad).

use super::rng::Rng;
use crate::linear::{BITS, Linear};

/// Examples: features end to end, where each example ends, and its answer.
#[derive(Default)]
pub struct Examples {
    features: Vec<u32>,
    ends: Vec<u32>,
    answers: Vec<bool>,
}

impl Examples {
    /// Adds one example.
    pub fn push(&mut self, features: &[u32], answer: bool) {
        self.features.extend_from_slice(features);
        self.ends.push(self.features.len() as u32);
        self.answers.push(answer);
    }

    /// Number of examples.
    pub fn len(&self) -> usize {
        self.ends.len()
    }
}

/// Fits the classifier. `bias` is added to the score of each example while fitting, so that a positive one makes
/// a yes rarer.
pub fn fit(examples: &Examples, epochs: usize, rate: f32, bias: f32, seed: u64) -> Linear {
    let mut w = vec![0.0f32; 1 << BITS];
    let mut squares = vec![1e-2f32; 1 << BITS];
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut rng = Rng(seed);
    for epoch in 0..epochs {
        rng.shuffle(&mut order);
        let rate = rate / (1.0 + epoch as f32 * 0.5);
        for &i in &order {
            let from = if i == 0 { 0 } else { examples.ends[i - 1] as usize };
            let features = &examples.features[from..examples.ends[i] as usize];
            let score: f32 = features.iter().map(|&f| w[f as usize]).sum::<f32>() + bias;
            let p = 1.0 / (1.0 + (-score).exp());
            let g = p - f32::from(examples.answers[i]);
            if g.abs() < 1e-4 {
                continue;
            }
            for &f in features {
                let f = f as usize;
                let g = g + 1e-6 * w[f];
                squares[f] += g * g;
                w[f] -= rate * g / squares[f].sqrt();
            }
        }
    }
    Linear::quantise(&w)
}
