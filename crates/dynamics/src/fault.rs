//! What can be wrong with what is given to a method.

use thiserror::Error;

/// Why nothing could be computed.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum Fault {
    /// Lengths, order or range of the numbers.
    #[error("{0}")]
    Input(String),
    /// Too little to say anything honest about.
    #[error("too few to tell: {what} is {found}, at least {needed} are needed")]
    TooFew {
        /// What was counted.
        what: String,
        /// How many there are.
        found: usize,
        /// How many there must be.
        needed: usize,
    },
}

impl Fault {
    pub(crate) fn input(message: impl Into<String>) -> Fault {
        Fault::Input(message.into())
    }
}
