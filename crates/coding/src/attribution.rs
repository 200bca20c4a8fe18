//! Attributions: the source, cue and content marks of a paragraph put together into who said what.
//!
//! The marks come from the trained model; here they are only grouped. A cue and the source beside it make a core; each
//! stretch of content goes to the core that it stands closest to.

use crate::tree::Tree;
use counterclaim_text::{SpeechMark, SpeechPart};

/// A statement as marked: token ranges, half-open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attribution {
    /// Who speaks.
    pub source: Option<(usize, usize)>,
    /// The words that attribute.
    pub cue: Option<(usize, usize)>,
    /// What is said; in several parts if the attribution interrupts it.
    pub content: Vec<(usize, usize)>,
}

/// What one sentence boundary counts, in tokens, when distances are compared.
const BOUNDARY: usize = 12;

/// A content further from its core than this stands alone.
const FAR: usize = 4 * BOUNDARY;

/// Groups the marks of a text.
pub fn find(tree: &Tree) -> Vec<Attribution> {
    let paragraphs = tree.paragraphs();
    let paragraph = |m: &SpeechMark| paragraphs[m.start as usize];
    let mut out = Vec::new();
    for marks in tree.syntax.speech.chunk_by(|a, b| paragraph(a) == paragraph(b)) {
        out.extend(group(tree, marks));
    }
    out
}

/// The attributions of one paragraph.
fn group(tree: &Tree, marks: &[SpeechMark]) -> Vec<Attribution> {
    let mut cores = cores(tree, marks);
    let mut alone = Vec::new();
    for m in marks.iter().filter(|m| m.part == SpeechPart::Content) {
        let range = (m.start as usize, m.end as usize);
        let near = (0..cores.len()).min_by_key(|k| (distance(tree, &cores[*k], range), *k));
        match near.filter(|k| distance(tree, &cores[*k], range) <= FAR) {
            Some(k) => cores[k].content.push(range),
            None => alone.push(Attribution { content: vec![range], ..Attribution::default() }),
        }
    }
    cores.extend(alone);
    cores.retain(|a| !a.content.is_empty() || a.cue.is_some() && a.source.is_some());
    cores.sort_by_key(|a| a.cue.or(a.source).or(a.content.first().copied()));
    cores
}

/// Cues with their sources. A source goes to the cue next to it in its sentence; a cue left without one takes that of the
/// cue before it in the sentence ("the army denied … and said …").
fn cores(tree: &Tree, marks: &[SpeechMark]) -> Vec<Attribution> {
    let range = |m: &SpeechMark| (m.start as usize, m.end as usize);
    let of = |part| marks.iter().filter(move |m| m.part == part).map(range).collect::<Vec<_>>();
    let (sources, cues) = (of(SpeechPart::Source), of(SpeechPart::Cue));
    let mut out: Vec<Attribution> =
        cues.iter().map(|c| Attribution { cue: Some(*c), ..Attribution::default() }).collect();
    let mut pairs: Vec<(usize, usize, usize)> = Vec::new();
    for (i, s) in sources.iter().enumerate() {
        for (k, c) in cues.iter().enumerate() {
            if tree.sentence(s.0) == tree.sentence(c.0) {
                let gap = if s.0 < c.0 { c.0 - s.1.min(c.0) } else { s.0 - c.1.min(s.0) };
                // A source mostly stands before its cue.
                pairs.push((2 * gap + usize::from(s.0 > c.0), k, i));
            }
        }
    }
    pairs.sort_unstable();
    let mut used = vec![false; sources.len()];
    for (_, k, i) in pairs {
        if !used[i] && out[k].source.is_none() {
            (used[i], out[k].source) = (true, Some(sources[i]));
        }
    }
    for k in 1..out.len() {
        let same = out[k - 1].cue.zip(out[k].cue).is_some_and(|(a, b)| tree.sentence(a.0) == tree.sentence(b.0));
        if out[k].source.is_none() && same {
            out[k].source = out[k - 1].source;
        }
    }
    let lone = sources.iter().zip(&used).filter(|(_, used)| !**used);
    out.extend(lone.map(|(s, _)| Attribution { source: Some(*s), ..Attribution::default() }));
    out.sort_by_key(|a| a.cue.or(a.source));
    out
}

/// How far a stretch of content stands from a core: tokens between them, and sentence boundaries. What follows a cue is
/// nearer than what goes before it.
fn distance(tree: &Tree, core: &Attribution, content: (usize, usize)) -> usize {
    let parts = [core.source, core.cue].into_iter().flatten();
    let one = |p: (usize, usize)| {
        let (gap, a, b) = if content.0 >= p.1 {
            (content.0 - p.1, p.0, content.0)
        } else {
            (p.0.saturating_sub(content.1), content.1.max(1) - 1, p.0)
        };
        2 * (gap + BOUNDARY * tree.sentence(b).abs_diff(tree.sentence(a))) + usize::from(content.0 < p.0)
    };
    parts.map(one).min().unwrap_or(usize::MAX)
}
