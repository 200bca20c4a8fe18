//! From raw English text to sentences, words, lemmas, tags and dependency trees.
//!
//! - [`Model`]: the trained model and its two ways of reading, raw text and given words
//! - [`conllu`]: reading treebanks
//! - [`train`]: fitting a model to treebanks

mod bytes;
mod chars;
pub mod conllu;
mod dateline;
mod features;
mod lemma;
mod linear;
mod lines;
mod model;
mod names;
mod net;
mod sentences;
mod tokenize;
pub mod train;
mod tree;

pub use model::Model;
pub use net::layout::Sizes;
