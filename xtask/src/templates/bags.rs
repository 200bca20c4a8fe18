//! Features as numbers: strings are hashed, and rows of hashed features are kept end to end.

/// The hash of a feature's words (FNV-1a, folded).
pub fn hash(feature: &str) -> u32 {
    let mut h: u64 = 0xcbf2_9ce4_8422_2325;
    for b in feature.bytes() {
        h = (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3);
    }
    (h ^ (h >> 32)) as u32
}

/// The same feature seen with something else, such as a role.
pub fn with(hash: u32, other: usize) -> u32 {
    (hash ^ (other as u32 + 1).wrapping_mul(0x85eb_ca6b)).wrapping_mul(0xc2b2_ae35).rotate_left(13)
}

/// The place of a feature in a table of `1 << bits` weights.
pub fn bucket(hash: u32, bits: u32) -> u32 {
    (u64::from(hash).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - bits)) as u32
}

/// Distinct features of one thing, hashed.
pub type Bag = Vec<u32>;

/// Hashes a list of features; each counts once.
pub fn bag(list: &[String]) -> Bag {
    let mut out: Bag = list.iter().map(|f| hash(f)).collect();
    out.sort_unstable();
    out.dedup();
    out
}

/// A feature with its value.
pub type Valued = (u32, f32);

/// A bag in which every feature has the same value; long bags weigh no more than short ones.
pub fn level(bag: &[u32]) -> Vec<Valued> {
    let value = 2.0 / (bag.len().max(1) as f32).sqrt();
    bag.iter().map(|f| (*f, value)).collect()
}

/// Rows of features, end to end, with their places in a table of `1 << bits` weights.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    /// Where each row ends.
    ends: Vec<usize>,
    cells: Vec<Valued>,
    bits: u32,
}

impl Rows {
    /// No rows yet.
    pub fn new(bits: u32) -> Rows {
        Rows { bits, ..Rows::default() }
    }

    /// Adds a row.
    pub fn push(&mut self, row: &[Valued]) {
        let bits = self.bits;
        self.cells.extend(row.iter().map(|(f, v)| (bucket(*f, bits), *v)));
        self.ends.push(self.cells.len());
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Number of bits of a place.
    pub fn bits(&self) -> u32 {
        self.bits
    }

    /// The places and values of a row.
    pub fn row(&self, i: usize) -> &[Valued] {
        let start = if i == 0 { 0 } else { self.ends[i - 1] };
        &self.cells[start..self.ends[i]]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn features_keep_their_place() {
        let b = bag(&["w=bomb".into(), "w=car".into(), "w=bomb".into()]);
        assert_eq!(b.len(), 2);
        assert_ne!(with(b[0], 0), with(b[0], 1));
        let mut rows = Rows::new(10);
        rows.push(&level(&b));
        rows.push(&[]);
        assert_eq!(rows.len(), 2);
        assert_eq!(rows.row(0).len(), 2);
        assert!(rows.row(0).iter().all(|(at, v)| *at < 1024 && (*v - 2f32.sqrt()).abs() < 1e-6));
        assert!(rows.row(1).is_empty());
    }
}
