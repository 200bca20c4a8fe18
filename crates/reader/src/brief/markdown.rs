//! The brief as Markdown (GitHub's dialect), for mail, wikis and issue trackers.

use super::page::{Cite, IncidentPart, Said, Table, page};
use super::words;
use counterclaim_text::Brief;
use std::fmt::Write;

/// The brief as Markdown. Words of reports are escaped: they can make no link, heading, tag or cell.
pub fn markdown(brief: &Brief) -> String {
    let page = page(brief);
    let mut out = format!("# Counterclaim brief\n\n{}\n", escape(&page.summary));
    if !page.reports.is_empty() {
        out.push_str("\n## Reports\n\n");
    }
    for (id, line) in &page.reports {
        item(&mut out, &format!("**{}** {}", escape(id), escape(line)));
    }
    out.push_str("\n## Incidents in order of time\n");
    if page.incidents.is_empty() {
        out.push_str("\nNone was found in these reports.\n");
    }
    for (n, part) in page.incidents.iter().enumerate() {
        incident(&mut out, n + 1, part);
    }
    if !page.questions.is_empty() {
        out.push_str("\n## Standing claims\n");
    }
    for question in &page.questions {
        let _ = writeln!(out, "\n### {}\n", escape(&question.title));
        table(&mut out, &question.sides, false);
    }
    if !page.promises.is_empty() {
        out.push_str("\n## Commitments\n\n");
    }
    for p in &page.promises {
        item(&mut out, &format!("**{}**<br>{}<br>{}{}", escape(&p.title), p.dates, quoted(&p.quote), cited(&p.cite)));
    }
    if !page.doubts.is_empty() {
        out.push_str("\n## What the reader was unsure of\n\n");
    }
    for d in &page.doubts {
        let quote = if d.quote.is_empty() { String::new() } else { format!(" {}", quoted(&d.quote).trim_end()) };
        item(&mut out, &format!("{}: {}{quote}", escape(&d.about), escape(&d.message)));
    }
    let _ = writeln!(out, "\n---\n\n{}", escape(words::LEGEND));
    out
}

fn incident(out: &mut String, n: usize, part: &IncidentPart) {
    let _ = writeln!(out, "\n### {n}. {}\n", escape(&part.title));
    for (label, value) in &part.facts {
        item(out, &format!("{label}: {}", escape(value)));
    }
    for said in &part.own_voice {
        item(out, &format!("reports say: {}, {}{}", escape(&said.summary), quoted(&said.quote), cited(&said.cite)));
    }
    for said in &part.evidence {
        item(out, &format!("told in: {}{}", quoted(&said.quote), cited(&said.cite)));
    }
    match &part.accounts {
        Some(accounts) => {
            out.push('\n');
            table(out, accounts, true);
        }
        None => item(out, "accounts: no side is quoted on this in these reports"),
    }
}

fn table(out: &mut String, table: &Table, labelled: bool) {
    let mut row = |label: &str, cells: Vec<String>| {
        let label = if labelled { format!("| {label} ") } else { String::new() };
        let _ = writeln!(out, "{label}| {} |", cells.join(" | "));
    };
    row("", table.heads.iter().map(|h| escape(h)).collect());
    row("---", vec!["---".to_owned(); table.heads.len()]);
    for r in &table.rows {
        let label = if r.disputed { format!("**{} (disputed)**", r.label) } else { r.label.to_owned() };
        row(&label, r.cells.iter().map(|c| cell(c)).collect());
    }
}

fn cell(said: &[Said]) -> String {
    if said.is_empty() {
        return words::NOT_SAID.to_owned();
    }
    let one = |s: &Said| {
        let via = if s.via.is_empty() { String::new() } else { format!("<br>through {}", escape(&s.via)) };
        format!("{}<br>{}{}{via}", escape(&s.summary), quoted(&s.quote), cited(&s.cite))
    };
    said.iter().map(one).collect::<Vec<_>>().join("<br><br>")
}

fn item(out: &mut String, text: &str) {
    let _ = writeln!(out, "- {text}");
}

fn quoted(words: &str) -> String {
    if words.is_empty() { String::new() } else { format!("{} ", escape(&words::quoted(words))) }
}

fn cited(cite: &Cite) -> String {
    format!("*{} {}*", escape(&cite.source), escape(&cite.place))
}

