//! A report's text with spans marked: the text as it came, cut at the ends of spans, each with an anchor to link to.

use super::parts::is_odd;
use maud::{Markup, html};
use std::collections::{BTreeMap, BTreeSet};

/// Words to mark.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Marked {
    /// First byte.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// Why: "event", "claim", "promise", "toll" or "cited".
    pub why: &'static str,
}

/// The text, in paragraphs. Spans that are none of this text are left out.
pub(crate) fn text(text: &str, spans: &[Marked]) -> Markup {
    let fits = |s: &&Marked| s.start < s.end && text.get(s.start as usize..s.end as usize).is_some();
    let spans: Vec<&Marked> = spans.iter().filter(fits).collect();
    let mut cuts: BTreeSet<usize> = BTreeSet::from([0, text.len()]);
    let mut anchors: BTreeMap<usize, BTreeSet<u32>> = BTreeMap::new();
    for s in &spans {
        cuts.extend([s.start as usize, s.end as usize]);
        anchors.entry(s.start as usize).or_default().insert(s.end);
    }
    let cuts: Vec<usize> = cuts.into_iter().collect();
    html! {
        div.report dir="auto" {
            @for pair in cuts.windows(2) {
                @let (a, b) = (pair[0], pair[1]);
                @for end in anchors.get(&a).into_iter().flatten() { span.at #{"s" (a) "-" (end)} {} }
                @let over = why(&spans, a, b);
                @if over.is_empty() { (shown(&text[a..b])) }
                @else { mark class=(over) { (shown(&text[a..b])) } }
            }
        }
    }
}

/// Why these bytes are marked, each reason once.
fn why(spans: &[&Marked], a: usize, b: usize) -> String {
    let over = spans.iter().filter(|s| s.start as usize <= a && b <= s.end as usize).map(|s| s.why);
    over.collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>().join(" ")
}

/// The words, with controls and marks of direction made visible.
fn shown(text: &str) -> String {
    text.chars().filter(|c| *c != '\r').map(|c| if is_odd(c) { '\u{FFFD}' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(start: u32, end: u32, why: &'static str) -> Marked {
        Marked { start, end, why }
    }

    #[test]
    fn spans_may_overlap() {
        let out = text("abcdef", &[marked(1, 4, "claim"), marked(2, 6, "event"), marked(1, 4, "event")]).into_string();
        assert!(out.contains("a<span class=\"at\" id=\"s1-4\"></span><mark class=\"claim event\">b</mark>"), "{out}");
        assert!(
            out.contains("<span class=\"at\" id=\"s2-6\"></span>") && out.contains("<mark class=\"event\">ef</mark>"),
            "{out}"
        );
    }

    #[test]
    fn hostile_text_and_spans_are_text() {
        let out = text("<b>\u{202E}é", &[marked(6, 7, "x"), marked(90, 99, "x"), marked(3, 1, "x")]).into_string();
        assert!(out.contains("&lt;b&gt;\u{FFFD}") && !out.contains("<mark"), "{out}");
    }
}
