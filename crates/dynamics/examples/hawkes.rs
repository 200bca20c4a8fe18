//! Fits a Hawkes model to a file of events, for comparison with other programs: `hawkes FILE D END DECAY RUNS`.
//!
//! FILE has one event a line, series and time. Prints likelihood, parameters and the best time of RUNS fits as JSON.

use counterclaim_dynamics::{fit, log_likelihood};
use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [file, d, end, decay, runs] = &args[..] else { return Err("usage: hawkes FILE D END DECAY RUNS".into()) };
    let (d, end, decay, runs): (usize, f64, f64, usize) = (d.parse()?, end.parse()?, decay.parse()?, runs.parse()?);
    let mut times = vec![vec![]; d];
    for (n, line) in std::fs::read_to_string(file)?.lines().enumerate() {
        let wrong = || format!("{file}, line {}: write a series from 0 to {} and a time", n + 1, d.saturating_sub(1));
        let (series, time) = line.split_once(' ').ok_or_else(wrong)?;
        times.get_mut(series.parse::<usize>()?).ok_or_else(wrong)?.push(time.parse()?);
    }
    let mut found = fit(&times, end, decay)?;
    let mut best = f64::INFINITY;
    for _ in 0..runs.max(1) {
        let start = Instant::now();
        found = std::hint::black_box(fit(std::hint::black_box(&times), end, decay)?);
        best = best.min(start.elapsed().as_secs_f64());
    }
    let value = log_likelihood(&times, end, &found.model)?;
    println!(
        "{{\"seconds\": {best}, \"log_likelihood\": {value:?}, \"baseline\": {:?}, \"adjacency\": {:?}, \"steps\": {}}}",
        found.model.baseline, found.model.branching, found.steps
    );
    Ok(())
}
