//! `counterclaim gazetteer`: builds a pack of places from GeoNames dumps and other tables, and shows what one holds.

use crate::args::{GazetteerCommand, GazetteerImportArgs, GazetteerShowArgs};
use crate::output;
use crate::progress::Progress;
use anyhow::{Context, Result, bail};
use counterclaim_reader::gazetteer::{Gazetteer, Options, Source, import, pack};
use counterclaim_reader::words_of;
use std::fmt::Write;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::Path;
use std::process::ExitCode;

/// Places of one name that `show` lists.
const SHOWN: usize = 20;

/// Runs the command given.
pub fn run(command: &GazetteerCommand) -> Result<ExitCode> {
    match command {
        GazetteerCommand::Import(args) => run_import(args),
        GazetteerCommand::Show(args) => show(args),
    }
}

fn run_import(args: &GazetteerImportArgs) -> Result<ExitCode> {
    let mut sources = Vec::new();
    for path in &args.files {
        let members = members(path).with_context(|| format!("cannot read {}", path.display()))?;
        if members.is_empty() {
            bail!("{}: no table is in this archive; give a dump of GeoNames such as PK.zip", path.display());
        }
        sources.extend(members.into_iter().map(|member| source(path, member)));
    }
    let options = Options { memory: args.memory << 20, every_feature: args.every_feature };
    let folder = args.out.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let progress = Progress::start();
    progress.stage("importing, megabytes", 2 * sources.iter().map(|s| s.1 >> 20).sum::<u64>() as usize);
    let mut told = 0;
    let mut tell = |read: u64| {
        while told < read >> 20 {
            told += 1;
            progress.advance();
        }
    };
    let known = Gazetteer::embedded();
    let sources: Vec<Source> = sources.into_iter().map(|s| s.0).collect();
    let done = output::whole(&args.out, |file| {
        let mut out = io::BufWriter::with_capacity(1 << 20, file);
        Ok(import(&sources, known, folder, options, &mut out, &mut tell)?)
    })
    .with_context(|| format!("cannot make {}", args.out.display()))?;
    drop(progress);
    let mut report = String::new();
    let _ = writeln!(report, "{}: {} places under {} names", args.out.display(), done.places, done.names);
    let _ = writeln!(report, "left out: {} of features that reports do not name", done.left_out);
    let _ = writeln!(report, "skipped: {} rows that cannot be used", done.bad);
    for fault in &done.faults {
        let _ = writeln!(report, "  {}", counterclaim_reader::brief::clean(fault, 300));
    }
    if done.bad > done.faults.len() as u64 {
        let _ = writeln!(report, "  … and {} more", done.bad - done.faults.len() as u64);
    }
    output::write(None, report.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}

/// The tables of a file: itself, or each `.txt`, `.tsv` and `.csv` of a zip archive but its read-me. With their sizes.
fn members(path: &Path) -> Result<Vec<(Option<usize>, String, u64)>> {
    let mut file = File::open(path)?;
    let name = path.display().to_string();
    let mut start = [0; 4];
    let zipped = file.read_exact(&mut start).is_ok() && start == *b"PK\x03\x04";
    if !zipped {
        return Ok(vec![(None, name, file.metadata()?.len())]);
    }
    let mut archive = zip::ZipArchive::new(BufReader::new(File::open(path)?))?;
    let mut out = Vec::new();
    for i in 0..archive.len() {
        let member = archive.by_index(i)?;
        let inner = member.name()?.into_owned();
        let lower = inner.to_lowercase();
        let table = [".txt", ".tsv", ".csv"].iter().any(|end| lower.ends_with(end)) && !lower.contains("readme");
        if table {
            out.push((Some(i), format!("{name}:{inner}"), member.size()));
        }
    }
    Ok(out)
}

fn source<'a>(path: &'a Path, (index, name, size): (Option<usize>, String, u64)) -> (Source<'a>, u64) {
    let open = move || -> io::Result<Box<dyn BufRead>> {
        let file = BufReader::with_capacity(1 << 18, File::open(path)?);
        let Some(index) = index else { return Ok(Box::new(file)) };
        let member = Member { archive: zip::ZipArchive::new(file)?, index };
        Ok(Box::new(BufReader::with_capacity(1 << 18, member.stream()?)))
    };
    (Source { name, open: Box::new(open) }, size)
}

/// A member of an archive that is read from its start, once.
struct Member {
    archive: zip::ZipArchive<BufReader<File>>,
    index: usize,
}

impl Member {
    /// The unpacked bytes. The archive's own reader borrows the archive, so a thread owns both and hands over chunks.
    fn stream(mut self) -> io::Result<impl Read> {
        let (sender, receiver) = std::sync::mpsc::sync_channel::<io::Result<Vec<u8>>>(4);
        std::thread::Builder::new().name("unzip".into()).spawn(move || {
            let mut member = match self.archive.by_index(self.index) {
                Ok(member) => member,
                Err(e) => return drop(sender.send(Err(e.into()))),
            };
            loop {
                let mut chunk = vec![0; 1 << 18];
                match member.read(&mut chunk) {
                    Ok(0) => return,
                    Ok(n) => {
                        chunk.truncate(n);
                        if sender.send(Ok(chunk)).is_err() {
                            return;
                        }
                    }
                    Err(e) => return drop(sender.send(Err(e))),
                }
            }
        })?;
        Ok(Chunks { receiver, current: Cursor::new(Vec::new()) })
    }
}

/// Chunks of another thread as one stream.
struct Chunks {
    receiver: std::sync::mpsc::Receiver<io::Result<Vec<u8>>>,
    current: Cursor<Vec<u8>>,
}

impl Read for Chunks {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        loop {
            let n = self.current.read(out)?;
            if n > 0 || out.is_empty() {
                return Ok(n);
            }
            match self.receiver.recv() {
                Ok(chunk) => self.current = Cursor::new(chunk?),
                Err(_) => return Ok(0),
            }
        }
    }
}

fn show(args: &GazetteerShowArgs) -> Result<ExitCode> {
    let opened = match &args.gazetteer {
        Some(path) => Some(pack(path).with_context(|| format!("cannot use {}", path.display()))?),
        None => None,
    };
    let mut report = String::new();
    if let Some(pack) = &opened {
        let _ = writeln!(report, "{} names", pack.names());
    }
    for name in &args.names {
        let key = words_of(name).join(" ");
        let found = match &opened {
            Some(pack) => pack.lookup(&key),
            None => Gazetteer::embedded().lookup(&key),
        };
        let _ = writeln!(report, "{}: {}", counterclaim_reader::brief::clean(name, 80), found.len());
        for p in found.iter().take(SHOWN) {
            let chain: Vec<&str> =
                [&p.admin2, &p.admin1, &p.country].into_iter().map(String::as_str).filter(|s| !s.is_empty()).collect();
            let line = format!(
                "{} ({}, {}) in {}; {:.3} {:.3}; {} people; {}",
                p.name,
                p.level.as_str(),
                p.feature,
                chain.join(", "),
                p.lat,
                p.lon,
                p.population,
                p.id()
            );
            let _ = writeln!(report, "  {}", counterclaim_reader::brief::clean(&line, 300));
        }
        if found.len() > SHOWN {
            let _ = writeln!(report, "  … and {} more", found.len() - SHOWN);
        }
    }
    output::write(None, report.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}
