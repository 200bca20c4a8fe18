//! Reads every sentence of `data/dates/dates.test.tsv` with a small tokenizer and compares what is found.

use super::find;
use counterclaim_text::{DateMention, Rel, Sentence, Span, Syntax, Token, Upos, Xpos};

/// Tags good enough for the test sentences: no tree, closed-class words and endings.
fn tag(word: &str) -> (Upos, Xpos) {
    let lower = word.to_lowercase();
    match lower.as_str() {
        "will" | "may" => (Upos::Aux, Xpos::Md),
        "is" | "are" | "has" | "appears" | "runs" => (Upos::Aux, Xpos::Vbz),
        "was" | "were" | "had" | "left" | "came" | "fell" | "met" | "said" | "went" | "sold" | "spent" => {
            (Upos::Verb, Xpos::Vbd)
        }
        "in" | "on" | "at" | "of" | "by" | "from" | "since" | "for" | "until" | "between" | "over" | "before" => {
            (Upos::Adp, Xpos::In)
        }
        "the" | "a" | "an" | "this" => (Upos::Det, Xpos::Dt),
        "it" | "they" | "he" | "you" => (Upos::Pron, Xpos::Prp),
        _ if word.starts_with(|c: char| c.is_ascii_digit()) => (Upos::Num, Xpos::Cd),
        _ if !word.starts_with(char::is_alphanumeric) => (Upos::Punct, Xpos::Comma),
        _ if word.starts_with(char::is_uppercase) => (Upos::Propn, Xpos::Nnp),
        _ if lower.ends_with("ed") => (Upos::Verb, Xpos::Vbd),
        _ if lower.ends_with('s') || lower == "people" => (Upos::Noun, Xpos::Nns),
        _ => (Upos::Noun, Xpos::Nn),
    }
}

/// Words and single signs, one sentence to a full stop.
fn syntax(text: &str) -> Syntax {
    let mut out = Syntax::default();
    let mut start = 0;
    let mut from = 0;
    while let Some(c) = text[from..].chars().next() {
        let word = c.is_alphanumeric();
        let length = if word {
            text[from..].find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len() - from)
        } else {
            c.len_utf8()
        };
        let span = Span::new(from, from + length);
        from += length;
        if c.is_whitespace() {
            continue;
        }
        let (upos, xpos) = tag(span.of(text));
        let head = out.tokens.len() as u32;
        let lemma = Span::new(out.lemmas.len(), out.lemmas.len() + length);
        out.lemmas.push_str(&span.of(text).to_lowercase());
        out.tokens.push(Token { span, upos, xpos, head, rel: Rel::Root, lemma });
        if c == '.' && text[from..].starts_with(' ') {
            out.sentences.push(Sentence { start, end: head + 1 });
            start = head + 1;
        }
    }
    let end = out.tokens.len() as u32;
    if start < end {
        out.sentences.push(Sentence { start, end });
    }
    out
}

fn read(published: &str, text: &str) -> Vec<DateMention> {
    find(text, &syntax(text), published.parse().ok())
}

#[test]
fn table() {
    let table = include_str!("../../../../data/dates/dates.test.tsv");
    let mut wrong = Vec::new();
    for line in table.lines().skip(1) {
        let cells = line.split('\t').collect::<Vec<_>>();
        let [published, text, expression, start, end, timex] = cells[..] else { panic!("six cells: {line}") };
        let found = read(published, text);
        let shown = found
            .iter()
            .map(|m| {
                let (s, e) = m.value.map_or(Default::default(), |v| (v.start.to_string(), v.end.to_string()));
                (m.span.of(text), s, e, m.timex.clone())
            })
            .collect::<Vec<_>>();
        let expected = (expression, start.to_string(), end.to_string(), timex.to_string());
        let good = if expression == "-" { shown.is_empty() } else { shown.contains(&expected) };
        if !good {
            wrong.push(format!("{published} {text}\n  expected {expected:?}\n  found    {shown:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn datelines_and_stamps_are_marked() {
    for (text, word) in [
        ("KABUL, Dec 11 (AFP) - The inn closed.", "Dec 11"),
        ("Rawalpindi, 11 December 2024: The inn closed.", "11 December 2024"),
        ("17:42 The inn closed.", "17:42"),
        ("[21:14] The inn closed.", "21:14"),
        ("13 May. The inn closed.", "13 May"),
    ] {
        let found = read("2024-12-12", text);
        assert_eq!(found.iter().map(|m| (m.span.of(text), m.dateline)).collect::<Vec<_>>(), [(word, true)]);
    }
    let text = "On 11 December the inn closed: it rained.";
    assert!(read("2024-12-12", text).iter().all(|m| !m.dateline));
}

#[test]
fn junk_does_no_harm() {
    let junk = [
        "",
        "-",
        "\n\n",
        "'",
        "the",
        "the the the",
        "31/31/9999",
        "9999-99-99",
        "February 30",
        "0 Hamal 0000",
        "the night of",
        "between and",
        "last",
        "99999999999999999999 years ago",
        "4000000000 centuries later",
        "9999 years from now",
        "five hundred thousand decades ago",
        "’98",
        "1/1/1/1/1",
        "May May May 5 5 5",
        "early early late mid",
        "12:",
        ":12",
        "12:61",
        "25:00",
        "[",
        "[21",
        "a a a day",
        "Ünlü 3. März",
        "29 February",
        "the 31st of February 1900",
        "every",
        "Eid-",
        "'s",
        "half",
        "the end of the end of",
        "0 days ago",
        "Monday-Monday-Monday",
        "30/31 February",
    ];
    for text in junk {
        for published in ["-", "0001-01-01", "2024-02-29", "9999-12-31"] {
            read(published, text);
            read(published, &format!("on {text}\n\n{text} {text}"));
        }
    }
}

#[test]
fn tokens_and_spans_agree() {
    let text = "It rained on the night of 9/10 December, and not on Monday.";
    let layer = syntax(text);
    for m in find(text, &layer, "2024-12-12".parse().ok()) {
        let (first, last) = (layer.tokens[m.tokens.0 as usize], layer.tokens[m.tokens.1 as usize]);
        assert_eq!(first.span.join(last.span), m.span);
    }
}

/// Any cut of a text is read without a panic, whatever the tokens are.
#[test]
fn odd_tokens() {
    let text = "On the night of 9/10 December 2024, two-and-a-half years later, at 11 p.m. on Eid-ul-Fitr.";
    for width in 1..12 {
        let mut layer = Syntax::default();
        for at in (0..text.len()).step_by(width) {
            let span = Span::new(at, (at + width).min(text.len()));
            let head = layer.tokens.len() as u32 / 2;
            layer.tokens.push(Token {
                span,
                upos: Upos::X,
                xpos: Xpos::Xx,
                head,
                rel: Rel::Dep,
                lemma: Span::default(),
            });
        }
        find(text, &layer, "2024-12-12".parse().ok());
    }
}
