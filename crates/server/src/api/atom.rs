//! `/contradictions.atom`: new contradictions as an Atom feed (RFC 4287).

use crate::call::{Call, answer};
use crate::error::Result;
use crate::html::parts::{clean, is_odd};
use axum::response::Response;
use std::fmt::Write;

/// The feed.
pub(crate) fn feed(call: &Call<'_>) -> Result<Response> {
    let found = call.desk.read(|r| r.contradictions_since(0, 50))?;
    let updated = found.rows.first().map_or_else(|| "1970-01-01T00:00:00Z".to_owned(), |(_, at)| at.clone());
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n\
         <id>urn:counterclaim:contradictions</id>\n<title>Counterclaim: new contradictions</title>\n<updated>{}</updated>\n\
         <author><name>Counterclaim</name></author>\n<link rel=\"self\" href=\"/contradictions.atom\"/>\n",
        escape(&updated)
    );
    for (row, at) in &found.rows {
        let (id, title, at) = (escape(&row.id), escape(&row.title), escape(at));
        let on = escape(&row.disputed.join(", "));
        let _ = writeln!(
            out,
            "<entry><id>urn:counterclaim:{id}:{at}</id><title>{title}</title><updated>{at}</updated>\
             <link href=\"/incidents/{id}\"/><summary>Accounts differ on {on}.</summary></entry>"
        );
    }
    out.push_str("</feed>\n");
    Ok(answer(out, "application/atom+xml; charset=utf-8"))
}

/// A text inside XML: nothing in it is markup, and no character that XML does not allow is left.
fn escape(text: &str) -> String {
    let mut out = String::new();
    for c in clean(text, 500).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if is_odd(c) || c == '\u{FFFE}' || c == '\u{FFFF}' => out.push('\u{FFFD}'),
            c => out.push(c),
        }
    }
    out
}
