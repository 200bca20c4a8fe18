//! Arbitrary bytes as a plain text file.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| counterclaim_fuzz::read("fuzz.txt", data));
