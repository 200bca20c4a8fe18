//! What past events leave behind: the traces βRⱼ at every event, in one pass over all events.

use crate::Fault;

/// Traces as each target sees them.
pub(crate) struct Traces {
    /// For each target i, column after column: the traces of all sources at each of its events.
    pub at: Vec<Vec<f64>>,
    /// The integral of each source's trace over the window, in events.
    pub cost: Vec<f64>,
}

/// Checks order and range of the times, in days from 0 to `end`.
pub(crate) fn check(times: &[Vec<f64>], end: f64) -> Result<(), Fault> {
    if times.is_empty() || !(end > 0.0 && end.is_finite()) {
        return Err(Fault::input("there must be a series, and the window must last longer than 0 days"));
    }
    for (i, series) in times.iter().enumerate() {
        let inside = series.iter().all(|t| (0.0..=end).contains(t));
        if !inside || series.windows(2).any(|w| w[0] > w[1]) {
            return Err(Fault::input(format!("the times of series {} must be sorted and lie from 0 to {end}", i + 1)));
        }
    }
    Ok(())
}

/// All events in order of time, with their series.
pub(crate) fn merged(times: &[Vec<f64>]) -> Vec<(f64, u32)> {
    let mut all = Vec::with_capacity(times.iter().map(Vec::len).sum());
    for (i, series) in times.iter().enumerate() {
        all.extend(series.iter().map(|t| (*t, i as u32)));
    }
    // A stable sort finds the sorted stretches and merges them.
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    all
}

/// Ogata's recursion. Events at one and the same time do not excite each other: only later times see them.
pub(crate) fn traces(times: &[Vec<f64>], end: f64, decay: f64) -> Traces {
    let d = times.len();
    let mut at: Vec<Vec<f64>> = times.iter().map(|t| vec![0.0; t.len() * d]).collect();
    let mut filled = vec![0; d];
    let mut state = vec![0.0; d];
    let all = merged(times);
    let (mut now, mut next) = (0.0, 0);
    while next < all.len() {
        let time = all[next].0;
        let fade = (-decay * (time - now)).exp();
        state.iter_mut().for_each(|r| *r *= fade);
        now = time;
        let first = next;
        while next < all.len() && all[next].0 == time {
            let i = all[next].1 as usize;
            let (n, row) = (times[i].len(), filled[i]);
            state.iter().enumerate().for_each(|(j, r)| at[i][j * n + row] = *r);
            filled[i] += 1;
            next += 1;
        }
        all[first..next].iter().for_each(|(_, i)| state[*i as usize] += decay);
    }
    // What has not faded by the end has not been paid for: the integral is n − R(end).
    let fade = (-decay * (end - now)).exp();
    let cost = times.iter().zip(&state).map(|(t, r)| (t.len() as f64 - r * fade / decay).max(0.0)).collect();
    Traces { at, cost }
}
