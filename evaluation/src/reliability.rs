//! Whether stated confidence holds: of things said to be right with a share of 0.8 to 0.9, 80 to 90 in a hundred should be.

use std::fmt::Write;

/// One thing with its stated share of belief, and whether it is right.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Judged {
    /// Stated share, 0 to 1.
    pub share: f64,
    /// True if gold has it.
    pub right: bool,
}

/// Things whose stated shares lie together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bin {
    /// Lower end; the upper one is 0.1 above.
    pub from: f64,
    /// How many there are.
    pub n: usize,
    /// Mean of their stated shares.
    pub stated: f64,
    /// Share of them that is right.
    pub right: f64,
}

/// Bins of a width of 0.1; empty ones are left out.
pub fn bins(all: &[Judged]) -> Vec<Bin> {
    let mut out = Vec::new();
    for k in 0..10usize {
        let inside: Vec<&Judged> = all.iter().filter(|j| ((j.share * 10.0) as usize).min(9) == k).collect();
        if inside.is_empty() {
            continue;
        }
        let n = inside.len() as f64;
        out.push(Bin {
            from: k as f64 / 10.0,
            n: inside.len(),
            stated: inside.iter().map(|j| j.share).sum::<f64>() / n,
            right: inside.iter().filter(|j| j.right).count() as f64 / n,
        });
    }
    out
}

/// Expected calibration error: the mean distance of stated and true shares over the bins, by their size.
pub fn ece(all: &[Judged]) -> f64 {
    let n = all.len().max(1) as f64;
    bins(all).iter().map(|b| b.n as f64 / n * (b.stated - b.right).abs()).sum()
}

/// The mean squared distance of the stated share from what was true (Brier 1950).
pub fn brier(all: &[Judged]) -> f64 {
    let one = |j: &Judged| (j.share - f64::from(u8::from(j.right))).powi(2);
    all.iter().map(one).sum::<f64>() / all.len().max(1) as f64
}

/// A Markdown table of the bins under a heading.
pub fn markdown(title: &str, all: &[Judged]) -> String {
    let mut out = format!("\n### {title}\n\n| confidence | n | stated | right |\n|---|--:|--:|--:|\n");
    for b in bins(all) {
        let _ = writeln!(out, "| {:.1}–{:.1} | {} | {:.2} | {:.2} |", b.from, b.from + 0.1, b.n, b.stated, b.right);
    }
    let _ = writeln!(out, "\n{} in all; ECE {:.3}; Brier score {:.3}.", all.len(), ece(all), brier(all));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bins_compare_what_was_stated_with_what_held() {
        let j = |share, right| Judged { share, right };
        let all = [j(0.85, true), j(0.85, true), j(0.85, false), j(0.85, true), j(1.0, false)];
        let b = bins(&all);
        assert_eq!(b.len(), 2);
        assert_eq!((b[0].n, b[1].n), (4, 1));
        assert!((b[0].right - 0.75).abs() < 1e-12);
        assert!((ece(&all) - (0.8 * 0.10 + 0.2 * 1.0)).abs() < 1e-12);
        assert!((brier(&[j(0.5, true)]) - 0.25).abs() < 1e-12);
        assert!(markdown("T", &all).contains("| 0.8–0.9 | 4 | 0.85 | 0.75 |"));
    }
}
