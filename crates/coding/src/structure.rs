//! The build of a report: paragraphs, questions and answers, scenario and outlook paragraphs, corrections, headings.

use crate::tree::Tree;
use counterclaim_lexicon::fold;

/// What kind of paragraph a token stands in.
pub struct Structure {
    /// Paragraph number of each token.
    pub paragraph: Vec<u32>,
    /// Token lies in a question or in a questioner's turn.
    pub question: Vec<bool>,
    /// Token lies in a scenario, option or outlook paragraph.
    pub scenario: Vec<bool>,
    /// Token lies in a correction that withdraws what it repeats.
    pub withdrawn: Vec<bool>,
}

const SCENARIO: &[&str] = &[
    "path",
    "option",
    "scenario",
    "outlook",
    "looking ahead",
    "forecast",
    "what next",
    "let us imagine",
    "imagine",
    "suppose",
    "recommendation",
];
const QUESTION: &[&str] = &["q", "question"];

/// Reads the build of a report.
pub fn read(tree: &Tree) -> Structure {
    let paragraph = tree.paragraphs();
    let n = tree.len();
    let mut out =
        Structure { question: vec![false; n], scenario: vec![false; n], withdrawn: vec![false; n], paragraph };
    let mut start = 0;
    while start < n {
        let p = out.paragraph[start];
        let end = (start..n).find(|i| out.paragraph[*i] != p).unwrap_or(n);
        let text = tree.span_of(start, end - 1).of(tree.text);
        let lead = fold(text.chars().take(40).collect::<String>().trim_start_matches(|c: char| !c.is_alphanumeric()));
        let label = lead.split([':', '.', ',', '(']).next().unwrap_or("").trim().to_string();
        let asked = QUESTION.iter().any(|q| label == *q) && text.contains(':');
        let scenario = SCENARIO
            .iter()
            .any(|s| label.starts_with(s) && label.len() <= s.len() + 8 || lead.starts_with("let us imagine"));
        let withdrawn = label == "correction" && !lead.is_empty();
        for i in start..end {
            out.question[i] = asked;
            out.scenario[i] = scenario;
            out.withdrawn[i] = withdrawn;
        }
        start = end;
    }
    for s in &tree.syntax.sentences {
        let asks = s.tokens().rev().take(3).any(|i| tree.word(i).contains('?'));
        if asks {
            for i in s.tokens() {
                out.question[i] = true;
            }
        }
    }
    out
}
