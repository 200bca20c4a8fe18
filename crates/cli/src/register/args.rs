//! Options of the commands that work on a register.

use crate::args::InputArgs;
use clap::builder::TypedValueParser;
use clap::{Args as ClapArgs, Subcommand, ValueEnum, ValueHint};
use counterclaim_reader::intake::published_date;
use counterclaim_reader::text::{Aspect, Stance};
use counterclaim_register::{ClaimGrade, Confidence, Likelihood, Progress, SourceGrade};
use jiff::civil::Date;
use std::path::PathBuf;

/// Which register.
#[derive(Clone, Debug, ClapArgs)]
pub struct Where {
    /// The register: a folder, a backup file, or postgres://USER@HOST/DATABASE
    ///
    /// Without it, the environment variable COUNTERCLAIM_REGISTER names it, and without that it is the folder
    /// counterclaim.register here.
    #[arg(long = "register", value_name = "DIR|URL", value_hint = ValueHint::AnyPath)]
    pub register: Option<String>,
}

/// Options of `init`.
#[derive(Debug, ClapArgs)]
pub struct InitArgs {
    /// A folder, which is made if it does not exist, or the address of an empty PostgreSQL database; without it, what
    /// --register or COUNTERCLAIM_REGISTER would name
    #[arg(value_name = "DIR|URL", value_hint = ValueHint::AnyPath)]
    pub place: Option<String>,
}

/// Options of `add`.
#[derive(Debug, ClapArgs)]
pub struct AddArgs {
    /// The register.
    #[command(flatten)]
    pub at: Where,
    /// The reports.
    #[command(flatten)]
    pub inputs: InputArgs,
    /// Time of arrival, RFC 3339; now. It is kept, and no result depends on it
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub arrived: Option<String>,
    /// Reports kept at a time: each such batch is on disk before the next is read
    #[arg(long, value_name = "N", default_value_t = 200, value_parser = clap::value_parser!(u16).range(1..=10_000).map(usize::from))]
    pub batch: usize,
    /// Print a line after each batch that is on disk: for programs that pipe reports in and must know what is safe
    #[arg(long)]
    pub acknowledge: bool,
}

/// What to list.
#[derive(Clone, Debug, Default, ClapArgs)]
pub struct FilterArgs {
    /// Not before this day, YYYY-MM-DD
    #[arg(long, value_name = "DATE", value_parser = published_date)]
    pub from: Option<Date>,
    /// Not after this day
    #[arg(long, value_name = "DATE", value_parser = published_date)]
    pub to: Option<Date>,
    /// Both take part, as doer, target or speaker
    #[arg(long, value_names = ["A", "B"], num_args = 2)]
    pub between: Vec<String>,
    /// In this place: a town, district, province, or a country by name or code
    #[arg(long, value_name = "PLACE", default_value = "", hide_default_value = true)]
    pub place: String,
    /// Of this kind: incidents by kind (air-strike), claims by stance (denies)
    #[arg(long, value_name = "KIND", default_value = "", hide_default_value = true)]
    pub kind: String,
    /// With all these words
    #[arg(long, value_name = "WORDS", default_value = "", hide_default_value = true)]
    pub text: String,
    /// From reports of this source
    #[arg(long, value_name = "NAME", default_value = "", hide_default_value = true)]
    pub source: String,
    /// Also what people rejected
    #[arg(long)]
    pub rejected: bool,
}

/// How a list is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    /// Columns, for a person
    Table,
    /// JSON
    Json,
    /// CSV; cells that a spreadsheet would run as formulas begin with an apostrophe
    Csv,
}

/// Options of the lists.
#[derive(Debug, ClapArgs)]
pub struct ListArgs {
    /// The register.
    #[command(flatten)]
    pub at: Where,
    /// What to list.
    #[command(flatten)]
    pub filter: FilterArgs,
    /// How to print it
    #[arg(long, short, value_enum, default_value_t = ListFormat::Table)]
    pub format: ListFormat,
    /// Rows at most
    #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub limit: u32,
    /// Where the page before ended, as it printed
    #[arg(long, value_name = "PLACE")]
    pub after: Option<String>,
    /// Write to this file instead of standard output: whole, or not at all
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub output: Option<PathBuf>,
}

/// Options of `show` and `history`.
#[derive(Debug, ClapArgs)]
pub struct OneArgs {
    /// The register.
    #[command(flatten)]
    pub at: Where,
    /// An id, or its first characters: i… incident, c… claim, p… commitment, r… report; the number of a decision
    #[arg(value_name = "ID")]
    pub id: String,
    /// How to print it
    #[arg(long, short, value_enum, default_value_t = OneFormat::Text)]
    pub format: OneFormat,
}

