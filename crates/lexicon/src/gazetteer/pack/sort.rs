//! Sorting more lines than fit into memory: sorted runs in temporary files, then one merge (Knuth, "Sorting and
//! Searching", 5.4).

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Seek, Write};
use std::path::{Path, PathBuf};

/// Takes lines and gives them back in the order of their bytes, each once.
pub struct Sorter {
    folder: PathBuf,
    limit: usize,
    bytes: Vec<u8>,
    /// Start and end of each line in `bytes`.
    lines: Vec<(usize, usize)>,
    runs: Vec<File>,
}

impl Sorter {
    /// A sorter that holds about `limit` bytes in memory and the rest in unnamed temporary files in `folder`.
    pub fn new(folder: &Path, limit: usize) -> Sorter {
        let limit = limit.max(1 << 16);
        Sorter { folder: folder.into(), limit, bytes: Vec::new(), lines: Vec::new(), runs: Vec::new() }
    }

    /// Adds a line, which must not hold a line break.
    ///
    /// # Errors
    /// If a temporary file cannot be written.
    pub fn push(&mut self, line: &str) -> io::Result<()> {
        let start = self.bytes.len();
        self.bytes.extend_from_slice(line.as_bytes());
        self.lines.push((start, self.bytes.len()));
        // A line costs its bytes and sixteen for its place.
        if self.bytes.len() + self.lines.len() * 16 > self.limit {
            self.spill()?;
        }
        Ok(())
    }

    fn sorted(&mut self) -> impl Iterator<Item = &[u8]> {
        let bytes = &self.bytes;
        self.lines.sort_unstable_by(|a, b| bytes[a.0..a.1].cmp(&bytes[b.0..b.1]));
        self.lines.iter().map(move |l| &bytes[l.0..l.1])
    }

    fn spill(&mut self) -> io::Result<()> {
        let mut run = BufWriter::new(tempfile::tempfile_in(&self.folder)?);
        for line in self.sorted() {
            run.write_all(line)?;
            run.write_all(b"\n")?;
        }
        let mut run = run.into_inner().map_err(io::IntoInnerError::into_error)?;
        run.rewind()?;
        self.runs.push(run);
        self.bytes.clear();
        self.lines.clear();
        Ok(())
    }

    /// Calls `f` with every line in order, equal lines once.
    ///
    /// # Errors
    /// If a temporary file cannot be written or read, or `f` fails.
    pub fn finish(mut self, mut f: impl FnMut(&[u8]) -> io::Result<()>) -> io::Result<()> {
        if !self.runs.is_empty() && !self.lines.is_empty() {
            self.spill()?;
        }
        let mut last: Option<Vec<u8>> = None;
        let mut once = |line: &[u8]| {
            if last.as_deref() == Some(line) {
                return Ok(());
            }
            let kept = last.get_or_insert_default();
            kept.clear();
            kept.extend_from_slice(line);
            f(line)
        };
        if self.runs.is_empty() {
            return self.sorted().try_for_each(once);
        }
        let mut readers: Vec<BufReader<File>> = self.runs.into_iter().map(BufReader::new).collect();
        let mut heap = BinaryHeap::new();
        for (i, r) in readers.iter_mut().enumerate() {
            heap.extend(next(r)?.map(|line| Reverse((line, i))));
        }
        while let Some(Reverse((line, i))) = heap.pop() {
            once(&line)?;
            heap.extend(next(&mut readers[i])?.map(|line| Reverse((line, i))));
        }
        Ok(())
    }
}

fn next(run: &mut BufReader<File>) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    if run.read_until(b'\n', &mut line)? == 0 {
        return Ok(None);
    }
    line.pop();
    Ok(Some(line))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_runs_give_what_one_gives() {
        let folder = tempfile::tempdir().unwrap();
        // A fixed scramble of 20,000 lines, a tenth of them double.
        let lines: Vec<String> = (0..20_000u64).map(|i| format!("{:06}", (i * 7919) % 18_000)).collect();
        let sorted = |limit: usize| {
            let mut s = Sorter::new(folder.path(), limit);
            lines.iter().for_each(|l| s.push(l).unwrap());
            let (mut out, runs) = (Vec::new(), s.runs.len());
            s.finish(|l| {
                out.push(String::from_utf8(l.to_vec()).unwrap());
                Ok(())
            })
            .unwrap();
            (out, runs)
        };
        let (one, runs) = sorted(1 << 24);
        assert_eq!((one.len(), runs), (18_000, 0));
        assert!(one.is_sorted());
        let (many, runs) = sorted(0);
        assert!(runs > 3);
        assert_eq!(one, many);
    }
}
