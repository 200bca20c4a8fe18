//! `counterclaim people`: who may sign in at the desk, and as what.

use super::args::{PeopleArgs, PeopleDeed};
use crate::output;
use crate::register::{clock, place};
use anyhow::{Context, Result, bail};
use counterclaim_reader::brief::clean;
use counterclaim_server::{AGAIN, People};
use std::io::{BufRead, IsTerminal};
use std::process::ExitCode;

/// Does it.
pub fn run(args: &PeopleArgs) -> Result<ExitCode> {
    let (PeopleDeed::Add { register, .. }
    | PeopleDeed::List { register }
    | PeopleDeed::Role { register, .. }
    | PeopleDeed::Password { register, .. }
    | PeopleDeed::Remove { register, .. }) = &args.deed;
    let register = place::named(register.as_deref());
    // A mistyped place would get a file of people of its own.
    place::open_named(&register)?;
    let file = args.people.clone().unwrap_or_else(|| People::beside(&register));
    let people = People::open(&file)?;
    let said = match &args.deed {
        PeopleDeed::Add { name, role, .. } => {
            if people.named(name)?.is_some() {
                bail!("there is somebody of the name \"{}\" already", clean(name, 60));
            }
            let person = people.add(name, *role, &password()?, clock::seconds())?;
            format!("{} may sign in as {}\n", clean(&person.name, 60), role.as_str())
        }
        PeopleDeed::List { .. } => {
            let all = people.all()?;
            let line = |p: &counterclaim_server::Person| format!("{:<8} {}\n", p.role.as_str(), clean(&p.name, 60));
            if all.is_empty() { "nobody\n".to_owned() } else { all.iter().map(line).collect() }
        }
        PeopleDeed::Role { name, role, .. } => {
            known(&people, name)?;
            people.set_role(name, *role)?;
            format!("{} is {} now\n", clean(name, 60), role.as_str())
        }
        PeopleDeed::Password { name, .. } => {
            known(&people, name)?;
            people.set_password(name, &password()?)?;
            format!("{} has another password; all sessions have ended\n", clean(name, 60))
        }
        PeopleDeed::Remove { name, .. } => {
            known(&people, name)?;
            people.remove(name)?;
            format!("{} cannot sign in any more\n", clean(name, 60))
        }
    };
    output::write(None, said.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}

fn known(people: &People, name: &str) -> Result<()> {
    match people.named(name)? {
        Some(_) => Ok(()),
        None => {
            bail!("there is nobody of the name \"{}\"; `counterclaim people list` shows who there is", clean(name, 60))
        }
    }
}

/// A new password: typed twice without being shown, or the first line of standard input.
fn password() -> Result<String> {
    if std::io::stdin().is_terminal() {
        let one = rpassword::prompt_password("password: ").context("cannot read the password")?;
        let two = rpassword::prompt_password(format!("{AGAIN}: ")).context("cannot read the password")?;
        if one != two {
            bail!("the two passwords differ; nothing was changed");
        }
        return Ok(one);
    }
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line).context("cannot read the password from standard input")?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
