//! Intake: bytes in, reports out. Plain text, web pages, JSON Lines, feeds and tables become [`Report`]s, or a clear message.
//!
//! Nothing here reads files or the clock; the caller hands over names and bytes. One bad line never hides another:
//! problems are collected, and the caller decides whether to go on with what could be read.

mod date;
mod encoding;
mod feed;
mod forms;
mod html;
mod json;
mod markup;
mod table;

use counterclaim_text::{Brief, Note, Report, Span};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

pub use date::{DateError, published_date};
pub use forms::DateOrder;
pub use table::{Field, Mapping, TableOptions};

/// What the caller supplies for reports that lack it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Defaults {
    /// Day of publication.
    pub published: Option<Date>,
    /// Who published it.
    pub source: String,
    /// Headline.
    pub title: String,
}

/// Reports taken in so far, with what was doubtful and what failed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Intake {
    /// The reports, in order.
    pub reports: Vec<Report>,
    /// What was doubtful: index of the report, and the note.
    pub notes: Vec<(usize, Note)>,
    /// What could not be read.
    pub problems: Vec<IntakeError>,
}

/// Why an input could not be read, with the remedy.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IntakeError {
    /// The bytes are no text.
    #[error("{file}: this is {what}, not text. {remedy}")]
    Binary {
        /// Name of the input.
        file: String,
        /// What the bytes seem to be.
        what: &'static str,
        /// What to do about it.
        remedy: &'static str,
    },
    /// A line, or an entry of a list, is not a report.
    #[error("{file}:{line}:{column}: {problem}. {remedy}")]
    Line {
        /// Name of the input.
        file: String,
        /// Line, from 1.
        line: usize,
        /// Byte of the line, from 1.
        column: usize,
        /// What is wrong.
        problem: String,
        /// What to do about it.
        remedy: String,
    },
    /// A text is longer than offsets can reach.
    #[error("{file}: a text of {bytes} bytes is too long: offsets end at {max}. Split it into several reports.", max = u32::MAX)]
    TooLong {
        /// Name of the input.
        file: String,
        /// Its length.
        bytes: usize,
    },
}

/// Reads one input that must be sound: the first problem is the error.
///
/// # Errors
/// If the bytes are no text, a line is no report or a date is none.
pub fn read_inputs(name: &str, bytes: Vec<u8>, defaults: &Defaults) -> Result<Vec<Report>, IntakeError> {
    let mut intake = Intake::default();
    take_in(&mut intake, name, bytes, defaults);
    settle_ids(&mut intake);
    match intake.problems.into_iter().next() {
        Some(problem) => Err(problem),
        None => Ok(intake.reports),
    }
}

/// Adds one input to what was taken in. `name` is a path, or `-` for standard input.
pub fn take_in(intake: &mut Intake, name: &str, bytes: Vec<u8>, defaults: &Defaults) {
    take_in_with(intake, name, bytes, defaults, &TableOptions::default());
}

/// As [`take_in`], for tables whose columns or days the caller knows. Gives the columns if the input was a table.
pub fn take_in_with(
    intake: &mut Intake,
    name: &str,
    bytes: Vec<u8>,
    defaults: &Defaults,
    options: &TableOptions,
) -> Option<Mapping> {
    let shown = if name == "-" { "standard input" } else { name };
    let before = intake.reports.len();
    let mut mapping = None;
    let format = match encoding::format_of(name, &bytes) {
        // Whoever names columns means a table.
        encoding::Format::Plain if !options.columns.is_empty() => encoding::Format::Table,
        format => format,
    };
    let taken = match format {
        encoding::Format::Table => table::take(intake, shown, bytes, options).map(|m| mapping = Some(m)),
        encoding::Format::Feed => feed::take(intake, shown, bytes),
        encoding::Format::Json => json::document(intake, shown, bytes),
        encoding::Format::JsonLines => json::lines(intake, shown, bytes),
        encoding::Format::Html => web_page(intake, name, shown, bytes),
        encoding::Format::Plain => plain(intake, name, shown, bytes),
    };
    if let Err(problem) = taken {
        intake.problems.push(problem);
    }
    for at in before..intake.reports.len() {
        complete(intake, at, defaults);
    }
    let too_long = |r: &Report| r.text.len() > u32::MAX as usize;
    while let Some(at) = intake.reports.iter().position(too_long) {
        let bytes = intake.reports.remove(at).text.len();
        intake.problems.push(IntakeError::TooLong { file: shown.to_owned(), bytes });
    }
    mapping
}

