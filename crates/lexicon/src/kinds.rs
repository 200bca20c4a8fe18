//! Incident kinds and their codes in PLOVER, CAMEO, ACLED and UCDP (`data/kinds.tsv`).

use crate::DataError;
use crate::tsv::Table;

/// One incident kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kind {
    /// Name on the wire ("air-strike").
    pub name: String,
    /// Neutral noun phrase for titles ("air strike").
    pub title: String,
    /// PLOVER type.
    pub plover: String,
    /// PLOVER mode, may be empty.
    pub mode: String,
    /// CAMEO code.
    pub cameo: String,
    /// ACLED sub-event type, empty if ACLED has none.
    pub acled: String,
    /// UCDP type of violence as a word, empty for non-violent kinds.
    pub ucdp: String,
    /// True for kinds of violence.
    pub violent: bool,
    /// Kinds that share a family may be two views of one occurrence.
    pub families: Vec<String>,
}

/// All kinds.
#[derive(Clone, Debug, Default)]
pub struct KindTable {
    kinds: Vec<Kind>,
    acled: Vec<AcledType>,
}

/// A sub-event type of ACLED.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AcledType {
    /// Name such as "Armed clash".
    pub sub_event: String,
    /// The event type that it belongs to.
    pub event: String,
    /// The disorder type that it belongs to.
    pub disorder: String,
    /// The kind of an imported row, empty if there is none.
    pub kind: String,
}

impl KindTable {
    pub(crate) fn load(file: &str, text: &str, acled: &str, errors: &mut Vec<DataError>) -> KindTable {
        let codes =
            Table::parse("events/acled.tsv", acled, &["sub_event", "event", "disorder", "kind", "source"], errors);
        let acled: Vec<AcledType> = codes
            .rows()
            .map(|r| AcledType {
                sub_event: r.get("sub_event").into(),
                event: r.get("event").into(),
                disorder: r.get("disorder").into(),
                kind: r.get("kind").into(),
            })
            .collect();
        let table = Table::parse(
            file,
            text,
            &["name", "title", "plover", "mode", "cameo", "acled", "ucdp", "violent", "family", "source"],
            errors,
        );
        let mut kinds: Vec<Kind> = Vec::new();
        for row in table.rows() {
            let name = row.get("name").to_string();
            if kinds.iter().any(|k| k.name == name) {
                errors.push(row.error("name", format!("the kind \"{name}\" is there twice"), "remove one of the rows"));
            }
            let sub_event = row.get("acled");
            if !sub_event.is_empty() && !acled.iter().any(|a| a.sub_event == sub_event) {
                let message = format!("ACLED has no sub-event type \"{sub_event}\"");
                errors.push(row.error("acled", message, "use one of events/acled.tsv"));
            }
            kinds.push(Kind {
                name,
                title: row.get("title").into(),
                plover: row.get("plover").into(),
                mode: row.get("mode").into(),
                cameo: row.get("cameo").into(),
                acled: row.get("acled").into(),
                ucdp: row.get("ucdp").into(),
                violent: row.get("violent") == "yes",
                families: row.list("family").map(str::to_owned).collect(),
            });
        }
        for row in codes.rows() {
            let kind = row.get("kind");
            if !kind.is_empty() && !kinds.iter().any(|k| k.name == kind) {
                errors.push(row.error("kind", format!("unknown kind \"{kind}\""), "use one of kinds.tsv"));
            }
        }
        KindTable { kinds, acled }
    }

    /// The kind with this name.
    pub fn get(&self, name: &str) -> Option<&Kind> {
        self.kinds.iter().find(|k| k.name == name)
    }

    /// The ACLED event type that a sub-event type belongs to; empty for an unknown one.
    ///
    /// # Example
    /// ```
    /// let kinds = &counterclaim_lexicon::Lexicon::embedded().kinds;
    /// assert_eq!(kinds.acled_event("Suicide bomb"), "Explosions/Remote violence");
    /// ```
    pub fn acled_event(&self, sub_event: &str) -> &str {
        self.acled_type(sub_event).map_or("", |a| &a.event)
    }

    /// The ACLED sub-event type with this name.
    pub fn acled_type(&self, sub_event: &str) -> Option<&AcledType> {
        self.acled.iter().find(|a| a.sub_event == sub_event)
    }

    /// The kind with these PLOVER codes: the first of type and mode, else of a type of which there is only one kind.
    ///
    /// # Example
    /// ```
    /// let kinds = &counterclaim_lexicon::Lexicon::embedded().kinds;
    /// assert_eq!(kinds.of_plover("ASSAULT", "aerial").map(|k| k.name.as_str()), Some("air-strike"));
    /// assert_eq!(kinds.of_plover("CONSULT", "phone").map(|k| k.name.as_str()), Some("meeting"));
    /// assert!(kinds.of_plover("ASSAULT", "").is_none());
    /// ```
    pub fn of_plover(&self, kind: &str, mode: &str) -> Option<&Kind> {
        let exact = self.kinds.iter().find(|k| k.plover == kind && k.mode == mode && !mode.is_empty());
        let mut of_type = self.kinds.iter().filter(|k| k.plover == kind);
        exact.or_else(|| of_type.next().filter(|_| of_type.next().is_none()))
    }

    /// The families of a kind; a kind without any, or unknown, is a family of its own.
    pub fn families<'a>(&'a self, name: &'a str) -> Vec<&'a str> {
        match self.get(name) {
            Some(kind) if !kind.families.is_empty() => kind.families.iter().map(String::as_str).collect(),
            _ => vec![name],
        }
    }

    /// True for kinds that may be two views of one occurrence.
    ///
    /// # Example
    /// ```
    /// let kinds = &counterclaim_lexicon::Lexicon::embedded().kinds;
    /// assert!(kinds.kin("air-strike", "shelling"));
    /// assert!(!kinds.kin("air-strike", "meeting"));
    /// ```
    pub fn kin(&self, a: &str, b: &str) -> bool {
        a == b || self.families(a).iter().any(|f| self.families(b).contains(f))
    }

    /// All kinds in table order.
    pub fn iter(&self) -> impl Iterator<Item = &Kind> {
        self.kinds.iter()
    }
}
