//! Two signatures side by side: copies, a part of the other, or neither.

use crate::Signature;
use crate::signature::below;
use crate::words::shared;

/// How two texts stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// Neither is made of the other.
    Apart,
    /// Both are mostly the same text.
    Copies,
    /// Most of the first stands in the second, which has much more.
    FirstInSecond,
    /// Most of the second stands in the first, which has much more.
    SecondInFirst,
}

/// Copies share at least this part of both texts. Measured: `examples/measure.rs`.
const COPY: f64 = 0.25;
/// A part shares at least this much of itself.
const PART: f64 = 0.5;
/// Fewer runs than that say nothing, unless they are all that both texts have.
const FEWEST: usize = 6;

/// How two texts stand to each other, by the share of runs that they have in common. Exact for texts of up to
/// [`crate::MOST`] runs, from a sample for longer ones.
///
/// # Example
/// ```
/// use counterclaim_copies::{Likeness, likeness, runs, signature};
/// let s = |text: &str| signature(&runs(text));
/// let story = "The bridge over the river was closed on Monday after a blast, the district office said, and traffic was led over the old ford.";
/// let reprint = story.replace("Monday", "Monday evening");
/// assert_eq!(likeness(&s(story), &s(&reprint)), Likeness::Copies);
/// assert_eq!(likeness(&s(story), &s("A blast on the bridge stopped all traffic, drivers told our reporter at the ford.")), Likeness::Apart);
/// ```
pub fn likeness(a: &Signature, b: &Signature) -> Likeness {
    let (of_a, of_b, shared, smaller) = shares(a, b);
    if shared < FEWEST && shared < smaller || shared == 0 {
        return Likeness::Apart;
    }
    match () {
        () if of_a.min(of_b) >= COPY => Likeness::Copies,
        () if of_a >= PART => Likeness::FirstInSecond,
        () if of_b >= PART => Likeness::SecondInFirst,
        () => Likeness::Apart,
    }
}

/// The shared part of either, how many runs of the sample are shared, and the size of the smaller sample.
fn shares(a: &Signature, b: &Signature) -> (f64, f64, usize, usize) {
    let halvings = a.halvings.max(b.halvings);
    let cut = |s: &Signature| s.sample.partition_point(|h| below(*h, halvings));
    let (a, b) = (&a.sample[..cut(a)], &b.sample[..cut(b)]);
    let shared = shared(a, b);
    let part = |n: usize| if n == 0 { 0.0 } else { shared as f64 / n as f64 };
    (part(a.len()), part(b.len()), shared, a.len().min(b.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{runs, signature};

    fn words(from: usize, to: usize) -> String {
        (from..to).map(|n| format!("w{n} ")).collect()
    }

    #[test]
    fn parts_and_copies() {
        let s = |from, to| signature(&runs(&words(from, to)));
        assert_eq!(likeness(&s(0, 100), &s(0, 120)), Likeness::Copies);
        assert_eq!(likeness(&s(0, 60), &s(0, 600)), Likeness::FirstInSecond);
        assert_eq!(likeness(&s(0, 900), &s(100, 160)), Likeness::SecondInFirst);
        assert_eq!(likeness(&s(0, 100), &s(200, 300)), Likeness::Apart);
        // A part of a text far longer than the sample.
        assert_eq!(likeness(&s(500, 800), &s(0, 9000)), Likeness::FirstInSecond);
        assert_eq!(likeness(&s(0, 0), &s(0, 0)), Likeness::Apart);
        assert_eq!(likeness(&s(0, 3), &s(0, 3)), Likeness::Copies);
    }
}
