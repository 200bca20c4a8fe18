//! Numbers in words and digits, with "at least", "a dozen" and ranges; ages, years and measures are left out.

use counterclaim_lexicon::fold;
use counterclaim_text::{DateMention, Quantity, Span, Syntax, Upos, Xpos};

/// The value of a number word ("seven", "twenty-three", "hundred"), if it is one.
///
/// # Example
/// ```
/// assert_eq!(counterclaim_entities::number_word("thirty-eight"), Some(38));
/// ```
pub fn number_word(word: &str) -> Option<u64> {
    if let Some((a, b)) = word.split_once('-') {
        let (a, b) = (number_word(a)?, number_word(b)?);
        return (a >= 20 && a % 10 == 0 && b < 10).then_some(a + b);
    }
    Some(match word {
        "zero" | "nil" => 0,
        "one" => 1,
        "two" | "pair" | "couple" => 2,
        "three" => 3,
        "four" => 4,
        "five" => 5,
        "six" => 6,
        "seven" => 7,
        "eight" => 8,
        "nine" => 9,
        "ten" => 10,
        "eleven" => 11,
        "twelve" | "dozen" => 12,
        "thirteen" => 13,
        "fourteen" => 14,
        "fifteen" => 15,
        "sixteen" => 16,
        "seventeen" => 17,
        "eighteen" => 18,
        "nineteen" => 19,
        "twenty" => 20,
        "thirty" => 30,
        "forty" => 40,
        "fifty" => 50,
        "sixty" => 60,
        "seventy" => 70,
        "eighty" => 80,
        "ninety" => 90,
        "hundred" => 100,
        "thousand" => 1000,
        "million" => 1_000_000,
        _ => return None,
    })
}

fn digits(s: &str) -> Option<u64> {
    let plain: String = s.chars().filter(|c| *c != ',').collect();
    let grouped = s.split(',').skip(1).all(|g| g.len() == 3);
    (grouped && !plain.is_empty() && plain.len() <= 9 && plain.bytes().all(|b| b.is_ascii_digit()))
        .then(|| plain.parse().ok())
        .flatten()
}

/// Units after a number that make it a measure, an age or a share, not a count of people.
const MEASURES: &[&str] = &[
    "metre",
    "meter",
    "kilometre",
    "kilometer",
    "km",
    "mile",
    "yard",
    "foot",
    "inch",
    "hectare",
    "acre",
    "rupee",
    "dollar",
    "euro",
    "pound",
    "lira",
    "percent",
    "per",
    "%",
    "year",
    "month",
    "week",
    "day",
    "hour",
    "minute",
    "second",
    "o'clock",
    "am",
    "pm",
    "a.m.",
    "p.m.",
    "gmt",
    "degree",
    "ton",
    "tonne",
    "kilogram",
    "kg",
    "litre",
    "barrel",
    "crore",
    "lakh",
    "time",
    "point",
    "year-old",
    "hrs",
    "round",
    "shell",
    "rocket",
];

/// Finds the quantities of a text. Tokens inside dates are left out.
pub fn find(text: &str, syntax: &Syntax, dates: &[DateMention]) -> Vec<Quantity> {
    let mut in_date = vec![false; syntax.tokens.len()];
    for d in dates.iter().filter(|d| d.kind != "DURATION" || d.value.is_some()) {
        for flag in &mut in_date[d.tokens.0 as usize..=(d.tokens.1 as usize).min(syntax.tokens.len().saturating_sub(1))]
        {
            *flag = true;
        }
    }
    let word = |i: usize| fold(syntax.tokens[i].span.of(text));
    let mut out = Vec::new();
    let mut i = 0;
    while i < syntax.tokens.len() {
        if in_date[i] {
            i += 1;
            continue;
        }
        let (start, mut end, mut value, mut vague) = (i, i, None::<u64>, false);
        let mut group = 0u64;
        while end < syntax.tokens.len() && !in_date[end] {
            let w = word(end);
            let joins = end > start;
            let v = digits(&w).or_else(|| number_word(&w));
            match v {
                Some(m @ (100 | 1000 | 1_000_000)) if joins && !w.starts_with(|c: char| c.is_ascii_digit()) => {
                    group = group.max(1).saturating_mul(m);
                }
                Some(12) if w == "dozen" && joins => group = group.max(1).saturating_mul(12),
                Some(v) if !joins => group = v,
                Some(v)
                    if joins
                        && group.is_multiple_of(10)
                        && v < group
                        && !w.starts_with(|c: char| c.is_ascii_digit()) =>
                {
                    group += v
                }
                None if joins
                    && (w == "-" || (w == "and" && group >= 100))
                    && end + 1 < syntax.tokens.len()
                    && number_word(&word(end + 1)).is_some_and(|v| v < group) =>
                {
                    end += 1;
                    continue;
                }
                _ => break,
            }
            value = Some(group);
            end += 1;
        }
        if value.is_none() {
            let w = word(i);
            let numeric = match w.as_str() {
                "dozens" | "scores" | "hundreds" | "thousands" | "several" | "many" | "numerous" => {
                    vague = true;
                    Some(2)
                }
                "no" | "none" | "nobody" if syntax.tokens[i].upos != Upos::Intj => Some(0),
                _ => None,
            };
            match numeric {
                Some(v) => {
                    value = Some(v);
                    end = i + 1;
                }
                None => {
                    i += 1;
                    continue;
                }
            }
        }
        let last = end.max(start + 1) - 1;
        let v = value.unwrap_or(0);
        if accepted(text, syntax, start, last, v) {
            let mut span = syntax.tokens[start].span.join(syntax.tokens[last].span);
            // "at least", "more than" belong to the words, not to the figure.
            if start >= 2 {
                let lead = (word(start - 2), word(start - 1));
                if matches!(
                    (lead.0.as_str(), lead.1.as_str()),
                    ("at", "least" | "most") | ("more" | "fewer" | "less", "than") | ("up", "to")
                ) {
                    span = Span { start: syntax.tokens[start - 2].span.start, end: span.end };
                }
            }
            // "half a dozen" is six.
            let half = v == 12 && start >= 2 && word(start - 1) == "a" && word(start - 2) == "half";
            let v = if half { 6 } else { v };
            out.push(Quantity { span, tokens: (start as u32, last as u32), low: v, high: v, vague });
        }
        i = last + 1;
    }
    ranges(text, syntax, out)
}

