//! Chores of the project: `cargo xtask train`, `train-events`, `train-links`, `eval`, `probes`, `speed`, `dynamics`, `gazetteer`.

mod desk_speed;
mod dynamics;
mod eval;
mod gazetteer;
mod lists;
mod marked;
mod power_cut;
mod probes;
mod register;
mod speed;
mod templates;
mod train;
mod train_events;
mod train_links;

use clap::{Parser, Subcommand};
use std::path::{Path, PathBuf};

/// Chores of the project.
#[derive(Parser)]
#[command(name = "cargo xtask")]
struct Args {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Write the lists of towns and divisions under data/places from the reverse_geocoder crate.
    Gazetteer,
    /// Train the syntax model from treebanks and write data/models/syntax.bin.
    Train(train::Args),
    /// Fit the scorers of PLOVER types, of MUC-4's templates and of confidence, and write data/models/plover.bin, muc4.bin
    /// and confidence.tsv.
    TrainEvents(train_events::Args),
    /// Fit the weights that link reports of one occurrence and write data/models/links.tsv.
    TrainLinks(train_links::Args),
    /// Measure on the gold sets and write evaluation/SCORES.md.
    Eval(eval::Args),
    /// Read the probes of evaluation/probes.tsv: negated, modal, future, denied and so on.
    Probes,
    /// Time the register: intake from raw text, lists, searches and pages, at several sizes.
    RegisterSpeed(register::SpeedArgs),
    /// Kill intake 200 times, cut its power 200 times (simulated), and let eight writers write to PostgreSQL for two minutes.
    RegisterCrash(register::CrashArgs),
    /// Time pages of the desk under load, over a register of 100,000 incidents that is made for it.
    DeskSpeed(desk_speed::Args),
    /// Time every stage on one core; peak memory and start-up time.
    Speed,
    /// Print every published figure of crates/dynamics beside what is computed here.
    Dynamics {
        /// Folder with series/ged-pakistan.csv and series/world-country-months.csv; ../shared/gold beside the project.
        #[arg(long)]
        gold: Option<PathBuf>,
    },
}

/// Where `cargo build --release` puts programs.
fn release(root: &Path) -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from).join("release")
}

fn main() -> anyhow::Result<()> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..");
    match Args::parse().chore {
        Chore::Gazetteer => gazetteer::run(&root),
        Chore::Train(args) => train::run(&root, &args),
        Chore::TrainEvents(args) => train_events::run(&root, &args),
        Chore::TrainLinks(args) => train_links::run(&root, &args),
        Chore::Eval(args) => eval::run(&root, &args),
        Chore::Probes => probes::run(&root),
        Chore::RegisterSpeed(args) => register::speed(&args),
        Chore::RegisterCrash(args) => register::crash(&root, &args),
        Chore::DeskSpeed(args) => desk_speed::run(&root, &args),
        Chore::Speed => speed::run(&root),
        Chore::Dynamics { gold } => dynamics::run(&root, gold.as_deref()),
    }
}
