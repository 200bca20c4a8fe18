//! `/export`: what a filter finds, however much, as a file for other programs. It is written while it is fetched: of a
//! register of any size, only a few pages are in memory.

use crate::call::{Call, file};
use crate::door;
use crate::error::{DeskError, Result};
use crate::filters::filter;
use axum::body::Body;
use axum::response::Response;
use counterclaim_exchange::{Coded, Format, export};
use counterclaim_register::{Filter, Held, Page, Register, RegisterError, rows};
use futures_util::{StreamExt, stream};
use std::cell::RefCell;
use std::collections::VecDeque;
use std::io::{self, Write};
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::sync::mpsc::{Sender, channel};

/// Incidents that are read at a time.
const SOME: usize = 200;
/// Bytes that are sent at a time.
const PIECE: usize = 64 * 1024;
/// Pieces that wait for whoever fetches them.
const WAITING: usize = 4;
/// How long nobody may take a piece before the file is given up.
const PATIENCE: Duration = Duration::from_secs(60);

/// The file.
pub(crate) fn give(call: &Call<'_>) -> Result<Response> {
    let (format, sort, name) = match call.asked("format") {
        "acled" => (Format::Acled, "text/csv; charset=utf-8", "incidents.csv"),
        "geojson" => (Format::GeoJson, "application/geo+json", "incidents.geojson"),
        "json" => (Format::Reading, "application/json", "incidents.json"),
        _ => return Err(DeskError::Bad("format is acled, geojson or json".into())),
    };
    let filter = filter(&call.query)?;
    // A connection of its own: whoever fetches slowly keeps nobody else waiting.
    let turn = call.desk.exporting.clone().try_acquire_owned().map_err(|_| DeskError::Busy)?;
    let mut held = Register::open(&call.desk.settings.register)?.hold()?;
    // A filter that makes no sense is told before anything is sent.
    held.brief_page(&filter, &Page { limit: 1, after: None })?;
    let (sender, receiver) = channel(WAITING);
    let (handle, lexicon) = (Handle::current(), call.desk.lexicon());
    tokio::task::spawn_blocking(move || {
        let _turn = turn;
        let (held, failed) = (RefCell::new(held), RefCell::new(None));
        let waiting = VecDeque::new();
        let all = Incidents { held: &held, filter: &filter, failed: &failed, waiting, next: Some(None) };
        let mut out = Pieces { sender, handle, failed: &failed, piece: Vec::new() };
        if let Err(e) = export(format, lexicon, all, &mut out).and_then(|_| out.send()) {
            out.break_off(e);
        }
    });
    // Fused, since compression asks once more after the end.
    let pieces = stream::unfold(receiver, |mut r| async { r.recv().await.map(|piece| (piece, r)) }).fuse();
    Ok(file(Body::from_stream(pieces), sort, name))
}

/// Why the register could not be read on.
type Failed = RefCell<Option<RegisterError>>;

/// Incidents of the register, read some at a time. A copy begins where this one stands.
#[derive(Clone)]
struct Incidents<'h> {
    held: &'h RefCell<Held>,
    filter: &'h Filter,
    failed: &'h Failed,
    waiting: VecDeque<Coded>,
    /// Where the next page begins; `None` at the end.
    next: Option<Option<String>>,
}

impl Iterator for Incidents<'_> {
    type Item = Coded;

    fn next(&mut self) -> Option<Coded> {
        while self.waiting.is_empty() {
            let page = Page { limit: SOME, after: self.next.take()? };
            match self.held.borrow_mut().brief_page(self.filter, &page) {
                Ok((brief, next)) => {
                    self.waiting.extend(rows(&brief));
                    self.next = next.map(Some);
                }
                Err(e) => *self.failed.borrow_mut() = Some(e),
            }
        }
        self.waiting.pop_front()
    }
}

/// Bytes on their way to whoever fetches the file.
struct Pieces<'f> {
    sender: Sender<io::Result<Vec<u8>>>,
    handle: Handle,
    failed: &'f Failed,
    piece: Vec<u8>,
}

impl Pieces<'_> {
    /// Sends what has come together; waits while enough is on the way.
    fn send(&mut self) -> io::Result<()> {
        // Half a file must not look like a whole one.
        if let Some(e) = self.failed.borrow_mut().take() {
            return Err(io::Error::other(e));
        }
        let piece = std::mem::take(&mut self.piece);
        self.pass(Ok(piece))
    }

    fn pass(&self, piece: io::Result<Vec<u8>>) -> io::Result<()> {
        let sent = self.handle.block_on(async { tokio::time::timeout(PATIENCE, self.sender.send(piece)).await });
        match sent {
            Ok(Ok(())) => Ok(()),
            _ => Err(io::ErrorKind::BrokenPipe.into()),
        }
    }

    /// The connection ends without the end of the file, so that the other side notices.
    fn break_off(&self, e: io::Error) {
        if e.kind() != io::ErrorKind::BrokenPipe {
            door::complain("GET /export", &e.to_string());
        }
        let _ = self.pass(Err(e));
    }
}

impl Write for Pieces<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.piece.extend_from_slice(bytes);
        if self.piece.len() >= PIECE {
            self.send()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
