//! Scores names of people, organisations, places and other things on world newswire (the Worldwide set).
//!
//! The measure is that of CoNLL 2003 (Tjong Kim Sang and De Meulder): a name is right if its span and class are
//! exactly those of gold. The set (Shan et al. 2023, "Do 'English' named entity recognizers work well on global
//! Englishes?") gives words only, in BIO columns, so the text is rebuilt: one sentence a line, usual spacing
//! around punctuation.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use counterclaim_text::Span;

use crate::figures::{Count, Figure};
use crate::gold::files;

/// The classes whose names the headline figure pools.
pub const MAIN: [&str; 4] = ["Person", "Organization", "Location", "Other"];

/// The class that a class of the set counts as: facilities are places; peoples, products and the rest are other names;
/// dates and sums of money are no names.
pub fn folded(class: &str) -> Option<&'static str> {
    Some(match class {
        "Person" => "Person",
        "Organization" => "Organization",
        "Location" | "Facility" => "Location",
        "NORP" | "Misc" | "Product" => "Other",
        _ => return None,
    })
}

/// A name: where it stands and of what class it is.
pub type Name = (Span, String);

/// One gold article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NameDoc {
    /// The file's name.
    pub id: String,
    /// The rebuilt text.
    pub text: String,
    /// Its names, in order.
    pub names: Vec<Name>,
}

/// Reads every `.tsv` file of `names/worldwide`, by name.
///
/// # Errors
/// If the folder or a file cannot be read.
pub fn load(dir: &Path) -> Result<Vec<NameDoc>> {
    let one = |path: &std::path::PathBuf| {
        let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        let id = path.file_name().unwrap_or_default().to_string_lossy();
        Ok(parse(&id, &text))
    };
    files(dir, ".tsv")?.iter().map(one).collect()
}

/// True for every tenth article, in the order of file names: these are kept out of training and measured on.
pub fn held_back(index: usize) -> bool {
    index % 10 == 9
}

/// Reads one article: word TAB tag, a blank line between sentences; further columns are ignored.
pub fn parse(id: &str, tsv: &str) -> NameDoc {
    let mut doc = NameDoc { id: id.to_owned(), ..NameDoc::default() };
    let (mut fresh, mut glue, mut quoted) = (true, true, false);
    let mut open = false;
    for line in tsv.lines() {
        let mut columns = line.split('\t');
        let (word, tag) = match (columns.next().map(str::trim), columns.next().map(str::trim)) {
            (Some(w), Some(t)) => (w, t),
            // A few lines have spaces for the tab.
            (Some(w), None) => w.rsplit_once(char::is_whitespace).unwrap_or((w, "O")),
            _ => ("", "O"),
        };
        let word = word.trim();
        if word.is_empty() {
            (fresh, open) = (true, false);
            continue;
        }
        if fresh {
            quoted = false;
            if !doc.text.is_empty() {
                doc.text.push('\n');
            }
        } else if !glue && !joins_left(&doc.text, word, quoted) {
            doc.text.push(' ');
        }
        (fresh, glue) = (false, joins_right(&doc.text, word, quoted));
        quoted ^= word == "\"";
        let start = doc.text.len();
        doc.text.push_str(word);
        let span = Span::new(start, doc.text.len());
        let (mark, class) = tag.split_once('-').unwrap_or((tag, ""));
        match doc.names.last_mut() {
            Some(last) if open && mark == "I" && last.1 == class => last.0 = last.0.join(span),
            _ if matches!(mark, "B" | "I") => doc.names.push((span, class.to_owned())),
            _ => {}
        }
        open = matches!(mark, "B" | "I");
    }
    doc
}

/// True for words that stand without a space after the text before.
fn joins_left(before: &str, word: &str, quoted: bool) -> bool {
    let last = before.chars().next_back().unwrap_or(' ');
    match word {
        "," | "." | ";" | ":" | "!" | "?" | ")" | "]" | "%" | "”" | "’" | "n't" | "n’t" | "..." => true,
        "\"" => quoted,
        "-" | "/" => last.is_alphabetic() && !ends_in_month(before),
        "s" | "t" | "re" | "ve" | "ll" | "d" | "m" => matches!(last, '\'' | '’'),
        w => w.len() > 1 && w.starts_with(['\'', '’']),
    }
}

