//! Verbs that the tagger took for nouns: "Warplanes bombed two houses, officials said" read as houses that said something.
//!
//! Where a form that is always a verb (`data/forms.tsv`) stands inside one noun phrase, between two nouns and with no verb
//! before it, the phrase is hung anew as a clause before anything looks at the tree.

use counterclaim_lexicon::Forms;
use counterclaim_text::{Rel, Syntax, Upos, Xpos};
use std::ops::Range;

/// Longest sentence that is looked at, in words: longer ones are lists, and the search is not made for them.
const LONGEST: usize = 200;

/// Hangs such phrases anew, in place.
pub fn mend(text: &str, syntax: &mut Syntax, forms: &Forms) {
    for s in 0..syntax.sentences.len() {
        let tokens = syntax.sentences[s].tokens();
        if tokens.len() > LONGEST {
            continue;
        }
        for v in tokens.clone() {
            if let Some(top) = buried(text, syntax, forms, &tokens, v) {
                raise(syntax, &tokens, v, top);
            }
        }
    }
}

fn nominal(syntax: &Syntax, i: usize) -> bool {
    matches!(syntax.tokens[i].upos, Upos::Noun | Upos::Propn | Upos::Pron)
}

fn finite(syntax: &Syntax, i: usize) -> bool {
    matches!(syntax.tokens[i].xpos, Xpos::Vbd | Xpos::Vbz | Xpos::Vbp | Xpos::Md)
}

/// The head of the noun phrase that `v` lies buried in, if `v` is a verb.
fn buried(text: &str, syntax: &Syntax, forms: &Forms, sentence: &Range<usize>, v: usize) -> Option<usize> {
    let t = &syntax.tokens[v];
    let word = t.span.of(text);
    let known = forms.get(word).is_some_and(|(_, always)| always) && word.starts_with(char::is_lowercase);
    let taken = matches!(t.upos, Upos::Noun | Upos::Propn | Upos::Adj)
        && matches!(t.rel, Rel::Compound | Rel::Amod | Rel::Nmod | Rel::NmodUnmarked | Rel::Appos | Rel::Flat);
    if !known || !taken || v == sentence.start || v + 1 >= sentence.end {
        return None;
    }
    // "the bombed houses", "two wounded men": what stands before it must be able to act, what follows to be acted on.
    let before = &syntax.tokens[v - 1];
    let follows = matches!(
        syntax.tokens[v + 1].upos,
        Upos::Noun | Upos::Propn | Upos::Pron | Upos::Det | Upos::Num | Upos::Adj | Upos::Adp | Upos::Adv
    );
    if !nominal(syntax, v - 1) || before.xpos == Xpos::Pos || !follows {
        return None;
    }
    let part =
        (sentence.start..v).rev().find(|i| syntax.tokens[*i].span.of(text) == ";").map_or(sentence.start, |i| i + 1);
    if (part..v).any(|i| finite(syntax, i) || matches!(syntax.tokens[i].xpos, Xpos::Wdt | Xpos::Wp | Xpos::Pos)) {
        return None;
    }
    let mut top = v;
    for _ in 0..sentence.len() {
        match syntax
            .head(top)
            .filter(|h| matches!(syntax.tokens[*h].upos, Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num))
        {
            Some(h) => top = h,
            None => break,
        }
    }
    // A phrase that is the only subject of a verb is a phrase; one that shares its verb with a second subject is what is said.
    let free = match syntax.head(top) {
        None => true,
        Some(h) => {
            syntax.tokens[top].rel == Rel::Nsubj
                && sentence
                    .clone()
                    .any(|i| i != top && i > v && syntax.head(i) == Some(h) && syntax.tokens[i].rel == Rel::Nsubj)
        }
    };
    (top != v && free).then_some(top)
}

fn hang(syntax: &mut Syntax, i: usize, head: usize, rel: Rel) {
    syntax.tokens[i].head = head as u32;
    syntax.tokens[i].rel = rel;
}

