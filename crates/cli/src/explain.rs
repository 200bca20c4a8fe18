//! `counterclaim explain`: each sentence with its tree, the rules that fired, what they bound, and what was dropped.

use crate::args::ExplainArgs;
use crate::progress::Progress;
use crate::{inputs, output};
use anyhow::Result;
use counterclaim_reader::brief::clean;
use counterclaim_reader::text::{NameClass, Report, Sentence, Span, SpeechPart, Syntax};
use counterclaim_reader::{Explanation, Trace};
use std::fmt::Write;
use std::process::ExitCode;

/// Words shown of a sentence.
const SENTENCE: usize = 2000;
/// Words shown of a token or a binding.
const WORD: usize = 80;
/// Levels that are still drawn deeper; below, the depth is given as a number.
const DEEPEST: usize = 24;
/// Column in which relations stand.
const COLUMN: usize = 36;

/// Explains every report.
pub fn run(args: &ExplainArgs) -> Result<ExitCode> {
    let progress = Progress::start();
    let (intake, sound) = inputs::take(&args.inputs, &progress)?;
    progress.stage("explaining", intake.reports.len());
    let reader = crate::read::reader(args.inputs.gazetteer.as_deref())?;
    let mut out = String::new();
    for report in &intake.reports {
        explain(&mut out, report, &reader.explain(report));
        progress.advance();
    }
    drop(progress);
    output::write(args.output.as_deref(), out.as_bytes())?;
    Ok(if sound { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Adds the explanation of one report. Writing into a string cannot fail, so results of `writeln!` are dropped.
fn explain(out: &mut String, report: &Report, explanation: &Explanation) {
    let Explanation { note, syntax, traces } = explanation;
    let title = if report.title.is_empty() { String::new() } else { format!(" {}", clean(&report.title, WORD)) };
    let sentences = match syntax.sentences.len() {
        0 => "no sentence was found".to_owned(),
        1 => "1 sentence".to_owned(),
        n => format!("{n} sentences"),
    };
    let _ = writeln!(out, "report {}{title}: {sentences}", clean(&report.id, WORD));
    if let Some(note) = note {
        let _ = writeln!(out, "note: {note}");
    }
    let mut rest = &traces[..];
    for (n, sentence) in syntax.sentences.iter().enumerate() {
        let span = syntax.sentence_span(*sentence);
        let words = clean(span.of(&report.text), SENTENCE);
        let _ = writeln!(
            out,
            "\nsentence {} [{}:{}-{}]\n  {words}\n",
            n + 1,
            clean(&report.id, WORD),
            span.start,
            span.end
        );
        tree(out, &report.text, syntax, *sentence);
        marks(out, &report.text, syntax, *sentence);
        let here = rest.partition_point(|t| t.trigger < sentence.end);
        rules(out, &report.text, syntax, &rest[..here]);
        rest = &rest[here..];
    }
    out.push('\n');
}

/// Lists the names and the parts of reported speech that begin in a sentence.
fn marks(out: &mut String, text: &str, syntax: &Syntax, sentence: Sentence) {
    let mut line = |what: &str, start: u32, end: u32| {
        let span = syntax.tokens[start as usize].span.join(syntax.tokens[end as usize - 1].span);
        let _ = writeln!(out, "  {what:<12} “{}” [{}-{}]", clean(span.of(text), SENTENCE), span.start, span.end);
    };
    let names = syntax.names.partition_point(|n| n.start < sentence.start);
    let speech = syntax.speech.partition_point(|s| s.start < sentence.start);
    let names = syntax.names[names..].iter().take_while(|n| n.start < sentence.end);
    let speech = syntax.speech[speech..].iter().take_while(|s| s.start < sentence.end);
    let mut any = false;
    for n in names {
        any = true;
        let class = match n.class {
            NameClass::Person => "person",
            NameClass::Organisation => "organisation",
            NameClass::Place => "place",
            NameClass::People => "people",
            NameClass::Other => "other name",
        };
        line(class, n.start, n.end);
    }
    for s in speech {
        any = true;
        let part = match s.part {
            SpeechPart::Source => "source",
            SpeechPart::Cue => "cue",
            SpeechPart::Content => "content",
        };
        line(part, s.start, s.end);
    }
    if any {
        out.push('\n');
    }
}

/// Draws the tree: heads above what depends on them, in the order of the text.
fn tree(out: &mut String, text: &str, syntax: &Syntax, sentence: Sentence) {
    let first = sentence.tokens().start;
    let mut children: Vec<Vec<usize>> = vec![vec![]; sentence.tokens().len()];
    let mut roots = vec![];
    for i in sentence.tokens() {
        match syntax.head(i).filter(|h| sentence.tokens().contains(h)) {
            Some(head) => children[head - first].push(i),
            None => roots.push(i),
        }
    }
    // A stack instead of recursion: a damaged text can give trees as deep as they are long.
    let mut stack: Vec<(usize, usize)> = roots.into_iter().rev().map(|i| (i, 0)).collect();
    while let Some((i, depth)) = stack.pop() {
        let token = &syntax.tokens[i];
        let indent = if depth > DEEPEST { format!("{}({depth}) ", "  ".repeat(DEEPEST)) } else { "  ".repeat(depth) };
        let word = format!("  {indent}{}", clean(token.span.of(text), WORD));
        let fill = " ".repeat(COLUMN.saturating_sub(word.chars().count()).max(2));
        let (rel, upos, xpos) = (token.rel.as_str(), token.upos.as_str(), token.xpos.as_str());
        let _ = writeln!(out, "{word}{fill}{rel:<13} {upos:<5} {xpos:<5} {}", clean(syntax.lemma(i), WORD));
        stack.extend(children[i - first].iter().rev().map(|c| (*c, depth + 1)));
    }
}

fn rules(out: &mut String, text: &str, syntax: &Syntax, traces: &[Trace]) {
    out.push('\n');
    if traces.is_empty() {
        out.push_str("  no rule fired\n");
    }
    for trace in traces {
        let trigger = syntax.tokens.get(trace.trigger as usize).map_or(Span::default(), |t| t.span);
        let fate = match &trace.dropped {
            None => "kept".to_owned(),
            Some(why) => format!("dropped: {}", clean(why, SENTENCE)),
        };
        let _ = writeln!(out, "  {} on {}: {fate}", trace.rule, at(text, trigger));
        for (role, span, value) in &trace.bound {
            let _ = writeln!(out, "    {role:<12} {} = {}", at(text, *span), clean(value, WORD));
        }
    }
}

fn at(text: &str, span: Span) -> String {
    format!("“{}” [{}-{}]", clean(span.of(text), WORD), span.start, span.end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use counterclaim_reader::text::{Rel, Token, Upos, Xpos};
    use expect_test::expect;

    #[test]
    fn a_sentence_with_its_tree_and_rules() {
        let text = "Jets should strike Khost";
        let words = [
            ("Jets", "jet", Upos::Noun, Xpos::Nns, Rel::Nsubj, 2),
            ("should", "should", Upos::Aux, Xpos::Md, Rel::Aux, 2),
            ("strike", "strike", Upos::Verb, Xpos::Vb, Rel::Root, 2),
            ("Khost", "Khost", Upos::Propn, Xpos::Nnp, Rel::Obj, 2),
        ];
        let mut syntax = Syntax::default();
        for (word, lemma, upos, xpos, rel, head) in words {
            let start = text.find(word).unwrap();
            let lemma_start = syntax.lemmas.len();
            syntax.lemmas.push_str(lemma);
            let lemma = Span::new(lemma_start, syntax.lemmas.len());
            syntax.tokens.push(Token { span: Span::new(start, start + word.len()), upos, xpos, head, rel, lemma });
        }
        syntax.sentences.push(Sentence { start: 0, end: 4 });
        let trace = Trace {
            trigger: 2,
            rule: "events/air-strike/strike".into(),
            bound: vec![("place".into(), Span::new(19, 24), "Khost".into())],
            dropped: Some("modality: normative".into()),
        };
        let report = Report { id: "r1".into(), text: text.into(), ..Report::default() };
        let mut out = String::new();
        explain(&mut out, &report, &Explanation { note: None, syntax, traces: vec![trace] });
        expect![[r#"
            report r1: 1 sentence

            sentence 1 [r1:0-24]
              Jets should strike Khost

              strike                            root          VERB  VB    strike
                Jets                            nsubj         NOUN  NNS   jet
                should                          aux           AUX   MD    should
                Khost                           obj           PROPN NNP   Khost

              events/air-strike/strike on “strike” [12-18]: dropped: modality: normative
                place        “Khost” [19-24] = Khost

        "#]]
        .assert_eq(&out);
    }
}
