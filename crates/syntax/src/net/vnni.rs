//! The product of `kernel` on machines that multiply and add in one instruction (AVX-512 VNNI): the same whole numbers,
//! to the bit. This is the one place of the project with `unsafe`: the instruction may only be used where it exists.

#![allow(unsafe_code)]

use super::kernel::{BLOCK, Line, Matrix};
use pulp::cast;
use std::arch::x86_64::{_mm512_dpwssd_epi32, _mm512_set1_epi32, _mm512_setzero_si512};
use std::cell::RefCell;

/// Rows that are worked on together: with two blocks of outputs, 16 sums stay in registers.
const ROWS: usize = 8;

thread_local! {
    /// Used again from product to product.
    static TILES: RefCell<Vec<[i32; ROWS]>> = const { RefCell::new(Vec::new()) };
}

/// Fills `out` and says true, or says false on a machine without the instruction.
pub fn apply(m: &Matrix, x: &[i16], out: &mut [f32], n: usize) -> bool {
    let able = is_x86_feature_detected!("avx512f")
        && is_x86_feature_detected!("avx512bw")
        && is_x86_feature_detected!("avx512vnni");
    if able {
        // SAFETY: the machine has the instructions that `product` is compiled with, as was asked a line above.
        TILES.with_borrow_mut(|tiles| unsafe { product(m, x, out, n, tiles) });
    }
    able
}

/// Blocks of outputs outside, rows inside: the weights of a block are read once and stay in the nearest cache.
#[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
fn product(m: &Matrix, x: &[i16], out: &mut [f32], n: usize, tiles: &mut Vec<[i32; ROWS]>) {
    fill(tiles, m.inputs, x, n);
    let pairs = m.inputs / 2;
    let blocks = m.outputs / BLOCK;
    for block in (0..blocks).step_by(2) {
        for (k, tile) in tiles.chunks_exact(pairs).enumerate() {
            let t = k * ROWS;
            let here = (n - t).min(ROWS);
            if block + 2 <= blocks {
                tile_of::<2>(m, tile, t, here, block, out);
            } else {
                tile_of::<1>(m, tile, t, here, block, out);
            }
        }
    }
}

/// Pairs of inputs as the product wants them: for `ROWS` rows the first pair of each, then the second, and so on. The last
/// rows are filled up with zeros.
fn fill(tiles: &mut Vec<[i32; ROWS]>, k: usize, x: &[i16], n: usize) {
    let pairs = k / 2;
    tiles.clear();
    tiles.resize(n.div_ceil(ROWS) * pairs, [0; ROWS]);
    for (rows, tile) in x.chunks(ROWS * k).zip(tiles.chunks_exact_mut(pairs)) {
        for (r, row) in rows.chunks_exact(k).enumerate() {
            for (pair, to) in row.as_chunks::<2>().0.iter().zip(tile.iter_mut()) {
                to[r] = cast(*pair);
            }
        }
    }
}

/// `ROWS` rows from row `t` on, of which `here` count, times `B` blocks of outputs from `block` on.
#[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
fn tile_of<const B: usize>(m: &Matrix, tile: &[[i32; ROWS]], t: usize, here: usize, block: usize, out: &mut [f32]) {
    // Loops instead of closures: those may be compiled by themselves, without the instructions of this function.
    let mut lines: [&[Line]; B] = [&[]; B];
    for b in 0..B {
        lines[b] = &m.lines(block + b)[..tile.len()];
    }
    let mut sum = [[_mm512_setzero_si512(); ROWS]; B];
    for (p, x) in tile.iter().enumerate() {
        let mut weights = [_mm512_setzero_si512(); B];
        for b in 0..B {
            weights[b] = cast(lines[b][p].0);
        }
        for r in 0..ROWS {
            let both = _mm512_set1_epi32(x[r]);
            for b in 0..B {
                sum[b][r] = _mm512_dpwssd_epi32(sum[b][r], both, weights[b]);
            }
        }
    }
    for (b, sum) in sum.iter().enumerate() {
        for (r, s) in sum[..here].iter().enumerate() {
            m.finish(&cast(*s), t + r, block + b, out);
        }
    }
}
