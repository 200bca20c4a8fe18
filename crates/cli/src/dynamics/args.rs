//! Options of the commands about time.

use clap::{Args as ClapArgs, ValueEnum, ValueHint};
use jiff::civil::Date;
use std::path::PathBuf;

/// Options of `tension`.
#[derive(Debug, ClapArgs)]
pub struct TensionArgs {
    /// One side, as the data name it
    #[arg(value_name = "A")]
    pub a: String,
    /// The other side
    #[arg(value_name = "B")]
    pub b: String,
    /// The data.
    #[command(flatten)]
    pub data: DataArgs,
    /// Chance of "rising" at one look at a level that does not move
    #[arg(long, value_name = "P", default_value_t = 0.05, value_parser = chance)]
    pub false_alarm: f64,
    /// Write a chart of the weekly levels to this SVG file
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub svg: Option<PathBuf>,
}

/// Options of `reactions`.
#[derive(Debug, ClapArgs)]
pub struct ReactionsArgs {
    /// The data.
    #[command(flatten)]
    pub data: DataArgs,
    /// A series, as NAME=FROM>TO or NAME=FROM>TO@CHANNEL; * is anybody. Without any: the busiest directed pairs
    #[arg(long = "series", value_name = "SERIES")]
    pub series: Vec<String>,
    /// How many of the busiest directed pairs are looked at when no series is given
    #[arg(long, value_name = "N", default_value_t = 4, value_parser = clap::value_parser!(u8).range(2..=8))]
    pub most: u8,
    /// Rounds of the placebo, at least 199
    #[arg(long, value_name = "N", default_value_t = 199, value_parser = clap::value_parser!(u32).range(199..=99_999))]
    pub rounds: u32,
    /// Also fit the model in which one series can dampen another
    #[arg(long)]
    pub signed: bool,
    /// Compare two futures, without and with N further events of a series on the last day, as NAME=N
    #[arg(long, value_name = "NAME=N")]
    pub what_if: Option<String>,
    /// Days over which consequences are counted
    #[arg(long, value_name = "DAYS", default_value_t = 30, value_parser = clap::value_parser!(u16).range(1..=365))]
    pub horizon: u16,
}

/// Options of `forecast`.
#[derive(Debug, ClapArgs)]
pub struct ForecastArgs {
    /// The data.
    #[command(flatten)]
    pub data: DataArgs,
    /// The units.
    #[command(flatten)]
    pub units: UnitArgs,
    /// Months ahead
    #[arg(long, value_name = "N,N", value_delimiter = ',', default_values_t = [1_u8, 3, 6, 12], value_parser = clap::value_parser!(u8).range(1..=60))]
    pub ahead: Vec<u8>,
    /// Units shown, busiest first
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub most: usize,
}

/// Options of `alerts`.
#[derive(Debug, ClapArgs)]
pub struct AlertsArgs {
    /// The data.
    #[command(flatten)]
    pub data: DataArgs,
    /// The units.
    #[command(flatten)]
    pub units: UnitArgs,
    /// Chance of a false alarm for one unit over the periods watched
    #[arg(long, value_name = "P", default_value_t = 0.1, value_parser = chance)]
    pub false_alarm: f64,
    /// Months watched, the last ones
    #[arg(long, value_name = "N", default_value_t = 12, value_parser = clap::value_parser!(u8).range(1..=60))]
    pub periods: u8,
    /// Also show when levels changed in the past, for this many of the busiest units
    #[arg(long, value_name = "N", default_value_t = 3)]
    pub history: usize,
    /// What one more change of level must save, instead of the penalty that follows from the data
    #[arg(long, value_name = "X", value_parser = penalty)]
    pub penalty: Option<f64>,
}

/// Options of `backtest`.
#[derive(Debug, ClapArgs)]
pub struct BacktestArgs {
    /// The data.
    #[command(flatten)]
    pub data: DataArgs,
    /// The units.
    #[command(flatten)]
    pub units: UnitArgs,
    /// First month from which forecasts are made, as YYYY-MM; otherwise half of the months come before
    #[arg(long, value_name = "MONTH")]
    pub first: Option<String>,
    /// Months ahead
    #[arg(long, value_name = "N,N", value_delimiter = ',', default_values_t = [1_u8, 3, 6, 12], value_parser = clap::value_parser!(u8).range(1..=60))]
    pub ahead: Vec<u8>,
    /// Draws that the binned log score takes a forecast for
    #[arg(long, value_name = "N", default_value_t = 1000, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub draws: u32,
}

/// Options of `kept`.
#[derive(Debug, ClapArgs)]
pub struct KeptArgs {
    /// Commitments: CSV with the columns by, to, what, made, due, outcome (kept, broken, contested or open), or JSON with fields
    /// of these names, one a line; - is standard input
    #[arg(value_name = "COMMITMENTS", value_hint = ValueHint::FilePath)]
    pub commitments: PathBuf,
    /// Events, to say how often luck alone would have kept a truce; as for the other commands
    #[arg(value_name = "FILES", value_hint = ValueHint::FilePath)]
    pub files: Vec<PathBuf>,
    /// How to print it
    #[arg(long, short, value_enum, default_value_t = Form::Text)]
    pub format: Form,
    /// Write to this file instead of standard output: whole, or not at all
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub output: Option<PathBuf>,
}

