//! Reports in a table: CSV or TSV with a header, one row a report. Columns are found by their usual names, or named by the
//! caller; days in figures are refused unless their order is known.

use super::forms::{DateOrder, figures, ordered, plain};
use super::{Intake, IntakeError, encoding};
use counterclaim_text::{Note, Report, Span};
use csv::{ReaderBuilder, StringRecord};
use jiff::civil::Date;
use std::fmt;

macro_rules! fields {
    ($($(#[$doc:meta])* $variant:ident = $name:literal, [$($usual:literal),*];)*) => {
        /// A field of a report that a column can give.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Field { $($(#[$doc])* $variant),* }

        impl Field {
            /// Every field.
            pub const ALL: &'static [Field] = &[$(Field::$variant),*];

            /// The name on the command line.
            pub fn as_str(self) -> &'static str {
                match self { $(Field::$variant => $name),* }
            }

            /// The field with this name.
            pub fn parse(name: &str) -> Option<Field> {
                Field::ALL.iter().copied().find(|f| f.as_str() == name)
            }

            /// Names that columns usually have, the likeliest first.
            fn usual(self) -> &'static [&'static str] {
                match self { $(Field::$variant => &[$name, $($usual),*]),* }
            }
        }
    };
}

fields! {
    /// The body.
    Text = "text", ["body", "content", "article", "full text", "fulltext", "story", "report", "description", "summary"];
    /// Day of publication.
    Published = "published", ["date", "publication date", "published at", "published date", "pubdate", "publish date", "datetime", "timestamp", "created at"];
    /// Who published it.
    Source = "source", ["outlet", "publisher", "publication", "newspaper", "source name", "medium", "site"];
    /// Headline.
    Title = "title", ["headline", "heading", "subject"];
    /// Identifier.
    Id = "id", ["guid", "report id", "article id", "uid", "key", "number"];
    /// Where it was found.
    Url = "url", ["link", "uri", "web address", "source url"];
    /// BCP 47 language.
    Language = "language", ["lang", "locale"];
}

/// How a table is to be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableOptions {
    /// Columns that the caller names; others are found by their usual names.
    pub columns: Vec<(Field, String)>,
    /// The order of days in figures, if the caller knows it.
    pub dates: Option<DateOrder>,
}

impl TableOptions {
    /// Reads `text=body,published=date`.
    ///
    /// # Errors
    /// If a part is no `field=column`, or no such field exists; with what to write instead.
    ///
    /// # Example
    /// ```
    /// use counterclaim_reader::intake::TableOptions;
    /// assert_eq!(TableOptions::parse_map("text=Full story,source=Paper").unwrap().len(), 2);
    /// assert!(TableOptions::parse_map("colour=red").unwrap_err().contains("there is no field \"colour\""));
    /// ```
    pub fn parse_map(given: &str) -> Result<Vec<(Field, String)>, String> {
        let fields = Field::ALL.iter().map(|f| f.as_str()).collect::<Vec<_>>().join(", ");
        given
            .split(',')
            .map(|part| {
                let Some((field, column)) = part.split_once('=') else {
                    return Err(format!(
                        "\"{part}\" is no field=column; write, for instance, text=body,published=date"
                    ));
                };
                let found = Field::parse(field.trim());
                found
                    .map(|f| (f, column.trim().to_owned()))
                    .ok_or_else(|| format!("there is no field \"{field}\"; the fields are {fields}"))
            })
            .collect()
    }
}

/// How the columns of a table were read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mapping {
    /// Field and the name of its column, in the order of the fields.
    pub columns: Vec<(Field, String)>,
    /// Columns that no field takes.
    pub unused: Vec<String>,
    /// How days in figures were read, if there are any.
    pub dates: Option<DateOrder>,
}

impl fmt::Display for Mapping {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pairs = self.columns.iter().map(|(field, column)| format!("{}={column}", field.as_str()));
        f.write_str(&pairs.collect::<Vec<_>>().join(","))
    }
}

