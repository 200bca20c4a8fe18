//! What is wrong with a row, and a row as it was read.

use crate::{Coded, shown};
use std::fmt;

/// One fault of an input, with where it is and what to do.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// Name of the input.
    pub file: String,
    /// Line, from 1; 0 if the whole file is meant.
    pub line: u64,
    /// Name of the column or field, or the byte of the line.
    pub column: String,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub remedy: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}: {}; {}", shown(&self.file), self.line, self.column, self.message, self.remedy)
    }
}

/// One row of an input: the record, unless a fault keeps it from being one, and every fault.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// Line where the row begins, from 1.
    pub line: u64,
    /// The record; `None` if the row was skipped.
    pub coded: Option<Coded>,
    /// What is wrong or doubtful.
    pub faults: Vec<Fault>,
}

/// The faults of one row while it is read.
pub(crate) struct Faults<'a> {
    pub file: &'a str,
    pub line: u64,
    pub found: Vec<Fault>,
    /// True if the row cannot be used.
    pub fatal: bool,
}

impl<'a> Faults<'a> {
    pub fn new(file: &'a str, line: u64) -> Self {
        Faults { file, line, found: Vec::new(), fatal: false }
    }

    /// Notes a fault that keeps the row from being used.
    pub fn fatal(&mut self, column: &str, message: String, remedy: &str) {
        self.fatal = true;
        self.doubt(column, message, remedy);
    }

    /// Notes something doubtful.
    pub fn doubt(&mut self, column: &str, message: String, remedy: &str) {
        self.found.push(Fault {
            file: self.file.to_owned(),
            line: self.line,
            column: column.to_owned(),
            message,
            remedy: remedy.to_owned(),
        });
    }

    /// The row with what was found.
    pub fn row(self, coded: Option<Coded>) -> Row {
        Row { line: self.line, coded: coded.filter(|_| !self.fatal), faults: self.found }
    }
}
