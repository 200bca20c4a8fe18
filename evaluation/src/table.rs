//! Sets the figures beside the published ones, as plain text for a terminal and as Markdown for `SCORES.md`.
//!
//! The published figures are those listed with the gold sets; each set names its file or folder, so that a set that
//! is not there can be named as absent instead of being left out.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

use crate::figures::Figure;

/// A published figure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Published {
    /// The name of our [`Figure`] that it stands beside.
    pub figure: &'static str,
    /// The best published value and its source.
    pub best: Option<(f64, &'static str)>,
    /// The best value without neural nets and its source.
    pub plain: Option<(f64, &'static str)>,
}

/// A gold set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Set {
    /// Short name, for the command line and JSON.
    pub id: &'static str,
    /// What is measured on it.
    pub title: &'static str,
    /// Its file or folder within the gold folder.
    pub path: &'static str,
    /// Figures to compare with.
    pub published: &'static [Published],
}

impl Set {
    /// The set with this short name.
    pub fn find(id: &str) -> Option<&'static Set> {
        SETS.iter().find(|s| s.id == id)
    }

    /// Its file or folder under a gold folder, if it is there.
    pub fn locate(&self, gold: &Path) -> Option<PathBuf> {
        let path = gold.join(self.path);
        path.exists().then_some(path)
    }
}

const fn row(figure: &'static str, best: Option<(f64, &'static str)>, plain: Option<(f64, &'static str)>) -> Published {
    Published { figure, best, plain }
}

/// Every gold set, in the order of the table.
pub const SETS: &[Set] = &[
    Set { id: "desk", title: "Desk set: whole readings", path: "../desk/dev", published: &[] },
    Set {
        id: "ewt",
        title: "UD English EWT, raw text",
        path: "treebank/ewt-dev.conllu",
        published: &[
            row("UPOS", Some((0.968, "UDPipe 2")), Some((0.933, "UDPipe 1.2"))),
            row("UAS", None, Some((0.802, "UDPipe 1.2"))),
            row("LAS", Some((0.899, "UDPipe 2")), Some((0.770, "UDPipe 1.2"))),
        ],
    },
    Set {
        id: "ewt-words",
        title: "UD English EWT, gold words",
        path: "treebank/ewt-dev.conllu",
        published: &[
            row("UPOS", None, Some((0.944, "UDPipe 1.2"))),
            row("UAS", None, Some((0.844, "UDPipe 1.2"))),
            row("LAS", None, Some((0.811, "UDPipe 1.2"))),
        ],
    },
    Set {
        id: "ewt-upper",
        title: "UD English EWT, raw text in upper case",
        path: "treebank/ewt-dev.conllu",
        published: &[],
    },
    Set { id: "gum", title: "UD English GUM, raw text", path: "treebank/gum-dev.conllu", published: &[] },
    Set {
        id: "lgl",
        title: "LGL, places in raw text",
        path: "places/lgl-dev.jsonl",
        published: &[row("found and placed within 161 km", Some((0.397, "CamCoder")), Some((0.328, "Edinburgh")))],
    },
    Set {
        id: "lgl-given",
        title: "LGL, given mentions",
        path: "places/lgl-dev.jsonl",
        published: &[row("accuracy@161 km", Some((0.827, "Mordecai 3")), Some((0.794, "given mentions")))],
    },
    Set {
        id: "gwn",
        title: "GeoWebNews, places in raw text",
        path: "places/gwn-dev.jsonl",
        published: &[row("found and placed within 161 km", None, Some((0.499, "Edinburgh")))],
    },
    Set {
        id: "gwn-given",
        title: "GeoWebNews, given mentions",
        path: "places/gwn-dev.jsonl",
        published: &[row("accuracy@161 km", Some((0.941, "Mordecai 3, own subset")), Some((0.666, "given mentions")))],
    },
    Set {
        id: "dates",
        title: "TimeBank and AQUAINT, dates",
        path: "dates/tbaq",
        published: &[
            row("spans strict F1", None, Some((0.813, "HeidelTime, recalled"))),
            row("spans relaxed F1", None, Some((0.903, "HeidelTime, recalled"))),
            row("value F1", Some((0.82, "about")), Some((0.776, "HeidelTime, recalled"))),
        ],
    },
    Set {
        id: "attribution",
        title: "PolNeAR, who said what",
        path: "attribution/polnear-dev.jsonl",
        published: &[
            row("source exact F1", None, Some((0.614, "CRF"))),
            row("cue exact F1", None, Some((0.619, "CRF"))),
            row("content exact F1", None, Some((0.454, "CRF"))),
            row("content tokens F1", None, Some((0.817, "CRF"))),
        ],
    },
    Set { id: "plover", title: "PLOVER manual's examples", path: "events/plover-gsr-dev.jsonl", published: &[] },
    Set {
        id: "plover-no-appeals",
        title: "PLOVER manual's examples, appeals left out",
        path: "events/plover-gsr-dev.jsonl",
        published: &[],
    },
    Set {
        id: "plv",
        title: "PLV, event types",
        path: "events/plv-train.jsonl",
        published: &[row("root macro F1", Some((0.821, "RoBERTa-NLI")), Some((0.728, "SVM")))],
    },
    Set {
        id: "muc4",
        title: "MUC-4, templates (tst1, tst2)",
        path: "muc4",
        published: &[
            row("template F1", Some((0.530, "IterX, tst3+4")), Some((0.542, "GE 1992, own measure"))),
            row("role-filler F1", Some((0.574, "IterX, tst3+4")), Some((0.521, "GE 1992, own measure"))),
        ],
    },
    Set { id: "names", title: "Worldwide newswire, names", path: "names/worldwide", published: &[] },
    Set {
        id: "incidents",
        title: "UCDP GED, tolls in headlines (indicative)",
        path: "incidents/ucdp-pakistan-to-2012.jsonl",
        published: &[],
    },
    Set {
        id: "headlines",
        title: "UCDP GED, deaths stated in 150 labelled headlines",
        path: "incidents/ucdp-pakistan-to-2012.jsonl",
        published: &[],
    },
    Set { id: "links", title: "Desk cases of several reports, mentions linked", path: "../desk/dev", published: &[] },
    Set {
        id: "ged-links",
        title: "UCDP GED, headlines of one event linked",
        path: "incidents/ucdp-pakistan-to-2012.jsonl",
        published: &[],
    },
];

