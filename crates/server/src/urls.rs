//! Writing and reading parts of addresses.

use std::fmt::Write;

/// Pairs of a query string or a form.
pub(crate) type Pairs = Vec<(String, String)>;

/// A segment of a path: everything that is not plain is escaped.
pub(crate) fn segment(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for b in text.bytes() {
        if b.is_ascii_alphanumeric() || b"-_~".contains(&b) || (b == b'.' && text != "." && text != "..") {
            out.push(char::from(b));
        } else {
            let _ = write!(out, "%{b:02X}");
        }
    }
    out
}

/// A query string; "" for no pairs.
pub(crate) fn query<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

/// The pairs of a query string or a form.
pub(crate) fn pairs(bytes: &[u8]) -> Pairs {
    form_urlencoded::parse(bytes).into_owned().collect()
}

/// The values of a template's parameters in a path: "/incidents/{id}". `None` if it is no sound text.
pub(crate) fn params(template: &str, path: &str) -> Option<Pairs> {
    let mut out = Vec::new();
    for (want, is) in template.split('/').zip(path.split('/')) {
        if let Some(name) = want.strip_prefix('{').and_then(|w| w.strip_suffix('}')) {
            out.push((name.to_owned(), unescape(is)?));
        }
    }
    Some(out)
}

/// A segment as it was meant; `None` if it is no sound text.
pub(crate) fn unescape(segment: &str) -> Option<String> {
    let mut out = Vec::with_capacity(segment.len());
    let mut bytes = segment.bytes();
    while let Some(b) = bytes.next() {
        if b != b'%' {
            out.push(b);
            continue;
        }
        let digits = [bytes.next()?, bytes.next()?];
        let high = char::from(digits[0]).to_digit(16)?;
        let low = char::from(digits[1]).to_digit(16)?;
        out.push(u8::try_from(high * 16 + low).ok()?);
    }
    String::from_utf8(out).ok()
}

/// The id of an object, if it looks like one: a letter and hexadecimal digits.
pub(crate) fn is_id(letter: char, id: &str) -> bool {
    id.len() <= 40 && id.strip_prefix(letter).is_some_and(|d| !d.is_empty() && d.bytes().all(|b| b.is_ascii_hexdigit()))
}

/// A path of this desk to go back to; anything else becomes "/".
pub(crate) fn local(path: &str) -> &str {
    let sound = path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains(['\\', '\r', '\n', '\t', ':'])
        && path.bytes().all(|b| (0x21..0x7f).contains(&b));
    if sound { path } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments_come_back_as_they_went() {
        for text in ["Example Wire (synthetic)", "a/b?c#d%e", "خوست", "..", "\u{202E}x", "'; DROP TABLE"] {
            let path = format!("/sources/{}", segment(text));
            assert!(!path[9..].contains(['/', '?', '#', '<', '"', '\'']), "{path}");
            assert_eq!(params("/sources/{name}", &path).unwrap()[0].1, text);
        }
        assert_eq!(params("/x/{id}", "/x/%ff"), None);
        assert_eq!(params("/x/{id}", "/x/%f"), None);
    }

    #[test]
    fn only_local_paths_are_gone_back_to() {
        for bad in ["//evil.example", "http://evil.example", "/\\evil", "x", "/a\r\nb", "", "/javascript:x"] {
            assert_eq!(local(bad), "/", "{bad}");
        }
        assert_eq!(local("/incidents/i12?x=1#s3"), "/incidents/i12?x=1#s3");
    }

    #[test]
    fn ids_are_letters_and_digits() {
        assert!(is_id('i', "i3b8ea32670c2dcd2") && !is_id('i', "c3b8") && !is_id('i', "i") && !is_id('i', "i'; --"));
    }
}
