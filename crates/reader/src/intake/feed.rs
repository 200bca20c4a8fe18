//! RSS 2.0, RSS 1.0 and Atom: one item is one report.
//!
//! A pull parser walks over the elements, so that depth costs nothing, entities of a document type are never expanded, and
//! what stands before a broken place is still read. The markup of an entry goes through the tag stripper.

use super::{Intake, IntakeError, encoding, forms, markup};
use counterclaim_text::{Note, Report, Span};
use encoding_rs::Encoding;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// Deeper elements have no meaning in a feed.
const DEEPEST: usize = 8;

/// One item as it is collected: raw markup of its fields.
#[derive(Default)]
struct Item<'t> {
    /// Depth of the item's element.
    depth: usize,
    line: usize,
    about: String,
    guid: &'t str,
    link: String,
    title: &'t str,
    content: &'t str,
    summary: &'t str,
    published: &'t str,
    updated: &'t str,
    language: String,
}

/// Takes in a feed.
pub(super) fn take(intake: &mut Intake, file: &str, bytes: Vec<u8>) -> Result<(), IntakeError> {
    let declared = declared_encoding(&bytes);
    let decoded = encoding::decode(file, bytes, declared)?;
    let text = decoded.text.as_str();
    let first = intake.reports.len();
    let mut feed = Feed { text, title: "", language: String::new(), items: Vec::new() };
    let broken = feed.walk();
    let source = plain_text(feed.title);
    for item in std::mem::take(&mut feed.items) {
        keep(intake, &source, &feed.language, item);
    }
    if let Some(message) = decoded.doubt.filter(|_| intake.reports.len() > first) {
        intake.notes.push((first, Note { span: Span::default(), message }));
    }
    match broken {
        Some((at, what)) => Err(problem(file, text, at, format!("the feed is broken: {what}"))),
        None if intake.reports.len() == first && !text.trim().is_empty() && feed.title.is_empty() => {
            Err(problem(file, text, 0, "there is no feed in it: no item, entry or channel".into()))
        }
        None => Ok(()),
    }
}

fn problem(file: &str, text: &str, at: usize, problem: String) -> IntakeError {
    let before = &text.as_bytes()[..at.min(text.len())];
    let line_start = before.iter().rposition(|b| *b == b'\n').map_or(0, |i| i + 1);
    IntakeError::Line {
        file: file.to_owned(),
        line: line_of(before),
        column: before.len() - line_start + 1,
        problem,
        remedy: "What stands before it was read; download the feed anew, or give RSS or Atom.".into(),
    }
}

fn line_of(before: &[u8]) -> usize {
    memchr::memchr_iter(b'\n', before).count() + 1
}

struct Feed<'t> {
    text: &'t str,
    title: &'t str,
    language: String,
    items: Vec<Item<'t>>,
}

impl<'t> Feed<'t> {
    /// Walks over the elements; gives the place and the message of an error that ends the walk.
    fn walk(&mut self) -> Option<(usize, String)> {
        let mut reader = Reader::from_str(self.text);
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        // Names of open elements down to a depth that means something, and how deep we are.
        let mut open: Vec<String> = Vec::new();
        let mut depth = 0usize;
        let mut item: Option<Item> = None;
        // Where the field that is being read begins: depth of its element, first byte.
        let mut field: Option<(usize, usize)> = None;
        let (mut counted, mut line) = (0, 1);
        loop {
            let before = reader.buffer_position() as usize;
            let event = match reader.read_event() {
                Ok(event) => event,
                Err(e) => {
                    self.items.extend(item);
                    return Some((reader.error_position() as usize, e.to_string()));
                }
            };
            match event {
                Event::Start(tag) => {
                    depth += 1;
                    let name = tag.local_name().as_ref().to_owned();
                    if item.is_none() && matches!(name.as_str(), "item" | "entry") {
                        line += line_of(&self.text.as_bytes()[counted..before]) - 1;
                        counted = before;
                        item = Some(Item { depth, line, ..self.begin(&tag) });
                    } else if field.is_none() {
                        let inside = item.as_ref().map_or(depth <= 3, |i| depth == i.depth + 1);
                        if inside {
                            field = Some((depth, reader.buffer_position() as usize));
                        }
                        if let Some(item) = item.as_mut() {
                            link(&tag, &name, item);
                        } else if depth == 1 {
                            self.language = language(&tag);
                        }
                        // An element that only holds others is no field.
                        if item.is_none() && matches!(name.as_str(), "rss" | "feed" | "RDF" | "channel") {
                            field = None;
                        }
                    }
                    if depth <= DEEPEST {
                        open.truncate(depth - 1);
                        open.push(name);
                    }
                }
                Event::Empty(tag) => {
                    let name = tag.local_name().as_ref().to_owned();
                    if let Some(item) = item.as_mut().filter(|i| depth == i.depth) {
                        link(&tag, &name, item);
                    }
                }
                Event::End(_) => {
                    if let Some((_, start)) = field.filter(|f| f.0 == depth) {
                        let value = self.text.get(start..before).unwrap_or_default();
                        self.set(&open, depth, item.as_mut(), value);
                        field = None;
                    }
                    if item.as_ref().is_some_and(|i| i.depth == depth) {
                        self.items.extend(item.take());
                        field = None;
                    }
                    depth = depth.saturating_sub(1);
                    open.truncate(depth);
                }
                Event::Eof => {
                    self.items.extend(item);
                    return None;
                }
                _ => {}
            }
        }
    }

