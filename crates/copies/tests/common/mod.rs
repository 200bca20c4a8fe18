//! A synthetic benchmark: stories, copies with a known share of edits, and other reporters' stories on the same incident.

#![allow(dead_code)]

/// SplitMix64.
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let x = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        x ^ (x >> 31)
    }

    pub fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }

    pub fn chance(&mut self, share: f64) -> bool {
        (self.next() >> 11) as f64 / ((1u64 << 53) as f64) < share
    }

    fn pick<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }
}

/// Phrases that all reporters use; their runs are shared by chance.
const STOCK: &[&str] = &[
    "officials said on condition of anonymity",
    "according to a statement released late on Monday",
    "no group immediately claimed responsibility for the attack",
    "the wounded were taken to the district hospital",
    "security forces cordoned off the area and launched a search operation",
    "a spokesman for the interior ministry told reporters",
    "residents said they heard several loud explosions",
    "the claim could not be independently verified",
    "it was the third such incident this month",
    "the two sides have accused each other of breaking the truce",
    "at least seven people were killed and twelve others wounded",
    "the death toll was expected to rise",
];

const PLACES: &[&str] =
    &["Arvan", "Belgor", "Cheran", "Dovrin", "Estal", "Farreth", "Gorlin", "Hathor", "Istrel", "Jorvan"];
const SUBJECTS: &[&str] = &[
    "the governor",
    "an army officer",
    "two witnesses",
    "the mission",
    "a relief worker",
    "the council",
    "local traders",
    "a police chief",
    "the delegation",
    "several families",
    "a doctor",
    "the border guard",
    "an elder",
    "the convoy",
];
const VERBS: &[&str] = &[
    "reached",
    "left",
    "described",
    "counted",
    "searched",
    "reported",
    "closed",
    "visited",
    "asked for",
    "confirmed",
    "rejected",
    "repaired",
    "saw",
    "recorded",
    "warned of",
    "delayed",
];
const THINGS: &[&str] = &[
    "the market",
    "three damaged houses",
    "a burnt vehicle",
    "the northern road",
    "a temporary camp",
    "the checkpoint",
    "shell fragments",
    "the school building",
    "a delivery of medicine",
    "the river crossing",
    "the list of names",
    "an exchange of fire",
    "the radio station",
    "a column of smoke",
    "the water supply",
    "an unmarked lorry",
];
const ENDINGS: &[&str] = &[
    "before dawn",
    "in the afternoon",
    "without giving details",
    "despite the curfew",
    "for the second time",
    "on foot",
    "under escort",
    "near the old mill",
    "as night fell",
    "after a long delay",
    "with the help of neighbours",
    "on the way to the coast",
    "while talks went on",
];

/// What happened, as every reporter learns it: place, numbers, and what was said to all.
pub struct Incident {
    place: &'static str,
    quotations: Vec<String>,
}

pub fn incident(random: &mut Random) -> Incident {
    let quotations = (0..3)
        .map(|_| format!("“{}”", (0..2 + random.below(2)).map(|_| sentence(random, "")).collect::<Vec<_>>().join(" ")))
        .collect();
    Incident { place: random.pick(PLACES), quotations }
}

fn sentence(random: &mut Random, place: &str) -> String {
    let mut out = String::new();
    for n in 0..2 {
        let join = if n == 0 { "" } else { ", and " };
        out.push_str(&format!("{join}{} {} {}", random.pick(SUBJECTS), random.pick(VERBS), random.pick(THINGS)));
        if !place.is_empty() && random.chance(0.3) {
            out.push_str(&format!(" in {place}"));
        }
        out.push_str(&format!(" {}", random.pick(ENDINGS)));
    }
    out + "."
}

/// One reporter's story: own sentences, stock phrases, and the incident's quotations.
pub fn story(random: &mut Random, incident: &Incident, sentences: usize) -> Vec<String> {
    let mut out = Vec::new();
    for _ in 0..sentences {
        let mut one = sentence(random, incident.place);
        if random.chance(0.3) {
            one = format!("{}, {}.", one.trim_end_matches('.'), random.pick(STOCK));
        }
        if random.chance(0.2) {
            let quotation = &incident.quotations[random.below(incident.quotations.len())];
            one.push_str(&format!(" {quotation} {} said.", random.pick(SUBJECTS)));
        }
        out.push(one);
    }
    out
}

