//! What speakers contradict each other on, and what they do not: `data/claims/disputes.test.tsv`, read by the whole reader.
//! All texts are synthetic. `reports` are `source, day: text`, parted by ` // `; `disputed` lists every aspect that must be
//! in dispute, in one incident; `status`, where given, is that of the incident.

use counterclaim_reader::{Reader, text::Report};
use std::collections::BTreeSet;

fn reports(cell: &str) -> Vec<Report> {
    let one = |(k, part): (usize, &str)| {
        let (head, text) = part.split_once(": ").expect("source, day: text");
        let (source, day) = head.rsplit_once(", ").expect("source, day");
        Report {
            id: format!("r{}", k + 1),
            source: source.into(),
            published: Some(day.parse().expect("an ISO date")),
            text: text.into(),
            ..Report::default()
        }
    };
    cell.split(" // ").enumerate().map(one).collect()
}

#[test]
fn the_table_holds() {
    let reader = Reader::new();
    let table = include_str!("../../../data/claims/disputes.test.tsv");
    let mut wrong = Vec::new();
    for line in table.lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [family, texts, disputed, status] = cells[..] else {
            wrong.push(format!("four cells: {line}"));
            continue;
        };
        let brief = reader.read(&reports(texts));
        let contested: Vec<_> = brief.incidents.iter().filter(|i| !i.disputed.is_empty()).collect();
        let got: BTreeSet<&str> = contested.iter().flat_map(|i| &i.disputed).map(|a| a.as_str()).collect();
        let want: BTreeSet<&str> = disputed.split(';').filter(|w| !w.is_empty()).collect();
        let known: Vec<&str> = match contested[..] {
            [] => brief.incidents.iter().map(|i| i.status.as_str()).collect(),
            _ => contested.iter().map(|i| i.status.as_str()).collect(),
        };
        if got != want || contested.len() > 1 || !status.is_empty() && !known.contains(&status) {
            wrong.push(format!("{family}: {texts}\n  want {want:?} {status}, got {got:?} {known:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
