//! The syntactic layer: sentences, tokens, lemmas, tags and dependency trees, in arrays owned by one value.

use crate::{Name, Span, SpeechMark};

macro_rules! names {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $text:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        #[allow(missing_docs)]
        pub enum $name { $($variant),* }

        impl $name {
            /// Every value, in a fixed order.
            pub const ALL: &'static [$name] = &[$($name::$variant),*];

            /// The name used in treebanks.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text),* }
            }

            /// The value with this treebank name.
            pub fn parse(name: &str) -> Option<$name> {
                match name { $($text => Some($name::$variant),)* _ => None }
            }
        }
    };
}

names! {
    /// Universal part-of-speech tags (Universal Dependencies v2).
    Upos { Adj = "ADJ", Adp = "ADP", Adv = "ADV", Aux = "AUX", Cconj = "CCONJ", Det = "DET", Intj = "INTJ", Noun = "NOUN", Num = "NUM", Part = "PART", Pron = "PRON", Propn = "PROPN", Punct = "PUNCT", Sconj = "SCONJ", Sym = "SYM", Verb = "VERB", X = "X" }
}

names! {
    /// Penn Treebank tags as used in the English UD treebanks; they carry tense and number.
    Xpos { Nn = "NN", In = "IN", Dt = "DT", Nnp = "NNP", Jj = "JJ", Prp = "PRP", Period = ".", Rb = "RB", Comma = ",", Nns = "NNS", Vb = "VB", Cc = "CC", Vbd = "VBD", Vbp = "VBP", Vbz = "VBZ", Cd = "CD", Vbn = "VBN", Vbg = "VBG", To = "TO", Prps = "PRP$", Md = "MD", Rrb = "-RRB-", Lrb = "-LRB-", Colon = ":", Wdt = "WDT", Uh = "UH", Wrb = "WRB", Hyph = "HYPH", OpenQuote = "``", CloseQuote = "''", Wp = "WP", Pos = "POS", Rp = "RP", Nnps = "NNPS", Jjr = "JJR", Jjs = "JJS", Ex = "EX", Rbr = "RBR", Sym = "SYM", Nfp = "NFP", Fw = "FW", Dollar = "$", Gw = "GW", Add = "ADD", Pdt = "PDT", Rbs = "RBS", Ls = "LS", Afx = "AFX", Wps = "WP$", Xx = "XX" }
}

names! {
    /// Universal Dependencies relations with the English subtypes.
    Rel { Punct = "punct", Case = "case", Det = "det", Nsubj = "nsubj", Root = "root", Advmod = "advmod", Amod = "amod", Obj = "obj", Obl = "obl", Conj = "conj", Nmod = "nmod", Compound = "compound", Cc = "cc", Mark = "mark", Aux = "aux", Cop = "cop", NmodPoss = "nmod:poss", Advcl = "advcl", Xcomp = "xcomp", Flat = "flat", AclRelcl = "acl:relcl", Ccomp = "ccomp", Acl = "acl", AuxPass = "aux:pass", Appos = "appos", Parataxis = "parataxis", Nummod = "nummod", NsubjPass = "nsubj:pass", Discourse = "discourse", OblUnmarked = "obl:unmarked", NmodUnmarked = "nmod:unmarked", CompoundPrt = "compound:prt", Expl = "expl", Fixed = "fixed", Iobj = "iobj", List = "list", OblAgent = "obl:agent", Dep = "dep", NmodDesc = "nmod:desc", Csubj = "csubj", NsubjOuter = "nsubj:outer", DetPredet = "det:predet", AdvclRelcl = "advcl:relcl", Vocative = "vocative", Reparandum = "reparandum", Goeswith = "goeswith", CcPreconj = "cc:preconj", Orphan = "orphan", Dislocated = "dislocated", CsubjPass = "csubj:pass", CsubjOuter = "csubj:outer" }
}

impl Rel {
    /// The relation without its subtype: `nsubj:pass` gives `nsubj`.
    pub fn base(self) -> &'static str {
        self.as_str().split(':').next().unwrap_or("")
    }
}

/// One syntactic word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands in the text.
    pub span: Span,
    /// Universal tag.
    pub upos: Upos,
    /// Penn tag.
    pub xpos: Xpos,
    /// Index (in `Syntax::tokens`) of the head; a root is its own head.
    pub head: u32,
    /// Relation to the head.
    pub rel: Rel,
    /// Byte range of the lemma in the layer's lemma buffer.
    pub lemma: Span,
}

/// A sentence: a half-open range of token indices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// First token.
    pub start: u32,
    /// One past the last token.
    pub end: u32,
}

impl Sentence {
    /// The token indices of this sentence.
    pub fn tokens(&self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// The complete syntactic layer of one text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Syntax {
    /// All words in order.
    pub tokens: Vec<Token>,
    /// Sentences in order; together they cover `tokens` without gap.
    pub sentences: Vec<Sentence>,
    /// All lemmas, end to end; `Token::lemma` points into it.
    pub lemmas: String,
    /// Names in order; they do not overlap.
    pub names: Vec<Name>,
    /// Parts of reported speech in order; they do not overlap.
    pub speech: Vec<SpeechMark>,
}

impl Syntax {
    /// The lemma of token `i`: lower case, except for proper nouns.
    pub fn lemma(&self, i: usize) -> &str {
        self.tokens.get(i).map_or("", |t| t.lemma.of(&self.lemmas))
    }

    /// The index of the head of token `i`, or `None` for a root.
    pub fn head(&self, i: usize) -> Option<usize> {
        let h = self.tokens[i].head as usize;
        (h != i).then_some(h)
    }

    /// The index of the sentence that holds token `i`.
    pub fn sentence_of(&self, i: usize) -> usize {
        self.sentences.partition_point(|s| s.end as usize <= i)
    }

    /// The span of text that a sentence covers.
    pub fn sentence_span(&self, s: Sentence) -> Span {
        let t = &self.tokens[s.tokens()];
        match (t.first(), t.last()) {
            (Some(a), Some(b)) => a.span.join(b.span),
            _ => Span::default(),
        }
    }
}