/// How one object is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum OneFormat {
    /// For a person
    Text,
    /// JSON
    Json,
}

/// Options of `brief`.
#[derive(Debug, ClapArgs)]
pub struct BriefArgs {
    /// The register.
    #[command(flatten)]
    pub at: Where,
    /// What to tell of.
    #[command(flatten)]
    pub filter: FilterArgs,
    /// How to print it
    #[arg(long, short, value_enum, default_value_t = BriefFormat::Md)]
    pub format: BriefFormat,
    /// Incidents at most, the newest
    #[arg(long, value_name = "N", default_value_t = 500, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub limit: u32,
    /// Write to this file instead of standard output: whole, or not at all
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub output: Option<PathBuf>,
}

/// How a brief is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum BriefFormat {
    /// Markdown
    Md,
    /// A web page without scripts
    Html,
    /// One JSON object, `counterclaim.reading/v1`
    Json,
    /// For a terminal, in columns
    Text,
}

/// Options of `decide`.
#[derive(Debug, ClapArgs)]
pub struct DecideArgs {
    /// The register.
    #[command(flatten)]
    pub at: Where,
    /// Who decides: a person's name
    #[arg(long, value_name = "NAME", global = true, default_value = "", hide_default_value = true)]
    pub by: String,
    /// Why
    #[arg(long, value_name = "TEXT", global = true, default_value = "", hide_default_value = true)]
    pub reason: String,
    /// The last decision on the object that you saw, as `show` prints it; 0 for none
    #[arg(long, value_name = "N", global = true)]
    pub seen: Option<i64>,
    /// Refuse if somebody decided since; without it, your decision is kept and theirs is shown to you
    #[arg(long, global = true)]
    pub if_unchanged: bool,
    /// Time of the decision, RFC 3339; now
    #[arg(long, value_name = "TIME", global = true, value_parser = time)]
    pub made: Option<String>,
    /// What is decided.
    #[command(subcommand)]
    pub act: Deed,
}

/// What a person can decide.
#[derive(Debug, Subcommand)]
pub enum Deed {
    /// An incident, claim or commitment is right as it stands
    Confirm {
        /// Its id.
        id: String,
    },
    /// An incident, claim or commitment is none
    Reject {
        /// Its id.
        id: String,
    },
    /// Incidents are one occurrence
    Merge {
        /// Their ids.
        #[arg(required = true, num_args = 2..)]
        ids: Vec<String>,
    },
    /// What some reports tell is another occurrence than the rest of an incident
    Split {
        /// The incident.
        id: String,
        /// The reports that tell of the other one.
        #[arg(required = true)]
        reports: Vec<String>,
    },
    /// A field of an incident, claim or commitment should read otherwise
    ///
    /// Incidents: title, kind, when (2024-03-18 or 2024-03-18..2024-03-19), where (Khost (AF); Paktika (AF)),
    /// perpetrators, targets (parted by ;), killed, injured (7 or 7..9), status. Claims: speaker, via, stance, aspect,
    /// value. Commitments: by, to, what, made, due.
    Edit {
        /// Its id.
        id: String,
        /// The field.
        field: String,
        /// What it should say; nothing for unknown.
        value: String,
    },
    /// How reliable a source is: A completely, B usually, C fairly, D not usually, E unreliable, F cannot be judged
    GradeSource {
        /// Its name.
        source: String,
        /// A to F.
        grade: SourceGrade,
    },
    /// How credible a claim is: 1 confirmed, 2 probably true, 3 possibly true, 4 doubtful, 5 improbable, 6 cannot be judged
    GradeClaim {
        /// The claim.
        id: String,
        /// 1 to 6.
        grade: ClaimGrade,
    },
    /// Who did it, in your judgement
    Assess {
        /// The incident.
        id: String,
        /// Who.
        #[arg(long, value_name = "ACTOR")]
        who: String,
        /// "almost no chance", "very unlikely", "unlikely", "roughly even chance", "likely", "very likely" or "almost
        /// certain"
        #[arg(long, value_name = "WORDS")]
        likelihood: Likelihood,
        /// How well founded the judgement is: low, moderate or high
        #[arg(long, value_name = "WORD")]
        confidence: Confidence,
        /// What it rests on
        #[arg(long, value_name = "TEXT")]
        basis: String,
    },
    /// Somebody says this about an incident, in words of a report that the machine did not take for a claim
    Claim(ClaimArgs),
    /// What has become of a commitment: kept, broken, contested or pending
    Follow {
        /// The commitment.
        id: String,
        /// The word.
        progress: Progress,
    },
    /// An earlier decision no longer holds; it stays in the record
    Undo {
        /// Its number.
        decision: i64,
    },
}

