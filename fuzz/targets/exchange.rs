//! Arbitrary bytes as coded incidents; the first byte chooses the format. What was read can be written in every format, reads
//! back, and comes out the same the second time.
#![no_main]

use counterclaim_exchange::{Format, Reading, Source, export, import_all};
use counterclaim_lexicon::Lexicon;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Some((first, bytes)) = data.split_first() else { return };
    let lexicon = Lexicon::embedded();
    let source = Source { lexicon, file: "fuzz", data_set: "" };
    let got = import_all(Format::ALL[*first as usize % Format::ALL.len()], &source, bytes);
    for fault in &got.faults {
        assert!(!fault.message.is_empty() && !fault.remedy.is_empty());
    }
    for row in &got.rows {
        let told = row.told(lexicon);
        assert!(told.claims.iter().all(|c| !c.speaker.is_empty()));
        told.claims.iter().for_each(|c| counterclaim_fuzz::fits(&told.report.text, c.span));
    }
    for format in Format::ALL.into_iter().filter(|f| *f != Format::Gdelt) {
        let mut out = Vec::new();
        let losses = export(format, lexicon, got.rows.iter(), &mut out).expect("a list takes all bytes");
        let back = import_all(format, &source, out.as_slice());
        assert_eq!((back.skipped, back.rows.len() as u64), (0, losses.written), "{format:?} {:?}", back.faults);
        let mut again = Vec::new();
        export(format, lexicon, back.rows.iter(), &mut again).expect("a list takes all bytes");
        assert_eq!(import_all(format, &source, again.as_slice()).rows, back.rows, "{format:?}");
    }
    if let Ok(reading) = Reading::parse("fuzz", bytes) {
        let (brief, _) = reading.brief("fuzz", &|_, _| None);
        assert!(brief.claims.iter().all(|c| !c.speaker.is_empty()));
    }
});
