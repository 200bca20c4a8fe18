//! How well two desk incidents fit together, and the greedy pairing that `score.py` uses for everything.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, ISOWeekDate, Weekday};
use serde_json::Value;

use crate::desk_names::{Aliases, python_str, truthy};

/// Report texts by identifier.
pub(crate) type Texts<'t> = BTreeMap<&'t str, &'t str>;

/// A place of evidence: report, first character, one past the last character.
pub(crate) type Place<'t> = (&'t str, usize, usize);

/// Kinds of incident that careful readers confuse; within a group a wrong kind earns half.
const GROUPS: &[&[&str]] = &[
    &["air-strike", "shelling"],
    &["bombing", "suicide-bombing"],
    &[
        "armed-attack",
        "armed-clash",
        "targeted-killing",
        "violence-against-civilians",
        "security-operation",
        "shelling",
    ],
    &["abduction", "arrest"],
    &["security-operation", "arrest"],
    &["protest", "riot"],
    &["meeting", "agreement", "ceasefire"],
    &["deportation", "expulsion"],
    &["troop-deployment", "withdrawal"],
    &["property-destruction", "bombing", "riot", "armed-attack"],
];

/// Pairs gold with predictions, best score first; ties go to the later pair, as in a reversed sort of
/// `(score, gold index, predicted index)`. Pairs below `least` are not made.
pub(crate) fn assign(
    gold: &[Value],
    pred: &[Value],
    least: f64,
    score: impl Fn(&Value, &Value) -> f64,
) -> Vec<(usize, usize)> {
    let mut candidates = Vec::new();
    for (i, g) in gold.iter().enumerate() {
        for (j, p) in pred.iter().enumerate() {
            let s = score(g, p);
            if s >= least {
                candidates.push((s, i, j));
            }
        }
    }
    candidates.sort_by(|a, b| b.0.total_cmp(&a.0).then((b.1, b.2).cmp(&(a.1, a.2))));
    let (mut used_gold, mut used_pred) = (BTreeSet::new(), BTreeSet::new());
    let mut pairs = Vec::new();
    for (_, i, j) in candidates {
        if !used_gold.contains(&i) && !used_pred.contains(&j) {
            used_gold.insert(i);
            used_pred.insert(j);
            pairs.push((i, j));
        }
    }
    pairs
}

/// How well a predicted incident fits a gold one; 0 if they cannot be the same.
pub(crate) fn pair_score(g: &Value, p: &Value, texts: &Texts<'_>, aliases: &Aliases) -> f64 {
    let kind = kinds(&g["kind"], &p["kind"]);
    if kind == 0.0 {
        return 0.0;
    }
    let date = match (dates(g), dates(p)) {
        (Some(a), Some(b)) if a == b => 1.0,
        (Some(a), Some(b)) if a.0 <= b.1 + 1 && b.0 <= a.1 + 1 => 0.6,
        (None, _) => 0.6,
        _ => 0.0,
    };
    let place = place_match(g, p, aliases);
    let evidence = if overlap(&spans(g, texts), &spans(p, texts)) { 1.0 } else { 0.0 };
    if evidence == 0.0 && (place == 0.0 || date == 0.0) {
        return 0.0;
    }
    kind + date + place + 1.5 * evidence
}

fn kinds(a: &Value, b: &Value) -> f64 {
    if a == b {
        return 1.0;
    }
    let (Some(a), Some(b)) = (a.as_str(), b.as_str()) else {
        return 0.0;
    };
    if GROUPS.iter().any(|g| g.contains(&a) && g.contains(&b)) { 0.5 } else { 0.0 }
}

/// The names under `where`; an entry without a name gives null.
fn place_names(x: &Value) -> Vec<&Value> {
    x["where"].as_array().map(|a| a.iter().map(|p| &p["name"]).collect()).unwrap_or_default()
}

/// The share of gold places that are among the predicted ones.
pub(crate) fn place_match(g: &Value, p: &Value, aliases: &Aliases) -> f64 {
    let (gold, pred) = (place_names(g), place_names(p));
    if gold.is_empty() {
        return if pred.is_empty() { 1.0 } else { 0.6 };
    }
    let hit = gold.iter().filter(|a| pred.iter().any(|b| aliases.same_values(a, b))).count();
    hit as f64 / gold.len() as f64
}

/// First and last day of an incident, as days since 1970; `None` if absent or malformed.
pub(crate) fn dates(x: &Value) -> Option<(i64, i64)> {
    let when = x.get("when").filter(|w| truthy(w))?;
    let start = when.get("start")?;
    let end = when.get("end").filter(|e| truthy(e)).unwrap_or(start);
    Some((day(start)?, day(end)?))
}

/// Python's `date.fromisoformat(str(value)[:10])`: calendar and week dates, with or without hyphens.
fn day(value: &Value) -> Option<i64> {
    let text: String = python_str(value).chars().take(10).collect();
    let number = |r: std::ops::Range<usize>| -> Option<i16> {
        let part = text.get(r)?;
        part.bytes().all(|b| b.is_ascii_digit()).then(|| part.parse().ok())?
    };
    let b = text.as_bytes();
    let year = number(0..4).filter(|y| *y >= 1)?;
    let date = if b.get(4) == Some(&b'W') || (b.get(4) == Some(&b'-') && b.get(5) == Some(&b'W')) {
        let hyphen = usize::from(b[4] == b'-');
        let week = number(5 + hyphen..7 + hyphen)?;
        let weekday = match b.len() - 7 - hyphen {
            0 => 1,
            1 if hyphen == 0 => number(7..8)?,
            2 if hyphen == 1 && b[8] == b'-' => number(9..10)?,
            _ => return None,
        };
        let weekday = Weekday::from_monday_one_offset(i8::try_from(weekday).ok()?).ok()?;
        ISOWeekDate::new(year, i8::try_from(week).ok()?, weekday).ok()?.date()
    } else {
        let (month, dom) = match b.len() {
            10 if b[4] == b'-' && b[7] == b'-' => (number(5..7)?, number(8..10)?),
            8 => (number(4..6)?, number(6..8)?),
            _ => return None,
        };
        Date::new(year, i8::try_from(month).ok()?, i8::try_from(dom).ok()?).ok()?
    };
    let epoch = Date::constant(1970, 1, 1);
    Some(i64::from(epoch.until(date).ok()?.get_days()))
}

