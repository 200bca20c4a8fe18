//! The product of `kernel` on machines that multiply four bytes with four and add the products in one instruction (AVX-512
//! VNNI): the same whole numbers, to the bit. This is the one place of the project with `unsafe`: the instruction may only
//! be used where it exists.

#![allow(unsafe_code)]

use super::kernel::{BLOCK, Matrix};
use super::rows::Rows;
use pulp::cast;
use std::arch::x86_64::{__m512i, _mm512_dpbusd_epi32, _mm512_set1_epi32};
use std::cell::RefCell;

/// Rows that are worked on together: with two blocks of outputs, 16 sums stay in registers.
const ROWS: usize = 8;

/// The weights of four inputs: four for each output of a block.
#[derive(Clone, Copy)]
#[repr(align(64))]
struct Line([i8; 4 * BLOCK]);

/// Weights in the order of the instruction, which takes its first bytes without a sign: activations are raised by 128 there,
/// and sums start with what that adds, taken off.
pub struct Quads {
    /// Blocks of outputs, in each a line for every four inputs.
    lines: Vec<Line>,
    start: Vec<[i32; BLOCK]>,
}

thread_local! {
    /// Used again from product to product.
    static TILES: RefCell<Vec<[i32; ROWS]>> = const { RefCell::new(Vec::new()) };
}

/// Whether this machine has the instruction.
pub fn able() -> bool {
    is_x86_feature_detected!("avx512f")
        && is_x86_feature_detected!("avx512bw")
        && is_x86_feature_detected!("avx512vnni")
}

impl Quads {
    /// Packs weights that stand row by row, `inputs` × `outputs`.
    pub fn pack(weights: &[i8], inputs: usize, outputs: usize) -> Quads {
        let mut lines = vec![Line([0; 4 * BLOCK]); outputs / BLOCK * (inputs / 4)];
        let mut start = vec![[0; BLOCK]; outputs / BLOCK];
        for (i, row) in weights.chunks_exact(outputs).enumerate() {
            for (o, &w) in row.iter().enumerate() {
                lines[o / BLOCK * (inputs / 4) + i / 4].0[o % BLOCK * 4 + i % 4] = w;
                start[o / BLOCK][o % BLOCK] -= 128 * w as i32;
            }
        }
        Quads { lines, start }
    }

    /// Fills `out`. Only a machine that is [`able`] packs quads.
    pub fn apply(&self, m: &Matrix, x: &Rows, out: &mut [f32]) {
        assert!(able(), "weights are packed for another machine");
        // SAFETY: the machine has the instructions that `product` is compiled with, as was asked a line above.
        TILES.with_borrow_mut(|tiles| unsafe { self.product(m, x, out, tiles) });
    }

    /// Blocks of outputs outside, rows inside: the weights of a block are read once and stay in the nearest cache.
    #[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
    fn product(&self, m: &Matrix, x: &Rows, out: &mut [f32], tiles: &mut Vec<[i32; ROWS]>) {
        let quads = m.inputs / 4;
        fill(tiles, m.inputs, &x.values);
        let blocks = self.start.len();
        for block in (0..blocks).step_by(2) {
            for (tile, (t, scale)) in tiles.chunks_exact(quads).zip((0..).step_by(ROWS).zip(x.scale.chunks(ROWS))) {
                if block + 2 <= blocks {
                    self.tile_of::<2>(m, tile, t, scale, block, out);
                } else {
                    self.tile_of::<1>(m, tile, t, scale, block, out);
                }
            }
        }
    }

    /// Rows from row `t` on, one for each of `scale`, times `B` blocks of outputs from `block` on.
    #[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
    fn tile_of<const B: usize>(
        &self,
        m: &Matrix,
        tile: &[[i32; ROWS]],
        t: usize,
        scale: &[f32],
        block: usize,
        out: &mut [f32],
    ) {
        // Loops instead of closures: those may be compiled by themselves, without the instructions of this function.
        let mut lines: [&[Line]; B] = [&[]; B];
        let mut sum: [[__m512i; ROWS]; B] = [[cast([0i32; BLOCK]); ROWS]; B];
        for b in 0..B {
            lines[b] = &self.lines[(block + b) * tile.len()..][..tile.len()];
            sum[b] = [cast(self.start[block + b]); ROWS];
        }
        for (p, x) in tile.iter().enumerate() {
            let mut weights: [__m512i; B] = [cast([0i32; BLOCK]); B];
            for b in 0..B {
                weights[b] = cast(lines[b][p].0);
            }
            for r in 0..ROWS {
                let four = _mm512_set1_epi32(x[r]);
                for b in 0..B {
                    sum[b][r] = _mm512_dpbusd_epi32(sum[b][r], four, weights[b]);
                }
            }
        }
        // Copied first: sums that are looked at in a loop whose length is not known would live in memory all along.
        let mut done = [[[0i32; BLOCK]; ROWS]; B];
        for b in 0..B {
            for r in 0..ROWS {
                done[b][r] = cast(sum[b][r]);
            }
        }
        for (b, done) in done.iter().enumerate() {
            for (r, (sum, scale)) in done.iter().zip(scale).enumerate() {
                m.finish(sum, *scale, t + r, block + b, out);
            }
        }
    }
}

/// Activations as the product wants them, raised by 128: for `ROWS` rows the first four of each, then the next four, and so
/// on. The last rows are filled up with something that is not kept.
fn fill(tiles: &mut Vec<[i32; ROWS]>, inputs: usize, x: &[i8]) {
    let quads = inputs / 4;
    tiles.clear();
    tiles.resize(x.len().div_ceil(ROWS * inputs) * quads, [0; ROWS]);
    for (rows, tile) in x.chunks(ROWS * inputs).zip(tiles.chunks_exact_mut(quads)) {
        for (r, row) in rows.chunks_exact(inputs).enumerate() {
            for (four, to) in row.as_chunks::<4>().0.iter().zip(tile.iter_mut()) {
                // Raising a byte by 128 turns its first bit round.
                to[r] = i32::from_ne_bytes(cast::<[i8; 4], [u8; 4]>(*four)) ^ i32::from_ne_bytes([0x80; 4]);
            }
        }
    }
}
