//! `import` and `export`: coded data sets in, incidents out, in other people's formats.

use super::args::{ExportArgs, ImportArgs, RowFormat};
use super::lists::filter;
use super::{clock, place};
use crate::complain;
use crate::output;
use crate::progress::Progress;
use anyhow::{Context, Result, bail};
use counterclaim_exchange::{Format, Losses, Row, Source, export, import};
use counterclaim_reader::Reader;
use counterclaim_register::{Added, Incoming, Register, rows};
use std::fmt::Write;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::process::ExitCode;

/// Faults shown; more are counted.
const SHOWN: usize = 20;
/// Rows kept at a time.
const BATCH: usize = 500;

fn format(given: RowFormat) -> Format {
    match given {
        RowFormat::Acled => Format::Acled,
        RowFormat::Ged => Format::Ged,
        RowFormat::Gdelt => Format::Gdelt,
        RowFormat::Plover => Format::Plover,
        RowFormat::Geojson => Format::GeoJson,
        RowFormat::Json => Format::Reading,
    }
}

/// Rows of a data set into the register; a row that is there already with other content is a new version of it.
pub fn take(args: &ImportArgs) -> Result<ExitCode> {
    let progress = Progress::start();
    let mut register = place::open(&args.at)?;
    let reader = Reader::new();
    let name = args.file.to_string_lossy().into_owned();
    let cannot = || format!("cannot read {name}");
    let input: Box<dyn Read> = match name.as_str() {
        "-" => Box::new(std::io::stdin().lock()),
        _ => Box::new(File::open(&args.file).with_context(cannot)?),
    };
    let mut input = BufReader::with_capacity(1 << 16, input);
    let guessed = Format::guess(input.fill_buf().with_context(cannot)?);
    let Some(format) = args.format.map(format).or(guessed) else {
        bail!("{name} looks like no format that can be imported; say which with --format");
    };
    progress.measure("importing", 0);
    let arrived = args.arrived.clone().unwrap_or_else(clock::now);
    let source = Source { lexicon: reader.lexicon(), file: &name, data_set: &args.data_set };
    let mut desk = Desk {
        register: &mut register,
        reader: &reader,
        arrived,
        name: &name,
        waiting: vec![],
        added: Added::default(),
        failed: None,
    };
    let (mut faults, mut count, mut skipped, mut statements) = (vec![], 0usize, 0u64, 0u64);
    import(format, &source, input, &mut |row: Row| {
        count += row.faults.len();
        faults.extend(row.faults.iter().take(SHOWN.saturating_sub(faults.len())).map(ToString::to_string));
        match row.coded {
            // What is no incident here, such as a statement, is kept as a report all the same.
            Some(coded) => {
                statements += u64::from(coded.kind.is_empty());
                desk.take(Incoming::of_row(source.lexicon, &coded, &name));
            }
            None => skipped += 1,
        }
    });
    desk.flush();
    let (added, failed) = (desk.added, desk.failed.take());
    drop(progress);
    faults.iter().for_each(|f| complain(f));
    if count > faults.len() {
        complain(&format!("and {} more faults", count - faults.len()));
    }
    let mut out = format!("{} rows added", added.new);
    let _ = match added.versions {
        0 => Ok(()),
        n => write!(out, " ({n} of them another version of a row that was there)"),
    };
    let _ = writeln!(
        out,
        "; {} were there already; {skipped} skipped; {statements} tell of no incident; {} incidents written",
        added.known, added.incidents
    );
    output::write(None, out.as_bytes())?;
    match failed {
        Some(e) => Err(e),
        None if skipped > 0 => Ok(ExitCode::FAILURE),
        None => Ok(ExitCode::SUCCESS),
    }
}

struct Desk<'a> {
    register: &'a mut Register,
    reader: &'a Reader,
    arrived: String,
    name: &'a str,
    waiting: Vec<Incoming>,
    added: Added,
    failed: Option<anyhow::Error>,
}

impl Desk<'_> {
    fn take(&mut self, row: Incoming) {
        self.waiting.push(row);
        if self.waiting.len() >= BATCH {
            self.flush();
        }
    }

    fn flush(&mut self) {
        let batch = std::mem::take(&mut self.waiting);
        if batch.is_empty() || self.failed.is_some() {
            return;
        }
        let (register, arrived) = (&mut *self.register, &self.arrived);
        match place::with_machine(self.reader, |machine| register.add(machine, &batch, arrived)) {
            Ok(added) => self.added += added,
            Err(e) => self.failed = Some(anyhow::Error::from(e).context(format!("cannot keep rows of {}", self.name))),
        }
    }
}

/// Incidents that fit, in another format; what the format cannot say is listed on standard error.
pub fn give(args: &ExportArgs) -> Result<ExitCode> {
    let mut register = place::open(&args.at)?;
    let brief = register.brief(&filter(&args.filter), args.limit as usize)?;
    let all: Vec<_> = rows(&brief).collect();
    let mut bytes = Vec::new();
    let losses: Losses = export(format(args.format), Reader::new().lexicon(), all.iter(), &mut bytes)?;
    output::write(args.output.as_deref(), &bytes)?;
    if !losses.is_empty() {
        losses.to_string().lines().for_each(complain);
    }
    Ok(ExitCode::SUCCESS)
}
