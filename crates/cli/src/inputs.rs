//! From paths on the command line to reports.

use crate::args::{Args, InputArgs};
use crate::complain;
use crate::progress::Progress;
use anyhow::{Context, Result, bail};
use clap::CommandFactory;
use clap::error::ErrorKind;
use counterclaim_reader::intake::{Defaults, Intake, TableOptions, settle_ids, take_in_with};
use std::io::{IsTerminal, Read};
use std::path::{Path, PathBuf};

/// Problems shown; more are counted.
const SHOWN: usize = 20;

/// The reports, and whether all inputs were sound. Without `--keep-going`, an input at fault is an error, after every
/// fault was shown.
pub fn take(args: &InputArgs, progress: &Progress) -> Result<(Intake, bool)> {
    let (files, defaults, tables) = (files(args), defaults(args), tables(args));
    let mut intake = Intake::default();
    let mut faults: Vec<String> = vec![];
    progress.stage("taking in", files.len());
    for file in &files {
        match bytes_of(file) {
            Ok(bytes) => {
                take_in_with(&mut intake, &file.to_string_lossy(), bytes, &defaults, &tables);
            }
            Err(e) => faults.push(format!("{e:#}")),
        }
        faults.extend(intake.problems.drain(..).map(|p| p.to_string()));
        progress.advance();
    }
    settle_ids(&mut intake);
    let sound = faults.is_empty();
    if !sound {
        progress.pause();
        show(&faults);
    }
    if !sound && !args.keep_going {
        bail!("nothing was read; --keep-going reads the rest");
    }
    Ok((intake, sound))
}

/// The files named, or standard input; ends the program if that is a terminal where nobody expects to type.
pub fn files(args: &InputArgs) -> Vec<PathBuf> {
    if args.files.is_empty() && std::io::stdin().is_terminal() {
        let message = "no files are given and nothing is piped in; name files, or - to type a report";
        Args::command().error(ErrorKind::MissingRequiredArgument, message).exit();
    }
    if args.files.is_empty() { vec![PathBuf::from("-")] } else { args.files.clone() }
}

/// What reports get that lack it.
pub fn defaults(args: &InputArgs) -> Defaults {
    Defaults { published: args.published, source: args.source.clone(), title: args.title.clone() }
}

/// How tables are read.
pub fn tables(args: &InputArgs) -> TableOptions {
    TableOptions { columns: args.map.as_ref().map(|m| m.0.clone()).unwrap_or_default(), dates: args.dates }
}

/// The bytes of a file, or of standard input.
pub fn bytes_of(file: &Path) -> Result<Vec<u8>> {
    if file.as_os_str() == "-" {
        let mut bytes = vec![];
        std::io::stdin().lock().read_to_end(&mut bytes).context("cannot read standard input")?;
        return Ok(bytes);
    }
    if file.is_dir() {
        bail!("{0} is a folder; name the files in it, such as {0}/*", file.display());
    }
    std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))
}

fn show(faults: &[String]) {
    for fault in faults.iter().take(SHOWN) {
        complain(fault);
    }
    if faults.len() > SHOWN {
        complain(&format!("and {} more of the kind", faults.len() - SHOWN));
    }
}
