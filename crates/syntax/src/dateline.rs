//! A dateline ("KABUL, Dec 11 (AFP) —") stands before a report's first sentence and is a sentence of its own: parsed as part
//! of the clause after it, it would upset the tree. Treebanks have next to none, so this is a rule.

use crate::tokenize::Piece;

/// Most words in a dateline.
const LONGEST: usize = 16;

/// How many pieces of a paragraph are its dateline; zero if it has none.
pub fn length(text: &str, pieces: &[Piece]) -> usize {
    let word = |p: &Piece| &text[p.start..p.end];
    let mut capitals = 0;
    let mut open = false;
    for (i, p) in pieces.iter().take(LONGEST).enumerate() {
        let w = word(p);
        match w {
            "(" | "[" => open = true,
            ")" | "]" => open = false,
            "—" | "–" | "--" | "-" | "―" => {
                // "SAN-" and the like go on; a dash that ends a dateline is followed by a space or a capital.
                let rest = pieces.get(i + 1).is_some();
                return if capitals > 0 && i > 0 && !open && rest { i + 1 } else { 0 };
            }
            // "PESHAWAR: Two boats left": the usual form in South Asia.
            ":" if i > 0 && !open => return if pieces.len() > i + 3 { i + 1 } else { 0 },
            "," | "." | "/" if i > 0 => {}
            _ if open => {}
            _ if i == 0 => {
                if !in_capitals(w) {
                    return 0;
                }
                capitals += 1;
            }
            _ if in_capitals(w) || month(w) || w.bytes().all(|b| b.is_ascii_digit()) => {}
            // "KABUL, Afghanistan —"
            _ if w.starts_with(char::is_uppercase) && i > 1 && word(&pieces[i - 1]) == "," => {}
            _ => return 0,
        }
    }
    0
}

/// At least three letters, all of them capitals.
fn in_capitals(w: &str) -> bool {
    w.chars().filter(|c| c.is_alphabetic()).count() > 2 && !w.chars().any(char::is_lowercase)
}

fn month(w: &str) -> bool {
    let w = w.trim_end_matches('.');
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    w.len() >= 3 && MONTHS.iter().any(|m| m.starts_with(w) || w == "Sept")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tokenize::Gap;

    fn of(text: &str) -> usize {
        let mut at = 0;
        let pieces: Vec<Piece> = text
            .split(' ')
            .map(|w| {
                let p = Piece { start: at, end: at + w.len(), gap: Gap::Space };
                at += w.len() + 1;
                p
            })
            .collect();
        length(text, &pieces)
    }

    #[test]
    fn datelines_and_what_only_looks_like_one() {
        assert_eq!(of("KABUL , Dec 11 ( AFP ) — Two boats left ."), 8);
        assert_eq!(of("QUETTA : Two boats left — they sank ."), 2);
        assert_eq!(of("NAIROBI , Kenya - Two boats left ."), 4);
        assert_eq!(of("Two boats - both old - left ."), 0);
        assert_eq!(of("BOATS LEFT"), 0);
        assert_eq!(of("UNICEF staff - all of them - left ."), 0);
    }
}
