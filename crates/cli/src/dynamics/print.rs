//! What the commands about time share in printing: numbers, names, tables, and where it all goes.

use super::args::{DataArgs, Form};
use crate::output;
use anyhow::Result;
use counterclaim_reader::brief::clean;
use jiff::civil::Date;
use serde_json::Value;
use std::path::Path;
use std::process::ExitCode;

/// Longest name shown.
const NAME: usize = 60;

/// A name, safe for a terminal.
pub fn name(text: &str) -> String {
    clean(text, NAME)
}

/// A number with so many decimals; "–" if it is none.
pub fn number(value: f64, decimals: usize) -> String {
    if !value.is_finite() {
        return "–".to_owned();
    }
    let text = format!("{value:.decimals$}");
    // Nothing is "-0.0".
    match text.strip_prefix('-') {
        Some(digits) if digits.chars().all(|c| c == '0' || c == '.') => digits.to_owned(),
        _ => text,
    }
}

/// A month, as 2024-05.
pub fn month(day: Date) -> String {
    format!("{:04}-{:02}", day.year(), day.month())
}

/// "1 month", "3 months".
pub fn months(n: usize) -> String {
    format!("{n} month{}", if n == 1 { "" } else { "s" })
}

/// A p-value.
pub fn p_value(p: f64) -> String {
    if p < 0.001 { "p < .001".to_owned() } else { format!("p = {p:.3}") }
}

/// Rows under a header, columns as wide as they must be; the first is left-aligned, all others right.
pub fn table(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |c: usize| rows.iter().filter_map(|r| r.get(c)).map(|s| s.chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut out = String::new();
    for row in rows {
        let mut line = String::new();
        for (c, cell) in row.iter().enumerate() {
            let fill = " ".repeat(widths[c] - cell.chars().count());
            if c == 0 {
                line.push_str(&format!("{cell}{fill}"));
            } else {
                line.push_str(&format!("  {fill}{cell}"));
            }
        }
        out.push_str("  ");
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

/// Notes on the data, one a line.
pub fn notes(out: &mut String, notes: &[String]) {
    if !notes.is_empty() {
        out.push('\n');
    }
    for note in notes {
        out.push_str(&format!("note: {}\n", clean(note, 300)));
    }
}

/// Text or JSON, to where it should go.
pub fn finish(data: &DataArgs, text: &str, json: &Value) -> Result<ExitCode> {
    write(data.output.as_deref(), &formed(data.format, text, json)?)
}

/// Text or JSON.
pub fn formed(form: Form, text: &str, json: &Value) -> Result<String> {
    Ok(match form {
        Form::Text => text.to_owned(),
        Form::Json => serde_json::to_string_pretty(json)? + "\n",
    })
}

/// Writes to a file or standard output.
pub fn write(file: Option<&Path>, printed: &str) -> Result<ExitCode> {
    output::write(file, printed.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}

/// A number for JSON, rounded so that machines agree; null if it is none.
pub fn json(value: f64) -> Value {
    // Adding 0 turns -0 into 0.
    if value.is_finite() { Value::from((value * 1e6).round() / 1e6 + 0.0) } else { Value::Null }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up() {
        let rows = vec![vec!["unit".into(), "n".into()], vec!["North – South".into(), "12".into()]];
        assert_eq!(table(&rows), "  unit            n\n  North – South  12\n");
        assert_eq!(
            (number(f64::NAN, 2), json(f64::INFINITY), p_value(0.0001)),
            ("–".into(), Value::Null, "p < .001".into())
        );
        assert_eq!((number(-0.001, 1), number(-0.06, 1), number(-0.0, 0)), ("0.0".into(), "-0.1".into(), "0".into()));
    }
}
