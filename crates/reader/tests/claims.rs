//! Who says what, one family of statements a row: `data/claims/claims.test.tsv`, read by the whole reader. All texts are
//! synthetic; `want` lists claims that must be found, `never` words of claims that must not.

use counterclaim_reader::{Reader, text::Report};

#[test]
fn the_table_holds() {
    let reader = Reader::new();
    let table = include_str!("../../../data/claims/claims.test.tsv");
    let mut wrong = Vec::new();
    for line in table.lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [family, source, text, want, never] = cells[..] else {
            wrong.push(format!("five cells: {line}"));
            continue;
        };
        let report = Report {
            id: "r".into(),
            source: source.into(),
            published: Some(jiff::civil::date(2024, 3, 19)),
            text: text.replace("\\n", "\n"),
            ..Report::default()
        };
        let brief = reader.read(&[report]);
        let got: Vec<String> =
            brief.claims.iter().map(|c| format!("{} {} {}", c.speaker, c.stance.as_str(), c.aspect.as_str())).collect();
        let list = |cell: &str| cell.split(';').filter(|w| !w.is_empty()).map(String::from).collect::<Vec<_>>();
        let missing: Vec<String> = list(want).into_iter().filter(|w| !got.iter().any(|g| g.starts_with(w))).collect();
        let extra: Vec<String> = list(never).into_iter().filter(|w| got.iter().any(|g| g.contains(w))).collect();
        if !missing.is_empty() || !extra.is_empty() {
            wrong.push(format!("{family}: {text}\n  missing {missing:?}, not wanted {extra:?}, got {got:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_day_of_words_about_an_act_is_not_that_of_the_act() {
    let told = "Warplanes struck a depot near Nyala on Sunday, killing four people.";
    for words in ["Officials in Chad condemned the strike on Monday.", "On Monday residents confirmed the attack."] {
        let text = format!("{told} {words}");
        let report = Report { id: "r1".into(), published: "2024-05-21".parse().ok(), text, ..Report::default() };
        let brief = Reader::new().read(&[report]);
        let days: Vec<String> = brief.incidents.iter().filter_map(|i| i.when).map(|w| w.start.to_string()).collect();
        assert_eq!(days, ["2024-05-19"], "{words}");
    }
    // Alone, the words may well say the day of the act.
    let text = "Officials in Chad condemned the strike near Nyala on Sunday that killed four people.".into();
    let report = Report { id: "r1".into(), published: "2024-05-21".parse().ok(), text, ..Report::default() };
    let brief = Reader::new().read(&[report]);
    assert_eq!(brief.incidents[0].when.unwrap().start.to_string(), "2024-05-19");
}
