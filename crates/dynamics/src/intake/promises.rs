//! Commitments with what became of them: a CSV of anybody's making, or the commitments of a reading or a register as JSON.

use super::json::{cell, each, list};
use super::table::{fits, unique};
use super::{Problem, date};
use crate::Outcome;
use jiff::civil::Date;
use serde_json::Value;
use std::borrow::Cow;

/// The columns that are known; the first must be there.
const COLUMNS: [&str; 6] = ["by", "to", "what", "made", "due", "outcome"];

/// A commitment of one side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promise {
    /// Who made it.
    pub by: String,
    /// Towards whom; empty if that is not known.
    pub to: String,
    /// What was promised.
    pub what: String,
    /// When.
    pub made: Option<Date>,
    /// Until when.
    pub due: Option<Date>,
    /// What became of it.
    pub outcome: Outcome,
}

impl Promise {
    /// Reads a file: CSV with the columns by, to, what, made, due, outcome; or JSON, one object or one a line, with fields of
    /// these names. A commitment without an outcome is open.
    ///
    /// # Errors
    ///
    /// Every fault, each with its line and a remedy.
    ///
    /// # Example
    ///
    /// ```
    /// use counterclaim_dynamics::{Outcome, Promise};
    /// let text = "by,to,what,made,due,outcome\nNorth,South,no fire for two weeks,2024-05-01,2024-05-15,kept\n";
    /// assert_eq!(Promise::read("c.csv", text).unwrap()[0].outcome, Outcome::Kept);
    /// ```
    pub fn read(file: &str, text: &str) -> Result<Vec<Promise>, Vec<Problem>> {
        let text = text.trim_start_matches('\u{feff}');
        let (mut all, mut problems) = (vec![], vec![]);
        let problem = |line: u64, message: String| Problem { file: file.to_owned(), line: line.max(1), message };
        if text.trim_start().starts_with(['{', '[']) {
            each(text, &mut |line, value| match value {
                Ok(value) => of_json(&value, &mut |promise| match promise {
                    Ok(promise) => all.push(promise),
                    Err(message) => problems.push(problem(line, message)),
                }),
                Err(message) => problems.push(problem(line, message)),
            });
        } else {
            let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
            let headers: Vec<String> = match reader.headers() {
                Ok(h) => h.iter().map(str::to_lowercase).collect(),
                Err(e) => return Err(vec![problem(1, format!("not a table: {e}; save it as CSV in UTF-8"))]),
            };
            if let Some(lacks) = ["by", "to", "outcome"].iter().find(|n| !headers.iter().any(|h| h == *n)) {
                let columns = COLUMNS.join(", ");
                return Err(vec![problem(1, format!("the header lacks {lacks}; columns are {columns}"))]);
            }
            unique(&headers, &COLUMNS).map_err(|message| vec![problem(1, message)])?;
            for row in reader.records() {
                let row = match row {
                    Ok(row) => row,
                    Err(e) => {
                        let line = e.position().map_or(1, csv::Position::line);
                        problems
                            .push(problem(line, format!("not a row of a table: {e}; quote cells that hold commas")));
                        continue;
                    }
                };
                let cell = |name: &str| {
                    let column = headers.iter().position(|h| h == name);
                    column.and_then(|c| row.get(c)).unwrap_or_default().into()
                };
                match fits(&row, headers.len()).and_then(|()| promise(&cell)) {
                    Ok(promise) => all.push(promise),
                    Err(message) => problems.push(problem(row.position().map_or(1, csv::Position::line), message)),
                }
            }
        }
        if problems.is_empty() { Ok(all) } else { Err(problems) }
    }
}

/// The commitments in one value: itself, or those of a reading. Other objects of a reading's lines are passed over.
fn of_json(value: &Value, found: &mut dyn FnMut(Result<Promise, String>)) {
    let kind = value["type"].as_str();
    if value.get("commitments").is_some() {
        list(&value["commitments"]).for_each(|v| found(promise(&|name| cell(v, name))));
    } else if kind == Some("commitment") || value.get("by").is_some() {
        found(promise(&|name| cell(value, name)));
    } else if kind.is_none() {
        found(Err(format!("no commitment is in this object; its fields are {}", COLUMNS.join(", "))));
    }
}

fn promise<'a>(cell: &dyn Fn(&str) -> Cow<'a, str>) -> Result<Promise, String> {
    let given = cell("outcome").to_lowercase();
    let outcome = match given.as_str() {
        "kept" => Outcome::Kept,
        "broken" => Outcome::Broken,
        "contested" => Outcome::Contested,
        "open" | "pending" | "" => Outcome::Open,
        _ => return Err(format!("\"{given}\" is no outcome; write kept, broken, contested or open")),
    };
    let by = cell("by").into_owned();
    if by.is_empty() {
        return Err("by must name who made the commitment; leave the row out if that is not known".into());
    }
    let day = |name: &str| {
        let given = cell(name);
        let day = date(&given);
        let wrong = || format!("{name} \"{given}\" is no date; write YYYY-MM-DD, or nothing");
        if day.is_none() && !given.is_empty() { Err(wrong()) } else { Ok(day) }
    };
    let (made, due) = (day("made")?, day("due")?);
    Ok(Promise { by, to: cell("to").replace('|', ", "), what: cell("what").into_owned(), made, due, outcome })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_and_faults() {
        let text = "\u{feff}by,to,what,outcome,made\r\nNorth,South,\"return,\nall\",Kept,2024-01-02\r\n";
        let all = Promise::read("c.csv", text).unwrap();
        assert_eq!((all[0].what.as_str(), all[0].outcome), ("return,\nall", Outcome::Kept));
        let problems = Promise::read("c.csv", "by,to,outcome,made\nA,B,maybe,\nA,B,kept,soon\n,B,kept,\nA,B,kept,,x\n")
            .unwrap_err();
        assert_eq!(problems.iter().map(|p| p.line).collect::<Vec<_>>(), [2, 3, 4, 5]);
        assert!(Promise::read("c.csv", "").unwrap_err()[0].message.contains("the header lacks by"));
    }

    #[test]
    fn a_reading_and_its_lines_hold_open_commitments() {
        let one = r#"{"type":"commitment","by":"North","to":["South","East"],"what":"talks","due":"2024-05-01"}"#;
        let lines = format!("{{\"type\":\"incident\"}}\n{one}\n");
        let whole = format!("{{\"schema\":\"counterclaim.reading/v1\",\n\"commitments\":[{one}]}}");
        for text in [lines, whole] {
            let all = Promise::read("c.json", &text).unwrap();
            assert_eq!((all.len(), all[0].to.as_str(), all[0].outcome), (1, "South, East", Outcome::Open), "{text}");
        }
        assert_eq!(Promise::read("c.json", "{\"by\":\"A\",\"outcome\":\"odd\"}\n{}").unwrap_err().len(), 2);
    }
}
