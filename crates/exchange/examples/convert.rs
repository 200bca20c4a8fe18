//! Converts coded incidents from one format to another, row by row: `convert FROM TO < in > out`. Faults and losses go to
//! standard error, with the speed.

use counterclaim_exchange::{Format, Source, export, import};
use counterclaim_lexicon::Lexicon;
use std::io::{BufReader, BufWriter, Write};
use std::time::Instant;

fn main() -> std::io::Result<()> {
    let formats: Vec<Option<Format>> = std::env::args().skip(1).map(|a| Format::parse(&a)).collect();
    let [Some(from), Some(to)] = formats[..] else {
        let names = Format::ALL.map(Format::as_str).join(", ");
        return Err(std::io::Error::other(format!("usage: convert FROM TO, each one of {names}")));
    };
    let lexicon = Lexicon::embedded();
    let start = Instant::now();
    let source = Source { lexicon, file: "standard input", data_set: "" };
    let (mut rows, mut skipped, mut without_kind) = (Vec::new(), 0, 0);
    import(from, &source, BufReader::new(std::io::stdin().lock()), &mut |row| {
        row.faults.iter().for_each(|f| eprintln!("{f}"));
        skipped += u64::from(row.coded.is_none());
        without_kind += u64::from(row.coded.as_ref().is_some_and(|c| c.kind.is_empty()));
        rows.extend(row.coded);
    });
    let read = start.elapsed().as_secs_f64();
    let mut out = BufWriter::new(std::io::stdout().lock());
    let losses = export(to, lexicon, rows.iter(), &mut out)?;
    out.flush()?;
    let total = start.elapsed().as_secs_f64();
    eprint!("{losses}");
    eprintln!(
        "{} rows read in {read:.2} s, {skipped} skipped, {without_kind} without a kind; {} written in {:.2} s",
        rows.len(),
        losses.written,
        total - read
    );
    Ok(())
}
