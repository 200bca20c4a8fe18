//! The commands and their options: `--help`, completions and man pages all come from here.

use crate::desk::args as desk;
use crate::dynamics::args as dynamics;
use crate::register::args as register;
use clap::builder::TypedValueParser;
use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum, ValueHint};
use clap_complete::Shell;
use counterclaim_reader::brief::{NARROWEST, WIDEST};
use counterclaim_reader::intake::{DateOrder, Field, TableOptions, published_date};
use jiff::civil::Date;
use std::path::PathBuf;

/// Reads reports of conflict and sets each side's account beside the other's.
///
/// Incidents, who says what about them, what is disputed, and what was promised: each line leads back to the words
/// that it rests on. The same reports give the same bytes, on any machine and with any number of jobs.
#[derive(Debug, Parser)]
#[command(name = "counterclaim", version, max_term_width = 100, after_help = TOP_EXAMPLES)]
pub struct Args {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read reports together and print the brief
    #[command(after_help = READ_EXAMPLES)]
    Read(ReadArgs),
    /// Print the events of each report in another code book
    #[command(after_help = CODE_EXAMPLES)]
    Code(CodeArgs),
    /// Show what was done with each sentence: its tree, the rules that fired, and why candidates were dropped
    #[command(after_help = EXPLAIN_EXAMPLES)]
    Explain(ExplainArgs),
    /// Work with the tables and rules
    Data {
        /// What to do with them.
        #[command(subcommand)]
        command: DataCommand,
    },
    /// Build and look into packs of places
    Gazetteer {
        /// What to do with them.
        #[command(subcommand)]
        command: GazetteerCommand,
    },
    /// Read bundled synthetic dispatches and print the brief
    #[command(after_help = DEMO_EXAMPLES)]
    Demo(DemoArgs),
    /// Say whether tension between two sides is rising, and how sure that is
    #[command(after_help = dynamics::TENSION_EXAMPLES)]
    Tension(dynamics::TensionArgs),
    /// Ask who answers whom, with the checks that can take the answer away
    #[command(after_help = dynamics::REACTIONS_EXAMPLES)]
    Reactions(dynamics::ReactionsArgs),
    /// Forecast the months to come, unit by unit
    #[command(after_help = dynamics::FORECAST_EXAMPLES)]
    Forecast(dynamics::ForecastArgs),
    /// Show which units have doubled of late, and how many false alarms to expect
    #[command(after_help = dynamics::ALERTS_EXAMPLES)]
    Alerts(dynamics::AlertsArgs),
    /// Score past forecasts beside persistence and climate
    #[command(after_help = dynamics::BACKTEST_EXAMPLES)]
    Backtest(dynamics::BacktestArgs),
    /// Count which commitments were kept, and say how often luck would have done
    #[command(after_help = dynamics::KEPT_EXAMPLES)]
    Kept(dynamics::KeptArgs),
    /// Make a register: a folder, or a PostgreSQL database that a team shares
    #[command(after_help = register::INIT_EXAMPLES)]
    Init(register::InitArgs),
    /// Add reports to the register
    #[command(after_help = register::ADD_EXAMPLES)]
    Add(register::AddArgs),
    /// List incidents of the register
    #[command(after_help = register::INCIDENTS_EXAMPLES)]
    Incidents(register::ListArgs),
    /// List who says what
    #[command(after_help = register::CLAIMS_EXAMPLES)]
    Claims(register::ListArgs),
    /// List what was promised
    #[command(after_help = register::COMMITMENTS_EXAMPLES)]
    Commitments(register::ListArgs),
    /// List actors, with what they take part in
    #[command(after_help = register::ACTORS_EXAMPLES)]
    Actors(register::ListArgs),
    /// List sources, with their grades
    #[command(after_help = register::SOURCES_EXAMPLES)]
    Sources(register::ListArgs),
    /// Show an incident, claim, commitment, report or decision with everything about it
    #[command(after_help = register::SHOW_EXAMPLES)]
    Show(register::OneArgs),
    /// Show what happened to an object: versions and decisions, in order
    #[command(after_help = register::HISTORY_EXAMPLES)]
    History(register::OneArgs),
    /// Print the brief of what the register holds
    #[command(after_help = register::BRIEF_EXAMPLES)]
    Brief(register::BriefArgs),
    /// Keep a person's decision
    #[command(after_help = register::DECIDE_EXAMPLES)]
    Decide(register::DecideArgs),
    /// Derive everything in the register again from reports and decisions
    #[command(after_help = register::REBUILD_EXAMPLES)]
    Rebuild(register::RebuildArgs),
    /// Verify every hash, span and reference of the register
    #[command(after_help = register::CHECK_REGISTER_EXAMPLES)]
    Check(register::CheckArgs),
    /// Take rows of a coded data set into the register: ACLED, UCDP GED, GDELT, PLOVER, GeoJSON, own JSON
    #[command(after_help = register::IMPORT_ROWS_EXAMPLES)]
    Import(register::ImportArgs),
    /// Write incidents of the register for other programs
    #[command(after_help = register::EXPORT_EXAMPLES)]
    Export(register::ExportArgs),
    /// Copy the register into one file
    #[command(after_help = register::BACKUP_EXAMPLES)]
    Backup(register::BackupArgs),
    /// Open the register in a browser: the desk, for people who work with it
    #[command(after_help = desk::SERVE_EXAMPLES)]
    Serve(desk::ServeArgs),
    /// Say who may sign in at the desk, and as what
    #[command(after_help = desk::PEOPLE_EXAMPLES)]
    People(desk::PeopleArgs),
    /// Print completions for a shell
    #[command(after_help = COMPLETIONS_EXAMPLES)]
    Completions {
        /// The shell.
        shell: Shell,
    },
    /// Print the man page, or write all of them into a folder
    #[command(after_help = MAN_EXAMPLES)]
    Man {
        /// Folder to write into; it is made if it does not exist.
        #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
        folder: Option<PathBuf>,
    },
}

