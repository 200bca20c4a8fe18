//! The brief, for a person: what happened in order of time, each side's account in equal columns, and what is open.
//!
//! The reader's own words here are few, the same for every side, and say "unknown" aloud. All wording is in
//! `words.rs`; what is shown is gathered once in `page.rs`, so that the text and the Markdown brief cannot differ.

#[cfg(test)]
pub(crate) mod fixture;
mod html;
mod layout;
mod markdown;
mod page;
mod text;
mod words;

pub use html::html;
pub use layout::clean;
pub use markdown::markdown;
pub use text::{NARROWEST, WIDEST, text};
