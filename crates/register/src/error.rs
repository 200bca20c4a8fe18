//! What can go wrong with a register, each with a remedy.

/// Why a register could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum RegisterError {
    /// There is no register there.
    #[error("there is no register at {place}. `counterclaim init {place}` makes one.")]
    Missing {
        /// Where it was looked for, without a password.
        place: String,
    },
    /// There is a register there already.
    #[error("{place} holds a register already. Choose another place, or use the one that is there.")]
    Exists {
        /// Where, without a password.
        place: String,
    },
    /// The register was made by a later version.
    #[error(
        "the register has format {found}; this program knows {known}. Use the program that made it, or a later one."
    )]
    Format {
        /// Format of the register.
        found: String,
        /// Format of this program.
        known: &'static str,
    },
    /// The disk is full.
    #[error(
        "the disk is full ({detail}). Nothing of this batch was kept, all that was acknowledged is safe. Free some space and run the command again."
    )]
    Full {
        /// What the database says.
        detail: String,
    },
    /// The database refused or failed.
    #[error("the database says: {0}")]
    Database(String),
    /// A file could not be read or written.
    #[error("{0}")]
    File(String),
    /// No such object.
    #[error(
        "the register holds nothing called \"{0}\". `counterclaim incidents`, `claims`, `commitments` and `sources` list what it holds."
    )]
    Unknown(String),
    /// What was asked for makes no sense, with the remedy.
    #[error("{0}")]
    Refused(String),
    /// Somebody decided on the object since its author looked.
    #[error(
        "{object} was decided on since you looked: decision {seq} by {by}, {action}. Nothing was written. Look at it (`counterclaim history {object}`) and decide again."
    )]
    Changed {
        /// The object.
        object: String,
        /// The newer decision.
        seq: i64,
        /// Its author.
        by: String,
        /// What it was.
        action: String,
    },
    /// A stored row cannot be read: somebody changed it, or the disk did.
    #[error(
        "{0} is damaged. `counterclaim check` lists what else is; `counterclaim rebuild` derives it again, or restore a backup."
    )]
    Damaged(String),
}

/// A result with a [`RegisterError`].
pub type Result<T> = std::result::Result<T, RegisterError>;
