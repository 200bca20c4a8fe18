//! What makes two reports tell of one occurrence: the weights of named features (`data/models/links.tsv`).

use crate::DataError;
use crate::tsv::Table;

/// The weights of the linear model that links sightings, with what each feature means.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LinkWeights {
    /// In alphabetical order of their names.
    rows: Vec<Row>,
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Row {
    feature: String,
    prior: f64,
    weight: f64,
    meaning: String,
}

impl LinkWeights {
    pub(crate) fn load(file: &str, text: &str, errors: &mut Vec<DataError>) -> LinkWeights {
        let table = Table::parse(file, text, &["feature", "prior", "weight", "meaning", "source"], errors);
        let mut rows: Vec<Row> = Vec::new();
        for row in table.rows() {
            let mut number = |column: &str| match row.get(column).parse::<f64>() {
                Ok(w) if w.is_finite() => w,
                _ => {
                    let message = format!("\"{}\" is no number", row.get(column));
                    errors.push(row.error(column, message, "write a decimal number, or run `cargo xtask train-links`"));
                    0.0
                }
            };
            let (prior, weight) = (number("prior"), number("weight"));
            rows.push(Row { feature: row.get("feature").into(), prior, weight, meaning: row.get("meaning").into() });
        }
        rows.sort_by(|a, b| a.feature.cmp(&b.feature));
        LinkWeights { rows }
    }

    fn row(&self, feature: &str) -> Option<&Row> {
        self.rows.binary_search_by(|r| r.feature.as_str().cmp(feature)).ok().map(|k| &self.rows[k])
    }

    /// The weight that was set by hand, towards which training draws; 0 for an unknown feature.
    pub fn prior(&self, feature: &str) -> f64 {
        self.row(feature).map_or(0.0, |r| r.prior)
    }

    /// The weight of a feature, a summand of log-odds; 0 for an unknown one.
    pub fn weight(&self, feature: &str) -> f64 {
        self.row(feature).map_or(0.0, |r| r.weight)
    }

    /// What a feature means, for a person.
    pub fn meaning<'a>(&'a self, feature: &'a str) -> &'a str {
        self.row(feature).map_or(feature, |r| &r.meaning)
    }

    /// Names and weights in alphabetical order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, f64)> {
        self.rows.iter().map(|r| (r.feature.as_str(), r.weight))
    }

    /// The same features with other weights, by name; for fitting them.
    pub fn with(&self, weight: impl Fn(&str, f64) -> f64) -> LinkWeights {
        let rows = self.rows.iter().map(|r| Row { weight: weight(&r.feature, r.weight), ..r.clone() });
        LinkWeights { rows: rows.collect() }
    }
}
