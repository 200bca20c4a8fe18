//! `people` and `serve`: who may sign in; a desk that answers and stops.

#![allow(clippy::unwrap_used)]

use assert_cmd::Command;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::Stdio;

fn counterclaim() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_counterclaim"));
    command.env_remove("COUNTERCLAIM_REGISTER");
    command
}

fn said(command: &mut Command) -> (bool, String) {
    let output = command.output().unwrap();
    let text = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    (output.status.success(), text)
}

#[test]
fn people_are_added_changed_and_removed() {
    let folder = tempfile::tempdir().unwrap();
    let desk = folder.path().join("desk").to_string_lossy().into_owned();
    let (good, text) = said(counterclaim().args(["people", "list", &desk]));
    assert!(!good && text.contains("counterclaim init"), "{text}");
    assert!(said(counterclaim().args(["init", &desk])).0);
    let add = |name: &str, role: &str, password: &str| {
        said(counterclaim().args(["people", "add", name, "--role", role, &desk]).write_stdin(format!("{password}\n")))
    };
    assert!(add("Ana", "admin", "a quiet long password").1.contains("Ana may sign in as admin"));
    let (good, text) = add("ana", "reader", "a quiet long password");
    assert!(!good && text.contains("already"), "{text}");
    assert!(!add("Ben", "reader", "short").0 && !add("Ben", "boss", "a quiet long password").0);
    assert!(add("Ben", "reader", "a quiet long password").0);
    assert!(said(counterclaim().args(["people", "role", "Ben", "editor", &desk])).0);
    let (_, list) = said(counterclaim().args(["people", "list", &desk]));
    assert_eq!(list, "admin    Ana\neditor   Ben\n");
    assert!(said(counterclaim().args(["people", "password", "Ben", &desk]).write_stdin("another long password\n")).0);
    let (good, text) = said(counterclaim().args(["people", "remove", "Ana", &desk]));
    assert!(!good && text.contains("must stay admin"), "{text}");
    assert!(said(counterclaim().args(["people", "remove", "Ben", &desk])).0);
    let (good, text) = said(counterclaim().args(["people", "remove", "Ben", &desk]));
    assert!(!good && text.contains("nobody of the name"), "{text}");
    assert!(!std::fs::read(folder.path().join("desk/desk.sqlite")).unwrap().windows(10).any(|w| w == b"quiet long"));
}

/// The demo desk prints its address, answers there, and leaves nothing behind.
#[test]
fn the_demo_desk_answers_and_goes() {
    let folder = tempfile::tempdir().unwrap();
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_counterclaim"))
        .args(["serve", "--demo", "--listen", "127.0.0.1:0"])
        .env("TMPDIR", folder.path())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    let line = lines.find(|l| l.contains("http://")).unwrap();
    let address = line.split("http://").nth(1).unwrap().trim().to_owned();
    assert!(lines.find(|l| l.contains("password")).unwrap().split_whitespace().nth(1).unwrap().len() >= 20);
    let ask = |path: &str| {
        let mut stream = std::net::TcpStream::connect(&address).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    };
    assert!(ask("/").starts_with("HTTP/1.1 303"));
    assert!(ask("/sign-in").contains("<h1>Sign in</h1>"));
    let stopped = std::process::Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap();
    assert!(stopped.success() && child.wait().unwrap().success());
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}
