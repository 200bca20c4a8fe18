//! Hostile text in tables and messages: spreadsheet formulas, control and bidirectional characters.
//!
//! Cells come back as they were: what is escaped on the way out is unescaped on the way in, and nothing else is touched.

/// True for a cell that a spreadsheet may take for a formula; a plain number is none.
fn is_formula(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) && !is_number(cell)
}

/// A sign, digits with a point, an exponent: nothing that a spreadsheet evaluates.
fn is_number(cell: &str) -> bool {
    let unsigned = cell.strip_prefix(['+', '-']).unwrap_or(cell);
    let plain = unsigned.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'e' | b'E' | b'+' | b'-'));
    unsigned.starts_with(|c: char| c.is_ascii_digit() || c == '.') && plain && cell.parse::<f64>().is_ok()
}

/// The cell with a single quotation mark in front if a spreadsheet might take it for a formula.
///
/// # Example
/// ```
/// use counterclaim_exchange::{escape_formula, unescape_formula};
/// assert_eq!(escape_formula("=HYPERLINK(1)"), "'=HYPERLINK(1)");
/// assert_eq!(escape_formula("-3.5"), "-3.5");
/// assert_eq!(unescape_formula(&escape_formula("'=1")), "'=1");
/// ```
pub fn escape_formula(cell: &str) -> String {
    if is_formula(cell.trim_start_matches('\'')) { format!("'{cell}") } else { cell.to_owned() }
}

/// Undoes [`escape_formula`].
pub fn unescape_formula(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if is_formula(cell.trim_start_matches('\'')) => rest,
        _ => cell,
    }
}

/// Longest value that a message quotes, in characters.
const LONGEST: usize = 60;

/// A value as messages show it to people: short, and with control and bidirectional characters spelled out.
///
/// # Example
/// ```
/// assert_eq!(counterclaim_exchange::shown("a\u{202E}b\n"), "a<U+202E>b<U+000A>");
/// ```
pub fn shown(value: &str) -> String {
    let mut out = String::new();
    for (n, c) in value.chars().enumerate() {
        if n == LONGEST {
            out.push('…');
            break;
        }
        if c.is_control() || is_bidi(c) { out.push_str(&format!("<U+{:04X}>", u32::from(c))) } else { out.push(c) }
    }
    out
}

/// Characters that change the direction of what follows, or cannot be seen.
fn is_bidi(c: char) -> bool {
    matches!(c, '\u{061C}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn formulas_are_escaped_and_numbers_are_not() {
        for cell in ["=1+1", "+cmd", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "-inf", "+NaN", "-", "--1", "=", "-1e5+1"] {
            assert!(escape_formula(cell).starts_with('\''), "{cell:?}");
        }
        for cell in ["", "0", "-33.5", "+4", "1e5", "-.5", "'tis", "a=b", "2024-03-18"] {
            assert_eq!(escape_formula(cell), cell);
        }
    }

    proptest! {
        #[test]
        fn cells_come_back(cell in "[=+@'\\-\t\r\n0-9a.e\u{202e}]{0,8}") {
            let escaped = escape_formula(&cell);
            prop_assert!(!is_formula(&escaped));
            prop_assert_eq!(unescape_formula(&escaped), cell);
        }
    }
}
