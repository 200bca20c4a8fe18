//! Fixed inputs for the benches and for `cargo xtask speed`: four synthetic texts of about 10 KB, written for the project.

pub mod vary;

use counterclaim_text::Report;

/// Name and text of every input, in a fixed order.
pub const INPUTS: [(&str, &str); 4] = [
    ("news", include_str!("../inputs/news.txt")),
    ("statements", include_str!("../inputs/statements.txt")),
    ("everyday", include_str!("../inputs/everyday.txt")),
    ("capitals", include_str!("../inputs/capitals.txt")),
];

/// The inputs as reports of one day.
pub fn reports() -> Vec<Report> {
    let report = |(name, text): &(&str, &str)| Report {
        id: (*name).to_owned(),
        source: "Example Wire (synthetic)".to_owned(),
        published: Some(jiff::civil::date(2024, 3, 19)),
        text: (*text).to_owned(),
        ..Report::default()
    };
    INPUTS.iter().map(report).collect()
}

/// Words as a reader would count them: runs without white space.
pub fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_are_what_the_sentences_give() {
        for (name, text) in INPUTS {
            assert_eq!(
                Some(text),
                vary::text(name).as_deref(),
                "run `cargo run -p counterclaim-benches --example inputs`"
            );
            assert!((8_000..16_000).contains(&text.len()), "{name}: {} bytes", text.len());
        }
    }
}
