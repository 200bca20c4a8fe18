//! `cargo xtask eval`: reads every gold set that is there, prints the figures beside the published ones and writes
//! them, with the command and the commit, to `evaluation/SCORES.md`.
//!
//! Scoring is the evaluation crate's; the files below only turn the reader's layers into each set's vocabulary.

mod attribution;
mod dates;
mod desk;
mod headlines;
mod incidents;
pub mod links;
mod muc4;
mod muc4_roles;
mod names;
mod places;
mod plover;
mod plover_events;
mod sets;
mod tools;
mod trees;

use anyhow::{Context, Result, bail};
use counterclaim_evaluation::Figure;
use counterclaim_evaluation::table::{self, Measured};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

pub use muc4_roles::Fillers;
pub use tools::Tools;

/// What to measure and where to write it.
#[derive(clap::Args)]
pub struct Args {
    /// Folder of the gold sets; if not given, shared/gold beside the workspace.
    #[arg(long)]
    gold: Option<PathBuf>,
    /// Folder of desk cases, with aliases.tsv above it; if not given, shared/desk/dev beside the workspace.
    #[arg(long)]
    desk: Option<PathBuf>,
    /// Only these sets, such as desk,ewt,lgl; SCORES.md is then left as it is.
    #[arg(long, value_delimiter = ',')]
    sets: Vec<String>,
    /// Print JSON instead of the table.
    #[arg(long)]
    json: bool,
    /// Also print what was missed and what was false, on stderr.
    #[arg(long)]
    verbose: bool,
    /// Leave evaluation/SCORES.md as it is.
    #[arg(long)]
    no_write: bool,
}

/// What one set gave.
#[derive(Default)]
pub struct Outcome {
    /// The figures for the table.
    pub figures: Vec<Figure>,
    /// Misses and false alarms, for `--verbose`.
    pub lines: Vec<String>,
    /// Words per second on one core, where it was timed.
    pub speed: Option<f64>,
    /// The figures in the layout of `score.py`, for the desk set.
    pub desk: Option<Value>,
}

impl Outcome {
    /// Figures and nothing else.
    pub fn of(figures: Vec<Figure>) -> Outcome {
        Outcome { figures, ..Outcome::default() }
    }
}

/// Measures and prints.
pub fn run(root: &Path, args: &Args) -> Result<()> {
    let shared = root.join("../shared");
    let gold = args.gold.clone().unwrap_or_else(|| shared.join("gold"));
    let desk = args.desk.clone().unwrap_or_else(|| shared.join("desk/dev"));
    if let Some(unknown) = args.sets.iter().find(|s| !sets::all().any(|set| set.id == s.as_str())) {
        let known: Vec<&str> = sets::all().map(|s| s.id).collect();
        bail!("there is no set \"{unknown}\"; the sets are {}", known.join(", "));
    }
    let tools = Tools::new();
    let mut measured: Vec<Measured> = Vec::new();
    let (mut desk_json, mut speed) = (Value::Null, None);
    for set in sets::all().filter(|s| args.sets.is_empty() || args.sets.iter().any(|id| id == s.id)) {
        let path = if matches!(set.id, "desk" | "links") { desk.clone() } else { gold.join(set.path) };
        if !path.exists() {
            eprintln!("{}: absent ({})", set.title, path.display());
            measured.push(Measured { set, figures: None });
            continue;
        }
        let start = Instant::now();
        let outcome = measure(&tools, set.id, &path).with_context(|| format!("while measuring {}", set.title))?;
        eprintln!("{}: {:.1} s", set.title, start.elapsed().as_secs_f64());
        if args.verbose {
            outcome.lines.iter().for_each(|line| eprintln!("  {line}"));
        }
        speed = outcome.speed.or(speed);
        desk_json = outcome.desk.unwrap_or(desk_json);
        measured.push(Measured { set, figures: Some(outcome.figures) });
    }
    let commit = commit(root);
    if args.json {
        let all = json!({
            "commit": commit,
            "desk": desk_json,
            "sets": table::to_json(&measured),
            "words_per_second": speed.map(f64::round),
        });
        println!("{}", serde_json::to_string_pretty(&all)?);
    } else {
        print!("{}", table::text(&measured));
        if let Some(speed) = speed {
            println!("Raw text to trees: {speed:.0} words/s on one core.");
        }
    }
    if args.sets.is_empty() && !args.no_write {
        let path = root.join("evaluation/SCORES.md");
        std::fs::write(&path, scores(&measured, &commit, speed))
            .with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}

fn measure(tools: &Tools, id: &str, path: &Path) -> Result<Outcome> {
    match id {
        "desk" => desk::measure(tools, path),
        "ewt" => trees::raw(tools, path, trees::Case::AsIs).map(|o| trees::timed(tools, path, o)),
        "gum" => trees::raw(tools, path, trees::Case::AsIs),
        "ewt-words" | "gum-words" => trees::given_words(tools, path),
        "ewt-upper" | "gum-upper" => trees::raw(tools, path, trees::Case::Upper),
        "lgl" | "gwn" => places::raw(tools, path),
        "lgl-given" | "gwn-given" => places::given(tools, path),
        "dates" => dates::measure(tools, path),
        "attribution" => attribution::measure(tools, path),
        "plover" => plover::manual(tools, path, true),
        "plover-no-appeals" => plover::manual(tools, path, false),
        "plv" => plover::sentences(tools, path),
        "muc4" => muc4::measure(tools, path),
        "names" => names::measure(tools, path),
        "incidents" => incidents::measure(tools, path),
        "headlines" => headlines::measure(tools, path),
        "links" => links::desk_cases(tools, path),
        "ged-links" => links::ged(tools, path),
        _ => bail!("nothing here measures the set \"{id}\""),
    }
}

/// The text of `SCORES.md`.
fn scores(measured: &[Measured], commit: &str, speed: Option<f64>) -> String {
    let how = format!(
        "Written by `cargo xtask eval` at commit {commit}, on the development part of each set. The gold sets belong to \
         others and are not part of the project; `ours` is this reader, the columns beside it are published figures \
         with their source, mostly on the test part of the same corpus. See `cargo xtask eval --help`."
    );
    let mut out = table::markdown(measured, &how);
    if let Some(speed) = speed {
        out.push_str(&format!(
            "\nRaw text to trees: about {:.0},000 words/s on one core of the machine that wrote this file; \
             `cargo xtask speed` gives every stage.\n",
            speed / 1e3
        ));
    }
    out
}

/// The short hash of the checked-out commit, with "-dirty" if tracked files differ from it.
fn commit(root: &Path) -> String {
    let git = |args: &[&str]| {
        let out = Command::new("git").current_dir(root).env("GIT_OPTIONAL_LOCKS", "0").args(args).output().ok()?;
        out.status.success().then(|| String::from_utf8_lossy(&out.stdout).trim().to_owned())
    };
    match git(&["rev-parse", "--short", "HEAD"]) {
        Some(hash) => {
            let own = ":(exclude)evaluation/SCORES.md";
            let dirty = git(&["status", "--porcelain", "--", ".", own]).is_none_or(|s| !s.is_empty());
            format!("{hash}{}", if dirty { "-dirty" } else { "" })
        }
        None => "unknown".to_owned(),
    }
}
