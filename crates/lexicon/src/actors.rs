//! The registry of actors (`data/actors/*.tsv`): states with their capitals and demonyms, organs, groups, bodies, roles.

use crate::DataError;
use crate::normal::words_of;
use crate::phrases::{FixedMap, PhraseMap};
use crate::tsv::Table;
use counterclaim_text::ActorKind;

/// One actor of the registry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// Canonical common English name.
    pub name: String,
    /// What sort of actor.
    pub kind: ActorKind,
    /// ISO 3166-1 alpha-2 of the first country of activity, empty if none.
    pub country: String,
    /// Superior actor; for an organ, its state.
    pub parent: String,
    /// PLOVER sector.
    pub sector: String,
    /// CAMEO code.
    pub cameo: String,
    /// UCDP's name for it, empty if unknown.
    pub ucdp_name: String,
    /// UCDP's actor identifier, empty if unknown.
    pub ucdp_id: String,
}

/// A state with its codes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// Canonical name.
    pub name: String,
    /// ISO 3166-1 alpha-2, empty for some de facto states.
    pub iso2: String,
    /// ISO 3166-1 alpha-3.
    pub iso3: String,
}

/// What an organ term names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrganRole {
    /// Soldiers, jets, police.
    Force,
    /// Ministries, courts, embassies.
    Office,
    /// Ministers, spokesmen, officials.
    Person,
}

/// A word that names an organ of whichever state it stands with ("foreign ministry").
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrganTerm {
    /// Canonical lower-case term.
    pub term: String,
    /// PLOVER sector.
    pub sector: String,
    /// Force, office or person.
    pub role: OrganRole,
}

/// How a name in a text refers to an actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Via {
    /// By its name.
    Name,
    /// By its capital.
    Capital,
    /// By an adjective or a people ("Pakistani").
    Demonym,
}

/// The registry.
#[derive(Clone, Debug, Default)]
pub struct ActorTable {
    actors: Vec<Actor>,
    states: Vec<State>,
    /// Phrase to (actor index, reference, needs exact case of this alias).
    names: PhraseMap<Reference>,
    organs: PhraseMap<OrganTerm>,
    by_name: FixedMap<String, u32>,
    by_iso2: FixedMap<String, u32>,
    /// De facto authorities: state, actor, from (ISO date).
    authorities: Vec<(String, String, String)>,
}

#[derive(Clone, Debug)]
struct Reference {
    actor: u32,
    via: Via,
    alias: String,
}

/// A name found in a text.
#[derive(Clone, Copy, Debug)]
pub struct Found<'a> {
    /// Number of key words.
    pub words: usize,
    /// The actor.
    pub actor: &'a Actor,
    /// True for a capital used for its state.
    pub capital: bool,
    /// True for an adjective or people.
    pub demonym: bool,
}

/// The kind with this name in the tables.
pub(crate) fn kind_of(s: &str) -> Option<ActorKind> {
    Some(match s {
        "state" => ActorKind::State,
        "organ" => ActorKind::Organ,
        "armed-group" => ActorKind::ArmedGroup,
        "party" => ActorKind::Party,
        "igo" => ActorKind::Igo,
        "ngo" => ActorKind::Ngo,
        "media" => ActorKind::Media,
        "company" => ActorKind::Company,
        "community" => ActorKind::Community,
        "role" => ActorKind::Role,
        _ => return None,
    })
}

impl ActorTable {
    fn add_name(&mut self, alias: &str, actor: u32, via: Via) {
        self.names.insert(&words_of(alias), Reference { actor, via, alias: alias.to_string() });
    }

    fn add(&mut self, actor: Actor) -> u32 {
        let index = self.actors.len() as u32;
        self.by_name.entry(actor.name.clone()).or_insert(index);
        self.actors.push(actor);
        index
    }

    pub(crate) fn load_states(&mut self, file: &str, text: &str, errors: &mut Vec<DataError>) {
        for row in
            Table::parse(file, text, &["name", "iso2", "iso3", "capital", "demonyms", "aliases", "source"], errors)
                .rows()
        {
            let (name, iso2, iso3) =
                (row.get("name").to_string(), row.get("iso2").to_string(), row.get("iso3").to_string());
            let id = self.add(Actor {
                name: name.clone(),
                kind: ActorKind::State,
                country: iso2.clone(),
                parent: String::new(),
                sector: "GOV".into(),
                cameo: iso3.clone(),
                ucdp_name: String::new(),
                ucdp_id: String::new(),
            });
            if !iso2.is_empty() {
                self.by_iso2.entry(iso2.clone()).or_insert(id);
            }
            self.states.push(State { name: name.clone(), iso2, iso3 });
            self.add_name(&name, id, Via::Name);
            for a in row.list("aliases") {
                self.add_name(a, id, Via::Name);
            }
            for c in row.list("capital") {
                self.add_name(c, id, Via::Capital);
            }
            for d in row.list("demonyms") {
                self.add_name(d, id, Via::Demonym);
            }
        }
    }

