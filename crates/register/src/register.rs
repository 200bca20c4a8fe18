//! The register: what a caller can ask of it and do with it.

use crate::brief;
use crate::check::{self, Checked};
use crate::decide;
use crate::decision::{Decision, Outcome, Proposal};
use crate::derive::{self, Fresh, Machine};
use crate::error::{RegisterError, Result};
use crate::fold;
use crate::former::{self, Former};
use crate::marks::{self, Facets, Lane, Mark, OnDay};
use crate::news::{self, Counts, Newest, Point};
use crate::page::{self, ClaimPage, CommitmentPage, IncidentPage, Past, ReportLine, ReportPage};
use crate::place::{Place, file_in, without_password};
use crate::query::{self, ActorRow, Filter, List, Page, SourceRow};
use crate::rebuild::{self, Rebuilt};
use crate::recorded;
use crate::report::{self, Incoming, Prepared};
use crate::rows::{ClaimRow, CommitmentRow, IncidentRow};
use crate::store::postgres::Postgres;
use crate::store::sqlite::Sqlite;
use crate::store::{Db, Dialect, reading, schema, writing};
use crate::upgrade;
use counterclaim_lexicon::Lexicon;
use counterclaim_text::{Brief, Report, Span};
use std::collections::BTreeSet;
use std::path::Path;

/// A register, opened.
pub struct Register {
    db: Box<dyn Db>,
    lexicon: &'static Lexicon,
}

/// A register as it was at one moment, whatever others write meanwhile. The connection ends with it.
pub struct Held(Register);

impl Held {
    /// As [`Register::brief_page`].
    ///
    /// # Errors
    /// If the database fails, or the filter or the page makes no sense.
    pub fn brief_page(&mut self, filter: &Filter, page: &Page) -> Result<(Brief, Option<String>)> {
        brief::of(self.0.db.as_mut(), self.0.lexicon, filter, page)
    }
}

/// What became of reports that were added.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Added {
    /// Reports that are new.
    pub new: usize,
    /// Reports that the register held already.
    pub known: usize,
    /// New reports that are another version of one that it held.
    pub versions: usize,
    /// Incidents that were written anew.
    pub incidents: usize,
}

impl std::ops::AddAssign for Added {
    fn add_assign(&mut self, other: Added) {
        self.new += other.new;
        self.known += other.known;
        self.versions += other.versions;
        self.incidents += other.incidents;
    }
}

impl Register {
    /// Makes a register: in a folder, which may not exist yet, or in a PostgreSQL database, which must.
    ///
    /// # Errors
    /// If there is a register already, or the place cannot be written.
    pub fn init(place: &str) -> Result<Register> {
        let mut db = connect(place, true)?;
        let shown = without_password(place);
        writing(db.as_mut(), |db| match schema::format(db)?.as_str() {
            "" => schema::create(db),
            _ => Err(RegisterError::Exists { place: shown }),
        })?;
        Ok(Register { db, lexicon: Lexicon::embedded() })
    }

    /// Opens a register: a folder, a backup file, or the address of a PostgreSQL database.
    ///
    /// # Errors
    /// If there is none, or it has another format.
    pub fn open(place: &str) -> Result<Register> {
        Register::open_telling(place, &mut |_, _| {})
    }

    /// The same. If an earlier program made it, tables that came later are filled first: `step` is told how much is done, of
    /// how much. When that is interrupted, the register is as it was.
    ///
    /// # Errors
    /// If there is none, or it has another format.
    pub fn open_telling(place: &str, step: &mut dyn FnMut(usize, usize)) -> Result<Register> {
        let mut db = connect(place, false)?;
        schema::expect(db.as_mut(), &without_password(place))?;
        upgrade::upgrade(db.as_mut(), Lexicon::embedded(), step)?;
        Ok(Register { db, lexicon: Lexicon::embedded() })
    }

    /// Adds reports: all of them, or none if this fails. When it returns, they are on disk. What the register holds already
    /// is not read again, so that an interrupted run can be repeated.
    ///
    /// `arrived` is the time of arrival, as the caller knows it; no result depends on it.
    ///
    /// # Errors
    /// If the database fails, or the disk is full.
    pub fn add(&mut self, machine: &Machine<'_>, incoming: &[Incoming], arrived: &str) -> Result<Added> {
        let db = self.db.as_mut();
        let mut added = Added::default();
        let mut fresh: Vec<Prepared<'_>> = Vec::new();
        let mut seen = BTreeSet::new();
        for i in incoming {
            let p = i.prepare()?;
            if seen.insert(p.id.clone()) && !report::known(db, &p.id)? { fresh.push(p) } else { added.known += 1 }
        }
        if fresh.is_empty() {
            return Ok(added);
        }
        // Reading takes longest and needs no lock.
        let reports =
            fresh.iter().map(|p| (Report { id: p.id.clone(), ..p.incoming.report.clone() }, p.incoming.given.clone()));
        let parts = derive::read(machine, reports.collect());
        let lexicon = self.lexicon;
        writing(db, |db| {
            let mut new = Vec::new();
            for (p, part) in fresh.iter().zip(parts) {
                // Another writer may have been faster.
                if report::known(db, &p.id)? {
                    added.known += 1;
                    continue;
                }
                added.new += 1;
                added.versions += usize::from(!report::versions(db, &p.identity)?.is_empty());
                report::keep(db, p, arrived)?;
                new.push(Fresh { id: p.id.clone(), identity: p.identity.clone(), part });
            }
            added.incidents = derive::settle(db, lexicon, machine, &new)?;
            Ok(added)
        })
    }

