//! The two tallies that every scorer counts in, and the named figure that tables print.

use std::ops::AddAssign;

/// Found things against gold things: precision, recall and F1.
///
/// An empty comparison scores 0, as in `score.py` of the desk set.
///
/// # Example
/// ```
/// use counterclaim_evaluation::Count;
/// let c = Count { hit: 3, extra: 1, missed: 2 };
/// assert_eq!(c.precision(), 0.75);
/// assert_eq!(c.recall(), 0.6);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Predicted and in gold.
    pub hit: usize,
    /// Predicted, not in gold.
    pub extra: usize,
    /// In gold, not predicted.
    pub missed: usize,
}

impl Count {
    /// A tally from the size of both sides and of what they share.
    pub fn of(hit: usize, gold: usize, predicted: usize) -> Self {
        Count { hit, extra: predicted.saturating_sub(hit), missed: gold.saturating_sub(hit) }
    }

    /// Adds to the three counts.
    pub fn add(&mut self, hit: usize, extra: usize, missed: usize) {
        *self += Count { hit, extra, missed };
    }

    /// Share of predictions that are right.
    pub fn precision(&self) -> f64 {
        ratio(self.hit, self.hit + self.extra)
    }

    /// Share of gold that was found.
    pub fn recall(&self) -> f64 {
        ratio(self.hit, self.gold())
    }

    /// Harmonic mean of precision and recall.
    pub fn f1(&self) -> f64 {
        ratio(2 * self.hit, 2 * self.hit + self.extra + self.missed)
    }

    /// Number of gold things.
    pub fn gold(&self) -> usize {
        self.hit + self.missed
    }

    /// Number of predicted things.
    pub fn predicted(&self) -> usize {
        self.hit + self.extra
    }
}

impl AddAssign for Count {
    fn add_assign(&mut self, other: Count) {
        self.hit += other.hit;
        self.extra += other.extra;
        self.missed += other.missed;
    }
}

/// Right answers out of all questions asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// Right answers.
    pub right: usize,
    /// Questions.
    pub of: usize,
}

impl Share {
    /// Counts one question.
    pub fn add(&mut self, right: bool) {
        self.right += usize::from(right);
        self.of += 1;
    }

    /// Right answers per question; 0 if none was asked.
    pub fn value(&self) -> f64 {
        ratio(self.right, self.of)
    }
}

impl AddAssign for Share {
    fn add_assign(&mut self, other: Share) {
        self.right += other.right;
        self.of += other.of;
    }
}

/// One named figure of one gold set, ready for a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// What was measured, as the published source calls it; `table` looks published values up by it.
    pub name: &'static str,
    /// The figure, mostly between 0 and 1.
    pub value: f64,
    /// How many gold things it rests on.
    pub n: usize,
}

impl Figure {
    /// A figure with its base.
    pub fn new(name: &'static str, value: f64, n: usize) -> Self {
        Figure { name, value, n }
    }
}

/// `a / b`, or 0 when there is nothing to divide by.
pub(crate) fn ratio(a: usize, b: usize) -> f64 {
    a as f64 / b.max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_and_shares() {
        let mut c = Count::of(2, 4, 3);
        assert_eq!(c, Count { hit: 2, extra: 1, missed: 2 });
        c.add(1, 0, 0);
        assert_eq!((c.gold(), c.predicted()), (5, 4));
        assert!((c.f1() - 6.0 / 9.0).abs() < 1e-12);
        assert_eq!(Count::default().f1(), 0.0);
        let mut s = Share::default();
        assert_eq!(s.value(), 0.0);
        s.add(true);
        s.add(false);
        assert_eq!(s.value(), 0.5);
    }
}
