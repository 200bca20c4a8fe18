//! Which countries share a land border (`data/places/neighbours.tsv`).

use crate::DataError;
use crate::tsv::Table;

/// Pairs of countries by ISO 3166-1 alpha-2, each in both orders, sorted.
#[derive(Clone, Debug, Default)]
pub(super) struct Neighbours {
    pairs: Vec<(String, String)>,
}

impl Neighbours {
    /// Reads the table; a border that only one side tells of is reported.
    pub fn load(file: &str, text: &str, errors: &mut Vec<DataError>) -> Neighbours {
        let table = Table::parse(file, text, &["country", "neighbours", "source"], errors);
        let mut pairs: Vec<(String, String)> = table
            .rows()
            .flat_map(|row| {
                let country = row.get("country").to_string();
                row.list("neighbours").map(move |n| (country.clone(), n.to_string())).collect::<Vec<_>>()
            })
            .collect();
        pairs.sort();
        for row in table.rows() {
            let country = row.get("country");
            for n in row.list("neighbours") {
                if pairs.binary_search(&(n.to_string(), country.to_string())).is_err() {
                    errors.push(row.error(
                        "neighbours",
                        format!("{country} borders on {n}, but {n} not on {country}"),
                        "name each of the two countries in the row of the other",
                    ));
                }
            }
        }
        Neighbours { pairs }
    }

    /// True if the two countries share a land border.
    pub fn share(&self, a: &str, b: &str) -> bool {
        self.pairs.binary_search_by(|(x, y)| (x.as_str(), y.as_str()).cmp(&(a, b))).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn borders_have_two_sides() {
        let mut errors = Vec::new();
        let table = "country\tneighbours\tsource\nAA\tBB|CC\tx\nBB\tAA\tx\n";
        let n = Neighbours::load("n.tsv", table, &mut errors);
        assert!(n.share("AA", "BB") && n.share("BB", "AA") && !n.share("BB", "CC"));
        assert_eq!(errors.len(), 1, "{errors:?}");
    }
}