/// What to do with tables and rules.
#[derive(Debug, Subcommand)]
pub enum DataCommand {
    /// Check all tables and rules; every fault is shown with its file, line and remedy
    #[command(after_help = CHECK_EXAMPLES)]
    Check,
}

/// What to do with packs of places.
#[derive(Debug, Subcommand)]
pub enum GazetteerCommand {
    /// Build a pack from GeoNames dumps, or from tables with named columns such as those of UCDP and ACLED
    #[command(after_help = IMPORT_EXAMPLES)]
    Import(GazetteerImportArgs),
    /// Show the places of a name
    #[command(after_help = SHOW_EXAMPLES)]
    Show(GazetteerShowArgs),
}

/// Options of `gazetteer import`.
#[derive(Debug, ClapArgs)]
pub struct GazetteerImportArgs {
    /// Dumps of GeoNames (allCountries.txt, PK.zip, cities500.txt, admin1CodesASCII.txt), TSV or CSV with a header
    #[arg(value_name = "FILES", value_hint = ValueHint::FilePath, required = true)]
    pub files: Vec<PathBuf>,
    /// The pack: written whole, or not at all
    #[arg(long, short, value_name = "PACK", value_hint = ValueHint::FilePath)]
    pub out: PathBuf,
    /// Also buildings, roads and other spots, which reports seldom name
    #[arg(long)]
    pub every_feature: bool,
    /// Megabytes to sort in; the rest goes through temporary files beside the pack
    #[arg(long, value_name = "N", default_value_t = 256, value_parser = clap::value_parser!(u16).range(1..).map(usize::from))]
    pub memory: usize,
}

/// Options of `gazetteer show`.
#[derive(Debug, ClapArgs)]
pub struct GazetteerShowArgs {
    /// Names to look up
    #[arg(value_name = "NAMES")]
    pub names: Vec<String>,
    /// The pack; without it, the built-in gazetteer
    #[arg(long, value_name = "PACK", value_hint = ValueHint::FilePath)]
    pub gazetteer: Option<PathBuf>,
}