/// Joins "15 to 20", "15-20", "two or three" and "between 15 and 20" into one quantity with a low and a high.
fn ranges(text: &str, syntax: &Syntax, found: Vec<Quantity>) -> Vec<Quantity> {
    let word = |i: u32| fold(syntax.tokens[i as usize].span.of(text));
    let mut out: Vec<Quantity> = Vec::new();
    for q in found {
        if let Some(last) = out.last_mut().filter(|p| {
            let between = p.tokens.0 > 0 && word(p.tokens.0 - 1) == "between";
            q.tokens.0 == p.tokens.1 + 2
                && match word(p.tokens.1 + 1).as_str() {
                    "to" | "or" => true,
                    // "15-20", but not "UPDATE 1-Two killed".
                    "-" | "\u{2013}" => {
                        number_word(&word(p.tokens.1)).is_some() == number_word(&word(q.tokens.0)).is_some()
                    }
                    "and" => between,
                    _ => false,
                }
                && p.low == p.high
                && p.low > 0
                && p.low < q.low
                && q.low <= p.low.saturating_mul(5)
                && !p.vague
                && !q.vague
        }) {
            last.high = q.high;
            last.span = last.span.join(q.span);
            last.tokens.1 = q.tokens.1;
        } else {
            out.push(q);
        }
    }
    out
}

/// False for ages, years, ordinals, measures, clock times and numbers inside names.
fn accepted(text: &str, syntax: &Syntax, first: usize, last: usize, value: u64) -> bool {
    let t = &syntax.tokens;
    let word = |i: usize| t.get(i).map_or(String::new(), |t| fold(t.span.of(text)));
    // In headlines a number may be taken for a name ("Two Soldiers Killed"); inside a name it follows another name.
    let named = t[first].upos == Upos::Propn && first > 0 && t[first - 1].upos == Upos::Propn;
    if named || (t[first].upos == Upos::Pron && value == 1) {
        return false;
    }
    // "one of the passes", "one" as a pronoun still counts; a hyphen after the number makes a compound ("20-kilometre").
    if word(last + 1) == "-"
        && t[last + 1].span.start == t[last].span.end
        && number_word(&word(last + 2)).is_none_or(|v| v >= 10)
        && digits(&word(last + 2)).is_none()
    {
        return false;
    }
    let lemma = syntax.lemma((last + 1).min(t.len() - 1)).to_lowercase();
    if last + 1 < t.len() && (MEASURES.contains(&lemma.as_str()) || MEASURES.contains(&word(last + 1).as_str())) {
        return false;
    }
    let before = if first > 0 { word(first - 1) } else { String::new() };
    let after = word(last + 1);
    // "Babar Niazi, 31, embraced", "aged 20", "born in 1948".
    let age = (before == ","
        && matches!(after.as_str(), "," | "." | ")")
        && first >= 2
        && t[first - 2].upos == Upos::Propn
        && value < 120)
        || matches!(before.as_str(), "aged" | "age" | "no" | "no." | "number" | "pr" | "option" | "path" | "brief")
        || matches!(before.as_str(), "$" | "€" | "£" | "#" | "@");
    let year = (1900..2100).contains(&value)
        && t[first].span.len() == 4
        && matches!(before.as_str(), "in" | "since" | "of" | "by" | "from" | "until" | "/" | "-" | ",");
    let ordinal = t[first].xpos == Xpos::Jj && value < 12 && word(first).ends_with("th");
    !(age || year || ordinal)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(text: &str) -> Vec<u64> {
        let syntax = counterclaim_syntax::Model::embedded().parse(text);
        find(text, &syntax, &[]).iter().map(|q| q.low).collect()
    }

    #[test]
    fn words_and_digits_are_counted() {
        assert_eq!(values("At least a dozen guards and twenty-three traders were hurt."), [12, 23]);
        assert_eq!(values("More than 4,100 people were sent back."), [4100]);
    }

    #[test]
    fn ranges_keep_both_ends() {
        let both = |text: &str| {
            let syntax = counterclaim_syntax::Model::embedded().parse(text);
            find(text, &syntax, &[]).iter().map(|q| (q.low, q.high)).collect::<Vec<_>>()
        };
        assert_eq!(both("They counted 15 to 20 bodies and two or three boats."), [(15, 20), (2, 3)]);
        assert_eq!(both("Between 40 and 50 guards left, half a dozen stayed."), [(40, 50), (6, 6)]);
        assert_eq!(both("UPDATE 1-Two killed in shelling."), [(1, 1), (2, 2)]);
        assert_eq!(both("Six men and 4 boys, from nine to five, came."), [(6, 6), (4, 4), (9, 9), (5, 5)]);
    }

    #[test]
    fn ages_measures_and_birth_years_are_no_counts() {
        assert_eq!(values("A porter aged 20 stood fifty metres from the gate."), [] as [u64; 0]);
    }

    #[test]
    fn endless_dozens_do_not_overflow() {
        let text = format!("They saw a {}men.", "dozen ".repeat(60));
        assert!(values(&text).iter().all(|v| *v > 0));
    }
}