    pub(crate) fn load_actors(&mut self, file: &str, text: &str, errors: &mut Vec<DataError>) {
        for row in
            Table::parse(file, text, &["name", "aliases", "kind", "country", "parent", "plover", "source"], errors)
                .rows()
        {
            let Some(kind) = kind_of(row.get("kind")) else {
                errors.push(row.error(
                    "kind",
                    format!("unknown kind \"{}\"", row.get("kind")),
                    "use a kind of docs/glossary.md",
                ));
                continue;
            };
            let name = row.get("name").to_string();
            let id = self.add(Actor {
                name: name.clone(),
                kind,
                country: row.list("country").next().unwrap_or("").to_string(),
                parent: row.get("parent").into(),
                sector: row.get("plover").into(),
                cameo: row.get("cameo").into(),
                ucdp_name: String::new(),
                ucdp_id: String::new(),
            });
            self.add_name(&name, id, Via::Name);
            for a in row.list("aliases") {
                if a != name {
                    self.add_name(a, id, Via::Name);
                }
            }
        }
    }

    pub(crate) fn load_organ_terms(&mut self, file: &str, text: &str, errors: &mut Vec<DataError>) {
        for row in Table::parse(file, text, &["term", "aliases", "plover", "role", "source"], errors).rows() {
            let role = match row.get("role") {
                "force" => OrganRole::Force,
                "office" => OrganRole::Office,
                "person" => OrganRole::Person,
                other => {
                    errors.push(row.error("role", format!("unknown role \"{other}\""), "use force, office or person"));
                    continue;
                }
            };
            let term = OrganTerm { term: row.get("term").into(), sector: row.get("plover").into(), role };
            self.organs.insert(&words_of(&term.term), term.clone());
            for a in row.list("aliases") {
                self.organs.insert(&words_of(a), term.clone());
            }
        }
    }

    pub(crate) fn load_authorities(&mut self, file: &str, text: &str, errors: &mut Vec<DataError>) {
        for row in Table::parse(file, text, &["state", "actor", "from", "source"], errors).rows() {
            self.authorities.push((row.get("state").into(), row.get("actor").into(), row.get("from").into()));
        }
    }

    /// UCDP's names and identifiers; after all actors, because each must name one.
    pub(crate) fn load_ucdp(&mut self, file: &str, text: &str, errors: &mut Vec<DataError>) {
        for row in Table::parse(file, text, &["actor", "ucdp_name", "ucdp_id", "source"], errors).rows() {
            let Some(id) = self.named(&row, errors) else { continue };
            let (name, number) = (row.get("ucdp_name"), row.get("ucdp_id"));
            if name.is_empty() || !number.bytes().all(|b| b.is_ascii_digit()) {
                errors.push(row.error(
                    "ucdp_id",
                    "the name is missing or the identifier no number",
                    "see UCDP's actor list",
                ));
            }
            let actor = &mut self.actors[id as usize];
            (actor.ucdp_name, actor.ucdp_id) = (name.into(), number.into());
        }
    }

    /// Further names in the scripts of their bearers; after all actors.
    pub(crate) fn load_own_names(&mut self, file: &str, text: &str, errors: &mut Vec<DataError>) {
        for row in Table::parse(file, text, &["actor", "language", "names", "source"], errors).rows() {
            let Some(id) = self.named(&row, errors) else { continue };
            for name in row.list("names") {
                self.add_name(name, id, Via::Name);
            }
        }
    }

    /// The actor that a row of a further table names.
    fn named(&self, row: &crate::tsv::Row, errors: &mut Vec<DataError>) -> Option<u32> {
        let id = self.by_name.get(row.get("actor")).copied();
        if id.is_none() {
            let message = format!("\"{}\" is no actor", row.get("actor"));
            errors.push(row.error("actor", message, "use a canonical name of data/actors"));
        }
        id
    }

