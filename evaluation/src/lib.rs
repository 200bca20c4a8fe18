//! Scorers for the public gold sets and the desk set: predictions in, figures out. Each module reads one set
//! and measures as its published source does; all spans are bytes; nothing here runs the reader or prints.

mod align;
pub mod attribution;
pub mod conll;
pub mod dates;
pub mod desk;
mod desk_case;
mod desk_names;
mod desk_pairs;
mod figures;
mod gold;
pub mod headlines;
pub mod incidents;
pub mod links;
pub mod muc4;
mod muc4_gold;
pub mod names;
pub mod places;
pub mod plover;
pub mod table;
mod treebank;

pub use desk::{Aliases, Case, CaseReport, DeskScores, load_cases, score as score_desk};
pub use figures::{Count, Figure, Share};