/// True if an input's reports bring ids of their own. Plain text and web pages are named after their files, which says
/// nothing about what they are versions of.
pub fn names_its_reports(name: &str, bytes: &[u8], options: &TableOptions) -> bool {
    match encoding::format_of(name, bytes) {
        encoding::Format::Html => false,
        encoding::Format::Plain => !options.columns.is_empty(),
        _ => true,
    }
}

/// Gives every report an id of its own: a missing one is made, a repeated one gets a suffix and a note.
pub fn settle_ids(intake: &mut Intake) {
    let given: BTreeSet<String> = intake.reports.iter().map(|r| r.id.clone()).collect();
    let mut used = BTreeSet::new();
    // Where to go on counting for an id, so that a hundred thousand equal ids stay cheap.
    let mut counted: BTreeMap<String, usize> = BTreeMap::new();
    for (i, report) in intake.reports.iter_mut().enumerate() {
        let free = |id: &String| !given.contains(id) && !used.contains(id);
        if report.id.is_empty() {
            report.id = (i + 1..).map(|n| format!("r{n}")).find(free).unwrap_or_default();
        } else if used.contains(&report.id) {
            let old = report.id.clone();
            let count = counted.entry(old.clone()).or_insert(1);
            while *count == 1 || !free(&report.id) {
                *count += 1;
                report.id = format!("{old}-{count}");
            }
            let message = format!("Another report has the id \"{old}\"; this one is read as \"{}\".", report.id);
            intake.notes.push((i, Note { span: Span::default(), message }));
        }
        used.insert(report.id.clone());
    }
}

/// Puts the notes of the intake in front of what the reader noted itself.
pub fn attach_notes(brief: &mut Brief, intake_notes: &[(usize, Note)]) {
    let mut by_report: BTreeMap<usize, Vec<Note>> = BTreeMap::new();
    for (at, note) in intake_notes {
        by_report.entry(*at).or_default().push(note.clone());
    }
    for (at, mut notes) in by_report {
        if let Some(reading) = brief.readings.get_mut(at) {
            notes.append(&mut reading.notes);
            reading.notes = notes;
        }
    }
}

fn plain(intake: &mut Intake, name: &str, shown: &str, bytes: Vec<u8>) -> Result<(), IntakeError> {
    let decoded = encoding::decode(shown, bytes, None)?;
    let report = Report { id: id_from(name), text: decoded.text, ..Report::default() };
    push(intake, report, decoded.doubt);
    Ok(())
}

fn web_page(intake: &mut Intake, name: &str, shown: &str, bytes: Vec<u8>) -> Result<(), IntakeError> {
    let declared = html::declared_encoding(&bytes);
    let decoded = encoding::decode(shown, bytes, declared)?;
    let page = html::article(&decoded.text);
    // A date that a page gives in its own way is no error of the user's: it is used if it can be read.
    let published = page.published.as_deref().and_then(|d| published_date(d).ok());
    let report = Report {
        id: id_from(name),
        source: page.site,
        published,
        title: page.title,
        text: page.text,
        url: page.url,
        language: page.language,
    };
    push(intake, report, decoded.doubt);
    Ok(())
}

fn push(intake: &mut Intake, report: Report, doubt: Option<String>) {
    if let Some(message) = doubt {
        intake.notes.push((intake.reports.len(), Note { span: Span::default(), message }));
    }
    intake.reports.push(report);
}

