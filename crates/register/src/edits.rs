//! Fields that a person may change, and what may stand in them.

use crate::error::{RegisterError, Result};
use crate::rows::{Edits, StoredIncident};
use counterclaim_lexicon::Lexicon;
use counterclaim_text::{Aspect, Claim, Commitment, Incident, Level, PlaceRef, Precision, Stance, Status, When};
use jiff::civil::Date;

/// Fields of incidents.
pub const INCIDENT_FIELDS: &[&str] =
    &["title", "kind", "when", "where", "perpetrators", "targets", "killed", "injured", "status"];
/// Fields of claims.
pub const CLAIM_FIELDS: &[&str] = &["speaker", "via", "stance", "aspect", "value"];
/// Fields of commitments.
pub const COMMITMENT_FIELDS: &[&str] = &["by", "to", "what", "made", "due"];

fn refused(message: String) -> RegisterError {
    RegisterError::Refused(message)
}

fn list(value: &str) -> Vec<String> {
    value.split(';').map(str::trim).filter(|s| !s.is_empty()).map(str::to_owned).collect()
}

fn day(value: &str) -> Result<Date> {
    value.trim().parse().map_err(|_| refused(format!("\"{value}\" is no day; write YYYY-MM-DD")))
}

/// A count as people write it: 7 or 7..9; `None` for unknown.
pub(crate) fn range(value: &str) -> Result<Option<(u64, u64)>> {
    let value = value.trim();
    if value.is_empty() {
        return Ok(None);
    }
    let bad = || refused(format!("\"{value}\" is no count; write 7 or 7..9, or nothing for unknown"));
    let (low, high) = value.split_once("..").unwrap_or((value, value));
    let (low, high) = (low.trim().parse().map_err(|_| bad())?, high.trim().parse().map_err(|_| bad())?);
    if low <= high { Ok(Some((low, high))) } else { Err(bad()) }
}

fn when(value: &str) -> Result<Option<When>> {
    if value.trim().is_empty() {
        return Ok(None);
    }
    let (a, b) = value.split_once("..").unwrap_or((value, value));
    let (start, end) = (day(a)?, day(b)?);
    if start > end {
        return Err(refused(format!("\"{value}\" ends before it begins")));
    }
    Ok(Some(When { start, end, precision: if start == end { Precision::Day } else { Precision::Range } }))
}

/// A place by its name, with its country in brackets if need be: "Khost (AF)". One that the gazetteer has once is placed;
/// nothing is guessed about others.
fn place(lexicon: &Lexicon, words: &str) -> PlaceRef {
    let (name, country) = match words.strip_suffix(')').and_then(|w| w.rsplit_once('(')) {
        Some((name, country)) => (name.trim(), country.trim()),
        None => (words, ""),
    };
    let key = counterclaim_lexicon::words_of(name).join(" ");
    let mut found = lexicon.places.lookup(&key);
    found.retain(|e| country.is_empty() || e.country == country);
    let one = if found.len() == 1 { found.pop() } else { None };
    match one {
        Some(e) => PlaceRef {
            name: name.to_owned(),
            gazetteer_id: e.id(),
            country: e.country.to_string(),
            admin1: e.admin1.to_string(),
            admin2: e.admin2.to_string(),
            level: e.level,
            lat_lon: Some((e.lat, e.lon)),
            rivals: 0,
            away_km: None,
        },
        None => PlaceRef {
            name: name.to_owned(),
            country: country.to_owned(),
            admin1: String::new(),
            admin2: String::new(),
            level: Level::Town,
            lat_lon: None,
            gazetteer_id: String::new(),
            rivals: 0,
            away_km: None,
        },
    }
}

fn status(value: &str) -> Result<Status> {
    let all = [Status::Admitted, Status::Claimed, Status::Attributed, Status::Disputed, Status::Unknown];
    all.into_iter()
        .find(|s| s.as_str() == value.trim())
        .ok_or_else(|| refused(format!("\"{value}\" is none of: admitted, claimed, attributed, disputed, unknown")))
}

fn no_field(field: &str, known: &[&str]) -> RegisterError {
    refused(format!("there is no field \"{field}\"; fields are {}", known.join(", ")))
}

