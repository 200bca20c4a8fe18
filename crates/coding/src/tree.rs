//! A parsed text seen as trees: children, clauses, subtrees, the preposition of a phrase.

use counterclaim_lexicon::Forms;
use counterclaim_text::{Rel, Span, Syntax, Upos, Xpos};

/// The trees of one text with their children, all in flat arrays.
pub struct Tree<'a> {
    /// The text.
    pub text: &'a str,
    /// Its syntactic layer.
    pub syntax: &'a Syntax,
    kids: Vec<u32>,
    first: Vec<u32>,
    /// First and last token of each token's subtree (projective hull).
    hull: Vec<(u32, u32)>,
    lemmas: Vec<String>,
    upos: Vec<Upos>,
}

impl<'a> Tree<'a> {
    /// Indexes the trees of a text.
    pub fn new(text: &'a str, syntax: &'a Syntax, forms: &Forms) -> Tree<'a> {
        let n = syntax.tokens.len();
        let mut count = vec![0u32; n + 1];
        for i in 0..n {
            if let Some(h) = syntax.head(i) {
                count[h + 1] += 1;
            }
        }
        for i in 0..n {
            count[i + 1] += count[i];
        }
        let first = count.clone();
        let mut next = count;
        let mut kids = vec![0u32; first[n] as usize];
        for i in 0..n {
            if let Some(h) = syntax.head(i) {
                kids[next[h] as usize] = i as u32;
                next[h] += 1;
            }
        }
        let mut hull: Vec<(u32, u32)> = (0..n as u32).map(|i| (i, i)).collect();
        // Each token widens its ancestors; chains are at most as long as a sentence.
        for i in 0..n {
            let mut h = i;
            let mut steps = 0;
            while let Some(up) = syntax.head(h) {
                let (a, b) = hull[up];
                hull[up] = (a.min(i as u32), b.max(i as u32));
                h = up;
                steps += 1;
                if steps > 200 {
                    break;
                }
            }
        }
        let mut lemmas: Vec<String> = (0..n).map(|i| syntax.lemma(i).to_lowercase()).collect();
        let mut upos: Vec<Upos> = syntax.tokens.iter().map(|t| t.upos).collect();
        for i in 0..n {
            // Forms that the tagger has hardly seen; a capitalised one may be a name and is left alone.
            if let Some((lemma, always)) = forms.get(syntax.tokens[i].span.of(text)) {
                if always && matches!(upos[i], Upos::Noun | Upos::Propn | Upos::X | Upos::Adj) {
                    upos[i] = Upos::Verb;
                }
                if upos[i] == Upos::Verb {
                    lemmas[i] = lemma.to_string();
                }
            }
        }
        // A noun with a subject and no copula is a verb that the tagger missed ("unknown men shot dead two elders").
        for i in 0..n {
            if !matches!(upos[i], Upos::Noun | Upos::Propn | Upos::Adj) {
                continue;
            }
            let own = &kids[first[i] as usize..first[i + 1] as usize];
            let has = |rels: &[Rel]| own.iter().any(|k| rels.contains(&syntax.tokens[*k as usize].rel));
            let object = upos[i] != Upos::Adj || has(&[Rel::Obj]);
            if object
                && has(&[Rel::Nsubj])
                && !has(&[Rel::Cop, Rel::Det, Rel::Case])
                && has(&[Rel::Aux, Rel::Obj, Rel::Obl, Rel::Flat, Rel::Compound])
            {
                upos[i] = Upos::Verb;
                if lemmas[i] == "shot" {
                    lemmas[i] = "shoot".into();
                }
            }
        }
        // "yesterday's shelling", "cross-border firing": what has an owner or an adjective of its own is a noun.
        for i in 0..n {
            let t = &syntax.tokens[i];
            if upos[i] != Upos::Verb || t.xpos != Xpos::Vbg {
                continue;
            }
            let own = &kids[first[i] as usize..first[i + 1] as usize];
            let has = |rels: &[Rel]| own.iter().any(|k| rels.contains(&syntax.tokens[*k as usize].rel));
            if has(&[Rel::NmodPoss, Rel::Det, Rel::Compound, Rel::Amod]) && !has(&[Rel::Nsubj, Rel::Aux, Rel::Obj]) {
                upos[i] = Upos::Noun;
                lemmas[i] = t.span.of(text).to_lowercase();
            }
        }
        Tree { text, syntax, kids, first, hull, lemmas, upos }
    }

    /// Number of tokens.
    pub fn len(&self) -> usize {
        self.syntax.tokens.len()
    }

    /// True if the text has no token.
    pub fn is_empty(&self) -> bool {
        self.syntax.tokens.is_empty()
    }

    /// Children of a token in text order.
    pub fn kids(&self, i: usize) -> impl Iterator<Item = usize> + '_ {
        self.kids[self.first[i] as usize..self.first[i + 1] as usize].iter().map(|k| *k as usize)
    }

    /// The first child with one of these relations.
    pub fn kid(&self, i: usize, rels: &[Rel]) -> Option<usize> {
        self.kids(i).find(|k| rels.contains(&self.rel(*k)))
    }

    /// Relation of a token to its head.
    pub fn rel(&self, i: usize) -> Rel {
        self.syntax.tokens[i].rel
    }

    /// Universal tag.
    pub fn upos(&self, i: usize) -> Upos {
        self.upos[i]
    }

    /// Lower-case lemma.
    pub fn lemma(&self, i: usize) -> &str {
        &self.lemmas[i]
    }

    /// The token's own words.
    pub fn word(&self, i: usize) -> &'a str {
        self.syntax.tokens[i].span.of(self.text)
    }

    /// Head, or `None` for a root.
    pub fn head(&self, i: usize) -> Option<usize> {
        self.syntax.head(i)
    }

    /// First and last token of the subtree.
    pub fn hull(&self, i: usize) -> (usize, usize) {
        let (a, b) = self.hull[i];
        (a as usize, b as usize)
    }

    /// True if `i` lies below `top` or is it.
    pub fn within(&self, i: usize, top: usize) -> bool {
        let mut at = i;
        for _ in 0..200 {
            if at == top {
                return true;
            }
            match self.head(at) {
                Some(h) => at = h,
                None => return false,
            }
        }
        false
    }

    /// The words of a subtree.
    pub fn span(&self, i: usize) -> Span {
        let (a, b) = self.hull(i);
        self.span_of(a, b)
    }

    /// The words of tokens `a..=b`.
    pub fn span_of(&self, a: usize, b: usize) -> Span {
        self.syntax.tokens[a].span.join(self.syntax.tokens[b].span)
    }

    /// The lemma of the preposition of a phrase; "out of" gives "out", "according to" gives "according".
    pub fn preposition(&self, i: usize) -> Option<&str> {
        self.kids(i).find(|k| self.rel(*k) == Rel::Case).map(|k| self.lemma(k))
    }

    /// Index of the sentence of a token.
    pub fn sentence(&self, i: usize) -> usize {
        self.syntax.sentence_of(i)
    }

    /// The head of the clause that holds a token: the nearest verb, or predicate with a subject, at or above it.
    pub fn clause(&self, i: usize) -> usize {
        let mut at = i;
        for _ in 0..200 {
            let predicate = matches!(self.upos(at), Upos::Verb)
                || self.kids(at).any(|k| matches!(self.rel(k), Rel::Cop | Rel::Nsubj | Rel::NsubjPass));
            if predicate {
                return at;
            }
            match self.head(at) {
                Some(h) => at = h,
                None => return at,
            }
        }
        at
    }

    /// True for a verb form in the passive.
    pub fn passive(&self, i: usize) -> bool {
        self.kids(i).any(|k| matches!(self.rel(k), Rel::AuxPass | Rel::NsubjPass | Rel::CsubjPass | Rel::OblAgent))
    }

    /// Paragraph number of a token: paragraphs are parted by line breaks, but not by one inside a sentence, as lines may
    /// be cut to a width.
    pub fn paragraphs(&self) -> Vec<u32> {
        let mut out = Vec::with_capacity(self.len());
        let (mut at, mut paragraph) = (self.syntax.tokens.first().map_or(0, |t| t.span.start as usize), 0u32);
        let mut starts = self.syntax.sentences.iter().map(|s| s.start as usize).peekable();
        for (i, t) in self.syntax.tokens.iter().enumerate() {
            while starts.peek().is_some_and(|s| *s < i) {
                starts.next();
            }
            let first = starts.peek() == Some(&i);
            let start = t.span.start as usize;
            if first && start > at && self.text.as_bytes()[at..start].contains(&b'\n') {
                paragraph += 1;
            }
            at = t.span.end as usize;
            out.push(paragraph);
        }
        out
    }
}
