//! Tension between two sides: levels with their predictions, the index of change, and the guard against mere volume.

pub(crate) mod index;
pub(crate) mod level;
pub(crate) mod volume;
