//! Scores readings of the desk set: an exact port of the project's `score.py`, over the JSON of the wire format.
//!
//! A predicted incident is paired with a gold one by kind, dates, places and overlapping evidence, greedily from
//! the best pair down; attributes are scored on the pairs, and the desk score is a weighted sum in which an
//! attribute counts only as far as the incidents were found. The measure is the project's own; `score.py`
//! beside the desk set defines it, and `compare-desk.sh` checks that both give the same figures.

use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

pub use crate::desk_case::{Case, CaseReport, load_cases};
pub use crate::desk_names::Aliases;
use crate::desk_names::{python_repr, python_str, truthy};
use crate::desk_pairs::{Texts, assign, dates, overlap, pair_score, place_match, spans};
use crate::figures::{Count, Figure, Share};

/// What `score.py` prints: every tally, from which all its figures follow.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeskScores {
    /// Cases scored.
    pub cases: usize,
    /// Cases whose reading was empty.
    pub failed: usize,
    /// Incidents found.
    pub incidents: Count,
    /// Kind of paired incidents.
    pub kind: Share,
    /// Dates of paired incidents.
    pub when: Share,
    /// Places of paired incidents.
    pub place: Share,
    /// Perpetrators of paired incidents.
    pub perpetrators: Count,
    /// Targets of paired incidents.
    pub targets: Count,
    /// Death tolls, where either side gives one.
    pub killed: Share,
    /// Tolls of injured, where either side gives one.
    pub injured: Share,
    /// Who did it: status of paired incidents.
    pub status: Share,
    /// Disputed aspects of all incidents.
    pub disputed: Count,
    /// Traps that no false incident fell into.
    pub traps_avoided: Share,
    /// Claims found.
    pub claims: Count,
    /// Commitments found.
    pub commitments: Count,
    /// Identifiers of the incidents read that gold has, by case.
    pub right: Vec<Vec<String>>,
    /// Number of gold incidents, by case.
    pub gold: Vec<usize>,
    /// One line per miss, false alarm and sprung trap, as `score.py --verbose` prints them.
    pub lines: Vec<String>,
}

impl DeskScores {
    /// The desk score: one number from 0 to 1 for the whole reading.
    pub fn desk(&self) -> f64 {
        let found = self.incidents.f1();
        0.30 * found
            + 0.05 * self.kind.value() * found
            + 0.08 * self.when.value() * found
            + 0.08 * self.place.value() * found
            + 0.07 * self.perpetrators.f1() * found
            + 0.05 * self.targets.f1() * found
            + 0.05 * self.killed.value() * found
            + 0.04 * self.status.value() * found
            + 0.08 * self.disputed.f1()
            + 0.04 * self.traps_avoided.value()
            + 0.12 * self.claims.f1()
            + 0.04 * self.commitments.f1()
    }

    /// The figures in the layout of `score.py --json`.
    pub fn to_json(&self) -> Value {
        let count = |c: Count| json!({"p": c.precision(), "r": c.recall(), "f1": c.f1(), "n": c.gold()});
        let share = |s: Share| json!({"acc": s.value(), "n": s.of});
        json!({
            "cases": self.cases, "failed": self.failed,
            "incidents": count(self.incidents), "kind": share(self.kind), "when": share(self.when),
            "where": share(self.place), "perpetrators": count(self.perpetrators), "targets": count(self.targets),
            "killed": share(self.killed), "injured": share(self.injured), "status": share(self.status),
            "disputed": count(self.disputed), "traps_avoided": share(self.traps_avoided),
            "claims": count(self.claims), "commitments": count(self.commitments), "desk": self.desk(),
        })
    }