    /// Incidents that fit, newest first.
    ///
    /// # Errors
    /// If the database fails, or the filter makes no sense.
    pub fn incidents(&mut self, filter: &Filter, page: &Page) -> Result<List<IncidentRow>> {
        query::list(self.db.as_mut(), "incident", filter, page)
    }

    /// Claims that fit, newest first.
    ///
    /// # Errors
    /// If the database fails, or the filter makes no sense.
    pub fn claims(&mut self, filter: &Filter, page: &Page) -> Result<List<ClaimRow>> {
        query::list(self.db.as_mut(), "claim", filter, page)
    }

    /// Commitments that fit, newest first.
    ///
    /// # Errors
    /// If the database fails, or the filter makes no sense.
    pub fn commitments(&mut self, filter: &Filter, page: &Page) -> Result<List<CommitmentRow>> {
        query::list(self.db.as_mut(), "commitment", filter, page)
    }

    /// Incidents that fit, counted by kind, status, state and country.
    ///
    /// # Errors
    /// If the database fails, or the filter makes no sense.
    pub fn facets(&mut self, filter: &Filter) -> Result<Facets> {
        marks::facets(self.db.as_mut(), filter)
    }

    /// Incidents that fit as a map draws them, newest first; with `placed`, only those with coordinates.
    ///
    /// # Errors
    /// If the database fails, or the filter makes no sense.
    pub fn marks(&mut self, filter: &Filter, placed: bool, most: usize) -> Result<Vec<Mark>> {
        marks::list(self.db.as_mut(), filter, placed, most)
    }

    /// The newest `most` incidents that fit, by actor: `lanes` actors at most, those that take part in most of them.
    ///
    /// # Errors
    /// If the database fails, or the filter makes no sense.
    pub fn lanes(&mut self, filter: &Filter, lanes: usize, most: usize) -> Result<Vec<Lane>> {
        reading(self.db.as_mut(), |db| marks::lanes(db, filter, lanes, most))
    }

    /// Incidents that fit and are known to the day, by day, the earliest first.
    ///
    /// # Errors
    /// If the database fails, or the filter makes no sense.
    pub fn days(&mut self, filter: &Filter) -> Result<Vec<OnDay>> {
        marks::days(self.db.as_mut(), filter)
    }

    /// Where the register is now: what [`Register::incidents_since`] and the like count from.
    ///
    /// # Errors
    /// If the database fails.
    pub fn point(&mut self) -> Result<Point> {
        reading(self.db.as_mut(), news::point)
    }

    /// Incidents of which no report up to this number tells, the newest.
    ///
    /// # Errors
    /// If the database fails.
    pub fn incidents_since(&mut self, report: i64, most: usize) -> Result<Newest<IncidentRow>> {
        reading(self.db.as_mut(), |db| news::incidents_since(db, report, most))
    }

    /// Incidents about which a report after this number contradicts another, with the time of its arrival, the newest.
    ///
    /// # Errors
    /// If the database fails.
    pub fn contradictions_since(&mut self, report: i64, most: usize) -> Result<Newest<(IncidentRow, String)>> {
        reading(self.db.as_mut(), |db| news::contradictions_since(db, report, most))
    }

    /// Commitments to be kept by this day of which nobody has said what became of them; the latest deadlines first.
    ///
    /// # Errors
    /// If the database fails.
    pub fn due(&mut self, until: jiff::civil::Date, most: usize) -> Result<Vec<CommitmentRow>> {
        news::due(self.db.as_mut(), until, most)
    }

    /// How much there is of everything.
    ///
    /// # Errors
    /// If the database fails.
    pub fn counts(&mut self) -> Result<Counts> {
        reading(self.db.as_mut(), news::counts)
    }

    /// Reports, the last to arrive first; of one source, or of all.
    ///
    /// # Errors
    /// If the database fails, or the page makes no sense.
    pub fn reports(&mut self, source: Option<&str>, page: &Page) -> Result<List<ReportLine>> {
        reading(self.db.as_mut(), |db| news::reports(db, source, page))
    }