/// Options of `read`.
#[derive(Debug, ClapArgs)]
pub struct ReadArgs {
    /// What to read.
    #[command(flatten)]
    pub inputs: InputArgs,
    /// How to print it
    #[arg(long, short, value_enum, default_value_t = Format::Brief)]
    pub format: Format,
    /// Write to this file instead of standard output: whole, or not at all
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub output: Option<PathBuf>,
    /// Width of the brief in columns; that of the terminal, or 80
    #[arg(long, value_name = "N", value_parser = width)]
    pub width: Option<usize>,
    /// Show how the inputs would be taken in, with every fault, and read nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Number of threads; one for each processor. It changes no byte of the result
    #[arg(long, short, value_name = "N", value_parser = jobs)]
    pub jobs: Option<usize>,
}

/// Options of `code`.
#[derive(Debug, ClapArgs)]
pub struct CodeArgs {
    /// What to code.
    #[command(flatten)]
    pub inputs: InputArgs,
    /// The code book
    #[arg(long, short, value_enum, default_value_t = CodeFormat::Plover)]
    pub format: CodeFormat,
    /// Write to this file instead of standard output: whole, or not at all
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub output: Option<PathBuf>,
}

/// A code book.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CodeFormat {
    /// PLOVER events, a JSON object a line
    Plover,
    /// CAMEO: date, source, target, code and report, parted by tabs
    Cameo,
    /// Incidents of all reports together as CSV in the manner of ACLED, with UCDP's type of violence
    Acled,
}

/// Options of `explain`.
#[derive(Debug, ClapArgs)]
pub struct ExplainArgs {
    /// What to explain.
    #[command(flatten)]
    pub inputs: InputArgs,
    /// Write to this file instead of standard output: whole, or not at all
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub output: Option<PathBuf>,
}

/// Options of `demo`.
#[derive(Debug, ClapArgs)]
pub struct DemoArgs {
    /// How to print it
    #[arg(long, short, value_enum, default_value_t = Format::Brief)]
    pub format: Format,
    /// Width of the brief in columns; that of the terminal, or 80
    #[arg(long, value_name = "N", value_parser = width)]
    pub width: Option<usize>,
    /// Print the dispatches themselves instead, as JSON Lines
    #[arg(long)]
    pub dispatches: bool,
}

/// Which reports, and what they may lack.
#[derive(Debug, ClapArgs)]
pub struct InputArgs {
    /// Plain text, HTML, JSON Lines, RSS, Atom, CSV or TSV; `-` is standard input, and the default
    ///
    /// A text or HTML file is one report; so is an item of a feed, and a row of a table with a header. A line of JSON
    /// Lines is one report: {"id","source","published","title","text","url"?,"language"?}
    #[arg(value_name = "FILES", value_hint = ValueHint::FilePath)]
    pub files: Vec<PathBuf>,
    /// Day of publication of reports that do not give it, as YYYY-MM-DD
    #[arg(long, value_name = "DATE", value_parser = published_date)]
    pub published: Option<Date>,
    /// Publisher of reports that do not name it
    #[arg(long, value_name = "NAME", default_value = "", hide_default_value = true)]
    pub source: String,
    /// Headline of reports that have none
    #[arg(long, value_name = "TITLE", default_value = "", hide_default_value = true)]
    pub title: String,
    /// Columns of tables that have no usual name, such as text=body,published=date,source=outlet
    #[arg(long, value_name = "FIELD=COLUMN,…", value_parser = columns)]
    pub map: Option<Columns>,
    /// Whether 03/04/2024 in a table is 3 April (dmy) or March 4 (mdy); without it, such days are refused unless others settle it
    #[arg(long, value_name = "ORDER", value_parser = date_order)]
    pub dates: Option<DateOrder>,
    /// Look places up in this pack, made by `counterclaim gazetteer import`, instead of the built-in towns
    #[arg(long, value_name = "PACK", value_hint = ValueHint::FilePath)]
    pub gazetteer: Option<PathBuf>,
    /// Go on with what can be read when an input or a line cannot; the exit code is still 1
    #[arg(long, short)]
    pub keep_going: bool,
}