    /// The figures for the table.
    pub fn figures(&self) -> Vec<Figure> {
        let count = |name, c: Count| Figure::new(name, c.f1(), c.gold());
        let share = |name, s: Share| Figure::new(name, s.value(), s.of);
        vec![
            Figure::new("desk score", self.desk(), self.cases),
            count("incidents F1", self.incidents),
            Figure::new("incidents precision", self.incidents.precision(), self.incidents.predicted()),
            Figure::new("incidents recall", self.incidents.recall(), self.incidents.gold()),
            share("kind", self.kind),
            share("when", self.when),
            share("where", self.place),
            count("perpetrators F1", self.perpetrators),
            count("targets F1", self.targets),
            share("killed", self.killed),
            share("injured", self.injured),
            share("status", self.status),
            count("disputed F1", self.disputed),
            share("traps avoided", self.traps_avoided),
            count("claims F1", self.claims),
            count("commitments F1", self.commitments),
        ]
    }
}

/// Scores the readings that `read` gives for the cases; an empty or null reading counts as failed.
pub fn score(cases: &[Case], aliases: &Aliases, mut read: impl FnMut(&Case) -> Value) -> DeskScores {
    let mut scores = DeskScores { cases: cases.len(), ..DeskScores::default() };
    for case in cases {
        let reading = read(case);
        score_case(case, &reading, aliases, &mut scores);
    }
    scores
}

fn score_case(case: &Case, reading: &Value, aliases: &Aliases, s: &mut DeskScores) {
    s.failed += usize::from(!truthy(reading));
    let texts: Texts = case.reports.iter().map(|r| (r.id.as_str(), r.text.as_str())).collect();
    let gold = list(case.gold(), "incidents");
    let pred = list(reading, "incidents");
    let pairs = assign(gold, pred, 2.5, |g, p| pair_score(g, p, &texts, aliases));
    s.incidents += Count::of(pairs.len(), gold.len(), pred.len());
    s.right.push(pairs.iter().filter_map(|(_, j)| pred[*j]["id"].as_str().map(str::to_owned)).collect());
    s.gold.push(gold.len());
    // Later pairs overwrite earlier ones that have the same identifier, as in a Python dict.
    let mut gold_id: BTreeMap<String, &Value> = BTreeMap::new();
    for &(i, j) in &pairs {
        gold_id.insert(pred[j]["id"].to_string(), &gold[i]["id"]);
        score_pair(&gold[i], &pred[j], aliases, s);
    }
    let paired_gold: BTreeSet<usize> = pairs.iter().map(|p| p.0).collect();
    let paired_pred: BTreeSet<usize> = pairs.iter().map(|p| p.1).collect();
    for (_, g) in unpaired(gold, &paired_gold) {
        s.disputed.add(0, 0, list(g, "disputed").len());
        s.lines.push(incident_line(&case.name, "MISSED", g));
    }
    for (_, p) in unpaired(pred, &paired_pred) {
        s.disputed.add(0, list(p, "disputed").len(), 0);
        s.lines.push(incident_line(&case.name, "FALSE ", p));
    }
    for trap in list(case.gold(), "traps") {
        let at = spans(&json!({ "evidence": [trap] }), &texts);
        let hit = unpaired(pred, &paired_pred).any(|(_, p)| overlap(&at, &spans(p, &texts)));
        s.traps_avoided.add(!hit);
        if hit {
            s.lines.push(format!("{} TRAPPED {}", case.name, head(&trap["quote"], 90)));
        }
    }
    score_claims(case, reading, &texts, aliases, &gold_id, s);
    let (gold, pred) = (list(case.gold(), "commitments"), list(reading, "commitments"));
    let kept = assign(gold, pred, 2.0, |g, p| {
        unit(aliases.same_values(&g["by"], &p["by"])) + unit(overlap(&spans(g, &texts), &spans(p, &texts)))
    });
    s.commitments += Count::of(kept.len(), gold.len(), pred.len());
}

