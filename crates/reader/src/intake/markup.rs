//! HTML as a flat run of tags and text, in one pass: whether building its tree would be slow, and its text if so.
//!
//! Tree building takes time in the square of the depth and of the attributes of a tag; this does not, at the price of
//! less judgement about what is the article and what is the page around it.

use memchr::{memchr, memmem};

/// One piece of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Piece<'a> {
    Text(&'a str),
    /// Name of the tag, and about how many attributes it has.
    Open(&'a str, usize),
    Close(&'a str),
}

/// Elements whose content is no prose.
const RAW: [&str; 6] = ["script", "style", "noscript", "template", "svg", "textarea"];
/// Elements around an article.
const AROUND: [&str; 6] = ["nav", "aside", "footer", "form", "button", "select"];
/// Elements inside a paragraph.
const INLINE: [&str; 26] = [
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd",
    "mark", "q", "s", "small", "span", "strong", "sub", "sup", "time", "u",
];
/// Elements that hold nothing, or that end by themselves where the next one begins.
const SHALLOW: [&str; 24] = [
    "area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta", "option", "p",
    "param", "source", "tbody", "td", "th", "thead", "tr", "track", "wbr",
];

/// True if elements nest deeper than `deepest`, or a tag has more than about `most` attributes. Linear for fixed limits.
pub(super) fn is_monstrous(html: &str, deepest: usize, most: usize) -> bool {
    let mut open: Vec<&str> = Vec::new();
    for piece in pieces(html) {
        match piece {
            Piece::Open(_, attributes) if attributes > most => return true,
            Piece::Open(name, _) if !is_any(name, &SHALLOW) && !is_any(name, &RAW) => {
                open.push(name);
                if open.len() > deepest {
                    return true;
                }
            }
            Piece::Close(name) => {
                if let Some(at) = open.iter().rposition(|o| o.eq_ignore_ascii_case(name)) {
                    open.truncate(at);
                }
            }
            _ => {}
        }
    }
    false
}

/// The text of a page without its tags: paragraphs on their own lines, what surrounds articles left out if anything remains.
pub(super) fn text_of(html: &str) -> String {
    let text = strip(html, &AROUND);
    if text.is_empty() { strip(html, &[]) } else { text }
}

/// What stands in the first `<title>`.
pub(super) fn title_of(html: &str) -> String {
    let mut inside = false;
    let mut title = String::new();
    for piece in pieces(html) {
        match piece {
            Piece::Open(name, _) if name.eq_ignore_ascii_case("title") => inside = true,
            Piece::Text(text) if inside => title.push_str(text),
            Piece::Close(_) | Piece::Open(..) if inside => break,
            _ => {}
        }
    }
    htmlize::unescape(title.trim()).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn strip(html: &str, around: &[&str]) -> String {
    let mut out = String::new();
    let mut skipping: Option<(&str, usize)> = None;
    let mut in_title = false;
    for piece in pieces(html) {
        if let Some((name, depth)) = &mut skipping {
            match piece {
                Piece::Open(n, _) if n.eq_ignore_ascii_case(name) => *depth += 1,
                Piece::Close(n) if n.eq_ignore_ascii_case(name) => *depth -= 1,
                _ => {}
            }
            if *depth == 0 {
                skipping = None;
            }
            continue;
        }
        match piece {
            Piece::Text(_) if in_title => {}
            Piece::Text(text) => append(&mut out, &htmlize::unescape(text)),
            Piece::Open(name, _) | Piece::Close(name) if is_any(name, &RAW) => {}
            Piece::Open(name, _) if is_any(name, around) => skipping = Some((name, 1)),
            Piece::Open(name, _) | Piece::Close(name) => {
                in_title = name.eq_ignore_ascii_case("title") && matches!(piece, Piece::Open(..));
                if name.eq_ignore_ascii_case("br") {
                    new_line(&mut out, 1);
                } else if is_any(name, &["td", "th"]) {
                    append(&mut out, " ");
                } else if !is_any(name, &INLINE) {
                    new_line(&mut out, 2);
                }
            }
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Adds text with its white space collapsed.
fn append(out: &mut String, text: &str) {
    for (at, word) in text.split(|c: char| c.is_whitespace()).enumerate() {
        if at > 0 && !out.is_empty() && !out.ends_with([' ', '\n']) {
            out.push(' ');
        }
        out.push_str(word);
    }
}

fn new_line(out: &mut String, lines: usize) {
    out.truncate(out.trim_end_matches(' ').len());
    let have = out.len() - out.trim_end_matches('\n').len();
    if !out.is_empty() {
        out.extend(std::iter::repeat_n('\n', lines.saturating_sub(have)));
    }
}

fn is_any(name: &str, names: &[&str]) -> bool {
    names.iter().any(|n| n.eq_ignore_ascii_case(name))
}

/// Tags and text in order; comments, declarations and raw elements are dropped.
fn pieces(html: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let rest = html.get(at..).filter(|r| !r.is_empty())?;
            let Some(lt) = memchr(b'<', rest.as_bytes()) else {
                at = html.len();
                return Some(Piece::Text(rest));
            };
            if lt > 0 {
                at += lt;
                return Some(Piece::Text(&rest[..lt]));
            }
            let after = &rest[1..];
            match after.bytes().next() {
                Some(b'!') if after.starts_with("!--") => {
                    at = memmem::find(&rest.as_bytes()[4..], b"-->").map_or(html.len(), |e| at + 4 + e + 3);
                }
                Some(b'!' | b'?') => at = memchr(b'>', rest.as_bytes()).map_or(html.len(), |e| at + e + 1),
                Some(b'/') => {
                    at = memchr(b'>', rest.as_bytes()).map_or(html.len(), |e| at + e + 1);
                    return Some(Piece::Close(name_at(&after[1..])));
                }
                Some(c) if c.is_ascii_alphabetic() => {
                    let name = name_at(after);
                    let (end, attributes) = tag_end(rest);
                    at = end.map_or(html.len(), |e| at + e);
                    if is_any(name, &RAW) {
                        at = raw_end(html, at, name);
                    }
                    return Some(Piece::Open(name, attributes));
                }
                _ => {
                    at += 1;
                    return Some(Piece::Text("<"));
                }
            }
        }
    })
}

fn name_at(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(text.len());
    &text[..end]
}

/// One past the `>` that ends the tag, and the most attributes that it can have; quoted values may hold `>`.
fn tag_end(tag: &str) -> (Option<usize>, usize) {
    let (mut quote, mut attributes) = (None, 0);
    for (i, b) in tag.bytes().enumerate() {
        match (quote, b) {
            (None, b'>') => return (Some(i + 1), attributes),
            (None, b'"' | b'\'') => quote = Some(b),
            (None, b' ' | b'\t' | b'\n' | b'\r' | 12 | b'/') => attributes += 1,
            (Some(q), b) if q == b => {
                quote = None;
                attributes += 1;
            }
            _ => {}
        }
    }
    (None, attributes)
}

/// Where the closing tag of a raw element begins, from `at`; the end of the page if there is none.
fn raw_end(html: &str, at: usize, name: &str) -> usize {
    let bytes = &html.as_bytes()[at..];
    memmem::find_iter(bytes, b"</")
        .find(|i| {
            let tail = &bytes[i + 2..];
            tail.len() >= name.len() && tail[..name.len()].eq_ignore_ascii_case(name.as_bytes())
        })
        .map_or(html.len(), |i| at + i)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_without_tags() {
        let html = "<head><title>A &amp; B</title><style>p{}</style></head><body><nav><a>Home</a></nav>\
            <h1>Fire in <b>Kurram</b></h1><p>One\n  line<br>two &mdash; 5 < 6</p><script>if (a<b) '</p>'</script>\
            <!-- no --><img alt=\"a > b\"><p>Last</p><footer>©</footer>";
        assert_eq!(text_of(html), "Fire in Kurram\n\nOne line\ntwo — 5 < 6\n\nLast");
        assert_eq!(title_of(html), "A & B");
    }

    #[test]
    fn a_page_that_is_all_surroundings_is_kept() {
        assert_eq!(text_of("<nav>only this"), "only this");
    }

    #[test]
    fn depth() {
        let deep = |html: &str| is_monstrous(html, 3, 9);
        assert!(!deep(&"<div><p>x</div>".repeat(1000)));
        assert!(!deep(&"<p><li><br>".repeat(1000)));
        assert!(!deep(&"<script>x</script>".repeat(1000)));
        assert!(deep(&"<div>".repeat(4)));
        assert!(deep(&"<div></b>".repeat(4)));
    }

    #[test]
    fn attributes() {
        for many in [" a".repeat(10), "/a".repeat(10), "a=''".repeat(10)] {
            assert!(is_monstrous(&format!("<div {many}>"), 3, 9), "{many}");
            assert!(is_monstrous(&format!("<script {many}>"), 3, 9), "{many}");
        }
        assert!(!is_monstrous("<img src='data: 1 2 3 4 5 6 7 8 9 0 / / /'>", 3, 9));
    }

    #[test]
    fn broken_tags_end_quietly() {
        for html in
            ["<", "</", "<a", "<!--", "<!", "<a href='", "</p", "<script>", "<script></scr", "<é>", "</é>", "a<"]
        {
            let _ = (text_of(html), title_of(html), is_monstrous(html, 1, 1));
        }
    }
}
