//! Which language a report is written in: only English is read, and nothing else may be misread as English.

use counterclaim_lexicon::Languages;
use counterclaim_text::{Note, Report, Span};

/// How much of a text is looked at, in bytes.
const LOOK: usize = 20_000;

/// Words that make up a third of any English text and a few per cent, at most, of texts in other languages.
const ENGLISH: &[&str] = &[
    "the", "of", "and", "to", "in", "that", "was", "for", "on", "with", "said", "by", "at", "from", "is", "were", "it",
    "as", "had", "has", "have", "be", "been", "not", "he", "his", "they", "their", "which", "who", "after", "this",
    "are", "its", "an", "but", "will", "than", "when", "near", "between", "against",
];

/// Letters that Pashto has and Persian, Urdu and Arabic have not; the detector does not know Pashto.
const PASHTO: &str = "ټډړږښځڅۍېڼ";

/// What was found out about the language of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// BCP 47 code; "und" where it is not clear.
    pub code: String,
    /// Whether the report is read.
    pub read: bool,
    /// What a person should know.
    pub note: Option<Note>,
}

/// The language of a report. Its words decide; what the report says of itself counts where they are too few.
///
/// # Example
/// ```
/// use counterclaim_reader::{Reader, text::Report};
/// let text = "Drei Menschen wurden am Montag bei einem Angriff auf einen Grenzposten verletzt, teilte die Polizei mit.";
/// let brief = Reader::new().read(&[Report { text: text.into(), ..Report::default() }]);
/// assert_eq!(brief.readings[0].language, "de");
/// assert!(brief.incidents.is_empty());
/// ```
pub fn find(report: &Report, languages: &Languages) -> Found {
    let declared = report.language.as_deref().and_then(|l| languages.get(l));
    let name = |code: &str| languages.get(code).map_or("an unknown language", |l| l.name.as_str()).to_string();
    let code = match detect(&report.text) {
        Some(iso3) => languages.get(iso3).map_or("und", |l| l.code.as_str()).to_string(),
        None => declared.map_or("en", |l| l.code.as_str()).to_string(),
    };
    let read = code == "en";
    let message = if !read {
        Some(format!("the report is in {}: it is kept and not read, because only English is read", name(&code)))
    } else {
        let other = declared.filter(|l| l.code != "en");
        other.map(|l| format!("the report says that it is in {}, but its words are English: read as English", l.name))
    };
    let note = message.map(|message| Note { span: Span::default(), message });
    Found { code, read, note }
}

/// The ISO 639-3 code of the language of a text; `None` if it has too few words to tell.
fn detect(text: &str) -> Option<&'static str> {
    let mut end = text.len().min(LOOK);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let text = &text[..end];
    let letters = text.chars().filter(|c| c.is_alphabetic());
    let (latin, other): (Vec<char>, Vec<char>) = letters.partition(|c| *c < '\u{250}');
    if other.len() > latin.len() {
        let pashto = other.iter().filter(|c| PASHTO.contains(**c)).count();
        return Some(if pashto * 50 > other.len() {
            "pus"
        } else {
            whatlang::detect_lang(text).map_or("und", |l| l.code())
        });
    }
    let words: Vec<String> =
        text.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect();
    let english = words.iter().filter(|w| ENGLISH.contains(&w.as_str())).count();
    let n = words.len();
    // Lists of names and headlines have few such words; only a clear case is another language.
    if english * 100 >= n * 12 {
        return (n >= 8).then_some("eng");
    }
    match whatlang::detect(text) {
        _ if n < 8 => None,
        Some(i) if i.lang() == whatlang::Lang::Eng => Some("eng"),
        Some(i) if i.is_reliable() => Some(i.lang().code()),
        _ if english * 100 >= n * 4 || n < 20 => Some("eng"),
        _ => Some("und"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use counterclaim_lexicon::Lexicon;

    fn code(text: &str, declared: Option<&str>) -> (String, bool) {
        let report = Report { text: text.into(), language: declared.map(Into::into), ..Report::default() };
        let found = find(&report, &Lexicon::embedded().languages);
        (found.code, found.read)
    }

    #[test]
    fn english_in_its_many_shapes() {
        for text in [
            "Two police officers were hurt when gunmen opened fire on a post near Bannu on Monday, officials said.",
            "GUERRILLAS ATTACKED THE TOWN OF SAN PEDRO TODAY AND WERE REPELLED BY THE ARMY, WHICH LOST TWO MEN.",
            "Bannu: 3 dead. Mohmand: 2 dead, 5 hurt. Kurram: firing stops.",
            "Torkham crossing reopens",
            "",
        ] {
            assert_eq!(code(text, None), ("en".into(), true), "{text}");
        }
    }

    #[test]
    fn other_languages_are_not_read() {
        for (text, want) in [
            ("پولیس کے مطابق پیر کے روز سرحدی چوکی پر حملے میں تین اہلکار زخمی ہوئے اور ایک حملہ آور مارا گیا۔", "ur"),
            (
                "پولیسو وویل چې د دوشنبې په ورځ پر سرحدي پوستې په برید کې درې کسان ټپیان شوي او یو برید کوونکی وژل شوی دی.",
                "ps",
            ),
            ("پلیس گفت که روز دوشنبه در حمله به یک پاسگاه مرزی سه نفر زخمی شدند و یک مهاجم کشته شد.", "fa"),
            (
                "Trois policiers ont été blessés lundi dans une attaque contre un poste frontière, selon les autorités.",
                "fr",
            ),
            (
                "Tres policías resultaron heridos el lunes en un ataque contra un puesto fronterizo, según las autoridades.",
                "es",
            ),
            ("Трое полицейских ранены в понедельник при нападении на пограничный пост, сообщили власти.", "ru"),
        ] {
            assert_eq!(code(text, None), (want.into(), false), "{text}");
        }
    }

    #[test]
    fn words_outweigh_what_a_report_says_of_itself() {
        let text = "Two police officers were hurt when gunmen opened fire on a post near Bannu on Monday.";
        assert_eq!(code(text, Some("ur")), ("en".into(), true));
        assert_eq!(code("Haqooq", Some("ur-PK")), ("ur".into(), false));
    }
}
