//! Reads MUC-4 reports and prepares their templates as the published systems do.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::Result;
use serde::Deserialize;

use crate::gold::json_lines;

/// The five roles and the slots of the key that fill them.
pub const ROLES: [(&str, &str); 5] = [
    ("PerpInd", "perp_individual_id"),
    ("PerpOrg", "perp_organization_id"),
    ("Target", "phys_tgt_id"),
    ("Victim", "hum_tgt_name"),
    ("Weapon", "incident_instrument_id"),
];

/// One entity: the mentions by which it may be named.
pub type Entity = BTreeSet<String>;

/// One template, gold or predicted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Template {
    /// `attack`, `bombing`, `kidnapping`, `arson`, `robbery` or `forced work stoppage`; gold may name two.
    pub incident_type: String,
    /// Entities by role, in the order of [`ROLES`].
    pub roles: [Vec<Entity>; 5],
}

/// One gold report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MucDoc {
    /// Identifier.
    pub id: String,
    /// The report, all in upper case.
    pub text: String,
    /// Its templates; none if the report is irrelevant.
    pub templates: Vec<Template>,
}

#[derive(Deserialize)]
struct Row {
    docid: String,
    text: String,
    templates: Vec<BTreeMap<String, Vec<String>>>,
}

/// Reads one file, such as `muc4/tst1.jsonl`.
///
/// # Errors
/// If the file cannot be read or a line is malformed.
pub fn load(path: &Path) -> Result<Vec<MucDoc>> {
    Ok(json_lines::<Row>(path)?.into_iter().map(doc).collect())
}

fn doc(row: Row) -> MucDoc {
    let flat = row.text.to_lowercase().replace('\n', " ");
    let mut templates: Vec<Template> = Vec::new();
    for slots in &row.templates {
        let first = |k: &str| slots.get(k).and_then(|v| v.first()).map_or("*", String::as_str);
        if first("incident_type") == "*" {
            continue;
        }
        let fill = |slot: &str| {
            let fillers = slots.get(slot).map_or(&[][..], Vec::as_slice);
            fillers.iter().map(|f| mentions(f, &flat)).filter(|e| !e.is_empty()).collect()
        };
        let template =
            Template { incident_type: first("incident_type").to_lowercase(), roles: ROLES.map(|(_, slot)| fill(slot)) };
        if !templates.contains(&template) {
            templates.push(template);
        }
    }
    MucDoc { id: row.docid, text: row.text, templates }
}

/// The mentions of one filler, `? "A" / "B"`, that the lower-cased text contains.
fn mentions(filler: &str, text: &str) -> Entity {
    let filler = filler.trim_start_matches('?').trim();
    if matches!(filler, "-" | "*") {
        return Entity::new();
    }
    let parts = split_alternatives(filler);
    let names = parts.iter().map(|p| p.replace("\\\"", "\"").trim().to_lowercase());
    names.filter(|n| !n.is_empty() && text.contains(n.as_str())).map(|n| normalise(&n)).collect()
}

/// Cuts at slashes outside quotation marks and takes off the marks; escaped marks belong to the name.
fn split_alternatives(filler: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let (mut quoted, mut escaped) = (false, false);
    for c in filler.chars() {
        if let Some(part) = parts.last_mut() {
            match c {
                '"' if !escaped => quoted = !quoted,
                '/' if !quoted => parts.push(String::new()),
                c => part.push(c),
            }
        }
        escaped = c == '\\' && !escaped;
    }
    parts
}

/// Lower case, without ASCII punctuation and articles, single spaces: how GTT compares mentions.
pub fn normalise(mention: &str) -> String {
    let plain: String = mention.to_lowercase().chars().filter(|c| !c.is_ascii_punctuation()).collect();
    let words = plain.split_whitespace().filter(|w| !matches!(*w, "a" | "an" | "the"));
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use serde_json::json;

    pub(crate) fn entity(m: &[&str]) -> Entity {
        m.iter().map(|s| (*s).to_owned()).collect()
    }

    pub(crate) fn report() -> MucDoc {
        let row = json!({"docid": "d", "text": "THE RED BAND BLEW UP A\nMILL. JON DOE DIED. \"THE TWINS\" FLED.", "templates": [
            {"incident_type": ["BOMBING / ATTACK"], "perp_organization_id": ["? \"RED BAND\" / \"RED ARMY\""],
             "phys_tgt_id": ["\"A MILL\""], "hum_tgt_name": ["\"JON DOE\""], "perp_individual_id": ["\"\\\"THE TWINS\\\"\" / \"THE TWINS\""],
             "incident_instrument_id": ["-"]},
            {"incident_type": ["ARSON"], "hum_tgt_name": ["\"NOT THERE\""]},
            {"incident_type": ["*"], "hum_tgt_name": ["*"]}]});
        doc(serde_json::from_value(row).unwrap())
    }

    #[test]
    fn gold_is_prepared() {
        let d = report();
        assert_eq!(d.templates.len(), 2);
        let t = &d.templates[0];
        assert_eq!(t.roles[0], [entity(&["twins"])]);
        assert_eq!(t.roles[1], [entity(&["red band"])]);
        assert_eq!(t.roles[2], [entity(&["mill"])]);
        assert!(d.templates[1].roles[3].is_empty());
    }
}
