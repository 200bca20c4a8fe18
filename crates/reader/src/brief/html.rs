//! The brief as one web page without scripts: for printing, and for mail that shows no Markdown.

use super::page::{Cite, IncidentPart, Said, Table, page};
use super::words;
use counterclaim_text::Brief;
use std::fmt::Write;

const STYLE: &str = "body{font:15px/1.45 Georgia,serif;max-width:60em;margin:2em auto;padding:0 1em;color:#111;background:#fff}\
h1,h2,h3{font-family:system-ui,sans-serif;line-height:1.2}table{border-collapse:collapse;width:100%;table-layout:fixed;margin:.8em 0}\
th,td{border:1px solid #888;padding:.4em .6em;text-align:left;vertical-align:top;overflow-wrap:anywhere}\
th.label{width:9em}cite{color:#444;font-size:.85em}q{quotes:none}dl{display:grid;grid-template-columns:9em auto;gap:.1em .8em}dd{margin:0}";

/// The brief as a page. Words of reports are escaped: they can make no tag, link or script. Sides have columns of one width.
pub fn html(brief: &Brief) -> String {
    let page = page(brief);
    let mut out = format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Counterclaim brief</title>\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\
         <style>{STYLE}</style></head><body>\n<h1>Counterclaim brief</h1>\n<p>{}</p>\n",
        escape(&page.summary)
    );
    if !page.reports.is_empty() {
        out.push_str("<h2>Reports</h2>\n<dl>\n");
        for (id, line) in &page.reports {
            let _ = writeln!(out, "<dt>{}</dt><dd dir=\"auto\">{}</dd>", escape(id), escape(line));
        }
        out.push_str("</dl>\n");
    }
    out.push_str("<h2>Incidents in order of time</h2>\n");
    if page.incidents.is_empty() {
        out.push_str("<p>None was found in these reports.</p>\n");
    }
    for (n, part) in page.incidents.iter().enumerate() {
        incident(&mut out, n + 1, part);
    }
    if !page.questions.is_empty() {
        out.push_str("<h2>Standing claims</h2>\n");
    }
    for question in &page.questions {
        let _ = writeln!(out, "<h3>{}</h3>", escape(&question.title));
        table(&mut out, &question.sides, false);
    }
    if !page.promises.is_empty() {
        out.push_str("<h2>Commitments</h2>\n<ul>\n");
        for p in &page.promises {
            let (title, dates) = (escape(&p.title), escape(&p.dates));
            let _ = writeln!(out, "<li><b>{title}</b><br>{dates}<br>{}{}</li>", quoted(&p.quote), cited(&p.cite));
        }
        out.push_str("</ul>\n");
    }
    if !page.doubts.is_empty() {
        out.push_str("<h2>What the reader was unsure of</h2>\n<ul>\n");
        for d in &page.doubts {
            let _ = writeln!(out, "<li>{}: {} {}</li>", escape(&d.about), escape(&d.message), quoted(&d.quote));
        }
        out.push_str("</ul>\n");
    }
    let _ = writeln!(out, "<hr>\n<p>{}</p>\n</body></html>", escape(words::LEGEND));
    out
}

fn incident(out: &mut String, n: usize, part: &IncidentPart) {
    let _ = writeln!(out, "<section>\n<h3>{n}. {}</h3>\n<dl>", escape(&part.title));
    let mut fact = |label: &str, value: &str| {
        let _ = writeln!(out, "<dt>{}</dt><dd dir=\"auto\">{value}</dd>", escape(label));
    };
    for (label, value) in &part.facts {
        fact(label, &escape(value));
    }
    for said in &part.own_voice {
        fact("reports say", &format!("{} {}{}", escape(&said.summary), quoted(&said.quote), cited(&said.cite)));
    }
    for said in &part.evidence {
        fact("told in", &format!("{}{}", quoted(&said.quote), cited(&said.cite)));
    }
    if part.accounts.is_none() {
        fact("accounts", "no side is quoted on this in these reports");
    }
    out.push_str("</dl>\n");
    if let Some(accounts) = &part.accounts {
        table(out, accounts, true);
    }
    out.push_str("</section>\n");
}

fn table(out: &mut String, table: &Table, labelled: bool) {
    out.push_str("<table><thead><tr>");
    if labelled {
        out.push_str("<th class=\"label\"></th>");
    }
    for head in &table.heads {
        let _ = write!(out, "<th dir=\"auto\">{}</th>", escape(head));
    }
    out.push_str("</tr></thead><tbody>\n");
    for r in &table.rows {
        out.push_str("<tr>");
        if labelled {
            let mark = if r.disputed { "<br>(disputed)" } else { "" };
            let _ = write!(out, "<th class=\"label\">{}{mark}</th>", escape(r.label));
        }
        for c in &r.cells {
            let _ = write!(out, "<td dir=\"auto\">{}</td>", cell(c));
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody></table>\n");
}

fn cell(said: &[Said]) -> String {
    if said.is_empty() {
        return escape(words::NOT_SAID);
    }
    let one = |s: &Said| {
        let via = if s.via.is_empty() { String::new() } else { format!("<br>through {}", escape(&s.via)) };
        format!("{}<br>{}{}{via}", escape(&s.summary), quoted(&s.quote), cited(&s.cite))
    };
    said.iter().map(one).collect::<Vec<_>>().join("<br><br>")
}

fn quoted(words: &str) -> String {
    if words.is_empty() { String::new() } else { format!("<q>{}</q> ", escape(&words::quoted(words))) }
}

fn cited(cite: &Cite) -> String {
    format!("<cite>{} {}</cite>", escape(&cite.source), escape(&cite.place))
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::brief::fixture;

    #[test]
    fn the_page_holds_what_the_other_forms_hold_and_no_foreign_tag() {
        let mut brief = fixture::brief();
        brief.readings[0].report.title = "<script>alert(1)</script><img src=x onerror=\"y\">".into();
        brief.incidents[0].title = "</section><a href='https://example.org'>x</a>".into();
        let shown = html(&brief);
        for tag in ["<script", "<img", "<a ", "onerror=\""] {
            assert!(!shown.contains(tag), "{tag}");
        }
        assert!(shown.contains("&lt;script&gt;") && shown.contains("Standing claims") && shown.contains("Commitments"));
        assert_eq!(shown.matches("<table>").count(), shown.matches("</table>").count());
    }

    #[test]
    fn an_empty_brief_is_a_whole_page() {
        let shown = html(&Brief::default());
        assert!(shown.starts_with("<!doctype html>") && shown.ends_with("</body></html>\n"));
    }
}
