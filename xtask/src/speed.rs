//! `cargo xtask speed`: words and megabytes per second of every stage on one core, peak memory, and start-up time.
//!
//! The texts are those of `benches/`; `cargo bench -p counterclaim-benches` times the same stages with more care.

use anyhow::{Context, Result};
use counterclaim_benches::{reports, words};
use counterclaim_coding as coding;
use counterclaim_entities as entities;
use counterclaim_reader::{Layers, Reader};
use counterclaim_syntax::Model;
use counterclaim_text::Report;
use rayon::prelude::*;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// How often each stage is run; the best run counts, as other work on the machine disturbs.
const RUNS: usize = 20;

/// Copies of the texts that two cores share.
const COPIES: usize = 4;

/// Measures and prints.
pub fn run(root: &Path) -> Result<()> {
    let start = Instant::now();
    let (reader, model) = (Reader::new(), Model::embedded());
    let ready = start.elapsed();
    let reports = reports();
    let layers: Vec<Layers> = reports.iter().map(|r| reader.layers(r)).collect();
    let size = Size::of(&reports);
    println!("{} words, {} bytes in {} texts; best of {RUNS} runs on one core", size.words, size.bytes, reports.len());
    println!("{:<34}{:>12}{:>10}", "stage", "words/s", "MB/s");
    let each = || reports.iter().zip(&layers);
    size.line("parse: raw text to trees", best(|| reports.iter().for_each(|r| drop(black_box(model.parse(&r.text))))));
    size.line(
        "entities",
        best(|| each().for_each(|(r, l)| drop(black_box(entities::find(r, &l.syntax, reader.lexicon()))))),
    );
    size.line(
        "coding",
        best(|| each().for_each(|(r, l)| drop(black_box(coding::code(r, &l.syntax, &l.entities, reader.lexicon()))))),
    );
    let said = best(|| {
        each().for_each(|(r, l)| {
            drop(black_box(coding::said(r, &l.syntax, &l.entities, reader.lexicon(), &l.coded.events)));
        });
    });
    size.line("of it, who says what", said);
    // Enough copies that both threads have work to the end.
    let many: Vec<Report> = (0..COPIES).flat_map(|_| reports.iter().cloned()).collect();
    let pool = |threads| rayon::ThreadPoolBuilder::new().num_threads(threads).build().context("cannot start a thread");
    let (one, two) = (pool(1)?, pool(2)?);
    let whole = best(|| drop(black_box(one.install(|| reader.read(&reports)))));
    size.line("whole reader: reports to brief", whole);
    println!(
        "statements, claims and promises take {:.1} % of the reader's time",
        100.0 * said.as_secs_f64() / whole.as_secs_f64()
    );
    let parse = |pool: &rayon::ThreadPool| {
        best(|| pool.install(|| many.par_iter().for_each(|r| drop(black_box(model.parse(&r.text))))))
    };
    let (alone, both) = (parse(&one), parse(&two));
    println!("parse on two cores: {:.2} times as fast as on one", alone.as_secs_f64() / both.as_secs_f64());
    let read = |pool: &rayon::ThreadPool| {
        best(|| pool.install(|| many.par_iter().for_each(|r| drop(black_box(reader.layers(r))))))
    };
    let (alone, both) = (read(&one), read(&two));
    println!("all layers on two cores: {:.2} times as fast as on one", alone.as_secs_f64() / both.as_secs_f64());
    println!("models and tables ready in {:.1} ms", ready.as_secs_f64() * 1e3);
    match peak_memory() {
        Some(kb) => println!("peak memory of this process {:.1} MB", kb as f64 / 1e3),
        None => println!("peak memory: not known on this system"),
    }
    match start_up(root)? {
        Some((binary, time)) => {
            println!("start-up, {} on an empty file: {:.1} ms", binary.display(), time.as_secs_f64() * 1e3);
        }
        None => println!("start-up: no release binary; `cargo build --release` makes it"),
    }
    Ok(())
}

struct Size {
    words: usize,
    bytes: usize,
}

impl Size {
    fn of(reports: &[Report]) -> Size {
        let sum = |f: &dyn Fn(&str) -> usize| reports.iter().map(|r| f(&r.text)).sum();
        Size { words: sum(&words), bytes: sum(&str::len) }
    }

    fn line(&self, stage: &str, time: Duration) {
        let seconds = time.as_secs_f64();
        println!("{stage:<34}{:>12.0}{:>10.2}", self.words as f64 / seconds, self.bytes as f64 / seconds / 1e6);
    }
}

fn best(mut work: impl FnMut()) -> Duration {
    let time = |work: &mut dyn FnMut()| {
        let start = Instant::now();
        work();
        start.elapsed()
    };
    (0..RUNS).map(|_| time(&mut work)).min().unwrap_or_default()
}

/// The most memory that this process has held, in kB.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches("kB").trim().parse().ok()
}

/// The release binary, and the time it takes to read an empty file.
fn start_up(root: &Path) -> Result<Option<(PathBuf, Duration)>> {
    let release = crate::release(root);
    let binary = release.join("counterclaim");
    if !binary.exists() {
        return Ok(None);
    }
    let empty = release.join("speed-empty.txt");
    std::fs::write(&empty, "").with_context(|| format!("cannot write {}", empty.display()))?;
    let mut times = Vec::new();
    for _ in 0..RUNS {
        let start = Instant::now();
        let mut command = Command::new(&binary);
        command.arg("read").arg(&empty).stdout(Stdio::null()).stderr(Stdio::null());
        command.status().with_context(|| format!("cannot run {}", binary.display()))?;
        times.push(start.elapsed());
    }
    std::fs::remove_file(&empty).ok();
    Ok(times.into_iter().min().map(|t| (binary, t)))
}
