//! `cargo xtask desk-speed`: pages of the desk under load. Fills a register with synthetic incidents (or takes one), serves it
//! with the release program, and asks its pages at a fixed rate over a session that has signed in.
//!
//! Whatever ends it, Ctrl-C too, the server ends and the folder goes. A register that was given is only read: people and
//! sessions stand in the folder that goes.

mod load;

use crate::register::{Dice, Filler, places};
use anyhow::{Context, Result, bail, ensure};
use counterclaim_reader::Reader;
use counterclaim_register::{Filter, Register};
use load::{Ask, Timed, ask};
use std::io::{BufRead, BufReader, Write};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// 95 % of the answers of every page take no longer.
const BAR: Duration = Duration::from_millis(60);
/// Addresses of each page that are asked in turn.
const EACH: usize = 200;
/// The pages, in the order in which they are asked.
const PAGES: [&str; 6] = ["desk", "inbox", "explorer", "incident", "search", "list API"];
const NAME: &str = "desk-speed";

/// Set when somebody presses Ctrl-C.
static STOP: AtomicBool = AtomicBool::new(false);

/// Options of `desk-speed`.
#[derive(clap::Args)]
pub struct Args {
    /// Incidents of the register that is made.
    #[arg(long, default_value_t = 100_000)]
    incidents: usize,
    /// A register that is there already; it is only read.
    #[arg(long)]
    register: Option<PathBuf>,
    /// Requests a second, over all pages.
    #[arg(long, default_value_t = 50)]
    rate: u32,
    /// How long, in seconds.
    #[arg(long, default_value_t = 60)]
    seconds: u64,
    /// The program; that of `cargo build --release`.
    #[arg(long)]
    program: Option<PathBuf>,
}

/// The program that serves; it ends with this value.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Makes the register, serves it, asks, and prints a line a page. Fails if a page is above the bar or unanswered.
pub fn run(root: &Path, args: &Args) -> Result<()> {
    ctrlc::set_handler(|| STOP.store(true, Ordering::Relaxed)).context("cannot listen for Ctrl-C")?;
    let program = args.program.clone().unwrap_or_else(|| crate::release(root).join("counterclaim"));
    ensure!(program.is_file(), "{} is missing: cargo build --release --package counterclaim-cli", program.display());
    let folder = tempfile::Builder::new().prefix("counterclaim-desk-speed").tempdir()?;
    let register = match &args.register {
        Some(register) => register.clone(),
        None => filled(&folder.path().join("register"), args.incidents)?,
    };
    let asks = asks(&mut Register::open(&register.to_string_lossy())?)?;
    let people = folder.path().join("people.sqlite");
    let (_server, desk) = serve(&program, &register, &people)?;
    let cookie = sign_in(&program, &register, &people, desk)?;
    // What is counted once is counted before.
    for (n, page) in PAGES.iter().enumerate() {
        let first = asks.iter().find(|a| a.page == n).context("nothing to ask")?;
        let status = ask(desk, "GET", &first.path, &cookie, "")?.status;
        ensure!(status == 200, "{page}: {} is answered with {status}", first.path);
    }
    println!("{} requests a second for {} s, each over a connection of its own:", args.rate, args.seconds);
    let timed = load::run(desk, &cookie, &asks, args.rate, Duration::from_secs(args.seconds), &STOP)?;
    report(&timed)?;
    if STOP.load(Ordering::Relaxed) { bail!("stopped") } else { Ok(()) }
}

fn report(timed: &[Timed]) -> Result<()> {
    println!("{:<10} {:>8} {:>7} {:>9} {:>9} {:>9}", "page", "answers", "errors", "p50 ms", "p95 ms", "max ms");
    let ms = |d: Duration| d.as_secs_f64() * 1e3;
    for (page, t) in PAGES.iter().zip(timed) {
        let [middle, most, longest] = [50, 95, 100].map(|p| ms(t.share(p)));
        println!("{page:<10} {:>8} {:>7} {middle:>9.1} {most:>9.1} {longest:>9.1}", t.taken.len(), t.errors);
    }
    let above: Vec<&str> = PAGES.iter().zip(timed).filter(|(_, t)| t.share(95) > BAR).map(|(p, _)| *p).collect();
    let errors: usize = timed.iter().map(|t| t.errors).sum();
    ensure!(errors == 0, "{errors} requests failed");
    ensure!(above.is_empty(), "above {} ms: {}", BAR.as_millis(), above.join(", "));
    println!("p95 of every page is within {} ms", BAR.as_millis());
    Ok(())
}

