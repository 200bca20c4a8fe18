//! `counterclaim serve`: the desk, over a register or over a throw-away one of the bundled dispatches.

use super::args::{ServeArgs, USUAL};
use crate::register::{clock, place};
use crate::{demo, output};
use anyhow::Result;
use counterclaim_reader::Reader;
use counterclaim_register::{Incoming, Register, without_password};
use counterclaim_server::{Desk, People, Role, Settings, serve};
use std::net::{SocketAddr, TcpListener};
use std::process::ExitCode;
use std::sync::Arc;

/// Serves until Ctrl-C.
pub fn run(args: &ServeArgs) -> Result<ExitCode> {
    // The folder goes when this function ends.
    let (folder, login) = if args.demo { demo_register()? } else { Default::default() };
    let register = match &folder {
        Some(folder) => folder.path().to_string_lossy().into_owned(),
        None => place::named(args.register.as_deref()),
    };
    // Before anybody waits at the door.
    place::open_named(&register)?;
    let desk = Arc::new(Desk::open(Settings {
        people: args.people.clone().unwrap_or_else(|| People::beside(&register)),
        now: Arc::new(clock::seconds),
        secure: args.proxy || !args.listen.ip().is_loopback(),
        proxy: args.proxy,
        demo: args.demo,
        register: register.clone(),
    })?);
    let password = match login {
        Some(password) => {
            desk.people().add(ADMIN, Role::Admin, &password, clock::seconds())?;
            Some(password)
        }
        None => None,
    };
    let nobody = desk.people().all()?.is_empty();
    serve(desk, address(args), |address| {
        let told = match &password {
            Some(password) => demo_said(address, password),
            None => said(address, &register, nobody, args),
        };
        // A closed output is no reason to stop.
        let _ = output::write(None, told.as_bytes());
    })?;
    Ok(ExitCode::SUCCESS)
}

/// Name of the demo's admin.
const ADMIN: &str = "admin";

/// The demo takes another port if the usual one is taken.
fn address(args: &ServeArgs) -> SocketAddr {
    if args.demo && args.listen.to_string() == USUAL && TcpListener::bind(args.listen).is_err() {
        return SocketAddr::new(args.listen.ip(), 0);
    }
    args.listen
}

fn demo_said(address: SocketAddr, password: &str) -> String {
    format!(
        "\nThe demo desk is at http://{address}\n\n  name      {ADMIN}\n  password  {password}\n\n\
         The reports are synthetic. The register, and this password with it, goes when you press Ctrl-C.\n"
    )
}

fn said(address: SocketAddr, register: &str, nobody: bool, args: &ServeArgs) -> String {
    let shown = without_password(register);
    let mut out = format!("The desk of {shown} is at http://{address}; Ctrl-C ends it.\n");
    if nobody {
        out.push_str(&format!("Nobody can sign in yet: counterclaim people add NAME --role admin {shown}\n"));
    }
    if !args.proxy && !args.listen.ip().is_loopback() {
        out.push_str(
            "It speaks plain HTTP, and its cookies need HTTPS: put a proxy with HTTPS in front of it, and say --proxy.\n",
        );
    }
    out
}

/// A register of the bundled dispatches in a temporary folder, and a password for its admin.
fn demo_register() -> Result<(Option<tempfile::TempDir>, Option<String>)> {
    let folder = tempfile::tempdir()?;
    let mut register = Register::init(&folder.path().to_string_lossy())?;
    let reader = Reader::new();
    let incoming: Vec<Incoming> = demo::dispatches()
        .reports
        .into_iter()
        .map(|report| {
            let raw = Arc::new(format!("{}\n{}", report.title, report.text).into_bytes());
            Incoming { report, notes: vec![], named: true, given: None, raw, from: "dispatches.jsonl".into() }
        })
        .collect();
    place::with_machine(&reader, |machine| register.add(machine, &incoming, &clock::now()))?;
    Ok((Some(folder), Some(People::new_password()?)))
}