/// Makes `v` the head of the phrase: what stands before it acts, the first noun behind it is acted on.
fn raise(syntax: &mut Syntax, sentence: &Range<usize>, v: usize, top: usize) {
    let below = |i: usize| {
        let mut at = i;
        for _ in 0..sentence.len() {
            match syntax.head(at) {
                _ if at == top => return true,
                Some(h) => at = h,
                None => return false,
            }
        }
        false
    };
    // Only what is below the phrase may be hung anew: a crossing tree may hold its own head between its words.
    let own: Vec<usize> = sentence.clone().filter(|i| below(*i)).collect();
    let phrase = |i: usize| sentence.clone().any(|k| syntax.head(k) == Some(i) && syntax.tokens[k].rel == Rel::Case);
    // The parts of each side that hang on something beyond it.
    let loose = |side: &[usize]| {
        let outside = |i: &usize| syntax.head(*i).is_none_or(|h| side.binary_search(&h).is_err());
        side.iter().copied().filter(outside).collect::<Vec<usize>>()
    };
    let (left, right) = own.split_at(own.partition_point(|i| *i < v));
    let (left, right) = (loose(left), loose(right.get(1..).unwrap_or_default()));
    let Some(subject) = left.iter().copied().rev().find(|i| nominal(syntax, *i) && !phrase(*i)) else { return };
    let phrases: Vec<usize> = left.iter().chain(&right).copied().filter(|i| phrase(*i)).collect();
    let (up, rel) = (syntax.head(top), syntax.tokens[top].rel);
    for i in left {
        let t = syntax.tokens[i];
        match t.upos {
            _ if i == subject => hang(syntax, i, v, Rel::Nsubj),
            Upos::Punct | Upos::Adv => hang(syntax, i, v, if t.upos == Upos::Punct { Rel::Punct } else { Rel::Advmod }),
            _ if phrases.contains(&i) && i < subject => hang(syntax, i, v, Rel::Obl),
            _ if phrases.contains(&i) => hang(syntax, i, subject, Rel::Nmod),
            _ => hang(syntax, i, subject, t.rel),
        }
    }
    let mut object = false;
    for i in right {
        let t = syntax.tokens[i];
        let rel = match t.upos {
            Upos::Punct => Rel::Punct,
            _ if phrases.contains(&i) => Rel::Obl,
            Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num if !object => {
                object = true;
                Rel::Obj
            }
            Upos::Adv => Rel::Advmod,
            Upos::Noun | Upos::Propn => Rel::OblUnmarked,
            _ => t.rel,
        };
        hang(syntax, i, v, rel);
    }
    syntax.tokens[v].upos = Upos::Verb;
    syntax.tokens[v].xpos = Xpos::Vbd;
    match up {
        Some(h) => hang(syntax, v, h, if rel == Rel::Nsubj { Rel::Ccomp } else { rel }),
        None => hang(syntax, v, v, Rel::Root),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use counterclaim_lexicon::Lexicon;
    use counterclaim_text::{Sentence, Span, Token};

    /// A sentence from words with tag, relation and head.
    fn parsed(words: &[(&str, Upos, Rel, usize)]) -> (String, Syntax) {
        let mut text = String::new();
        let mut syntax = Syntax::default();
        for (word, upos, rel, head) in words {
            let start = text.len() as u32;
            text.push_str(word);
            let span = Span { start, end: text.len() as u32 };
            text.push(' ');
            let xpos = if *upos == Upos::Verb { Xpos::Vbd } else { Xpos::Nn };
            syntax.tokens.push(Token {
                span,
                upos: *upos,
                xpos,
                head: *head as u32,
                rel: *rel,
                lemma: Span::default(),
            });
        }
        syntax.sentences.push(Sentence { start: 0, end: words.len() as u32 });
        (text, syntax)
    }

    #[test]
    fn a_verb_between_two_nouns_gets_its_arguments() {
        let (text, mut syntax) = parsed(&[
            ("Warplanes", Upos::Noun, Rel::Compound, 2),
            ("bombed", Upos::Noun, Rel::Compound, 2),
            ("houses", Upos::Noun, Rel::Nsubj, 5),
            (",", Upos::Punct, Rel::Punct, 2),
            ("elders", Upos::Noun, Rel::Nsubj, 5),
            ("said", Upos::Verb, Rel::Root, 5),
        ]);
        mend(&text, &mut syntax, &Lexicon::embedded().forms);
        let shown: Vec<(usize, Rel)> = syntax.tokens.iter().map(|t| (t.head as usize, t.rel)).collect();
        assert_eq!(shown[0], (1, Rel::Nsubj));
        assert_eq!(shown[1], (5, Rel::Ccomp));
        assert_eq!(shown[2], (1, Rel::Obj));
        assert_eq!(syntax.tokens[1].upos, Upos::Verb);
    }

    #[test]
    fn a_phrase_that_is_the_only_subject_stays() {
        let (text, mut syntax) = parsed(&[
            ("War", Upos::Noun, Rel::Compound, 2),
            ("wounded", Upos::Noun, Rel::Compound, 2),
            ("veterans", Upos::Noun, Rel::Nsubj, 3),
            ("marched", Upos::Verb, Rel::Root, 3),
        ]);
        let before = syntax.clone();
        mend(&text, &mut syntax, &Lexicon::embedded().forms);
        assert_eq!(syntax, before);
    }
}
