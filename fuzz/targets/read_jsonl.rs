//! Arbitrary bytes as JSON Lines.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| counterclaim_fuzz::read("fuzz.jsonl", data));
