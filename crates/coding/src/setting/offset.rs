//! Days told by their distance from something else with a date: "two days before the vote on 10 May", "the day after
//! gunmen attacked a post on Sunday".

use crate::frame::Frame;
use crate::tree::Tree;
use counterclaim_entities::{Entities, number_word};
use counterclaim_text::{DateMention, DateValue};

/// A distance and the date that it is counted from.
pub(super) struct Offset<'e> {
    /// The token of "after" or "before".
    pub word: usize,
    /// The date of what follows.
    pub from: &'e DateMention,
    /// The day counted from it.
    pub day: DateValue,
}

/// The first such distance in the sentence of an event.
pub(super) fn find<'e>(tree: &Tree, entities: &'e Entities, frame: &Frame) -> Option<Offset<'e>> {
    let s = tree.syntax.sentences[tree.sentence(frame.trigger)].tokens();
    for word in s.clone().skip(2) {
        let back = match tree.lemma(word) {
            "after" | "following" => false,
            "before" => true,
            _ => continue,
        };
        let Some(days) = days(tree, word, s.start) else { continue };
        // A date of its own right before it: "on Sunday, a day after ministers met" is read with the dates.
        if entities.date(word - 1).is_some_and(|d| d.kind != "DURATION") {
            continue;
        }
        let from = (word + 1..s.end.min(word + 30)).find_map(|t| entities.date(t).filter(|d| !d.dateline))?;
        let day = from.value.filter(|v| v.start == v.end && from.kind != "SET").map(|v| v.start)?;
        let day = day.checked_add(jiff::Span::new().days(if back { -days } else { days })).ok()?;
        return Some(Offset { word, from, day: DateValue { start: day, end: day } });
    }
    None
}

/// The days of the length that ends right before `word`: "three days", "the day", "a week".
fn days(tree: &Tree, word: usize, start: usize) -> Option<i64> {
    let unit = match tree.lemma(word - 1) {
        "day" => 1,
        "week" => 7,
        "fortnight" => 14,
        _ => return None,
    };
    let count = word.checked_sub(2).filter(|t| *t >= start)?;
    let written = tree.word(count).to_lowercase();
    let n = match written.as_str() {
        "the" | "a" | "one" | "just" => 1,
        _ => written.parse::<u64>().ok().or_else(|| number_word(&written))?,
    };
    (n <= 60).then_some(n as i64 * unit)
}
