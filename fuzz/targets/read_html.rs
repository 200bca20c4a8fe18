//! Arbitrary bytes as a web page.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| counterclaim_fuzz::read("fuzz.html", data));
