//! Options of the commands for the desk.

use clap::{Args as ClapArgs, Subcommand, ValueHint};
use counterclaim_server::Role;
use std::net::SocketAddr;
use std::path::PathBuf;

/// Where the desk listens, if nothing else is said.
pub const USUAL: &str = "127.0.0.1:8420";

/// Options of `serve`.
#[derive(Debug, ClapArgs)]
pub struct ServeArgs {
    /// The register: a folder or postgres://USER@HOST/DATABASE; without it, COUNTERCLAIM_REGISTER, else counterclaim.register
    #[arg(value_name = "REGISTER", value_hint = ValueHint::AnyPath, conflicts_with = "demo")]
    pub register: Option<String>,
    /// Address and port to listen on
    #[arg(long, value_name = "ADDRESS:PORT", default_value = USUAL)]
    pub listen: SocketAddr,
    /// A register of the bundled synthetic dispatches, thrown away at the end; an admin is made and the password printed
    #[arg(long)]
    pub demo: bool,
    /// It stands behind a proxy that speaks HTTPS and says in X-Forwarded-For who asks
    #[arg(long)]
    pub proxy: bool,
    /// The file of people; beside the register, or in counterclaim.desk for one in PostgreSQL
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub people: Option<PathBuf>,
}

/// Options of `people`.
#[derive(Debug, ClapArgs)]
pub struct PeopleArgs {
    /// What to do.
    #[command(subcommand)]
    pub deed: PeopleDeed,
    /// The file of people; beside the register, or in counterclaim.desk for one in PostgreSQL
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, global = true)]
    pub people: Option<PathBuf>,
}

/// What to do with people.
#[derive(Debug, Subcommand)]
pub enum PeopleDeed {
    /// Add a person; the password is asked for, or is the first line of standard input
    Add {
        /// Name: decisions are signed with it.
        name: String,
        /// reader, analyst, editor or admin
        #[arg(long, value_name = "ROLE")]
        role: Role,
        /// The register.
        #[arg(value_name = "REGISTER", value_hint = ValueHint::AnyPath)]
        register: Option<String>,
    },
    /// List people with their roles
    List {
        /// The register.
        #[arg(value_name = "REGISTER", value_hint = ValueHint::AnyPath)]
        register: Option<String>,
    },
    /// Give a person another role
    Role {
        /// Name.
        name: String,
        /// reader, analyst, editor or admin
        role: Role,
        /// The register.
        #[arg(value_name = "REGISTER", value_hint = ValueHint::AnyPath)]
        register: Option<String>,
    },
    /// Give a person another password; all sessions of that person end
    Password {
        /// Name.
        name: String,
        /// The register.
        #[arg(value_name = "REGISTER", value_hint = ValueHint::AnyPath)]
        register: Option<String>,
    },
    /// Remove a person; what this person decided stays
    Remove {
        /// Name.
        name: String,
        /// The register.
        #[arg(value_name = "REGISTER", value_hint = ValueHint::AnyPath)]
        register: Option<String>,
    },
}

pub const SERVE_EXAMPLES: &str = "\
Examples:
  counterclaim serve --demo
  counterclaim people add Ana --role admin ~/desk && counterclaim serve ~/desk
  counterclaim serve --listen 127.0.0.1:9000 postgres://desk@localhost/counterclaim
  counterclaim serve --listen 0.0.0.0:8420 --proxy ~/desk";

pub const PEOPLE_EXAMPLES: &str = "\
Examples:
  counterclaim people add Ana --role admin ~/desk
  counterclaim people list
  counterclaim people role Ana editor
  pass show desk/ben | counterclaim people password Ben";
