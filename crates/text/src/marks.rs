//! Stretches of words that the trained model marks: names of five classes, and the parts of reported speech.

/// What sort of thing a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum NameClass {
    /// A human being, named.
    Person,
    /// A body with members: ministry, army, armed group, company, party, club.
    Organisation,
    /// A place, also a building or road with a name.
    Place,
    /// Nationals, followers or speakers as a group, and the adjectives for them.
    People,
    /// Any other name: products, laws, operations, prizes.
    Other,
}

impl NameClass {
    /// Every class, in a fixed order.
    pub const ALL: &'static [NameClass] =
        &[NameClass::Person, NameClass::Organisation, NameClass::Place, NameClass::People, NameClass::Other];
}

/// A name: a half-open range of tokens of one sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name {
    /// Its class.
    pub class: NameClass,
    /// First token.
    pub start: u32,
    /// One past the last token.
    pub end: u32,
}

/// A part of reported speech.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum SpeechPart {
    /// Who speaks.
    Source,
    /// The words that attribute, such as "said".
    Cue,
    /// What is said; may go on over several sentences of a paragraph.
    Content,
}

impl SpeechPart {
    /// Every part, in a fixed order.
    pub const ALL: &'static [SpeechPart] = &[SpeechPart::Source, SpeechPart::Cue, SpeechPart::Content];
}

/// A marked part of speech: a half-open range of tokens of one paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SpeechMark {
    /// Which part.
    pub part: SpeechPart,
    /// First token.
    pub start: u32,
    /// One past the last token.
    pub end: u32,
}
