//! Times the fits, placebos and backtests of crates/dynamics on one core: `cargo bench -p counterclaim-benches --bench dynamics`.

use counterclaim_dynamics::{
    DRAWS, Daily, Dice, HALF_LIVES, Hawkes, NegBin, Sampler, backtest, fit, placebo, run_lengths, simulate, study,
};
use divan::Bencher;

fn main() {
    divan::main();
}

/// Times of about `n` events of `d` series that excite each other equally.
fn times(d: usize, n: f64) -> (Vec<Vec<f64>>, f64) {
    let model = Hawkes { baseline: vec![0.4; d], branching: vec![vec![0.6 / d as f64; d]; d], decay: 1.5 };
    let end = n / d as f64;
    (simulate(&model, end, 3).unwrap_or_default(), end)
}

/// One fit at a fixed decay; series and events.
#[divan::bench(args = [(2, 100_000), (10, 100_000), (10, 1_000_000), (30, 100_000)], sample_count = 5)]
fn hawkes_fit(bencher: Bencher, (d, n): (usize, usize)) {
    let (times, end) = times(d, n as f64);
    bencher.bench_local(|| fit(divan::black_box(&times), end, 1.5));
}

/// Three series over 2,771 days, about as busy as the published example.
fn days() -> Option<Daily> {
    let mut dice = Dice::new(1, 0);
    let rate = |t: usize| 0.4 + 0.3 * (t as f64 / 120.0).sin();
    let counts = (0..3).map(|_| (0..2771).map(|t| dice.poisson(rate(t)) as f64).collect()).collect();
    Daily::new(counts, None).ok()
}

/// 199 rounds of the placebo under a quarterly baseline, half-life profiled anew in each.
#[divan::bench(sample_count = 5)]
fn placebo_199(bencher: Bencher) {
    let Some(daily) = days() else { return };
    let Ok(found) = daily.fit(&HALF_LIVES, Some(91)) else { return };
    bencher.bench_local(|| placebo(divan::black_box(&daily), &found, &HALF_LIVES, 199, 1));
}

/// Everything that `counterclaim reactions` looks at.
#[divan::bench(sample_count = 3)]
fn whole_study(bencher: Bencher) {
    let Some(daily) = days() else { return };
    bencher.bench_local(|| study(divan::black_box(&daily), &Default::default()));
}

/// 133 units, 446 months, 147 origins, four horizons.
#[divan::bench(sample_count = 3)]
fn world_backtest(bencher: Bencher) {
    let unit = |u: u64| -> Vec<f64> {
        let mut dice = Dice::new(2, u);
        let law = Sampler::new(&NegBin::new(0.02 * 1.1_f64.powi(u as i32 % 90), 0.3));
        (0..446).map(|_| law.at(dice.uniform()) as f64).collect()
    };
    let series: Vec<Vec<f64>> = (0..133).map(unit).collect();
    bencher.bench_local(|| backtest(divan::black_box(&series), 287, &[1, 3, 6, 12], DRAWS));
}

/// Run lengths over 446 months.
#[divan::bench]
fn run_lengths_446(bencher: Bencher) {
    let mut dice = Dice::new(3, 0);
    let counts: Vec<f64> = (0..446).map(|_| dice.poisson(20.0) as f64).collect();
    bencher.bench_local(|| run_lengths(divan::black_box(&counts), 1.0 / 24.0, 1.0, 0.05, 3));
}
