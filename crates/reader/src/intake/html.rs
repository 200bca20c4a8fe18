//! The article of a web page, without the page around it.

use super::markup;
use dom_smoothie::{Config, Readability, TextMode};
use encoding_rs::Encoding;

/// What a page gives.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Page {
    pub title: String,
    pub text: String,
    pub site: String,
    pub published: Option<String>,
    pub language: Option<String>,
    pub url: Option<String>,
}

/// Deeper pages are stripped instead of parsed: building their tree takes time in the square of the depth.
const DEEPEST: usize = 256;
/// Pages with a tag of more attributes are stripped instead of parsed: each is compared with all others.
const MOST_ATTRIBUTES: usize = 2_000;
/// Larger pages are stripped instead of parsed: their tree would take ten times their size.
const LARGEST: usize = 16 << 20;
/// Pages with more elements are stripped instead of parsed.
const MOST_ELEMENTS: usize = 200_000;

/// The article. Readability judges what it is; where that fails, all text counts.
pub(super) fn article(html: &str) -> Page {
    let parse = html.len() <= LARGEST && !markup::is_monstrous(html, DEEPEST, MOST_ATTRIBUTES);
    let parsed = if parse { readable(html) } else { None };
    parsed.unwrap_or_else(|| Page { title: markup::title_of(html), text: markup::text_of(html), ..Page::default() })
}

/// The encoding that the page declares in its first kilobyte.
pub(super) fn declared_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]).to_ascii_lowercase();
    let after = head.split("charset").nth(1)?.trim_start().strip_prefix('=')?;
    let label = after.trim_start_matches([' ', '"', '\'']);
    let end = label.find(|c: char| !c.is_ascii_alphanumeric() && !"-_:".contains(c)).unwrap_or(label.len());
    Encoding::for_label(&label.as_bytes()[..end])
}

fn readable(html: &str) -> Option<Page> {
    let config = Config { text_mode: TextMode::Formatted, max_elements_to_parse: MOST_ELEMENTS, ..Config::default() };
    let article = Readability::new(html, None, Some(config)).ok()?.parse().ok()?;
    let text = article.text_content.trim();
    if text.is_empty() {
        return None;
    }
    Some(Page {
        title: article.title.trim().to_owned(),
        text: text.to_owned(),
        site: article.site_name.unwrap_or_default().trim().to_owned(),
        published: article.published_time,
        language: article.lang.filter(|l| !l.is_empty()),
        url: article.url.filter(|u| !u.is_empty()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_without_its_surroundings() {
        let body =
            "<p>Cross-border fire was reported in Kurram on Monday, officials said, and two people were hurt.</p>"
                .repeat(6);
        let html = format!(
            "<!doctype html><html lang=en><head><title>Fire in Kurram</title>\
             <meta property='og:site_name' content='Frontier Herald'>\
             <meta property='article:published_time' content='2024-03-19T08:00:00+05:00'></head><body>\
             <nav><a href=/>Home</a><a href=/world>World</a></nav><article><h1>Fire in Kurram</h1>{body}</article>\
             <footer><a href=/about>About us</a> All rights reserved</footer></body></html>"
        );
        let page = article(&html);
        assert_eq!((page.title.as_str(), page.site.as_str()), ("Fire in Kurram", "Frontier Herald"));
        assert_eq!(page.published.as_deref(), Some("2024-03-19T08:00:00+05:00"));
        assert_eq!(page.language.as_deref(), Some("en"));
        assert!(!page.text.contains("Home") && !page.text.contains("rights"), "{}", page.text);
        assert_eq!(page.text.matches("Kurram on Monday").count(), 6);
        assert!(page.text.contains("\n"), "paragraphs stay apart: {}", page.text);
    }

    #[test]
    fn a_hundred_thousand_levels() {
        for tag in ["div", "b", "table", "blockquote", "ul", "font color=1"] {
            let name = tag.split(' ').next().unwrap();
            let html = format!(
                "{}Fire in Kurram.{}",
                format!("<{tag}>").repeat(100_000),
                format!("</{name}>").repeat(100_000)
            );
            assert_eq!(article(&html).text, "Fire in Kurram.");
        }
        let unclosed = "<p><b><li><i>x".repeat(20_000);
        assert!(!article(&unclosed).text.is_empty());
    }

    #[test]
    fn pages_declare_encodings() {
        assert_eq!(declared_encoding(b"<meta charset=windows-1251>").map(Encoding::name), Some("windows-1251"));
        let old = b"<meta http-equiv=Content-Type content='text/html; charset=iso-8859-9'>";
        assert_eq!(declared_encoding(old).map(Encoding::name), Some("windows-1254"));
        assert_eq!(declared_encoding(b"<p>charset"), None);
    }
}
