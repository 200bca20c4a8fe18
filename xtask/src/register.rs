//! `cargo xtask register-speed` and `register-crash`: how fast the register is, and what it loses when it is killed.
//!
//! Reports are synthetic, about 400 words each, from a fixed seed: blocks of two weeks with a story told by three sources
//! here and there. Large registers are filled with readings made before, moved by whole fortnights; what is timed is read
//! from raw text.

use crate::power_cut;
use anyhow::{Context, Result, ensure};
use counterclaim_incidents::Part;
use counterclaim_reader::Reader;
use counterclaim_register::{Filter, Incoming, Machine, Page, Register};
use counterclaim_text::{Level, Report};
use jiff::civil::{Date, date};
use jiff::{Span, ToSpan};
use std::cell::Cell;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Reports of a block of two weeks.
const BLOCK: usize = 2000;
/// Reports that are timed at each size.
const TIMED: usize = 500;
/// Reports of the run that is cut.
const CUT_REPORTS: usize = 350;
/// Reports after which progress is shown.
const PROGRESS: usize = 50_000;
/// Queries of each sort.
const QUERIES: usize = 300;

/// Options of `register-speed`.
#[derive(clap::Args)]
pub struct SpeedArgs {
    /// Sizes of the register, in reports.
    #[arg(long, value_delimiter = ',', default_values_t = [1_000, 10_000, 100_000])]
    sizes: Vec<usize>,
    /// Folder for the register: on the disk that is to be measured.
    #[arg(long)]
    folder: Option<PathBuf>,
    /// Leave the register there, for `desk-speed --register`.
    #[arg(long, requires = "folder")]
    keep: bool,
}

/// Options of `register-crash`.
#[derive(clap::Args)]
pub struct CrashArgs {
    /// How often a run is killed; 0 leaves this out, as below.
    #[arg(long, default_value_t = 200)]
    kills: u32,
    /// How often the power is cut.
    #[arg(long, default_value_t = 200)]
    cuts: usize,
    /// How long eight writers write to PostgreSQL.
    #[arg(long, default_value_t = 120)]
    seconds: u32,
}

/// A sequence of numbers that a seed settles.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    /// A number from 0 to `n` - 1.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(0x1405_7b7e_f767_814f);
        (self.0 >> 33) as usize % n
    }

    /// One of a list.
    pub(crate) fn of<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }
}

const DOERS: &[&str] = &["Militants", "Gunmen", "Armed men", "Insurgents", "Soldiers", "Rebels"];
const DEEDS: &[&str] = &[
    "attacked a police post",
    "ambushed a convoy",
    "shelled a village",
    "raided a market",
    "abducted four engineers",
    "clashed with security forces",
    "bombed a bridge",
    "stormed a checkpoint",
];
const SOURCES: &[&str] = &[
    "Example Wire",
    "Valley Post",
    "Northern Herald",
    "Harbour Times",
    "Plain Dealer",
    "Hill Courier",
    "Evening Star",
];
/// Sentences that tell of no occasion: what fills reports.
const TALK: &[&str] = &[
    "Shops stayed closed in the afternoon, and few people were seen on the streets.",
    "Prices of flour and fuel were high, as they had been in the winter before.",
    "Engineers were repairing the power line that crosses the valley, and hoped for dry weather.",
    "Pupils had been sent home early.",
    "The river is low at this time of the year, and boats lie idle along its banks.",
    "A clerk of the district office read out a list of villages and the number of households in each.",
    "Visitors from the coast had come for the fair, which is held every spring.",
    "The bus to the capital leaves twice a day, in the morning and after noon.",
    "The cooperative has bought new crates for the apricots.",
    "The hospital has forty beds and two ambulances.",
    "The old market stands empty on weekdays, and its roof needs repair.",
    "Snow lies on the pass until late in the spring, and mules carry the mail.",
];

/// Places that have one meaning, from the tables.
pub(crate) fn places() -> Vec<String> {
    let lexicon = counterclaim_lexicon::Lexicon::embedded();
    let plain = |n: &str| n.bytes().all(|b| b.is_ascii_alphabetic()) && n.len() > 4;
    let one = |n: &str| lexicon.places.lookup(&n.to_lowercase()).len() == 1;
    let towns = lexicon.places.curated().iter().filter(|p| matches!(p.level, Level::Town | Level::Admin2));
    towns.map(|p| p.name.clone()).filter(|n| plain(n) && one(n)).step_by(2).take(240).collect()
}

