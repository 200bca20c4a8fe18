//! Scores time expressions and their values on TimeBank and AQUAINT (TimeML).
//!
//! The measures are those of TempEval-3 (UzZaman et al. 2013), task A: strict and relaxed F1 of spans, and value F1, for
//! which a relaxed match must also have the right value. Gold is every TIMEX3 inside the TEXT element; the document's
//! creation time is given to the reader and is not scored.

use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use counterclaim_text::Span;

use crate::figures::{Count, Figure};
use crate::gold::files;

/// One time expression, gold or predicted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Timex {
    /// Where it stands in the text, in bytes.
    pub span: Span,
    /// DATE, TIME, DURATION or SET.
    pub kind: String,
    /// The TIMEX3 value, such as `1998-03` or `P2D`.
    pub value: String,
}

/// One gold document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DateDoc {
    /// The file's name without its ending.
    pub id: String,
    /// Value of the creation time, such as `1998-02-06` or `1998-02-06T22:19:00`.
    pub created: String,
    /// The TEXT element without its tags, with entities decoded.
    pub text: String,
    /// The time expressions, in order.
    pub timexes: Vec<Timex>,
}

/// Reads every `.tml` file of a folder, by name.
///
/// # Errors
/// If a file cannot be read or is not TimeML.
pub fn load(dir: &Path) -> Result<Vec<DateDoc>> {
    let one = |path: &std::path::PathBuf| {
        let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        let id = path.file_stem().unwrap_or_default().to_string_lossy();
        parse(&id, &text).with_context(|| format!("{} is not TimeML", path.display()))
    };
    files(dir, ".tml")?.iter().map(one).collect()
}

/// Reads one TimeML document.
///
/// # Errors
/// If it has no TEXT element, or a tag is not closed.
pub fn parse(id: &str, tml: &str) -> Result<DateDoc> {
    let mut doc = DateDoc { id: id.to_owned(), ..DateDoc::default() };
    let (mut rest, mut inside, mut seen) = (tml, false, false);
    let mut open: Vec<(Timex, usize)> = Vec::new();
    while let Some(at) = rest.find('<') {
        if inside {
            decode(&rest[..at], &mut doc.text);
        }
        let Some(len) = rest[at..].find('>') else { bail!("a tag is not closed") };
        let tag = &rest[at + 1..at + len];
        rest = &rest[at + len + 1..];
        let name = tag.split(|c: char| c.is_whitespace() || c == '/').next().unwrap_or("");
        match (name, tag.starts_with('/')) {
            ("TEXT", _) => (inside, seen) = (true, true),
            ("", true) if tag == "/TEXT" => inside = false,
            ("", true) if tag == "/TIMEX3" && inside => {
                let Some((mut timex, start)) = open.pop() else { bail!("a TIMEX3 closes twice") };
                timex.span = Span::new(start, doc.text.len());
                doc.timexes.push(timex);
            }
            ("TIMEX3", _) => {
                let value = attribute(tag, "value");
                if attribute(tag, "functionInDocument") == "CREATION_TIME" && doc.created.is_empty() {
                    doc.created.clone_from(&value);
                }
                if inside && !tag.ends_with('/') {
                    let timex = Timex { kind: attribute(tag, "type"), value, ..Timex::default() };
                    open.push((timex, doc.text.len()));
                }
            }
            _ => {}
        }
    }
    ensure!(seen, "no TEXT element");
    doc.timexes.sort_by_key(|t| t.span);
    Ok(doc)
}

/// The value of an attribute; empty if the tag lacks it.
fn attribute(tag: &str, name: &str) -> String {
    let mut out = String::new();
    let start = tag.match_indices(name).map(|(i, _)| i + name.len()).find(|&i| {
        let before = tag[..i - name.len()].chars().next_back();
        before.is_some_and(char::is_whitespace) && tag[i..].starts_with("=\"")
    });
    if let Some(value) = start.and_then(|i| tag[i + 2..].split('"').next()) {
        decode(value, &mut out);
    }
    out
}

/// Appends text with XML entities decoded.
fn decode(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let name = rest.find(';').filter(|e| *e <= 10).map(|e| &rest[1..e]);
        let known = name.and_then(|n| match n {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            _ => {
                let code = n.strip_prefix('#')?;
                let code = match code.strip_prefix('x') {
                    Some(hex) => u32::from_str_radix(hex, 16),
                    None => code.parse(),
                };
                code.ok().and_then(char::from_u32)
            }
        });
        let (c, len) = known.map_or(('&', 1), |c| (c, name.unwrap_or_default().len() + 2));
        out.push(c);
        rest = &rest[len..];
    }
    out.push_str(rest);
}

