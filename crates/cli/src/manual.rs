//! Completions and man pages, from the same definitions as `--help`.

use crate::args::Args;
use crate::output;
use anyhow::{Context, Result};
use clap::CommandFactory;
use clap_complete::Shell;
use std::path::Path;
use std::process::ExitCode;

/// Prints completions for a shell.
pub fn completions(shell: Shell) -> Result<ExitCode> {
    let mut bytes = vec![];
    clap_complete::generate(shell, &mut Args::command(), "counterclaim", &mut bytes);
    output::write(None, &bytes)?;
    Ok(ExitCode::SUCCESS)
}

/// Prints the main page, or writes a page for every command into a folder.
pub fn pages(folder: Option<&Path>) -> Result<ExitCode> {
    match folder {
        None => {
            let mut bytes = vec![];
            clap_mangen::Man::new(Args::command()).render(&mut bytes)?;
            output::write(None, &bytes)?;
        }
        Some(folder) => {
            let cannot = || format!("cannot write man pages into {}", folder.display());
            std::fs::create_dir_all(folder).with_context(cannot)?;
            clap_mangen::generate_to(Args::command(), folder).with_context(cannot)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
