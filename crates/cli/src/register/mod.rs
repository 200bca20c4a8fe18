//! Commands that work on a register: what is kept, and what people decided about it.

pub mod add;
pub mod args;
pub mod clock;
pub mod decide;
pub mod exchange;
pub mod lists;
pub mod place;
pub mod show;
mod table;
pub mod upkeep;
