//! Totals: each speaker's figures of one kind added up, and the range over all accounts.
//!
//! The rules are those of the desk guide, tolls: a total names everybody and holds what is counted by sort; sorts add
//! up; figures on top add; what replaces a figure widens the range; a count of one family sets no total.

use counterclaim_text::{Scope, Toll, TollKind};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Losses of several sorts of people together.
const SEVERAL: &str = "several";

/// One toll with its report.
#[derive(Clone, Debug)]
pub struct Counted<'a> {
    /// Index of the report.
    pub report: usize,
    /// Day of the report.
    pub day: Option<Date>,
    /// The toll.
    pub toll: &'a Toll,
}

/// One speaker's total in one report, in people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Total {
    /// Speaker; empty for the report's own voice.
    pub speaker: String,
    /// Report index.
    pub report: usize,
    /// Day of the report.
    pub day: Option<Date>,
    /// Lowest figure meant.
    pub low: u64,
    /// Highest figure meant.
    pub high: u64,
    /// Whose losses, if all are of one actor.
    pub who: String,
    /// True if only part of the people is counted.
    pub part: bool,
}

#[derive(Clone, Copy, Default)]
struct Range {
    low: u64,
    high: u64,
}

impl Range {
    fn of(t: &Toll) -> Range {
        Range { low: t.low, high: t.high.max(t.low) }
    }

    fn plus(self, o: Range) -> Range {
        Range { low: self.low.saturating_add(o.low), high: self.high.saturating_add(o.high) }
    }

    fn span(self, o: Range) -> Range {
        Range { low: self.low.min(o.low), high: self.high.max(o.high) }
    }

    /// The larger of two figures for the same people.
    fn larger(self, o: Range) -> Range {
        if o.high > self.high { o } else { self }
    }
}

/// What one speaker counts in one report, as it is read.
#[derive(Default)]
struct Sum {
    whole: Option<Range>,
    groups: Vec<(String, Range)>,
    more: Option<Range>,
    part: Option<Range>,
    nobody: bool,
}

impl Sum {
    fn take(&mut self, t: &Toll) {
        let r = Range::of(t);
        match t.scope {
            Scope::Whole | Scope::Revised if r.high == 0 => self.nobody = true,
            Scope::Whole => self.whole = Some(self.whole.map_or(r, |w| w.larger(r))),
            // The figure that it replaces stays in the range, as one that was given.
            Scope::Revised => self.whole = Some(self.whole.map_or(r, |w| w.span(r))),
            Scope::Group => match self.groups.iter_mut().find(|(who, _)| *who == t.who) {
                Some((_, g)) => *g = g.larger(r),
                None => self.groups.push((t.who.clone(), r)),
            },
            Scope::Added | Scope::Moved => self.more = Some(self.more.map_or(r, |m| m.plus(r))),
            Scope::Part => self.part = Some(self.part.map_or(r, |p| p.larger(r))),
        }
    }

    fn value(&self) -> Option<Range> {
        let all = |skip: &dyn Fn(&str) -> bool| {
            let kept = self.groups.iter().filter(|(who, _)| !skip(who));
            kept.fold(Range::default(), |sum, (_, g)| sum.plus(*g))
        };
        let sorts = all(&|_| false);
        let counted = match self.whole {
            // "five people" hold "two soldiers", but not "nine militants" beside them.
            Some(w) if sorts.high <= w.high => Some(w),
            Some(w) => Some(w.plus(all(&|who| who.is_empty() || who == "civilians"))),
            None => (!self.groups.is_empty()).then_some(sorts),
        };
        match (counted, self.more) {
            (Some(c), Some(m)) => Some(c.plus(m)),
            (Some(c), None) => Some(c),
            (None, Some(m)) => Some(m),
            (None, None) => self.nobody.then(Range::default),
        }
    }
}

