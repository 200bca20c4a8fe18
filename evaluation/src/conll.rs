//! Scores sentences, words, tags, lemmas and trees against a Universal Dependencies treebank in CoNLL-U.
//!
//! The measures are those of the CoNLL 2018 shared task (Zeman et al. 2018; `conll18_ud_eval.py`): F1 of words and
//! sentences, and of UPOS, XPOS, lemmas, UAS and LAS over aligned words, from raw text or on gold words. As there,
//! relations are compared without subtypes and a gold lemma `_` accepts any.

use anyhow::{Result, ensure};
use counterclaim_text::{Span, Syntax};

use crate::align::{Unit, align};
use crate::figures::{Count, Figure};
pub use crate::treebank::{GoldWord, Treebank, documents};

/// The figures of the shared task.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TreeScores {
    /// Words with the right span.
    pub words: Count,
    /// Sentences with the right span.
    pub sentences: Count,
    /// Universal tags.
    pub upos: Count,
    /// Penn tags.
    pub xpos: Count,
    /// Lemmas.
    pub lemmas: Count,
    /// Heads.
    pub uas: Count,
    /// Heads and relations.
    pub las: Count,
}

impl TreeScores {
    /// Adds the counts of another text.
    pub fn add(&mut self, other: TreeScores) {
        self.words += other.words;
        self.sentences += other.sentences;
        self.upos += other.upos;
        self.xpos += other.xpos;
        self.lemmas += other.lemmas;
        self.uas += other.uas;
        self.las += other.las;
    }

    /// The figures for the table.
    pub fn figures(&self) -> Vec<Figure> {
        let rows = [
            ("words F1", self.words),
            ("sentences F1", self.sentences),
            ("UPOS", self.upos),
            ("XPOS", self.xpos),
            ("lemmas", self.lemmas),
            ("UAS", self.uas),
            ("LAS", self.las),
        ];
        rows.iter().map(|(name, c)| Figure::new(name, c.f1(), c.gold())).collect()
    }
}

/// Scores a prediction made from `gold.text` alone.
pub fn score_raw(gold: &Treebank, pred: &Syntax) -> TreeScores {
    let place = without_space(&gold.text);
    let unit = |span: Span, form: &str, multiword| Unit {
        start: place[(span.start as usize).min(gold.text.len())],
        end: place[(span.end as usize).min(gold.text.len())],
        multiword,
        form: form.to_lowercase(),
    };
    let g: Vec<Unit> = gold.words.iter().map(|w| unit(w.token.unwrap_or(w.span), &w.form, w.token.is_some())).collect();
    let p: Vec<Unit> = pred.tokens.iter().map(|t| unit(t.span, t.span.of(&gold.text), false)).collect();
    let ends = |s: Span| {
        let u = unit(s, "", false);
        (u.start, u.end)
    };
    let gold_sentences: Vec<_> = gold.sentences.iter().map(|s| ends(gold.sentence_span(*s))).collect();
    let pred_sentences: Vec<_> = pred.sentences.iter().map(|s| ends(pred.sentence_span(*s))).collect();
    let hit = pred_sentences.iter().filter(|s| gold_sentences.binary_search(s).is_ok()).count();
    let mut scores = compare(gold, pred, &align(&g, &p));
    scores.sentences = Count::of(hit, gold_sentences.len(), pred_sentences.len());
    scores
}

/// Scores tags and trees predicted on the gold words and sentences: word for word.
///
/// # Errors
/// If the prediction does not have exactly one token per gold word.
pub fn score_gold_words(gold: &Treebank, pred: &Syntax) -> Result<TreeScores> {
    ensure!(
        gold.words.len() == pred.tokens.len(),
        "{} predicted tokens for {} gold words",
        pred.tokens.len(),
        gold.words.len()
    );
    let pairs: Vec<_> = (0..gold.words.len()).map(|i| (i, i)).collect();
    let mut scores = compare(gold, pred, &pairs);
    let hit = pred.sentences.iter().filter(|s| gold.sentences.contains(s)).count();
    scores.sentences = Count::of(hit, gold.sentences.len(), pred.sentences.len());
    Ok(scores)
}

