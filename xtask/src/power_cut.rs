//! A power cut, simulated: what the disk may hold when the machine stops at a random moment of `counterclaim add`.
//!
//! `strace` notes every write and every flush of a run. At a random moment, all that was flushed before is there; of what
//! was written since, each sector of 512 bytes is there or is not, by chance. The register must open, hold all that
//! was acknowledged by then, and pass `check`.

use crate::register::Dice;
use anyhow::{Context, Result, bail, ensure};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The least that a disk writes at once.
const SECTOR: usize = 512;

/// Something that the run did to its files, in its order.
enum Event {
    Write {
        file: PathBuf,
        at: usize,
        bytes: Vec<u8>,
    },
    Truncate {
        file: PathBuf,
        len: usize,
    },
    Flush {
        file: PathBuf,
    },
    Remove {
        file: PathBuf,
    },
    /// The run said that so many reports are safe.
    Acknowledged(usize),
}

/// Runs `program add` under `strace`, cuts the power `cuts` times, and looks at what is left.
pub fn run(program: &Path, reports: &str, cuts: usize) -> Result<()> {
    let folder = tempfile::tempdir()?;
    // As the system names it, so that the names in the trace are ours.
    let root = folder.path().canonicalize()?;
    let (desk, input, trace) = (root.join("desk"), root.join("in.jsonl"), root.join("trace"));
    std::fs::write(&input, reports)?;
    quiet(Command::new(program).arg("init").arg(&desk))?;
    let start = contents(&desk)?;
    let mut traced = Command::new("strace");
    traced.args([
        "-f",
        "-y",
        "-xx",
        "-s",
        "4000000",
        "-e",
        "trace=pwrite64,write,ftruncate,fsync,fdatasync,unlink",
        "-o",
    ]);
    traced.arg(&trace).arg(program).args(["add", "--acknowledge", "--batch", "7", "--register"]).arg(&desk).arg(&input);
    quiet(&mut traced).context("strace is needed: apt-get install strace")?;
    let events = events(&std::fs::read_to_string(&trace)?, &desk)?;
    let flushes = events.iter().filter(|e| matches!(e, Event::Flush { .. })).count();
    let count = events.len();
    ensure!(flushes > 2, "the trace shows {flushes} flushes: is this `strace` of another kind?");
    println!("{} writes and {flushes} flushes of one run, cut {cuts} times at random", count - flushes);

    let mut dice = Dice(20_240_319);
    let mut chance = move |below: usize| dice.below(below);
    let mut moments: Vec<usize> = (0..cuts).map(|_| chance(count)).collect();
    moments.sort_unstable();
    let mut disk = Disk { safe: start, waiting: Vec::new() };
    let (mut acknowledged, mut lost, mut at) = (0, 0, 0);
    for (n, moment) in moments.into_iter().enumerate() {
        while at <= moment {
            match &events[at] {
                Event::Acknowledged(reports) => acknowledged = *reports,
                _ => disk.take(at, &events),
            }
            at += 1;
        }
        let left = root.join(format!("cut{n}"));
        lost += disk.cut(&events, &desk, &left, &mut chance)?;
        let mut register = counterclaim_register::Register::open(&left.to_string_lossy())
            .with_context(|| format!("cut {n}, after event {moment}: the register does not open"))?;
        let held: usize = register.sources(&Default::default())?.iter().map(|s| s.reports).sum();
        ensure!(held >= acknowledged, "cut {n}, after event {moment}: {held} reports are left of {acknowledged}");
        drop(register);
        quiet(Command::new(program).args(["check", "--register"]).arg(&left))
            .with_context(|| format!("cut {n}, after event {moment}"))?;
        std::fs::remove_dir_all(&left)?;
    }
    println!("{cuts} cuts, {lost} sectors lost in them: nothing acknowledged is lost, every check passed");
    Ok(())
}

fn quiet(command: &mut Command) -> Result<()> {
    let output = command.stdin(Stdio::null()).output().with_context(|| format!("cannot run {command:?}"))?;
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{command:?}: {}\n{said}", String::from_utf8_lossy(&output.stdout));
    Ok(())
}

