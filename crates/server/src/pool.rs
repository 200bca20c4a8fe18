//! Connections to the register: some for reading, one for writing, each used by one thread at a time.

use counterclaim_register::{Register, RegisterError};
use std::sync::{Condvar, Mutex, PoisonError};

/// A few connections.
pub(crate) struct Pool {
    place: String,
    state: Mutex<State>,
    freed: Condvar,
}

struct State {
    idle: Vec<Register>,
    /// How many more may be opened.
    more: usize,
}

/// A connection on loan; goes back when dropped, unless the work on it panicked.
struct Loan<'p> {
    pool: &'p Pool,
    register: Option<Register>,
    spoilt: bool,
}

impl Pool {
    /// At most `size` connections; they are opened when they are needed.
    pub(crate) fn new(place: &str, size: usize) -> Pool {
        let state = State { idle: Vec::new(), more: size.max(1) };
        Pool { place: place.to_owned(), state: Mutex::new(state), freed: Condvar::new() }
    }

    /// Does some work on a connection; waits for one if all are in use.
    pub(crate) fn with<T>(
        &self,
        work: impl FnOnce(&mut Register) -> Result<T, RegisterError>,
    ) -> Result<T, RegisterError> {
        let mut loan = Loan { pool: self, register: self.take(), spoilt: false };
        let register = match &mut loan.register {
            Some(register) => register,
            None => loan.register.insert(Register::open(&self.place)?),
        };
        let done = work(register);
        // A broken connection is not lent again.
        loan.spoilt = matches!(done, Err(RegisterError::Database(_)));
        done
    }

    /// An idle connection, or leave to open one.
    fn take(&self) -> Option<Register> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if let Some(register) = state.idle.pop() {
                return Some(register);
            }
            if state.more > 0 {
                state.more -= 1;
                return None;
            }
            state = self.freed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

impl Drop for Loan<'_> {
    fn drop(&mut self) {
        let mut state = self.pool.state.lock().unwrap_or_else(PoisonError::into_inner);
        match self.register.take() {
            Some(register) if !self.spoilt && !std::thread::panicking() => state.idle.push(register),
            _ => state.more += 1,
        }
        drop(state);
        self.pool.freed.notify_one();
    }
}