/// True if the first line looks like the header of a table of reports: a column for the text and one for something else.
pub(super) fn looks_like(bytes: &[u8]) -> bool {
    let line = bytes.split(|b| *b == b'\n').next().unwrap_or_default();
    if line.len() > 4096 {
        return false;
    }
    let line = String::from_utf8_lossy(line);
    let mark = delimiter(&line);
    let names: Vec<String> = line.split(mark as char).map(|c| key(c.trim_matches('"'))).collect();
    let has = |f: Field| names.iter().any(|n| f.usual().contains(&n.as_str()));
    has(Field::Text) && Field::ALL.iter().filter(|f| has(**f)).count() >= 2
}

/// A column's name as it is compared.
fn key(name: &str) -> String {
    name.trim_start_matches('\u{FEFF}').trim().to_lowercase().replace(['_', '-', '.'], " ")
}

/// The separator that a line uses most: a comma, a semicolon or a tab.
fn delimiter(line: &str) -> u8 {
    let count = |d: u8| line.bytes().filter(|b| *b == d).count();
    let mut best = b',';
    for d in [b';', b'\t'] {
        if count(d) > count(best) {
            best = d;
        }
    }
    best
}

/// Takes in a table, and tells how its columns were read.
pub(super) fn take(
    intake: &mut Intake,
    file: &str,
    bytes: Vec<u8>,
    options: &TableOptions,
) -> Result<Mapping, IntakeError> {
    let decoded = encoding::decode(file, bytes, None)?;
    let problem = |line: usize, column: usize, problem: String, remedy: String| IntakeError::Line {
        file: file.to_owned(),
        line,
        column,
        problem,
        remedy,
    };
    let head = decoded.text.lines().next().unwrap_or_default();
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(head))
        .from_reader(decoded.text.as_bytes());
    let mut records = reader.records();
    let header: Vec<String> = match records.next() {
        Some(Ok(header)) => header.iter().map(|c| c.trim_start_matches('\u{FEFF}').trim().to_owned()).collect(),
        _ => return Ok(Mapping::default()),
    };
    let columns = columns(&header, options, &problem)?;
    let mut rows: Vec<(usize, StringRecord)> = Vec::new();
    let mut faults: Vec<(usize, IntakeError)> = Vec::new();
    for record in records {
        // The text is UTF-8 and rows may have any length: nothing else can fail.
        let Ok(record) = record else { continue };
        let line = record.position().map_or(1, |p| p.line() as usize);
        if record.len() != header.len() {
            let message = format!("{} cells where the header has {}", record.len(), header.len());
            let remedy = "Quote cells that hold separators, line breaks or quotation marks.".into();
            faults.push((line, problem(line, 1, message, remedy)));
            continue;
        }
        rows.push((line, record));
    }
    let at = |field: Field| columns.iter().find(|(f, _)| *f == field).map(|(_, i)| *i);
    let order = at(Field::Published).and_then(|i| order(rows.iter().map(|(_, r)| &r[i]), options.dates));
    let first = intake.reports.len();
    for (line, row) in &rows {
        let cell = |field: Field| at(field).map_or("", |i| row.get(i).unwrap_or_default());
        let given = cell(Field::Published);
        let published = match day(given, order) {
            Ok(day) => day,
            Err((message, remedy)) => {
                let column = at(Field::Published).map_or(1, |i| i + 1);
                let message =
                    format!("column {column}, {}: {message}", header.get(column - 1).map_or("", String::as_str));
                faults.push((*line, problem(*line, 1, message, remedy)));
                continue;
            }
        };
        let optional = |field: Field| Some(cell(field).trim()).filter(|c| !c.is_empty()).map(str::to_owned);
        intake.reports.push(Report {
            id: cell(Field::Id).trim().to_owned(),
            source: cell(Field::Source).trim().to_owned(),
            published,
            title: cell(Field::Title).trim().to_owned(),
            text: cell(Field::Text).to_owned(),
            url: optional(Field::Url),
            language: optional(Field::Language),
        });
    }
    if let Some(message) = decoded.doubt.filter(|_| intake.reports.len() > first) {
        intake.notes.push((first, Note { span: Span::default(), message }));
    }
    faults.sort_by_key(|(line, _)| *line);
    intake.problems.extend(faults.into_iter().map(|(_, fault)| fault));
    let taken: Vec<usize> = columns.iter().map(|(_, i)| *i).collect();
    let unused = header.iter().enumerate().filter(|(i, _)| !taken.contains(i)).map(|(_, n)| n.clone()).collect();
    let named = columns.into_iter().map(|(f, i)| (f, header[i].clone())).collect();
    Ok(Mapping { columns: named, unused, dates: order })
}