fn score_pair(g: &Value, p: &Value, aliases: &Aliases, s: &mut DeskScores) {
    s.kind.add(g["kind"] == p["kind"]);
    s.when.add(dates(g) == dates(p));
    s.place.add(place_match(g, p, aliases) == 1.0);
    names(&mut s.perpetrators, list(g, "perpetrators"), list(p, "perpetrators"), aliases);
    names(&mut s.targets, list(g, "targets"), list(p, "targets"), aliases);
    for (tally, key) in [(&mut s.killed, "killed"), (&mut s.injured, "injured")] {
        let (a, b) = (toll(g, key), toll(p, key));
        if a.is_some() || b.is_some() {
            tally.add(same_toll(a, b));
        }
    }
    let set = |x| list(x, "disputed").iter().map(Value::to_string).collect::<BTreeSet<_>>();
    let (a, b) = (set(g), set(p));
    s.disputed += Count::of(a.intersection(&b).count(), a.len(), b.len());
    s.status.add(g["status"] == p["status"]);
}

fn score_claims(
    case: &Case,
    reading: &Value,
    texts: &Texts<'_>,
    aliases: &Aliases,
    gold_id: &BTreeMap<String, &Value>,
    s: &mut DeskScores,
) {
    let (gold, pred) = (list(case.gold(), "claims"), list(reading, "claims"));
    let incidents: Vec<&Value> = list(case.gold(), "incidents").iter().map(|i| &i["id"]).collect();
    let pairs = assign(gold, pred, 1.0, |g, p| {
        if !aliases.same_values(&g["speaker"], &p["speaker"]) || g["stance"] != p["stance"] {
            return 0.0;
        }
        let seen = overlap(&spans(g, texts), &spans(p, texts));
        let about = match gold_id.get(&p["about"].to_string()) {
            Some(id) => **id == g["about"],
            None => !incidents.contains(&&g["about"]),
        };
        unit(seen) + 0.5 * unit(about) + 0.5 * unit(g["aspect"] == p["aspect"])
    });
    s.claims += Count::of(pairs.len(), gold.len(), pred.len());
    let line = |what: &str, c: &Value| {
        let word = |k: &str| python_str(&c[k]);
        let (speaker, stance, aspect) = (word("speaker"), word("stance"), word("aspect"));
        let quote: String = word("quote").chars().take(80).collect();
        format!("{} CLAIM {what} {speaker} {stance} {aspect} | {quote}", case.name)
    };
    let paired_gold = pairs.iter().map(|p| p.0).collect();
    let paired_pred = pairs.iter().map(|p| p.1).collect();
    s.lines.extend(unpaired(gold, &paired_gold).map(|(_, c)| line("MISSED", c)));
    s.lines.extend(unpaired(pred, &paired_pred).map(|(_, c)| line("FALSE", c)));
}

fn names(tally: &mut Count, gold: &[Value], pred: &[Value], aliases: &Aliases) {
    let m = assign(gold, pred, 1.0, |a, b| unit(aliases.same_values(a, b)));
    *tally += Count::of(m.len(), gold.len(), pred.len());
}

/// The low and high end of a toll; `high` falls back to `low`.
fn toll<'v>(incident: &'v Value, key: &str) -> Option<(&'v Value, &'v Value)> {
    let v = incident.get(key).filter(|v| truthy(v))?;
    Some((&v["low"], v.get("high").unwrap_or(&v["low"])))
}

/// Python's equality of two tolls, in which 3 equals 3.0.
fn same_toll(a: Option<(&Value, &Value)>, b: Option<(&Value, &Value)>) -> bool {
    let equal = |x: &Value, y: &Value| match (x.as_f64(), y.as_f64()) {
        (Some(x), Some(y)) => x == y,
        _ => x == y,
    };
    match (a, b) {
        (Some(a), Some(b)) => equal(a.0, b.0) && equal(a.1, b.1),
        _ => false,
    }
}

