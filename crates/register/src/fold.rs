//! What the decisions on one object add up to: the last word on each matter counts, what was undone does not.

use crate::decision::{Act, Body, Decision};
use crate::error::Result;
use crate::rows::{Edits, State};
use crate::store::{Db, Row, Value, args, decode};
use std::collections::{BTreeMap, BTreeSet};

/// Decisions on one object, and what holds now.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fold {
    /// Draft, confirmed or rejected.
    pub state: State,
    /// Fields changed.
    pub edits: Edits,
    /// The grade given last.
    pub grade: Option<String>,
    /// What has become of it.
    pub progress: Option<String>,
    /// Number of the last decision; 0 for none.
    pub last: i64,
    /// All, in order, with their bodies.
    pub all: Vec<(Decision, Body)>,
}

const COLUMNS: &str = "seq, made, author, object, body, reason, seen, hash";

fn decision(row: Row) -> Result<(Decision, Body)> {
    let mut cells = row.into_iter();
    let mut next = || cells.next().unwrap_or(Value::Null);
    let seq = next().int();
    let (made, author, object) = (next().text(), next().text(), next().text());
    let body: Body = decode(&format!("decision {seq}"), next().str())?;
    let (reason, seen, hash) = (next().text(), next().int(), next().text());
    let (act, machine) = (body.act.clone(), body.machine.clone());
    Ok((Decision { seq, made, author, object, act, reason, seen, machine, undone: false, hash }, body))
}

/// The decision of this number, if there is one.
pub(crate) fn load(db: &mut dyn Db, seq: i64) -> Result<Option<(Decision, Body)>> {
    let rows = db.rows(&format!("SELECT {COLUMNS} FROM decision WHERE seq = ?1"), args![seq])?;
    rows.into_iter().next().map(decision).transpose()
}

/// All decisions after this one, at most `most`.
pub(crate) fn after(db: &mut dyn Db, seq: i64, most: i64) -> Result<Vec<(Decision, Body)>> {
    let sql = format!("SELECT {COLUMNS} FROM decision WHERE seq > ?1 ORDER BY seq LIMIT ?2");
    db.rows(&sql, args![seq, most])?.into_iter().map(decision).collect()
}

/// The decisions tied to any of these, and what they add up to.
pub(crate) fn on<'a>(db: &mut dyn Db, anchors: impl IntoIterator<Item = &'a str>) -> Result<Fold> {
    let mut numbers = BTreeSet::new();
    for anchor in anchors {
        let rows = db.rows("SELECT decision FROM anchor WHERE object = ?1", args![anchor])?;
        numbers.extend(rows.iter().map(|r| r[0].int()));
    }
    let mut all = Vec::new();
    for seq in numbers {
        all.extend(load(db, seq)?);
    }
    Ok(fold(all))
}

/// What a list of decisions in order adds up to.
pub(crate) fn fold(mut all: Vec<(Decision, Body)>) -> Fold {
    // An undoing may itself be undone: the latest speaks first.
    let mut undone = BTreeSet::new();
    for (d, _) in all.iter_mut().rev() {
        d.undone = undone.contains(&d.seq);
        if let (Act::Undo { seq }, false) = (&d.act, d.undone) {
            undone.insert(*seq);
        }
    }
    let mut out = Fold::default();
    for (d, _) in &all {
        out.last = out.last.max(d.seq);
        if d.undone {
            continue;
        }
        match &d.act {
            Act::Confirm { .. } => out.state = State::Confirmed,
            Act::Reject { .. } => out.state = State::Rejected,
            Act::Edit { field, value, .. } => {
                out.edits.insert(field.clone(), value.clone());
            }
            Act::GradeSource { grade, .. } => out.grade = Some(grade.as_str().to_owned()),
            Act::GradeClaim { grade, .. } => out.grade = Some(grade.as_str().to_owned()),
            Act::Follow { progress, .. } => out.progress = Some(progress.as_str().to_owned()),
            Act::Merge { .. } | Act::Split { .. } | Act::Assess { .. } | Act::Claim(_) | Act::Undo { .. } => {}
        }
    }
    out.all = all;
    out
}

/// The last assessment of each author that still holds, by author.
pub(crate) fn assessments(fold: &Fold) -> Vec<Decision> {
    let mut last: BTreeMap<&str, &Decision> = BTreeMap::new();
    for (d, _) in fold.all.iter().filter(|(d, _)| !d.undone) {
        if matches!(d.act, Act::Assess { .. }) {
            last.insert(&d.author, d);
        }
    }
    last.into_values().cloned().collect()
}
