//! The binary from outside: help, usage errors, formats, files and pipes.

#![allow(clippy::unwrap_used)]

mod common;

use common::{counterclaim, folder, stderr, stdout};
use serde_json::Value;
use std::process::Stdio;

const LINE: &str = r#"{"id":"r1","source":"Herald (synthetic)","published":"2024-03-19","title":"Fire","text":"Fire was exchanged in Kurram on Monday, officials said."}"#;

#[test]
fn every_command_has_help_with_examples() {
    for command in [
        vec![],
        vec!["read"],
        vec!["code"],
        vec!["explain"],
        vec!["demo"],
        vec!["completions"],
        vec!["man"],
        vec!["data", "check"],
        vec!["gazetteer", "import"],
        vec!["gazetteer", "show"],
        vec!["init"],
        vec!["add"],
        vec!["incidents"],
        vec!["claims"],
        vec!["commitments"],
        vec!["actors"],
        vec!["sources"],
        vec!["show"],
        vec!["history"],
        vec!["brief"],
        vec!["decide"],
        vec!["rebuild"],
        vec!["check"],
        vec!["import"],
        vec!["export"],
        vec!["backup"],
    ] {
        let output = counterclaim().args(&command).arg("--help").output().unwrap();
        assert!(output.status.success() && stdout(&output).contains("Examples:"), "{command:?}");
    }
}

#[test]
fn wrong_use_is_exit_code_2() {
    for args in [
        vec!["raed"],
        vec!["read", "--format", "xml"],
        vec!["read", "--width", "9"],
        vec!["read", "--jobs", "0"],
        vec![],
    ] {
        let output = counterclaim().args(&args).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{args:?}");
    }
    let output = counterclaim().args(["read", "--published", "99999-01-01", "-"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("outside 1 to 9999; write the date as YYYY-MM-DD"), "{}", stderr(&output));
}

#[test]
fn json_has_the_fields_of_the_wire_format_in_order() {
    let output = counterclaim().args(["read", "--format", "json"]).write_stdin(LINE).output().unwrap();
    let reading: Value = serde_json::from_slice(&output.stdout).unwrap();
    let names: Vec<&String> = reading.as_object().unwrap().keys().collect();
    assert_eq!(names, ["schema", "generator", "reports", "incidents", "claims", "commitments", "actors"]);
    assert_eq!(reading["schema"], "counterclaim.reading/v1");
    assert!(reading["generator"].as_str().unwrap().starts_with("counterclaim "));
}

#[test]
fn events_come_in_three_code_books() {
    let line = r#"{"id":"r1","source":"Herald (synthetic)","published":"2024-03-19","title":"","text":"Kenya accused Uganda on Monday of moving the border stones. Kenyan jets bombed two villages near Kampala on Sunday, killing four farmers."}"#;
    let run = |format: &str| {
        let output = counterclaim().args(["code", "--format", format]).write_stdin(line).output().unwrap();
        assert!(output.status.success(), "{}", stderr(&output));
        stdout(&output)
    };
    let events: Vec<Value> = run("plover").lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    let types: Vec<&str> = events.iter().map(|e| e["event"].as_str().unwrap()).collect();
    assert_eq!(types, ["ACCUSE", "ASSAULT"]);
    assert_eq!((&events[0]["actor"][0]["code"], &events[0]["recipient"][0]["code"]), (&"KEN".into(), &"UGA".into()));
    assert_eq!((&events[1]["mode"], &events[1]["quad_code"]), (&"aerial".into(), &4.into()));
    assert_eq!(events[1]["date"], "2024-03-17");
    assert!(events.iter().all(|e| e["id"].is_string() && e["text_info"]["end"].is_u64()));
    let triples = run("cameo");
    assert!(
        triples.lines().all(|l| l.split('\t').count() == 5) && triples.contains("KENGOV\tUGAGOV\t112\tr1"),
        "{triples}"
    );
    let rows = run("acled");
    assert!(
        rows.lines().nth(1).unwrap().contains("2024-03-17,1,Explosions/Remote violence,Air/drone strike,Kenya"),
        "{rows}"
    );
    assert_eq!(run("plover"), run("plover"));
}

#[test]
fn json_lines_are_one_object_a_line_with_its_type() {
    let output = counterclaim().args(["read", "--format", "jsonl"]).write_stdin(LINE).output().unwrap();
    let text = stdout(&output);
    let lines: Vec<Value> = text.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!((&lines[0]["type"], &lines[0]["schema"]), (&"reading".into(), &"counterclaim.reading/v1".into()));
    assert!(lines.iter().all(|l| l["type"].is_string()));
}

#[test]
fn the_same_bytes_for_any_number_of_jobs() {
    for format in ["brief", "json", "jsonl", "md"] {
        let run = |jobs: &str| {
            counterclaim().args(["read", "--format", format, "--jobs", jobs, "demo/dispatches.jsonl"]).output().unwrap()
        };
        let (one, two) = (run("1"), run("2"));
        assert!(one.status.success() && two.status.success());
        assert!(one.stdout == two.stdout, "{format}");
    }
}

#[test]
fn colours_only_on_a_terminal() {
    let output = counterclaim().args(["demo"]).output().unwrap();
    assert!(output.status.success() && !stdout(&output).contains('\u{1b}'));
    assert!(stdout(&output).contains("What to try next"));
}

#[test]
fn the_bundled_dispatches_can_be_read_again() {
    let dispatches = counterclaim().args(["demo", "--dispatches"]).output().unwrap();
    let demo = counterclaim().args(["demo", "--format", "json"]).output().unwrap();
    let read = counterclaim().args(["read", "--format", "json"]).write_stdin(dispatches.stdout).output().unwrap();
    assert!(demo.stdout == read.stdout);
}

#[test]
fn an_output_file_appears_whole_and_alone() {
    let dir = folder();
    let file = dir.path().join("out.json");
    std::fs::write(&file, "old").unwrap();
    let output = counterclaim().args(["read", "--format", "json", "-o"]).arg(&file).write_stdin(LINE).output().unwrap();
    assert!(output.status.success() && output.stdout.is_empty());
    assert!(serde_json::from_slice::<Value>(&std::fs::read(&file).unwrap()).is_ok());
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1);
}

