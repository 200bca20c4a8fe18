//! How sure an incident is: a logistic model over a few named signs, fitted on the development cases of the desk set.
//!
//! The weights stand in `data/models/confidence.tsv`, one sign a row; `cargo xtask train-events` writes them. The signs of
//! an incident are kept with it, so that its confidence can be explained.

use crate::link::{Group, Mention};
use counterclaim_coding::softmax;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Every sign, and what it says of an incident.
pub const SIGNS: [(&str, &str); 9] = [
    ("always", "holds of every incident"),
    ("dated", "a mention has its date in its own sentence"),
    ("nowhere", "no place is known"),
    ("past", "it lies more than a month before the report"),
    ("weak", "nothing but bare deaths or modifiers tells of it"),
    ("retold", "more than one mention tells of it"),
    ("doer", "a doer is named"),
    ("toll", "somebody was counted"),
    ("said", "it stands only in what somebody says"),
];

/// What is known of an incident as a whole.
#[derive(Clone, Copy, Debug, Default)]
pub struct Whole {
    /// Some doer has a name.
    pub doer: bool,
    /// Some place is known.
    pub somewhere: bool,
    /// It lies more than a month before the first report of it.
    pub past: bool,
}

/// The signs that hold of a group of mentions.
pub fn signs(group: &Group, whole: Whole) -> Vec<&'static str> {
    let any = |f: &dyn Fn(&Mention) -> bool| group.members.iter().any(f);
    let holds = |name: &str| match name {
        "dated" => any(&|m| m.event.own_date),
        "nowhere" => !whole.somewhere,
        "past" => whole.past,
        "weak" => !any(&|m| !m.event.weak && !m.event.modifier),
        "retold" => group.members.len() > 1,
        "doer" => whole.doer,
        "toll" => any(&|m| !m.event.tolls.is_empty()),
        "said" => !any(&|m| m.event.speech.is_none()),
        _ => true,
    };
    SIGNS.iter().map(|s| s.0).filter(|s| holds(s)).collect()
}

/// The share of incidents with these signs that are right, by the fitted weights.
pub fn confidence(signs: &[&str]) -> f32 {
    static WEIGHTS: OnceLock<BTreeMap<&str, f32>> = OnceLock::new();
    let weights = WEIGHTS.get_or_init(|| weights(include_str!("../../../data/models/confidence.tsv")));
    let sum = signs.iter().filter_map(|s| weights.get(s)).sum();
    softmax(vec![sum, 0.0])[0]
}

/// The weights of a table of signs.
fn weights(table: &str) -> BTreeMap<&str, f32> {
    table
        .lines()
        .skip(1)
        .filter_map(|l| l.split_once('\t'))
        .filter_map(|(sign, w)| Some((sign, w.split('\t').next()?.parse().ok()?)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sign_has_a_weight() {
        let w = weights(include_str!("../../../data/models/confidence.tsv"));
        let names: Vec<&str> = w.keys().copied().collect();
        let mut known: Vec<&str> = SIGNS.iter().map(|s| s.0).collect();
        known.sort_unstable();
        assert_eq!(names, known);
    }

    #[test]
    fn confidence_is_a_share() {
        let sure = confidence(&["always", "dated", "toll"]);
        let unsure = confidence(&["always", "nowhere"]);
        assert!(0.0 < unsure && unsure < sure && sure < 1.0, "{unsure} {sure}");
    }
}
