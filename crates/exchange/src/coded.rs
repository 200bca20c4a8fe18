//! The plain record that every format maps to and from.

use counterclaim_text::{Aspect, Place, Stance, Status, When};
use std::collections::BTreeMap;

/// One incident as somebody coded it.
///
/// Names of actors are those of the data set; [`Coded::told`] gives them their canonical names. Unknown values are empty.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Coded {
    /// Identifier within the data set.
    pub id: String,
    /// Whose coding it is ("ACLED", "UCDP GED"): the speaker of what it says.
    pub data_set: String,
    /// A line for people, empty if the format has none.
    pub title: String,
    /// Kind from `data/kinds.tsv`; empty for what is no incident here, such as a statement.
    pub kind: String,
    /// When.
    pub when: Option<When>,
    /// Where.
    pub places: Vec<Place>,
    /// Who is said to have done it; one of the two sides if [`Coded::undirected`].
    pub perpetrators: Vec<String>,
    /// Who was hit; the other side if [`Coded::undirected`].
    pub targets: Vec<String>,
    /// True if it is not said who acted on whom: battles of ACLED, fighting of UCDP GED.
    pub undirected: bool,
    /// Lowest and highest number of dead. Both 0 in a data set means that none is known.
    pub killed: Option<(u64, u64)>,
    /// Lowest and highest number of wounded.
    pub injured: Option<(u64, u64)>,
    /// Publishers and addresses that it was coded from.
    pub sources: Vec<String>,
    /// What else is said in words.
    pub notes: String,
    /// Who did it, how well known, if somebody has said so.
    pub status: Option<Status>,
    /// Aspects on which speakers contradict each other.
    pub disputed: Vec<Aspect>,
    /// Claims of speakers other than the data set.
    pub claims: Vec<CodedClaim>,
    /// What else the format says, by its name and column ("acled.region").
    pub codes: BTreeMap<String, String>,
}

/// A claim without its place in a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodedClaim {
    /// Who speaks.
    pub speaker: String,
    /// Office or person that spoke, empty if not named.
    pub via: String,
    /// How the speaker stands to it.
    pub stance: Stance,
    /// What part it is about.
    pub aspect: Aspect,
    /// What is said of that part.
    pub value: String,
    /// The words, empty if unknown.
    pub quote: String,
}

/// The fields of a record, by the names that losses use.
pub const FIELDS: [&str; 17] = [
    "id",
    "data_set",
    "title",
    "kind",
    "when",
    "places",
    "perpetrators",
    "targets",
    "direction",
    "killed",
    "injured",
    "sources",
    "notes",
    "status",
    "disputed",
    "accounts",
    "codes",
];

impl Coded {
    /// The fields in which two records differ, in the order of [`FIELDS`].
    pub fn differences(&self, other: &Coded) -> Vec<&'static str> {
        let Coded {
            id,
            data_set,
            title,
            kind,
            when,
            places,
            perpetrators,
            targets,
            undirected,
            killed,
            injured,
            sources,
            notes,
            status,
            disputed,
            claims,
            codes,
        } = self;
        let same = [
            *id == other.id,
            *data_set == other.data_set,
            *title == other.title,
            *kind == other.kind,
            *when == other.when,
            *places == other.places,
            *perpetrators == other.perpetrators,
            *targets == other.targets,
            *undirected == other.undirected,
            *killed == other.killed,
            *injured == other.injured,
            *sources == other.sources,
            *notes == other.notes,
            *status == other.status,
            *disputed == other.disputed,
            *claims == other.claims,
            *codes == other.codes,
        ];
        FIELDS.into_iter().zip(same).filter(|(_, same)| !same).map(|(field, _)| field).collect()
    }

    /// A code that was kept under a format's name and column.
    pub(crate) fn code(&self, format: &str, column: &str) -> Option<&str> {
        self.codes.get(&format!("{format}.{column}")).map(String::as_str)
    }
}

/// The status with this name on the wire.
pub(crate) fn status(name: &str) -> Option<Status> {
    use Status::{Admitted, Attributed, Claimed, Disputed, Unknown};
    [Admitted, Claimed, Attributed, Disputed, Unknown].into_iter().find(|s| s.as_str() == name)
}
