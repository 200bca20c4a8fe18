//! The files of `data/`, embedded in the binary. Adding a file to `data/` means adding a line here.

macro_rules! data {
    ($file:literal) => {
        include_str!(concat!("../../../data/", $file))
    };
}

macro_rules! files {
    ($($file:literal),* $(,)?) => {
        &[$(($file, data!($file))),*]
    };
}

pub(crate) const KINDS: &str = data!("kinds.tsv");
pub(crate) const LANGUAGES: &str = data!("languages.tsv");
pub(crate) const LINKS: &str = data!("models/links.tsv");
pub(crate) const ACLED: &str = data!("events/acled.tsv");
pub(crate) const CLASSES: &str = data!("classes.tsv");
pub(crate) const FORMS: &str = data!("forms.tsv");
pub(crate) const STATES: &str = data!("actors/states.tsv");
pub(crate) const ORGAN_TERMS: &str = data!("actors/organ-terms.tsv");
pub(crate) const CODED_NAMES: &str = data!("actors/coded-names.tsv");
pub(crate) const DESCRIPTIONS: &str = data!("actors/descriptions.tsv");
pub(crate) const NAME_WORDS: &str = data!("actors/name-words.tsv");
pub(crate) const UCDP: &str = data!("actors/ucdp.tsv");
pub(crate) const OWN_NAMES: &str = data!("actors/own-names.tsv");
pub(crate) const AUTHORITIES: &str = data!("actors/authorities.tsv");
pub(crate) const TOWNS: &str = data!("places/geonames-towns.tsv");
pub(crate) const COMMON_WORDS: &str = data!("places/common-words.tsv");
pub(crate) const ADJECTIVES: &str = data!("places/adjectives.tsv");
pub(crate) const NEIGHBOURS: &str = data!("places/neighbours.tsv");
pub(crate) const DIVISIONS: &str = data!("places/geonames-divisions.tsv");
pub(crate) const MODALITY: &str = data!("events/modality.tsv");
pub(crate) const HARM: &str = data!("tolls/harm.tsv");
pub(crate) const COUNTED: &str = data!("tolls/counted.tsv");
pub(crate) const CLAIM_PHRASES: &str = data!("claims/phrases.tsv");
pub(crate) const STANDING: &str = data!("claims/standing.tsv");
pub(crate) const SPEECH_CUES: &str = data!("claims/cues.tsv");
pub(crate) const COMMITMENT_CUES: &str = data!("commitments/cues.tsv");
pub(crate) const FOLLOW_UPS: &str = data!("commitments/follow-ups.tsv");

pub(crate) const ACTORS: &[(&str, &str)] = files!(
    "actors/organs.tsv",
    "actors/bodies.tsv",
    "actors/armed-groups.tsv",
    "actors/parties.tsv",
    "actors/communities.tsv",
);

pub(crate) const PLACES: &[(&str, &str)] = files!(
    "places/countries.tsv",
    "places/admin1.tsv",
    "places/afghanistan.tsv",
    "places/pakistan.tsv",
    "places/crossings.tsv",
    "places/areas.tsv",
    "places/cities.tsv",
);

pub(crate) const EVENTS: &[(&str, &str)] = files!(
    "events/figurative.toml",
    "events/air-strike.toml",
    "events/shelling.toml",
    "events/suicide-bombing.toml",
    "events/bombing.toml",
    "events/targeted-killing.toml",
    "events/armed-clash.toml",
    "events/armed-attack.toml",
    "events/abduction.toml",
    "events/security-operation.toml",
    "events/arrest.toml",
    "events/violence-against-civilians.toml",
    "events/property-destruction.toml",
    "events/riot.toml",
    "events/protest.toml",
    "events/border-closure.toml",
    "events/border-reopening.toml",
    "events/deportation.toml",
    "events/expulsion.toml",
    "events/troop-deployment.toml",
    "events/withdrawal.toml",
    "events/ceasefire.toml",
    "events/agreement.toml",
    "events/meeting.toml",
    "events/summons.toml",
    "events/sanction.toml",
    "events/aid.toml",
    "events/prisoner-release.toml",
);

pub(crate) const PLOVER_TYPES: &str = data!("events/plover/types.tsv");
pub(crate) const PLOVER_MODES: &str = data!("events/plover/modes.tsv");
pub(crate) const PLOVER_CONTEXTS: &str = data!("events/plover/contexts.tsv");
pub(crate) const PLOVER_CAMEO: &str = data!("events/plover/cameo.tsv");
pub(crate) const PLOVER_OPERATORS: &str = data!("events/plover/operators.tsv");
pub(crate) const PLOVER_SECTORS: &str = data!("events/plover/sectors.tsv");
pub(crate) const PLOVER_PEOPLE: &str = data!("events/plover/people.tsv");

pub(crate) const PLOVER_RULES: &[(&str, &str)] = files!(
    "events/plover/agree.toml",
    "events/plover/consult.toml",
    "events/plover/support.toml",
    "events/plover/concede.toml",
    "events/plover/cooperate.toml",
    "events/plover/aid.toml",
    "events/plover/retreat.toml",
    "events/plover/request.toml",
    "events/plover/accuse.toml",
    "events/plover/reject.toml",
    "events/plover/threaten.toml",
    "events/plover/protest.toml",
    "events/plover/sanction.toml",
    "events/plover/mobilize.toml",
    "events/plover/coerce.toml",
    "events/plover/assault.toml",
);
