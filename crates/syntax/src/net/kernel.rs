//! Products of 16-bit activations with 8-bit weights, exact in whole numbers: every machine gives the same bits.

use crate::bytes::{Reader, Writer};

/// Steps per 1.0 of a 16-bit activation.
pub const STEPS: f32 = 1024.0;

/// Columns that are worked on together.
pub(super) const BLOCK: usize = 16;

/// The weights of a pair of inputs: two for each output of a block. Lines of the cache, so that none is read twice.
#[derive(Clone, Copy)]
#[repr(align(64))]
pub(super) struct Line(pub [i16; 2 * BLOCK]);

/// A weight matrix with a scale and a bias for each output.
pub struct Matrix {
    pub(super) inputs: usize,
    pub(super) outputs: usize,
    /// Blocks of 16 outputs, in each a line for every pair of inputs.
    pub(super) packed: Vec<Line>,
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
        Matrix::pack(&small, scale, bias.to_vec(), inputs, outputs)
    }

    fn pack(small: &[i8], scale: Vec<f32>, bias: Vec<f32>, inputs: usize, outputs: usize) -> Matrix {
        let mut packed = vec![Line([0; 2 * BLOCK]); outputs / BLOCK * (inputs / 2)];
        for i in 0..inputs {
            for o in 0..outputs {
                let (line, at) = slot(inputs, i, o);
                packed[line].0[at] = small[i * outputs + o] as i16;
            }
        }
        Matrix { inputs, outputs, packed, scale, bias }
    }

    /// Number of outputs.
    pub fn outputs(&self) -> usize {
        self.outputs
    }

    /// `out = x · weights + bias` for each row of `x`.
    pub fn apply(&self, x: &[i16], out: &mut Vec<f32>) {
        let n = x.len() / self.inputs;
        out.resize(n * self.outputs, 0.0);
        #[cfg(target_arch = "x86_64")]
        if super::vnni::apply(self, x, out, n) {
            return;
        }
        self.without_vnni(x, out, n);
    }

    fn without_vnni(&self, x: &[i16], out: &mut [f32], n: usize) {
        match pulp::Arch::new() {
            #[cfg(target_arch = "x86_64")]
            pulp::Arch::V4(simd) => pulp::Simd::vectorize(simd, wide::Apply4 { m: self, x, out, n, simd }),
            #[cfg(target_arch = "x86_64")]
            pulp::Arch::V3(simd) => pulp::Simd::vectorize(simd, wide::Apply3 { m: self, x, out, n, simd }),
            _ => self.plain(x, out, n),
        }
    }

    /// The weights of a block of outputs, a line for every pair of inputs.
    #[inline(always)]
    pub(super) fn lines(&self, block: usize) -> &[Line] {
        let pairs = self.inputs / 2;
        &self.packed[block * pairs..(block + 1) * pairs]
    }

    /// The same without special instructions.
    fn plain(&self, x: &[i16], out: &mut [f32], n: usize) {
        for t in 0..n {
            let x = &x[t * self.inputs..(t + 1) * self.inputs];
            for block in 0..self.outputs / BLOCK {
                let mut sum = [0i32; BLOCK];
                for (x, Line(w)) in x.chunks_exact(2).zip(self.lines(block)) {
                    for o in 0..BLOCK {
                        sum[o] += x[0] as i32 * w[2 * o] as i32 + x[1] as i32 * w[2 * o + 1] as i32;
                    }
                }
                self.finish(&sum, t, block, out);
            }
        }
    }

    #[inline(always)]
    pub(super) fn finish(&self, sum: &[i32; BLOCK], t: usize, block: usize, out: &mut [f32]) {
        let o = block * BLOCK;
        let out = &mut out[t * self.outputs + o..t * self.outputs + o + BLOCK];
        let (scale, bias) = (&self.scale[o..o + BLOCK], &self.bias[o..o + BLOCK]);
        for q in 0..BLOCK {
            out[q] = sum[q] as f32 * (scale[q] / STEPS) + bias[q];
        }
    }

    /// Appends the matrix to a model file.
    pub fn write(&self, w: &mut Writer) {
        w.u32(self.inputs as u32);
        w.u32(self.outputs as u32);
        let at = |i: usize, o: usize| {
            let (line, at) = slot(self.inputs, i, o);
            self.packed[line].0[at] as i8
        };
        let small: Vec<i8> = (0..self.inputs).flat_map(|i| (0..self.outputs).map(move |o| at(i, o))).collect();
        w.i8s(&small);
        w.f32s(&self.scale);
        w.f32s(&self.bias);
    }

    /// Reads a matrix from a model file.
    pub fn read(r: &mut Reader) -> Option<Matrix> {
        let (inputs, outputs) = (r.u32()? as usize, r.u32()? as usize);
        let (small, scale, bias) = (r.i8s()?, r.f32s()?, r.f32s()?);
        let fits = inputs.is_multiple_of(2)
            && outputs.is_multiple_of(BLOCK)
            && Some(small.len()) == inputs.checked_mul(outputs)
            && scale.len() == outputs
            && bias.len() == outputs;
        fits.then(|| Matrix::pack(&small, scale, bias, inputs, outputs))
    }
}

