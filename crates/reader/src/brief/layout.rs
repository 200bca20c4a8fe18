//! Setting text in lines and columns: cleaning, wrapping and padding by the width that a terminal shows.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Makes words of a report safe to print, at most `longest` characters: white space becomes one blank, control
/// characters show as `U+FFFD`, and characters that reorder or hide text are left out.
///
/// A report could otherwise move the cursor, recolour the brief or show one side's words under the other's name.
pub fn clean(text: &str, longest: usize) -> String {
    let mut out = String::new();
    let (mut count, mut blank) = (0, false);
    for c in text.chars() {
        if c.is_whitespace() {
            blank = true;
            continue;
        }
        if hides_or_reorders(c) {
            continue;
        }
        if count >= longest {
            out.push_str(" […]");
            break;
        }
        if blank && count > 0 {
            out.push(' ');
            count += 1;
        }
        blank = false;
        out.push(if c.is_control() { '\u{FFFD}' } else { c });
        count += 1;
    }
    out
}

/// Marks, embeddings, overrides and isolates of direction; invisible characters. Joiners stay: scripts need them.
fn hides_or_reorders(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

/// Lines of at most `width` columns. Words longer than a line are cut between clusters of characters.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    let width = width.max(1);
    let mut lines = vec![];
    let (mut line, mut used) = (String::new(), 0);
    for word in text.split_whitespace() {
        let mut needed = word.width();
        if used > 0 && used + 1 + needed > width {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        if used > 0 {
            line.push(' ');
            used += 1;
        }
        if needed > width {
            for cluster in word.graphemes(true) {
                needed = cluster.width();
                if used + needed > width && used > 0 {
                    lines.push(std::mem::take(&mut line));
                    used = 0;
                }
                line.push_str(cluster);
                used += needed;
            }
        } else {
            line.push_str(word);
            used += needed;
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// The text, filled with blanks to `width` columns.
pub(super) fn pad(text: &str, width: usize) -> String {
    let mut out = text.to_owned();
    out.extend(std::iter::repeat_n(' ', width.saturating_sub(text.width())));
    out
}

/// Fences text that runs from right to left with left-to-right marks, so that a terminal that reorders text does so
/// inside its own cell: two Urdu quotes side by side would otherwise change places.
pub(super) fn fenced(text: String) -> String {
    const MARK: char = '\u{200E}';
    if text.chars().any(runs_right_to_left) { format!("{MARK}{text}{MARK}") } else { text }
}

fn runs_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}'
        | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
}

/// How many columns of at least `narrowest` fit, at most three, and how wide each is.
pub(super) fn columns(wanted: usize, width: usize, gap: usize, narrowest: usize) -> (usize, usize) {
    let mut n = wanted.clamp(1, 3);
    while n > 1 && (width.saturating_sub(gap * (n - 1))) / n < narrowest {
        n -= 1;
    }
    (n, width.saturating_sub(gap * (n - 1)) / n)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_words_are_harmless() {
        assert_eq!(
            clean("a\x1b[31mred\x07 \u{202E}evil\u{2066}  \n\tb\u{85}c", 100),
            "a\u{FFFD}[31mred\u{FFFD} evil b c"
        );
        assert_eq!(clean("abcdef", 3), "abc […]");
        assert_eq!(clean("abc ", 3), "abc");
        assert_eq!(clean("می\u{200C}خواهم", 100), "می\u{200C}خواهم");
    }

    #[test]
    fn lines_never_exceed_the_width() {
        assert_eq!(wrap("fire in Kurram on Monday", 10), ["fire in", "Kurram on", "Monday"]);
        assert_eq!(wrap("incomprehensibility", 8), ["incompre", "hensibil", "ity"]);
        assert_eq!(wrap("边境交火 在周一", 7), ["边境交", "火", "在周一"]);
        assert!(wrap("", 7).is_empty());
        for line in wrap(&"漢字かな交じり文 é̂ 👩‍👩‍👧 word ".repeat(9), 5) {
            assert!(line.width() <= 5, "{line}");
        }
    }

    #[test]
    fn columns_share_the_width() {
        assert_eq!(columns(2, 65, 3, 26), (2, 31));
        assert_eq!(columns(3, 65, 3, 26), (2, 31));
        assert_eq!(columns(3, 107, 3, 26), (3, 33));
        assert_eq!(columns(5, 40, 3, 26), (1, 40));
    }
}
