//! One concave problem behind both Hawkes models: a rate that is a baseline plus non-negative multiples of traces.
//!
//! Maximise f(b, a) = Σ wₖ ln(b_g(k) + Σⱼ aⱼ xⱼₖ) − Σ_g b_g E_g − Σⱼ aⱼ Cⱼ over b, a ≥ 0. Rows k are events, in order of
//! their stretch g of the baseline. The Hessian is an arrow: diagonal in b, so stretches cost next to nothing.

/// Rows handled at a time: small enough to stay in the first cache with 30 columns.
const CHUNK: usize = 64;
/// One column of a chunk. The length is fixed, so that sums run at full width without checks.
type Row = [f64; CHUNK];
/// From this many rows on, a first fit of a sixteenth of them gives the starting point.
const LARGE: usize = 4096;
/// Newton steps at most; ten are usual.
const STEPS: usize = 80;
/// Newton's decrement at which the last step is taken without looking again; what it leaves is of the second order.
const ENOUGH: f64 = 1e-9;

/// The data of one target.
#[derive(Clone, Copy)]
pub(crate) struct Rows<'a> {
    /// Column after column, each with `stride` entries of which the first `rows` count.
    pub columns: &'a [f64],
    pub stride: usize,
    pub rows: usize,
    /// Square roots of the weights, or none if all are 1.
    pub roots: Option<&'a [f64]>,
    /// Where each stretch of rows ends; ascending, the last is `rows`.
    pub ends: &'a [usize],
    /// E: how much time each stretch lasts.
    pub exposure: &'a [f64],
    /// C: the integral of each trace.
    pub cost: &'a [f64],
}

/// Where the search ended.
#[derive(Clone, Debug)]
pub(crate) struct Optimum {
    pub baseline: Vec<f64>,
    pub slopes: Vec<f64>,
    pub value: f64,
    /// Covariance of the slopes among those that are not held at 0; 0 elsewhere. Square, row after row.
    pub covariance: Vec<f64>,
    pub steps: usize,
    pub converged: bool,
}

/// A slope that is held at a value, for profiles and tests.
pub(crate) type Held = Option<(usize, f64)>;

/// Value, gradient and the three parts of the negative Hessian.
struct Look {
    value: f64,
    gradient_b: Vec<f64>,
    gradient_a: Vec<f64>,
    /// Diagonal in b.
    bb: Vec<f64>,
    /// Stretches by columns.
    ba: Vec<f64>,
    /// Columns by columns; only b ≥ a is filled.
    aa: Vec<f64>,
}