/// A copy in which about `share` of the words is touched: half by dropping, replacing or adding sentences, half word by word.
pub fn edited(random: &mut Random, story: &[String], incident: &Incident, share: f64) -> String {
    let mut out = Vec::new();
    for one in story {
        if random.chance(share / 2.0) {
            match random.below(3) {
                0 => {}
                1 => out.push(sentence(random, incident.place)),
                _ => {
                    out.push(one.clone());
                    out.push(sentence(random, incident.place));
                }
            }
            continue;
        }
        let words = one.split(' ').filter_map(|w| {
            if !random.chance(share / 2.0) {
                return Some(w.to_owned());
            }
            match random.below(3) {
                0 => None,
                1 => Some(format!("x{}", random.below(5000))),
                _ => Some(format!("{w} x{}", random.below(5000))),
            }
        });
        out.push(words.collect::<Vec<_>>().join(" "));
    }
    out.join(" ")
}

/// Two texts, and whether one was made of the other.
pub struct Pair {
    pub a: String,
    pub b: String,
    pub copy: bool,
}

/// `n` true pairs with this share of edits and `n` pairs of two reporters, of stories of about so many sentences.
pub fn pairs(seed: u64, n: usize, share: f64, sentences: usize) -> Vec<Pair> {
    let mut random = Random(seed);
    let mut out = Vec::new();
    for _ in 0..n {
        let event = incident(&mut random);
        let length = sentences / 2 + random.below(sentences);
        let first = story(&mut random, &event, length);
        let copy = edited(&mut random, &first, &event, share);
        let other = story(&mut random, &event, length);
        out.push(Pair { a: first.join(" "), b: copy, copy: true });
        out.push(Pair { a: first.join(" "), b: other.join(" "), copy: false });
    }
    out
}

/// `n` short items that are a stretch of a longer story with few edits, and `n` short items by others.
pub fn parts(seed: u64, n: usize, share: f64) -> Vec<Pair> {
    let mut random = Random(seed);
    let mut out = Vec::new();
    for _ in 0..n {
        let event = incident(&mut random);
        let long = story(&mut random, &event, 24);
        let from = random.below(20);
        let short = edited(&mut random, &long[from..from + 4], &event, share);
        let other = story(&mut random, &event, 4).join(" ");
        out.push(Pair { a: short, b: long.join(" "), copy: true });
        out.push(Pair { a: other, b: long.join(" "), copy: false });
    }
    out
}

/// Right, missed and wrong pairs, and how many true ones share a key.
#[derive(Default)]
pub struct Score {
    pub right: usize,
    pub missed: usize,
    pub wrong: usize,
    pub found: usize,
    pub compared_in_vain: usize,
}

impl Score {
    pub fn of(pairs: &[Pair]) -> Score {
        use counterclaim_copies::{Likeness, keys, likeness, runs, signature};
        let mut out = Score::default();
        for p in pairs {
            let (a, b) = (signature(&runs(&p.a)), signature(&runs(&p.b)));
            let of_b = keys(&b);
            let meet = keys(&a).iter().any(|k| of_b.binary_search(k).is_ok());
            let said = meet && likeness(&a, &b) != Likeness::Apart;
            out.found += usize::from(meet && p.copy);
            out.compared_in_vain += usize::from(meet && !p.copy);
            match (p.copy, said) {
                (true, true) => out.right += 1,
                (true, false) => out.missed += 1,
                (false, true) => out.wrong += 1,
                (false, false) => {}
            }
        }
        out
    }

    pub fn recall(&self) -> f64 {
        self.right as f64 / (self.right + self.missed).max(1) as f64
    }

    pub fn precision(&self) -> f64 {
        self.right as f64 / (self.right + self.wrong).max(1) as f64
    }
}
