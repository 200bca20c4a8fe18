//! Tolls: how many were killed or hurt, who they were, and to which event the figure belongs.

mod attach;
mod find;
mod lists;

pub(crate) use attach::attach;
pub use find::{TollMention, find};
pub(crate) use lists::split;
