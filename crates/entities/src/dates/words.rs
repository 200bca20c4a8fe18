//! The vocabulary of dates: names of days, months, seasons and feasts, read once from `data/dates`.

use std::sync::OnceLock;

/// What a word or phrase can be in a date expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// "Monday": 1 for Monday to 7.
    Weekday,
    /// "Mon": only next to a date.
    WeekdayShort,
    /// "December": 1 to 12.
    Month,
    /// "May", "March": also a modal, a verb, a name.
    MonthOrWord,
    /// "Dec".
    MonthShort,
    /// Islamic months.
    Hijri,
    /// Solar Hijri months.
    Solar,
    /// 1 for spring to 4 for winter.
    Season,
    /// Parts of the day: 1 morning, 2 afternoon, 3 evening, 4 night.
    Part,
    /// Units of time, in the order of `Unit`.
    Unit,
    /// "seven".
    Cardinal,
    /// "seventh".
    Ordinal,
    /// "several": 0, or the number meant ("a couple of": 2), or -1 for "half a".
    Vague,
    /// "recently": 1 past, 2 present, 3 future.
    Reference,
    /// "daily": the unit that recurs.
    Often,
    /// "Movement" after "March 23": the whole is a name.
    Namesake,
    /// "Times" after "Sunday".
    Masthead,
    /// Verbs whose infinitive lies in the future ("plans to").
    Planning,
    /// Any other word that can open an expression: "the", "yesterday".
    Opener,
    /// Feasts; the value is an index into `Words::holidays`.
    Holiday,
}

impl Class {
    fn parse(s: &str) -> Option<Class> {
        Some(match s {
            "weekday" => Class::Weekday,
            "weekday-short" => Class::WeekdayShort,
            "month" => Class::Month,
            "month-or-word" => Class::MonthOrWord,
            "month-short" => Class::MonthShort,
            "hijri" => Class::Hijri,
            "solar" => Class::Solar,
            "season" => Class::Season,
            "part" => Class::Part,
            "unit" => Class::Unit,
            "cardinal" => Class::Cardinal,
            "ordinal" => Class::Ordinal,
            "vague" => Class::Vague,
            "reference" => Class::Reference,
            "often" => Class::Often,
            "namesake" => Class::Namesake,
            "masthead" => Class::Masthead,
            "opener" => Class::Opener,
            "planning" => Class::Planning,
            _ => return None,
        })
    }
}

/// When a feast falls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Feast {
    /// Month and day of the Gregorian year.
    Fixed(u8, u8),
    /// Days from Easter Sunday.
    Easter(i16),
    /// Month and day of the Islamic year.
    Hijri(u8, u8),
    /// Month and day of the Solar Hijri year.
    Solar(u8, u8),
}

/// One row of the vocabulary.
pub(super) struct Row {
    /// The phrase, word by word, in lower case.
    pub words: Vec<&'static str>,
    /// What it can be.
    pub class: Class,
    /// Its number within the class.
    pub value: i32,
}

/// The whole vocabulary.
pub(super) struct Words {
    rows: Vec<Row>,
    /// For every first byte, how many rows begin with a smaller one: a look-up then searches few rows.
    starts: Vec<u32>,
    /// Rule and length in days of every feast.
    pub holidays: Vec<(Feast, u8)>,
}

impl Words {
    /// Index range of the rows whose first word is `first`.
    pub fn starting_with(&self, first: &str) -> (u32, u32) {
        let Some(byte) = first.bytes().next().map(usize::from) else { return (0, 0) };
        let (low, high) = (self.starts[byte] as usize, self.starts[byte + 1] as usize);
        let from = low + self.rows[low..high].partition_point(|r| r.words[0] < first);
        let to = from + self.rows[from..high].partition_point(|r| r.words[0] == first);
        (from as u32, to as u32)
    }

    /// The rows of an index range from `starting_with`.
    pub fn rows(&self, range: (u32, u32)) -> &[Row] {
        self.rows.get(range.0 as usize..range.1 as usize).unwrap_or(&[])
    }
}

fn feast(rule: &str) -> Option<Feast> {
    let month_day = |s: &str| -> Option<(u8, u8)> {
        let (m, d) = s.split_once('-')?;
        Some((m.parse().ok()?, d.parse().ok()?))
    };
    if let Some(offset) = rule.strip_prefix("easter") {
        return Some(Feast::Easter(offset.parse().ok()?));
    }
    if let Some(rest) = rule.strip_prefix("hijri ") {
        return month_day(rest).map(|(m, d)| Feast::Hijri(m, d));
    }
    if let Some(rest) = rule.strip_prefix("solar ") {
        return month_day(rest).map(|(m, d)| Feast::Solar(m, d));
    }
    month_day(rule).map(|(m, d)| Feast::Fixed(m, d))
}

fn parse(words: &'static str, holidays: &'static str) -> Words {
    let mut out = Words { rows: Vec::new(), starts: Vec::new(), holidays: Vec::new() };
    for line in words.lines().skip(1) {
        let mut cells = line.split('\t');
        let (Some(phrase), Some(class), Some(value)) = (cells.next(), cells.next(), cells.next()) else {
            continue;
        };
        let (Some(class), Ok(value)) = (Class::parse(class), value.parse()) else {
            continue;
        };
        out.rows.push(Row { words: phrase.split(' ').collect(), class, value });
    }
    for line in holidays.lines().skip(1) {
        let mut cells = line.split('\t');
        let (Some(phrase), Some(rule), Some(days)) = (cells.next(), cells.next(), cells.next()) else {
            continue;
        };
        let (Some(feast), Ok(days)) = (feast(rule), days.parse()) else {
            continue;
        };
        let value = out.holidays.len() as i32;
        out.holidays.push((feast, days));
        out.rows.push(Row { words: phrase.split(' ').collect(), class: Class::Holiday, value });
    }
    // Longer phrases first among those that begin alike, so that the first match is the longest.
    out.rows
        .sort_by(|a, b| a.words[0].cmp(b.words[0]).then(b.words.len().cmp(&a.words.len())).then(a.words.cmp(&b.words)));
    let smaller = |byte: u16| out.rows.partition_point(|r| r.words[0].bytes().next().map_or(0, u16::from) < byte);
    out.starts = (0..=256).map(|byte| smaller(byte) as u32).collect();
    out
}

/// The vocabulary, parsed at first use.
pub(super) fn words() -> &'static Words {
    static WORDS: OnceLock<Words> = OnceLock::new();
    WORDS.get_or_init(|| {
        parse(include_str!("../../../../data/dates/words.tsv"), include_str!("../../../../data/dates/holidays.tsv"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_understood() {
        let lines = include_str!("../../../../data/dates/words.tsv").lines().count() - 1
            + include_str!("../../../../data/dates/holidays.tsv").lines().count()
            - 1;
        assert_eq!(words().rows.len(), lines);
    }
}