    fn begin(&self, tag: &BytesStart) -> Item<'t> {
        Item { about: attribute(tag, "rdf:about"), language: language(tag), ..Item::default() }
    }

    /// Puts the value of a field where it belongs. Of several with one name the first counts.
    fn set(&mut self, open: &[String], depth: usize, item: Option<&mut Item<'t>>, value: &'t str) {
        let Some(name) = open.get(depth - 1) else { return };
        match item {
            None => {
                let parent = depth.checked_sub(2).and_then(|i| open.get(i)).map_or("", String::as_str);
                match name.as_str() {
                    "title" if matches!(parent, "channel" | "feed") && self.title.is_empty() => self.title = value,
                    "language" if parent == "channel" => self.language = plain_text(value),
                    _ => {}
                }
            }
            Some(item) => {
                let place = match name.as_str() {
                    "guid" | "id" => &mut item.guid,
                    "title" => &mut item.title,
                    // `content:encoded` of RSS and `content` of Atom.
                    "encoded" | "content" => &mut item.content,
                    "description" | "summary" => &mut item.summary,
                    "pubDate" | "published" | "date" => &mut item.published,
                    "updated" => &mut item.updated,
                    "link" => {
                        if item.link.is_empty() {
                            item.link = plain_text(value);
                        }
                        return;
                    }
                    _ => return,
                };
                if place.is_empty() {
                    *place = value;
                }
            }
        }
    }
}

/// Atom's link is an attribute; the one to the page itself counts.
fn link(tag: &BytesStart, name: &str, item: &mut Item) {
    if name == "link" && item.link.is_empty() {
        let rel = attribute(tag, "rel");
        if rel.is_empty() || rel == "alternate" {
            item.link = attribute(tag, "href");
        }
    }
}

fn attribute(tag: &BytesStart, name: &str) -> String {
    let found = tag.try_get_attribute(name).ok().flatten();
    found.map(|a| htmlize::unescape(a.value.as_ref()).trim().to_owned()).unwrap_or_default()
}

fn language(tag: &BytesStart) -> String {
    attribute(tag, "xml:lang")
}

fn keep(intake: &mut Intake, source: &str, feed_language: &str, item: Item) {
    let at = intake.reports.len();
    let body = if unescaped(item.content).trim().is_empty() { item.summary } else { item.content };
    let (published, updated) = (plain_text(item.published), plain_text(item.updated));
    let given = if published.is_empty() { updated } else { published };
    let day = forms::plain(&given);
    if day.is_none() && !given.is_empty() {
        let message = format!("The date \"{}\" of the item in line {} cannot be read.", short(&given), item.line);
        intake.notes.push((at, Note { span: Span::default(), message }));
    }
    let ids = [plain_text(item.guid), item.about, item.link.clone()];
    let language = [item.language, feed_language.to_owned()].into_iter().find(|l| !l.is_empty());
    intake.reports.push(Report {
        id: ids.into_iter().find(|i| !i.is_empty()).unwrap_or_default(),
        source: source.to_owned(),
        published: day,
        title: plain_text(item.title),
        text: markup::text_of(&unescaped(body)),
        url: Some(item.link).filter(|l| !l.is_empty()),
        language,
    });
}

fn short(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(40).collect()
}