    /// Decisions before this number, newest first; of one author, or of all.
    ///
    /// # Errors
    /// If the database fails.
    pub fn decisions_before(&mut self, seq: i64, author: Option<&str>, most: usize) -> Result<Vec<Decision>> {
        reading(self.db.as_mut(), |db| news::decisions(db, seq, author, most))
    }

    /// The last decision of an author that still holds: what "undo" would undo.
    ///
    /// # Errors
    /// If the database fails.
    pub fn last_of(&mut self, author: &str) -> Result<Option<Decision>> {
        reading(self.db.as_mut(), |db| news::last_of(db, author))
    }

    /// The actors that take part in most, in order of their names.
    ///
    /// # Errors
    /// If the database fails.
    pub fn busiest(&mut self, most: usize) -> Result<Vec<ActorRow>> {
        query::busiest(self.db.as_mut(), most)
    }

    /// Actors of the incidents that fit, in order of their names.
    ///
    /// # Errors
    /// If the database fails, or the filter makes no sense.
    pub fn actors(&mut self, filter: &Filter) -> Result<Vec<ActorRow>> {
        reading(self.db.as_mut(), |db| query::actors(db, filter))
    }

    /// Sources with what they published, in order of their names. The filter's days and words apply.
    ///
    /// # Errors
    /// If the database fails.
    pub fn sources(&mut self, filter: &Filter) -> Result<Vec<SourceRow>> {
        reading(self.db.as_mut(), |db| query::sources(db, filter))
    }

    /// One incident with everything about it.
    ///
    /// # Errors
    /// If there is none of this id.
    pub fn incident(&mut self, id: &str) -> Result<IncidentPage> {
        let lexicon = self.lexicon;
        reading(self.db.as_mut(), |db| page::incident(db, lexicon, id))
    }

    /// What became of an id that an incident had and that regrouping has changed.
    ///
    /// # Errors
    /// If no incident ever had it, as far as the register knows.
    pub fn former(&mut self, id: &str) -> Result<Former> {
        reading(self.db.as_mut(), |db| former::of(db, id))
    }

    /// One claim with everything about it.
    ///
    /// # Errors
    /// If there is none of this id.
    pub fn claim(&mut self, id: &str) -> Result<ClaimPage> {
        reading(self.db.as_mut(), |db| page::claim(db, id))
    }

    /// One commitment with everything about it.
    ///
    /// # Errors
    /// If there is none of this id.
    pub fn commitment(&mut self, id: &str) -> Result<CommitmentPage> {
        let lexicon = self.lexicon;
        reading(self.db.as_mut(), |db| page::commitment(db, lexicon, id))
    }

    /// One report with everything about it.
    ///
    /// # Errors
    /// If there is none of this id.
    pub fn report(&mut self, id: &str) -> Result<ReportPage> {
        reading(self.db.as_mut(), |db| page::report(db, id))
    }

    /// Where these words stand in a report, in bytes of its text: what a claim that a person records begins with. Line breaks
    /// and blanks count as one.
    ///
    /// # Errors
    /// If there is no such report, or the words stand in it nowhere or more than once.
    pub fn find_words(&mut self, report: &str, words: &str) -> Result<Span> {
        let found = report::load(self.db.as_mut(), report)?;
        let kept = found.ok_or_else(|| RegisterError::Unknown(report.to_owned()))?;
        recorded::only_place(report, &kept.report.text, words)
    }

    /// One decision.
    ///
    /// # Errors
    /// If there is none of this number.
    pub fn decision(&mut self, seq: i64) -> Result<Decision> {
        let found = fold::load(self.db.as_mut(), seq)?;
        found.map(|(d, _)| d).ok_or_else(|| RegisterError::Unknown(format!("decision {seq}")))
    }

    /// Decisions after this one, in order.
    ///
    /// # Errors
    /// If the database fails.
    pub fn decisions_after(&mut self, seq: i64, most: usize) -> Result<Vec<Decision>> {
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        Ok(fold::after(self.db.as_mut(), seq, most)?.into_iter().map(|(d, _)| d).collect())
    }

    /// What happened to an object, in order of time.
    ///
    /// # Errors
    /// If there is nothing of this id.
    pub fn history(&mut self, id: &str) -> Result<Vec<Past>> {
        reading(self.db.as_mut(), |db| page::history(db, id))
    }

    /// The ids that begin with these characters, at most ten: people type the first few.
    ///
    /// # Errors
    /// If the database fails.
    pub fn complete(&mut self, start: &str) -> Result<Vec<String>> {
        reading(self.db.as_mut(), |db| query::complete(db, start))
    }

