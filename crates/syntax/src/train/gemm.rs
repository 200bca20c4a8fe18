//! Products of matrices of `f32` for training, in row-major order, on the widest vectors of the machine.

use pulp::{Simd, WithSimd};

/// `c += a · b` where `a` is m × k, `b` is k × n and `c` is m × n. `n` must be a multiple of 16.
pub fn multiply(a: &[f32], b: &[f32], c: &mut [f32], m: usize, k: usize, n: usize) {
    assert!(a.len() >= m * k && b.len() >= k * n && c.len() >= m * n && n.is_multiple_of(16));
    pulp::Arch::new().dispatch(Multiply { a, b, c, m, k, n });
}

struct Multiply<'a> {
    a: &'a [f32],
    b: &'a [f32],
    c: &'a mut [f32],
    m: usize,
    k: usize,
    n: usize,
}

impl WithSimd for Multiply<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(mut self, simd: S) {
        let wide = if S::F32_LANES == 16 { 4 } else { 2 };
        let mut j = 0;
        while j < self.n {
            let vectors = if self.n - j >= wide * S::F32_LANES { wide } else { 1 };
            let mut i = 0;
            while i + 4 <= self.m {
                match vectors {
                    4 => self.tile::<S, 4, 4>(simd, i, j),
                    2 => self.tile::<S, 4, 2>(simd, i, j),
                    _ => self.tile::<S, 4, 1>(simd, i, j),
                }
                i += 4;
            }
            while i < self.m {
                match vectors {
                    4 => self.tile::<S, 1, 4>(simd, i, j),
                    2 => self.tile::<S, 1, 2>(simd, i, j),
                    _ => self.tile::<S, 1, 1>(simd, i, j),
                }
                i += 1;
            }
            j += vectors * S::F32_LANES;
        }
    }
}

impl Multiply<'_> {
    #[inline(always)]
    #[allow(clippy::needless_range_loop)] // The same index walks several arrays in step.
    fn tile<S: Simd, const R: usize, const V: usize>(&mut self, simd: S, i: usize, j: usize) {
        let (k, n) = (self.k, self.n);
        let width = V * S::F32_LANES;
        let mut sum = [[simd.splat_f32s(0.0); V]; R];
        let rows: [&[f32]; R] = std::array::from_fn(|r| &self.a[(i + r) * k..(i + r + 1) * k]);
        for p in 0..k {
            let (b, _) = S::as_simd_f32s(&self.b[p * n + j..p * n + j + width]);
            let b: [S::f32s; V] = std::array::from_fn(|v| b[v]);
            for r in 0..R {
                let x = simd.splat_f32s(rows[r][p]);
                for v in 0..V {
                    sum[r][v] = simd.mul_add_e_f32s(x, b[v], sum[r][v]);
                }
            }
        }
        for (r, sum) in sum.iter().enumerate() {
            let at = (i + r) * n + j;
            let (c, _) = S::as_mut_simd_f32s(&mut self.c[at..at + width]);
            for v in 0..V {
                c[v] = simd.add_f32s(c[v], sum[v]);
            }
        }
    }
}

/// The transpose of an m × n matrix.
pub fn transpose(a: &[f32], m: usize, n: usize) -> Vec<f32> {
    let mut t = vec![0.0; m * n];
    for i0 in (0..m).step_by(16) {
        for j0 in (0..n).step_by(16) {
            for i in i0..(i0 + 16).min(m) {
                for j in j0..(j0 + 16).min(n) {
                    t[j * m + i] = a[i * n + j];
                }
            }
        }
    }
    t
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_product_is_that_of_the_definition() {
        let (m, k, n) = (7, 5, 80);
        let a: Vec<f32> = (0..m * k).map(|i| (i % 7) as f32 - 3.0).collect();
        let b: Vec<f32> = (0..k * n).map(|i| (i % 11) as f32 - 5.0).collect();
        let mut c = vec![1.0; m * n];
        multiply(&a, &b, &mut c, m, k, n);
        for i in 0..m {
            for j in 0..n {
                let want: f32 = 1.0 + (0..k).map(|p| a[i * k + p] * b[p * n + j]).sum::<f32>();
                assert_eq!(c[i * n + j], want);
            }
        }
        assert_eq!(transpose(&transpose(&a, m, k), k, m), a);
    }
}
