//! The register from outside: a desk's day, hostile words on a terminal, kills, full disks.

#![allow(clippy::unwrap_used)]

mod common;

use common::{counterclaim, folder, stderr, stdout};
use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

fn reports(from: usize, to: usize) -> String {
    let places = ["Bannu", "Tank", "Mir Ali", "Khost", "Kharlachi"];
    (from..to)
        .map(|n| {
            let (place, day, killed) = (places[n % 5], 10 + n / 7 % 18, 2 + n % 6);
            format!(
                "{{\"id\":\"w{n}\",\"source\":\"Example Wire (synthetic)\",\"published\":\"2024-05-{day}\",\"title\":\"Report {n}\",\
                 \"text\":\"Militants attacked a police post near {place} on Monday, killing {killed} policemen, officials said in dispatch {n}.\"}}\n"
            )
        })
        .collect()
}

fn run(register: &Path, args: &[&str]) -> std::process::Output {
    let output = counterclaim().env("COUNTERCLAIM_REGISTER", register).args(args).output().unwrap();
    assert!(output.status.success(), "{args:?}: {}", stderr(&output));
    output
}

#[test]
fn a_day_at_the_desk() {
    let folder = folder();
    let desk = folder.path().join("desk");
    let file = folder.path().join("in.jsonl");
    std::fs::write(&file, reports(0, 40)).unwrap();
    let missing = counterclaim().args(["incidents", "--register"]).arg(&desk).output().unwrap();
    assert!(!missing.status.success() && stderr(&missing).contains("counterclaim init"));
    assert!(stdout(&run(&desk, &["init"])).contains("is a register now"));
    let file = file.to_string_lossy().into_owned();
    assert!(stdout(&run(&desk, &["add", &file])).starts_with("40 reports added; "));
    assert!(stdout(&run(&desk, &["add", &file])).starts_with("0 reports added; 40 were there already"));
    let list: Value = serde_json::from_slice(
        &run(&desk, &["incidents", "--format", "json", "--place", "Tank", "--limit", "3"]).stdout,
    )
    .unwrap();
    let id = list["rows"][0]["id"].as_str().unwrap().to_owned();
    assert!(list["next"].is_string());
    let confirm = ["decide", "confirm", &id[..10], "--by", "Ana", "--reason", "seen the lists", "--seen", "0"];
    assert!(stdout(&run(&desk, &confirm)).starts_with("decision 1 on i"));
    assert!(stdout(&run(&desk, &confirm)).contains("Ana: confirmed"));
    let refused =
        counterclaim().env("COUNTERCLAIM_REGISTER", &desk).args(confirm).arg("--if-unchanged").output().unwrap();
    assert!(stderr(&refused).contains("was decided on since you looked"), "{}", stderr(&refused));
    let shown = stdout(&run(&desk, &["show", &id]));
    assert!(shown.contains("state        confirmed") && shown.contains("last decision: 2"), "{shown}");
    let shown: Value = serde_json::from_slice(&run(&desk, &["show", &id, "--format", "json"]).stdout).unwrap();
    assert_eq!(shown["last_decision"], 2);
    assert!(stdout(&run(&desk, &["history", &id])).contains("decision 2: Ana: confirmed; because seen the lists"));
    for (command, word) in
        [("claims", "speaker"), ("commitments", "nothing fits"), ("actors", "Pakistan"), ("sources", "Example Wire")]
    {
        assert!(stdout(&run(&desk, &[command])).contains(word), "{command}");
    }
    assert!(stdout(&run(&desk, &["brief", "--place", "Tank"])).starts_with("# Counterclaim brief"));
    assert!(stdout(&run(&desk, &["brief", "--format", "html"])).starts_with("<!doctype html>"));
    let report = shown["reports"][0]["id"].as_str().unwrap();
    let claim = |words: &str| {
        let mut command = counterclaim();
        command.env("COUNTERCLAIM_REGISTER", &desk).args([
            "decide",
            "claim",
            &report[..12],
            "--about",
            &id,
            "--words",
            words,
        ]);
        command.args([
            "--speaker",
            "Pakistan",
            "--stance",
            "denies",
            "--aspect",
            "occurrence",
            "--by",
            "Ana",
            "--reason",
            "missed",
        ]);
        command.output().unwrap()
    };
    assert!(stderr(&claim("e")).contains("times in report"), "{}", stderr(&claim("e")));
    let kept = stdout(&claim("officials  said"));
    assert!(kept.starts_with("decision 3 on c") && kept.contains("in the words “officials said”"), "{kept}");
    let shown = stdout(&run(&desk, &["show", &id]));
    assert!(shown.contains("Pakistan denies occurrence") && shown.contains("recorded by Ana"), "{shown}");
    assert!(stdout(&run(&desk, &["claims", "--kind", "denies"])).contains("Ana"));
    assert!(stdout(&run(&desk, &["brief", "--place", "Tank"])).contains("(recorded by Ana)"));
    assert!(stdout(&run(&desk, &["show", report])).contains("what people recorded"));
    let copy = folder.path().join("copy.db");
    run(&desk, &["backup", &copy.to_string_lossy()]);
    assert!(stdout(&run(&copy, &["check"])).ends_with("every hash, span and reference is sound\n"));
    let deep = stdout(&run(&desk, &["check", "--deep"]));
    assert!(deep.contains("the same bytes") && deep.ends_with("every hash, span and reference is sound\n"), "{deep}");
    assert!(stdout(&run(&desk, &["rebuild"])).contains("the same bytes"));
}