/// Puts one person's words into a field.
pub(crate) fn incident(lexicon: &Lexicon, i: &mut Incident, field: &str, value: &str) -> Result<()> {
    match field {
        "title" => value.clone_into(&mut i.title),
        "kind" if lexicon.kinds.get(value).is_some() => value.clone_into(&mut i.kind),
        "kind" => {
            let known: Vec<&str> = lexicon.kinds.iter().map(|k| k.name.as_str()).collect();
            return Err(refused(format!("there is no kind \"{value}\"; kinds are {}", known.join(", "))));
        }
        "when" => i.when = when(value)?,
        "where" => i.places = list(value).iter().map(|p| place(lexicon, p)).collect(),
        "perpetrators" => i.perpetrators = list(value),
        "targets" => i.targets = list(value),
        "killed" => i.killed = range(value)?,
        "injured" => i.injured = range(value)?,
        "status" => i.status = status(value)?,
        _ => return Err(no_field(field, INCIDENT_FIELDS)),
    }
    Ok(())
}

/// Puts one person's words into a field.
pub(crate) fn claim(c: &mut Claim, field: &str, value: &str) -> Result<()> {
    match field {
        "speaker" => value.clone_into(&mut c.speaker),
        "via" => value.clone_into(&mut c.via),
        "value" => value.clone_into(&mut c.value),
        "stance" => {
            c.stance = Stance::parse(value)
                .ok_or_else(|| refused(format!("there is no stance \"{value}\"; see docs/glossary.md")))?
        }
        "aspect" => {
            c.aspect = Aspect::parse(value)
                .ok_or_else(|| refused(format!("there is no aspect \"{value}\"; see docs/glossary.md")))?
        }
        _ => return Err(no_field(field, CLAIM_FIELDS)),
    }
    Ok(())
}

/// Puts one person's words into a field.
pub(crate) fn commitment(c: &mut Commitment, field: &str, value: &str) -> Result<()> {
    let date = |v: &str| if v.trim().is_empty() { Ok(None) } else { day(v).map(Some) };
    match field {
        "by" => value.clone_into(&mut c.by),
        "to" => c.to = list(value),
        "what" => value.clone_into(&mut c.what),
        "made" => c.made = date(value)?,
        "due" => c.due = date(value)?,
        _ => return Err(no_field(field, COMMITMENT_FIELDS)),
    }
    Ok(())
}

/// The value of a field of an incident as a person would write it.
pub(crate) fn incident_value(i: &Incident, field: &str) -> String {
    let count = |r: Option<(u64, u64)>| match r {
        Some((a, b)) if a == b => a.to_string(),
        Some((a, b)) => format!("{a}..{b}"),
        None => String::new(),
    };
    match field {
        "title" => i.title.clone(),
        "kind" => i.kind.clone(),
        "when" => i.when.map_or(String::new(), |w| {
            if w.start == w.end { w.start.to_string() } else { format!("{}..{}", w.start, w.end) }
        }),
        "where" => i
            .places
            .iter()
            .map(|p| if p.country.is_empty() { p.name.clone() } else { format!("{} ({})", p.name, p.country) })
            .collect::<Vec<_>>()
            .join("; "),
        "perpetrators" => i.perpetrators.join("; "),
        "targets" => i.targets.join("; "),
        "killed" => count(i.killed),
        "injured" => count(i.injured),
        "status" => i.status.as_str().to_owned(),
        "disputed" => i.disputed.iter().map(|a| a.as_str()).collect::<Vec<_>>().join("; "),
        _ => String::new(),
    }
}

/// The value of a field of a claim.
pub(crate) fn claim_value(c: &Claim, field: &str) -> String {
    match field {
        "speaker" => c.speaker.clone(),
        "via" => c.via.clone(),
        "stance" => c.stance.as_str().to_owned(),
        "aspect" => c.aspect.as_str().to_owned(),
        "value" => c.value.clone(),
        _ => String::new(),
    }
}

/// The value of a field of a commitment.
pub(crate) fn commitment_value(c: &Commitment, field: &str) -> String {
    match field {
        "by" => c.by.clone(),
        "to" => c.to.join("; "),
        "what" => c.what.clone(),
        "made" => c.made.map(|d| d.to_string()).unwrap_or_default(),
        "due" => c.due.map(|d| d.to_string()).unwrap_or_default(),
        _ => String::new(),
    }
}

/// Fields that read otherwise because of claims that people recorded.
pub(crate) fn moved(stored: &StoredIncident) -> impl Iterator<Item = &'static str> + '_ {
    let fields = INCIDENT_FIELDS.iter().copied().chain(["disputed"]);
    fields.filter(|f| incident_value(&stored.machine, f) != incident_value(stored.told(), f))
}

/// The incident as people left it. Edits were checked when they were made.
pub(crate) fn edited_incident(lexicon: &Lexicon, machine: &Incident, edits: &Edits) -> Incident {
    let mut out = machine.clone();
    for (field, value) in edits {
        let _ = incident(lexicon, &mut out, field, value);
    }
    out
}