impl Rows<'_> {
    fn width(&self) -> usize {
        self.cost.len()
    }

    fn weight(&self, from: usize, to: usize) -> f64 {
        self.roots.map_or((to - from) as f64, |r| r[from..to].iter().map(|x| x * x).sum())
    }

    /// The value alone.
    pub fn value(&self, baseline: &[f64], slopes: &[f64]) -> f64 {
        self.look(baseline, slopes).value
    }

    /// The gradient by baseline and by slopes.
    pub fn gradient(&self, baseline: &[f64], slopes: &[f64]) -> (Vec<f64>, Vec<f64>) {
        let look = self.look(baseline, slopes);
        (look.gradient_b, look.gradient_a)
    }

    /// Weight over rate of every row: what a further column would be multiplied with in the gradient of its slope.
    pub fn pull(&self, baseline: &[f64], slopes: &[f64]) -> Vec<f64> {
        let mut rate = Vec::with_capacity(self.rows);
        for (end, base) in self.ends.iter().zip(baseline) {
            rate.resize((*end).max(rate.len()), *base);
        }
        for (j, a) in slopes.iter().enumerate().filter(|(_, a)| **a != 0.0) {
            let column = &self.columns[j * self.stride..][..self.rows];
            rate.iter_mut().zip(column).for_each(|(r, x)| *r += a * x);
        }
        let weight = |k: usize| self.roots.map_or(1.0, |r| r[k] * r[k]);
        rate.iter().enumerate().map(|(k, r)| weight(k) / r).collect()
    }

    fn look(&self, baseline: &[f64], slopes: &[f64]) -> Look {
        let (d, groups) = (self.width(), self.exposure.len());
        let mut look = Look {
            value: 0.0,
            gradient_b: self.exposure.iter().map(|e| -e).collect(),
            gradient_a: self.cost.iter().map(|c| -c).collect(),
            bb: vec![0.0; groups],
            ba: vec![0.0; groups * d],
            aa: vec![0.0; d * d],
        };
        let mut scaled = vec![[0.0; CHUNK]; d];
        let mut start = 0;
        for (g, end) in self.ends.iter().enumerate() {
            let mut from = start;
            while from < *end {
                let n = CHUNK.min(end - from);
                self.chunk(g, from, n, baseline[g], slopes, &mut scaled, &mut look);
                from += n;
            }
            start = *end;
        }
        look.value -= self.exposure.iter().zip(baseline).map(|(e, b)| e * b).sum::<f64>();
        look.value -= self.cost.iter().zip(slopes).map(|(c, a)| c * a).sum::<f64>();
        if look.value.is_nan() {
            look.value = f64::NEG_INFINITY;
        }
        look
    }

    #[allow(clippy::too_many_arguments)]
    fn chunk(&self, g: usize, from: usize, n: usize, base: f64, slopes: &[f64], scaled: &mut [Row], look: &mut Look) {
        let d = self.width();
        let column = |j: usize| &self.columns[j * self.stride + from..][..n];
        let mut rate = [1.0; CHUNK];
        rate[..n].fill(base);
        for (j, a) in slopes.iter().enumerate().filter(|(_, a)| **a != 0.0) {
            rate[..n].iter_mut().zip(column(j)).for_each(|(r, x)| *r += a * x);
        }
        // z = √w/λ; a row's share in the Hessian is z² x xᵀ, in the gradient z √w x. Rows that are not there have z = 0.
        let (mut z, mut root) = ([0.0; CHUNK], [0.0; CHUNK]);
        match self.roots.map(|r| &r[from..from + n]) {
            None => {
                look.value += sum_of_logs(&rate[..n]);
                root[..n].fill(1.0);
            }
            Some(roots) => {
                look.value += rate.iter().zip(roots).map(|(r, w)| w * w * r.ln()).sum::<f64>();
                root[..n].copy_from_slice(roots);
            }
        }
        for k in 0..n {
            z[k] = root[k] / rate[k];
        }
        look.gradient_b[g] += dot(&z, &root);
        look.bb[g] += dot(&z, &z);
        for (j, target) in scaled.iter_mut().enumerate() {
            for ((t, x), z) in target.iter_mut().zip(column(j)).zip(&z) {
                *t = x * z;
            }
            target[n..].fill(0.0);
            let [by_root, by_z] = dot2(target, [&root, &z]);
            look.gradient_a[j] += by_root;
            look.ba[g * d + j] += by_z;
        }
        for (j, x) in scaled.iter().enumerate() {
            let row = &mut look.aa[j * d..(j + 1) * d];
            let mut fours = scaled[j..].chunks_exact(4);
            let mut k = j;
            for four in fours.by_ref() {
                let sums = dot4(x, [&four[0], &four[1], &four[2], &four[3]]);
                row[k..k + 4].iter_mut().zip(sums).for_each(|(h, s)| *h += s);
                k += 4;
            }
            for y in fours.remainder() {
                row[k] += dot(x, y);
                k += 1;
            }
        }
    }

    /// Projected Newton (Bertsekas 1982, *SIAM J. Control Optim.* 20): coordinates at 0 that want to fall further rest,
    /// the others take Newton's step, cut off at 0 and halved until f rises enough.
    pub fn maximise(&self, held: Held) -> Optimum {
        let d = self.width();
        let total = self.weight(0, self.rows);
        let mut b = Vec::with_capacity(self.ends.len());
        let mut start = 0;
        for (end, e) in self.ends.iter().zip(self.exposure) {
            b.push(if *e > 0.0 { 0.5 * self.weight(start, *end) / e } else { 0.0 });
            start = *end;
        }
        let mut a: Vec<f64> =
            self.cost.iter().map(|c| if *c > 0.0 { 0.5 * total / (c * d as f64) } else { 0.0 }).collect();
        if let Some((j, value)) = held {
            a[j] = value;
        }
        if self.rows >= LARGE && self.ends.len() == 1 {
            let few = self.rows / 16;
            let share = self.weight(0, few) / total;
            let (exposure, cost) =
                ([self.exposure[0] * share], self.cost.iter().map(|c| c * share).collect::<Vec<_>>());
            let first = Rows { rows: few, ends: &[few], exposure: &exposure, cost: &cost, ..*self };
            // A slope at exactly 0 could not be told from one that rests there.
            let found = first.climb(b.clone(), a.clone(), held);
            let lift = |x: f64, y: f64| x.max(1e-3 * y);
            let (b2, a2): (Vec<f64>, Vec<f64>) = (
                found.baseline.iter().zip(&b).map(|(x, y)| lift(*x, *y)).collect(),
                found.slopes.iter().zip(&a).map(|(x, y)| lift(*x, *y)).collect(),
            );
            (b, a) = (b2, a2);
            if let Some((j, value)) = held {
                a[j] = value;
            }
        }
        self.climb(b, a, held)
    }

    /// From a given start.
    pub fn climb(&self, mut b: Vec<f64>, mut a: Vec<f64>, held: Held) -> Optimum {
        let d = self.width();
        let mut look = self.look(&b, &a);
        let mut steps = 0;
        let mut converged = false;
        let mut system;
        loop {
            steps += 1;
            system = Arrow::new(&look, &b, &a, held, d);
            let (db, da) = system.solve(&look.gradient_b, &look.gradient_a);
            let gain = system.decrement(&look, &db, &da);
            // The last step only, if it stays inside.
            let inside = b.iter().zip(&db).chain(a.iter().zip(&da)).all(|(x, dx)| x + dx >= 0.0);
            if gain < ENOUGH && inside {
                b.iter_mut().zip(&db).for_each(|(x, dx)| *x += dx);
                a.iter_mut().zip(&da).for_each(|(x, dx)| *x += dx);
                look.value += 0.5 * gain.max(0.0);
                converged = true;
                break;
            }
            if steps > STEPS || gain.is_nan() {
                break;
            }
            let mut step = 1.0;
            let moved = loop {
                let take = |x: &[f64], dx: &[f64]| -> Vec<f64> {
                    x.iter().zip(dx).map(|(x, dx)| (x + step * dx).max(0.0)).collect()
                };
                let (b2, a2) = (take(&b, &db), take(&a, &da));
                let rise: f64 =
                    look.gradient_b.iter().zip(b2.iter().zip(&b)).map(|(g, (n, o))| g * (n - o)).sum::<f64>()
                        + look.gradient_a.iter().zip(a2.iter().zip(&a)).map(|(g, (n, o))| g * (n - o)).sum::<f64>();
                let next = self.look(&b2, &a2);
                if next.value >= look.value + 1e-4 * rise - 1e-13 * look.value.abs() && next.value.is_finite() {
                    (b, a, look) = (b2, a2, next);
                    break true;
                }
                step *= 0.5;
                if step < 1e-9 {
                    break false;
                }
            };
            if !moved {
                // No way up is left within rounding.
                converged = gain < 1e-6;
                break;
            }
        }
        Optimum { value: look.value, baseline: b, slopes: a, covariance: system.inverse(d), steps, converged }
    }
}

