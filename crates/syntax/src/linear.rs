//! A yes-or-no classifier over hashed features: one array of weights, no keys.

use crate::bytes::{Reader, Writer};

/// Number of bits of a feature's address.
pub const BITS: u32 = 17;

/// Units per 1.0 of the stored weights.
const UNIT: f32 = 1024.0;

/// The address of a feature, from its template number and its value.
pub fn address(template: u64, value: u64) -> u32 {
    let x = (value ^ template.wrapping_mul(0xd6e8_feb8_6659_fd93)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (x >> (64 - BITS)) as u32
}

/// The trained weights.
pub struct Linear {
    weights: Vec<i16>,
}

impl Linear {
    /// From trained weights.
    pub fn quantise(weights: &[f32]) -> Self {
        let q = |w: &f32| (w * UNIT).round().clamp(-32767.0, 32767.0) as i16;
        Linear { weights: weights.iter().map(q).collect() }
    }

    /// Sum of the weights of the features; above zero means yes.
    pub fn score(&self, features: &[u32]) -> i32 {
        features.iter().map(|&f| self.weights[f as usize] as i32).sum()
    }

    /// Appends the weights to a model file.
    pub fn write(&self, w: &mut Writer) {
        w.i16s(&self.weights);
    }

    /// Reads weights from a model file.
    pub fn read(r: &mut Reader) -> Option<Self> {
        let weights = r.i16s()?;
        (weights.len() == 1 << BITS).then_some(Linear { weights })
    }
}
