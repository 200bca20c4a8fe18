//! The network that tags words, chooses heads and relations and marks names and speech: layout, whole-number kernels and inference.

pub mod cell;
pub mod infer;
pub mod kernel;
pub mod layout;
pub mod marks;
mod pairs;
pub mod rate;
pub mod rows;
#[cfg(target_arch = "x86_64")]
mod vnni;
pub mod wide;
