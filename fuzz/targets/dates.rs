//! Date expressions in arbitrary text, against any day of publication: the first four bytes choose the day.
#![no_main]

use counterclaim_entities::dates;
use counterclaim_syntax::Model;
use jiff::civil::Date;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let (day, text) = data.split_at(data.len().min(4));
    let published = match day {
        [a, b, c, d] if *d < 250 => {
            Date::new(i16::from_le_bytes([*a, *b]).rem_euclid(9999) + 1, (*c % 12) as i8 + 1, (*d % 28) as i8 + 1).ok()
        }
        _ => None,
    };
    let text = String::from_utf8_lossy(text);
    let syntax = Model::embedded().parse(&text);
    for mention in dates::find(&text, &syntax, published) {
        counterclaim_fuzz::fits(&text, mention.span);
        assert!(mention.tokens.0 <= mention.tokens.1 && (mention.tokens.1 as usize) < syntax.tokens.len());
        assert!(mention.value.is_none_or(|v| v.start <= v.end), "{mention:?}");
    }
});
