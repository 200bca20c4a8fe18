//! Roles, and what each may decide: the one place that says so.

use counterclaim_register::Act;

/// What a person may do at the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Reads everything.
    Reader,
    /// Also judges: confirms, rejects, grades, assesses, records claims, follows commitments up.
    Analyst,
    /// Also changes what stands: edits, merges, splits, undoes what others decided.
    Editor,
    /// Also looks after people and keys.
    Admin,
}

impl Role {
    /// Every role, from the least to the most.
    pub const ALL: [Role; 4] = [Role::Reader, Role::Analyst, Role::Editor, Role::Admin];

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Reader => "reader",
            Role::Analyst => "analyst",
            Role::Editor => "editor",
            Role::Admin => "admin",
        }
    }
}

impl std::str::FromStr for Role {
    type Err = String;

    fn from_str(word: &str) -> Result<Role, String> {
        let found = Role::ALL.into_iter().find(|r| r.as_str() == word.trim().to_lowercase());
        found.ok_or_else(|| format!("\"{word}\" is none of: reader, analyst, editor, admin"))
    }
}

/// The role that a decision takes. `own` says that what it undoes was decided by the same person.
pub(crate) fn needed(act: &Act, own: bool) -> Role {
    match act {
        Act::Confirm { .. }
        | Act::Reject { .. }
        | Act::GradeSource { .. }
        | Act::GradeClaim { .. }
        | Act::Assess { .. }
        | Act::Claim(_)
        | Act::Follow { .. } => Role::Analyst,
        Act::Undo { .. } if own => Role::Analyst,
        Act::Merge { .. } | Act::Split { .. } | Act::Edit { .. } | Act::Undo { .. } => Role::Editor,
    }
}