/// A report of a day that tells of one thing, in about 400 words.
fn text(dice: &mut Dice, story: &Story, weekday: &str) -> String {
    let Story { doer, deed, place, killed } = story;
    let mut out = format!(
        "{doer} {deed} near {place} on {weekday}, killing {killed} people and wounding {}, officials said.\n\n",
        killed + dice.below(4)
    );
    let mut words = out.split_whitespace().count();
    while words < 390 {
        for _ in 0..4 {
            let sentence = dice.of(TALK);
            words += sentence.split_whitespace().count();
            out.push_str(sentence);
            out.push(' ');
        }
        out.push_str("\n\n");
    }
    out
}

struct Story {
    doer: &'static str,
    deed: &'static str,
    place: String,
    killed: usize,
}

/// The reports of a block; every third story is told by three sources.
fn block(places: &[String]) -> Vec<Report> {
    let mut dice = Dice(20240501);
    let mut out = Vec::with_capacity(BLOCK);
    while out.len() < BLOCK {
        let day = date(2000, 1, 3) + (out.len() * 14 / BLOCK).to_string().parse::<i32>().unwrap_or(0).days();
        let weekday = day.strftime("%A").to_string();
        let story = Story {
            doer: dice.of(DOERS),
            deed: dice.of(DEEDS),
            place: places[dice.below(places.len())].clone(),
            killed: 2 + dice.below(30),
        };
        let tellers = if dice.below(3) == 0 { 3 } else { 1 };
        for _ in 0..tellers {
            let text = text(&mut dice, &story, &weekday);
            out.push(Report {
                source: format!("{} (synthetic)", dice.of(SOURCES)),
                published: Some(day),
                title: format!("{} near {}", story.doer, story.place),
                text,
                ..Report::default()
            });
        }
    }
    out.truncate(BLOCK);
    out
}

fn moved(day: Date, fortnights: usize) -> Date {
    day.saturating_add(Span::new().days(14 * fortnights as i64))
}

/// The reports of a later block.
fn later(reports: &[Report], fortnights: usize) -> Vec<Incoming> {
    let one = |r: &Report| {
        let report = Report { published: r.published.map(|d| moved(d, fortnights)), ..r.clone() };
        let raw = Arc::new(report.text.clone().into_bytes());
        Incoming { report, notes: vec![], named: false, given: None, raw, from: "synthetic".into() }
    };
    reports.iter().map(one).collect()
}

/// A reading moved by fortnights: weekdays stay what they are.
fn moved_part(part: &Part, fortnights: usize, report: &Report) -> Part {
    let mut out = part.clone();
    out.reading.report = report.clone();
    for e in &mut out.coded.events {
        if let Some(w) = &mut e.when {
            (w.start, w.end) = (moved(w.start, fortnights), moved(w.end, fortnights));
        }
    }
    for c in &mut out.coded.commitments {
        c.made = c.made.map(|d| moved(d, fortnights));
        c.due = c.due.map(|d| moved(d, fortnights));
        report.id.clone_into(&mut c.report);
    }
    out
}

/// Fills registers, and times what matters.
pub fn speed(args: &SpeedArgs) -> Result<()> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build()?;
    pool.install(|| measure(args))
}

