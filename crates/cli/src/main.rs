//! The command line: reports in, a brief out.
//!
//! Exit codes: 0 if all went well, 1 if an input, the data or the output was at fault, 2 if the command was.

mod args;
mod code;
mod demo;
mod desk;
mod dry_run;
mod dynamics;
mod explain;
mod format;
mod gazetteer;
mod inputs;
mod manual;
mod output;
mod progress;
mod read;
mod register;

use anyhow::{Error, Result};
use args::{Args, Command, DataCommand};
use clap::Parser;
use std::io::{ErrorKind, Write};
use std::process::ExitCode;

fn main() -> ExitCode {
    match run(Args::parse().command) {
        Ok(code) => code,
        // Who closed the pipe has seen enough.
        Err(e) if is_broken_pipe(&e) => ExitCode::SUCCESS,
        Err(e) => {
            complain(&format!("{e:#}"));
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<ExitCode> {
    match command {
        Command::Read(args) => read::run(&args),
        Command::Code(args) => code::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Data { command: DataCommand::Check } => check_data(),
        Command::Gazetteer { command } => gazetteer::run(&command),
        Command::Demo(args) => demo::run(&args),
        Command::Tension(args) => dynamics::tension::run(&args),
        Command::Reactions(args) => dynamics::reactions::run(&args),
        Command::Forecast(args) => dynamics::forecast::run(&args),
        Command::Alerts(args) => dynamics::alerts::run(&args),
        Command::Backtest(args) => dynamics::backtest::run(&args),
        Command::Kept(args) => dynamics::kept::run(&args),
        Command::Init(args) => register::place::init(&args),
        Command::Add(args) => register::add::run(&args),
        Command::Incidents(args) => register::lists::incidents(&args),
        Command::Claims(args) => register::lists::claims(&args),
        Command::Commitments(args) => register::lists::commitments(&args),
        Command::Actors(args) => register::lists::actors(&args),
        Command::Sources(args) => register::lists::sources(&args),
        Command::Show(args) => register::show::show(&args),
        Command::History(args) => register::show::history(&args),
        Command::Brief(args) => register::lists::brief(&args),
        Command::Decide(args) => register::decide::run(&args),
        Command::Rebuild(args) => register::upkeep::rebuild(&args),
        Command::Check(args) => register::upkeep::check(&args),
        Command::Import(args) => register::exchange::take(&args),
        Command::Export(args) => register::exchange::give(&args),
        Command::Backup(args) => register::upkeep::backup(&args),
        Command::Serve(args) => desk::serve::run(&args),
        Command::People(args) => desk::people::run(&args),
        Command::Completions { shell } => manual::completions(shell),
        Command::Man { folder } => manual::pages(folder.as_deref()),
    }
}

/// Every fault of the tables and rules, each with its file, line and remedy.
fn check_data() -> Result<ExitCode> {
    let faults = counterclaim_reader::check_data();
    let report = match faults.len() {
        0 => "all tables and rules are sound\n".to_owned(),
        n => format!("{}\n{n} {}\n", faults.join("\n"), if n == 1 { "fault" } else { "faults" }),
    };
    output::write(None, report.as_bytes())?;
    Ok(if faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Says what is wrong on standard error; if even that is closed, the exit code has to do. Names of files and words of
/// reports are cleaned like those of the brief.
fn complain(message: &str) {
    let _ = writeln!(std::io::stderr(), "counterclaim: {}", counterclaim_reader::brief::clean(message, 1000));
}

fn is_broken_pipe(error: &Error) -> bool {
    let io = |e: &(dyn std::error::Error + 'static)| e.downcast_ref::<std::io::Error>().map(std::io::Error::kind);
    error.chain().any(|e| io(e) == Some(ErrorKind::BrokenPipe))
}
