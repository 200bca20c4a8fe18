//! Arbitrary bytes as a feed, by its name and by its look.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    counterclaim_fuzz::take("fuzz.rss", data);
    counterclaim_fuzz::take("-", data);
});