/// What was measured on one set.
#[derive(Clone, Debug, PartialEq)]
pub struct Measured {
    /// The set.
    pub set: &'static Set,
    /// The figures; `None` if the set is absent.
    pub figures: Option<Vec<Figure>>,
}

/// A table for the terminal.
pub fn text(all: &[Measured]) -> String {
    let mut out = String::new();
    for m in all {
        let Some(figures) = &m.figures else {
            let _ = writeln!(out, "{}: absent ({})\n", m.set.title, m.set.path);
            continue;
        };
        let _ = writeln!(out, "{} [{}]", m.set.title, m.set.id);
        for f in figures {
            let (best, plain) = beside(m.set, f.name);
            let line = format!("  {:<32}{:>7.3}  n {:<7} {best:<32} {plain}", f.name, f.value, f.n);
            let _ = writeln!(out, "{}", line.trim_end());
        }
        out.push('\n');
    }
    out
}

/// A table for `SCORES.md`; `how` is the sentence that says which command and commit gave the figures.
pub fn markdown(all: &[Measured], how: &str) -> String {
    let mut out = format!("# Scores\n\n{how}\n\n");
    out.push_str("| set | figure | ours | n | best published | best without neural nets |\n");
    out.push_str("|---|---|--:|--:|---|---|\n");
    for m in all {
        for (i, f) in m.figures.iter().flatten().enumerate() {
            let (best, plain) = beside(m.set, f.name);
            let title = if i == 0 { m.set.title } else { "" };
            let _ = writeln!(out, "| {title} | {} | {:.3} | {} | {best} | {plain} |", f.name, f.value, f.n);
        }
    }
    let absent: Vec<_> = all.iter().filter(|m| m.figures.is_none()).map(|m| m.set.title).collect();
    if !absent.is_empty() {
        let _ = writeln!(out, "\nAbsent: {}.", absent.join("; "));
    }
    out
}

/// The figures as JSON: `{set: {figure: {"value", "n"}}}`, null for an absent set.
pub fn to_json(all: &[Measured]) -> Value {
    let figures = |list: &Vec<Figure>| {
        let one = |f: &Figure| (f.name.to_owned(), json!({ "value": f.value, "n": f.n }));
        Value::Object(list.iter().map(one).collect())
    };
    let one = |m: &Measured| (m.set.id.to_owned(), m.figures.as_ref().map_or(Value::Null, figures));
    Value::Object(all.iter().map(one).collect::<Map<_, _>>())
}

/// The published figures that belong beside ours.
fn beside(set: &Set, figure: &str) -> (String, String) {
    let show = |v: Option<(f64, &str)>| v.map(|(x, by)| format!("{x:.3} {by}")).unwrap_or_default();
    let found = set.published.iter().find(|p| p.figure == figure);
    found.map(|p| (show(p.best), show(p.plain))).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measured() -> Vec<Measured> {
        let one = |id, figures| Measured { set: Set::find(id).unwrap(), figures };
        let figure = Figure::new("root macro F1", 0.7, 10);
        vec![one("plv", Some(vec![figure])), one("muc4", None)]
    }

    #[test]
    fn figures_stand_beside_published_ones() {
        let t = text(&measured());
        assert!(t.contains("0.700  n 10      0.821 RoBERTa-NLI"), "{t}");
        assert!(t.contains("MUC-4, templates (tst1, tst2): absent (muc4)"));
        let m = markdown(&measured(), "By hand.");
        assert!(m.contains("| PLV, event types | root macro F1 | 0.700 | 10 | 0.821 RoBERTa-NLI | 0.728 SVM |"));
        assert!(m.ends_with("\nAbsent: MUC-4, templates (tst1, tst2).\n"));
        assert_eq!(to_json(&measured())["plv"]["root macro F1"]["n"], 10);
        assert!(to_json(&measured())["muc4"].is_null());
    }

    #[test]
    fn names_are_unique() {
        let ids: std::collections::BTreeSet<_> = SETS.iter().map(|s| s.id).collect();
        assert_eq!(ids.len(), SETS.len());
        assert!(Set::find("ewt").unwrap().locate(Path::new("/nonexistent")).is_none());
    }
}