/// A claim that a person records.
#[derive(Debug, ClapArgs)]
pub struct ClaimArgs {
    /// The report that holds the words
    pub report: String,
    /// The incident that it is about
    #[arg(long, value_name = "ID")]
    pub about: String,
    /// The words: they must stand in the report once, or at --at
    #[arg(long, value_name = "TEXT", required_unless_present = "at")]
    pub words: Option<String>,
    /// Where the words stand: first byte and one past the last, such as 120-163
    #[arg(long, value_name = "START-END", value_parser = bytes)]
    pub at: Option<(u32, u32)>,
    /// The actor that speaks
    #[arg(long, value_name = "ACTOR")]
    pub speaker: String,
    /// Office or person through whom it speaks
    #[arg(long, value_name = "NAME", default_value = "", hide_default_value = true)]
    pub via: String,
    /// asserts, denies, admits, claims-responsibility, accuses, condemns, confirms, cannot-confirm, demands or warns
    #[arg(long, value_name = "WORD", value_parser = stance)]
    pub stance: Stance,
    /// occurrence, perpetrator, target, killed, injured, place, time, legality, responsibility or standing
    #[arg(long, value_name = "WORD", value_parser = aspect)]
    pub aspect: Aspect,
    /// What is said of it; of counts 7 or 7..9
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    pub value: String,
}

/// Options of `rebuild`.
#[derive(Debug, ClapArgs)]
pub struct RebuildArgs {
    /// The register.
    #[command(flatten)]
    pub at: Where,
    /// Look places up in this pack, as when the reports were added
    #[arg(long, value_name = "PACK", value_hint = ValueHint::FilePath)]
    pub gazetteer: Option<PathBuf>,
}

/// Options of `check`.
#[derive(Debug, ClapArgs)]
pub struct CheckArgs {
    /// The register.
    #[command(flatten)]
    pub at: Where,
    /// Also derive everything again and compare, to the byte; the register stays as it is
    #[arg(long)]
    pub deep: bool,
    /// Look places up in this pack, as when the reports were added
    #[arg(long, value_name = "PACK", value_hint = ValueHint::FilePath)]
    pub gazetteer: Option<PathBuf>,
}

/// A format of coded incidents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum RowFormat {
    /// ACLED's CSV of 31 columns
    Acled,
    /// UCDP GED's CSV, by column name
    Ged,
    /// GDELT 2 events; only for import
    Gdelt,
    /// PLOVER JSON Lines
    Plover,
    /// GeoJSON
    Geojson,
    /// Our own JSON, `counterclaim.reading/v1`
    Json,
}

/// Options of `import`.
#[derive(Debug, ClapArgs)]
pub struct ImportArgs {
    /// The register.
    #[command(flatten)]
    pub at: Where,
    /// The data set; `-` is standard input
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// Its format; told by its beginning if that is clear
    #[arg(long, short, value_enum)]
    pub format: Option<RowFormat>,
    /// Whose coding it is, where the file does not say: this name is the speaker
    #[arg(long, value_name = "NAME", default_value = "", hide_default_value = true)]
    pub data_set: String,
    /// Time of arrival, RFC 3339; now
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub arrived: Option<String>,
}

/// Options of `export`.
#[derive(Debug, ClapArgs)]
pub struct ExportArgs {
    /// The register.
    #[command(flatten)]
    pub at: Where,
    /// What to write.
    #[command(flatten)]
    pub filter: FilterArgs,
    /// The format
    #[arg(long, short, value_enum)]
    pub format: RowFormat,
    /// Incidents at most, the newest
    #[arg(long, value_name = "N", default_value_t = 100_000, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub limit: u32,
    /// Write to this file instead of standard output: whole, or not at all
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub output: Option<PathBuf>,
}

/// Options of `backup`.
#[derive(Debug, ClapArgs)]
pub struct BackupArgs {
    /// The register.
    #[command(flatten)]
    pub at: Where,
    /// The file to write; it must not exist
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
}

fn bytes(given: &str) -> Result<(u32, u32), String> {
    let parts = given.split_once('-').and_then(|(a, b)| Some((a.parse().ok()?, b.parse().ok()?)));
    parts.ok_or_else(|| "write the first byte and one past the last, such as 120-163".to_owned())
}

fn stance(given: &str) -> Result<Stance, String> {
    Stance::parse(given).ok_or_else(|| none_of(Stance::ALL.iter().map(|s| s.as_str())))
}

fn aspect(given: &str) -> Result<Aspect, String> {
    Aspect::parse(given).ok_or_else(|| none_of(Aspect::ALL.iter().map(|a| a.as_str())))
}

fn none_of(words: impl Iterator<Item = &'static str>) -> String {
    format!("it is none of: {}", words.collect::<Vec<_>>().join(", "))
}

