//! What the tests share: fresh registers, a reader, and synthetic reports. All events are invented.

use super::server;
use crate::{Act, Incoming, Machine, Proposal, Register};
use counterclaim_incidents::Part;
use counterclaim_reader::Reader;
use counterclaim_text::Report;
use std::sync::Arc;

/// When everything arrives.
pub const NOW: &str = "2024-06-01T00:00:00Z";

/// A register with where it is.
pub struct World {
    pub register: Register,
    pub place: String,
    /// Goes with the value.
    _folder: Option<tempfile::TempDir>,
}

pub fn sqlite() -> World {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().to_string_lossy().into_owned();
    World { register: Register::init(&place).unwrap(), place, _folder: Some(folder) }
}

pub fn postgres() -> World {
    let place = server::database();
    World { register: Register::init(&place).unwrap(), place, _folder: None }
}

pub fn read(reports: &[Report]) -> Vec<Part> {
    Reader::new().parts(reports)
}

pub const MACHINE: Machine<'static> = Machine { generator: "test 1", read: &read };

impl World {
    pub fn add(&mut self, reports: &[Incoming]) -> crate::Added {
        self.register.add(&MACHINE, reports, NOW).unwrap()
    }

    /// Sound in every respect, and derived anew to the same bytes.
    pub fn is_sound(&mut self) {
        let checked = self.register.check(&MACHINE).unwrap();
        assert_eq!(checked.faults, Vec::<String>::new());
        let proof = self.register.prove(&MACHINE, &mut |_, _| {}).unwrap();
        assert_eq!((proof.differ, proof.differing), (vec![], 0));
    }

    /// The page of the only incident with these words.
    pub fn page(&mut self, words: &str) -> crate::IncidentPage {
        let id = self.incident(words);
        self.register.incident(&id).unwrap()
    }

    /// The id of the only incident with these words.
    pub fn incident(&mut self, word: &str) -> String {
        let filter = crate::Filter { text: word.into(), rejected: true, ..Default::default() };
        let rows = self.register.incidents(&filter, &Default::default()).unwrap().rows;
        assert_eq!(rows.len(), 1, "{word}: {rows:?}");
        rows[0].id.clone()
    }
}

/// A decision with a reason, by somebody who did not look what was decided before.
pub fn proposal(act: Act, author: &str) -> Proposal {
    Proposal {
        act,
        author: author.into(),
        reason: "a reason".into(),
        made: "2024-06-02T10:00:00Z".into(),
        seen: None,
        if_unchanged: false,
    }
}

pub fn report(id: &str, source: &str, day: &str, text: &str) -> Incoming {
    let report = Report {
        id: id.into(),
        source: source.into(),
        published: day.parse().ok(),
        title: format!("{source} of {day}"),
        text: text.into(),
        ..Report::default()
    };
    let raw = Arc::new(format!("{id} {source} {day} {text}").into_bytes());
    Incoming { named: !id.is_empty(), report, notes: vec![], given: None, raw, from: "test".into() }
}

/// Reports of a few days: some tell of one occurrence, some deny it, some promise.
pub fn days() -> Vec<Incoming> {
    let wire = |day: &str, text: &str| report("", "Example Wire (synthetic)", day, text);
    let post = |day: &str, text: &str| report("", "Valley Post (synthetic)", day, text);
    let herald = |day: &str, text: &str| report("", "Northern Herald (synthetic)", day, text);
    vec![
        wire(
            "2024-05-14",
            "Militants attacked a police post in Bannu on Monday, killing three policemen. Officials said the attackers fled.",
        ),
        post("2024-05-14", "Three policemen were killed when militants attacked a police post in Bannu on Monday."),
        herald(
            "2024-05-14",
            "Militants stormed a police post in Bannu on Monday and killed three policemen, police said.",
        ),
        wire(
            "2024-05-14",
            "Pakistan carried out air strikes in Khost on Monday, the foreign ministry said. It said eight militants were killed.",
        ),
        post(
            "2024-05-14",
            "Pakistani aircraft bombed houses in Khost on Monday, killing six civilians, Afghan Taliban officials said. They denied that militants were there.",
        ),
        herald(
            "2024-05-16",
            "Pakistan pledged to reopen the Kharlachi crossing by Friday. Afghan officials welcomed the step.",
        ),
        wire("2024-05-18", "The Kharlachi crossing was reopened by Pakistan on Saturday, officials said."),
        post(
            "2024-05-17",
            "A roadside bomb killed two soldiers near Mir Ali on Thursday. No group claimed responsibility.",
        ),
        herald(
            "2024-05-17",
            "Two soldiers died when a roadside bomb went off near Mir Ali on Thursday, the military said.",
        ),
        wire(
            "2024-05-20",
            "Mortar rounds were fired near Kharlachi on Sunday. Residents said one man was injured. Islamabad denied that its troops had fired.",
        ),
        post("2024-05-20", "Gunmen abducted four engineers in Tank on Sunday, police said."),
        herald(
            "2024-05-21",
            "Afghan Taliban officials denied that militants use Afghan soil against any country. They promised to investigate the shelling near Kharlachi on Sunday.",
        ),
    ]
}

/// The same in an order that depends on the seed alone.
pub fn shuffled<T: Clone>(list: &[T], seed: u64) -> Vec<T> {
    let mut out = list.to_vec();
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    for k in (1..out.len()).rev() {
        state = state.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(0x1405_7b7e_f767_814f);
        out.swap(k, (state >> 33) as usize % (k + 1));
    }
    out
}
