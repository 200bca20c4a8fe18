//! Prints precision and recall on the synthetic benchmark, and the speed.

#[path = "../tests/common/mod.rs"]
mod common;

use common::{Pair, Score, pairs, parts};
use counterclaim_copies::{keys, runs, signature};
use std::time::Instant;

fn main() {
    println!("{:34} {:>9} {:>7} {:>10} {:>16}", "pairs", "precision", "recall", "share keys", "others share one");
    let line = |name: &str, pairs: &[Pair]| {
        let (s, n) = (Score::of(pairs), pairs.len() / 2);
        let part = |k: usize| k as f64 / n as f64;
        println!(
            "{name:34} {:9.3} {:7.3} {:10.3} {:16.3}",
            s.precision(),
            s.recall(),
            part(s.found),
            part(s.compared_in_vain)
        );
    };
    for (name, sentences) in [("about 400 words", 14), ("about 120 words", 4)] {
        for percent in [0, 5, 10, 20, 30, 40] {
            line(&format!("{name}, {percent} % edited"), &pairs(1, 1000, f64::from(percent) / 100.0, sentences));
        }
    }
    for percent in [0, 10, 20] {
        line(&format!("short in long, {percent} % edited"), &parts(2, 1000, f64::from(percent) / 100.0));
    }
    let texts: Vec<String> = pairs(3, 2000, 0.1, 14).into_iter().map(|p| p.b).collect();
    let words: usize = texts.iter().map(|t| t.split(' ').count()).sum();
    let start = Instant::now();
    let count: usize = texts.iter().map(|t| keys(&signature(&runs(t))).len()).sum();
    let spent = start.elapsed().as_secs_f64();
    println!(
        "{} texts of {} words: {:.3} µs a word, {:.1} keys a text",
        texts.len(),
        words / texts.len(),
        spent * 1e6 / words as f64,
        count as f64 / texts.len() as f64
    );
}