fn contents(folder: &Path) -> Result<BTreeMap<PathBuf, Vec<u8>>> {
    let files = std::fs::read_dir(folder)?.map(|f| Ok(f?.path()));
    files.map(|f: Result<PathBuf>| f.and_then(|f| Ok((f.clone(), std::fs::read(f)?)))).collect()
}

/// The files as they are on the disk for sure, and what was done since and not flushed.
struct Disk {
    safe: BTreeMap<PathBuf, Vec<u8>>,
    waiting: Vec<usize>,
}

impl Disk {
    fn take(&mut self, at: usize, events: &[Event]) {
        let Event::Flush { file } = &events[at] else { return self.waiting.push(at) };
        let (flushed, rest) = self.waiting.iter().partition(|k| events[**k].file() == Some(file));
        self.waiting = rest;
        let flushed: Vec<usize> = flushed;
        for k in flushed {
            apply(&mut self.safe, &events[k], |_| true);
        }
    }

    /// Writes what may be left to `to`; returns how many sectors are not.
    fn cut(&self, events: &[Event], desk: &Path, to: &Path, chance: &mut impl FnMut(usize) -> usize) -> Result<usize> {
        let (mut files, mut lost) = (self.safe.clone(), 0);
        for k in &self.waiting {
            apply(&mut files, &events[*k], |_| {
                let kept = chance(2) == 0;
                lost += usize::from(!kept);
                kept
            });
        }
        std::fs::create_dir_all(to)?;
        for (file, bytes) in files {
            // The index of the log lies in memory that is shared, and goes with it.
            if !file.to_string_lossy().ends_with("-shm") {
                std::fs::write(to.join(file.strip_prefix(desk)?), bytes)?;
            }
        }
        Ok(lost)
    }
}

/// Does to the files what was done; each sector of it only if `kept` says so.
fn apply(files: &mut BTreeMap<PathBuf, Vec<u8>>, event: &Event, mut kept: impl FnMut(usize) -> bool) {
    match event {
        Event::Write { file, at, bytes } => {
            let held = files.entry(file.clone()).or_default();
            let mut from = *at;
            while from < at + bytes.len() {
                let to = ((from / SECTOR + 1) * SECTOR).min(at + bytes.len());
                if kept(from) {
                    held.resize(held.len().max(to), 0);
                    held[from..to].copy_from_slice(&bytes[from - at..to - at]);
                }
                from = to;
            }
        }
        Event::Truncate { file, len } if kept(0) => files.entry(file.clone()).or_default().resize(*len, 0),
        Event::Remove { file } if kept(0) => drop(files.remove(file)),
        _ => {}
    }
}

impl Event {
    fn file(&self) -> Option<&PathBuf> {
        match self {
            Event::Write { file, .. }
            | Event::Truncate { file, .. }
            | Event::Flush { file }
            | Event::Remove { file } => Some(file),
            Event::Acknowledged(_) => None,
        }
    }
}

/// The events of a trace that touch files in `desk`, and what the run acknowledged.
fn events(trace: &str, desk: &Path) -> Result<Vec<Event>> {
    let mut out = Vec::new();
    // A call that another thread interrupts stands in two parts: "<unfinished ...>", then "<... name resumed>".
    let mut open: BTreeMap<&str, &str> = BTreeMap::new();
    for line in trace.lines() {
        let Some((thread, call)) = line.trim_start().split_once(' ') else { continue };
        let call = call.trim_start();
        let joined;
        let call = if let Some(start) = call.strip_suffix("<unfinished ...>") {
            open.insert(thread, start);
            continue;
        } else if call.starts_with("<... ") {
            let Some((_, rest)) = call.split_once("resumed>") else { continue };
            joined = format!("{}{rest}", open.remove(thread).unwrap_or(""));
            joined.as_str()
        } else {
            call
        };
        out.extend(event(call, desk).with_context(|| format!("cannot read {}", &line[..line.len().min(120)]))?);
    }
    Ok(out)
}