fn measure(args: &SpeedArgs) -> Result<()> {
    let reader = Reader::new();
    let start = Instant::now();
    let mut filler = Filler::new(&reader);
    let reading = start.elapsed();
    let words: usize = filler.reports.iter().map(|r| r.text.split_whitespace().count()).sum();
    println!(
        "synthetic reports of {} words on average, one core, SQLite with synchronous = FULL, batches of 200",
        words / BLOCK
    );
    println!("reading alone: {:.0} reports/s", BLOCK as f64 / reading.as_secs_f64());
    let folder = match &args.folder {
        Some(folder) => folder.clone(),
        None => std::env::temp_dir().join("counterclaim-register-speed"),
    };
    let _ = std::fs::remove_dir_all(&folder);
    let mut register = Register::init(&folder.to_string_lossy())?;
    println!(
        "{:>9} {:>10} {:>9} {:>9} {:>9} {:>9} {:>9} {:>10} {:>9}  fill/s (readings made before)",
        "reports", "reports/s", "read", "keep", "list", "search", "page", "deeds", "MB"
    );
    let mut held = 0;
    for size in &args.sizes {
        let (start, before) = (Instant::now(), held);
        while held + TIMED < *size {
            let added = filler.add(&mut register, size - TIMED - held)?;
            held += added;
            if held % PROGRESS < added {
                eprintln!("{held} reports");
            }
        }
        let filled = (held - before) as f64 / start.elapsed().as_secs_f64();
        let [reading, keeping] = timed(&mut register, &reader, &filler.reports, &mut filler.next)?;
        held += TIMED;
        let [list, search, page] = queries(&mut register, &places(), filler.next / BLOCK + 1)?;
        let bytes = std::fs::metadata(folder.join("register.db"))?.len();
        let incidents = register.incidents(&Filter::default(), &Page { limit: 1, after: None })?.rows.len();
        ensure!(incidents == 1, "the register is empty");
        println!(
            "{held:>9} {:>10.0} {reading:>6.1} ms {keeping:>6.1} ms {:>6.1} ms {:>6.1} ms {:>6.1} ms {:>10} {:>9}  {filled:.0}",
            1e3 / (reading + keeping),
            ms(list),
            ms(search),
            ms(page),
            count(&mut register)?,
            bytes >> 20
        );
    }
    println!("reports/s, read, keep: one report after the other, from raw text; read and keep are the parts of it");
    println!("list, search, page: 95 % took no longer, over {QUERIES} random ones each");
    if args.keep {
        return Ok(());
    }
    std::fs::remove_dir_all(&folder).context("cannot remove the register")
}

fn ms(d: Duration) -> f64 {
    d.as_secs_f64() * 1e3
}

fn count(register: &mut Register) -> Result<usize> {
    Ok(register.actors(&Filter::default())?.iter().map(|a| a.perpetrator).sum())
}

/// Fills a register with readings made before: the block again and again, each time moved by a fortnight.
pub(crate) struct Filler {
    reports: Vec<Report>,
    parts: Vec<Part>,
    /// The number of the next report.
    next: usize,
}

impl Filler {
    /// Reads the block.
    pub(crate) fn new(reader: &Reader) -> Filler {
        let reports = block(&places());
        let parts = reader.parts(&reports);
        Filler { reports, parts, next: 0 }
    }

    /// Adds the next reports, `most` and 200 at most. Returns how many.
    pub(crate) fn add(&mut self, register: &mut Register, most: usize) -> Result<usize> {
        let (fortnights, from) = (self.next / BLOCK, self.next % BLOCK);
        let to = BLOCK.min(from + most.min(200));
        fill(register, &self.reports[from..to], &self.parts[from..to], fortnights)?;
        self.next += to - from;
        Ok(to - from)
    }
}

/// Adds reports with readings made before.
fn fill(register: &mut Register, reports: &[Report], parts: &[Part], fortnights: usize) -> Result<()> {
    let incoming = later(reports, fortnights);
    let read = |given: &[Report]| {
        // The register asks only for what is new: here, everything.
        given.iter().zip(parts).map(|(r, p)| moved_part(p, fortnights, r)).collect::<Vec<_>>()
    };
    let added = register.add(&Machine { generator: "speed", read: &read }, &incoming, "2024-01-01T00:00:00Z")?;
    ensure!(added.new == reports.len(), "{} of {} were known", added.known, reports.len());
    Ok(())
}

/// Milliseconds that one report takes from raw text: to read, and to keep.
fn timed(register: &mut Register, reader: &Reader, reports: &[Report], next: &mut usize) -> Result<[f64; 2]> {
    let mut all = Vec::new();
    while all.len() < TIMED {
        let (fortnights, from) = (*next / BLOCK, *next % BLOCK);
        let to = BLOCK.min(from + TIMED - all.len());
        all.extend(later(&reports[from..to], fortnights));
        *next += to - from;
    }
    let reading = Cell::new(Duration::ZERO);
    let read = |reports: &[Report]| {
        let start = Instant::now();
        let parts = reader.parts(reports);
        reading.set(reading.get() + start.elapsed());
        parts
    };
    let start = Instant::now();
    for some in all.chunks(200) {
        register.add(&Machine { generator: "speed", read: &read }, some, "2024-01-01T00:00:00Z")?;
    }
    let each = |d: Duration| ms(d) / TIMED as f64;
    Ok([each(reading.get()), each(start.elapsed() - reading.get())])
}

