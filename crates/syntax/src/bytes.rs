//! Reads and writes the numbers and arrays of a model file, little-endian, with every length checked.

/// Collects a model file in memory.
#[derive(Default)]
pub struct Writer {
    /// The bytes so far.
    pub bytes: Vec<u8>,
}

impl Writer {
    /// Appends one number.
    pub fn u32(&mut self, v: u32) {
        self.bytes.extend_from_slice(&v.to_le_bytes());
    }

    /// Appends an array of bytes with its length.
    pub fn u8s(&mut self, v: &[u8]) {
        self.u32(v.len() as u32);
        self.bytes.extend_from_slice(v);
    }

    /// Appends an array of signed bytes with its length.
    pub fn i8s(&mut self, v: &[i8]) {
        self.u32(v.len() as u32);
        self.bytes.extend(v.iter().map(|&x| x as u8));
    }

    /// Appends an array of 16-bit numbers with its length.
    pub fn i16s(&mut self, v: &[i16]) {
        self.u32(v.len() as u32);
        self.bytes.extend(v.iter().flat_map(|x| x.to_le_bytes()));
    }

    /// Appends an array of 32-bit numbers with its length.
    pub fn u32s(&mut self, v: &[u32]) {
        self.u32(v.len() as u32);
        self.bytes.extend(v.iter().flat_map(|x| x.to_le_bytes()));
    }

    /// Appends an array of 32-bit floating-point numbers with its length.
    pub fn f32s(&mut self, v: &[f32]) {
        self.u32(v.len() as u32);
        self.bytes.extend(v.iter().flat_map(|x| x.to_le_bytes()));
    }
}

/// Walks through a model file; every method returns `None` once the bytes run out.
pub struct Reader<'b> {
    bytes: &'b [u8],
}

impl<'b> Reader<'b> {
    /// A reader at the start of `bytes`.
    pub fn new(bytes: &'b [u8]) -> Self {
        Reader { bytes }
    }

    fn take(&mut self, n: usize) -> Option<&'b [u8]> {
        let (head, tail) = self.bytes.split_at_checked(n)?;
        self.bytes = tail;
        Some(head)
    }

    /// The next number.
    pub fn u32(&mut self) -> Option<u32> {
        Some(u32::from_le_bytes(self.take(4)?.try_into().ok()?))
    }

    /// The next array of bytes.
    pub fn u8s(&mut self) -> Option<&'b [u8]> {
        let n = self.u32()? as usize;
        self.take(n)
    }

    /// The next array of signed bytes.
    pub fn i8s(&mut self) -> Option<Vec<i8>> {
        Some(self.u8s()?.iter().map(|&x| x as i8).collect())
    }

    /// The next array of 16-bit numbers.
    pub fn i16s(&mut self) -> Option<Vec<i16>> {
        let n = self.u32()? as usize;
        let bytes = self.take(n.checked_mul(2)?)?;
        Some(bytes.as_chunks().0.iter().map(|&c| i16::from_le_bytes(c)).collect())
    }

    /// The next array of 32-bit numbers.
    pub fn u32s(&mut self) -> Option<Vec<u32>> {
        let n = self.u32()? as usize;
        let bytes = self.take(n.checked_mul(4)?)?;
        Some(bytes.as_chunks().0.iter().map(|&c| u32::from_le_bytes(c)).collect())
    }

    /// The next array of 32-bit floating-point numbers.
    pub fn f32s(&mut self) -> Option<Vec<f32>> {
        let n = self.u32()? as usize;
        let bytes = self.take(n.checked_mul(4)?)?;
        Some(bytes.as_chunks().0.iter().map(|&c| f32::from_le_bytes(c)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrays_come_back_as_written() {
        let mut w = Writer::default();
        w.i8s(&[-3, 0, 7]);
        w.i16s(&[-300, 12]);
        w.f32s(&[0.5]);
        w.u32s(&[9, 8]);
        let mut r = Reader::new(&w.bytes);
        assert_eq!(r.i8s(), Some(vec![-3, 0, 7]));
        assert_eq!(r.i16s(), Some(vec![-300, 12]));
        assert_eq!(r.f32s(), Some(vec![0.5]));
        assert_eq!(r.u32s(), Some(vec![9, 8]));
        assert_eq!(r.u32(), None);
    }

    #[test]
    fn a_length_beyond_the_end_is_refused() {
        assert_eq!(Reader::new(&[255, 255, 255, 255, 1]).f32s(), None);
    }
}
