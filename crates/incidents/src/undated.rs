//! The day of an occurrence that nothing dates: the day that the dated events of its report share, if it is recent.

use crate::assemble::Part;
use counterclaim_text::DateValue;

/// The day that most events of a report with a date of their own share, if it lies within a week before publication
/// and no other day is named as often.
pub fn day(part: &Part) -> Option<DateValue> {
    let published = part.reading.report.published?;
    let recent = |d: &DateValue| {
        let since = d.end.until(published).map_or(99, |s| s.get_days());
        d.start == d.end && (0..=7).contains(&since)
    };
    let mut days: Vec<(DateValue, usize)> = Vec::new();
    let own = part.coded.events.iter().filter(|e| e.real() && e.own_date).filter_map(|e| e.when);
    for d in own.filter(recent) {
        match days.iter_mut().find(|(o, _)| *o == d) {
            Some((_, n)) => *n += 1,
            None => days.push((d, 1)),
        }
    }
    let most = days.iter().map(|(_, n)| *n).max()?;
    let shared: Vec<DateValue> = days.into_iter().filter(|(_, n)| *n == most).map(|(d, _)| d).collect();
    if let [one] = shared[..] { Some(one) } else { None }
}