/// The 95th percentile of filtered lists, searches and pages.
fn queries(register: &mut Register, places: &[String], fortnights: usize) -> Result<[Duration; 3]> {
    let mut dice = Dice(7);
    let (mut lists, mut searches, mut pages) = (vec![], vec![], vec![]);
    for n in 0..QUERIES {
        let from = moved(date(2000, 1, 3), dice.below(fortnights));
        let mut filter = Filter { place: places[dice.below(places.len())].clone(), ..Filter::default() };
        match n % 4 {
            0 => filter.from = Some(from),
            1 => filter.kind = dice.of(&["armed-attack", "shelling", "abduction", "armed-clash"]).into(),
            2 => (filter.from, filter.to) = (Some(from), Some(moved(from, 2))),
            _ => filter.between = Some(("unidentified militants".into(), "Pakistan".into())),
        }
        lists.push(time(|| register.incidents(&filter, &Page::default()).map(drop))?);
        let words = [
            dice.of(&["convoy", "police post", "village", "market", "bridge", "officials", "engineers"]),
            places[dice.below(places.len())].as_str(),
        ];
        let text = if n % 2 == 0 { words[0].to_owned() } else { words.join(" ") };
        let search = Filter { text, ..Filter::default() };
        searches.push(time(|| register.incidents(&search, &Page::default()).map(drop))?);
        let day = Filter { to: Some(from), ..Filter::default() };
        if let Some(row) = register.incidents(&day, &Page { limit: 1, after: None })?.rows.pop() {
            pages.push(time(|| register.incident(&row.id).map(drop))?);
        }
    }
    let p95 = |mut all: Vec<Duration>| {
        all.sort();
        all.get(all.len() * 95 / 100).or(all.last()).copied().unwrap_or_default()
    };
    Ok([p95(lists), p95(searches), p95(pages)])
}

fn time(work: impl FnOnce() -> counterclaim_register::Result<()>) -> Result<Duration> {
    let start = Instant::now();
    work()?;
    Ok(start.elapsed())
}

/// Synthetic reports as JSON Lines.
fn synthetic(count: usize) -> String {
    let reports = block(&places());
    let lines = reports.iter().take(count).map(|r| {
        serde_json::json!({ "source": r.source, "published": r.published, "title": r.title, "text": r.text })
            .to_string()
    });
    lines.collect::<Vec<_>>().join("\n") + "\n"
}

/// The tests of kills and of writers, for longer.
pub fn crash(root: &Path, args: &CrashArgs) -> Result<()> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    let run = |what: &[&str]| -> Result<()> {
        let mut command = Command::new(&cargo);
        command.current_dir(root).args(["test", "--release", "--locked"]).args(what);
        command
            .env("COUNTERCLAIM_KILLS", args.kills.to_string())
            .env("COUNTERCLAIM_WRITERS_SECONDS", args.seconds.to_string());
        ensure!(command.status()?.success(), "{} failed", what.join(" "));
        Ok(())
    };
    if args.kills > 0 {
        println!("{} kills of `counterclaim add` at random moments", args.kills);
        run(&["--package", "counterclaim-cli", "--test", "register", "killed", "--", "--nocapture"])?;
    }
    if args.cuts > 0 {
        let build = ["build", "--release", "--locked", "--package", "counterclaim-cli"];
        ensure!(Command::new(&cargo).current_dir(root).args(build).status()?.success(), "the program does not build");
        power_cut::run(&crate::release(root).join("counterclaim"), &synthetic(CUT_REPORTS), args.cuts)?;
    }
    if args.seconds > 0 {
        println!("8 writers on PostgreSQL for {} seconds", args.seconds);
        run(&["--package", "counterclaim-register", "--lib", "writers", "--", "--nocapture"])?;
    }
    Ok(())
}
