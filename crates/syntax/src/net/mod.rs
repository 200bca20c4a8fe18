//! The network that tags words and chooses heads and relations: layout, whole-number kernels and inference.

pub mod cell;
pub mod infer;
pub mod kernel;
pub mod layout;
pub mod wide;
