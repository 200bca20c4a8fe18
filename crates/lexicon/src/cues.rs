//! Words that introduce speech and promises (`data/claims/cues.tsv`, `data/commitments/cues.tsv`).

use crate::DataError;
use crate::phrases::FixedMap;
use crate::tsv::Table;
use counterclaim_text::Stance;

/// A word that introduces what somebody says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpeechCue {
    /// How a speaker who uses it stands to the content.
    pub stance: Stance,
    /// `content` if the clause below it is what is said, `accused` for "accuse X of", `object` for "deny the attack", `for`,
    /// `to`, `of` and `from` for the phrase with that preposition ("spoke of nine dead").
    pub frame: String,
}

/// A word that introduces a promise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommitmentCue {
    /// `inf` (promise to), `that` (promise that … will), `obj` (pledge support), `joint` (agree to).
    pub frame: String,
}

/// All cues by lemma.
#[derive(Clone, Debug, Default)]
pub struct Cues {
    speech: FixedMap<(String, bool), SpeechCue>,
    commitment: FixedMap<(String, bool), CommitmentCue>,
}

impl Cues {
    pub(crate) fn load_speech(&mut self, file: &str, text: &str, errors: &mut Vec<DataError>) {
        for row in Table::parse(file, text, &["lemma", "tag", "stance", "frame", "source"], errors).rows() {
            let Some(stance) = Stance::parse(row.get("stance")) else {
                errors.push(row.error(
                    "stance",
                    format!("unknown stance \"{}\"", row.get("stance")),
                    "use a stance of docs/glossary.md",
                ));
                continue;
            };
            self.speech.insert(
                (row.get("lemma").into(), row.get("tag") == "verb"),
                SpeechCue { stance, frame: row.get("frame").into() },
            );
        }
    }

    pub(crate) fn load_commitments(&mut self, file: &str, text: &str, errors: &mut Vec<DataError>) {
        for row in Table::parse(file, text, &["lemma", "tag", "frame", "source"], errors).rows() {
            self.commitment.insert(
                (row.get("lemma").into(), row.get("tag") == "verb"),
                CommitmentCue { frame: row.get("frame").into() },
            );
        }
    }

    /// The speech cue of a lower-case lemma, as verb or as noun.
    pub fn speech(&self, lemma: &str, verb: bool) -> Option<&SpeechCue> {
        self.speech.get(&(lemma.to_string(), verb))
    }

    /// The commitment cue of a lower-case lemma, as verb or as noun.
    pub fn commitment(&self, lemma: &str, verb: bool) -> Option<&CommitmentCue> {
        self.commitment.get(&(lemma.to_string(), verb))
    }
}