/// The markup that a field holds: escaped text without its escapes, marked sections without their marks, elements as they
/// are. Character references are resolved once; entities that a feed declares itself stay as they are written.
fn unescaped(raw: &str) -> String {
    const OPEN: &str = "<![CDATA[";
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find(OPEN) {
        out.push_str(&htmlize::unescape(&rest[..at]));
        let inside = &rest[at + OPEN.len()..];
        let end = inside.find("]]>").unwrap_or(inside.len());
        out.push_str(&inside[..end]);
        rest = inside.get(end + 3..).unwrap_or_default();
    }
    out.push_str(&htmlize::unescape(rest));
    out
}

/// A field as one line of text without markup.
fn plain_text(raw: &str) -> String {
    let text = markup::text_of(&unescaped(raw));
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The encoding that the XML declaration names.
fn declared_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]).into_owned();
    let declaration = head.trim_start_matches('\u{FEFF}').trim_start().strip_prefix("<?xml")?.split_once("?>")?.0;
    let label = declaration.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let quote = label.chars().next().filter(|c| "\"'".contains(*c))?;
    Encoding::for_label(label[1..].split(quote).next()?.as_bytes())
}

/// The local name of the first element, if the bytes look like XML.
pub(super) fn root(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).into_owned();
    let mut rest = head.trim_start_matches('\u{FEFF}').trim_start();
    loop {
        let end = match () {
            () if rest.starts_with("<?") => rest.find("?>")? + 2,
            () if rest.starts_with("<!--") => rest.find("-->")? + 3,
            () if rest.starts_with("<!") => {
                // A document type may hold declarations of its own.
                let close = rest.find('>')?;
                match rest.find('[').filter(|o| *o < close) {
                    Some(_) => rest.find("]>").map_or(rest.len(), |e| e + 2),
                    None => close + 1,
                }
            }
            () => break,
        };
        rest = rest.get(end..)?.trim_start();
    }
    let name = rest.strip_prefix('<')?;
    let end = name.find(|c: char| c.is_whitespace() || "/>".contains(c)).unwrap_or(name.len());
    let name = &name[..end];
    let local = name.rsplit(':').next().unwrap_or(name);
    (!local.is_empty()).then(|| local.to_owned())
}

/// True for the root elements of feeds.
pub(super) fn is_feed(root: &str) -> bool {
    matches!(root, "rss" | "feed" | "RDF")
}

#[cfg(test)]
mod tests {
    use super::super::Defaults;
    use super::*;

    fn taken(name: &str, bytes: &[u8]) -> Intake {
        let mut intake = Intake::default();
        super::super::take_in(&mut intake, name, bytes.to_vec(), &Defaults::default());
        intake
    }

    const RSS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>Hill Post (synthetic) &amp; Sons</title><language>en</language><link>https://example.org</link>
<image><title>Logo</title></image>
<item><guid>a-1</guid><title>Fire &lt;b&gt;near&lt;/b&gt; the bridge</title><link>https://example.org/1</link>
<pubDate>Mon, 18 Mar 2024 23:30:00 -0500</pubDate>
<description>Short.</description><content:encoded><![CDATA[<p>Two shells hit the bridge &amp; the ford.</p><p>Nobody was hurt.</p>]]></content:encoded></item>
<item><link>https://example.org/2</link><title>Second</title><description>&lt;p&gt;Prices &amp;amp; wages &lt; rise.&lt;/p&gt;</description><pubDate>soon</pubDate></item>
</channel></rss>"#;

    #[test]
    fn rss_two() {
        let intake = taken("x.rss", RSS.as_bytes());
        assert!(intake.problems.is_empty(), "{:?}", intake.problems);
        let [a, b] = &intake.reports[..] else { panic!("{:?}", intake.reports) };
        assert_eq!((a.id.as_str(), a.source.as_str()), ("a-1", "Hill Post (synthetic) & Sons"));
        assert_eq!((a.title.as_str(), a.url.as_deref()), ("Fire near the bridge", Some("https://example.org/1")));
        // The day at its own place, not in London.
        assert_eq!(a.published.unwrap().to_string(), "2024-03-18");
        assert_eq!(a.text, "Two shells hit the bridge & the ford.\n\nNobody was hurt.");
        assert_eq!((b.id.as_str(), b.text.as_str()), ("https://example.org/2", "Prices & wages < rise."));
        assert_eq!(b.language.as_deref(), Some("en"));
        assert!(intake.notes[0].1.message.contains("\"soon\" of the item in line 8"), "{:?}", intake.notes);
    }