/// The column of each field, in the order of the fields.
fn columns(
    header: &[String],
    options: &TableOptions,
    problem: &dyn Fn(usize, usize, String, String) -> IntakeError,
) -> Result<Vec<(Field, usize)>, IntakeError> {
    let names: Vec<String> = header.iter().map(|h| key(h)).collect();
    let listed = || header.iter().map(|h| format!("\"{}\"", short(h))).collect::<Vec<_>>().join(", ");
    let mut out: Vec<(Field, usize)> = Vec::new();
    for (field, column) in &options.columns {
        match header.iter().position(|h| h == column).or_else(|| names.iter().position(|n| *n == key(column))) {
            Some(at) => out.push((*field, at)),
            None => {
                let message = format!("there is no column \"{}\" for {}", short(column), field.as_str());
                return Err(problem(1, 1, message, format!("The columns are {}.", listed())));
            }
        }
    }
    for field in Field::ALL {
        if out.iter().any(|(f, _)| f == field) {
            continue;
        }
        let free = |i: &usize| out.iter().all(|(_, taken)| taken != i);
        let found = field.usual().iter().find_map(|u| names.iter().position(|n| n == u).filter(free));
        out.extend(found.map(|i| (*field, i)));
    }
    if out.iter().all(|(f, _)| *f != Field::Text) {
        let remedy = format!("Say which it is: --map text=COLUMN. The columns are {}.", listed());
        return Err(problem(1, 1, "no column looks like the text of reports".into(), remedy));
    }
    out.sort();
    Ok(out)
}

/// The order of days in figures: what the caller says, else what a day beyond the twelfth shows, if all agree.
fn order<'r>(cells: impl Iterator<Item = &'r str>, given: Option<DateOrder>) -> Option<DateOrder> {
    if given.is_some() {
        return given;
    }
    let (mut day_first, mut month_first) = (false, false);
    for [a, b, _] in cells.filter(|c| plain(c).is_none()).filter_map(figures) {
        day_first |= a > 12;
        month_first |= b > 12;
    }
    match (day_first, month_first) {
        (true, false) => Some(DateOrder::DayFirst),
        (false, true) => Some(DateOrder::MonthFirst),
        _ => None,
    }
}

/// The day of a cell; an empty cell has none.
fn day(given: &str, order: Option<DateOrder>) -> Result<Option<Date>, (String, String)> {
    if given.trim().is_empty() {
        return Ok(None);
    }
    if let Some(day) = plain(given) {
        return Ok(Some(day));
    }
    let shown = short(given);
    let Some(three) = figures(given) else {
        return Err((
            format!("\"{shown}\" is no day"),
            "Write YYYY-MM-DD, such as 2024-03-19, or leave it empty.".into(),
        ));
    };
    match order {
        Some(order) => match ordered(three, order) {
            Some(day) => Ok(Some(day)),
            None => Err((
                format!("there is no day \"{shown}\" in that order"),
                "Correct it, or give --dates dmy or mdy.".into(),
            )),
        },
        None => Err((
            format!("\"{shown}\" may have the day or the month first"),
            "Say which with --dates dmy or --dates mdy.".into(),
        )),
    }
}

