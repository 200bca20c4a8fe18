//! An error in a data file, with where it is and what to do.

use std::fmt;

/// One mistake in a table or rule file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub struct DataError {
    /// File under `data/`.
    pub file: String,
    /// Line, from 1; 0 if the whole file is meant.
    pub line: usize,
    /// Column (cell) name or rule name.
    pub column: String,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub remedy: String,
}

impl fmt::Display for DataError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "data/{}:{}: {}: {}; {}", self.file, self.line, self.column, self.message, self.remedy)
    }
}
