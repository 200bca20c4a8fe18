//! Floors of the synthetic benchmark; `cargo run --release --example measure -p counterclaim-copies` prints the figures.

mod common;

use common::{Score, pairs, parts};

#[test]
fn copies_with_up_to_thirty_percent_of_edits_are_found_and_others_are_not() {
    for share in [0.0, 0.1, 0.2, 0.3] {
        let score = Score::of(&pairs(7, 200, share, 14));
        assert!(score.recall() >= 0.98, "{share}: recall {}", score.recall());
        assert!(score.precision() >= 0.98, "{share}: precision {}", score.precision());
    }
}

#[test]
fn parts_are_found() {
    let score = Score::of(&parts(9, 200, 0.1));
    assert!(score.recall() >= 0.9 && score.precision() >= 0.95, "{} {}", score.recall(), score.precision());
}
