//! Two arbitrary texts: signatures, keys and comparison neither panic nor depend on the order.
#![no_main]

use counterclaim_copies::{Item, Likeness, Signature, containment, keys, likeness, origins, runs, signature};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let middle = (0..=text.len() / 2).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0);
    let (a, b) = text.split_at(middle);
    let (ra, rb) = (runs(a), runs(b));
    let (sa, sb) = (signature(&ra), signature(&rb));
    let turned = match likeness(&sb, &sa) {
        Likeness::FirstInSecond => Likeness::SecondInFirst,
        Likeness::SecondInFirst => Likeness::FirstInSecond,
        same => same,
    };
    assert_eq!(likeness(&sa, &sb), turned);
    assert!((0.0..=1.0).contains(&containment(&ra, &rb)));
    assert_eq!(keys(&sa).is_empty(), ra.is_empty());
    assert_eq!(Signature::from_bytes(&sa.to_bytes()).as_ref(), Some(&sa));
    let _ = Signature::from_bytes(data);
    let item = |id, signature| Item { id, published: None, signature };
    let one = origins(&[item("a", &sa), item("b", &sb)]);
    let other = origins(&[item("b", &sb), item("a", &sa)]);
    assert_eq!(one.len(), other.len());
});
