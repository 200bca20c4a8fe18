//! Sums by neighbourhood: cells of one degree, read together with the eight around them.

/// A sparse grid; settle it before reading.
#[derive(Default)]
pub(super) struct Grid {
    cells: Vec<((i32, i32), f64)>,
    settled: bool,
}

/// Cells of one degree of latitude are 111 km high.
fn cell(lat: f64, lon: f64) -> (i32, i32) {
    (lat.floor() as i32, lon.floor() as i32)
}

impl Grid {
    /// Adds to the cell of a point in degrees.
    pub fn add(&mut self, lat: f64, lon: f64, by: f64) {
        self.cells.push((cell(lat, lon), by));
        self.settled = false;
    }

    /// Sorts and joins the cells; does nothing the second time.
    pub fn settle(&mut self) {
        if self.settled {
            return;
        }
        // A stable sort keeps the order of adding within a cell, and with it the bits of each sum.
        self.cells.sort_by_key(|c| c.0);
        let mut joined: Vec<((i32, i32), f64)> = Vec::with_capacity(self.cells.len());
        for (at, by) in self.cells.drain(..) {
            match joined.last_mut() {
                Some((last, sum)) if *last == at => *sum += by,
                _ => joined.push((at, by)),
            }
        }
        self.cells = joined;
        self.settled = true;
    }

    /// The sum around a point: its own cell in full, the eight around it by half.
    pub fn around(&self, lat: f64, lon: f64) -> f64 {
        let (y, x) = cell(lat, lon);
        let mut sum = 0.0;
        for dy in -1..=1 {
            // The three cells of a row lie side by side in the sorted list.
            let from = self.cells.partition_point(|c| c.0 < (y + dy, x - 1));
            for (at, by) in self.cells[from..].iter().take_while(|c| c.0 <= (y + dy, x + 1)) {
                sum += if *at == (y, x) { *by } else { 0.5 * by };
            }
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_count_by_half_and_the_rest_not() {
        let mut g = Grid::default();
        for (lat, lon) in [(33.5, 70.5), (33.6, 70.1), (34.2, 71.9), (36.0, 70.0), (-0.5, -0.5)] {
            g.add(lat, lon, 1.0);
        }
        g.settle();
        assert_eq!(g.around(33.0, 70.0), 2.5);
        assert_eq!(g.around(0.5, 0.5), 0.5);
        assert_eq!(g.around(-60.0, 0.0), 0.0);
    }
}
