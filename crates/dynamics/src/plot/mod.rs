//! Plots that need no window: a line of blocks for the terminal, and SVG for everything else.

mod axis;
pub(crate) mod spark;
pub(crate) mod svg;
