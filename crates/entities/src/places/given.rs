//! Where given names lie: the same weighing, for names that somebody else found in the text.

use super::candidates::{Candidate, Scene, candidates};
use super::groups::Groups;
use super::people::People;
use super::{about, known, names_of_actors, weigh};
use crate::{Context, Words, actors};
use counterclaim_lexicon::{Lexicon, words_of};
use counterclaim_text::{PlaceMention, PlaceRef, Report, Span, Syntax};

/// Says for each given span of a parsed report which place it names; `None` if the gazetteer has no part of it.
///
/// The spans are taken for places whatever stands around them, and settle each other as found names do. A name that
/// the gazetteer lacks as a whole is read by its longest part that it has ("Bannu Medical College" by "Bannu").
///
/// # Example
/// ```no_run
/// # use counterclaim_text::{Report, Span, Syntax};
/// # fn given(report: &Report, syntax: &Syntax) {
/// let lexicon = counterclaim_lexicon::Lexicon::embedded();
/// let places = counterclaim_entities::locate(report, syntax, lexicon, &[Span::new(0, 5)]);
/// assert_eq!(places.len(), 1);
/// # }
/// ```
pub fn locate(report: &Report, syntax: &Syntax, lexicon: &Lexicon, spans: &[Span]) -> Vec<Option<PlaceRef>> {
    let text = report.text.as_str();
    let words = Words::new(text, syntax);
    let date_at = vec![u32::MAX; syntax.tokens.len()];
    let names = actors::names(text, syntax, &words, lexicon, &date_at);
    let (taken, demonyms) = names_of_actors(syntax, lexicon, &names);
    let people = People::of(text, syntax, &words);
    let scene = Scene { text, syntax, words: &words, taken: &taken, date_at: &date_at, people: &people, lexicon };
    let mut groups = Groups::new(lexicon);
    let mut all = candidates(&scene, &mut groups);
    all.retain(|c| {
        let span = syntax.tokens[c.first].span.join(syntax.tokens[c.last].span);
        !spans.iter().any(|s| s.overlaps(span))
    });
    let given: Vec<Given> = spans.iter().map(|s| read(&scene, &mut groups, &demonyms, *s)).collect();
    for g in &given {
        if let Given::Name(first, last, group) = *g {
            all.push(Candidate { first, last, group: Some(group), wanted: scene.wanted(first, last), weak: false });
        }
    }
    all.sort_by_key(|c| (c.first, c.last));
    let mut context = Context::new(report, lexicon);
    about::fill(&mut context, text, syntax, lexicon, &names, &all, &groups);
    let choices = weigh::choose(&all, &groups, syntax, &context);
    let place = |g: Given| match g {
        Given::Name(first, last, group) => {
            let at = all.iter().position(|c| (c.first, c.last, c.group) == (first, last, Some(group)))?;
            let entries = groups.entries(group);
            Some(known(entries.get(choices[at]?.entry)?, "", entries.len() as u32 - 1))
        }
        Given::Fixed(place) => Some(place),
        Given::Unknown => None,
    };
    given.into_iter().map(place).collect()
}

/// What a given span is.
enum Given {
    /// First and last token, and the group of its places.
    Name(usize, usize, usize),
    /// An adjective or people.
    Fixed(PlaceRef),
    Unknown,
}

fn read(scene: &Scene, groups: &mut Groups, demonyms: &[PlaceMention], span: Span) -> Given {
    let tokens = &scene.syntax.tokens;
    let first = tokens.partition_point(|t| t.span.end <= span.start);
    let end = tokens.partition_point(|t| t.span.start < span.end);
    if first >= end {
        return Given::Unknown;
    }
    let last = end - 1;
    let whole = words_of(span.of(scene.text)).join(" ");
    let bare = whole.strip_prefix("the ").unwrap_or(&whole);
    if let Some(group) = groups.find(bare) {
        return Given::Name(first, last, group);
    }
    for len in (1..=end - first).rev() {
        for a in first..=end - len {
            let b = a + len - 1;
            if let Some(d) = demonyms.iter().find(|d| d.tokens == (a as u32, b as u32)) {
                return Given::Fixed(d.place.clone());
            }
            let key = scene.words.key(a, b);
            if let Some(e) = scene.lexicon.places.of_adjective(&key).first() {
                return Given::Fixed(known(e, "", 0));
            }
            let ordinary = len == 1 && scene.lexicon.places.is_common_word(&key);
            if !ordinary && let Some(group) = groups.find(&key) {
                return Given::Name(a, b, group);
            }
        }
    }
    Given::Unknown
}
