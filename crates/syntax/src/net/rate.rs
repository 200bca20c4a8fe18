//! How well every word fits every other as its head: the product of what dependents ask and what heads offer.

use pulp::{Simd, WithSimd};

/// `scores = asked · offered`: one row of `wide` scores per dependent, whose row of `asked` has `a` numbers; `offered` has
/// `a` rows of `wide` numbers. Sums run in the same order on every machine, so that all give the same bits.
pub fn rate(asked: &[f32], offered: &[f32], a: usize, wide: usize, scores: &mut [f32]) {
    pulp::Arch::new().dispatch(Rate { asked, offered, a, wide, scores });
}

struct Rate<'a> {
    asked: &'a [f32],
    offered: &'a [f32],
    a: usize,
    wide: usize,
    scores: &'a mut [f32],
}

/// Dependents that are worked on together: their sums stay in registers.
const ROWS: usize = 8;

impl WithSimd for Rate<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Rate { asked, offered, a, wide, scores } = self;
        let (offered, _) = S::as_simd_f32s(offered);
        let across = wide / S::F32_LANES;
        for (asked, scores) in asked.chunks(ROWS * a).zip(scores.chunks_mut(ROWS * wide)) {
            let here = asked.len() / a;
            // Missing rows repeat the last one; what they give is not kept.
            let mut rows: [&[f32]; ROWS] = [&[]; ROWS];
            for (r, row) in rows.iter_mut().enumerate() {
                *row = &asked[r.min(here - 1) * a..][..a];
            }
            for column in 0..across {
                let mut sums = [simd.splat_f32s(0.0); ROWS];
                for (k, heads) in offered.chunks_exact(across).enumerate() {
                    for r in 0..ROWS {
                        sums[r] = simd.add_f32s(sums[r], simd.mul_f32s(simd.splat_f32s(rows[r][k]), heads[column]));
                    }
                }
                for (row, sum) in scores.chunks_exact_mut(wide).zip(sums) {
                    S::as_mut_simd_f32s(row).0[column] = sum;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::rate;

    #[test]
    fn the_product_in_any_number_of_rows() {
        let (a, wide) = (6, 32);
        for n in [1, 7, 8, 9, 20] {
            let asked: Vec<f32> = (0..n * a).map(|i| (i % 13) as f32 - 6.0).collect();
            let offered: Vec<f32> = (0..a * wide).map(|i| (i % 7) as f32 - 3.0).collect();
            let mut scores = vec![9.0; n * wide];
            rate(&asked, &offered, a, wide, &mut scores);
            for (i, s) in scores.iter().enumerate() {
                let (row, column) = (i / wide, i % wide);
                let exact: f32 = (0..a).map(|k| asked[row * a + k] * offered[k * wide + column]).sum();
                assert_eq!(*s, exact, "{n} rows, {row}, {column}");
            }
        }
    }
}
