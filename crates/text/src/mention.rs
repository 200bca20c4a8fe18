//! Mentions: places, dates, actors and quantities found in a text, with what they resolve to.

use crate::Span;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// How large a place is (the desk's vocabulary).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Level {
    /// Towns, villages, bazaars, crossings, posts.
    Town,
    /// Districts.
    Admin2,
    /// Provinces, states.
    Admin1,
    /// Countries.
    Country,
    /// Borders, rivers, valleys, regions.
    Area,
}

impl Level {
    /// The name used in tables and on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Level::Town => "town",
            Level::Admin2 => "admin2",
            Level::Admin1 => "admin1",
            Level::Country => "country",
            Level::Area => "area",
        }
    }

    /// The level with this name.
    pub fn parse(s: &str) -> Option<Level> {
        Some(match s {
            "town" => Level::Town,
            "admin2" => Level::Admin2,
            "admin1" => Level::Admin1,
            "country" => Level::Country,
            "area" => Level::Area,
            _ => return None,
        })
    }
}

/// What a place name was resolved to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlaceRef {
    /// Common English name.
    pub name: String,
    /// ISO 3166-1 alpha-2, empty if unknown.
    pub country: String,
    /// First-level division, empty if unknown.
    pub admin1: String,
    /// District, empty if unknown.
    pub admin2: String,
    /// How large it is.
    pub level: Level,
    /// Degrees north and east, if the gazetteer has them.
    pub lat_lon: Option<(f64, f64)>,
    /// Identifier in the gazetteer, empty for a name that it lacks.
    pub gazetteer_id: String,
    /// How many other places of that name the gazetteer has.
    pub rivals: u32,
    /// Kilometres between the place and what happened, if that is told to have been near it and not in it; 0 for a
    /// bare "near".
    pub away_km: Option<u32>,
}

impl PlaceRef {
    /// How exact the place is as ACLED's `geo_precision`: 1 a town, 2 a part of a region, 3 a larger region.
    ///
    /// Source: ACLED Codebook, "Geo-Precision".
    ///
    /// # Example
    /// A town without coordinates is known only by the region that holds it: 3. "Near" a town is a part of its region: 2.
    pub fn acled_precision(&self) -> u8 {
        match self.level {
            Level::Town if self.lat_lon.is_some() && self.away_km.is_some() => 2,
            Level::Town if self.lat_lon.is_some() => 1,
            Level::Admin2 | Level::Area if self.lat_lon.is_some() => 2,
            _ => 3,
        }
    }

    /// How exact the place is as UCDP's `where_prec`: 1 the place itself, 2 within some 25 kilometres of it, 3 its second
    /// division, 4 its first, 5 a line or an area without clear bounds, or a point farther off, 6 a country, 7 none.
    ///
    /// Source: UCDP GED Codebook, `where_prec`.
    pub fn ucdp_precision(&self) -> u8 {
        match self.level {
            Level::Town if self.lat_lon.is_some() => match self.away_km {
                None => 1,
                Some(0..=25) => 2,
                Some(_) => 5,
            },
            Level::Area if self.lat_lon.is_some() => 5,
            Level::Admin2 => 3,
            _ if !self.admin2.is_empty() => 3,
            _ if !self.admin1.is_empty() => 4,
            _ if !self.country.is_empty() => 6,
            _ => 7,
        }
    }
}

/// A place named in the text.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceMention {
    /// The name's words.
    pub span: Span,
    /// What it resolves to.
    pub place: PlaceRef,
    /// Tokens `[first, last]` of the name.
    pub tokens: (u32, u32),
    /// Why this place and no other of its name; empty for adjectives and unknown names.
    pub why: &'static str,
    /// True for "Afghan", "Pakistani": an adjective or people, not a location by itself.
    pub demonym: bool,
}

/// A resolved stretch of days, closed on both ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DateValue {
    /// First day.
    pub start: Date,
    /// Last day.
    pub end: Date,
}

/// A date expression in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateMention {
    /// The expression's words.
    pub span: Span,
    /// Tokens `[first, last]` of the expression.
    pub tokens: (u32, u32),
    /// The days meant; `None` for durations, sets and what cannot be resolved.
    pub value: Option<DateValue>,
    /// TimeML type: `DATE`, `TIME`, `DURATION` or `SET`.
    pub kind: &'static str,
    /// TimeML value ("2024-03-18", "P3W", "2024-W12", "PAST_REF"), empty if unknown.
    pub timex: String,
    /// True for the report's dateline or an entry's own time stamp.
    pub dateline: bool,
    /// The rule that resolved it.
    pub rule: &'static str,
}

/// What sort of actor a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ActorKind {
    /// A state or de facto authority.
    State,
    /// An organ or office of a state, resolved to the state.
    Organ,
    /// An armed group that is no state.
    ArmedGroup,
    /// A political party.
    Party,
    /// An intergovernmental organisation.
    Igo,
    /// A non-governmental organisation.
    Ngo,
    /// News media.
    Media,
    /// A company.
    Company,
    /// A people, occupation or other group of civilians.
    Community,
    /// A role such as "medics" or "residents" that speaks for itself.
    Role,
    /// A named person who speaks for nobody else.
    Person,
}

impl ActorKind {
    /// The name used in tables and on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            ActorKind::State => "state",
            ActorKind::Organ => "organ",
            ActorKind::ArmedGroup => "armed-group",
            ActorKind::Party => "party",
            ActorKind::Igo => "igo",
            ActorKind::Ngo => "ngo",
            ActorKind::Media => "media",
            ActorKind::Company => "company",
            ActorKind::Community => "community",
            ActorKind::Role => "role",
            ActorKind::Person => "person",
        }
    }
}

/// An actor named in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActorMention {
    /// The words of the whole mention ("Pakistani army spokesman Major X").
    pub span: Span,
    /// Tokens `[first, last]` of the mention.
    pub tokens: (u32, u32),
    /// Index of the head token.
    pub head: u32,
    /// Canonical actor; empty when nothing more than the organ is known ("the ministry").
    pub actor: String,
    /// What sort of actor.
    pub kind: ActorKind,
    /// Office or person as named in the text; empty for the actor itself.
    pub via: String,
    /// PLOVER sector ("MIL", "GOV", "REB", "CVL"), empty if unknown.
    pub sector: String,
    /// The table row or rule that named it.
    pub rule: String,
}

/// A number in the text with what it counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quantity {
    /// The number's words ("at least a dozen").
    pub span: Span,
    /// Tokens `[first, last]` of the number.
    pub tokens: (u32, u32),
    /// Lowest value meant.
    pub low: u64,
    /// Highest value meant.
    pub high: u64,
    /// True for "dozens", "scores", "many": no figure.
    pub vague: bool,
}