/// What is read, from when to when, and where it goes.
#[derive(Debug, ClapArgs)]
pub struct DataArgs {
    /// Dated events (date,from,to) as CSV or JSON Lines; incidents as JSON Lines; what `counterclaim read` prints as JSON or JSON
    /// Lines; UCDP GED as CSV or JSON Lines. Which it is shows in the file. - is standard input
    #[arg(value_name = "FILES", required = true, value_hint = ValueHint::FilePath)]
    pub files: Vec<PathBuf>,
    /// First day that counts, as YYYY-MM-DD; otherwise that of the first event
    #[arg(long, value_name = "DATE")]
    pub since: Option<Date>,
    /// Last day that counts; otherwise that of the last event
    #[arg(long, value_name = "DATE")]
    pub until: Option<Date>,
    /// Days on which nothing was collected, as FIRST..LAST; may be given more than once
    #[arg(long, value_name = "FIRST..LAST", value_parser = gap)]
    pub gap: Vec<(Date, Date)>,
    /// GED only: guess who acted from who died. GED does not say who began
    #[arg(long)]
    pub guess_directions: bool,
    /// How to print it
    #[arg(long, short, value_enum, default_value_t = Form::Text)]
    pub format: Form,
    /// Write to this file instead of standard output: whole, or not at all
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub output: Option<PathBuf>,
    /// Seed of everything that is drawn
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
}

/// What is counted, month by month.
#[derive(Debug, ClapArgs)]
pub struct UnitArgs {
    /// What makes a unit
    #[arg(long, value_enum, default_value_t = By::Dyad)]
    pub by: By,
    /// What is counted
    #[arg(long, value_enum, default_value_t = Count::Incidents)]
    pub count: Count,
    /// Only this channel
    #[arg(long, value_enum, default_value_t = Channel::HostileMaterial)]
    pub channel: Channel,
    /// FILES is one CSV table: a month in the first column, one unit in each other one
    #[arg(long, conflicts_with_all = ["by", "count", "channel", "guess_directions"])]
    pub table: bool,
}

/// How the outcome is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Form {
    /// For a person
    Text,
    /// One JSON object
    Json,
}

/// What makes a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum By {
    /// Two sides, whoever acted
    Dyad,
    /// Who acted and towards whom
    Direction,
    /// The area
    Area,
    /// All together
    All,
}

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Count {
    /// Incidents
    Incidents,
    /// Deaths, best estimate
    Deaths,
}

/// The channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Channel {
    /// Violence and other hostile acts
    HostileMaterial,
    /// Accusations, threats, refusals
    HostileVerbal,
    /// Talks, agreements, aid, withdrawals
    Cooperative,
}

fn chance(given: &str) -> Result<f64, String> {
    let wanted = "write a chance between 0.001 and 0.5";
    given.parse().ok().filter(|p| (0.001..=0.5).contains(p)).ok_or(wanted.to_owned())
}

fn penalty(given: &str) -> Result<f64, String> {
    given.parse().ok().filter(|p| (0.0..=1e9).contains(p)).ok_or("write a number from 0 on".to_owned())
}

fn gap(given: &str) -> Result<(Date, Date), String> {
    let wanted = "write FIRST..LAST with dates as YYYY-MM-DD, the earlier one first";
    let (first, last) = given.split_once("..").ok_or(wanted)?;
    match (first.parse(), last.parse()) {
        (Ok(first), Ok(last)) if first <= last => Ok((first, last)),
        _ => Err(wanted.to_owned()),
    }
}

/// Examples of each command, for `--help`.
pub const TENSION_EXAMPLES: &str = "\
Examples:
  counterclaim tension Northland Southland events.csv
  counterclaim tension \"Afghan Taliban\" Pakistan reading.json --svg tension.svg
  counterclaim tension \"Government of Pakistan\" TTP ged.csv --since 2007-12-10 --until 2021-12-26
  counterclaim tension Northland Southland events.csv --gap 2023-02-01..2023-02-28 --format json
  counterclaim read reports/*.txt --format jsonl | counterclaim tension Northland Southland -";

/// Examples of `reactions`.
pub const REACTIONS_EXAMPLES: &str = "\
Examples:
  counterclaim reactions events.csv
  counterclaim reactions ged.csv --guess-directions --since 2007-06-01 --until 2014-12-31
  counterclaim reactions events.csv --series 'raids=Northland>Southland' --series 'shelling=Southland>Northland'
  counterclaim reactions events.csv --signed --series 'talks=*>*@cooperative' --series 'raids=Northland>Southland'
  counterclaim reactions events.csv --what-if 'Northland > Southland=5' --horizon 30";

/// Examples of `forecast`.
pub const FORECAST_EXAMPLES: &str = "\
Examples:
  counterclaim forecast events.csv
  counterclaim forecast ged.csv --by area --count deaths --ahead 1,3,6
  counterclaim forecast --table country-months.csv --format json";

/// Examples of `alerts`.
pub const ALERTS_EXAMPLES: &str = "\
Examples:
  counterclaim alerts events.csv
  counterclaim alerts ged.csv --by area --false-alarm 0.05 --periods 6
  counterclaim alerts ged.csv --by all --since 2005-01-01 --until 2021-12-31 --penalty 60";

/// Examples of `backtest`.
pub const BACKTEST_EXAMPLES: &str = "\
Examples:
  counterclaim backtest events.csv --by direction
  counterclaim backtest --table country-months.csv --first 2012-12";

/// Examples of `kept`.
pub const KEPT_EXAMPLES: &str = "\
Examples:
  counterclaim kept commitments.csv
  counterclaim kept commitments.csv events.csv";