    /// Checks references between rows; called once after loading.
    pub(crate) fn check(&self, errors: &mut Vec<DataError>) {
        for (state, actor, _) in &self.authorities {
            for name in [state, actor] {
                if self.get(name).is_none() {
                    errors.push(DataError {
                        file: "actors/authorities.tsv".into(),
                        line: 0,
                        column: "actor".into(),
                        message: format!("\"{name}\" is no actor"),
                        remedy: "use a canonical name of data/actors".into(),
                    });
                }
            }
        }
    }

    /// The actor with this canonical name.
    pub fn get(&self, name: &str) -> Option<&Actor> {
        self.by_name.get(name).map(|i| &self.actors[*i as usize])
    }

    /// The state with this ISO 3166-1 alpha-3 code.
    pub fn state_of_code(&self, iso3: &str) -> Option<&Actor> {
        let state = self.states.iter().find(|s| s.iso3 == iso3)?;
        self.get(&state.name)
    }

    /// The state with this ISO 3166-1 alpha-2 code.
    pub fn state_of_country(&self, iso2: &str) -> Option<&Actor> {
        self.by_iso2.get(iso2).map(|i| &self.actors[*i as usize])
    }

    /// All actors in table order.
    pub fn iter(&self) -> impl Iterator<Item = &Actor> {
        self.actors.iter()
    }

    /// All states in table order.
    pub fn states(&self) -> &[State] {
        &self.states
    }

    /// The longest actor name at the start of `words` (folded); `surface` gives the original words, for checks of case.
    ///
    /// A short all-capitals alias ("TTP") matches only a word in capitals, and a capitalised alias only a capitalised word.
    /// In "Lebanese forces" only the first word is a name: the party of that name has two capitals.
    pub fn find<'a, 'w>(&'a self, words: impl Iterator<Item = &'w str> + Clone, surface: &str) -> Option<Found<'a>> {
        let (mut n, mut refs) = self.names.longest(words.clone())?;
        if n == 2
            && surface.split_whitespace().nth(1).is_some_and(|w| w.starts_with(char::is_lowercase))
            && refs.iter().all(|r| r.alias.split(' ').nth(1).is_some_and(|w| w.starts_with(char::is_uppercase)))
            && let Some((1, shorter)) = self.names.longest(words.take(1))
        {
            (n, refs) = (1, shorter);
        }
        let fits = |r: &&Reference| {
            let alias_upper = r.alias.chars().next().is_some_and(char::is_uppercase);
            let surface_upper = surface.chars().next().is_some_and(char::is_uppercase);
            let acronym = n == 1 && r.alias.len() <= 5 && !r.alias.chars().any(char::is_lowercase);
            let surface_word =
                surface.split(|c: char| !c.is_alphanumeric() && c != '.' && c != '/').next().unwrap_or("");
            if acronym { !surface_word.chars().any(char::is_lowercase) } else { !alias_upper || surface_upper }
        };
        // A name beats a capital, a capital a demonym.
        let best = refs.iter().filter(fits).min_by_key(|r| r.via as u8)?;
        Some(Found {
            words: n,
            actor: &self.actors[best.actor as usize],
            capital: best.via == Via::Capital,
            demonym: best.via == Via::Demonym,
        })
    }

    /// The state that a single word means by name or as an adjective, also where it names a people too ("Tajik").
    ///
    /// # Example
    /// ```
    /// let actors = &counterclaim_lexicon::Lexicon::embedded().actors;
    /// assert_eq!(actors.state_of_word("Tajik").map(|a| a.name.as_str()), Some("Tajikistan"));
    /// assert!(actors.state_of_word("green").is_none());
    /// ```
    pub fn state_of_word(&self, word: &str) -> Option<&Actor> {
        let key = words_of(word);
        let (n, refs) = self.names.longest(key.iter().map(String::as_str))?;
        let states = refs.iter().map(|r| &self.actors[r.actor as usize]).find(|a| a.kind == ActorKind::State);
        states.filter(|_| n == key.len())
    }

    /// The longest organ term at the start of `words` (folded).
    pub fn find_organ<'a, 'w>(&'a self, words: impl Iterator<Item = &'w str>) -> Option<(usize, &'a OrganTerm)> {
        self.organs.longest(words).and_then(|(n, v)| v.first().map(|t| (n, t)))
    }

    /// Who acts for a state on a day (ISO date): the de facto authority if the table names one, else the state itself.
    pub fn authority<'a>(&'a self, state: &'a str, day: &str) -> &'a str {
        self.authorities
            .iter()
            .filter(|(s, _, from)| s == state && from.as_str() <= day)
            .map(|(_, a, _)| a.as_str())
            .next_back()
            .unwrap_or(state)
    }
}
