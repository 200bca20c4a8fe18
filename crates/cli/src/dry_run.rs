//! `counterclaim read --dry-run`: how inputs would be taken in, and every fault, without reading anything.

use crate::args::InputArgs;
use crate::inputs::{bytes_of, defaults, files, tables};
use anyhow::Result;
use counterclaim_reader::intake::{DateOrder, Intake, Mapping, settle_ids, take_in_with};
use counterclaim_reader::text::Report;
use std::fmt::Write;
use std::process::ExitCode;

/// Reports shown of each input.
const SHOWN: usize = 3;
/// Characters shown of a text.
const LONGEST: usize = 160;

/// The page, and whether everything was sound.
pub fn run(args: &InputArgs) -> Result<(String, ExitCode)> {
    let mut out = String::new();
    let mut faults = 0;
    for file in files(args) {
        let name = file.to_string_lossy();
        let shown = if name == "-" { "standard input" } else { &name };
        let mut intake = Intake::default();
        let mapping = match bytes_of(&file) {
            Ok(bytes) => take_in_with(&mut intake, &name, bytes, &defaults(args), &tables(args)),
            Err(e) => {
                faults += 1;
                let _ = writeln!(out, "{}: {}", plain(shown), plain(&format!("{e:#}")));
                continue;
            }
        };
        settle_ids(&mut intake);
        faults += intake.problems.len();
        describe(&mut out, shown, &intake, mapping.as_ref());
    }
    let code = if faults == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    let _ = writeln!(out, "{faults} {}; nothing was read", if faults == 1 { "fault" } else { "faults" });
    Ok((out, code))
}

fn describe(out: &mut String, name: &str, intake: &Intake, mapping: Option<&Mapping>) {
    let count = intake.reports.len();
    let _ = writeln!(out, "{}: {count} {}", plain(name), if count == 1 { "report" } else { "reports" });
    if let Some(mapping) = mapping {
        let _ = writeln!(out, "  columns    {}", plain(&mapping.to_string()));
        if !mapping.unused.is_empty() {
            let _ = writeln!(out, "  not used   {}", plain(&mapping.unused.join(", ")));
        }
        match mapping.dates {
            Some(DateOrder::DayFirst) => out.push_str("  days       in figures, the day first\n"),
            Some(DateOrder::MonthFirst) => out.push_str("  days       in figures, the month first\n"),
            None => {}
        }
    }
    for (at, report) in intake.reports.iter().take(SHOWN).enumerate() {
        let Report { id, source, published, title, text, url, language } = report;
        let published = published.map(|d| d.to_string()).unwrap_or_default();
        let _ = writeln!(out, "  report {}", at + 1);
        let url = url.as_deref().unwrap_or_default();
        let language = language.as_deref().unwrap_or_default();
        for (label, value) in [
            ("id", id.as_str()),
            ("source", source),
            ("published", &published),
            ("title", title),
            ("url", url),
            ("language", language),
            ("text", text),
        ] {
            if !value.is_empty() {
                let _ = writeln!(out, "    {label:9}  {}", plain(value));
            }
        }
    }
    for (at, note) in &intake.notes {
        let _ = writeln!(out, "  note on report {}: {}", at + 1, plain(&note.message));
    }
    for problem in &intake.problems {
        let _ = writeln!(out, "  fault: {}", visible(&problem.to_string(), usize::MAX));
    }
}

fn plain(text: &str) -> String {
    visible(text, LONGEST)
}

/// One line of text in which nothing acts on the terminal: control and bidirectional characters are spelled out.
fn visible(text: &str, longest: usize) -> String {
    let mut out = String::new();
    for (n, c) in text.trim().chars().enumerate() {
        match c {
            _ if n == longest => {
                out.push('…');
                break;
            }
            '\n' | '\t' | '\r' => out.push(' '),
            c if c.is_control()
                || matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}') =>
            {
                let _ = write!(out, "<U+{:04X}>", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_acts_on_the_terminal() {
        assert_eq!(visible("a\u{1b}[31m\u{202E}b\nc", 99), "a<U+001B>[31m<U+202E>b c");
        assert_eq!(visible("abcdef", 3), "abc…");
    }
}
