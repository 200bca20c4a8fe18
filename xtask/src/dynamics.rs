//! `cargo xtask dynamics`: every published reference figure beside what is computed here, and the times.
//!
//! The series lie beside the project (`--gold`); without them only what needs no data is computed.

mod clock;
mod drawn;
mod exact;
mod pakistan;
mod sheet;
mod world;

use anyhow::{Context, Result};
use std::path::Path;

/// Prints everything.
pub fn run(root: &Path, gold: Option<&Path>) -> Result<()> {
    let beside = root.join("../shared/gold");
    let gold = gold.unwrap_or(&beside);
    let mut sheet = sheet::Sheet::new();
    exact::run(&mut sheet)?;
    drawn::alarms(&mut sheet);
    drawn::volume(&mut sheet)?;
    drawn::recovery(&mut sheet)?;
    drawn::verdicts(&mut sheet)?;
    let file = gold.join("series/ged-pakistan.csv");
    if file.is_file() {
        let text = std::fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
        pakistan::run(&mut sheet, gold, &text)?;
    } else {
        println!("\n{} is not there: give its folder with --gold; figures on it are left out", file.display());
    }
    let file = gold.join("series/world-country-months.csv");
    if file.is_file() {
        world::run(&mut sheet, &file)?;
    } else {
        println!("\n{} is not there: the backtest is left out", file.display());
    }
    clock::hawkes(&mut sheet)?;
    sheet.sum();
    Ok(())
}
