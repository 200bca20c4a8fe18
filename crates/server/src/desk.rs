//! The desk's state: connections, people, what is cached. One for all requests.

use crate::error::{DeskError, Result};
use crate::facets::Cache;
use crate::limits::Limits;
use crate::people::People;
use crate::pool::Pool;
use counterclaim_lexicon::Lexicon;
use counterclaim_register::{Point, Register, RegisterError, without_password};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{Semaphore, watch};

/// How a desk is set up.
#[derive(Clone)]
pub struct Settings {
    /// The register: a folder, or the address of a PostgreSQL database.
    pub register: String,
    /// The file of people; [`People::beside`] says where it usually is.
    pub people: PathBuf,
    /// The time, in seconds since 1970: the program's only clock, handed in.
    pub now: Arc<dyn Fn() -> i64 + Send + Sync>,
    /// True if browsers speak to it over HTTPS: then cookies go nowhere else.
    pub secure: bool,
    /// True if it stands behind a proxy that says in `X-Forwarded-For` who asks.
    pub proxy: bool,
    /// True if the register is a throw-away: pages say so.
    pub demo: bool,
}

/// Connections for reading.
const READERS: usize = 4;
/// Requests that work at once; others wait.
const AT_WORK: usize = 16;
/// Passwords that are checked at once: each takes a core and 19 MB for some hundredths of a second.
const HASHING: usize = 1;
/// Passwords that may wait to be checked.
const HASHES_WAITING: usize = 32;
/// Files that are written at once: each has a connection of its own.
const EXPORTING: usize = 4;
/// Streams of events at once.
const LISTENING: usize = 64;

/// The desk.
pub struct Desk {
    pub(crate) people: People,
    pub(crate) limits: Mutex<Limits>,
    pub(crate) facets: Cache,
    pub(crate) settings: Settings,
    pub(crate) hashing: Semaphore,
    pub(crate) waiting: Semaphore,
    pub(crate) at_work: Semaphore,
    pub(crate) listening: Arc<Semaphore>,
    pub(crate) exporting: Arc<Semaphore>,
    pub(crate) point: watch::Sender<Point>,
    readers: Pool,
    writer: Pool,
}

impl Desk {
    /// Opens the register and the file of people.
    ///
    /// # Errors
    /// If one of them cannot be opened.
    pub fn open(settings: Settings) -> Result<Desk> {
        let wrong = |e: RegisterError| DeskError::Setup(e.to_string());
        let readers = Pool::new(&settings.register, READERS);
        let point = readers.with(Register::point).map_err(wrong)?;
        Ok(Desk {
            people: People::open(&settings.people)?,
            limits: Mutex::default(),
            facets: Cache::default(),
            hashing: Semaphore::new(HASHING),
            waiting: Semaphore::new(HASHES_WAITING),
            at_work: Semaphore::new(AT_WORK),
            listening: Arc::new(Semaphore::new(LISTENING)),
            exporting: Arc::new(Semaphore::new(EXPORTING)),
            point: watch::Sender::new(point),
            writer: Pool::new(&settings.register, 1),
            readers,
            settings,
        })
    }

    /// Reads from the register.
    pub(crate) fn read<T>(
        &self,
        work: impl FnOnce(&mut Register) -> std::result::Result<T, RegisterError>,
    ) -> Result<T> {
        Ok(self.readers.with(work)?)
    }

    /// Writes to the register.
    pub(crate) fn write<T>(
        &self,
        work: impl FnOnce(&mut Register) -> std::result::Result<T, RegisterError>,
    ) -> Result<T> {
        let done = self.writer.with(work)?;
        self.look();
        Ok(done)
    }

    /// Looks whether there is anything new, and tells those who listen.
    pub(crate) fn look(&self) {
        if let Ok(now) = self.readers.with(Register::point) {
            self.point.send_if_modified(|known| std::mem::replace(known, now) != now);
        }
    }

    /// What is kept in mind about attempts to sign in.
    pub(crate) fn limits(&self) -> std::sync::MutexGuard<'_, Limits> {
        self.limits.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The people of the desk.
    pub fn people(&self) -> &People {
        &self.people
    }

    /// The register, for messages.
    pub(crate) fn register(&self) -> String {
        without_password(&self.settings.register)
    }

    pub(crate) fn lexicon(&self) -> &'static Lexicon {
        Lexicon::embedded()
    }
}
