//! The brief as plain text, 80 columns and wider, dense like a ledger. Colour repeats what the words say.

use super::layout::{columns, fenced, pad, wrap};
use super::page::{Cite, IncidentPart, Page, Question, Row, Said, Table, page};
use super::words;
use anstyle::{AnsiColor, Style};
use counterclaim_text::Brief;

/// Narrower than this, columns are not worth the name.
pub const NARROWEST: usize = 40;
/// Wider than this, lines are hard to follow.
pub const WIDEST: usize = 160;

const INDENT: usize = 2;
const LABEL: usize = 13;
const GAP: &str = " │ ";
const COLUMN: usize = 26;
/// Reports listed by name; more are counted.
const REPORTS: usize = 40;

const PLAIN: Style = Style::new();
const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const MARK: Style = AnsiColor::Yellow.on_default().bold();

/// The brief in lines of at most `width` columns (within [`NARROWEST`] and [`WIDEST`]). With `styled`, ANSI colours.
pub fn text(brief: &Brief, width: usize, styled: bool) -> String {
    let mut sheet = Sheet { out: String::new(), width: width.clamp(NARROWEST, WIDEST), styled };
    let page = page(brief);
    sheet.line("", "Counterclaim brief", BOLD);
    sheet.para(0, &page.summary, PLAIN);
    reports(&mut sheet, &page);
    sheet.heading("INCIDENTS IN ORDER OF TIME");
    if page.incidents.is_empty() {
        sheet.para(INDENT, "None was found in these reports.", PLAIN);
    }
    for (n, part) in page.incidents.iter().enumerate() {
        incident(&mut sheet, n + 1, part);
    }
    if !page.questions.is_empty() {
        sheet.heading("STANDING CLAIMS");
        page.questions.iter().for_each(|q| question(&mut sheet, q));
    }
    if !page.promises.is_empty() {
        sheet.heading("COMMITMENTS");
    }
    for promise in &page.promises {
        sheet.para(INDENT, &promise.title, BOLD);
        sheet.para(INDENT * 2, &promise.dates, PLAIN);
        sheet.para(INDENT * 2, &words::quoted(&promise.quote), PLAIN);
        sheet.para(INDENT * 2, &cited(&promise.cite), DIM);
    }
    if !page.doubts.is_empty() {
        sheet.heading("WHAT THE READER WAS UNSURE OF");
    }
    let label = page.doubts.iter().map(|d| d.about.chars().count() + 1).max().unwrap_or(0).clamp(LABEL, LABEL * 2);
    for doubt in &page.doubts {
        let quote = if doubt.quote.is_empty() { String::new() } else { format!(" {}", words::quoted(&doubt.quote)) };
        sheet.hanging(&doubt.about, label, &format!("{}{quote}", doubt.message));
    }
    sheet.rule();
    sheet.para(0, words::LEGEND, DIM);
    sheet.out
}

fn reports(sheet: &mut Sheet, page: &Page) {
    let ids = page.reports.iter().take(REPORTS).map(|(id, _)| id.chars().count()).max().unwrap_or(0);
    if !page.reports.is_empty() {
        sheet.heading("REPORTS");
    }
    for (id, line) in page.reports.iter().take(REPORTS) {
        sheet.hanging(id, (ids + 2).min(LABEL * 2), line);
    }
    if page.reports.len() > REPORTS {
        let more = words::count(page.reports.len() - REPORTS, "more report");
        sheet.para(INDENT, &format!("and {more}; --format json names them all"), PLAIN);
    }
}

fn incident(sheet: &mut Sheet, n: usize, part: &IncidentPart) {
    if n > 1 {
        sheet.blank();
    }
    sheet.para_with(&format!("{n}. "), &part.title, BOLD);
    for (label, value) in &part.facts {
        sheet.hanging(label, LABEL, value);
    }
    for said in &part.own_voice {
        let line = format!("{}, {} {}", said.summary, words::quoted(&said.quote), cited(&said.cite));
        sheet.hanging("reports say", LABEL, &line);
    }
    for (i, said) in part.evidence.iter().enumerate() {
        let line = format!("{} {}", words::quoted(&said.quote), cited(&said.cite));
        sheet.hanging(if i == 0 { "told in" } else { "" }, LABEL, &line);
    }
    match &part.accounts {
        Some(accounts) => table(sheet, accounts, LABEL),
        None => sheet.hanging("accounts", LABEL, "no side is quoted on this in these reports"),
    }
}