fn compare(gold: &Treebank, pred: &Syntax, pairs: &[(usize, usize)]) -> TreeScores {
    let mut gold_of = vec![None; pred.tokens.len()];
    for &(g, p) in pairs {
        gold_of[p] = Some(g);
    }
    let tally = |right: &dyn Fn(usize, usize) -> bool| {
        let hit = pairs.iter().filter(|(g, p)| right(*g, *p)).count();
        Count::of(hit, gold.words.len(), pred.tokens.len())
    };
    let head = |g: usize, p: usize| match (gold.words[g].head, pred.head(p)) {
        (None, None) => true,
        (Some(h), Some(q)) => gold_of[q] == Some(h),
        _ => false,
    };
    let base = |rel: &str| rel.split(':').next().unwrap_or("").to_owned();
    TreeScores {
        words: tally(&|_, _| true),
        sentences: Count::default(),
        upos: tally(&|g, p| gold.words[g].upos == pred.tokens[p].upos.as_str()),
        xpos: tally(&|g, p| gold.words[g].xpos == pred.tokens[p].xpos.as_str()),
        lemmas: tally(&|g, p| gold.words[g].lemma == "_" || gold.words[g].lemma == pred.lemma(p)),
        uas: tally(&head),
        las: tally(&|g, p| head(g, p) && base(&gold.words[g].rel) == pred.tokens[p].rel.base()),
    }
}

/// For each byte offset, how many bytes before it are not white space.
fn without_space(text: &str) -> Vec<usize> {
    let mut out = Vec::with_capacity(text.len() + 1);
    let mut count = 0;
    for c in text.chars() {
        for k in 0..c.len_utf8() {
            out.push(if c.is_whitespace() { count } else { count + k });
        }
        count += if c.is_whitespace() { 0 } else { c.len_utf8() };
    }
    out.push(count);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use counterclaim_text::{Rel, Sentence, Token, Upos, Xpos};

    const BANK: &str = "# newdoc id = a\n# newpar\n\
        1\tWe\twe\tPRON\tPRP\t_\t3\tnsubj\t_\t_\n\
        2-3\tcan't\t_\t_\t_\t_\t_\t_\t_\t_\n\
        2\tca\tcan\tAUX\tMD\t_\t4\taux\t_\t_\n\
        3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_\n\
        4\tgo\tgo\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No\n\
        5\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_\n\
        \n\
        1\tWait\twait\tVERB\tVB\t_\t0\troot\t_\t_\n\
        \n\
        # newpar\n\
        1\tÉté\t_\tNOUN\tNN\t_\t0\troot\t_\t_\n\n";

    fn syntax(words: &[(usize, usize, &str, usize, Rel)], sentences: &[(u32, u32)]) -> Syntax {
        let mut s = Syntax::default();
        for &(start, end, lemma, head, rel) in words {
            let at = s.lemmas.len();
            s.lemmas.push_str(lemma);
            s.tokens.push(Token {
                span: Span::new(start, end),
                upos: Upos::Verb,
                xpos: Xpos::Vb,
                head: head as u32,
                rel,
                lemma: Span::new(at, s.lemmas.len()),
            });
        }
        s.sentences = sentences.iter().map(|&(start, end)| Sentence { start, end }).collect();
        s
    }

    #[test]
    fn raw_scores_by_hand() {
        let b = Treebank::parse(BANK).unwrap();
        // "can't" split in the gold way, the full stop glued to "go", two sentences run together.
        let p = syntax(
            &[
                (0, 2, "we", 3, Rel::Nsubj),
                (3, 5, "can", 3, Rel::Aux),
                (5, 8, "no", 3, Rel::Advmod),
                (9, 12, "go", 3, Rel::Root),
                (13, 17, "wait", 3, Rel::Conj),
                (19, 24, "x", 5, Rel::Root),
            ],
            &[(0, 5), (5, 6)],
        );
        let s = score_raw(&b, &p);
        assert_eq!(s.words, Count::of(5, 7, 6));
        assert_eq!(s.sentences, Count::of(1, 3, 2));
        // "go" is not aligned, so no head that points to it counts; only the last root is right.
        assert_eq!(s.uas.hit, 1);
        assert_eq!(s.lemmas.hit, 4);
        assert_eq!(s.upos.hit, 1);
    }

    #[test]
    fn gold_words_are_compared_in_order() {
        let b = Treebank::parse(BANK).unwrap();
        let rels = [Rel::Nsubj, Rel::AuxPass, Rel::Advmod, Rel::Root, Rel::Punct, Rel::Root, Rel::Dep];
        let heads = [2, 3, 3, 3, 3, 5, 6];
        let words: Vec<_> = b
            .words
            .iter()
            .zip(rels)
            .zip(heads)
            .map(|((w, r), h)| (w.span.start as usize, w.span.end as usize, "we", h, r))
            .collect();
        let p = syntax(&words, &[(0, 5), (5, 6), (6, 7)]);
        let s = score_gold_words(&b, &p).unwrap();
        assert_eq!((s.uas.hit, s.las.hit, s.sentences.hit, s.lemmas.hit), (7, 6, 3, 2));
        assert!(score_gold_words(&b, &Syntax::default()).is_err());
    }
}