/// Columns of tables, by field.
#[derive(Clone, Debug)]
pub struct Columns(pub Vec<(Field, String)>);

fn columns(given: &str) -> Result<Columns, String> {
    TableOptions::parse_map(given).map(Columns)
}

fn date_order(given: &str) -> Result<DateOrder, String> {
    DateOrder::parse(given).ok_or("write dmy or mdy".to_owned())
}

/// How the outcome is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For a person, in columns
    Brief,
    /// One JSON object, `counterclaim.reading/v1`
    Json,
    /// A JSON object a line: the reading, then each report, incident, claim and commitment
    Jsonl,
    /// The brief as Markdown
    Md,
}

fn width(given: &str) -> Result<usize, String> {
    let wanted = format!("write a number from {NARROWEST} to {WIDEST}");
    given.parse().ok().filter(|n| (NARROWEST..=WIDEST).contains(n)).ok_or(wanted)
}

fn jobs(given: &str) -> Result<usize, String> {
    given.parse().ok().filter(|n| (1..=1024).contains(n)).ok_or("write a number from 1 to 1024".to_owned())
}

const TOP_EXAMPLES: &str = "\
Examples:
  counterclaim demo
  counterclaim read --published 2024-03-19 --source \"The Patriot\" editorial.txt
  counterclaim explain editorial.txt | less";

const READ_EXAMPLES: &str = "\
Examples:
  counterclaim read dispatches.jsonl
  counterclaim read --published 2024-03-19 --source \"The Patriot\" editorial.txt
  curl -s https://example.org/report.html | counterclaim read --published 2024-03-19 -
  counterclaim read --format json -o reading.json *.jsonl
  counterclaim read feed.rss
  counterclaim read --map text=body,source=outlet --dates dmy --dry-run archive.csv
  counterclaim read --format md --keep-going archive.jsonl > brief.md";

const CODE_EXAMPLES: &str = "\
Examples:
  counterclaim code dispatches.jsonl
  counterclaim code --format cameo archive.jsonl > events.tsv
  counterclaim code --format acled --published 2024-03-19 editorial.txt";

const EXPLAIN_EXAMPLES: &str = "\
Examples:
  counterclaim explain --published 2024-03-19 editorial.txt
  echo 'Pakistan should not strike Khost.' | counterclaim explain -";

const IMPORT_EXAMPLES: &str = "\
Examples:
  counterclaim gazetteer import allCountries.txt --out world.pack
  counterclaim gazetteer import PK.zip AF.zip --out border.pack
  counterclaim gazetteer import cities500.txt admin1CodesASCII.txt ged.csv --out towns.pack
  counterclaim read --gazetteer world.pack dispatches.jsonl";

const SHOW_EXAMPLES: &str = "\
Examples:
  counterclaim gazetteer show Khost
  counterclaim gazetteer show --gazetteer world.pack Khost \"Spin Boldak\"";

const CHECK_EXAMPLES: &str = "\
Examples:
  counterclaim data check";

const DEMO_EXAMPLES: &str = "\
Examples:
  counterclaim demo
  counterclaim demo --width 120
  counterclaim demo --dispatches > dispatches.jsonl";

const COMPLETIONS_EXAMPLES: &str = "\
Examples:
  counterclaim completions bash > ~/.local/share/bash-completion/completions/counterclaim
  counterclaim completions fish > ~/.config/fish/completions/counterclaim.fish";

const MAN_EXAMPLES: &str = "\
Examples:
  counterclaim man | man -l -
  counterclaim man ~/.local/share/man/man1";

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_definitions_are_sound_and_every_command_has_examples() {
        let command = Args::command();
        command.clone().debug_assert();
        for sub in command.get_subcommands().filter(|s| !matches!(s.get_name(), "data" | "gazetteer")) {
            let help = sub.get_after_help().map(ToString::to_string).unwrap_or_default();
            assert!(help.starts_with("Examples:"), "{}", sub.get_name());
        }
    }
}
