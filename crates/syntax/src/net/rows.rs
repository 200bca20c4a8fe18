//! Activations in 8 bits: whole numbers from -127 to 127, with a scale for each row.

use super::wide::wide;

/// Rows of rounded numbers: a number of row `r` is its whole number times `scale[r]`.
#[derive(Default)]
pub struct Rows {
    pub(super) values: Vec<i8>,
    pub(super) scale: Vec<f32>,
}

impl Rows {
    /// Rounds rows of `width` numbers. What was there before goes.
    pub fn fill(&mut self, x: &[f32], width: usize) {
        self.values.resize(x.len(), 0);
        self.scale.resize(x.len() / width, 0.0);
        round_wide(x, width, &mut self.values, &mut self.scale);
    }
}

/// The largest number of a row becomes 127. Plain arithmetic and whole numbers, so that many are worked on at a time and
/// every machine gives the same bits.
#[inline(always)]
fn round(x: &[f32], width: usize, values: &mut [i8], scale: &mut [f32]) {
    /// Added to a small float, it leaves the nearest whole number in the last bits.
    const WHOLE: f32 = 12_582_912.0;
    for ((row, values), scale) in x.chunks_exact(width).zip(values.chunks_exact_mut(width)).zip(scale) {
        // Floats without their sign are ordered as their bits are.
        let top = f32::from_bits(row.iter().fold(0, |top: u32, v| top.max(v.to_bits() & 0x7fff_ffff)));
        let steps = 127.0 / top.max(1e-9);
        *scale = top / 127.0;
        for (q, v) in values.iter_mut().zip(row) {
            *q = (v * steps + WHOLE).to_bits() as i8;
        }
    }
}

wide!(fn round_wide = round(x: &'a [f32], width: usize, values: &'a mut [i8], scale: &'a mut [f32]));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_rounded_on_its_own_scale() {
        let x = [0.5, -2.54, 1.0, 0.011, 0.0, 0.0, 0.0, -0.0, 3.0, 1.5, -0.75, -3.0];
        let mut rows = Rows::default();
        rows.fill(&[9.0; 40], 4);
        rows.fill(&x, 4);
        assert_eq!(rows.values, [25, -127, 50, 1, 0, 0, 0, 0, 127, 64, -32, -127]);
        assert_eq!(rows.scale, [2.54 / 127.0, 0.0, 3.0 / 127.0]);
    }

    #[test]
    fn numbers_come_back_to_half_a_step() {
        let x: Vec<f32> = (0..4096).map(|i| ((i * 7919 % 4001) as f32 - 2000.0) / 371.0).collect();
        let mut rows = Rows::default();
        rows.fill(&x, 256);
        for (i, v) in x.iter().enumerate() {
            let scale = rows.scale[i / 256];
            assert!((rows.values[i] as f32 * scale - v).abs() <= 0.501 * scale, "{v}");
        }
    }
}