/// The figures of TempEval-3, task A.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DateScores {
    /// Identical spans.
    pub strict: Count,
    /// Overlapping spans.
    pub relaxed: Count,
    /// Overlapping spans with the same type.
    pub kind: Count,
    /// Overlapping spans with the same value.
    pub value: Count,
}

impl DateScores {
    /// The figures for the table.
    pub fn figures(&self) -> Vec<Figure> {
        let n = self.strict.gold();
        vec![
            Figure::new("spans strict F1", self.strict.f1(), n),
            Figure::new("spans relaxed F1", self.relaxed.f1(), n),
            Figure::new("type F1", self.kind.f1(), n),
            Figure::new("value F1", self.value.f1(), n),
            Figure::new("value recall", self.value.recall(), n),
        ]
    }
}

/// Scores one list of predicted expressions per document.
///
/// # Errors
/// If there is not one list per document.
pub fn score(docs: &[DateDoc], pred: &[Vec<Timex>]) -> Result<DateScores> {
    ensure!(docs.len() == pred.len(), "{} predictions for {} documents", pred.len(), docs.len());
    let mut s = DateScores::default();
    for (doc, pred) in docs.iter().zip(pred) {
        let gold = &doc.timexes;
        let tally = |hit| Count::of(hit, gold.len(), pred.len());
        let pairs = pair(gold, pred);
        let count =
            |f: &dyn Fn(&Timex, &Timex) -> bool| tally(pairs.iter().filter(|(g, p)| f(&gold[*g], &pred[*p])).count());
        s.strict += count(&|g, p| g.span == p.span);
        s.relaxed += count(&|_, _| true);
        s.kind += count(&|g, p| g.kind == p.kind);
        s.value += count(&|g, p| g.value == p.value);
    }
    Ok(s)
}

/// Pairs each gold expression with at most one prediction: identical spans first, then the largest overlap.
fn pair(gold: &[Timex], pred: &[Timex]) -> Vec<(usize, usize)> {
    let mut candidates = Vec::new();
    for (i, g) in gold.iter().enumerate() {
        for (j, p) in pred.iter().enumerate() {
            if g.span.overlaps(p.span) {
                let shared = g.span.end.min(p.span.end) - g.span.start.max(p.span.start);
                candidates.push((g.span != p.span, u32::MAX - shared, i, j));
            }
        }
    }
    candidates.sort_unstable();
    let (mut used_gold, mut used_pred) = (vec![false; gold.len()], vec![false; pred.len()]);
    let mut pairs = Vec::new();
    for (_, _, i, j) in candidates {
        if !used_gold[i] && !used_pred[j] {
            (used_gold[i], used_pred[j]) = (true, true);
            pairs.push((i, j));
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    const TML: &str = r#"<?xml version="1.0" ?><TimeML><DCT><TIMEX3 tid="t0" type="DATE" value="2001-02-03"
        functionInDocument="CREATION_TIME">02/03/2001</TIMEX3></DCT><TEXT>Rain &amp; wind <EVENT eid="e1">came</EVENT> on
<TIMEX3 tid="t1" type="DATE" value="2001-02-01" temporalFunction="true">Thursday</TIMEX3> for
<TIMEX3 tid="t2" type="DURATION" value="P2D">two days</TIMEX3>.</TEXT><MAKEINSTANCE/></TimeML>"#;

    #[test]
    fn tags_are_stripped() {
        let d = parse("x", TML).unwrap();
        assert_eq!(d.text, "Rain & wind came on\nThursday for\ntwo days.");
        assert_eq!(d.created, "2001-02-03");
        let words: Vec<_> = d.timexes.iter().map(|t| (t.span.of(&d.text), t.value.as_str())).collect();
        assert_eq!(words, [("Thursday", "2001-02-01"), ("two days", "P2D")]);
        assert!(parse("x", "<A>").is_err());
    }

    #[test]
    fn strict_relaxed_and_value() {
        let d = parse("x", TML).unwrap();
        let near = Span::new(d.timexes[0].span.start as usize - 3, d.timexes[0].span.end as usize);
        let pred = vec![
            Timex { span: near, kind: "DATE".into(), value: "2001-02-01".into() },
            Timex { span: d.timexes[1].span, kind: "DURATION".into(), value: "P3D".into() },
            Timex { span: Span::new(0, 4), ..Timex::default() },
        ];
        let s = score(&[d], &[pred]).unwrap();
        assert_eq!((s.strict.hit, s.relaxed.hit, s.kind.hit, s.value.hit), (1, 2, 2, 1));
        assert!((s.value.f1() - 0.4).abs() < 1e-12);
    }

    #[test]
    fn entities() {
        let mut out = String::new();
        decode("a&lt;b &#65;&#x42; &nosuch; & c", &mut out);
        assert_eq!(out, "a<b AB &nosuch; & c");
    }
}
