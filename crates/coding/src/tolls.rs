//! Tolls: how many were killed, hurt, missed, taken or driven out, who they were, and to which event a figure belongs.

mod attach;
mod find;
mod line;
mod lists;
mod people;
mod zero;

pub(crate) use attach::attach;
pub use attach::{LONE, ONLY};
pub(crate) use find::running;
pub use find::{TollMention, find};
pub(crate) use lists::split;
