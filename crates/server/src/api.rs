//! The API under `/api/v1`: the same rows as the pages, as JSON; `docs/wire.md` where that has words for them.

pub(crate) mod atom;
pub(crate) mod decisions;
pub(crate) mod lists;
pub(crate) mod map;
pub(crate) mod marks;
pub(crate) mod one;
pub(crate) mod openapi;
pub(crate) mod types;
