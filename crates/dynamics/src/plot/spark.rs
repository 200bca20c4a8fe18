//! Sparklines: a series as one line of blocks.

const BLOCKS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
/// What was not collected.
const GAP: char = '·';

/// The series in at most `width` characters, from 0 (lowest block) to `top` (highest). Where several values share a character their
/// mean is shown; values that are not a number are gaps, shown as a dot, never as 0.
///
/// # Example
///
/// ```
/// assert_eq!(counterclaim_dynamics::sparkline(&[0.0, 7.0, f64::NAN, 14.0], 10, 14.0), "▁▄·█");
/// ```
///
/// # Source
///
/// Tufte (2006), *Beautiful Evidence*.
pub fn sparkline(values: &[f64], width: usize, top: f64) -> String {
    let block = |mean: f64| {
        let share = if top > 0.0 { (mean / top).clamp(0.0, 1.0) } else { 0.0 };
        // A little is never shown as nothing.
        BLOCKS[((share * 7.0).floor() as usize + usize::from(share > 0.0 && share < 1.0 / 7.0)).min(7)]
    };
    cells(values, width).into_iter().map(|m| m.map_or(GAP, block)).collect()
}

/// The highest mean of a character of [`sparkline`], to be given to it as `top`; 0 of nothing.
pub fn sparkline_top(values: &[f64], width: usize) -> f64 {
    cells(values, width).into_iter().flatten().fold(0.0, f64::max)
}

/// The mean of each character; none for a gap.
fn cells(values: &[f64], width: usize) -> Vec<Option<f64>> {
    let n = values.len();
    let width = width.clamp(1, n.max(1));
    let cell = |c: usize| {
        let part = &values[c * n / width..(c + 1) * n / width];
        let part: Vec<f64> = part.iter().copied().filter(|v| v.is_finite()).collect();
        (!part.is_empty()).then(|| crate::special::mean(&part))
    };
    if n == 0 { vec![] } else { (0..width).map(cell).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_as_wide_as_asked_and_nothing_small_is_shown_as_nothing() {
        let values: Vec<f64> = (0..100).map(f64::from).collect();
        assert_eq!(sparkline(&values, 20, 99.0).chars().count(), 20);
        assert_eq!(sparkline(&[0.0, 0.1], 9, 100.0), "▁▂");
        assert_eq!((sparkline_top(&[1.0, 3.0, f64::NAN, 8.0], 2), sparkline_top(&[], 2)), (8.0, 0.0));
        assert_eq!(sparkline(&[], 9, 1.0), "");
        assert_eq!(sparkline(&[f64::NAN; 3], 3, 1.0), "···");
        assert_eq!(sparkline(&[1.0], 0, 0.0), "▁");
    }
}