/// The free part of the arrow-shaped system, reduced to the slopes (Schur complement) and factorised.
struct Arrow {
    /// 1/diagonal for free stretches, 0 for those at rest.
    inverse_b: Vec<f64>,
    ba: Vec<f64>,
    free: Vec<usize>,
    /// Lower Cholesky factor over the free slopes.
    factor: Vec<f64>,
}

impl Arrow {
    fn new(look: &Look, b: &[f64], a: &[f64], held: Held, d: usize) -> Arrow {
        let free: Vec<usize> = (0..d)
            .filter(|j| (a[*j] > 0.0 || look.gradient_a[*j] > 0.0) && held.is_none_or(|(h, _)| h != *j))
            .filter(|j| look.aa[j * d + j] > 0.0)
            .collect();
        let inverse_b: Vec<f64> = (0..b.len())
            .map(|g| if (b[g] > 0.0 || look.gradient_b[g] > 0.0) && look.bb[g] > 0.0 { 1.0 / look.bb[g] } else { 0.0 })
            .collect();
        let n = free.len();
        let mut schur = vec![0.0; n * n];
        for (r, j) in free.iter().enumerate() {
            for (c, k) in free.iter().enumerate().take(r + 1) {
                schur[r * n + c] = look.aa[k.min(j) * d + k.max(j)];
            }
        }
        for (g, inverse) in inverse_b.iter().enumerate().filter(|(_, i)| **i > 0.0) {
            let row = &look.ba[g * d..(g + 1) * d];
            for (r, j) in free.iter().enumerate() {
                let x = row[*j] * inverse;
                for (c, k) in free.iter().enumerate().take(r + 1) {
                    schur[r * n + c] -= x * row[*k];
                }
            }
        }
        // Traces that say nothing apart from the others leave a pivot near 0.
        for r in 0..n {
            schur[r * n + r] += 1e-12 * look.aa[free[r] * d + free[r]];
        }
        cholesky(&mut schur, n);
        Arrow { inverse_b, ba: look.ba.clone(), free, factor: schur }
    }

