//! Reads treebank files (CoNLL-U): words with their analyses, grouped in sentences, paragraphs and documents.

use counterclaim_text::{Rel, Upos, Xpos};

/// One syntactic word of a treebank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// The word as written.
    pub form: String,
    /// Dictionary form.
    pub lemma: String,
    /// Universal tag.
    pub upos: Upos,
    /// Penn tag.
    pub xpos: Xpos,
    /// One-based position of the head in the sentence; zero for a root.
    pub head: usize,
    /// Relation to the head.
    pub rel: Rel,
    /// True if white space follows the word in the running text.
    pub space_after: bool,
}

/// The words of one sentence.
pub type Words = Vec<Word>;

/// A document: paragraphs of sentences.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// The paragraphs in order.
    pub paragraphs: Vec<Vec<Words>>,
}

impl Document {
    /// The running text: sentences joined by a space (or nothing), paragraphs by a blank line; with the byte
    /// range of every word, sentence by sentence.
    pub fn text(&self) -> (String, Vec<Vec<(usize, usize)>>) {
        let (mut text, mut spans) = (String::new(), Vec::new());
        for paragraph in &self.paragraphs {
            let kept = text.trim_end().len();
            text.truncate(kept);
            if !text.is_empty() {
                text.push_str("\n\n");
            }
            for sentence in paragraph {
                spans.push(Vec::with_capacity(sentence.len()));
                for w in sentence {
                    let start = text.len();
                    text.push_str(&w.form);
                    if let Some(s) = spans.last_mut() {
                        s.push((start, text.len()));
                    }
                    if w.space_after {
                        text.push(' ');
                    }
                }
            }
        }
        (text, spans)
    }

    /// All sentences in order.
    pub fn sentences(&self) -> impl Iterator<Item = &Words> {
        self.paragraphs.iter().flatten()
    }
}

/// Reads the documents of a CoNLL-U text. Lines that are not understood are reported with their number.
///
/// # Example
/// ```
/// let text = "# newdoc\n1\tRain\train\tNOUN\tNN\t_\t2\tnsubj\t_\t_\n2\tfell\tfall\tVERB\tVBD\t_\t0\troot\t_\t_\n\n";
/// let documents = counterclaim_syntax::conllu::read(text).unwrap();
/// assert_eq!(documents[0].sentences().next().unwrap()[1].lemma, "fall");
/// ```
pub fn read(text: &str) -> Result<Vec<Document>, String> {
    let mut documents: Vec<Document> = Vec::new();
    let mut sentence = Vec::new();
    let (mut new_document, mut new_paragraph) = (true, true);
    // The last word of a multi-word token and whether a space follows it.
    let mut join: Option<(usize, bool)> = None;
    for (i, line) in text.lines().chain(std::iter::once("")).enumerate() {
        if line.is_empty() {
            if sentence.is_empty() {
                continue;
            }
            if new_document {
                documents.push(Document::default());
            }
            if let Some(d) = documents.last_mut() {
                if new_paragraph || d.paragraphs.is_empty() {
                    d.paragraphs.push(Vec::new());
                }
                if let Some(p) = d.paragraphs.last_mut() {
                    p.push(std::mem::take(&mut sentence));
                }
            }
            (new_document, new_paragraph, join) = (false, false, None);
        } else if line.starts_with("# newdoc") {
            (new_document, new_paragraph) = (true, true);
        } else if line.starts_with("# newpar") {
            new_paragraph = true;
        } else if !line.starts_with('#') {
            let bad = || format!("line {}: not understood: {line}", i + 1);
            let f: Vec<&str> = line.split('\t').collect();
            if f.len() < 10 {
                return Err(bad());
            }
            let space = !f[9].split('|').any(|m| m == "SpaceAfter=No");
            if let Some((_, last)) = f[0].split_once('-') {
                join = Some((last.parse().map_err(|_| bad())?, space));
            } else if !f[0].contains('.') {
                let id: usize = f[0].parse().map_err(|_| bad())?;
                sentence.push(Word {
                    form: f[1].to_string(),
                    lemma: f[2].to_string(),
                    upos: Upos::parse(f[3]).ok_or_else(bad)?,
                    xpos: Xpos::parse(f[4]).ok_or_else(bad)?,
                    head: f[6].parse().map_err(|_| bad())?,
                    rel: Rel::parse(f[7]).ok_or_else(bad)?,
                    space_after: match join {
                        Some((last, _)) if id < last => false,
                        Some((last, after)) if id == last => after,
                        _ => space,
                    },
                });
            }
        }
    }
    Ok(documents)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn multi_word_tokens_take_the_space_of_the_whole() {
        let text = "# newdoc\n# newpar\n1-2\tcannot\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n1\tcan\tcan\tAUX\tMD\t_\t0\troot\t_\t_\n2\tnot\tnot\tPART\tRB\t_\t1\tadvmod\t_\t_\n3\t!\t!\tPUNCT\t.\t_\t1\tpunct\t_\t_\n\n# newpar\n1\tYes\tyes\tINTJ\tUH\t_\t0\troot\t_\t_\n\n";
        let documents = read(text).unwrap();
        let (raw, spans) = documents[0].text();
        assert_eq!(raw, "cannot!\n\nYes ");
        assert_eq!(spans, [vec![(0, 3), (3, 6), (6, 7)], vec![(9, 12)]]);
    }

    #[test]
    fn an_unknown_tag_is_named_by_line() {
        let e = read("1\ta\ta\tZZZ\tNN\t_\t0\troot\t_\t_\n\n").unwrap_err();
        assert!(e.contains("line 1"));
    }
}
