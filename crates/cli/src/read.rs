//! `counterclaim read`: reports in, one brief out.

use crate::args::ReadArgs;
use crate::progress::Progress;
use crate::{dry_run, format, inputs, output};
use anyhow::{Context, Result};
use counterclaim_reader::Reader;
use counterclaim_reader::intake::{Intake, attach_notes};
use counterclaim_reader::text::Brief;
use std::path::Path;
use std::process::ExitCode;

/// Reads, prints, and tells whether all inputs were sound.
pub fn run(args: &ReadArgs) -> Result<ExitCode> {
    if let Some(jobs) = args.jobs {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs);
        pool.build_global().with_context(|| format!("cannot start {jobs} threads"))?;
    }
    if args.dry_run {
        let (page, code) = dry_run::run(&args.inputs)?;
        output::write(args.output.as_deref(), page.as_bytes())?;
        return Ok(code);
    }
    let progress = Progress::start();
    let (intake, sound) = inputs::take(&args.inputs, &progress)?;
    let look = output::look(args.output.as_deref(), args.width);
    progress.stage("reading", 0);
    let reader = reader(args.inputs.gazetteer.as_deref())?;
    let printed = format::print(&brief_by(&reader, &intake), args.format, look)?;
    drop(progress);
    output::write(args.output.as_deref(), printed.as_bytes())?;
    Ok(if sound { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The reader with the built-in gazetteer, or with a pack.
pub fn reader(pack: Option<&Path>) -> Result<Reader> {
    match pack {
        Some(path) => Reader::with_gazetteer(path).with_context(|| format!("cannot use {}", path.display())),
        None => Ok(Reader::new()),
    }
}

/// The brief of what was taken in, with the notes of the intake.
pub fn brief_of(intake: &Intake) -> Brief {
    brief_by(&Reader::new(), intake)
}

fn brief_by(reader: &Reader, intake: &Intake) -> Brief {
    let mut brief = reader.read(&intake.reports);
    attach_notes(&mut brief, &intake.notes);
    brief
}
