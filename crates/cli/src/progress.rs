//! A bar on standard error once work has lasted a second, and only on a terminal.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

/// Shorter work needs no bar.
const PATIENCE: Duration = Duration::from_secs(1);
const TICK: Duration = Duration::from_millis(100);

/// Progress of the work; the bar goes when this is dropped.
pub struct Progress {
    bar: ProgressBar,
    drawing: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Progress {
    /// Begins to count the second.
    pub fn start() -> Progress {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        let drawing = std::io::stderr().is_terminal().then(|| {
            let (sender, receiver) = channel();
            let bar = bar.clone();
            (sender, std::thread::spawn(move || draw(&bar, &receiver)))
        });
        Progress { bar, drawing }
    }

    /// Names what is being done, and how many steps it has; 0 if nobody can tell.
    pub fn stage(&self, name: &'static str, steps: usize) {
        self.bar.set_position(0);
        let template =
            if steps > 1 { "{spinner} {msg} {wide_bar} {pos}/{len}, {eta} left" } else { "{spinner} {msg} {elapsed}" };
        if let Ok(style) = ProgressStyle::with_template(template) {
            self.bar.set_style(style);
        }
        self.bar.set_length(steps as u64);
        self.bar.set_message(name);
    }

    /// Names what is being done, of a size that is not counted in steps; 0 if nobody can tell.
    pub fn measure(&self, name: &'static str, size: u64) {
        self.bar.set_position(0);
        let template =
            if size > 0 { "{spinner} {msg} {wide_bar} {percent}%, {eta} left" } else { "{spinner} {msg} {elapsed}" };
        if let Ok(style) = ProgressStyle::with_template(template) {
            self.bar.set_style(style);
        }
        self.bar.set_length(size);
        self.bar.set_message(name);
    }

    /// So much more is done.
    pub fn go_on(&self, by: u64) {
        self.bar.inc(by);
    }

    /// So many of so many are done.
    pub fn at(&self, done: usize, all: usize) {
        if self.bar.length() != Some(all as u64) {
            self.measure("reading again", all as u64);
        }
        self.bar.set_position(done as u64);
    }

    /// One step is done.
    pub fn advance(&self) {
        self.bar.inc(1);
    }

    /// Makes room for messages.
    pub fn pause(&self) {
        self.bar.set_draw_target(ProgressDrawTarget::hidden());
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((sender, thread)) = self.drawing.take() {
            drop(sender);
            let _ = thread.join();
        }
        self.bar.finish_and_clear();
    }
}

fn draw(bar: &ProgressBar, stop: &Receiver<()>) {
    if stop.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
        bar.set_draw_target(ProgressDrawTarget::stderr());
        while stop.recv_timeout(TICK) == Err(RecvTimeoutError::Timeout) {
            bar.tick();
        }
    }
}
