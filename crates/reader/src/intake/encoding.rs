//! What the bytes are: which format, which encoding, or no text at all.

use super::{IntakeError, feed, table};
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// What sort of input it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// One JSON document that holds reports.
    Json,
    /// One report a line.
    JsonLines,
    /// A web page.
    Html,
    /// RSS or Atom.
    Feed,
    /// A table with a header, one report a row.
    Table,
    /// Anything else.
    Plain,
}

/// Text, and what was doubtful about turning bytes into it.
#[derive(Debug)]
pub(super) struct Decoded {
    pub text: String,
    pub doubt: Option<String>,
}

/// Decides by the name's extension, and by the first bytes where that says nothing.
pub(super) fn format_of(name: &str, bytes: &[u8]) -> Format {
    let extension = name.rsplit_once('.').map_or("", |(_, e)| e).to_ascii_lowercase();
    match extension.as_str() {
        "jsonl" | "ndjson" | "jsonlines" => Format::JsonLines,
        "json" => Format::Json,
        "html" | "htm" | "xhtml" => Format::Html,
        "txt" | "text" | "md" => Format::Plain,
        "rss" | "atom" | "rdf" => Format::Feed,
        "csv" | "tsv" => Format::Table,
        _ => sniff(bytes),
    }
}

fn sniff(bytes: &[u8]) -> Format {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    let first_line = bytes.split(|b| *b == b'\n').next().unwrap_or(b"");
    let starts = |tag: &[u8]| bytes.len() >= tag.len() && bytes[..tag.len()].eq_ignore_ascii_case(tag);
    if bytes.starts_with(b"{") && is_object(first_line) {
        Format::JsonLines
    } else if starts(b"<!doctype html") || starts(b"<html") {
        Format::Html
    } else if let Some(root) = feed::root(bytes).filter(|r| feed::is_feed(r) || r == "html") {
        if root == "html" { Format::Html } else { Format::Feed }
    } else if table::looks_like(bytes) {
        Format::Table
    } else {
        Format::Plain
    }
}

fn is_object(line: &[u8]) -> bool {
    serde_json::from_slice::<std::collections::BTreeMap<String, serde_json::Value>>(line).is_ok()
}

/// The text that the bytes hold. Order of trust: byte order mark, valid UTF-8, what the page declares, statistics.
pub(super) fn decode(file: &str, bytes: Vec<u8>, declared: Option<&'static Encoding>) -> Result<Decoded, IntakeError> {
    if let Some((encoding, mark)) = Encoding::for_bom(&bytes) {
        return Ok(if encoding == UTF_8 { utf8(bytes, mark) } else { decode_as(encoding, &bytes[mark..]) });
    }
    if let Some((what, remedy)) = known_binary(&bytes) {
        return Err(IntakeError::Binary { file: file.to_owned(), what, remedy });
    }
    if let Some(encoding) = sixteen_bit(&bytes) {
        return Ok(decode_as(encoding, &bytes));
    }
    if mostly_control(&bytes) {
        let remedy = "Give plain text, HTML, JSON Lines, a feed or a table.";
        return Err(IntakeError::Binary { file: file.to_owned(), what: "binary data", remedy });
    }
    if looks_like_utf8(&bytes) {
        return Ok(utf8(bytes, 0));
    }
    Ok(decode_as(declared.unwrap_or_else(|| guess(&bytes)), &bytes))
}

/// UTF-8 without a copy when it is valid, and with `U+FFFD` for what is not.
fn utf8(mut bytes: Vec<u8>, mark: usize) -> Decoded {
    bytes.drain(..mark);
    match String::from_utf8(bytes) {
        Ok(text) => Decoded { text, doubt: None },
        Err(e) => {
            let bad = e.as_bytes().utf8_chunks().filter(|c| !c.invalid().is_empty()).count();
            let doubt = format!("{bad} byte sequences are not valid UTF-8 and are read as \u{FFFD}.");
            Decoded { text: String::from_utf8_lossy(e.as_bytes()).into_owned(), doubt: Some(doubt) }
        }
    }
}