/// Where the evidence of an incident, or a claim or commitment itself, stands in the reports: from byte
/// offsets if it has both, else from the first occurrence of its quote.
pub(crate) fn spans<'t>(x: &Value, texts: &Texts<'t>) -> Vec<Place<'t>> {
    let itself = std::slice::from_ref(x);
    let evidence: &[Value] = match x.get("evidence").and_then(Value::as_array) {
        Some(list) if !list.is_empty() => list,
        _ if truthy(&x["report"]) => itself,
        _ => &[],
    };
    let mut out = Vec::new();
    for e in evidence {
        let Some((report, text)) = e["report"].as_str().and_then(|r| texts.get_key_value(r)) else {
            continue;
        };
        if let (Some(start), Some(end)) = (integer(&e["start"]), integer(&e["end"])) {
            out.push((*report, chars_before(text, start), chars_before(text, end)));
        } else if let Some(quote) = e["quote"].as_str().filter(|q| !q.is_empty())
            && let Some(at) = text.find(quote)
        {
            let first = text[..at].chars().count();
            out.push((*report, first, first + quote.chars().count()));
        }
    }
    out
}

/// A JSON integer that Python would read as `int`; a boolean is one too.
fn integer(value: &Value) -> Option<i64> {
    match value {
        Value::Bool(b) => Some(i64::from(*b)),
        Value::Number(n) if n.is_u64() => Some(i64::try_from(n.as_u64()?).unwrap_or(i64::MAX)),
        other => other.as_i64(),
    }
}

/// How many whole characters the first `offset` bytes hold; a negative offset counts from the end.
fn chars_before(text: &str, offset: i64) -> usize {
    let len = text.len() as i64;
    let cut = if offset < 0 { (len + offset).max(0) } else { offset.min(len) } as usize;
    text.char_indices().take_while(|(i, c)| i + c.len_utf8() <= cut).count()
}

/// True if any two places share a character.
pub(crate) fn overlap(a: &[Place<'_>], b: &[Place<'_>]) -> bool {
    a.iter().any(|x| b.iter().any(|y| x.0 == y.0 && x.1.max(y.1) < x.2.min(y.2)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn days_as_python_reads_them() {
        let d = |s: &str| day(&json!(s));
        assert_eq!(d("1970-01-02"), Some(1));
        assert_eq!(d("1970-01-02T10:00:00Z"), Some(1));
        assert_eq!(d("19700102"), Some(1));
        assert_eq!(d("1970-W01-5"), Some(1));
        assert_eq!(d("1970W01"), Some(-3));
        assert_eq!(d("1970-13-02"), None);
        assert_eq!(d("1970-01"), None);
        assert_eq!(day(&json!(19700102)), Some(1));
        assert_eq!(dates(&json!({"when": {"start": "1970-01-02", "end": null}})), Some((1, 1)));
        assert_eq!(dates(&json!({"when": "1970"})), None);
    }

    #[test]
    fn offsets_are_bytes_and_split_characters_are_dropped() {
        let texts: Texts = [("r", "añb añb")].into_iter().collect();
        let at = |s: i64, e: i64| spans(&json!({"report": "r", "start": s, "end": e}), &texts);
        assert_eq!(at(0, 3), [("r", 0, 2)]);
        assert_eq!(at(2, 4), [("r", 1, 3)]);
        assert_eq!(at(-4, 99), [("r", 4, 7)]);
        assert_eq!(spans(&json!({"evidence": [{"report": "r", "quote": "ñb"}]}), &texts), [("r", 1, 3)]);
        assert!(spans(&json!({"report": "q", "start": 0, "end": 1}), &texts).is_empty());
    }

    #[test]
    fn ties_go_to_the_later_pair() {
        let v = [json!(1), json!(2)];
        assert_eq!(assign(&v, &v, 0.5, |_, _| 1.0), [(1, 1), (0, 0)]);
        assert!(assign(&v, &v, 0.5, |_, _| 0.0).is_empty());
    }

    #[test]
    fn pairs_need_kind_and_evidence_or_time_and_place() {
        let texts: Texts = [("r", "one two three")].into_iter().collect();
        let a = Aliases::default();
        let x = json!({"kind": "arrest", "when": {"start": "2020-01-01"}, "where": [{"name": "X"}]});
        let y = json!({"kind": "abduction", "when": {"start": "2020-01-02"}, "where": [{"name": "X"}]});
        assert!((pair_score(&x, &y, &texts, &a) - 2.1).abs() < 1e-12);
        let far = json!({"kind": "arrest", "when": {"start": "2020-01-09"}, "where": [{"name": "X"}]});
        assert_eq!(pair_score(&x, &far, &texts, &a), 0.0);
        assert_eq!(pair_score(&x, &json!({"kind": "aid"}), &texts, &a), 0.0);
    }
}