#[test]
fn bad_lines_are_named_and_the_rest_is_kept() {
    let folder = folder();
    run(folder.path(), &["init"]);
    let lines = format!("{}{{\"text\":5}}\n{}", reports(0, 2), reports(2, 4));
    let add = |extra: &[&str]| {
        let mut command = counterclaim();
        command.env("COUNTERCLAIM_REGISTER", folder.path()).args(["add", "-"]).args(extra).write_stdin(lines.clone());
        command.output().unwrap()
    };
    let stopped = add(&[]);
    assert!(!stopped.status.success() && stderr(&stopped).contains("standard input:3:9"), "{}", stderr(&stopped));
    assert!(stdout(&stopped).starts_with("2 reports added"));
    let went_on = add(&["--keep-going"]);
    assert_eq!((went_on.status.code(), &stdout(&went_on)[..15]), (Some(1), "2 reports added"));
}

#[test]
fn hostile_words_reach_no_terminal() {
    let folder = folder();
    run(folder.path(), &["init"]);
    let line = serde_json::json!({
        "id": "\u{1b}[2J'; DROP TABLE report;--", "source": "=cmd|'/c calc'!A1 \u{202E}evil", "published": "2024-05-14",
        "title": "\u{1b}]0;owned\u{7}<script>alert(1)</script>", "url": "http://example.org/\u{9b}31m",
        "text": "\u{1b}[31mMilitants attacked a police post near Bannu on Monday, killing 3 policemen.\u{202E}\u{0}"
    });
    let mut command = counterclaim();
    command.env("COUNTERCLAIM_REGISTER", folder.path()).args(["add", "-"]).write_stdin(line.to_string());
    assert!(command.output().unwrap().status.success());
    let list: Value = serde_json::from_slice(&run(folder.path(), &["incidents", "--format", "json"]).stdout).unwrap();
    let id = list["rows"][0]["id"].as_str().unwrap();
    let page: Value = serde_json::from_slice(&run(folder.path(), &["show", id, "--format", "json"]).stdout).unwrap();
    let report = page["reports"][0]["id"].as_str().unwrap();
    for args in [
        &["incidents"][..],
        &["sources"],
        &["claims"],
        &["actors"],
        &["show", id],
        &["show", report],
        &["history", id],
        &["brief", "--format", "md"],
        &["brief", "--format", "html"],
        &["brief", "--format", "text"],
    ] {
        let shown = stdout(&run(folder.path(), args));
        assert!(!shown.contains(['\u{1b}', '\u{7}', '\u{9b}', '\u{202E}', '\0']), "{args:?}: {shown}");
        assert!(args[0] != "brief" || args[2] == "text" || !shown.contains("<script"), "{args:?}");
    }
    assert!(stdout(&run(folder.path(), &["sources", "--format", "csv"])).contains("\n'=cmd"));
    run(folder.path(), &["check", "--deep"]);
}

