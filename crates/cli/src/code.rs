//! `counterclaim code`: the events of reports in PLOVER, CAMEO or ACLED's manner, for programs that know those.

use crate::args::{CodeArgs, CodeFormat};
use crate::progress::Progress;
use crate::{inputs, output};
use anyhow::Result;
use counterclaim_reader::{Reader, codes};
use std::process::ExitCode;

/// Codes every report, in the order given.
pub fn run(args: &CodeArgs) -> Result<ExitCode> {
    let progress = Progress::start();
    let (intake, sound) = inputs::take(&args.inputs, &progress)?;
    progress.stage("coding", intake.reports.len());
    let reader = Reader::new();
    let mut out = String::new();
    if args.format == CodeFormat::Acled {
        out = codes::acled(reader.lexicon(), &reader.read(&intake.reports));
    } else {
        for report in &intake.reports {
            let acts = reader.acts(report);
            out.push_str(&match args.format {
                CodeFormat::Cameo => codes::cameo(report, &acts),
                _ => codes::plover(reader.lexicon(), report, &acts),
            });
            progress.advance();
        }
    }
    drop(progress);
    output::write(args.output.as_deref(), out.as_bytes())?;
    Ok(if sound { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
