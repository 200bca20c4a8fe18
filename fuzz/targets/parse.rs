//! Arbitrary text through the syntax model.
#![no_main]

use counterclaim_syntax::Model;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let syntax = Model::embedded().parse(&text);
    counterclaim_fuzz::trees_are_sound(&text, &syntax);
    let again = Model::embedded().parse(&text);
    assert_eq!(syntax, again, "the same text gave two readings");
});
