//! What an export could not say: counted by field, with the reason, and never silent.

use crate::{Coded, FIELDS, shown};
use std::collections::BTreeMap;
use std::fmt;

/// One field that a format could not carry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    /// A field of the record, or `incident` for incidents that the format has no row for.
    pub field: &'static str,
    /// Incidents concerned.
    pub count: u64,
    /// Identifier of the first of them.
    pub first: String,
    /// Why, and what stands in its place.
    pub why: &'static str,
}

/// All that an export could not say, in the order of the record's fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Losses {
    /// Name of the format.
    pub format: &'static str,
    /// Incidents written.
    pub written: u64,
    losses: BTreeMap<usize, Loss>,
}

impl Losses {
    pub(crate) fn new(format: &'static str) -> Losses {
        Losses { format, ..Losses::default() }
    }

    /// Counts the fields in which what was written reads back differently from what was given.
    pub(crate) fn compare(&mut self, given: &Coded, back: Option<&Coded>, why: &dyn Fn(&str) -> &'static str) {
        let fields = match back {
            Some(back) => given.differences(back),
            None => vec!["incident"],
        };
        for field in fields {
            let at = FIELDS.iter().position(|f| *f == field).map_or(0, |i| i + 1);
            let loss = self.losses.entry(at).or_insert_with(|| Loss {
                field,
                count: 0,
                first: given.id.clone(),
                why: why(field),
            });
            loss.count += 1;
        }
        self.written += u64::from(back.is_some());
    }

    /// The losses in order.
    pub fn iter(&self) -> impl Iterator<Item = &Loss> {
        self.losses.values()
    }

    /// True if everything could be said.
    pub fn is_empty(&self) -> bool {
        self.losses.is_empty()
    }
}

impl fmt::Display for Losses {
    /// One line a field, such as "12 incidents: accounts cannot be said in ACLED CSV (first: i1): …".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for Loss { field, count, first, why } in self.iter() {
            let incidents = if *count == 1 { "incident" } else { "incidents" };
            writeln!(
                f,
                "{count} {incidents}: {field} cannot be said in {} (first: {}): {why}",
                self.format,
                shown(first)
            )?;
        }
        Ok(())
    }
}