fn event(call: &str, desk: &Path) -> Result<Option<Event>> {
    let Some((name, rest)) = call.split_once('(') else { return Ok(None) };
    let Some((arguments, result)) = rest.rsplit_once(" = ") else { return Ok(None) };
    if result.starts_with('-') {
        return Ok(None);
    }
    let quoted: Vec<&str> = arguments.split('"').collect();
    if name == "unlink" {
        let file = path(quoted.get(1).context("no name")?)?;
        return Ok(file.starts_with(desk).then_some(Event::Remove { file }));
    }
    let file = path(arguments.split_once('<').and_then(|(_, f)| f.split_once('>')).context("no file")?.0)?;
    let last = |n: usize| -> Result<usize> {
        let mut numbers = arguments.trim_end().trim_end_matches(')').rsplit(", ");
        Ok(numbers.nth(n).context("no number")?.trim().parse()?)
    };
    if name == "write" {
        let said = String::from_utf8(bytes(quoted.get(1).context("no bytes")?)?).unwrap_or_default();
        let kept = said.lines().filter_map(|l| l.strip_prefix("kept ")?.parse().ok()).next_back();
        ensure!(!file.starts_with(desk), "the simulation knows pwrite only");
        return Ok(kept.map(Event::Acknowledged));
    }
    if !file.starts_with(desk) || file == desk {
        return Ok(None);
    }
    Ok(Some(match name {
        "pwrite64" => {
            let bytes = bytes(quoted.get(1).context("no bytes")?)?;
            ensure!(bytes.len() == last(1)?, "the trace cut a write short");
            Event::Write { file, at: last(0)?, bytes }
        }
        "ftruncate" => Event::Truncate { file, len: last(0)? },
        "fsync" | "fdatasync" => Event::Flush { file },
        other => bail!("{other} is not known"),
    }))
}

/// "\x2f\x74": what the trace writes of names and bytes.
fn bytes(hex: &str) -> Result<Vec<u8>> {
    let digits = hex.split("\\x").skip(1);
    digits.map(|d| u8::from_str_radix(d, 16).with_context(|| format!("\"{d}\" is no byte"))).collect()
}

fn path(hex: &str) -> Result<PathBuf> {
    Ok(PathBuf::from(String::from_utf8(bytes(hex)?)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_flushed_stays_and_the_rest_is_left_to_chance() {
        let hex = |s: &str| s.bytes().map(|b| format!("\\x{b:02x}")).collect::<String>();
        let (db, out) = (hex("/d/register.db"), hex("/dev/pts/1"));
        let trace = format!(
            "7 pwrite64(3<{db}>, \"{}\", 3, 0) = 3\n7 fsync(3<{db}> <unfinished ...>\n8 write(1<{out}>, \"{}\", 7) = 7\n\
             7 <... fsync resumed>) = 0\n7 pwrite64(3<{db}>, \"{}\", 2, 1) = 2\n7 ftruncate(3<{db}>, 9) = 0\n",
            hex("abc"),
            hex("kept 7\n"),
            hex("xy")
        );
        let events = events(&trace, Path::new("/d")).unwrap();
        assert!(matches!(events[1], Event::Acknowledged(7)));
        let mut disk = Disk { safe: BTreeMap::new(), waiting: vec![] };
        for k in [0, 2, 3, 4] {
            disk.take(k, &events);
        }
        assert_eq!(disk.safe[Path::new("/d/register.db")], b"abc");
        assert_eq!(disk.waiting, [3, 4]);
        let to = tempfile::tempdir().unwrap();
        let left = |kept: usize| {
            disk.cut(&events, Path::new("/d"), to.path(), &mut |_| kept).unwrap();
            std::fs::read(to.path().join("register.db")).unwrap()
        };
        assert_eq!(left(1), b"abc");
        assert_eq!(left(0), b"axy\0\0\0\0\0\0");
    }
}