/// Fills in what the report lacks and notes if there is nothing to read.
fn complete(intake: &mut Intake, at: usize, defaults: &Defaults) {
    let report = &mut intake.reports[at];
    report.published = report.published.or(defaults.published);
    if report.source.is_empty() {
        report.source.clone_from(&defaults.source);
    }
    if report.title.is_empty() {
        report.title.clone_from(&defaults.title);
    }
    // That no date is known, the reader notes itself.
    if report.text.trim().is_empty() {
        let note = Note { span: Span::default(), message: "The text is empty.".to_owned() };
        intake.notes.push((at, note));
    }
}

/// A file's name without folder and extension, so that references lead back to it; empty for standard input.
fn id_from(name: &str) -> String {
    const LONGEST: usize = 24;
    if name == "-" {
        return String::new();
    }
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let stem = match file.split_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => file,
    };
    stem.chars().take(LONGEST).map(|c| if c.is_alphanumeric() || "-_".contains(c) { c } else { '-' }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(inputs: &[(&str, &[u8])]) -> Intake {
        let mut intake = Intake::default();
        for (name, bytes) in inputs {
            take_in(&mut intake, name, bytes.to_vec(), &Defaults::default());
        }
        settle_ids(&mut intake);
        intake
    }

    fn ids(intake: &Intake) -> Vec<&str> {
        intake.reports.iter().map(|r| r.id.as_str()).collect()
    }

    #[test]
    fn ids_come_from_files_and_never_repeat() {
        let intake = all(&[
            ("a/seed.txt", b"x"),
            ("b/seed.txt", b"y"),
            ("-", b"z"),
            ("q.jsonl", b"{\"id\":\"seed\",\"text\":\"t\"}\n{\"text\":\"u\"}\n{\"id\":\"r5\",\"text\":\"v\"}"),
        ]);
        assert_eq!(ids(&intake), ["seed", "seed-2", "r3", "seed-3", "r6", "r5"]);
        let repeated = intake.notes.iter().filter(|(_, n)| n.message.contains("Another report")).count();
        assert_eq!(repeated, 2);
    }

    #[test]
    fn many_equal_ids_are_cheap() {
        let intake = all(&[("q.jsonl", "{\"id\":\"a\",\"text\":\"x\"}\n".repeat(50_000).as_bytes())]);
        assert_eq!(ids(&intake)[..3], ["a", "a-2", "a-3"]);
        assert_eq!(ids(&intake).iter().collect::<BTreeSet<_>>().len(), 50_000);
    }

    #[test]
    fn defaults_supply_only_what_is_missing() {
        let defaults =
            Defaults { published: published_date("2024-03-19").ok(), source: "Desk".into(), title: String::new() };
        let line = br#"{"text":"t","source":"Own","published":"2024-01-02T03:04:05Z"}"#.to_vec();
        let r = read_inputs("x.jsonl", line, &defaults).unwrap();
        assert_eq!((r[0].source.as_str(), r[0].published.unwrap().to_string().as_str()), ("Own", "2024-01-02"));
        let r = read_inputs("x.txt", b"t".to_vec(), &defaults).unwrap();
        assert_eq!((r[0].source.as_str(), r[0].published.unwrap().to_string().as_str()), ("Desk", "2024-03-19"));
    }

    #[test]
    fn an_empty_text_is_noted() {
        let intake = all(&[("a.txt", b"Fire."), ("empty.txt", b"")]);
        assert!(intake.problems.is_empty());
        assert_eq!(intake.notes, [(1, Note { span: Span::default(), message: "The text is empty.".into() })]);
    }

    #[test]
    fn one_bad_line_does_not_hide_another() {
        let intake = all(&[("q.jsonl", b"{\"text\":\"a\"}\n{\"text\":5}\n\n{nonsense\n{\"text\":\"b\"}\n")]);
        assert_eq!(intake.reports.len(), 2);
        let shown: Vec<String> = intake.problems.iter().map(ToString::to_string).collect();
        assert!(shown[0].starts_with("q.jsonl:2:9: invalid type: integer `5`, expected a string."), "{}", shown[0]);
        assert!(shown[1].starts_with("q.jsonl:4:2: key must be a string."), "{}", shown[1]);
    }
}
