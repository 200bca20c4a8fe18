//! A table of units by months: the first column is the month, every other one a unit.

use super::{MOST_DEATHS, Problem, date};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// Counts of many units over the same months.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Months {
    /// A day in each month.
    pub months: Vec<Date>,
    /// Names of the units.
    pub units: Vec<String>,
    /// `series[u][t]`; a number that is not one was not collected.
    pub series: Vec<Vec<f64>>,
}

impl Months {
    /// Reads the table. An empty cell was not collected.
    ///
    /// # Errors
    ///
    /// Every fault, each with its line and a remedy.
    ///
    /// # Example
    ///
    /// ```
    /// let table = counterclaim_dynamics::Months::read("m.csv", ",North,South\n2024-01-31,3,0\n2024-02-29,,1\n").unwrap();
    /// assert_eq!(table.units, ["North", "South"]);
    /// assert!(table.series[0][1].is_nan());
    /// ```
    pub fn read(file: &str, text: &str) -> Result<Months, Vec<Problem>> {
        let problem = |line: u64, message: String| Problem { file: file.to_owned(), line, message };
        let mut reader = csv::ReaderBuilder::new().from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let units: Vec<String> = match reader.headers() {
            Ok(h) => h.iter().skip(1).map(|u| u.trim().to_owned()).collect(),
            Err(e) => return Err(vec![problem(1, format!("not a table: {e}; save it as CSV in UTF-8"))]),
        };
        if units.is_empty() {
            let remedy =
                "give a month in the first column and one unit in each other one, with their names in the header";
            return Err(vec![problem(1, format!("there are no units; {remedy}"))]);
        }
        let mut seen = BTreeSet::new();
        if let Some(twice) = units.iter().find(|u| !seen.insert(*u)) {
            return Err(vec![problem(
                1,
                format!("the header has \"{twice}\" twice; give each unit a name of its own"),
            )]);
        }
        let mut table = Months { months: vec![], series: vec![vec![]; units.len()], units };
        let mut problems = vec![];
        for row in reader.records() {
            let row = match row {
                Ok(row) => row,
                Err(e) => {
                    let line = e.position().map_or(1, csv::Position::line);
                    problems.push(problem(line, format!("not a row of this table: {e}; give each row every column")));
                    continue;
                }
            };
            let line = row.position().map_or(1, csv::Position::line);
            let given = row.get(0).unwrap_or_default();
            let Some(month) = date(given).or_else(|| date(&format!("{given}-01"))) else {
                problems.push(problem(line, format!("\"{given}\" is no month; write YYYY-MM or YYYY-MM-DD")));
                continue;
            };
            let next = table.months.last().map(|m| (i32::from(m.year()) * 12 + i32::from(m.month())) + 1);
            if next.is_some_and(|n| n != i32::from(month.year()) * 12 + i32::from(month.month())) {
                problems.push(problem(
                    line,
                    format!("{given} does not follow the month before; give every month once, in order"),
                ));
                continue;
            }
            table.months.push(month);
            for (u, series) in table.series.iter_mut().enumerate() {
                let cell = row.get(u + 1).unwrap_or_default().trim();
                let value = if cell.is_empty() {
                    Some(f64::NAN)
                } else {
                    cell.parse().ok().filter(|v: &f64| (0.0..=MOST_DEATHS).contains(v))
                };
                if value.is_none() {
                    problems.push(problem(
                        line,
                        format!("\"{cell}\" ({}) is no count; write a number, or nothing", table.units[u]),
                    ));
                }
                series.push(value.unwrap_or(f64::NAN));
            }
        }
        if problems.is_empty() { Ok(table) } else { Err(problems) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_must_follow_each_other_and_counts_be_counts() {
        let problems = Months::read("m.csv", ",A\n2024-01,1\n2024-03,1\n2024-02,x\nMay,1\n").unwrap_err();
        assert_eq!(problems.iter().map(|p| p.line).collect::<Vec<_>>(), [3, 4, 5]);
        assert!(Months::read("m.csv", "").is_err());
        assert!(Months::read("m.csv", "month,A,A\n").unwrap_err()[0].message.contains("\"A\" twice"));
        assert!(Months::read("m.csv", "month,A\n2024-01,1e300\n").is_err());
        let table = Months::read("m.csv", "month,A\n2023-12-31,1\n2024-01-31,2\n").unwrap();
        assert_eq!(table.series, [[1.0, 2.0]]);
    }
}
