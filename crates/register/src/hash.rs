//! Hashes and the chain: every row that is kept carries the SHA-256 of itself and of the row before it.

use sha2::{Digest, Sha256};

/// SHA-256 in hexadecimal.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}

/// What stands before the first row.
pub(crate) const START: &str = "";

/// The hash of a row: SHA-256 of the JSON list of its cells, numbers as texts, and of the hash of the row before.
///
/// Anyone can compute it with a few lines of any language; `docs/register.md` shows them.
pub(crate) fn link(cells: &[&str], previous: &str) -> String {
    let mut all: Vec<&str> = cells.to_vec();
    all.push(previous);
    // A list of texts always has a JSON form.
    sha256(&serde_json::to_vec(&all).unwrap_or_default())
}

/// A short name for an object: a letter and the first digits of the hash of its parts.
pub(crate) fn name(letter: char, digits: usize, parts: &[&str]) -> String {
    let digest = sha256(&serde_json::to_vec(parts).unwrap_or_default());
    format!("{letter}{}", &digest[..digits])
}

/// A number that orders objects by day and then by their names: 22 bits of day, 41 of hash.
pub(crate) fn ord(day: &str, name: &str) -> i64 {
    let digest = Sha256::digest(name.as_bytes());
    let low = digest.iter().take(8).fold(0u64, |n, b| n << 8 | u64::from(*b)) & ((1 << 41) - 1);
    (first_ord(day)) | low as i64
}

/// The lowest number of a day; unknown days come first.
pub(crate) fn first_ord(day: &str) -> i64 {
    let start = jiff::civil::date(1, 1, 1);
    let days = day.parse::<jiff::civil::Date>().ok().and_then(|d| start.until(d).ok()).map_or(0, |s| s.get_days());
    i64::from(days.max(0)) << 41
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_follow_days() {
        assert!(ord("2024-03-18", "a") < first_ord("2024-03-19") && ord("2024-03-18", "b") >= first_ord("2024-03-18"));
        assert!(ord("", "z") < first_ord("0001-01-02") && first_ord("9999-12-31") > 0);
        assert_eq!(first_ord("nonsense"), 0);
    }

    #[test]
    fn a_link_depends_on_every_cell_and_on_what_came_before() {
        let one = link(&["1", "a"], START);
        assert_eq!(one, sha256(br#"["1","a",""]"#));
        assert_ne!(one, link(&["1", "a"], "x"));
        assert_ne!(link(&["1a"], ""), link(&["1", "a"], ""));
    }
}