    /// The brief of what fits: at most `most` incidents, the newest.
    ///
    /// # Errors
    /// If the database fails, or the filter makes no sense.
    pub fn brief(&mut self, filter: &Filter, most: usize) -> Result<Brief> {
        Ok(self.brief_page(filter, &Page { limit: most, after: None })?.0)
    }

    /// The brief of a page of what fits, and where the next page begins. Standing claims and commitments come with the first.
    ///
    /// # Errors
    /// If the database fails, or the filter or the page makes no sense.
    pub fn brief_page(&mut self, filter: &Filter, page: &Page) -> Result<(Brief, Option<String>)> {
        let lexicon = self.lexicon;
        reading(self.db.as_mut(), |db| brief::of(db, lexicon, filter, page))
    }

    /// Holds the register as it is at this moment, for what is read a page at a time and must fit together.
    ///
    /// # Errors
    /// If the database fails.
    pub fn hold(mut self) -> Result<Held> {
        self.db.begin_reading()?;
        Ok(Held(self))
    }

    /// Keeps a decision. It is never changed or lost, and never overwritten by what the machine reads later.
    ///
    /// # Errors
    /// If it makes no sense, or somebody decided meanwhile and the proposal asks to be refused then.
    pub fn decide(&mut self, proposal: &Proposal) -> Result<Outcome> {
        let lexicon = self.lexicon;
        writing(self.db.as_mut(), |db| decide::decide(db, lexicon, proposal))
    }

    /// Derives everything again from reports and decisions. `step` is told how many reports are done, of how many.
    ///
    /// # Errors
    /// If the database fails; then nothing was changed.
    pub fn rebuild(&mut self, machine: &Machine<'_>, step: &mut dyn FnMut(usize, usize)) -> Result<Rebuilt> {
        let lexicon = self.lexicon;
        writing(self.db.as_mut(), |db| rebuild::rebuild(db, lexicon, machine, step))
    }

    /// Verifies every hash, span and reference.
    ///
    /// # Errors
    /// If the database fails; what is wrong with the register is no error but a fault in the answer.
    pub fn check(&mut self, machine: &Machine<'_>) -> Result<Checked> {
        reading(self.db.as_mut(), |db| check::check(db, machine.generator))
    }

    /// Derives everything again, compares, and leaves the register as it is.
    ///
    /// # Errors
    /// If the database fails.
    pub fn prove(&mut self, machine: &Machine<'_>, step: &mut dyn FnMut(usize, usize)) -> Result<Rebuilt> {
        let (db, lexicon) = (self.db.as_mut(), self.lexicon);
        db.begin()?;
        let outcome = rebuild::rebuild(db, lexicon, machine, step);
        db.rollback()?;
        outcome
    }

    /// Everything that is derived, a line a row: equal for equal reports and decisions, in whatever order they came.
    ///
    /// # Errors
    /// If the database fails.
    pub fn dump(&mut self) -> Result<String> {
        reading(self.db.as_mut(), rebuild::dump)
    }

    /// Writes a copy of the whole register, as it is at this moment, into a new file.
    ///
    /// # Errors
    /// If the file exists or cannot be written, or the register is in PostgreSQL, which has its own tools.
    pub fn backup(&mut self, file: &Path) -> Result<()> {
        if file.exists() {
            return Err(RegisterError::File(format!("{} exists already; a backup overwrites nothing", file.display())));
        }
        self.db.copy_to(file)
    }

    /// True if it is shared by a server.
    pub fn is_shared(&self) -> bool {
        self.db.dialect() == Dialect::Postgres
    }
}

fn connect(place: &str, new: bool) -> Result<Box<dyn Db>> {
    match Place::of(place) {
        Place::Server(url) => Ok(Box::new(Postgres::open(&url)?)),
        Place::Folder(folder) => {
            let file = file_in(&folder);
            if new {
                let why = |e| RegisterError::File(format!("cannot make the folder {}: {e}", folder.display()));
                std::fs::create_dir_all(&folder).map_err(why)?;
            } else if !file.is_file() {
                return Err(RegisterError::Missing { place: place.to_owned() });
            }
            Ok(Box::new(Sqlite::open(&file, new)?))
        }
    }
}

#[cfg(test)]
impl Register {
    /// The database underneath, for tests that damage it.
    pub(crate) fn db(&mut self) -> &mut dyn Db {
        self.db.as_mut()
    }

    /// A register in a file that cannot grow beyond this many pages.
    pub(crate) fn limited(place: &str, pages: u32) -> Register {
        let db = Sqlite::open(&file_in(Path::new(place)), false).unwrap();
        db.limit(pages);
        Register { db: Box::new(db), lexicon: Lexicon::embedded() }
    }
}
