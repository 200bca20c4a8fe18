//! Where a report was filed: "SRINAGAR: …", "KABUL, Dec 11 (AFP) -", "MANSFIELD -- …".

use super::candidates::Candidate;
use counterclaim_text::Syntax;

/// True for the name that opens a dateline.
pub(super) fn is_dateline(text: &str, syntax: &Syntax, c: &Candidate) -> bool {
    let t = &syntax.tokens;
    let start = t[c.first].span.start as usize;
    if start > 0 && !text[..start].trim_end_matches([' ', '\t']).ends_with('\n') {
        return false;
    }
    let line = text[start..].lines().next().unwrap_or("");
    let head: String = line.chars().take(60).collect();
    let after = &head[(t[c.last].span.end as usize - start).min(head.len())..];
    let upper = t[c.first].span.of(text).chars().all(|c| !c.is_lowercase());
    let mark = after.find([':', '-', '–', '—']);
    let stop = after.find(". ").unwrap_or(usize::MAX);
    match mark {
        Some(at) if upper && at < stop => {
            !after[..at].chars().any(char::is_lowercase) || after[..at].contains(',') || after[..at].contains('(')
        }
        Some(at) if at < stop => {
            after.starts_with(',') && after[..at].chars().any(|c| c.is_ascii_digit())
                || after.starts_with(':') && start == 0
        }
        _ => false,
    }
}
