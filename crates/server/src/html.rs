//! Parts of pages: the frame around every page, words that many pages share, a report's text with its spans.

pub(crate) mod forms;
pub(crate) mod highlight;
pub(crate) mod layout;
pub(crate) mod parts;
pub(crate) mod sides;
