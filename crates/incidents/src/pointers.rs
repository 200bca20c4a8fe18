//! The words that a day and a place rest on: "on Monday", "Khost".
//!
//! A day that was taken over from the day of publication has no words; neither has a place that no report names.

use crate::assemble::Part;
use crate::link::Group;
use counterclaim_text::{PlaceRef, Pointer, When};

/// The words of each mention that agree with what the incident says.
pub(crate) fn of(group: &Group, parts: &[&Part], when: Option<&When>, places: &[PlaceRef]) -> Vec<Pointer> {
    let mut out: Vec<Pointer> = Vec::new();
    for m in &group.members {
        let report = &parts[m.report].reading.report.id;
        let told = m.event.when.filter(|v| when.is_some_and(|w| v.start <= w.end && w.start <= v.end));
        let day = m.event.words.date.zip(told).map(|(span, v)| (None, Some(v), span));
        let known = m.event.words.places.iter().filter(|(name, _)| places.iter().any(|p| p.name == *name));
        let named = known.map(|(name, span)| (Some(name.clone()), None, *span));
        for (place, when, span) in day.into_iter().chain(named) {
            let pointer = Pointer { place, when, report: report.clone(), span };
            if !out.contains(&pointer) {
                out.push(pointer);
            }
        }
    }
    out
}