fn question(sheet: &mut Sheet, question: &Question) {
    sheet.para(INDENT, &question.title, BOLD);
    table(sheet, &question.sides, 0);
}

/// Sides in columns of one width. What does not fit beside goes below, in columns of the same width.
fn table(sheet: &mut Sheet, table: &Table, label: usize) {
    let room = sheet.width - INDENT - label;
    let (n, width) = columns(table.heads.len(), room, GAP.chars().count(), COLUMN);
    for first in (0..table.heads.len()).step_by(n) {
        let band = first..(first + n).min(table.heads.len());
        sheet.blank();
        let heads = table.heads[band.clone()].iter().map(|h| styled_lines(h, width, BOLD)).collect();
        sheet.band("", label, heads, width, PLAIN);
        sheet.cross(label, width, band.len());
        for (i, row) in table.rows.iter().enumerate() {
            if i > 0 {
                sheet.band("", label, vec![vec![]; band.len()], width, PLAIN);
            }
            table_row(sheet, row, label, band.clone(), width);
        }
    }
    sheet.blank();
}

fn table_row(sheet: &mut Sheet, row: &Row, label: usize, band: std::ops::Range<usize>, width: usize) {
    let cells = row.cells[band].iter().map(|said| cell(said, width)).collect();
    let name = if row.disputed { format!("{}\ndisputed", row.label) } else { row.label.to_owned() };
    sheet.band(&name, label, cells, width, if row.disputed { MARK } else { PLAIN });
}

fn cell(said: &[Said], width: usize) -> Vec<(String, Style)> {
    if said.is_empty() {
        return styled_lines(words::NOT_SAID, width, DIM);
    }
    let mut lines = vec![];
    for (i, one) in said.iter().enumerate() {
        if i > 0 {
            lines.push((String::new(), PLAIN));
        }
        lines.extend(styled_lines(&one.summary, width, PLAIN));
        lines.extend(styled_lines(&words::quoted(&one.quote), width, PLAIN));
        if !one.via.is_empty() {
            lines.extend(styled_lines(&format!("through {}", one.via), width, PLAIN));
        }
        lines.extend(styled_lines(&cited(&one.cite), width, DIM));
    }
    lines
}

fn styled_lines(text: &str, width: usize, style: Style) -> Vec<(String, Style)> {
    wrap(text, width).into_iter().map(|line| (line, style)).collect()
}

fn cited(cite: &Cite) -> String {
    format!("{} {}", cite.source, cite.place)
}

/// The growing text, with its width and whether it is coloured.
struct Sheet {
    out: String,
    width: usize,
    styled: bool,
}

impl Sheet {
    fn paint(&self, text: String, style: Style) -> String {
        if self.styled && style != PLAIN && !text.trim().is_empty() { format!("{style}{text}{style:#}") } else { text }
    }

    /// One line; blanks at its end are left out.
    fn line(&mut self, lead: &str, text: &str, style: Style) {
        let painted = self.paint(fenced(text.trim_end().to_owned()), style);
        let line = format!("{lead}{painted}");
        self.out.push_str(line.trim_end());
        self.out.push('\n');
    }