fn decode_as(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let (text, bad) = encoding.decode_without_bom_handling(bytes);
    let but = if bad { "; what does not fit it is read as \u{FFFD}" } else { "" };
    let doubt = format!("The text is not UTF-8; it was read as {}{but}.", encoding.name());
    Decoded { text: text.into_owned(), doubt: Some(doubt) }
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// Valid UTF-8, or UTF-8 with a few damaged places: more whole characters beyond ASCII than damaged ones.
fn looks_like_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut damaged) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().bytes().filter(|b| *b >= 0xC0).count();
        damaged += usize::from(!chunk.invalid().is_empty());
    }
    damaged == 0 || whole > damaged
}

/// UTF-16 without a mark: zeros crowd the even or the odd bytes.
fn sixteen_bit(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(4096)];
    let zeros = |from: usize| head.iter().skip(from).step_by(2).filter(|b| **b == 0).count();
    let (even, odd, pairs) = (zeros(0), zeros(1), head.len() / 2);
    if pairs < 2 {
        None
    } else if odd * 10 > pairs * 4 && even * 50 < pairs {
        Some(UTF_16LE)
    } else if even * 10 > pairs * 4 && odd * 50 < pairs {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// More than one byte in fifty is a control character that no text has.
fn mostly_control(bytes: &[u8]) -> bool {
    let control = |b: &&u8| matches!(b, 0..=8 | 11 | 14..=26 | 28..=31 | 127);
    bytes.chunks(64 * 1024).any(|part| part.iter().filter(control).count() * 50 > part.len())
}

fn known_binary(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    let pdf = "Extract the text first, for instance with pdftotext.";
    let office = "Save it as plain text or HTML first.";
    let packed = "Unpack it first.";
    let picture = "Run text recognition on it first.";
    let known: [(&[u8], &str, &str); 10] = [
        (b"%PDF-", "a PDF", pdf),
        (b"PK\x03\x04", "a ZIP archive or office document", office),
        (b"\xD0\xCF\x11\xE0", "an old office document", office),
        (b"{\\rtf", "a rich text document", office),
        (b"\x1F\x8B", "gzip data", packed),
        (b"\x28\xB5\x2F\xFD", "zstd data", packed),
        (b"BZh", "bzip2 data", packed),
        (b"\x89PNG", "a PNG picture", picture),
        (b"\xFF\xD8\xFF", "a JPEG picture", picture),
        (b"\x7FELF", "a program", "Give plain text, HTML, JSON Lines, a feed or a table."),
    ];
    known.iter().find(|(magic, ..)| bytes.starts_with(magic)).map(|(_, what, remedy)| (*what, *remedy))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> String {
        decode("x", bytes.to_vec(), None).unwrap().text
    }

    #[test]
    fn marks_and_sixteen_bits() {
        assert_eq!(text(b"\xEF\xBB\xBFKurram"), "Kurram");
        let le: Vec<u8> = "Fire in Kurram".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(text(&le), "Fire in Kurram");
        let be: Vec<u8> = "\u{FEFF}آتش".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(text(&be), "آتش");
    }

    #[test]
    fn damaged_utf8_stays_utf8_and_old_encodings_are_guessed() {
        let decoded = decode("x", b"Caf\xC3\xA9 \xC3\xBCber\xFF.".to_vec(), None).unwrap();
        assert_eq!(decoded.text, "Café über\u{FFFD}.");
        assert!(decoded.doubt.unwrap().contains("1 byte sequences"));
        let russian = encoding_rs::WINDOWS_1251.encode("Обстрел произошёл ночью, сообщили власти.").0.into_owned();
        assert_eq!(text(&russian), "Обстрел произошёл ночью, сообщили власти.");
    }

    #[test]
    fn what_is_no_text_says_what_it_is() {
        let error = |b: &[u8]| decode("x.bin", b.to_vec(), None).unwrap_err().to_string();
        assert!(error(b"%PDF-1.7 \x00\x01").contains("a PDF, not text. Extract"));
        let junk: Vec<u8> = (0..5000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        assert!(error(&junk).contains("binary data, not text."));
    }

    #[test]
    fn formats_by_name_and_by_look() {
        assert_eq!(format_of("a.JSONL", b""), Format::JsonLines);
        assert_eq!(format_of("-", b" {\"text\":\"x\"}\n{"), Format::JsonLines);
        assert_eq!(format_of("-", b"\xEF\xBB\xBF<!DOCTYPE HTML><p>"), Format::Html);
        assert_eq!(format_of("page.htm", b""), Format::Html);
        assert_eq!(format_of("-", b"{ curly prose }"), Format::Plain);
    }
}
