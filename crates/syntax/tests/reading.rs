//! What the embedded model must get right on plain and on awkward text. All sentences are invented.

use counterclaim_syntax::Model;
use counterclaim_text::{NameClass, SpeechPart, Syntax, Upos};

fn words(text: &str) -> Vec<Vec<&str>> {
    let got = Model::embedded().parse(text);
    got.sentences.iter().map(|s| s.tokens().map(|i| got.tokens[i].span.of(text)).collect()).collect()
}

fn flat(text: &str) -> Vec<&str> {
    words(text).concat()
}

/// Every promise the layer makes about its own shape.
fn check(text: &str) -> Syntax {
    let got = Model::embedded().parse(text);
    let mut next = 0;
    for s in &got.sentences {
        assert_eq!(s.start, next);
        assert!(s.end > s.start);
        next = s.end;
        let roots = s.tokens().filter(|&i| got.head(i).is_none()).count();
        assert_eq!(roots, 1, "{text:?}");
        for i in s.tokens() {
            assert!(s.tokens().contains(&(got.tokens[i].head as usize)));
        }
    }
    assert_eq!(next as usize, got.tokens.len());
    let mut at = 0;
    for t in &got.tokens {
        assert!(t.span.start >= at && !t.span.is_empty());
        assert!(text.get(t.span.start as usize..t.span.end as usize).is_some());
        at = t.span.end;
    }
    let mut at = 0;
    for n in &got.names {
        assert!(n.start >= at && n.start < n.end && n.end <= next, "{text:?}");
        assert_eq!(got.sentence_of(n.start as usize), got.sentence_of(n.end as usize - 1), "{text:?}");
        at = n.end;
    }
    let mut at = 0;
    for m in &got.speech {
        assert!(m.start >= at && m.start < m.end && m.end <= next, "{text:?}");
        at = m.end;
    }
    let letters = |s: &str| s.chars().filter(|c| !c.is_whitespace()).count();
    let kept: usize = got.tokens.iter().map(|t| letters(t.span.of(text))).sum();
    assert_eq!(kept, letters(text), "every character belongs to a word");
    got
}

#[test]
fn contractions_and_possessives() {
    assert_eq!(flat("They don't sail."), ["They", "do", "n't", "sail", "."]);
    assert_eq!(flat("They don’t sail."), ["They", "do", "n’t", "sail", "."]);
    assert_eq!(flat("We cannot wait."), ["We", "can", "not", "wait", "."]);
    assert_eq!(flat("The harbour's lights failed."), ["The", "harbour", "'s", "lights", "failed", "."]);
    assert_eq!(flat("The sailors’ boats burned."), ["The", "sailors", "’", "boats", "burned", "."]);
}

#[test]
fn marks_and_compounds() {
    assert_eq!(flat("a well-known ferry"), ["a", "well", "-", "known", "ferry"]);
    assert_eq!(flat("It cost $30 (about €27)."), ["It", "cost", "$", "30", "(", "about", "€", "27", ")", "."]);
    assert_eq!(flat("“The pier,” he said, “is closed.”").len(), 13);
    assert_eq!(flat("It opened at 11:30 on Monday"), ["It", "opened", "at", "11:30", "on", "Monday"]);
    assert_eq!(flat("The ferry—late again—left."), ["The", "ferry", "—", "late", "again", "—", "left", "."]);
    assert_eq!(flat("See http://www.example.org/ferry?id=3 now"), ["See", "http://www.example.org/ferry?id=3", "now"]);
    assert_eq!(flat("Write to desk@example.org today"), ["Write", "to", "desk@example.org", "today"]);
}

#[test]
fn sentences_end_where_they_should() {
    assert_eq!(words("The ferry sank. Nobody was hurt.").len(), 2);
    assert_eq!(words("Dr. Marlow met Mr. Tennet in the U.S. on Friday.").len(), 1);
    assert_eq!(words("They left the area.Additionally, two boats stayed.").len(), 2);
    assert_eq!(words("Harbour reopens\n\nThe harbour reopened on Monday.").len(), 2);
    assert_eq!(words("“Is it safe?” she asked. “It is.”").len(), 2);
}