    #[test]
    fn atom_and_rss_one() {
        let atom = r#"<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-GB"><title type="html">Coast &amp;amp; Hill (synthetic)</title>
            <link rel="self" href="https://example.org/feed"/>
            <entry><id>urn:1</id><title>T</title><link rel="edit" href="https://example.org/e"/><link href="https://example.org/p"/>
            <updated>2024-03-20T00:10:00+05:00</updated><source><title>Other</title><id>urn:other</id></source>
            <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One &lt; two.</p><p>Three.</p></div></content></entry></feed>"#;
        let intake = taken("-", atom.as_bytes());
        let r = &intake.reports[0];
        assert_eq!((r.id.as_str(), r.source.as_str(), r.title.as_str()), ("urn:1", "Coast & Hill (synthetic)", "T"));
        assert_eq!((r.url.as_deref(), r.language.as_deref()), (Some("https://example.org/p"), Some("en-GB")));
        assert_eq!(
            (r.text.as_str(), r.published.unwrap().to_string().as_str()),
            ("One < two.\n\nThree.", "2024-03-20")
        );
        let rdf = r#"<?xml version="1.0"?><rdf:RDF xmlns:rdf="r" xmlns="http://purl.org/rss/1.0/" xmlns:dc="d">
            <channel rdf:about="c"><title>Old (synthetic)</title></channel>
            <item rdf:about="https://example.org/o"><title>O</title><dc:date>2024-03-18</dc:date><description>Text.</description></item></rdf:RDF>"#;
        let r = &taken("x.xml", rdf.as_bytes()).reports[0];
        assert_eq!(
            (r.id.as_str(), r.source.as_str(), r.text.as_str()),
            ("https://example.org/o", "Old (synthetic)", "Text.")
        );
        assert_eq!(r.published.unwrap().to_string(), "2024-03-18");
    }

    #[test]
    fn old_encodings() {
        let latin = b"<?xml version='1.0' encoding='windows-1252'?><rss><channel><title>Caf\xE9</title><item><description>\x93Z\xFCrich\x94</description></item></channel></rss>";
        let intake = taken("x.rss", latin);
        assert_eq!((intake.reports[0].source.as_str(), intake.reports[0].text.as_str()), ("Café", "“Zürich”"));
        assert!(intake.notes[0].1.message.contains("windows-1252"));
    }

    #[test]
    fn entity_bombs_stay_small_and_depth_costs_nothing() {
        let bomb = r#"<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
            <rss><channel><title>B</title><item><description>&b;&b;&amp;</description></item></channel></rss>"#;
        let intake = taken("x.rss", bomb.as_bytes());
        assert_eq!(intake.reports[0].text, "&b;&b;&");
        let external = r#"<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item><description>&x;</description></item></channel></rss>"#;
        assert_eq!(taken("x.rss", external.as_bytes()).reports[0].text, "&x;");
        let deep = format!("<rss><channel><item><description>{}x", "<a>".repeat(300_000));
        assert_eq!(taken("x.rss", deep.as_bytes()).reports.len(), 1);
        let nested = format!("<rss><channel>{}", "<item>".repeat(300_000));
        assert_eq!(taken("x.rss", nested.as_bytes()).reports.len(), 1);
        let many = format!("<rss><channel>{}</channel></rss>", "<item><title>t</title></item>".repeat(50_000));
        assert_eq!(taken("x.rss", many.as_bytes()).reports.len(), 50_000);
    }

    #[test]
    fn a_broken_feed_gives_what_stands_before() {
        let cut = &RSS[..RSS.find("Second").unwrap() + 3];
        let intake = taken("x.rss", cut.as_bytes());
        assert_eq!(intake.reports.len(), 2);
        let odd = RSS.replace("<item><link>", "<item><!-- a -- b <link>");
        let intake = taken("x.rss", odd.as_bytes());
        assert!(!intake.reports.is_empty());
        let shown = intake.problems[0].to_string();
        assert!(shown.starts_with("x.rss:") && shown.contains("the feed is broken"), "{shown}");
        let none = taken("x.rss", b"just text");
        assert!(none.problems[0].to_string().contains("there is no feed in it"));
    }
}
