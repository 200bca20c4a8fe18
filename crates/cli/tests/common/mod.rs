//! What the integration tests share.

use assert_cmd::Command;
use std::process::Output;

/// The binary, in the crate's folder, told of no terminal.
pub fn counterclaim() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_counterclaim"));
    command.current_dir(env!("CARGO_MANIFEST_DIR")).env_remove("CLICOLOR_FORCE");
    command
}

/// What it printed.
#[allow(dead_code)]
pub fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// What it complained about.
#[allow(dead_code)]
pub fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// An empty folder that goes with the value.
#[allow(dead_code)]
pub fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}