fn incident_line(case: &str, what: &str, x: &Value) -> String {
    let when = python_str(&x["when"]);
    let name = |p: &Value| p.get("name").cloned().unwrap_or_else(|| json!(""));
    let places = python_repr(&list(x, "where").iter().map(name).collect());
    let quote = list(x, "evidence").first().map(|e| head(&e["quote"], 90)).unwrap_or_default();
    format!("{case} {what} {} {when} {places} | {quote}", python_str(&x["kind"]))
}

/// The first characters of a text value.
fn head(value: &Value, chars: usize) -> String {
    value.as_str().unwrap_or_default().chars().take(chars).collect()
}

/// The list under a key; anything else is an empty list.
fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn unpaired<'v>(all: &'v [Value], paired: &BTreeSet<usize>) -> impl Iterator<Item = (usize, &'v Value)> {
    all.iter().enumerate().filter(|(i, _)| !paired.contains(i))
}

fn unit(yes: bool) -> f64 {
    if yes { 1.0 } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn case() -> Case {
        let text = "Shells fell on Oldtown on Monday. Two died. Northland denied it and promised an inquiry.";
        let gold = json!({
            "case": "t1",
            "reports": [{"id": "r1", "source": "S", "published": "2020-01-07", "title": "", "text": text}],
            "incidents": [{
                "id": "i1", "kind": "shelling", "when": {"start": "2020-01-06", "end": "2020-01-06"},
                "where": [{"name": "Oldtown"}], "perpetrators": ["Northland"], "targets": [],
                "killed": {"low": 2, "high": 2}, "disputed": ["perpetrator"], "status": "disputed",
                "evidence": [{"report": "r1", "quote": "Shells fell on Oldtown"}]}],
            "claims": [{"speaker": "Northland", "stance": "denies", "about": "i1", "aspect": "perpetrator",
                "report": "r1", "quote": "Northland denied it"}],
            "commitments": [{"by": "Northland", "to": [], "report": "r1", "quote": "promised an inquiry"}],
            "traps": [{"report": "r1", "quote": "an inquiry", "why": "promise"}]
        });
        Case::parse(&gold.to_string()).unwrap()
    }

    #[test]
    fn gold_itself_scores_one() {
        let c = case();
        let s = score(std::slice::from_ref(&c), &Aliases::default(), |c| c.gold().clone());
        // No targets and no tolls of injured exist, so targets cannot earn their weight.
        assert!((s.desk() - 0.95).abs() < 1e-12, "{}", s.desk());
        assert!(s.lines.is_empty());
        assert_eq!(s.killed, Share { right: 1, of: 1 });
    }

    #[test]
    fn empty_reading_fails() {
        let s = score(&[case()], &Aliases::default(), |_| Value::Null);
        assert_eq!((s.failed, s.incidents.missed, s.disputed.missed), (1, 1, 1));
        assert!((s.desk() - 0.04).abs() < 1e-12);
        assert_eq!(
            s.lines[0],
            "t1 MISSED shelling {'start': '2020-01-06', 'end': '2020-01-06'} ['Oldtown'] | Shells fell on Oldtown"
        );
    }

    #[test]
    fn false_alarm_on_a_trap_is_told() {
        let s = score(&[case()], &Aliases::default(), |_| {
            json!({"incidents": [{"id": "x", "kind": "meeting", "when": {"start": "2020-02-01"},
                "evidence": [{"report": "r1", "start": 77, "end": 87}]}]})
        });
        assert_eq!(s.traps_avoided, Share { right: 0, of: 1 });
        assert_eq!(s.lines.len(), 4);
        assert_eq!(s.lines[1], "t1 FALSE  meeting {'start': '2020-02-01'} [] | ");
        assert_eq!(s.lines[2], "t1 TRAPPED an inquiry");
    }

    #[test]
    fn tolls_compare_as_numbers() {
        let (a, b) = (json!({"killed": {"low": 3}}), json!({"killed": {"low": 3.0, "high": 3}}));
        assert!(same_toll(toll(&a, "killed"), toll(&b, "killed")));
        assert_eq!(toll(&json!({"killed": {}}), "killed"), None);
    }
}