/// Where the weight from input `i` to output `o` lies: its line, and its place there.
fn slot(inputs: usize, i: usize, o: usize) -> (usize, usize) {
    ((o / BLOCK) * (inputs / 2) + i / 2, (o % BLOCK) * 2 + i % 2)
}

/// Rounds floats to 16-bit activations.
#[inline(always)]
pub fn quantise(x: &[f32], out: &mut [i16]) {
    for (q, v) in out.iter_mut().zip(x) {
        *q = activation(*v);
    }
}

/// A float as a 16-bit activation, rounded towards zero. Plain arithmetic instead of `as i16`: that cast also cares for what
/// is no number, which keeps it from being worked on many at a time.
#[inline(always)]
pub fn activation(v: f32) -> i16 {
    /// From here on floats are whole numbers, and the last bits of a float are those of the number.
    const WHOLE: f32 = 8_388_608.0;
    let v = (v * STEPS).clamp(-32767.0, 32767.0);
    let size = v.abs();
    let near = (size + WHOLE) - WHOLE;
    let below = if near > size { near - 1.0 } else { near };
    let bits = (below + WHOLE).to_bits() as i16;
    if v < 0.0 { -bits } else { bits }
}

#[cfg(target_arch = "x86_64")]
mod wide {
    //! The same product with 256-bit and 512-bit multiply-and-add instructions.

    use super::{BLOCK, Line, Matrix};
    use pulp::x86::{V3, V4};
    use pulp::{NullaryFnOnce, cast, i16x16, i16x32, i32x8, i32x16};

