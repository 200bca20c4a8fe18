//! A pack: a whole gazetteer in one file, read where it lies, for dumps that are too large to build in.
//!
//! The file is sorted text with an index behind it. First a line of greeting; then one line a name,
//! `key TAB name TAB level TAB feature TAB country TAB admin1 TAB admin2 TAB lat TAB lon TAB population TAB id`, sorted by
//! bytes; then the index, 24 bytes a block of lines (the first 16 bytes of its first key, then its offset as a
//! little-endian `u64`); then 32 bytes: offset of the index, number of blocks, number of lines, and [`END`].
//!
//! Only the index is held in memory (6 bytes a kilobyte of names). A look-up reads one block, seldom two, with positioned
//! reads: no mapping into memory, which safe code cannot have, and no lock between threads.

mod sort;
mod write;

pub use sort::Sorter;
pub use write::write_pack;

use super::PlaceEntry;
use counterclaim_text::Level;
use std::fs::File;
use std::io;
use std::path::Path;

/// The first bytes of every pack.
pub const GREETING: &[u8] = b"counterclaim gazetteer 1\n";
/// The last bytes of every pack.
pub const END: &[u8; 8] = b"CCGAZ-1\n";
/// Names of one block, in bytes; the last line may go beyond.
pub const BLOCK: usize = 4096;
/// Length of what stands behind the index.
const FOOT: u64 = 32;
/// No block of a sound pack is longer; a longer one is not read into memory.
const LONGEST_BLOCK: u64 = 1 << 24;
/// Bearers of one name that are read at most.
const MOST: usize = 5000;

/// An open pack.
#[derive(Debug)]
pub struct Pack {
    file: File,
    /// Head of the first key and offset of each block; a last one for where the index starts.
    blocks: Vec<(u128, u64)>,
    lines: u64,
}

impl Pack {
    /// Opens a pack and reads its index.
    ///
    /// # Errors
    /// If the file cannot be read, or is no pack (`InvalidData`).
    pub fn open(path: &Path) -> io::Result<Pack> {
        let bad = |what: &str| io::Error::new(io::ErrorKind::InvalidData, format!("this is no gazetteer pack: {what}"));
        let file = File::open(path)?;
        let len = file.metadata()?.len();
        if len < GREETING.len() as u64 + FOOT {
            return Err(bad("it is too short"));
        }
        let mut greeting = vec![0; GREETING.len()];
        read_at(&file, &mut greeting, 0)?;
        let mut foot = [0; FOOT as usize];
        read_at(&file, &mut foot, len - FOOT)?;
        if greeting != GREETING || foot[24..] != END[..] {
            return Err(bad("its first or last bytes are not those of a pack"));
        }
        let number = |i: usize| u64::from_le_bytes(foot[i..i + 8].try_into().unwrap_or_default());
        let (index, count, lines) = (number(0), number(8), number(16));
        let whole = count.checked_mul(24).and_then(|n| n.checked_add(index)).and_then(|n| n.checked_add(FOOT));
        if whole != Some(len) || index < GREETING.len() as u64 {
            return Err(bad("its index does not fit its length"));
        }
        let mut bytes = vec![0; (len - FOOT - index) as usize];
        read_at(&file, &mut bytes, index)?;
        let mut blocks = Vec::with_capacity(count as usize + 1);
        for b in bytes.chunks_exact(24) {
            let (key, at) = b.split_at(16);
            let key = u128::from_be_bytes(key.try_into().unwrap_or_default());
            blocks.push((key, u64::from_le_bytes(at.try_into().unwrap_or_default())));
        }
        blocks.push((u128::MAX, index));
        let sound = |w: &[(u128, u64)]| w[0].0 <= w[1].0 && w[0].1 < w[1].1 && w[1].1 - w[0].1 <= LONGEST_BLOCK;
        if !blocks.windows(2).all(sound) || count > 0 && blocks[0].1 != GREETING.len() as u64 {
            return Err(bad("its blocks are out of order"));
        }
        Ok(Pack { file, blocks, lines })
    }

    /// How many names it holds: a place counts once for each of its names.
    pub fn names(&self) -> u64 {
        self.lines
    }

    /// All places with this key, those with most people first. A block that cannot be read holds none: reading reports
    /// cannot fail.
    pub fn lookup(&self, key: &str) -> Vec<PlaceEntry> {
        let mut out = Vec::new();
        self.each(key, |line| {
            out.extend(place(line));
            out.len() < MOST
        });
        // Sorting is stable and the file has one order, so equals keep theirs.
        out.sort_by_key(|p| std::cmp::Reverse(p.population));
        out
    }

    /// True if some place has this key.
    pub fn contains(&self, key: &str) -> bool {
        let mut found = false;
        self.each(key, |_| {
            found = true;
            false
        });
        found
    }

    /// Calls `f` with every line of a key until it says no.
    fn each(&self, key: &str, mut f: impl FnMut(&str) -> bool) {
        let mut at = self.blocks.partition_point(|b| b.0 < head(key.as_bytes())).saturating_sub(1);
        let mut bytes = Vec::new();
        while at + 1 < self.blocks.len() {
            let (start, end) = (self.blocks[at].1, self.blocks[at + 1].1);
            bytes.resize((end - start) as usize, 0);
            if read_at(&self.file, &mut bytes, start).is_err() {
                return;
            }
            for line in bytes.split(|b| *b == b'\n').filter(|l| !l.is_empty()) {
                let this = line.split(|b| *b == b'\t').next().unwrap_or_default();
                match this.cmp(key.as_bytes()) {
                    std::cmp::Ordering::Less => {}
                    std::cmp::Ordering::Equal => {
                        if !std::str::from_utf8(line).is_ok_and(&mut f) {
                            return;
                        }
                    }
                    std::cmp::Ordering::Greater => return,
                }
            }
            at += 1;
        }
    }
}

/// The first sixteen bytes of a key as a number that sorts as the bytes do.
pub(super) fn head(key: &[u8]) -> u128 {
    let mut out = [0; 16];
    let n = key.len().min(16);
    out[..n].copy_from_slice(&key[..n]);
    u128::from_be_bytes(out)
}

fn place(line: &str) -> Option<PlaceEntry> {
    let cells: Vec<&str> = line.split('\t').collect();
    let [_, name, level, feature, country, admin1, admin2, lat, lon, population, id] = cells.as_slice() else {
        return None;
    };
    Some(PlaceEntry {
        name: (*name).into(),
        level: Level::parse(level)?,
        feature: (*feature).into(),
        country: (*country).into(),
        admin1: (*admin1).into(),
        admin2: (*admin2).into(),
        lat: lat.parse().ok().filter(|v: &f64| v.abs() <= 90.0)?,
        lon: lon.parse().ok().filter(|v: &f64| v.abs() <= 180.0)?,
        population: population.parse().unwrap_or(0),
        towns: 0,
        curated: false,
        code: (*id).into(),
    })
}

#[cfg(unix)]
fn read_at(file: &File, bytes: &mut [u8], at: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, at)
}

#[cfg(windows)]
fn read_at(file: &File, mut bytes: &mut [u8], mut at: u64) -> io::Result<()> {
    while !bytes.is_empty() {
        match std::os::windows::fs::FileExt::seek_read(file, bytes, at)? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            n => {
                bytes = &mut bytes[n..];
                at += n as u64;
            }
        }
    }
    Ok(())
}
