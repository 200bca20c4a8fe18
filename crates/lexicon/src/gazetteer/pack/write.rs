//! Writes a pack: sorted lines in blocks, then the index.

use super::{BLOCK, END, GREETING, Sorter};
use std::io::{self, Write};

/// Writes the lines of a sorter as a pack; gives the number of lines.
///
/// # Errors
/// If `out` or a temporary file of the sorter fails.
pub fn write_pack(lines: Sorter, mut out: impl Write) -> io::Result<u64> {
    out.write_all(GREETING)?;
    let mut at = GREETING.len() as u64;
    let (mut count, mut block) = (0u64, None::<u64>);
    let mut index: Vec<u8> = Vec::new();
    lines.finish(|line| {
        if block.is_none_or(|start| at - start >= BLOCK as u64) {
            let key = line.split(|b| *b == b'\t').next().unwrap_or_default();
            index.extend_from_slice(&super::head(key).to_be_bytes());
            index.extend_from_slice(&at.to_le_bytes());
            block = Some(at);
        }
        out.write_all(line)?;
        out.write_all(b"\n")?;
        at += line.len() as u64 + 1;
        count += 1;
        Ok(())
    })?;
    out.write_all(&index)?;
    for number in [at, index.len() as u64 / 24, count] {
        out.write_all(&number.to_le_bytes())?;
    }
    out.write_all(END)?;
    out.flush()?;
    Ok(count)
}
