//! Everything in `data/`, loaded and checked together.

use crate::{
    ActorTable, ClaimPhrase, Classes, CodedNames, Cues, DataError, Descriptions, FollowUps, Forms, Gazetteer, Harms,
    KindTable, Languages, LinkWeights, ModalityTable, NameWords, Plover, RuleSet, StandingQuestion, claim_phrases,
    embedded, standing,
};
use std::sync::OnceLock;

/// All tables and rules.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    /// Incident kinds.
    pub kinds: KindTable,
    /// What makes two reports tell of one occurrence.
    pub links: LinkWeights,
    /// Word classes.
    pub classes: Classes,
    /// Actors.
    pub actors: ActorTable,
    /// Places.
    pub places: Gazetteer,
    /// Event rules.
    pub rules: RuleSet,
    /// The PLOVER ontology with its own rules.
    pub plover: Plover,
    /// Inflected forms.
    pub forms: Forms,
    /// Words that make what they govern unreal.
    pub modality: ModalityTable,
    /// Words of harm, for tolls.
    pub harms: Harms,
    /// Set phrases that carry a stance.
    pub claim_phrases: Vec<ClaimPhrase>,
    /// Standing questions.
    pub standing: Vec<StandingQuestion>,
    /// Speech and commitment cues.
    pub cues: Cues,
    /// What may keep or break a promise.
    pub follow_ups: FollowUps,
    /// Nouns that stand for an actor named before.
    pub descriptions: Descriptions,
    /// Forms of names in coded data sets.
    pub coded_names: CodedNames,
    /// Words within names that tell what a name stands for.
    pub name_words: NameWords,
    /// Names and codes of languages.
    pub languages: Languages,
}

impl Lexicon {
    /// The lexicon built from the embedded `data/`, loaded once.
    pub fn embedded() -> &'static Lexicon {
        static LEXICON: OnceLock<Lexicon> = OnceLock::new();
        LEXICON.get_or_init(|| Lexicon::load().0)
    }

    /// Loads the embedded `data/` and returns it with every error found; rows and rules with errors are left out.
    pub fn load() -> (Lexicon, Vec<DataError>) {
        let mut errors = Vec::new();
        let e = &mut errors;
        let mut lexicon = Lexicon {
            kinds: KindTable::load("kinds.tsv", embedded::KINDS, embedded::ACLED, e),
            links: LinkWeights::load("models/links.tsv", embedded::LINKS, e),
            classes: Classes::load("classes.tsv", embedded::CLASSES, e),
            descriptions: Descriptions::load("actors/descriptions.tsv", embedded::DESCRIPTIONS, e),
            coded_names: CodedNames::load("actors/coded-names.tsv", embedded::CODED_NAMES, e),
            name_words: NameWords::load("actors/name-words.tsv", embedded::NAME_WORDS, e),
            languages: Languages::load("languages.tsv", embedded::LANGUAGES, e),
            forms: Forms::load("forms.tsv", embedded::FORMS, e),
            modality: ModalityTable::load("events/modality.tsv", embedded::MODALITY, e),
            ..Lexicon::default()
        };
        lexicon.actors.load_states("actors/states.tsv", embedded::STATES, e);
        for (file, text) in embedded::ACTORS {
            lexicon.actors.load_actors(file, text, e);
        }
        lexicon.actors.load_organ_terms("actors/organ-terms.tsv", embedded::ORGAN_TERMS, e);
        lexicon.actors.load_authorities("actors/authorities.tsv", embedded::AUTHORITIES, e);
        lexicon.actors.load_ucdp("actors/ucdp.tsv", embedded::UCDP, e);
        lexicon.actors.load_own_names("actors/own-names.tsv", embedded::OWN_NAMES, e);
        lexicon.actors.check(e);
        for (file, text) in embedded::PLACES {
            lexicon.places.load(file, text, e);
        }
        lexicon.places.load_common_words("places/common-words.tsv", embedded::COMMON_WORDS, e);
        lexicon.places.load_adjectives("places/adjectives.tsv", embedded::ADJECTIVES, e);
        lexicon.places.load_neighbours("places/neighbours.tsv", embedded::NEIGHBOURS, e);
        lexicon.places.add_list(embedded::TOWNS);
        lexicon.places.add_list(embedded::DIVISIONS);
        let kinds: Vec<&str> = lexicon.kinds.iter().map(|k| k.name.as_str()).collect();
        for (file, text) in embedded::EVENTS {
            lexicon.rules.load(file, text, &lexicon.classes, &kinds, e);
        }
        lexicon.rules.finish();
        lexicon.harms.load("tolls/harm.tsv", embedded::HARM, &lexicon.classes, e);
        lexicon.harms.load_sorts("tolls/counted.tsv", embedded::COUNTED, e);
        lexicon.plover = Plover::load(&lexicon.classes, e);
        lexicon.claim_phrases = claim_phrases::load("claims/phrases.tsv", embedded::CLAIM_PHRASES, e);
        lexicon.standing = standing::load("claims/standing.tsv", embedded::STANDING, e);
        lexicon.cues.load_speech("claims/cues.tsv", embedded::SPEECH_CUES, e);
        lexicon.cues.load_commitments("commitments/cues.tsv", embedded::COMMITMENT_CUES, e);
        let kinds: Vec<&str> = lexicon.kinds.iter().map(|k| k.name.as_str()).collect();
        lexicon.follow_ups = FollowUps::load("commitments/follow-ups.tsv", embedded::FOLLOW_UPS, &kinds, e);
        errors.sort();
        (lexicon, errors)
    }
}
