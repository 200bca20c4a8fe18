//! Inputs that nobody would send on purpose, and some that somebody would: a clear message or an empty reading.

#![allow(clippy::unwrap_used)]

mod common;

use common::{counterclaim, folder, stderr, stdout};
use std::process::Output;
use std::time::Duration;

/// Reads one file of these bytes to JSON.
fn read(name: &str, bytes: &[u8], more: &[&str]) -> Output {
    let dir = folder();
    let file = dir.path().join(name);
    std::fs::write(&file, bytes).unwrap();
    let mut command = counterclaim();
    command.args(["read", "--format", "json"]).args(more).arg(&file).timeout(Duration::from_secs(300));
    let output = command.output().unwrap();
    assert!(matches!(output.status.code(), Some(0 | 1)), "{name}: {:?}\n{}", output.status, stderr(&output));
    assert!(!stderr(&output).contains("panicked"), "{}", stderr(&output));
    output
}

fn reads(name: &str, bytes: &[u8]) {
    let output = read(name, bytes, &[]);
    assert!(output.status.success(), "{name}: {}", stderr(&output));
    assert!(serde_json::from_slice::<serde_json::Value>(&output.stdout).is_ok());
}

fn refuses(name: &str, bytes: &[u8], because: &str) {
    let output = read(name, bytes, &[]);
    assert_eq!(output.status.code(), Some(1), "{name}");
    assert!(stderr(&output).contains(because), "{name}: {}", stderr(&output));
    assert!(output.stdout.is_empty());
}

#[test]
fn empty_files_are_empty_readings() {
    for name in ["a.txt", "a.html", "a.jsonl", "a.json", "a"] {
        reads(name, b"");
        reads(name, b" \n\r\n\t ");
        reads(name, b"\xEF\xBB\xBF");
    }
}

#[test]
fn binary_junk_is_named() {
    let mut state = 1u64;
    let junk: Vec<u8> = std::iter::repeat_with(|| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 56) as u8
    })
    .take(200_000)
    .collect();
    refuses("junk.txt", &junk, "binary data, not text. Give plain text, HTML, JSON Lines, a feed or a table.");
    refuses("junk", &junk, "binary data, not text.");
    refuses("report.pdf", b"%PDF-1.7\n\x00\x01\x02", "a PDF, not text. Extract the text first");
    refuses("junk.jsonl", &junk, "--keep-going reads the rest");
}

#[test]
fn invalid_utf8_is_read_with_a_note() {
    reads("broken.txt", b"Fire in Kurram \xFF\xFE on Monday, Caf\xC3\xA9.");
    refuses("broken.jsonl", b"{\"text\":\"\xFF\"}", "broken.jsonl:1:");
}

#[test]
fn the_year_99999_says_what_to_write() {
    refuses(
        "far.jsonl",
        br#"{"text":"x","published":"99999-12-31"}"#,
        "the year in \"99999-12-31\" is outside 1 to 9999",
    );
    reads("far.txt", b"On 31 December 99999 and on 0000-00-00 fire was exchanged in Kurram.");
}

#[test]
fn a_line_of_ten_megabytes_without_a_space() {
    reads("long.txt", &vec![b'x'; 10 << 20]);
    let line = format!("{{\"text\":\"{}\"}}", "y".repeat(10 << 20));
    reads("long.jsonl", line.as_bytes());
}

#[test]
fn monstrous_html() {
    let deep = format!("<html>{}Fire in Kurram.{}", "<div>".repeat(100_000), "</div>".repeat(100_000));
    reads("deep.html", deep.as_bytes());
    reads("unclosed.html", "<b><i><p>x".repeat(100_000).as_bytes());
    reads("quotes.html", "<a href='".repeat(100_000).as_bytes());
    let attributes: String = (0..100_000).map(|i| format!(" a{i}")).collect();
    reads("attributes.html", format!("<p{attributes}>Fire in Kurram.").as_bytes());
    reads("open.html", "<".repeat(1_000_000).as_bytes());
    reads("comments.html", "<!--".repeat(100_000).as_bytes());
    reads("raw.html", "<script>".repeat(100_000).as_bytes());
}

#[test]
fn one_bad_line_stops_unless_told_to_keep_going() {
    let lines = b"{\"id\":\"a\",\"text\":\"x\"}\n{\"id\":7}\n{\"id\":\"b\",\"text\":\"y\"}\n";
    refuses("some.jsonl", lines, "some.jsonl:2:");
    let output = read("some.jsonl", lines, &["--keep-going"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("some.jsonl:2:") && stdout(&output).contains("counterclaim.reading/v1"));
}

#[test]
fn file_names_and_reports_cannot_write_to_the_terminal() {
    let output = read("a\u{1b}[31m\u{202E}.jsonl", b"{\"\x1b[2J", &[]);
    assert!(!stderr(&output).contains('\u{1b}') && !stderr(&output).contains('\u{202E}'));
    let line = r#"{"id":"\u001b[2J","source":"\u001b]0;x\u0007","text":"\u001b[31mFire in Kurram."}"#;
    let output = counterclaim().args(["read"]).write_stdin(line).output().unwrap();
    assert!(output.status.success() && !stdout(&output).contains('\u{1b}'));
    let output = counterclaim().args(["explain"]).write_stdin(line).output().unwrap();
    assert!(output.status.success() && !stdout(&output).contains('\u{1b}'));
}

#[test]
fn a_folder_is_no_report() {
    let output = counterclaim().args(["read", "src"]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("src is a folder; name the files in it"), "{}", stderr(&output));
}
