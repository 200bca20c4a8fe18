//! Feeds and tables through the program. All texts are synthetic.

#![allow(clippy::unwrap_used)]

mod common;

use common::{counterclaim, folder, stderr, stdout};
use serde_json::Value;

const TABLE: &str = "Outlet,When,Story\n\
    Hill Post (synthetic),03/04/2024,\"Mortar fire hit a village in Kurram on Tuesday, killing two people, residents said.\"\n\
    Hill Post (synthetic),never,Nothing happened.\n";

#[test]
fn a_dry_run_shows_columns_rows_and_every_fault() {
    let dir = folder();
    let file = dir.path().join("t.csv");
    std::fs::write(&file, TABLE).unwrap();
    let run = |more: &[&str]| {
        counterclaim()
            .args(["read", "--dry-run", "--map", "text=Story,published=When"])
            .args(more)
            .arg(&file)
            .output()
            .unwrap()
    };
    let output = run(&[]);
    let shown = stdout(&output);
    assert_eq!(output.status.code(), Some(1));
    assert!(shown.contains("t.csv: 0 reports") && shown.contains("2 faults; nothing was read"), "{shown}");
    assert!(
        shown.contains(
            "t.csv:2:1: column 2, When: \"03/04/2024\" may have the day or the month first. Say which with --dates"
        ),
        "{shown}"
    );
    let shown = stdout(&run(&["--dates", "dmy"]));
    assert!(shown.contains("columns    text=Story,published=When,source=Outlet"), "{shown}");
    assert!(shown.contains("published  2024-04-03") && shown.contains("text       Mortar fire hit"), "{shown}");
    let output = run(&["--dates", "ymd"]);
    assert!(stderr(&output).contains("write dmy or mdy"));
}

#[test]
fn a_table_and_a_feed_are_read() {
    let dir = folder();
    let file = dir.path().join("t.csv");
    std::fs::write(&file, TABLE).unwrap();
    let feed = dir.path().join("feed.xml");
    let item = "<item><guid>f1</guid><pubDate>Wed, 03 Apr 2024 10:00:00 +0500</pubDate><description>&lt;p&gt;Mortar fire hit a village in Kurram on Tuesday.&lt;/p&gt;</description></item>";
    std::fs::write(
        &feed,
        format!("<?xml version=\"1.0\"?><rss><channel><title>Coast Wire (synthetic)</title>{item}</channel></rss>"),
    )
    .unwrap();
    let output = counterclaim()
        .args(["read", "--format", "json", "--keep-going", "--dates", "dmy", "--map", "text=Story,published=When"])
        .args([&file, &feed])
        .output()
        .unwrap();
    let reading: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1));
    let reports = reading["reports"].as_array().unwrap();
    assert_eq!(
        (reports.len(), reports[1]["id"].as_str(), reports[1]["source"].as_str()),
        (2, Some("f1"), Some("Coast Wire (synthetic)"))
    );
    assert!(!reading["incidents"].as_array().unwrap().is_empty());
}
