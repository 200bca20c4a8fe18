//! Processor time of single-threaded work, and the bars of speed.

use super::sheet::Sheet;
use anyhow::Result;
use counterclaim_dynamics::{Hawkes, fit, simulate};
use std::time::{Duration, Instant};

/// The fits of the Hawkes model.
pub fn hawkes(sheet: &mut Sheet) -> Result<()> {
    sheet.heading("Hawkes, processor time of a fit on one core, best of three (the aim at D=2 is 15 ms)");
    for (d, n, bar) in [(2, 1e5, 60.0), (10, 1e5, 200.0), (10, 1e6, 1500.0), (30, 1e5, 800.0)] {
        let alpha = 0.6 / f64::from(d);
        let width = d as usize;
        let model = Hawkes { baseline: vec![0.4; width], branching: vec![vec![alpha; width]; width], decay: 1.5 };
        let end = n / f64::from(d);
        let times = simulate(&model, end, 3)?;
        let events: usize = times.iter().map(Vec::len).sum();
        let steps = fit(&times, end, 1.5)?.steps;
        let time = best(3, || fit(&times, end, 1.5).map(|f| f.steps).unwrap_or(0));
        sheet.most(&format!("D={d}, {events} events, {steps} steps"), bar, time.as_secs_f64() * 1e3, 0, " ms");
    }
    Ok(())
}

/// The best of several runs, so that other work on the machine disturbs least.
pub fn best<T>(runs: usize, mut work: impl FnMut() -> T) -> Duration {
    let run = |_| {
        let (start, wall) = (on_processor(), Instant::now());
        std::hint::black_box(work());
        match (start, on_processor()) {
            (Some(a), Some(b)) => b.saturating_sub(a),
            _ => wall.elapsed(),
        }
    };
    (0..runs).map(run).min().unwrap_or_default()
}

/// Time that this thread has spent on a processor; none where the system does not tell. Everything here runs on one thread.
fn on_processor() -> Option<Duration> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split_whitespace().next()?.parse().ok().map(Duration::from_nanos)
}