    pub struct Apply4<'a> {
        pub m: &'a Matrix,
        pub x: &'a [i16],
        pub out: &'a mut [f32],
        pub n: usize,
        pub simd: V4,
    }

    impl NullaryFnOnce for Apply4<'_> {
        type Output = ();

        #[inline(always)]
        fn call(mut self) {
            let mut t = 0;
            while t + 8 <= self.n {
                self.rows::<8>(t);
                t += 8;
            }
            while t < self.n {
                self.rows::<1>(t);
                t += 1;
            }
        }
    }

    impl Apply4<'_> {
        #[inline(always)]
        fn rows<const R: usize>(&mut self, t: usize) {
            let m = self.m;
            let k = m.inputs;
            let rows: [&[[i16; 2]]; R] = std::array::from_fn(|r| self.x[(t + r) * k..(t + r + 1) * k].as_chunks().0);
            let mut block = 0;
            while block + 2 <= m.outputs / BLOCK {
                self.blocks::<R, 2>(&rows, t, block);
                block += 2;
            }
            if block < m.outputs / BLOCK {
                self.blocks::<R, 1>(&rows, t, block);
            }
        }

        #[inline(always)]
        fn blocks<const R: usize, const B: usize>(&mut self, rows: &[&[[i16; 2]]; R], t: usize, block: usize) {
            let (m, simd) = (self.m, self.simd);
            let k = m.inputs;
            let w: [&[Line]; B] = std::array::from_fn(|b| m.lines(block + b));
            let mut sum = [[simd.splat_i32x16(0); R]; B];
            for p in 0..k / 2 {
                let w: [i16x32; B] = std::array::from_fn(|b| cast(w[b][p].0));
                for r in 0..R {
                    let x: i16x32 = cast(simd.splat_i32x16(cast(rows[r][p])));
                    for b in 0..B {
                        let product = simd.multiply_wrapping_add_adjacent_i16x32(x, w[b]);
                        sum[b][r] = simd.wrapping_add_i32x16(sum[b][r], product);
                    }
                }
            }
            for (b, sum) in sum.iter().enumerate() {
                for (r, s) in sum.iter().enumerate() {
                    let s: [i32; 16] = cast::<i32x16, _>(*s);
                    m.finish(&s, t + r, block + b, self.out);
                }
            }
        }
    }

    pub struct Apply3<'a> {
        pub m: &'a Matrix,
        pub x: &'a [i16],
        pub out: &'a mut [f32],
        pub n: usize,
        pub simd: V3,
    }

    impl NullaryFnOnce for Apply3<'_> {
        type Output = ();

        #[inline(always)]
        fn call(mut self) {
            let mut t = 0;
            while t + 4 <= self.n {
                self.rows::<4>(t);
                t += 4;
            }
            while t < self.n {
                self.rows::<1>(t);
                t += 1;
            }
        }
    }

    impl Apply3<'_> {
        #[inline(always)]
        fn rows<const R: usize>(&mut self, t: usize) {
            let (m, simd) = (self.m, self.simd);
            let k = m.inputs;
            let rows: [&[[i16; 2]]; R] = std::array::from_fn(|r| self.x[(t + r) * k..(t + r + 1) * k].as_chunks().0);
            for block in 0..m.outputs / BLOCK {
                let mut sum = [[simd.splat_i32x8(0); 2]; R];
                for (p, Line(w)) in m.lines(block).iter().enumerate() {
                    let w: [i16x16; 2] = cast(*w);
                    for r in 0..R {
                        let x: i16x16 = cast(simd.splat_i32x8(cast(rows[r][p])));
                        for q in 0..2 {
                            let product = simd.multiply_wrapping_add_adjacent_i16x16(x, w[q]);
                            sum[r][q] = simd.wrapping_add_i32x8(sum[r][q], product);
                        }
                    }
                }
                for (r, s) in sum.iter().enumerate() {
                    let s: [i32; 16] = cast::<[i32x8; 2], _>(*s);
                    m.finish(&s, t + r, block, self.out);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn activations_are_rounded_towards_zero() {
        let some = (-400_000..400_000).map(|i| i as f32 / 9973.0);
        for v in some.chain([0.0, -0.0, 0.5 / STEPS, 1.0 / STEPS, 31.999, 32.0, 1e9, -1e9, f32::INFINITY]) {
            assert_eq!(activation(v), (v * STEPS).clamp(-32767.0, 32767.0) as i16, "{v}");
        }
    }

    #[test]
    fn fast_and_plain_products_agree_to_the_bit() {
        for n in [1, 8, 11] {
            let (k, o) = (64, 48);
            let weights: Vec<f32> = (0..k * o).map(|i| ((i * 37 % 101) as f32 - 50.0) / 40.0).collect();
            let bias: Vec<f32> = (0..o).map(|i| i as f32 / 10.0).collect();
            let m = Matrix::quantise(&weights, &bias, k, o);
            let x: Vec<i16> = (0..n * k).map(|i| ((i * 7919) % 4001) as i16 - 2000).collect();
            let mut plain = vec![0.0; n * o];
            m.plain(&x, &mut plain, n);
            // Whatever this machine can do.
            let mut fast = Vec::new();
            m.apply(&x, &mut fast);
            assert_eq!(fast, plain);
            let mut other = vec![0.0; n * o];
            m.without_vnni(&x, &mut other, n);
            assert_eq!(other, plain);
            #[cfg(target_arch = "x86_64")]
            if let Some(simd) = pulp::x86::V3::try_new() {
                let mut other = vec![0.0; n * o];
                pulp::Simd::vectorize(simd, wide::Apply3 { m: &m, x: &x, out: &mut other, n, simd });
                assert_eq!(other, plain);
            }
            let exact: f32 = bias[5] + (0..k).map(|i| x[i] as f32 / STEPS * weights[i * o + 5]).sum::<f32>();
            assert!((fast[5] - exact).abs() < 0.2);
            let mut w = Writer::default();
            m.write(&mut w);
            let mut again = Vec::new();
            Matrix::read(&mut Reader::new(&w.bytes)).unwrap().apply(&x, &mut again);
            assert_eq!(fast, again);
        }
    }
}
