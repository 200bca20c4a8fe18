//! Labels of marked stretches: outside, begin and inside for each class, and the best row of labels that is sound.

use std::ops::Range;

/// The labels of one kind of mark: where they lie among the outputs and how many classes they tell apart.
#[derive(Clone, Copy)]
pub struct Scheme {
    /// First output.
    pub at: usize,
    /// Number of classes.
    pub classes: usize,
}

/// Names of persons, organisations, places, peoples and other things.
pub const NAMES: Scheme = Scheme { at: 0, classes: 5 };

/// Source, cue and content of reported speech.
pub const SPEECH: Scheme = Scheme { at: 11, classes: 3 };

/// Outputs in all, rounded up to what the kernels work on.
pub const OUTPUTS: usize = 32;

impl Scheme {
    /// Number of labels: "outside", then "begin" and "inside" of each class.
    pub fn labels(self) -> usize {
        1 + 2 * self.classes
    }

    /// The outputs of the scheme.
    pub fn outputs(self) -> Range<usize> {
        self.at..self.at + self.labels()
    }

    /// The label of a word in a stretch of a class.
    pub fn label(self, class: usize, first: bool) -> u8 {
        (1 + 2 * class + usize::from(!first)) as u8
    }

    /// The stretches of the most likely sound row of labels, where "inside" only follows the same class. `scores`
    /// holds one row of `OUTPUTS` numbers a word; at the words for which `fresh` holds no stretch goes on.
    pub fn decode(self, scores: &[f32], fresh: impl Fn(usize) -> bool, mut found: impl FnMut(usize, Range<usize>)) {
        let n = scores.len() / OUTPUTS;
        let labels = self.labels();
        let mut best = [0.0f32; 16];
        let mut back: Vec<[u8; 16]> = Vec::with_capacity(n);
        for (t, row) in scores.chunks_exact(OUTPUTS).enumerate() {
            let row = &row[self.outputs()];
            // Only the difference to "outside" matters.
            let (mut next, mut from) = ([f32::MIN; 16], [0u8; 16]);
            let top = (0..labels).fold(0, |a, l| if best[l] > best[a] { l } else { a });
            for l in 0..labels {
                let inside = l > 0 && l % 2 == 0;
                let (score, source) = if !inside {
                    (best[top], top)
                } else if t == 0 || fresh(t) {
                    continue;
                } else if best[l] > best[l - 1] {
                    (best[l], l)
                } else {
                    (best[l - 1], l - 1)
                };
                if score > f32::MIN {
                    (next[l], from[l]) = (score + row[l], source as u8);
                }
            }
            best = next;
            back.push(from);
        }
        let mut l = (0..labels).fold(0, |a, l| if best[l] > best[a] { l } else { a });
        let mut end = n;
        let mut out = Vec::new();
        for t in (0..n).rev() {
            if l == 0 {
                end = t;
            } else if l % 2 == 1 {
                out.push(((l - 1) / 2, t..end));
                end = t;
            }
            l = back[t][l] as usize;
        }
        out.into_iter().rev().for_each(|(class, r)| found(class, r));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decode(rows: &[&[f32; 7]], fresh: &[usize]) -> Vec<(usize, Range<usize>)> {
        let mut scores = vec![0.0; rows.len() * OUTPUTS];
        for (row, r) in scores.chunks_exact_mut(OUTPUTS).zip(rows) {
            row[SPEECH.outputs()].copy_from_slice(*r);
        }
        let mut out = Vec::new();
        SPEECH.decode(&scores, |t| fresh.contains(&t), |c, r| out.push((c, r)));
        out
    }

    #[test]
    fn an_inside_needs_its_begin() {
        let o = &[3.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0];
        let b = &[0.0, 0.0, 0.0, 2.0, 0.0, 0.0, 0.0];
        let i = &[0.0, 0.0, 0.0, 0.5, 2.0, 0.0, 0.0];
        assert_eq!(decode(&[o, b, i, o], &[]), [(1, 1..3)]);
        assert_eq!(decode(&[o, i, i, o], &[]), [(1, 1..3)]);
        assert_eq!(decode(&[b, b, i], &[]), [(1, 0..1), (1, 1..3)]);
        assert_eq!(decode(&[b, i, i], &[2]), [(1, 0..2), (1, 2..3)]);
        assert_eq!(decode(&[], &[]), []);
    }
}
