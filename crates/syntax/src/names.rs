//! Names agree within a text: what is written alike is of one class, and a last name belongs to the person introduced
//! in full before it. A sentence alone often cannot tell; the text as a whole mostly can.

use counterclaim_text::{Name, NameClass, Span, Syntax};
use std::collections::BTreeMap;

/// Number of classes.
const CLASSES: usize = NameClass::ALL.len();

/// Makes the classes of the names of a text agree.
pub fn agree(text: &str, syntax: &mut Syntax) {
    let span = |n: &Name| -> Span {
        let tokens = &syntax.tokens;
        tokens[n.start as usize].span.join(tokens[n.end as usize - 1].span)
    };
    let mut votes: BTreeMap<&str, [u32; CLASSES]> = BTreeMap::new();
    let mut people: BTreeMap<&str, u32> = BTreeMap::new();
    for n in &syntax.names {
        votes.entry(span(n).of(text)).or_default()[n.class as usize] += 1;
        if n.class == NameClass::Person && n.end - n.start > 1 {
            people.entry(syntax.tokens[n.end as usize - 1].span.of(text)).or_insert(n.start);
        }
    }
    let mut classes = Vec::with_capacity(syntax.names.len());
    for n in &syntax.names {
        let words = span(n).of(text);
        let introduced = n.end - n.start == 1 && people.get(words).is_some_and(|at| *at < n.start);
        let counts = votes.get(words).copied().unwrap_or_default();
        let most = counts.iter().max().copied().unwrap_or(0);
        let own = counts[n.class as usize] == most;
        let top = counts.iter().position(|c| *c == most).unwrap_or(n.class as usize);
        classes.push(match introduced {
            true => NameClass::Person,
            false if own => n.class,
            false => NameClass::ALL[top],
        });
    }
    for (n, class) in syntax.names.iter_mut().zip(classes) {
        n.class = class;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use counterclaim_text::{Rel, Token, Upos, Xpos};

    #[test]
    fn alike_is_of_one_class() {
        let text = "Ada Lund Osby Lund Osby Osby";
        let mut syntax = Syntax::default();
        let mut at = 0;
        for w in text.split(' ') {
            let span = Span::new(at, at + w.len());
            at += w.len() + 1;
            let (upos, xpos, rel) = (Upos::Propn, Xpos::Nnp, Rel::Root);
            syntax.tokens.push(Token { span, upos, xpos, head: 0, rel, lemma: Span::default() });
        }
        let name = |class, start, end| Name { class, start, end };
        use NameClass::{Organisation, Person, Place};
        syntax.names = vec![
            name(Person, 0, 2),
            name(Place, 2, 3),
            name(Organisation, 3, 4),
            name(Organisation, 4, 5),
            name(Place, 5, 6),
        ];
        agree(text, &mut syntax);
        let got: Vec<_> = syntax.names.iter().map(|n| n.class).collect();
        assert_eq!(got, [Person, Place, Person, Place, Place]);
    }
}
