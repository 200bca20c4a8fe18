//! Finds date expressions in news English and resolves them to days.
//!
//! Tokens are cut into atoms, rules read the longest expression at each atom (`compose`), and a `Story` resolves
//! it against the day of publication, the dateline and the days named before. One pass, constant look-ahead.

mod absolute;
mod atoms;
mod calendar;
mod clock;
mod compose;
mod dateline;
mod lengths;
mod numbers;
mod numeric;
mod periods;
mod recurring;
mod relative;
mod said;
mod story;
mod tense;
mod value;
mod words;
mod years;

#[cfg(test)]
mod tests;

use atoms::Atoms;
use counterclaim_text::{DateMention, Span, Syntax};
use jiff::civil::Date;
use said::{Amount, Edge, Part, Said, Unit, What, Which};
use story::Story;
use tense::Tense;
use value::{Grain, Value, iso_day, part_suffix};

/// All date expressions of a text in order, resolved as far as `published` and the text allow.
///
/// Without `published` only absolute dates have a value. A dateline with a date takes the place of
/// `published` as the day that "today" means.
pub fn find(text: &str, syntax: &Syntax, published: Option<Date>) -> Vec<DateMention> {
    let atoms = Atoms::new(text, syntax, published);
    let mut finder = Finder { atoms, story: Story { today: published, ..Story::default() }, out: Vec::new() };
    finder.run();
    finder.out
}

struct Finder<'a> {
    atoms: Atoms<'a>,
    story: Story,
    out: Vec<DateMention>,
}

