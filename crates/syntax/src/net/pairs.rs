//! The product of `kernel` on every machine: pairs of inputs in 16 bits, with the widest multiply-and-add there is.

use super::kernel::{BLOCK, Matrix};
use super::rows::Rows;

/// The weights of a pair of inputs: two for each output of a block. Lines of the cache, so that none is read twice.
#[derive(Clone, Copy)]
#[repr(align(64))]
struct Line([i16; 2 * BLOCK]);

/// Weights in 16 bits: blocks of outputs, in each a line for every pair of inputs.
pub struct Pairs(Vec<Line>);

impl Pairs {
    /// Packs weights that stand row by row, `inputs` × `outputs`.
    pub fn pack(weights: &[i8], inputs: usize, outputs: usize) -> Pairs {
        let mut lines = vec![Line([0; 2 * BLOCK]); outputs / BLOCK * (inputs / 2)];
        for (i, row) in weights.chunks_exact(outputs).enumerate() {
            for (o, &w) in row.iter().enumerate() {
                lines[o / BLOCK * (inputs / 2) + i / 2].0[o % BLOCK * 2 + i % 2] = w as i16;
            }
        }
        Pairs(lines)
    }

    /// Fills `out`.
    pub fn apply(&self, m: &Matrix, x: &Rows, out: &mut [f32]) {
        let values: Vec<i16> = x.values.iter().map(|v| *v as i16).collect();
        let task = Task { w: self, m, x: &values, scale: &x.scale, out };
        match pulp::Arch::new() {
            #[cfg(target_arch = "x86_64")]
            pulp::Arch::V4(simd) => pulp::Simd::vectorize(simd, wide::On4 { task, simd }),
            #[cfg(target_arch = "x86_64")]
            pulp::Arch::V3(simd) => pulp::Simd::vectorize(simd, wide::On3 { task, simd }),
            _ => task.plain(),
        }
    }

    /// The weights of a block of outputs, a line for every pair of inputs.
    #[inline(always)]
    fn lines(&self, m: &Matrix, block: usize) -> &[Line] {
        let pairs = m.inputs / 2;
        &self.0[block * pairs..(block + 1) * pairs]
    }
}

/// One product.
struct Task<'a> {
    w: &'a Pairs,
    m: &'a Matrix,
    x: &'a [i16],
    scale: &'a [f32],
    out: &'a mut [f32],
}

impl Task<'_> {
    /// Without special instructions.
    fn plain(self) {
        let m = self.m;
        for (t, x) in self.x.chunks_exact(m.inputs).enumerate() {
            for block in 0..m.outputs / BLOCK {
                let mut sum = [0i32; BLOCK];
                for (x, Line(w)) in x.chunks_exact(2).zip(self.w.lines(m, block)) {
                    for o in 0..BLOCK {
                        sum[o] += x[0] as i32 * w[2 * o] as i32 + x[1] as i32 * w[2 * o + 1] as i32;
                    }
                }
                m.finish(&sum, self.scale[t], t, block, self.out);
            }
        }
    }

    /// `R` rows from row `t` on, as pairs of inputs.
    #[inline(always)]
    fn rows<const R: usize>(&self, t: usize) -> [&[[i16; 2]]; R] {
        let k = self.m.inputs;
        std::array::from_fn(|r| self.x[(t + r) * k..(t + r + 1) * k].as_chunks().0)
    }
}

#[cfg(target_arch = "x86_64")]
mod wide {
    //! The product with 512-bit and 256-bit multiply-and-add instructions.

    use super::{BLOCK, Line, Task};
    use pulp::x86::{V3, V4};
    use pulp::{NullaryFnOnce, cast, i16x16, i16x32, i32x8, i32x16};

    pub struct On4<'a> {
        pub task: Task<'a>,
        pub simd: V4,
    }

    impl NullaryFnOnce for On4<'_> {
        type Output = ();

        #[inline(always)]
        fn call(mut self) {
            let (mut t, n) = (0, self.task.scale.len());
            while t + 8 <= n {
                self.rows::<8>(t);
                t += 8;
            }
            while t < n {
                self.rows::<1>(t);
                t += 1;
            }
        }
    }

    impl On4<'_> {
        #[inline(always)]
        fn rows<const R: usize>(&mut self, t: usize) {
            let blocks = self.task.m.outputs / BLOCK;
            let mut block = 0;
            while block + 2 <= blocks {
                self.blocks::<R, 2>(t, block);
                block += 2;
            }
            if block < blocks {
                self.blocks::<R, 1>(t, block);
            }
        }

        #[inline(always)]
        fn blocks<const R: usize, const B: usize>(&mut self, t: usize, block: usize) {
            let (m, simd) = (self.task.m, self.simd);
            let rows = self.task.rows::<R>(t);
            let w: [&[Line]; B] = std::array::from_fn(|b| self.task.w.lines(m, block + b));
            let mut sum = [[simd.splat_i32x16(0); R]; B];
            for p in 0..m.inputs / 2 {
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
                    m.finish(&s, self.task.scale[t + r], t + r, block + b, self.task.out);
                }
            }
        }
    }

    pub struct On3<'a> {
        pub task: Task<'a>,
        pub simd: V3,
    }

    impl NullaryFnOnce for On3<'_> {
        type Output = ();

        #[inline(always)]
        fn call(mut self) {
            let (mut t, n) = (0, self.task.scale.len());
            while t + 4 <= n {
                self.rows::<4>(t);
                t += 4;
            }
            while t < n {
                self.rows::<1>(t);
                t += 1;
            }
        }
    }

    impl On3<'_> {
        #[inline(always)]
        fn rows<const R: usize>(&mut self, t: usize) {
            let (m, simd) = (self.task.m, self.simd);
            for block in 0..m.outputs / BLOCK {
                let rows = self.task.rows::<R>(t);
                let mut sum = [[simd.splat_i32x8(0); 2]; R];
                for (p, Line(w)) in self.task.w.lines(m, block).iter().enumerate() {
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
                    m.finish(&s, self.task.scale[t + r], t + r, block, self.task.out);
                }
            }
        }
    }
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// Packs every way, and gives what each way of this machine makes of `x`.
    pub fn every_way(weights: &[i8], m: &Matrix, x: &Rows) -> Vec<Vec<f32>> {
        let pairs = Pairs::pack(weights, m.inputs, m.outputs);
        let values: Vec<i16> = x.values.iter().map(|v| *v as i16).collect();
        let blank = || vec![0.0; x.scale.len() * m.outputs];
        let mut all = vec![blank(), blank()];
        Task { w: &pairs, m, x: &values, scale: &x.scale, out: &mut all[0] }.plain();
        pairs.apply(m, x, &mut all[1]);
        #[cfg(target_arch = "x86_64")]
        if let Some(simd) = pulp::x86::V3::try_new() {
            let mut out = blank();
            let task = Task { w: &pairs, m, x: &values, scale: &x.scale, out: &mut out };
            pulp::Simd::vectorize(simd, wide::On3 { task, simd });
            all.push(out);
        }
        all
    }
}