/// Escapes what Markdown or HTML would act on, including the bare addresses that GitHub turns into links.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '@' => out.push_str("&#64;"),
            ':' => out.push(':'),
            '/' if out.ends_with(":") => {
                out.pop();
                out.push_str("&#58;/");
            }
            '.' if out.ends_with(['w', 'W']) => out.push_str("&#46;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '#' | '!' | '$' => out.extend(['\\', c]),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::brief::fixture;
    use expect_test::expect;

    #[test]
    fn the_fixture_in_markdown() {
        expect![[r##"
            # Counterclaim brief

            2 reports, published 19 March 2024: 2 incidents, 1 standing question, 1 commitment

            ## Reports

            - **r1** Dawn (synthetic), 19 March 2024: Strikes in Khost
            - **r2** Tolo (synthetic), 19 March 2024: Homes hit

            ## Incidents in order of time

            ### 1. Pakistan: air strike in Khost, 18 March 2024

            - kind: air strike
            - when: Monday 18 March 2024
            - where: Khost, AF
            - who did it: Pakistan (admitted)
            - who was hit: Hafiz Gul Bahadur Group; civilians
            - tolls: killed 7 to 8; injured not given
            - disputed: target
            - confidence: 0.87
            - not quoted: Hafiz Gul Bahadur Group
            - reports say: killed 7, “Seven people” *Dawn (synthetic) \[r1:130-142\]*
            - told in: “Pakistan launched strikes in Khost on Monday” *Dawn (synthetic) \[r1:0-44\]*
            - told in: “civilian homes were hit” *Tolo (synthetic) \[r2:27-50\]*

            |  | Afghan Taliban | Pakistan |
            | --- | --- | --- |
            | who did it | not said | admits: Pakistan<br>“Pakistan launched strikes in Khost” *Dawn (synthetic) \[r1:0-34\]*<br>through Foreign Office |
            | **who was hit (disputed)** | asserts: civilians<br>“civilian homes were hit” *Tolo (synthetic) \[r2:27-50\]* | asserts: Hafiz Gul Bahadur Group<br>“targeting “terrorists of the Hafiz Gul Bahadur Group”” *Dawn (synthetic) \[r1:46-103\]*<br>through Foreign Office |
            | killed | gives 8 (civilians)<br>“eight civilians died” *Tolo (synthetic) \[r2:60-80\]* | not said |

            ### 2. Armed clash in Kurram

            - kind: armed clash
            - when: unknown
            - where: Kurram, Khyber Pakhtunkhwa, PK
            - who did it: unknown: nobody is named
            - who was hit: unknown
            - tolls: not given
            - disputed: nothing in these reports
            - confidence: 0.42
            - told in: “Fire was exchanged in Kurram” *Tolo (synthetic) \[r2:125-153\]*
            - accounts: no side is quoted on this in these reports

            ## Standing claims

            ### sanctuaries in Afghanistan

            | said for it | said against it |
            | --- | --- |
            | Pakistan asserts: militants use Afghanistan<br>“Terrorists use Afghan soil” *19 March 2024, Dawn (synthetic) \[r1:156-182\]*<br>through Foreign Office | Afghan Taliban denies: militants use Afghanistan<br>“They denied that militants use their soil” *19 March 2024, Tolo (synthetic) \[r2:82-123\]* |

            ## Commitments

            - **Pakistan to Afghan Taliban: increase cooperation**<br>made: 11 March 2024; due: not said<br>“promised to increase cooperation” *Dawn (synthetic) \[r1:197-229\]*

            ## What the reader was unsure of

            - incident 2: confidence 0.42: Armed clash in Kurram
            - \[r1:38-44\]: The Monday before publication is meant. “Monday”

            ---

            \[r1:140-300\] is the report and the bytes of its text. Sides stand in alphabetical order, in columns of one width. "Not said" means: not in these reports. Confidence is the share of such incidents that are right.
        "##]].assert_eq(&markdown(&fixture::brief()));
    }

    #[test]
    fn words_of_a_report_are_only_words() {
        assert_eq!(
            escape("[x](http://y) <b>|*_` www.z @me # !"),
            "\\[x\\](http&#58;//y) &lt;b&gt;\\|\\*\\_\\` www&#46;z &#64;me \\# \\!"
        );
    }
}
