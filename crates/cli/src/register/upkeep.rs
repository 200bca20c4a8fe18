//! `rebuild`, `check`, `backup`: that the record is whole, and stays so.

use super::args::{BackupArgs, CheckArgs, RebuildArgs};
use super::place;
use crate::progress::Progress;
use crate::{output, read};
use anyhow::{Context, Result};
use counterclaim_register::{Rebuilt, Register};
use std::fmt::Write;
use std::fs::File;
use std::process::ExitCode;

/// Derives everything again.
pub fn rebuild(args: &RebuildArgs) -> Result<ExitCode> {
    let progress = Progress::start();
    let mut register = place::open(&args.at)?;
    let reader = read::reader(args.gazetteer.as_deref())?;
    progress.measure("reading again", 0);
    let rebuilt = place::with_machine(&reader, |m| register.rebuild(m, &mut |done, all| progress.at(done, all)))?;
    drop(progress);
    let mut out = told(&rebuilt);
    if rebuilt.differing > 0 {
        out.push_str("the register holds the new rows now; reports and decisions are as they were\n");
    }
    output::write(None, out.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}

fn told(rebuilt: &Rebuilt) -> String {
    let (reports, rows) = (rebuilt.reports, rebuilt.rows);
    if rebuilt.differing == 0 {
        return format!("{rows} rows derived again from {reports} reports and all decisions: the same bytes\n");
    }
    let mut out =
        format!("{rows} rows derived again from {reports} reports and all decisions; {} differ\n", rebuilt.differing);
    for row in &rebuilt.differ {
        let _ = writeln!(out, "  {row}");
    }
    out
}

/// Verifies the register.
pub fn check(args: &CheckArgs) -> Result<ExitCode> {
    let progress = Progress::start();
    let mut register: Register = place::open(&args.at)?;
    let reader = read::reader(args.gazetteer.as_deref())?;
    progress.measure("checking", 0);
    let checked = place::with_machine(&reader, |m| register.check(m))?;
    let proof = if args.deep {
        Some(place::with_machine(&reader, |m| register.prove(m, &mut |done, all| progress.at(done, all)))?)
    } else {
        None
    };
    drop(progress);
    let mut out = String::new();
    for (table, n) in &checked.counts {
        let _ = writeln!(out, "  {table:<14}{n:>12}");
    }
    let _ = writeln!(out, "chain of reports:   {} {}", checked.reports.0, checked.reports.1);
    let _ = writeln!(out, "chain of decisions: {} {}", checked.decisions.0, checked.decisions.1);
    for note in &checked.notes {
        let _ = writeln!(out, "note: {note}");
    }
    for fault in &checked.faults {
        let _ = writeln!(out, "fault: {fault}");
    }
    if checked.faulty > checked.faults.len() {
        let _ = writeln!(out, "and {} more faults", checked.faulty - checked.faults.len());
    }
    out.push_str(&proof.as_ref().map(told).unwrap_or_default());
    let sound = checked.faulty == 0 && proof.is_none_or(|p| p.differing == 0);
    out.push_str(if sound { "every hash, span and reference is sound\n" } else { "the register is not sound\n" });
    output::write(None, out.as_bytes())?;
    Ok(if sound { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Writes a copy.
pub fn backup(args: &BackupArgs) -> Result<ExitCode> {
    let mut register = place::open(&args.at)?;
    register.backup(&args.file)?;
    let cannot = || format!("cannot write {}", args.file.display());
    File::open(&args.file).and_then(|f| f.sync_all()).with_context(cannot)?;
    let said = format!(
        "{0} is a copy of the register. `counterclaim check --register {0}` proves that it is whole.\n",
        args.file.display()
    );
    output::write(None, said.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}
