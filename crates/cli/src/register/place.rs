//! Which register is meant, and making one.

use super::args::{InitArgs, Where};
use crate::progress::Progress;
use crate::{complain, output};
use anyhow::Result;
use counterclaim_reader::Reader;
use counterclaim_register::{Machine, Register, without_password};
use std::process::ExitCode;

/// The variable that names the register.
const VARIABLE: &str = "COUNTERCLAIM_REGISTER";
/// The folder of the register, if nothing names one.
const FOLDER: &str = "counterclaim.register";

/// Makes a register.
pub fn init(args: &InitArgs) -> Result<ExitCode> {
    let place = named(args.place.as_deref());
    Register::init(&place)?;
    let shown = without_password(&place);
    let usual = if place == FOLDER { String::new() } else { format!(" --register {shown}") };
    let said = format!("{shown} is a register now. `counterclaim add{usual} FILES` fills it.\n");
    output::write(None, said.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}

/// Opens the register that the options, the variable or the habit name.
pub fn open(at: &Where) -> Result<Register> {
    open_named(&named(at.register.as_deref()))
}

/// Opens a register. Where an earlier program made it, bringing it up to date may take a while: that is told and shown.
pub fn open_named(place: &str) -> Result<Register> {
    let mut progress = None;
    let mut step = |done: usize, all: usize| {
        if progress.is_none() {
            complain("an earlier program made this register; it is brought up to date, once");
        }
        let bar = progress.get_or_insert_with(Progress::start);
        if done == 0 {
            bar.measure("bringing up to date", all as u64);
        }
        bar.at(done, all);
    };
    Ok(Register::open_telling(place, &mut step)?)
}

/// The place that is meant: as given, or as the variable says, or the usual folder.
pub fn named(given: Option<&str>) -> String {
    let variable = || std::env::var(VARIABLE).ok().filter(|v| !v.is_empty());
    given.map(str::to_owned).or_else(variable).unwrap_or_else(|| FOLDER.to_owned())
}

/// What reads for the register: the version stands with every reading.
pub fn with_machine<T>(reader: &Reader, work: impl FnOnce(&Machine<'_>) -> T) -> T {
    let generator = format!("counterclaim {}", env!("CARGO_PKG_VERSION"));
    let read = |reports: &[counterclaim_reader::text::Report]| reader.parts(reports);
    work(&Machine { generator: &generator, read: &read })
}
