//! Linear models with weights of 8 bits, and the file that holds several of them.

use super::bags::{Valued, bucket};

/// Weights for each place of a table and each output, with a bias for each output.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Linear {
    bits: u32,
    outputs: usize,
    step: f32,
    biases: Vec<f32>,
    weights: Vec<i8>,
}

const MAGIC: &[u8; 8] = b"ccmuc401";

impl Linear {
    /// Rounds trained weights; the last `outputs` of them are the biases.
    pub fn round(bits: u32, outputs: usize, trained: &[f64]) -> Linear {
        let (body, biases) = trained.split_at(trained.len() - outputs);
        let most = body.iter().fold(0f64, |m, w| m.max(w.abs()));
        let step = if most > 0.0 { most / 127.0 } else { 1.0 };
        Linear {
            bits,
            outputs,
            step: step as f32,
            biases: biases.iter().map(|b| *b as f32).collect(),
            weights: body.iter().map(|w| (w / step).round() as i8).collect(),
        }
    }

    /// The sum for each output, over features that are not yet places.
    pub fn scores(&self, row: &[Valued]) -> Vec<f32> {
        let mut out = vec![0f32; self.outputs];
        for (f, v) in row {
            let at = bucket(*f, self.bits) as usize * self.outputs;
            for (o, w) in out.iter_mut().zip(self.weights.get(at..).unwrap_or(&[])) {
                *o += f32::from(*w) * v;
            }
        }
        out.iter().zip(&self.biases).map(|(s, b)| s * self.step + b).collect()
    }

    /// The share of belief in each output, each by itself.
    pub fn shares(&self, row: &[Valued]) -> Vec<f32> {
        self.scores(row).into_iter().map(|s| 1.0 / (1.0 + (-s).exp())).collect()
    }
}

/// The bytes of a file with these models.
pub fn write(models: &[&Linear]) -> Vec<u8> {
    let mut out = MAGIC.to_vec();
    for m in models {
        out.extend([m.bits as u8, m.outputs as u8]);
        out.extend(m.step.to_le_bytes());
        out.extend(m.biases.iter().flat_map(|b| b.to_le_bytes()));
        out.extend(m.weights.iter().map(|w| *w as u8));
    }
    out
}

/// The models of a file; `None` if it holds no such thing.
pub fn read(bytes: &[u8]) -> Option<Vec<Linear>> {
    let mut rest = bytes.strip_prefix(MAGIC)?;
    let mut out = Vec::new();
    while let Some(([bits, outputs], more)) = rest.split_first_chunk::<2>() {
        let outputs = *outputs as usize;
        let size = 1usize.checked_shl(u32::from(*bits))?.checked_mul(outputs)?;
        let (numbers, more) = more.split_at_checked(4 * (outputs + 1))?;
        let (weights, more) = more.split_at_checked(size)?;
        let mut numbers = numbers.chunks_exact(4).map(|c| f32::from_le_bytes([c[0], c[1], c[2], c[3]]));
        out.push(Linear {
            bits: u32::from(*bits),
            outputs,
            step: numbers.next()?,
            biases: numbers.collect(),
            weights: weights.iter().map(|w| *w as i8).collect(),
        });
        rest = more;
    }
    rest.is_empty().then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn models_go_through_bytes() {
        let mut w = vec![0.0; 2 * 4 + 2];
        w[5] = 2.0;
        w[9] = -1.0;
        let a = Linear::round(2, 2, &w);
        let b = Linear::round(1, 1, &[0.5, -0.5, 0.25]);
        let bytes = write(&[&a, &b]);
        assert_eq!(read(&bytes), Some(vec![a, b]));
        assert_eq!(read(&bytes[..bytes.len() - 1]), None);
        assert_eq!(read(b"nothing"), None);
    }
}