    fn solve(&self, gb: &[f64], ga: &[f64]) -> (Vec<f64>, Vec<f64>) {
        let (d, n) = (ga.len(), self.free.len());
        let mut x: Vec<f64> = self.free.iter().map(|j| ga[*j]).collect();
        for (g, inverse) in self.inverse_b.iter().enumerate().filter(|(_, i)| **i > 0.0) {
            let t = gb[g] * inverse;
            x.iter_mut().zip(&self.free).for_each(|(x, j)| *x -= self.ba[g * d + j] * t);
        }
        substitute(&self.factor, n, &mut x);
        let mut da = vec![0.0; d];
        self.free.iter().zip(&x).for_each(|(j, x)| da[*j] = *x);
        let db =
            (0..gb.len()).map(|g| self.inverse_b[g] * (gb[g] - product(&self.ba[g * d..(g + 1) * d], &da))).collect();
        (db, da)
    }

    /// gᵀ H⁻¹ g over the free coordinates.
    fn decrement(&self, look: &Look, db: &[f64], da: &[f64]) -> f64 {
        // Stretches without an event have no curvature: their way is straight down to 0.
        let idle: f64 =
            self.inverse_b.iter().zip(&look.gradient_b).filter(|(i, g)| **i == 0.0 && **g > 0.0).count() as f64;
        product(&look.gradient_b, db) + product(&look.gradient_a, da) + idle
    }

    fn inverse(&self, d: usize) -> Vec<f64> {
        let n = self.free.len();
        let mut all = vec![0.0; d * d];
        for (c, k) in self.free.iter().enumerate() {
            let mut x = vec![0.0; n];
            x[c] = 1.0;
            substitute(&self.factor, n, &mut x);
            self.free.iter().zip(&x).for_each(|(j, x)| all[j * d + k] = *x);
        }
        all
    }
}

/// In place, lower half; a pivot that is not positive becomes very large, so that its coordinate rests.
fn cholesky(m: &mut [f64], n: usize) {
    for r in 0..n {
        for c in 0..=r {
            let mut x = m[r * n + c];
            for k in 0..c {
                x -= m[r * n + k] * m[c * n + k];
            }
            m[r * n + c] = if r == c { if x > 0.0 { x.sqrt() } else { 1e150 } } else { x / m[c * n + c] };
        }
    }
}

fn substitute(factor: &[f64], n: usize, x: &mut [f64]) {
    for r in 0..n {
        for k in 0..r {
            x[r] -= factor[r * n + k] * x[k];
        }
        x[r] /= factor[r * n + r];
    }
    for r in (0..n).rev() {
        for k in r + 1..n {
            x[r] -= factor[k * n + r] * x[k];
        }
        x[r] /= factor[r * n + r];
    }
}

fn product(x: &[f64], y: &[f64]) -> f64 {
    x.iter().zip(y).map(|(a, b)| a * b).sum()
}

fn dot(x: &Row, y: &Row) -> f64 {
    let mut lanes = [0.0; 8];
    for k in (0..CHUNK).step_by(8) {
        for l in 0..8 {
            lanes[l] += x[k + l] * y[k + l];
        }
    }
    lanes.iter().sum()
}

/// Two products with one left side, which is then loaded once.
fn dot2(x: &Row, [y0, y1]: [&Row; 2]) -> [f64; 2] {
    let mut lanes = [[0.0; 4]; 2];
    for k in (0..CHUNK).step_by(4) {
        for l in 0..4 {
            lanes[0][l] += x[k + l] * y0[k + l];
            lanes[1][l] += x[k + l] * y1[k + l];
        }
    }
    lanes.map(|l| l.iter().sum())
}

/// The same with four.
fn dot4(x: &Row, [y0, y1, y2, y3]: [&Row; 4]) -> [f64; 4] {
    let mut lanes = [[0.0; 4]; 4];
    for k in (0..CHUNK).step_by(4) {
        for l in 0..4 {
            let a = x[k + l];
            lanes[0][l] += a * y0[k + l];
            lanes[1][l] += a * y1[k + l];
            lanes[2][l] += a * y2[k + l];
            lanes[3][l] += a * y3[k + l];
        }
    }
    lanes.map(|l| l.iter().sum())
}

/// Σ ln x by products of eight: rates of sound data lie far from the ends of the number range, and if a product leaves
/// it, the logarithms are taken one by one.
fn sum_of_logs(x: &[f64]) -> f64 {
    x.chunks(8)
        .map(|c| {
            let product: f64 = c.iter().product();
            if product.is_normal() { product.ln() } else { c.iter().map(|v| v.ln()).sum() }
        })
        .sum()
}
