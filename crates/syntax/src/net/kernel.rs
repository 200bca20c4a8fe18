//! Products of 8-bit activations with 8-bit weights, exact in whole numbers: every machine gives the same bits.

use super::infer::room;
use super::pairs::Pairs;
use super::rows::Rows;
#[cfg(target_arch = "x86_64")]
use super::vnni::{self, Quads};
use crate::bytes::{Reader, Writer};

/// Columns that are worked on together.
pub(super) const BLOCK: usize = 16;

/// Weights in the order that suits the machine.
enum Packed {
    #[cfg(target_arch = "x86_64")]
    Quads(Quads),
    Pairs(Pairs),
}

/// A weight matrix with a scale and a bias for each output.
pub struct Matrix {
    pub(super) inputs: usize,
    pub(super) outputs: usize,
    /// Row by row, as in the file.
    weights: Vec<i8>,
    packed: Packed,
    scale: Vec<f32>,
    bias: Vec<f32>,
}

impl Matrix {
    /// Rounds float weights (`inputs` × `outputs`, row by row) to 8 bits per weight.
    pub fn quantise(weights: &[f32], bias: &[f32], inputs: usize, outputs: usize) -> Matrix {
        let mut scale = vec![0.0f32; outputs];
        for row in weights.chunks_exact(outputs) {
            scale.iter_mut().zip(row).for_each(|(s, w)| *s = s.max(w.abs()));
        }
        scale.iter_mut().for_each(|s| *s = (*s / 127.0).max(1e-9));
        let small: Vec<i8> = weights
            .chunks_exact(outputs)
            .flat_map(|row| row.iter().zip(&scale).map(|(w, s)| (w / s).round().clamp(-127.0, 127.0) as i8))
            .collect();
        Matrix::pack(small, scale, bias.to_vec(), inputs, outputs)
    }

    fn pack(weights: Vec<i8>, scale: Vec<f32>, bias: Vec<f32>, inputs: usize, outputs: usize) -> Matrix {
        let packed = match () {
            #[cfg(target_arch = "x86_64")]
            () if vnni::able() => Packed::Quads(Quads::pack(&weights, inputs, outputs)),
            () => Packed::Pairs(Pairs::pack(&weights, inputs, outputs)),
        };
        Matrix { inputs, outputs, weights, packed, scale, bias }
    }

    /// Number of inputs.
    pub fn inputs(&self) -> usize {
        self.inputs
    }

    /// Number of outputs.
    pub fn outputs(&self) -> usize {
        self.outputs
    }

    /// `x · weights + bias` for each row of `x`, at the start of `out`.
    pub fn apply<'a>(&self, x: &Rows, out: &'a mut Vec<f32>) -> &'a [f32] {
        let out = room(out, x.scale.len() * self.outputs);
        match &self.packed {
            #[cfg(target_arch = "x86_64")]
            Packed::Quads(w) => w.apply(self, x, out),
            Packed::Pairs(w) => w.apply(self, x, out),
        }
        out
    }

    /// Sums of whole numbers as floats: those of row `t`, whose scale is `row`, and of a block of outputs.
    #[inline(always)]
    pub(super) fn finish(&self, sum: &[i32; BLOCK], row: f32, t: usize, block: usize, out: &mut [f32]) {
        let o = block * BLOCK;
        let out = &mut out[t * self.outputs + o..t * self.outputs + o + BLOCK];
        let (scale, bias) = (&self.scale[o..o + BLOCK], &self.bias[o..o + BLOCK]);
        for q in 0..BLOCK {
            out[q] = sum[q] as f32 * (scale[q] * row) + bias[q];
        }
    }

    /// Appends the matrix to a model file.
    pub fn write(&self, w: &mut Writer) {
        w.u32(self.inputs as u32);
        w.u32(self.outputs as u32);
        w.i8s(&self.weights);
        w.f32s(&self.scale);
        w.f32s(&self.bias);
    }

    /// Reads a matrix from a model file.
    pub fn read(r: &mut Reader) -> Option<Matrix> {
        let (inputs, outputs) = (r.u32()? as usize, r.u32()? as usize);
        let (weights, scale, bias) = (r.i8s()?, r.f32s()?, r.f32s()?);
        // More inputs than this, and a sum of products might not fit.
        let fits = inputs.is_multiple_of(4)
            && inputs <= 1 << 16
            && outputs.is_multiple_of(BLOCK)
            && Some(weights.len()) == inputs.checked_mul(outputs)
            && scale.len() == outputs
            && bias.len() == outputs;
        fits.then(|| Matrix::pack(weights, scale, bias, inputs, outputs))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::pairs::tests::every_way;

    #[test]
    fn all_ways_agree_to_the_bit() {
        for n in [1, 8, 11] {
            let (k, o) = (64, 48);
            let weights: Vec<f32> = (0..k * o).map(|i| ((i * 37 % 101) as f32 - 50.0) / 40.0).collect();
            let bias: Vec<f32> = (0..o).map(|i| i as f32 / 10.0).collect();
            let m = Matrix::quantise(&weights, &bias, k, o);
            let x: Vec<f32> = (0..n * k).map(|i| (((i * 7919) % 4001) as f32 - 2000.0) / 500.0).collect();
            let mut rows = Rows::default();
            rows.fill(&x, k);
            // Whatever this machine can do.
            let mut fast = Vec::new();
            m.apply(&rows, &mut fast);
            for other in every_way(&m.weights, &m, &rows) {
                assert_eq!(fast, other);
            }
            let exact: f32 = bias[5] + (0..k).map(|i| x[i] * weights[i * o + 5]).sum::<f32>();
            assert!((fast[5] - exact).abs() < 0.5, "{} {exact}", fast[5]);
            let mut w = Writer::default();
            m.write(&mut w);
            let mut again = Vec::new();
            Matrix::read(&mut Reader::new(&w.bytes)).unwrap().apply(&rows, &mut again);
            assert_eq!(fast, again);
        }
    }
}
