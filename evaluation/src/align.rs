//! Aligns predicted words with gold words of the same text, as the CoNLL 2018 shared task does.
//!
//! Words with identical spans are aligned. Around a multiword token, whose words have no spans of their own, the
//! words of both sides are aligned by their longest common subsequence of lower-cased forms. This is the alignment
//! of `conll18_ud_eval.py` (Zeman et al. 2018, "CoNLL 2018 shared task: multilingual parsing from raw text to
//! Universal Dependencies").

/// A word for alignment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unit {
    /// First position in the text without white space; that of the token for a word of a multiword token.
    pub start: usize,
    /// One past the last position.
    pub end: usize,
    /// True for a word of a multiword token.
    pub multiword: bool,
    /// Lower-cased form.
    pub form: String,
}

/// The pairs (gold, predicted) of aligned words, in order.
pub(crate) fn align(gold: &[Unit], pred: &[Unit]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    let (mut gi, mut pi) = (0, 0);
    while gi < gold.len() && pi < pred.len() {
        let (g, p) = (&gold[gi], &pred[pi]);
        if g.multiword || p.multiword {
            let region = multiword_region(gold, pred, gi, pi);
            common_subsequence(gold, pred, &region, &mut pairs);
            (gi, pi) = (region.gold_end, region.pred_end);
        } else if (g.start, g.end) == (p.start, p.end) {
            pairs.push((gi, pi));
            gi += 1;
            pi += 1;
        } else if g.start <= p.start {
            gi += 1;
        } else {
            pi += 1;
        }
    }
    pairs
}

/// The words of both sides that overlap one or several chained multiword tokens.
struct Region {
    gold_start: usize,
    gold_end: usize,
    pred_start: usize,
    pred_end: usize,
}

fn multiword_region(gold: &[Unit], pred: &[Unit], mut gi: usize, mut pi: usize) -> Region {
    let mut end;
    if gold[gi].multiword {
        end = gold[gi].end;
        if !pred[pi].multiword && pred[pi].start < gold[gi].start {
            pi += 1;
        }
    } else {
        end = pred[pi].end;
        if !gold[gi].multiword && gold[gi].start < pred[pi].start {
            gi += 1;
        }
    }
    let (gold_start, pred_start) = (gi, pi);
    while !beyond(gold.get(gi), end) || !beyond(pred.get(pi), end) {
        let take_gold = match (gold.get(gi), pred.get(pi)) {
            (Some(g), Some(p)) => g.start <= p.start,
            (g, _) => g.is_some(),
        };
        let unit = if take_gold { &gold[gi] } else { &pred[pi] };
        if unit.multiword && unit.end > end {
            end = unit.end;
        }
        if take_gold { gi += 1 } else { pi += 1 }
    }
    Region { gold_start, gold_end: gi, pred_start, pred_end: pi }
}

fn beyond(unit: Option<&Unit>, end: usize) -> bool {
    unit.is_none_or(|u| if u.multiword { u.start >= end } else { u.end > end })
}

fn common_subsequence(gold: &[Unit], pred: &[Unit], r: &Region, pairs: &mut Vec<(usize, usize)>) {
    let (gold, pred) = (&gold[r.gold_start..r.gold_end], &pred[r.pred_start..r.pred_end]);
    let width = pred.len() + 1;
    // longest[g * width + p]: length of the longest common subsequence of the tails from g and p.
    let mut longest = vec![0usize; (gold.len() + 1) * width];
    for g in (0..gold.len()).rev() {
        for p in (0..pred.len()).rev() {
            let both = longest[(g + 1) * width + p + 1] + 1;
            let skip = longest[(g + 1) * width + p].max(longest[g * width + p + 1]);
            let same = gold[g].form == pred[p].form;
            longest[g * width + p] = if same { both.max(skip) } else { skip };
        }
    }
    let (mut g, mut p) = (0, 0);
    while g < gold.len() && p < pred.len() {
        if gold[g].form == pred[p].form {
            pairs.push((r.gold_start + g, r.pred_start + p));
            g += 1;
            p += 1;
        } else if longest[g * width + p] == longest[(g + 1) * width + p] {
            g += 1;
        } else {
            p += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(list: &[(usize, usize, bool, &str)]) -> Vec<Unit> {
        let unit = |&(start, end, multiword, form): &(usize, usize, bool, &str)| Unit {
            start,
            end,
            multiword,
            form: form.to_owned(),
        };
        list.iter().map(unit).collect()
    }

    #[test]
    fn identical_spans_align() {
        let gold = units(&[(0, 3, false, "the"), (3, 6, false, "cat"), (6, 7, false, ".")]);
        let pred = units(&[(0, 3, false, "the"), (3, 7, false, "cat.")]);
        assert_eq!(align(&gold, &pred), [(0, 0)]);
    }

    #[test]
    fn words_of_a_multiword_token_align_by_form() {
        let gold = units(&[(0, 2, false, "we"), (2, 6, true, "ca"), (2, 6, true, "n't"), (6, 8, false, "go")]);
        let split = units(&[(0, 2, false, "we"), (2, 3, false, "c"), (3, 6, false, "n't"), (6, 8, false, "go")]);
        assert_eq!(align(&gold, &split), [(0, 0), (2, 2), (3, 3)]);
        let whole = units(&[(0, 2, false, "we"), (2, 6, false, "can't"), (6, 8, false, "go")]);
        assert_eq!(align(&gold, &whole), [(0, 0), (3, 2)]);
        let early = units(&[(0, 3, false, "wec"), (3, 6, false, "n't"), (6, 8, false, "go")]);
        assert_eq!(align(&gold, &early), [(2, 1), (3, 2)]);
    }
}
