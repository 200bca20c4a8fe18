//! Reports made of the words that rules look for, in any order: every byte of the input is one word. Reaches the
//! coding and the linking more often than arbitrary bytes do.
#![no_main]

use std::sync::OnceLock;

const WORDS: &str = include_str!("../words.txt");
/// Words in one report; longer ones only take longer.
const LONGEST: usize = 600;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    static LIST: OnceLock<Vec<&str>> = OnceLock::new();
    let list = LIST.get_or_init(|| WORDS.lines().filter(|l| !l.is_empty()).collect());
    let mut text = String::new();
    for byte in data.iter().take(LONGEST) {
        match list[*byte as usize % list.len()] {
            "<br>" => text.push('\n'),
            word => {
                if !text.is_empty() && !matches!(word, "." | "," | ":" | "?" | "’s" | "”" | ")") {
                    text.push(' ');
                }
                text.push_str(word);
            }
        }
    }
    counterclaim_fuzz::read("fuzz.txt", text.as_bytes());
});