/// How often a run is killed; `cargo xtask register-crash` asks for more.
fn kills() -> u64 {
    std::env::var("COUNTERCLAIM_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(20)
}

/// Killed at random moments, a run loses nothing that it has acknowledged, and the next one goes on.
#[test]
fn a_killed_run_loses_nothing_acknowledged() {
    const REPORTS: usize = 400;
    let folder = folder();
    let file = folder.path().join("in.jsonl");
    std::fs::write(&file, reports(0, REPORTS)).unwrap();
    let mut state = 7u64;
    let mut random = |below: u64| {
        state = state.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(0x1405_7b7e_f767_814f);
        (state >> 33) % below
    };
    let (mut round, mut desk, mut safe) = (0, folder.path().join("desk0"), 0);
    run(&desk, &["init"]);
    for _ in 0..kills() {
        let mut child = Command::new(env!("CARGO_BIN_EXE_counterclaim"))
            .args(["add", "--acknowledge", "--batch", "7"])
            .arg(&file)
            .env("COUNTERCLAIM_REGISTER", &desk)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        let reading = std::thread::spawn(move || {
            let numbers = out.lines().map_while(Result::ok).filter_map(|l| l.strip_prefix("kept ")?.parse().ok());
            numbers.last().unwrap_or(0)
        });
        std::thread::sleep(Duration::from_millis(random(900)));
        child.kill().unwrap();
        child.wait().unwrap();
        let acknowledged: usize = reading.join().unwrap();
        safe = safe.max(acknowledged);
        let mut register = counterclaim_register::Register::open(&desk.to_string_lossy()).unwrap();
        let held = register.sources(&Default::default()).unwrap().iter().map(|s| s.reports).sum::<usize>();
        assert!(held >= safe, "{held} reports are left of {safe} acknowledged");
        drop(register);
        let checked = stdout(&run(&desk, &["check"]));
        assert!(checked.ends_with("every hash, span and reference is sound\n"), "{checked}");
        if held == REPORTS {
            run(&desk, &["check", "--deep"]);
            (round, safe) = (round + 1, 0);
            desk = folder.path().join(format!("desk{round}"));
            run(&desk, &["init"]);
        }
    }
    run(&desk, &["add", &file.to_string_lossy()]);
    run(&desk, &["check", "--deep"]);
}

/// A file that cannot grow is a full disk to the program: a clear message, and nothing acknowledged is lost.
#[test]
fn a_full_disk_is_said_and_loses_nothing() {
    let folder = folder();
    let desk = folder.path().join("desk");
    run(&desk, &["init"]);
    let few = folder.path().join("few.jsonl");
    let many = folder.path().join("many.jsonl");
    std::fs::write(&few, reports(0, 10)).unwrap();
    std::fs::write(&many, reports(0, 600)).unwrap();
    run(&desk, &["add", &few.to_string_lossy()]);
    // Blocks of 1024 bytes; the signal is ignored, so that writing fails as on a full disk.
    let script = format!(
        "trap '' XFSZ; ulimit -f 1500; exec {} add --acknowledge --batch 20 {}",
        env!("CARGO_BIN_EXE_counterclaim"),
        many.display()
    );
    let output = Command::new("bash").args(["-c", &script]).env("COUNTERCLAIM_REGISTER", &desk).output().unwrap();
    let (said, complaint) = (stdout(&output), stderr(&output));
    assert!(!output.status.success() && complaint.contains("disk is full"), "{said}{complaint}");
    let acknowledged: usize = said.lines().filter_map(|l| l.strip_prefix("kept ")?.parse().ok()).max().unwrap_or(0);
    let list = run(&desk, &["sources", "--format", "json"]);
    let list: Value = serde_json::from_slice(&list.stdout).unwrap();
    let held = list["rows"][0]["reports"].as_u64().unwrap() as usize;
    assert!(held >= acknowledged.max(10), "{held} of {acknowledged}");
    run(&desk, &["check", "--deep"]);
    assert!(stdout(&run(&desk, &["add", &many.to_string_lossy()])).contains("were there already"));
    run(&desk, &["check", "--deep"]);
}
