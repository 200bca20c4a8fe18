//! `counterclaim add`: reports into the register, a batch at a time. What is acknowledged is on disk.

use super::args::AddArgs;
use super::{clock, place};
use crate::complain;
use crate::progress::Progress;
use crate::{inputs, output, read};
use anyhow::{Context, Result, bail};
use counterclaim_reader::Reader;
use counterclaim_reader::intake::{Defaults, Intake, IntakeError, TableOptions, names_its_reports, take_in_with};
use counterclaim_register::{Added, Incoming, Register};
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

/// Most bytes of reports that wait for their batch.
const WAITING: usize = 16 << 20;
/// Faults shown; more are counted.
const SHOWN: usize = 20;

/// Adds, and tells what became of it.
pub fn run(args: &AddArgs) -> Result<ExitCode> {
    let files = inputs::files(&args.inputs);
    let progress = Progress::start();
    let mut register = place::open(&args.at)?;
    let reader = read::reader(args.inputs.gazetteer.as_deref())?;
    let size = |f: &PathBuf| std::fs::metadata(f).map_or(0, |m| m.len());
    progress.measure("adding", files.iter().map(size).sum());
    let mut desk = Desk {
        register: &mut register,
        reader: &reader,
        progress: &progress,
        arrived: args.arrived.clone(),
        batch: args.batch,
        keep_going: args.inputs.keep_going,
        acknowledge: args.acknowledge,
        defaults: inputs::defaults(&args.inputs),
        tables: inputs::tables(&args.inputs),
        waiting: vec![],
        bytes: 0,
        added: Added::default(),
        faults: 0,
    };
    let done = files.iter().try_for_each(|f| desk.file(f)).and_then(|()| desk.flush());
    let (added, faults) = (desk.added, desk.faults);
    drop(progress);
    output::write(None, said(&added).as_bytes())?;
    // What came before the failure is kept; the counts above say how much.
    done?;
    if faults > SHOWN {
        complain(&format!("and {} more of the kind", faults - SHOWN));
    }
    if faults > 0 && !args.inputs.keep_going {
        bail!("what stands behind the fault was not read; --keep-going adds the rest");
    }
    Ok(if faults == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn said(added: &Added) -> String {
    let reports = |n: usize| format!("{n} report{}", if n == 1 { "" } else { "s" });
    let versions = match added.versions {
        0 => String::new(),
        n => format!(" ({n} of them another version of a report that was there)"),
    };
    let known = if added.known == 0 { String::new() } else { format!("; {} were there already", added.known) };
    format!("{} added{versions}{known}; {} incidents written\n", reports(added.new), added.incidents)
}

/// Between the files and the register.
struct Desk<'a> {
    register: &'a mut Register,
    reader: &'a Reader,
    progress: &'a Progress,
    arrived: Option<String>,
    batch: usize,
    keep_going: bool,
    acknowledge: bool,
    defaults: Defaults,
    tables: TableOptions,
    waiting: Vec<Incoming>,
    bytes: usize,
    added: Added,
    faults: usize,
}

impl Desk<'_> {
    fn file(&mut self, file: &Path) -> Result<()> {
        if self.faults > 0 && !self.keep_going {
            return Ok(());
        }
        let name = file.to_string_lossy().into_owned();
        let opened: Result<Box<dyn Read>> = if name == "-" {
            Ok(Box::new(std::io::stdin().lock()))
        } else if file.is_dir() {
            Err(anyhow::anyhow!("{name} is a folder; name the files in it, such as {name}/*"))
        } else {
            File::open(file).map(|f| Box::new(f) as Box<dyn Read>).with_context(|| format!("cannot read {name}"))
        };
        match opened {
            Ok(input) => self.input(&name, BufReader::with_capacity(1 << 16, input)),
            Err(e) => {
                self.fault(&format!("{e:#}"));
                Ok(())
            }
        }
    }

    /// JSON Lines go through line by line, however long the file; anything else is one piece.
    fn input(&mut self, name: &str, mut input: impl BufRead) -> Result<()> {
        let cannot = || format!("cannot read {name}");
        let mut line = Vec::new();
        let mut number = 0;
        loop {
            line.clear();
            number += 1;
            if input.read_until(b'\n', &mut line).with_context(cannot)? == 0 {
                return Ok(());
            }
            if number == 1 && !is_lines(name, &line) {
                input.read_to_end(&mut line).with_context(cannot)?;
                return self.piece(name, 0, std::mem::take(&mut line));
            }
            self.progress.go_on(line.len() as u64);
            if !line.trim_ascii().is_empty() {
                let bytes = line.trim_ascii_end().to_vec();
                self.piece(name, number, bytes)?;
            }
            if self.faults > 0 && !self.keep_going {
                return Ok(());
            }
        }
    }

    /// One line of JSON Lines (`number` from 1), or a whole file (0).
    fn piece(&mut self, name: &str, number: usize, bytes: Vec<u8>) -> Result<()> {
        let raw = Arc::new(bytes.clone());
        let mut intake = Intake::default();
        let named = names_its_reports(name, &bytes, &self.tables);
        if number == 0 {
            self.progress.go_on(bytes.len() as u64);
        }
        take_in_with(&mut intake, name, bytes, &self.defaults, &self.tables);
        for mut problem in intake.problems.drain(..) {
            if let (IntakeError::Line { line, .. }, true) = (&mut problem, number > 0) {
                *line = number;
            }
            self.fault(&problem.to_string());
        }
        if self.faults > 0 && !self.keep_going {
            return Ok(());
        }
        for (at, report) in intake.reports.into_iter().enumerate() {
            let notes = intake.notes.iter().filter(|(k, _)| *k == at).map(|(_, n)| n.clone()).collect();
            let named = named && !report.id.is_empty();
            self.bytes += report.text.len();
            self.waiting.push(Incoming { report, notes, named, given: None, raw: raw.clone(), from: name.to_owned() });
            if self.waiting.len() >= self.batch || self.bytes >= WAITING {
                self.flush()?;
            }
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<()> {
        let batch = std::mem::take(&mut self.waiting);
        self.bytes = 0;
        if batch.is_empty() {
            return Ok(());
        }
        let arrived = self.arrived.clone().unwrap_or_else(clock::now);
        let (register, reader) = (&mut *self.register, self.reader);
        self.added += place::with_machine(reader, |machine| register.add(machine, &batch, &arrived))?;
        if self.acknowledge {
            output::write(None, format!("kept {}\n", self.added.new + self.added.known).as_bytes())?;
        }
        Ok(())
    }

    fn fault(&mut self, what: &str) {
        self.faults += 1;
        self.progress.pause();
        if self.faults <= SHOWN {
            complain(what);
        }
    }
}

/// True if the input is JSON Lines: by its name, or because its first line is a report by itself.
fn is_lines(name: &str, first: &[u8]) -> bool {
    let extension = name.rsplit_once('.').map_or("", |(_, e)| e).to_ascii_lowercase();
    match extension.as_str() {
        "jsonl" | "ndjson" | "jsonlines" => true,
        "html" | "htm" | "xhtml" | "txt" | "text" | "md" => false,
        _ => serde_json::from_slice::<serde_json::Value>(first).is_ok_and(|v| v.get("text").is_some()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_told_from_documents() {
        assert!(is_lines("a.jsonl", b"anything"));
        assert!(is_lines("-", b"{\"text\":\"t\"}\n"));
        assert!(!is_lines("-", b"{\n"));
        assert!(!is_lines("x.json", b"{\"reports\":[{\"text\":\"t\"}]}\n"));
        assert!(!is_lines("a.txt", b"{\"text\":\"t\"}\n"));
    }
}
