//! What the tables and rules in `data/` say: actors, places, kinds, word classes, event rules and speech cues.
//! Reads and checks the files, and answers look-ups; it knows nothing of any one text.

mod actors;
mod claim_phrases;
mod classes;
mod cues;
mod descriptions;
mod embedded;
mod error;
mod follow_ups;
mod forms;
pub mod gazetteer;
mod harms;
mod kinds;
mod languages;
mod lexicon;
mod links;
mod modality;
mod name_words;
mod normal;
mod phrases;
mod plover;
mod rules;
mod standing;
mod tsv;

pub use actors::{Actor, ActorTable, Found, OrganRole, OrganTerm, State};
pub use claim_phrases::ClaimPhrase;
pub use classes::Classes;
pub use cues::{CommitmentCue, Cues, SpeechCue};
pub use descriptions::Descriptions;
pub use error::DataError;
pub use follow_ups::{FollowUpRule, FollowUps};
pub use forms::Forms;
pub use gazetteer::{Gazetteer, Pack, PlaceEntry, division_names};
pub use harms::{Counted, Harm, Harms, Victims};
pub use kinds::{Kind, KindTable};
pub use languages::{Language, Languages};
pub use lexicon::Lexicon;
pub use links::LinkWeights;
pub use modality::{Effect, ModalityTable};
pub use name_words::NameWords;
pub use normal::{fold, words_of};
pub use phrases::PhraseMap;
pub use plover::{CameoCode, Operator, Person, Plover, PloverMode, PloverType};
pub use rules::{Constraint, EventRule, Example, RuleSet, Slot, Word};
pub use standing::StandingQuestion;