fn time(given: &str) -> Result<String, String> {
    let parsed: Result<jiff::Timestamp, _> = given.parse();
    parsed.map(|t| t.to_string()).map_err(|_| "write a time such as 2024-03-19T08:30:00Z".to_owned())
}

pub const INIT_EXAMPLES: &str = "\
Examples:
  counterclaim init
  counterclaim init ~/desk
  counterclaim init postgres://desk@localhost/counterclaim";

pub const ADD_EXAMPLES: &str = "\
Examples:
  counterclaim add dispatches.jsonl
  counterclaim add --register ~/desk --published 2024-03-19 --source \"The Patriot\" editorial.txt
  curl -s https://example.org/export.jsonl | counterclaim add -
  COUNTERCLAIM_REGISTER=postgres://desk@db/counterclaim counterclaim add --keep-going *.jsonl";

pub const INCIDENTS_EXAMPLES: &str = "\
Examples:
  counterclaim incidents --from 2024-03-01 --to 2024-03-31 --place Khost
  counterclaim incidents --between Pakistan \"Afghan Taliban\" --kind air-strike
  counterclaim incidents --text \"police post\" --format csv -o posts.csv";

pub const CLAIMS_EXAMPLES: &str = "\
Examples:
  counterclaim claims --kind denies --from 2024-03-01
  counterclaim claims --between Pakistan \"Afghan Taliban\" --format json";

pub const COMMITMENTS_EXAMPLES: &str = "\
Examples:
  counterclaim commitments --between Pakistan \"Afghan Taliban\"
  counterclaim commitments --text ceasefire --format csv";

pub const ACTORS_EXAMPLES: &str = "\
Examples:
  counterclaim actors
  counterclaim actors --place Kurram --from 2024-01-01";

pub const SOURCES_EXAMPLES: &str = "\
Examples:
  counterclaim sources
  counterclaim sources --format csv -o sources.csv";

pub const SHOW_EXAMPLES: &str = "\
Examples:
  counterclaim show i3f0c
  counterclaim show r81b2 --format json
  counterclaim show 17";

pub const HISTORY_EXAMPLES: &str = "\
Examples:
  counterclaim history i3f0c
  counterclaim history \"Example Wire (synthetic)\"";

pub const BRIEF_EXAMPLES: &str = "\
Examples:
  counterclaim brief --from 2024-03-01 --to 2024-03-31 > march.md
  counterclaim brief --between Pakistan \"Afghan Taliban\" --format html -o brief.html
  counterclaim brief --place Kurram --format text | less";

pub const DECIDE_EXAMPLES: &str = "\
Examples:
  counterclaim decide confirm i3f0c --by Ana --reason \"three sources, photographs\" --seen 0
  counterclaim decide merge i3f0c i77ab --by Ana --reason \"same post, same hour\"
  counterclaim decide split i3f0c r81b2 --by Ana --reason \"another village\"
  counterclaim decide edit i3f0c killed 7..8 --by Ana --reason \"hospital list\"
  counterclaim decide grade-source \"Example Wire (synthetic)\" B --by Ana --reason \"right so far\"
  counterclaim decide grade-claim c19d2 3 --by Ana --reason \"one witness\"
  counterclaim decide assess i3f0c --who Pakistan --likelihood \"very likely\" --confidence moderate \\
    --basis \"both sides' statements\" --by Ana --reason \"weekly review\"
  counterclaim decide claim r81b2 --about i3f0c --words \"denied that its troops had fired\" --speaker Pakistan \\
    --stance denies --aspect perpetrator --by Ana --reason \"the machine missed it\"
  counterclaim decide follow p44e1 kept --by Ana --reason \"crossing seen open\"
  counterclaim decide undo 17 --by Ana --reason \"wrong incident\"";

pub const IMPORT_ROWS_EXAMPLES: &str = "\
Examples:
  counterclaim import acled-2024.csv
  counterclaim import --format ged ged.csv
  counterclaim import --format plover --data-set \"Our desk\" events.jsonl";

pub const EXPORT_EXAMPLES: &str = "\
Examples:
  counterclaim export --format acled --from 2024-03-01 -o march.csv
  counterclaim export --format geojson --place Kurram > kurram.geojson";

pub const REBUILD_EXAMPLES: &str = "\
Examples:
  counterclaim rebuild
  counterclaim rebuild --register ~/desk";

pub const CHECK_REGISTER_EXAMPLES: &str = "\
Examples:
  counterclaim check
  counterclaim check --deep --register ~/desk";

pub const BACKUP_EXAMPLES: &str = "\
Examples:
  counterclaim backup desk-2024-03-19.db
  counterclaim check --register desk-2024-03-19.db
  mkdir restored && cp desk-2024-03-19.db restored/register.db";