#[test]
fn a_failed_run_leaves_the_old_file() {
    let dir = folder();
    let file = dir.path().join("out.json");
    std::fs::write(&file, "old").unwrap();
    let output = counterclaim().args(["read", "-o"]).arg(&file).arg("no-such-file.txt").output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("cannot read no-such-file.txt"), "{}", stderr(&output));
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "old");
    let output = counterclaim().args(["read", "-o", "/no/such/folder/x.json"]).write_stdin(LINE).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("cannot write /no/such/folder/x.json"), "{}", stderr(&output));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_said() {
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_counterclaim"));
    let child = command.arg("demo").stdout(Stdio::from(full)).stderr(Stdio::piped()).spawn().unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("cannot write to standard output: No space left"), "{}", stderr(&output));
    let output = counterclaim().args(["read", "-o", "/dev/full"]).write_stdin(LINE).output().unwrap();
    assert!(stderr(&output).contains("cannot write /dev/full: No space left"), "{}", stderr(&output));
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_counterclaim"));
    let mut child = command.arg("demo").stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), stderr(&output).as_str()), (Some(0), ""));
}

#[test]
fn completions_and_man_pages() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let output = counterclaim().args(["completions", shell]).output().unwrap();
        assert!(output.status.success() && stdout(&output).contains("keep-going"), "{shell}");
    }
    assert!(stdout(&counterclaim().arg("man").output().unwrap()).contains(".TH counterclaim"));
    let dir = folder();
    let pages = dir.path().join("man1");
    assert!(counterclaim().arg("man").arg(&pages).output().unwrap().status.success());
    assert!(pages.join("counterclaim-read.1").exists());
}
