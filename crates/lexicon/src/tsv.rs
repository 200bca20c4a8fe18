//! Tables: tab-separated, a header line, one row a line; `#` starts a comment line.

use crate::DataError;

/// A parsed table: cells by column name.
pub struct Table<'a> {
    file: &'a str,
    columns: Vec<&'a str>,
    /// Line number (from 1) and cells of each row.
    rows: Vec<(usize, Vec<&'a str>)>,
}

/// One row of a table.
pub struct Row<'t, 'a> {
    table: &'t Table<'a>,
    /// Line in the file, from 1.
    pub line: usize,
    cells: &'t [&'a str],
}

impl<'a> Table<'a> {
    /// Parses `text`; rows with a wrong number of cells and missing columns are reported and left out.
    pub fn parse(file: &'a str, text: &'a str, needs: &[&str], errors: &mut Vec<DataError>) -> Table<'a> {
        let mut lines = text.lines().enumerate().filter(|(_, l)| !l.starts_with('#') && !l.trim().is_empty());
        let columns: Vec<&str> = lines.next().map(|(_, l)| l.split('\t').collect()).unwrap_or_default();
        for need in needs {
            if !columns.contains(need) {
                errors.push(DataError {
                    file: file.into(),
                    line: 1,
                    column: (*need).into(),
                    message: "the column is missing".into(),
                    remedy: format!("add a column \"{need}\" to the header and to each row"),
                });
            }
        }
        let mut rows = Vec::new();
        for (i, line) in lines {
            let cells: Vec<&str> = line.split('\t').collect();
            if cells.len() == columns.len() {
                rows.push((i + 1, cells));
            } else {
                errors.push(DataError {
                    file: file.into(),
                    line: i + 1,
                    column: "row".into(),
                    message: format!("{} cells where the header has {}", cells.len(), columns.len()),
                    remedy: "part cells by exactly one tab; leave a cell empty if it is unknown".into(),
                });
            }
        }
        Table { file, columns, rows }
    }

    /// The rows in file order.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_, 'a>> {
        self.rows.iter().map(move |(line, cells)| Row { table: self, line: *line, cells })
    }
}

impl<'a> Row<'_, 'a> {
    /// The cell of a column, trimmed; empty if the column does not exist.
    pub fn get(&self, column: &str) -> &'a str {
        self.table.columns.iter().position(|c| *c == column).and_then(|i| self.cells.get(i)).map_or("", |c| c.trim())
    }

    /// The parts of a cell that are separated by `|`.
    pub fn list(&self, column: &str) -> impl Iterator<Item = &'a str> {
        self.get(column).split('|').map(str::trim).filter(|s| !s.is_empty())
    }

    /// An error about a cell of this row.
    pub fn error(&self, column: &str, message: impl Into<String>, remedy: impl Into<String>) -> DataError {
        DataError {
            file: self.table.file.into(),
            line: self.line,
            column: column.into(),
            message: message.into(),
            remedy: remedy.into(),
        }
    }
}