/// A register of so many synthetic incidents, with readings made before.
fn filled(place: &Path, incidents: usize) -> Result<PathBuf> {
    let start = Instant::now();
    let mut register = Register::init(&place.to_string_lossy())?;
    let mut filler = Filler::new(&Reader::new());
    let (mut reports, mut told) = (0, Instant::now());
    loop {
        let have = register.counts()?.incidents;
        if have >= incidents {
            println!(
                "{have} incidents of {reports} synthetic reports, filled in {:.0} s",
                start.elapsed().as_secs_f64()
            );
            return Ok(place.to_owned());
        }
        if told.elapsed() > Duration::from_secs(10) {
            println!("{have} of {incidents} incidents");
            told = Instant::now();
        }
        ensure!(!STOP.load(Ordering::Relaxed), "stopped while filling");
        reports += filler.add(&mut register, usize::MAX)?;
    }
}

/// Addresses of every page, the pages in turn.
fn asks(register: &mut Register) -> Result<Vec<Ask>> {
    let mut dice = Dice(11);
    let towns = places();
    let marks = register.marks(&Filter::default(), false, 20_000)?;
    ensure!(!marks.is_empty(), "the register is empty");
    let mut out = Vec::with_capacity(EACH * PAGES.len());
    for _ in 0..EACH {
        let mark = &marks[dice.below(marks.len())];
        let town = towns[dice.below(towns.len())].replace(' ', "+");
        let word = dice.of(&["convoy", "village", "market", "bridge", "officials"]);
        let narrowed = match dice.below(3) {
            0 => String::new(),
            1 => format!("?kind={}", mark.kind),
            _ => format!("?from={}&place={town}", mark.first),
        };
        let paths = [
            "/".to_owned(),
            format!("/inbox?story={}", mark.id),
            format!("/explorer{narrowed}"),
            format!("/incidents/{}", mark.id),
            format!("/search?q={word}+{town}"),
            format!("/api/v1/incidents{narrowed}"),
        ];
        out.extend(paths.into_iter().enumerate().map(|(page, path)| Ask { page, path }));
    }
    Ok(out)
}

fn serve(program: &Path, register: &Path, people: &Path) -> Result<(Server, SocketAddr)> {
    let mut command = Command::new(program);
    command.args(["serve", "--listen", "127.0.0.1:0", "--people"]).arg(people).arg(register);
    let mut server = Server(command.stdout(Stdio::piped()).spawn().context("cannot start the desk")?);
    let out = server.0.stdout.take().context("the desk has no output")?;
    for line in BufReader::new(out).lines() {
        let line = line?;
        if let Some(address) = line.split("http://").nth(1).and_then(|l| l.split(';').next()) {
            let address = address.parse().with_context(|| format!("no address: {line}"))?;
            return Ok((server, address));
        }
    }
    bail!("the desk ended before it listened")
}

/// A cookie of a person who has signed in.
fn sign_in(program: &Path, register: &Path, people: &Path, desk: SocketAddr) -> Result<String> {
    const PASSWORD: &str = "only-for-this-one-run";
    let mut command = Command::new(program);
    command.args(["people", "add", NAME, "--role", "analyst", "--people"]).arg(people).arg(register);
    let mut adding = command.stdin(Stdio::piped()).stdout(Stdio::null()).spawn()?;
    writeln!(adding.stdin.take().context("no input")?, "{PASSWORD}")?;
    ensure!(adding.wait()?.success(), "nobody could be added");
    let form = ask(desk, "GET", "/sign-in", "", "")?;
    let cookie = form.cookie().context("no cookie")?;
    let token = form.body.split("name=\"csrf\" value=\"").nth(1).and_then(|t| t.split('"').next());
    let token = token.context("no token in the form")?;
    let sent = format!("csrf={token}&name={NAME}&password={PASSWORD}&to=%2F");
    let signed = ask(desk, "POST", "/sign-in", cookie, &sent)?;
    ensure!(signed.status == 303, "signing in is answered with {}", signed.status);
    Ok(signed.cookie().context("no session")?.to_owned())
}