    fn blank(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    fn rule(&mut self) {
        self.blank();
        self.line("", &"─".repeat(self.width), DIM);
    }

    fn heading(&mut self, text: &str) {
        self.blank();
        self.line("", text, BOLD);
        self.line("", &"─".repeat(self.width), DIM);
    }

    fn para(&mut self, indent: usize, text: &str, style: Style) {
        self.para_with(&" ".repeat(indent), text, style);
    }

    /// A paragraph whose first line begins with `lead`, the rest under it.
    fn para_with(&mut self, lead: &str, text: &str, style: Style) {
        let indent = lead.chars().count();
        for (i, line) in wrap(text, self.width - indent).iter().enumerate() {
            let lead = if i == 0 { lead.to_owned() } else { " ".repeat(indent) };
            self.line(&lead, line, style);
        }
    }

    /// A label, and text beside it; a label that is too long stands on its own line.
    fn hanging(&mut self, label: &str, width: usize, text: &str) {
        let indent = INDENT + width;
        let mut lead = pad(&format!("{}{label}", " ".repeat(INDENT)), indent);
        if label.chars().count() >= width {
            self.para(INDENT, label, PLAIN);
            lead = " ".repeat(indent);
        }
        self.para_with(&lead, text, PLAIN);
    }

    /// Cells side by side, each of the same width, with the label's lines before them.
    fn band(&mut self, label: &str, label_width: usize, cells: Vec<Vec<(String, Style)>>, width: usize, style: Style) {
        let labels: Vec<&str> = label.lines().collect();
        let height = cells.iter().map(Vec::len).max().unwrap_or(0).max(labels.len()).max(1);
        for row in 0..height {
            let mut line = " ".repeat(INDENT);
            let mark = if row == 0 { PLAIN } else { style };
            line.push_str(&self.paint(pad(labels.get(row).unwrap_or(&""), label_width), mark));
            for (i, cell) in cells.iter().enumerate() {
                let (text, style) = cell.get(row).map_or(("", PLAIN), |(t, s)| (t.as_str(), *s));
                line.push_str(if i > 0 { GAP } else { "" });
                line.push_str(&self.paint(fenced(pad(text, width)), style));
            }
            self.out.push_str(line.trim_end());
            self.out.push('\n');
        }
    }

    /// The line under the heads.
    fn cross(&mut self, label_width: usize, width: usize, n: usize) {
        let line = vec!["─".repeat(width); n].join("─┼─");
        let lead = " ".repeat(INDENT + label_width);
        self.line(&lead, &line, DIM);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::brief::fixture;
    use expect_test::expect;
    use unicode_width::UnicodeWidthStr;

    #[test]
    fn the_fixture_at_80_columns() {
        expect![[r#"
            Counterclaim brief
            2 reports, published 19 March 2024: 2 incidents, 1 standing question, 1
            commitment

            REPORTS
            ────────────────────────────────────────────────────────────────────────────────
              r1  Dawn (synthetic), 19 March 2024: Strikes in Khost
              r2  Tolo (synthetic), 19 March 2024: Homes hit

            INCIDENTS IN ORDER OF TIME
            ────────────────────────────────────────────────────────────────────────────────
            1. Pakistan: air strike in Khost, 18 March 2024
              kind         air strike
              when         Monday 18 March 2024
              where        Khost, AF
              who did it   Pakistan (admitted)
              who was hit  Hafiz Gul Bahadur Group; civilians
              tolls        killed 7 to 8; injured not given
              disputed     target
              confidence   0.87
              not quoted   Hafiz Gul Bahadur Group
              reports say  killed 7, “Seven people” Dawn (synthetic) [r1:130-142]
              told in      “Pakistan launched strikes in Khost on Monday” Dawn (synthetic)
                           [r1:0-44]
                           “civilian homes were hit” Tolo (synthetic) [r2:27-50]

                           Afghan Taliban                  │ Pakistan
                           ────────────────────────────────┼────────────────────────────────
              who did it   not said                        │ admits: Pakistan
                                                           │ “Pakistan launched strikes in
                                                           │ Khost”
                                                           │ through Foreign Office
                                                           │ Dawn (synthetic) [r1:0-34]
                                                           │
              who was hit  asserts: civilians              │ asserts: Hafiz Gul Bahadur
              disputed     “civilian homes were hit”       │ Group
                           Tolo (synthetic) [r2:27-50]     │ “targeting “terrorists of the
                                                           │ Hafiz Gul Bahadur Group””
                                                           │ through Foreign Office
                                                           │ Dawn (synthetic) [r1:46-103]
                                                           │
              killed       gives 8 (civilians)             │ not said
                           “eight civilians died”          │
                           Tolo (synthetic) [r2:60-80]     │

            2. Armed clash in Kurram
              kind         armed clash
              when         unknown
              where        Kurram, Khyber Pakhtunkhwa, PK
              who did it   unknown: nobody is named
              who was hit  unknown
              tolls        not given
              disputed     nothing in these reports
              confidence   0.42
              told in      “Fire was exchanged in Kurram” Tolo (synthetic) [r2:125-153]
              accounts     no side is quoted on this in these reports

            STANDING CLAIMS
            ────────────────────────────────────────────────────────────────────────────────
              sanctuaries in Afghanistan

              said for it                           │ said against it
              ──────────────────────────────────────┼──────────────────────────────────────
              Pakistan asserts: militants use       │ Afghan Taliban denies: militants use
              Afghanistan                           │ Afghanistan
              “Terrorists use Afghan soil”          │ “They denied that militants use their
              through Foreign Office                │ soil”
              19 March 2024, Dawn (synthetic)       │ 19 March 2024, Tolo (synthetic)
              [r1:156-182]                          │ [r2:82-123]

            COMMITMENTS
            ────────────────────────────────────────────────────────────────────────────────
              Pakistan to Afghan Taliban: increase cooperation
                made: 11 March 2024; due: not said
                “promised to increase cooperation”
                Dawn (synthetic) [r1:197-229]

            WHAT THE READER WAS UNSURE OF
            ────────────────────────────────────────────────────────────────────────────────
              incident 2   confidence 0.42: Armed clash in Kurram
              [r1:38-44]   The Monday before publication is meant. “Monday”

            ────────────────────────────────────────────────────────────────────────────────
            [r1:140-300] is the report and the bytes of its text. Sides stand in
            alphabetical order, in columns of one width. "Not said" means: not in these
            reports. Confidence is the share of such incidents that are right.
        "#]]
        .assert_eq(&text(&fixture::brief(), 80, false));
    }

    #[test]
    fn nothing_found_is_said() {
        expect![[r#"
            Counterclaim brief
            0 reports: 0 incidents, 0 standing questions, 0 commitments

            INCIDENTS IN ORDER OF TIME
            ────────────────────────────────────────────────────────────────────────────────
              None was found in these reports.

            ────────────────────────────────────────────────────────────────────────────────
            [r1:140-300] is the report and the bytes of its text. Sides stand in
            alphabetical order, in columns of one width. "Not said" means: not in these
            reports. Confidence is the share of such incidents that are right.
        "#]]
        .assert_eq(&text(&Brief::default(), 80, false));
    }

    #[test]
    fn no_line_is_wider_than_asked_and_colours_change_no_word() {
        for width in [40, 66, 80, 97, 120, 160, 500] {
            let plain = text(&fixture::brief(), width, false);
            for line in plain.lines() {
                assert!(line.width() <= width.min(WIDEST), "{width}: {line}");
            }
            let styled = text(&fixture::brief(), width, true);
            assert!(styled.contains("\u{1b}[1m"));
            let mut stripped = styled;
            while let Some(at) = stripped.find('\u{1b}') {
                let end = at + stripped[at..].find('m').unwrap();
                stripped.replace_range(at..=end, "");
            }
            let ends = |s: &str| s.lines().map(str::trim_end).collect::<Vec<_>>().join("\n");
            assert_eq!(ends(&stripped), ends(&plain));
        }
    }

    #[test]
    fn sides_have_the_same_width() {
        let page = text(&fixture::brief(), 120, false);
        let cross = page.lines().find(|l| l.contains('┼')).unwrap().trim();
        let widths: Vec<usize> = cross.split('┼').map(|part| part.trim_matches(' ').chars().count()).collect();
        assert_eq!(widths.first(), widths.last());
    }

    #[test]
    fn words_from_right_to_left_stay_in_their_column() {
        let mut brief = fixture::brief();
        brief.claims[0].value = "گھر".into();
        brief.claims[1].value = "خانه".into();
        let page = text(&brief, 80, false);
        let line = page.lines().find(|l| l.contains("خانه") && l.contains("گھر")).unwrap();
        let (left, right) = line.split_once(GAP).unwrap();
        assert!(
            left.trim_start_matches([' ', 'w', 'h', 'o', 'a', 's', 'i', 't']).starts_with('\u{200E}')
                && left.ends_with('\u{200E}'),
            "{line:?}"
        );
        assert!(right.starts_with('\u{200E}') && right.ends_with('\u{200E}'), "{line:?}");
    }

    #[test]
    fn words_of_a_report_cannot_leave_their_cell() {
        let mut brief = fixture::brief();
        brief.readings[0].report.source = "\u{1b}]0;owned\u{7}\u{202E}Evil\n\nINCIDENTS".into();
        brief.claims[0].value = "\u{1b}[2J".into();
        let page = text(&brief, 80, false);
        assert!(!page.contains('\u{1b}') && !page.contains('\u{202E}') && !page.contains("\n\nINCIDENTS\n"));
    }
}