#[test]
fn a_simple_clause_is_understood() {
    let text = "Two masked men attacked the harbour office in Marlow on Monday.";
    let got = check(text);
    let at = |w: &str| got.tokens.iter().position(|t| t.span.of(text) == w).expect("word");
    assert_eq!(got.tokens[at("attacked")].upos, Upos::Verb);
    assert_eq!(got.head(at("attacked")), None);
    assert_eq!(got.head(at("men")), Some(at("attacked")));
    assert_eq!(got.tokens[at("men")].rel.as_str(), "nsubj");
    assert_eq!(got.tokens[at("office")].rel.as_str(), "obj");
    assert_eq!(got.lemma(at("men")), "man");
    assert_eq!(got.lemma(at("attacked")), "attack");
    assert_eq!(got.lemma(at("Marlow")), "Marlow");
}

#[test]
fn capitals_are_read_like_other_text() {
    let text = "TWO MASKED MEN ATTACKED THE HARBOUR OFFICE ON MONDAY.";
    let got = check(text);
    assert_eq!(got.tokens[3].rel.as_str(), "root");
    assert_eq!(got.tokens[2].rel.as_str(), "nsubj");
    assert_eq!(got.lemma(3), "attack");
}

#[test]
fn odd_text_is_survived() {
    for text in [
        "",
        " ",
        "\n\n\n",
        "\u{feff}",
        "🙂🙂 🙂",
        "́",
        "a\0b",
        "....!!!???",
        "((((((",
        "Ωμέγα привет 你好世界",
        "\u{200b}x\u{200b}",
        "- \n- \n",
        "''''``",
        "@ # $ % ^",
    ] {
        check(text);
    }
    check(&"x".repeat(100_000));
    check(&"é!".repeat(30_000));
    check(&"word ".repeat(20_000));
    check(&"\n".repeat(10_000));
}

#[test]
fn pseudo_random_text_is_survived() {
    let alphabet: Vec<char> = "aA zZ09.,'\"’“—-()[]\n\t@#:/é\u{301}你🙂\u{a0}".chars().collect();
    let mut x = 7u64;
    for _ in 0..300 {
        let mut text = String::new();
        for _ in 0..120 {
            x = x.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            text.push(alphabet[(x >> 33) as usize % alphabet.len()]);
        }
        check(&text);
    }
}

#[test]
fn given_words_are_kept() {
    let got = Model::embedded().parse_tokens(&[vec!["Boats", "sank", "."], vec![], vec!["Help", "came", "."]]);
    assert_eq!(got.sentences.len(), 2);
    assert_eq!(got.tokens.len(), 6);
    assert_eq!(got.lemma(4), "come");
}

#[test]
fn names_have_classes() {
    let text = "Maria Fernandes of the United Nations flew from Nairobi to Kabul on Monday.";
    let got = Model::embedded().parse(text);
    let span = |a: u32, b: u32| got.tokens[a as usize].span.join(got.tokens[b as usize - 1].span).of(text);
    let names: Vec<_> = got.names.iter().map(|n| (n.class, span(n.start, n.end))).collect();
    use NameClass::{Organisation, Person, Place};
    assert!(names.contains(&(Person, "Maria Fernandes")), "{names:?}");
    assert!(names.contains(&(Organisation, "United Nations")), "{names:?}");
    assert!(names.contains(&(Place, "Nairobi")) && names.contains(&(Place, "Kabul")), "{names:?}");
}

#[test]
fn speech_has_a_source_a_cue_and_a_content() {
    let text = "The harbour master said that the boats would be late.";
    let got = Model::embedded().parse(text);
    let span = |a: u32, b: u32| got.tokens[a as usize].span.join(got.tokens[b as usize - 1].span).of(text);
    let marks: Vec<_> = got.speech.iter().map(|m| (m.part, span(m.start, m.end))).collect();
    let want = [
        (SpeechPart::Source, "The harbour master"),
        (SpeechPart::Cue, "said"),
        (SpeechPart::Content, "that the boats would be late"),
    ];
    assert_eq!(marks, want);
}

#[test]
fn a_dateline_is_a_sentence_of_its_own() {
    let got = words("NAIROBI, May 4 (Example Wire) — The boats left at noon.");
    assert_eq!(got[1], ["The", "boats", "left", "at", "noon", "."]);
}