fn short(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(40).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{Defaults, take_in, take_in_with};
    use super::*;

    fn taken(name: &str, text: &str, options: &TableOptions) -> (Intake, Option<Mapping>) {
        let mut intake = Intake::default();
        let mapping = take_in_with(&mut intake, name, text.as_bytes().to_vec(), &Defaults::default(), options);
        (intake, mapping)
    }

    fn problems(intake: &Intake) -> Vec<String> {
        intake.problems.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn usual_names_are_found() {
        let text = "Headline,Outlet,Publication_Date,Body,Stars\n\
            Fire,Hill Post (synthetic),18 March 2024,\"Two shells, it is said,\nhit the ford.\",5\n";
        let (intake, mapping) = taken("x.csv", text, &TableOptions::default());
        let r = &intake.reports[0];
        assert_eq!((r.title.as_str(), r.source.as_str()), ("Fire", "Hill Post (synthetic)"));
        assert_eq!(
            (r.text.as_str(), r.published.unwrap().to_string().as_str()),
            ("Two shells, it is said,\nhit the ford.", "2024-03-18")
        );
        let mapping = mapping.unwrap();
        assert_eq!(mapping.to_string(), "text=Body,published=Publication_Date,source=Outlet,title=Headline");
        assert_eq!(mapping.unused, ["Stars"]);
    }

    #[test]
    fn columns_can_be_named() {
        let columns = TableOptions::parse_map("text=Note 2,source=Desk").unwrap();
        let options = TableOptions { columns, dates: None };
        let (intake, _) = taken("-", "text;Note 2;Desk\na;b;c\n", &options);
        assert_eq!((intake.reports[0].text.as_str(), intake.reports[0].source.as_str()), ("b", "c"));
        let (intake, _) = taken("x.csv", "a,b\n1,2\n", &options);
        assert_eq!(
            problems(&intake),
            ["x.csv:1:1: there is no column \"Note 2\" for text. The columns are \"a\", \"b\"."]
        );
        let (intake, _) = taken("x.tsv", "a\tb\n1\t2\n", &TableOptions::default());
        assert!(problems(&intake)[0].contains("--map text=COLUMN. The columns are \"a\", \"b\""));
    }

    #[test]
    fn days_in_figures_need_an_order() {
        let text = "text,date\na,03/04/2024\nb,2024-04-05\nc,1.2.2024\n";
        let (intake, _) = taken("x.csv", text, &TableOptions::default());
        assert_eq!(intake.reports.len(), 1);
        let shown = problems(&intake);
        assert_eq!(shown.len(), 2);
        assert_eq!(
            shown[0],
            "x.csv:2:1: column 2, date: \"03/04/2024\" may have the day or the month first. Say which with --dates dmy or --dates mdy."
        );
        for (dates, wanted) in [("dmy", "2024-04-03"), ("mdy", "2024-03-04")] {
            let options = TableOptions { dates: DateOrder::parse(dates), ..TableOptions::default() };
            assert_eq!(taken("x.csv", text, &options).0.reports[0].published.unwrap().to_string(), wanted);
        }
        // Another row settles it; two that disagree do not.
        let (intake, mapping) = taken("x.csv", "text,date\na,03/04/2024\nb,25/04/2024\n", &TableOptions::default());
        assert_eq!(intake.reports[0].published.unwrap().to_string(), "2024-04-03");
        assert_eq!(mapping.unwrap().dates, Some(DateOrder::DayFirst));
        let (intake, _) = taken("x.csv", "text,date\na,03/25/2024\nb,25/04/2024\n", &TableOptions::default());
        assert_eq!((intake.reports.len(), intake.problems.len()), (0, 2));
    }

    #[test]
    fn bad_rows_are_reported_and_others_read() {
        let (intake, _) = taken("x.csv", "text,date\na\nb,never\nc,2024-01-02\n\"d\n", &TableOptions::default());
        assert_eq!(intake.reports.len(), 1);
        let shown = problems(&intake);
        assert!(
            shown[0].starts_with("x.csv:2:1: 1 cells where the header has 2.") && shown[1].starts_with("x.csv:3:1:"),
            "{shown:?}"
        );
        assert_eq!(shown.len(), 3);
    }

    #[test]
    fn tables_are_known_by_their_header() {
        assert!(looks_like(b"id,published,text\n") && looks_like(b"\xEF\xBB\xBFTitle;Body\r\n"));
        assert!(!looks_like(b"The text, as published, was short.\n") && !looks_like(b"text\n"));
        let mut intake = Intake::default();
        take_in(&mut intake, "-", b"id,text\nq,Fire.\n".to_vec(), &Defaults::default());
        assert_eq!((intake.reports[0].id.as_str(), intake.reports[0].text.as_str()), ("q", "Fire."));
    }
}
