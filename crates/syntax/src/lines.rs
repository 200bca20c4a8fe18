//! Finds the stretches of a text in which sentences can be looked for: line breaks that end a sentence are
//! told apart from line breaks that only wrap a long line.

use std::ops::Range;

/// Lines of a paragraph longer than this, in bytes, are not taken to be wrapped.
const WIDEST: usize = 140;

/// A paragraph narrower than this is not taken to be wrapped.
const NARROWEST: usize = 40;

/// How much shorter than the widest line a wrapped line may stay, in bytes, beyond the word that did not fit.
const SLACK: usize = 8;

/// Calls `each` with every stretch of `text` that has no sentence-ending line break inside. Single line breaks
/// inside a stretch are wrapped lines.
pub fn stretches(text: &str, mut each: impl FnMut(Range<usize>)) {
    let mut block: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    let bytes = text.as_bytes();
    while start <= bytes.len() {
        let end = bytes[start..].iter().position(|&b| b == b'\n').map_or(bytes.len(), |n| start + n);
        if text[start..end].trim().is_empty() || block.len() >= 4000 {
            flush(text, &mut block, &mut each);
        }
        if !text[start..end].trim().is_empty() {
            block.push(start..end);
        }
        start = end + 1;
    }
    flush(text, &mut block, &mut each);
}

fn flush(text: &str, block: &mut Vec<Range<usize>>, each: &mut impl FnMut(Range<usize>)) {
    let length = |r: &Range<usize>| text[r.clone()].trim_end().len();
    let widest = block.iter().map(length).max().unwrap_or(0);
    let mut at = 0;
    while at < block.len() {
        let mut end = at + 1;
        while end < block.len() && is_wrap(text, &block[end - 1], &block[end], widest) {
            end += 1;
        }
        each(block[at].start..block[end - 1].end);
        at = end;
    }
    block.clear();
}

/// True if the break between two lines only wraps a line: the next word would not have fitted.
fn is_wrap(text: &str, line: &Range<usize>, next: &Range<usize>, widest: usize) -> bool {
    let (line, next) = (text[line.clone()].trim(), text[next.clone()].trim());
    let first = next.split_whitespace().next().unwrap_or("");
    let item = first.starts_with(['•', '*', '·', '▪', '●']);
    if item {
        return false;
    }
    let flows = line.ends_with(|c: char| c.is_lowercase() || c == ',') && first.starts_with(|c: char| c.is_lowercase());
    let fits = line.len() + 1 + first.len() + SLACK <= widest;
    flows || ((NARROWEST..=WIDEST).contains(&widest) && !fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        let mut out = Vec::new();
        stretches(text, |r| out.push(&text[r]));
        out
    }

    #[test]
    fn a_blank_line_always_breaks() {
        assert_eq!(split("One\n\nTwo\n \nThree"), ["One", "Two", "Three"]);
    }

    #[test]
    fn short_lines_are_a_list_and_full_lines_are_wrapped() {
        assert_eq!(split("Harbour news\nBoats left at dawn\nTwo ships stayed").len(), 3);
        let wrapped = "The harbour office said on Tuesday that the ferry from the\nnorthern islands would not sail before the storm had passed and\nthe pier was safe.";
        assert_eq!(split(wrapped).len(), 1);
    }

    #[test]
    fn nothing_gives_nothing() {
        assert!(split(" \n\n ").is_empty());
    }
}