/// Totals by speaker and report.
pub fn totals(tolls: &[Counted], what: TollKind) -> Vec<Total> {
    let mut by: BTreeMap<(&str, usize), Vec<&Counted>> = BTreeMap::new();
    for t in tolls {
        by.entry((&t.toll.speaker, t.report)).or_default().push(t);
    }
    let one = |((speaker, report), list): ((&str, usize), Vec<&Counted>)| {
        let mut sum = Sum::default();
        let of_kind = || list.iter().filter(|t| t.toll.what == what);
        of_kind().for_each(|t| sum.take(t.toll));
        let mut value = sum.value();
        // Wounded who died are no longer among the wounded.
        if what == TollKind::Injured {
            let died = list.iter().filter(|t| t.toll.scope == Scope::Moved).map(|t| t.toll.low).sum::<u64>();
            value = value.map(|v| Range { low: v.low.saturating_sub(died), high: v.high.saturating_sub(died) });
        }
        let part = value.is_none();
        let value = value.or(sum.part)?;
        let mut names: Vec<&str> = of_kind().map(|t| t.toll.who.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        let who = match names[..] {
            [one] => one.to_string(),
            _ if names.iter().filter(|n| !n.is_empty()).count() > 1 => SEVERAL.to_string(),
            _ => String::new(),
        };
        let (low, high) = (value.low, value.high);
        Some(Total { speaker: speaker.to_string(), report, day: list[0].day, low, high, who, part })
    };
    by.into_iter().filter_map(one).collect()
}

/// True if a side counts nobody but its own people: its forces, or the civilians where it fights.
fn own(t: &Total, sides: &[String]) -> bool {
    let at_home = t.who.is_empty() || t.who == "civilians";
    !t.speaker.is_empty() && (t.who == t.speaker || at_home && sides.contains(&t.speaker))
}

/// Lowest and highest total over all accounts, in people.
///
/// `sides` are the actors that both did and suffered it. Sides that count only their own dead add up; beside an account
/// that counts everybody they say nothing of the whole. A count of one family counts only where there is no other.
pub fn range(totals: &[Total], sides: &[String]) -> Option<(u64, u64)> {
    let whole: Vec<&Total> = totals.iter().filter(|t| !t.part).collect();
    let all: Vec<&Total> = if whole.is_empty() { totals.iter().collect() } else { whole };
    let mut speakers: BTreeMap<&str, u64> = BTreeMap::new();
    for t in all.iter().filter(|t| own(t, sides)) {
        let high = speakers.entry(t.speaker.as_str()).or_default();
        *high = t.high.max(*high);
    }
    let everybody: Vec<&&Total> = all.iter().filter(|t| !own(t, sides)).collect();
    // An account that counts others too says more than one side's own dead; one that counts the same people contradicts.
    let held = |t: &Total| everybody.iter().any(|o| t.high <= o.high && (o.who != t.who || t.who.is_empty()));
    let kept = |t: &&&Total| !own(t, sides) || speakers.len() < 2 && t.who != t.speaker || !held(t);
    let low = all.iter().filter(kept).map(|t| t.low).min()?;
    let mut high = all.iter().map(|t| t.high).max()?;
    if everybody.is_empty() && speakers.len() >= 2 {
        high = speakers.values().fold(0u64, |sum, v| sum.saturating_add(*v));
    }
    Some((low, high))
}

/// True if two speakers count the same sort of people differently, whatever else they count: "five soldiers" and
/// "forty-two soldiers".
pub fn differ_by_sort(tolls: &[Counted], what: TollKind) -> bool {
    let mut by: BTreeMap<(&str, &str), Range> = BTreeMap::new();
    for t in tolls.iter().map(|c| c.toll).filter(|t| t.what == what && t.scope == Scope::Group) {
        if !t.speaker.is_empty() && !t.who.is_empty() && t.who != "civilians" {
            let r = Range::of(t);
            by.entry((&t.who, &t.speaker)).and_modify(|o| *o = o.larger(r)).or_insert(r);
        }
    }
    let list: Vec<_> = by.into_iter().collect();
    let apart = |a: Range, b: Range| a.high < b.low || b.high < a.low;
    list.windows(2).any(|w| w[0].0.0 == w[1].0.0 && apart(w[0].1, w[1].1))
}

/// True if two speakers give figures for the same moment that cannot both hold.
pub fn differ(totals: &[Total], sides: &[String]) -> bool {
    let moment = |a: &Total, b: &Total| match (a.day, b.day) {
        (Some(x), Some(y)) => x.until(y).map_or(9, |s| s.get_days()).abs() <= 1,
        _ => true,
    };
    let against = |a: &Total, b: &Total| {
        let apart = a.high < b.low || b.high < a.low;
        let each_its_own = own(a, sides) && own(b, sides);
        a.speaker != b.speaker && apart && moment(a, b) && !each_its_own
    };
    let said: Vec<&Total> = totals.iter().filter(|t| !t.speaker.is_empty() && !t.part).collect();
    said.iter().any(|a| said.iter().any(|b| against(a, b)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use counterclaim_text::Span;

    fn toll(speaker: &str, n: u64, who: &str, scope: Scope) -> Toll {
        let (speaker, who) = (speaker.to_string(), who.to_string());
        Toll { what: TollKind::Killed, low: n, high: n, who, span: Span::default(), speaker, scope }
    }

    fn read(tolls: &[Toll], sides: &[String]) -> Option<(u64, u64)> {
        let counted: Vec<Counted> = tolls.iter().map(|toll| Counted { report: 0, day: None, toll }).collect();
        range(&totals(&counted, TollKind::Killed), sides)
    }

    #[test]
    fn sorts_add_up_and_a_total_holds_them() {
        let five = toll("X", 5, "Pakistan", Scope::Group);
        let nine = toll("X", 9, "unidentified militants", Scope::Group);
        assert_eq!(read(&[five.clone(), nine.clone(), five.clone()], &[]), Some((14, 14)));
        let all = toll("X", 14, "civilians", Scope::Whole);
        assert_eq!(read(&[all.clone(), five.clone(), nine], &[]), Some((14, 14)));
        assert_eq!(read(&[all, toll("X", 2, "", Scope::Added)], &[]), Some((16, 16)));
        assert_eq!(read(&[five, toll("X", 7, "", Scope::Revised)], &[]), Some((7, 7)));
    }

    #[test]
    fn a_replaced_figure_stays_in_the_range_and_no_one_is_zero() {
        let first = toll("", 5, "", Scope::Whole);
        assert_eq!(read(&[first.clone(), toll("", 17, "", Scope::Revised)], &[]), Some((5, 17)));
        assert_eq!(read(&[toll("", 0, "", Scope::Whole)], &[]), Some((0, 0)));
        assert_eq!(read(&[toll("", 0, "", Scope::Whole), first], &[]), Some((5, 5)));
        assert_eq!(read(&[], &[]), None);
    }

    #[test]
    fn each_side_counts_its_own() {
        let sides = ["A".to_string(), "B".to_string()];
        let (a, b) = (toll("A", 6, "A", Scope::Group), toll("B", 9, "civilians", Scope::Group));
        assert_eq!(read(&[a.clone(), b.clone()], &sides), Some((6, 15)));
        // Of the same dead two figures are two figures.
        assert_eq!(read(&[a.clone(), toll("C", 20, "A", Scope::Group)], &[]), Some((6, 20)));
        // Beside an account of everybody, one side's own dead set no low.
        let whole = toll("C", 20, "", Scope::Whole);
        assert_eq!(read(&[a, whole.clone()], &[]), Some((20, 20)));
        assert_eq!(read(&[whole, toll("D", 2, "civilians", Scope::Part)], &[]), Some((20, 20)));
    }

    #[test]
    fn figures_for_the_same_people_differ() {
        let counted = [toll("A", 6, "B", Scope::Group), toll("B", 9, "B", Scope::Group)];
        let list: Vec<Counted> = counted.iter().map(|toll| Counted { report: 0, day: None, toll }).collect();
        assert!(differ(&totals(&list, TollKind::Killed), &[]));
        let own = [toll("A", 6, "A", Scope::Group), toll("B", 9, "B", Scope::Group)];
        let list: Vec<Counted> = own.iter().map(|toll| Counted { report: 0, day: None, toll }).collect();
        assert!(!differ(&totals(&list, TollKind::Killed), &[]));
    }
}