impl Finder<'_> {
    fn run(&mut self) {
        let dateline = dateline::of_report(&self.atoms);
        if let Some(said) = &dateline
            && let Some(v) = self.story.resolve(&said.what, Tense::Unknown)
        {
            self.story.today = Some(v.start);
            self.atoms.today = Some(v.start);
        }
        let mut i = 0;
        // The last clock time may belong to a day named earlier in its paragraph.
        let mut day_in_paragraph = false;
        while i < self.atoms.len() {
            if self.atoms.paragraph_start(i) {
                day_in_paragraph = false;
            }
            if let Some(said) = dateline.as_ref().filter(|d| d.start == i).cloned() {
                i = said.end;
                self.add(said, true, false);
                continue;
            }
            if let Some(said) = dateline::of_entry(&self.atoms, i) {
                i = said.end;
                day_in_paragraph |= said.what != What::ClockOnly;
                self.add(said, true, false);
                continue;
            }
            match compose::read(&self.atoms, i) {
                Some(said) => {
                    i = said.end.max(i + 1);
                    let day = said.is_day();
                    self.add(said, false, day_in_paragraph);
                    day_in_paragraph |= day;
                }
                None => i += 1,
            }
        }
    }

    /// Resolves an expression and keeps it.
    fn add(&mut self, said: Said, dateline: bool, day_in_paragraph: bool) {
        let (Some(first), Some(last)) = (self.atoms.get(said.start), self.atoms.get(said.end - 1)) else {
            return;
        };
        let (span, tokens) = (first.span.join(last.span), (first.token, last.token));
        let tense = self.tense(&said, tokens);
        let mut said = said;
        let mut value = match said.what {
            What::Duration { amount, unit } => {
                let day = self.day_of_clause(amount, unit, &said, tokens);
                if day.is_some() {
                    said.rule = "dates/day-of-clause";
                }
                day
            }
            What::ClockOnly if dateline => self.story.today.map(Value::day),
            What::ClockOnly => self.clock_day(said.part, day_in_paragraph),
            _ => self.story.resolve(&said.what, tense),
        };
        if let Some(v) = value {
            value = self.bracketed(&said, self.within_feast(&said, v), span);
        }
        let timex = timex(&said, value);
        let days = value.map(|v| trim(&said, v, self.story.today));
        let aside = matches!(said.what, What::ClockOnly | What::Duration { .. });
        if let Some(v) = days.filter(|_| !aside) {
            // The story goes on from whole periods, but from the very days when there are any.
            let kept = if v.grain == Grain::Day || v.grain == Grain::Days { v } else { value.unwrap_or(v) };
            // What is only compared with ("a year earlier") is not where the story goes on.
            let compared = matches!(said.what, What::YearEarlier | What::Offset { unit: Unit::Year, .. })
                || matches!(said.what, What::Quarter { which: Which::Before, .. });
            let entry = said.rule == "dates/entry";
            if !compared && (entry || !dateline) {
                self.story.remember(kept);
            }
        }
        let kind = kind(&said);
        self.out.push(DateMention {
            span,
            tokens,
            value: days.map(|v| v.range()),
            kind,
            timex,
            dateline,
            rule: said.rule,
        });
    }

    /// Past or future, from the clause and from the preposition before the expression.
    fn tense(&self, said: &Said, tokens: (u32, u32)) -> Tense {
        let tense = tense::of(&self.atoms, tokens.0 as usize, tokens.1 as usize);
        let before = self.atoms.before(said.start);
        match (before, tense) {
            ("since" | "after", _) => Tense::Past,
            ("by" | "until" | "till" | "before", Tense::Present | Tense::Unknown) => Tense::Future,
            ("by" | "until" | "till", Tense::Past) if tense::infinitive(&self.atoms, tokens.0 as usize) => {
                Tense::Future
            }
            // "adjourned until 15 July", "extended to Nov. 20": past verb, open date.
            ("until" | "till" | "to", Tense::Past) if tense::planned(&self.atoms, tokens.0 as usize) => Tense::Future,
            ("by" | "until" | "till" | "to" | "through", Tense::Past) => Tense::Open,
            ("through", Tense::Present | Tense::Unknown) => Tense::Open,
            _ => tense,
        }
    }

    /// "freed them on Sunday, a day after ministers met": the day on which they met. The mention stands for
    /// the clause that follows it, not for the one before.
    fn day_of_clause(&self, amount: Amount, unit: Unit, said: &Said, tokens: (u32, u32)) -> Option<Value> {
        let Amount::Halves(halves) = amount else {
            return None;
        };
        let days = match unit {
            Unit::Day if halves.is_multiple_of(2) => i64::from(halves / 2),
            Unit::Week if halves.is_multiple_of(2) => i64::from(halves / 2) * 7,
            _ => return None,
        };
        let back = match self.atoms.word(said.end) {
            "after" => true,
            "before" => false,
            _ => return None,
        };
        let first = tokens.0 as usize;
        let sentence = *self.atoms.syntax.sentences.get(self.atoms.syntax.sentence_of(first))?;
        let in_sentence = self.out.iter().rev().take(3).take_while(|m| m.tokens.0 >= sentence.start);
        let named = in_sentence.filter_map(|m| m.value).find(|v| v.start == v.end)?;
        let day = named.start;
        tense::clause_follows(&self.atoms, tokens.1 as usize + 2, sentence.end as usize)
            .then(|| calendar::shift(day, if back { -days } else { days }).map(Value::day))?
    }

    /// "the eve of Eid", "the second day of Eid": one day by its place in the feast.
    fn within_feast(&self, said: &Said, value: Value) -> Value {
        let What::Feast { .. } = said.what else { return value };
        let words = |k: usize| said.start.checked_sub(k).map_or("", |i| self.atoms.word(i));
        let shift = match (words(1), words(2), words(3)) {
            ("of", "eve", _) => -1,
            ("of", "day", "first") => 0,
            ("of", "day", "second") => 1,
            ("of", "day", "third") => 2,
            _ => return value,
        };
        calendar::shift(value.start, shift).map_or(value, Value::day)
    }

    /// The day of a bare clock time: the one named before it in the paragraph, else today.
    fn clock_day(&self, part: Option<Part>, day_in_paragraph: bool) -> Option<Value> {
        let day = self.story.day.filter(|_| day_in_paragraph);
        match (day, part) {
            // After "the night of 13/14": the small hours are the second day's.
            (Some(v), Some(Part::Clock(h, _))) if v.grain == Grain::Days => {
                Some(Value::day(if h < 12 { v.end } else { v.start }))
            }
            (Some(v), _) => Some(Value::day(v.start)),
            (None, _) => self.story.today.map(Value::day),
        }
    }

    /// "20 January [Tuesday]", "Thursday [9 November]": a weekday beside its date is that date.
    fn bracketed(&mut self, said: &Said, value: Value, span: Span) -> Option<Value> {
        let Some(last) = self.out.last_mut() else {
            return Some(value);
        };
        let gap = self.atoms.text.get(last.span.end as usize..span.start as usize).unwrap_or("?");
        let beside = matches!(gap.trim(), "(" | "[" | ",") && value.grain == Grain::Day;
        let Some(before) = last.value.filter(|v| beside && v.start == v.end) else {
            return Some(value);
        };
        let same_weekday = calendar::weekday(before.start) == calendar::weekday(value.start);
        if !same_weekday {
            return Some(value);
        }
        if matches!(said.what, What::Weekday { .. }) {
            return Some(Value::day(before.start));
        }
        if matches!(said.what, What::Day { .. }) && last.rule == "dates/weekday" {
            let rest = last.timex.get(10..).unwrap_or("").to_string();
            last.timex = iso_day(value.start) + &rest;
            last.value = Some(value.range());
        }
        Some(value)
    }
}

