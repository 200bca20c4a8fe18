//! Arbitrary bytes as a table of reports, by its name and by its look.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    counterclaim_fuzz::take("fuzz.csv", data);
    counterclaim_fuzz::take("-", data);
});