/// True for words after which no space stands.
fn joins_right(before: &str, word: &str, quoted: bool) -> bool {
    match word {
        "(" | "[" | "$" | "£" | "€" | "“" | "‘" => true,
        "\"" => !quoted,
        "-" | "/" => before.ends_with(char::is_alphabetic) && !ends_in_month(before),
        _ => false,
    }
}

/// A dash after a month closes a date and joins nothing.
fn ends_in_month(text: &str) -> bool {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    MONTHS.iter().any(|m| text.ends_with(m))
}

/// Figures by class.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NameScores {
    /// A tally for every class of gold or prediction.
    pub by_class: BTreeMap<String, Count>,
    /// Spans of the main classes, whatever class was given among them.
    pub spans: Count,
}

impl NameScores {
    /// The tally of people, organisations, places and other names together.
    pub fn main(&self) -> Count {
        let mut all = Count::default();
        MAIN.iter().filter_map(|c| self.by_class.get(*c)).for_each(|c| all += *c);
        all
    }

    /// The figures for the table.
    pub fn figures(&self) -> Vec<Figure> {
        let class = |name, key: &str| {
            let c = self.by_class.get(key).copied().unwrap_or_default();
            Figure::new(name, c.f1(), c.gold())
        };
        let main = self.main();
        vec![
            Figure::new("names F1", main.f1(), main.gold()),
            class("people F1", "Person"),
            class("organisations F1", "Organization"),
            class("places F1", "Location"),
            class("other names F1", "Other"),
            Figure::new("spans of any main class F1", self.spans.f1(), self.spans.gold()),
        ]
    }
}

/// Scores one list of predicted names per article, in the classes of the set.
///
/// # Errors
/// If there is not one list per article.
pub fn score(docs: &[NameDoc], pred: &[Vec<Name>]) -> Result<NameScores> {
    ensure!(docs.len() == pred.len(), "{} predictions for {} articles", pred.len(), docs.len());
    let mut s = NameScores::default();
    for (doc, pred) in docs.iter().zip(pred) {
        for name in pred {
            let c = s.by_class.entry(name.1.clone()).or_default();
            if doc.names.contains(name) { c.hit += 1 } else { c.extra += 1 }
        }
        for name in doc.names.iter().filter(|n| !pred.contains(n)) {
            s.by_class.entry(name.1.clone()).or_default().missed += 1;
        }
        let main = |list: &[Name]| {
            let kept = list.iter().filter(|n| MAIN.contains(&n.1.as_str()));
            kept.map(|n| n.0).collect::<std::collections::BTreeSet<_>>()
        };
        let (g, p) = (main(&doc.names), main(pred));
        s.spans += Count::of(g.intersection(&p).count(), g.len(), p.len());
    }
    Ok(s)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TSV: &str = "News\tO\n\nAda\tB-Person\nOrd\tI-Person\n,\tO\nof\tO\nOldtown\tB-Location\textra\n(\tO\nUtopia\tB-Location\n)\tO\nwent Z\n";

    #[test]
    fn text_is_rebuilt() {
        let d = parse("x", TSV);
        assert_eq!(d.text, "News\nAda Ord, of Oldtown (Utopia) went");
        let text =
            "Ord\tO\n’\tO\ns\tO\nco\tO\n-\tO\nowner\tO\nsaid\tO\n\"\tO\nno\tO\n\"\tO\n-\tO\nMay\tO\n-\tO\nrain\tO\n";
        assert_eq!(parse("x", text).text, "Ord’s co-owner said \"no\" - May - rain");
        let names: Vec<_> = d.names.iter().map(|n| (n.0.of(&d.text), n.1.as_str())).collect();
        assert_eq!(names, [("Ada Ord", "Person"), ("Oldtown", "Location"), ("Utopia", "Location")]);
    }

    #[test]
    fn classes_by_hand() {
        let d = parse("x", TSV);
        let mut pred = vec![d.names[0].clone(), d.names[1].clone()];
        pred[1].1 = "Organization".into();
        let s = score(&[d], &[pred]).unwrap();
        assert_eq!(s.by_class["Person"], Count::of(1, 1, 1));
        assert_eq!(s.by_class["Location"], Count::of(0, 2, 0));
        assert_eq!(s.main(), Count::of(1, 3, 2));
        assert_eq!(s.spans, Count::of(2, 3, 2));
    }
}
