//! Bringing a register of an earlier program up to date: tables that came later are made and filled when it is opened.
//!
//! Each table is one transaction: whoever interrupts it finds the register as it was, and begins that table again.

use crate::error::Result;
use crate::former;
use crate::marks;
use crate::store::{Db, schema, writing};
use counterclaim_lexicon::Lexicon;

type Step<'s> = &'s mut dyn FnMut(usize, usize);

/// Makes what is missing. `step` is told how much is done, of how much, and is never called where nothing is missing.
pub(crate) fn upgrade(db: &mut dyn Db, lexicon: &Lexicon, step: Step<'_>) -> Result<()> {
    table(db, "mark", &mut |db| {
        marks::create(db)?;
        marks::fill(db, lexicon, step)
    })?;
    table(db, "former", &mut |db| {
        former::create(db)?;
        former::fill(db, lexicon, step)
    })
}

fn table(db: &mut dyn Db, name: &str, make: &mut dyn FnMut(&mut dyn Db) -> Result<()>) -> Result<()> {
    if schema::has(db, name)? {
        return Ok(());
    }
    // Another program may have been faster.
    writing(db, |db| if schema::has(db, name)? { Ok(()) } else { make(db) })
}
