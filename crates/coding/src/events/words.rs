//! The words that say when and where an event was: the nearest ones that have the day or the place that it was given,
//! wherever in the text it was taken over from.

use super::EventDraft;
use crate::tree::Tree;
use crate::who::Resolver;
use counterclaim_text::Span;
use serde::{Deserialize, Serialize};

/// The words for the day and the places of an event.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    /// The words that say when.
    pub date: Option<Span>,
    /// The words that name each place.
    pub places: Vec<(String, Span)>,
}

impl Words {
    /// True if nothing is pointed at.
    pub fn is_empty(&self) -> bool {
        self.date.is_none() && self.places.is_empty()
    }
}

/// Finds them for each event. What is nearest counts, and of equals what stands before.
pub(super) fn point(tree: &Tree, who: &Resolver, events: &mut [EventDraft]) {
    let sentence = |t: u32| tree.sentence(t as usize) as u32;
    for e in events {
        let near = |t: u32| (sentence(t).abs_diff(e.sentence), t.abs_diff(e.trigger), t);
        let same = who.entities.dates.iter().filter(|d| d.value.is_some() && d.value == e.when);
        e.words.date = same.min_by_key(|d| near(d.tokens.0)).map(|d| d.span);
        let named = |name: &str| {
            let same = who.entities.places.iter().filter(|p| !p.demonym && p.place.name == name);
            same.min_by_key(|p| near(p.tokens.0)).map(|p| (name.to_owned(), p.span))
        };
        e.words.places = e.places.iter().filter_map(|p| named(&p.name)).collect();
    }
}