/// Narrows a value to the part of it that was said: "early March", "the night of 6 May".
fn trim(said: &Said, value: Value, today: Option<Date>) -> Value {
    let (start, end) = (value.start, value.end);
    let midnight = matches!(said.part, Some(Part::Clock(24, _))) && value.grain == Grain::Day;
    if said.both || midnight {
        let end = calendar::shift(end, 1).unwrap_or(end);
        return Value { end, grain: Grain::Days, ..value };
    }
    let at = |from: i64, to: i64| {
        let (s, e) = (calendar::shift(start, from).unwrap_or(start), calendar::shift(start, to).unwrap_or(end));
        Value { start: s.min(end), end: e.min(end), ..value }
    };
    let length = i64::from((end - start).get_days()) + 1;
    match (said.edge, value.grain) {
        (Edge::Whole, _) | (_, Grain::Day | Grain::Days | Grain::Weekend) => value,
        (Edge::SoFar, _) => Value { end: today.map_or(end, |t| t.clamp(start, end)), ..value },
        (Edge::Rest, _) => Value { start: today.map_or(start, |t| t.clamp(start, end)), ..value },
        (Edge::Early, Grain::Month) => at(0, 9),
        (Edge::Mid, Grain::Month) => at(10, 19),
        (Edge::Late, Grain::Month) => at(20, length),
        (Edge::Early, Grain::Week) => at(0, 2),
        (Edge::Mid, Grain::Week) => at(2, 4),
        (Edge::Late, Grain::Week) => at(3, 6),
        (Edge::Early, _) => at(0, length / 3),
        (Edge::Mid, _) => at(length / 3, length * 2 / 3),
        (Edge::Late, _) => at(length * 2 / 3, length),
    }
}

/// The TimeML value of an expression.
fn timex(said: &Said, value: Option<Value>) -> String {
    match &said.what {
        What::Duration { .. } if value.is_some() => {}
        What::Duration { amount, unit } => return lengths::duration_value(*amount, *unit),
        What::Set(value) => return value.clone(),
        What::Reference(r) => return (*r).to_string(),
        What::Offset { amount: Amount::Some, unit, story: true, .. } => {
            return lengths::duration_value(Amount::Some, *unit);
        }
        What::Offset { amount: Amount::Some, forward, .. } => {
            return if *forward { "FUTURE_REF" } else { "PAST_REF" }.to_string();
        }
        What::Offset { amount, unit: unit @ (Unit::Second | Unit::Minute | Unit::Hour), .. } => {
            return lengths::duration_value(*amount, *unit);
        }
        _ => {}
    }
    let part = said.part.map(part_suffix);
    match (value, &said.what) {
        (Some(v), What::Overnight(_)) => iso_day(v.start) + "TNI",
        (Some(v), _) => match part {
            Some(p) => iso_day(v.start) + &p,
            None => v.timex(),
        },
        (None, What::Weekday { day, .. }) => format!("XXXX-WXX-{day}{}", part.unwrap_or_default()),
        (None, What::Day { month, day, .. }) => {
            format!("XXXX-{month:02}-{day:02}{}", part.unwrap_or_default())
        }
        (None, What::Month { month, .. }) => format!("XXXX-{month:02}"),
        (None, What::ClockOnly) => part.unwrap_or_default(),
        _ => String::new(),
    }
}

/// The TimeML type of an expression.
fn kind(said: &Said) -> &'static str {
    match &said.what {
        What::Duration { .. } if said.rule != "dates/day-of-clause" => "DURATION",
        What::Set(_) => "SET",
        What::ClockOnly | What::Overnight(_) => "TIME",
        What::Offset { unit: Unit::Second | Unit::Minute | Unit::Hour, .. } => "TIME",
        _ if said.part.is_some() => "TIME",
        _ => "DATE",
    }
}
